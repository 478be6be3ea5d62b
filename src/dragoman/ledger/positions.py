"""Disputes: what each party says of a claim, from every document.

In:     the items of one dispute, and statements made by its parties in the same weeks.
Out:    `DisputeEntry` with positions: asserts, denies, qualifies, silent.
Data:   words that qualify and words of silence in ontology/merging.yaml.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from dragoman import ontology
from dragoman.domain import Dispute, Person, Span, Statement
from dragoman.ledger.entries import Change, DisputeEntry, Item, Position, Quote, Stand
from dragoman.ledger.same import overlap
from dragoman.ledger.terms import words

#: A statement is about the claim when it shares so much with it (Dice) and so many terms (guesses).
ABOUT, TERMS = 0.3, 2


def fold_dispute(common: dict[str, Any], items: Sequence[Item], context: Sequence[Item], as_of: date) -> DisputeEntry:
    """Return the dispute that items make, with the positions of its parties as far as known."""
    first = items[0].record
    assert isinstance(first, Dispute)
    parties = tuple(dict.fromkeys(p.affiliation or p.name for p in (first.claimant, first.denier)))
    found = [*_own(items), *_said(items, context)]
    found = _once(found)
    silent = [Position(party, "silent", None, None) for party in parties if all(p.party != party for p in found)]
    return DisputeEntry(
        **common,
        history=tuple(
            Change(p.quote.source.known_on, f"{p.party} {p.stand}", p.quote.item) for p in found if p.quote is not None
        ),
        claimant=first.claimant,
        denier=first.denier,
        claim=_quote(first.claim[0], items[0]),
        denial=_quote(first.denial[0], items[0]),
        positions=(*found, *silent),
    )


def _own(items: Sequence[Item]) -> Iterable[Position]:
    for item in items:
        dispute = item.record
        assert isinstance(dispute, Dispute)
        yield _position(dispute.claimant, "asserts", dispute.claim[0], item)
        stand: Stand = "qualifies" if _has(dispute.denial[0].quote, "qualifies") else "denies"
        yield _position(dispute.denier, stand, dispute.denial[0], item)


def is_about(items: Sequence[Item], other: Item) -> bool:
    """Whether a statement is one by a party to the dispute on what is disputed."""
    disputes = [item.record for item in items if isinstance(item.record, Dispute)]
    statement = other.record
    if not isinstance(statement, Statement) or statement.speaker.affiliation not in _parties(disputes):
        return False
    matter = [words(span.quote) for d in disputes for span in (*d.claim, *d.denial)]
    if not any(len(other.terms & about) >= TERMS for about in matter):
        return False  # its sentence shares too little, so its words do
    said = words(statement.evidence[0].quote)
    return any(overlap(said, about) >= ABOUT and len(said & about) >= TERMS for about in matter)


def _parties(disputes: Sequence[Dispute]) -> set[str | None]:
    return {p.affiliation for d in disputes for p in (d.claimant, d.denier) if p.affiliation}


def _said(items: Sequence[Item], context: Sequence[Item]) -> Iterable[Position]:
    """Yield what the parties said of the claim in other statements: those that `is_about` found."""
    first = items[0].record
    assert isinstance(first, Dispute)
    for other in context:
        statement = other.record
        assert isinstance(statement, Statement)
        span = statement.evidence[0]
        claims = statement.speaker.affiliation == (first.claimant.affiliation or first.claimant.name)
        if _has(span.quote, "silent"):
            yield _position(statement.speaker, "silent", span, other)
        elif statement.stance == "deny":
            yield _position(statement.speaker, "qualifies" if _has(span.quote, "qualifies") else "denies", span, other)
        elif claims:
            yield _position(statement.speaker, "asserts", span, other)


def _once(found: Iterable[Position]) -> list[Position]:
    """Return each party's words once, oldest first; a reprint says nothing new."""
    seen: set[tuple[str, str]] = set()
    out = []
    for position in sorted(found, key=lambda p: (p.quote.source.known_on, p.quote.item) if p.quote else (date.max, "")):
        assert position.quote is not None
        key = (position.party, " ".join(position.quote.text.lower().split()))
        if key not in seen:
            seen.add(key)
            out.append(position)
    return out


def _position(person: Person, stand: Stand, span: Span, item: Item) -> Position:
    return Position(person.affiliation or person.name, stand, person, _quote(span, item))


def _quote(span: Span, item: Item) -> Quote:
    return Quote(span.quote, span.start, span.end, item.source, item.id)


def _has(text: str, group: str) -> bool:
    plain = f" {' '.join(text.lower().split())} "
    return any(word in plain for word in ontology.load("merging")[group])
