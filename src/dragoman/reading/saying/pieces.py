"""Pieces of content: the token ranges of what is said.

In:     token ranges of a sentence.
Out:    `Content`, its ranges free of joining words and punctuation at the edges.
Units:  token numbers of the Doc, half open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

Range = tuple[int, int]
QUOTE_MARKS = frozenset({'"', "“", "”", "''", "``"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_EDGE = frozenset(",;:.-–—")
_JOINERS = frozenset({"and", "but", "yet", "or", "so", "while", "however", "then", "meanwhile", "though"})


@dataclass(frozen=True, slots=True)
class Content:
    """The token ranges of one content and the rule that found them."""

    pieces: tuple[Range, ...]
    rule: str
    judged: int | None = None  # where what is judged begins, if it is no part of the content: "called it [a lie]"
    who: Token | None = None  # the source where its place tells more than the parser


def trimmed(pieces: list[Range], sentence: Tokens, rule: str, who: Token | None = None) -> Content | None:
    """Drop joining words and punctuation at the edges; a content without words is none."""
    doc = sentence.doc
    out = []
    for start, end in pieces:
        while start < end and (doc[start].text in _EDGE or doc[start].is_space or doc[start].lower_ in _JOINERS):
            start += 1
        while start < end and (doc[end - 1].text in _EDGE or doc[end - 1].is_space or doc[end - 1].dep_ == "cc"):
            end -= 1
        if any(t.is_alpha or t.like_num for t in doc[start:end]):
            out.append((start, end))
    return Content(tuple(out), rule, who=who) if out else None
