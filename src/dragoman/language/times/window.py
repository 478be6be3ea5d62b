"""Windows: which days a calendar expression means, seen from the day a text was published.

In:     a `Timex`, the day of publication, whether the governing verb looks ahead, another event's date.
Out:    an inclusive `Window`, or None where the text does not say.
Rules:  the date table of the ledger's specification; choices that it leaves open say "guess" here.
Never:  today's date. Without a date of publication only expressions that name their year resolve.
"""

from __future__ import annotations

from datetime import date

from dragoman.domain import Window
from dragoman.language.times.lexicon import calendar
from dragoman.language.times.model import Cue, Timex, View
from dragoman.language.times.periods import DAY, Period, around, moved
from dragoman.language.times.resolve import resolve

DEADLINES: frozenset[Cue | None] = frozenset({"by", "until", "before", "effective"})


def window(
    timex: Timex,
    published: date | None,
    *,
    future: bool | None = None,
    anchor: date | None = None,
    fiscal_start_month: int | None = None,
) -> Window | None:
    """Return the days that an expression means, or None where the text leaves them open.

    `future` says whether the governing verb looks ahead (True), back (False) or neither (None: a bare weekday is past,
    one that is a deadline lies ahead, anything else is the nearest). `anchor` is the date of the event that "a day
    later" or "the same month" counts from. A fiscal year with one year named is that calendar year, "FY2024-25" runs
    from April 2024 to March 2025; `fiscal_start_month` replaces both by the year of the state in question, which is
    named after its end.
    """
    if timex.cue == "since":
        future = False
    view = View(published, future, anchor, timex.cue in DEADLINES, fiscal_start_month)
    try:
        if timex.meaning.kind == "duration":
            return _within(timex, view)
        period = resolve(timex.meaning, view)
        return _bounded(timex, period, published) if period else None
    except OverflowError:  # beyond the first or last day that the calendar has
        return None


def _within(timex: Timex, view: View) -> Window | None:
    """Resolve "within 90 days"; "in two weeks" where the verb looks ahead; no other duration has a date."""
    meaning, origin = timex.meaning, view.anchor or view.published
    unit = meaning.unit or "day"
    count = calendar()["unnumbered_spans"].get(unit) if meaning.vague else meaning.count
    inside = timex.cue == "within" or (timex.cue == "in" and meaning.vague)
    ahead = timex.cue == "within" or (timex.cue == "in" and view.future is True)
    last = moved(origin, unit, count) if ahead and origin and count else None
    if origin is None or last is None:
        return None
    if inside:
        return Window(origin, last)
    there = around(last, unit)
    return there.window() if there else None


def _bounded(timex: Timex, period: Period, published: date | None) -> Window | None:
    """Open the period at one end, as the preposition says."""
    start: date | None = period.start
    end: date | None = period.end
    if timex.meaning.kind == "span":
        return Window(start, end)
    try:
        if timex.cue in ("by", "until"):
            return Window(None, end)
        if timex.cue == "before":
            ends_it = timex.meaning.part in ("end", "late")
            return Window(None, end if ends_it else period.start - DAY)
        if timex.cue in ("from", "effective"):
            return Window(start, None if timex.meaning.kind != "range" else end)
        if timex.cue == "since":
            return Window(start, max(published, period.start) if published else None)
        if timex.cue == "after" and timex.meaning.kind not in ("shift", "ago"):
            return Window(period.end + DAY, None)
    except OverflowError:
        return None
    return Window(start, end)
