"""Recording: a document and its reading as rows.

In:     a Document with its Reading, inside a transaction of the store.
Out:    rows in document, reading, record, pair, person and the full-text tables.
Never:  overwrites: a newer reading stands beside the older one, whose records stay and are no longer current.
"""

from __future__ import annotations

import json
from collections.abc import Container, Mapping, Sequence
from datetime import date
from typing import Any

from dragoman.domain import Document, Reading, Record, plain
from dragoman.ledger import origins
from dragoman.ledger.codec import decode, encode, with_fields
from dragoman.ledger.index import Facts, facts, pairs_by_paragraph, paragraph, plain_name
from dragoman.ledger.keys import document_key, record_keys
from dragoman.ledger.store import Store, now
from dragoman.ledger.successors import successors
from dragoman.ledger.terms import terms

#: The parts of a document that are stored as JSON.
LAYOUT = ("headline", "dateline", "paragraphs", "warnings")


def put_document(store: Store, document: Document) -> int:
    """Store a document that is not there yet, and find the origin it shares; return its number."""
    key = document_key(document)
    marks = origins.sketch(document.text)
    published = document.published.isoformat() if document.published else None
    number = store.do(
        "INSERT INTO document (key, text, title, publisher, published, dated_by, url, layout, known_on, added_at, "
        "sketch, origin) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            key, document.text, document.title, document.publisher, published, document.dated_by, document.url,
            json.dumps({name: plain(getattr(document, name)) for name in LAYOUT}),
            published or date.today().isoformat(),
            now(), marks, key,
        ),
    )  # fmt: skip
    origins.place(store, number, document.text, marks)
    return number


def stored_document(row: Sequence[str]) -> Document:
    """Return the document that a row (text, title, publisher, published, dated_by, url, layout) holds."""
    text, title, publisher, published, dated_by, url, layout = row
    parts = json.loads(layout)
    return Document(
        text=text,
        title=title,
        publisher=publisher,
        published=date.fromisoformat(published) if published else None,
        dated_by=dated_by,  # type: ignore[arg-type]
        url=url,
        headline=tuple(parts["headline"]) if parts["headline"] else None,
        dateline=tuple(parts["dateline"]) if parts["dateline"] else None,
        paragraphs=tuple((start, end) for start, end in parts["paragraphs"]),
        warnings=tuple(parts["warnings"]),
    )


def put_reading(store: Store, number: int, reading: Reading) -> list[int]:
    """Store a reading of a stored document and make it the one in use; return the numbers of its records."""
    row = store.row("SELECT key, known_on FROM document WHERE id = ?", (number,))
    assert row is not None
    reader = reading.reader
    at = store.do(
        "INSERT INTO reading (document, reader, models, made_at, current) VALUES (?, ?, ?, ?, 1)",
        (number, reader.version, json.dumps(reader.models), now()),
    )
    found = reading.records()
    keys = record_keys(row["key"], found)
    near = pairs_by_paragraph(reading.document, (record for _, record in found))
    told = date.fromisoformat(row["known_on"])
    numbers = []
    for (kind, record), key in zip(found, keys, strict=True):
        own = facts(record, told, _here(record, reading.document, near))
        about = " ".join(sorted(terms(reading.document.text, record.evidence)))
        one = store.do(
            "INSERT INTO record (key, reading, document, kind, body, current, day, known_on, terms)"
            " VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?)",
            (key, at, number, kind, encode(record), own.day, row["known_on"], about),
        )
        _index(store, one, kind, record, own, row["known_on"])
        numbers.append(one)
    return numbers


def retire(store: Store, number: int) -> list[str]:
    """Take the reading of a document that is in use out of use; return the keys of its records."""
    rows = store.rows("SELECT id, key FROM record WHERE document = ? AND current", (number,))
    for row in rows:
        _unindex(store, row["id"])
        store.do("UPDATE record SET current = 0, entry = NULL WHERE id = ?", (row["id"],))
    store.do("UPDATE reading SET current = 0 WHERE document = ? AND current", (number,))
    return [row["key"] for row in rows]


def apply_corrections(store: Store, number: int) -> list[int]:
    """Lay a document's corrections over its current records anew; return the numbers of those that changed.

    A correction holds for the record it was made on, and after that for its successor. One that has none stays in its
    table and shows in the history of the record it was made on.
    """
    rows = store.rows(
        "SELECT id, key, kind, body, corrected, fields, wrong FROM record WHERE document = ? AND current ORDER BY id",
        (number,),
    )
    read = {row["id"]: decode(row["kind"], row["body"]) for row in rows}
    records = dict(read)
    wrong: set[int] = set()
    touched: dict[int, set[str]] = {}
    found = corrections(store, number)
    home, ids = successors(store, (one["item"] for one in found)), {row["key"]: row["id"] for row in rows}
    for one in found:
        target = ids.get(home.get(one["item"], ""))
        if target is None:
            continue
        if one["field"] == "wrong":
            (wrong.add if json.loads(one["value"]) else wrong.discard)(target)
        elif one["field"] == "outcome":  # what became of a step is no field of its record
            touched[target] = {f for f in touched.get(target, set()) if not f.startswith("outcome=")}
            touched[target].add(f"outcome={json.loads(one['value'])}")
        else:
            records[target] = with_fields(one["kind"], records[target], {one["field"]: json.loads(one["value"])})
            touched.setdefault(target, set()).add(str(one["field"]))
    changed = []
    for row in rows:
        at, text = row["id"], encode(records[row["id"]]) if row["id"] in touched else None
        fields = " ".join(sorted(touched.get(at, ())))
        if text != row["corrected"] or fields != row["fields"] or bool(row["wrong"]) != (at in wrong):
            store.do(
                "UPDATE record SET corrected = ?, fields = ?, wrong = ? WHERE id = ?", (text, fields, at in wrong, at)
            )
            changed.append(at)
    _reindex(store, number, {row["id"]: row["kind"] for row in rows}, read, {at: records[at] for at in changed}, wrong)
    return changed


def corrections(store: Store, number: int) -> list[dict[str, Any]]:
    """Return the corrections of fields that hold for a document, oldest first."""
    rows = store.rows(
        "SELECT correction.* FROM correction JOIN document ON document.key = correction.document WHERE document.id = ? "
        "AND withdrawn_at IS NULL AND field NOT IN ('same', 'different', 'accepted') ORDER BY correction.id",
        (number,),
    )
    return [dict(row) for row in rows]


def _reindex(
    store: Store,
    number: int,
    kinds: Mapping[int, str],
    read: Mapping[int, Record],
    changed: Mapping[int, Record],
    wrong: Container[int],
) -> None:
    """Write anew what queries look at in the changed records of a document; nothing for those called wrong."""
    row = store.row(
        "SELECT text, title, publisher, published, dated_by, url, layout, known_on FROM document WHERE id = ?",
        (number,),
    )
    assert row is not None
    document = stored_document(tuple(row)[:7])
    near = pairs_by_paragraph(document, read.values())
    for at, record in changed.items():
        _unindex(store, at)
        store.do("UPDATE record SET entry = NULL WHERE id = ?", (at,))
        if at not in wrong:
            own = facts(record, date.fromisoformat(row["known_on"]), _here(record, document, near))
            _index(store, at, kinds[at], record, own, row["known_on"])


def _here(record: Record, document: Document, near: Mapping[int, set[str]]) -> list[str]:
    """Return the pairs that the paragraphs tell of in which a record stands."""
    return sorted({pair for span in record.evidence for pair in near.get(paragraph(document, span.start), ())})


def _index(store: Store, number: int, kind: str, record: Record, own: Facts, known_on: str) -> None:
    """Write what queries look at."""
    store.do(
        "UPDATE record SET type = ?, status = ?, first_day = ?, last_day = ?, day = ?, name = ? WHERE id = ?",
        (own.type, own.status, own.first_day, own.last_day, own.day, own.name, number),
    )
    store.do_all(
        "INSERT OR IGNORE INTO pair (pair, kind, day, known_on, record) VALUES (?, ?, ?, ?, ?)",
        ((p, kind, own.day, known_on, number) for p in own.pairs),
    )
    store.do_all(
        "INSERT INTO person VALUES (?, ?, ?, ?, ?, ?)",
        ((p.name, p.role, p.affiliation, plain_name(p.name), part, number) for p, part in own.persons),
    )
    words = [span.quote for span in record.evidence]
    words += [getattr(record, name) or "" for name in ("name", "object", "purpose", "what") if hasattr(record, name)]
    store.do("INSERT INTO record_words (rowid, words) VALUES (?, ?)", (number, "\n".join(words)))


def _unindex(store: Store, number: int) -> None:
    for table in ("pair", "person", "bearing"):
        store.do(f"DELETE FROM {table} WHERE record = ?", (number,))
    store.do("DELETE FROM record_words WHERE rowid = ?", (number,))
