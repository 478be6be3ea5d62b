"""Typing: which PLOVER type names what a source does to a target in a sentence.

In:     a sentence, and where its two sides stand (either may be missing).
Out:    the type; `weigh` gives a score for each type.

The encoder reads the whole sentence with the two sides in mind; the act patterns know many wordings. Where a pattern's
own sides are the two asked for, its type gains; so does one near by, by less.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dragoman.domain import EVENT_TYPES, Document, EventType
from dragoman.language.acts import Act, find_acts
from dragoman.language.encoder import Chars, Question, encoder
from dragoman.language.parse import parse

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: What a pattern adds to the log-odds of its type: where its sides are those asked for, one of them is, and elsewhere.
BOTH, ONE, NONE = 1.5, 0.8, 0.2  # guess


def classify(text: str, source: Chars | None, target: Chars | None) -> EventType:
    """Return the likeliest type of what `text[source]` does to `text[target]`."""
    scores = weigh(text, source, target)
    return max(EVENT_TYPES, key=lambda t: scores[t])


def weigh(text: str, source: Chars | None, target: Chars | None) -> dict[EventType, float]:
    """Return a score for each type; the highest is the likeliest."""
    parsed = parse(Document(text=text, paragraphs=((0, len(text)),)))
    encoded = encoder().encode([text])[0]
    acts = [a for s in parsed.sentences for a in find_acts(s.tokens)]
    questions = [Question(source, target)] + [Question(source, target, _chars(a)) for a in acts]
    answers = encoder().judge(encoded, questions)
    scores = {t: _log_odds(answers[0].types[t]) for t in EVENT_TYPES}
    for act, answer in zip(acts, answers[1:], strict=True):
        near = _near(act, source, parsed.doc) + _near(act, target, parsed.doc)
        weight = (NONE, ONE, BOTH)[near]
        scores[act.type] += weight
        for kind in EVENT_TYPES:
            scores[kind] += weight * answer.types[kind]
    return scores


def _chars(act: Act) -> Chars:
    return act.head.idx, act.head.idx + len(act.head)


def _near(act: Act, side: Chars | None, doc: Doc) -> bool:
    """Whether a side hangs on the act's words without another verb between."""
    if side is None:
        return False
    own = {w.i for w in act.words}
    tokens = [t for t in doc if t.idx < side[1] and side[0] < t.idx + len(t)]
    return any(_reaches(t, own) for t in tokens)


def _reaches(token: Token, own: set[int]) -> bool:
    for _ in range(8):
        if token.i in own:
            return True
        if token.head.i == token.i or token.pos_ == "VERB":
            return False
        token = token.head
    return False


def _log_odds(probability: float) -> float:
    p = min(max(probability, 1e-6), 1 - 1e-6)
    return math.log(p / (1 - p))
