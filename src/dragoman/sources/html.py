"""HTML: from a page to the text of its article.

In:     a page, decoded.
Out:    `Extract`: the text with a blank line between paragraphs, and what the page says of itself.
Dates:  the day of first publication as the page's metadata or a clear mark-up gives it, never one found in running
        text and never today's.

trafilatura does the work. Nothing in the page is executed, no entity or link is followed, the network is not used.
"""

from __future__ import annotations

import logging
import re
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from dragoman.errors import InputTooLarge, NoArticle
from dragoman.sources.dates import full_dates
from dragoman.sources.extract import Extract
from dragoman.sources.limits import LIMITS, Limits

if TYPE_CHECKING:
    from trafilatura.settings import Document as Extracted

#: Shorter texts than this are taken for a page without an article, in characters: a sentence or two. Guess.
SHORTEST = 80
#: Pages with more elements than this are read without trafilatura's second opinion, which takes time that grows with
#: their square: 4,000 table cells take 4 seconds.
SECOND_OPINION = 5_000
#: A table is read only where the page has this much less text without it. Guess.
TABLE_GAIN = 3
#: Pages are dated within these years. The first is a guess: pages of archives bear the date of the print.
EARLIEST, LATEST = "1900-01-01", "2199-12-31"

_START = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|article|main|div|section|p|h1|meta|title|script|table)\b",
    re.I | re.S,
)
_FEED = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(rss|feed|rdf:RDF|urlset|sitemapindex)\b", re.I | re.S)
_ELEMENT = re.compile(r"<[a-z]", re.IGNORECASE)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")
_ADVICE = "Copy the text of the article into a file and give that."


def is_html(data: bytes, name: str) -> bool:
    """Whether the bytes are HTML (or a feed), by the start of them or the name's ending."""
    head = data[:4096].removeprefix(b"\xef\xbb\xbf")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head[2:].replace(b"\0", b"")
    if name.split("?")[0].lower().endswith(_SUFFIXES):
        return b"<" in data
    return bool(_START.match(head)) or bool(_FEED.match(head.decode("latin-1")))


def article(page: str, name: str, *, limits: Limits = LIMITS) -> Extract:
    """Return the article of a page.

    Raises NoArticle, calling the page `name`, when there is none, and InputTooLarge when it has too many elements.
    """
    if feed := _FEED.match(page[:4096]):
        raise NoArticle(f"{name} is a feed or site map ({feed[1]}), not an article. Give the address of one article.")
    elements = sum(1 for _ in _ELEMENT.finditer(page))
    if elements > limits.max_page_elements:
        raise InputTooLarge(
            f"{name} is a page of {elements:,} elements; at most {limits.max_page_elements:,} are read "
            f"(max_page_elements). {_ADVICE}"
        )
    fast = elements > SECOND_OPINION
    page = _XML_DECLARATION.sub("", page, count=1)
    if not re.search(r"<(?:html|body)\b", page, re.IGNORECASE):
        page = f"<html><body>{page}</body></html>"  # a fragment: the parser wants a page
    found = _extract(page, tables=False, fast=fast)
    if found is None or len(found.text or "") < 10 * SHORTEST:  # a short text may be all that is not in a table
        with_tables = _extract(page, tables=True, fast=fast)
        if with_tables is not None and len(with_tables.text or "") > TABLE_GAIN * len((found and found.text) or ""):
            found = with_tables
    text = _paragraphs(found.text if found is not None else None)
    if found is None or len(text) < SHORTEST:
        raise NoArticle(f"{name}: no article was found in this page. {_ADVICE}")
    return Extract(
        text, _line(found.title), _line(found.sitename), _stated(_day(found.date), page), _address(found.url)
    )


def _extract(page: str, *, tables: bool, fast: bool) -> Extracted | None:
    """Return trafilatura's view of the page, or None; with `fast`, without that of the libraries it compares with."""
    from trafilatura import bare_extraction

    for library in ("trafilatura", "htmldate"):  # what they log is said by our errors
        logging.getLogger(library).setLevel(logging.CRITICAL + 1)

    dates = {"original_date": True, "extensive_search": False, "min_date": EARLIEST, "max_date": LATEST}
    try:
        found = bare_extraction(
            page, fast=fast, include_comments=False, include_tables=tables, with_metadata=True,
            date_extraction_params=dates,
        )  # fmt: skip
    except Exception:  # hostile mark-up breaks parsers in many ways; all mean that no article was found
        return None
    return None if isinstance(found, dict) else found


def _paragraphs(text: str | None) -> str:
    """Put a blank line between the lines of an extracted text, each of which is a paragraph."""
    lines = (" ".join(line.split()) for line in (text or "").splitlines())
    return "\n\n".join(line for line in lines if line)


def _line(value: str | None) -> str | None:
    """Return a line of metadata with blanks collapsed, or None if it is empty."""
    return " ".join((value or "").split()) or None


def _day(value: str | None) -> date | None:
    """Return a date of the metadata."""
    with suppress(ValueError):
        return date.fromisoformat((value or "")[:10])
    return None


def _stated(day: date | None, page: str) -> date | None:
    """Return a day unless it is the first of a month that the page names without it: what is made of "2024-02-31"."""
    if day is None or day.day != 1:
        return day
    y, m = day.year, day.month
    figures = rf"{y}\D?0?{m}\D?0?1(?!\d)|(?<!\d)0?1\D0?{m}\D{y}|(?<!\d)0?{m}\D0?1\D{y}"
    return day if re.search(figures, page) or any(one.date == day for one in full_dates(page)) else None


def _address(value: str | None) -> str | None:
    """Return an address of the metadata if it is one of the web."""
    return value if value and re.match(r"https?://[^\s<>\"']+$", value, re.I) else None
