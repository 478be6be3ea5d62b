"""Folding: mentions of the same act become one event.

In:     `Candidate`s, one for each mention of an act, and `Loose` mentions of meetings that name no side.
Out:    `Told`: an `Event` with the mentions it was folded from.

Two mentions are one act when type and sides are the same and neither status nor date sets them apart; acts in words
only where they stand side by side, since one speaker may demand twice.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.domain import Because, Event, EventType, Span, Status, Track, Window
from dragoman.language.act_patterns import ENCODER
from dragoman.language.acts import Act
from dragoman.reading.modality import Standing
from dragoman.reading.roles import Roles

if TYPE_CHECKING:
    from spacy.tokens import Token

#: At most so many tracks for one event: those of its first mention, then those that several mentions share (guess).
TRACKS = 3
#: Types of which a document usually tells one act of the same sides again and again, rather than several.
REPEATED = frozenset({"CONSULT", "SANCTION", "COOPERATE", "MOBILIZE", "ASSAULT", "AID", "CONCEDE"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """One mention of an act with its sides, before mentions of the same act are folded into one event."""

    act: Act
    type: EventType
    sides: Roles
    standing: Standing
    status: Status
    when: Window | None
    tracks: tuple[Track, ...]
    evidence: Span
    score: float
    sentence: int
    half: bool = False


@dataclass(frozen=True, slots=True)
class Loose:
    """A meeting of which the words name no side ("the talks", "a possible meeting next month")."""

    evidence: Span
    phase: str
    when: Window | None
    definite: bool
    mode: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """An event with the mentions it was folded from, best first; next steps and measures read the mentions again."""

    event: Event
    mentions: tuple[Candidate, ...]


def definite(head: Token) -> bool:
    """Whether a noun, or the subject of a verb, goes back to something told before."""
    words = {"the", "these", "this", "those", "their", "both", "they", "he", "she"}
    if head.pos_ in ("VERB", "AUX"):
        subjects = [c for c in head.children if c.dep_ in ("nsubj", "nsubjpass")]
        return any(s.lower_ in words or definite(s) for s in subjects)
    return any(c.lower_ in words for c in head.lefts)


def fold(candidates: list[Candidate]) -> list[Told]:
    """Join mentions of the same act: same type and sides, status and dates that do not contradict."""
    groups: list[list[Candidate]] = []
    for candidate in candidates:
        group = next((g for g in groups if _same(g, candidate)), None)
        if group is None:
            groups.append([candidate])
        else:
            group.append(candidate)
    return [Told(_event(group), tuple(sorted(group, key=lambda c: -c.score))) for group in groups]


def _same(group: list[Candidate], new: Candidate) -> bool:
    first = group[0]
    if first.type != new.type:
        return False
    if set(first.sides.actor.ids) != set(new.sides.actor.ids) or set(first.sides.recipient.ids) != set(
        new.sides.recipient.ids
    ):
        return False
    if phase(first.status) != phase(new.status):
        return False
    if not all(_compatible(c.when, new.when) for c in group):
        return False
    if first.type == "CONSULT" and not _same_meeting(group, new):
        return False
    if first.type in REPEATED:
        return True
    return any(abs(c.sentence - new.sentence) <= 1 for c in group)


def _same_meeting(group: list[Candidate], new: Candidate) -> bool:
    """Whether a meeting is the one already told of: not a call beside a visit, nor "rounds of talks" beside a call."""
    modes = {c.act.mode for c in (*group, new) if c.act.mode}
    if len(modes) > 1:
        return False
    known = {p.name for c in group for p in c.sides.actor.persons}
    named = {p.name for p in new.sides.actor.persons}
    dated = bool(new.when and any(c.when for c in group))
    if (known and named) or (modes and not dated and any(c.act.mode is None for c in (*group, new))):
        return bool(known & named)
    return dated or definite(new.act.head)


def phase(status: Status) -> str:
    """Return the status with planned and possible as one: both lie ahead."""
    return {"planned": "ahead", "possible": "ahead"}.get(status, status)


def _compatible(a: Window | None, b: Window | None) -> bool:
    if a is None or b is None:
        return True
    return (a.start is None or b.end is None or a.start <= b.end) and (
        b.start is None or a.end is None or b.start <= a.end
    )


def _event(group: list[Candidate]) -> Event:
    best = max(group, key=lambda c: c.score)
    status = Counter(c.status for c in group).most_common(1)[0][0]
    windows = [c.when for c in group if c.when]
    when = min(windows, key=_width) if windows else None
    persons = dict.fromkeys(p for c in group for p in (*c.sides.actor.persons, *c.sides.recipient.persons))
    tracks: Counter[Track] = Counter(t for c in group for t in c.tracks)
    spans = sorted({c.evidence for c in group}, key=lambda s: [c.evidence for c in group].index(s))
    mode = next((c.act.mode for c in group if c.act.mode), None)
    return Event(
        type=best.type,
        mode=mode,
        actors=group[0].sides.actor.ids,
        recipients=group[0].sides.recipient.ids,
        participants=tuple(persons),
        status=status,
        when=when,
        tracks=tuple(dict.fromkeys((*group[0].tracks, *(t for t, n in tracks.most_common() if n > 1))))[:TRACKS],
        evidence=tuple(spans),
        because=Because(
            rule=f"act.{_origin(best.act)}",
            score=round(best.score, 2),
            detail=f"{best.act.hints.pattern!r} read in {' '.join(w.text for w in best.act.words)!r}; status {status}"
            + (f" by {best.standing.why!r}" if best.standing.why else ""),
        ),
    )


def _origin(act: Act) -> str:
    if act.hints.pattern == ENCODER:
        return ENCODER
    return "noun" if act.hints.noun else "verb"


def _width(window: Window) -> int:
    if window.start is None or window.end is None:
        return 10**6
    return (window.end - window.start).days


def attach(told: list[Told], loose: list[Loose]) -> list[Told]:
    """Give a meeting without named sides to the one it goes back to, as further evidence.

    "The talks" go back to the meeting last told of before them, "a possible meeting next month" to the one that lies
    ahead at that time; whatever fits none is left out.
    """
    out = list(told)
    for mention in loose:
        fitting = [n for n, t in enumerate(out) if t.event.type == "CONSULT" and _goes_back(mention, t.event)]
        if fitting:
            nearest = min(
                fitting,
                key=lambda n: (
                    mention.mode is not None and out[n].event.mode != mention.mode,
                    abs(out[n].event.evidence[0].start - mention.evidence.start),
                ),
            )
            event = out[nearest].event
            when = min((w for w in (event.when, mention.when) if w), key=_width, default=None)
            out[nearest] = replace(
                out[nearest], event=replace(event, when=when, evidence=(*event.evidence, mention.evidence))
            )
    return out


def _goes_back(mention: Loose, event: Event) -> bool:
    if mention.mode and event.mode and mention.mode != event.mode:
        return False
    if mention.phase == "ahead":
        return (
            phase(event.status) == "ahead"
            and bool(mention.when and event.when)
            and _compatible(mention.when, event.when)
        )
    before = event.evidence[0].start < mention.evidence.start
    return (
        mention.definite and before and phase(event.status) == mention.phase and _compatible(mention.when, event.when)
    )
