"""Adding: once, whole, read anew; and text of any kind kept as it was given."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dragoman.domain import Span
from dragoman.errors import UsageError
from dragoman.ledger import Ledger
from dragoman.ledger.entries import Kind
from tests.ledger.factory import (
    LATER,
    a_dispute,
    a_ledger,
    a_measure,
    a_person,
    a_reading,
    a_statement,
    a_step,
    an_event,
    an_initiative,
    ids,
    read_anew,
    wider,
)

KINDS: tuple[Kind, ...] = ("events", "statements", "disputes", "next_steps", "measures", "initiatives")
TALKS = "Ghana and Togo held talks on cocoa prices in Lome"
ALL = (
    an_event(),
    a_step(due="2026-05-01"),
    a_measure(),
    a_statement(),
    a_dispute(),
    an_initiative(members=("IND", "USA")),
)


def _rows(ledger: Ledger) -> dict[str, int]:
    """Return how many rows each table holds."""
    store = ledger._store
    tables = [
        r[0] for r in store.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%words%'")
    ]
    return {name: store.rows(f'SELECT count(*) FROM "{name}"')[0][0] for name in tables}


def _shown(ledger: Ledger) -> list[object]:
    """Return all that a ledger shows."""
    return [entry.to_dict() for kind in KINDS for entry in ledger.entries(kind, as_of=date(2030, 1, 1))]


def test_adding_twice_adds_nothing():
    """A document that is there, read by the same reader, is known; not one row is added."""
    reading = a_reading(*ALL)
    ledger = a_ledger(reading)
    before = _rows(ledger)

    again = ledger.add_reading(reading)

    assert (again.outcome, again.records) == ("known", 0)
    assert _rows(ledger) == before


def test_what_adding_reports():
    """The summary counts records, and those that joined entries of other documents."""
    ledger = Ledger.open(":memory:")
    first = ledger.add_reading(a_reading(an_event(when="2026-03-01"), a_statement()))
    second = ledger.add_reading(a_reading(an_event(when="2026-03-01"), by="Post"))

    assert (first.outcome, first.records, first.new, first.joined) == ("added", 2, 2, 0)
    assert (second.outcome, second.records, second.new, second.joined) == ("added", 1, 0, 1)
    assert second.to_dict()["document"] == second.document


def test_a_failure_on_the_way_leaves_nothing(monkeypatch):
    """A document goes in whole or not at all."""
    ledger = a_ledger(a_reading(an_event()))
    before = _rows(ledger)
    monkeypatch.setattr("dragoman.ledger.decide", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        ledger.add_reading(a_reading(*ALL, by="Post"))

    assert _rows(ledger) == before


def test_a_document_without_records_is_kept():
    """A text of which nothing was read is in the ledger and is not read again."""
    reading = a_reading(text="It rained.")
    ledger = a_ledger(reading)

    assert ledger.add_reading(reading).outcome == "known"
    assert [source.document for source in ledger.documents()] == ids([ledger.document(ledger.documents()[0].document)])


def test_another_reader_adds_a_reading():
    """The older reading stays, no longer in use; what the newer one says is shown."""
    reading = a_reading(an_event(TALKS, actors=("GHA", "TGO")))
    ledger = a_ledger(reading)
    old = ids(ledger.entries("events"))[0]

    added = ledger.add_reading(read_anew(reading, an_event(TALKS, actors=("GHA", "TGO"), status="planned")))

    assert added.outcome == "reread"
    (entry,) = ledger.entries("events")
    assert (entry.id, entry.status) == (old, "planned")  # type: ignore[union-attr]
    assert [tuple(r) for r in ledger._store.rows("SELECT current, reading FROM record ORDER BY id")] == [(0, 1), (1, 2)]
    assert ledger.document(added.document).reader == LATER.version


@pytest.mark.parametrize("index", range(len(ALL)), ids=KINDS if len(KINDS) == len(ALL) else None)
def test_an_old_id_finds_the_entry_after_a_re_reading(index):
    """An id once given finds the entry for ever, though another reader cuts the words differently."""
    record = ALL[index]
    reading = a_reading(record)
    ledger = a_ledger(reading)
    kind = reading.records()[0][0]
    old = ids(ledger.entries(kind))[0]  # type: ignore[arg-type]

    ledger.add_reading(read_anew(reading, wider(record)))

    new = ids(ledger.entries(kind))[0]  # type: ignore[arg-type]
    assert new != old
    assert ledger.entry(old).id == new


def test_an_id_that_a_re_reading_no_longer_has_says_so():
    """Where the newer reader found no such record, the message says what became of it."""
    reading = a_reading(an_event())
    ledger = a_ledger(reading)
    old = ids(ledger.entries("events"))[0]

    ledger.add_reading(read_anew(reading))

    assert ledger.entries("events") == []
    with pytest.raises(UsageError, match="newer reading no longer has it"):
        ledger.entry(old)


def test_an_old_id_does_not_find_the_neighbour():
    """Of two acts in one sentence the one that is gone is not taken for the one that stayed."""
    says = "Ghana and Togo held talks and Togo criticised Benin"
    talks, blame = an_event(says, actors=("GHA", "TGO")), an_event(says, "ACCUSE", ("TGO",), ("BEN",))
    reading = a_reading(talks, blame)
    ledger = a_ledger(reading)
    gone = next(e.id for e in ledger.entries("events") if e.type == "ACCUSE")  # type: ignore[union-attr]

    ledger.add_reading(read_anew(reading, wider(talks)))

    with pytest.raises(UsageError):
        ledger.entry(gone)


def test_re_reading_and_back_shows_the_same():
    """Reading with a newer reader and again with the older one shows what was shown at first."""
    reading, other = a_reading(*ALL), a_reading(an_event(when="2026-03-01"), by="Post", day="2026-03-03")
    ledger = a_ledger(reading, other)
    before = _shown(ledger)

    ledger.add_reading(read_anew(reading, *(wider(r) for r in ALL)))
    assert _shown(ledger) != before
    ledger.add_reading(reading)

    assert _shown(ledger) == before


def test_a_re_reading_that_drops_the_first_item_renames_the_entry():
    """An entry has the id of its earliest item; when that is gone, of the next, and nothing points to the old one."""
    first, second = (
        a_reading(an_event(when="2026-03-01")),
        a_reading(an_event(when="2026-03-01"), by="Post", day="2026-03-05"),
    )
    ledger = a_ledger(first, second)
    (entry,) = ledger.entries("events")
    assert len(entry.items) == 2

    ledger.add_reading(read_anew(first))

    (left,) = ledger.entries("events")
    assert left.id == left.items[0].id == entry.items[1].id
    assert ledger.entry(left.id) == left


def test_an_initiative_is_renamed_too():
    """The same for initiatives, which are put together by name."""
    first = a_reading(an_initiative(members=("IND",)))
    second = a_reading(an_initiative(members=("USA",)), by="Post", day="2026-03-05")
    ledger = a_ledger(first, second)

    ledger.add_reading(read_anew(first))

    (left,) = ledger.entries("initiatives")
    assert ledger.entry(left.id) == left


HOSTILE = [
    "He said \"no\" and it's 'done'; DROP TABLE record; --",
    "a\x00b NUL inside",
    "bell \x07 escape \x1b[31m delete \x7f",
    "\u202eright to left\u202c \u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd",
    "word" * 2500,
    "e\u0301 and \u00e9, \ufeff\u200b\u2028\u2029 \U0001f600",
    "%_*?[]{}|\\",
    "<script>alert(1)</script>&amp;",
    " 1,000.50 \u0663\u0664 ²³ ",
]


@pytest.mark.parametrize("odd", HOSTILE, ids=[f"{text[:12]!a}" for text in HOSTILE])
def test_any_text_reads_back_as_it_was(odd):
    """Quotes, control characters, any script and any length come back equal, and can be looked for."""
    person = a_person(f"X {odd}", "IND", odd)
    records = (
        replace(an_event(odd), participants=(person,), mode=odd),
        replace(a_step(odd, "2026-05-01"), what=odd),
        a_measure(odd, object=odd),
        a_statement(odd, person),
        a_dispute(odd, odd, person, a_person(f"Y {odd}", "USA")),
        an_initiative(f"The {odd}", odd, members=("IND",), purpose=odd),
    )
    reading = a_reading(*records, by=odd, title=odd, url=odd)
    ledger = a_ledger(reading)

    stored = ledger.document(ledger.documents()[0].document)
    assert stored.document == reading.document
    for kind, record in reading.records():
        (entry,) = ledger.entries(kind)  # type: ignore[arg-type]
        assert entry.items[0].record == record
        assert ledger.entry(entry.id) == entry
        assert reading.document.text[entry.quotes[0].start : entry.quotes[0].end] == odd
    assert isinstance(ledger.statements_by(person.name), list)


@pytest.mark.parametrize(
    ("day", "due"),
    [
        ("1583-01-01", None),
        ("1583-01-01", "0001-01-01"),
        ("0001-01-05", "2026-03-04"),
        ("0001-01-01", None),
        ("9999-12-31", None),
        ("2026-03-01", "9999-12-31"),
        ("2026-03-01", ("9999-01-01", "")),
        ("2026-03-01", ("", "0001-01-02")),
    ],
)
def test_days_at_the_ends_of_the_calendar(day, due):
    """Pages that know no day often say 1 January of the year 1; such days must not stop the ledger."""
    says = [f"{words} on steel duties in Lisbon" for words in ("They talked", "They will talk", "Duties fell")]
    ledger = a_ledger(
        a_reading(an_event(says[0], when=due), a_step(says[1], due), a_measure(says[2], when=due), day=day),
        a_reading(an_event(says[0], when=due), a_step(says[1], due), a_measure(says[2], when=due), day="2026-03-02"),
    )

    for as_of in (date.min, date(2026, 3, 2), date.max):
        for kind in KINDS:
            ledger.entries(kind, as_of=as_of)
            ledger.entries(kind, pair=("IND", "USA"), since=date.min, until=date.max, as_of=as_of)
        ledger.acts(("IND", "USA"), as_of=as_of)


def test_a_record_on_words_outside_all_paragraphs():
    """A record that rests on a headline belongs to no paragraph, and to the ledger all the same."""
    reading = a_reading(an_event())
    bare = replace(reading, document=replace(reading.document, paragraphs=()))

    assert len(a_ledger(bare).entries("events", pair=("IND", "USA"))) == 1


def test_a_document_without_a_day_is_known_when_it_was_added():
    """No day of publication is guessed; the ledger knows the document from the day it came in."""
    ledger = a_ledger(a_reading(an_event(), day=None))
    (entry,) = ledger.entries("events")

    assert entry.first == date.today()
    assert entry.documents[0].published is None
    assert ledger.entries("events", as_of=date(2026, 3, 2)) == []


def test_actors_of_no_number():
    """Records without an actor on one side are kept, and found without a pair."""
    lone = replace(a_measure(), on=())
    nobody = replace(an_initiative(), evidence=(Span(0, 5, "Filed"),))
    ledger = a_ledger(a_reading(lone, nobody))

    assert len(ledger.entries("measures")) == len(ledger.entries("initiatives")) == 1
    assert ledger.entries("measures", pair=("IND", "USA")) == []
