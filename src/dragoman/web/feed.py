"""News as a feed that a reader of feeds can follow: RSS 2.0.

In:     `News`, and the address under which the application is reached.
Out:    an RSS document. An item keeps its guid as long as the news is the same.
Never:  lets a document's words be markup; gives characters that XML does not allow.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from html import escape
from urllib.parse import urljoin
from xml.etree import ElementTree as Xml

from dragoman.ledger.entries import Quote
from dragoman.show.rows import source_words
from dragoman.show.sentences import quoted
from dragoman.show.words import Names, one_line, shorten
from dragoman.views.news import News, Told
from dragoman.web.pages import reported
from dragoman.web.screens.evidence import says

#: Characters of a quote in an item (as on the page).
QUOTE = 240


def feed(found: News, base: str, names: Names) -> bytes:
    """Return what is new as RSS 2.0 whose links lead to the application at `base`."""
    rss = Xml.Element("rss", version="2.0")
    channel = Xml.SubElement(rss, "channel")
    who = f": {' – '.join(map(names.name, found.pair))}" if found.pair else ""
    _put(channel, "title", f"Dragoman{who}")
    _put(channel, "link", base)
    _put(channel, "description", "What became known of relations between states, by independent origins.")
    _put(channel, "language", "en")
    if found.newest:
        _put(channel, "lastBuildDate", _moment(found.newest))
    for group in found.pairs:
        for told in group.told:
            _item(channel, told, group.pair, base, names)
    made: bytes = Xml.tostring(rss, encoding="utf-8", xml_declaration=True)
    return made


def _item(channel: Xml.Element, told: Told, pair: tuple[str, str], base: str, names: Names) -> None:
    item, entry = Xml.SubElement(channel, "item"), told.entry
    _put(item, "title", f"{told.what.capitalize()}: {says(entry, names)}")
    _put(item, "link", urljoin(base, f"/entry/{entry.id}"))
    guid = _put(item, "guid", ".".join(filter(None, (entry.id, told.what, told.outcome))))
    guid.set("isPermaLink", "false")
    _put(item, "pubDate", _moment(told.on))
    _put(item, "category", " – ".join(map(names.name, pair)))
    _put(item, "description", _described(told))


def quote_of(told: Told) -> Quote | None:
    """Return the words that a piece of news rests on: of a new entry the first, else the latest."""
    quotes = told.entry.quotes
    return quotes[0 if told.what == "new" else -1] if quotes else None


def _described(told: Told) -> str:
    """Return the quote, its source and how often it is told as HTML, in which every text is escaped."""
    parts = []
    if (quote := quote_of(told)) is not None:
        parts.append(f"<blockquote>{escape(quoted(shorten(quote.text, QUOTE)))}</blockquote>")
        parts.append(f"<p>{escape(source_words(quote.source))}</p>")
    return "".join((*parts, f"<p>{escape(reported(told.entry))}</p>"))


def _put(parent: Xml.Element, name: str, text: str) -> Xml.Element:
    element = Xml.SubElement(parent, name)
    element.text = one_line(text)
    return element


def _moment(day: date) -> str:
    return format_datetime(datetime.combine(day, time(), UTC))
