"""Calendar arithmetic: periods as inclusive windows.

In:     years, months, days, units and counts.
Out:    `Window`s, or None where the calendar has no such day or goes beyond years 1 to 9999.
Dates:  weeks run from Monday to Sunday; seasons are those of the northern hemisphere, winter from December of its year.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dragoman.domain import Window

DAY = timedelta(days=1)
#: Where the parts of a month and a year begin and how long they are (ledger); of a decade, a guess.
MONTH_PARTS = {"early": (1, 10), "mid": (11, 20), "late": (21, 31), "end": (21, 31)}
YEAR_PARTS = {"early": (1, 3), "mid": (6, 3), "late": (10, 3), "end": (10, 3), "half1": (1, 6), "half2": (7, 6)}
DECADE_PARTS = {"early": (0, 4), "mid": (4, 3), "late": (7, 3), "end": (7, 3), "half1": (0, 5), "half2": (5, 5)}
MONTHS_IN = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
DAYS_IN = {"day": 1, "night": 1, "week": 7, "weekend": 7, "fortnight": 14}


@dataclass(frozen=True, slots=True)
class Period:
    """A window with both ends known, the first not after the last."""

    start: date
    end: date

    def window(self) -> Window:
        """Return the period as a window."""
        return Window(self.start, self.end)

    def distance(self, day: date) -> int:
        """Return how many days the period is away from a day; 0 if the day lies in it."""
        return max((self.start - day).days, (day - self.end).days, 0)


def a_day(year: int, month: int, day: int) -> Period | None:
    """Return the one-day period, or None if there is no such day."""
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return Period(found, found)


def months(year: int, month: int, count: int = 1) -> Period | None:
    """Return `count` whole months from the given one; months above 12 or below 1 run into other years."""
    first, after = year * 12 + month - 1, year * 12 + month - 1 + count
    if not 12 <= first < after < 120_000:
        return None
    return Period(date(first // 12, first % 12 + 1, 1), date(after // 12, after % 12 + 1, 1) - timedelta(days=1))


def moved(day: date, unit: str, count: float) -> date | None:
    """Return the day `count` units away; the end of a month stays within its month."""
    try:
        if unit in MONTHS_IN:
            whole = day.year * 12 + day.month - 1 + round(MONTHS_IN[unit] * count)
            last = months(whole // 12, whole % 12 + 1)
            return None if last is None else date(whole // 12, whole % 12 + 1, min(day.day, last.end.day))
        hours = {"hour": 1 / 24, "minute": 1 / 1440, "second": 1 / 86400}
        return day + timedelta(days=int(count * (DAYS_IN.get(unit) or hours[unit])))
    except (OverflowError, ValueError):
        return None


def around(day: date | None, unit: str) -> Period | None:
    """Return the calendar unit that holds the day, None for no day; a weekend is that of the day's week."""
    if day is None:
        return None
    monday_offset = timedelta(days=day.weekday())
    try:
        if unit == "weekend":
            return Period(day - monday_offset + timedelta(days=5), day - monday_offset + timedelta(days=6))
        if unit == "week":
            return Period(day - monday_offset, day - monday_offset + timedelta(days=6))
        if unit == "fortnight":
            return Period(day - monday_offset, day - monday_offset + timedelta(days=13))
    except OverflowError:
        return None
    if unit in ("month", "quarter", "year"):
        size = MONTHS_IN[unit]
        return months(day.year, (day.month - 1) // size * size + 1, size)
    if unit in ("decade", "century"):
        size = MONTHS_IN[unit] // 12
        return months(day.year // size * size, 1, size * 12) if day.year >= size else None
    return Period(day, day)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> Period | None:
    """Return the nth given weekday of a month."""
    first = date(year, month, 1)
    return a_day(year, month, 1 + (weekday - first.weekday()) % 7 + 7 * (nth - 1))


def easter(year: int) -> date:
    """Return Western Easter Sunday, by the Gregorian computus (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def cut(whole: Period, part: str) -> Period | None:
    """Return the early, middle or late part, or a half, of a period."""
    length = (whole.end - whole.start).days + 1
    year, month = whole.start.year, whole.start.month
    if length == 1:
        return whole
    if 28 <= length <= 31 and whole.start.day == 1 and part in MONTH_PARTS:
        first, last = MONTH_PARTS[part]
        return Period(date(year, month, first), min(date(year, month, min(last, whole.end.day)), whole.end))
    if length in (365, 366) and whole.start.day == 1:
        first, count = YEAR_PARTS[part]
        return months(year, month + first - 1, count)
    if 3650 <= length <= 3660:
        first, count = DECADE_PARTS[part]
        return months(year + first, 1, count * 12)
    return _third(whole, part, length)


def _third(whole: Period, part: str, length: int) -> Period:
    """Cut any other period into thirds or halves (guess): of a week, Monday to Wednesday is early."""
    size = -(-length // (2 if part.startswith("half") else 3)) - 1
    if part in ("early", "half1"):
        return Period(whole.start, whole.start + timedelta(days=size))
    if part in ("late", "end", "half2"):
        return Period(whole.end - timedelta(days=size), whole.end)
    middle = whole.start + timedelta(days=(length - size) // 2)
    return Period(middle, middle + timedelta(days=size))
