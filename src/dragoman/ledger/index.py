"""What queries look at in a record: its type, status, days, pairs of actors, persons and name.

In:     a record, its kind, and the day its document became known.
Out:    `Facts`, plain values for the columns of the store.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from dragoman import ontology
from dragoman.domain import (
    Dispute,
    Document,
    Event,
    Initiative,
    Measure,
    NextStep,
    Person,
    Record,
    Statement,
    Window,
)
from dragoman.ledger.initiatives import turn
from dragoman.ledger.keys import pair_key

#: Actors of one record that are paired with each other; a summit of more is kept under the first of them (guess).
MOST_PAIRED = 20
#: The day under which steps without a due date are listed: after all others.
NO_DAY = date.max.isoformat()


@dataclass(frozen=True, slots=True)
class Facts:
    """The columns of a record; days are ISO text."""

    type: str | None
    status: str | None
    first_day: str | None
    last_day: str | None
    day: str
    name: str | None
    pairs: tuple[str, ...]
    persons: tuple[tuple[Person, str], ...]


def facts(record: Record, known_on: date, near: Iterable[str] = ()) -> Facts:
    """Return the facts of a record; `near` are the pairs that its paragraph tells of (for statements)."""
    window = _window(record)
    return Facts(
        type=getattr(record, "type", None) or getattr(record, "kind", None),
        status=getattr(record, "status", None) or getattr(record, "firmness", None),
        first_day=_iso(window.start) if window else None,
        last_day=_iso(window.end) if window else None,
        day=_day(record, window, known_on),
        name=_name(record),
        pairs=tuple(dict.fromkeys(_pairs(record, near))),
        persons=tuple(_persons(record)),
    )


def plain_name(name: str) -> str:
    """Return a name in lower case, without accents, with single blanks: how names are compared."""
    return " ".join(ontology.without_accents(name).lower().split())


def pairs_by_paragraph(document: Document, records: Iterable[Record]) -> dict[int, set[str]]:
    """Return for each paragraph of a document the pairs that its events, steps, measures and disputes tell of."""
    found: dict[int, set[str]] = {}
    for record in records:
        if isinstance(record, Event | NextStep | Measure | Dispute):
            for span in record.evidence:
                found.setdefault(paragraph(document, span.start), set()).update(_pairs(record, ()))
    return found


def paragraph(document: Document, at: int) -> int:
    """Return the number of the paragraph in which a character stands, -1 outside of all."""
    return next((n for n, (start, end) in enumerate(document.paragraphs) if start <= at < end), -1)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _window(record: Record) -> Window | None:
    if isinstance(record, NextStep):
        return record.due
    return getattr(record, "when", None)


def _day(record: Record, window: Window | None, known_on: date) -> str:
    if isinstance(record, NextStep):
        return _iso(record.due.end or record.due.start) or NO_DAY
    if isinstance(record, Event) and window:
        return (window.start or window.end or known_on).isoformat()
    return known_on.isoformat()


def _name(record: Record) -> str | None:
    if isinstance(record, Initiative):
        return plain_name(record.name).removeprefix("the ")
    if isinstance(record, Event):
        return turn(record.evidence[0].quote)
    if isinstance(record, Statement):
        return plain_name(" | ".join((record.speaker.name, *(span.quote for span in record.evidence))))
    return None


def _pairs(record: Record, near: Iterable[str]) -> Iterator[str]:
    """Yield the pairs a record is about; a record of one actor alone is kept under that actor's id."""
    sides, others = _sides(record)
    if isinstance(record, Statement):
        yield from (pair for pair in near if sides and sides[0] in pair.split("|") and "|" in pair)
        return
    if others:
        yield from (pair_key(a, b) for a in sides[:MOST_PAIRED] for b in others[:MOST_PAIRED] if a != b)
        return
    together = [pair_key(a, b) for a, b in combinations(dict.fromkeys(sides[:MOST_PAIRED]), 2)]
    yield from together or sides[:1]


def _sides(record: Record) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return who acts and who is acted on; all on the left where they act together."""
    if isinstance(record, Event):
        return record.actors, record.recipients
    if isinstance(record, NextStep):
        return record.actors, ()
    if isinstance(record, Measure):
        return record.by, record.on
    if isinstance(record, Initiative):
        return (*record.lead, *record.members, *record.invited), ()
    if isinstance(record, Statement):
        return (record.speaker.affiliation,) if record.speaker.affiliation else (), ()
    left, right = record.claimant.affiliation, record.denier.affiliation
    return (left,) if left else (), (right,) if right else ()


def _persons(record: Record) -> Iterator[tuple[Person, str]]:
    for person in getattr(record, "participants", ()):
        yield person, "participant"
    for part in ("speaker", "said_by", "claimant", "denier"):
        person = getattr(record, part, None)
        if person is not None:
            yield person, part
