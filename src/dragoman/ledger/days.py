"""Days before and after, within the calendar.

In:     a day and a number of days.
Out:    the day so far away, or the calendar's first or last where it has no such day ("by the year 9999").
"""

from __future__ import annotations

from datetime import date


def shift(day: date, days: int) -> date:
    """Return the day so many days later (earlier when negative); the calendar's end where there is none."""
    return date.fromordinal(max(1, min(date.max.toordinal(), day.toordinal() + days)))
