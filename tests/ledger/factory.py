"""Readings for the ledger by hand, in a line each: no language model, no text to read.

A record is made from the words it rests on (`an_event("India and Peru met in Lima")`); `a_reading` writes a document
around the records, one paragraph for each run of words, and puts their spans where the words stand. The first
paragraph names publisher and day, so that documents with the same words are still texts of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from dragoman.domain import (
    Because,
    Dispute,
    Document,
    Event,
    EventType,
    Initiative,
    Measure,
    MeasureKind,
    MeasureStatus,
    NextStep,
    Person,
    Rate,
    Reader,
    Reading,
    Record,
    Span,
    Statement,
    Status,
    Track,
    Window,
)
from dragoman.ledger import Ledger
from dragoman.ledger.codec import SHAPES

Day = str | date
When = Day | tuple[Day, Day] | None
R = TypeVar("R", bound=Record)
BECAUSE = Because("by hand", 1.0, "written for a test")
READER = Reader("1.0", ("none==1",))
LATER = Reader("2.0", ("none==2",))
NEVER = "2040-01-01"


def a_day(day: Day) -> date:
    """Return a day given as ISO text or as a date."""
    return day if isinstance(day, date) else date.fromisoformat(day)


def a_window(when: When) -> Window | None:
    """Return a window: one day, two ends ("" for an open one), or None."""
    if when is None:
        return None
    start, end = when if isinstance(when, tuple) else (when, when)
    return Window(a_day(start) if start else None, a_day(end) if end else None)


def words(*quotes: str) -> tuple[Span, ...]:
    """Return spans that `a_reading` will put into place."""
    return tuple(Span(0, len(quote), quote) for quote in quotes)


def an_event(
    says: str = "India and the United States held talks on steel duties in Lisbon",
    type: EventType = "CONSULT",
    actors: Sequence[str] = ("IND", "USA"),
    recipients: Sequence[str] = (),
    *,
    when: When = None,
    status: Status = "happened",
    people: Sequence[str] = (),
    tracks: Sequence[Track] = (),
    mode: str | None = None,
) -> Event:
    """Return an event: talks of India and the United States unless told otherwise."""
    return Event(
        type=type, mode=mode, actors=tuple(actors), recipients=tuple(recipients), status=status, when=a_window(when),
        participants=tuple(Person(name) for name in people), tracks=tuple(tracks), evidence=words(says),
        because=BECAUSE,
    )  # fmt: skip


def a_step(
    says: str = "India and the United States will hold talks on steel duties in Lisbon",
    due: When = None,
    *,
    type: EventType = "CONSULT",
    actors: Sequence[str] = ("IND", "USA"),
    firmness: Any = "scheduled",
    people: Sequence[str] = (),
    tracks: Sequence[Track] = (),
    said_by: Person | None = None,
) -> NextStep:
    """Return a next step: talks of India and the United States unless told otherwise; undated without `due`."""
    return NextStep(
        what=says[:60], type=type, actors=tuple(actors), due=a_window(due) or Window(None, None), firmness=firmness,
        participants=tuple(Person(name) for name in people), tracks=tuple(tracks), said_by=said_by,
        evidence=words(says), because=BECAUSE,
    )  # fmt: skip


def a_measure(
    says: str = "The United States put duties on Indian steel pipes",
    status: MeasureStatus = "in-force",
    when: When = None,
    *,
    kind: MeasureKind = "tariff",
    by: Sequence[str] = ("USA",),
    on: Sequence[str] = ("IND",),
    object: str | None = "steel pipes",
    rate: float | Rate | None = None,
) -> Measure:
    """Return a measure: a tariff of the United States on Indian steel pipes; a bare rate is in percent."""
    given = Rate(rate, "percent") if isinstance(rate, int | float) else rate
    return Measure(
        kind=kind, by=tuple(by), on=tuple(on), object=object, rate=given, status=status, when=a_window(when),
        evidence=words(says), because=BECAUSE,
    )  # fmt: skip


def a_person(name: str = "Ana Prado", affiliation: str | None = "IND", role: str | None = None) -> Person:
    """Return a person."""
    return Person(name, role, affiliation)


def a_statement(
    says: str = "The duties on pipes break the rules of trade", by: Person | None = None, **more: Any
) -> Statement:
    """Return a statement."""
    given = {"kind": "direct", "evidence": words(says), "because": BECAUSE, **more}
    return Statement(speaker=by or a_person(), **given)


def a_dispute(
    claim: str = "Indian pipes were sold below their cost",
    denial: str = "No pipe was ever sold below its cost",
    claimant: Person | None = None,
    denier: Person | None = None,
) -> Dispute:
    """Return a dispute: the United States claims and India denies unless told otherwise."""
    return Dispute(
        claimant=claimant or a_person("Tom Weld", "USA"), denier=denier or a_person(), claim=words(claim),
        denial=words(denial), evidence=words(claim, denial), because=BECAUSE,
    )  # fmt: skip


def an_initiative(
    name: str = "Pact of Ports",
    says: str = "",
    *,
    lead: Sequence[str] = (),
    members: Sequence[str] = (),
    invited: Sequence[str] = (),
    purpose: str | None = None,
) -> Initiative:
    """Return an initiative."""
    return Initiative(
        name=name, lead=tuple(lead), members=tuple(members), invited=tuple(invited), purpose=purpose,
        evidence=words(says or f"The {name} was told of"), because=BECAUSE,
    )  # fmt: skip


def a_reading(
    *records: Record,
    day: Day | None = "2026-03-02",
    by: str = "Wire",
    title: str | None = None,
    reader: Reader = READER,
    text: str | None = None,
    url: str | None = None,
) -> Reading:
    """Return the reading of a document that holds these records; without `text` one is written around them."""
    quotes = dict.fromkeys(quote for record in records for quote in _quotes(record))
    told = a_day(day) if day else None
    paragraphs = [f"Filed by {by}, {told}.", *(f"{quote}." for quote in quotes)]
    text = "\n\n".join(paragraphs) if text is None else text
    bounds, at = [], 0
    for paragraph in text.split("\n\n"):
        bounds.append((at, at + len(paragraph)))
        at += len(paragraph) + 2
    document = Document(
        text, title, by, told, "given" if told else None, url, None, None, tuple(b for b in bounds if b[0] < b[1])
    )
    placed = [_placed(record, text) for record in records]
    kinds: dict[str, Any] = {kind: tuple(r for r in placed if isinstance(r, shape)) for kind, shape in SHAPES.items()}
    return Reading(document=document, reader=reader, **kinds)


def read_anew(reading: Reading, *records: Record, reader: Reader = LATER) -> Reading:
    """Return another reader's reading of the same document."""
    document = reading.document
    made = a_reading(*records, reader=reader, text=document.text)
    return replace(made, document=document)


def wider(record: R, by: int = 3) -> R:
    """Return a record whose words end a few characters earlier: as another reader would cut them."""
    return replace(record, evidence=words(*(span.quote[:-by] for span in record.evidence)))


def a_ledger(*readings: Reading) -> Ledger:
    """Return a ledger in memory that holds these readings."""
    ledger = Ledger.open(":memory:")
    for reading in readings:
        ledger.add_reading(reading)
    return ledger


def ids(entries: Iterable[Any]) -> list[str]:
    """Return the ids of entries."""
    return [entry.id for entry in entries]


def _quotes(record: Record) -> list[str]:
    spans = [*record.evidence, *getattr(record, "claim", ()), *getattr(record, "denial", ())]
    return [span.quote for span in spans]


def _placed(record: Record, text: str) -> Record:
    changes: dict[str, Any] = {}
    for name in ("evidence", "claim", "denial"):
        spans: tuple[Span, ...] = getattr(record, name, ())
        if spans:
            changes[name] = tuple(_span(span.quote, text) for span in spans)
    return replace(record, **changes)


def _span(quote: str, text: str) -> Span:
    start = text.index(quote)
    return Span(start, start + len(quote), quote)
