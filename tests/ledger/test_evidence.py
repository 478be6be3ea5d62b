"""What stands in which document, and what an entry has to do with others."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.errors import UsageError
from dragoman.ledger import Ledger
from tests.ledger.factory import a_dispute, a_ledger, a_reading, a_step, an_event, ids

LATE = date(2030, 1, 1)
MET = "India and the United States will hold talks on steel duties in Lisbon on 20 March"


@pytest.fixture
def story() -> Ledger:
    """Return a ledger with a step, the event that met it, in two papers, and a dispute."""
    talks = an_event(when="2026-03-20")
    return a_ledger(
        a_reading(a_step(MET, due="2026-03-20"), day="2026-03-01", by="Gazette"),
        a_reading(talks, a_dispute(), day="2026-03-21", by="Herald"),
        a_reading(talks, day="2026-03-22", by="Monitor"),
    )


def test_a_document_tells_of_the_entries_of_its_records(story):
    """Entries that others tell of too are there, with all that is known by the day; those of others are not."""
    step, event, dispute = (story.entries(kind, as_of=LATE)[0] for kind in ("next_steps", "events", "disputes"))
    first, second, third = (one.document for one in story.documents(as_of=LATE))

    assert ids(story.evidence.told_in(first, LATE)) == [step.id]
    assert set(ids(story.evidence.told_in(second, LATE))) == {event.id, dispute.id}
    assert [len(one.items) for one in story.evidence.told_in(third, LATE)] == [2]
    assert story.evidence.told_in(third, date(2026, 3, 21))[0].items == event.items[:1]
    assert story.evidence.told_in("D-000000000", LATE) == []


def test_what_a_person_called_wrong_is_told_no_more_but_found(story):
    """The record stays, under its id."""
    (event,) = story.entries("events", as_of=LATE)
    third = story.documents(as_of=LATE)[-1].document
    story.correct(event.id, {"wrong": True})

    assert story.evidence.told_in(third, LATE) == []
    assert story.evidence.record(event.id) == event.items[0]
    with pytest.raises(UsageError, match="no entry"):
        story.evidence.record("E-000000000")


def test_an_entry_bears_on_the_steps_it_decides(story):
    """From the day on which its record became known, and under the pair it is about."""
    (step,), (event,) = (story.entries(kind, as_of=LATE) for kind in ("next_steps", "events"))

    assert ids(story.evidence.bears_on(event.id, LATE)) == [step.id]
    assert story.evidence.bears_on(event.id, date(2026, 3, 20)) == []
    assert story.evidence.pairs(event.id) == [("IND", "USA")]


def test_documents_of_one_origin_know_each_other():
    """Reprints lead to each other, oldest first; a document of its own origin has none."""
    text = "\n\n".join(f"Paragraph {n} of a report on steel duties, told in full and at length." for n in range(40))
    ledger = a_ledger(
        a_reading(text=text, by="First"),
        a_reading(text=text, by="Second", day="2026-03-03"),
        a_reading(text=text, by="Third", day="2026-03-04"),
        a_reading(an_event(), by="Fourth", day="2026-03-05"),
    )
    first, second, third, other = (one.document for one in ledger.documents(as_of=LATE))

    assert [one.document for one in ledger.evidence.copies(second)] == [first, third]
    assert ledger.evidence.copies(other) == []
