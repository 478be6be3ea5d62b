"""The words a record's sentences are about: what two reports of one event share, however they put it.

In:     the text of a document and the spans a record rests on.
Out:    word stems, figures and names, without function words, words of reporting and the actors' own names.
Data:   ontology/merging.yaml (words that say nothing about which event is meant), ontology/frequency.yaml (how common
        terms are, counted on training/data by `python -m training.frequency`).

A stem here is cut by English suffix alone; it is never shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from dragoman import ontology
from dragoman.domain import Span

WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
#: Where one sentence ends and the next begins, or a line does.
BREAK = re.compile(r"(?<=[a-z0-9)%\"\u201d\u2019'][.!?][\"\u201d\u2019' ])\s*(?=[A-Z\"\u201c\u2018'])|\n")
SUFFIXES = ("ations", "ation", "ments", "ment", "ings", "ing", "ions", "ion", "ies", "ers", "er", "ed", "es", "s", "e")
#: What stands before the first word of a sentence; its capital says nothing.
OPENS = re.compile(r"(?:^|[.!?:]|\n)[\s\"'\u201c\u2018(-]*\Z")
#: Share of capitalised words from which on a line is a headline (guess).
MOSTLY = 0.6
SHORTEST = 4  # letters that a stem keeps (guess)


def terms(text: str, spans: Iterable[Span]) -> frozenset[str]:
    """Return the terms of the sentences in which the spans lie."""
    found: set[str] = set()
    for start, end in {_sentence(text, span) for span in spans}:
        found |= words(text[start:end])
    return frozenset(found)


@cache
def _idle() -> frozenset[str]:
    """Return words that do not tell one event from another: function words, reporting, names of actors."""
    data = ontology.load("merging")
    idle = {word for group in ("function", "reporting", "calendar") for word in data[group]}
    for form in ontology.all_forms():
        pieces = [p.lower() for p in WORD.findall(form.text)]
        idle.update(pieces if len(pieces) < 3 else ())
    return frozenset(idle | {_stem(word) for word in idle})


@lru_cache(maxsize=8192)  # the words of a claim are looked at beside each statement near it
def words(text: str) -> frozenset[str]:
    """Return the terms of a stretch of text; a name keeps its capital, all else is in lower case."""
    found = set()
    days = {m.start(group) for m in _days().finditer(text) for group in (1, 2) if m[group]}
    tokens = [token for token in WORD.finditer(text) if token.start() not in days]
    shouted = sum(t[0][0].isupper() for t in tokens) > MOSTLY * len(tokens)  # a headline tells no names apart
    for token in tokens:
        plain = token[0].replace("\u2019", "'").removesuffix("'s")
        word = plain.lower()
        if word[0].isdigit():
            found.add(word.replace(",", "").rstrip("."))
        elif len(word) > 2 and word not in _idle():
            stem = _stem(word)
            if stem not in _idle():
                named = plain[0].isupper() and not shouted and not OPENS.search(text, 0, token.start())
                found.add(plain.capitalize() if named else stem)
    return frozenset(found)


@cache
def _days() -> re.Pattern[str]:
    """Return the pattern of a day of the month beside its month: a date is compared as a date, not as a figure."""
    month = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
    return re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)? {month}|\b{month} (\d{{1,2}})\b(?![.,]\d)")


def weight(term: str) -> float:
    """Return how much a term says of which event is meant: 1 for a rare one, less the more often it is used."""
    frequencies: dict[str, float] = ontology.load("frequency")
    return frequencies.get(term, 1.0)


def names(terms: Iterable[str]) -> frozenset[str]:
    """Return the terms that are names of places, persons and things."""
    return frozenset(term for term in terms if term[0].isupper())


def _stem(word: str) -> str:
    for suffix in SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= SHORTEST:
            return word[: -len(suffix)]
    return word


def _sentence(text: str, span: Span) -> tuple[int, int]:
    """Return the bounds of the sentences that a span touches."""
    floor = max(text.rfind("\n", 0, span.start) + 1, 0)
    ceiling = text.find("\n", span.end)
    ceiling = len(text) if ceiling < 0 else ceiling
    breaks = [floor, *(m.end() + floor for m in BREAK.finditer(text[floor:ceiling])), ceiling]
    start = max((b for b in breaks if b <= span.start), default=floor)
    end = min((b for b in breaks if b >= span.end), default=ceiling)
    return start, end
