"""The brief: which entries it tells, in which bounds, and that every line has its words."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.errors import UsageError
from dragoman.views.brief import DISPUTED, DUE, EVENTS, MEASURES, OVERDUE, SAID, brief
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

TODAY = date(2026, 3, 20)
MINISTER = a_person("Asha Rao", "foreign minister", "IND")
SECRETARY = a_person("John Hale", "Secretary of State", "USA")
LEADER = a_person("Vikram Sen", "Prime Minister", "IND")


def ask(*entries, **more):
    """Return the brief over entries by hand."""
    return brief(ALedger(*entries), "IND", "USA", as_of=more.pop("as_of", TODAY), **more)


def lines(made):
    """Return every line of a brief."""
    return [*made.contacts, *(line for _, section in made.sections() for line in section.lines)]


def test_every_line_leads_to_words():
    """Each line has a footnote, and the numbers run from 1 without a gap in the order of the page."""
    made = ask(
        an_event_entry(participants=[MINISTER, SECRETARY], tracks=["trade"]),
        an_event_entry("ACCUSE", "2026-03-05", actors=["USA"], recipients=["IND"], known_on="2026-03-05"),
        a_step_entry(),
        a_step_entry("sign a pact", "2026-03-10", outcome="unknown"),
        a_measure_entry(a_rung()),
        a_dispute_entry(),
        a_statement_entry(speaker=MINISTER),
        an_initiative_entry(),
    )
    cited = [number for line in lines(made) for number in line.notes]

    assert all(line.notes for line in lines(made))
    assert [note.number for note in made.footnotes] == list(range(1, len(made.footnotes) + 1))
    assert set(cited) | set(made.tension_notes) <= {note.number for note in made.footnotes}


def test_the_same_words_have_one_number():
    """A contact that is also news is cited once."""
    made = ask(an_event_entry(participants=[MINISTER]))

    (contact,), (event,) = made.contacts, made.changed.lines
    assert (contact.role, event.role) == ("contact", "event")
    assert contact.notes == event.notes == (1,)


def test_the_last_contact_and_the_last_at_the_highest_level():
    """Ministers met yesterday, leaders in January: both are told, the last one first."""
    met = an_event_entry(when="2026-03-19", participants=[MINISTER], known_on="2026-03-19")
    summit = an_event_entry(when="2026-01-08", participants=[LEADER], known_on="2026-01-09")

    assert [line.level for line in ask(summit, met).contacts] == ["ministers", "leaders"]
    assert [line.level for line in ask(summit).contacts] == ["leaders"]


@pytest.mark.parametrize(
    ("entries", "name", "most"),
    [
        ([a_step_entry(f"talks {n}", "2026-04-01") for n in range(9)], "due", DUE),
        ([a_step_entry(f"talks {n}", "2026-03-10", outcome="unknown") for n in range(9)], "due", OVERDUE),
        ([a_dispute_entry() for _ in range(9)], "disputed", DISPUTED),
        ([a_measure_entry(a_rung()) for _ in range(9)], "measures", MEASURES),
        ([an_event_entry("ACCUSE", actors=["USA"], recipients=["IND"]) for _ in range(9)], "changed", EVENTS),
        ([a_statement_entry(speaker=MINISTER) for _ in range(9)], "said", SAID),
    ],
)
def test_sections_are_bounded_and_count_what_they_leave_out(entries, name, most):
    """Two pages hold so much; the rest is a number."""
    section = dict(reversed(ask(*entries).sections()))[name]

    assert (len(section.lines), section.left_out) == (most, 9 - most)


def test_a_decided_step_cites_what_announced_and_what_decided_it():
    """Both ends of the story are in the footnotes."""
    talks = an_event_entry(when="2026-03-15", known_on="2026-03-16", words="sat down in Delhi", id="E-deciding1")
    items = [
        an_item("next_steps", "will sit down", source=a_source("2026-02-01")),
        an_item("next_steps", "were to sit down", source=a_source("2026-03-16")),
    ]
    step = a_step_entry(
        "sit down", "2026-03-15", outcome="met", decided_by=talks.id, decided_on="2026-03-16", items=items
    )

    before = a_step_entry("sit down", "2026-03-15", items=items[:1])
    made = brief(ALedger(talks, step, past={step.id: before}), "IND", "USA", as_of=TODAY)

    (line,) = [line for line in made.changed.lines if line.role == "decided"]
    quotes = {note.number: note.quote.text for note in made.footnotes}
    assert [quotes[number] for number in line.notes] == ["will sit down", "sat down in Delhi"]


def test_what_tells_most_comes_first_into_the_news():
    """Of many events those with more independent origins stay, then the stronger; they stand by day."""
    heard = [an_item("events", "spoke", source=a_source(f"2026-03-0{n}")) for n in (3, 4, 5)]
    known = an_event_entry(when="2026-03-03", items=heard)
    strong = an_event_entry("ASSAULT", "2026-03-01", actors=["USA"], recipients=["IND"])
    weak = [an_event_entry(when=f"2026-03-1{n}", known_on=f"2026-03-1{n}") for n in range(6)]

    shown = [line.entry for line in ask(known, strong, *weak).changed.lines]

    assert {known.id, strong.id} <= {entry.id for entry in shown}
    assert [entry.when.start for entry in shown] == sorted(entry.when.start for entry in shown)


def test_each_side_has_its_own_words():
    """Direct words alone, of that side alone, ministers before unnamed officials."""
    officials = a_person("officials", None, "IND")
    spoken = [
        a_statement_entry("We differ.", officials, known_on="2026-03-19"),
        a_statement_entry("We agree.", MINISTER, known_on="2026-03-18"),
        a_statement_entry("We wait.", SECRETARY),
    ]

    first, second = ask(*spoken).said

    assert [line.entry.statement.speaker for line in first.lines] == [MINISTER, officials]
    assert [line.entry.statement.speaker for line in second.lines] == [SECRETARY]


def test_change_is_told_since_a_day():
    """Thirty days before unless told otherwise; what was known before is no news."""
    old = an_event_entry(when="2026-01-05", known_on="2026-01-06")

    assert ask(old).since == date(2026, 2, 18)
    assert ask(old).changed.lines == ()
    assert len(ask(old, since=date(2026, 1, 1)).changed.lines) == 1
    with pytest.raises(UsageError, match="there is nothing between"):
        ask(old, since=date(2026, 4, 1))


def test_an_empty_ledger_makes_an_empty_brief():
    """Nothing is recorded, nothing is said."""
    made = ask()

    assert (made.documents, made.tension, lines(made), made.footnotes) == (0, None, [], ())
    assert made.to_dict()["pair"] == ["IND", "USA"]
    assert made.rows() == []
