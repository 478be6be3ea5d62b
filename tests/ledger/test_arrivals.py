"""What was given and what is watched: the tables of the second schema, and how an older ledger gets them."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest

from dragoman.domain import Event
from dragoman.ledger import Ledger
from dragoman.ledger.arrivals import Arrival, Copy, address_of, words_of
from dragoman.ledger.store import APPLICATION, MIGRATIONS
from dragoman.ledger.watched import Watched
from tests.ledger.factory import a_ledger, a_reading, an_event

ARRIVAL = Arrival(
    "k1", "box/a.txt", "added", "d1", None, words_of("Ships came"), "example.org/a", "Ships", "The Buoy", "2026-03-02",
    "given", "English", None, '["1.0", []]', "harbour",
)  # fmt: skip
SOURCE = Watched("harbour", "feed", "https://example.org/rss", "fresh", "2026-03-02T08:00:00Z", "2026-03-02T08:30:00Z")


@pytest.fixture
def ledger():
    """Return an empty ledger."""
    with Ledger.open(":memory:") as book:
        yield book


# -- an older ledger -------------------------------------------------------------------------------------------------


@pytest.fixture
def older(tmp_path):
    """Return the file of a ledger of the first schema that holds a document with an event."""
    reading = a_reading(an_event(), url="https://www.example.org/talks")
    newest = tmp_path / "newest.ledger"
    with Ledger.open(newest) as book:
        book.add_reading(reading)
    path = tmp_path / "older.ledger"
    with sqlite3.connect(path) as old:
        old.executescript(MIGRATIONS[0])
        old.execute("ATTACH ? AS newest", (str(newest),))
        for (table,) in old.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall():
            if "_" in table or table.startswith("sqlite"):
                continue  # what full-text search keeps for itself
            old.execute(f"INSERT INTO main.{table} SELECT * FROM newest.{table}")
        old.commit()
        old.execute("PRAGMA user_version = 1")
        old.execute(f"PRAGMA application_id = {APPLICATION}")
    old.close()
    return path


def test_a_ledger_of_the_first_schema_gets_the_second_and_keeps_what_it_holds(older):
    """Opening it is enough: documents and entries stay, and nothing is said to have arrived or to be watched."""
    with Ledger.open(older) as book:
        (document,) = book.documents()
        (entry,) = book.entries("events")
        counts, watched = book.arrivals.counts(), book.sources.all()
        book.arrivals.note(replace(ARRIVAL, document=document.document))
        book.sources.put(SOURCE)

    assert entry.to_dict()["type"] == "CONSULT"
    assert (counts, watched) == ({}, [])
    with Ledger.open(older) as book:  # opened again, it is not migrated again
        assert book.arrivals.counts() == {"added": 1}
        assert book.sources.all() == [SOURCE]
    with sqlite3.connect(older) as raw:
        assert raw.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS) == 2


def test_a_document_of_an_older_ledger_is_found_as_a_copy_once_it_came_again(older):
    """Its words and address are noted then, under the key it always had."""
    reading = a_reading(an_event(), url="https://www.example.org/talks")
    address = address_of(reading.document.url) or ""
    with Ledger.open(older) as book:
        key = book.documents()[0].document
        book.arrivals.note(replace(ARRIVAL, outcome="duplicate", document=key, of=key, address=address))

        assert [copy.document for copy in book.arrivals.at(address)] == [key]


# -- arrivals --------------------------------------------------------------------------------------------------------


def test_an_arrival_is_read_back_as_it_was_noted(ledger):
    """Every field, and None for an item that never came."""
    ledger.arrivals.note(ARRIVAL)

    assert ledger.arrivals.of_item("k1") == ARRIVAL
    assert ledger.arrivals.of_item("k2") is None


def test_an_item_that_comes_again_is_counted_once(ledger):
    """What became of it last is what is known of it."""
    ledger.arrivals.note(ARRIVAL)
    ledger.arrivals.note(replace(ARRIVAL, outcome="duplicate", of="d1", place="box/b.txt"))

    assert ledger.arrivals.counts() == {"duplicate": 1}
    assert ledger.arrivals.of_item("k1").place == "box/b.txt"


def test_an_outcome_that_there_is_not_is_not_stored(ledger):
    """The table knows six outcomes."""
    with pytest.raises(sqlite3.IntegrityError):
        ledger.arrivals.note(replace(ARRIVAL, outcome="lost"))  # type: ignore[arg-type]

    assert ledger.arrivals.counts() == {}


def test_outcomes_are_counted_by_source(ledger):
    """Of one watched source, or of all that ever came."""
    ledger.arrivals.note(ARRIVAL)
    ledger.arrivals.note(replace(ARRIVAL, item="k2", outcome="refused", document=None, note="It is empty."))
    ledger.arrivals.note(replace(ARRIVAL, item="k3", source=None))

    assert ledger.arrivals.counts("harbour") == {"added": 1, "refused": 1}
    assert ledger.arrivals.counts() == {"added": 2, "refused": 1}
    assert ledger.arrivals.counts("nobody") == {}


def test_documents_are_found_by_words_address_and_likeness():
    """The earliest first, each once however often it came; words that nobody wrote find none."""
    first = a_reading(an_event(), day="2026-03-02", by="Wire", url="https://www.example.org/talks?utm_source=mail")
    second = a_reading(an_event(), day="2026-03-04", by="The Buoy", text=first.document.text)
    with a_ledger(second, first) as book:
        keys = {source.publisher: source.document for source in book.documents()}
        for number, reading in enumerate((second, first, first)):
            document = reading.document
            came = replace(ARRIVAL, item=f"k{number}", document=keys[document.publisher])
            book.arrivals.note(replace(came, words=words_of(document.text), address=address_of(document.url)))
        wire = Copy(keys["Wire"], "Wire", first.document.published, None, "example.org/talks")

        assert [one.publisher for one in book.arrivals.with_words(words_of(first.document.text))] == [
            "Wire",
            "The Buoy",
        ]
        assert book.arrivals.at("example.org/talks") == [wire]
        assert [one.publisher for one in book.arrivals.near(first.document.text, "Wire")] == ["Wire"]
        assert book.arrivals.with_words(words_of("Nobody wrote this")) == []


def test_text_and_records_of_a_document():
    """As they are now; nothing for a key that nobody has."""
    reading = a_reading(an_event())
    with a_ledger(reading) as book:
        key = book.documents()[0].document

        assert book.arrivals.text(key) == reading.document.text
        assert [(kind, type(record)) for kind, record in book.arrivals.records(key)] == [("events", Event)]
        assert (book.arrivals.text("none"), book.arrivals.records("none")) == ("", [])


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Peru and Chile met.", "peru and CHILE met", True),
        ("Peru and Chile met.", "Peru\r\n and — Chile\tmet!", True),
        ("Peru and Chile met.", "Chile and Peru met.", False),
        ("A duty of 12 percent", "A duty of 9 percent", False),
        ("", "...", True),
    ],
)
def test_words_are_the_same_whatever_their_case_and_points(one, other, same):
    """Order and figures count; case, points and line ends do not."""
    assert (words_of(one) == words_of(other)) == same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.example.org/a", "http://example.org/a", True),
        ("https://example.org/a#top", "https://example.org/a", True),
        ("https://example.org/a?utm_source=x&utm_medium=y", "https://example.org/a", True),
        ("https://example.org/a?id=1", "https://example.org/a?id=2", False),
        ("https://example.org/a", "https://example.com/a", False),
        ("https://EXAMPLE.org/A", "https://example.org/a", False),  # paths may differ by case alone
    ],
)
def test_addresses_of_one_page_are_equal(one, other, same):
    """Scheme, "www.", fragment and what trackers add do not tell pages apart; the rest does."""
    assert (address_of(one) == address_of(other)) == same


@pytest.mark.parametrize("url", [None, "", "#top", "http://[broken", "no address", "https://", "http://a:99999999/x"])
def test_what_is_no_address_harms_nobody(url):
    """It is None, or a text that equals itself."""
    assert address_of(url) == address_of(url)
    assert address_of(url) != ""


# -- sources ---------------------------------------------------------------------------------------------------------


def test_a_source_is_read_back_as_it_was_put(ledger):
    """Every field; the last state holds; sources stand by name."""
    later = replace(
        SOURCE, state="unreachable", failures=2, note="It answered 500.", etag='"a"', looked_at=SOURCE.since
    )
    ledger.sources.put(SOURCE)
    ledger.sources.put(replace(SOURCE, name="airport", kind="folder", place="/box"))
    ledger.sources.put(later)

    assert ledger.sources.get("harbour") == later
    assert [one.name for one in ledger.sources.all()] == ["airport", "harbour"]
    assert ledger.sources.get("station") is None
    assert later.to_dict()["state"] == "unreachable"
