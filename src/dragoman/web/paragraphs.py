"""The text of a document in paragraphs with the words that entries rest on, as much of it as one page may show.

In:     the text, the spans of each entry, the characters at which paragraphs begin.
Out:    `Block`s: paragraphs in segments (see show/segments.py), none of which overlap, and where the next page goes on.
Units:  characters of the text; bytes of the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import escape

from dragoman.domain import Span
from dragoman.show.segments import Segment, segments
from dragoman.show.words import clean

#: Bytes of a text that one page shows, and characters of one stretch that has no paragraphs (guesses).
TEXT, STRETCH = 110_000, 4_000


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph in segments; `skipped` counts the characters left out before it, which begin at `gap`."""

    segments: tuple[Segment, ...]
    skipped: int = 0
    gap: int = 0


def shown_text(
    text: str, spans: Mapping[str, Sequence[Span]], paragraphs: Iterable[int], start: int = 0
) -> tuple[list[Block], int | None]:
    """Return the paragraphs that a page shows and the character from which the next page goes on (None: no more).

    `spans` are the words that each entry rests on, `paragraphs` the characters at which paragraphs begin.

    From the beginning, a text too long for one page is shown where entries rest on it; elsewhere whole.
    """
    ranges = stretches(text, paragraphs)
    evidence: dict[str, Sequence[Span]] = {"": [Span(first, last, "") for first, last in ranges]}
    cut = segments(text, {**evidence, **spans})
    blocks = [tuple(segment for segment in block) for block in _by_block(cut, [first for first, _ in ranges])]
    sizes = [_size(block) for block in blocks]
    abridged = not start and sum(sizes) > TEXT
    shown: list[Block] = []
    used = skipped = gap = 0
    for block, size in zip(blocks, sizes, strict=True):
        if block[-1].start + len(block[-1].text) <= start:
            continue
        if abridged and shown and not any(segment.records for segment in block):
            gap, skipped = (gap if skipped else block[0].start), skipped + sum(len(one.text) for one in block)
            continue
        if shown and used + size > TEXT:
            return shown, gap if skipped else block[0].start
        shown.append(Block(block, skipped, gap))
        used, skipped = used + size, 0
    return shown, gap if skipped else None


def stretches(text: str, paragraphs: Iterable[int]) -> list[tuple[int, int]]:
    """Return the paragraphs of a text as ranges: parted by blank lines and where `paragraphs` begin a line.

    One that is too long for a page is parted at a blank.
    """
    known, found, first, at = set(paragraphs), [], None, 0
    for line in text.splitlines(keepends=True):
        bare = bool(line.strip())
        if first is not None and (not bare or at in known):
            found.append((first, at))
            first = None
        if bare and first is None:
            first = at
        at += len(line)
    found += [(first, at)] if first is not None else []
    return [part for first, last in found for part in _parted(text, first, last)]


def _parted(text: str, first: int, last: int) -> Iterable[tuple[int, int]]:
    while last - first > STRETCH:
        blank = text.rfind(" ", first + STRETCH // 2, first + STRETCH)
        cut = blank + 1 if blank > 0 else first + STRETCH
        yield first, cut
        first = cut
    yield first, last


def _by_block(cut: Sequence[Segment], starts: Sequence[int]) -> list[list[Segment]]:
    """Return segments by paragraph, without the blanks between paragraphs and the mark of a paragraph on them."""
    heads, found = set(starts), list[list[Segment]]()
    for one in cut:
        records = tuple(id for id in one.records if id)
        if "" not in one.records and not records:
            continue
        if one.start in heads or not found:
            found.append([])
        ending = tuple(id for id in one.ending if id)
        found[-1].append(Segment(one.start, one.text, records, ending))
    return found


def _size(block: Iterable[Segment]) -> int:
    """Return the bytes of a paragraph on a page, its marks with them."""
    return sum(len(escape(clean(one.text)).encode()) + 40 * (len(one.records) + len(one.ending)) + 20 for one in block)
