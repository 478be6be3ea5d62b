"""Deeds: what a denial without content of its own may answer ("Quito denied responsibility", "Lima denies the charge").

In:     the events of a document, its statements and its cast; a denial.
Out:    `Deed` records: an accusation, attack or coercion as a claim against somebody, and who is accused by it;
        `is_bare`: whether a denial only points back.
Data:   ontology/disputes.yaml (nouns for claims and for one's share in a deed).

An accusation is the claim of whoever accuses. An attack is the claim of whoever tells of it, else of whoever bore it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman import ontology
from dragoman.domain import Person, Statement
from dragoman.language.parse import Parsed
from dragoman.reading.cast import Cast
from dragoman.reading.contested import Word, lexicon, pattern
from dragoman.reading.folding import Candidate, Told

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Acts that somebody is accused of, and accusing itself.
DEEDS = frozenset({"ACCUSE", "ASSAULT", "COERCE"})
FITTING = 1.5  # a statement at most so many times as long as the clause of a deed is the claim itself (guess)
BARE = 8  # words of a denial that only points back (guess)


@dataclass(frozen=True, slots=True)
class Deed:
    """A deed as a claim, who is accused of it, and whether no statement tells of it in about the same words."""

    word: Word
    accused: tuple[str, ...]
    free: bool


def find_deeds(statements: Sequence[Statement], told: Sequence[Told], cast: Cast) -> list[Deed]:
    """Return the deeds that a document tells of, each with the words of its clause."""
    found = []
    for candidate in (m for one in told for m in one.mentions):
        if candidate.type not in DEEDS or candidate.status in ("denied", "planned", "possible"):
            continue
        actors, recipients = candidate.sides.actor.ids, candidate.sides.recipient.ids
        accused, hurt = (recipients, actors) if candidate.type == "ACCUSE" else (actors, recipients)
        span = candidate.evidence
        over = [s for s in statements if any(x.start < span.end and span.start < x.end for x in s.evidence)]
        free = not any(sum(x.end - x.start for x in s.evidence) <= FITTING * (span.end - span.start) for s in over)
        claimant = _claimant(candidate, hurt, over, cast)
        if claimant is not None and accused:
            found.append(Deed(Word(claimant, (span,), candidate.sentence, "event"), accused, free))
    return found


def _claimant(candidate: Candidate, hurt: Sequence[str], over: Sequence[Statement], cast: Cast) -> Person | None:
    """Return who accuses, who tells of an attack, or the one who bore it."""
    if over:
        return over[0].speaker
    persons = (candidate.sides.actor if candidate.type == "ACCUSE" else candidate.sides.recipient).persons
    person = next((p for p in persons if p.affiliation in hurt), None)
    if person is not None:
        return person
    return Person(ontology.actor(hurt[0]).name, None, hurt[0]) if hurt else None


def is_bare(denial: Word, parsed: Parsed) -> bool:
    """Whether a denial only points back to what it denies: "denied the charge", "has denied this", "any part in it"."""
    if denial.found == "told" and not pattern("denying_idioms").search(denial.text):
        nouns = {*lexicon()["claim_nouns"], *lexicon()["shares"]}
    elif denial.found == "denied":
        nouns = set(lexicon()["shares"])
    else:
        return False
    span = denial.spans[0]
    tokens = parsed.doc.char_span(span.start, span.end, alignment_mode="expand")
    if tokens is None or (denial.found == "denied" and len(tokens) > BARE):
        return False
    pointing = tokens[-1].lower_ in ("that", "this", "it", "them", "these")
    return pointing or any(t.lemma_.lower() in nouns for t in tokens)
