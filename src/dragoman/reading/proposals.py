"""Proposals: acts that no pattern names, but that the encoder sees between two actors of a sentence.

In:     the `Verdicts` on a document, a sentence, and the acts that the patterns found there.
Out:    `Proposal`s: an act with its sides, likeliest first; one for each type and word.

A proposal joins all mentions between which the same act holds. What the patterns told already is not proposed again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.domain import MUTUAL, EventType
from dragoman.language.act_patterns import ENCODER, Entry
from dragoman.language.acts import Act
from dragoman.reading.cast import Cast
from dragoman.reading.folding import Candidate
from dragoman.reading.judging import Relation, Verdicts
from dragoman.reading.party import NOBODY, Party
from dragoman.reading.roles import Roles, roles

if TYPE_CHECKING:
    from spacy.tokens import Token

#: A proposal must be this likely in three ways: between the two mentions wherever it is told, in the words found for
#: it, and by those words alone (tuned on the validation split and gold/dev, where 0.3 to 0.7 have the same precision).
LIKELY = 0.4
#: The same for nouns, of which a smaller share was right there ("trade surplus", "diplomatic quiet").
LIKELY_NOUN = 0.6


@dataclass(frozen=True, slots=True)
class Proposal:
    """An act with its sides, as the encoder sees them."""

    act: Act
    sides: Roles
    score: float


def propose(
    relations: list[Relation], verdicts: Verdicts, number: int, cast: Cast, told: list[Candidate]
) -> list[Proposal]:
    """Return what the relations of a sentence add to the acts already told of it."""
    groups: dict[tuple[EventType, int], list[Relation]] = {}
    for relation in relations:
        if relation.score < LIKELY or any(_told(relation, candidate) for candidate in told):
            continue
        groups.setdefault((relation.type, relation.head.i), []).append(relation)
    proposals = (_proposal(group, verdicts, number, cast) for group in groups.values())
    return [p for p in proposals if p.score >= _least(p) and not _contradicted(p, roles(p.act, cast))]


def _least(proposal: Proposal) -> float:
    return LIKELY_NOUN if proposal.act.hints.noun else LIKELY


def _told(relation: Relation, candidate: Candidate) -> bool:
    """Whether an act already told says what a relation says: in the same word, or of that type between those actors."""
    if relation.head.i in {w.i for w in candidate.act.words}:
        return True
    ours = set(relation.source.ids) | set(relation.target.ids)
    theirs = set(candidate.sides.actor.ids) | set(candidate.sides.recipient.ids)
    return relation.type == candidate.type and len(ours & theirs) > 1


def _contradicted(proposal: Proposal, syntax: Roles) -> bool:
    """Whether the syntax round the act's word names other sides than the encoder saw."""
    pairs = ((proposal.sides.actor, syntax.actor), (proposal.sides.recipient, syntax.recipient))
    return any(theirs.ids and not set(theirs.ids) & set(ours.ids) for ours, theirs in pairs)


def _proposal(group: list[Relation], verdicts: Verdicts, number: int, cast: Cast) -> Proposal:
    """Return the act that a group of relations tells, with the least of its three scores."""
    best = group[0]
    doc = best.head.doc
    mutual = best.type in MUTUAL
    group = [r for r in group if r.source.ids == best.source.ids or r.target.ids == best.target.ids]
    actor = _party([doc[r.source.head] for r in group] + ([doc[r.target.head] for r in group] if mutual else []), cast)
    recipient = NOBODY if mutual else _party([doc[r.target.head] for r in group], cast)
    recipient = Party(tuple(i for i in recipient.ids if i not in actor.ids), recipient.persons)
    entry = Entry(pattern=ENCODER, type=best.type, example="", noun=best.head.pos_ not in ("VERB", "AUX"))
    act = Act(best.head, (best.head,), best.type, None, entry, 1, None)
    there = verdicts.on(number, best.head, actor.ids, recipient.ids)
    score = min(best.score, there.types[best.type] if there else 0.0, verdicts.tag(number, best.head, best.type))
    return Proposal(act, Roles(actor, recipient, direct=True), score)


def _party(tokens: list[Token], cast: Cast) -> Party:
    found = [cast.party(t) for t in tokens]
    ids = dict.fromkeys(i for p in found for i in p.ids)
    persons = dict.fromkeys(x for p in found for x in p.persons)
    return Party(tuple(ids), tuple(persons))
