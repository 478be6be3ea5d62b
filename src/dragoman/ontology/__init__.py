"""The actors, offices and word lists that the reader knows, as data, and typed access to them.

In:     YAML files beside this module, each read once and kept.
Out:    `load` for any of them; `actor`, `is_known`, `members`, `forms`, `readings` for actors; `office_words`,
        `honorifics`, `bare_office`, `office_state`, `split_office` for offices; `officeholder` for who held which
        office when.
Data:   states.yaml, organisations.yaml, institutions.yaml, offices.yaml, officeholders.yaml, ambiguous.yaml and
        not_actors.yaml hold the actors; the other files belong to the modules that load them.

An unknown id, office or person is never guessed: it yields no state and raises nothing.
"""

from __future__ import annotations

from dragoman.ontology._actors import (
    RANK,
    Form,
    FormKind,
    actor,
    all_forms,
    forms,
    is_known,
    members,
    prefixes,
    readings,
)
from dragoman.ontology._data import SAME, load, without_accents
from dragoman.ontology._officeholders import Term, first_day, last_day, officeholder
from dragoman.ontology._offices import bare_office, honorifics, office_state, office_words, split_office

__all__ = [
    "RANK",
    "SAME",
    "Form",
    "FormKind",
    "Term",
    "actor",
    "all_forms",
    "bare_office",
    "first_day",
    "forms",
    "honorifics",
    "is_known",
    "last_day",
    "load",
    "members",
    "office_state",
    "office_words",
    "officeholder",
    "prefixes",
    "readings",
    "split_office",
    "without_accents",
]
