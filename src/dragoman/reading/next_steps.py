"""Next steps: what a document states to lie ahead, and by when.

In:     the events of a document with their mentions, and its statements (for who said so).
Out:    `NextStep` records: planned and possible acts whose time has not passed.
Dates:  a due date before the publication date makes no next step; an open horizon is a window with both ends open.

Firmness: `scheduled` where a date is stated as fixed, `agreed` where both sides are to do it, `intended` where one side
says it will, `possible` where it may.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dragoman.domain import Because, Firmness, NextStep, Person, Statement, Window
from dragoman.language.parse import Parsed
from dragoman.reading.events import Candidate, Told, clause

if TYPE_CHECKING:
    from spacy.tokens import Token

#: Types whose stated date is a fixed point rather than somebody's intention: a meeting is scheduled, a tariff takes effect.
FIXED = frozenset({"CONSULT", "SANCTION", "CONCEDE", "SUPPORT", "COOPERATE"})
AGREEING = frozenset({"agree", "agreed", "commit", "undertake", "both", "jointly", "sides"})
SCHEDULING = frozenset({"schedule", "due", "set", "slate", "deadline", "effective", "scheduled", "fix", "bind"})
LONGEST = 14  # words of `what` (guess)


def find_next_steps(told: list[Told], statements: list[Statement], parsed: Parsed) -> list[NextStep]:
    """Return what lies ahead, in the order of the text."""
    published = parsed.document.published
    steps = []
    for one in told:
        event = one.event
        if event.status not in ("planned", "possible") or _past(event.when, published):
            continue
        best = one.mentions[0]
        steps.append(
            NextStep(
                what=_what(best, parsed),
                type=event.type,
                actors=(*event.actors, *(r for r in event.recipients if r not in event.actors)),
                participants=event.participants,
                due=event.when or Window(None, None),
                firmness=_firmness(one),
                said_by=_said_by(event.evidence[0].start, statements),
                tracks=event.tracks,
                evidence=event.evidence,
                because=Because("step.ahead", event.because.score, event.because.detail),
            )
        )
    return steps


def _past(window: Window | None, published: date | None) -> bool:
    return window is not None and published is not None and window.end is not None and window.end < published


def _firmness(told: Told) -> Firmness:
    """Return how firm the step is, from the words that govern it and whether a date is stated."""
    event = told.event
    if event.status == "possible":
        return "possible"
    words = {w for c in told.mentions for w in _governors(c.act.head)}
    dated = event.when is not None and event.when.end is not None
    if words & SCHEDULING or (dated and event.type in FIXED):
        return "scheduled"
    if words & AGREEING and len(event.actors) > 1:
        return "agreed"
    return "intended"


def _governors(head: Token) -> set[str]:
    """Return the lemmas of the act, of what is directly below it and of the words above it in its clause."""
    out = {head.lemma_.lower(), *(c.lemma_.lower() for c in head.children)}
    node = head
    for _ in range(4):
        if node.head.i == node.i or node.dep_ in ("ccomp", "relcl", "advcl"):
            break
        node = node.head
        out |= {node.lemma_.lower(), node.lower_}
    return out


def _what(candidate: Candidate, parsed: Parsed) -> str:
    """Return the step in the text's own words: the act without its subject, cut to a short phrase."""
    head = candidate.act.head
    first, last = clause(head)
    start = head.i if head.pos_ in ("VERB", "AUX") else first
    stop = min(last, start + LONGEST - 1)
    doc = parsed.doc
    while stop > start and doc[stop].pos_ in ("ADP", "DET", "CCONJ", "PUNCT", "SCONJ", "PART"):
        stop -= 1
    return " ".join(parsed.document.text[doc[start].idx : doc[stop].idx + len(doc[stop])].split())


def _said_by(at: int, statements: list[Statement]) -> Person | None:
    """Return who is quoted for the words at this place, or None where the text itself says so."""
    for statement in statements:
        if any(span.start <= at < span.end for span in statement.evidence):
            return statement.speaker
    return None
