"""Resolving meanings: which days an expression names, before its preposition opens the window.

In:     a `Meaning` and a `View`: the day of publication, the direction of the verb, another event's date.
Out:    a `Period` with both ends known, or None.
Rules:  the date table of the ledger's specification; choices that it leaves open say "guess" here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from dragoman.language.times.lexicon import calendar
from dragoman.language.times.model import Meaning, View
from dragoman.language.times.periods import DAY, DAYS_IN, MONTHS_IN, Period, around, cut, moved
from dragoman.language.times.recurring import (
    calendar_date,
    century,
    decade,
    first_months,
    fiscal,
    holiday,
    parts_of_year,
    season,
    weekday,
)

COARSENESS = {"decade": "year", "century": "year", "fortnight": "week", "weekend": "day"}
TURN = timedelta(days=9)  # "the turn of the year": ten days on either side (guess)


def resolve(meaning: Meaning, view: View) -> Period | None:
    """Return the days of a meaning without regard to its preposition, both ends known, or None."""
    if meaning.base is not None and meaning.kind in OF_A_YEAR:  # "January last year", "Monday of next week"
        outer = resolve(meaning.base, view)
        if outer is None:
            return None
        if meaning.kind == "weekday":
            return around(moved(outer.start, "day", meaning.weekday or 0), "day")
        meaning = replace(meaning, base=None, year=outer.start.year)
    try:
        found = RESOLVERS[meaning.kind](meaning, view)
        return _part(meaning, found, view) if found and meaning.part else found
    except OverflowError:  # beyond the years 1 to 9999
        return None


def _part(meaning: Meaning, whole: Period, view: View) -> Period | None:
    """Cut a period to its early, middle or late part."""
    part, seen = meaning.part, view.published
    if part in ("whole", None):
        return whole
    if part in ("later", "earlier"):
        seen = view.anchor if meaning.kind == "sequel" and meaning.name != "the" else seen
        if seen is None or not whole.start <= seen <= whole.end:
            return whole
        return Period(seen, whole.end) if part == "later" else Period(whole.start, seen)
    if part == "overnight":
        return Period(whole.start - DAY, whole.end)
    return cut(whole, str(part))


def _unit(meaning: Meaning, view: View) -> Period | None:
    """Resolve "last week", "this year", "tomorrow", "the weekend"."""
    unit, step, seen = meaning.unit or "day", meaning.step or 0, view.published
    if seen is None:
        return None
    if unit == "weekend" and meaning.step is None:
        back = view.future is not True and seen.weekday() < 5
        step = -1 if back else 0
    return around(moved(seen, "week" if unit == "weekend" else unit, step), unit)


def _ago(meaning: Meaning, view: View) -> Period | None:
    """Resolve "three days ago": the day; "two weeks ago", "a year ago": that week, that year."""
    return _away(meaning, view.published)


def _shift(meaning: Meaning, view: View) -> Period | None:
    """Resolve "two days later" from another event, "days before April 17" from the date it names."""
    origin = view.anchor
    if meaning.base is not None:
        named = resolve(meaning.base, view)
        origin = None if named is None else named.end if (meaning.step or 1) > 0 else named.start
    if meaning.count is None or meaning.vague:
        return _aftermath(meaning, origin)
    if meaning.base is not None and meaning.unit in ("week", "fortnight"):  # counted from a day: a day
        meaning = replace(meaning, unit="day", count=meaning.count * DAYS_IN[meaning.unit])
    return _away(meaning, origin)


def _aftermath(meaning: Meaning, origin: date | None) -> Period | None:
    """Resolve "weeks after": the four weeks after, and for days and months what "the coming days" would be."""
    length = calendar()["unnumbered_spans"].get(meaning.unit)
    other = moved(origin, meaning.unit or "day", length * (meaning.step or 1)) if origin and length else None
    if origin is None or other is None or meaning.unit not in ("day", "week", "month"):
        return None
    return Period(min(origin, other), max(origin, other))


def _away(meaning: Meaning, origin: date | None) -> Period | None:
    """Count units from a day; the result is as coarse as the unit, a decade away as coarse as a year."""
    if origin is None or meaning.unit is None or meaning.count is None or meaning.vague:
        return None
    there = moved(origin, meaning.unit, meaning.count * (meaning.step or 1))
    return around(there, COARSENESS.get(meaning.unit, meaning.unit))


def _sequel(meaning: Meaning, view: View) -> Period | None:
    """Resolve "the following month", "that day" from another event; "the previous year" also from publication."""
    origin, name = view.anchor, meaning.name or ""
    if name == "the" and meaning.part:
        origin = view.published  # "the end of the month"
    if origin is None and name in ("the previous", "the next") and meaning.unit != "day":
        origin = view.published
    if origin is None:
        return None
    if meaning.weekday is not None:
        return weekday(Meaning("weekday", weekday=meaning.weekday, step=meaning.step), View(origin))
    unit = meaning.unit or "day"
    return around(moved(origin, "week" if unit == "weekend" else unit, meaning.step or 0), unit)


def _span(meaning: Meaning, view: View) -> Period | None:
    """Resolve "the past three months", "in recent weeks", "the coming days": up to or from publication."""
    seen, unit = view.published, meaning.unit or "day"
    if seen is None:
        return None
    count = meaning.count if meaning.count is not None else calendar()["unnumbered_spans"].get(unit, 3)
    forward = (meaning.step or 1) > 0
    other = moved(seen, "week" if unit == "weekend" else unit, count if forward else -count)
    if other is None:
        return None
    return Period(seen, other) if forward else Period(other, seen)


def _week_of(meaning: Meaning, view: View) -> Period | None:
    """Resolve "the week of 27 April": its calendar week; if that is a Sunday or "beginning" is said, from the day."""
    day = resolve(meaning.base, view) if meaning.base else None
    if day is None or not (meaning.name == "beginning" or day.start.weekday() == 6):
        return around(day.start, "week") if day else None
    last = moved(day.start, "day", 6)
    return Period(day.start, last) if last else None


def _nth(meaning: Meaning, view: View) -> Period | None:
    """Resolve "the first week of March": seven days from its first; "the last day", "the second month" of a period."""
    outer = resolve(meaning.base, view) if meaning.base else None
    if outer is None or meaning.number is None:
        return None
    number, unit = meaning.number, meaning.unit or "day"
    if unit == "month":
        edge = outer.start if number > 0 else outer.end
        there = moved(edge, "month", number - 1 if number > 0 else number + 1)
        return around(there, "month")
    size = timedelta(days=7 if unit == "week" else 1)
    start = outer.start + size * (number - 1) if number > 0 else outer.end + DAY + size * number
    return Period(start, min(start + size - DAY, outer.end)) if outer.start <= start <= outer.end else None


def _turn(meaning: Meaning, view: View) -> Period | None:
    seen, unit = view.published, meaning.unit or "year"
    if seen is None:
        return None
    here = around(seen, unit)
    if here is None:
        return None
    border = here.end if (here.end - seen) <= (seen - here.start) else here.start - DAY
    return Period(border - TURN, border + TURN + DAY)


def _range(meaning: Meaning, view: View) -> Period | None:
    """Resolve a range; an end without a year is the first such date after the beginning."""
    if meaning.base is None or meaning.last is None:
        return None
    start, end = resolve(meaning.base, view), resolve(meaning.last, view)
    if start is None or end is None:
        return None
    open_end = meaning.last.year is None and meaning.last.kind != "unit"
    if open_end and (end.end < start.start or meaning.base.year is not None):
        end = resolve(meaning.last, View(start.start, True))
    return Period(start.start, end.end) if end and end.end >= start.start else None


def _undated(meaning: Meaning, view: View) -> Period | None:
    return None


#: Kinds whose `base` is the year or week that they are counted in.
OF_A_YEAR = frozenset({"date", "season", "quarter", "half", "holiday", "weekday"})

RESOLVERS: dict[str, Callable[[Meaning, View], Period | None]] = {
    "date": calendar_date, "decade": decade, "century": century, "fiscal": fiscal, "season": season,
    "quarter": parts_of_year(MONTHS_IN["quarter"]), "half": parts_of_year(MONTHS_IN["half"]), "months": first_months,
    "weekday": weekday, "holiday": holiday, "unit": _unit, "ago": _ago, "shift": _shift, "sequel": _sequel,
    "span": _span, "week-of": _week_of, "nth": _nth, "turn": _turn, "range": _range,
    "clock": _undated, "duration": _undated, "set": _undated, "reference": _undated,
    "reported": _undated,
}  # fmt: skip
