"""Dates, and what comes round: months, weekdays, seasons, quarters and holidays without their year.

In:     a `Meaning` of one of these kinds and the `View` it is seen from.
Out:    a `Period`, or None where neither the text nor the day of publication says which.
Rules:  the date table of the ledger's specification; choices that it leaves open say "guess" here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from dragoman.language.times.lexicon import calendar
from dragoman.language.times.model import Meaning, View
from dragoman.language.times.periods import Period, a_day, easter, months, nth_weekday

PAST_DEADLINE = 10  # how many times nearer a deadline behind us must be than the one ahead (guess)
LEANING = 3  # how many times nearer a date must be to be read against the tense around it (guess)
FISCAL_START = 4  # "FY2024-25" begins in April unless the caller knows better: India, Japan, the United Kingdom


def _recurring(at: Callable[[int], Period | None], meaning: Meaning, view: View, *, reach: int = 2) -> Period | None:
    """Choose among what comes round every year: the last, next or nearest, as step or verb say."""
    seen = view.published
    if meaning.year is not None:
        return at(meaning.year)
    if seen is None:
        return None
    if meaning.step == 0:
        return at(seen.year)
    found = [
        period for year in range(seen.year - reach, seen.year + reach + 1) if 0 < year < 9999 and (period := at(year))
    ]
    if meaning.step is not None:
        return _first(
            [p for p in found if p.start > seen] if meaning.step > 0 else [p for p in reversed(found) if p.end < seen]
        )
    if view.future is None:
        return min(found, key=lambda p: (_cost(p, seen, view), p.start), default=None)
    return _first(
        [p for p in found if p.end >= seen] if view.future else [p for p in reversed(found) if p.start <= seen]
    )


def _cost(period: Period, seen: date, view: View) -> int:
    """Return how far away a period is, further if it lies on the side that the words around it do not favour."""
    behind, ahead = period.end < seen, period.start > seen
    against = (view.lean is True and behind) or (view.lean is False and ahead)
    return period.distance(seen) * (PAST_DEADLINE if view.deadline and behind else LEANING if against else 1)


def _first(found: list[Period]) -> Period | None:
    return found[0] if found else None


def calendar_date(meaning: Meaning, view: View) -> Period | None:
    """Resolve a date as far as it is given; what lacks its year comes round."""
    year, month, day = meaning.year, meaning.month, meaning.day
    if month is not None:
        if day is not None:
            return _recurring(lambda y: a_day(y, month, day), meaning, view, reach=8)
        return _recurring(lambda y: months(y, month), meaning, view)
    if day is not None:
        return _day_of_month(meaning, view)
    return months(year, 1, 12) if year is not None else None


def _day_of_month(meaning: Meaning, view: View) -> Period | None:
    """Resolve "the 15th", "the 15th of last month"."""
    seen, day = view.published, meaning.day
    if seen is None or day is None:
        return None
    here = seen.year * 12 + seen.month - 1
    steps = [meaning.step] if meaning.step is not None else [0, -1, 1, -2, 2]
    found = [p for step in steps if (p := a_day((here + step) // 12, (here + step) % 12 + 1, day))]
    if meaning.step is None and view.future is True:
        found = sorted((p for p in found if p.start >= seen), key=lambda p: p.start)
    elif meaning.step is None and view.future is False:
        found = sorted((p for p in found if p.start <= seen), key=lambda p: p.start, reverse=True)
    return min(found, key=lambda p: p.distance(seen)) if found else None


def decade(meaning: Meaning, view: View) -> Period | None:
    """Resolve "the 1990s"."""
    return months(meaning.year, 1, 120) if meaning.year else None


def century(meaning: Meaning, view: View) -> Period | None:
    """Resolve "the 19th century"."""
    return months(meaning.number * 100 - 99, 1, 1200) if meaning.number else None


def fiscal(meaning: Meaning, view: View) -> Period | None:
    """Resolve a fiscal year: see `window` for what its name stands for."""
    year, start = meaning.year, view.fiscal_start_month
    if year is None:
        if view.published is None or meaning.step is None:
            return None
        here = view.published
        year = here.year + meaning.step + (1 if start and start > 1 and here.month >= start else 0)
        return months(year - 1, start, 12) if start and start > 1 else months(year, 1, 12)
    if meaning.count == 2:
        return months(year, start or FISCAL_START, 12)
    return months(year - 1, start, 12) if start and start > 1 else months(year, 1, 12)


def parts_of_year(size: int) -> Callable[[Meaning, View], Period | None]:
    """Return the resolver for the quarters (3 months) or halves (6) of a year."""

    def resolver(meaning: Meaning, view: View) -> Period | None:
        number = meaning.number or 1
        if meaning.step is not None and view.published:
            meaning = replace(meaning, year=view.published.year + meaning.step, step=None)
        return _recurring(lambda year: months(year, size * (number - 1) + 1, size), meaning, view)

    return resolver


def season(meaning: Meaning, view: View) -> Period | None:
    """Resolve a season, of its year or the one that verb or step choose."""
    month = calendar()["seasons"][meaning.name]["month"]
    return _recurring(lambda year: months(year, month, 3), meaning, view)


def first_months(meaning: Meaning, view: View) -> Period | None:
    """Resolve "the first nine months of 1987"."""
    seen, year = view.published, meaning.year
    if year is None:
        if seen is None:
            return None
        year = seen.year + (meaning.step or 0)
    return months(year, 1, meaning.number or 1)


def weekday(meaning: Meaning, view: View) -> Period | None:
    """Resolve a weekday: bare, up to publication or after it; "this" in its week, "last" and "next" strictly."""
    seen, weekday = view.published, meaning.weekday or 0
    if seen is None:
        return None
    ahead = (weekday - seen.weekday()) % 7
    try:
        if meaning.step == 0:
            return _day(seen + timedelta(days=weekday - seen.weekday()))
        if meaning.step == 1 or (meaning.step is None and (view.future or (view.deadline and view.future is None))):
            return _day(seen + timedelta(days=ahead or 7))
        back = (seen.weekday() - weekday) % 7
        return _day(seen - timedelta(days=(back or 7) if meaning.step == -1 else back))
    except OverflowError:
        return None


def _day(day: date) -> Period:
    return Period(day, day)


def holiday(meaning: Meaning, view: View) -> Period | None:
    """Resolve a holiday by its rule; without one it has no date."""
    rule = calendar()["holidays"].get(meaning.name, {})

    def at(year: int) -> Period | None:
        if "date" in rule:
            return a_day(year, *rule["date"])
        if "nth" in rule:
            return nth_weekday(year, *rule["nth"])
        if "easter" in rule and year > 1582:
            return _day(easter(year) + timedelta(days=rule["easter"]))
        return None

    return _recurring(at, meaning, view)
