"""Feeds: the entries of RSS and Atom feeds, with their full texts where the feed carries them.

In:     the bytes of a feed, and what is known of it (its address, the encoding that a server declared).
Out:    `parse_feed`, a `Feed` with its entries; `members`, each entry as a text, a piece of HTML, or a link to a page.
Dates:  the day as the publisher wrote it, in the publisher's own zone; what may mean two days, or contradicts itself,
        is no date. An entry that says only when it was updated is dated by that.
Never:  anything is fetched, and no entity is expanded but those of HTML; see `feed_xml`.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import urljoin, urlsplit

from dragoman.errors import InputTooLarge, UnreadableInput
from dragoman.sources.dates import MONTHS, full_dates
from dragoman.sources.feed_xml import ENTRIES, plain_text, sound
from dragoman.sources.furniture import kind
from dragoman.sources.known import NOTHING, Known
from dragoman.sources.member import Link, Member

if TYPE_CHECKING:
    from dragoman.sources.items import Walk

#: Words from which on the content of an entry, and its summary, are taken for its full text. Guesses: teasers have some
#: 20 to 60 words, short news 100 and more; a summary is a teaser unless it is long.
FULL_CONTENT, FULL_SUMMARY = 100, 150
#: Characters at the end of a text in which a link to the rest of it is looked for. Guess.
END = 1_000

_HTML = ("text/html", "application/xhtml+xml")
_BLOCK = re.compile(r"<(?:p|div|li|h[1-6]|blockquote|table|article|section|main|body|html)\b", re.IGNORECASE)
_BREAKS = re.compile(r"(?:<br\b[^<>]*>\s*){2,}|\n[ \t]*\n\s*", re.IGNORECASE)
_LINES = re.compile(r"</?(?:p|div|li|h[1-6]|blockquote|br|ul|ol|article|section)\b[^<>]*>", re.IGNORECASE)
_LAST_LINK = re.compile(r"<a\b([^<>]*)>([^<>]{0,200})</a\s*>(?:[\s.\])»→…]|</?[a-z]\w*[^<>]*>)*$", re.IGNORECASE)
_HREF = re.compile(r"\bhref\s*=\s*[\"']?([^\"'\s<>]+)", re.IGNORECASE)
_CREDIT = re.compile(r"\bThe post\b.{1,400}\bappeared first on\b.{1,200}$", re.DOTALL)
_CUT_OFF = re.compile(r"(?:\.\.\.|…|[\[(](?:\.\.\.|…|more)[\])]|\bmore ?[»→>]+)[\s\])»→>]*$", re.IGNORECASE)
_RFC = re.compile(r"(?:([A-Za-z]{3})[A-Za-z]*\.?,?\s+)?(\d{1,2})[\s-]+([A-Za-z]{3})[A-Za-z]*\.?[\s-]+(\d{4}|\d{2})\b")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?![\d-])|(\d{4})(\d{2})(\d{2})(?:T\d|$)")
_MONTHS = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry; `text` is set where the feed carries all of it, and `html` where that is a piece of HTML.

    `publisher` is the source that the entry itself names; `mark` changes when its dates or its title do.
    """

    id: str
    url: str | None
    title: str | None
    published: date | None
    updated: date | None
    text: str | None
    html: bool
    mark: str
    publisher: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: what could be read of it, the places (from 0) of entries whose XML is damaged, and why it ends early."""

    title: str | None
    entries: tuple[FeedEntry, ...]
    damaged: tuple[int, ...] = ()
    problem: str | None = None


def members(file: BinaryIO, place: str, found: Known, walk: Walk) -> Iterator[Member]:
    """Yield each entry of a feed: its text, a link to its page, or why there is neither."""
    most = walk.limits.max_bytes
    data = file.read(most + 1)
    if len(data) > most:
        raise InputTooLarge(f"The feed is larger than {most:,} bytes (max_bytes). Give a part of it.")
    feed = parse_feed(data, "It", found)
    entries = iter(feed.entries)
    damaged = set(feed.damaged)
    for number in range(len(feed.entries) + len(damaged)):
        if number in damaged:
            broken = UnreadableInput("Its XML is damaged. Open its page in a browser, save it, and give that file.")
            yield Member(_place(place, number, None), f"entry {number + 1}", broken)
        else:
            yield _member(next(entries), number, place, feed)
    if feed.problem:
        raise UnreadableInput(feed.problem)


def _member(entry: FeedEntry, number: int, place: str, feed: Feed) -> Member:
    """Return an entry as a member of its feed."""
    content: bytes | Link | UnreadableInput
    if entry.text is not None:
        content = entry.text.encode("utf-8", "replace")
    elif entry.url:
        content = Link(entry.url, entry.mark)
    else:
        content = UnreadableInput("The feed gives neither its text nor the address of its page. Find the page by hand.")
    known = Known(
        published=entry.published or entry.updated, dated_by="feed", title=entry.title, url=entry.url,
        publisher=entry.publisher or feed.title, charset="utf-8" if entry.text is not None else None,
    )  # fmt: skip
    text = None if entry.text is None else not entry.html
    return Member(_place(place, number, entry.title), f"entry {number + 1}", content, text, known)


def _place(place: str, number: int, title: str | None) -> str:
    """Return where an entry lies, in words."""
    what = f"entry {number + 1}" + (f" ({title[:80]})" if title else "")
    return f"{place[: 198 - len(what)]}: {what}"


def parse_feed(data: bytes, name: str, found: Known = NOTHING) -> Feed:
    """Return what a feed holds; UnreadableInput, which calls it `name`, where the bytes are no feed."""
    import feedparser  # type: ignore[import-untyped]

    read = sound(data, name, found.charset)
    base = found.url or ""
    headers = {"content-type": "application/xml; charset=utf-8"} | ({"content-location": base} if base else {})
    try:
        parsed = feedparser.parse(
            BytesIO(read.xml), resolve_relative_uris=False, sanitize_html=False, response_headers=headers
        )
        about, given = dict(parsed["feed"]), list(parsed["entries"])
        base = base or _own_address(about)
        entries = tuple(_entry(dict(one), base, atom=parsed["version"].startswith("atom")) for one in given)
    except Exception as error:  # whatever breaks feedparser is no feed that people make
        what = " ".join(str(error).split())[:100] or type(error).__name__
        raise UnreadableInput(f"{name} is a feed that cannot be read: {what}. Give its pages.") from None
    if len(entries) != read.entries:
        raise UnreadableInput(f"{name} is a feed whose entries lie in one another. Give its pages.")
    problem, count = (
        None,
        f"{len(entries):,} {'entry, which was' if len(entries) == 1 else 'entries, which were'} taken",
    )
    if read.cut:
        problem = f"Cut off after {count}. Fetch it anew."
    elif read.more:
        problem = f"It has more than {ENTRIES:,} entries: the first {ENTRIES:,} were taken. Cut it up."
    return Feed(_title(about, atom=parsed["version"].startswith("atom")), entries, read.damaged, problem)


def _own_address(about: dict[str, Any]) -> str:
    """Return the address that a feed gives of itself or of its site, which relative addresses start from."""
    links = [one for one in about.get("links", []) if isinstance(one, dict)]
    own = [dict.get(one, "href") for one in links if dict.get(one, "rel") == "self"]
    return next((one for one in [*own, about.get("link")] if _web(one)), "") or ""


def _entry(one: dict[str, Any], base: str, *, atom: bool) -> FeedEntry:
    """Return an entry from what feedparser makes of it."""
    url = _address(one, base)
    title = _title(one, atom=atom)
    published = next((one[key] for key in ("published", "created") if one.get(key)), "")
    updated = one.get("updated") or ""
    text, is_html = _text(one, url)
    source = one.get("source")
    mark = hashlib.blake2b(f"{published}\n{updated}\n{title}".encode("utf-8", "replace"), digest_size=8).hexdigest()
    return FeedEntry(
        id=str(one.get("id") or url or title or mark), url=url, title=title, published=feed_day(published),
        updated=feed_day(updated), text=text, html=is_html, mark=mark,
        publisher=_title(dict(source), atom=atom) if isinstance(source, dict) else None,
    )  # fmt: skip


def _address(one: dict[str, Any], base: str) -> str | None:
    """Return the address of the page of an entry; a service that counts clicks may name it beside its own."""
    for given in (one.get("feedburner_origlink"), one.get("link")):
        if not isinstance(given, str) or not given.strip():
            continue
        try:
            whole = urljoin(base, given.strip()) if base else given.strip()
        except ValueError:
            continue
        if _web(whole):
            return whole
    return None


def _web(url: object) -> bool:
    """Whether this is an address of the web."""
    if not isinstance(url, str) or re.search(r"[\s<>\x00-\x1f]", url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and bool(parts.hostname)


def _title(one: dict[str, Any], *, atom: bool) -> str | None:
    """Return a title without mark-up, on one line; in Atom, a title of type "text" has none."""
    title = str(one.get("title") or "")
    detail = one.get("title_detail")
    if not (atom and isinstance(detail, dict) and detail.get("type") == "text/plain"):
        title = plain_text(title)
    title = "".join(char if char.isprintable() else " " for char in title)
    return " ".join(title.split())[:500] or None


def _text(one: dict[str, Any], url: str | None) -> tuple[str | None, bool]:
    """Return the full text of an entry, if the feed carries it, and whether it is HTML."""
    contents = [dict(part) for part in one.get("content", []) if isinstance(part, dict)]
    detail = one.get("summary_detail")
    summary: dict[str, Any] = {
        "value": one.get("summary"),
        "type": detail.get("type") if isinstance(detail, dict) else "text/html",
    }
    for parts, least in ((contents, FULL_CONTENT), ([summary], FULL_SUMMARY)):
        readable = [part for part in parts if part.get("type") in (*_HTML, "text/plain") and part.get("value")]
        if not readable:
            continue
        best = max(readable, key=lambda part: len(part["value"]))
        is_html, value = best["type"] in _HTML, best["value"]
        plain = plain_text(value) if is_html else value
        if len(plain.split()) < least or _is_cut(value, url, is_html=is_html):
            continue
        if not is_html or not re.search(r"<[a-zA-Z]", value):
            return (html.unescape(value) if is_html else value), False
        return _paragraphs(value), True
    return None, False


def _is_cut(value: str, url: str | None, *, is_html: bool) -> bool:
    """Whether a text ends as one that goes on elsewhere: in an ellipsis, "Read more", or a link to its own page."""
    value = _CREDIT.sub("", value[-END:].rstrip())
    if is_html and (link := _LAST_LINK.search(value)):
        href = _HREF.search(link[1])
        if (href and url and html.unescape(href[1]) == url) or kind(plain_text(link[2])) == "read-more":
            return True
    lines = _LINES.split(value) if is_html else value.splitlines()
    last = next((line for line in (plain_text(one) if is_html else one for one in reversed(lines)) if line.strip()), "")
    last = re.sub(r"\s+", " ", last).strip()
    end = re.split(r"(?<=[.!?…])\s+(?=[A-Z\[(])", last)[-1]
    return bool(_CUT_OFF.search(last)) or kind(end) == "read-more"


def _paragraphs(value: str) -> str:
    """Mark the paragraphs of a piece of HTML that parts them by empty lines only."""
    if _BLOCK.search(value):
        return value
    return f"<p>{_BREAKS.sub('</p><p>', value)}</p>"


def feed_day(value: object) -> date | None:
    """Return the day that a date of a feed names where its publisher is; None where it is none, or may be two.

    A weekday that is not that of the day contradicts it, and the first of January 1970 is a clock that was never set.
    """
    text = " ".join(str(value or "").split())[:100]
    weekday = None
    try:
        if match := _ISO.match(text):
            day = date(*(int(part) for part in match.groups() if part))
        elif (match := _RFC.match(text)) and match[3].lower() in _MONTHS:
            weekday, year = (match[1] or "").lower(), int(match[4])
            if len(match[4]) == 2:
                year += 2000 if year < 50 else 1900  # as RFC 2822 has it
            day = date(year, _MONTHS[match[3].lower()], int(match[2]))
        else:
            days = {found.date for found in full_dates(text)}
            if len(days) != 1:
                return None
            day = days.pop()
    except ValueError:
        return None
    if day == date(1970, 1, 1) or (weekday in _WEEKDAYS and _WEEKDAYS.index(weekday) != day.weekday()):
        return None
    return day
