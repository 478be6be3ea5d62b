"""Documents full of HTML, script, quotes, direction characters, null bytes and endless words are shown as text."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from icalendar import Calendar
from lxml import etree, html  # type: ignore[import-untyped]

from dragoman.domain import Because, Dispute, Initiative, Person, Reading
from dragoman.ledger import Ledger
from dragoman.ledger.entries import LETTERS
from dragoman.reading import read
from dragoman.show.words import clean
from dragoman.sources import from_text
from tests.web.helpers import client, crawled

MARKUP = '<script>pwned()</script><img src=x onerror=pwned()><pwned data-pwned="1">'
QUOTES = "\"'><svg/onload=pwned()><b>` &lt;i&gt; &amp; ]]> {{ 7*7 }} {% x %}"
TURNED, NULL = "\u202eright to left\u2066", "nul\x00l"
LONG = "W" * 10_000
TITLE = f"=1+1 {MARKUP} {QUOTES} {TURNED} {LONG}"
PUBLISHER = f"@{QUOTES}{MARKUP}{TURNED}\r\nTimes"
TEXT = f"""Jamaica {MARKUP} and Barbados {QUOTES} in talks

KINGSTON, 4 May - Foreign Minister Ana Prado of Jamaica met Foreign Minister Lionel Braithe of Barbados {MARKUP}.

Jamaica will impose a 25 percent tariff on sugar {MARKUP} from Barbados on 1 June 2021, the government said on Tuesday.

"Barbados broke its word {MARKUP}," Foreign Minister Ana Prado said on Tuesday. Barbados denied that {TURNED}.

=HYPERLINK("http://evil.example") Jamaica and Barbados agreed to hold talks {NULL} on 20 June 2021 in Sea View {QUOTES}.

Barbados accused Jamaica of {LONG} blocking its ships <!-- a comment --> .

+Jamaica threatened to ban imports of rum from Barbados "<a href='javascript:pwned()'>here</a>" if the talks fail.
"""
#: Elements that no page of ours has, and where addresses on a page may lead.
FOREIGN = {"pwned", "img", "iframe", "object", "embed", "b", "i", "base", "applet", "audio", "video"}
OURS = re.compile(r"[/#?]|https?://[a-z0-9.-]+/|data:image/|$")
#: What a cell may not begin with (a number may be negative).
FORMULA = re.compile(r"[=+@\t\r]|-(?!\d+(\.\d+)?(e-?\d+)?$)")


def everywhere() -> Reading:
    """Return a reading in which every word that a text could have given is hostile."""
    found = read(from_text(TEXT + "\nA second one.", published="2021-05-06", title=TITLE, publisher=PUBLISHER))
    person = Person(f"{MARKUP} {TURNED}", QUOTES, "JAM")
    event, step, measure, statement = found.events[0], found.next_steps[0], found.measures[0], found.statements[0]
    initiative = Initiative(
        name=f"=Sea {MARKUP}", lead=("JAM",), members=("BRB",), invited=(), purpose=f"{QUOTES} {NULL}",
        evidence=event.evidence, because=Because("by hand", 1.0, MARKUP),
    )  # fmt: skip
    dispute = Dispute(
        claimant=person,
        denier=replace(person, affiliation="BRB"), claim=statement.evidence,
        denial=event.evidence,
        evidence=(*statement.evidence, *event.evidence), because=Because("by hand", 1.0, QUOTES),
    )  # fmt: skip
    return replace(
        found,
        events=(replace(event, participants=(person,), mode=None), *found.events[1:]),
        next_steps=(replace(step, what=f"-hold {MARKUP} {LONG} {TURNED}", participants=(person,), said_by=person),),
        measures=(replace(measure, object=f"sugar {MARKUP} {TURNED} {LONG}", reason=QUOTES),),
        statements=(replace(statement, speaker=person),),
        initiatives=(initiative,),
        disputes=(dispute,),
    )


@pytest.fixture(scope="module")
def ledger(tmp_path_factory) -> Path:
    """Return a ledger with both documents."""
    path: Path = tmp_path_factory.mktemp("hostile") / "hostile.ledger"
    with Ledger.open(path) as book:
        added = book.add(TEXT, published="2021-05-05", title=TITLE, publisher=PUBLISHER)
        assert added.records > 8
        book.add_reading(everywhere())
    return path


@pytest.fixture(scope="module")
def entries(ledger) -> list[Any]:
    """Return all entries; there are some of every kind."""
    with Ledger.open(ledger, read_only=True) as book:
        found = {kind: book.entries(kind) for kind in LETTERS}  # type: ignore[arg-type]
    assert all(found.values())
    return [entry for some in found.values() for entry in some]


@pytest.fixture(scope="module")
def walked(ledger, entries) -> dict[str, Any]:
    """Return all pages and forms, those of each entry and document among them."""
    starts = (
        "/", "/?since=2021-01-01", "/changes.rss?since=2021-01-01", "/due?as_of=2021-05-07",
        "/due.ics?as_of=2021-05-07",
        "/measures?as_of=2021-05-07", "/relation/BRB/JAM?as_of=2021-05-07", "/search?q=sugar",
        *(f"/entry/{entry.id}" for entry in entries),
        *{f"/document/{source.document}": 1 for entry in entries for source in entry.documents},
    )  # fmt: skip
    return crawled(client(ledger), *starts)


def of_type(walked: dict[str, Any], media: str) -> dict[str, Any]:
    """Return the answers of a media type."""
    return {a: answer for a, answer in walked.items() if answer.headers["content-type"].startswith(media)}


def foreign(text: str) -> list[str]:
    """Return what a page holds that we did not write: elements, attributes, addresses, comments."""
    found = []
    for element in html.document_fromstring(text).iter():
        if not isinstance(element.tag, str):
            found.append(f"comment {element.text}")
            continue
        if element.tag in FOREIGN or (element.tag == "script" and not element.get("src", "").startswith("/static/")):
            found.append(element.tag)
        for name, value in element.attrib.items():
            if name.startswith("on") or "pwned" in name or name in {"style", "srcdoc"}:
                found.append(f"{element.tag} {name}")
            if name in {"href", "src", "action", "formaction", "{http://www.w3.org/1999/xlink}href"}:
                found += [] if OURS.match(value) else [f"{element.tag} {name}={value}"]
    return found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<p>fine <a href='/due'>due</a></p>", []),
        ("<p onclick='x'>no</p>", ["p onclick"]),
        ("<p><script>x</script></p>", ["script"]),
        ("<p><a href='javascript:x'>no</a></p>", ["a href=javascript:x"]),
        ("<p><pwned>no</pwned></p>", ["pwned"]),
        ("<p>x<!-- y --></p>", ["comment  y "]),
    ],
)
def test_the_check_sees_what_is_foreign(text, found):
    """It would fail where a page let something in."""
    assert foreign(text) == found


def test_pages_hold_only_what_we_wrote(walked):
    """No element, attribute, comment or address comes from a document."""
    pages = of_type(walked, "text/html")

    assert len(pages) > 15
    assert {address: found for address, answer in pages.items() if (found := foreign(answer.text))} == {}


def test_pages_answer_and_stay_small(walked):
    """A word without end does not make a page without end, but where the document itself is shown."""
    assert {a: answer.status_code for a, answer in walked.items() if answer.status_code != 200} == {}
    sizes = {a: len(answer.content) for a, answer in of_type(walked, "text/html").items() if "/document/" not in a}
    assert {address: size for address, size in sizes.items() if size > 300_000} == {}


def test_no_control_or_direction_character_reaches_a_page(walked):
    """They are spelt out, so that no text runs backwards over ours."""
    wrong = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffd]")

    assert {
        a: found[0] for a, answer in of_type(walked, "text/html").items() if (found := wrong.search(answer.text))
    } == {}


def test_the_text_is_shown_as_it_is(walked, entries):
    """The document's page shows every character of its text, those without a shape spelt out."""
    for address in {f"/document/{source.document}" for entry in entries for source in entry.documents}:
        shown = " ".join(html.document_fromstring(walked[address].text).xpath("string(//main)").split())
        for part in (MARKUP, QUOTES, TURNED, NULL):
            assert " ".join(clean(part).split()) in shown, (address, part)


def test_entries_show_their_words(walked, entries):
    """An entry's page shows the markup of its quote as text."""
    for entry in entries:
        if MARKUP in entry.quotes[0].text:
            shown = " ".join(
                html.document_fromstring(walked[f"/entry/{entry.id}"].text).xpath("string(//main)").split()
            )
            assert "<script>pwned()</script>" in shown, entry.id


def test_json_gives_the_very_words(ledger, entries):
    """Quotes come back character by character."""
    asked = client(ledger)
    for entry in entries:
        told = asked.get(f"/entry/{entry.id}.json").json()["entry"]
        assert [one["text"] for one in told["quotes"]] == [one.text for one in entry.quotes]
        assert told["quotes"][0]["source"]["publisher"] == entry.quotes[0].source.publisher


def test_csv_runs_nothing(walked):
    """Tables parse, each row with all cells, and no cell begins like a formula."""
    tables = of_type(walked, "text/csv")
    assert tables
    for address, answer in tables.items():
        rows = list(csv.reader(io.StringIO(answer.text, newline="")))
        assert len({len(row) for row in rows}) <= 1, address
        assert [cell[:40] for row in rows for cell in row if FORMULA.match(cell)] == [], address
    assert any("<script>pwned()</script>" in answer.text for answer in tables.values())


def test_the_calendar_parses(walked):
    """Every step is one event with its words as text."""
    calendars = of_type(walked, "text/calendar")
    assert calendars
    told = ""
    for answer in calendars.values():
        for event in Calendar.from_ical(answer.content).walk("VEVENT"):
            told += str(event.get("SUMMARY")) + str(event.get("DESCRIPTION"))
            assert set(event) <= {
                "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "URL", "STATUS", "CATEGORIES",
                "SEQUENCE", "LAST-MODIFIED", "TRANSP", "CLASS",
            }  # fmt: skip
    assert "<script>pwned()</script>" in told


def test_the_feed_parses(walked):
    """A reader that shows a feed's text as HTML sees no markup of a document in it."""
    feeds = of_type(walked, "application/rss+xml")
    assert feeds
    told = ""
    for answer in feeds.values():
        for item in etree.fromstring(answer.content).iter("item"):
            assert item.findtext("title")
            described = item.findtext("description") or ""
            told += described
            assert foreign(f"<p>{described}</p>") == []
    assert "pwned" in told


HOSTILE = [
    MARKUP,
    QUOTES,
    TURNED,
    "nul\x00l",
    "../../etc/passwd",
    "%",
    "\ud800".encode("utf-8", "surrogatepass"),
    LONG[:900],
]


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize(
    "address",
    [
        "/search?q={}", "/due?as_of={}", "/due?track={}", "/due?pair={}", "/measures?by={}", "/?since={}", "/entry/{}",
        "/document/{}", "/relation/{}/USA", "/relation/JAM/{}", "/pairs?q={}", "/about?x={}", "/{}",
    ],
)  # fmt: skip
def test_what_is_asked_for_is_text_too(ledger, address, words):
    """Addresses and parameters are shown, where they are, as text; whatever they hold, there is an answer."""
    answer = client(ledger).get(address.format(quote(words, safe="")))

    assert answer.status_code in (200, 400, 404, 405, 422)
    assert foreign(answer.text) == []
    assert not re.search("[\x00\u202e\u2066]", answer.text)
