"""Arrivals: what was given to the ledger, what became of it, and whether it was there before.

In:     the key of an item, the words of a text, an address.
Out:    `Arrival`s, and the documents of the ledger that a new one may be a copy or a later version of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Literal

from courlan import normalize_url

from dragoman.domain import Record
from dragoman.ledger import origins
from dragoman.ledger.store import Store, now

OutcomeWord = Literal["added", "duplicate", "reprint", "newer version", "nothing found", "refused"]

_COLUMNS = (
    "item", "place", "outcome", "document", "of", "words", "address", "title", "publisher", "published", "dated_by",
    "language", "note", "reader", "source",
)  # fmt: skip
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Arrival:
    """One item as it was when it last came; the fields are those of the table (see intake.sql)."""

    item: str
    place: str
    outcome: OutcomeWord
    document: str | None = None
    of: str | None = None
    words: str | None = None
    address: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    dated_by: str | None = None
    language: str | None = None
    note: str | None = None
    reader: str = ""
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """A document of the ledger as far as it must be known to tell copies and versions: its day is None when unknown."""

    document: str
    publisher: str | None
    published: date | None
    title: str | None
    address: str | None


class Arrivals:
    """The arrivals of a ledger."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of_item(self, item: str) -> Arrival | None:
        """Return what became of an item when it last came, None where it never did."""
        row = self._store.row(f"SELECT {', '.join(_COLUMNS)} FROM arrival WHERE item = ?", (item,))
        return Arrival(*row) if row else None

    def note(self, arrival: Arrival) -> None:
        """Store what became of an item; what became of it before is forgotten."""
        values = [getattr(arrival, name) for name in _COLUMNS]
        marks = ", ".join("?" * (len(_COLUMNS) + 1))
        with self._store.write():
            self._store.do(
                f"INSERT OR REPLACE INTO arrival ({', '.join(_COLUMNS)}, arrived_at) VALUES ({marks})", (*values, now())
            )

    def with_words(self, words: str) -> list[Copy]:
        """Return the documents of the ledger that have these words, the earliest first."""
        return self._copies("arrival.words = ?", (words,))

    def at(self, address: str) -> list[Copy]:
        """Return the documents of the ledger that came from an address, the earliest first."""
        return self._copies("arrival.address = ?", (address,))

    def near(self, text: str, publisher: str) -> list[Copy]:
        """Return the documents of a publisher that share rare runs of words with a text, the nearest first."""
        numbers = origins.near(self._store, origins.sketch(text), publisher)
        return [copy for number in numbers for copy in self._copies("document.id = ?", (number,))]

    def text(self, document: str) -> str:
        """Return the text of a document, "" where it is not there."""
        row = self._store.row("SELECT text FROM document WHERE key = ?", (document,))
        return str(row["text"]) if row else ""

    def records(self, document: str) -> list[tuple[str, Record]]:
        """Return the current records of a document, each with its kind."""
        items = self._store.items("document.key = ? AND record.current AND NOT record.wrong", (document,), "record.id")
        return [(item.kind, item.record) for item in items]

    def counts(self, source: str | None = None) -> dict[OutcomeWord, int]:
        """Return how many items had each outcome, of one watched source or of all that ever came."""
        where, values = ("WHERE source = ?", (source,)) if source else ("", ())
        rows = self._store.rows(f"SELECT outcome, count(*) FROM arrival {where} GROUP BY outcome", values)
        return {row[0]: row[1] for row in rows}

    def _copies(self, where: str, values: tuple[str | int, ...]) -> list[Copy]:
        rows = self._store.rows(
            "SELECT DISTINCT document.key, document.publisher, document.published, document.title, document.url, "
            "document.known_on FROM document LEFT JOIN arrival ON arrival.document = document.key "
            f"WHERE {where} ORDER BY document.known_on, document.added_at",
            values,
        )
        return [
            Copy(row[0], row[1], date.fromisoformat(row[2]) if row[2] else None, row[3], address_of(row[4]))
            for row in rows
        ]


def words_of(text: str) -> str:
    """Return a key of the words of a text, the same for texts that differ in case, punctuation and line ends alone."""
    return blake2b(" ".join(_WORD.findall(text.lower())).encode(), digest_size=12).hexdigest()


def address_of(url: str | None) -> str | None:
    """Return an address without its scheme, "www.", fragment and what trackers add: pages that differ in it differ."""
    if not url:
        return None
    try:
        clean = normalize_url(url, strict=False, trailing_slash=False)
    except (ValueError, TypeError):
        clean = url
    return re.sub(r"^https?://(?:www\.)?|#.*$", "", clean, flags=re.IGNORECASE) or None
