"""Deciding: which records bear on which next step, kept in the store so that views need not look for them.

In:     the store, the entries that changed and the records that came in.
Out:    rows in `decision`. They follow from the items alone and can be made again at any time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from dragoman import ontology
from dragoman.domain import NextStep
from dragoman.ledger.entries import Item
from dragoman.ledger.following import LATE_WORD, PATIENCE, bearing, dues
from dragoman.ledger.index import NO_DAY
from dragoman.ledger.keys import pair_key
from dragoman.ledger.store import Store

#: Days before an act on which a step may have been stated (guess: a plan is older than a year only seldom).
LOOK_BACK = 365
#: Types that may call a step off or make it idle, beside those that meet it.
UNDOING = ("CONCEDE", "RETREAT", "REJECT")


def decide(store: Store, changed: Iterable[str], fresh: Iterable[int]) -> None:
    """Look again at the steps that changed, and at those that the fresh records may decide."""
    renewed = {entry for entry in changed if entry.startswith("N-")}
    for entry in sorted(renewed):
        store.do("DELETE FROM decision WHERE step = ?", (entry,))
        items = store.items("record.entry = ?", (entry,))
        if items:
            _note(store, entry, items, _candidates(store, items))
    for number in sorted(fresh):
        for entry, other in _steps_near(store, number):
            if entry not in renewed:
                _note(store, entry, store.items("record.entry = ?", (entry,)), [other])


def _note(store: Store, entry: str, items: Sequence[Item], others: Iterable[tuple[int, Item]]) -> None:
    for number, other in others:
        found = bearing(items, other)
        if found:
            store.do(
                "INSERT OR REPLACE INTO decision VALUES (?, ?, ?, ?, ?)",
                (entry, number, found.outcome, found.score, other.source.known_on.isoformat()),
            )


def _candidates(store: Store, items: Sequence[Item]) -> list[tuple[int, Item]]:
    """Return the events and measures told of the step's actors from when it was stated until word of it is too late."""
    step = items[0].record
    assert isinstance(step, NextStep)
    pair = pair_key(*step.actors[:2]) if len(step.actors) > 1 else step.actors[0]
    stated = dues(items)
    last = max((d.window.end or d.window.start or date.min for d in stated), default=None)
    until = _later(last, LATE_WORD) if last else _later(items[-1].source.known_on, PATIENCE)
    types = (*_meets(step.type), *UNDOING)
    rows = store.rows(
        "SELECT record.id FROM pair JOIN record ON record.id = pair.record WHERE pair.pair = ? "
        "AND pair.kind IN ('events', 'measures') AND pair.known_on BETWEEN ? AND ? "
        f"AND (pair.kind = 'measures' OR record.status = 'denied' OR record.type IN ({','.join('?' * len(types))}))",
        (pair, items[0].source.known_on.isoformat(), until.isoformat(), *types),
    )
    return [(row["id"], other) for row in rows for other in store.items("record.id = ?", (row["id"],))]


def _steps_near(store: Store, number: int) -> list[tuple[str, tuple[int, Item]]]:
    """Return the steps that an event or measure may decide, with it."""
    row = store.row("SELECT kind, type, status, first_day, last_day, known_on FROM record WHERE id = ?", (number,))
    if row is None or row["kind"] not in ("events", "measures") or not _may_decide(row):
        return []
    told = date.fromisoformat(row["known_on"])
    first = min(told, date.fromisoformat(row["first_day"] or row["last_day"] or row["known_on"]))
    found: set[str] = set()
    for pair in store.rows("SELECT pair FROM pair WHERE record = ?", (number,)):
        found |= {
            step["entry"]
            for step in store.rows(
                "SELECT record.entry, record.type FROM pair JOIN record ON record.id = pair.record WHERE pair.pair = ? "
                "AND pair.kind = 'next_steps' AND pair.known_on BETWEEN ? AND ? AND record.entry IS NOT NULL "
                "AND ((pair.day = ? AND pair.known_on >= ?) OR (pair.day < ? AND (pair.day >= ? OR record.last_day IS NULL)))",
                (
                    pair["pair"], _earlier(told, LOOK_BACK).isoformat(), row["known_on"], NO_DAY,
                    _earlier(told, PATIENCE).isoformat(), NO_DAY, _earlier(first, LATE_WORD).isoformat(),
                ),
            )
            if row["kind"] == "measures" or row["status"] == "denied" or row["type"] in (*_meets(step["type"]), *UNDOING)
        }  # fmt: skip
    if not found:
        return []
    other = store.items("record.id = ?", (number,))
    return [(entry, (number, other[0])) for entry in sorted(found)]


def _may_decide(row: sqlite3.Row) -> bool:
    if row["kind"] == "measures":
        return row["status"] in ("in-force", "suspended", "lifted")
    return row["status"] in ("happened", "ended", "denied")


def _meets(step_type: str) -> list[str]:
    found: list[str] = ontology.load("merging")["meets"][step_type]
    return found


def _earlier(day: date, days: int) -> date:
    return day - timedelta(days) if day.toordinal() > days else date.min


def _later(day: date, days: int) -> date:
    return day + timedelta(days) if date.max.toordinal() - day.toordinal() > days else date.max
