"""The pairs of actors of a ledger, the most told first, with their acts month by month.

In:     the ledger; part of a name or an id of an actor, or none.
Out:    `Pairs`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dragoman.ledger import Ledger
from dragoman.ontology import actor, without_accents
from dragoman.views.actors import named
from dragoman.views.asked import Pair, today
from dragoman.views.table import Table

#: Months of acts beside each pair (two years, as seasons return), and pairs in one answer (guess: a long page).
MONTHS, MOST = 24, 200


@dataclass(frozen=True, slots=True)
class PairLine:
    """A pair: in how many documents it is told of, when last, and its acts in each of `Pairs.months`."""

    pair: Pair
    documents: int
    last: date
    acts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Pairs(Table):
    """Pairs from number `start` on (0: the first), of `total`; `months` are first days, oldest first."""

    as_of: date
    words: str
    total: int
    start: int
    months: tuple[date, ...]
    pairs: tuple[PairLine, ...]

    def rows(self) -> list[dict[str, Any]]:
        """Return one row a pair."""
        return [
            {"a": p.pair[0], "b": p.pair[1], "documents": p.documents, "last": p.last, "acts": sum(p.acts)}
            for p in self.pairs
        ]


def pairs(ledger: Ledger, words: str = "", *, start: int = 0, most: int = MOST, as_of: date | None = None) -> Pairs:
    """Return the pairs of an actor of this name (or whose name has these letters), or all."""
    day = today(as_of)
    found = [one for one in ledger.pairs(day) if _fits(one.pair, words)]
    shown = found[start : start + most]
    months = _months(ledger.glance.newest(day) or day)
    acts = ledger.glance.acts_by_month([one.pair for one in shown], months[0], day) if shown else {}
    lines = [
        PairLine(o.pair, o.documents, o.last, tuple(acts.get(o.pair, {}).get(f"{m:%Y-%m}", 0) for m in months))
        for o in shown
    ]
    return Pairs(day, words, len(found), start, months, tuple(lines))


def _fits(pair: Pair, words: str) -> bool:
    typed = " ".join(words.split())
    if not typed:
        return True
    if (known := named(typed)) is not None:
        return known in pair
    return any(_bare(typed) in _bare(f"{one.name} {id}" if (one := actor(id)) else id) for id in pair)


def _bare(text: str) -> str:
    return without_accents(text).casefold()


def _months(newest: date) -> tuple[date, ...]:
    """Return the first days of the months up to that of the newest document."""
    months = [newest.replace(day=1)]
    while len(months) < MONTHS and months[0] > date(1, 1, 1):
        months.insert(0, (months[0] - timedelta(days=1)).replace(day=1))
    return tuple(months)
