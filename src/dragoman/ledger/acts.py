"""Acts: the events of a pair in the few fields that counting needs.

In:     a store, a pair and a day.
Out:    `Act`, one for each event entry. What it says is what the entry says: both are folded from the same items.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from dragoman.domain import EventType, Status, Track
from dragoman.ledger.codec import decode
from dragoman.ledger.entries import EventEntry, Item, Source
from dragoman.ledger.folding import fold
from dragoman.ledger.keys import pair_key
from dragoman.ledger.queries import Pair, day_of, within
from dragoman.ledger.store import Store


@dataclass(frozen=True, slots=True)
class Act:
    """An event entry in the few fields that counting needs; undated ones have the day on which they were first told."""

    entry: str
    type: EventType
    mode: str | None
    status: Status
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    tracks: tuple[Track, ...]
    day: date
    origins: int


def acts_of(
    store: Store, pair: Pair, *, as_of: date, since: date | None = None, until: date | None = None
) -> list[Act]:
    """Return the event entries of a pair in the fields that counting needs, oldest day first."""
    rows = store.rows(
        "SELECT record.entry, record.key, record.fields, record.known_on, document.origin, "
        "coalesce(record.corrected, record.body) AS body FROM record JOIN document ON document.id = record.document "
        "WHERE record.known_on <= ? AND record.entry IN (SELECT told.entry FROM pair AS at JOIN record AS told ON "
        "told.id = at.record WHERE at.pair = ? AND at.kind = 'events' AND at.known_on <= ? AND at.day BETWEEN ? AND ? "
        "AND told.entry IS NOT NULL) ORDER BY record.known_on, record.key",
        (
            as_of.isoformat(), pair_key(*pair), as_of.isoformat(), (since or date.min).isoformat(),
            (until or date.max).isoformat(),
        ),
    )  # fmt: skip
    groups: dict[str, list[Item]] = {}
    for row in rows:
        groups.setdefault(row["entry"], []).append(_slight(row))
    found = [fold(key, items, (), as_of) for key, items in groups.items()]
    acts = [_act(one) for one in found if isinstance(one, EventEntry) and within(day_of(one), since, until)]
    return sorted(acts, key=lambda act: (act.day, act.entry))


def _slight(row: Any) -> Item:
    """Return an item with what folding an event looks at, and no more."""
    told = Source("", row["origin"], date.fromisoformat(row["known_on"]))
    return Item(row["key"], "events", decode("events", row["body"]), told, corrected=tuple(row["fields"].split()))


def _act(entry: EventEntry) -> Act:
    return Act(
        entry=entry.id,
        type=entry.type,
        mode=entry.mode,
        status=entry.status,
        actors=entry.actors,
        recipients=entry.recipients,
        tracks=entry.tracks,
        day=day_of(entry) or entry.first,
        origins=entry.origins,
    )
