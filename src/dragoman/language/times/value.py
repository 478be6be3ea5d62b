"""TIMEX3 values: what a calendar expression means in the notation of TimeML, for measuring against public sets.

In:     a `Timex` and the day of publication.
Out:    "1998-02-13", "1998-W06", "1997-Q3", "P3D", "PAST_REF" and the like, or None.
Never:  a record of the ledger; windows (window.py) and values answer different questions and are kept apart.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dragoman.language.times.lexicon import calendar
from dragoman.language.times.model import Meaning, Timex, View
from dragoman.language.times.periods import Period
from dragoman.language.times.resolve import resolve
from dragoman.language.times.window import DEADLINES

LETTERS = {
    "day": "D",
    "night": "D",
    "week": "W",
    "month": "M",
    "quarter": "Q",
    "year": "Y",
    "hour": "H",
    "minute": "M",
    "second": "S",
}
IN_SMALLER = {"decade": (10, "year"), "century": (100, "year"), "fortnight": (2, "week"), "weekend": (2, "day")}
CLOCK_UNITS = frozenset({"hour", "minute", "second"})


def timex_value(timex: Timex, published: date | None, *, anchor: date | None = None) -> str | None:
    """Return the TIMEX3 value, or None where it has none.

    The surrounding words say whether what comes round lies ahead. `anchor` is the date that "the following year" counts
    from, by default the day of publication.
    """
    meaning = timex.meaning.base if timex.meaning.kind == "range" and timex.meaning.base else timex.meaning
    today = _is_today(meaning, published)
    hint = None if today else False if timex.cue == "since" else timex.hint
    future = hint if meaning.kind == "weekday" or timex.cue == "since" else None
    if meaning.kind == "quarter" and meaning.name == "fiscal":  # named in reports of it
        future = False
    deadline = timex.cue in DEADLINES and not today
    lean = None if meaning.kind == "quarter" and hint else hint  # results yet to be reported are of a quarter gone by
    return _value(meaning, View(published, future, anchor or published, deadline, lean=lean))


def _is_today(meaning: Meaning, published: date | None) -> bool:
    """Whether a bare weekday is that of publication: in daily news it then means the day itself."""
    return published is not None and meaning.step is None and meaning.weekday == published.weekday()


def _value(meaning: Meaning, view: View) -> str | None:
    kind = meaning.kind
    if kind == "reference" or meaning.name == "PRESENT_REF":
        return meaning.name
    if kind in ("duration", "set", "span", "shift"):
        return _extent(meaning, view)
    if kind == "ago" and (meaning.vague or meaning.count is None):
        return "PAST_REF" if meaning.step == -1 else "FUTURE_REF"
    if kind == "clock":
        day = view.published.isoformat() if view.published else "XXXX-XX-XX"
        return day + _time(meaning)
    period = resolve(_whole(meaning), view)
    return _unresolved(meaning) if period is None else _printed(meaning, period) + _time(meaning)


def _whole(meaning: Meaning) -> Meaning:
    return replace(meaning, part=None)


def _time(meaning: Meaning) -> str:
    if meaning.clock:
        return f"T{meaning.clock}"
    return f"T{meaning.daypart}" if meaning.daypart else ""


def _unresolved(meaning: Meaning) -> str | None:
    if meaning.kind == "weekday" and meaning.weekday is not None:
        return f"XXXX-WXX-{meaning.weekday + 1}"
    if meaning.kind == "date" and meaning.month:
        return f"XXXX-{meaning.month:02}" + (f"-{meaning.day:02}" if meaning.day else "")
    return None


def _printed(meaning: Meaning, period: Period) -> str:
    """Print a period at the grain of the expression."""
    start, kind = period.start, meaning.kind
    grain = meaning.unit if kind in ("unit", "sequel", "ago") else kind
    if kind == "date":
        grain = "day" if meaning.day else "month" if meaning.month else "year"
    if grain == "season":
        return f"{start.year}-{calendar()['seasons'][meaning.name]['code']}"
    if grain in ("week", "weekend", "week-of", "fortnight"):
        year, week, _ = start.isocalendar()
        return f"{year}-W{week:02}" + ("-WE" if grain == "weekend" else "")
    return {
        "month": f"{start.year:04}-{start.month:02}",
        "quarter": f"{start.year:04}-Q{(start.month + 2) // 3}",
        "half": f"{start.year:04}-H{1 if start.month < 7 else 2}",
        "year": f"{start.year:04}", "fiscal": f"{start.year:04}", "turn": f"{period.end.year:04}",
        "months": f"P{meaning.number}M",
        "decade": f"{start.year // 10}" if kind != "ago" else f"{start.year:04}",
        "century": f"{start.year // 100:02}" if kind != "ago" else f"{start.year:04}",
    }.get(grain or "", start.isoformat())  # fmt: skip


def _extent(meaning: Meaning, view: View) -> str | None:
    """Print durations, sets, and stretches counted from publication or another event."""
    if meaning.kind == "set":
        if meaning.weekday is not None:
            return f"XXXX-WXX-{meaning.weekday + 1}"
        if meaning.month:
            return f"XXXX-{meaning.month:02}"
        return meaning.name or _duration(meaning)
    if meaning.kind == "shift" and meaning.unit == "year" and meaning.count and not meaning.vague and view.published:
        return f"{view.published.year + int(meaning.count) * (meaning.step or 1):04}"
    return _duration(meaning)


def _duration(meaning: Meaning) -> str:
    unit, count = meaning.unit or "day", meaning.count
    factor, unit = IN_SMALLER.get(unit, (1, unit))
    mark = "PT" if unit in CLOCK_UNITS else "P"
    if count is None or meaning.vague:
        return f"{mark}X{LETTERS[unit]}"
    if unit == "quarter" and meaning.kind != "set":
        factor, unit = 3 * factor, "month"
    count *= factor
    halves = {"year": "6M", "hour": "30M", "minute": "30S", "day": "T12H"}
    if count % 1 == 0.5 and unit in halves:
        whole = f"{int(count)}{LETTERS[unit]}" if count >= 1 else ""
        return f"{mark}{whole}{halves[unit]}"
    return f"{mark}{count:g}{LETTERS[unit]}"
