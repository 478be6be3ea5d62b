"""The page about the ledger: its state, its sources, and the accuracy of the reader."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import html  # type: ignore[import-untyped]

from benchmarks import accuracy as measuring
from benchmarks.measured import Measured
from dragoman.ledger import Ledger
from dragoman.ledger.watched import Watched
from dragoman.web.screens.about import accuracy
from tests.web.helpers import client, copied

PAGE = measuring.PAGE.read_text(encoding="utf-8")


def test_the_state_is_that_of_the_ledger(demo):
    """Documents, origins, days and entries by kind, as counted entry by entry."""
    found = client(demo).get("/about.json").json()["ledger"]

    with Ledger.open(demo, read_only=True) as ledger:
        documents = ledger.documents()
        assert found["documents"] == len(documents)
        assert found["origins"] == len({one.origin for one in documents})
        assert (found["first"], found["last"]) == ("2018-03-06", "2020-01-15")
        assert found["entries"] == {kind: len(ledger.entries(kind)) for kind in found["entries"]}
        assert len(found["entries"]) == 6


def test_an_empty_ledger_has_a_page(tmp_path):
    """Nothing is counted, nothing fails."""
    path = tmp_path / "empty.ledger"
    Ledger.open(path).close()
    asked = client(path)

    assert "0 of 0 independent origins" in asked.get("/about").text
    for address in ("/", "/pairs", "/search?q=tariff", "/changes.rss", "/changes.csv", "/healthz"):
        assert asked.get(address).status_code == 200


def test_silent_sources_stand_first_and_no_path_is_told(demo, tmp_path):
    """A folder is told by its name, a feed by its host."""
    path = copied(demo, tmp_path)
    moment = "2026-03-01T08:00:00Z"
    with Ledger.open(path) as ledger:
        for one in (
            Watched("Alpha", "feed", "https://me:key@alpha.example/?token=secret", "fresh", moment, moment, moment),
            Watched("Beta", "feed", "https://beta.example/rss", "unreachable", moment, moment, moment, failures=3),
            Watched("/srv/private/papers", "folder", "/srv/private/papers", "valid but empty", moment, moment, moment,
                    note="cannot read /srv/private/papers"),
        ):  # fmt: skip
            ledger.sources.put(one)
    page = client(path).get("/about").text
    names = html.fromstring(page).xpath("//section[@aria-labelledby='sources']//tbody/tr/th/text()")

    assert [name.strip() for name in names] == ["Beta", "papers", "Alpha"]
    assert "3, 2 of them silent" in page and "3 times in a row" in page
    for secret in ("/srv", "private", "?token", "secret", "key@", str(tmp_path), str(Path.home())):
        assert secret not in page
        assert secret not in client(path).get("/about.json").text


def test_the_figures_are_those_of_the_accuracy_page():
    """Both are written by one command; each figure of the application stands in the document, and the other way."""
    found = json.loads(measuring.FIGURES.read_text(encoding="utf-8"))
    rows = [line for line in PAGE.split("## Gold")[0].splitlines() if line.startswith("| `")]

    assert [measuring.comparison_row(row) for row in found["compared"]] == rows
    assert f" on {found['measured_on']};" in PAGE
    assert "\n".join(found["gold"]) in "\n".join(line.rstrip() for line in PAGE.splitlines())
    for own in found["own"]:
        part = PAGE.split(f"**{own['name']}** on ", 1)[1].split("\n\n**")[0]
        lines = [line for line in part.splitlines() if line.startswith("| ") and not line.startswith("| figure")]
        assert lines[: len(own["figures"])] == [f"| {name} | {value} |" for name, value in own["figures"].items()]


def test_what_is_measured_is_what_is_shown(demo):
    """The command writes what the page reads."""
    public = [
        Measured("plover", "plv_train.jsonl", "0", 7, {"15 classes, macro-F1": 0.73}),
    ]
    made = measuring.figures([Measured("merging", "stories", "0", 3, {"pairs": 12, "F1": 0.5})], public, "a\nb")

    assert made["compared"][0]["here"] == "0.730"
    assert made["own"] == [{"name": "merging", "items": 3, "figures": {"pairs": "12", "F1": "0.500"}}]
    assert made["gold"] == ["a", "b"]
    assert set(made) == set(json.loads(measuring.FIGURES.read_text(encoding="utf-8")))
    text = client(demo).get("/about").text
    for row in accuracy().compared:
        assert row.here in text and row.figure in text


@pytest.mark.parametrize("password", [None, "correct horse"])
def test_whether_it_is_well(demo, password):
    """Who watches over it needs no password."""
    answer = client(demo, password=password).get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
