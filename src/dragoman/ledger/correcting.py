"""Corrections by persons: rows of their own that lie over what was read, and can be withdrawn.

In:     the store, the id of an entry or item, and what a person says of it.
Out:    `Correction` rows; `Judgement` rows for "same" and "different".

A correction of an entry holds for all its items. It names the words it is about, so that it finds them again when a
newer reader has read the document anew.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.errors import UsageError
from dragoman.ledger.codec import decode, with_fields
from dragoman.ledger.queries import item_key
from dragoman.ledger.recording import successor
from dragoman.ledger.store import Store, now

#: What may be corrected of each kind.
FIELDS: dict[str, tuple[str, ...]] = {
    "events": ("type", "mode", "status", "actors", "recipients", "when", "tracks"),
    "statements": ("speaker", "kind", "stance", "channel", "when"),
    "disputes": ("claimant", "denier"),
    "next_steps": ("type", "actors", "due", "firmness", "what", "tracks"),
    "measures": ("kind", "status", "by", "on", "object", "rate", "when", "reason"),
    "initiatives": ("name", "lead", "members", "invited", "purpose"),
}


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person corrected: of which item, which field ("wrong", "same", "different" too), to which JSON value."""

    id: int
    item: str
    field: str
    value: Any
    author: str
    reason: str
    made_at: str
    withdrawn_at: str | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A judgement that two items are the same or different, by a rule or a person."""

    left: str
    right: str
    verdict: str
    score: float
    reason: str
    author: str
    made_at: str
    withdrawn_at: str | None


def correct(store: Store, given: str, fields: Mapping[str, Any], author: str, reason: str) -> list[int]:
    """Store a correction of an entry or item; return the numbers of the documents whose records change.

    `fields` maps field names to plain JSON values; the names "wrong" (True), "same" and "different" (another id) are
    understood too. Raises UsageError where a field does not exist or a value does not fit it.
    """
    rows = _meant(store, given)
    kind = rows[0]["kind"]
    made = now()
    documents = set()
    for field, value in fields.items():
        if field in ("same", "different"):
            documents |= _relate(store, rows[0], field, value, author, reason, made)
            continue
        if field != "wrong" and field not in FIELDS[kind]:
            raise UsageError(f"{field} is no field of {kind}. Fields: {', '.join(FIELDS[kind])}.")
        for row in rows:
            if field != "wrong":
                _check(kind, row, field, value)
            _put(store, row, field, value, author, reason, made)
            documents.add(row["document"])
    return sorted(documents)


def undo(store: Store, given: str) -> tuple[list[int], set[str]]:
    """Withdraw what a person last corrected of an entry or item; return the documents and the keys that change."""
    key = item_key(store, given)
    entry = store.row("SELECT entry FROM record WHERE key = ? AND current", (key,))
    members = {key, successor(store, key) or key}
    if entry and entry["entry"]:
        members |= {row["key"] for row in store.rows("SELECT key FROM record WHERE entry = ?", (entry["entry"],))}
    marks = ",".join("?" * len(members))
    last = store.row(
        f"SELECT made_at FROM correction WHERE item IN ({marks}) AND withdrawn_at IS NULL ORDER BY id DESC LIMIT 1",
        sorted(members),
    )
    if last is None:
        raise UsageError(f"nothing to undo: {key} has no correction. dragoman show {key} lists them.")
    rows = store.rows(
        "SELECT correction.id, correction.item, document.id AS document FROM correction JOIN document ON "
        "document.key = correction.document WHERE made_at = ? AND withdrawn_at IS NULL",
        (last["made_at"],),
    )
    linked: set[str] = set()
    for row in rows:
        store.do("UPDATE correction SET withdrawn_at = ? WHERE id = ?", (now(), row["id"]))
        for one in store.rows("SELECT id, left, right FROM judgement WHERE correction = ?", (row["id"],)):
            store.do("UPDATE judgement SET withdrawn_at = ? WHERE id = ?", (now(), one["id"]))
            linked |= {one["left"], one["right"]}
    return sorted({row["document"] for row in rows}), linked


def carry_over(store: Store, keys: Sequence[str]) -> set[str]:
    """Give persons' judgements on records that are gone to those that took their place; return the keys linked."""
    linked: set[str] = set()
    for key in keys:
        later = successor(store, key)
        if later in (None, key):
            continue
        for row in store.rows(
            "SELECT * FROM judgement WHERE (left = ? OR right = ?) AND author != 'rule' AND withdrawn_at IS NULL",
            (key, key),
        ):
            other = row["right"] if row["left"] == key else row["left"]
            assert later is not None
            left, right = sorted((later, other))
            store.do("UPDATE judgement SET withdrawn_at = ? WHERE id = ?", (now(), row["id"]))
            _judge(store, left, right, row["verdict"], row["reason"], row["author"], row["correction"], now())
            linked |= {left, right}
    return linked


def corrections_of(store: Store, keys: Sequence[str]) -> list[Correction]:
    """Return all corrections made on these items, withdrawn ones too, oldest first."""
    marks = ",".join("?" * len(keys))
    rows = store.rows(f"SELECT * FROM correction WHERE item IN ({marks}) ORDER BY id", list(keys))
    return [
        Correction(
            r["id"],
            r["item"],
            r["field"],
            json.loads(r["value"]),
            r["author"],
            r["reason"],
            r["made_at"],
            r["withdrawn_at"],
        )
        for r in rows
    ]


def judgements_of(store: Store, keys: Sequence[str]) -> list[Judgement]:
    """Return all judgements on these items, withdrawn ones too, the surest first."""
    marks = ",".join("?" * len(keys))
    rows = store.rows(
        f"SELECT DISTINCT left, right, verdict, score, reason, author, made_at, withdrawn_at FROM judgement "
        f"WHERE left IN ({marks}) OR right IN ({marks}) ORDER BY score DESC, left, right, made_at",
        [*keys, *keys],
    )
    return [Judgement(*tuple(row)) for row in rows]


def _meant(store: Store, given: str) -> list[sqlite3.Row]:
    """Return the current records that an id means: all of an entry's for its own id, else the one item."""
    key = item_key(store, given)
    key = successor(store, key) or key
    columns = "record.key, record.kind, record.document, record.entry, coalesce(corrected, body) AS body, document.key AS name"
    join = f"SELECT {columns} FROM record JOIN document ON document.id = record.document"
    rows = store.rows(f"{join} WHERE record.entry = ? ORDER BY record.known_on, record.key", (key,))
    rows = rows or store.rows(f"{join} WHERE record.key = ? AND current", (key,))
    if not rows:
        raise UsageError(
            f"{given} is not among the current records. dragoman search WORDS finds entries and their ids."
        )
    return rows


def _relate(store: Store, row: sqlite3.Row, field: str, value: Any, author: str, reason: str, made: str) -> set[int]:
    other = _meant(store, str(value))[0]
    if other["kind"] != row["kind"]:
        raise UsageError(f"{row['key']} and {value} are of different kinds ({row['kind']}, {other['kind']}).")
    if other["key"] == row["key"]:
        raise UsageError(f"{row['key']} and {value} are the same entry already. To part them give the id of one item.")
    left, right = sorted((row["key"], other["key"]))
    for old in store.rows(  # the later word of a person replaces the earlier
        "SELECT id FROM judgement WHERE left = ? AND right = ? AND author != 'rule' AND withdrawn_at IS NULL",
        (left, right),
    ):
        store.do("UPDATE judgement SET withdrawn_at = ? WHERE id = ?", (made, old["id"]))
    number = _put(store, row, field, other["key"], author, reason, made)
    _judge(store, left, right, field, reason, author, number, made)
    return {row["document"]}


def _judge(
    store: Store, left: str, right: str, verdict: str, reason: str, author: str, correction: int | None, made: str
) -> None:
    store.do(
        "INSERT INTO judgement (left, right, verdict, reason, score, author, correction, made_at)"
        " VALUES (?, ?, ?, ?, 1.0, ?, ?, ?)",
        (left, right, verdict, reason, author, correction, made),
    )


def _put(store: Store, row: sqlite3.Row, field: str, value: Any, author: str, reason: str, made: str) -> int:
    span = decode(row["kind"], row["body"]).evidence[0]
    return store.do(
        'INSERT INTO correction (item, document, kind, start, "end", field, value, author, reason, made_at)'
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            row["key"], row["name"], row["kind"], span.start, span.end, field, json.dumps(value, ensure_ascii=False), author,
            reason, made,
        ),
    )  # fmt: skip


def _check(kind: str, row: sqlite3.Row, field: str, value: Any) -> None:
    try:
        with_fields(kind, decode(kind, row["body"]), {field: value})
    except ValueError as error:
        raise UsageError(f"cannot set {field} of {row['key']}: {error}.") from None
