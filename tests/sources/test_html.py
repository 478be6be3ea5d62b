"""HTML: articles out of pages, dated by the page, with nothing run and nothing fetched."""

from datetime import date

import pytest

from dragoman.errors import NoArticle
from dragoman.sources import from_bytes

BODY = "".join(
    f"<p>Report {number}: the minister of fisheries met his colleague from Oman on Tuesday, and the two said that "
    "the talks on boats and nets would go on in May.</p>"
    for number in range(1, 6)
)
HEAD = """<title>Oslo and Muscat talk fish - Fjord Post</title><meta property="og:site_name" content="Fjord Post">
<meta property="og:title" content="Oslo and Muscat talk fish">
<link rel="canonical" href="https://fjordpost.example/fish">"""
PUBLISHED = '<meta property="article:published_time" content="2031-03-14T08:00:00+00:00">'
MODIFIED = '<meta property="article:modified_time" content="2031-03-16T08:00:00+00:00">'
AROUND = """<nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>"""
COMMENTS = """<div id="comments"><h3>2 Comments</h3><p>What a text, says a reader who has many words to say.</p></div>
<footer>© 2031 Fjord Post. All rights reserved.</footer>"""


def page(head: str = HEAD, body: str = f"<article><h1>Oslo and Muscat talk fish</h1>{BODY}</article>") -> bytes:
    """Return a page with navigation before and comments after the body."""
    return f"<!doctype html><html><head>{head}</head><body>{AROUND}{body}{COMMENTS}</body></html>".encode()


def test_an_article_with_its_metadata():
    """Title, site, address and date come from the page; the paragraphs are the article's and no more."""
    document = from_bytes(page(HEAD + PUBLISHED + MODIFIED), "fish.html")

    assert (document.title, document.publisher) == ("Oslo and Muscat talk fish", "Fjord Post")
    assert document.url == "https://fjordpost.example/fish"
    assert (document.published, document.dated_by) == (date(2031, 3, 14), "metadata")
    assert [document.text[start:][:9] for start, _ in document.paragraphs] == [f"Report {n}:" for n in range(1, 6)]
    assert document.text.count("\n\n") >= 4
    assert document.warnings == ()


def test_what_the_caller_gives_wins():
    """Given facts replace the page's."""
    document = from_bytes(
        page(HEAD + PUBLISHED),
        "fish.html",
        published="2031-03-13",
        title="A title",
        publisher="P",
        url="https://x.example",
    )

    assert (document.title, document.publisher, document.url) == ("A title", "P", "https://x.example")
    assert (document.published, document.dated_by) == (date(2031, 3, 13), "given")


@pytest.mark.parametrize(
    ("head", "body", "day", "by"),
    [
        ("", f"<article><h1>A day of fish</h1>{BODY}</article>", None, None),
        ("", f"<article>{BODY}<p>The pact was signed on 3 May 2019 in Oslo.</p></article>", None, None),
        ("", f'<article><time datetime="1987-05-03">May 3</time>{BODY}</article>', date(1987, 5, 3), "metadata"),
        (MODIFIED, f"<article>{BODY}</article>", date(2031, 3, 16), "metadata"),
        (
            "",
            f"<article><p>OSLO, 14 March 2031 - Nobody knew it then.</p>{BODY}</article>",
            date(2031, 3, 14),
            "dateline",
        ),
        (
            PUBLISHED,
            f"<article><p>OSLO, 13 March 2031 - Nobody knew.</p>{BODY}</article>",
            date(2031, 3, 14),
            "metadata",
        ),
    ],
)
def test_dates_come_from_clear_marks_only(head, body, day, by):
    """Metadata, then a dateline; never a date that the text merely mentions."""
    document = from_bytes(page(head, body), "fish.html")

    assert (document.published, document.dated_by) == (day, by)


def test_the_dateline_of_a_page():
    """A page's first paragraph has its dateline taken off as any text's has."""
    document = from_bytes(page(body=f"<article><p>OSLO, March 14 - Nobody knew it then.</p>{BODY}</article>"), "x.html")

    assert document.dateline is not None
    assert document.text[slice(*document.dateline)] == "OSLO, March 14 -"
    assert document.text[slice(*document.paragraphs[0])] == "Nobody knew it then."


def test_a_page_laid_out_by_a_table():
    """Where the text stands in a table, the table is read."""
    document = from_bytes(page(body=f"<table><tr><td>{BODY}</td></tr></table>"), "x.html")

    assert "Report 5" in document.text


def test_a_table_beside_the_text_is_not_read():
    """Where there is text without them, tables are left out."""
    table = "<table><tr><td>Herring</td><td>12 tonnes of it</td></tr></table>"
    document = from_bytes(page(body=f"<article>{BODY * 3}{table}</article>"), "x.html")

    assert "Herring" not in document.text


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "no article"),
        (b"<html></html>", "no article"),
        (b"<!doctype html>", "no article"),
        (b"<html>" + b"<div>" * 20_000 + b"text", "no article"),
        (b"<html><script>" + b"document.write('words of a script and more of them, so many');" * 20, "no article"),
        (b"<?xml version='1.0'?><rss><channel><title>x</title></channel></rss>", "feed"),
        (b"<?xml version='1.0'?>\n<!-- c -->\n<feed xmlns='http://www.w3.org/2005/Atom'></feed>", "feed"),
    ],
)
def test_pages_without_an_article_say_what_to_do(data, says):
    """No article is no empty document but an error with advice."""
    with pytest.raises(NoArticle, match=r"x\.html.*\. (Copy|Give) .*\.$") as raised:
        from_bytes(data, "x.html")

    assert says in str(raised.value)


def test_hostile_pages_stay_text():
    """Scripts are dropped, escaped mark-up stays words, entities of files are not opened, addresses are of the web."""
    hostile = (
        '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname"><!ENTITY a "AAAA"><!ENTITY b "&a;&a;">]><html><head>'
        '<link rel="canonical" href="javascript:alert(1)"><script>alert(2)</script></head><body><article>'
        f'<p onclick="alert(3)">He wrote &lt;b&gt; and meant it.</p>{BODY}<p>See &x; and &b; for more words.</p>'
        "</article></body></html>"
    )
    document = from_bytes(hostile.encode(), "x")

    assert "He wrote <b> and meant it." in document.text
    assert "alert" not in document.text
    assert "AAAA" not in document.text
    assert document.url is None


@pytest.mark.parametrize(
    ("data", "name", "html"),
    [
        (page(), "x", True),
        (page(), "x.txt", True),
        (b"  \n<!-- a comment --><html><body>" + page(), "x", True),
        (b"5 < 6 said the minister, and > 4 too.", "x.txt", False),
        (b"<TSBA.T> shares fell, the minister said.", "x.txt", False),
    ],
)
def test_html_is_told_by_its_beginning(data, name, html):
    """A page is a page whatever its name; angle brackets in a text make no page."""
    assert ("<" not in from_bytes(data, name).text) is html
