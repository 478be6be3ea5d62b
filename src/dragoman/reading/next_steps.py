"""Next steps: what a document states to lie ahead, and by when.

In:     the events of a document with their mentions, its measures, and its statements (for who said so).
Out:    `NextStep` records: planned and possible acts whose time has not passed, and measures that are to take effect.
Dates:  a due date before the publication date makes no next step; an open horizon is a window with both ends open.

Firmness: `scheduled` where a date is stated as fixed, `agreed` where both sides are to do it, `intended` where one side
says it will, `possible` where it may.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from dragoman.domain import Because, Firmness, Measure, NextStep, Person, Statement, Window
from dragoman.language.acts import find_acts
from dragoman.language.parse import Parsed
from dragoman.reading.clauses import clause
from dragoman.reading.events import Acts
from dragoman.reading.folding import Told
from dragoman.reading.measured_steps import add_measures
from dragoman.reading.when import Clock

if TYPE_CHECKING:
    from spacy.tokens import Token

#: Types whose stated date is a fixed point rather than an intention: a meeting is scheduled, a tariff takes effect.
FIXED = frozenset({"CONSULT", "SANCTION", "CONCEDE", "SUPPORT", "COOPERATE"})
AGREEING = frozenset({"agree", "agreed", "commit", "undertake", "both", "jointly", "sides"})
SCHEDULING = frozenset({"schedule", "due", "set", "slate", "deadline", "effective", "scheduled", "fix", "bind"})
LONGEST = 14  # words of `what` (guess)


def find_next_steps(
    acts: Acts, statements: list[Statement], measures: list[Measure], parsed: Parsed, clock: Clock
) -> list[NextStep]:
    """Return what lies ahead, in the order of the text."""
    published = parsed.document.published
    steps: list[NextStep] = []
    for one in (*acts.told, *acts.ahead):
        threat = one.event.type == "THREATEN" and one.event.status == "happened"
        if (not threat and one.event.status not in ("planned", "possible")) or _past(one.event.when, published):
            continue
        step = _threatened(one, statements, parsed) if threat else _step(one, statements, parsed)
        if step is not None and not any(_known(step, other) for other in steps):
            steps.append(step)
    steps = add_measures(steps, measures, parsed, clock, lambda at: _said_by(at, statements))
    return sorted(steps, key=lambda s: s.evidence[0].start)


def _step(one: Told, statements: list[Statement], parsed: Parsed) -> NextStep:
    event = one.event
    return NextStep(
        what=_what(one.mentions[0].act.head, parsed),
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


def _threatened(one: Told, statements: list[Statement], parsed: Parsed) -> NextStep | None:
    """Return the act that a threat names ("threatened to close its ports") as a possible step, or None."""
    for mention in one.mentions:
        named = next((c for c in mention.act.head.children if c.dep_ == "xcomp" and c.pos_ == "VERB"), None)
        if named is not None:
            type_ = next(
                (
                    a.type
                    for a in find_acts(named.doc[named.left_edge.i : named.right_edge.i + 1])
                    if a.head.i == named.i
                ),
                None,
            )
            step = replace(
                _step(one, statements, parsed), what=_what(named, parsed), type=type_ or "SANCTION", firmness="possible"
            )
            return replace(step, because=Because("step.threatened", mention.score, one.event.because.detail))
    return None


def _known(step: NextStep, other: NextStep) -> bool:
    """Whether a step only repeats another: same type, a side in common, and no date that sets it apart."""
    if step.type != other.type or not set(step.actors) & set(other.actors):
        return False
    undated = step.due == Window(None, None)
    return step.due == other.due or (undated and len(step.actors) < 2)


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


def _what(head: Token, parsed: Parsed) -> str:
    """Return the step in the text's own words: the act without its subject, cut to a short phrase."""
    first, last = clause(head)
    start = head.i if head.pos_ in ("VERB", "AUX") else first
    cut = [c.left_edge.i for c in head.children if c.dep_ == "acl" and c.left_edge.nbor(-1).text == "," and start < c.i]
    stop = min([last, start + LONGEST - 1, *(c - 1 for c in cut)])
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
