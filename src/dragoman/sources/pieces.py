"""Pieces: paragraphs cut so that no text, however it is made, takes more than its share of time.

In:     a text and the ranges of its paragraphs.
Out:    the ranges that are to be read, in order, and warnings where words were left out or a sentence was cut.
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
_RUN = re.compile(r"\S+")

Range = tuple[int, int]


def cut(text: str, paragraphs: tuple[Range, ...], limits: Limits) -> tuple[tuple[Range, ...], tuple[str, ...]]:
    """Return the ranges with long runs left out and long paragraphs cut, and warnings that say so."""
    runs = [run for each in paragraphs for run in _runs(text, each, limits.max_word)]
    pieces: list[Range] = []
    torn = False
    for start, end in _between(paragraphs, runs):
        while end - start > limits.max_paragraph:
            stop, is_sentence_end = _place_to_cut(text, start, start + limits.max_paragraph)
            pieces.append((start, stop))
            torn |= not is_sentence_end
            start = stop
        pieces.append((start, end))
    warnings = []
    if runs:
        warnings.append(
            f"{sum(end - start for start, end in runs):,} characters in runs of over {limits.max_word:,} without a "
            "blank (max_word) were not read. Check that they are no text."
        )
    if torn:
        warnings.append(
            f"Sentences of over {limits.max_paragraph:,} characters (max_paragraph) were cut. "
            "Check that the text has its full stops."
        )
    return tuple(_trimmed(text, pieces)), tuple(warnings)


def _runs(text: str, paragraph: Range, longest: int) -> Iterator[Range]:
    """Yield the runs of over `longest` characters without a blank."""
    if paragraph[1] - paragraph[0] > longest:
        yield from (run.span() for run in _RUN.finditer(text, *paragraph) if run.end() - run.start() > longest)


def _between(paragraphs: tuple[Range, ...], runs: list[Range]) -> Iterator[Range]:
    """Yield what is left of the paragraphs without the runs."""
    for start, end in paragraphs:
        for run_start, run_end in runs:
            if start <= run_start and run_end <= end:
                yield start, run_start
                start = run_end
        yield start, end


def _place_to_cut(text: str, start: int, limit: int) -> tuple[int, bool]:
    """Return the last place before `limit` where a piece may end, and whether a sentence ends there."""
    for pattern, is_sentence_end in ((_SENTENCE_END, True), (_BLANK, False)):
        places = [match.end() for match in pattern.finditer(text, start + 1, limit)]
        if places:
            return places[-1], is_sentence_end
    return limit, False


def _trimmed(text: str, pieces: list[Range]) -> Iterator[Range]:
    """Yield the pieces without blanks at their ends, and none that is all blank."""
    for start, end in pieces:
        words = text[start:end]
        if kept := words.strip():
            start += len(words) - len(words.lstrip())
            yield start, start + len(kept)
