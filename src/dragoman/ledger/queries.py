"""Questions to the store: entries, acts, documents, words; each as of a day.

In:     a store and a day.
Out:    entries, folded from the items known by that day; plain rows where entries would be too slow.

Which items make one entry is the present judgement; what the entry says is only what was known by the day asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from dragoman.domain import Document
from dragoman.errors import UsageError
from dragoman.ledger.entries import AnyEntry, EventEntry, Item, Kind, Source, StepEntry
from dragoman.ledger.folding import fold
from dragoman.ledger.index import NO_DAY, plain_name
from dragoman.ledger.keys import pair_key
from dragoman.ledger.recording import stored_document
from dragoman.ledger.store import Store, source
from dragoman.ledger.successors import successor

Pair = tuple[str, str]
_DOCUMENT = """
    document.key AS document, document.origin, document.known_on, document.title, document.publisher,
    document.published,
    document.url"""


@dataclass(frozen=True, slots=True)
class PairCount:
    """A pair of actors, in how many documents it is told of and when last."""

    pair: Pair
    documents: int
    last: date


@dataclass(frozen=True, slots=True)
class Stored:
    """A document as the ledger keeps it: its text, when it came in, its origin and the reader in use."""

    id: str
    document: Document
    added_at: str
    known_on: date
    origin: str
    reader: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where words were found; a lower rank is a better one. `id` is an entry's, or a document's."""

    kind: Kind | Literal["documents"]
    id: str
    snippet: str
    source: Source
    rank: float


def entries(
    store: Store,
    kind: Kind,
    *,
    pair: Pair | None = None,
    as_of: date,
    since: date | None = None,
    until: date | None = None,
    limit: int | None = None,
    reported_since: date | None = None,
) -> list[AnyEntry]:
    """Return the entries of a kind, oldest day first (see `Ledger.entries`)."""
    sql, values = _wanted(kind, pair, as_of, since, until, reported_since)
    wanted = [
        row["entry"]
        for row in store.rows(
            f"SELECT record.entry AS entry, max(record.day) AS day {sql} GROUP BY record.entry ORDER BY day DESC, entry"
            + (f" LIMIT {limit * 2 + 10}" if limit is not None else ""),
            values,
        )
    ]
    found = folded(store, wanted, as_of)
    kept = [one for one in found if within(day_of(one), since, until)]
    kept.sort(key=lambda one: (day_of(one) or date.max, one.id))
    return kept if limit is None else kept[max(0, len(kept) - limit) :]


def folded(store: Store, wanted: Sequence[str], as_of: date) -> list[AnyEntry]:
    """Return the entries with these ids, as of a day; those of which nothing was known then are left out."""
    return folded_on(store, wanted, (as_of,))[0]


def folded_on(store: Store, wanted: Sequence[str], days: Sequence[date]) -> list[list[AnyEntry]]:
    """Return the same for each of some days; what the entries are made from is looked up once."""
    grouped = store.many("NOT record.wrong AND record.entry IN", wanted)
    context = _context(store, _by_then(grouped, max(days)), max(days))
    out = []
    for day in days:
        others = _by_then(context, day)
        made = [fold(entry, items, others.get(entry, ()), day) for entry, items in _by_then(grouped, day).items()]
        out.append(_with_deciders(store, made))
    return out


def _by_then(items: dict[str, list[Item]], day: date) -> dict[str, list[Item]]:
    """Return the items of each entry that were known by a day; entries without any are left out."""
    known = {entry: [item for item in found if item.source.known_on <= day] for entry, found in items.items()}
    return {entry: found for entry, found in known.items() if found}


def contested(store: Store, pair: Pair | None, as_of: date) -> list[EventEntry]:
    """Return the events that one document tells of and another denies, the one told last first."""
    about = "AND id IN (SELECT record FROM pair WHERE pair = ? AND kind = 'events') " if pair else ""
    rows = store.rows(
        "SELECT DISTINCT entry FROM record WHERE kind = 'events' AND status = 'denied' AND current "
        f"{about}AND known_on <= ? AND entry IS NOT NULL AND EXISTS (SELECT 1 FROM record AS told "
        "WHERE told.entry = record.entry AND told.status = 'happened')",
        (*([pair_key(*pair)] if pair else []), as_of.isoformat()),
    )
    found = folded(store, [row["entry"] for row in rows], as_of)
    kept = [one for one in found if isinstance(one, EventEntry) and one.contested]
    return sorted(kept, key=lambda one: (one.last, one.id), reverse=True)


def _with_deciders(store: Store, made: list[AnyEntry]) -> list[AnyEntry]:
    """Put the entry in the place of the item that decided a step."""
    deciders = sorted({one.decided_item for one in made if isinstance(one, StepEntry) and one.decided_item})
    home: dict[str, str] = {}
    for at in range(0, len(deciders), 900):
        some = deciders[at : at + 900]
        marks = ",".join("?" * len(some))
        for row in store.rows(f"SELECT key, entry FROM record WHERE current AND key IN ({marks})", some):
            home[row["key"]] = row["entry"]
    return [
        replace(one, decided_by=home.get(one.decided_item, one.decided_item))
        if isinstance(one, StepEntry) and one.decided_item
        else one
        for one in made
    ]


def _wanted(
    kind: Kind, pair: Pair | None, as_of: date, since: date | None, until: date | None, reported_since: date | None
) -> tuple[str, list[Any]]:
    """Return the query for the records that are looked at, from FROM to WHERE."""
    if pair is not None:
        sql = "FROM pair AS at JOIN record ON record.id = at.record "
        sql += "WHERE at.pair = ? AND at.kind = ? AND at.known_on <= ?"
        values: list[Any] = [pair_key(*pair), kind, as_of.isoformat()]
    else:
        sql = "FROM record AS at JOIN record ON record.id = at.id WHERE at.kind = ? AND at.current AND at.known_on <= ?"
        values = [kind, as_of.isoformat()]
    sql += " AND record.entry IS NOT NULL"
    if reported_since is not None:
        sql, values = f"{sql} AND at.known_on > ?", [*values, reported_since.isoformat()]
    if since is not None:
        sql, values = f"{sql} AND at.day >= ?", [*values, since.isoformat()]
    if since is not None or until is not None:
        sql, values = f"{sql} AND at.day <= ?", [*values, until.isoformat() if until else _before(NO_DAY)]
    return sql, values


def _before(day: str) -> str:
    return date.fromordinal(date.fromisoformat(day).toordinal() - 1).isoformat()


def day_of(entry: AnyEntry) -> date | None:
    """Return the day under which an entry is listed; None for a step without a date."""
    if isinstance(entry, EventEntry):
        return (entry.when.start or entry.when.end if entry.when else None) or entry.first
    if isinstance(entry, StepEntry):
        return entry.due.end or entry.due.start
    return entry.last


def within(day: date | None, since: date | None, until: date | None) -> bool:
    """Whether a day lies between two others, both included; no day does, unless none is asked for."""
    if day is None:
        return since is None and until is None
    return (since is None or day >= since) and (until is None or day <= until)


def _context(store: Store, known: dict[str, list[Item]], as_of: date) -> dict[str, list[Item]]:
    """Return for each entry the other items that its kind is folded with."""
    out: dict[str, list[Item]] = {}
    for entry, others in _bearing(store, [entry for entry in known if entry[0] in "NX"]).items():
        out[entry] = [item for item in others if item.source.known_on <= as_of]
    for letter, telling in (("M", "record.type = 'CONCEDE'"), ("I", "record.name IS NOT NULL")):
        acted = {entry: items for entry, items in known.items() if entry[0] == letter}
        told = _told_in(store, {item.source.document for items in acted.values() for item in items}, telling)
        for entry, items in acted.items():
            out[entry] = [
                event for name in dict.fromkeys(i.source.document for i in items) for event in told.get(name, ())
            ]
    return out


def _bearing(store: Store, wanted: Sequence[str]) -> dict[str, list[Item]]:
    """Return the items that bear on steps and disputes."""
    rows = []
    for at in range(0, len(wanted), 900):
        some = wanted[at : at + 900]
        rows += store.rows(f"SELECT entry, record FROM bearing WHERE entry IN ({','.join('?' * len(some))})", some)
    items = store.numbered(sorted({row["record"] for row in rows}))
    out: dict[str, list[Item]] = {}
    for row in rows:
        if row["record"] in items:
            out.setdefault(row["entry"], []).append(items[row["record"]])
    return {entry: sorted(found, key=lambda i: (i.source.known_on, i.id)) for entry, found in out.items()}


def _told_in(store: Store, documents: Iterable[str], telling: str) -> dict[str, list[Item]]:
    """Return the events of documents for which a condition holds."""
    out: dict[str, list[Item]] = {}
    wanted = sorted(documents)
    for at in range(0, len(wanted), 900):
        some = wanted[at : at + 900]
        found = store.items(
            f"+record.kind = 'events' AND {telling} AND record.current AND NOT record.wrong AND record.document IN "
            f"(SELECT id FROM document WHERE key IN ({','.join('?' * len(some))}))",
            some,
        )
        for item in found:
            out.setdefault(item.source.document, []).append(item)
    return out


def entry(store: Store, given: str, as_of: date) -> AnyEntry:
    """Return the entry of an item id, or of the one id that begins so."""
    key = item_key(store, given)
    row = store.row("SELECT entry FROM record WHERE key = ? AND current AND entry IS NOT NULL", (key,))
    if row is None:
        later = successor(store, key)
        row = store.row("SELECT entry FROM record WHERE key = ? AND current AND entry IS NOT NULL", (later,))
    if row is None:
        raise UsageError(
            f"{key} was called wrong, or a newer reading no longer has it. Undo: dragoman correct {key} --undo"
        )
    found = folded(store, [row["entry"]], as_of)
    if not found:
        raise UsageError(f"{key} was not known on {as_of}. Leave out --as-of, or ask for a later day.")
    return found[0]


def item_key(store: Store, given: str) -> str:
    """Return the key that is meant: the whole of one, or a beginning that only one has; UsageError else."""
    plain = given.strip().lower()
    key = plain[:1].upper() + plain[1:]
    if not re.fullmatch(r"[A-Z]-[0-9a-z]*", key):
        raise UsageError(f'"{given[:40]}" is no id. Ids look like E-4k2m9xq7a; dragoman search finds them.')
    rows = store.rows("SELECT DISTINCT key FROM record WHERE key >= ? AND key < ? LIMIT 5", (key, f"{key}~"))
    if len(rows) == 1 or any(row["key"] == key for row in rows):
        return key if len(rows) != 1 else str(rows[0]["key"])
    if rows:
        raise UsageError(f"{given} begins more than one id: {', '.join(r['key'] for r in rows)}. Give more of it.")
    raise UsageError(f"there is no entry {given[:40]} in this ledger. dragoman search WORDS finds ids.")


def pairs(store: Store, as_of: date) -> list[PairCount]:
    """Return the pairs of actors told of, the most told first."""
    rows = store.rows(
        "SELECT pair.pair, count(DISTINCT record.document) AS documents, max(pair.known_on) AS last FROM pair "
        "JOIN record ON record.id = pair.record WHERE pair.known_on <= ? AND instr(pair.pair, '|') "
        "GROUP BY pair.pair ORDER BY documents DESC, pair.pair",
        (as_of.isoformat(),),
    )
    return [
        PairCount((left, right), row["documents"], date.fromisoformat(row["last"]))
        for row in rows
        for left, right in [row["pair"].split("|")]
    ]


def document(store: Store, given: str) -> Stored:
    """Return a stored document by its id, or the beginning of one; UsageError when there is none."""
    key = given.strip().lower()
    key = key[:1].upper() + key[1:]
    rows = store.rows(
        "SELECT key, text, title, publisher, published, dated_by, url, layout, added_at, known_on, origin, "
        "(SELECT reader FROM reading WHERE document = document.id AND current) AS reader FROM document "
        "WHERE key >= ? AND key < ? ORDER BY key LIMIT 5",
        (key, f"{key}~"),
    )
    if not rows or not re.fullmatch(r"D-[0-9a-z]*", key):
        raise UsageError(f"there is no document {given[:40]} in this ledger. dragoman search WORDS finds documents.")
    if len(rows) > 1 and rows[0]["key"] != key:
        raise UsageError(f"{given} begins more than one id: {', '.join(r['key'] for r in rows)}. Give more of it.")
    row = rows[0]
    return Stored(
        id=row["key"],
        document=stored_document(tuple(row)[1:8]),
        added_at=row["added_at"],
        known_on=date.fromisoformat(row["known_on"]),
        origin=row["origin"],
        reader=row["reader"] or "",
    )


def documents(store: Store, pair: Pair | None, as_of: date, since: date | None) -> list[Source]:
    """Return the documents known by a day, those with a record of the pair or all, oldest first."""
    about = "AND id IN (SELECT record.document FROM pair JOIN record ON record.id = pair.record WHERE pair.pair = ?) "
    rows = store.rows(
        f"SELECT {_DOCUMENT} FROM document WHERE known_on BETWEEN ? AND ? {about if pair else ''}"
        "ORDER BY known_on, key",
        ((since or date.min).isoformat(), as_of.isoformat(), *([pair_key(*pair)] if pair else [])),
    )
    return [source(row) for row in rows]


def statements_by(
    store: Store, name: str, as_of: date, since: date | None, until: date | None, limit: int | None
) -> list[AnyEntry]:
    """Return the statements of a speaker, by words of the name or by actor id, oldest first."""
    rows = store.rows(
        "SELECT record.entry AS entry, record.known_on FROM record WHERE record.id IN ("
        "SELECT record FROM person WHERE affiliation = ? AND part = 'speaker' UNION SELECT record FROM person WHERE "
        "part = 'speaker' AND instr(' ' || replace(plain, ',', '') || ' ', ?)) AND record.kind = 'statements' AND "
        "record.current AND NOT record.wrong AND record.known_on BETWEEN ? AND ? "
        "ORDER BY record.known_on DESC, record.key" + (f" LIMIT {limit}" if limit is not None else ""),
        (
            name.strip(), f" {plain_name(name.replace(',', ''))} ", (since or date.min).isoformat(),
            min(until or as_of, as_of).isoformat(),
        ),
    )  # fmt: skip
    found = folded(store, [row["entry"] for row in rows if row["entry"]], as_of)
    return sorted(found, key=lambda one: (one.last, one.id))


def search(store: Store, words: str, as_of: date, limit: int) -> list[Hit]:
    """Return where all the words occur, in documents and in the words of records, the best places first."""
    query = " ".join(f'"{word}"' for word in re.findall(r"[^\W_]+", words))
    if not query:
        raise UsageError("nothing to search for. Give one or more words: dragoman search semiconductor tariffs")
    hits = [
        Hit("documents", row["document"], row["snippet"], source(row), row["rank"])
        for row in store.rows(
            f"SELECT {_DOCUMENT}, snippet(document_words, -1, '[', ']', '…', 24) AS snippet, rank FROM document_words "
            "JOIN document ON document.id = document_words.rowid WHERE document_words MATCH ? "
            "AND document.known_on <= ? ORDER BY rank LIMIT ?",
            (query, as_of.isoformat(), limit),
        )
    ]
    seen: set[str] = set()
    for row in store.rows(
        f"SELECT {_DOCUMENT}, record.kind, record.entry, snippet(record_words, 0, '[', ']', '…', 24) AS snippet, rank "
        "FROM record_words JOIN record ON record.id = record_words.rowid "
        "JOIN document ON document.id = record.document "
        "WHERE record_words MATCH ? AND document.known_on <= ? ORDER BY rank LIMIT ?",
        (query, as_of.isoformat(), limit * 4),
    ):
        if row["entry"] and row["entry"] not in seen and len(seen) < limit:
            seen.add(row["entry"])
            hits.append(Hit(row["kind"], row["entry"], row["snippet"], source(row), row["rank"]))
    return hits
