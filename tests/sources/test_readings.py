"""Readings as JSON and back: equal where they are sound, refused where they are not."""

import copy
import json
from dataclasses import replace
from datetime import date

import pytest

import dragoman
from dragoman.domain import (
    Actor,
    Because,
    Dispute,
    Event,
    Initiative,
    Measure,
    NextStep,
    Part,
    Person,
    Rate,
    Reader,
    Reading,
    Span,
    Statement,
    Window,
)
from dragoman.errors import InputTooLarge, UnreadableInput, WrongLanguage
from dragoman.sources import from_text
from dragoman.sources.limits import LIMITS, Limits
from dragoman.sources.readings import NOT_KEPT, is_reading, reading_of

TEXT = (
    "Kenya and Uganda to share a pipeline\n\n"
    "Kenya said it would build a pipeline with Uganda by June. Uganda denied it. "
    "Kenya put a levy of 25 per cent on Ugandan milk under the Lake Compact.\n"
)
WHY = Because("a rule", 0.5, "what it saw")


def span(quote):
    """Return a quotation with its place in the text."""
    return Span(TEXT.index(quote), TEXT.index(quote) + len(quote), quote)


@pytest.fixture
def reading():
    """A reading with a record of each kind."""
    made = from_text(TEXT, published="2026-01-14", publisher="The Herald", url="https://e.org/1")
    kenya, uganda = Person("officials", None, "KEN"), Person("a minister", "minister", "UGA")
    both = (span("Uganda denied it"),)
    return Reading(
        document=made,
        actors=(Actor("KEN", "Kenya", "state"), Actor("UGA", "Uganda", "state")),
        events=(
            Event(type="AGREE", actors=("KEN",), recipients=("UGA",), participants=(kenya,), status="planned",
                  when=Window(date(2026, 1, 1), None), tracks=("energy",), evidence=both, because=WHY),
        ),
        statements=(Statement(speaker=kenya, kind="indirect", stance="deny", evidence=both, because=WHY),),
        disputes=(
            Dispute(claimant=kenya, denier=uganda, claim=(span("build a pipeline"),), denial=both, evidence=both,
                    because=replace(WHY, score=1.0)),
        ),
        next_steps=(
            NextStep(what="a pipeline", type="COOPERATE", actors=("KEN", "UGA"), due=Window(None, date(2026, 6, 30)),
                     firmness="intended", said_by=kenya, tracks=("energy",), evidence=both, because=WHY),
        ),
        measures=(
            Measure(kind="tariff", by=("KEN",), on=("UGA",), object="milk", rate=Rate(25.0, "percent"),
                    parts=(Part(Rate(12.5, "percent"), "talks"), Part(None, None)), status="in-force",
                    evidence=(span("a levy of 25 per cent"),), because=WHY),
        ),
        initiatives=(Initiative(name="Lake Compact", lead=("KEN",), evidence=(span("Lake Compact"),), because=WHY),),
        tracks=("energy",),
        reader=Reader("0.1.0", ("model==1",)),
        warnings=made.warnings,
    )  # fmt: skip


def again(reading, explain=True):
    """Return a reading after its way through JSON."""
    return reading_of(json.loads(json.dumps(reading.to_dict(explain=explain))), "x.json", LIMITS)


def test_a_reading_comes_back_equal(reading):
    """With its reasons, everything comes back as it was: records, dates, whole floats, layout and warnings."""
    assert again(reading) == reading
    assert type(again(reading).measures[0].rate.value) is float


def test_without_reasons_the_records_say_so(reading):
    """Without --explain each record says that its reason was not kept, and is otherwise equal."""
    found = again(reading, explain=False)

    assert {record.because for _, record in found.records()} == {NOT_KEPT}
    bare = [replace(record, because=WHY) for _, record in found.records()]
    assert bare == [replace(record, because=WHY) for _, record in reading.records()]
    assert found.to_dict() == reading.to_dict()


def test_a_real_reading_comes_back_equal():
    """What the reader itself finds in two sentences comes back equal."""
    made = dragoman.read(
        "Chile and Peru signed a fisheries pact on Monday. Bolivia accused Chile of breaking it, which Chile denied.",
        published="2024-05-14",
    )

    assert made.events
    assert again(made) == made


def test_an_empty_reading_comes_back_equal():
    """A reading without records, date or title is one too."""
    made = from_text("Nothing of note was said in Lima that day.")
    reading = Reading(document=made, warnings=made.warnings)

    assert again(reading) == reading


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        (("events", 0, "evidence", 0, "start"), 3, 'event 1 quotes "Uganda denied it" as evidence'),
        (("events", 0, "evidence", 0, "end"), 9_999, "event 1 quotes"),
        (("events", 0, "evidence", 0, "start"), -5, "event 1 quotes"),
        (("events", 0, "evidence", 0, "quote"), "Uganda agreed", "event 1 quotes"),
        (("disputes", 0, "claim", 0, "quote"), "x", 'dispute 1 quotes "x" as claim'),
        (("disputes", 0, "denial", 0, "start"), 1, "dispute 1 quotes"),
        (("events", 0, "evidence"), [], "event 1 quotes nothing"),
        (("events", 0, "type"), "WAR", "event 1: type: input should be 'AGREE'"),
        (("events", 0, "status"), None, "event 1: status"),
        (("events", 0, "actors"), [], "event 1 names no actor"),
        (("events", 0, "actors"), "KEN", "event 1: actors"),
        (("events", 0, "recipients"), [" "], "an actor without a proper id"),
        (("events", 0, "tracks"), ["love"], "event 1: tracks"),
        (("events", 0, "extra"), 1, 'event 1 has "extra"'),
        (("events", 0), None, "event 1 is no object"),
        (("events",), {}, "its events are no list"),
        (("events",), [], "it has 0 events, and not as many reasons"),
        (("measures", 0, "by"), [""], "measure 1 has an actor"),
        (("measures", 0, "rate", "value"), "25", "measure 1: rate.value"),
        (("measures", 0, "object"), "m\0", "measure 1 holds a NUL"),
        (("next_steps", 0, "said_by", "affiliation"), "", "next step 1 has an actor"),
        (("next_steps", 0, "due", "start"), "2027-01-01", "next step 1 ends before it starts"),
        (("next_steps", 0, "due", "end"), "2026-02-30", "next step 1: due.end"),
        (("statements", 0, "speaker", "name"), " ", "statement 1 has a person without a name"),
        (("initiatives", 0, "lead"), ["KEN\n"], "initiative 1 has an actor"),
        (("actors", 0, "kind"), "planet", "its actors: 0.kind"),
        (("actors", 0, "id"), "", "the list of actors has an actor"),
        (("reader",), {}, 'its reader has no "models"'),
        (("warnings",), [1], "its warnings"),
        (("document", "text"), "", "text is empty"),
        (("document", "text"), 5, "its document: text"),
        (("document", "text"), "a\0b", "text of its document holds a NUL"),
        (("document", "published"), "0001-01-01", "0001-01-01 is too early"),
        (("document", "published"), "14 January", "its document: published"),
        (("document", "published"), None, "says where its date is from"),
        (("document", "dated_by"), "dream", "its document: dated_by"),
        (("document", "tracks"), ["love"], "its tracks"),
        (("document", "headline"), [0, 5], 'its document has "headline"'),
        (("explain", "events", 0, "score"), 2, "the score of event 1 is not from 0 to 1"),
        (("explain", "events", 0, "rule"), 2, "event 1: rule"),
        (("explain", "events"), [], "it has 1 event, and not as many reasons"),
        (("explain",), 4, "its explanation is no object"),
        (("title",), "x", 'it has "title"'),
    ],
)
def test_one_bad_record_refuses_the_whole_reading(reading, path, value, says):
    """The sentence says which record is damaged, and how."""
    data = copy.deepcopy(reading.to_dict(explain=True))
    at = data
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    if path == ("document", "published") and value == "0001-01-01":
        data["document"]["dated_by"] = "metadata"

    with pytest.raises(UnreadableInput) as raised:
        reading_of(json.loads(json.dumps(data)), "Line 3", LIMITS)

    assert says in str(raised.value)
    assert "Line 3" in str(raised.value)


@pytest.mark.parametrize("key", ["events", "initiatives", "actors", "reader", "warnings", "document"])
def test_every_key_must_be_there(reading, key):
    """A reading that lacks one of its keys was cut."""
    data = reading.to_dict()
    del data[key]

    with pytest.raises(UnreadableInput, match=f'it has no "{key}"'):
        reading_of(data, "Line 3", LIMITS)


def test_the_text_passes_the_checks_of_any_text(reading):
    """Limits, language and half characters hold for the text of a reading as for any other."""
    empty = Reading(document=from_text("Nothing."))
    german = "Der Minister sagte am Montag, dass die Verhandlungen mit der Regierung nicht an den Zöllen gescheitert sind, die er in der vergangenen Woche gegen die beiden Nachbarn verhängt hatte."  # noqa: E501
    cases: list[tuple[str, Limits, type[UnreadableInput]]] = [
        (german, LIMITS, WrongLanguage),
        ("Nothing was said. " * 20, Limits(max_characters=100), InputTooLarge),
        ("Half \ud800 character.", LIMITS, UnreadableInput),
    ]
    for text, limits, error in cases:
        data = empty.to_dict()
        data["document"]["text"] = text
        with pytest.raises(error):
            reading_of(data, "Line 3", limits)


def test_a_reading_is_told_from_a_row():
    """Only an object with a document that has a text, and with events, is one."""
    assert is_reading({"document": {"text": ""}, "events": None})
    others: tuple[object, ...] = (
        {"document": "text", "events": []},
        {"document": {}, "events": []},
        {"text": "A"},
        [],
        None,
    )
    assert not any(map(is_reading, others))
