"""Successors: which record of the reading in use took the place of one of an earlier reading.

In:     the store, and keys of records.
Out:    the keys of the current records that stand for them; those of which nothing is left are missing.

A record that kept its key is its own successor. The others are paired by the words they rest on, those that have most
in common first, and each takes the place of one only: so what a person said of a record that a better reader no longer
finds is not laid on its neighbour in the same sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dragoman.domain import Record
from dragoman.ledger.codec import decode
from dragoman.ledger.store import Store

Found = tuple[str, Record]


def successor(store: Store, key: str) -> str | None:
    """Return the key of the current record that stands for one, itself where it is current, or None."""
    return successors(store, [key]).get(key)


def successors(store: Store, keys: Iterable[str]) -> dict[str, str]:
    """Return the key of the current record for each key that has one."""
    out: dict[str, str] = {}
    paired: dict[int, dict[str, str]] = {}
    for key in sorted(set(keys)):
        row = store.row(
            "SELECT document, reading, current FROM record WHERE key = ? ORDER BY current DESC, id DESC", (key,)
        )
        if row is None:
            continue
        if row["current"]:
            out[key] = key
            continue
        reading = row["reading"]
        if reading not in paired:
            paired[reading] = pairing(
                _records(store, "reading = ?", reading), _records(store, "document = ? AND current", row["document"])
            )
        if key in paired[reading]:
            out[key] = paired[reading][key]
    return out


def pairing(old: Mapping[str, Found], new: Mapping[str, Found]) -> dict[str, str]:
    """Return which of the new records takes the place of which of the old, both by key with their kinds."""
    out = {key: key for key in old if key in new}
    ranked = sorted(
        (-_shared(mine[1], theirs[1]), -_alike(mine[1], theirs[1]), key, other)
        for key, mine in old.items()
        for other, theirs in new.items()
        if key not in out and other not in old and mine[0] == theirs[0]
    )
    taken: set[str] = set()
    for shared, _, key, other in ranked:
        if shared < 0 and key not in out and other not in taken:
            out[key] = other
            taken.add(other)
    return out


def _records(store: Store, where: str, value: int) -> dict[str, Found]:
    rows = store.rows(f"SELECT key, kind, body FROM record WHERE {where}", (value,))
    return {row["key"]: (row["kind"], decode(row["kind"], row["body"])) for row in rows}


def _shared(one: Record, other: Record) -> float:
    """Return the share of the characters of two records that both rest on (Dice)."""
    common = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one.evidence for b in other.evidence)
    return 2 * common / max(1, sum(s.end - s.start for record in (one, other) for s in record.evidence))


def _alike(one: Record, other: Record) -> int:
    """Return in how many fields two records of a kind agree."""
    return sum(getattr(one, name) == getattr(other, name) for name in type(one).__dataclass_fields__)
