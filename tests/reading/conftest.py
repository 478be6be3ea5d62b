"""Fixtures for the reading tests: a text with marked words, staged up to the cast and the clock, and the whole reading.

Every text is invented. Square brackets mark the words that a case asks about; they are taken out before reading.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pytest

from dragoman import sources
from dragoman.domain import Reading, Window
from dragoman.language.parse import Parsed, parse
from dragoman.reading import read
from dragoman.reading.attribution import find_attributions
from dragoman.reading.cast import Cast, assemble
from dragoman.reading.when import Clock, clock

if TYPE_CHECKING:
    from spacy.tokens import Token

#: The day on which the texts of these tests were published, unless a case says otherwise: a Wednesday.
TODAY = "2016-06-15"


@dataclass(frozen=True, slots=True)
class Stage:
    """A text read up to its cast and clock; `marked` has the head of each stretch that stood in brackets."""

    parsed: Parsed
    cast: Cast
    clock: Clock
    marked: tuple[Token, ...]


@pytest.fixture(scope="session")
def stage(nlp) -> Callable[..., Stage]:
    """A function that stages a text: `stage("Latvian [officials] left.")`; `published=None` leaves it undated."""

    def make(marked: str, published: str | None = TODAY) -> Stage:
        text, edges = "", []
        for part in re.split(r"([\[\]])", marked):
            if part in ("[", "]"):
                edges.append(len(text))
            else:
                text += part
        parsed = parse(sources.from_text(text, published=published))
        cast = assemble(parsed)
        cast.hear(find_attributions(parsed))
        spans = [
            parsed.doc.char_span(s, e, alignment_mode="expand") for s, e in zip(edges[::2], edges[1::2], strict=True)
        ]
        return Stage(parsed, cast, clock(parsed), tuple(span.root for span in spans if span is not None))

    return make


@pytest.fixture(scope="session")
def reading(nlp) -> Callable[..., Reading]:
    """A function that reads a text from beginning to end."""

    def make(text: str, published: str | date | None = TODAY, title: str | None = None) -> Reading:
        return read(sources.from_text(text, published=published, title=title))

    return make


@pytest.fixture(scope="session")
def dates() -> Callable[[Window | None], tuple[str | None, str | None] | None]:
    """A function that gives a window as a pair of ISO dates, and no window as None."""

    def plain(window: Window | None) -> tuple[str | None, str | None] | None:
        if window is None:
            return None
        start, end = (day.isoformat() if day else None for day in (window.start, window.end))
        return start, end

    return plain
