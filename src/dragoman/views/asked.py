"""What the views ask of a ledger, and the small questions that several of them put to it.

In:     a `Books`: the ledger itself, or in tests anything that answers the same questions.
Out:    `events`, `steps`, `measures_of`, ...: entries of one kind, typed; `today` for a view that was given no day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol, TypeVar

from dragoman.domain import Window
from dragoman.ledger import Act, Correction, Hit, Judgement
from dragoman.ledger.entries import (
    AnyEntry,
    Entry,
    EventEntry,
    Kind,
    Source,
)

__all__ = ["Act", "Books", "Correction", "Hit", "Judgement", "Pair", "first_day_of", "last_day_of", "only", "today"]

Pair = tuple[str, str]
_E = TypeVar("_E", bound=Entry)


class Books(Protocol):
    """The reading side of a ledger; see `dragoman.ledger.Ledger`, which answers all of it."""

    def entries(
        self,
        kind: Kind,
        *,
        pair: Pair | None = None,
        as_of: date | None = None,
        since: date | None = None,
        until: date | None = None,
        limit: int | None = None,
        reported_since: date | None = None,
    ) -> Sequence[AnyEntry]:
        """Return entries of one kind, oldest day first."""

    def entry(self, given: str, as_of: date | None = None) -> AnyEntry:
        """Return one entry; UsageError when there is none."""

    def contested(self, pair: Pair | None = None, *, as_of: date | None = None) -> Sequence[EventEntry]:
        """Return the events that one document tells of and another denies."""

    def acts(
        self, pair: Pair, *, as_of: date | None = None, since: date | None = None, until: date | None = None
    ) -> Sequence[Act]:
        """Return one light row for each event entry."""

    def documents(
        self, *, pair: Pair | None = None, as_of: date | None = None, since: date | None = None
    ) -> Sequence[Source]:
        """Return the documents known by a day, of a pair or all."""

    def search(self, words: str, *, as_of: date | None = None, limit: int = 50) -> Sequence[Hit]:
        """Return where words stand."""

    def statements_by(
        self,
        name: str,
        *,
        as_of: date | None = None,
        since: date | None = None,
        until: date | None = None,
        limit: int | None = None,
    ) -> Sequence[AnyEntry]:
        """Return what a speaker said."""

    def judgements_of(self, given: str) -> Sequence[Judgement]:
        """Return the judgements behind an entry."""

    def corrections_of(self, given: str) -> Sequence[Correction]:
        """Return a person's corrections of an entry's items."""


def today(as_of: date | None) -> date:
    """Return the day a view is asked for: today where none was given."""
    return as_of or date.today()


def only(kind: type[_E], entries: Sequence[Entry]) -> list[_E]:
    """Return the entries of one class, in their order."""
    return [entry for entry in entries if isinstance(entry, kind)]


def last_day_of(window: Window | None) -> date | None:
    """Return the last day a window names: its end, else its start."""
    return (window.end or window.start) if window else None


def first_day_of(window: Window | None) -> date | None:
    """Return the first day a window names: its start, else its end."""
    return (window.start or window.end) if window else None
