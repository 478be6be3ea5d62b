"""PLOVER types of given sides: which type names what a source does to a target in a sentence.

In:     a sentence, and where its two sides stand (either may be missing).
Out:    the type, as PLOVER's codebook counts it.

The encoder reads the whole sentence with the two sides in mind; where a pattern names an act near them, its type gains.
The ledger keeps the status of an act apart from its type; PLOVER does not, so what only lies ahead is a promise
(AGREE) or a threat (THREATEN), and what somebody will not do is a refusal (REJECT).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dragoman.domain import EVENT_TYPES, Document, EventType
from dragoman.language.acts import Act, find_acts
from dragoman.language.encoder import Chars, Judgement, Question, encoder
from dragoman.language.parse import parse
from dragoman.reading.modality import standing

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: What a pattern adds to the log-odds of its type where one and where both of its sides hang on its words (tuned on
#: the public training part: 0 to 1 are alike).
GAINS = (0.0, 0.3, 0.6)
#: Friendly acts that are a promise as long as they lie ahead, and unfriendly ones that are a threat.
PROMISED = frozenset({"CONSULT", "COOPERATE", "AID", "RETREAT", "CONCEDE"})
THREATENED = frozenset({"ASSAULT", "SANCTION", "COERCE", "MOBILIZE", "PROTEST"})
#: How sure the encoder must be that an act lies ahead where no pattern names it (tuned with the gains).
AHEAD = 0.7


def classify(text: str, source: Chars | None, target: Chars | None) -> EventType:
    """Return what `text[source]` does to `text[target]`."""
    parsed = parse(Document(text=text, paragraphs=((0, len(text)),)))
    encoded = encoder().encode([text])[0]
    judgement = encoder().judge(encoded, [Question(source, target)])[0]
    found = [a for sentence in parsed.sentences for a in find_acts(sentence.tokens)]
    acts = [(a, _near(a, source, parsed.doc) + _near(a, target, parsed.doc)) for a in found]
    scores = {t: _log_odds(judgement.types[t]) for t in EVENT_TYPES}
    for act, near in acts:
        scores[act.type] += GAINS[near]
    kind = max(EVENT_TYPES, key=lambda t: scores[t])
    closest = max((a for a in acts if a[0].type == kind), key=lambda a: a[1], default=None)
    return _as_plover(kind, judgement, closest[0] if closest else None)


def _as_plover(kind: EventType, judgement: Judgement, act: Act | None) -> EventType:
    """Return the type that PLOVER gives an act of the ledger's type with this status."""
    if act is not None:
        stands = standing(act.head)
        ahead = stands.status in ("planned", "possible")
        refused = stands.status == "denied" and bool(stands.future)
    else:
        ahead, refused = judgement.status["planned"] + judgement.status["possible"] > AHEAD, False
    if kind in PROMISED and refused:
        return "REJECT"
    if ahead and kind in PROMISED:
        return "AGREE"
    return "THREATEN" if ahead and kind in THREATENED else kind


def _near(act: Act, side: Chars | None, doc: Doc) -> bool:
    """Whether a side hangs on the act's words without another verb between."""
    if side is None:
        return False
    own = {w.i for w in act.words}
    tokens = [t for t in doc if t.idx < side[1] and side[0] < t.idx + len(t)]
    return any(_reaches(t, own) for t in tokens)


def _reaches(token: Token, own: set[int]) -> bool:
    for _ in range(8):  # as far as a missing subject is looked for
        if token.i in own:
            return True
        if token.head.i == token.i or token.pos_ == "VERB":
            return False
        token = token.head
    return False


def _log_odds(probability: float) -> float:
    p = min(max(probability, 1e-6), 1 - 1e-6)
    return math.log(p / (1 - p))
