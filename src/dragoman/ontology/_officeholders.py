"""Officeholders: who held which office when.

In:     officeholders.yaml, and a name as a text gives it.
Out:    `officeholder`, the terms of office of whoever is meant; `first_day` and `last_day` of a date in the data.
Dates:  by day, month or year; a vague date gets the benefit of its vagueness.

An unknown name yields no term and raises nothing; a surname too common to tell counts only after its office.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, TypeVar

from dragoman.ontology._data import SAME, load, without_accents
from dragoman.ontology._offices import bare_office, split_office, without_honorifics

_T = TypeVar("_T")

#: An official is still named by the office, or already by the next one, this long around the term: guess.
GRACE = timedelta(days=31)

#: A surname that is not common is still, or already, that person's this long around the term: guess.
AROUND = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Term:
    """One person's time in one office; an open end is None. `current` says that it covers the date asked for."""

    actor: str
    name: str
    office: str
    start: date
    end: date | None
    current: bool = True


def officeholder(name: str, on: date | None = None) -> list[Term]:
    """Return the terms of office of whoever is meant by a name, those that cover the date first.

    In goes a full name ("Hosni Mubarak"), a surname ("Mubarak") or either with an office before it ("President
    Bush"). A surname alone counts only within a year of the term, a common one only in it and with its office; a
    full name counts at any time. `current` is False outside the term; where someone's term covers the date, others
    of that name are left out. With an office given, terms in that office come first.
    """
    office, bare = split_office(name)
    keys = [_key(without_honorifics(name.split())), _key(bare)]
    full = [_at(term, on) for key in dict.fromkeys(keys) for term in _full_names().get(key, ())]
    found = full or [
        _at(term, on)
        for key in dict.fromkeys(keys)
        for term, common in _short_names().get(key, ())
        if (_covers(term, on) and office and _same_office(office, term.office))
        or (not common and _covers(term, on, AROUND))
    ]
    current = {term.name for term in found if term.current}
    found = [term for term in found if term.name in current or not current]
    same = {id(term): bool(office) and _same_office(office, term.office) for term in found}
    return sorted(found, key=lambda term: (not term.current, not same[id(term)], -term.start.toordinal()))


def _same_office(asked: str, held: str) -> bool:
    """Return whether one office is the other or a longer form of it ("secretary" for "secretary of state")."""
    asked, held = _canonical(asked), _canonical(held)
    return asked == held or held.startswith(asked + " ") or held.endswith(" " + asked)


def _canonical(office: str) -> str:
    """Return an office in one of its several wordings: "secretary of defense" and "defence secretary" are one."""
    office = re.sub(r"^(?:us|u\.s\.|united states) ", "", bare_office(office))
    office = re.sub(r"^(minister|secretary) (?:of|for) (?!state)(?:the )?(\w+(?: affairs)?)$", r"\2 \1", office)
    office = office.replace("defence", "defense").replace("foreign affairs minister", "foreign minister")
    return _SAME_OFFICE.get(office, office)


_SAME_OFFICE = {"pm": "prime minister", "premier": "prime minister", "fm": "foreign minister", "pres.": "president",
                "soviet leader": "general secretary", "sec.": "secretary", "gen.": "general"}  # fmt: skip


def _covers(term: Term, on: date | None, grace: timedelta = GRACE) -> bool:
    return on is None or (term.start - grace <= on and (term.end is None or on <= term.end + grace))


def _at(term: Term, on: date | None) -> Term:
    return Term(term.actor, term.name, term.office, term.start, term.end, current=_covers(term, on))


@cache
def _terms() -> tuple[tuple[Term, dict[str, Any]], ...]:
    """Return every listed term with its entry."""
    return tuple(
        (Term(id, entry["name"], entry["office"], first_day(entry["from"]), last_day(entry.get("to"))), entry)
        for id, entries in load("officeholders").items()
        for entry in entries
    )


@cache
def _full_names() -> dict[str, list[Term]]:
    return _index((text, term) for term, entry in _terms() for text in (term.name, *entry.get("also", ())))


@cache
def _short_names() -> dict[str, list[tuple[Term, bool]]]:
    """Return the forms used alone, each with whether it is a common name."""
    pairs: list[tuple[str, tuple[Term, bool]]] = []
    for term, entry in _terms():
        common = entry.get("common", ())
        alone = entry.get("short", () if common else term.name.split()[-1:])
        pairs += [(text, (term, False)) for text in alone] + [(text, (term, True)) for text in common]
    return _index(pairs)


def _index(pairs: Iterable[tuple[str, _T]]) -> dict[str, list[_T]]:
    """Return values by key of the name they go with."""
    found: dict[str, list[_T]] = {}
    for text, value in pairs:
        values = found.setdefault(_key(text), [])
        if value not in values:
            values.append(value)
    return found


def _key(name: str) -> str:
    """Return a name as names are compared: without case, accents, dots, hyphens and apostrophes."""
    return " ".join(re.sub(r"[.\-']", " ", without_accents(name.translate(SAME)).casefold()).split())


def first_day(given: str | int | date) -> date:
    """Return the first day of a date given by day, month or year."""
    if isinstance(given, date):
        return given
    year, month, day = ([int(part) for part in str(given).split("-")] + [1, 1])[:3]
    return date(year, month, day)


def last_day(given: str | int | date | None) -> date | None:
    """Return the last day of a date given by day, month or year; None stays None."""
    if given is None or isinstance(given, date):
        return given
    parts = [int(part) for part in str(given).split("-")]
    month = parts[1] if len(parts) > 1 else 12
    return date(parts[0], month, parts[2] if len(parts) > 2 else monthrange(parts[0], month)[1])
