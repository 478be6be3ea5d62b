"""The words of the calendar, and the named pieces of pattern made of them.

In:     ontology/calendar.yaml.
Out:    `words(section)`, and `SLOTS`: for each slot name its regular expression and the words it can begin with.
Never:  a pattern that can match without end: every blank and number in it is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

BLANK = r"(?:[ \t\xa0\u202f]{1,4}(?:\n[ \t]{0,8})?|\n[ \t]{1,8}|\n(?=\S))"
NUMERIC = "#"  # stands for a digit among the words a pattern can begin with


class Slot(NamedTuple):
    """A piece of pattern and the words, in lower case, that it can begin with."""

    pattern: str
    openers: frozenset[str]


class Number(NamedTuple):
    """A count of units; vague where the text only hints at it ("a few")."""

    amount: float
    vague: bool


@cache
def calendar() -> dict[str, Any]:
    """Return the calendar's data as loaded."""
    source = files("dragoman").joinpath("ontology", "calendar.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.load(source, Loader=yaml.CSafeLoader)
    return data


@cache
def words(section: str) -> dict[str, Any]:
    """Return one section of the calendar, keyed by words in lower case."""
    found = calendar()[section]
    return {str(key).lower(): value for key, value in found.items()}


def spaced(template: str) -> str:
    """Return a template in which every blank outside brackets has become a bounded run of blanks."""
    return re.sub(r"\[[^\]]*\]| ", lambda found: BLANK if found[0] == " " else found[0], template)


def one_of(terms: Iterable[str]) -> str:
    """Return a pattern for any of the terms, the longest first."""
    ordered = sorted((str(term) for term in terms), key=len, reverse=True)
    return "(?:" + "|".join(spaced(re.escape(term).replace("\\ ", " ").replace("'", "['’]")) for term in ordered) + ")"


def first_words(terms: Iterable[str]) -> frozenset[str]:
    """Return the first word of each term in lower case; a leading digit or apostrophe counts as a number."""
    found = set()
    for term in terms:
        opener = re.match(r"[A-Za-z]+", str(term))
        found.add(opener.group().lower() if opener else NUMERIC)
    return frozenset(found)


def _of(terms: Iterable[str], *, exact_case: bool = False, after: str = "") -> Slot:
    listed = list(terms)
    pattern = one_of(listed)
    return Slot((f"(?-i:{pattern})" if exact_case else pattern) + after + r"(?!\w)", first_words(listed))


def _digits(pattern: str) -> Slot:
    return Slot(pattern, frozenset({NUMERIC}))


def _number() -> Slot:
    data = calendar()
    small = one_of(data["numbers"])
    spelt = rf"{small}(?:[- ]{small})?(?:[ ](?:hundred|thousand))?"
    figures = r"\d{1,3}(?:,\d{3}){1,3}|\d{1,6}(?:\.\d{1,2})?(?:[ -]\d/\d)?"
    loose = one_of(data["loose_numbers"])
    return Slot(
        rf"(?:{figures}|{spelt}|{loose})(?!\w)",
        first_words(data["numbers"]) | first_words(data["loose_numbers"]) | {NUMERIC},
    )


def _plural(unit: str) -> str:
    return "centuries" if unit == "century" else f"{unit}s"


@cache
def slots() -> dict[str, Slot]:
    """Return every slot that the patterns of the calendar may name."""
    data = calendar()
    singular = [unit for unit in data["units"] if unit != "centuries"]
    plural = [_plural(unit) for unit in singular]
    months, short = list(data["months"]), list(data["month_abbreviations"])
    ordinals = list(data["ordinals"])
    day = r"(?:3[01]|[12]\d|0?[1-9])"
    number = _number()
    month = Slot(rf"(?-i:{one_of(months)}(?!\w)|{one_of(short)}(?!\w)\.?)", first_words([*months, *short]))
    found = {
        "year": _digits(r"(?:1\d|20|21)\d\d(?!\d|[.,]\d)"),
        "month": month,
        "ordinal_word": _of(ordinals),
        "full_month": _of(months, exact_case=True),
        "short_month": Slot(f"(?-i:{one_of(short)})\\.", first_words(short)),
        "day": _digits(rf"{day}(?:st|nd|rd|th)?(?!\w)"),
        "ordinal_day": _digits(rf"{day}(?:st|nd|rd|th)"),
        "month_number": _digits(r"\d\d"),
        "day_number": _digits(r"\d\d"),
        "first": _digits(r"\d{1,2}"),
        "second": _digits(r"\d{1,2}"),
        "slashed_year": _digits(r"(?:\d{4}|\d\d)"),
        "short_year": _digits(r"\d\d(?!\d)"),
        "end_year": _digits(r"(?:\d{4}|\d\d)(?!\d)"),
        "fy_year": _digits(r"(?:\d{4}|\d\d)(?!\d)"),
        "through": Slot(r"(?:[ ]?[-–—][ ]?|[ ](?:to|through|and|until)[ ])", frozenset()),
        "step": _of(data["steps"]),
        "span": _of(data["span_steps"]),
        "rolling": _of(["the last", "the past", "the next", "the coming"]),
        "sequel": _of(data["sequels"]),
        "beside": _of(["earlier", "later", "before", "after", "afterwards", "beforehand", "afterward"]),
        "unit": _of(singular),
        "plural_unit": _of(plural),
        "units": _of([*singular, *plural]),
        "number": number,
        "weekday": _of(data["weekdays"], exact_case=True),
        "weekdays": _of([f"{day}s" for day in data["weekdays"]], exact_case=True),
        "short_weekday": _of(data["weekday_abbreviations"], exact_case=True, after=r"\.?"),
        "season": _of(data["seasons"]),
        "quarter": _of([*ordinals[:4], "1st", "2nd", "3rd", "4th", "final"]),
        "half": _of(["first", "second", "last", "latter"]),
        "digit_quarter": _digits("[1-4]"),
        "digit_half": _digits("[12]"),
        "century": _of([*ordinals, *(f"{n}th" for n in range(4, 21)), "21st"]),
        "century_word": _of(["eighteen", "nineteen", "twenty"]),
        "year_word": _of(_year_words()),
        "decade_year": _digits(r"(?:1\d|20)\d0"),
        "short_decade": _digits(r"\d0"),
        "decade_word": _of(data["decade_words"]),
        "day_word": _of(data["day_words"]),
        "daypart": _of(data["dayparts"]),
        "holiday": _of(data["holidays"], exact_case=True),
        "set_word": _of(data["sets"]),
        "reference": _of(data["references"]),
        "part": _of(data["parts"]),
        "zone": _of(data["zones"]),
        "clock_word": _of(data["clock_words"]),
        "turn": _of(["year", "month", "century", "decade"]),
    }  # fmt: skip
    return found | {f"{name}2": found[name] for name in ("day", "number", "year", "month")}


def _year_words() -> list[str]:
    """Return the words for 10 to 99, as in "nineteen eighty-seven"."""
    numbers = calendar()["numbers"]
    tens = [word for word, value in numbers.items() if value >= 20]
    ones = [word for word, value in numbers.items() if value < 10]
    return [word for word, value in numbers.items() if value >= 10] + [
        f"{ten}{joint}{one}" for ten in tens for one in ones for joint in "- "
    ]


def read_number(text: str) -> Number:
    """Return the count that a number slot matched: "14", "2 1/2", "twenty-five", "two hundred", "a few"."""
    tidy = " ".join(text.lower().split())
    loose = words("loose_numbers").get(tidy)
    if loose:
        return Number(float(loose["count"]), bool(loose["vague"]))
    figures = re.fullmatch(r"([\d,]+(?:\.\d+)?)(?:[ -](\d)/(\d))?", tidy)
    if figures:
        part = int(figures[2]) / int(figures[3]) if figures[2] and figures[3] != "0" else 0
        return Number(float(figures[1].replace(",", "")) + part, False)
    total = 0
    for word in re.split(r"[- ]", tidy):
        scale = {"hundred": 100, "thousand": 1000}.get(word)
        total = total * scale if scale else total + int(words("numbers").get(word, 0))
    return Number(float(total), False)


def read_unit(text: str) -> str:
    """Return the unit that a word names, in the singular."""
    word = text.lower()
    return "century" if word == "centuries" else word.removesuffix("s")
