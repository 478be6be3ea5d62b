"""Rates: percentages, sums of money and quantities in a text, with their units.

In:     a string.
Out:    `find_rates`: each `Rate` with its place; percent, ISO 4217 currency codes, or the physical unit as written.
Data:   the units of ontology/measures.yaml.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from dragoman import ontology
from dragoman.domain import Rate

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"


class Found(NamedTuple):
    """A rate and the characters it stands on."""

    start: int
    end: int
    rate: Rate


@cache
def _pattern() -> re.Pattern[str]:
    data = ontology.load("measures")
    percent = "|".join(re.escape(u) for u in sorted(data["units"]["percent"], key=len, reverse=True))
    symbols = [s for names in data["currencies"].values() for s in names if not s[-1].islower()] + ["Rs"]
    words = [s for names in data["currencies"].values() for s in names if s[-1].islower() and s != "Rs"]
    scale = "|".join(sorted(data["scales"], key=len, reverse=True))
    things = "|".join(data["physical"])
    return re.compile(
        rf"(?P<percent>{_NUMBER})(?:\s|-)?(?:{percent})(?!\w)"
        rf"|(?P<symbol>{'|'.join(re.escape(s) for s in sorted(set(symbols), key=len, reverse=True))})\.?\s?(?P<sum>{_NUMBER})"
        rf"(?:\s?(?P<scale1>{scale})\b)?"
        rf"|(?P<amount>{_NUMBER})(?:[\s-](?P<scale2>{scale}))?[\s-](?P<word>{'|'.join(sorted(words, key=len, reverse=True))})\b"
        rf"|(?P<count>{_NUMBER})(?:\s(?P<scale3>{scale}))?\s(?P<thing>{things})\b",
        re.I,
    )


@cache
def _currency() -> dict[str, str]:
    return {s.lower(): code for code, names in ontology.load("measures")["currencies"].items() for s in names}


def find_rates(text: str) -> list[Found]:
    """Return the rates in a text, in its order."""
    scales = ontology.load("measures")["scales"]
    out = []
    for m in _pattern().finditer(text):
        if m["percent"]:
            rate = Rate(_number(m["percent"]), "percent")
        elif m["symbol"]:
            rate = Rate(_number(m["sum"]) * scales.get((m["scale1"] or "").lower(), 1), _currency()[m["symbol"].lower()])
        elif m["word"]:
            rate = Rate(_number(m["amount"]) * scales.get((m["scale2"] or "").lower(), 1), _currency()[m["word"].lower()])
        else:
            rate = Rate(_number(m["count"]) * scales.get((m["scale3"] or "").lower(), 1), m["thing"].lower())
        out.append(Found(m.start(), m.end(), rate))
    return out


def _number(text: str) -> float:
    return float(text.replace(",", ""))
