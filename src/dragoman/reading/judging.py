"""Judging: what the encoder says of the acts in a document's sentences.

In:     a `Parsed` document and its `Cast`.
Out:    `Verdicts`: for an act that the rules propose, how likely it is a record and of which type; and `Relation`s
        between mentions that no rule proposed.
Cost:   one run of the encoder over the sentences that mention two actors or more; the questions are cheap beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.domain import EVENT_TYPES, EventType
from dragoman.language.encoder import Chars, Encoded, Judgement, Question, covered, encoder
from dragoman.language.parse import Parsed
from dragoman.reading.cast import Cast
from dragoman.reading.mentions import Mention, find_mentions

if TYPE_CHECKING:
    from spacy.tokens import Token

#: Mentions of a sentence that are asked about, at most; the square of it are the questions (guess).
MOST = 7
#: A relation below this is not looked at further (guess; `events` asks for more).
FAINT = 0.3


@dataclass(frozen=True, slots=True)
class Relation:
    """What one mention does to another, in which words, and how likely the encoder finds it."""

    type: EventType
    source: Mention
    target: Mention
    head: Token
    score: float
    judgement: Judgement


@dataclass(slots=True)
class Verdicts:
    """The encoder's view of one document."""

    parsed: Parsed
    mentions: dict[int, list[Mention]]
    encoded: dict[int, Encoded]

    def on(self, number: int, head: Token, actors: Iterable[str], recipients: Iterable[str]) -> Judgement | None:
        """Return the judgement on an act in sentence `number`, None where the sentence was not encoded.

        A side that the sentence does not name is left open. Of acts done together, whose sides are all actors, either
        direction may be the one told.
        """
        encoded = self.encoded.get(number)
        if encoded is None:
            return None
        sources, targets = self._of(number, actors, head), self._of(number, recipients, head)
        spans: list[list[Chars | None]] = [
            [self._span(number, m) for m in side] or [None] for side in (sources, targets)
        ]
        pairs = [(spans[0][0], spans[1][0])]
        if not targets and len(sources) > 1:
            pairs = [(spans[0][0], spans[0][1]), (spans[0][1], spans[0][0])]
        asked = [Question(a, b, self._chars(number, head)) for a, b in pairs]
        return max(encoder().judge(encoded, asked), key=lambda j: max(j.types.values()))

    def relations(self, number: int) -> list[Relation]:
        """Return what the mentions of sentence `number` do to one another, the likeliest first."""
        encoded = self.encoded.get(number)
        if encoded is None:
            return []
        mentions = self.mentions[number][:MOST]
        pairs = [(a, b) for a in mentions for b in mentions if a is not b and not set(a.ids) & set(b.ids)]
        asked = [Question(self._span(number, a), self._span(number, b)) for a, b in pairs]
        out = []
        for (source, target), judgement in zip(pairs, encoder().judge(encoded, asked), strict=True):
            for kind in EVENT_TYPES:
                if judgement.types[kind] >= FAINT:
                    head = self._head(number, judgement)
                    if head is not None:
                        out.append(Relation(kind, source, target, head, judgement.types[kind], judgement))
        return sorted(out, key=lambda r: -r.score)

    def tag(self, number: int, head: Token, kind: EventType) -> float:
        """Return how likely a word of sentence `number` names an act of a type, whoever does it."""
        encoded = self.encoded[number]
        inside = covered(encoded, self._chars(number, head))
        return float(encoded.acts[inside, 1 + EVENT_TYPES.index(kind)].max()) if inside.any() else 0.0

    def _of(self, number: int, ids: Iterable[str], head: Token) -> list[Mention]:
        """Return the mentions that stand for the actors: for each actor the nearest to the act, the nearest first."""
        found: dict[str, Mention] = {}
        for mention in sorted(self.mentions[number], key=lambda m: abs(m.head - head.i)):
            for one in set(ids) & set(mention.ids):
                found.setdefault(one, mention)
        return list(dict.fromkeys(found.values()))

    def _span(self, number: int, mention: Mention) -> Chars:
        start: int = self.parsed.sentences[number].tokens.start_char
        return mention.start - start, mention.end - start

    def _chars(self, number: int, head: Token) -> Chars:
        start: int = self.parsed.sentences[number].tokens.start_char
        return head.idx - start, head.idx - start + len(head)

    def _head(self, number: int, judgement: Judgement) -> Token | None:
        """Return the verb or noun to which a pair looked most."""
        tokens = self.parsed.sentences[number].tokens
        taken = {m.head for m in self.mentions[number]}
        weights: dict[int, float] = {}
        offsets = self.encoded[number].offsets
        for token in tokens:
            if token.pos_ in ("VERB", "NOUN") and token.i not in taken:
                start, end = self._chars(number, token)
                weights[token.i] = sum(
                    float(w) for w, (a, b) in zip(judgement.looked, offsets, strict=True) if a < end and start < b
                )
        best = max(weights, key=lambda i: weights[i], default=None)
        return self.parsed.doc[best] if best is not None else None


def judge(parsed: Parsed, cast: Cast) -> Verdicts:
    """Encode the sentences of a document that mention two actors or more."""
    mentions = {n: find_mentions(s, cast) for n, s in enumerate(parsed.sentences) if not s.is_headline}
    worth = [n for n, found in mentions.items() if len({i for m in found for i in m.ids}) > 1]
    texts = [parsed.document.text[(t := parsed.sentences[n].tokens).start_char : t.end_char] for n in worth]
    return Verdicts(parsed, mentions, dict(zip(worth, encoder().encode(texts), strict=True)))
