"""Feeds: every way in which an entry is written, and every way in which a feed is broken."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import date
from functools import partial
from html import escape
from io import BytesIO

import pytest

from dragoman.domain import Document
from dragoman.errors import FetchFailed, InputTooLarge, UnreadableInput
from dragoman.sources.feeds import feed_day, members, parse_feed
from dragoman.sources.fetch import fetch
from dragoman.sources.files import Input
from dragoman.sources.items import Walk, items
from dragoman.sources.known import Known
from dragoman.sources.limits import Limits
from dragoman.sources.member import Link, Member
from dragoman.sources.robots import Robots, visitor
from tests.sources.loopback import Loopback, answer

SENTENCES = (
    "Norway and Iceland agreed on Tuesday to share the quota for capelin over the next two seasons.",
    "The foreign minister of Norway said that the two governments would meet again in Bergen in June.",
    "Iceland had threatened to close its harbours to Norwegian trawlers unless a deal was reached by spring.",
    "Fishermen in both countries welcomed the accord, which their unions had asked for since the winter.",
    "Under the agreement each side may send three observers aboard the vessels of the other.",
    "The Faroe Islands, which took no part in the talks, said they would study the text with care.",
    "A joint committee is to report on the stocks to both parliaments before the end of the year.",
    "Neither side would say what happens if the fish move north, as they did four years ago.",
)
FULL = " ".join(SENTENCES)  # some 130 words
LONG = FULL + " " + FULL.replace("capelin", "herring").replace("Bergen", "Akureyri")
TEASER = SENTENCES[0]
FRAGMENT = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
HERE = "https://news.example/feeds/all.xml"
AT_HERE = Known(url=HERE)


def rss(*entries: str, head: str = "<title>Northern Wire</title>", version: str = "2.0") -> bytes:
    """Return an RSS feed."""
    spaces = (
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
    )
    body = f"<channel>{head}{''.join(entries)}</channel>"
    return f'<?xml version="1.0"?><rss version="{version}" {spaces}>{body}</rss>'.encode()


def atom(*entries: str, attributes: str = "") -> bytes:
    """Return an Atom feed."""
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" {attributes}><title>Northern Wire</title>{"".join(entries)}</feed>'
    ).encode()


def an_item(number: int = 1, more: str = "", title: str = "Quota shared") -> str:
    """Return an item of an RSS feed, with a link and a teaser."""
    return (
        f"<item><title>{title}</title><link>https://news.example/{number}</link><guid>n{number}</guid>"
        f"<description>{TEASER}</description>{more}</item>"
    )


def taken(data: bytes, found: Known = AT_HERE, place: str = "feed.xml") -> list[Member]:
    """Return the members of a feed that is whole."""
    return list(members(BytesIO(data), place, found, Walk()))


def test_an_entry_without_its_text_is_a_link():
    """What the feed says of the page goes with it."""
    (one,) = taken(rss(an_item(more="<pubDate>Tue, 03 Mar 2026 23:30:00 -0500</pubDate>")))

    assert isinstance(one.content, Link)
    assert one.content.url == "https://news.example/1"
    assert one.place == "feed.xml: entry 1 (Quota shared)"
    assert one.found == Known(
        date(2026, 3, 3), "feed", title="Quota shared", publisher="Northern Wire", url="https://news.example/1"
    )


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        (f"<content:encoded><![CDATA[{FRAGMENT}]]></content:encoded>", False),
        (f"<content:encoded>{escape(FRAGMENT)}</content:encoded>", False),
        (f"<content:encoded><![CDATA[{FULL}]]></content:encoded>", True),
        (f"<content:encoded><![CDATA[{FULL.replace('. ', '.<br><br>')}]]></content:encoded>", False),
        (f"<content:encoded><![CDATA[{TEASER}]]></content:encoded>", None),
        (f"<content:encoded><![CDATA[{FRAGMENT}<p>Short...</p>]]></content:encoded>", None),
        (f"<content:encoded><![CDATA[{FRAGMENT}<p><a href='/x'>Continue reading</a></p>]]></content:encoded>", None),
    ],
)
def test_the_full_text_of_an_entry_is_told_from_a_teaser(entry, text):
    """A long content is the text, as HTML (False) or plain (True); a short one, or one that is cut, is a link."""
    (one,) = taken(rss(an_item(more=entry)))

    assert one.text is text
    if text is None:
        assert isinstance(one.content, Link)
    else:
        assert isinstance(one.content, bytes)
        assert b"Faroe Islands" in one.content


@pytest.mark.parametrize(
    ("summary", "full"),
    [
        (LONG, True),
        (FULL, False),  # long for a teaser, and still one
        (LONG + " ...", False),
        (LONG + " […]", False),
        (LONG + " Read more", False),
        (LONG + ' <a href="https://news.example/1">The whole story</a>', False),
        (LONG + ' <a href="https://elsewhere.example/">The text of the accord</a>', True),
        (LONG + "<p>The post <a>Quota shared</a> appeared first on <a>Northern Wire</a>.</p>", True),
        (LONG + "… <p>The post <a>Quota shared</a> appeared first on <a>Northern Wire</a>.</p>", False),
    ],
)
def test_a_long_summary_is_the_text_unless_it_goes_on_elsewhere(summary, full):
    """An ellipsis, "Read more" or a link to the page itself at the end mean that there is more."""
    entry = an_item().replace(f"<description>{TEASER}", f"<description>{escape(summary)}")
    (one,) = taken(rss(entry))

    assert isinstance(one.content, bytes) is full


@pytest.mark.parametrize(
    "markup", [FRAGMENT, FULL.replace(". ", ".<br/><br/>"), f"<div>{FULL}</div>", f"<b>{FULL}</b>"]
)
def test_a_piece_of_html_becomes_a_document(markup, tmp_path):
    """What the feed carries is read like a page, and dated, titled and named by the feed."""
    day = "<pubDate>Wed, 04 Mar 2026 01:00:00 +0100</pubDate>"
    path = tmp_path / "feed.xml"
    path.write_bytes(rss(an_item(more=f"<content:encoded>{escape(markup)}</content:encoded>{day}")))

    (item,) = items([Input(str(path))], Walk())
    document = item.make()

    assert isinstance(document, Document)
    assert all(sentence in document.text for sentence in SENTENCES)
    assert (document.title, document.publisher, document.url) == (
        "Quota shared",
        "Northern Wire",
        "https://news.example/1",
    )
    assert (document.published, document.dated_by) == (date(2026, 3, 4), "feed")


def test_atom_in_all_its_types():
    """XHTML, escaped HTML and plain text; dates, sources and addresses by Atom's own rules."""
    xhtml = f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{FRAGMENT}</div></content>'
    plain = f'<content type="text">{FULL} Fish &lt; money.</content>'
    wrapped = f'<content type="html">{escape(FRAGMENT)}</content><source><title>Bergen Post</title></source>'
    start = '<entry><id>urn:{0}</id><title type="text">On &lt;b&gt; {0}</title><link href="{0}.html"/>'
    data = atom(
        start.format("a") + xhtml + "<updated>2026-03-05T10:00:00Z</updated></entry>",
        start.format("b") + plain + "<published>2026-03-04T23:59:00-08:00</published></entry>",
        '<entry xml:base="https://other.example/x/">'
        + start.format("c").removeprefix("<entry>")
        + wrapped
        + "</entry>",
        attributes='xml:base="https://news.example/2026/"',
    )
    feed = parse_feed(data, "It", Known(url=HERE))

    assert [one.url for one in feed.entries] == [
        "https://news.example/2026/a.html", "https://news.example/2026/b.html", "https://other.example/x/c.html",
    ]  # fmt: skip
    assert [one.html for one in feed.entries] == [True, False, True]
    assert all(SENTENCES[-1] in (one.text or "") for one in feed.entries)
    assert (feed.entries[1].text or "").endswith("Fish < money.")
    assert feed.entries[0].title == "On <b> a"
    assert (feed.entries[0].published, feed.entries[0].updated) == (None, date(2026, 3, 5))
    assert feed.entries[1].published == date(2026, 3, 4)
    found = [one.found for one in taken(data)]
    assert [one.published for one in found] == [date(2026, 3, 5), date(2026, 3, 4), None]
    assert [one.publisher for one in found] == ["Northern Wire", "Northern Wire", "Bergen Post"]


RDF = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://news.example/"><title>Northern Wire</title>
 </channel><item rdf:about="https://news.example/1"><title>Quota shared</title><link>https://news.example/1</link>
 <description>{TEASER}</description><dc:date>2026-03-03T08:00:00+01:00</dc:date></item></rdf:RDF>""".encode()
NETSCAPE = rss(an_item(), version="0.91").replace(
    b"<rss",
    b'<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/rss.dtd"><rss',
)


@pytest.mark.parametrize(
    "data",
    [
        rss(an_item()),
        rss(an_item(), version="0.92"),
        NETSCAPE,
        RDF,
        b"\n\n<!-- made by hand --><?xml-stylesheet href='x'?>" + rss(an_item()).partition(b"?>")[2],
        b"\xef\xbb\xbf" + rss(an_item()),
        rss(an_item()).decode().encode("utf-16"),
        rss(an_item()).replace(b'xmlns:dc="http://purl.org/dc/elements/1.1/"', b"").replace(
            b"</item>", b"<dc:date>2026-03-03</dc:date></item>"
        ),
        rss(an_item(title="<![CDATA[<b>Quota</b>\n shared]]>")),
        rss(an_item(title="Quota&#x7; shared\x01")),
        rss(an_item(more="<enclosure url='https://news.example/1.mp3'/><itunes:title>Another</itunes:title>")),
        rss(an_item(more="<author>" + "a." * 50_000 + "</author>")),
    ],
)  # fmt: skip
def test_feeds_of_every_kind(data):
    """Versions, marks, comments and stray things make no difference to the entry."""
    (one,) = taken(data)

    assert isinstance(one.content, Link)
    assert (one.content.url, one.found.title, one.found.publisher) == (
        "https://news.example/1",
        "Quota shared",
        "Northern Wire",
    )


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Talks &amp;amp; tea", "Talks & tea"),
        ("Talks &amp; tea", "Talks & tea"),
        ("Talks & tea", "Talks & tea"),
        ("Caf&eacute; talks &hellip;", "Café talks …"),
        ("&lt;i&gt;Le Monde&lt;/i&gt; on &#8220;talks&#8221;", "Le Monde on “talks”"),
        ("<![CDATA[Talks &mdash; again]]>", "Talks — again"),
        ("<i>Talks</i> held", "Talks held"),
        ("Talks&#0; held", "Talks held"),
        ("", None),
        ("x" * 900, "x" * 500),
    ],
)
def test_titles_lose_their_mark_up(title, said):
    """Tags go, entities are decoded, however often the publisher escaped them."""
    (one,) = taken(rss(an_item(title=title)))

    assert one.found.title == said


def test_encodings():
    """What the declaration or the server says holds; stray bytes are read as Windows-1252."""
    polish = rss(an_item(title="Łukasz talks")).decode().replace('"1.0"?', '"1.0" encoding="iso-8859-2"?')
    as_latin = rss(an_item(title="Señor – talks")).decode().replace('"1.0"?', '"1.0" encoding="windows-1252"?')
    mixed = rss(an_item(title="Señor TALKS")).replace(b"TALKS", b"\x96 talks")
    for data, charset, title in (
        (polish.encode("iso-8859-2"), None, "Łukasz talks"),
        (as_latin.encode("cp1252"), None, "Señor – talks"),
        (as_latin.replace("encoding", "encodin").encode("cp1252"), "cp1252", "Señor – talks"),
        (mixed, None, "Señor – talks"),
    ):  # fmt: skip
        assert parse_feed(data, "It", Known(charset=charset)).entries[0].title == title


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Tue, 03 Mar 2026 23:30:00 +0900", date(2026, 3, 3)),
        ("Tue, 03 Mar 2026 00:10:00 -1100", date(2026, 3, 3)),
        ("2026-03-03T23:30:00-11:00", date(2026, 3, 3)),
        ("3 Mar 26 10:00 EST", date(2026, 3, 3)),
        ("March 3, 2026 10:00 am", date(2026, 3, 3)),
        ("13/03/2026", date(2026, 3, 13)),
        ("20260303T101010", date(2026, 3, 3)),
        ("03/04/2026", None),
        ("Mon, 03 Mar 2026 10:00:00 GMT", None),  # it was a Tuesday
        ("2026-02-30", None),
        ("2026-03", None),
        ("0000-00-00 00:00:00", None),
        ("1970-01-01T00:00:00Z", None),
        ("0001-01-01T00:00:00Z", date(1, 1, 1)),  # refused, in words, when the document is dated
        ("yesterday", None),
        ("", None),
        ("9" * 500, None),
    ],
)
def test_days_as_their_publisher_wrote_them(written, day):
    """No zone shifts a day; what is impossible, ambiguous or contradicts itself is no date."""
    assert feed_day(written) == day
    (one,) = taken(rss(an_item(more=f"<pubDate>{written}</pubDate>")))
    assert one.found.published == day


@pytest.mark.parametrize(
    ("link", "found", "head", "url"),
    [
        ("/a/1", Known(url=HERE), "", "https://news.example/a/1"),
        ("1.html", Known(url=HERE), "", "https://news.example/feeds/1.html"),
        ("/a/1", Known(), "<link>https://news.example/home</link>", "https://news.example/a/1"),
        ("/a/1?x=1&amp;y=2", Known(url=HERE), "", "https://news.example/a/1?x=1&y=2"),
        ("/a/1", Known(), "", None),
        ("javascript:alert(1)", Known(url=HERE), "", None),
        ("file:///etc/passwd", Known(url=HERE), "", None),
        ("http://[bad/", Known(url=HERE), "", None),
        ("https://news.example/a b", Known(url=HERE), "", None),
        ("", Known(url=HERE), "", None),
    ],
)
def test_addresses_are_whole_and_of_the_web(link, found, head, url):
    """A relative address starts from that of the feed; an entry with neither address nor text is refused."""
    (one,) = taken(
        rss(f"<item><title>T</title><link>{link}</link><guid isPermaLink='false'>x</guid></item>", head=head), found
    )

    assert one.found.url == url
    if url is None:
        assert isinstance(one.content, UnreadableInput)
        assert "neither its text nor the address" in str(one.content)


def test_a_mark_changes_with_the_entry():
    """The same entry has the same mark; another date or title gives another. Equal ones are handed out as they lie."""
    dated = "<pubDate>Tue, 03 Mar 2026 10:00:00 GMT</pubDate>"
    later = "<pubDate>Tue, 03 Mar 2026 11:00:00 GMT</pubDate>"
    read = taken(rss(an_item(more=dated), an_item(more=dated), an_item(more=later), an_item(more=dated, title="Other")))
    marks = [one.content.mark for one in read if isinstance(one.content, Link)]

    assert marks[0] == marks[1]
    assert len(set(marks)) == 3


def test_an_empty_feed_holds_nothing():
    """It is no error."""
    assert taken(rss()) == taken(atom()) == taken(b"<rss/>") == []


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>', "site map"),
        (b"<html><body><item>x</item></body></html>", r"another kind \(html\)"),
        (b'<feed xmlns="urn:cattle"><entry><title>Hay</title></entry></feed>', r"another kind \(feed\)"),
        (b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>', r"another kind \(rdf:RDF\)"),
        (b"The minister said so.", "no XML"),
        (b"", "no XML"),
        (b"<!-- " * 1000, "no XML"),
        (b"<!DOCTYPE rss [" * 1000, "no XML"),
        (b"<rss>" + b"<b>" * 300, "200 deep"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
    ],
)
def test_what_is_no_feed_is_refused(data, says):
    """The message says what it is."""
    with pytest.raises(UnreadableInput, match=says):
        taken(data)


@pytest.mark.parametrize(
    "end", ["", "<item><title>Cut", "<item><title>Cut</title></it", "<item><title><![CDATA[Cut", "<item"]
)
def test_a_feed_that_breaks_off_gives_what_is_whole(end):
    """The entry that is cut is not handed out, and the end is said."""
    whole = rss(an_item(1), an_item(2)).removesuffix(b"</channel></rss>")
    got = []
    with pytest.raises(UnreadableInput, match="Cut off after 2 entries, which were taken"):
        for member in members(BytesIO(whole + end.encode()), "f", Known(), Walk()):
            got.append(member)

    assert [one.found.url for one in got] == ["https://news.example/1", "https://news.example/2"]


def test_every_cut_of_a_feed_is_met():
    """Wherever a feed ends, what comes out is whole entries and a plain sentence, or that it is no feed."""
    data = rss(an_item(1), an_item(2, title="<![CDATA[Fish & <b>ships</b>]]>"))
    for size in range(0, len(data), 3):
        try:
            got = list(members(BytesIO(data[:size]), "f", Known(), Walk()))
        except UnreadableInput:
            continue
        assert len(got) == 2, size


def test_one_damaged_entry_does_not_take_the_others_along():
    """It is refused in its place; so with unknown entities and lone ampersands, which are no damage."""
    got = taken(
        rss(an_item(1, title="A & B &nosuch; C"), "<item><title>Broken</b></item>", an_item(3), an_item(4, "<x y>"))
    )

    assert [one.place for one in got] == [
        "feed.xml: entry 1 (A & B &nosuch; C)", "feed.xml: entry 2", "feed.xml: entry 3 (Quota shared)",
        "feed.xml: entry 4",
    ]  # fmt: skip
    assert [isinstance(one.content, UnreadableInput) for one in got] == [False, True, False, True]
    assert got[0].found.publisher == "Northern Wire"


def test_entities_are_not_expanded(tmp_path):
    """Nested, external and parameter entities and XInclude put nothing into any entry."""
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    declared = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    prolog = (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "laugh"><!ENTITY file SYSTEM "{secret.as_uri()}">'
        f'<!ENTITY % all SYSTEM "{secret.as_uri()}"> %all; {declared}]>'
    )
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" href="{secret.as_uri()}"/>'
    data = rss(an_item(title=f"&e11; &file; {include}")).partition(b"?>")[2]
    begun = time.monotonic()
    (one,) = taken(prolog.encode() + data)

    assert one.found.title == "&e11; &file;"
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    "data",
    [
        rss(an_item(more="<author>" + "a." * 200_000 + "</author>")),
        rss("<item>" + "<category>x</category>" * 50_000 + "</item>"),
        rss("<item><title>" + "&lt;a " * 200_000 + "</title></item>"),
        rss("<item><description>" + "&lt;a>x" * 200_000 + "</description></item>"),
        rss("<item><title>" + "& " * 200_000 + "</title></item>"),
        rss("<item><title>" + "<" * 200_000 + "</title></item>"),
        rss("<item>" * 150, "<item>" * 100_000),
        b"<!---->" * 200_000 + rss(),
        b"<!DOCTYPE a [" + b"<!--\"'" * 200_000,
    ],
)
def test_hostile_feeds_take_little_time(data):
    """Time grows with the size, not with its square."""
    begun = time.monotonic()
    with suppress(UnreadableInput):
        list(members(BytesIO(data), "f", Known(), Walk()))

    assert time.monotonic() - begun < 8  # they take below one second each on an idle machine


def test_bounds():
    """More entries than are taken, and a feed that is too large, are said."""
    with pytest.raises(UnreadableInput, match="more than 10,000 entries"):
        list(members(BytesIO(rss("<item><link>http://x.example/</link></item>" * 10_001)), "f", Known(), Walk()))
    with pytest.raises(InputTooLarge, match="max_bytes"):
        list(members(BytesIO(rss(an_item())), "f", Known(), Walk(limits=Limits(max_bytes=100))))


def test_places_are_short_and_plain():
    """Control characters are out, and no place is longer than some 200 characters."""
    (one,) = taken(rss(an_item(title="A\x1b[31m\u202eB" + "c" * 300)), place="p" * 300)

    assert len(one.place) <= 200
    assert one.place.isprintable()


def test_a_feed_and_the_pages_it_names_are_taken_in():
    """From the address of a feed to its documents: the linked pages are visited, dated and named by the feed."""
    page = f"<html><head><title>x</title></head><body><article>{FRAGMENT}</article></body></html>".encode()
    dated = "<pubDate>Wed, 04 Mar 2026 01:00:00 +0100</pubDate>"
    entry = an_item(more=dated).replace("https://news.example/1", "/a/1")
    table = {
        "/feed": answer(rss(entry, an_item(2).replace("https://news.example/2", "/hidden")), kind="application/xml"),
        "/a/1": answer(page),
        "/robots.txt": answer(b"User-agent: *\nDisallow: /hidden", kind="text/plain"),
    }
    with Loopback(table) as server:
        get = partial(fetch, allow_private=True)
        walk = Walk(fetch=get, visit=visitor(get, Robots(get), wait=lambda _: None))
        first, second = items([Input(server.url + "/feed")], walk)
        document = first.make()
        with pytest.raises(FetchFailed, match="forbids it"):
            second.make()

    assert isinstance(document, Document)
    assert (document.published, document.dated_by) == (date(2026, 3, 4), "feed")
    assert (document.url, document.publisher) == (server.url + "/a/1", "Northern Wire")
    assert SENTENCES[-1] in document.text
    assert "/hidden" not in server.paths
