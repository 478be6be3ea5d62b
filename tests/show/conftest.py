"""A reading made by hand, so that what is shown can be tested without a reader.

The dispatch is invented: its people do not exist and nothing in it happened.
"""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.domain import (
    Actor,
    Because,
    Dispute,
    Document,
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

TEXT = """\
LISBON, May 14 - Portugal's foreign minister Ana Prado and her Canadian counterpart Luc Tremblay spoke by phone on \
Tuesday about the quarrel over cod, the two ministries said. The two discussed fishing licences, port fees and a \
possible meeting in June.

Canada put a tariff of 32.5% on Portuguese salt cod in March. It includes 20% for what Ottawa calls unfair port fees \
and a further 12.5% linked to catches on the Flemish Cap. "We did not choose this fight, but we will finish it at the \
table," Tremblay told reporters in Ottawa on Wednesday.

Tremblay said Portuguese trawlers had caught three times their share since January. Prado rejected the figure. "Not \
one vessel of ours has gone over its quota," she wrote on X. Canadian officials also said that Lisbon had broken off \
the talks in April, which the Portuguese ministry called untrue.

Spain may send observers to a new round of talks, which both sides have agreed to hold in Halifax between 2 and 6 \
June. Portugal plans to lodge a complaint with the World Trade Organization by the end of the month. Tremblay said he \
would visit Lisbon soon.

Iceland joined the Grand Banks Compact in 2023 and chairs it this year. Canada and Norway are members, and Portugal \
has been invited to join the pact, which is meant to "keep the cod coming back". An older ban on Portuguese vessels in \
Canadian ports was lifted on 1 February.
"""

PRADO = Person("Ana Prado", "foreign minister", "PRT")
TREMBLAY = Person("Luc Tremblay", "foreign minister", "CAN")
OFFICIALS = Person("officials", None, "CAN")
MINISTRY = Person("ministry", None, "PRT")


def at(quote: str, text: str = TEXT) -> Span:
    """Return the span of the first place where the text has the quote."""
    start = text.index(quote)
    return Span(start, start + len(quote), quote)


def days(start: str | None, end: str | None = None) -> Window:
    """Return a window from ISO dates; one date is a single day."""
    last = end if end is not None else start
    return Window(date.fromisoformat(start) if start else None, date.fromisoformat(last) if last else None)


def why(rule: str = "predicate", score: float = 0.9) -> Because:
    """Return a reason for a record."""
    return Because(rule, score, "a verb and its sides")


EVENTS = (
    Event(
        type="CONSULT",
        mode="phone",
        actors=("PRT", "CAN"),
        participants=(PRADO, TREMBLAY),
        status="happened",
        when=days("2024-05-14"),
        tracks=("trade", "territory"),
        evidence=(
            at(
                "Portugal's foreign minister Ana Prado and her Canadian counterpart Luc Tremblay "
                "spoke by phone on Tuesday"
            ),
            at("The two discussed fishing licences, port fees"),
        ),
        because=why("meeting verb", 0.97),
    ),
    Event(
        type="CONSULT",
        actors=("PRT", "CAN"),
        status="possible",
        when=days("2024-06-01", "2024-06-30"),
        evidence=(at("a possible meeting in June"),),
        because=why(),
    ),
    Event(
        type="SANCTION",
        actors=("CAN",),
        recipients=("PRT",),
        status="happened",
        when=days("2024-03-01", "2024-03-31"),
        tracks=("trade",),
        evidence=(at("Canada put a tariff of 32.5% on Portuguese salt cod in March"),),
        because=why(),
    ),
    Event(
        type="REJECT",
        actors=("PRT",),
        recipients=("CAN",),
        status="denied",
        when=days("2024-04-01", "2024-04-30"),
        evidence=(at("Lisbon had broken off the talks in April"),),
        because=why("denial", 0.71),
    ),
    Event(
        type="CONSULT",
        actors=("PRT", "CAN"),
        status="planned",
        when=days("2024-06-02", "2024-06-06"),
        evidence=(at("a new round of talks, which both sides have agreed to hold in Halifax between 2 and 6 June"),),
        because=why(),
    ),
    Event(
        type="COERCE",
        mode="ban",
        actors=("CAN",),
        recipients=("PRT",),
        status="ended",
        when=days("2024-02-01"),
        evidence=(at("An older ban on Portuguese vessels in Canadian ports was lifted on 1 February"),),
        because=why(),
    ),
)
STATEMENTS = (
    Statement(
        speaker=TREMBLAY,
        kind="direct",
        channel="press-conference",
        when=days("2024-05-15"),
        evidence=(at("We did not choose this fight, but we will finish it at the table"),),
        because=why("quotation", 1.0),
    ),
    Statement(
        speaker=PRADO,
        kind="direct",
        channel="social-media",
        stance="deny",
        evidence=(at("Not one vessel of ours has gone over its quota"),),
        because=why("quotation", 1.0),
    ),
    Statement(
        speaker=OFFICIALS,
        kind="indirect",
        evidence=(at("Lisbon had broken off the talks in April"),),
        because=why(),
    ),
)
DISPUTES = (
    Dispute(
        claimant=TREMBLAY,
        denier=PRADO,
        claim=(at("Portuguese trawlers had caught three times their share since January"),),
        denial=(at("Prado rejected the figure"), at("Not one vessel of ours has gone over its quota")),
        evidence=(
            at("Portuguese trawlers had caught three times their share since January"),
            at("Prado rejected the figure"),
            at("Not one vessel of ours has gone over its quota"),
        ),
        because=why("denial", 0.88),
    ),
    Dispute(
        claimant=OFFICIALS,
        denier=MINISTRY,
        claim=(at("Lisbon had broken off the talks in April"),),
        denial=(at("which the Portuguese ministry called untrue"),),
        evidence=(at("Lisbon had broken off the talks in April"), at("which the Portuguese ministry called untrue")),
        because=why("denial", 0.8),
    ),
)
NEXT_STEPS = (
    NextStep(
        what="visit Lisbon soon",
        type="CONSULT",
        actors=("CAN", "PRT"),
        participants=(TREMBLAY,),
        due=Window(None, None),
        firmness="intended",
        said_by=TREMBLAY,
        evidence=(at("he would visit Lisbon soon"),),
        because=why(),
    ),
    NextStep(
        what="a new round of talks",
        type="CONSULT",
        actors=("PRT", "CAN"),
        due=days("2024-06-02", "2024-06-06"),
        firmness="agreed",
        tracks=("trade",),
        evidence=(at("a new round of talks, which both sides have agreed to hold in Halifax between 2 and 6 June"),),
        because=why(),
    ),
    NextStep(
        what="lodge a complaint",
        type="ACCUSE",
        actors=("PRT", "CAN", "WTO"),
        due=Window(None, date(2024, 5, 31)),
        firmness="intended",
        evidence=(at("Portugal plans to lodge a complaint with the World Trade Organization by the end of the month"),),
        because=why(),
    ),
)
MEASURES = (
    Measure(
        kind="tariff",
        by=("CAN",),
        on=("PRT",),
        object="salt cod",
        rate=Rate(32.5, "percent"),
        parts=(
            Part(Rate(20.0, "percent"), "unfair port fees"),
            Part(Rate(12.5, "percent"), "catches on the Flemish Cap"),
        ),
        status="in-force",
        when=days("2024-03-01", "2024-03-31"),
        evidence=(
            at("a tariff of 32.5% on Portuguese salt cod in March"),
            at("20% for what Ottawa calls unfair port fees"),
        ),
        because=why("instrument noun", 0.94),
    ),
    Measure(
        kind="import-ban",
        by=("CAN",),
        on=("PRT",),
        object="vessels",
        status="lifted",
        when=days("2024-02-01"),
        evidence=(at("An older ban on Portuguese vessels in Canadian ports was lifted on 1 February"),),
        because=why(),
    ),
)
INITIATIVES = (
    Initiative(
        name="Grand Banks Compact",
        lead=("ISL",),
        members=("ISL", "CAN", "NOR"),
        invited=("PRT",),
        purpose="keep the cod coming back",
        evidence=(
            at("Iceland joined the Grand Banks Compact in 2023 and chairs it this year"),
            at("Portugal has been invited to join the pact"),
        ),
        because=why("named pact", 0.9),
    ),
)
ACTORS = (
    Actor("PRT", "Portugal", "state"),
    Actor("CAN", "Canada", "state"),
    Actor("ISL", "Iceland", "state"),
    Actor("NOR", "Norway", "state"),
    Actor("WTO", "World Trade Organization", "intergovernmental"),
)
RICH = Reading(
    document=Document(
        text=TEXT,
        title="Lisbon and Ottawa talk of cod",
        publisher="The Harbour Wire",
        published=date(2024, 5, 16),
        dated_by="given",
        url="https://wire.example/cod",
        headline=None,
        dateline=(0, 16),
        paragraphs=tuple((at(p).start, at(p).end) for p in TEXT.strip().split("\n\n")),
    ),
    actors=ACTORS,
    events=EVENTS,
    statements=STATEMENTS,
    disputes=DISPUTES,
    next_steps=NEXT_STEPS,
    measures=MEASURES,
    initiatives=INITIATIVES,
    tracks=("trade", "territory"),
    reader=Reader("0.1.0", ("syntax==3.8.0", "acts==1")),
    warnings=("The dateline and the given date differ by two days.",),
)
EMPTY = Reading(document=Document(text="The bakery on the corner opens at six.\n", paragraphs=((0, 38),)))

HOSTILE_TEXT = (
    "Mr \x1b[31mRed\x07 of Aland\u202e said </script><img src=x onerror=alert(1)> {{ 7 * 7 }} [bold]no[/bold].\n"
)
HOSTILE = Reading(
    document=Document(
        text=HOSTILE_TEXT,
        title="<script>alert(1)</script> \u202eeltit\x1b]0;owned\x07",
        publisher='"><b>',
        url="javascript:alert(1)",
        paragraphs=((0, len(HOSTILE_TEXT) - 1),),
    ),
    statements=(
        Statement(
            speaker=Person("\x1b[31mRed\x07", "<i>lord</i>", "a\u202eb"),
            kind="indirect",
            evidence=(at("</script><img src=x onerror=alert(1)> {{ 7 * 7 }} [bold]no[/bold]", HOSTILE_TEXT),),
            because=Because("r\x1b[2J", 0.5, "</style>"),
        ),
    ),
    warnings=("\x1b[2Jgone <u>",),
)


@pytest.fixture
def rich() -> Reading:
    """Return a reading with every kind of record."""
    return RICH


@pytest.fixture
def empty() -> Reading:
    """Return a reading of a text in which there is nothing to record."""
    return EMPTY


@pytest.fixture
def hostile() -> Reading:
    """Return a reading of a text that tries to take over what shows it."""
    return HOSTILE
