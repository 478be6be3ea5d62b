"""Keys made from content: the same document and the same record have the same key in every ledger.

In:     a Document, or a record and the key of its document.
Out:    "D-4k2m9xq7a": a letter for the kind and nine characters of a hash (45 bits: among a million keys the chance
        that any two are equal is about one in seventy; within a kind the ledger refuses nothing for it, as a record is
        looked up with its document).
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable

from dragoman.domain import Document, Record
from dragoman.ledger.entries import LETTERS

#: Digits and letters without those that are easily taken for others (i, l, o, u).
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 9


def document_key(document: Document) -> str:
    """Return the key of a document: a text by the same publisher, of the same day and address is the same document."""
    published = document.published.isoformat() if document.published else None
    return _key("D", [document.text, document.title, document.publisher, published, document.url])


def record_keys(document: str, records: Iterable[tuple[str, Record]]) -> list[str]:
    """Return the key of each record of a document, in their order.

    A record is named by its kind, its type and the words it rests on first; it so keeps its key when a newer reader
    only sees another status or date. Records alike in all of that are numbered.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    keys = []
    for kind, record in records:
        span = record.evidence[0]
        name = (kind, str(getattr(record, "type", "")), str(span.start), str(span.end))
        keys.append(_key(LETTERS[kind], [document, *name, seen[name]]))
        seen[name] += 1
    return keys


def pair_key(left: str, right: str) -> str:
    """Return "IND|USA" for two actor ids in either order."""
    return "|".join(sorted((left, right)))


def _key(letter: str, parts: list[object]) -> str:
    digest = hashlib.sha256(json.dumps(parts, ensure_ascii=True).encode()).digest()
    number = int.from_bytes(digest[:8])
    return f"{letter}-{''.join(ALPHABET[(number >> 5 * i) & 31] for i in range(LENGTH))}"
