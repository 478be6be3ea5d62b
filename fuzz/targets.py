"""Targets: the parsers, what each is given, and what must hold of its answer.

In:     nothing.
Out:    `TARGETS`, by name.

Of every parser holds: it returns or raises a DragomanError with a message, in time and within memory. What it returns
is looked at too: ranges lie in their text, names bear no control characters, `items` never raise.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from hypothesis import strategies as st

from dragoman.domain import Document, Reading
from dragoman.errors import DragomanError, UnreadableInput, WrongLanguage
from dragoman.sources import Known, Limits, Walk
from dragoman.sources.files import Input
from dragoman.sources.items import items
from dragoman.sources.kinds import Kind, kind_of
from dragoman.sources.known import NOTHING
from dragoman.sources.making import document_of
from dragoman.sources.member import Member
from fuzz import seeds, words
from fuzz.inputs import anything, squeezed, text_of
from fuzz.running import Target

#: Small, so that inputs reach them.
SMALL = Limits(
    max_bytes=200_000, max_characters=50_000, max_archive_bytes=5_000_000, max_members=500, extract_seconds=10.0
)
#: Names that things are given: what a file is depends on its name too.
NAMES = (
    "a.txt", "a.html", "a.xml", "a.csv", "a.tsv", "a.json", "a.jsonl", "a.eml", "a.warc", "a.warc.gz", "a.gz", "a.tgz",
    "a.zip", "a.tar", "a.csv.gz", "2024-05-07-a.md", "a", "a.parquet",
)  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


# -- what must hold ----------------------------------------------------------------------------------------------------


def check_document(document: Document) -> None:
    """Check what the readers of a document rely on."""
    text = document.text
    ranges = [*document.paragraphs, *filter(None, (document.headline, document.dateline))]
    for start, end in ranges:
        assert 0 <= start < end <= len(text), f"range {start}:{end} of {len(text)}"
        assert text[start:end].strip(), f"blank range {start}:{end}"
    for (_, end), (start, _) in zip(document.paragraphs, document.paragraphs[1:], strict=False):
        assert end <= start, "paragraphs overlap"
    assert text.strip()
    text.encode()  # whole characters alone
    assert (document.published is None) == (document.dated_by is None)
    for line in (document.title, document.publisher):
        assert line is None or (line.strip() and "\n" not in line), f"bad line {line!r}"


def check_member(member: Member) -> None:
    """Check what a holder hands out, and read it."""
    assert not _CONTROL.search(member.place), f"control characters in {member.place!r}"
    assert len(member.place) < 600, f"{len(member.place)} characters in a place"
    content = member.content
    if isinstance(content, bytes):
        assert len(content) <= SMALL.max_bytes, f"{len(content)} bytes in memory"
    elif isinstance(content, UnreadableInput):
        assert str(content).strip()
    elif hasattr(content, "read"):
        while content.read(1 << 16):
            pass


def _walk() -> Walk:
    return Walk(given=Known(latest=date(2030, 1, 1)), limits=SMALL)


def _held(kind: Kind, data: bytes, name: str = "a") -> None:
    """Take all the members that a holder hands out."""
    from dragoman.sources.holders import holder

    file: BinaryIO = BytesIO(data)
    for count, member in enumerate(holder(kind)(file, name, NOTHING, _walk())):
        check_member(member)
        if count > SMALL.max_members:
            break


# -- checks ------------------------------------------------------------------------------------------------------------


def _decode(data: bytes) -> None:
    from dragoman.sources.decode import decode

    charset = (None, "utf-16", "cp1252", "shift_jis", "nonsense", "utf-7")[data[0] % 6 if data else 0]
    text, _ = decode(data[1:], "a", charset=charset, html=bool(data[:1] > b"\x80"))
    assert "\r" not in text
    assert "\0" not in text


def _html(data: bytes) -> None:
    from dragoman.sources.html import article

    found = article(text_of(data), "a", limits=SMALL)
    assert found.text.strip()


def _document(data: bytes) -> None:
    kind: Kind = "html" if data[:1] == b"<" else "text"
    check_document(document_of(data, "a", kind=kind, limits=SMALL))


def _layout(data: bytes) -> None:
    from dragoman.sources.blocks import blocks
    from dragoman.sources.layout import layout
    from dragoman.sources.pieces import cut

    text = text_of(data)
    end = 0
    for block in blocks(text):
        assert end <= block.start < block.end <= len(text)
        end = block.end
    found = layout(text, text[:40] if text.startswith("L") else None)
    pieces, _ = cut(text, found.paragraphs, Limits(max_word=30, max_paragraph=200))
    end = 0
    for start, stop in pieces:
        assert end <= start < stop <= len(text)
        assert stop - start <= 200
        end = stop


def _english(data: bytes) -> None:
    from dragoman.sources.english import check_english

    try:
        check_english(text_of(data))
    except WrongLanguage as error:
        assert str(error)


def _dateline(data: bytes) -> None:
    from dragoman.sources.dateline import dated_line, dateline_alone, find_dateline

    for line in text_of(data).split("\n"):
        found = find_dateline(line)
        assert found is None or 0 <= found.end <= len(line)
        dateline_alone(line)
        dated_line(line)


def _dates(data: bytes) -> None:
    from dragoman.sources.dates import day_in_address, day_in_name, full_dates, parse_date

    text = text_of(data)
    day_in_address(text)
    day_in_name(text)
    for found in full_dates(text):
        assert 0 <= found.start < found.end <= len(text)
    parse_date(text)


def _cells(data: bytes) -> None:
    from dragoman.sources.rows import to_day

    text = text_of(data)
    values: list[Any] = [text, data, *text.split(";")]
    with suppress(ValueError, RecursionError):
        values.append(json.loads(text))
    for value in values:
        day = to_day(value)
        assert day is None or type(day) is date


def _feed_day(data: bytes) -> None:
    from dragoman.sources.feeds import feed_day

    for value in text_of(data).split(";"):
        day = feed_day(value)
        assert day is None or type(day) is date


def _map(data: bytes) -> None:
    from dragoman.sources.rows import parse_map

    found = parse_map(text_of(data))
    assert found
    assert all(name and column for name, column in found.items())


def _address(data: bytes) -> None:
    from dragoman.ledger.arrivals import address_of, words_of
    from dragoman.sources.fetch import is_public
    from dragoman.sources.kinds import suffix_of
    from dragoman.sources.making import host_of

    text = text_of(data)
    found = address_of(text)
    assert found is None or found
    host_of(text)
    suffix_of(text)
    is_public(text)
    words_of(text.encode("utf-8", "replace").decode())


def _robots(data: bytes) -> None:
    from dragoman.sources.fetch import Page
    from dragoman.sources.robots import Robots

    said = Robots(lambda url: Page(data, url, NOTHING))
    url = "https://example.org/" + text_of(data[-60:])
    said.allowed("https://example.org/private/a.pdf?b=%20")
    said.allowed(url)
    delay = said.delay(url)
    assert delay is None or delay >= 0


@cache
def _folder() -> Path:
    """Return a folder for files that must lie on a disk; it goes with the process."""
    keep = tempfile.TemporaryDirectory(prefix="fuzz-")
    _kept.append(keep)
    return Path(keep.name)


_kept: list[Any] = []


def _wanted(data: bytes) -> None:
    from dragoman.intake.wanted import wanted

    path = _folder() / "sources.toml"
    path.write_bytes(data)
    assert wanted(path)


def _feeds(data: bytes) -> None:
    from dragoman.sources.feeds import parse_feed

    parse_feed(data, "a")
    _held("feed", data)


def _pdf(data: bytes) -> None:
    from dragoman.sources.pdf import pdf_text

    assert pdf_text(data, "a.pdf", limits=SMALL).text.strip()


def _docx(data: bytes) -> None:
    from dragoman.sources.docx import docx_text

    assert docx_text(data, "a.docx", limits=SMALL).text.strip()


def documents_of(data: bytes) -> tuple[int, list[str]]:
    """Give a file to `items`; return how many documents came of it, and why the other items were refused."""
    name, data = NAMES[data[0] % len(NAMES) if data else 0], data[1:]
    if kind_of(data, name) in ("pdf", "docx"):
        return 0, []  # these have targets of their own, as each input starts a process
    path = _folder() / name
    path.write_bytes(data)
    count, refused = 0, []
    for item in items([Input(str(path), len(data))], _walk()):
        assert not _CONTROL.search(item.place.removeprefix(str(path))), f"control characters in {item.place!r}"
        try:
            made = item.make()
        except UnreadableInput as error:
            assert str(error).strip(), "a refusal without a reason"
            refused.append(str(error))
        else:
            check_document(made.document if isinstance(made, Reading) else made)
            count += 1
    return count, refused


def _items(data: bytes) -> None:
    try:
        documents_of(data)
    except DragomanError as error:
        raise AssertionError(f"items raised {type(error).__name__}: {error}") from error


# -- the table ---------------------------------------------------------------------------------------------------------


def sound_files() -> Sequence[bytes]:
    """Return sound files of every kind, each behind the number of a name that fits it."""
    page, text, row, feed = seeds.PAGE.encode(), seeds.TEXT.encode(), seeds.CSV.encode(), seeds.RSS.encode()
    nested = seeds.zipped(
        a_csv=row, b_zip=seeds.zipped(a_html=page, c_warc=seeds.warc()), d_xml=feed, e_eml=seeds.mail()
    )
    named = {
        "a.txt": [text, seeds.MARKS.encode()], "a.html": [page], "a.xml": [feed, seeds.ATOM.encode()], "a.csv": [row],
        "a.tsv": [seeds.TSV.encode()], "a.json": [seeds.reading()], "a.jsonl": [seeds.json_lines()],
        "a.eml": [seeds.mail()], "a.warc": [seeds.warc(), seeds.chunked()], "a.warc.gz": [seeds.gzipped(seeds.warc())],
        "a.gz": [seeds.gzipped(text)], "a.tgz": [seeds.gzipped(seeds.tarred(a_txt=text, b_jsonl=seeds.json_lines()))],
        "a.zip": [nested], "a.tar": [seeds.tarred(a_txt=text, b_zip=nested)], "a.csv.gz": [seeds.gzipped(row)],
        "2024-05-07-a.md": [text], "a": [text, page, feed, nested], "a.parquet": [seeds.parquet()],
    }  # fmt: skip
    return [bytes([NAMES.index(name)]) + data for name, datas in named.items() for data in datas]


def _table() -> dict[str, Target]:
    """Return the targets by name."""
    text, page, marks = seeds.TEXT.encode(), seeds.PAGE.encode(), seeds.MARKS.encode()
    feeds, rows = [seeds.RSS.encode(), seeds.ATOM.encode()], [seeds.CSV.encode(), seeds.TSV.encode()]
    dates, addresses = [seeds.DATES.encode()], [one.encode() for one in seeds.ADDRESSES]
    packed = [b"\0" + text.decode().encode(name) for name in ("utf-8", "utf-16", "cp1252", "utf-8-sig", "utf-32")]
    inside = seeds.zipped(a_txt=text, b_html=page)
    warcs, mixed = [seeds.warc(), seeds.chunked()], [seeds.json_lines(), seeds.reading()]
    tars = [seeds.tarred(a_txt=text, b_csv=rows[0], c_zip=inside)]
    held: Callable[[Kind], Callable[[bytes], None]] = lambda kind: partial(_held, kind)  # noqa: E731
    table = [
        Target("decode", _decode, anything([*packed, page])),
        Target("html", _html, anything([page], words.HTML), seconds=10, share=2),
        Target("document", _document, anything([text, page, marks], words.TEXT), seconds=10, share=2),
        Target("layout", _layout, anything([text, marks], words.TEXT)),
        Target("english", _english, anything([text], words.TEXT), share=0.5),
        Target("dateline", _dateline, anything([marks, text], words.TEXT)),
        Target("dates", _dates, anything([*dates, *addresses, b"2024-05-07"], words.DATE)),
        Target("cells", _cells, anything([*dates, b'"2024-05-07"', b"1715040000.5"], words.DATE)),
        Target("feed-days", _feed_day, anything([*dates, b"Tue, 07 May 2024 09:30:00 +0300"], words.DATE)),
        Target("map", _map, anything([b"text=body,published=date,url=link"], words.ROW), share=0.5),
        Target("addresses", _address, anything(addresses, words.ADDRESS)),
        Target("robots", _robots, anything([seeds.ROBOTS.encode()], words.ROBOTS)),
        Target("wanted", _wanted, anything([seeds.WANTED.encode()], words.TOML), share=0.5),
        Target("feeds", _feeds, anything(feeds, words.XML), share=3),
        Target("tables", held("csv"), anything(rows, words.ROW), share=2),
        Target("json", held("json"), anything(mixed, words.JSON), share=2),
        Target("parquet", held("parquet"), anything([seeds.parquet()]), share=2),
        Target("warc", held("warc"), anything(warcs, words.WARC), share=3),
        Target("gzip", held("gzip"), st.one_of(anything([seeds.gzipped(each) for each in (text, *warcs, *tars)]),
                                               squeezed(anything([*warcs, *tars, *rows], words.WARC))), share=2),
        Target("zip", held("zip"), anything([inside, seeds.zipped(a_zip=inside, b_csv=rows[0])]), share=2),
        Target("tar", held("tar"), anything(tars), share=2),
        Target("mail", held("mail"), anything([seeds.mail()], words.MAIL), share=2),
        Target("pdf", _pdf, anything([seeds.pdf()], words.PDF), share=2),
        Target("docx", _docx, anything([seeds.docx()]), share=1.5),
        Target("items", _items, anything(sound_files()), seconds=10, share=5),
    ]  # fmt: skip
    return {one.name: one for one in table}


TARGETS = _table()
