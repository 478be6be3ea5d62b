"""Disputed claims: who says what, who denies it, and whether a party has changed its word.

In:     the ledger; a pair of actors or none; days between which a dispute was last reported.
Out:    `Disputes`, the one reported last first, each with the last word of every party; beside them the events that one
        document tells of and another denies.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dragoman.ledger.entries import DisputeEntry, EventEntry, Position
from dragoman.views.asked import Books, Pair, only, today
from dragoman.views.table import Table, joined, name_of

#: Disputes shown unless told otherwise, those reported last: guess.
SHOWN = 200


@dataclass(frozen=True, slots=True)
class Disputed:
    """A disputed claim, the last word of each party, and the parties that said otherwise before."""

    entry: DisputeEntry
    stands: tuple[Position, ...]
    shifted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Disputes(Table):
    """Disputed claims as the ledger stood on a day, the one reported last first."""

    pair: Pair | None
    as_of: date
    since: date | None
    until: date | None
    disputes: tuple[Disputed, ...]
    contested: tuple[EventEntry, ...] = ()

    def rows(self) -> list[dict[str, Any]]:
        """Return one row a dispute."""
        return [_row(dispute) for dispute in self.disputes]


def disputes(
    ledger: Books,
    pair: Pair | None = None,
    *,
    since: date | None = None,
    until: date | None = None,
    limit: int | None = SHOWN,
    as_of: date | None = None,
) -> Disputes:
    """Return the disputed claims of a pair or of all, last reported between two days, at most the latest `limit`."""
    day = today(as_of)
    found = ledger.entries("disputes", pair=pair, as_of=day, since=since, until=until, limit=limit)
    latest = sorted(only(DisputeEntry, found), key=lambda entry: (entry.last, entry.id), reverse=True)
    told = [e for e in ledger.contested(pair, as_of=day) if (since or e.last) <= e.last <= (until or e.last)]
    return Disputes(pair, day, since, until, tuple(map(disputed, latest)), tuple(told[:limit]))


def disputed(entry: DisputeEntry) -> Disputed:
    """Return a dispute with the last word of each party; a party that is silent later keeps its word."""
    return Disputed(entry, last_words(entry.positions), shifted(entry.positions))


def last_words(positions: Iterable[Position]) -> tuple[Position, ...]:
    """Return the last position of each party, in the order in which the parties first stand; silence changes none."""
    found: dict[str, Position] = {}
    for position in positions:
        if position.stand != "silent" or position.party not in found:
            found[position.party] = position
    return tuple(found.values())


def shifted(positions: Sequence[Position]) -> tuple[str, ...]:
    """Return the parties that took more than one stand."""
    stands: dict[str, set[str]] = {}
    for position in positions:
        if position.stand != "silent":
            stands.setdefault(position.party, set()).add(position.stand)
    return tuple(party for party, taken in stands.items() if len(taken) > 1)


def _row(dispute: Disputed) -> dict[str, Any]:
    entry = dispute.entry
    return {
        "id": entry.id,
        "claimant": name_of(entry.claimant),
        "claim": entry.claim.text,
        "denier": name_of(entry.denier),
        "denial": entry.denial.text,
        "stands": joined(f"{position.party} {position.stand}" for position in dispute.stands),
        "shifted": joined(dispute.shifted),
        "first": entry.first,
        "last": entry.last,
        "origins": entry.origins,
    }
