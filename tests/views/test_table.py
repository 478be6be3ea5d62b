"""What every view's result can do."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from dragoman.domain import Window
from dragoman.errors import UsageError
from dragoman.ledger.entries import EventEntry
from dragoman.views.table import Table, as_plain, name_of, named, padded
from tests.ledger_factory import a_person, an_event_entry, an_item


@dataclass(frozen=True, slots=True)
class Few(Table):
    """A result with two rows at most."""

    within: timedelta | None = None
    entries: tuple[EventEntry, ...] = ()
    words: tuple[str, ...] = ("<b>bold</b> & brave",)

    def rows(self) -> list[dict[str, Any]]:
        """Return one row a word."""
        return [{"word": word, "day": date(2026, 3, 1), "none": None} for word in self.words]


def test_plain_data_holds_every_field_and_goes_through_json():
    """An entry stands with its quotes and without its items; a span of time stands in days."""
    found = Few(timedelta(days=30), (an_event_entry(items=[an_item(words="held talks")]),)).to_dict()

    assert list(found) == ["within", "entries", "words"]
    assert found["within"] == 30
    assert "items" not in found["entries"][0]
    assert [quote["text"] for quote in found["entries"][0]["quotes"]] == ["held talks"]
    assert json.loads(json.dumps(found)) == found


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (Window(date(2026, 3, 1), None), {"start": "2026-03-01", "end": None}),
        ({"a": (1.0, 2.5)}, {"a": [1, 2.5]}),
        (frozenset({"b", "a"}), ["a", "b"]),
        ((a_person("Ana"),), [{"name": "Ana", "role": None, "affiliation": None}]),
    ],
)
def test_values_become_plain(value, plain):
    """Whatever a view holds goes into JSON in one stable way."""
    assert as_plain(value) == plain


def test_a_notebook_shows_text_and_never_runs_it():
    """Text of a document is escaped; None is an empty cell."""
    html = Few()._repr_html_()

    assert "<td>&lt;b&gt;bold&lt;/b&gt; &amp; brave</td>" in html
    assert html.count("<th>") == 3
    assert html.endswith("<td>2026-03-01</td><td></td></tr></tbody></table>")


def test_a_result_without_rows_is_an_empty_table():
    """Nothing found is shown as nothing, not as an error."""
    empty = "<table><thead><tr></tr></thead><tbody></tbody></table>"

    assert Few(words=())._repr_html_() == empty


@pytest.mark.parametrize(("method", "module"), [("to_arrow", "pyarrow"), ("to_pandas", "pandas")])
def test_a_missing_library_is_named_with_its_extra(monkeypatch, method, module):
    """Who asks for Arrow or pandas without having them is told what to install."""
    monkeypatch.setitem(sys.modules, module, None)

    with pytest.raises(UsageError, match=rf"{module}.*dragoman\[tables\]"):
        getattr(Few(), method)()


@pytest.mark.parametrize(("method", "module"), [("to_arrow", "pyarrow"), ("to_pandas", "pandas")])
def test_rows_go_to_arrow_and_pandas(method, module):
    """Where the libraries are there, a table has the rows and the columns of the view."""
    pytest.importorskip(module)
    found = getattr(Few(), method)()

    assert found.shape == (1, 3)


def test_rows_of_different_kinds_get_the_same_keys():
    """Keys stand in the order in which they first occur."""
    assert padded([{"a": 1}, {"b": 2, "a": 3}]) == [{"a": 1, "b": None}, {"a": 3, "b": 2}]


@pytest.mark.parametrize(
    ("person", "words"),
    [
        (("Ana Prado", "foreign minister", "PRT"), "Ana Prado (foreign minister, PRT)"),
        (("officials", None, "CHL"), "officials (CHL)"),
        (("a source", None, None), "a source"),
    ],
)
def test_a_person_is_named_with_what_is_known(person, words):
    """What is not known is left out."""
    assert name_of(a_person(*person)) == named([a_person(*person)]) == words
