"""Where one document is easily taken for another: forms, home pages, retractions, two writers, pieces of HTML, folders."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from dragoman.domain import Document
from dragoman.intake import take_in
from dragoman.intake.outcomes import Outcome
from dragoman.ledger import Ledger
from dragoman.sources import from_text
from dragoman.sources.fetch import is_public
from dragoman.sources.files import inputs
from dragoman.sources.items import Item, Walk, items

FORM = (
    "On March 3, the Government of Norway and the Government of {c} signed an agreement on a loan of {n} million kroner "
    "in {p}, the capital of {c}.\n\nThe agreement was signed by {a}, Ambassador of Norway, and by {b}, Minister of "
    "Finance of {c}. Under it, {w} will be built in order to strengthen the trade of the country with its neighbours, "
    "and to create work along the coast. Norway promised the loan at the conference of donors that met in Oslo last year."
)
LOANS = (
    {"c": "Ghana", "n": 40, "p": "Accra", "a": "Kari Lund", "b": "Kofi Asante", "w": "cold stores"},
    {"c": "Peru", "n": 95, "p": "Lima", "a": "Ola Berg", "b": "Rosa Quispe", "w": "three landing stages"},
    {"c": "Vietnam", "n": 12, "p": "Hanoi", "a": "Siri Dahl", "b": "Tran Minh", "w": "a fish market"},
)
TALKS = "Chile and Peru signed a pact on fishing in Lima on Monday, the ministry said. Both will meet again in May."
BORDER = "Kenya closed its border with Somalia after a raid near Mandera, a minister said. Somalia condemned the step."


def item(document: Document, key: str) -> Item:
    """Return a document as an item."""
    return Item(document.url or key, key, lambda: document)


def taken(ledger: Ledger, *documents: Document) -> list[Outcome]:
    """Take documents in and return what became of each."""
    return list(take_in(ledger, [item(one, f"{number}") for number, one in enumerate(documents)]))


def test_notices_of_one_form_are_documents_of_their_own(tmp_path):
    """Another country, sum and signatory make another notice, on the same day by the same ministry."""
    told = [
        from_text(FORM.format(**one), published="2026-03-03", publisher="Ministry of Foreign Affairs of Norway",
                  url=f"https://mfa.example/press/{str(one['c']).lower()}", title=f"Loan to {one['c']}")
        for one in LOANS
    ]  # fmt: skip
    with Ledger.open(tmp_path / "l") as ledger:
        assert [one.outcome for one in taken(ledger, *told)] == ["added"] * 3
        assert len({source.origin for source in ledger.documents()}) == 3


def test_rows_with_the_address_of_a_home_page_are_documents_of_their_own(tmp_path):
    """An address and a title in common make no version of texts that have nothing in common, months apart."""
    rows = [
        from_text(text, published=day, publisher="Wire", url="https://wire.example/", title="News in brief")
        for text, day in ((TALKS, "2026-01-12"), (BORDER, "2026-04-12"))
    ]
    with Ledger.open(tmp_path / "l") as ledger:
        assert [one.outcome for one in taken(ledger, *rows)] == ["added", "added"]


def test_a_page_that_was_withdrawn_is_a_newer_version(tmp_path):
    """A retraction tells of no relation, and yet says that the records of the page are gone."""
    page = from_text(TALKS, published="2026-01-12", publisher="Wire", url="https://wire.example/pact", title="Pact")
    gone = from_text(
        "This report has been withdrawn. An editor will explain why in the evening edition of the paper.",
        published="2026-01-13", publisher="Wire", url="https://wire.example/pact", title="Pact",
    )  # fmt: skip
    with Ledger.open(tmp_path / "l") as ledger:
        first, second = taken(ledger, page, gone)

    assert (first.outcome, second.outcome, second.of) == ("added", "newer version", first.document)
    assert second.changes


def test_what_another_writer_added_meanwhile_is_a_duplicate(tmp_path):
    """Not a newer version of itself."""
    document = from_text(TALKS, published="2026-01-12", publisher="Wire", url="https://wire.example/pact")
    with Ledger.open(tmp_path / "l") as ledger, Ledger.open(tmp_path / "l") as other:

        def late() -> Document:
            other.add(document)
            return document

        (found,) = take_in(ledger, [Item("pact", "pact", late)])

        assert found.outcome == "duplicate"
        assert len(ledger.documents()) == 1


def test_the_first_outcome_of_an_item_stays_noted(tmp_path):
    """That it came again does not hide what was made of it."""
    document = from_text(TALKS, published="2026-01-12", publisher="Wire")
    with Ledger.open(tmp_path / "l") as ledger:
        for expected in ("added", "duplicate"):
            (found,) = take_in(ledger, [item(document, "one")], source="inbox")
            assert found.outcome == expected
        noted = ledger.arrivals.of_item("one")
        assert noted is not None
        assert (noted.outcome, noted.source) == ("added", "inbox")


def test_a_piece_of_html_does_not_date_its_entry(tmp_path):
    """A time and a heading inside a cell are of the text; the columns say when it was published and what it is called."""
    text = f'<h2>Background</h2><p>{TALKS}</p><p>They first met on <time datetime="2019-05-04">4 May 2019</time>.</p>'
    row = {"published": "2026-01-12", "title": "Pact on fishing", "text": text}
    (tmp_path / "rows.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    walk = Walk()
    (found,) = items(inputs([str(tmp_path / "rows.jsonl")], walk.passed_over), walk)
    document = found.make()

    assert isinstance(document, Document)
    assert (str(document.published), document.dated_by, document.title) == ("2026-01-12", "metadata", "Pact on fishing")


def test_an_empty_folder_does_not_stop_the_others(tmp_path):
    """Its neighbours are read; only where nothing at all is named is that an error."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "a.txt").write_text(TALKS, encoding="utf-8")
    walk = Walk()

    assert [one.path for one in inputs([str(tmp_path / "empty"), str(tmp_path / "full")], walk.passed_over)] == [
        str(tmp_path / "full" / "a.txt")
    ]


def test_the_report_never_overwrites_what_is_read(tmp_path):
    """The file that is read stays as it is, and the message says why nothing was done."""
    path = tmp_path / "in.jsonl"
    path.write_text(json.dumps({"text": TALKS}) + "\n", encoding="utf-8")
    before = path.read_bytes()
    command = [
        sys.executable,
        "-m",
        "dragoman",
        "add",
        str(path),
        "--report",
        str(path),
        "--ledger",
        str(tmp_path / "l"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "COLUMNS": "200"})

    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert path.read_bytes() == before


@pytest.mark.parametrize("address", ["fec0::1", "feff::7"])
def test_site_local_addresses_are_private(address):
    """They are deprecated, and still lead into networks."""
    assert not is_public(address)
