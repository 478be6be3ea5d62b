"""What happened between two actors, day by day."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.domain import Window
from dragoman.views import timeline
from dragoman.views.precision import precision
from tests.ledger_factory import (
    ALedger,
    a_dispute_entry,
    a_measure_entry,
    a_rung,
    a_source,
    a_step_entry,
    a_window,
    an_event_entry,
    an_item,
)

TODAY = date(2026, 7, 1)
TALKS = an_event_entry("CONSULT", "2026-03-05", id="E-talks", tracks=["trade"])
LEDGER = ALedger(
    TALKS,
    an_event_entry("ACCUSE", ("2026-02-01", "2026-02-28"), id="E-blame", actors=["IND"], recipients=["USA"]),
    a_step_entry("talks", "2026-03-03", id="N-met", outcome="met", decided_by="E-talks", decided_on="2026-03-06"),
    a_step_entry("a visit", ("2026-04-01", "2026-04-30"), id="N-past", outcome="unknown", tracks=["trade"]),
    a_step_entry("a call", "2026-05-01", id="N-missed", outcome="missed", decided_on="2026-05-02"),
    a_step_entry("some day", None, id="N-undated"),
    a_measure_entry(a_rung("announced", "2026-01-10", on="2026-01-11"), a_rung("in-force", "2026-03-01"), id="M-tax"),
    a_dispute_entry(id="X-border", known_on="2026-06-01"),
)


def lines(found) -> list[str]:
    """Return "day entry status" for each moment."""
    return [f"{moment.day:%m-%d} {moment.entry} {moment.status}" for moment in found.moments]


def test_every_kind_stands_on_its_day():
    """Acts on theirs, steps on the day that decided them or they were due, rungs from when they hold."""
    assert lines(timeline(LEDGER, "IND", "USA", as_of=TODAY)) == [
        "01-10 M-tax announced",
        "02-01 E-blame happened",
        "03-01 M-tax in-force",
        "03-05 E-talks happened",
        "03-05 N-met met",
        "04-30 N-past unknown",
        "05-02 N-missed missed",
        "06-01 X-border disputed",
    ]


@pytest.mark.parametrize(
    ("asked", "found", "more"),
    [
        ({"limit": 2}, ["05-02 N-missed missed", "06-01 X-border disputed"], True),
        ({"limit": 8, "since": date(2026, 5, 1)}, ["05-02 N-missed missed", "06-01 X-border disputed"], False),
        ({"until": date(2026, 2, 1)}, ["01-10 M-tax announced", "02-01 E-blame happened"], False),
        ({"kinds": ["disputes"]}, ["06-01 X-border disputed"], False),
        ({"track": "trade"}, ["03-05 E-talks happened", "04-30 N-past unknown"], False),
        ({"track": "space"}, [], False),
        ({"kinds": ["next_steps"], "limit": 1}, ["05-02 N-missed missed"], True),
    ],
)
def test_a_timeline_can_be_narrowed(asked, found, more):
    """By track, period and kind; a limit keeps the latest and says that there are more."""
    shown = timeline(LEDGER, "IND", "USA", as_of=TODAY, **asked)

    assert (lines(shown), shown.more) == (found, more)


def test_a_met_step_is_dated_by_what_met_it_even_where_no_events_are_asked_for():
    """The deciding entry is looked up."""
    (first, *_) = timeline(LEDGER, "IND", "USA", kinds=["next_steps"], as_of=TODAY).moments

    assert (first.entry, first.day) == ("N-met", date(2026, 3, 5))


def told(kind, start: int, source, **more):
    """Return an item whose words stand at a place of a document."""
    return an_item(kind, "what is told", start=start, source=source, **more)


@pytest.mark.parametrize(
    ("type", "status", "start", "shown"),
    [
        ("CONSULT", "planned", 0, False),  # the step tells it
        ("CONSULT", "happened", 0, True),  # what happened is no plan
        ("CONSULT", "planned", 500, True),  # no step tells this one
        ("SANCTION", "happened", 200, False),  # the ladder tells it
        ("ACCUSE", "happened", 200, True),  # told in the same words, but another act
    ],
)
def test_nothing_is_told_twice(type, status, start, shown):
    """A plan is left to its step and a sanction to its measure, where they rest on the same words."""
    source = a_source()
    step = a_step_entry(items=[told("next_steps", 0, source)])
    measure = a_measure_entry(a_rung(), items=[told("measures", 200, source)])
    event = an_event_entry(type, status=status, id="E-it", items=[told("events", start, source)])
    ledger = ALedger(step, measure, event)

    assert ("E-it" in {m.entry for m in timeline(ledger, "IND", "USA", as_of=TODAY).moments}) is shown
    assert "E-it" in {m.entry for m in timeline(ledger, "IND", "USA", kinds=["events"], as_of=TODAY).moments}


def test_a_measure_is_on_the_track_of_the_act_told_in_the_same_words():
    """Measures and disputes have no tracks of their own."""
    source = a_source()
    measure = a_measure_entry(a_rung(), id="M-near", items=[told("measures", 0, source)])
    event = an_event_entry("SANCTION", tracks=["energy"], items=[told("events", 5, source)])

    (moment,) = timeline(ALedger(measure, event), "IND", "USA", track="energy", as_of=TODAY).moments

    assert (moment.entry, moment.tracks) == ("M-near", ("energy",))


def test_a_track_is_looked_for_beyond_the_latest():
    """A limit counts what is shown, not what was looked at."""
    old = an_event_entry("CONSULT", "2024-01-01", tracks=["space"], id="E-old", known_on="2024-01-02")
    new = [an_event_entry("CONSULT", f"2026-01-{day:02}", tracks=["trade"]) for day in range(1, 29)]

    found = timeline(ALedger(old, *new), "IND", "USA", track="space", limit=2, as_of=TODAY)

    assert [moment.entry for moment in found.moments] == ["E-old"]


@pytest.mark.parametrize(
    ("when", "found"),
    [
        (None, "reported"),
        (("", ""), "reported"),
        ("2026-03-02", "day"),
        (("2026-03-02", "2026-03-08"), "week"),
        (("2026-03-03", "2026-03-09"), "span"),
        (("2026-02-01", "2026-02-28"), "month"),
        (("2026-02-01", "2026-02-27"), "span"),
        (("2026-04-01", "2026-06-30"), "quarter"),
        (("2026-05-01", "2026-07-31"), "span"),
        (("2026-01-01", "2026-12-31"), "year"),
        (("2025-01-01", "2026-12-31"), "span"),
        (("2026-03-02", ""), "from"),
        (("", "2026-03-02"), "by"),
    ],
)
def test_a_date_says_how_precise_it_is(when, found):
    """As the text gave it: a day, a calendar week, month, quarter or year, or something between."""
    assert precision(Window(None, None) if when == ("", "") else a_window(when)) == found


def test_a_rung_told_by_an_act_has_the_words_of_that_act():
    """A rung names the item that tells it, which may belong to an event; without one it has no quote."""
    tells = an_item("events", "lifted some duties")
    event = an_event_entry("CONCEDE", items=[tells])
    own = an_item("measures", "imposed duties")
    measure = a_measure_entry(a_rung(item=own.id), a_rung(item=tells.id), a_rung(), items=[own])

    found = timeline(ALedger(event, measure), "IND", "USA", kinds=["measures"], as_of=TODAY).moments

    assert [moment.quote and moment.quote.text for moment in found] == ["imposed duties", "lifted some duties", None]
