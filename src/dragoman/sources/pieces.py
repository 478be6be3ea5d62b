"""Pieces: paragraphs cut so that no text, however it is made, takes more than its share of time.

In:     a text and the ranges of its paragraphs.
Out:    the ranges that are to be read, in order, and warnings where more than a sentence end was cut.
Units:  characters; see `Limits`.

The tokeniser's time grows with the square of a run without blanks, and much of the reading with the square of a
sentence. Runs longer than `max_word` are left out; paragraphs longer than `max_paragraph` are cut at the end of a
sentence, or, where there is none, between two words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.sources.limits import Limits

_SENTENCE_END = re.compile(r"""[.!?]["'”’)\]]*\s+(?=["'“‘(\[]?[A-Z\d])""")
_BLANK = re.compile(r"\s+")

Range = tuple[int, int]


def cut(text: str, paragraphs: tuple[Range, ...], limits: Limits) -> tuple[tuple[Range, ...], tuple[str, ...]]:
    """Return the ranges with long runs left out and long paragraphs cut, and warnings that say so."""
    if all(end - start <= min(limits.max_word, limits.max_paragraph) for start, end in paragraphs):
        return paragraphs, ()
    words = [piece for each in paragraphs for piece in _without_runs(text, each, limits.max_word)]
    left_out = sum(end - start for start, end in paragraphs) - sum(end - start for start, end in words)
    pieces: list[Range] = []
    torn = 0
    for start, end in words:
        while end - start > limits.max_paragraph:
            stop, after, is_sentence_end = _place_to_cut(text, start, start + limits.max_paragraph)
            pieces.append((start, stop))
            torn += not is_sentence_end
            start = after
        pieces.append((start, end))
    warnings = []
    if left_out:
        warnings.append(
            f"{left_out:,} characters in runs of over {limits.max_word:,} without a blank (max_word) were not read. "
            "Check that the text is one."
        )
    if torn:
        warnings.append(
            f"Sentences of over {limits.max_paragraph:,} characters (max_paragraph) were cut. "
            "Check that the text has its full stops."
        )
    return tuple(pieces), tuple(warnings)


def _without_runs(text: str, paragraph: Range, longest: int) -> Iterator[Range]:
    """Yield what is left of a paragraph without its runs of over `longest` characters that are no blanks."""
    start, end = paragraph
    for run in re.compile(rf"\S{{{longest + 1},}}").finditer(text, start, end):
        if text[start : run.start()].strip():
            yield start, run.start()
        start = run.end()
    if text[start:end].strip():
        yield start, end


def _place_to_cut(text: str, start: int, limit: int) -> tuple[int, int, bool]:
    """Return where a piece ends, where the next begins, and whether a sentence ends there."""
    for pattern, found in ((_SENTENCE_END, True), (_BLANK, False)):
        last = None
        for last in pattern.finditer(text, start + 1, limit):
            pass
        if last is not None:
            return last.end(), last.end(), found
    return limit, limit, False
