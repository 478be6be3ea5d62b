"""Quotation marks: which stretches of a text stand between them.

In:     a text and its paragraphs as `(start, end)` ranges.
Out:    `Quote` records, in order: the stretch with and without its marks, and whether it carries on an earlier one.
Units:  character offsets into the text.
Data:   none; double marks, straight (" or '') and curly, and curly single marks around two words or more.

A quotation that is opened and not closed runs to the end of its paragraph; where the next paragraph opens with a
mark again, that one carries it on, as printers have it. No quotation crosses a paragraph break by itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_OPENING, _CLOSING, _STRAIGHT = ("“", "„", "«", "``"), ("”", "»"), '"'
_MARK = re.compile(r"[“„«”»\"]|``|''")
_SINGLE = re.compile(r"(?<![\w’])‘(?=\S)([^‘’“”]*(?:’(?=\w)[^‘’“”]*)*)’(?!\w)")


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: `start..end` with its marks, `inner..inner_end` without; `carries_on` links it to the one before."""

    start: int
    end: int
    inner: int
    inner_end: int
    paragraph: int
    closed: bool
    carries_on: bool = False


def find_quotes(text: str, paragraphs: Sequence[tuple[int, int]]) -> list[Quote]:
    """Return the quotations of a text in order."""
    found: list[Quote] = []
    for number, (start, end) in enumerate(paragraphs):
        before = found[-1] if found else None
        carries = before is not None and not before.closed and before.paragraph == number - 1
        quotes = _in_paragraph(text, start, end, number)
        if carries and quotes and text[start : quotes[0].start].strip() == "":
            first = quotes[0]
            quotes[0] = Quote(first.start, first.end, first.inner, first.inner_end, number, first.closed, True)
        found += quotes
    return found


def _in_paragraph(text: str, start: int, end: int, number: int) -> list[Quote]:
    """Pair the marks of one paragraph."""
    found: list[Quote] = []
    opened: tuple[int, int] | None = None  # where the mark stands and how long it is
    for mark in _MARK.finditer(text, start, end):
        at, sign = mark.start(), mark.group()
        if sign == _STRAIGHT and _is_measure(text, at):
            continue
        if opened is None:
            opens = text[mark.end() : mark.end() + 1].isalnum() and (at == start or text[at - 1].isspace())
            opened = mark.span() if opens or sign not in _CLOSING else None
        elif sign not in _OPENING:
            found.append(_quote(text, opened, mark.span(), number))
            opened = None
    if opened is not None:
        found.append(_quote(text, opened, (end, end), number))
    singles = [
        _quote(text, (m.start(), m.start() + 1), (m.end() - 1, m.end()), number)
        for m in _SINGLE.finditer(text, start, end)
        if " " in m.group(1) and not any(q.start < m.start() < q.end for q in found)
    ]
    return sorted([q for q in found + singles if q.inner < q.inner_end], key=lambda q: q.start)


def _is_measure(text: str, at: int) -> bool:
    """Whether a straight mark stands for inches, as in 6" pipe."""
    return at > 0 and text[at - 1].isdigit() and text[at + 1 : at + 2] == " " and text[at - 2 : at - 1] in " -"


def _quote(text: str, opening: tuple[int, int], closing: tuple[int, int], number: int) -> Quote:
    """Return the quotation between two marks; an empty closing mark means that it was never closed."""
    inner, inner_end = opening[1], closing[0]
    while inner < inner_end and text[inner].isspace():
        inner += 1
    while inner_end > inner and text[inner_end - 1].isspace():
        inner_end -= 1
    return Quote(opening[0], closing[1], inner, inner_end, number, closing[0] < closing[1])
