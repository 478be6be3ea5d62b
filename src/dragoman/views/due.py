"""What lies ahead, what has passed without word, and what became of the rest.

In:     the ledger; a pair of actors, a track, a firmness, or none of them; the day as of which the question is asked.
Out:    `Agenda`: next steps with a due date, soonest first; those without one; those past due of which no document says
        what came of them; and how many of all were met, missed and so on.
Days:   a step lies ahead until the last day on which it could still be met has passed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dragoman.domain import Firmness, Track
from dragoman.ledger.entries import StepEntry
from dragoman.views.asked import Books, Pair, first_day_of, last_day_of, only, today
from dragoman.views.table import Table, dated, joined, name_of

#: Next steps looked at that came due before, latest first, and without a due date: guesses, for speed.
PAST, UNDATED = 200, 50
#: Days after its due date for which a step may still be open: guess, longer than any the ledger waits.
SLACK = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Outcomes:
    """How many next steps came to what."""

    open: int
    moved: int
    met: int
    missed: int
    overtaken: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Agenda(Table):
    """Next steps as the ledger stood on a day.

    `steps` are open or moved and have a due date, soonest first; `undated` have none; `overdue` are past due without
    word, latest first. `within` bounds `steps` alone (and leaves out `undated`). `outcomes` count what was looked
    at: all up to that horizon, of those that came due long ago the last `PAST`.
    """

    pair: Pair | None
    as_of: date
    within: timedelta | None
    track: Track | None
    firmness: Firmness | None
    steps: tuple[StepEntry, ...]
    undated: tuple[StepEntry, ...]
    overdue: tuple[StepEntry, ...]
    outcomes: Outcomes

    def rows(self) -> list[dict[str, Any]]:
        """Return one row a step, in the order of the view."""
        return [_row(step) for step in (*self.steps, *self.undated, *self.overdue)]


def due(
    ledger: Books,
    pair: Pair | None = None,
    *,
    within: timedelta | None = None,
    track: Track | None = None,
    firmness: Firmness | None = None,
    overdue: bool = True,
    as_of: date | None = None,
) -> Agenda:
    """Return what lies ahead (with `within`, up to that long from the day) and what has passed without word."""
    day = today(as_of)
    last = day + within if within is not None else None
    steps = chosen(steps_of(ledger, pair, as_of=day, until=last), track, firmness)
    open_ = ahead(steps)
    return Agenda(
        pair=pair,
        as_of=day,
        within=within,
        track=track,
        firmness=firmness,
        steps=tuple(s for s in open_ if (on := due_day(s)) and (last is None or on <= last)),
        undated=tuple(s for s in open_ if due_day(s) is None) if within is None else (),
        overdue=tuple(past_due(steps)) if overdue else (),
        outcomes=outcomes(steps),
    )


def steps_of(
    ledger: Books,
    pair: Pair | None,
    *,
    as_of: date,
    until: date | None = None,
    past: int = PAST,
    undated: int = UNDATED,
) -> list[StepEntry]:
    """Return the next steps of a pair or of all: those due from now on, the last that came due, some without a date."""
    turn = as_of - SLACK
    found = [
        *ledger.entries("next_steps", pair=pair, as_of=as_of, since=turn, until=until),
        *ledger.entries("next_steps", pair=pair, as_of=as_of, until=turn - timedelta(days=1), limit=past),
        *ledger.entries("next_steps", pair=pair, as_of=as_of, limit=undated),
    ]
    return only(StepEntry, list({entry.id: entry for entry in found}.values()))


def chosen(steps: Iterable[StepEntry], track: Track | None, firmness: Firmness | None) -> list[StepEntry]:
    """Return the steps on a track and of a firmness; None stands for any."""
    return [s for s in steps if (track is None or track in s.tracks) and (firmness is None or firmness == s.firmness)]


def ahead(steps: Iterable[StepEntry]) -> list[StepEntry]:
    """Return the open and moved steps, soonest first, those without a due date last."""
    open_ = [step for step in steps if step.outcome in {"open", "moved"}]
    return sorted(open_, key=lambda step: (due_day(step) or date.max, first_day_of(step.due) or date.max, step.id))


def past_due(steps: Iterable[StepEntry]) -> list[StepEntry]:
    """Return the steps past due of which no document says what came of them, those due latest first."""
    without_word = [step for step in steps if step.outcome == "unknown"]
    return sorted(without_word, key=lambda step: (due_day(step) or step.last, step.id), reverse=True)


def outcomes(steps: Iterable[StepEntry]) -> Outcomes:
    """Return how many steps came to what."""
    found = Counter(step.outcome for step in steps)
    return Outcomes(found["open"], found["moved"], found["met"], found["missed"], found["overtaken"], found["unknown"])


def due_day(step: StepEntry) -> date | None:
    """Return the day by which a step is due: the last of its window, else the first, else None."""
    return last_day_of(step.due)


def _row(step: StepEntry) -> dict[str, Any]:
    return {
        "id": step.id,
        "outcome": step.outcome,
        **dated("due", step.due),
        "what": step.what,
        "type": step.type,
        "actors": joined(step.actors),
        "firmness": step.firmness,
        "said_by": name_of(step.said_by) if step.said_by else None,
        "tracks": joined(step.tracks),
        "first": step.first,
        "last": step.last,
        "origins": step.origins,
        "rule": step.rule,
    }
