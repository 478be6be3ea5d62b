"""Feed XML: from the bytes of any feed, whole or not, to well-formed XML that holds what is read of it and no more.

In:     bytes of a feed (RSS 0.9x, 1.0, 2.0, Atom), and the encoding that a server declared.
Out:    `Sound`: XML with the titles, addresses, dates and texts of the entries, and what was wrong with the feed.
Units:  elements, entries, characters.
Never:  a document type is read, so there are no entities but those of HTML and nothing external; time grows with the
        size of the feed alone.

What is not read (authors, categories, media, other name spaces) is left out, since feedparser takes time that grows
with the square of some of it. An entry with damaged XML is left out alone; so is one that the end of the feed cuts.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.entities import html5
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from dragoman.errors import InputTooLarge, UnreadableInput
from dragoman.sources.decode import decode

#: Entries that are taken of one feed; elements in a feed and how deep they lie; prefixes; characters of an address or
#: date. Guesses, far above what feeds have; a feed at these limits takes some ten seconds.
ENTRIES, ELEMENTS, DEPTH, PREFIXES, LINE = 10_000, 400_000, 200, 100, 4_000
#: Longest base for addresses; it is joined with at every element. Guess.
BASE = 200

_ADVICE = "Give the address of a feed, or of a page."
_TEXTS = frozenset({"title", "description", "summary", "content", "encoded", "body", "fullitem"})
_LINES = frozenset(
    {"link", "guid", "id", "pubdate", "published", "issued", "created", "modified", "updated", "date", "origlink"}
)
_ROOTS = frozenset({"rss", "feed", "rdf", "channel"})
_READ = _TEXTS | _LINES | _ROOTS | {"item", "entry", "source"}
_ATTRIBUTES = frozenset({"type", "mode", "href", "rel", "src", "url", "ispermalink", "rdf:about", "version"})
#: The name spaces that are read, by a part of each.
_SPACES = (
    "w3.org/2005/atom", "purl.org/atom", "purl.org/rss/", "my.netscape.com/rdf", "backend.userland.com/rss",
    "blogs.law.harvard.edu", "purl.org/dc/", "22-rdf-syntax", "rssnamespace.org/feedburner", "1999/xhtml",
)  # fmt: skip
#: What prefixes mean that a feed uses without saying so.
_USUAL = {
    "content": "http://purl.org/rss/1.0/modules/content/", "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/", "atom": "http://www.w3.org/2005/Atom",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "xhtml": "http://www.w3.org/1999/xhtml",
}  # fmt: skip
#: Errors of expat that mean that the end is missing: no element found, unclosed token, half a character, open CDATA.
_CUT = frozenset({3, 5, 6, 20})

_INVALID = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_REFERENCE = re.compile(r"&(?:#(\d{1,8});|#[xX]([0-9a-fA-F]{1,7});|(\w{1,32});)?")
_OPENING = re.compile(r"<(?:\w+:)?(?:item|entry)(?=[\s>/])")
_DOCTYPE = re.compile(r"\"[^\"]*(?:\"|\Z)|'[^']*(?:'|\Z)|<!--.*?(?:-->|\Z)|[\[\]>]", re.S)
_SIMPLE = re.compile(r"[^\W\d][\w.-]*")
_BLANK = re.compile(r"\s*")
_NAME = re.compile(r"<((?:[\w.-]+:)?([\w.-]+))")


@dataclass(slots=True)
class Sound:
    """Well-formed XML with `entries` entries; the places of `damaged` ones among all, and whether the end was `cut`.

    With `more`, only the first `ENTRIES` are in it.
    """

    xml: bytes
    entries: int
    damaged: tuple[int, ...] = ()
    cut: bool = False
    more: bool = False


class _Full(Exception):
    """More entries than are taken."""


def sound(data: bytes, name: str, charset: str | None = None) -> Sound:
    """Return what is read of a feed; UnreadableInput, which calls it `name`, where the bytes are no feed."""
    text, _ = decode(data, name, charset=charset, html=True)
    text = _root(_INVALID.sub("", text), name)
    writer = _Writer()
    problem = writer.read(text)
    if problem is None or problem.code in _CUT:
        return _sound(writer, cut=problem is not None)
    text = _REFERENCE.sub(_reference, text)
    writer = _Writer()
    problem = writer.read(text)
    if problem is None or problem.code in _CUT:
        return _sound(writer, cut=problem is not None)
    return _piecewise(text)


def _root(text: str, name: str) -> str:
    """Return the text from its root element on, if that is one of a feed: what stands before it is not read."""
    at = 0
    while True:
        at = _BLANK.match(text, at).end()  # type: ignore[union-attr]  # it matches nothing too
        if text.startswith("<?", at):
            end = text.find("?>", at) + 2
        elif text.startswith("<!--", at):
            end = text.find("-->", at) + 3
        elif text[at : at + 9].upper() == "<!DOCTYPE":
            end = _past_doctype(text, at)
        else:
            break
        if end <= at:
            break
        at = end
    match = _NAME.match(text, at)
    root = match[2].lower() if match else None
    head = text[at : at + 2_000]
    space = re.search(r"\bxmlns\s*=\s*[\"']([^\"']*)", head.partition(">")[0])
    if root == "rss" or (match and root == "feed" and (space is None or ":" in match[1] or _is_read(space[1]))):
        return text[at:]
    if root == "rdf" and ("purl.org/rss/" in head or "my.netscape.com/rdf" in head):
        return text[at:]
    if root in ("urlset", "sitemapindex"):
        raise UnreadableInput(f"{name} is a site map, not a feed. {_ADVICE}")
    what = f"is XML of another kind ({match[1][:60]}), not a feed" if match else "holds no XML, so it is no feed"
    raise UnreadableInput(f"{name} {what}. {_ADVICE}")


def _past_doctype(text: str, at: int) -> int:
    """Return where a document type declaration ends."""
    inside = False
    for match in _DOCTYPE.finditer(text, at):
        mark = match[0]
        if mark in "[]":
            inside = mark == "["
        elif mark == ">" and not inside:
            return match.end()
    return -1


def _reference(match: re.Match[str]) -> str:
    """Return a reference that XML knows for one that it may not; a lone ampersand stands for itself."""
    decimal, hexadecimal, name = match.groups()
    if decimal or hexadecimal:
        number = int(decimal) if decimal else int(hexadecimal, 16)
        valid = number in (9, 10, 13) or 32 <= number < 0xD800 or 0xDFFF < number < 0xFFFE or 0xFFFF < number < 0x110000
        return match[0] if valid else ""
    if name in ("amp", "lt", "gt", "quot", "apos"):
        return match[0]
    if name and (meant := html5.get(f"{name};")):
        return "".join(f"&#{ord(char)};" for char in meant)
    return "&amp;" + match[0][1:]


def _piecewise(text: str) -> Sound:
    """Read each entry of a feed by itself, since something in it is damaged."""
    start = _OPENING.search(text)
    writer = _Writer()
    writer.read(text[: start.start()] if start else text)
    writer.begin("rss" if start and start[0].endswith("item") else "feed")
    damaged, cut = [], False
    for count, piece in enumerate(_pieces(text)):
        if piece is None:
            cut = True
        elif count >= ENTRIES:
            writer.more = True
            break
        elif writer.read(f"<{_AROUND}>{piece}</{_AROUND}>") is not None:
            damaged.append(count)
    return _sound(writer, cut=cut, damaged=tuple(damaged))


def _pieces(text: str) -> Iterator[str | None]:
    """Yield each entry from its opening to its closing tag; None for one without."""
    at = 0
    while match := _OPENING.search(text, at):
        closing = re.compile(rf"</{re.escape(match[0][1:])}\s*>").search(text, match.end())
        if closing is None:
            yield None
            return
        yield text[match.start() : closing.end()]
        at = closing.end()


def _sound(writer: _Writer, *, cut: bool, damaged: tuple[int, ...] = ()) -> Sound:
    """Return what was written."""
    return Sound(writer.xml(), writer.entries, damaged, cut and not writer.more, writer.more)


def _is_read(space: str) -> bool:
    """Whether a name space is one of those that are read."""
    return any(part in space.lower() for part in _SPACES)


#: The element that is put around an entry which is read by itself.
_AROUND = "dragoman.around"


@dataclass(slots=True)
class _Writer:
    """Reads XML and writes what is wanted of it; what it has written can always be made well-formed."""

    entries: int = 0
    more: bool = False
    _out: list[str] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)  # the elements that are written and open
    _declared: dict[str, str] = field(default_factory=dict)
    _used: set[str] = field(default_factory=set)
    _elements: int = 0
    _depth: int = 0
    _skipped: int = 0  # the depth of the element that is left out with all in it; 0: none
    _text: int = 0  # that of the text which is kept with its mark-up
    _entry: int = 0  # that of the entry
    _before: tuple[int, int] = (0, 0)  # what was written, and open, before it
    _room: int = LINE  # characters that the element may still have

    def read(self, text: str) -> expat.ExpatError | None:
        """Read XML; return what is wrong with it, having taken back the entry that was open."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.ordered_attributes = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        try:
            parser.Parse(text.encode(), True)
        except _Full:
            self.more = True
        except expat.ExpatError as error:
            self._take_back()
            return error
        return None

    def begin(self, root: str) -> None:
        """Open a root where none is open."""
        if not self._open:
            self._out.append(f"<{root}>")
            self._open.append(root)
            self._depth = 1

    def xml(self) -> bytes:
        """Return what was written, with the elements closed that are open."""
        missing = sorted(self._used - self._declared.keys() - {"xml"})
        spaces = "".join(f" xmlns:{prefix}={quoteattr(_USUAL.get(prefix, prefix))}" for prefix in missing)
        body = "".join(self._out) + "".join(f"</{name}>" for name in reversed(self._open))
        first = _NAME.match(body)
        at = first.end() if first else 0
        return f'<?xml version="1.0" encoding="utf-8"?>\n{body[:at]}{spaces}{body[at:]}'.encode()

    def _take_back(self) -> None:
        """Leave the entry out that is open; close what else is open below the root."""
        if self._entry:
            written, opened = self._before
            del self._out[written:], self._open[opened:]
        while self._open and self._open[-1].rpartition(":")[2].lower() not in _ROOTS:
            self._out.append(f"</{self._open.pop()}>")
        self._depth = len(self._open)
        self._entry = self._skipped = self._text = 0

    def _start(self, name: str, attributes: list[str]) -> None:
        if name == _AROUND:
            return
        self._depth += 1
        self._elements += 1
        if self._depth > DEPTH or self._elements > ELEMENTS:
            raise InputTooLarge(
                f"The feed has over {ELEMENTS:,} elements, or they lie over {DEPTH} deep in one another. It is no "
                "feed that can be read: give its pages."
            )
        if self._skipped:
            return
        given = list(zip(attributes[::2], attributes[1::2], strict=True))
        self._note_spaces(given)
        prefix, _, local = name.rpartition(":")
        local = local.lower()
        if self._text:
            name, prefix = name.rpartition(":")[2], ""
        if not (_SIMPLE.fullmatch(local) if self._text else self._is_wanted(prefix, local)):
            self._skipped = self._depth
            return
        if local in ("item", "entry") and not self._entry and not self._text:
            if self.entries >= ENTRIES:
                raise _Full
            self._entry, self._before = self._depth, (len(self._out), len(self._open))
        if prefix:
            self._used.add(prefix)
        kept = "".join(f" {key}={quoteattr(value)}" for key, value in given if self._is_kept(key, value))
        self._out.append(f"<{name}{kept}>")
        self._open.append(name)
        self._room = LINE
        if not self._text and local in _TEXTS:
            self._text = self._depth

    def _is_wanted(self, prefix: str, local: str) -> bool:
        """Whether an element is read."""
        if local not in _READ or not prefix:
            return local in _READ
        return bool(_SIMPLE.fullmatch(prefix)) and _is_read(self._declared.get(prefix, _USUAL.get(prefix, "")))

    def _is_kept(self, key: str, value: str) -> bool:
        """Whether an attribute is read."""
        if self._text:
            return key == "href"
        if key.startswith("xmlns"):
            prefix = key[6:]
            return key == "xmlns" or (key[5] == ":" and bool(value) and prefix not in ("xml", "xmlns"))
        if key == "xml:base":
            return len(value) <= BASE
        if key == "rdf:about":
            self._used.add("rdf")
        return key.lower() in _ATTRIBUTES

    def _note_spaces(self, given: list[tuple[str, str]]) -> None:
        """Note which prefixes stand for which name spaces."""
        for key, value in given:
            if key.startswith("xmlns:") and value:
                self._declared.setdefault(key[6:], value[:200])
        if len(self._declared) > PREFIXES:
            raise InputTooLarge(f"The feed has over {PREFIXES} name spaces. It is no feed that can be read.")

    def _characters(self, text: str) -> None:
        if self._skipped or not self._open:
            return
        if not self._text:
            text = text[: max(0, self._room)]
            self._room -= len(text)
        self._out.append(escape(text))

    def _end(self, name: str) -> None:
        if name == _AROUND:
            return
        if self._skipped:
            if self._depth == self._skipped:
                self._skipped = 0
            self._depth -= 1
            return
        self._out.append(f"</{self._open.pop()}>")
        if self._depth == self._text:
            self._text = 0
        if self._depth == self._entry:
            self._entry = 0
            self.entries += 1
        self._depth -= 1


def plain_text(markup: str) -> str:
    """Return a piece of HTML without its tags, entities decoded, on one line."""
    return " ".join(html.unescape(re.sub(r"<[a-zA-Z/!][^<>]*>", " ", markup)).split())
