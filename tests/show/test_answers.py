"""The answers of the ledger in the terminal: what they hold, that they fit, that a document cannot steer them."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from rich.cells import cell_len

from dragoman.ledger.correcting import Correction, Judgement
from dragoman.ledger.entries import AnyEntry, Change
from dragoman.ledger.queries import Hit, PairCount
from dragoman.show.answers import BLOCKS, render
from dragoman.show.sheet import FULL
from dragoman.views import (
    compare,
    diff,
    disputes,
    due,
    initiatives,
    measures,
    relation,
    search,
    show,
    statements,
    tension,
    timeline,
)
from dragoman.views.brief import brief
from tests.ledger_factory import (
    ALedger,
    a_dispute_entry,
    a_measure_entry,
    a_person,
    a_rung,
    a_source,
    a_statement_entry,
    a_step_entry,
    an_event_entry,
    an_initiative_entry,
    an_item,
)

TODAY, PAIR = date(2026, 3, 20), ("IND", "USA")
WORDS = "the two ministers sat down in Delhi over steel, soya and the long quarrel about licences for aluminium "
HOSTILE = "\x1b[31mRed\x07 \u202eeltit [bold]no[/bold]"
MINISTER = a_person("Asha Rao", "foreign minister", "IND")


def books(words=WORDS, times=1):
    """Return a ledger with entries of every kind, each so many times."""
    source = a_source("2026-03-04", title=words, publisher="The Harbour Wire", published=date(2026, 3, 4))
    person = a_person(words[:30], "foreign minister", "IND")
    entries: list[AnyEntry] = []
    for number in range(times):
        day = (date(2026, 3, 1) + timedelta(days=number % 15)).isoformat()
        event = an_event_entry(
            when=day, participants=[MINISTER, person], tracks=["trade"], items=[an_item(words=words, source=source)]
        )
        entries += [
            event,
            an_event_entry("ACCUSE", day, actors=["USA"], recipients=["IND"], tracks=["territory"]),
            a_step_entry(words, f"2026-04-{number % 20 + 1:02}"),
            a_step_entry(words, None, firmness="possible"),
            a_step_entry(words, day, outcome="unknown"),
            a_step_entry(words, day, outcome="met", decided_by=event.id, decided_on=day, known_on="2026-01-02"),
            a_measure_entry(
                a_rung("announced", on="2026-02-01", rate=25.0),
                a_rung(when=day, rate=25.0),
                a_rung("lifted", "2026-10-01", possible=True, partial=True, rate=25.0),
                object=words[:60],
                status="in-force",
            ),
            a_dispute_entry(words=words),
            a_statement_entry(words, person),
            an_initiative_entry(words[:40], lead=["IND"]),
        ]
    hit = Hit("events", entries[0].id, words, source, 1.0)
    return ALedger(*entries, hits=[hit])


def answers(ledger):
    """Return the result of every view, with what its layout needs beside it."""
    course = tension(ledger, *PAIR, as_of=TODAY)
    shown = [show(ledger, entry.id, as_of=TODAY) for entry in ledger._entries[:10]]
    return [
        (relation(ledger, *PAIR, as_of=TODAY),),
        (timeline(ledger, *PAIR, as_of=TODAY),),
        (due(ledger, PAIR, as_of=TODAY),),
        (disputes(ledger, PAIR, as_of=TODAY),),
        (measures(ledger, PAIR, as_of=TODAY),),
        (measures(ledger, PAIR, show="flow", as_of=TODAY),),
        (measures(ledger, PAIR, in_force_on=TODAY, as_of=TODAY),),
        (initiatives(ledger, as_of=TODAY),),
        (statements(ledger, "", as_of=TODAY),),
        (search(ledger, "steel", as_of=TODAY),),
        (course, {"both": compare(course)}),
        (diff(ledger, date(2026, 2, 1), pair=PAIR, as_of=TODAY),),
        (brief(ledger, *PAIR, as_of=TODAY),),
        ([PairCount(PAIR, 3, TODAY)],),
        *((one,) for one in shown),
    ]


def printed(found, **options):
    """Return what is printed to something that is no terminal."""
    file = io.StringIO()
    render(*found, file=file, **options)
    return file.getvalue()


def flat(text):
    """Return the text on one line, so that wrapping does not matter."""
    return " ".join(text.split())


def test_every_view_has_a_layout():
    """The result of each view is tried below, and none is without a layout."""
    assert {type(found[0]).__name__ for found in answers(books())} == set(BLOCKS)


@pytest.mark.parametrize("width", [40, 63, 64, 80, 100, 120, 200])
def test_no_line_is_wider_than_the_terminal(width):
    """Every answer fits, however long the words of documents are; no line trails blanks; no colour reaches a pipe."""
    for found in answers(books()):
        text = printed(found, width=width)
        assert max(map(cell_len, text.splitlines())) <= min(width, FULL), text
        assert all(line == line.rstrip() for line in text.splitlines())
        assert "\x1b" not in text


@pytest.mark.parametrize("width", [50, 100, 140])
def test_a_document_cannot_steer_the_terminal(width):
    """Nothing but printable characters and line breaks comes out; the markup of the library stays text."""
    for found in answers(books(HOSTILE)):
        text = printed(found, width=width)
        assert all(character.isprintable() or character == "\n" for character in text), text


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_marks_have_plain_forms(encoding):
    """A terminal without the characters gets ASCII marks."""
    for found in answers(books()):
        file = io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="\n")
        render(*found, file=file, width=100)
        file.flush()


@pytest.mark.parametrize("times", [1, 3, 12])
def test_a_relation_fits_one_screen(times):
    """At 100 columns at most 40 lines, however much there is; where something is left out stands how to see it."""
    text = printed((relation(books(times=times), *PAIR, as_of=TODAY),), width=100)

    assert len(text.splitlines()) <= 40
    assert ("more: dragoman due IND USA" in text) is (times > 1)


@pytest.mark.parametrize(
    ("number", "fact"),
    [
        (0, "India and the United States, as of 20 March 2026"),
        (0, "● 1 Mar 2026 ministers: talks · Asha Rao"),
        (0, "◐ 1 Apr 2026 IND and USA: the two ministers sat"),
        (0, "past due, the two"),
        (0, "USA → IND: tariff of 25% on"),
        (1, "India and United States: talks"),
        (1, "– The Harbour Wire, 4 Mar 2026"),
        (2, "All steps: 2 open, 1 met, 1 past due, outcome not reported"),
        (2, "Without a date (1)"),
        (3, "India says so; United States denies it"),
        (4, "in force since 1 Mar 2026 · possibly partly lifted, 25% 1 Oct 2026"),
        (5, "announced, 25%"),
        (6, "Measures: India and the United States, in force on 20 March 2026"),
        (7, "led by India members India and United States"),
        (9, "Search for steel, 1 found"),
        (10, "too few acts to say"),
        (11, "Decided (1)"),
        (13, "3 documents last 20 Mar 2026 India and United States (IND USA)"),
    ],
)
def test_answers_say_it_in_words(number, fact):
    """Who, what, when and how it stands, in the order of the views above."""
    assert fact in flat(printed(answers(books())[number], width=100))


def test_ids_lead_to_the_entry():
    """The id stands at the right of the line, so that `dragoman show` can follow."""
    ledger = books()
    event = ledger._entries[0]

    assert f"{event.id}\n" in printed((timeline(ledger, *PAIR, as_of=TODAY),), width=80)


@pytest.mark.parametrize(
    ("entry", "facts"),
    [
        (a_step_entry(), ["rule: met if they meet", "stated due: 1 April 2026, on 2 March 2026"]),
        (a_measure_entry(a_rung(rate=25.0)), ["ladder: 1 Mar 2026: in force, 25% – “imposed duties”"]),
        (a_dispute_entry(), ["position: India says so: “the border was crossed”", "position: United States denies it"]),
        (an_initiative_entry(lead=["IND"]), ["tie: 2 Mar 2026: India leads", "tie: 2 Mar 2026: India is a member"]),
        (an_event_entry(), ["“met” 0–3", "why: by hand (1.00) written for a test", "Sources (1, 1 independent)"]),
    ],
)
def test_show_tells_what_is_particular(entry, facts):
    """Each kind has its own lines, and all have quotes with their places and the rule behind them."""
    text = flat(printed((show(ALedger(entry), entry.id, as_of=TODAY),), width=140))

    assert [fact for fact in facts if fact not in text] == []


def test_show_tells_history_judgements_and_corrections():
    """What was judged same stands; what was told apart by rule or withdrawn is counted."""
    from dataclasses import replace

    entry = an_event_entry()
    changed = replace(entry, history=(Change(TODAY, "denied", "E-1"),))
    judged = [
        Judgement("E-1", "E-2", "same", 0.9, "words", "rule", "2026-03-20", None),
        Judgement("E-1", "E-3", "different", 0.2, "days", "rule", "2026-03-20", None),
        Judgement("E-1", "E-4", "same", 0.9, "words", "rule", "2026-03-20", "2026-03-20"),
    ]
    fixed = Correction(1, "E-1", "status", "denied", "Ann", "read again", "2026-03-20T10:00:00Z", None)
    view = replace(show(ALedger(changed), entry.id, as_of=TODAY), judgements=tuple(judged), corrections=(fixed,))

    text = flat(printed((view,), width=140))

    assert "20 Mar 2026 denied [E-1]" in text
    assert "E-1 and E-2 are the same: words (0.90, by rule)" in text
    assert "1 records told apart by rule, 1 judgements withdrawn; --json lists them" in text
    assert "2026-03-20 E-1 status = denied, by Ann: read again" in text


def test_nothing_is_said_plainly():
    """An empty ledger gives a line, not an empty screen."""
    empty = ALedger()
    views = [
        relation(empty, *PAIR, as_of=TODAY),
        timeline(empty, *PAIR, as_of=TODAY),
        due(empty, PAIR, as_of=TODAY),
        disputes(empty, as_of=TODAY),
        measures(empty, as_of=TODAY),
        initiatives(empty, as_of=TODAY),
        statements(empty, "Rao", as_of=TODAY),
        diff(empty, date(2026, 2, 1), as_of=TODAY),
        brief(empty, *PAIR, as_of=TODAY),
        [],
    ]
    for view in views:
        assert len(printed((view,)).splitlines()) >= 1 + (view != [])
