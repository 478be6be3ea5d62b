"""Tension between two actors over time, by direction, from the acts that happened.

In:     a ledger (anything with its `acts`), two actor ids, weeks or months.
Out:    `tension`: one `Point` for each period and direction, with an interval and the entries behind it; `compare`:
        now against the pair's own past year, in figures and words; `plover_score` of a type and mode.
Sign:   a score runs from -10 (cooperation) to +10 (conflict): HIGHER IS TENSER. It is PLOVER's score with the sign
        turned, because a curve of tension is read upwards.
Data:   ontology/plover.yaml, which names where its scores come from.
Never:  counts what is planned, possible, denied or ended; draws at random: the same acts give the same figures.

How a point is made. An act weighs 1 + log2(independent origins) and loses half of that every `HALF_LIFE` days. The
score at the end of a period is the weighted mean of all acts up to then and of one neutral act that nobody reported
(`PRIOR_WEIGHT`, score 0). So a lone act cannot make an extreme score, and when nothing more is heard the score fades
to neutral while its interval widens. Before the first act there is no score at all (None).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from heapq import nlargest
from statistics import NormalDist, mean, stdev
from typing import Any, Literal, Protocol, get_args

from dragoman.domain import EVENT_TYPES, MUTUAL, EventType
from dragoman.errors import UsageError
from dragoman.ontology import load
from dragoman.views.asked import Act, Pair, today
from dragoman.views.table import Table, joined

By = Literal["month", "week"]
#: `there` is what `a` does to `b`, `back` what `b` does to `a`, `both` all of it; joint acts are once in each.
Direction = Literal["there", "back", "both"]
Verdict = Literal["calmer", "like", "tenser", "too few acts"]

DIRECTIONS: tuple[Direction, ...] = get_args(Direction)
#: The label that every output carries.
SCALE = "tension from -10 (cooperation) to +10 (conflict): PLOVER scores with the sign turned"
#: Days in which an act loses half its weight (guess: half after two months, one part in seventy after a year). One for
#: weeks and months alike, so that both curves agree wherever their periods end on the same day.
HALF_LIFE = 60.0
#: Weight of the neutral act that stands for what was not reported (guess: one act by one origin).
PRIOR_WEIGHT = 1.0
#: The chance with which the interval is meant to hold the pair's mean (a convention).
LEVEL = 0.9
#: Heaviest earlier acts named with a point, and the weight they must still have (guesses: what fits a line; one part
#: in twenty of a fresh act).
CARRIED, STILL_FELT = 5, 0.05
#: Without so many acts in the past year, and the weight of one fresh act now, nothing is compared (guesses), nor when
#: the scores of the past year begin less than half a year ago.
MIN_ACTS, MIN_WEIGHT, MIN_SPAN = 5, 1.0, timedelta(days=182)
#: A past year is taken to have spread by at least so much, lest a quiet one make a small move look large (guess), and
#: from how many spreads on a difference is worth a word (guess: one, the usual sense of "outside its usual range").
MIN_SPREAD, WORTH_A_WORD = 0.5, 1.0


class Acts(Protocol):
    """What this view asks of a ledger."""

    def acts(
        self, pair: Pair, *, as_of: date | None = None, since: date | None = None, until: date | None = None
    ) -> Sequence[Act]:
        """Return one light row for each event entry of the pair."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Tension in one direction at the end of one period; higher is tenser.

    `acts` counts the acts that happened in the period and `entries` are their ids, oldest first. `weight` is that of
    all acts still felt, a fresh act by one origin being 1; `carried` are the ids of the heaviest earlier ones. `low`
    and `high` are the interval. Score and interval are None before the first act.
    """

    start: date
    end: date
    direction: Direction
    score: float | None
    low: float | None
    high: float | None
    acts: int
    weight: float
    entries: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tension(Table):
    """Tension between `a` and `b`, oldest period first, for each direction.

    `earlier` are points before those asked for, which `compare` needs. The last period ends on the day asked for.
    """

    a: str
    b: str
    by: By
    points: tuple[Point, ...]
    earlier: tuple[Point, ...] = ()
    half_life: float = HALF_LIFE
    level: float = LEVEL
    scale: str = SCALE

    def series(self, direction: Direction) -> list[Point]:
        """Return the points of one direction, oldest first."""
        return [point for point in self.points if point.direction == direction]

    def sides(self, direction: Direction) -> tuple[str, str]:
        """Return who acts and who is acted on; for `both` the pair as asked for."""
        return (self.b, self.a) if direction == "back" else (self.a, self.b)

    def rows(self) -> list[dict[str, Any]]:
        """Return one flat row for each point; `entries` are ids in one cell."""
        return [
            {
                "start": p.start, "end": p.end, "direction": p.direction,
                "actor": self.sides(p.direction)[0], "recipient": self.sides(p.direction)[1],
                "tension": p.score, "low": p.low, "high": p.high, "acts": p.acts, "weight": p.weight,
                "entries": joined(p.entries), "carried": joined(p.carried),
            }
            for p in self.points
        ]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison(Table):
    """Now against the twelve months before: `spreads` is the difference in spreads of that year, signed.

    `acts` counts the acts of that year. Figures are None where there is nothing to compare.
    """

    direction: Direction
    verdict: Verdict
    words: str
    now: float | None
    mean: float | None
    spread: float | None
    spreads: float | None
    acts: int

    def rows(self) -> list[dict[str, Any]]:
        """Return one row."""
        return [self.to_dict()]


def plover_score(type_: EventType, mode: str | None = None) -> float:
    """Return how friendly an act is, from -10 (conflict) to +10; a mode without its own score has its type's."""
    entry = load("plover")["types"][type_]
    return float(entry.get("modes", {}).get(mode, entry)["score"])


def tension(
    ledger: Acts,
    a: str,
    b: str,
    *,
    by: By = "month",
    since: date | None = None,
    until: date | None = None,
    as_of: date | None = None,
) -> Tension:
    """Return tension between two actors by month or by week (Monday to Sunday); higher is tenser.

    Acts before `since` are not shown, but still felt. Nothing after `as_of` (today) is known, and nothing after
    `until` counts; UsageError where the days or the pair make no sense.
    """
    known = today(as_of)
    last = min(until or known, known)
    _check(a, b, by, since, last)
    acts = [x for x in ledger.acts((a, b), as_of=known, until=last) if x.status == "happened" and x.day <= last]
    acts.sort(key=lambda act: (act.day, act.entry))
    days = [act.day for act in acts[:1]]
    periods = list(_periods(min([since or last, *days]), last, by))
    points = [point for d in DIRECTIONS for point in _points([x for x in acts if _goes(x, a, b, d)], periods, d)]
    shown = since or min([last, *days])
    year = _year_before(periods[-1][0])
    return Tension(
        a=a,
        b=b,
        by=by,
        points=tuple(p for p in points if p.end >= shown),
        earlier=tuple(p for p in points if year <= p.start and p.end < shown),
    )


def compare(tension: Tension, direction: Direction = "both") -> Comparison:
    """Return how the last point stands against the scores of the twelve months before it.

    The verdict is "too few acts" below `MIN_ACTS` acts in that year, half a year of scores, or `MIN_WEIGHT` now.
    """
    points = [p for p in (*tension.earlier, *tension.points) if p.direction == direction]
    now = points[-1]
    past = [p for p in points if _year_before(now.start) <= p.start < now.start]
    scored = [p for p in past if p.score is not None]
    acts = sum(p.acts for p in past)
    lacking = _lacking(now, scored, acts)
    if lacking or now.score is None:
        return Comparison(
            direction=direction, verdict="too few acts", words=f"too few acts to say: {lacking}",
            now=now.score, mean=None, spread=None, spreads=None, acts=acts,
        )  # fmt: skip
    scores = [p.score for p in scored if p.score is not None]
    usual, spread = round(mean(scores), 2), round(max(stdev(scores), MIN_SPREAD), 2)
    spreads = round((now.score - usual) / spread, 2)
    verdict: Verdict = "like" if abs(spreads) < WORTH_A_WORD else "tenser" if spreads > 0 else "calmer"
    return Comparison(
        direction=direction, verdict=verdict, words=_said(verdict, now.score, usual, spread, acts),
        now=now.score, mean=usual, spread=spread, spreads=spreads, acts=acts,
    )  # fmt: skip


# -- which acts count, and by how much -------------------------------------------------------------------------------


def _goes(act: Act, a: str, b: str, direction: Direction) -> bool:
    """Tell whether an act goes in a direction; what both did to a third is nothing between them."""
    if direction == "both":
        return _goes(act, a, b, "there") or _goes(act, b, a, "there")
    doer, other = (a, b) if direction == "there" else (b, a)
    if act.type in MUTUAL:
        return {a, b} <= {*act.actors, *act.recipients}
    together = other in act.actors and not act.recipients
    return doer in act.actors and (other in act.recipients or together)


def _weight(act: Act) -> float:
    """Return 1 for one origin and one more for each doubling.

    A second independent origin says that it happened and that it mattered; a hundredth adds next to nothing, and an
    act that the world's press reports is not a hundred acts.
    """
    return 1 + math.log2(max(act.origins, 1))


@dataclass(slots=True)
class _Felt:
    """Sums over all acts so far, as they weigh on one day: of weights, scores, squares, and squared weights."""

    weight: float = 0.0
    score: float = 0.0
    square: float = 0.0
    weights: float = 0.0
    heaviest: list[tuple[float, str]] = field(default_factory=list)

    def fade(self, days: int) -> None:
        """Let days pass."""
        left = _left(days)
        self.weight, self.score, self.square = self.weight * left, self.score * left, self.square * left
        self.weights *= left * left
        self.heaviest = [(weight * left, id) for weight, id in self.heaviest]

    def add(self, acts: Iterable[Act], day: date) -> None:
        """Add acts as they weigh on a later day."""
        new = [
            (_weight(act) * _left((day - act.day).days), -plover_score(act.type, act.mode), act.entry) for act in acts
        ]
        for weight, score, _ in new:
            self.weight += weight
            self.score += weight * score
            self.square += weight * score * score
            self.weights += weight * weight
        self.heaviest = nlargest(CARRIED, [*self.heaviest, *((weight, id) for weight, _, id in new)])


def _left(days: int) -> float:
    return float(0.5 ** (days / HALF_LIFE))


def _estimate(felt: _Felt) -> tuple[float, float, float]:
    """Return the score and its interval.

    The interval is a normal one: the spread of the scores around their mean, over the root of the effective number
    of acts (Kish: the square of the sum of weights over the sum of their squares). The neutral act takes part, with
    the spread that PLOVER's 16 scores have around 0, so a few acts that happen to agree do not look certain.
    """
    total = PRIOR_WEIGHT + felt.weight
    score = felt.score / total
    around = felt.square - 2 * score * felt.score + score * score * felt.weight
    variance = (PRIOR_WEIGHT * (_prior_square() + score * score) + max(around, 0.0)) / total
    number = total * total / (PRIOR_WEIGHT * PRIOR_WEIGHT + felt.weights)
    half = NormalDist().inv_cdf((1 + LEVEL) / 2) * math.sqrt(variance / number)
    return score, max(score - half, -10.0), min(score + half, 10.0)


@cache
def _prior_square() -> float:
    return mean(plover_score(type_) ** 2 for type_ in EVENT_TYPES)


def _points(acts: Sequence[Act], periods: Sequence[tuple[date, date]], direction: Direction) -> Iterator[Point]:
    """Yield a point for each period; acts are in the order of their days."""
    felt, done = _Felt(), 0
    for start, end in periods:
        felt.fade((end - start).days + 1)
        carried = tuple(id for weight, id in felt.heaviest if weight >= STILL_FELT)
        first = done
        while done < len(acts) and acts[done].day <= end:
            done += 1
        felt.add(acts[first:done], end)
        score, low, high = (round(value, 2) for value in _estimate(felt))
        yield Point(
            start=start, end=end, direction=direction, acts=done - first, weight=round(felt.weight, 2),
            score=score if done else None, low=low if done else None, high=high if done else None,
            entries=tuple(act.entry for act in acts[first:done]), carried=carried,
        )  # fmt: skip


# -- periods ---------------------------------------------------------------------------------------------------------


def _periods(first: date, last: date, by: By) -> Iterator[tuple[date, date]]:
    """Yield first and last day of each period from the one that holds `first`; the last ends on `last`."""
    start = first.replace(day=1) if by == "month" else first - timedelta(days=first.weekday())
    while start <= last:
        after = (start + timedelta(days=31)).replace(day=1) if by == "month" else start + timedelta(days=7)
        yield start, min(after - timedelta(days=1), last)
        start = after


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _check(a: str, b: str, by: str, since: date | None, last: date) -> None:
    if a == b:
        raise UsageError(f"tension is between two actors, and {a} is one. Name another beside it.")
    if by not in get_args(By):
        raise UsageError(f'tension goes by "month" or by "week", not by "{by}".')
    if since and since > last:
        raise UsageError(f"there is nothing to show from {since} to {last}. Choose an earlier first day.")


# -- words -----------------------------------------------------------------------------------------------------------


def _lacking(now: Point, scored: Sequence[Point], acts: int) -> str:
    """Return what a comparison lacks, in words; nothing where it can be made."""
    if acts < MIN_ACTS:
        return f"{acts or 'none'} in the 12 months before, and {MIN_ACTS} are needed"
    if now.start - scored[0].start < MIN_SPAN:
        return f"the first is of {scored[0].start:%B %Y}, and half a year is needed"
    if now.weight < MIN_WEIGHT:
        return "what was reported is too long ago"
    return ""


def _said(verdict: Verdict, now: float, usual: float, spread: float, acts: int) -> str:
    than = "like" if verdict == "like" else f"{verdict} than"
    return (
        f"{than} its past year: {now:+z.1f} now, {usual:+z.1f} on average in the 12 months before "
        f"(spread {spread:.1f}, {acts} acts; higher is tenser)"
    )
