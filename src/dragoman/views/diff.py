"""What is new between two days: what entered, what changed, what was decided.

In:     the ledger and two days; a pair of actors or none.
Out:    `Diff`. Each entry as of the first day is set beside the same as of the last.
Days:   the first day belongs to what was known before; the last one is included.
Rule:   an entry is looked at where a document known in between tells of it, or where its due date passed in between.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, get_args

from dragoman.errors import DragomanError
from dragoman.ledger.entries import AnyEntry, Kind, Outcome, StepEntry
from dragoman.views.asked import Books, Pair, today
from dragoman.views.due import SLACK, steps_of
from dragoman.views.table import Table, as_plain, padded

#: The fields by which an entry of a kind is seen to change.
FIELDS: dict[Kind, tuple[str, ...]] = {
    "events": ("type", "mode", "actors", "recipients", "status", "when", "contested", "origins"),
    "statements": (),
    "disputes": ("positions", "origins"),
    "next_steps": ("due", "firmness", "outcome", "origins"),
    "measures": ("status", "when", "rate", "amount", "parts", "ladder", "origins"),
    "initiatives": ("name", "lead", "members", "invited", "left", "purpose", "origins"),
}
#: Fields to which later documents add.
GROWING = frozenset({"ladder", "positions"})
KINDS: tuple[Kind, ...] = get_args(Kind)
#: What a step comes to when something is decided, or when its time passes without word.
DECIDED: frozenset[Outcome] = frozenset({"met", "missed", "overtaken", "moved", "unknown"})


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of an entry that is not what it was."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Changed:
    """An entry as it stands now, and what in it changed."""

    entry: AnyEntry
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """A next step of which it is known now what came of it; `before` is None where it is new itself."""

    entry: StepEntry
    before: Outcome | None
    outcome: Outcome
    on: date


@dataclass(frozen=True, slots=True)
class Diff(Table):
    """What is new in the ledger after `since` and up to `until`, in `documents` documents."""

    since: date
    until: date
    pair: Pair | None
    documents: int
    entered: tuple[AnyEntry, ...]
    changed: tuple[Changed, ...]
    decided: tuple[Decided, ...]

    def rows(self) -> list[dict[str, Any]]:
        """Return one row an entry that entered, a field that changed, a step that was decided."""
        return padded(
            [
                *({"what": "entered", "kind": e.kind, "id": e.id, "on": e.first} for e in self.entered),
                *(_changed_row(found.entry, change) for found in self.changed for change in found.changes),
                *(_decided_row(found) for found in self.decided),
            ]
        )


def diff(
    ledger: Books, since: date, *, pair: Pair | None = None, until: date | None = None, as_of: date | None = None
) -> Diff:
    """Return what is new after `since`, up to `until` (or `as_of`, which means the same; today by default)."""
    last = until or today(as_of)
    documents = ledger.documents(pair=pair, as_of=last, since=since + timedelta(days=1))
    pairs = [(_before(ledger, entry, since), entry) for entry in _touched(ledger, since, last, pair)]
    return Diff(
        since=since,
        until=last,
        pair=pair,
        documents=len(documents),
        entered=tuple(entry for before, entry in pairs if before is None),
        changed=tuple(Changed(entry, new) for before, entry in pairs if before and (new := changes(before, entry))),
        decided=tuple(came for before, entry in pairs if (came := decided(before, entry, since))),
    )


def changes(before: AnyEntry, after: AnyEntry) -> tuple[FieldChange, ...]:
    """Return the fields in which an entry is not what it was; a step's outcome is left to `decided`.

    Of a ladder and of positions, which only grow, `before` is empty and `after` holds what was added.
    """
    names = [name for name in FIELDS[after.kind] if name != "outcome"]
    return tuple(found for name in names if (found := _change(name, getattr(before, name), getattr(after, name))))


def _change(name: str, old: Any, new: Any) -> FieldChange | None:
    if name in GROWING:
        known = set(old)
        added = tuple(value for value in new if value not in known)
        return FieldChange(name, (), added) if added else None
    return FieldChange(name, old, new) if old != new else None


def decided(before: AnyEntry | None, after: AnyEntry, since: date) -> Decided | None:
    """Return what came of a step since, or None for anything else."""
    if not isinstance(after, StepEntry) or after.outcome not in DECIDED:
        return None
    old = before.outcome if isinstance(before, StepEntry) else None
    if old == after.outcome and not (old == "moved" and isinstance(before, StepEntry) and before.due != after.due):
        return None
    return Decided(after, old, after.outcome, _decided_on(after, since))


def _decided_on(step: StepEntry, since: date) -> date:
    """Return the day on which it was known: of the decision, of the last date stated, or the day after it passed."""
    if step.decided_on:
        return step.decided_on
    if step.outcome == "moved" and step.dues:
        return step.dues[-1].stated_on
    last = step.due.end or step.due.start
    return last + timedelta(days=1) if last else max(step.last, since)


def _touched(ledger: Books, since: date, until: date, pair: Pair | None) -> list[AnyEntry]:
    """Return the entries that a document known in between tells of, and steps due or decided in between."""
    found: dict[str, AnyEntry] = {}
    for kind in KINDS:
        entries = ledger.entries(kind, pair=pair, as_of=until, reported_since=since)
        found.update((e.id, e) for e in entries if any(since < item.source.known_on <= until for item in e.items))
    came_due = ledger.entries("next_steps", pair=pair, as_of=until, since=since - SLACK, until=until)
    decided_since = (s for s in steps_of(ledger, pair, as_of=until) if s.decided_on and s.decided_on > since)
    for entry in (*came_due, *decided_since):
        found.setdefault(entry.id, entry)
    return sorted(found.values(), key=lambda entry: (KINDS.index(entry.kind), entry.first, entry.id))


def _before(ledger: Books, entry: AnyEntry, since: date) -> AnyEntry | None:
    """Return the entry as of the day before; None where no document had told of it."""
    known = [item for item in entry.items if item.source.known_on <= since]
    if not known:
        return None
    try:
        return ledger.entry(known[0].id, since)
    except DragomanError:
        return None


def _changed_row(entry: AnyEntry, change: FieldChange) -> dict[str, Any]:
    row = {"what": "changed", "kind": entry.kind, "id": entry.id, "on": entry.last, "field": change.field}
    return {**row, "before": _text(change.before), "after": _text(change.after)}


def _decided_row(found: Decided) -> dict[str, Any]:
    row = {"what": "decided", "kind": found.entry.kind, "id": found.entry.id, "on": found.on, "field": "outcome"}
    return {**row, "before": found.before, "after": found.outcome}


def _text(value: Any) -> str | None:
    plain = as_plain(value)
    if isinstance(plain, dict):
        return "; ".join(f"{key} {_text(field)}" for key, field in plain.items() if field is not None)
    return ", ".join(str(_text(item)) for item in plain) if isinstance(plain, list) else plain and str(plain)
