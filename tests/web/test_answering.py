"""One question in several forms: the address says which, and an answer is made again only when the ledger changed."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import Any

import pytest
from fastapi import APIRouter

from dragoman.ledger import Ledger
from dragoman.web.answering import Asking, Page, screen, suffixed, written_csv, written_json
from dragoman.web.safety import HEADERS
from tests.web.helpers import client, copied

TEXT = (
    "KINGSTON, 4 May - The foreign ministers of Jamaica and Barbados met in Kingston on Tuesday. "
    "Jamaica and Barbados agreed to cut tariffs on sugar, the ministers said."
)


@dataclass
class Rows:
    """An answer by hand."""

    given: list[dict[str, Any]]

    def rows(self) -> list[dict[str, Any]]:
        """Return what was given."""
        return self.given

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {"given": self.given}


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+49", "'+49"),
        ("-x", "'-x"),
        ("@cmd", "'@cmd"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("plain = text", "plain = text"),
        (["=1", "b"], "'=1; b"),
        (-3, "-3"),
        (None, ""),
        ('say "no", twice\nhere', 'say "no", twice\nhere'),
        (date(2020, 1, 31), "2020-01-31"),
    ],
)
def test_a_cell_of_csv_is_read_back_and_is_no_formula(cell, written):
    """What a spreadsheet would run stands behind an apostrophe; all else is as it was."""
    read = list(csv.DictReader(io.StringIO(written_csv(Rows([{"cell": cell}])), newline="")))

    assert read == [{"cell": written}]


def test_no_rows_are_an_empty_table_and_no_data_is_no_number():
    """CSV of nothing is nothing; JSON never holds what is no JSON."""
    assert written_csv(Rows([])) == ""
    with pytest.raises(ValueError, match="JSON"):
        written_json(Rows([{"x": float("nan")}]))


@pytest.mark.parametrize(
    ("path", "form", "found"),
    [("/due", "ics", "/due.ics"), ("/", "json", "/changes.json"), ("/a/b", "csv", "/a/b.csv")],
)
def test_a_form_has_its_own_address(path, form, found):
    """The suffix names the form; the home page has a name for it."""
    assert suffixed(path, form) == found


@pytest.fixture
def asked(demo, tmp_path, monkeypatch):
    """Return a client with one more screen, which counts how often it was made."""
    router, made = APIRouter(), []

    @screen(router, "/counted", "json", "csv")
    def counted(ask: Asking, day: date | None = None, word: str = "") -> object:
        def view(ledger: Ledger) -> Rows:
            made.append(1)
            return Rows([{"documents": len(ledger.documents()), "json": ask.address("json", day=day, word=None)}])

        return ask.answer(
            view, lambda ledger, found, names: Page("error.html", "Counted", {"says": "x", "status": 200})
        )

    @screen(router, "/by/{name}")
    def by(ask: Asking, name: str) -> object:
        return ask.answer(lambda ledger: Rows([{"name": name}]), lambda *_: Page("error.html", name, {"says": name}))

    monkeypatch.setattr(import_module("dragoman.web.application"), "ROUTERS", (router,))
    found = client(copied(demo, tmp_path))
    return found, made, tmp_path / demo.name


def test_an_answer_is_kept_until_the_ledger_changes(asked):
    """Twice the same question is one making; another parameter, another form or a new document is another."""
    ask, made, ledger = asked
    first = ask.get("/counted.json")
    assert ask.get("/counted.json").content == first.content and len(made) == 1
    ask.get("/counted.json?word=x"), ask.get("/counted.csv"), ask.get("/counted")
    assert len(made) == 4

    with Ledger.open(ledger) as book:
        book.add(TEXT, published="2021-05-05", publisher="A test")
    second = ask.get("/counted.json")

    assert second.json()["given"][0]["documents"] == first.json()["given"][0]["documents"] + 1
    assert second.headers["etag"] != first.headers["etag"]


def test_a_browser_that_has_it_is_told_so(asked):
    """The same mark gives 304 without a body, and the headers that guard it."""
    ask, made, _ = asked
    mark = ask.get("/counted.json").headers["etag"]
    again = ask.get("/counted.json", headers={"If-None-Match": mark})
    other = ask.get("/counted.json", headers={"If-None-Match": '"another"'})

    assert (again.status_code, again.content, other.status_code) == (304, b"", 200)
    assert again.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]
    assert len(made) == 1


def test_other_forms_keep_the_question(asked):
    """Links to other forms carry the parameters, but those that are taken away."""
    ask, _, _ = asked
    found = json.loads(ask.get("/counted.json?day=2020-01-31&word=a%26b").text)["given"][0]["json"]
    page = ask.get("/counted?day=2020-01-31&word=a%26b").text

    assert found == "/counted.json?day=2020-01-31"
    assert 'href="/counted.csv?day=2020-01-31&amp;word=a%26b"' in page


@pytest.mark.parametrize("name", ["a%2Fb", "%3Cb%3E", "a%20b", "%22", "100%25", "%E2%80%AE"])
def test_a_name_in_an_address_stays_one(asked, name):
    """A page of a strange name answers, and shows it as text."""
    ask, _, _ = asked
    answer = ask.get(f"/by/{name}")

    assert answer.status_code in (200, 404)
    assert "<b>" not in answer.text and "\u202e" not in answer.text
