"""What a text has in view: the dates named so far, by which later expressions are read.

In:     `Timex`es in the order of the text, and the day of publication.
Out:    the TIMEX3 value of each.
Never:  a window; records are dated by the events they name, not by what stood last in the text.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from dragoman.language.times.model import Meaning, Timex
from dragoman.language.times.periods import months
from dragoman.language.times.value import timex_value

_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_POINT = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?|-Q([1-4])|-W(\d\d))?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_GRAINS = {"year": 1, "month": 2, "quarter": 2, "week": 3, "day": 3}


class Focus:
    """The quarter and the dates last named in a text, from its beginning to the expression read last."""

    def __init__(self, published: date | None) -> None:
        self._published = published
        self._quarter: tuple[int, int] | None = None
        self._reporting = False
        self._dates: dict[int, date] = {}

    def value(self, timex: Timex, beside: Timex | None = None) -> str | None:
        """Return the value of the next expression of the text, and remember it.

        A clock time is one of the day that the expression beside it names.
        """
        meaning = timex.meaning
        if meaning.kind == "clock" and beside:
            day = _DAY.match(timex_value(beside, self._published) or "")
            if day:
                return timex_value(timex, date.fromisoformat(day[0]))
        if meaning.kind == "reported":
            value = self._reported(meaning)
        elif self._quarter and self._reporting and _a_year_before(meaning):
            value = f"{self._quarter[0] - 1}-Q{self._quarter[1]}"
        else:
            value = timex_value(timex, self._published, anchor=self._anchor(meaning))
        self._note(meaning, value)
        return value

    def _reported(self, meaning: Meaning) -> str | None:
        """Return the period that a report is about: the quarter last named, else the last to have ended."""
        seen, step = self._published, meaning.step or 0
        if seen is None:
            return None
        if meaning.unit in ("quarter", "period") and (self._quarter or step == 0):
            year, number = self._quarter or _last_quarter(seen)
            return f"{meaning.year or year + step}-Q{number}"
        if meaning.unit == "week":
            return f"{seen.isocalendar().year}-W{seen.isocalendar().week:02}"
        return f"{seen.year + step}" + (f"-{seen.month:02}" if meaning.unit == "month" else "")

    def _anchor(self, meaning: Meaning) -> date | None:
        """Return the date that "the following year" counts from: the last one that is named as finely."""
        if meaning.kind != "sequel" or meaning.name == "the":
            return None
        return self._dates.get(_GRAINS.get(meaning.unit or "day", 3))

    def _note(self, meaning: Meaning, value: str | None) -> None:
        if meaning.kind in ("quarter", "reported"):
            self._reporting = meaning.unit != "year"
        elif meaning.kind == "months" or (meaning.kind == "duration" and meaning.unit == "month"):
            self._reporting = False
        quarter = _QUARTER.fullmatch(value or "")
        if quarter and (meaning.kind == "quarter" and (meaning.year is None or self._quarter is None)):
            named = int(quarter[1]), int(quarter[2])
            if self._published is None or named <= _last_quarter(self._published):
                self._quarter = named
        point = _POINT.match(value or "")
        if point:
            day, fineness = _beginning(point)
            for grain in range(1, fineness + 1):
                self._dates[grain] = day


def _a_year_before(meaning: Meaning) -> bool:
    return meaning.kind in ("ago", "shift") and meaning.unit == "year" and meaning.count == 1 and meaning.step == -1


def _last_quarter(seen: date) -> tuple[int, int]:
    here = seen.year * 4 + (seen.month - 1) // 3 - 1
    return here // 4, here % 4 + 1


def _beginning(point: re.Match[str]) -> tuple[date, int]:
    """Return the first day of a value and how fine it is: 1 a year, 2 a month, 3 a day."""
    year, month, day, quarter, week = (int(group) if group else None for group in point.groups())
    year = max(year or 1, 1)
    if week:
        return date(year, 1, 4) + timedelta(days=7 * (week - 1) - date(year, 1, 4).weekday()), 3
    if quarter:
        return date(year, 3 * quarter - 2, 1), 2
    whole = months(year, month or 1)
    first = whole.start if whole else date(year, 1, 1)
    return (first.replace(day=day), 3) if day else (first, 2 if month else 1)
