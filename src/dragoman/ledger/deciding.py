"""Deciding: which records bear on which entry, kept in the store so that views need not look for them.

In:     the store, the entries that changed and the records that came in.
Out:    rows in `bearing`: events and measures that decide a next step, statements on what is disputed. They follow from
        the items alone and can be made again at any time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date

from dragoman import ontology
from dragoman.domain import NextStep
from dragoman.ledger.days import shift
from dragoman.ledger.entries import Item
from dragoman.ledger.following import LATE_WORD, OPEN_END, PATIENCE, bearing, last_word
from dragoman.ledger.index import NO_DAY
from dragoman.ledger.positions import is_about
from dragoman.ledger.store import Store

#: The pairs that a current record is about.
PAIRS = "SELECT pair FROM pair JOIN record ON record.id = pair.record WHERE record.key = ? AND record.current"
#: Days before and after a dispute was told in which a statement of its parties may be about it (guesses).
SAID_BEFORE, SAID_AFTER = 30, 60
#: Types that may call a step off or make it idle, beside those that meet it.
UNDOING = ("CONCEDE", "RETREAT", "REJECT")


def decide(store: Store, changed: Iterable[str], fresh: Iterable[int]) -> None:
    """Look again at the steps and disputes that changed, and at those that the fresh records may bear on."""
    renewed = {entry for entry in changed if entry[:1] in "NX"}
    for entry in sorted(renewed):
        store.do("DELETE FROM bearing WHERE entry = ?", (entry,))
        items = store.items("record.entry = ?", (entry,))
        if items:
            _note(store, entry, items, _candidates(store, items) if entry[0] == "N" else _sayings(store, items))
    for number in sorted(fresh):
        for entry, other in (*_steps_near(store, number), *_disputes_near(store, number)):
            if entry not in renewed:
                _note(store, entry, store.items("record.entry = ?", (entry,)), [other])


def _note(store: Store, entry: str, items: Sequence[Item], others: Iterable[tuple[int, Item]]) -> None:
    for number, other in others:
        what = _what(entry, items, other)
        if what:
            store.do("INSERT OR REPLACE INTO bearing VALUES (?, ?, ?)", (entry, number, what))


def _what(entry: str, items: Sequence[Item], other: Item) -> str | None:
    """Return what a record does to a step, or that it says something of a disputed claim; None where neither."""
    if entry.startswith("X-"):
        return "said" if is_about(items, other) else None
    found = bearing(items, other)
    return found.outcome if found else None


def _sayings(store: Store, items: Sequence[Item]) -> list[tuple[int, Item]]:
    """Return the statements of a dispute's documents, and those of its pair in the weeks around each of them."""
    found: set[int] = set()
    for item in items:
        told = item.source.known_on
        found |= {
            row["id"]
            for row in store.rows(
                "SELECT id FROM record WHERE document = (SELECT id FROM document WHERE key = ?) "
                "AND +kind = 'statements' AND current UNION SELECT record FROM pair WHERE kind = 'statements' "
                f"AND known_on BETWEEN ? AND ? AND pair IN ({PAIRS})",
                (item.source.document, *_iso(shift(told, -SAID_BEFORE), shift(told, SAID_AFTER)), item.id),
            )
        }
    return list(store.numbered(sorted(found)).items())


def _disputes_near(store: Store, number: int) -> list[tuple[str, tuple[int, Item]]]:
    """Return the disputes on which a statement may be a position, with it: those `_sayings` would find it for."""
    row = store.row("SELECT kind, known_on FROM record WHERE id = ?", (number,))
    if row is None or row["kind"] != "statements":
        return []
    told = date.fromisoformat(row["known_on"])
    found = {
        near["entry"]
        for near in store.rows(
            "SELECT record.entry FROM pair JOIN record ON record.id = pair.record WHERE pair.kind = 'disputes' "
            "AND pair.known_on BETWEEN ? AND ? AND record.entry IS NOT NULL "
            "AND pair.pair IN (SELECT pair FROM pair WHERE record = ?)",
            (*_iso(shift(told, -SAID_AFTER), shift(told, SAID_BEFORE)), number),
        )
    }
    other = store.numbered([number]) if found else {}
    return [(entry, (number, other[number])) for entry in sorted(found)] if other else []


def _iso(first: date, last: date) -> tuple[str, str]:
    return first.isoformat(), last.isoformat()


def _candidates(store: Store, items: Sequence[Item]) -> list[tuple[int, Item]]:
    """Return the events and measures told of the step's actors from when it was stated until word of it is too late."""
    step = items[0].record
    assert isinstance(step, NextStep)
    ends = [last_word(item) for item in items]
    pairs = {row["pair"] for item in items for row in store.rows(PAIRS, (item.id,))}
    types = (*_meets(step.type), *UNDOING)
    marks = ",".join("?" * len(types))
    found = {
        row["id"]
        for pair in sorted(pairs)
        for row in store.rows(
            "SELECT record.id FROM pair JOIN record ON record.id = pair.record WHERE pair.pair = ? "
            "AND pair.kind IN ('events', 'measures') AND pair.known_on BETWEEN ? AND ? "
            f"AND (pair.kind = 'measures' OR record.status = 'denied' OR record.type IN ({marks}))",
            (pair, items[0].source.known_on.isoformat(), max(ends).isoformat(), *types),
        )
    }
    return list(store.numbered(sorted(found)).items())


def _steps_near(store: Store, number: int) -> list[tuple[str, tuple[int, Item]]]:
    """Return the steps that an event or measure may decide, with it: those `_candidates` would find it for."""
    row = store.row("SELECT kind, type, status, known_on FROM record WHERE id = ?", (number,))
    if row is None or row["kind"] not in ("events", "measures") or not _may_decide(row):
        return []
    told = date.fromisoformat(row["known_on"])
    dated, open_end = shift(told, -LATE_WORD).isoformat(), shift(told, -LATE_WORD - OPEN_END).isoformat()
    found: set[str] = set()
    for pair in store.rows("SELECT pair FROM pair WHERE record = ?", (number,)):
        found |= {
            step["entry"]
            for step in store.rows(
                "SELECT record.entry, record.type FROM pair JOIN record ON record.id = pair.record WHERE pair.pair = ? "
                "AND pair.kind = 'next_steps' AND pair.known_on <= ? AND record.entry IS NOT NULL AND pair.day >= ? "
                "AND (pair.day < ? OR pair.known_on >= ?) AND (record.last_day IS NULL OR pair.day >= ?)",
                (pair["pair"], row["known_on"], open_end, NO_DAY, shift(told, -PATIENCE).isoformat(), dated),
            )
            if row["kind"] == "measures"
            or row["status"] == "denied"
            or row["type"] in (*_meets(step["type"]), *UNDOING)
        }
    if not found:
        return []
    other = store.numbered([number])
    return [(entry, (number, other[number])) for entry in sorted(found)] if other else []


def _may_decide(row: sqlite3.Row) -> bool:
    if row["kind"] == "measures":
        return row["status"] in ("in-force", "suspended", "lifted")
    return row["status"] in ("happened", "ended", "denied")


def _meets(step_type: str) -> list[str]:
    found: list[str] = ontology.load("merging")["meets"][step_type]
    return found
