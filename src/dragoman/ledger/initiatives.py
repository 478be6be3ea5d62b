"""Initiatives: who leads, belongs to, is invited to, joined and left a named framework, from every document.

In:     the items of one initiative, and the events of the same documents.
Out:    `InitiativeEntry` with all ties in the order in which they became known.
Data:   words of joining and leaving in ontology/merging.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any, Literal

from dragoman import ontology
from dragoman.domain import Event, Initiative
from dragoman.ledger.entries import Change, InitiativeEntry, Item, Membership


def fold_initiative(
    common: dict[str, Any], items: Sequence[Item], context: Sequence[Item], as_of: date
) -> InitiativeEntry:
    """Return the initiative that items make, as far as known."""
    found = [item.record for item in items if isinstance(item.record, Initiative)]
    names = [record.name for record in found]
    ties = _first([*_stated(items), *_acted(names, {actor for record in found for actor in record.lead}, context)])
    left = [t.actor for t in ties if t.tie == "left"]
    inside = [t.actor for t in ties if t.tie in ("member", "joined") and not _gone(t, ties)]
    return InitiativeEntry(
        **common,
        history=tuple(Change(t.on, f"{t.actor} {_WORDS[t.tie]}", t.item) for t in ties),
        name=max(dict.fromkeys(names), key=lambda n: (names.count(n), len(n))),
        lead=tuple(t.actor for t in ties if t.tie == "leads"),
        members=tuple(dict.fromkeys(inside)),
        invited=tuple(dict.fromkeys(t.actor for t in ties if t.tie == "invited" and t.actor not in inside)),
        left=tuple(dict.fromkeys(actor for actor in left if actor not in inside)),
        purpose=next((record.purpose for record in found if record.purpose), None),
        ties=tuple(ties),
    )


_WORDS = {"leads": "leads it", "member": "is a member", "invited": "is invited", "joined": "joined", "left": "left"}


def _stated(items: Sequence[Item]) -> Iterable[Membership]:
    for item in items:
        record = item.record
        assert isinstance(record, Initiative)
        on = item.source.known_on
        yield from (Membership(actor, "leads", on, item.id) for actor in record.lead)
        yield from (Membership(actor, "member", on, item.id) for actor in record.members)
        yield from (Membership(actor, "invited", on, item.id) for actor in record.invited)


def _acted(names: Sequence[str], leads: set[str], context: Sequence[Item]) -> Iterable[Membership]:
    """Yield who joined or left by an act that names the initiative."""
    named = _named(frozenset(names))
    for other in context:
        event = other.record
        if isinstance(event, Event) and event.status == "happened":
            quote = " ".join(event.evidence[0].quote.split())
            tie = turn(quote)
            if tie and named.search(quote):
                founders = leads if tie == "joined" else set[str]()  # who leads it does not join it
                yield from (
                    Membership(actor, tie, other.source.known_on, other.id)
                    for actor in event.actors
                    if actor not in founders
                )


def turn(quote: str) -> Literal["joined", "left"] | None:
    """Return whether words tell of joining or leaving something."""
    if _words("leaves").search(quote):
        return "left"
    return "joined" if _words("joins").search(quote) else None


@cache
def _words(group: str) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in ontology.load("merging")[group])
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


@lru_cache(maxsize=512)
def _named(names: frozenset[str]) -> re.Pattern[str]:
    """Return the pattern of the names of an initiative, in whole words."""
    plain = {" ".join(name.split()).lower().removeprefix("the ") for name in names} - {""}
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(plain)))})(?!\w)" if plain else r"(?!)", re.IGNORECASE
    )


def _first(ties: Iterable[Membership]) -> list[Membership]:
    """Return each tie of an actor once, when it became known, in that order; who left may join, and leave, again."""
    out: list[Membership] = []
    known: set[tuple[str, str]] = set()
    for tie in sorted(ties, key=lambda t: (t.on, t.item, t.actor, t.tie)):
        if (tie.actor, tie.tie) in known:
            continue
        known.add((tie.actor, tie.tie))
        known -= {(tie.actor, _UNDOES.get(tie.tie, ""))}
        out.append(tie)
    return out


#: An act after which the other is news again.
_UNDOES = {"left": "joined", "joined": "left"}


def _gone(tie: Membership, ties: Sequence[Membership]) -> bool:
    """Whether the actor left on or after the day this tie became known."""
    return any(t.tie == "left" and t.actor == tie.actor and t.on >= tie.on for t in ties)
