"""What becomes of each item: added, duplicate, reprint, newer version, nothing found or refused."""

from __future__ import annotations

import json
import sys

import pytest

from dragoman.intake import take_in
from dragoman.intake.outcomes import OUTCOMES, Tally
from dragoman.ledger import Ledger
from dragoman.sources import Known, Walk, inputs, items

FERRY = """Estonia and Finland sign ferry pact

HELSINKI, May 7, 2024 - Estonia and Finland signed an agreement on ferry traffic in Helsinki on Tuesday. Finnish \
Transport Minister Liisa Korhonen said that the two countries would hold talks on night crossings in Tallinn on June 4.

Estonia asked Finland in March to lift a fee of 12 percent on Estonian ships. Finland said that it would decide by \
the end of July, after its ministry had heard the harbours of both countries and the crews that work on board.

The crossing takes two hours, and nine million people made it last year, most of them in the summer months when the \
islands in the gulf fill with visitors and the harbour cafes stay open until the last ship has left for the night.
"""
BAKERY = """Bakery wins prize

A bakery in the old town won the prize for the best rye bread on Sunday. Its owner thanked her two apprentices, who \
had risen at three every morning for a month, and gave away two hundred loaves to those who had come to watch.
"""
FRENCH = """Le ministre des affaires étrangères a reçu mardi son homologue à Paris, où ils ont parlé de la pêche et \
des accords qui lient les deux pays depuis vingt ans. Ils se reverront dans un mois, a dit son porte-parole."""


@pytest.fixture
def ledger():
    """Return an empty ledger."""
    with Ledger.open(":memory:") as book:
        yield book


@pytest.fixture
def give(ledger, tmp_path):
    """Return a function that writes a text to a file, gives it to the ledger and returns what became of it."""

    def giving(text: str, name: str = "a.txt", keep_all: bool = False, **known):
        (tmp_path / name).write_text(text, encoding="utf-8")
        walk = Walk(given=Known(**known))
        (outcome,) = take_in(ledger, items(inputs([str(tmp_path / name)], walk.passed_over), walk), keep_all=keep_all)
        return outcome

    return giving


def test_a_new_document_is_added_with_all_that_is_known_of_it(give):
    """Identity, publisher, date and where it came from, language and length stand in the outcome."""
    found = give(FERRY, publisher="The Gulf")

    assert (found.outcome, found.of, found.reason) == ("added", None, None)
    assert (found.title, found.publisher) == ("Estonia and Finland sign ferry pact", "The Gulf")
    assert (found.published, found.dated_by, found.language) == ("2024-05-07", "dateline", "English")
    assert found.document
    assert found.records > 0
    assert found.characters == len(FERRY)


def test_the_same_item_again_is_a_duplicate_and_is_not_made_again(give, ledger, monkeypatch):
    """Its bytes are known, so that neither parser nor reader is asked."""
    first = give(FERRY)
    monkeypatch.setattr(sys.modules["dragoman.sources.items"], "document_of", lambda *_, **__: 1 / 0)
    again = give(FERRY, name="b.txt")

    assert (again.outcome, again.of) == ("duplicate", first.document)
    assert again.place.endswith("b.txt")
    assert (again.title, again.published) == (first.title, first.published)
    assert len(ledger.documents()) == 1


@pytest.mark.parametrize(
    ("change", "known", "outcome"),
    [
        (lambda text: text.replace("\n", "\r\n"), {}, "duplicate"),
        (lambda text: text.replace(" - ", " – ").upper().lower(), {"published": None}, "duplicate"),
        (lambda text: text, {"publisher": "Another Paper"}, "reprint"),
        (lambda text: text.partition("\n\nThe crossing")[0], {"publisher": "Another Paper"}, "reprint"),
        (lambda text: text.replace("12 percent", "9 percent"), {}, "newer version"),
        (lambda text: text.replace("June 4", "June 5") + "\nBoth sides praised the pact.\n", {}, "newer version"),
    ],
)
def test_copies_and_versions_are_told_apart(give, change, known, outcome):
    """The same words by one publisher are a duplicate, by two a reprint; changed words by one a newer version."""
    first = give(FERRY, publisher="The Gulf")
    found = give(change(FERRY), name="b.txt", **{"publisher": "The Gulf", **known})

    assert (found.outcome, found.of) == (outcome, first.document)


def test_a_newer_version_says_what_changed_in_its_records(give):
    """The field, its value before and after, and the words it rests on now."""
    give(FERRY, publisher="The Gulf")
    found = give(FERRY.replace("12 percent", "9 percent"), name="b.txt", publisher="The Gulf")
    rates = [change for change in found.changes if (change.kind, change.field) == ("measures", "rate")]

    assert [(change.before["value"], change.after["value"]) for change in rates] == [(12, 9)]
    assert "9 percent" in rates[0].quote
    assert json.dumps(found.to_dict())


def test_a_page_of_the_same_address_is_a_version_though_little_is_left(give, ledger):
    """An address that shows the report again, with the same title, shows a later state of it: one origin."""
    address = "https://www.example.org/ferry?utm_source=mail"
    first = give(FERRY, url=address)
    later = FERRY.partition("\n\nEstonia asked")[0] + "\n\n" + "The agreement takes effect in the autumn. " * 12
    found = give(later, name="b.txt", url="http://example.org/ferry#top")

    assert (found.outcome, found.of) == ("newer version", first.document)
    assert len({source.origin for source in ledger.documents()}) == 1


def test_an_older_state_that_comes_late_is_no_newer_version(give):
    """What was published before cannot replace what came after."""
    give(FERRY.replace("May 7", "May 9"), publisher="The Gulf")
    found = give(FERRY.partition("\n\nThe crossing")[0], name="b.txt", publisher="The Gulf")

    assert found.outcome == "reprint"


def test_what_tells_of_no_relation_is_noted_and_not_kept(give, ledger):
    """It is recognised, not stored, and recognised again without being looked at; --keep-all stores it."""
    first, again = give(BAKERY), give(BAKERY)
    before = len(ledger.documents())
    kept = give(BAKERY, keep_all=True)

    assert [first.outcome, again.outcome, kept.outcome] == ["nothing found", "nothing found", "added"]
    assert first.reason
    assert (before, len(ledger.documents())) == (0, 1)


@pytest.mark.parametrize(
    ("text", "reason", "language"),
    [(FRENCH, "French", "French"), ("", "empty", None), ("a\0b" * 50, "binary", None)],
)
def test_what_cannot_be_read_is_refused_by_name(give, ledger, text, reason, language):
    """The reason says why; a language is named; nothing is stored as a document."""
    found = give(text)

    assert found.outcome == "refused"
    assert reason in found.reason
    assert found.language == language
    assert ledger.documents() == []


def test_a_fault_of_our_own_stops_one_item_alone(ledger, tmp_path, monkeypatch):
    """An error that nobody foresaw refuses its item, says so, and the next is read."""
    for name, text in (("a.txt", FERRY), ("b.txt", BAKERY), ("c.txt", FERRY.replace("Tuesday", "Monday"))):
        (tmp_path / name).write_text(text)
    walk = Walk()
    found = list(items(inputs([str(tmp_path)], walk.passed_over), walk))
    broken = type(found[0])(found[0].place, found[0].key, lambda: [][0])
    outcomes = list(take_in(ledger, [broken, *found[1:]]))

    assert [one.outcome for one in outcomes] == ["refused", "nothing found", "added"]
    assert "IndexError" in (outcomes[0].reason or "")


def test_the_counts_sum_to_the_items(ledger, tmp_path):
    """Every item has one outcome."""
    for name, text in (("a.txt", FERRY), ("b.txt", FERRY), ("c.txt", BAKERY), ("d.txt", FRENCH), ("e.txt", "")):
        (tmp_path / name).write_text(text)
    walk, tally = Walk(), Tally()
    for outcome in take_in(ledger, items(inputs([str(tmp_path)], walk.passed_over), walk)):
        tally.count(outcome, keep=9)
    told = tally.to_dict()

    assert told["items"] == 5 == sum(told[word] for word in OUTCOMES)
    assert (told["added"], told["duplicate"], told["nothing found"], told["refused"]) == (1, 1, 1, 2)
    assert told["languages"] == {"French": 1}
