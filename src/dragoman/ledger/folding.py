"""Folding: the items of one entry to the entry, as it stood on a day.

In:     items of one kind that are judged to be the same, in the order in which they became known; for steps the
        items that bear on them, for measures the acts told of them, for disputes what the parties said.
Out:    an entry (see entries.py).

What most independent origins say stands; among equals what was told first, except for status, where the latest word
counts. Nothing is added that no item says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar, cast

from dragoman.domain import Event, NextStep, Person, Statement, Track, Window
from dragoman.ledger import following
from dragoman.ledger.entries import AnyEntry, Change, EventEntry, Item, Outcome, StatementEntry, StepEntry
from dragoman.ledger.initiatives import fold_initiative
from dragoman.ledger.ladder import fold_measure
from dragoman.ledger.positions import fold_dispute
from dragoman.ledger.same import surname

T = TypeVar("T", bound=Hashable)


def fold(entry: str, items: Sequence[Item], context: Sequence[Item], as_of: date) -> AnyEntry:
    """Return the entry that items make; `context` holds what else its kind looks at (see the module)."""
    kind = items[0].kind
    common = {
        "id": entry,
        "kind": kind,
        "items": tuple(items),
        "origins": len({item.source.origin for item in items}),
        "first": items[0].source.known_on,
        "last": items[-1].source.known_on,
    }
    return _as_corrected(_FOLDS[kind](common, items, context, as_of))


def _as_corrected(entry: AnyEntry) -> AnyEntry:
    """Return the entry with what a person said of any of its items in place of what most of them say."""
    named = {"kind": "instrument"} if entry.kind == "measures" else {}
    by_ladder = {"status", "when", "rate"} if entry.kind == "measures" else set()  # these hold from a day on
    said = {
        named.get(field, field): getattr(item.record, field)
        for item in entry.items
        for field in item.corrected
        if field not in by_ladder and hasattr(entry, named.get(field, field))
    }
    return replace(entry, **said) if said and entry.kind != "statements" else entry


def _event(common: dict[str, Any], items: Sequence[Item], context: Sequence[Item], as_of: date) -> EventEntry:
    events = [item.record for item in items if isinstance(item.record, Event)]
    type_ = most(items, [e.type for e in events])
    of_type = [(i, e) for i, e in zip(items, events, strict=True) if e.type == type_]
    actors, recipients = most([i for i, _ in of_type], [(e.actors, e.recipients) for _, e in of_type])
    told = [e.status for e in events if e.status != "denied"]
    when = most_exact(items, [e.when for e in events])
    return EventEntry(
        **common,
        history=_status_history(items, [e.status for e in events]),
        type=type_,
        mode=next((e.mode for _, e in of_type if e.mode), None),
        actors=actors,
        recipients=recipients,
        participants=people(p for e in events for p in e.participants),
        status=_status(told) if told else "denied",
        when=when,
        tracks=tracks(e.tracks for e in events),
        contested=bool(told) and len(told) < len(events) and "happened" in told,
    )


def _status(told: Sequence[str]) -> Any:
    """Return the status of an event: what is done stays done, what lies ahead is as firm as last told."""
    for done in ("ended", "happened"):
        if done in told and (done == "happened" or told[-1] == "ended"):
            return done
    return told[-1]


def _status_history(items: Sequence[Item], statuses: Sequence[str]) -> tuple[Change, ...]:
    """Return when the event was first told, and each new status."""
    out: list[Change] = []
    for item, status in zip(items, statuses, strict=True):
        said = f"told as {status}"
        if not out or all(change.what != said for change in out):
            out.append(Change(item.source.known_on, said, item.id))
    return tuple(out)


def _step(common: dict[str, Any], items: Sequence[Item], context: Sequence[Item], as_of: date) -> StepEntry:
    steps = [item.record for item in items if isinstance(item.record, NextStep)]
    bearings = [(other, found) for other in context if (found := following.bearing(items, other))]
    outcome, decider = following.outcome(items, bearings, as_of)
    said = [
        field.removeprefix("outcome=") for item in items for field in item.corrected if field.startswith("outcome=")
    ]
    if said:
        outcome, decider = cast(Outcome, said[-1]), None
    dues = following.dues(items)
    due = following.due(items)
    current = [s for s in steps if s.due == due] or steps  # the words that go with the day
    fullest = max(current, key=lambda s: len(s.actors))
    firm = [s.firmness for s in steps]
    history = [Change(items[0].source.known_on, "stated", items[0].id)]
    history += [
        Change(after.stated_on, f"moved from {span(before.window)} to {span(after.window)}", after.item)
        for before, after in following.moves(dues)
    ]
    if decider:
        history.append(Change(decider.source.known_on, outcome, decider.id))
    return StepEntry(
        **common,
        history=tuple(sorted(history, key=lambda change: change.on)),
        what=fullest.what,
        type=most(items, [s.type for s in steps]),
        actors=fullest.actors,
        participants=people(p for s in steps for p in s.participants),
        due=due,
        firmness=min(firm, key=["scheduled", "agreed", "intended", "possible"].index),
        said_by=next((s.said_by for s in steps if s.said_by), None),
        tracks=tracks(s.tracks for s in steps),
        dues=dues,
        rule=following.rule(items),
        outcome=outcome,
        decided_by=decider.id if decider else None,  # the ledger puts the entry's id in its place
        decided_item=decider.id if decider else None,
        decided_on=decider.source.known_on if decider else None,
    )


def _statement(common: dict[str, Any], items: Sequence[Item], context: Sequence[Item], as_of: date) -> StatementEntry:
    record = items[0].record
    assert isinstance(record, Statement)
    return StatementEntry(**common, statement=record)


_FOLDS: dict[str, Callable[..., AnyEntry]] = {
    "events": _event, "statements": _statement, "disputes": fold_dispute, "next_steps": _step, "measures": fold_measure,
    "initiatives": fold_initiative,
}  # fmt: skip


def most(items: Sequence[Item], values: Sequence[T]) -> T:
    """Return the value that most independent origins give; among equals the one told first."""
    origins: dict[T, set[str]] = defaultdict(set)
    for item, value in zip(items, values, strict=True):
        origins[value].add(item.source.origin)
    return max(origins, key=lambda value: len(origins[value]))  # dicts keep the order of telling


def most_exact(items: Sequence[Item], windows: Sequence[Window | None]) -> Window | None:
    """Return the shortest window that the most origins agree with; None when no item gives a day."""
    given = [(i, w) for i, w in zip(items, windows, strict=True) if w is not None and (w.start or w.end)]
    if not given:
        return None

    def backing(window: Window) -> int:
        return len({i.source.origin for i, w in given if _overlap(window, w)})

    return max((w for _, w in given), key=lambda w: (backing(w), -width(w)))


def width(window: Window) -> int:
    """Return the days of a window; one with an open end is longer than any other."""
    return (window.end - window.start).days if window.start and window.end else 10_000


def _overlap(one: Window, other: Window) -> bool:
    first, second = (one.start or date.min, one.end or date.max), (other.start or date.min, other.end or date.max)
    return first[0] <= second[1] and second[0] <= first[1]


def people(found: Iterable[Person]) -> tuple[Person, ...]:
    """Return each person once, under the fullest name, with the first office and affiliation given."""
    known: dict[tuple[str, str | None], Person] = {}
    for person in found:
        key = (surname(person.name), person.affiliation)
        before = known.get(key)
        if before is None:
            known[key] = person
        else:
            name = max(before.name, person.name, key=len)
            known[key] = Person(name, before.role or person.role, person.affiliation)
    return tuple(known.values())


def tracks(found: Iterable[tuple[Track, ...]]) -> tuple[Track, ...]:
    """Return all tracks, each once, in the order of telling."""
    return tuple(dict.fromkeys(track for one in found for track in one))


def span(window: Window) -> str:
    """Return a window in figures: one day, or first and last."""
    if window.start == window.end and window.start:
        return window.start.isoformat()
    return f"{window.start or ''}..{window.end or ''}"
