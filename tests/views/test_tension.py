"""Tension: which acts count, where, how much, and what is said of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest

from dragoman.errors import UsageError
from dragoman.views.tension import (
    DIRECTIONS,
    HALF_LIFE,
    MIN_ACTS,
    Direction,
    Point,
    Tension,
    compare,
    plover_score,
    tension,
)


@dataclass(frozen=True)
class Row:
    """A row as the ledger gives it."""

    entry: str
    type: str
    day: date
    actors: tuple[str, ...] = ("NOR",)
    recipients: tuple[str, ...] = ("ISL",)
    mode: str | None = None
    status: str = "happened"
    origins: int = 1
    tracks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rows:
    """A ledger of hand-made rows that notes what it was asked."""

    rows: tuple[Row, ...] = ()

    def acts(self, pair, *, as_of=None, since=None, until=None):
        """Return the rows up to a day, and for a question about the future none that only the future knows."""
        assert set(pair) == {"NOR", "ISL"}
        return [row for row in self.rows if row.day <= min(as_of, until)]


def day(text: str) -> date:
    """Return a day."""
    return date.fromisoformat(text)


def an_act(type_: str = "ACCUSE", on: str = "2021-03-10", **more: Any) -> Row:
    """Return an act that happened, by Norway on Iceland."""
    return Row(more.pop("entry", f"E-{type_}-{on}"), type_, day(on), **more)


def seen(*rows: Row, as_of: str = "2021-03-31", **more) -> Tension:
    """Return the tension that a ledger of these rows shows."""
    return tension(Rows(rows), "NOR", "ISL", as_of=day(as_of), **more)


def width(point: Point) -> float:
    """Return how wide the interval is; a point without one fails the test."""
    assert point.low is not None and point.high is not None
    return point.high - point.low


def score(point: Point) -> float:
    """Return the score; a point without one fails the test."""
    assert point.score is not None
    return point.score


def last(found: Tension, direction: Direction = "there") -> Point:
    """Return the last point of a direction."""
    return found.series(direction)[-1]


JOINT: dict[str, Any] = {"actors": ("NOR", "ISL"), "recipients": ()}
AGAINST_A_THIRD: dict[str, Any] = {"actors": ("NOR", "ISL"), "recipients": ("DNK",)}


@pytest.mark.parametrize(
    ("act", "there", "back", "both"),
    [
        (an_act(), 1, 0, 1),
        (an_act(actors=("ISL",), recipients=("NOR",)), 0, 1, 1),
        (an_act(actors=("NOR", "DNK"), recipients=("ISL",)), 1, 0, 1),
        (an_act("CONSULT", **JOINT), 1, 1, 1),
        (an_act("CONSULT", mode="visit"), 1, 1, 1),  # who visits also meets
        (an_act("CONSULT", **AGAINST_A_THIRD), 1, 1, 1),  # all three met
        (an_act("AGREE", **JOINT), 1, 1, 1),
        (an_act("ASSAULT", **JOINT), 1, 1, 1),  # a clash
        (an_act("ACCUSE", **AGAINST_A_THIRD), 0, 0, 0),  # nothing between the two
        (an_act("SANCTION", actors=("DNK",), recipients=("NOR", "ISL")), 0, 0, 0),
        (an_act(actors=("DNK",), recipients=("ISL",)), 0, 0, 0),
    ],
)
def test_an_act_counts_in_its_direction(act, there, back, both):
    """What one does to the other counts once; what they do together counts in each direction, and once in all."""
    found = seen(act)

    assert [last(found, d).acts for d in DIRECTIONS] == [there, back, both]


@pytest.mark.parametrize("status", ["planned", "possible", "denied", "ended"])
def test_only_what_happened_counts(status):
    """A threat of talks is no talk."""
    assert last(seen(an_act("CONSULT", status=status))).score is None


@pytest.mark.parametrize("type_", ["ASSAULT", "SANCTION", "ACCUSE", "CONSULT", "AID"])
def test_higher_is_tenser(type_):
    """The sign is turned: conflict is above 0, cooperation below; one act does not reach its own score."""
    point = last(seen(an_act(type_)))

    assert point.score is not None and point.low is not None and point.high is not None
    assert (point.score > 0) == (plover_score(type_) < 0)
    assert 0 < abs(point.score) < abs(plover_score(type_))
    assert -10 <= point.low <= point.score <= point.high <= 10


@pytest.mark.parametrize(("origins", "weight"), [(0, 1.0), (1, 1.0), (2, 2.0), (4, 3.0), (1024, 11.0)])
def test_origins_weigh_less_and_less(origins, weight):
    """One more for each doubling of independent origins."""
    assert last(seen(an_act(on="2021-03-31", origins=origins))).weight == weight


def test_an_act_loses_half_its_weight_in_a_half_life():
    """Measured from its day to the end of the period."""
    start = day("2021-01-01")
    later = start + timedelta(days=int(HALF_LIFE))

    found = tension(Rows((an_act(on="2021-01-01"),)), "NOR", "ISL", by="week", as_of=later)

    assert [last(found).weight, last(found).acts] == [0.5, 0]


def test_weeks_and_months_agree_on_the_same_day():
    """One half-life for both, so the curves meet."""
    rows = [
        an_act("SANCTION", "2021-01-13"),
        an_act("CONSULT", "2021-02-26"),
        an_act("REJECT", "2021-03-30", origins=3),
    ]

    month, week = (last(seen(*rows, by=by)) for by in ("month", "week"))

    assert (month.score, month.low, month.high, month.weight) == (week.score, week.low, week.high, week.weight)


def test_silence_fades_to_neutral_and_widens():
    """After a last act the score goes to 0, the interval grows, and the act is still named for a while."""
    rows = [an_act("ASSAULT", f"2021-01-{n:02}") for n in range(1, 11)]

    points = seen(*rows, as_of="2022-12-31").series("there")

    scores = [score(p) for p in points]
    widths = [width(p) for p in points]
    assert scores == sorted(scores, reverse=True) and scores[0] > 7 and scores[-1] < 0.1
    assert widths[1:] == sorted(widths[1:]) and widths[0] < 4 < widths[-1]
    assert [p.acts for p in points[:3]] == [10, 0, 0]
    assert points[0].carried == () and len(points[1].carried) == 5 and points[-1].carried == ()
    assert "E-ASSAULT-2021-01-10" in points[1].carried  # the latest weigh most


def test_more_acts_make_a_narrower_interval():
    """Acts that agree pull the score to their own and narrow the interval."""
    few, many = (last(seen(*[an_act("REJECT", f"2021-03-{n + 1:02}") for n in range(number)])) for number in (3, 30))

    assert width(many) < width(few)
    assert score(few) < score(many) < -plover_score("REJECT")


def test_before_the_first_act_there_is_nothing():
    """No score is not a score of 0."""
    points = seen(an_act(), since=day("2021-01-15")).series("there")

    assert [(p.start, p.score, p.acts) for p in points[:2]] == [
        (day("2021-01-01"), None, 0),
        (day("2021-02-01"), None, 0),
    ]
    assert points[2].score is not None


def test_nothing_at_all_is_one_empty_point():
    """A pair of which nothing is known has a point without a score in each direction."""
    assert [(p.direction, p.score, p.acts) for p in seen().points] == [(d, None, 0) for d in DIRECTIONS]


@pytest.mark.parametrize(
    ("by", "as_of", "periods"),
    [
        (
            "month",
            "2021-04-02",
            [("2021-02-01", "2021-02-28"), ("2021-03-01", "2021-03-31"), ("2021-04-01", "2021-04-02")],
        ),
        (
            "week",
            "2021-03-09",
            [("2021-02-22", "2021-02-28"), ("2021-03-01", "2021-03-07"), ("2021-03-08", "2021-03-09")],
        ),
    ],
)
def test_periods_cover_every_day_up_to_the_last(by, as_of, periods):
    """Months of the calendar, weeks from Monday; the last ends on the day asked for."""
    found = seen(an_act(on="2021-02-26"), as_of=as_of, by=by)

    assert [(str(p.start), str(p.end)) for p in found.series("both")] == periods


def test_since_hides_what_came_before_but_still_feels_it():
    """Points are cut, sums are not; what `compare` needs is kept aside."""
    rows = [an_act("SANCTION", "2020-11-05"), an_act("ACCUSE", "2021-03-04")]

    whole, cut = seen(*rows), seen(*rows, since=day("2021-03-01"))

    assert cut.series("there") == whole.series("there")[-1:]
    assert cut.series("there")[0].carried == ("E-SANCTION-2020-11-05",)
    assert [*cut.earlier, *cut.points] and set(cut.earlier) | set(cut.points) == set(whole.points)


def test_as_of_and_until_bound_what_counts():
    """Nothing after either day; the earlier one ends the last period."""
    rows = [an_act(on="2021-01-20"), an_act(on="2021-03-04")]

    assert last(seen(*rows, until=day("2021-02-10"))).end == day("2021-02-10")
    assert last(seen(*rows, as_of="2021-02-10", until=day("2021-12-31"))).end == day("2021-02-10")


def test_order_does_not_matter():
    """The same acts in any order give the same points."""
    rows = [an_act(t, f"2021-0{n}-1{n}") for n, t in enumerate(["AID", "REJECT", "ACCUSE"], start=1)]

    assert seen(*rows) == seen(*reversed(rows))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"by": "year"}, "by"),
        ({"since": day("2022-01-01")}, "earlier first day"),
    ],
)
def test_impossible_questions_are_refused(change, message):
    """A message says what to do."""
    with pytest.raises(UsageError, match=message):
        seen(an_act(), **change)


def test_a_pair_is_two():
    """Tension with oneself is refused."""
    with pytest.raises(UsageError, match="two actors"):
        tension(Rows(), "NOR", "NOR", as_of=day("2021-01-01"))


def a_year(calm: str = "CONSULT", now: str = "CONSULT", before: int = 12) -> Tension:
    """Return months with an act each, then a month with five acts of one type."""
    months = [day("2020-03-01").replace(month=3 + n) if n < 10 else date(2021, n - 9, 1) for n in range(12)]
    past = [an_act(calm, str(m + timedelta(days=9)), origins=2) for m in months[12 - before :]]
    return seen(*past, *[an_act(now, f"2021-03-2{n}", origins=4) for n in range(5)])


@pytest.mark.parametrize(
    ("calm", "now", "before", "verdict"),
    [
        ("CONSULT", "SANCTION", 12, "tenser"),
        ("SANCTION", "CONSULT", 12, "calmer"),
        ("CONSULT", "CONSULT", 12, "like"),
        ("CONSULT", "SANCTION", MIN_ACTS - 1, "too few acts"),
        ("CONSULT", "SANCTION", MIN_ACTS, "too few acts"),  # five acts, but in less than half a year
        ("CONSULT", "SANCTION", 8, "tenser"),
    ],
)
def test_now_is_set_against_the_past_year(calm, now, before, verdict):
    """A word, with the figures it rests on."""
    found = compare(a_year(calm, now, before), "there")

    assert found.verdict == verdict
    assert verdict in found.words
    assert found.acts == before
    assert (found.mean is None) == (verdict == "too few acts")
    if found.now is not None and found.mean is not None and found.spread is not None:
        assert f"{found.now:+z.1f} now, {found.mean:+z.1f} on average" in found.words
        assert found.spreads == round((found.now - found.mean) / found.spread, 2)


def test_old_acts_allow_no_comparison():
    """Where nothing was heard for long, the pair is not called calm."""
    rows = [an_act("SANCTION", f"2020-0{n}-05") for n in range(1, 9)]

    assert compare(seen(*rows, as_of="2020-12-31"), "there").words.endswith("too long ago")


def test_what_is_shown_does_not_change_the_comparison():
    """`since` cuts the picture, not the year that now is set against."""
    whole = a_year("CONSULT", "SANCTION")
    cut = replace(whole, points=whole.points[-1:], earlier=whole.points[:-1])

    assert compare(cut) == compare(whole)


def test_rows_and_dict_are_plain():
    """Rows are flat with the same keys; everything can go into JSON; the label says which way is up."""
    found = seen(an_act(), an_act("CONSULT", "2021-02-03", **JOINT))

    assert {tuple(row) for row in found.rows()} == {tuple(found.rows()[0])}
    assert [(row["actor"], row["recipient"]) for row in found.rows()[::2][:2]] == [("NOR", "ISL"), ("ISL", "NOR")]
    assert all(isinstance(value, str | float | int | date | None) for row in found.rows() for value in row.values())
    assert "+10 (conflict)" in json.dumps(found.to_dict())
    assert json.dumps(compare(found).to_dict())
