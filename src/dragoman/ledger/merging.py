"""Merging: which records of different documents make one entry.

In:     the store and the records that came in or changed.
Out:    rows in `judgement`, `entry` on each record, and the entries that changed.
Cost:   an item is compared with those of its pair of actors that are listed or told near its days, so that the work
        grows with how much is told of a pair at a time, not with the size of the ledger.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date
from itertools import combinations

from dragoman.ledger.clustering import Pair, clusters
from dragoman.ledger.days import shift
from dragoman.ledger.entries import Item
from dragoman.ledger.index import NO_DAY
from dragoman.ledger.same import NEAR, SAME, alike_types, likeness
from dragoman.ledger.store import COLUMNS, Store, item, now

#: Days before and after, within which items of a kind are compared: by the day they are listed under, and by the day
#: they were told (guesses: an act is told again for a fortnight, a measure or a plan for months).
BY_DAY = {"events": 45, "next_steps": 45, "measures": 120, "disputes": 60}
BY_TOLD = {"events": 62, "next_steps": 120, "measures": 200, "disputes": 60}
#: Kinds whose records are the same when their name is: an initiative's own, a statement's speaker and words.
BY_NAME = {"I": "initiatives", "S": "statements"}
#: Kinds of which one document may tell twice: a measure and its part, told apart by the reader.
TWICE_IN_ONE = frozenset({"measures"})


def merge(store: Store, numbers: Iterable[int]) -> set[str]:
    """Judge these records against those near them and cluster anew; return the entries that changed."""
    fresh = [_numbered(store, number) for number in sorted(numbers)]
    new = {row["number"] for _, row in fresh}
    for one, row in fresh:
        if one.kind in BY_DAY:
            _judge(store, one, row, new)
    return recluster(store, {one.id for one, _ in fresh})


def recluster(store: Store, keys: set[str]) -> set[str]:
    """Cluster anew all that is linked with these records; return the entries that changed or are gone."""
    changed: set[str] = set()
    done: set[str] = set()
    for letter, kind in BY_NAME.items():
        named = {key for key in keys if key.startswith(letter)}
        if named:
            changed |= _by_name(store, letter, kind, {name for key in named for name in _names(store, key)})
            done |= named
    for key in sorted(keys):
        if key not in done:
            members, judged = _component(store, key)
            done |= members
            changed |= _assign(store, members, judged)
    return changed


def withdraw(store: Store, keys: Iterable[str]) -> set[str]:
    """Withdraw what rules judged of these records; return the records they were linked with, to cluster anew."""
    linked: set[str] = set()
    for key in keys:
        linked |= {k for row in _judgements(store, key) for k in (row["left"], row["right"])}
        store.do(
            "UPDATE judgement SET withdrawn_at = ? WHERE (left = ? OR right = ?) AND author = 'rule' "
            "AND withdrawn_at IS NULL",
            (now(), key, key),
        )
    return linked


def _numbered(store: Store, number: int) -> tuple[Item, sqlite3.Row]:
    row = store.row(
        f"SELECT {COLUMNS}, record.day, record.name, record.document AS owner FROM record "
        "JOIN document ON document.id = record.document WHERE record.id = ?",
        (number,),
    )
    assert row is not None
    return item(row), row


def _judge(store: Store, one: Item, row: sqlite3.Row, fresh: set[int]) -> None:
    """Compare an item with those near it, and store what is the same and what nearly is."""
    judged = []
    for number, other in _near(store, one, row).items():
        if number in fresh and other.id < one.id:
            continue  # that pair is looked at from the other side
        found = likeness(one, other)
        if found.score >= NEAR:
            verdict = "same" if found.score >= SAME else "different"
            judged.append((*sorted((one.id, other.id)), verdict, found.reason, found.score, "rule", now()))
    store.do_all(
        "INSERT INTO judgement (left, right, verdict, reason, score, author, made_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        judged,
    )


def _near(store: Store, one: Item, row: sqlite3.Row) -> dict[int, Item]:
    """Return the items to compare with, by their numbers."""
    by_day, by_told = BY_DAY[one.kind], BY_TOLD[one.kind]
    day = None if row["day"] == NO_DAY else date.fromisoformat(row["day"])
    ways = [("known_on", *_around(one.source.known_on, by_told))]
    if day:
        ways.append(("day", *_around(day, by_day)))
    types = alike_types(one)
    among = f" AND record.type IN ({','.join('?' * len(types))})" if types else ""
    apart = "" if one.kind in TWICE_IN_ONE else f" AND record.document != {row['owner']}"
    numbers: set[int] = set()
    for pair in store.rows("SELECT pair FROM pair WHERE record = ?", (row["number"],)):
        for column, first, last in ways:
            rows = store.rows(
                "SELECT pair.record FROM pair JOIN record ON record.id = pair.record WHERE pair.pair = ? "
                f"AND pair.kind = ? AND pair.{column} BETWEEN ? AND ?{among}{apart}",
                (pair["pair"], one.kind, first, last, *types),
            )
            numbers |= {found["record"] for found in rows}
    return store.numbered(sorted(numbers - {row["number"]}))


def _around(day: date, days: int) -> tuple[str, str]:
    return shift(day, -days).isoformat(), shift(day, days).isoformat()


def _judgements(store: Store, key: str) -> list[sqlite3.Row]:
    return store.rows(
        "SELECT left, right, verdict, score, author FROM judgement WHERE left = ? AND withdrawn_at IS NULL "
        "UNION ALL SELECT left, right, verdict, score, author FROM judgement WHERE right = ? AND withdrawn_at IS NULL",
        (key, key),
    )


def _component(store: Store, key: str) -> tuple[set[str], list[sqlite3.Row]]:
    """Return the records linked with one by "same", and all judgements on them."""
    members, ahead, judged = {key}, [key], []
    while ahead:
        rows = _judgements(store, ahead.pop())
        judged += rows
        fresh = {k for row in rows if row["verdict"] == "same" for k in (row["left"], row["right"])} - members
        members |= fresh
        ahead += sorted(fresh)
    return members, judged


def _assign(store: Store, members: set[str], judged: list[sqlite3.Row]) -> set[str]:
    """Cluster a component and write its entries; return the entries that changed."""
    live = {
        row["key"]: row
        for key in sorted(members)
        for row in store.rows(
            "SELECT key, id, kind, document, known_on, entry FROM record WHERE key = ? AND current AND NOT wrong",
            (key,),
        )
    }
    scores: dict[Pair, float] = {}
    together: set[Pair] = set()
    apart: set[Pair] = set()
    for row in judged:
        pair = (row["left"], row["right"]) if row["left"] < row["right"] else (row["right"], row["left"])
        if row["author"] == "rule":
            scores[pair] = max(row["score"], scores.get(pair, 0.0))
        else:
            (together if row["verdict"] == "same" else apart).add(pair)
    apart |= _of_one_document(live.values())
    changed: set[str] = set()
    for group in clusters(live, scores, together, apart):
        entry = min(group, key=lambda k: (live[k]["known_on"], k))
        for key in group:
            if live[key]["entry"] != entry:
                changed |= {entry} | ({live[key]["entry"]} if live[key]["entry"] else set())
                store.do("UPDATE record SET entry = ? WHERE id = ?", (entry, live[key]["id"]))
    return changed


def _of_one_document(rows: Iterable[sqlite3.Row]) -> set[Pair]:
    """Return the pairs that stand in one document: two records there are two things, as the reader found."""
    homes: dict[int, list[str]] = {}
    for row in rows:
        if row["kind"] not in TWICE_IN_ONE:
            homes.setdefault(row["document"], []).append(row["key"])
    return {pair for keys in homes.values() for pair in combinations(sorted(keys), 2)}


def _by_name(store: Store, letter: str, kind: str, names: set[str]) -> set[str]:
    """Make one entry of all records of a name, but for what a person judged; return the entries that changed."""
    judged = store.rows(
        "SELECT left, right, verdict FROM judgement WHERE left BETWEEN ? AND ? AND author != 'rule' "
        "AND withdrawn_at IS NULL ORDER BY id",
        (f"{letter}-", f"{letter}-~"),
    )
    names = names | {name for row in judged for key in (row["left"], row["right"]) for name in _names(store, key)}
    homes: dict[str, set[str]] = {}
    told: dict[str, sqlite3.Row] = {}
    for name in sorted(names):
        rows = store.rows(
            "SELECT id, key, entry, known_on FROM record INDEXED BY record_name WHERE kind = ? "
            "AND name = ? AND current AND NOT wrong",
            (kind, name),
        )
        told.update({row["key"]: row for row in rows})
        group = {row["key"] for row in rows}
        homes.update((key, group) for key in group)
    for row in judged:
        _as_judged(homes, row["left"], row["right"], row["verdict"])
    changed: set[str] = set()
    for group in {id(home): home for home in homes.values()}.values():
        first = min(group, key=lambda k: (told[k]["known_on"], k))
        for key in group:
            if told[key]["entry"] != first:
                changed |= {first} | ({told[key]["entry"]} if told[key]["entry"] else set())
                store.do("UPDATE record SET entry = ? WHERE id = ?", (first, told[key]["id"]))
    return changed


def _as_judged(homes: dict[str, set[str]], left: str, right: str, verdict: str) -> None:
    """Join two groups, or take the second of two items out of the group they share."""
    if left not in homes or right not in homes:
        return
    if verdict == "same":
        both = homes[left] | homes[right]
        homes.update((key, both) for key in both)
    elif homes[left] is homes[right]:
        homes[left].discard(right)
        homes[right] = {right}


def _names(store: Store, key: str) -> list[str]:
    rows = store.rows("SELECT DISTINCT name FROM record WHERE key = ? AND name IS NOT NULL", (key,))
    return [row["name"] for row in rows]
