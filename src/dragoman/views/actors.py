"""Actors as people name them: the id behind an id or a name that was typed.

In:     what was typed, and a ledger, which may know actors that the ontology does not.
Out:    an actor id; where there is none, the nearest name.
Never:  guesses: a near name is offered, not taken.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache

from dragoman.errors import UsageError
from dragoman.ledger import Ledger
from dragoman.ontology import forms, is_known, without_accents


def actor_id(ledger: Ledger, text: str) -> str:
    """Return the id of an actor given by id or by any of its names; also one that only the ledger knows.

    Raises UsageError with the nearest name where there is none.
    """
    if (found := named(text)) is not None:
        return found
    typed = " ".join(text.split())
    own = {actor for pair in ledger.pairs() for actor in pair.pair}
    if typed in own:
        return typed
    known = {_bare(name): name for name in (*_names(), *own)}
    guess = known.get(near(_bare(typed), known))
    hint = f' Did you mean "{guess}"?' if guess else ""
    raise UsageError(f'no actor "{typed[:60]}".{hint}')


def named(text: str) -> str | None:
    """Return the id of an actor that the ontology knows by this id or name, None where it knows none."""
    typed = " ".join(text.split())
    if is_known(typed):
        return typed
    return _by_name().get(_bare(typed)) or (typed.upper() if is_known(typed.upper()) else None)


def _names() -> list[str]:
    """Return the proper names, without adjectives and the like."""
    return [form.text for form in forms() if form.form in ("name", "organisation")]


@cache
def _by_name() -> dict[str, str]:
    """Return the ids by every name, the surest kind of name first."""
    found: dict[str, str] = {}
    for form in sorted(forms(), key=lambda form: form.rank):
        found.setdefault(_bare(form.text), form.actor)
    return found


def _bare(name: str) -> str:
    return without_accents(name).casefold().removeprefix("the ")


def near(word: str, known: Iterable[str]) -> str:
    """Return the known word nearest to what was typed, "" where none is near."""
    return next(iter(get_close_matches(word, list(known), n=1)), "")
