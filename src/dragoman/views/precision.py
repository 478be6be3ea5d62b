"""How precise a date is, as the text gave it.

In:     a window, or none.
Out:    its precision: a day, a week, a month, a quarter, a year, another span, an open end, or only the day of report.
"""

from __future__ import annotations

import calendar
from datetime import date
from typing import Literal

from dragoman.domain import Window

Precision = Literal["day", "week", "month", "quarter", "year", "span", "from", "by", "reported"]


def precision(window: Window | None) -> Precision:
    """Return how precise a window is; "reported" where there is none, so that only the day of report is known."""
    if window is None or (window.start is None and window.end is None):
        return "reported"
    if window.end is None:
        return "from"
    if window.start is None:
        return "by"
    return _closed(window.start, window.end)


def _closed(start: date, end: date) -> Precision:
    if start == end:
        return "day"
    if start.weekday() == 0 and (end - start).days == 6:
        return "week"
    if start.day != 1 or end.day != calendar.monthrange(end.year, end.month)[1] or start.year != end.year:
        return "span"
    if start.month == end.month:
        return "month"
    if (start.month, end.month) == (1, 12):
        return "year"
    return "quarter" if start.month % 3 == 1 and end.month == start.month + 2 else "span"
