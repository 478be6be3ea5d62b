"""Page furniture: the lines around a text that are not to be read, and the places that open a dateline.

In:     one line or paragraph, as a string.
Out:    yes or no.
Data:   patterns and places in ontology/furniture.yaml.

A line is judged by its words alone; where on the page it stands is the business of `layout`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from dragoman import ontology

#: Longest line that can be furniture, in characters; a notice about cookies or confidentiality is the longest. Guess.
LONGEST = 600

_RULES = " \t*_=|•·»«<>→←▶►▼▲~…"
_SPACE = re.compile(r"\s+")


@cache
def _data() -> dict[str, Any]:
    """Return the data file as loaded."""
    data: dict[str, Any] = ontology.load("furniture")
    return data


@cache
def _lines() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str] | None], ...]:
    """Return each pattern for a line with its name and the pattern that speaks against it."""
    return tuple(
        (
            entry["id"],
            re.compile(entry["pattern"], 0 if entry.get("case") else re.IGNORECASE),
            re.compile(entry["unless"], re.IGNORECASE) if entry.get("unless") else None,
        )
        for entry in _data()["lines"]
    )


@cache
def _endings() -> tuple[re.Pattern[str], ...]:
    """Return the patterns for lines after which nothing more is read."""
    return tuple(re.compile(entry["pattern"], re.IGNORECASE) for entry in _data()["endings"])


@cache
def places() -> frozenset[str]:
    """Return the places known to open datelines, in lower case."""
    return frozenset(place.strip().lower() for place in _data()["places"].split("|"))


@cache
def small_words() -> frozenset[str]:
    """Return the words that titles in capitals keep small."""
    return frozenset(_data()["small_words"].split())


def _tidy(line: str) -> str:
    """Collapse blanks and take rules of stars, bars and arrows off the ends."""
    return _SPACE.sub(" ", line).strip(_RULES)


def kind(line: str) -> str | None:
    """Return what kind of furniture the line is by its own words ("share", "byline"), or None if it is none."""
    if len(line) > LONGEST:
        return None
    line = _tidy(line)
    if not any(char.isalnum() for char in line):
        return "rule"
    return next(
        (
            name
            for name, pattern, unless in _lines()
            if pattern.fullmatch(line) and not (unless and unless.search(line))
        ),
        None,
    )


def is_furniture(line: str) -> bool:
    """Whether the line is furniture by its own words: a share button, a byline, a copyright notice."""
    return kind(line) is not None


def is_ending(line: str) -> bool:
    """Whether the line closes a text: a comment form, "Related articles", "-END-"."""
    if len(line) > 80:  # guess: closing lines are short
        return False
    line = _tidy(line)
    return any(pattern.fullmatch(line) for pattern in _endings())
