"""Copies and versions: which document of the ledger a new one repeats or replaces, and what changed in its records."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dragoman.domain import Document, Record
from dragoman.intake.versions import Change, changes, repeated, replaced
from dragoman.ledger.arrivals import Arrival, address_of, words_of
from tests.ledger.factory import (
    a_dispute,
    a_ledger,
    a_measure,
    a_person,
    a_reading,
    a_statement,
    a_step,
    an_event,
    an_initiative,
)

TEXT = (
    "Norway and Iceland agreed on the shares of the herring catch in Bergen, after talks that had lasted two nights. "
    "Each may land 40 percent of what the biologists allow, and the rest is left in the sea until the autumn. The two "
    "ministers will look at the figures again in October, when the ships that count the fish have come home. Crews on "
    "both sides had asked for twice as much, and said that the harbours of the north would stand empty in the spring."
)
OTHER = (
    "A ferry line between two islands opened on Sunday with a brass band and free soup for whoever came aboard. Its "
    "owner had waited eleven years for the licence, and named the ship after the clerk who signed it in the end."
)


def a_document(text=TEXT, day="2026-03-02", by="The Buoy", url=None, title=None):
    """Return a document."""
    published = date.fromisoformat(day) if day else None
    return Document(text, title, by, published, "given" if day else None, url, None, None, ((0, len(text)),))


@pytest.fixture
def holding():
    """Return a function that puts documents into a ledger, as they would come, and returns its arrivals."""
    books = []

    def make(*documents: Document):
        readings = [replace(a_reading(text=each.text), document=each) for each in documents]
        books.append(a_ledger(*readings))
        arrivals = books[-1].arrivals
        for number, each in enumerate(documents):
            key = books[-1].has(each) or _key(books[-1], each)
            arrivals.note(
                Arrival(f"k{number}", "box", "added", key, words=words_of(each.text), address=address_of(each.url))
            )
        return arrivals

    yield make
    for book in books:
        book.close()


def _key(book, document):
    """Return the key of a document that another reader read."""
    wanted = (document.publisher, document.published, document.url, document.title)
    found = [one.document for one in book.documents() if (one.publisher, one.published, one.url, one.title) == wanted]
    return next(key for key in found if book.arrivals.text(key) == document.text)


# -- the same words ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("there", "comes", "same"),
    [
        ({}, {}, True),
        ({}, {"text": TEXT.upper()}, True),
        ({}, {"text": TEXT.replace("40", "30")}, False),
        ({}, {"by": "THE BUOY"}, True),
        ({}, {"by": "The Lamp"}, False),  # a reprint
        ({"by": None}, {}, True),  # who published it is not known: nothing speaks for two
        ({}, {"by": None}, True),
        ({}, {"day": "2026-03-05"}, True),  # feed and page differ in their day
        ({}, {"day": "2026-03-06"}, False),  # the notice that comes each week
        ({}, {"day": "2026-02-27"}, True),
        ({}, {"day": None}, True),
        ({"day": None}, {}, False),  # it brings the date that the other lacks
        ({"day": None}, {"day": None}, True),
        ({"url": "https://a.org/1"}, {"url": "http://www.a.org/1#top", "by": "The Lamp", "day": "2027-01-01"}, True),
        ({"url": "https://a.org/1"}, {"url": "https://a.org/2", "by": "The Lamp"}, False),
    ],
)
def test_the_same_words_by_one_publisher_are_one_document(holding, there, comes, same):
    """Publisher and day must not speak against it; one address settles it."""
    arrivals = holding(a_document(**there))

    assert (repeated(a_document(**comes), arrivals) is not None) == same


# -- the same address -------------------------------------------------------------------------------------------------

CHANGED = TEXT.replace("twice as much", "a good deal more") + " Both will send a ship to look."
CORRECTED = TEXT.replace("40 percent", "30 percent")
PAGE = {"url": "https://a.org/herring", "title": "Herring shared"}


@pytest.mark.parametrize(
    ("comes", "is_version"),
    [
        ({**PAGE, "text": CHANGED}, True),
        ({**PAGE, "text": CHANGED, "title": "Herring pact"}, True),  # like enough in its words
        ({**PAGE, "text": OTHER}, True),  # all of it written anew under its title
        ({**PAGE, "text": OTHER, "title": "Ferry opens"}, False),  # the page of the day
        ({**PAGE, "text": OTHER, "title": None}, False),
        ({**PAGE, "text": CHANGED, "day": "2026-03-01"}, False),  # an older state that comes late
        ({**PAGE, "text": CHANGED, "day": "2026-03-09"}, True),
        ({**PAGE, "text": CHANGED, "day": None}, True),
        ({**PAGE, "text": CORRECTED, "day": "2026-03-09"}, True),
        ({**PAGE, "text": CHANGED, "url": "https://a.org/other"}, False),
        ({**PAGE, "text": CHANGED, "url": None}, False),
    ],
)
def test_a_page_that_shows_its_report_again_shows_a_later_state(holding, comes, is_version):
    """The address and either the title or enough of the words, whoever published it; never a state from before."""
    arrivals = holding(a_document(**PAGE))

    assert (replaced(a_document(**{"by": "The Lamp", **comes}), arrivals) is not None) == is_version


def test_the_last_state_is_the_one_that_is_replaced(holding):
    """Of two states of a page the later is what the newest replaces."""
    first, second = a_document(**PAGE), a_document(**PAGE, text=CHANGED, day="2026-03-03")
    arrivals = holding(first, second)
    key = replaced(a_document(**PAGE, text=CHANGED + " It rained.", day="2026-03-04"), arrivals)

    assert arrivals.text(key) == CHANGED


# -- the same publisher ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("comes", "is_version"),
    [
        ({"text": CHANGED}, True),
        ({"text": CHANGED, "by": "the buoy"}, True),
        ({"text": CHANGED, "by": "The Lamp"}, False),
        ({"text": CHANGED, "by": None}, False),
        ({"text": CHANGED, "day": "2026-03-09"}, True),
        ({"text": CHANGED, "day": "2026-03-10"}, False),  # a new report with old background
        ({"text": CHANGED, "day": "2026-03-01"}, False),
        ({"text": CHANGED, "day": None}, True),
        ({"text": CORRECTED}, True),
        ({"text": CORRECTED, "day": "2026-03-03"}, False),  # the notice of the day after
        ({"text": TEXT.partition(" Crews")[0]}, True),
        ({"text": OTHER}, False),
        ({"text": TEXT[:150] + OTHER}, False),
    ],
)
def test_a_publishers_text_that_comes_again_soon_is_a_version(holding, comes, is_version):
    """The same publisher, most of the words, within a week, not from before; another figure only on the same day."""
    arrivals = holding(a_document())

    assert (replaced(a_document(**comes), arrivals) is not None) == is_version


# -- what changed -----------------------------------------------------------------------------------------------------


def of(kind, *records):
    """Return records with their kind, as the ledger hands them out."""
    return [(kind, record) for record in records]


@pytest.mark.parametrize(
    ("kind", "before", "after", "found"),
    [
        ("events", [an_event()], [an_event()], []),
        ("events", [an_event("They met in Lisbon")], [an_event("They met in Porto")], []),  # the same, told otherwise
        ("events", [], [an_event()], [("new", None)]),
        ("events", [an_event()], [], [("gone", None)]),
        ("events", [an_event()], [an_event(status="planned")], [("changed", "status")]),
        (
            "events",
            [an_event()],
            [an_event(status="planned", when="2026-03-09")],
            [("changed", "status"), ("changed", "when")],
        ),
        ("events", [an_event()], [an_event(actors=("IND", "PER"))], [("gone", None), ("new", None)]),
        ("events", [an_event()], [an_event(), an_event()], [("new", None)]),
        ("events", [an_event(), an_event(status="planned")], [an_event(status="planned")], [("gone", None)]),
        ("measures", [a_measure(rate=12)], [a_measure(rate=9)], [("changed", "rate")]),
        ("measures", [a_measure(status="in-force")], [a_measure(status="lifted")], [("changed", "status")]),
        ("next_steps", [a_step(due="2026-06-04")], [a_step(due="2026-06-05")], [("changed", "due")]),
        ("statements", [a_statement("We wait")], [a_statement("WE WAIT!")], []),
        ("statements", [a_statement("We wait")], [a_statement("We go")], [("gone", None), ("new", None)]),
        (
            "statements",
            [a_statement("We wait", a_person("Ana Prado"))],
            [a_statement("We wait", a_person("Tom Weld", "USA"))],
            [("gone", None), ("new", None)],
        ),
        ("disputes", [a_dispute()], [a_dispute(claim="Pipes were given away")], []),
        ("disputes", [a_dispute()], [], [("gone", None)]),
        (
            "initiatives",
            [an_initiative(members=("IND",))],
            [an_initiative(members=("IND", "PER"))],
            [("changed", "members")],
        ),
    ],
)
def test_a_record_is_new_gone_or_told_otherwise(kind, before, after, found):
    """Records are paired by what names them; where they stand in the text does not matter."""
    told = changes(of(kind, *before), of(kind, *after))

    assert sorted((one.what, one.field or "") for one in told) == sorted((what, name or "") for what, name in found)
    assert {one.kind for one in told} <= {kind}


def test_a_change_gives_both_values_and_the_words_of_the_later_version():
    """As plain data, for the report."""
    before = a_measure("A duty of 12 percent was put on pipes", rate=12)
    after = a_measure("A duty of 9 percent was put on pipes", rate=9)
    (told,) = changes(of("measures", before), of("measures", after))

    assert (told.before["value"], told.after["value"]) == (12, 9)
    assert told.quote == "A duty of 9 percent was put on pipes"
    assert told.to_dict()["field"] == "rate"


def test_changes_stand_in_the_order_of_the_kinds():
    """Events, statements, disputes, next steps, measures, initiatives."""
    after: list[tuple[str, Record]] = [
        ("initiatives", an_initiative()), ("measures", a_measure()), ("next_steps", a_step()),
        ("disputes", a_dispute()), ("statements", a_statement()), ("events", an_event()),
    ]  # fmt: skip
    told = changes([], after)

    assert [one.kind for one in told] == [kind for kind, _ in reversed(after)]
    assert all(isinstance(one, Change) and one.what == "new" and one.quote for one in told)
