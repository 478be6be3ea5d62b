"""What lies ahead and what has passed without word."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dragoman.views import due
from tests.ledger_factory import ALedger, a_step_entry

TODAY = date(2026, 3, 10)
STEPS = [
    a_step_entry("late", ("2026-06-01", "2026-06-30"), id="N-late", tracks=["energy"]),
    a_step_entry("soon", "2026-03-12", id="N-soon", tracks=["trade"], firmness="scheduled"),
    a_step_entry("from", ("2026-03-20", ""), id="N-from", outcome="moved"),
    a_step_entry("open", None, id="N-open"),
    a_step_entry("old", "2026-01-05", id="N-old", outcome="unknown"),
    a_step_entry("older", "2025-11-05", id="N-older", outcome="unknown"),
    a_step_entry("met", "2026-02-05", id="N-met", outcome="met"),
    a_step_entry("missed", "2026-02-07", id="N-missed", outcome="missed", tracks=["trade"]),
]


def ids(steps) -> list[str]:
    """Return the ids without their letter."""
    return [step.id.removeprefix("N-") for step in steps]


@pytest.mark.parametrize(
    ("asked", "steps", "undated", "overdue"),
    [
        ({}, ["soon", "from", "late"], ["open"], ["old", "older"]),
        ({"within": timedelta(days=2)}, ["soon"], [], ["old", "older"]),  # the last day counts
        ({"within": timedelta(days=1)}, [], [], ["old", "older"]),
        ({"overdue": False}, ["soon", "from", "late"], ["open"], []),
        ({"track": "energy"}, ["late"], [], []),
        ({"firmness": "scheduled"}, ["soon"], [], []),
    ],
)
def test_steps_stand_by_the_day_they_are_due(asked, steps, undated, overdue):
    """Soonest first, undated apart, those past due without word apart with the latest first."""
    found = due(ALedger(*STEPS), as_of=TODAY, **asked)

    assert (ids(found.steps), ids(found.undated), ids(found.overdue)) == (steps, undated, overdue)


def test_outcomes_are_counted_for_the_same_choice():
    """Counts follow pair, track and firmness, and no horizon."""
    every = due(ALedger(*STEPS), as_of=TODAY, within=timedelta(days=1)).outcomes
    trade = due(ALedger(*STEPS), as_of=TODAY, track="trade").outcomes

    assert (every.open, every.moved, every.met, every.missed, every.overtaken, every.unknown) == (3, 1, 1, 1, 0, 2)
    assert (trade.open, trade.missed, trade.unknown) == (1, 1, 0)


def test_rows_have_every_step_once():
    """A table of all steps, with the rule by which each counts as met."""
    rows = due(ALedger(*STEPS), as_of=TODAY).rows()

    assert [row["id"] for row in rows] == ["N-soon", "N-from", "N-late", "N-open", "N-old", "N-older"]
    assert rows[1]["due_start"] == date(2026, 3, 20)
    assert rows[1]["due_end"] is None
    assert {row["rule"] for row in rows} == {"met if they meet"}


def test_nothing_is_due_in_an_empty_ledger():
    """An empty ledger gives an empty agenda."""
    found = due(ALedger(), ("IND", "USA"), as_of=TODAY)

    assert (found.steps, found.undated, found.overdue, found.rows()) == ((), (), (), [])
