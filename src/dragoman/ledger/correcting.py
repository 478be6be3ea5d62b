"""Corrections by persons: rows of their own that lie over what was read, and can be withdrawn.

In:     the store, the id of an entry or item, and what a person says of it.
Out:    `Correction` rows; `Judgement` rows for "same" and "different".

A correction of an entry holds for all its items. It names the words it is about, so that it finds them again when a
newer reader has read the document anew.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.domain import Window
from dragoman.errors import UsageError
from dragoman.ledger.codec import decode, with_fields
from dragoman.ledger.queries import item_key
from dragoman.ledger.store import Store, now
from dragoman.ledger.successors import successor, successors

#: The author of judgements that no person made.
RULE = "rule"
#: Fields that must name somebody, and those that must say something.
NAMED, SAID = ("actors", "by"), ("name", "what")
SIDES = ("actors", "recipients", "by", "on", "lead", "members", "invited")
#: What may be corrected of each kind.
FIELDS: dict[str, tuple[str, ...]] = {
    "events": ("type", "mode", "status", "actors", "recipients", "when", "tracks"),
    "statements": ("speaker", "kind", "stance", "channel", "when"),
    "disputes": ("claimant", "denier"),
    "next_steps": ("type", "actors", "due", "firmness", "what", "tracks", "outcome"),
    "measures": ("kind", "status", "by", "on", "object", "rate", "when", "reason"),
    "initiatives": ("name", "lead", "members", "invited", "purpose"),
}


#: Fields that change over a measure's time: a correction is one of what was told last, and the ladder stays.
OF_THE_LAST = frozenset({("measures", "status"), ("measures", "when"), ("measures", "rate")})
#: What a person may say of a record that changes no field of it: that it was looked at and found right.
ACCEPTED = "accepted"
#: What a person may say became of a step.
OUTCOMES = ("open", "met", "missed", "overtaken", "unknown")


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person corrected: of which item, which field, to which JSON value.

    The fields "wrong", "accepted", "same" and "different" are there too.
    """

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


def correct(
    store: Store, given: str, fields: Mapping[str, Any], author: str, reason: str, *, alone: bool = False
) -> tuple[list[int], str]:
    """Store a correction of an entry or item; return the numbers of the documents that change, and the moment.

    `fields` maps field names to plain JSON values; the names "wrong" and "accepted" (True), "same" (another id) and
    "different" (one or a list of them) are understood too. An entry's own id stands for all its items, unless it is
    to be that item `alone`. Raises UsageError where a field does not exist or a value does not fit it.
    """
    if not fields:
        raise UsageError("nothing to correct. Name a field and its value.")
    if author == RULE:
        raise UsageError(f'"{RULE}" is the author of the ledger\'s own judgements. Give another name.')
    rows = _meant(store, given)[: 1 if alone else None]
    kind = rows[0]["kind"]
    made = now()
    documents = set()
    for field, value in fields.items():
        if field in ("same", "different"):
            for other in value if isinstance(value, list) else [value]:
                documents |= _relate(store, rows[0], field, other, author, reason, made)
            continue
        if field not in ("wrong", ACCEPTED) and field not in FIELDS[kind]:
            raise UsageError(f"{field} is no field of {kind}. Fields: {', '.join(FIELDS[kind])}.")
        for row in rows[-1:] if (kind, field) in OF_THE_LAST else rows:
            _check(kind, row, field, value)
            _put(store, row, field, value, author, reason, made)
            documents |= {row["document"]} if field != ACCEPTED else set()
    return sorted(documents), made


def undo(store: Store, given: str) -> tuple[list[int], set[str]]:
    """Withdraw what a person last corrected of an entry or item; return the documents and the keys that change."""
    standing = [one for one in corrections_of(store, members(store, given)) if one.withdrawn_at is None]
    if not standing:
        key = item_key(store, given)
        raise UsageError(f"nothing to undo: {key} has no correction. dragoman show {key} lists them.")
    rows = store.rows(
        "SELECT correction.id, correction.field, document.id AS document FROM correction JOIN document ON "
        "document.key = correction.document WHERE made_at = ? AND withdrawn_at IS NULL",
        (standing[-1].made_at,),
    )
    linked: set[str] = set()
    for row in rows:
        store.do("UPDATE correction SET withdrawn_at = ? WHERE id = ?", (now(), row["id"]))
        for one in store.rows("SELECT left, right FROM judgement WHERE correction = ?", (row["id"],)):
            linked |= {one["left"], one["right"]}
        store.do(
            "UPDATE judgement SET withdrawn_at = ? WHERE correction = ? AND withdrawn_at IS NULL", (now(), row["id"])
        )
    return sorted({row["document"] for row in rows if row["field"] != ACCEPTED}), linked


def carry_over(store: Store, document: int) -> set[str]:
    """Give persons' judgements on a document's records that are gone to their successors; return the keys linked."""
    judged = "SELECT 1 FROM judgement WHERE {} = record.key AND correction IS NOT NULL AND withdrawn_at IS NULL"
    gone = store.rows(
        "SELECT DISTINCT key FROM record WHERE document = ? AND NOT current AND "
        f"(EXISTS ({judged.format('left')}) OR EXISTS ({judged.format('right')}))",
        (document,),
    )
    linked: set[str] = set()
    for key, later in successors(store, (row["key"] for row in gone)).items():
        if later == key:
            continue
        for row in store.rows(
            "SELECT * FROM judgement WHERE (left = ? OR right = ?) AND correction IS NOT NULL AND withdrawn_at IS NULL",
            (key, key),
        ):
            left, right = (later if side == key else side for side in (row["left"], row["right"]))
            store.do("UPDATE judgement SET withdrawn_at = ? WHERE id = ?", (now(), row["id"]))
            _judge(store, left, right, row["verdict"], row["reason"], row["author"], row["correction"], now())
            linked |= {left, right}
    return linked


def members(store: Store, given: str) -> list[str]:
    """Return the keys of all items of the entry that an id means; the id's own where it is in no entry."""
    key = item_key(store, given)
    current = successor(store, key) or key
    row = store.row("SELECT entry FROM record WHERE key = ? AND current AND entry IS NOT NULL", (current,))
    rows = store.rows("SELECT key FROM record WHERE entry = ?", (row["entry"],)) if row else []
    return sorted({key, current, *(r["key"] for r in rows)})


def corrections_of(store: Store, keys: Sequence[str]) -> list[Correction]:
    """Return all corrections made on these items or on those they took the place of, withdrawn ones too, oldest first.

    A judgement "same" or "different" is one on both items.
    """
    marks = ",".join("?" * len(keys))
    judged = {
        row["correction"]
        for side in ("left", "right")
        for row in store.rows(
            f"SELECT correction FROM judgement WHERE correction IS NOT NULL AND {side} IN ({marks})", keys
        )
    }
    rows = store.rows(
        "SELECT * FROM correction WHERE document IN (SELECT document.key FROM record JOIN document ON document.id = "
        f"record.document WHERE record.key IN ({marks})) OR id IN ({','.join('?' * len(judged))}) ORDER BY id",
        [*keys, *judged],
    )
    later = successors(store, (r["item"] for r in rows))
    return [_correction(r) for r in rows if r["item"] in keys or later.get(r["item"]) in keys or r["id"] in judged]


def made_at(store: Store, moment: str) -> list[Correction]:
    """Return the corrections that were made together at a moment."""
    return [_correction(r) for r in store.rows("SELECT * FROM correction WHERE made_at = ? ORDER BY id", (moment,))]


def _correction(r: sqlite3.Row) -> Correction:
    value = json.loads(r["value"])
    return Correction(r["id"], r["item"], r["field"], value, r["author"], r["reason"], r["made_at"], r["withdrawn_at"])


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
    join = (
        "SELECT record.key, record.kind, record.document, record.entry, coalesce(corrected, body) AS body, "
        "document.key AS name FROM record JOIN document ON document.id = record.document"
    )
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
    left, right = other["key"], row["key"]  # of two that are different, the right one leaves (see merging)
    for old in store.rows(  # the later word of a person replaces the earlier
        "SELECT id FROM judgement WHERE (left, right) IN (VALUES (?, ?), (?, ?)) AND correction IS NOT NULL "
        "AND withdrawn_at IS NULL",
        (left, right, right, left),
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
            row["key"], row["name"], row["kind"], span.start, span.end, field, json.dumps(value, ensure_ascii=False),
            author, reason, made,
        ),
    )  # fmt: skip


def _check(kind: str, row: sqlite3.Row, field: str, value: Any) -> None:
    """Refuse a value that does not fit its field, or that says nothing."""
    if field == "outcome":
        fault = "" if value in OUTCOMES else f"outcome: one of {', '.join(OUTCOMES)}"
    elif field in ("wrong", ACCEPTED):
        fault = "" if isinstance(value, bool) else f"{field}: give true or false"
    else:
        try:
            fault = _fault(field, getattr(with_fields(kind, decode(kind, row["body"]), {field: value}), field))
        except ValueError as error:
            fault = str(error)
    if fault:
        raise UsageError(f"cannot set {field} of {row['key']}: {fault}.")


def _fault(field: str, value: Any) -> str:
    """Return what is wrong with a value of the right shape, or nothing."""
    if isinstance(value, Window) and value.start and value.end and value.start > value.end:
        return f"{field}: it ends on {value.end}, before it starts on {value.start}"
    if field in NAMED and not value:
        return f"{field}: name at least one actor"
    if field in SAID and not value.strip():
        return f"{field}: it is empty"
    ids = value if field in SIDES else ()
    odd = next((actor for actor in ids if not re.fullmatch(r"[^\s|]+", actor)), None)
    return "" if odd is None else f'{field}: "{odd}" is no actor id'
