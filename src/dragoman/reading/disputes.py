"""Disputes: a claim by one side that another side denies in the same document.

In:     the statements of a document, its events, its syntax and its cast.
Out:    `Dispute` records with the words of the claim and of the denial.
Data:   ontology/disputes.yaml: the words that are signs of a dispute, and what each sign is worth.

Every wording that may deny is set against every claim of another side near it. The signs that the one answers the
other are added up, and pairs above the bar are taken, best first. A refused proposal is no dispute, and neither is a
contrast without any word that denies. A denial without content of its own ("denied responsibility") may also answer a
deed, whose clause then stands for the claim.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dragoman.domain import Because, Dispute, Statement
from dragoman.language.parse import Parsed
from dragoman.reading.cast import Cast
from dragoman.reading.contested import (
    Word,
    find_claims,
    find_denials,
    lexicon,
    named_claims,
    pattern,
    same_side,
    says_no,
)
from dragoman.reading.deeds import Deed, find_deeds, is_bare
from dragoman.reading.folding import Told
from dragoman.reading.sides import Sides

REACH = 8  # sentences from a claim to a denial after it (guess)
BEHIND = 1  # sentences from a denial to a claim after it (guess)
DEED_REACH = 4  # sentences from a deed to a denial of it (guess)
AUTHOR_REACH = 2  # sentences between an author's word and what it answers or is answered by (guess)
OPENING = 6  # words with which a denial opens (guess)
#: Signs that a denial denies, where its sentence has no word that does (`says_no`).
DENYING = frozenset(("denial denied", "denial told", "corrects", "answers"))
ALIKE = 3  # shared content words that make a denial speak of the same thing (guess)


@dataclass(frozen=True, slots=True)
class _Pair:
    """A claim and its presumed denial, with the signs for and against and their worth."""

    claim: Word
    denial: Word
    signs: tuple[str, ...]
    worth: float


def find_disputes(statements: list[Statement], told: list[Told], parsed: Parsed, cast: Cast) -> list[Dispute]:
    """Return the disputes of a document, in the order of their denials."""
    pairs = [p for p in _pairs(statements, told, parsed, cast) if p.worth > lexicon()["bar"]]
    pairs = [p for p in pairs if DENYING & set(p.signs) or says_no(p.denial, parsed)]
    pairs.sort(key=lambda p: (p.claim.found in ("named", "event"), -p.worth))
    kept: list[_Pair] = []
    for pair in pairs:
        if all(_differ(pair, other) for other in kept):
            kept.append(pair)
    return [_dispute(p) for p in sorted(kept, key=lambda p: p.denial.start)]


def _dispute(pair: _Pair) -> Dispute:
    claim, denial = pair.claim, pair.denial
    score = 1 / (1 + math.exp(-pair.worth))
    return Dispute(
        claimant=claim.speaker,
        denier=denial.speaker,
        claim=claim.spans,
        denial=denial.spans,
        evidence=tuple(dict.fromkeys(sorted((*claim.spans, *denial.spans)))),
        because=Because(f"dispute.{denial.found}", round(score, 2), ", ".join(pair.signs)),
    )


def _differ(a: _Pair, b: _Pair) -> bool:
    """Whether two pairs are two disputes: one denial answers one claim, and each side denies a claim once."""
    if a.denial.overlaps(b.denial):
        return False
    if a.claim.overlaps(b.claim) and same_side(a.denial.speaker, b.denial.speaker):
        return False
    if a.claim.overlaps(b.denial) and a.denial.overlaps(b.claim):
        return False
    same = same_side(a.claim.speaker, b.claim.speaker) and same_side(a.denial.speaker, b.denial.speaker)
    return not (same and abs(a.denial.sentence - b.denial.sentence) <= 1)


# --- pairs


def _pairs(statements: list[Statement], told: list[Told], parsed: Parsed, cast: Cast) -> Iterator[_Pair]:
    """Yield every claim with every denial of another side within reach of it."""
    claims = find_claims(statements, parsed, cast)
    sides = Sides(parsed, cast)
    deeds = find_deeds(statements, told, cast)
    for denial in find_denials(statements, parsed, cast):
        named = named_claims(denial, parsed, cast) if denial.found in ("denied", "told") else []
        bare = is_bare(denial, parsed)
        of_deeds = [d.word for d in deeds if d.free and denial.speaker.affiliation in d.accused] if bare else []
        for claim in [*claims, *named, *of_deeds]:
            if not _within_reach(claim, denial, parsed) or any(d.overlaps(claim) and d != claim for d in of_deeds):
                continue
            c, d = _with_sides(claim, denial, sides)
            if same_side(c.speaker, d.speaker):
                continue
            signs = tuple(_signs(c, d, statements, parsed, sides))
            signs += ("event rejects",) if _rejects(d, told) else ()
            signs += ("deed denied",) if bare and _tells_of_a_deed(c, d, deeds) else ()
            yield _Pair(c, d, signs, _worth(signs))


def _distance(claim: Word, denial: Word, parsed: Parsed) -> int:
    """Return how many sentences a denial stands after a claim; less than 0 where all of it stands before."""
    far = denial.sentence - claim.sentence
    if far >= 0:
        return far
    last = parsed.sentence_at(denial.spans[-1].start)
    return min(0, last - claim.sentence)


def _within_reach(claim: Word, denial: Word, parsed: Parsed) -> bool:
    if claim.found != "named" and claim.overlaps(denial):
        return False
    far = _distance(claim, denial, parsed)
    if claim.found == "event" and not 0 <= far <= DEED_REACH:
        return False
    if "author" in (claim.found, denial.found):
        return abs(far) <= AUTHOR_REACH and claim.found != denial.found
    return -BEHIND <= far <= REACH


def _with_sides(claim: Word, denial: Word, sides: Sides) -> tuple[Word, Word]:
    claimant, denier = sides.settled(claim.speaker, claim.spans, denial.speaker, denial.spans)
    return replace(claim, speaker=claimant), replace(denial, speaker=denier)


def _worth(signs: tuple[str, ...]) -> float:
    weights: dict[str, float] = lexicon()["weights"]
    return weights["base"] + sum(weights[s] for s in signs)


# --- signs


def _signs(claim: Word, denial: Word, statements: list[Statement], parsed: Parsed, sides: Sides) -> Iterator[str]:
    """Yield the signs of a pair, each a key of the weights."""
    yield f"denial {denial.found}"
    yield f"claim {claim.found}"
    yield from _signs_of_place(claim, denial, statements, parsed)
    yield from _signs_of_wording(claim, denial, parsed)
    if denial.speaker.affiliation in sides.named(claim.spans):
        yield "denier named in claim"
    if denial.speaker.affiliation is None:
        yield "denier unknown"
    if sides.lead(claim.speaker.affiliation, denial.speaker.affiliation):
        yield "leading pair"


def _signs_of_place(claim: Word, denial: Word, statements: list[Statement], parsed: Parsed) -> Iterator[str]:
    far = denial.sentence - claim.sentence
    if claim.found == "named" or (far == 0 and (claim.start < denial.start or denial.found == "told")):
        yield "same sentence"
    elif far <= 0:
        yield "claim after"
    elif far == 1 and denial.found == "asserted":
        yield "next sentence"
    elif far > 3:
        yield "far"
    if parsed.sentences[claim.sentence].paragraph == parsed.sentences[denial.sentence].paragraph:
        yield "same paragraph"
    low, high = sorted((claim.start, denial.start))
    if not any(low < s.evidence[0].start < high and s.speaker != denial.speaker for s in statements):
        yield "nobody between"


def _signs_of_wording(claim: Word, denial: Word, parsed: Parsed) -> Iterator[str]:
    if pattern("negation").search(" ".join(denial.text.split()[:OPENING])):
        yield "opens with no"
    elif pattern("negation").search(denial.text):
        yield "has no"
    if pattern("untrue").search(denial.text):
        yield "untrue"
    if pattern("correction").search(denial.text):
        yield "corrects"
    if _answers(claim, denial, parsed):
        yield "answers"
    if pattern("accusing").search(claim.text if claim.found == "told" else _around(claim, parsed)):
        yield "accuses"
    if pattern("ahead").search(denial.text):
        yield "denial ahead"
    if pattern("ahead").search(claim.text):
        yield "claim ahead"
    if _is_past(claim, parsed):
        yield "claim past"
    if _is_past(denial, parsed):
        yield "denial past"
    shared = len(_content_words(claim, parsed) & _content_words(denial, parsed))
    if shared == 0 or shared >= ALIKE:
        yield "alike" if shared else "unlike"
    if _points(denial, parsed):
        yield "points at a claim"


def _answers(claim: Word, denial: Word, parsed: Parsed) -> bool:
    """Whether the narrator sets the one against the other: "Quito insists that", "Lima, however, claimed"."""
    if claim.sentence > denial.sentence:
        return pattern("contrasting").search(_around(claim, parsed)) is not None
    return denial.found == "asserted" and pattern("answering").search(_around(denial, parsed)) is not None


def _points(denial: Word, parsed: Parsed) -> bool:
    """Whether a denial speaks of a claim ("the charge", "that version"), or is a clause that ends in "that" or "it"."""
    if denial.found == "told" and denial.text.split()[-1].lower() in ("that", "this", "it"):
        return True
    tokens = parsed.sentences[denial.sentence].tokens
    nouns = {*lexicon()["claim_nouns"], *(lexicon()["shares"] if denial.found in ("denied", "told") else ())}
    return any(t.lemma_.lower() in nouns for t in tokens)


def _rejects(denial: Word, told: list[Told]) -> bool:
    """Whether an event of the denial's sentence is a rejection by the denier."""
    acts = ((one.event, mention) for one in told for mention in one.mentions)
    return any(
        m.act.type == "REJECT" and m.sentence == denial.sentence and denial.speaker.affiliation in event.actors
        for event, m in acts
    )


def _tells_of_a_deed(claim: Word, denial: Word, deeds: list[Deed]) -> bool:
    """Whether a claim holds a deed of which the denier is accused, and which he denies his share in."""
    return (claim.found == "event" or denial.found == "denied") and any(
        denial.speaker.affiliation in d.accused and d.word.overlaps(claim) for d in deeds
    )


def _around(word: Word, parsed: Parsed) -> str:
    """Return the sentence of a claim or denial without its own words: who says it, and how."""
    sentence = parsed.sentences[word.sentence].tokens
    start, pieces = sentence.start_char, []
    for span in word.spans:
        pieces.append(parsed.document.text[start : min(span.start, sentence.end_char)])
        start = max(start, span.end)
    pieces.append(parsed.document.text[start : sentence.end_char])
    return " ".join(pieces)


def _is_past(word: Word, parsed: Parsed) -> bool:
    """Whether the first verb tells of the past, as claims and denials of fact do and proposals do not."""
    span = word.spans[0]
    tokens = parsed.doc.char_span(span.start, span.end, alignment_mode="expand") or ()
    return next((t.tag_ for t in tokens if t.tag_ in ("VBD", "VBN", "VBZ", "VBP", "MD")), "") in ("VBD", "VBN")


def _content_words(word: Word, parsed: Parsed) -> set[str]:
    out: set[str] = set()
    for span in word.spans:
        tokens = parsed.doc.char_span(span.start, span.end, alignment_mode="expand") or ()
        content = (t for t in tokens if t.pos_ in ("NOUN", "PROPN", "VERB", "ADJ") and not t.is_stop)
        out |= {t.lemma_.lower() for t in content}
    return out
