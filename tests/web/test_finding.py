"""Search: what is found, how it is marked, and what is led to at once."""

from __future__ import annotations

import pytest
from lxml import html  # type: ignore[import-untyped]

from dragoman.ledger import Ledger
from dragoman.web.screens.finding import marked, two_actors
from tests.web.helpers import client


@pytest.mark.parametrize(
    ("snippet", "query", "pieces"),
    [
        ("a [tariff] on", "tariff", [("a ", False), ("tariff", True), (" on", False)]),
        ("a [Tarïff]", "tariff", [("a ", False), ("Tarïff", True)]),
        ("the text's [sic] own", "tariff", [("the text's [sic] own", False)]),
        ("[[tariff]]", "tariff", [("[", False), ("tariff", True), ("]", False)]),
        ("[salt cod] fleet", "cod salt", [("salt cod", True), (" fleet", False)]),
        ("<b>[talks]</b>", "talks", [("<b>", False), ("talks", True), ("</b>", False)]),
        ("", "talks", []),
    ],
)
def test_words_that_were_found_are_marked(snippet, query, pieces):
    """Brackets of the text itself stay as they are."""
    assert marked(snippet, query) == pieces


@pytest.mark.parametrize(
    ("query", "pair"),
    [
        ("India Japan", ("IND", "JPN")),
        ("IND USA", ("IND", "USA")),
        ("ind, usa", ("IND", "USA")),
        ("the United States and South Korea", ("USA", "KOR")),
        ("China/India", ("CHN", "IND")),
        ("India", None),
        ("India India", None),
        ("India tariff", None),
        ("tariff India Japan", None),
        ("India and", None),
    ],
)
def test_two_actors_and_nothing_beside_are_a_pair(query, pair):
    """Ids and names, joined as people join them."""
    assert two_actors(query) == pair


def test_hits_are_grouped_counted_and_lead_to_what_they_are(demo):
    """Documents first, then entries by kind, with the words marked."""
    page = html.fromstring(client(demo).get("/search?q=tariff").text)

    assert page.xpath("//section/@aria-labelledby")[:2] == ["documents", "events"]
    for section in page.xpath("//section"):
        hits = section.xpath(".//li[@class='entry']")
        assert section.xpath("h2/span")[0].text_content() == str(len(hits)) != "0"
        start = "/document/D-" if section.get("aria-labelledby") == "documents" else "/entry/"
        assert all(hit.xpath("p/a[@class='what']/@href")[0].startswith(start) for hit in hits)
        assert all("tariff" in hit.xpath("string(.//mark)").lower() for hit in hits)
    assert page.xpath("//input[@id='q']/@value") == ["tariff"]


@pytest.mark.parametrize(
    ("q", "says"),
    [
        ("", "How to search"),
        ("   ", "How to search"),
        ("[]!", "Nothing in the ledger has this word"),
        ("xylophone", "Nothing in the ledger has this word"),
        ("xylophone zither", "Nothing in the ledger has all these words"),
    ],
)
def test_where_nothing_is_found_the_page_helps(demo, q, says):
    """No words, none that can be found, none that are there: each a page with tips."""
    answer = client(demo).get("/search", params={"q": q})

    assert answer.status_code == 200
    assert says in answer.text and "How to search" in answer.text


def test_what_a_query_names_is_led_to(demo):
    """An entry and a document by id, a pair, an actor's pairs; other words lead nowhere."""
    asked = client(demo)
    with Ledger.open(demo, read_only=True) as ledger:
        entry, document = ledger.entries("events")[0].id, ledger.documents()[0].document

    def led(q: str) -> list[str]:
        page = html.fromstring(asked.get("/search", params={"q": q}).text)
        return [str(one) for one in page.xpath("//section[@aria-labelledby='direct']//a/@href")]

    assert led(entry) == [f"/entry/{entry}"]
    assert led(entry.upper()) == [f"/entry/{entry}"]
    assert led(document[:-2]) == [f"/document/{document}"]
    assert led("India Japan") == ["/relation/IND/JPN"]
    assert led("Pakistan") == ["/pairs?q=PAK"]
    assert led("tariff") == led("E-zzzzzzzzz") == []


def test_a_query_is_text(demo):
    """What was typed comes back escaped, in title, heading and box."""
    answer = client(demo).get("/search", params={"q": '"><script>alert(1)</script>'})

    assert "<script>alert" not in answer.text
    assert html.fromstring(answer.text).xpath("//input[@id='q']/@value") == ['"><script>alert(1)</script>']


def test_more_hits_can_be_asked_for(demo):
    """Where as many are shown as were asked for, there may be more."""
    asked = client(demo)

    assert "limit=4" in asked.get("/search?q=tariff&limit=2").text
    assert "There may be more" not in asked.get("/search?q=tariff").text
    assert (
        asked.get("/search.csv?q=tariff&limit=2").text.count("\r\n")
        == 1 + asked.get("/search.json?q=tariff&limit=2").json()["total"]
    )
