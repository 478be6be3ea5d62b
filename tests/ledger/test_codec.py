"""Records as text and back, and keys made from content."""

from __future__ import annotations

import math
from dataclasses import fields, replace
from datetime import date
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman import domain
from dragoman.domain import Document, Record
from dragoman.ledger.codec import SHAPES, decode, encode, with_fields
from dragoman.ledger.keys import document_key, pair_key, record_keys
from tests.ledger.factory import a_dispute, a_measure, a_reading, a_statement, a_step, an_event, an_initiative

# Text as sources let it through: anything but lone surrogates, which they refuse.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NAME = TEXT.map(lambda text: text or "x")
IDS = st.lists(st.sampled_from(["IND", "USA", "G7", "hamas", "ÅLA"]), max_size=4).map(tuple)
FLOATS = st.floats(allow_nan=False)
WINDOW = st.builds(domain.Window, st.none() | st.dates(), st.none() | st.dates())
SPAN = st.builds(domain.Span, st.integers(0, 2**40), st.integers(0, 2**40), TEXT)
SPANS = st.lists(SPAN, min_size=1, max_size=3).map(tuple)
PERSON = st.builds(domain.Person, NAME, st.none() | TEXT, st.none() | TEXT)
PEOPLE = st.lists(PERSON, max_size=2).map(tuple)
RATE = st.builds(domain.Rate, FLOATS, TEXT)
PARTS = st.lists(st.builds(domain.Part, st.none() | RATE, st.none() | TEXT), max_size=2).map(tuple)
TRACKS = st.lists(st.sampled_from(domain.TRACKS), max_size=3).map(tuple)
BECAUSE = st.builds(domain.Because, TEXT, FLOATS, TEXT)


def _one_of(literal: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(get_args(literal))


SHARED: dict[str, st.SearchStrategy[Any]] = {"evidence": SPANS, "because": BECAUSE}
EVERY: dict[str, st.SearchStrategy[Any]] = {
    "events": st.builds(
        domain.Event, type=_one_of(domain.EventType), mode=st.none() | TEXT, actors=IDS, recipients=IDS,
        participants=PEOPLE, status=_one_of(domain.Status), when=st.none() | WINDOW, tracks=TRACKS, **SHARED,
    ),
    "statements": st.builds(
        domain.Statement, speaker=PERSON, kind=_one_of(domain.Quotation), channel=st.none() | _one_of(domain.Channel),
        stance=_one_of(domain.Stance), when=st.none() | WINDOW, **SHARED,
    ),
    "disputes": st.builds(domain.Dispute, claimant=PERSON, denier=PERSON, claim=SPANS, denial=SPANS, **SHARED),
    "next_steps": st.builds(
        domain.NextStep, what=TEXT, type=_one_of(domain.EventType), actors=IDS, participants=PEOPLE, due=WINDOW,
        firmness=_one_of(domain.Firmness), said_by=st.none() | PERSON, tracks=TRACKS, **SHARED,
    ),
    "measures": st.builds(
        domain.Measure, kind=_one_of(domain.MeasureKind), by=IDS, on=IDS, object=st.none() | TEXT,
        rate=st.none() | RATE, parts=PARTS, reason=st.none() | TEXT, status=_one_of(domain.MeasureStatus),
        when=st.none() | WINDOW, **SHARED,
    ),
    "initiatives": st.builds(
        domain.Initiative, name=NAME, lead=IDS, members=IDS, invited=IDS, purpose=st.none() | TEXT, **SHARED
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", EVERY)
def test_what_is_stored_reads_back_equal(kind):
    """Any record of any kind comes back equal, whatever its fields hold; every field is tried."""

    @settings(max_examples=60, deadline=None)
    @given(EVERY[kind])
    def round_trip(record: Record) -> None:
        assert decode(kind, encode(record)) == record
        assert with_fields(kind, record, {}) == record

    round_trip()
    assert set(EVERY) == set(SHAPES)


@pytest.mark.parametrize("value", [math.inf, -math.inf, 1e308, -0.0, 0.1 + 0.2])
def test_odd_numbers_read_back(value):
    """A number of 400 digits is infinite as a float; it must not make the ledger unreadable."""
    record = a_measure(rate=value)

    assert decode("measures", encode(record)) == record


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"type": "NOTHING"}', "\x00"])
def test_what_is_no_record_is_refused(text):
    """Text that holds no record raises ValueError, never something else."""
    with pytest.raises(ValueError):
        decode("events", text)


@pytest.mark.parametrize(
    ("kind", "record", "field", "value", "message"),
    [
        ("events", an_event(), "type", "DANCE", "type: "),
        ("events", an_event(), "when", "soon", "when: "),
        ("events", an_event(), "actors", "IND", "actors: "),
        ("measures", a_measure(), "rate", {"value": "much", "unit": "percent"}, "rate: "),
        ("statements", a_statement(), "speaker", None, "speaker: "),
    ],
)
def test_a_value_that_does_not_fit_names_its_field(kind, record, field, value, message):
    """A person who sets a field wrongly is told which one."""
    with pytest.raises(ValueError, match=message):
        with_fields(kind, record, {field: value})


DOCUMENT = Document("Ghana and Togo met.", "A meeting", "Wire", date(2026, 3, 2), url="https://example.org/1")


def test_keys_are_the_same_for_ever():
    """Ids are for ever: a change to these values loses every id that anyone has noted down."""
    reading = replace(
        a_reading(
            an_event("Ghana and Togo met"), a_statement("We met"), a_dispute("They met", "They did not"),
            a_step("They will meet"), a_measure("Ghana taxed salt"), an_initiative("Pact"),
            text="Ghana and Togo met. We met. They met. They did not. They will meet. Ghana taxed salt. "
            "The Pact was told of",
        ),
        document=DOCUMENT,
    )  # fmt: skip
    key = document_key(DOCUMENT)

    assert [key, *record_keys(key, reading.records())] == PINNED


PINNED = [
    "D-q4d9w9qq0", "E-qk03kwf25", "S-ktwaj0xen", "X-bdhvg28xb", "N-3s10k11jv", "M-571tn1934", "I-07jv1ak7j",
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({"dated_by": "given"}, True),
        ({"warnings": ("odd",)}, True),
        ({"paragraphs": ((0, 5),)}, True),
        ({"text": "Ghana and Togo met"}, False),
        ({"title": None}, False),
        ({"publisher": "Post"}, False),
        ({"published": None}, False),
        ({"url": None}, False),
    ],
)
def test_what_makes_a_document_the_same(change, same):
    """Text, title, publisher, day and address make the key; how it was dated and laid out does not."""
    assert (document_key(replace(DOCUMENT, **change)) == document_key(DOCUMENT)) == same


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({"status": "planned"}, True),
        ({"when": domain.Window(date(2026, 3, 1), None)}, True),
        ({"actors": ("GHA",)}, True),
        ({"type": "AGREE"}, False),
        ({"evidence": (domain.Span(1, 5, "hana"),)}, False),
    ],
)
def test_what_makes_a_record_the_same(change, same):
    """Kind, type and words make the key, so that it outlives a reader that sees another status or day."""
    one = an_event("Ghana and Togo met")
    keys = [record_keys("D-1", [("events", record)]) for record in (one, replace(one, **change))]

    assert (keys[0] == keys[1]) == same


def test_records_alike_in_all_are_numbered():
    """Two records of one type on the same words have two keys."""
    one = an_event()

    assert len(set(record_keys("D-1", [("events", one)] * 3))) == 3


def test_no_two_kinds_share_a_key():
    """The letter and the kind part records that rest on the same words."""
    found: list[tuple[str, Record]] = [
        ("events", an_event("x")),
        ("statements", a_statement("x")),
        ("measures", a_measure("x")),
    ]

    assert {key[0] for key in record_keys("D-1", found)} == {"E", "S", "M"}


def test_a_pair_has_one_name():
    """The lesser code stands first in either order."""
    assert pair_key("USA", "IND") == pair_key("IND", "USA") == "IND|USA"


def test_every_field_is_tried():
    """A field added to a record must be added to the strategies above, or it would go untested."""
    for kind, shape in SHAPES.items():
        assert {f.name for f in fields(shape)} <= set(EVERY[kind].wrapped_strategy.kwargs)  # type: ignore[attr-defined]
