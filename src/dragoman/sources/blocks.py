"""Blocks: a text cut into the pieces that may be paragraphs, whether its lines are wrapped or not.

In:     any text; lines end with any of Unicode's line ends.
Out:    `Block`s in order: half-open ranges of the text without blanks at their ends and without bullet marks, each
        with whether a blank line or another block comes before it.

The text is never altered: a wrapped paragraph is one range with the line ends inside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from dragoman.sources.dateline import dated_line
from dragoman.sources.furniture import is_furniture

#: Lines longer than this are paragraphs, not wrapped lines, in characters; print is wrapped at 60 to 100. Guess.
WIDEST = 120
#: Lines shorter than this are not seen as wrapped: captions, lists. Guess.
NARROWEST = 30
#: From this share of line breaks inside sentences on, a text is taken to be hard-wrapped; English prose has over half.
WRAPPED = 0.4

#: Every blank of Unicode, and marks that have no width.
_BLANK = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000"
    + "".join(map(chr, range(0x2000, 0x200E)))
    + "\u2060\ufeff"
)
_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BULLET = re.compile(r"(?:[•‣◦●▪■□◆○·*–—-]|\(?\d{1,2}[.)]|o|#{1,6})[ \t\xa0]+(?=\S)")
_BOLD = re.compile(r"(\*\*|__)[^*_]+\1")
_SPEAKER = re.compile(r"(?:[QA]|[A-Z][A-Z'’.-]+(?: [A-Z][A-Z'’.-]+){0,4})(?::|\.? ?--)|[QA]  ")
_ENDS = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_GOES_ON = re.compile(r"[a-z]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its range without blanks at the ends, its indent in characters, whether a blank line precedes."""

    start: int
    end: int
    indent: int
    apart: bool
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of text that may be a paragraph; `apart` when a blank line precedes, `bullet` when it had a mark."""

    start: int
    end: int
    apart: bool
    bullet: bool = False


def blocks(text: str) -> list[Block]:
    """Return the blocks of a text, joined where lines are wrapped."""
    lines = list(_lines(text))
    wrapped = _is_wrapped(lines)
    width = max((len(line.text) for line in lines if len(line.text) <= WIDEST), default=0)
    out: list[Block] = []
    previous: Line | None = None
    for line in lines:
        if previous is not None and not line.apart and _continues(previous, line, wrapped, width):
            out[-1] = Block(out[-1].start, line.end, out[-1].apart, out[-1].bullet)
        else:
            out.append(_block(line))
        previous = line
    return out


def _block(line: Line) -> Block:
    """Return the block that a line begins, without bullet mark, heading mark or the marks of bold type."""
    if _BOLD.fullmatch(line.text):
        return Block(line.start + 2, line.end - 2, line.apart)
    mark = _BULLET.match(line.text)
    start = line.start + (mark.end() if mark else 0)
    return Block(start, line.end, line.apart, mark is not None and not mark[0].startswith("#"))


def _lines(text: str) -> Iterator[Line]:
    """Yield the lines that are not blank."""
    last = None
    for match in _LINE.finditer(text):
        words = match[0].strip(_BLANK)
        if not words:
            continue
        start = match.start() + len(match[0]) - len(match[0].lstrip(_BLANK))
        gap = text[last:start] if last is not None else "\n\n"
        apart = len(re.findall(r"\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]", gap)) > 1
        yield Line(start, start + len(words), start - match.start(), apart, words)
        last = start + len(words)


def _is_wrapped(lines: list[Line]) -> bool:
    """Whether the text's lines are cut at a width, seen from breaks in the middle of sentences."""
    pairs = [(a, b) for a, b in pairwise(lines) if not b.apart and NARROWEST <= len(a.text) <= WIDEST]
    inside = sum(not _ENDS.search(a.text) and bool(_GOES_ON.match(b.text)) for a, b in pairs)
    return bool(pairs) and inside >= WRAPPED * len(pairs)


def _continues(before: Line, line: Line, wrapped: bool, width: int) -> bool:
    """Whether a line goes on with the paragraph of the line before it."""
    if _BULLET.match(line.text) or _SPEAKER.match(line.text):
        return False
    if before.text.isupper() and line.text.isupper() and len(before.text) <= WIDEST:  # a title over two lines
        return not any(is_furniture(each.text) or dated_line(each.text) for each in (before, line))
    ended = bool(_ENDS.search(before.text))
    if len(before.text) > WIDEST or len(line.text) > WIDEST:
        return False
    if not wrapped:
        return not ended and len(before.text) >= NARROWEST and bool(_GOES_ON.match(line.text))
    if before.text.isupper() or (ended and (is_furniture(line.text) or is_furniture(before.text))):
        return False
    if line.indent > before.indent + 1 and ended:
        return False
    room = len(before.text) + before.indent + 1 + len(line.text.split()[0]) < width
    return not (ended and room)
