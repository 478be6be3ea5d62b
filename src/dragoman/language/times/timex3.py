"""TIMEX3 annotations of a text: its expressions as TimeML marks them, read one in the light of another.

In:     raw English text and the day of publication.
Out:    `Annotation`s in order of place, none overlapping, with type and value.
Data:   `timex3_patterns` in ontology/calendar.yaml: expressions that are marked, but that give no window.
Never:  a record of the ledger; `find_times` and `window` serve those and know nothing of this.

A range is two annotations. "The quarter", "a year earlier", "the following month" look back to what was named before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from dragoman.language.times.find import find_times
from dragoman.language.times.focus import Focus
from dragoman.language.times.grammar import compile_template
from dragoman.language.times.hints import hint_at
from dragoman.language.times.lexicon import calendar, one_of
from dragoman.language.times.model import Meaning, Timex, TimexType

NEAR = 40  # characters between a clock time and its day: about seven words (guess)
_MONTHS_OF = re.compile(r"(.*?\smonths) of (.*)", re.DOTALL)
_SIGNAL = re.compile(r"\s+(before|after|afterwards?|later)\Z", re.IGNORECASE)
#: What stands before a quarter or "year-ago" used as an adjective and is not marked.
_OWNER = re.compile(
    r"(?:its|their|an?) (?=(?:\S+[- ])?quarter\Z)|the (?=\S+-quarter\Z)|(?:the|an?) (?=year-(?:ago|earlier)\Z)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Annotation:
    """A marked expression: `source[start:end] == text`; the value is None where the text does not tell it."""

    start: int
    end: int
    text: str
    type: TimexType
    value: str | None


def annotate_times(text: str, published: date | None) -> list[Annotation]:
    """Return the TIMEX3 annotations of a text published on a day."""
    focus = Focus(published)
    found = []
    timexes = _merged(list(_ends(find_times(text), text)), list(_others(text)))
    for index, timex in enumerate(timexes):
        value = focus.value(timex, _beside(text, timexes, index))
        found.append(Annotation(timex.start, timex.end, timex.text, _type(timex, value), value))
    return found


def _beside(text: str, timexes: list[Timex], index: int) -> Timex | None:
    """Return the expression close after one, else close before it, that can give it a day."""
    here = timexes[index]
    for other in [*timexes[index + 1 : index + 2], *timexes[max(0, index - 1) : index]]:
        gap = text[min(here.end, other.end) : max(here.start, other.start)]
        if other.meaning.kind in ("date", "weekday", "unit") and len(gap) <= NEAR and not re.search(r"[.!?]\s", gap):
            return other
    return None


def _type(timex: Timex, value: str | None) -> TimexType:
    """Return the type that the value shows: a length is a duration, a point with a clock time a time."""
    if timex.type == "SET" or value is None:
        return timex.type
    if re.match(r"PT?[\dX]", value):
        return "DURATION"
    return "TIME" if re.match(r"[\dX-]+T", value) else "DATE"


def _ends(found: list[Timex], text: str) -> Iterator[Timex]:
    """Yield expressions one by one, each as far as TimeML marks it: of a range its two ends."""
    for timex in found:
        months_of = _MONTHS_OF.match(timex.text) if timex.meaning.kind == "months" else None
        if timex.parts:
            yield from (_marked(part, text) for part in timex.parts)
        elif months_of:  # "the first nine months of 1987" is marked as a length and a year
            yield replace(timex, end=timex.start + months_of.end(1), text=months_of[1])
            for rest in find_times(months_of[2]):
                start = timex.start + months_of.start(2)
                yield replace(rest, start=start + rest.start, end=start + rest.end)
        elif not (timex.text.lower() == "soon" and text[timex.end :].startswith(" after")):
            yield _marked(timex, text)


def _marked(timex: Timex, text: str) -> Timex:
    """Return an expression with its ends where TimeML puts them."""
    start, end, meaning = timex.start, timex.end, timex.meaning
    signal = _SIGNAL.search(timex.text)
    if signal and meaning.kind in ("shift", "sequel"):  # "two days after": a length and a word that joins it
        end = start + signal.start()
        if meaning.kind == "shift":
            meaning = replace(meaning, kind="duration", step=None)
    owner = _OWNER.match(timex.text)
    if owner:
        start += owner.end()
    elif meaning.kind in ("duration", "ago", "span"):
        before = _before().search(text[max(0, start - 30) : start])
        adjective = re.search(r"[- ](?:day|week|month|year|hour|minute|long)\Z", text[start:end])
        if before and not (adjective and before[0].lower().startswith("the")):
            start -= len(before[0])
    return replace(timex, start=start, end=end, text=text[start:end], meaning=meaning)


@cache
def _before() -> re.Pattern[str]:
    """Return the pattern of what belongs to a length that follows: "nearly", "more than", "the", "the first"."""
    return re.compile(
        rf"(?<![\w-])(?:{one_of(calendar()['timex3_quantifiers'])}|the(?: first| last)?)[ \n]\Z", re.IGNORECASE
    )


def _merged(found: list[Timex], others: list[Timex]) -> list[Timex]:
    """Return both lists in order; where two overlap the longer one stays, of equal ones the first list's."""
    kept: list[Timex] = []
    for timex in sorted([*others, *found], key=lambda t: (t.start, t.start - t.end)):
        if kept and timex.start < kept[-1].end:
            longer = timex.end - timex.start > kept[-1].end - kept[-1].start
            rival = timex in found and (timex.start, timex.end) == (kept[-1].start, kept[-1].end)
            if longer or rival:
                kept[-1] = timex
        else:
            kept.append(timex)
    return kept


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    templates = calendar()["timex3_patterns"].items()
    return {name: re.compile(rf"(?<![\w-]){compile_template(t).pattern}", re.IGNORECASE) for name, t in templates}


def _others(text: str) -> Iterator[Timex]:
    """Yield what the patterns for TIMEX3 alone find."""
    for name, pattern in _patterns().items():
        for match in pattern.finditer(text):
            groups = {slot: value for slot, value in match.groupdict().items() if value}
            start, end = match.span()
            found = Timex(start, end, start, match[0], "DATE", _meaning(name, groups), hint=hint_at(text, start, end))
            yield _marked(found, text)


def _meaning(name: str, groups: dict[str, str]) -> Meaning:
    """Return what an expression of these patterns says; a pattern's name begins with what it is."""
    if name.startswith("length"):
        return Meaning("duration", unit=groups["report"].lower(), count=1)
    year = int(groups["year"]) if "year" in groups else None
    return Meaning(
        "reported", unit=groups.get("report", "period").lower(), year=year, step=-1 if "before" in name else 0
    )
