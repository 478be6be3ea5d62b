"""Disputes: a claim by one side that another side denies in the same document.

In:     the statements of a document, and its events with their mentions.
Out:    `Dispute` records with the words of the claim and of the denial.

A denial needs a claim to stand against: one made by somebody else, close before it (or right after), that the denial
points to ("this claim", "the allegation") or that shares its words. A refused proposal is no dispute.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.domain import Because, Dispute, Person, Span, Statement
from dragoman.language.parse import Parsed
from dragoman.reading.events import Told

if TYPE_CHECKING:
    from spacy.tokens import Token

#: Words by which a denial points back to a claim.
POINTING = re.compile(
    r"\b(?:(?:this|that|these|those|the|such|his|her|its|their|all|any)\s+(?:\w+\s+)?)?"
    r"(claims?|allegations?|accusations?|assertions?|charges?|reports?|version|suggestions?|account)\b",
    re.I,
)
#: How many sentences a claim may stand away from its denial: with a pointing word, and with shared words (guess).
REACH, REACH_BY_WORDS = 4, 30
#: How many content words a denial and a claim must share where no word points (guess).
SHARED = 2


@dataclass(frozen=True, slots=True)
class _Denial:
    speaker: Person
    spans: tuple[Span, ...]
    start: int
    sentence: int
    text: str


def find_disputes(statements: list[Statement], told: list[Told], parsed: Parsed) -> list[Dispute]:
    """Return the disputes of a document, in the order of the denials."""
    claims = [s for s in statements if s.stance == "assert"]
    out: list[Dispute] = []
    used: set[tuple[int, str | None]] = set()
    for denial in _denials(statements, told, parsed):
        claim, pointed = _claim_for(denial, claims, parsed)
        if claim is None:
            continue
        key = (claim.evidence[0].start, denial.speaker.affiliation)
        if key in used:
            continue
        used.add(key)
        claimed = claim.evidence[:1]
        out.append(
            Dispute(
                claimant=claim.speaker,
                denier=denial.speaker,
                claim=claimed,
                denial=denial.spans,
                evidence=(*claimed, *denial.spans),
                because=Because(
                    "dispute.pointed" if pointed else "dispute.shared-words",
                    0.8 if pointed else 0.6,
                    "the denial points back to the claim" if pointed else "the denial shares its words with the claim",
                ),
            )
        )
    return out


def _denials(statements: list[Statement], told: list[Told], parsed: Parsed) -> list[_Denial]:
    """Return every denial: statements that deny, and rejections of a claim without content of their own."""
    out = []
    for statement in statements:
        if statement.stance != "deny":
            continue
        number = _sentence_at(statement.evidence[0].start, parsed)
        whole = parsed.sentences[number].tokens
        out.append(
            _Denial(
                statement.speaker,
                (parsed.quote(whole.start_char, whole.end_char),),
                statement.evidence[0].start,
                number,
                whole.text,
            )
        )
    covered = {d.sentence for d in out}
    for one in told:
        for mention in one.mentions:
            sentence = mention.sentence
            if mention.act.type != "REJECT" or sentence in covered or mention.status != "happened":
                continue
            if not _PROPOSITION.search(" ".join(w.text for w in mention.act.head.subtree)):
                continue
            covered.add(sentence)
            side = mention.sides.actor
            speaker = side.persons[0] if side.persons else Person(_subject_words(mention.act.head), None, side.ids[0])
            out.append(_Denial(speaker, (mention.evidence,), mention.evidence.start, sentence, mention.evidence.quote))
    return sorted(out, key=lambda d: d.start)


_PROPOSITION = re.compile(r"\b(claims?|allegations?|accusations?|assertions?|charges?|reports?|version|suggestions?)\b", re.I)


def _subject_words(verb: Token) -> str:
    for child in verb.children:
        if child.dep_ in ("nsubj", "agent"):
            return " ".join(t.text for t in child.subtree if t.dep_ != "det")
    return verb.text


def _claim_for(denial: _Denial, claims: list[Statement], parsed: Parsed) -> tuple[Statement | None, bool]:
    """Return the claim that a denial stands against and whether the denial points to it."""
    others = [c for c in claims if _other_side(c.speaker, denial.speaker)]
    pointed = bool(POINTING.search(denial.text))
    near = [(c, denial.sentence - _sentence_at(c.evidence[0].start, parsed)) for c in others]
    if pointed:
        close = [(c, d) for c, d in near if 0 <= d <= REACH]
        if close:
            return min(close, key=lambda x: x[1])[0], True
    words = _content_words(denial.sentence, denial.start, parsed)
    best, most = None, SHARED - 1
    for claim, distance in near:
        if abs(distance) > REACH_BY_WORDS:
            continue
        shared = len(words & _words_of(claim.evidence, parsed))
        if shared > most:
            best, most = claim, shared
    return best, False


def _other_side(a: Person, b: Person) -> bool:
    if a.affiliation and b.affiliation:
        return a.affiliation != b.affiliation
    return a.name.split()[-1:] != b.name.split()[-1:]


def _sentence_at(offset: int, parsed: Parsed) -> int:
    for number, sentence in enumerate(parsed.sentences):
        if sentence.tokens.start_char <= offset < sentence.tokens.end_char:
            return number
    return 0


def _content_words(sentence: int, start: int, parsed: Parsed) -> set[str]:
    return _lemmas([t for t in parsed.sentences[sentence].tokens if t.idx >= start])


def _words_of(spans: tuple[Span, ...], parsed: Parsed) -> set[str]:
    out: set[str] = set()
    for span in spans:
        out |= _lemmas(list(parsed.doc.char_span(span.start, span.end, alignment_mode="expand") or ()))
    return out


def _lemmas(tokens: list[Token]) -> set[str]:
    return {t.lemma_.lower() for t in tokens if t.pos_ in ("NOUN", "VERB", "ADJ") and not t.is_stop and len(t) > 2}
