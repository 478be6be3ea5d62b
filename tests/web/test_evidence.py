"""Evidence: words and records lead to each other, whatever a document says and however long it is."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import html  # type: ignore[import-untyped]

from dragoman.domain import Span
from dragoman.ledger import Ledger
from dragoman.ledger.entries import StepEntry
from dragoman.show.words import clean
from dragoman.web.paragraphs import TEXT, shown_text, stretches
from tests.ledger.factory import (
    a_dispute,
    a_measure,
    a_reading,
    a_statement,
    a_step,
    an_event,
    an_initiative,
)
from tests.web.helpers import client

#: A page stays under this.
LIMIT = 300_000
EVIL = '<script>alert(1)</script> "><img src=x onerror=alert(2)> ‮txet‬ {{ 7*7 }} \x1b[31m &amp; '
TALKS = "India and the United States held talks on steel duties in Lisbon"


def a_book(path: Path, *readings: Any) -> Path:
    """Return a ledger with these readings."""
    with Ledger.open(path) as ledger:
        for reading in readings:
            ledger.add_reading(reading)
    return path


def seen(book: Path, address: str, **settings: Any) -> Any:
    """Return a page as a tree."""
    answer = client(book, **settings).get(address)
    assert answer.status_code == 200, answer.text[:500]
    assert len(answer.content) < LIMIT
    return html.fromstring(answer.text)


def marked(page: Any) -> dict[str, str]:
    """Return the marked stretches of a document's page by the number of their first character."""
    return {str(one.get("id")): one.text_content() for one in page.xpath("//mark")}


def documents(book: Path) -> list[str]:
    """Return the ids of the documents, oldest first."""
    with Ledger.open(book) as ledger:
        return [one.document for one in ledger.documents()]


def test_each_quote_of_the_demo_leads_to_its_words(demo):
    """A link to a document names the character with which a mark begins that opens with the quote's words."""
    pages: dict[str, dict[str, str]] = {}
    with Ledger.open(demo) as ledger:
        entries = [one for kind in ("events", "disputes", "measures") for one in ledger.entries(kind)][:40]
    followed = 0
    for entry in entries:
        for link in seen(demo, f"/entry/{entry.id}").xpath("//blockquote/a/@href"):
            address, _, place = link.partition("#")
            marks = pages.setdefault(address, marked(seen(demo, address)))
            quote = next(q for q in entry.quotes if f"t{q.start}" == place)
            assert quote.text.startswith(marks[place]) or marks[place].startswith(quote.text)
            followed += 1
    assert followed > 40


def test_every_page_of_the_demo_has_its_parts(demo):
    """Each document lists its entries, each listed entry is pointed at from the text and leads back to it."""
    for id in documents(demo):
        page = seen(demo, f"/document/{id}")
        listed = page.xpath("//li[@class='entry']/@id")
        referred = {one.lstrip("#") for one in page.xpath("//a[@class='ref']/@href")}
        assert set(listed) == referred
        for place in page.xpath("//p[@class='told']/a/@href"):
            assert place.lstrip("#") in marked(page)


def test_overlapping_words_are_marked_in_pieces_that_make_up_the_text(tmp_path):
    """Spans that cross, nest and touch: every piece once, each with all entries that rest on it."""
    said = "India and Peru met in Lima and signed a pact on salt"
    spans = {"A": (0, 30), "B": (15, 52), "C": (15, 20), "D": (30, 52)}
    text = f"Before.\n\n{said}.\n\nAfter it all."
    at = text.index(said)
    evidence = {id: [Span(at + a, at + b, said[a:b])] for id, (a, b) in spans.items()}

    blocks, after = shown_text(text, evidence, [])

    assert after is None
    assert ["".join(one.text for one in block.segments).strip() for block in blocks] == [
        "Before.", f"{said}.", "After it all."
    ]  # fmt: skip
    for one in blocks[1].segments:
        over = {id for id, (a, b) in spans.items() if at + a <= one.start and one.start + len(one.text) <= at + b}
        assert set(one.records) == over


@pytest.mark.parametrize(
    ("text", "paragraphs", "parts"),
    [
        ("", [], []),
        (" \n\n ", [], []),
        ("One.", [], ["One."]),
        ("One.\nstill one.\n\nTwo.", [], ["One.\nstill one.\n", "Two."]),
        ("One.\nTwo.\n", [0, 5], ["One.\n", "Two.\n"]),
        ("One. Two.", [0, 5], ["One. Two."]),  # a paragraph begins a line
        ("\n\n  One.\r\n\r\nTwo.", [], ["  One.\r\n", "Two."]),
    ],
)
def test_paragraphs_are_lines_between_blank_ones(text, paragraphs, parts):
    """And where the reader found that one begins."""
    assert [text[first:last] for first, last in stretches(text, paragraphs)] == parts


@pytest.mark.parametrize("word", ["word ", "x" * 10_000 + " ", "x", "&", "<", "‮"])
@pytest.mark.parametrize("paragraph", [True, False])
def test_a_long_text_stays_under_the_limit_and_can_be_read_whole(word, paragraph):
    """Entries are reached from the first page; all of the text from page to page, nothing twice."""
    text = ("\n\n" if paragraph else "").join((word * 700)[:3_500] for _ in range(200_000 // 3_500))
    spans = {f"E-{at:09}": [Span(at, at + 40, text[at : at + 40])] for at in range(1_000, len(text) - 50, 40_000)}
    first, _ = shown_text(text, spans, [])
    found = {id for block in first for one in block.segments for id in one.records}
    read = ""
    start: int | None = 1
    while start is not None:
        blocks, start = shown_text(text, spans, [], start)
        assert sum(len(clean(one.text)) for block in blocks for one in block.segments) <= TEXT + 30_000
        read += "".join(one.text for block in blocks for one in block.segments)

    assert found and (word in "<&‮" or found == set(spans))
    assert read.replace("\n", "") == text.replace("\n", "")


def test_a_crowded_document_stays_under_the_limit(tmp_path):
    """A long text of which every line is an entry is shown in parts; each entry's words can be reached."""
    events = [an_event(f"India and the United States held talks {n} on steel" + " and salt" * 8) for n in range(900)]
    book = a_book(tmp_path / "b.ledger", a_reading(*events))
    address, reached = f"/document/{documents(book)[0]}", 0
    while address:
        page = seen(book, address)
        reached += len(page.xpath("//mark"))
        address = next(iter(page.xpath("//a[text()='The text goes on']/@href")), "")

    assert reached >= 900


def test_hostile_words_are_text_everywhere(tmp_path):
    """Mark-up, scripts, direction marks and endless words in every field of a document and its records."""
    long = "W" * 10_000
    evil = f"{EVIL}{long}"
    records = (
        an_event(f"{evil} met", people=(evil,)),
        a_step(f"{evil} will meet", due="2026-05-01"),
        a_measure(f"{evil} duties", object=evil),
        a_statement(f"{evil} said"),
        a_dispute(f"{evil} claim", f"{evil} denial"),
        an_initiative(evil, says=f"{evil} pact", purpose=evil),
    )
    reading = a_reading(*records, by=evil, title=evil, url="javascript:alert(1)")
    book = a_book(tmp_path / "b.ledger", reading)
    with Ledger.open(book) as ledger:
        kinds = ("events", "next_steps", "measures", "statements", "disputes", "initiatives")
        ids = [one.id for kind in kinds for one in ledger.entries(kind)]  # type: ignore[arg-type]
    assert len(ids) == 6
    for address in (f"/document/{documents(book)[0]}", *(f"/entry/{id}" for id in ids)):
        page = seen(book, address, edit=True)
        raw = html.tostring(page, encoding="unicode")
        assert page.xpath("//script/@src") == ["/static/app.js"]
        assert not page.xpath("//*[@onerror or @onclick or @style]")
        assert not page.xpath("//img | //a[starts-with(@href, 'javascript')]")
        assert "‮" not in raw and "\x1b" not in raw and "49 \\x1b" not in raw
        assert "<script>alert(1)</script>" in page.text_content()


def test_a_document_tells_where_it_comes_from(tmp_path):
    """Publisher, day and what it came from, a safe address, reprints, and which entries it alone carries."""
    said = "India and the United States held talks on steel duties in Lisbon and agreed to meet again in the spring"
    more = " ".join(f"Word {n} of the report is told here in full." for n in range(60))
    own = an_event("Ghana gave aid to Peru", type="AID", actors=("GHA",), recipients=("PER",))
    text = f"{said}.\n\nGhana gave aid to Peru.\n\n{more}"
    book = a_book(
        tmp_path / "b.ledger",
        a_reading(an_event(said), own, text=text, by="First", url="https://news.example/talks"),
        a_reading(an_event(said), own, text=text, by="Second", day="2026-03-03"),
        a_reading(an_event(said), by="Third", day="2026-03-04"),
    )
    first, second, _ = documents(book)
    page = seen(book, f"/document/{first}")
    told = re.sub(r"\s+", " ", page.text_content())

    assert "published 2 March 2026" in told and "First" in told
    assert page.xpath("//dd/a[@href='https://news.example/talks']")
    assert page.xpath(f"//dd//a[@href='/document/{second}']")
    assert "only this origin" in told and "2 origins in 3 documents" in told
    found = client(book).get(f"/document/{second}.json").json()
    assert (found["origin"], [one["document"] for one in found["copies"]]) == (first, [first])
    assert {one["alone"] for one in found["entries"]} == {True, False}


@pytest.fixture
def story(tmp_path) -> Path:
    """Return a ledger with a contested event, a step that is met, and a dispute."""
    met = "India and the United States will hold talks on steel duties in Lisbon on 20 March"
    return a_book(
        tmp_path / "b.ledger",
        a_reading(a_step(met, due="2026-03-20"), day="2026-03-01", by="Gazette"),
        a_reading(an_event(TALKS, when="2026-03-20"), a_dispute(), day="2026-03-21", by="Herald"),
        a_reading(an_event(TALKS, when="2026-03-20", status="denied"), day="2026-03-22", by="Monitor"),
    )


def test_an_entry_shows_who_says_what(story):
    """Documents that contradict each other, and the parties of a dispute, each with their words."""
    with Ledger.open(story) as ledger:
        (event,), (dispute,) = ledger.entries("events"), ledger.entries("disputes")
    contested = seen(story, f"/entry/{event.id}").xpath("//section[@aria-labelledby='positions']")
    parties = seen(story, f"/entry/{dispute.id}").xpath("//section[@aria-labelledby='positions']//h3/text()")

    assert len(contested[0].xpath(".//h3")) == 2 and len(contested[0].xpath(".//blockquote")) == 2
    assert set(parties) == {"India", "United States"}


def test_a_step_and_what_decided_it_lead_to_each_other(story):
    """Each names the other with a link; both lead to their pair."""
    with Ledger.open(story) as ledger:
        (step,), (event,) = ledger.entries("next_steps"), ledger.entries("events")
    assert isinstance(step, StepEntry)
    assert step.outcome == "met"
    related = "//section[@aria-labelledby='related']//a/@href"

    assert {f"/entry/{event.id}", "/relation/IND/USA"} <= set(seen(story, f"/entry/{step.id}").xpath(related))
    assert {f"/entry/{step.id}", "/relation/IND/USA"} <= set(seen(story, f"/entry/{event.id}").xpath(related))


def test_an_entry_is_shown_as_it_was_known(story):
    """On an earlier day a step is open and knows nothing of what came."""
    with Ledger.open(story) as ledger:
        (step,) = ledger.entries("next_steps")
    then = client(story).get(f"/entry/{step.id}.json?as_of=2026-03-05").json()

    assert then["entry"]["outcome"] == "open"
    assert "Herald" not in seen(story, f"/entry/{step.id}?as_of=2026-03-05").text_content()
    assert client(story).get(f"/entry/{step.id}?as_of=2026-02-01").status_code == 404


def test_the_rule_behind_each_record_is_told(story):
    """Rule, score and what it saw stand with each record, in the page as in the JSON."""
    with Ledger.open(story) as ledger:
        (event,) = ledger.entries("events")
    told = seen(story, f"/entry/{event.id}").text_content()

    assert told.count("by hand (1.00): written for a test") == 2
    for telling in client(story).get(f"/entry/{event.id}.json").json()["sources"]:
        assert [item["rule"] for item in telling["items"]] == ["by hand"]


def test_any_record_and_any_beginning_leads_to_the_entry(story):
    """The id of a record shows the entry it belongs to, and says so."""
    with Ledger.open(story) as ledger:
        (event,) = ledger.entries("events")
    other = next(item.id for item in event.items if item.id != event.id)

    assert "one of its records" in seen(story, f"/entry/{other}").text_content()
    for given in (event.id.lower(), event.id[:8]):
        assert event.id in seen(story, f"/entry/{given}").text_content()
    assert client(story).get("/entry/nonsense").status_code == 404
    assert client(story).get("/document/D-").status_code == 404


def test_an_entry_of_very_many_documents_is_shown_in_parts(tmp_path):
    """The page stays small; the rest is a link away, and nothing is told twice."""
    pact = an_initiative(lead=("IND",), members=("IND", "USA"))
    months = [f"{year}-{month:02}-02" for year in range(2016, 2026) for month in range(1, 13)]
    book = a_book(
        tmp_path / "b.ledger",
        *(a_reading(replace(pact, purpose=f"aim {n}"), day=day, by=f"P{n}") for n, day in enumerate(months)),
    )
    with Ledger.open(book) as ledger:
        (entry,) = ledger.entries("initiatives")
    address, found = f"/entry/{entry.id}", list[str]()
    while address:
        page = seen(book, address)
        found += page.xpath("//section[@aria-labelledby='sources']//li/p[@class='line']/a[@class='what']/@href")
        address = next(iter(page.xpath("//a[text()='Show the next']/@href")), "")

    assert len(found) == len(set(found)) == len(months)
