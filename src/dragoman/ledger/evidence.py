"""Evidence: what stands in which document, and what an entry has to do with others.

In:     a store, the key of a document or of an entry.
Out:    entries, sources, pairs of actors; single records, also those that a person called wrong.
"""

from __future__ import annotations

from datetime import date

from dragoman.ledger.entries import AnyEntry, Item, Source
from dragoman.ledger.queries import Pair, folded, item_key
from dragoman.ledger.store import Store, source
from dragoman.ledger.successors import successor


class Evidence:
    """Answers questions about single documents and entries."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def told_in(self, document: str, as_of: date) -> list[AnyEntry]:
        """Return the entries that a document tells of, as the ledger stood on a day."""
        rows = self._store.rows(
            "SELECT DISTINCT entry FROM record JOIN document ON document.id = record.document "
            "WHERE document.key = ? AND record.current AND record.entry IS NOT NULL ORDER BY entry",
            (document,),
        )
        with self._store.read():
            return folded(self._store, [row["entry"] for row in rows], as_of)

    def copies(self, document: str) -> list[Source]:
        """Return the other documents of its origin, its reprints and versions, oldest first."""
        rows = self._store.rows(
            "SELECT key AS document, origin, known_on, title, publisher, published, url FROM document "
            "WHERE origin = (SELECT origin FROM document WHERE key = ?) AND key != ? ORDER BY known_on, key",
            (document, document),
        )
        return [source(row) for row in rows]

    def pairs(self, entry: str) -> list[Pair]:
        """Return the pairs of actors under which an entry is found, those of most of its records first."""
        rows = self._store.rows(
            "SELECT pair, count(*) AS records FROM pair JOIN record ON record.id = pair.record "
            "WHERE record.entry = ? AND instr(pair, '|') GROUP BY pair ORDER BY records DESC, pair",
            (entry,),
        )
        return [(left, right) for row in rows for left, right in [row["pair"].split("|")]]

    def bears_on(self, entry: str, as_of: date) -> list[AnyEntry]:
        """Return the next steps and disputes on which a record of this entry bears."""
        rows = self._store.rows(
            "SELECT DISTINCT bearing.entry FROM bearing JOIN record ON record.id = bearing.record "
            "WHERE record.entry = ? AND record.known_on <= ? ORDER BY bearing.entry",
            (entry, as_of.isoformat()),
        )
        with self._store.read():
            return folded(self._store, [row["entry"] for row in rows], as_of)

    def record(self, given: str) -> Item | None:
        """Return the record in use that an id means, called wrong or not; UsageError for an id that is not there."""
        key = item_key(self._store, given)
        found = self._store.items("record.key = ? AND record.current", (successor(self._store, key) or key,))
        return found[0] if found else None
