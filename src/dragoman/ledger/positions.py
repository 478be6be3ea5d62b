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
    found = [*_own(items), *_said(items, context, parties)]
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


def _said(items: Sequence[Item], context: Sequence[Item], parties: Sequence[str]) -> Iterable[Position]:
    """Yield what the parties said of the claim in other statements."""
    disputes = [item.record for item in items if isinstance(item.record, Dispute)]
    matter = [words(span.quote) for d in disputes for span in (*d.claim, *d.denial)]
    for other in context:
        statement = other.record
        if not isinstance(statement, Statement) or statement.speaker.affiliation not in parties:
            continue
        if not any(len(other.terms & about) >= TERMS for about in matter):
            continue  # its sentence shares too little, so its words do
        span = statement.evidence[0]
        said = words(span.quote)
        if not any(overlap(said, about) >= ABOUT and len(said & about) >= TERMS for about in matter):
            continue
        if _has(span.quote, "silent"):
            yield _position(statement.speaker, "silent", span, other)
        elif _has(span.quote, "qualifies") and statement.stance == "deny":
            yield _position(statement.speaker, "qualifies", span, other)
        else:
            claims = statement.speaker.affiliation == (disputes[0].claimant.affiliation or disputes[0].claimant.name)
            if statement.stance == "deny":
                yield _position(statement.speaker, "denies", span, other)
            elif claims:
                yield _position(statement.speaker, "asserts", span, other)


def _once(found: Iterable[Position]) -> list[Position]:
    """Return each party's words once, oldest first."""
    seen: set[tuple[str, str, int]] = set()
    out = []
    for position in sorted(found, key=lambda p: (p.quote.source.known_on, p.quote.item) if p.quote else (date.max, "")):
        assert position.quote is not None
        key = (position.party, position.quote.source.document, position.quote.start)
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
