"""The gist line: which act leads, how it is put, what is counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dragoman.domain import Because, Reading, Window
from dragoman.show.gist import gist, leading_act, soonest


def test_gist_says_who_what_when_how_much_more_and_what_next(rich):
    """The leading act with its people, the other records counted, the nearest step ahead."""
    assert gist(rich) == (
        "Portugal and Canada spoke by phone on 14 May 2024 (Ana Prado, Luc Tremblay); "
        "5 more acts, 2 disputes, 2 measures; "
        "next: Portugal, Canada and the WTO – lodge a complaint (intended, by 31 May 2024)."
    )


@pytest.mark.parametrize(
    ("number", "begins"),
    [
        (1, "Portugal and Canada may hold talks in June 2024"),
        (2, "Canada imposed sanctions on Portugal in March 2024"),
        (3, "It is denied that Portugal said no to Canada in April 2024"),
        (4, "Portugal and Canada are to hold talks between 2 and 6 June 2024"),
        (5, "No longer so: Canada used coercion against Portugal on 1 February 2024"),
    ],
)
def test_gist_never_states_as_done_what_is_not(rich, number, begins):
    """Each status has its own form of words."""
    alone = Reading(document=rich.document, actors=rich.actors, events=(rich.events[number],))
    assert gist(alone) == f"{begins}."


def test_recent_acts_lead_over_background(rich):
    """An older act told first does not lead; a denied or possible one leads only when nothing was done."""
    call, possible, tariff, denied, *_ = rich.events
    background = replace(tariff, evidence=call.evidence)
    fresh = replace(call, evidence=tariff.evidence)

    assert leading_act([background, possible, fresh], rich.document) is fresh
    assert leading_act([denied, possible], rich.document) is possible
    assert leading_act([], rich.document) is None


def test_the_headline_leads(rich):
    """What the headline says leads over what is told before or stands firmer; the first paragraphs come next."""
    call, possible, tariff, *_, ended = rich.events
    titled = replace(rich.document, headline=(possible.evidence[0].start, possible.evidence[0].end))
    opened = replace(rich.document, headline=None, paragraphs=((0, tariff.evidence[0].start),))

    by_headline, by_place = (
        leading_act([call, possible, tariff], titled),
        leading_act([tariff, ended, possible], opened),
    )

    assert by_headline is possible
    assert by_place is possible


def test_inferred_sides_lead_only_where_nothing_else_is(rich):
    """An act whose sides come from the words around it is not put first, even from the headline."""
    call, possible, *_ = rich.events
    guessed = replace(call, because=Because("act.verb", 0.5))
    titled = replace(rich.document, headline=(0, 200))

    assert leading_act([guessed, possible], titled) is possible
    assert leading_act([guessed], titled) is guessed


def test_what_is_dated_long_ago_leads_only_where_nothing_else_does(rich):
    """Background told in the first paragraphs gives way to what is new further down."""
    call, _, tariff, *_ = rich.events
    background = replace(tariff, evidence=call.evidence)
    late = replace(call, when=None, evidence=rich.events[5].evidence)

    assert leading_act([background, late], rich.document) is late
    assert leading_act([background], rich.document) is background


def test_sanctions_are_named_by_the_measure_of_the_same_words(rich):
    """A tariff is called one, and said to be suspended when it is; a sanction without a measure is a sanction."""
    tariff, measure = rich.events[2], rich.measures[0]

    def line(*measures):
        return gist(Reading(document=rich.document, actors=rich.actors, events=(tariff,), measures=measures))

    assert line(measure).startswith("Canada imposed a tariff on Portugal in March 2024; 1 measure")
    assert line(replace(measure, status="suspended")).startswith("Canada imposed a tariff, now suspended, on Portugal")
    assert line(replace(measure, by=("PRT",))).startswith("Canada imposed sanctions on Portugal")


@pytest.mark.parametrize(
    ("steps", "ends"),
    [
        ((0, 1), "; next: Portugal and Canada are to hold talks between 2 and 6 June 2024."),
        ((0,), ", 1 step ahead without a date."),
        ((), " 2 measures."),
    ],
)
def test_the_next_step_is_dated_and_says_who_and_what(rich, steps, ends):
    """In the words of its act where there is one; steps without a date are counted, not told."""
    assert gist(replace(rich, next_steps=tuple(rich.next_steps[n] for n in steps))).endswith(ends)


def test_the_leading_act_is_not_told_again_as_the_next_step(rich):
    """When the only dated step is the leading act, nothing comes after it."""
    talks, step = rich.events[4], rich.next_steps[1]
    assert gist(Reading(document=rich.document, actors=rich.actors, events=(talks,), next_steps=(step,))) == (
        "Portugal and Canada are to hold talks between 2 and 6 June 2024."
    )


def test_gist_counts_what_there_is_without_acts(rich, empty):
    """Without acts the other records are counted; without records the gist says so."""
    said = Reading(document=rich.document, statements=rich.statements, initiatives=rich.initiatives)
    assert gist(said) == "3 statements, 1 initiative."
    assert gist(empty).startswith("Nothing found: ")


def test_gist_counts_the_people_it_does_not_name(rich):
    """A long list of people is cut, not spelt out."""
    call = replace(rich.events[0], participants=rich.events[0].participants * 3)
    assert "(Ana Prado, Luc Tremblay, Ana Prado, Luc Tremblay and 2 more)" in gist(replace(rich, events=(call,)))


def test_soonest_first_and_open_horizons_last(rich):
    """A deadline counts as its last day, a period as its first; no date comes at the end."""
    step = rich.next_steps[0]
    dues = [
        Window(None, None),
        Window(date(2024, 6, 2), date(2024, 6, 6)),
        Window(date(2024, 6, 2), date(2024, 6, 2)),
        Window(None, date(2024, 5, 31)),
        Window(date(2024, 7, 1), None),
    ]
    ordered = [found.due for found in soonest(replace(step, due=due) for due in dues)]
    assert ordered == [dues[3], dues[2], dues[1], dues[4], dues[0]]
