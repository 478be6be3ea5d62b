"""The list of pairs."""

from __future__ import annotations

import pytest
from lxml import html  # type: ignore[import-untyped]

from dragoman.ledger import Ledger
from dragoman.views.pairs import MONTHS, pairs
from dragoman.web.screens.pairs import HEIGHT, WIDTH, points
from tests.web.helpers import PAIR, client


def _names(text: str) -> list[str]:
    return [one.text_content() for one in html.fromstring(text).xpath("//tbody/tr/th")]


def test_every_pair_has_its_counts_and_a_line_in_words(demo):
    """The first is told most; each line says the same as its drawing."""
    answer = client(demo).get("/pairs")
    rows = html.fromstring(answer.text).xpath("//tbody/tr")

    with Ledger.open(demo, read_only=True) as ledger:
        assert len(rows) == len(ledger.pairs())
    assert rows[0].xpath("th/a/@href") == ["/relation/CHN/USA"]
    assert rows[0].xpath("td[1]")[0].text_content() == "10"
    for row in rows:
        acts = row.xpath("td[2]")[0].text_content()
        label = row.xpath(".//svg/@aria-label")[0]
        assert label.startswith("no acts" if acts == "0" else f"{acts} act")
        assert len(row.xpath(".//polyline/@points")[0].split()) == MONTHS


def test_acts_are_entries_not_records(demo):
    """An act that many documents tell of is one."""
    with Ledger.open(demo, read_only=True) as ledger:
        found = pairs(ledger).pairs[0]
        acts = [act for act in ledger.acts(PAIR) if act.status == "happened" and f"{act.day:%Y-%m}" >= "2018-02"]

    assert found.pair == PAIR
    assert sum(found.acts) == pytest.approx(len(acts), abs=2)  # a record may be dated in another month than its entry


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("India", 7),
        ("ind", 7),
        ("pakist", 5),
        ("éritrea", 3),
        ("zzz", 0),
    ],
)
def test_a_name_or_part_of_one_chooses(demo, q, found):
    """Case and accents do not matter; where nothing fits, search is offered."""
    answer = client(demo).get("/pairs", params={"q": q})

    assert len(_names(answer.text)) == found
    assert ("/search?q=zzz" in answer.text) == (not found)


def test_the_list_goes_on(demo):
    """From a number on; beyond the end it says so."""
    asked = client(demo)
    every = [row["b"] for row in asked.get("/pairs.json").json()["pairs"] for row in [{"b": row["pair"]}]]
    later = [row["pair"] for row in asked.get("/pairs.json?start=30").json()["pairs"]]

    assert later == every[30:]
    assert "Earlier ones" in asked.get("/pairs?start=30").text
    assert "no pairs from this number" in asked.get("/pairs?start=999").text
    assert asked.get("/pairs.csv").text.startswith("a,b,documents,last,acts\r\nCHN,USA,10,2020-01-15,")


@pytest.mark.parametrize(
    ("acts", "first", "last"), [((0, 0, 0), "0.0,17.0", "96.0,17.0"), ((4, 0, 2), "0.0,1.0", "96.0,9.0")]
)
def test_the_line_fits_its_box(acts, first, last):
    """The highest count stands at the top, none at the bottom."""
    made = points(acts).split()

    assert (made[0], made[-1], WIDTH, HEIGHT) == (first, last, 96, 18)
