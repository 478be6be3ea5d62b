"""The pair, what is due, measures: what their pages, charts and calendar show of a ledger made for it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import altair as alt
import pytest
from icalendar import Calendar
from lxml import html  # type: ignore[import-untyped]

from dragoman.domain import Person
from dragoman.ledger import Ledger
from dragoman.show import charts
from dragoman.show.words import Names
from dragoman.views.measures import Cell
from dragoman.web.charts import svg
from dragoman.web.charts.lanes import lanes
from dragoman.web.screens.measures import SIDES, grid
from tests.ledger.factory import a_measure, a_reading, a_step, an_event
from tests.web.helpers import client

HOSTILE = 'talks <script>alert("1")</script> on steel'


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return a ledger of India and the United States: acts of all classes and standings, steps, a tariff that rose."""
    path = tmp_path / "screens.ledger"
    talks = an_event("India and the United States held talks in Delhi", when="2026-01-10", tracks=["trade"])
    more = [
        an_event("India may hold talks with the United States on borders", when="2026-02-01", status="planned"),
        an_event("The United States did not threaten India, it said", "THREATEN", ["USA"], ["IND"], when="2026-01-20",
                 status="denied", tracks=["trade"]),
        an_event("The United States gave India grain in the spring", "AID", ["USA"], ["IND"], when="2026-01-15"),
    ]  # fmt: skip
    due = a_step("Both will sign a pact on steel duties in Lisbon", "2026-05-04", firmness="agreed", tracks=["trade"],
                 said_by=Person("S. Rao", affiliation="IND"))  # fmt: skip
    by_day = a_step(f"India will open {HOSTILE} pipes to bids", ("2026-06-01", "2026-06-30"), firmness="possible")
    undated = a_step("India and the United States will meet again one day in Agra")
    with Ledger.open(path) as ledger:
        ledger.add_reading(a_reading(talks, *more, due, by_day, undated, day="2026-01-21"))
        for day, rate in (("2026-01-22", 10), ("2026-03-02", 25)):
            duty = a_measure(
                f"The United States put duties of {rate} percent on Indian steel pipes", when=day, rate=rate
            )
            ledger.add_reading(a_reading(duty, day=day, by=f"Paper {rate}"))
    return path


def get(book: Path, address: str) -> html.HtmlElement:
    """Return a page, parsed."""
    answer = client(book).get(address)
    assert answer.status_code == 200, answer.text
    return html.fromstring(answer.text)


def told(page: html.HtmlElement, section: str) -> str:
    """Return the words of a section."""
    (part,) = page.xpath(f"//section[@aria-labelledby='{section}']")
    return " ".join(part.text_content().split())


# -- the pair ----------------------------------------------------------------------------------------------------------


def test_a_pair_has_its_acts_steps_and_measures(book):
    """Each stands in its section with a link to its entry; the chart has a mark for each act, on each of its tracks."""
    page = get(book, "/relation/IND/USA?as_of=2026-04-01")

    assert page.xpath("string(//h1)") == "India and the United States"
    marks = page.xpath("//section[@aria-labelledby='acts']//svg//a/@href")
    assert len(marks) == 4
    assert all(mark.startswith("/entry/E-") and mark.endswith("?as_of=2026-04-01") for mark in marks)
    assert "sign a pact on steel duties" in told(page, "due")
    assert "tariff of 25% on steel pipes" in told(page, "measures")
    assert "10 Jan 2026" in told(page, "contacts")


@pytest.mark.parametrize(
    ("given", "leads"),
    [
        ("/relation/India/United%20States", "/relation/IND/USA"),
        ("/relation/india/USA.json?as_of=2026-04-01", "/relation/IND/USA.json?as_of=2026-04-01"),
        ("/relation/IND/America/timeline.csv", "/relation/IND/USA/timeline.csv"),
        ("/relation/India/USA/brief", "/relation/IND/USA/brief"),
    ],
)
def test_names_lead_to_ids(book, given, leads):
    """An address with names leads to the one with ids, form and question kept."""
    answer = client(book).get(given, follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (307, leads)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/relation/Indai/USA", "Did you mean"),
        ("/relation/IND/India", "are one actor"),
        ("/relation/IND/Nowhere", "No actor"),
    ],
)
def test_a_pair_that_is_none_is_not_there(book, address, says):
    """The page says why, and names the nearest actor."""
    answer = client(book).get(address)

    assert answer.status_code == 404
    assert says in answer.text


def test_a_pair_without_documents_is_told_calmly(book):
    """Two actors of whom nothing is known have a page that says so."""
    assert "holds no document" in get(book, "/relation/FRA/PER").text_content()


def test_the_day_of_the_page_bounds_what_it_knows(book):
    """Asked as of a day before the tariff, it is not there."""
    page = get(book, "/relation/IND/USA?as_of=2026-01-21")

    assert not page.xpath("//section[@aria-labelledby='measures']")
    assert page.xpath("//input[@type='date'][@name='as_of']/@max")[0] >= "2026-03-02"


def test_the_timeline_is_filtered_and_paged(book):
    """By track, by days; the latest first, with a link to those before."""
    page = get(book, "/relation/IND/USA/timeline?track=trade&since=2026-01-01&until=2026-01-31")
    short = get(book, "/relation/IND/USA/timeline?limit=2")

    assert len(page.xpath("//li[@class='entry']")) == 2
    assert len(short.xpath("//li[@class='entry']")) == 2
    assert short.xpath("//p[@class='note']/a[contains(@href, 'until=')]")


def test_the_printed_page_is_the_brief(book):
    """Its sentences and footnotes stand in the page, for print alone."""
    (part,) = get(book, "/relation/IND/USA?as_of=2026-04-01").xpath("//div[contains(@class, 'only-print')]")
    notes = part.xpath(".//ol[@class='footnotes']/li")

    assert notes
    assert {f"#{note.get('id')}" for note in notes} == set(part.xpath(".//sup/a/@href"))


# -- charts ------------------------------------------------------------------------------------------------------------


def test_marks_tell_class_and_standing(book):
    """A shape for each class of acts; hollow where planned, struck through where denied."""
    with Ledger.open(book) as ledger:
        from dragoman.views import timeline

        moments = timeline(ledger, "IND", "USA", kinds=("events",), as_of=date(2026, 4, 1)).moments
    drawn = lanes(moments, Names(), str, title="Acts")
    assert drawn is not None
    paths = html.fragment_fromstring(str(drawn)).xpath(".//a/path")

    assert len({path.get("d") for path in paths}) == 3  # talks twice, a grant, a threat
    assert sorted(path.get("fill") for path in paths) == ["var(--conf)", "var(--coop)", "var(--coop)", "var(--paper)"]
    assert str(drawn).count("rotate(315)") == 1


@pytest.mark.parametrize("address", ["/relation/IND/USA", "/due?as_of=2026-04-01", "/measures"])
def test_charts_carry_nothing_but_marks_and_our_links(book, address):
    """No style, script or load; each link leads to an entry and says what it is."""
    found = get(book, address).xpath("//figure//svg")

    assert found
    for picture in found:
        assert not picture.xpath(".//script | .//style | .//image | .//*[@style] | .//@onclick")
        assert picture.xpath("string(./title)") and picture.xpath("string(./desc)")
        for link in picture.xpath(".//a"):
            assert link.get("href").startswith("/entry/")
            assert link.xpath("string(./title)")


def test_charts_are_of_the_grammar_of_charts(book, monkeypatch):
    """What is drawn unchecked, for speed, would pass the check."""
    monkeypatch.setattr(charts.Datasets, "specification", lambda self, chart: checked(self, chart))
    seen = []

    def checked(data, chart):
        plain = chart.to_dict(validate=True)
        seen.append(chart)
        return {**plain, "datasets": data.rows}

    alt.data_transformers.disable_max_rows()
    for address in ("/relation/IND/USA", "/due?as_of=2026-04-01", "/measures"):
        get(book, address)
    assert len(seen) == 4


def test_a_picture_is_remembered_and_says_its_own_title(book):
    """The same marks under two titles are drawn once."""
    data = charts.Datasets()
    chart = data.chart([{"x": 1}]).mark_point(color=svg.INK).encode(x="x:Q")
    one, other = (svg.drawn(chart, data, title=title, told="") for title in ("A & b", "C"))

    assert "<title>A &amp; b</title>" in one
    assert one.replace("A &amp; b", "C") == other
    assert svg.INK not in one


# -- due and its calendar ----------------------------------------------------------------------------------------------


def test_what_is_due_stands_with_who_says_so(book):
    """Dated steps as bars and in a list, the undated ones apart; markup in a document's words is text."""
    page = get(book, "/due?as_of=2026-04-01")

    assert len(page.xpath("//figure//svg//a[contains(@href, '/entry/N-')]/path[@stroke-width='1.4']")) == 2
    assert "said by India" in told(page, "ahead")
    assert "meet again one day" in told(page, "undated")
    assert "<script>alert" in page.text_content()
    assert not page.xpath("//script[not(@src)]")


@pytest.mark.parametrize(
    ("question", "ids"),
    [("", 3), ("?track=trade", 1), ("?firmness=possible", 1), ("?a=India&b=USA", 3), ("?a=FRA&b=USA", 0),
     ("?within=40", 1), ("?track=", 3)],
)  # fmt: skip
def test_what_is_due_is_filtered(book, question, ids):
    """By pair, track, firmness and horizon; a field left empty asks for all."""
    day = "as_of=2026-04-01"
    page = get(book, f"/due{question}{'&' if question else '?'}{day}")

    assert len(page.xpath("//li[@class='entry']")) == ids


def test_half_a_pair_is_told(book):
    """One actor alone is no pair."""
    assert "Give both, or neither" in client(book).get("/due?a=IND").text


def events(calendar: bytes) -> list[Any]:
    """Return the events of a calendar."""
    return Calendar.from_ical(calendar).walk("VEVENT")


def test_the_calendar_has_what_has_a_date(book):
    """An event of whole days for each dated step, which keeps its UID; what is possible is tentative."""
    answer = client(book).get("/due.ics?as_of=2026-04-01")
    by_day = {event["dtstart"].dt: event for event in events(answer.content)}

    assert answer.headers["content-type"].startswith("text/calendar")
    assert set(by_day) == {date(2026, 5, 4), date(2026, 6, 1)}
    agreed, possible = by_day[date(2026, 5, 4)], by_day[date(2026, 6, 1)]
    assert (agreed["status"], possible["status"]) == ("CONFIRMED", "TENTATIVE")
    assert agreed["dtend"].dt == date(2026, 5, 5)
    assert "Both will sign a pact" in agreed["description"]
    assert str(agreed["url"]).startswith("http://localhost/entry/N-")
    assert client(book).get("/due.ics?as_of=2026-04-01").content == answer.content


def test_a_step_that_moves_keeps_its_uid(book):
    """A later date takes the place of the first, under the same name and with a higher sequence."""
    first = events(client(book).get("/due.ics?as_of=2026-04-01").content)
    moved = a_step("Both will sign a pact on steel duties in Lisbon", "2026-05-20", firmness="agreed", tracks=["trade"])
    with Ledger.open(book) as ledger:
        ledger.add_reading(a_reading(moved, day="2026-04-20", by="Second"))
    then = events(client(book).get("/due.ics?as_of=2026-04-21").content)
    one, other = (next(event for event in made if "pact" in event["summary"]) for made in (first, then))

    assert one["uid"] == other["uid"]
    assert (one["dtstart"].dt, other["dtstart"].dt) == (date(2026, 5, 4), date(2026, 5, 20))
    assert other["sequence"] > one["sequence"]


# -- measures ----------------------------------------------------------------------------------------------------------


def test_measures_stand_in_words_with_their_rates(book):
    """The present rate, the ladder that led to it, and who acts on whom."""
    page = get(book, "/measures")

    assert "tariff of 25% on steel pipes" in told(page, "list")
    table = page.xpath("//table[caption='Changes that state a rate']/tbody/tr")
    assert [row.xpath("string(td[2])") for row in table] == ["22 Jan 2026", "2 Mar 2026"]


@pytest.mark.parametrize(
    ("question", "number"),
    [("?show=stock&in_force_on=2026-02-01", 1), ("?show=stock&in_force_on=2026-01-01", 0), ("?by=USA&on=India", 1),
     ("?by=India", 0), ("?since=2026-02-01", 1), ("?show=flow", 2), ("?a=IND&b=USA", 1)],
)  # fmt: skip
def test_stock_and_flow(book, question, number):
    """Those in force on a day; the changes of a period; by implementer and affected."""
    assert len(get(book, f"/measures{question}").xpath("//li[@class='entry']")) == number


def test_the_grid_keeps_those_with_most():
    """Rows and columns are few; what is left out is counted."""
    cells = [Cell(f"A{n:02}", f"B{n:02}", n, ()) for n in range(1, SIDES + 4)]
    found = grid(cells)

    assert found.by[0] == f"A{SIDES + 3:02}"
    assert (len(found.by), len(found.cells), found.left_out) == (SIDES, SIDES, 3)
    assert found.shade("A15", "B15") == "shade-3"
    assert found.shade("A15", "B14") == ""
