"""News: what is new between two days, by pair of actors, the weightiest first.

In:     the ledger and two days; a pair of actors or none.
Out:    `News`. What it says of an entry is what `diff` says; this view chooses, so that it answers for any ledger.
Order:  an entry weighs by what it is (`WEIGHTS`) and by how its independent origins have grown, each doubling counting
        as one; a new status counts as one doubling at least. A pair weighs what its entries do. So a reprint raises
        neither, nor does one more origin of what all the world has told.
Days:   the first day belongs to what was known before; the last one is included.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from dragoman.ledger import Ledger
from dragoman.ledger.entries import AnyEntry, DisputeEntry, EventEntry, Kind, Outcome, StepEntry
from dragoman.ledger.glance import Touched
from dragoman.views.asked import Pair, today
from dragoman.views.diff import FieldChange, changes, decided
from dragoman.views.due import SLACK
from dragoman.views.table import Table, padded

What = Literal["decided", "disputed", "new", "changed"]
#: What an entry of a kind weighs when one origin tells of it first (guesses: what binds before what is done before
#: what is said).
WEIGHTS: dict[Kind, float] = {
    "disputes": 4, "measures": 4, "events": 3, "next_steps": 3, "initiatives": 2, "statements": 1,
}  # fmt: skip
#: What a step weighs whose time came without a new word (guess).
SILENT = 0.5
#: Days that are looked at where none are asked for: a week.
WEEK = timedelta(days=7)
#: Pairs, and entries of each, that are given (guesses: what a page holds).
PAIRS, ENTRIES = 12, 5
#: Entries of a pair that are looked at beyond those given, as one may be as it was (guess).
SPARE = 2


@dataclass(frozen=True, slots=True)
class Told:
    """An entry that is news, as it stands now.

    `changes` are the fields that are not what they were; `before` and `outcome` what a step that was decided had come
    to and has come to now; `on` the day of the news.
    """

    what: What
    on: date
    entry: AnyEntry
    changes: tuple[FieldChange, ...] = ()
    before: Outcome | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class PairNews:
    """The news of a pair: `total` entries, of which `told` are given, those that stand under a pair before left out."""

    pair: Pair
    total: int
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class News(Table):
    """What is new after `since` and up to `until`, in `documents` documents; `more` pairs have news too.

    `newest` is the day of the newest document that was known.
    """

    since: date
    until: date
    newest: date | None
    pair: Pair | None
    documents: int
    pairs: tuple[PairNews, ...]
    more: int

    def rows(self) -> list[dict[str, Any]]:
        """Return one row an entry."""
        return padded(
            [
                {
                    "pair": "-".join(found.pair),
                    "what": told.what,
                    "on": told.on,
                    "kind": told.entry.kind,
                    "id": told.entry.id,
                    "origins": told.entry.origins,
                    "documents": len(told.entry.documents),
                    "fields": ", ".join(change.field for change in told.changes),
                    "before": told.before,
                    "after": told.outcome,
                }
                for found in self.pairs
                for told in found.told
            ]
        )


def news(
    ledger: Ledger,
    since: date | None = None,
    *,
    pair: Pair | None = None,
    as_of: date | None = None,
    pairs: int = PAIRS,
    entries: int = ENTRIES,
) -> News:
    """Return what is new after `since` (None: in the week up to the newest document), up to that document's day.

    `pairs` pairs are given and `entries` entries of each. With `pair` only that one is.
    """
    newest = ledger.glance.newest(today(as_of))
    until = newest or today(as_of)
    first = min(until - WEEK if since is None else since, until)
    found = [one for one in ledger.glance.touched(first, until, SLACK, pair) if _may_be_news(one, first)]
    by_pair: dict[Pair, list[Touched]] = {}
    for one in found:
        for who in one.pairs if pair is None else (pair,):
            by_pair.setdefault(who, []).append(one)
    chosen, more = _weightiest(by_pair, pairs)
    before, now = ledger.glance.standing(_candidates([by_pair[who] for who in chosen], entries), first, until)
    made = ((key, _one(before.get(key), entry, first, until)) for key, entry in now.items())
    told = {key: it for key, it in made if it is not None}
    shown: set[str] = set()
    out = []
    for who in chosen:
        mine = [one for one in by_pair[who] if _is_news(one, told)]
        fresh = sorted((o for o in mine if o.entry not in shown), key=lambda o: _rank(o, told.get(o.entry)))
        given = tuple(told[one.entry] for one in fresh if one.entry in told)[:entries]
        shown.update(it.entry.id for it in given)
        if mine:
            out.append(PairNews(who, len(mine), given))
    documents = ledger.documents(pair=pair, as_of=until, since=first + timedelta(days=1))
    return News(first, until, newest, pair, len(documents), tuple(out), more)


def _may_be_news(one: Touched, since: date) -> bool:
    """Whether an entry can have changed: statements do not, and of the others only steps without a new origin."""
    return one.first > since or one.kind == "next_steps" or (one.fresh > 0 and one.kind != "statements")


def _weightiest(by_pair: dict[Pair, list[Touched]], most: int) -> tuple[list[Pair], int]:
    """Return the pairs with the weightiest news and how many more have any."""
    weighed = {who: sum(_weight(one) for one in found) for who, found in by_pair.items()}
    order = sorted(weighed, key=lambda who: (-weighed[who], who))
    return order[:most], max(0, len(order) - most)


def _weight(one: Touched) -> float:
    if not one.fresh:
        return SILENT if one.kind == "next_steps" else 0.0
    grown = math.log2((1 + one.origins) / (1 + one.origins - one.fresh))
    return WEIGHTS[one.kind] * max(grown, 1.0 if one.turned else 0.0)


def _rank(one: Touched, told: Told | None = None) -> tuple[float, int, str]:
    """Return by what the entries of a pair are ordered; what a step came to weighs as its kind does."""
    weight = _weight(one)
    if told and told.what == "decided" and told.outcome != "unknown":
        weight = max(weight, WEIGHTS["next_steps"])
    return (-weight, -one.origins, one.entry)


def _is_news(one: Touched, told: dict[str, Told]) -> bool:
    """Whether an entry is news: a step that no new origin tells of is where something was decided."""
    return one.entry in told or one.fresh > 0


def _candidates(found: Sequence[Sequence[Touched]], most: int) -> list[str]:
    """Return the entries that may be given: of each pair the weightiest, and the steps that may have been decided."""
    taken: dict[str, None] = {}
    for of_pair in found:
        ranked = sorted((one for one in of_pair if one.entry not in taken), key=_rank)
        taken.update(dict.fromkeys(one.entry for one in ranked[: most + SPARE]))
        taken.update(dict.fromkeys(one.entry for one in of_pair if not one.fresh))
    return list(taken)


def _one(before: AnyEntry | None, entry: AnyEntry, since: date, until: date) -> Told | None:
    """Return what is news of one entry, None where it is as it was."""
    came = decided(before, entry, since)
    different = changes(before, entry) if before else ()
    if came and isinstance(entry, StepEntry):
        return Told("decided", min(came.on, until), entry, different, came.before, came.outcome)
    if not different and before is not None:
        return None
    contested = isinstance(entry, EventEntry) and entry.contested and not getattr(before, "contested", False)
    if isinstance(entry, DisputeEntry) or contested:
        return Told("disputed", entry.last, entry, different)
    return Told("changed", entry.last, entry, different) if before else Told("new", entry.first, entry)
