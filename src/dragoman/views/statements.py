"""What a speaker said, in the words of the documents.

In:     the ledger; a speaker by name (in whole words, without regard to case or accents) or by actor id.
Out:    `Statements`, oldest first, with the speakers that the name found, each as its document gives it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from dragoman.domain import Person
from dragoman.ledger.entries import StatementEntry
from dragoman.ledger.index import plain_name
from dragoman.views.asked import Books, Pair, only, today
from dragoman.views.table import Table


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker as documents give them, with the number of statements and the days of the first and the last."""

    person: Person
    statements: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Statements(Table):
    """What a speaker said, as the ledger stood on a day, oldest first."""

    speaker: str
    pair: Pair | None
    as_of: date
    since: date | None
    until: date | None
    speakers: tuple[Speaker, ...]
    statements: tuple[StatementEntry, ...]

    def rows(self) -> list[dict[str, Any]]:
        """Return one row a statement."""
        return [_row(entry) for entry in self.statements]


def statements(
    ledger: Books,
    speaker: str,
    *,
    pair: Pair | None = None,
    since: date | None = None,
    until: date | None = None,
    limit: int | None = 50,
    as_of: date | None = None,
) -> Statements:
    """Return what a speaker said (with `pair`, where it tells of that pair), at most the latest `limit`."""
    day = today(as_of)
    if pair:
        of_pair = ledger.entries("statements", pair=pair, as_of=day, since=since, until=until)
        found = [entry for entry in only(StatementEntry, of_pair) if is_by(entry.statement.speaker, speaker)]
    else:
        said = ledger.statements_by(speaker, as_of=day, since=since, until=until, limit=limit)
        found = only(StatementEntry, said)
    found = found[-limit:] if limit else found
    return Statements(speaker, pair, day, since, until, speakers(found), tuple(found))


def is_by(person: Person, speaker: str) -> bool:
    """Tell whether a person is the speaker asked for: by whole words of the name, or by an actor id."""
    if re.fullmatch(r"[A-Z]{2,}", speaker):
        return person.affiliation == speaker
    return f" {plain_name(speaker)} " in f" {plain_name(person.name)} "


def speakers(entries: Iterable[StatementEntry]) -> tuple[Speaker, ...]:
    """Return who spoke, most statements first; one person under two offices stands twice."""
    found: dict[Person, list[StatementEntry]] = {}
    for entry in entries:
        found.setdefault(entry.statement.speaker, []).append(entry)
    all_ = [
        Speaker(person, len(said), min(entry.first for entry in said), max(entry.last for entry in said))
        for person, said in found.items()
    ]
    return tuple(sorted(all_, key=lambda speaker: (-speaker.statements, speaker.person.name)))


def _row(entry: StatementEntry) -> dict[str, Any]:
    statement = entry.statement
    return {
        "id": entry.id,
        "day": entry.last,
        "speaker": statement.speaker.name,
        "role": statement.speaker.role,
        "affiliation": statement.speaker.affiliation,
        "kind": statement.kind,
        "channel": statement.channel,
        "stance": statement.stance,
        "words": " … ".join(quote.text for quote in entry.quotes),
        "publisher": entry.items[0].source.publisher,
        "document": entry.items[0].source.document,
    }
