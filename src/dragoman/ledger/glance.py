"""A glance over the whole ledger: what many pages ask of all pairs at once, without folding an entry.

In:     a store and days.
Out:    which entries are news and for whom (`Touched`), acts by month, the ledger's state in figures (`State`).

Reprints count for nothing here: an entry is news when it is new, when an origin tells of it that did not before, or
when it is a step whose time came.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dragoman.ledger.entries import LETTERS, AnyEntry, Kind
from dragoman.ledger.keys import pair_key
from dragoman.ledger.queries import Pair, folded_on
from dragoman.ledger.store import Store

KINDS: dict[str, Kind] = {letter: kind for kind, letter in LETTERS.items()}  # type: ignore[misc]
_IN = "(SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class Touched:
    """An entry that may be news: `first` is the day it was first told.

    `origins` are independent origins that tell of it, `fresh` those of them that did not before. `turned` is true where
    one of these gives it a status that none gave before.
    """

    entry: str
    kind: Kind
    first: date
    origins: int
    fresh: int
    turned: bool
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class State:
    """The ledger in figures; `entries` counts by kind, `readers` documents by the version that read them."""

    documents: int
    origins: int
    first: date | None
    last: date | None
    last_added: str | None
    entries: dict[str, int]
    readers: dict[str, int]


class Glance:
    """Answers questions about all pairs at once."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def newest(self, as_of: date) -> date | None:
        """Return the day of the newest document known by a day, None where there is none."""
        row = self._store.row("SELECT max(known_on) FROM document WHERE known_on <= ?", (as_of.isoformat(),))
        return date.fromisoformat(row[0]) if row and row[0] else None

    def added_after(self, moment: str, known_by: date) -> tuple[int, date | None]:
        """Return how many documents were added from a moment on that were known by a day, and the earliest such day."""
        row = self._store.row(
            "SELECT count(*), min(known_on) FROM document WHERE known_on <= ? AND key IN "
            "(SELECT about FROM revision WHERE what = 'added' AND made_at >= ?)",
            (known_by.isoformat(), moment),
        )
        return (row[0], date.fromisoformat(row[1])) if row and row[1] else (0, None)

    def touched(self, since: date, until: date, slack: timedelta, pair: Pair | None = None) -> list[Touched]:
        """Return the entries told of after `since` and up to `until`, and steps due or decided in between.

        Steps due up to `slack` before are among them, as word of them may come late.
        """
        with self._store.read():
            return self._touched(since, until, slack, pair)

    def standing(self, entries: Sequence[str], *days: date) -> list[dict[str, AnyEntry]]:
        """Return entries by their ids as of each day; those of which nothing was known then are left out."""
        with self._store.read():
            return [{one.id: one for one in found} for found in folded_on(self._store, entries, days)]

    def acts_by_month(self, pairs: Iterable[Pair], since: date, as_of: date) -> dict[Pair, dict[str, int]]:
        """Return how many acts happened between actors in each month ("2026-03"), each act once."""
        keys = json.dumps([pair_key(*pair) for pair in pairs])
        rows = self._store.rows(
            "SELECT pair.pair, substr(pair.day, 1, 7), count(DISTINCT record.entry) FROM pair JOIN record "
            f"ON record.id = pair.record WHERE pair.pair IN {_IN} AND pair.kind = 'events' AND pair.day BETWEEN ? AND ?"
            " AND pair.known_on <= ? AND record.status = 'happened' AND record.entry IS NOT NULL GROUP BY 1, 2",
            (keys, since.isoformat(), as_of.isoformat(), as_of.isoformat()),
        )
        found: dict[Pair, dict[str, int]] = {}
        for row in rows:
            found.setdefault(_pair(row[0]), {})[row[1]] = row[2]
        return found

    def state(self) -> State:
        """Return the ledger in figures."""
        rows = self._store.rows
        documents, origins, first, last = rows(
            "SELECT count(*), (SELECT count(DISTINCT origin) FROM document), min(known_on), max(known_on) FROM document"
        )[0]
        added = self._store.row("SELECT made_at FROM revision WHERE what = 'added' ORDER BY id DESC LIMIT 1")
        counted = {
            row[0]: row[1]
            for row in rows(
                "SELECT substr(entry, 1, 1), count(DISTINCT entry) FROM record WHERE entry IS NOT NULL GROUP BY 1"
            )
        }
        return State(
            documents=documents,
            origins=origins,
            first=date.fromisoformat(first) if first else None,
            last=date.fromisoformat(last) if last else None,
            last_added=added[0] if added else None,
            entries={kind: counted.get(letter, 0) for kind, letter in LETTERS.items()},
            readers=dict(map(tuple, rows("SELECT reader, count(*) FROM reading WHERE current GROUP BY 1 ORDER BY 1"))),
        )

    def _touched(self, since: date, until: date, slack: timedelta, pair: Pair | None) -> list[Touched]:
        days = {"since": since.isoformat(), "until": until.isoformat(), "due": (since - slack).isoformat()}
        wanted = json.dumps(self._wanted(days, pair))
        origins: dict[int, str] = dict(
            map(tuple, self._store.rows("SELECT id, origin FROM document INDEXED BY document_origin"))
        )
        told: dict[str, list[tuple[str, str, str | None]]] = {}
        for row in self._store.rows(
            f"SELECT entry, known_on, document, status FROM record WHERE entry IN {_IN} AND current AND NOT wrong "
            "AND known_on <= ? ORDER BY entry, known_on",
            (wanted, days["until"]),
        ):
            told.setdefault(row[0], []).append((row[1], origins[row[2]], row[3]))
        pairs = self._pairs(wanted, days["until"])
        return [_touched(entry, items, days["since"], pairs.get(entry, ())) for entry, items in told.items()]

    def _wanted(self, days: dict[str, str], pair: Pair | None) -> list[str]:
        """Return the ids of the entries that are looked at."""
        told = "known_on > :since AND {0}.known_on <= :until"
        if pair is None:
            kinds = ", ".join(f"'{kind}'" for kind in LETTERS)
            queries = [
                f"SELECT entry FROM record WHERE kind IN ({kinds}) AND current AND record.{told.format('record')}",
                "SELECT entry FROM record WHERE kind = 'next_steps' AND current AND day BETWEEN :due AND :until",
                f"SELECT bearing.entry FROM record JOIN bearing ON bearing.record = record.id WHERE record.kind IN "
                f"({kinds}) AND current AND bearing.what != 'said' AND record.{told.format('record')}",
            ]
        else:
            at = "FROM pair JOIN record ON record.id = pair.record"
            queries = [
                f"SELECT record.entry {at} WHERE pair.pair = :pair AND pair.{told.format('pair')}",
                f"SELECT record.entry {at} WHERE pair.pair = :pair AND pair.kind = 'next_steps' "
                "AND pair.day BETWEEN :due AND :until",
                f"SELECT bearing.entry {at} JOIN bearing ON bearing.entry = record.entry JOIN record AS by "
                "ON by.id = bearing.record WHERE pair.pair = :pair AND pair.kind = 'next_steps' "
                f"AND bearing.what != 'said' AND by.{told.format('by')}",
            ]
        values = {**days, "pair": pair_key(*pair) if pair else ""}
        return [
            row[0]
            for row in self._store.rows(" UNION ".join(queries), values)  # type: ignore[arg-type]
            if row[0] is not None
        ]

    def _pairs(self, wanted: str, until: str) -> dict[str, tuple[Pair, ...]]:
        found: dict[str, tuple[Pair, ...]] = {}
        for row in self._store.rows(
            "SELECT DISTINCT record.entry, pair.pair FROM record JOIN pair ON pair.record = record.id WHERE "
            f"record.entry IN {_IN} AND pair.known_on <= ? AND instr(pair.pair, '|') ORDER BY 1, 2",
            (wanted, until),
        ):
            found[row[0]] = (*found.get(row[0], ()), _pair(row[1]))
        return found


def _touched(entry: str, items: list[tuple[str, str, str | None]], since: str, pairs: tuple[Pair, ...]) -> Touched:
    """Return what became of an entry that these records (day, origin, status) tell of, the oldest first."""
    before = {origin for day, origin, _ in items if day <= since}
    known = {status for day, _, status in items if day <= since}
    origins = {origin for _, origin, _ in items}
    turned = bool(before) and any(status not in known and origin not in before for _, origin, status in items)
    first = date.fromisoformat(items[0][0])
    return Touched(entry, KINDS[entry[0]], first, len(origins), len(origins - before), turned, pairs)


def _pair(key: str) -> Pair:
    left, right = key.split("|")
    return left, right
