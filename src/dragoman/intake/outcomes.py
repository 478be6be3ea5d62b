"""Outcomes: what became of each item that was given, and of all together.

In:     outcomes, one for each item.
Out:    `Outcome`, as plain data for reports; `Tally`, the counts, whose sum is the number of items.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, get_args

from dragoman.domain import plain
from dragoman.ledger.arrivals import OutcomeWord

if TYPE_CHECKING:
    from dragoman.intake.versions import Change

OUTCOMES: tuple[OutcomeWord, ...] = get_args(OutcomeWord)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one item.

    `document` is the key under which the ledger has its text, `of` that of the document it is a duplicate, reprint or
    newer version of; `reason` says why it was refused or holds nothing; `changes` what a newer version tells otherwise;
    `records` how many records it gave, `joined` how many of them joined what other documents tell. `words` and
    `address` are what copies are found by. `passing` is None but where an item was refused for a reason that is not in
    it: a page that could not be fetched for now (True), or not at all (False).
    """

    outcome: OutcomeWord
    place: str
    document: str | None = None
    of: str | None = None
    reason: str | None = None
    changes: tuple[Change, ...] = ()
    records: int = 0
    joined: int = 0
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    dated_by: str | None = None
    url: str | None = None
    language: str | None = None
    characters: int | None = None
    warnings: tuple[str, ...] = ()
    words: str | None = None
    address: str | None = None
    passing: bool | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return what a report says of the item."""
        out: dict[str, Any] = plain(self, skip=("words", "address", "passing"))
        return out


@dataclass(slots=True)
class Tally:
    """How many items had each outcome, and what all of them gave."""

    outcomes: Counter[OutcomeWord] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    records: int = 0
    joined: int = 0
    undated: int = 0
    refused: list[Outcome] = field(default_factory=list)
    newer: list[Outcome] = field(default_factory=list)

    def count(self, outcome: Outcome, keep: int) -> None:
        """Count one outcome; at most `keep` of those that are shown one by one are kept."""
        self.outcomes[outcome.outcome] += 1
        self.records += outcome.records
        self.joined += outcome.joined
        self.undated += outcome.published is None and outcome.outcome in ("added", "reprint", "newer version")
        if outcome.outcome == "refused":
            if outcome.language:
                self.languages[outcome.language] += 1
            if len(self.refused) < keep:
                self.refused.append(outcome)
        if outcome.outcome == "newer version" and len(self.newer) < keep:
            self.newer.append(outcome)

    @property
    def items(self) -> int:
        """How many items there were."""
        return self.outcomes.total()

    def to_dict(self) -> dict[str, Any]:
        """Return the counts as plain data."""
        return {
            "items": self.items,
            **{word: self.outcomes[word] for word in OUTCOMES},
            "records": self.records,
            "joined": self.joined,
            "undated": self.undated,
            "languages": dict(sorted(self.languages.items())),
        }
