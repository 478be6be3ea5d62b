"""Rates: percentages, sums of money and quantities in a text, with their units.

In:     a string.
Out:    `find_rates`: each `Rate` with its place; percent, ISO 4217 currency codes, or the physical unit as written.
        `find_parts`: the components of a rate ("of which 10 points are for ...").
Data:   the units of ontology/measures.yaml.

In a range ("from 6 to 12 percent") the number without a unit of its own takes that of the other. A year, a day of the
month or a bare number is no rate.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from dragoman import ontology
from dragoman.domain import Part, Rate

_NUMBER = r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\w.,])\d+(?:\.\d+)?"


class Found(NamedTuple):
    """A rate and the characters it stands on; `former` marks what it was before ("from 6 ...")."""

    start: int
    end: int
    rate: Rate
    former: bool = False


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the pattern of a rate, and that of the first number of a range."""
    data = ontology.load("measures")
    names = [n for forms in data["currencies"].values() for n in forms]
    percent = _any(data["units"]["percent"])
    number = f"(?:{_NUMBER})"
    words = f"{number}|\\b(?:{_any(data['number_words'])})"
    scale = _any(data["scales"])
    symbols = _any(n for n in names if not n.islower())
    coins = _any(n for n in names if n[-1].isalpha() and len(n) > 1)
    things = _any(form for thing in data["physical"] for form in (thing, *_plurals(thing)))
    span = r"(?:,? (?:a|per) (?:day|week|month|quarter|season|year|kilo|tonne|ton))?"
    rate = re.compile(
        rf"(?P<percent>{words})[\s-]?(?:{percent})(?!\w)"
        rf"|(?<!\w)(?P<symbol>{symbols})\.?\s?(?P<sum>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:\s?(?P<scale1>{scale})\b)?"
        rf"|(?P<amount>{number})(?:[\s-]?(?P<scale2>{scale}))?[\s-](?P<coin>{coins})\b"
        rf"|(?P<count>{words})(?:[\s-]?(?P<scale3>{scale}))?\s(?P<thing>(?:{things})\b"
        rf"(?:(?<=barrels) (?:a|per) day)?){span}",
        re.IGNORECASE,
    )
    return rate, re.compile(rf"(?P<first>{words})\s(?:to|and|or|-)\s$", re.IGNORECASE)


def _any(forms: object) -> str:
    return "|".join(re.escape(f) for f in sorted(forms, key=len, reverse=True))  # type: ignore[call-overload]


def _plurals(thing: str) -> tuple[str, ...]:
    return (thing[:-1] + "ies",) if thing.endswith("y") else (thing + "s", thing + "es")


@cache
def _currencies() -> dict[str, str]:
    return {name.lower(): code for code, names in ontology.load("measures")["currencies"].items() for name in names}


def find_rates(text: str) -> list[Found]:
    """Return the rates in a text, in its order."""
    return list(_rates(text))


@lru_cache(maxsize=256)  # each instrument of a sentence looks at the whole sentence
def _rates(text: str) -> tuple[Found, ...]:
    scales = ontology.load("measures")["scales"]
    pattern, first = _patterns()
    out: list[Found] = []
    for m in pattern.finditer(text):
        if m["percent"]:
            rate = Rate(_number(m["percent"]), "percent")
        elif m["symbol"]:
            rate = Rate(
                _number(m["sum"]) * scales.get((m["scale1"] or "").lower(), 1), _currencies()[m["symbol"].lower()]
            )
        elif m["coin"]:
            rate = Rate(
                _number(m["amount"]) * scales.get((m["scale2"] or "").lower(), 1), _currencies()[m["coin"].lower()]
            )
        else:
            rate = Rate(_number(m["count"]) * scales.get((m["scale3"] or "").lower(), 1), m["thing"].lower())
        before = first.search(text, max(0, m.start() - 24), m.start())
        if before and (not out or out[-1].end <= before.start()):
            was = re.search(r"from (?:about |around |roughly )?$", text[: before.start()]) is not None
            out.append(Found(before.start(), before.end("first"), Rate(_number(before["first"]), rate.unit), was))
        was = re.search(r"\b(?:from|between) (?:(?:about|around|roughly|the) )*$", text[: m.start()]) is not None
        after = re.match(rf"[^.;]{{0,12}}? to (?P<new>{_NUMBER})(?!\s?[%\w]|[,.]\d)", text[m.end() :])
        by = after is not None and re.search(r"\bby\s*$", text[: m.start()]) is not None
        out.append(Found(m.start(), m.end(), rate, was or by))
        if after is not None and by:
            out.append(
                Found(m.end() + after.start("new"), m.end() + after.end("new"), Rate(_number(after["new"]), rate.unit))
            )
    return tuple(out)


def find_parts(text: str, total: Rate) -> tuple[Part, ...]:
    """Return the components that a sentence gives of a rate, each with its reason; none where it tells of no parts."""
    cues = "|".join(re.escape(c) for c in ontology.load("measures")["parts"])
    if not re.search(rf"\b(?:{cues})\b", text, re.IGNORECASE):
        return ()
    smaller = [f for f in find_rates(text) if f.rate.unit == total.unit and f.rate.value < total.value]
    if not smaller or sum(f.rate.value for f in smaller) > total.value + 0.01:
        return ()
    ends = [f.start for f in smaller[1:]] + [len(text)]
    return tuple(Part(f.rate, _reason(text[f.end : end])) for f, end in zip(smaller, ends, strict=True))


def _reason(after: str) -> str | None:
    """Return what a component is for, by the words after its rate: "... for dumping", "... to offset cheap power"."""
    match = re.search(r"\b(?:for|linked to|tied to|because of|due to|(?=to ))\s*(?P<what>[^.;]+)", after)
    if match is None:
        return None
    what = re.split(r", (?:a|an|the|which|who|while|but)\b", match["what"])[0]
    what = re.sub(r"(?:,|\band\b|\s|\ba\b|\ban\b|\banother\b)+$", "", what.rstrip())
    return what or None


def _number(text: str) -> float:
    words = ontology.load("measures")["number_words"]
    return float(words.get(text.lower(), text.replace(",", "")))
