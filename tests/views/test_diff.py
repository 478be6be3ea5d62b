"""What is new between two days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dragoman.views import diff
from dragoman.views.diff import changes
from tests.ledger_factory import (
    ALedger,
    a_day,
    a_measure_entry,
    a_rung,
    a_source,
    a_step_entry,
    an_event_entry,
    an_item,
)

SINCE, UNTIL = date(2026, 3, 1), date(2026, 3, 31)
OLD, NEW = an_item(source=a_source("2026-02-01")), an_item(source=a_source("2026-03-15"))


@pytest.mark.parametrize(
    ("known_on", "entered"), [("2026-03-01", 0), ("2026-03-02", 1), ("2026-03-31", 1), ("2026-04-01", 0)]
)
def test_what_became_known_in_between_entered(known_on, entered):
    """The first day belongs to before, the last to between."""
    found = diff(ALedger(an_event_entry(known_on=known_on)), SINCE, until=UNTIL)

    assert (len(found.entered), len(found.changed), found.documents) == (entered, 0, entered)


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"status": "denied"}, ["status", "origins"]),
        ({"contested": True}, ["contested", "origins"]),
        ({"origins": 1}, []),  # a reprint changes nothing
    ],
)
def test_a_known_entry_changes_by_its_fields(change, fields):
    """A new origin counts as a change; told again by a reprint, an entry is as it was."""
    before = an_event_entry(items=[OLD], id=OLD.id)
    after = replace(an_event_entry(items=[OLD, NEW], id=OLD.id), **change)

    found = diff(ALedger(after, past={OLD.id: before}), SINCE, until=UNTIL)

    assert [change.field for entry in found.changed for change in entry.changes] == fields
    assert found.entered == ()


def test_of_a_ladder_only_the_new_rungs_are_told():
    """What was there before is not repeated."""
    first, second = a_rung("announced", "2026-02-01"), a_rung("in-force", "2026-03-10")

    found = {change.field: change for change in changes(a_measure_entry(first), a_measure_entry(first, second))}

    assert found["status"].before == "announced"
    assert (found["ladder"].before, found["ladder"].after) == ((), (second,))


@pytest.mark.parametrize(
    ("before", "after", "decided"),
    [
        ("open", "met", True),
        ("open", "unknown", True),
        ("unknown", "met", True),
        ("open", "moved", True),
        ("open", "open", False),
        ("met", "met", False),
        ("moved", "moved", False),
    ],
)
def test_a_step_is_decided_when_its_outcome_changes(before, after, decided):
    """A due date that passes without word decides as well: nobody knows."""
    old = a_step_entry(due="2026-03-10", outcome=before, id="N-1", known_on="2026-02-01")
    new = replace(old, outcome=after)
    ledger = ALedger(new, past={"N-1": old})
    ledger.entry = lambda given, as_of=None: old if as_of == SINCE else new  # type: ignore[method-assign]

    found = diff(ledger, SINCE, until=UNTIL)

    assert [(step.before, step.outcome) for step in found.decided] == ([(before, after)] if decided else [])
    assert (found.entered, found.changed) == ((), ())


@pytest.mark.parametrize(
    ("change", "day"),
    [
        ({"outcome": "met", "decided_on": a_day("2026-03-12")}, "2026-03-12"),
        ({"outcome": "unknown"}, "2026-03-11"),  # the day after it was due
        ({"outcome": "moved"}, "2026-03-05"),  # when the later date was stated
    ],
)
def test_a_decision_has_a_day(change, day):
    """A new step that is decided at once has entered and was decided."""
    step = replace(a_step_entry(due="2026-03-10", known_on="2026-03-05"), **change)

    found = diff(ALedger(step), SINCE, until=UNTIL)

    assert [(one.before, str(one.on)) for one in found.decided] == [(None, day)]
    assert [row["what"] for row in found.rows()] == ["entered", "decided"]


def test_a_step_met_by_a_document_that_does_not_name_it_is_decided():
    """It was due long after, and only the decision is new."""
    old = a_step_entry(due="2026-09-01", id="N-1", known_on="2026-02-01")
    new = replace(old, outcome="met", decided_on=date(2026, 3, 9))
    ledger = ALedger(new)
    ledger.entry = lambda given, as_of=None: old  # type: ignore[method-assign]

    assert [step.entry.id for step in diff(ledger, SINCE, until=UNTIL).decided] == ["N-1"]


def test_rows_tell_before_and_after_in_words():
    """A changed field is one row, flat."""
    before = an_event_entry(items=[OLD], id=OLD.id, status="planned")
    after = an_event_entry(items=[OLD, NEW], id=OLD.id, when=("2026-03-05", "2026-03-06"))

    rows = diff(ALedger(after, past={OLD.id: before}), SINCE, until=UNTIL).rows()

    assert [(row["field"], row["before"], row["after"]) for row in rows] == [
        ("status", "planned", "happened"),
        ("when", "start 2026-03-01; end 2026-03-01", "start 2026-03-05; end 2026-03-06"),
        ("origins", "1", "2"),
    ]
