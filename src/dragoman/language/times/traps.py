"""Traps: what looks like a date and is none.

In:     a text, an expression found in it and the preposition before it.
Out:    whether it may stand.
Data:   `year_blockers_before`, `counted`, `names_before` and the like in ontology/calendar.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache

from dragoman.language.times.grammar import Found
from dragoman.language.times.lexicon import calendar
from dragoman.language.times.model import Cue

_BEFORE = re.compile(r"([^\W\d_][\w.'’$]*)[\s]{1,4}\Z")
_AFTER = re.compile(r"[ \t\xa0]{0,3}([-–]?)[ \t\xa0\n]{0,3}([^\W\d_][\w'’]*)")
_RATE = re.compile(
    r"(?:\d|percent|pct|dollars?|dlrs|euros?|yen|pounds|million|billion|mln|bln|thousand|times?|once|twice|barrels|tonnes|tons|half)"
    r"\s{1,4}\Z",
    re.IGNORECASE,
)
_GLUED_LEFT = re.compile(r"[$€£¥#%@/\\_+=]\Z|\d[.,:]\Z|[\w)][-–]\Z|\.\Z")
_DETERMINERS = frozenset({"the", "a", "an", "its", "his", "her", "their", "our", "this", "that"})
_AMBIGUOUS_NAMES = frozenset({"April", "June", "August", "May", "March"})


@cache
def _listed(section: str) -> frozenset[str]:
    return frozenset(str(word).lower() for word in calendar()[section])


def accepted(text: str, start: int, found: Found, cue: Cue | None) -> bool:
    """Return whether an expression may stand where it was found."""
    if _glued(text, start, found):
        return False
    check = CHECKS.get(found.rule)
    return check is None or check(text, start, found, cue)


def rate_before(text: str, start: int, end: int) -> bool:
    """Return whether "a year" at this place is said of an amount: "300 dollars a year", "twice a year"."""
    return text[start : start + 1].lower() == "a" and _RATE.search(text[max(0, start - 14) : start]) is not None


def word_before(text: str, start: int) -> str:
    """Return the word before a position, or "" where something else stands there."""
    match = _BEFORE.search(text[max(0, start - 30) : start])
    return match[1] if match else ""


def word_after(text: str, end: int) -> str:
    """Return the word after a position, or "" where something else stands there."""
    match = _AFTER.match(text, end)
    return match[2] if match else ""


def _glued(text: str, start: int, found: Found) -> bool:
    """Whether a number hangs on something: "$2000", "F-16", "3.1990"."""
    left = text[max(0, start - 2) : start]
    if not text[start].isdigit() or not left:
        return False
    if _GLUED_LEFT.search(left) is None:
        return False
    prefix = re.search(
        r"(?<!\w)(?:pre|post|mid|late|early|since|until|non)[-–]\Z", text[max(0, start - 8) : start], re.I
    )
    return prefix is None


def _year(text: str, start: int, found: Found, cue: Cue | None) -> bool:
    """A bare four-digit number reads as a year unless something beside it says it is a number."""
    year = found.meaning.year or 0
    before, after = word_before(text, start).rstrip(".").lower(), word_after(text, found.end).lower()
    if not 1800 <= year <= 2100 or re.match(
        r"\s?(?:%|[-–/]\d|[-–][a-z]?[A-Z]|°)|[:$€£]", text[found.end : found.end + 4]
    ):
        return False
    if before in _listed("year_blockers_before"):
        return False
    if after in _listed("counted"):
        return before in ("of", "since", "until") or (before in _DETERMINERS and after not in ("troops", "soldiers"))
    if cue is not None or before in _listed("year_cues") or before in _DETERMINERS:
        return True
    return year >= 1900


def _month(text: str, start: int, found: Found, cue: Cue | None) -> bool:
    """A bare month: "May" needs a preposition, other names of persons must not stand before a capital."""
    name = text[start : found.end]
    before, after = word_before(text, start), word_after(text, found.end)
    follows = text[found.end : found.end + 1]
    if before in calendar()["names_before"] or after in calendar()["names_after"]:
        return False
    if name == "May":
        if before.lower() in ("in", "during", "of", "early", "late", "mid", "until", "since"):
            return True
        return (cue not in (None, "at") or before.lower() in ("and", "or", "to")) and not _about_a_may(text)
    if cue is None and name in _AMBIGUOUS_NAMES and follows == " " and after[:1].isupper() and before.lower() != "the":
        return False
    return name != "March" or cue is not None or not _a_march(before, after)


def _a_march(before: str, after: str) -> bool:
    """Whether "March" is a march: "March on Washington", "the March for Life", "the Long March"."""
    if after in ("on", "for"):
        return True
    if before.lower() in ("the", "a", "first", "their", "his"):
        return after in ("of", "in", "to")
    return before[:1].isupper() and before.lower() not in _DETERMINERS | {"in"}


@lru_cache(maxsize=4)
def _about_a_may(text: str) -> bool:
    """Whether a person called May is in the text ("by May" is then no month)."""
    return re.search(r"(?:Theresa|Mrs\.?|Ms\.?|Mr\.?|Minister|Secretary|PM) May\b", text) is not None


def _weekday(text: str, start: int, found: Found, cue: Cue | None) -> bool:
    before, after = word_before(text, start), word_after(text, found.end)
    if before in calendar()["names_before"]:
        return False
    return after not in calendar()["names_after"]


def _season(text: str, start: int, found: Found, cue: Cue | None) -> bool:
    """A bare season needs "the" or a preposition; "fall" and "spring" are verbs and nouns besides."""
    name, after = text[start : found.end], word_after(text, found.end)
    if word_before(text, start) in calendar()["names_before"] or after in calendar()["names_after"]:
        return False
    if re.search(r"[A-Z]", name.removeprefix("The").removeprefix("the")) and cue is None:
        return False
    if name.lower().startswith("the"):
        return (
            after.lower() != "of" and (name.lower() != "the fall" or cue is not None) and name.lower() != "the spring"
        )
    return cue in ("in", "at", "by", "until", "since", "before", "from", "after")


def _day_alone(text: str, start: int, found: Found, cue: Cue | None) -> bool:
    if cue is None:
        return False
    after = re.match(r"\s{0,3}([-–]?\w+)", text[found.end : found.end + 12])
    return after is None or after[1].lower() in _listed("after_bare_day")


def _never(text: str, start: int, found: Found, cue: Cue | None) -> bool:
    return False


def _unit_in_question(text: str, start: int, found: Found, cue: Cue | None) -> bool:
    return found.meaning.kind == "unit"  # "the weekend"


def _loose_duration(text: str, start: int, found: Found, cue: Cue | None) -> bool:
    return cue is not None and cue not in ("by", "until", "since", "from", "before")


def _span(text: str, start: int, found: Found, cue: Cue | None) -> bool:
    return found.meaning.name != "last" or word_before(text, start).lower() not in _listed("before_verb")


def _reference(text: str, start: int, found: Found, cue: Cue | None) -> bool:
    """In "as soon as November" the word is part of a preposition."""
    return text[start : found.end].lower() != "soon" or word_before(text, start).lower() != "as"


def _needs_cue(text: str, start: int, found: Found, cue: Cue | None) -> bool:
    return cue is not None


def _quarter_code(text: str, start: int, found: Found, cue: Cue | None) -> bool:
    return cue is not None or found.meaning.year is not None


def _immediately(text: str, start: int, found: Found, cue: Cue | None) -> bool:
    return cue == "effective"


def _short_decade(text: str, start: int, found: Found, cue: Cue | None) -> bool:
    return text[start] in "'’tT"


def _daypart(text: str, start: int, found: Found, cue: Cue | None) -> bool:
    return text[start : start + 3].lower() == "the" and word_after(text, found.end).lower() != "of"


def _holiday(text: str, start: int, found: Found, cue: Cue | None) -> bool:
    entry = calendar()["holidays"].get(found.meaning.name, {})
    if word_after(text, found.end) in entry.get("not_before", ()) or word_after(text, found.end) in (
        "Island",
        "Rising",
        "Sunday",
    ):
        return False
    return cue is not None or not entry.get("needs_cue")


CHECKS: dict[str, Callable[[str, int, Found, Cue | None], bool]] = {
    "year": _year, "month": _month, "month_dotted": _needs_cue, "weekday": _weekday, "bare_season": _season,
    "day_alone": _day_alone, "unit_in_question": _unit_in_question, "loose_duration": _loose_duration,
    "weekday_short": _never, "short_quarter": _quarter_code, "quarter_short": _quarter_code,
    "immediately": _immediately, "span": _span, "loose_span": _span, "reference": _reference,
    "short_decade": _short_decade, "the_daypart": _daypart, "holiday": _holiday,
}  # fmt: skip
