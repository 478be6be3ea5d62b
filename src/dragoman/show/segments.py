"""The text of a document cut where evidence begins and ends, so that overlapping quotes can be marked in HTML.

In:     the text and, by record, the spans it rests on.
Out:    `Segment`s that together are the whole text, each with the records whose evidence covers it.
Text:   offsets count characters of the text; spans outside it, or empty, are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dragoman.domain import Span


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text, the records whose evidence covers all of it, and those whose quote ends with it.

    `gap` says that a paragraph begins here which the text itself does not set off by a blank line.
    """

    start: int
    text: str
    records: tuple[str, ...]
    ending: tuple[str, ...]
    gap: bool = False


def segments(text: str, evidence: Mapping[str, Sequence[Span]], *, paragraphs: Iterable[int] = ()) -> list[Segment]:
    """Return the text in segments, in order; a record is named once per segment however often it quotes it.

    `paragraphs` are the offsets at which paragraphs begin.
    """
    gaps = {start for start in paragraphs if 0 < start < len(text) and _follows_text(text, start)}
    spans = [
        (span.start, span.end, record)
        for record, quotes in evidence.items()
        for span in quotes
        if 0 <= span.start < span.end <= len(text)
    ]
    opening: dict[int, list[str]] = {}
    closing: dict[int, list[str]] = {}
    for start, end, record in spans:
        opening.setdefault(start, []).append(record)
        closing.setdefault(end, []).append(record)
    open_now: dict[str, int] = {}
    found = []
    for start, end in pairwise(sorted({0, len(text), *gaps, *opening, *closing})):
        for record in closing.get(start, ()):
            open_now[record] -= 1
        for record in opening.get(start, ()):
            open_now[record] = open_now.get(record, 0) + 1
        covering = tuple(record for record in evidence if open_now.get(record))
        ending = tuple(record for record in evidence if record in closing.get(end, ()))
        found.append(Segment(start, text[start:end], covering, ending, start in gaps))
    return found


def _follows_text(text: str, start: int) -> bool:
    """Tell whether `start` begins a line and the line before it is not blank."""
    line = text.rfind("\n", 0, start)
    begins_line = line >= 0 and not text[line:start].strip()
    return begins_line and bool(text[text.rfind("\n", 0, line) + 1 : line].strip())
