"""Where words stand: in documents and in the words that entries rest on, by kind.

In:     the ledger and words, as its full-text search takes them.
Out:    `Found`, groups of hits, the best of each group first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from dragoman.domain import RECORD_KINDS
from dragoman.views.asked import Books, Hit, today
from dragoman.views.table import Table

#: The order of the groups.
KINDS = ("documents", *RECORD_KINDS)


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one kind, the best first."""

    kind: str
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Found(Table):
    """Where words stand in the ledger as it stood on a day; kinds without a hit are left out."""

    words: str
    as_of: date
    groups: tuple[Group, ...]
    total: int

    def rows(self) -> list[dict[str, Any]]:
        """Return one row a hit."""
        return [
            {
                "kind": hit.kind,
                "id": hit.id,
                "snippet": hit.snippet,
                "title": hit.source.title,
                "publisher": hit.source.publisher,
                "known_on": hit.source.known_on,
                "document": hit.source.document,
                "rank": hit.rank,
            }
            for group in self.groups
            for hit in group.hits
        ]


def search(ledger: Books, words: str, *, limit: int = 50, as_of: date | None = None) -> Found:
    """Return where words stand, at most `limit` hits, grouped by kind."""
    day = today(as_of)
    hits = list(ledger.search(words, as_of=day, limit=limit))
    return Found(words, day, grouped(hits), len(hits))


def grouped(hits: Iterable[Hit]) -> tuple[Group, ...]:
    """Return hits by kind, in the order in which the ledger gives them."""
    found: dict[str, list[Hit]] = {}
    for hit in hits:
        found.setdefault(hit.kind, []).append(hit)
    return tuple(Group(kind, tuple(found[kind])) for kind in KINDS if kind in found)
