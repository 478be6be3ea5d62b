"""The semiconductor dispute of 1987, as ten dispatches tell it: what the ledger makes of them, in any order."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dragoman.domain import Reading, Window
from dragoman.ledger import Ledger
from dragoman.ledger.entries import Kind, MeasureEntry, StepEntry
from dragoman.reading import read
from dragoman.sources import from_text, open_document

STORY = Path(__file__).resolve().parents[3] / "shared" / "gold" / "dev"
FILES = sorted(STORY.glob("1987-*.txt"))
KINDS: tuple[Kind, ...] = ("events", "statements", "disputes", "next_steps", "measures", "initiatives")
PAIR = ("JPN", "USA")
LATER = date(1988, 1, 1)

pytestmark = pytest.mark.skipif(len(FILES) != 10, reason=f"no ten dispatches of 1987 in {STORY}")


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    """The ten dispatches, each read once; their names give their days."""
    return [read(open_document(str(path))) for path in FILES]


@pytest.fixture
def ledger(readings):
    """A ledger that holds the ten dispatches."""
    with Ledger.open(":memory:") as opened:
        for reading in readings:
            opened.add_reading(reading)
        yield opened


def tariff(ledger: Ledger, as_of: date) -> MeasureEntry:
    """Return the one measure of the United States on Japan."""
    found = [m for m in ledger.entries("measures", pair=PAIR, as_of=as_of) if isinstance(m, MeasureEntry)]
    of_usa = [m for m in found if m.by == ("USA",)]
    assert len(of_usa) == 1
    return of_usa[0]


def steps(ledger: Ledger, as_of: date, type_: str) -> list[StepEntry]:
    """Return the dated steps of a type, soonest first."""
    found = ledger.entries("next_steps", pair=PAIR, as_of=as_of, since=date(1987, 1, 1))
    return [s for s in found if isinstance(s, StepEntry) and s.type == type_]


def everything(ledger: Ledger) -> dict[str, list[dict[str, Any]]]:
    """Return all that the ledger tells."""
    return {kind: [entry.to_dict() for entry in ledger.entries(kind, as_of=LATER)] for kind in KINDS}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_order_of_adding_does_not_matter(ledger, readings, seed):
    """Ten files in any order, twice over, make the same ledger."""
    mixed = readings * 2
    random.Random(seed).shuffle(mixed)
    with Ledger.open(":memory:") as other:
        for reading in mixed:
            other.add_reading(reading)

        assert everything(other) == everything(ledger)


def test_the_tariff_is_one_measure_with_a_ladder(ledger):
    """Announced on 27 March, in force on 17 April, lifted in part in June, and perhaps further in October."""
    found = tariff(ledger, LATER)

    assert (found.instrument, found.on, found.status) == ("tariff", ("JPN",), "in-force")
    assert found.rate is not None and (found.rate.value, found.rate.unit) == (100.0, "percent")
    assert found.amount is not None and (found.amount.value, found.amount.unit) == (300e6, "USD")
    rungs = [(r.status, r.partial, r.possible, r.when, r.amount.value if r.amount else None) for r in found.ladder]
    day, june, october = date(1987, 4, 17), date(1987, 6, 1), date(1987, 10, 20)
    assert rungs[:4] == [
        ("announced", False, False, Window(date(1987, 3, 27), date(1987, 3, 27)), 300e6),
        ("in-force", False, False, Window(day, day), 300e6),
        ("lifted", True, False, Window(june, date(1987, 6, 30)), 51e6),
        ("lifted", True, True, Window(october, date(1987, 10, 31)), 84e6),
    ]


def test_the_day_of_the_proclamation_is_one_step_and_met(ledger):
    """Several files tell of 17 April; the file of that day decides it."""
    (found,) = [s for s in steps(ledger, LATER, "SANCTION") if s.due == Window(date(1987, 4, 17), date(1987, 4, 17))]

    assert len(found.documents) >= 3
    assert (found.outcome, found.decided_on) == ("met", date(1987, 4, 17))
    decider = ledger.entry(found.decided_item or "", as_of=LATER)
    assert any(source.known_on == date(1987, 4, 17) for source in decider.documents)


def test_the_emergency_talks_are_met_by_those_of_april(ledger):
    """Talks asked for in March, first for the week of 6 April, took place on the 9th and 10th."""
    (found,) = [s for s in steps(ledger, LATER, "CONSULT") if s.due.start == date(1987, 4, 9)]

    assert found.first == date(1987, 3, 28)
    assert (found.outcome, found.decided_on) == ("met", date(1987, 4, 11))


def test_the_visit_is_one_step_and_unknown_without_word_of_it(ledger, readings):
    """Two wordings of one visit are one step, past due unknown, and met once a report of it comes in."""
    (found,) = [s for s in steps(ledger, LATER, "CONSULT") if s.due.end and s.due.end.isoformat() in VISIT]

    assert {date(1987, 4, 13), date(1987, 4, 27)} <= {source.known_on for source in found.documents}
    assert (found.outcome, found.decided_by) == ("unknown", None)

    report = (
        "WASHINGTON, April 30 - Prime Minister Yasuhiro Nakasone met President Reagan at the White House on Thursday "
        "and asked him to lift the tariffs on Japanese electronic goods."
    )
    ledger.add(from_text(report, published="1987-04-30", publisher="A test"))
    after = ledger.entry(found.id, as_of=LATER)

    assert isinstance(after, StepEntry)
    assert (after.outcome, after.decided_on) == ("met", date(1987, 4, 30))


#: The last day of the visit: the 29th where a file names that day, else the end of that week.
VISIT = ("1987-04-29", "1987-04-30", "1987-05-03")


def test_as_of_the_tenth_of_april_it_is_announced_and_the_step_is_open(ledger):
    """What was not known by a day is not told as of that day."""
    day = date(1987, 4, 10)

    assert tariff(ledger, day).status == "announced"
    assert all(rung.on <= day for rung in tariff(ledger, day).ladder)
    (step,) = [s for s in steps(ledger, day, "SANCTION") if s.due == Window(date(1987, 4, 17), date(1987, 4, 17))]
    assert (step.outcome, step.decided_by) == ("open", None)
