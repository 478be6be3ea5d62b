"""The shape of an attribution, and the small questions that all who make one ask.

In:     a `Parsed` document and tokens of it.
Out:    `Attribution`; the characters of a noun phrase; the sentence and tokens at given characters.
Units:  half-open character ranges of the document's text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.domain import Quotation, Stance
from dragoman.language.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

Chars = tuple[int, int]
#: What belongs to a noun phrase.
_PARTS = frozenset({
    "det", "predet", "amod", "compound", "poss", "nummod", "nmod", "quantmod", "appos", "prep", "case", "relcl", "acl",
    "conj", "cc", "advmod", "neg",
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Content that a text gives as somebody's word.

    `source` is the head of the source's noun phrase, None where nobody is named. `cue` is the range of the cue's
    words, and `contents` the ranges of what is said, in order. `rule` names how it was found;
    `judged` is the character where the thing judged begins, where a quotation alone is the content;
    `wide` marks what the records of the ledger do without (what somebody mentions, backs or wants).
    """

    source: Token | None
    source_span: Chars | None
    cue: Chars
    cue_token: Token | None
    cue_lemma: str
    cue_class: str
    contents: tuple[Chars, ...]
    kind: Quotation = "indirect"
    stance: Stance = "assert"
    sentence: int
    paragraph: int
    rule: str
    channel: str | None = None
    judged: int | None = None
    wide: bool = False


def phrase(head: Token, cue: Token | None = None) -> Chars:
    """Return the characters of the noun phrase of a source, up to the cue where that stands among its dependants."""
    tokens = [head]
    for child in head.children:
        if child.dep_ in _PARTS and (cue is None or not (child == cue or child.is_ancestor(cue))):
            tokens += list(child.subtree)
    if cue is not None and cue != head:
        tokens = [t for t in tokens if (t.i < cue.i) == (head.i < cue.i)]
    tokens = [t for t in tokens if t.i == head.i or not (t.is_punct or t.is_space)]
    first, last = min(tokens, key=lambda t: t.i), max(tokens, key=lambda t: t.i)
    return first.idx, last.idx + len(last)


def tokens_at(parsed: Parsed, start: int, end: int) -> list[Token]:
    """Return the tokens that lie wholly between two characters."""
    span = parsed.doc.char_span(start, end, alignment_mode="contract") if end > start else None
    return list(span) if span is not None else []


def sentence_at(parsed: Parsed, at: int) -> int:
    """Return the number of the sentence in which a character stands."""
    for number, sentence in enumerate(parsed.sentences):
        if sentence.tokens.start_char <= at < sentence.tokens.end_char:
            return number
    return max(0, len(parsed.sentences) - 1)
