"""One entry with all it rests on: every quote by document, its history, the rules, judgements and corrections.

In:     the ledger and the id of an entry, of any of its items, or a unique beginning of one.
Out:    `Shown`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from dragoman.ledger.entries import AnyEntry, Change, Item, Quote, Source
from dragoman.views.asked import Books, Correction, Judgement, today
from dragoman.views.table import Table, joined


@dataclass(frozen=True, slots=True)
class ItemRule:
    """One record behind the entry: the rule that made it, what it saw, what a person corrected, and its words."""

    item: str
    rule: str
    score: float
    detail: str
    corrected: tuple[str, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """A document and what in it the entry rests on."""

    source: Source
    items: tuple[ItemRule, ...]


@dataclass(frozen=True, slots=True)
class Shown(Table):
    """An entry as the ledger stood on a day, with everything behind it; sources oldest first."""

    as_of: date
    entry: AnyEntry
    sources: tuple[Telling, ...]
    history: tuple[Change, ...]
    judgements: tuple[Judgement, ...]
    corrections: tuple[Correction, ...]

    def rows(self) -> list[dict[str, Any]]:
        """Return one row a quote."""
        return [
            {
                "id": self.entry.id,
                "item": item.item,
                "quote": quote.text,
                "start": quote.start,
                "end": quote.end,
                "rule": item.rule,
                "score": item.score,
                "corrected": joined(item.corrected),
                "title": telling.source.title,
                "publisher": telling.source.publisher,
                "known_on": telling.source.known_on,
                "document": telling.source.document,
            }
            for telling in self.sources
            for item in telling.items
            for quote in item.quotes
        ]


def show(ledger: Books, id: str, *, as_of: date | None = None) -> Shown:
    """Return one entry with everything behind it; UsageError when there is none."""
    day = today(as_of)
    entry = ledger.entry(id, day)
    judgements, corrections = ledger.judgements_of(entry.id), ledger.corrections_of(entry.id)
    return Shown(day, entry, tellings(entry.items), entry.history, tuple(judgements), tuple(corrections))


def tellings(items: Iterable[Item]) -> tuple[Telling, ...]:
    """Return items by document, oldest document first."""
    found: dict[Source, list[ItemRule]] = {}
    for item in items:
        found.setdefault(item.source, []).append(rule_of(item))
    order = sorted(found, key=lambda source: (source.known_on, source.document))
    return tuple(Telling(source, tuple(found[source])) for source in order)


def rule_of(item: Item) -> ItemRule:
    """Return the rule behind one item."""
    because = item.record.because
    return ItemRule(item.id, because.rule, because.score, because.detail, item.corrected, item.quotes)
