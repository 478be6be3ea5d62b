"""Finding calendar expressions in a text.

In:     raw English text.
Out:    `Timex`es in order of place, none overlapping; `text[timex.start:timex.end] == timex.text` always holds.
Data:   patterns, joints and traps in ontology/calendar.yaml.
Speed:  one pass over the words; where an expression can begin, a bounded number of bounded patterns is tried.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from dragoman.language.times.clocks import clock_time, daypart, joint
from dragoman.language.times.grammar import Found, rules_by_opener, single
from dragoman.language.times.hints import hint_at
from dragoman.language.times.lexicon import NUMERIC, calendar, one_of, slots, words
from dragoman.language.times.model import Cue, Meaning, Timex, TimexType
from dragoman.language.times.traps import accepted, rate_before

_WORD = re.compile(r"(?<!\w)(?:[A-Za-z]+|\d+|['’]\d0)")
_KEY = re.compile(r"[A-Za-z]+")
POINTS = frozenset(
    {
        "date",
        "decade",
        "century",
        "fiscal",
        "quarter",
        "half",
        "season",
        "months",
        "weekday",
        "holiday",
        "unit",
        "sequel",
        "nth",
    }
)
DAYS = frozenset({"weekday", "holiday"})
PIECE_OPENERS = frozenset({"the", "week", "first", "second", "third", "fourth", "last", "final", "opening"})
CUE_REACH = 45  # characters looked at for a preposition; the longest cue with an approximator is shorter


def find_times(text: str) -> list[Timex]:
    """Return the calendar expressions of a text in order; ranges are one expression with their ends as `parts`."""
    found: list[Timex] = []
    position = 0
    for word in _WORD.finditer(text):
        if word.start() < position or _opener(word[0]) not in _openers():
            continue
        timex = _timex(text, word.start())
        if timex:
            if timex.cue_start < position:
                timex = replace(timex, cue=None, cue_start=timex.start)
            found.append(timex)
            position = timex.end
    return found


def _opener(word: str) -> str:
    letters = _KEY.match(word)
    return letters[0].lower() if letters else NUMERIC


@cache
def _openers() -> frozenset[str]:
    return frozenset(rules_by_opener()) | _part_openers() | PIECE_OPENERS | _clock_openers()


@cache
def _part_openers() -> frozenset[str]:
    return slots()["part"].openers | slots()["daypart"].openers | {"mid", "end", "the"}


@cache
def _clock_openers() -> frozenset[str]:
    return slots()["clock_word"].openers | {NUMERIC}


@cache
def _cues() -> re.Pattern[str]:
    data = calendar()
    approximator, blank = one_of(data["approximators"]), r"\s{1,4}"
    return re.compile(
        rf"(?<![\w-])({one_of(data['cues'])}){blank}(?:{approximator}{blank})?(?P<the>the{blank})?\Z", re.IGNORECASE
    )


def _cue_before(text: str, start: int) -> tuple[Cue | None, int]:
    """Return the preposition before a position and where it begins."""
    offset = max(0, start - CUE_REACH)
    match = _cues().search(text[offset:start])
    if match is None:
        return None, start
    cue: Cue = words("cues")[" ".join(match[1].lower().split())]
    return "at" if cue == "in" and match["the"] else cue, offset + match.start()


def _timex(text: str, start: int) -> Timex | None:
    """Return the expression that begins at a position, with its preposition, if the context lets it stand."""
    first = _phrase(text, start)
    if first is None:
        return None
    cue, cue_start = _cue_before(text, start)
    if first.meaning.kind == "shift" and first.rule in ("shift", "loose_shift", "shift_from"):
        return _counted_from(text, start, first, cue, cue_start)
    whole = _range(text, first, cue)
    if not whole and not accepted(text, start, first, cue):
        return None
    hint = hint_at(text, start, whole.end if whole else first.end)
    if not whole or whole.meaning.last is None:
        found = _rated(text, start, first)
        parts: tuple[Timex, ...] = ()
    else:
        found, middle = whole, _last_start(text, first, whole)
        parts = (
            _made(text, start, first.end, whole.meaning.base or first.meaning, hint),
            _made(text, middle, whole.end, whole.meaning.last, hint),
        )
    made = _made(text, start, found.end, found.meaning, hint)
    return replace(made, cue_start=cue_start, cue=cue, parts=parts)


def _counted_from(text: str, start: int, first: Found, cue: Cue | None, cue_start: int) -> Timex | None:
    """Read "two days before April 17": one expression, its parts the count and the date; without a date the count."""
    hint = hint_at(text, start, first.end)
    counted: Timex | None = replace(_made(text, start, first.end, first.meaning, hint), cue=cue, cue_start=cue_start)
    if first.rule == "shift_from":  # "a week from Monday"; "two weeks from power" is only "two weeks"
        link = joint("bare_count").match(text, start)
        meaning = replace(first.meaning, kind="duration", step=None)
        counted = replace(_made(text, start, link.end(), meaning, hint), cue=cue, cue_start=cue_start) if link else None
    link = joint("from_point").match(text, first.end)
    if first.meaning.vague:  # "days before the April 17 deadline" leaves the date to stand by itself
        return counted
    if counted is None or link is None or not text[start : first.end].lower().endswith(("before", "after", "from")):
        return counted
    point = _phrase(text, link.end())
    if point is None or point.meaning.kind not in POINTS or not accepted(text, link.end(), point, "before"):
        return counted
    if first.rule == "shift_from" and not _is_day(point.meaning):
        return counted
    parts = (counted, _made(text, link.end(), point.end, point.meaning, hint))
    whole = _made(text, start, point.end, replace(first.meaning, base=point.meaning), hint)
    return replace(whole, cue=cue, cue_start=cue_start, parts=parts)


def _made(text: str, start: int, end: int, meaning: Meaning, hint: bool | None) -> Timex:
    return Timex(start, end, start, text[start:end], _type(meaning), meaning, hint=hint)


def _rated(text: str, start: int, found: Found) -> Found:
    """Read "300 a year" as a set."""
    if found.rule == "duration" and found.meaning.count == 1 and rate_before(text, start, found.end):
        return Found(found.end, Meaning("set", unit=found.meaning.unit, count=1), found.rule)
    return found


def _type(meaning: Meaning) -> TimexType:
    if meaning.clock or meaning.daypart:
        return "TIME"
    if meaning.kind in ("duration", "span"):
        return "DURATION"
    return "SET" if meaning.kind == "set" else "DATE"


def _phrase(text: str, position: int, depth: int = 0) -> Found | None:
    """Return the longest expression at a position, with its part, clock time, year or weekday; depth bounds nesting."""
    word = _WORD.match(text, position)
    if word is None or depth > 3:
        return None
    opener = _opener(word[0])
    best = _clocked(text, position, depth) if opener in _clock_openers() else None
    plain = single(text, position, opener)
    if plain:
        plain = _extended(text, plain, depth)
    parted = _parted(text, position, depth) if opener in _part_openers() else None
    piece = _piece(text, position, depth) if opener in PIECE_OPENERS else None
    for found in (plain, parted, piece):
        if found and (best is None or found.end > best.end):
            best = found
    return best


def _parted(text: str, position: int, depth: int) -> Found | None:
    """Read "early in March", "later this week", "mid-2025", "the morning of 3 March"."""
    part = joint("part").match(text, position)
    if part:
        inner = _phrase(text, part.end(), depth + 1)
        if inner and inner.meaning.kind in POINTS and not inner.meaning.part:
            name = (part["short_part"] or "").lower() or words("parts")[" ".join(part["part"].lower().split())]
            return Found(inner.end, replace(inner.meaning, part=name), "part")
    for name in ("daypart_of", "daypart_before"):
        of_day = joint(name).match(text, position)
        inner = _phrase(text, of_day.end(), depth + 1) if of_day else None
        if of_day and inner and _is_day(inner.meaning) and not inner.meaning.daypart:
            return Found(inner.end, replace(inner.meaning, daypart=daypart(of_day["daypart"])), "daypart")
    return None


def _piece(text: str, position: int, depth: int) -> Found | None:
    """Read "the week of 27 April", "the first week of March"."""
    match = joint("week_of").match(text, position)
    inner = _phrase(text, match.end(), depth + 1) if match else None
    if match and inner and _is_day(inner.meaning):
        how = "of" if match["how"].lower() == "of" else "beginning"
        return Found(inner.end, Meaning("week-of", base=inner.meaning, name=how), "week_of")
    match = joint("nth_of").match(text, position)
    inner = _phrase(text, match.end(), depth + 1) if match else None
    if match and inner and inner.meaning.kind in POINTS and not _is_day(inner.meaning):
        number = {"last": -1, "final": -1, "opening": 1}.get(match["nth"].lower()) or words("ordinals")[
            match["nth"].lower()
        ]
        return Found(
            inner.end, Meaning("nth", number=number, unit=match["piece"].lower(), base=inner.meaning), "nth_of"
        )
    return None


def _is_day(meaning: Meaning) -> bool:
    """Whether a meaning is a single day."""
    return (
        meaning.kind in DAYS
        or (meaning.kind == "date" and meaning.day is not None)
        or (meaning.kind in ("unit", "sequel") and meaning.unit == "day")
    )


def _extended(text: str, found: Found, depth: int) -> Found:
    """Add what may follow: the date after a weekday, "last year", a part of the day, a clock time."""
    end, meaning, rule = found
    if meaning.kind == "weekday" and meaning.step is None and meaning.base is None:
        match = joint("apposition").match(text, end)
        word = _WORD.match(text, match.end()) if match else None
        dated = single(text, word.start(), _opener(word[0])) if word else None
        if dated and dated.meaning.kind == "date" and dated.meaning.day:
            closed = match is not None and match[0].endswith("(") and text[dated.end : dated.end + 1] == ")"
            meaning, end, rule = dated.meaning, dated.end + closed, dated.rule
    year = joint("year_after").match(text, end)
    if year and meaning.year is None and meaning.step is None and meaning.base is None and _yearly(meaning):
        step = words("steps")[" ".join(year["step"].lower().split())]
        meaning, end = replace(meaning, base=Meaning("unit", unit="year", step=step)), year.end()
    if _is_day(meaning) and not meaning.daypart:
        part = joint("daypart_after").match(text, end)
        if part and not re.match(r"\w", text[part.end() : part.end() + 1]):
            return Found(part.end(), replace(meaning, daypart=daypart(part["daypart"])), rule)
        link = joint("clock_after_day").match(text, end)
        clock = clock_time(text, link.end()) if link else None
        if clock:
            return Found(clock.end, replace(meaning, clock=clock.meaning.clock), rule)
    return Found(end, meaning, rule)


def _yearly(meaning: Meaning) -> bool:
    return meaning.kind in ("season", "quarter", "half", "holiday") or (meaning.kind == "date" and bool(meaning.month))


def _clocked(text: str, position: int, depth: int) -> Found | None:
    """Read a clock time, with the day that follows it if one does."""
    clock = clock_time(text, position)
    if clock is None:
        return None
    link = joint("day_after_clock").match(text, clock.end)
    day = _phrase(text, link.end(), depth + 1) if link else None
    if day and _is_day(day.meaning) and not day.meaning.clock:
        return Found(day.end, replace(day.meaning, clock=clock.meaning.clock, daypart=None), "clock")
    return clock


def _range(text: str, first: Found, cue: Cue | None) -> Found | None:
    """Read "March 3 to April 9", "Monday-Friday", "between May and July"."""
    if first.meaning.kind == "range":
        return None
    if first.meaning.kind not in POINTS or first.meaning.part in ("later", "earlier"):
        return None
    link = joint("between" if cue == "between" else "range").match(text, first.end)
    last = _phrase(text, link.end()) if link else None
    if last is None or last.meaning.kind not in POINTS or not _alike(first.meaning, last.meaning):
        return None
    base, end = first.meaning, last.meaning
    if base.kind == "date" and base.year is None and end.kind == "date" and end.year is not None and base.month:
        earlier = end.month is not None and base.month > end.month
        base = replace(base, year=end.year - 1 if earlier else end.year)
    return Found(last.end, Meaning("range", base=base, last=end), "range")


def _alike(first: Meaning, last: Meaning) -> bool:
    """Whether two meanings can be the ends of one range: years with years, months and days among themselves."""
    if first.kind == "date" and last.kind == "date":
        return (first.month is None and first.day is None) == (last.month is None and last.day is None)
    return first.kind == last.kind or (_is_day(first) and _is_day(last))


def _last_start(text: str, first: Found, whole: Found) -> int:
    for name in ("between", "range"):
        link = joint(name).match(text, first.end)
        if link:
            return link.end()
    return first.end
