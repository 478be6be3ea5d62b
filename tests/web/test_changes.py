"""The home page: what is new, for whom, since when; and the feed of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from xml.etree import ElementTree as Xml

import pytest
from lxml import html  # type: ignore[import-untyped]

from dragoman import samples
from dragoman.ledger import Ledger
from dragoman.ledger.entries import Kind
from dragoman.ledger.glance import Touched
from dragoman.show.words import Names
from dragoman.views import diff
from dragoman.views.news import News, PairNews, Told, _rank, news
from dragoman.web.feed import feed
from dragoman.web.screens.changes import COOKIE, Visits, visits
from tests.ledger_factory import a_source, an_event_entry, an_item
from tests.web.helpers import PAIR, client, copied

TODAY = date(2026, 3, 10)
#: A day before all documents of the demo ledger.
START = date(2018, 1, 1)


@pytest.mark.parametrize(
    ("cookie", "before"),
    [
        ("", None),
        ("2026-03-10", None),  # the first visit, loaded again
        ("2026-03-08", date(2026, 3, 8)),
        ("2026-03-08.2026-02-01", date(2026, 3, 8)),
        ("2026-03-10.2026-03-08", date(2026, 3, 8)),  # the same day again: the previous visit stays
        ("2026-04-01", None),  # a day to come
        ("2026-02-30", None),
        ("<script>", None),
    ],
)
def test_the_visit_before_stays_all_day(cookie, before):
    """What a browser kept counts only where it is two days of the past."""
    assert visits(cookie, TODAY) == Visits(TODAY, before)
    assert visits(visits(cookie, TODAY).cookie(), TODAY).before == before


def test_the_first_visit_shows_the_last_week_with_news(demo):
    """A ledger of 2020 is not empty to who sees it first; the cookie is for this server alone."""
    answer = client(demo).get("/")

    assert "The last 7 days that the ledger has news of, up to 15 January 2020" in answer.text
    assert html.fromstring(answer.text).xpath("count(//li[@class='entry'])") > 0
    kept = answer.headers["set-cookie"].lower()
    assert f"{COOKIE}={date.today()};" in kept and "httponly" in kept and "samesite=strict" in kept


def test_a_later_visit_shows_what_came_since_the_last(demo):
    """It says since when, and of documents of earlier days that came in since."""
    asked = client(demo)
    seen = date.today() - timedelta(days=3)
    asked.cookies.set(COOKIE, str(seen))
    answer = asked.get("/")

    assert "Since your last visit on" in answer.text
    assert "15 documents of earlier days were added since then too" in answer.text
    assert f"{COOKIE}={date.today()}.{seen};" in answer.headers["set-cookie"]


@pytest.mark.parametrize("since", [START, date(2018, 12, 1), date(2019, 5, 1), date(2020, 1, 10)])
@pytest.mark.parametrize("pair", [PAIR, ("IND", "PAK")])
def test_news_of_a_pair_are_what_differs(demo, since, pair):
    """The view that chooses leaves out nothing of a pair that is asked for, and adds nothing."""
    with Ledger.open(demo, read_only=True) as ledger:
        found = news(ledger, since, pair=pair, entries=1000)
        whole = diff(ledger, found.since, pair=pair, until=found.until)

    expected = {entry.id for entry in whole.entered}
    expected |= {one.entry.id for one in whole.changed} | {one.entry.id for one in whole.decided}
    told = [told.entry.id for one in found.pairs for told in one.told]
    assert sorted(told) == sorted(expected)
    assert sum(one.total for one in found.pairs) == len(told)
    assert found.documents == whole.documents


def test_a_reprint_is_no_news(demo, tmp_path):
    """The same words from another publisher raise no entry and no pair."""
    path = copied(demo, tmp_path)
    last = samples.index()[-1]
    told_on = last.published
    with Ledger.open(path) as ledger:
        before = news(ledger, told_on - timedelta(days=1))
        ledger.add(samples.text(last.slug), published=told_on + timedelta(days=1), publisher="The Reprinter")
        after = news(ledger, told_on - timedelta(days=1))
        since = news(ledger, told_on)

    assert [(one.pair, one.total, [t.entry.id for t in one.told]) for one in after.pairs] == [
        (one.pair, one.total, [t.entry.id for t in one.told]) for one in before.pairs
    ]
    assert (before.documents, after.documents, since.documents) == (1, 2, 1)
    assert {told.what for one in since.pairs for told in one.told} <= {"decided"}  # steps whose day has passed since
    assert "1 origin in 2 documents" in client(path).get("/").text


def _touched(entry: str, kind: Kind, fresh: int, before: int = 0, *, turned: bool = False) -> Touched:
    return Touched(entry, kind, TODAY, before + fresh, fresh, turned, (("A", "B"),))


@pytest.mark.parametrize(
    ("heavier", "lighter"),
    [
        (_touched("M-1", "measures", 1), _touched("E-1", "events", 1)),
        (_touched("E-1", "events", 1), _touched("S-1", "statements", 1)),
        (_touched("E-1", "events", 4), _touched("M-1", "measures", 1)),
        (_touched("E-2", "events", 1), _touched("E-1", "events", 1, before=1)),
        (_touched("S-1", "statements", 1), _touched("E-1", "events", 1, before=9)),
        (_touched("M-1", "measures", 1, before=9, turned=True), _touched("E-1", "events", 1)),
        (_touched("E-1", "events", 1), _touched("N-1", "next_steps", 0, before=3)),
    ],
)
def test_kind_and_origins_make_the_order(heavier, lighter):
    """What binds before what is said; many origins before one; new, or of a new status, before told once more."""
    assert _rank(heavier) < _rank(lighter)


def test_each_entry_stands_once_with_its_words_and_origins(demo):
    """A sentence that leads to the entry, a quote that leads to its document, and how often it is told."""
    page = html.fromstring(client(demo).get("/", params={"since": str(START)}).text)
    entries = page.xpath("//li[@class='entry']")
    ids = [one.get("id") for one in entries]

    assert len(ids) == len(set(ids)) > 20
    for one in entries:
        assert one.xpath("p/a[@class='what']/@href") == [f"/entry/{one.get('id')}"]
        assert one.xpath("blockquote/a/@href")[0].startswith("/document/D-")
        assert one.xpath("blockquote/cite")[0].text_content().startswith("Sample dispatches, ")
        assert " in " in one.xpath("p[@class='told']")[0].text_content()


def test_more_than_fits_is_counted_and_linked(demo):
    """The link leads to all entries of the pair, as many as were said."""
    asked = client(demo)
    page = html.fromstring(asked.get("/", params={"since": str(START), "limit": 2}).text)
    links = page.xpath("//a[starts-with(., 'All ') and contains(., ' of this pair')]")
    for link in [one for one in links if "CHN" not in one.get("href")][:3]:
        total = int(link.text_content().split()[1])
        told = asked.get(f"{link.get('href')}&as_of=2020-01-15".replace(":", "%3A"))
        assert html.fromstring(told.text).xpath("count(//li[@class='entry'])") in {total, 2}
    rows = asked.get("/changes.json", params={"since": str(START), "pair": "IND,PAK"}).json()["pairs"]
    assert rows[0]["total"] == len(rows[0]["told"]) > 20


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/?pair=IND", "A pair is two actors"),
        ("/?a=India", "A pair is two actors"),
        ("/?pair=IND,IND", "one. Name another"),
        ("/?pair=IND,Nowhereland", "No actor"),
    ],
)
def test_what_is_no_pair_is_refused_in_words(demo, address, says):
    """The page says what a pair is."""
    answer = client(demo).get(address)

    assert answer.status_code == 404
    assert says in html.fromstring(answer.text).text_content()


def test_a_pair_by_names_and_an_empty_time(demo):
    """Names do as well as ids; where nothing is new the page says so."""
    answer = client(demo).get("/?a=India&b=Pakistan&since=2020-01-10")

    assert "India – Pakistan: what changed" in answer.text
    assert "between these two" in answer.text


def test_the_page_has_another_address(demo):
    """`/changes` leads home with what was asked."""
    answer = client(demo).get("/changes?since=2019-01-01", follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (307, "/?since=2019-01-01")


# -- the feed ------------------------------------------------------------------------------------------------------


def test_the_feed_can_be_followed(demo):
    """RSS 2.0: each item once, with a guid that stays, a date, a link that leads to its entry."""
    asked = client(demo)
    answer = asked.get("/changes.rss", params={"since": str(START)})
    channel = Xml.fromstring(answer.content).find("channel")
    assert channel is not None
    items = channel.findall("item")
    guids = [item.findtext("guid") for item in items]

    assert answer.headers["content-type"].startswith("application/rss+xml")
    assert all(channel.findtext(name) for name in ("title", "link", "description"))
    assert len(guids) == len(set(guids)) > 20
    assert asked.get("/changes.rss", params={"since": str(START), "limit": 4}).text.count(f">{guids[0]}<") == 1
    for item in items:
        assert all(item.findtext(name) for name in ("title", "link", "pubDate", "description", "category"))
    link = str(items[0].findtext("link"))
    assert link.startswith("http://localhost/entry/") and asked.get(link).status_code == 200


def test_hostile_words_stay_text_in_the_feed():
    """Control characters are spelt out, markup is escaped twice: for XML and for the HTML in it."""
    hostile = a_source("2026-03-09", publisher="<script>\x00\x1b\ufffe\u202e&")
    entry = replace(an_event_entry(), items=(an_item(source=hostile),))
    told = PairNews(("IND", "USA"), 1, (Told("new", TODAY, entry),))
    made = feed(News(TODAY, TODAY, TODAY, None, 1, (told,), 0), "http://localhost/", Names())
    described = str(Xml.fromstring(made).findtext("channel/item/description"))

    assert "&lt;script&gt;" in described and "<script>" not in described
    assert not any(bad in made.decode() for bad in ("\x00", "\x1b", "\ufffe", "\u202e"))
