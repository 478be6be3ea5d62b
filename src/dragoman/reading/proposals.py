"""Proposals: acts that no pattern names, but that the encoder sees between two actors of a sentence.

In:     the `Verdicts` on a document, a sentence, and the acts that the patterns found there.
Out:    `Proposal`s: an act with its sides, likeliest first; one for each type and word.

A proposal joins all mentions between which the same act holds. What the patterns told already is not proposed again.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.domain import MUTUAL, EventType
from dragoman.language.act_patterns import Entry
from dragoman.language.acts import Act
from dragoman.reading.cast import Cast
from dragoman.reading.judging import Relation, Verdicts
from dragoman.reading.party import NOBODY, Party
from dragoman.reading.roles import Roles

#: A relation must be this likely to be proposed (tuned on the validation reports).
LIKELY = 0.6


@dataclass(frozen=True, slots=True)
class Proposal:
    """An act with its sides, as the encoder sees them."""

    act: Act
    sides: Roles
    score: float


def propose(verdicts: Verdicts, number: int, cast: Cast, told: list[tuple[EventType, Roles]]) -> list[Proposal]:
    """Return what the encoder adds to the acts already told of a sentence."""
    groups: dict[tuple[EventType, int], list[Relation]] = {}
    for relation in verdicts.relations(number):
        if relation.score < LIKELY or any(_told(relation, kind, sides) for kind, sides in told):
            continue
        groups.setdefault((relation.type, relation.head.i), []).append(relation)
    return [_proposal(group, cast) for group in groups.values()]


def _told(relation: Relation, kind: EventType, sides: Roles) -> bool:
    """Whether a relation says what an act already told says: the same type between some of the same actors."""
    ours = set(relation.source.ids) | set(relation.target.ids)
    theirs = set(sides.actor.ids) | set(sides.recipient.ids)
    return relation.type == kind and len(ours & theirs) > 1


def _proposal(group: list[Relation], cast: Cast) -> Proposal:
    best = group[0]
    doc = best.head.doc
    mutual = best.type in MUTUAL
    actor = _party([doc[r.source.head] for r in group] + ([doc[r.target.head] for r in group] if mutual else []), cast)
    recipient = NOBODY if mutual else _party([doc[r.target.head] for r in group], cast)
    recipient = Party(tuple(i for i in recipient.ids if i not in actor.ids), recipient.persons)
    entry = Entry(pattern="encoder", type=best.type, example="", noun=best.head.pos_ not in ("VERB", "AUX"))
    act = Act(best.head, (best.head,), best.type, None, entry, 1, None)
    return Proposal(act, Roles(actor, recipient, direct=True), best.score)


def _party(tokens: list, cast: Cast) -> Party:  # type: ignore[type-arg]
    found = [cast.party(t) for t in tokens]
    ids = dict.fromkeys(i for p in found for i in p.ids)
    persons = dict.fromkeys(x for p in found for x in p.persons)
    return Party(tuple(ids), tuple(persons))
