"""Act words: the forms under which a word of a text may stand in the patterns of acts.

In:     a spaCy token.
Out:    `forms`: its lemma, its plain form and the like; `hyphenated`: the whole that its hyphens make of it.

Both are asked for many times over, so what was worked out is kept with the document.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dragoman.language.act_patterns import normal

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_KEPT = "dragoman.act_words"


@dataclass(slots=True)
class _Known:
    """What was worked out about a document's words, by their index."""

    forms: dict[int, frozenset[str]] = field(default_factory=dict)
    hyphenated: dict[int, str] = field(default_factory=dict)


def _known(doc: Doc) -> _Known:
    """Return what is known of this document so far."""
    known: _Known | None = doc.user_data.get(_KEPT)
    if known is None:
        known = doc.user_data[_KEPT] = _Known()
    return known


def forms(word: Token) -> frozenset[str]:
    """Return a complement's lemma, its plain form and what its hyphens make of it."""
    known = _known(word.doc).forms
    if word.i not in known:
        found = {normal(word.lemma_), normal(word.lower_)}
        if whole := hyphenated(word):
            found.add(whole)
        if word.tag_ == "NNS" and word.lower_.endswith("s"):
            found.add(normal(word.lower_[:-1]))
        known[word.i] = frozenset(found)
    return known[word.i]


def hyphenated(word: Token) -> str:
    """Return the whole of a hyphenated word ("build-up", "sit-in") at the part that the rest of the sentence sees."""
    known = _known(word.doc).hyphenated
    if word.i not in known:
        known[word.i] = _joined(word)
    return known[word.i]


def _joined(word: Token) -> str:
    """Work out what `hyphenated` returns."""
    doc, first, last = word.doc, word.i, word.i
    while first >= 2 and _joins(doc[first - 1]):
        first -= 2
    while last + 2 < len(doc) and _joins(doc[last + 1]):
        last += 2
    if first == last or (first <= word.head.i <= last and word.head.i != word.i):
        return ""
    last_part = doc[last]
    plural = last_part.tag_ == "NNS"
    return normal(doc[first : last + 1].text.lower().removesuffix("s" if plural else ""))


def _joins(mark: Token) -> bool:
    """Whether a token is a hyphen without blanks round it."""
    return mark.text == "-" and not mark.whitespace_ and not mark.nbor(-1).whitespace_
