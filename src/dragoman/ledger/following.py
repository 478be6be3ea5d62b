"""Following: what became of a next step.

In:     the items of a step and those that may decide it: events and measures of its actors.
Out:    `rule`, when the step counts as met, in words; `bearing`, what an item says of it; `outcome`, as of a day.
Rules:  A step is met by an act of a fitting type (`meets` in ontology/merging.yaml) that happened, among its actors,
        within its due window, one day either side for a day (time zones), three for anything longer. It is missed where
        a source says that it did not or will not take place, overtaken where what it was to do was undone before. Else
        it is open until its last day has passed, and unknown after. A step without a date is unknown after `PATIENCE`.

Nothing is decided by silence, and nothing by an act that was known before the step was first stated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise

from dragoman import ontology
from dragoman.domain import MUTUAL, Event, Measure, NextStep, Window
from dragoman.ledger.days import shift
from dragoman.ledger.entries import Due, Item, Outcome
from dragoman.ledger.same import RECENT, figures_alike, overlap, surname

#: Days that an undated step waits for word of it (guess: half a year).
PATIENCE = 182
#: Days after its first for which a due window without an end stays open ("from 1 June"; guess).
OPEN_END = 60
#: Days after the due window within which word of it still counts (guess: reports come late, and as background).
LATE_WORD = 120
#: Words that a fitting act must share with the step, as a Dice coefficient, where a date alone says too little (guess).
TOPIC = 0.12
#: Slack in days for a window of one day and for longer ones.
DAY_SLACK, SLACK = 1, 3


@dataclass(frozen=True, slots=True)
class Bearing:
    """What an item says of a step, and how surely."""

    outcome: Outcome
    score: float


def dues(items: Sequence[Item]) -> tuple[Due, ...]:
    """Return the due windows that were stated, oldest first; each kept once, when it was first stated."""
    found: dict[Window, Due] = {}
    for item in items:
        window = _step(item).due
        if _dated(window) and window not in found:
            found[window] = Due(window, item.source.known_on, item.id)
    return tuple(found.values())


def due(items: Sequence[Item]) -> Window:
    """Return when a step is due: the last window stated, or a shorter one stated before that it still allows."""
    windows = [_step(item).due for item in items if _dated(_step(item).due)]
    if not windows:
        return _step(items[-1]).due
    allowed = [w for w in windows if _touch(_reach(w), _reach(windows[-1]), 0)]
    return min(reversed(allowed), key=lambda w: (_reach(w)[1] - _reach(w)[0]).days)


def moves(stated: Sequence[Due]) -> list[tuple[Due, Due]]:
    """Return each change to a later or earlier date: a window that leaves the one before it with its slack."""
    out = []
    for before, after in pairwise(stated):
        if not _touch(_reach(before.window), _reach(after.window), 0) and before.stated_on < after.stated_on:
            out.append((before, after))
    return out


def rule(items: Sequence[Item]) -> str:
    """Return in words when the step counts as met; it follows from what was stated, before anything is decided."""
    step, stated = _step(items[0]), dues(items)
    types = " or ".join(_meets(step.type))
    who = _series(step.actors)
    towards = f" towards {_series(step.actors[1:])}" if step.actors[1:] else ""
    act = f"{who} hold a {types}" if step.type in MUTUAL else f"{step.actors[0]} does a {types}{towards}"
    if not stated:
        return (
            f"met if {act} with status happened after {items[0].source.known_on} and about the same matter; "
            f"unknown after {PATIENCE} days without word, as no date was stated"
        )
    window = due(items)
    slack = _slack(window)
    days = "one day" if slack == 1 else f"{slack} days"
    return (
        f"met if {act} with status happened within {_text(window)}, or {days} either side; unknown when that has "
        "passed without word of it"
    )


def last_word(item: Item) -> date:
    """Return the last day on which word of a step counts, by what this item states."""
    window = _step(item).due
    return shift(_reach(window)[1], LATE_WORD) if _dated(window) else shift(item.source.known_on, PATIENCE)


def bearing(items: Sequence[Item], other: Item) -> Bearing | None:
    """Return what an event or measure says of a step, or None where it says nothing.

    `items` are the step's; only those stated by the day the other became known count.
    """
    stated = [i for i in items if i.source.known_on <= other.source.known_on]
    if not stated or other.source.known_on > max(last_word(item) for item in stated):
        return None
    if isinstance(other.record, Measure):
        return _by_measure(stated, other, other.record)
    if not isinstance(other.record, Event):
        return None
    if other.record.status == "denied" or (other.record.status == "happened" and _calls_off(other)):
        return _called_off(stated, other, other.record)
    if other.record.status not in ("happened", "ended"):
        return None
    return _met(stated, other, other.record) or _overtaken(stated, other, other.record)


def outcome(
    items: Sequence[Item], bearings: Iterable[tuple[Item, Bearing]], as_of: date
) -> tuple[Outcome, Item | None]:
    """Return what became of a step as of a day, and the item that decided it.

    What meets a step wins over what calls it off; among several the first known decides, the surer before the others.
    """
    order = {"met": 0, "missed": 1, "overtaken": 2}
    lasting = [b for b in bearings if b[1].outcome == "met" or not _set_anew(items, b[0])]
    told = sorted(lasting, key=lambda b: (order[b[1].outcome], b[0].source.known_on, -b[1].score, b[0].id))
    if told:
        return told[0][1].outcome, told[0][0]
    stated = dues(items)
    if not stated:
        late = shift(items[-1].source.known_on, PATIENCE)
        return ("unknown" if as_of > late else "open"), None
    last = due(items)
    if as_of > shift(_reach(last)[1], _slack(last)):
        return "unknown", None
    return ("moved" if moves(stated) else "open"), None


def _set_anew(items: Sequence[Item], decider: Item) -> bool:
    """Whether a step that was called off was later given another day."""
    known = decider.source.known_on
    before = [item for item in items if item.source.known_on <= known]
    after = [_step(i).due for i in items if i.source.known_on > known and _dated(_step(i).due)]
    return any(
        _reach(window)[1] >= known
        and not (before and _dated(due(before)) and _touch(_reach(due(before)), _reach(window), 0))
        for window in after
    )


def _met(items: Sequence[Item], other: Item, event: Event) -> Bearing | None:
    step = _step(items[0])
    if event.type not in _meets(step.type) or event.status != "happened":
        return None
    if not _same_parties(step, event) or not _people_fit(items, event):
        return None
    when = _event_days(event, other)
    stated = dues(items)
    topic = max(overlap(i.terms, other.terms) for i in items)
    if when[1] < shift(items[0].source.known_on, -DAY_SLACK):
        return None  # it was over when the step was stated
    if not stated:
        waited = (other.source.known_on - items[-1].source.known_on).days
        if other.source.known_on == items[0].source.known_on or waited > PATIENCE or topic < 2 * TOPIC:
            return None
        return Bearing("met", round(0.5 + topic / 2, 3))
    current = due(items)
    first, last = _reach(current)
    if not _touch((first, last), when, _slack(current)) or other.source.known_on < shift(first, -_slack(current)):
        return None
    if (other.source.known_on - last).days > LATE_WORD:
        return None
    sharp = event.when is not None and (when[1] - when[0]).days <= 3
    if step.type not in MUTUAL and not _same_matter(items, other, topic):
        return None
    if step.type in MUTUAL and not _same_tracks(items, event) and topic < TOPIC:
        return None
    return Bearing("met", round(min(1.0, (0.7 if sharp else 0.5) + topic / 2), 3))


def _same_matter(items: Sequence[Item], other: Item, topic: float) -> bool:
    """Whether an act is about what the step was to do: a figure in common, or words, and no other figures."""
    figures = [figures_alike(i.terms, other.terms) for i in items]
    return max(figures) > 0 or topic >= (3 * TOPIC if min(figures) < 0 else TOPIC)


def _by_measure(items: Sequence[Item], other: Item, measure: Measure) -> Bearing | None:
    """A measure that came into force meets the step that announced it; one suspended before makes it idle."""
    step = _step(items[0])
    parties = {*measure.by, *measure.on}
    if not set(step.actors) <= parties or not {*measure.by} & {step.actors[0]}:
        return None
    topic = max(overlap(i.terms, other.terms) for i in items)
    if not _same_matter(items, other, topic):
        return None
    stated = dues(items)
    when = _measure_days(measure, other)
    if step.type == "SANCTION" and measure.status == "in-force" and stated and topic >= TOPIC:
        inside = _touch(_reach(due(items)), when, _slack(due(items)))
        known = other.source.known_on >= shift(_reach(due(items))[0], -DAY_SLACK)
        return Bearing("met", round(min(1.0, 0.6 + topic / 2), 3)) if inside and known else None
    if step.type == "CONCEDE" and measure.status in ("lifted", "suspended") and topic >= TOPIC:
        after = when[1] >= items[0].source.known_on
        inside = not stated or _touch(_reach(due(items)), when, _slack(due(items)))
        return Bearing("met", round(min(1.0, 0.6 + topic / 2), 3)) if after and inside else None
    before_due = stated and other.source.known_on < _reach(due(items))[0]
    if step.type == "SANCTION" and measure.status in ("lifted", "suspended") and before_due and topic >= 2 * TOPIC:
        return Bearing("overtaken", round(min(1.0, 0.5 + topic / 2), 3))
    return None


def _overtaken(items: Sequence[Item], other: Item, event: Event) -> Bearing | None:
    """A concession by the one who was to act, before the day, makes a planned sanction idle."""
    step, stated = _step(items[0]), dues(items)
    if step.type not in ("SANCTION", "THREATEN") or event.type not in ("CONCEDE", "RETREAT"):
        return None
    if step.actors[0] not in event.actors or not set(step.actors[1:]) & {*event.recipients, *event.actors}:
        return None
    topic = max(overlap(i.terms, other.terms) for i in items)
    if not stated or other.source.known_on >= _reach(due(items))[0] or topic < 2 * TOPIC:
        return None
    return Bearing("overtaken", round(min(1.0, 0.5 + topic / 2), 3))


def _called_off(items: Sequence[Item], other: Item, event: Event) -> Bearing | None:
    """A denial that it took place, or word that it is cancelled, misses a step.

    A cancelled meeting misses a meeting alone, one about the same matter or of the same day.
    """
    step = _step(items[0])
    sides = {*event.actors, *event.recipients}
    topic = max(overlap(i.terms, other.terms) for i in items)
    if not set(step.actors) <= sides or other.source.known_on == items[0].source.known_on:
        return None
    stated = dues(items)
    of_meeting = _has(other, "meetings")
    if step.type in MUTUAL:
        days = _reach(event.when) if event.when and _dated(event.when) else None
        same_day = bool(stated) and days is not None and _touch(days, _reach(due(items)), _slack(due(items)))
        if topic < (TOPIC if of_meeting or same_day else 2 * TOPIC):
            return None
    elif of_meeting or topic < 2 * TOPIC or step.actors[0] not in event.actors or not _same_matter(items, other, topic):
        return None
    if event.status == "denied" and event.type not in _meets(step.type):
        return None
    if event.status == "denied" and stated and other.source.known_on < _reach(due(items))[0]:
        return None  # that it has not happened yet is no news
    return Bearing("missed", round(min(1.0, 0.5 + topic / 2), 3))


def _calls_off(other: Item) -> bool:
    return _has(other, "cancels")


def _has(other: Item, group: str) -> bool:
    """Whether the words a record rests on have one of a list, as whole words."""
    quotes = " ".join(" ".join(s.quote.lower().split()) for s in other.record.evidence)
    return _any_of(group).search(quotes) is not None


@cache
def _any_of(group: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, ontology.load('merging')[group]))})\b")


def _step(item: Item) -> NextStep:
    assert isinstance(item.record, NextStep)
    return item.record


def _meets(step_type: str) -> list[str]:
    found: list[str] = ontology.load("merging")["meets"][step_type]
    return found


def _same_parties(step: NextStep, event: Event) -> bool:
    """Whether all actors of the step take part in the act, who was to act among those who did."""
    sides = {*event.actors, *event.recipients}
    if step.type in MUTUAL or not event.recipients:
        return set(step.actors) <= sides
    return set(step.actors) <= sides and step.actors[0] in event.actors


def _people_fit(items: Sequence[Item], event: Event) -> bool:
    """Whether the persons fit: one who was to take part did, unless the step or the report of the act names nobody."""
    wanted = {surname(p.name) for i in items for p in _step(i).participants}
    there = {surname(p.name) for p in event.participants}
    if not wanted:
        return True
    return bool(wanted & there) if there else event.when is not None


def _same_tracks(items: Sequence[Item], event: Event) -> bool:
    wanted = {t for i in items for t in _step(i).tracks}
    return not wanted or not event.tracks or bool(wanted & set(event.tracks))


def _event_days(event: Event, item: Item) -> tuple[date, date]:
    return _days(event.when, item)


def _measure_days(measure: Measure, item: Item) -> tuple[date, date]:
    return _days(measure.when, item)


def _days(window: Window | None, item: Item) -> tuple[date, date]:
    """Return when something happened; within a week before it was told where no day is given."""
    told = item.source.known_on
    if window is None or not _dated(window):
        return shift(told, -RECENT), told
    start, end = window.start or window.end, window.end or window.start
    assert start is not None and end is not None
    return start, end


def _dated(window: Window) -> bool:
    return window.start is not None or window.end is not None


def _reach(window: Window) -> tuple[date, date]:
    """Return the first and last day of a dated window; an open end is a year off, an open start the day itself."""
    start = window.start or window.end
    assert start is not None
    return window.start or date.min, window.end or shift(start, OPEN_END)


def _slack(window: Window) -> int:
    return DAY_SLACK if window.start is not None and window.start == window.end else SLACK


def _touch(one: tuple[date, date], other: tuple[date, date], slack: int) -> bool:
    return (other[0] - one[1]).days <= slack and (one[0] - other[1]).days <= slack


def _series(actors: Sequence[str]) -> str:
    return f"{', '.join(actors[:-1])} and {actors[-1]}" if len(actors) > 1 else actors[0]


def _text(window: Window) -> str:
    return f"{window.start or ''}..{window.end or ''}"
