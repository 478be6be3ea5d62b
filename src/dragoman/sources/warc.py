"""Web archives (WARC): the pages, texts and files that a crawler stored.

In:     a WARC file, plain or gzipped, open for reading; its place; the walk with its limits.
Out:    `members`: answers with status 200, resources and conversions whose type may be that of a document.
Dates:  the day after the crawl is the latest on which a document can have been published, never its publication date.
Units:  bytes.

fastwarc finds the records and parses their headers; it is given a `Tape`, which unpacks, counts and remembers. That is
because fastwarc ends without a word where a compressed file or a record breaks off, takes a length that is no number
for zero, and hands out a record before it notices that its length was wrong. So each record is handed out when what
follows it is known to be sound; where it is not, reading goes on at the next record, and a member says so.

A record is refused where its stored check sum of the block is wrong. The sum of the payload is not looked at: crawlers
disagree about whether it is that of the bytes as sent or as decoded. (Near 400 lines: records and what HTTP
wraps them in.)
"""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, cast

from dragoman.errors import InputTooLarge, UnreadableInput
from dragoman.sources.kinds import SUFFIXES, suffix_of
from dragoman.sources.known import Known
from dragoman.sources.member import Member
from dragoman.sources.unpacking import STEP, Gunzip, Tape, many, name_in, shown

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

    from dragoman.sources.items import Walk

#: The types of content that may be documents, with the suffix of their files.
TYPES: dict[str, str] = {
    "text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt", "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/rss+xml": ".xml", "application/atom+xml": ".xml", "application/rdf+xml": ".xml",
    "application/xml": ".xml", "text/xml": ".xml",
}  # fmt: skip
#: The headers of a record that are looked at.
_USED = (
    "WARC-Type", "WARC-Target-URI", "WARC-Date", "Content-Length", "Content-Type", "WARC-Block-Digest",
    "WARC-Truncated", "WARC-Segment-Number", "WARC-Identified-Payload-Type",
)  # fmt: skip
NO_DOCUMENT = "web archive records that hold no document"
OTHER_STATUS = "web archive records of answers with another status than 200"

#: Before the first page of the web nothing was crawled: an earlier day is that of a clock that was never set.
FIRST_CRAWL = date(1990, 12, 20)
#: Bytes of a header. Guess.
_HEADER = 64_000
_START = re.compile(rb"WARC/[01]\.\d{1,2}\r\n(?=[\w-]+:)")
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})\b")
_CHUNK = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,200})?\r?\n")
_FETCH, _PAGE = "Fetch the archive anew.", "Fetch the page itself."


@dataclass(frozen=True, slots=True)
class _Record:
    """A record: its headers, its block (only the beginning, where it is too long), and where in the stream it lies.

    `stop` is where it ends by what it states; it is not `whole` where that is no number or lies behind the end.
    """

    headers: dict[str, str]
    block: bytes
    body: int
    stop: int
    offset: int
    whole: bool

    @property
    def uri(self) -> str:
        """The address it was fetched from; some crawlers put it in angle brackets."""
        return self.headers["WARC-Target-URI"].strip().removeprefix("<").removesuffix(">")


class _Damage(Exception):
    """What comes next in the stream is no record."""


def members(file: BinaryIO | Gunzip, place: str, found: Known, walk: Walk) -> Iterator[Member]:
    """Yield what may be documents in a web archive; UnreadableInput where it breaks off."""
    if not isinstance(file, Gunzip):
        packed = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        file = Gunzip(file, walk) if packed else file
    tape = Tape(file)
    count = gaps = 0
    for record in _records(tape, walk.limits.max_bytes):
        if isinstance(record, int):
            gaps += 1
            error = UnreadableInput(f"{many(record, 'byte')} here belong to no record and were passed over. {_FETCH}")
            yield Member(f"{place}: after record {count:,}", "", error, offset=tape.passed)
            continue
        count += 1
        what = shown(record.uri) if record.uri else f"record {count:,}"
        try:
            member = _member(record, f"{place}: {what}", found, walk)
        except UnreadableInput as error:
            if walk.unpacked > walk.limits.max_archive_bytes:
                raise
            member = Member(f"{place}: {what}", "", error)
        if member is not None:
            yield replace(member, offset=record.offset)
    _check_end(tape, file.broken if isinstance(file, Gunzip) else None, count, gaps)


def _check_end(tape: Tape, broken: str | None, count: int, gaps: int) -> None:
    """UnreadableInput unless the archive ended where a record ended."""
    if isinstance(tape.error, UnreadableInput):
        raise tape.error
    after = f"after {many(count, 'record')}, which were taken" if count else "before any record could be taken"
    if tape.error or broken:
        said = broken or " ".join(str(tape.error).split())[:100]
        raise UnreadableInput(f"Broken off {after}: {said}. Fetch it anew.")
    if tape.cut:
        raise UnreadableInput(f"Cut off {after}, in the middle of {tape.cut}. Fetch it anew.")
    if not count and not gaps:
        raise UnreadableInput("It holds no record of a web archive (WARC/1.0 or 1.1). Check what it is.")


def _records(tape: Tape, limit: int) -> Iterator[_Record | int]:
    """Yield each record once what follows it is known, and how many bytes were passed over where that is no record.

    A record that is not sound, because its length is wrong or it breaks off, is yielded as one that is not whole.
    """
    while True:
        begin, held = tape.tell(), None
        try:
            for record in _run(tape, limit):
                if held:
                    yield held
                held = record
            if held is None or held.whole:
                if held:
                    yield held
                return
        except _Damage:
            pass
        sound = held is not None and held.whole and tape.at(held.stop, 4) == b"\r\n\r\n"
        if held and sound:
            yield held
        position = (held.stop + 4 if sound else held.body) if held else begin
        there = tape.find(_START, position)
        if there == begin and held is None:  # a header that fastwarc does not take
            there = tape.find(_START, begin + 1)
        if held and not sound:
            if there is None and not held.whole:
                tape.cut = shown(held.uri) if held.uri else "a record"
                return
            yield replace(held, whole=False)
        elif not tape.blank:
            yield (tape.end if there is None else there) - position
        if there is None:
            return


def _run(tape: Tape, limit: int) -> Iterator[_Record]:
    """Yield records as long as fastwarc finds them and they are whole; _Damage where it does not go on."""
    from fastwarc.warc import ArchiveIterator

    try:
        records = iter(ArchiveIterator(cast(BinaryIO, tape), parse_http=False, stream_detect=False))
        while (found := next(records, None)) is not None:
            record = _read(found, tape, limit)
            yield record
            if not record.whole:
                return
    except (OSError, ValueError) as error:
        raise _Damage from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # how Rust ends; it is no Exception
            raise _Damage from error
        raise


def _read(record: WarcRecord, tape: Tape, limit: int) -> _Record:
    """Read a record to its end."""
    tape.forget(record.stream_pos)
    head = tape.at(record.stream_pos, _HEADER).partition(b"\r\n\r\n")
    body = record.stream_pos + len(head[0]) + len(head[1])
    headers = {name: _text(record.headers.get_bytes(name.encode())) for name in _USED}
    stated = headers["Content-Length"].strip()
    length = int(stated) if re.fullmatch(r"[0-9]{1,18}", stated) else -1
    wanted = length if length <= limit + _HEADER else _HEADER
    block = record.reader.read(wanted) if wanted > 0 else b""
    passed = len(block)
    while passed < length and (piece := record.reader.read(min(STEP, length - passed))):
        block += piece if len(block) < wanted else b""
        passed += len(piece)
    return _Record(headers, block, body, body + max(length, 0), tape.passed, passed == length)


def _text(value: bytes | None) -> str:
    return (value or b"").decode("utf-8", "replace")


def _member(record: _Record, place: str, found: Known, walk: Walk) -> Member | None:
    """Return the document that a record may hold; None, counted, where it holds none."""
    kind = record.headers["WARC-Type"].strip().lower()
    if not record.whole or not kind:
        raise UnreadableInput(f"Its record states a wrong length, or is damaged. {_FETCH}")
    scheme = record.uri.partition(":")[0].lower()
    answer = None
    if kind == "response" and scheme not in ("dns", "whois"):
        answer = _Answer.of(record.block)
    elif kind == "conversion" or (kind == "resource" and scheme not in ("metadata", "urn")):
        answer = _Answer(200, {"content-type": record.headers["Content-Type"]}, record.block)
    if answer is None or answer.status != 200:
        walk.passed_over[OTHER_STATUS if answer else NO_DOCUMENT] += 1
        return None
    suffix = answer.suffix(record.headers["WARC-Identified-Payload-Type"])
    if suffix is None:
        walk.passed_over[NO_DOCUMENT] += 1
        return None
    _check(record, walk)
    data = answer.document(walk)
    known = Known(
        url=record.uri or None,
        charset=answer.charset,
        html={".html": True, ".txt": False}.get(suffix),
        latest=_latest(record.headers["WARC-Date"], walk.given.latest or found.latest),
    )
    name = name_in(shown(record.uri)) if record.uri else "record"
    if SUFFIXES.get(suffix_of(name)) != SUFFIXES.get(suffix):
        name += suffix
    return Member(place, name, data, text=True if kind == "conversion" and suffix == ".txt" else None, found=known)


def _latest(stated: str, otherwise: date | None) -> date | None:
    """Return the day after the crawl (it is tomorrow already elsewhere), or the latest day otherwise, if earlier."""
    try:
        day = date.fromisoformat(stated.strip()[:10]) + timedelta(days=1)  # stated in UTC
    except (ValueError, OverflowError):
        return otherwise
    if day < FIRST_CRAWL:
        return otherwise
    return min(day, otherwise) if otherwise else day


def _check(record: _Record, walk: Walk) -> None:
    """UnreadableInput for a block that is too long, or not what was fetched."""
    if len(record.block) < record.stop - record.body:
        raise InputTooLarge(
            f"It has {record.stop - record.body:,} bytes; at most {walk.limits.max_bytes:,} are read (max_bytes). "
            "Cut it into its documents."
        )
    if why := record.headers["WARC-Truncated"].strip():
        raise UnreadableInput(f"The crawler stored only its beginning ({shown(why)}). {_PAGE}")
    if record.headers["WARC-Segment-Number"].strip():
        raise UnreadableInput(f"It is stored in parts, which are not put together. {_PAGE}")
    name, _, stated = record.headers["WARC-Block-Digest"].strip().partition(":")
    if name.lower() in ("md5", "sha1", "sha256", "sha512"):
        digest = hashlib.new(name.lower(), record.block, usedforsecurity=False).digest()
        if stated.lower().rstrip("=") not in (digest.hex(), base64.b32encode(digest).decode().lower().rstrip("=")):
            raise UnreadableInput(f"Its bytes are not those that were stored: the check sum is wrong. {_FETCH}")


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a server answered: the status (0: not to be told), headers by their names in small letters, the body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @classmethod
    def of(cls, block: bytes) -> _Answer:
        """Return the answer that a block holds."""
        status = _STATUS.match(block)
        if not status:
            raise UnreadableInput(f"It does not begin with the header of an answer (HTTP). {_FETCH}")
        end = re.search(rb"\r?\n\r?\n", block[:_HEADER])
        if end is None and len(block) >= _HEADER:
            raise UnreadableInput(f"The header of the answer (HTTP) has more than {_HEADER:,} bytes. Leave it out.")
        lines = block[: end.start() if end else len(block)].decode("latin-1").splitlines()[1:]
        pairs = (line.partition(":") for line in lines)
        headers = {name.strip().lower(): value.strip() for name, colon, value in pairs if colon}
        return cls(int(status[1]), headers, block[end.end() :] if end else b"")

    @property
    def type(self) -> str:
        """The type of the content, without what follows it."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The encoding that is declared for it."""
        found = re.search(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", self.headers.get("content-type", ""), re.I)
        return found[1] if found else None

    def suffix(self, identified: str) -> str | None:
        """Return how the file of such a document ends, "" where only a look can tell, None where it is none."""
        for type_ in (self.type, identified.partition(";")[0].strip().lower()):
            if type_ and type_ != "application/octet-stream":
                return TYPES.get(type_)
        if self.body.startswith(b"%PDF-"):
            return ".pdf"
        return "" if not self.type and b"\0" not in self.body[:1000] else None

    def document(self, walk: Walk) -> bytes:
        """Return the body as it was before it was sent."""
        data = self.body
        encodings = [*_listed(self.headers.get("content-encoding")), *_listed(self.headers.get("transfer-encoding"))]
        if len(encodings) > 3:
            raise UnreadableInput(f"It is packed more than three times over, which is not read. {_PAGE}")
        stated = self.headers.get("content-length", "")
        if not encodings and re.fullmatch(r"[0-9]{1,18}", stated) and len(data) < int(stated):
            raise UnreadableInput(f"Only {len(data):,} of its {int(stated):,} bytes were stored. {_PAGE}")
        for encoding in reversed(encodings):
            data = _undone(encoding, data, walk)
        if len(data) > walk.limits.max_bytes:
            raise _too_large(walk)
        if not data:
            raise UnreadableInput(f"The answer is empty: a header without a page. {_PAGE}")
        return data


def _listed(value: str | None) -> list[str]:
    return [one for one in re.split(r"[\s,]+", (value or "").lower()) if one not in ("", "identity", "none", "utf-8")]


def _too_large(walk: Walk) -> InputTooLarge:
    limit = walk.limits.max_bytes
    return InputTooLarge(f"It has over {limit:,} bytes; at most {limit:,} are read (max_bytes). Cut it up.")


def _undone(encoding: str, data: bytes, walk: Walk) -> bytes:
    """Return what was packed in this way; crawlers that unpack at once leave the header, and the bytes as they are."""
    if encoding == "chunked":
        return _unchunked(data) if _CHUNK.match(data) else data
    if encoding in ("gzip", "x-gzip"):
        if not data.startswith(b"\x1f\x8b"):
            return data
        stream = Gunzip(BytesIO(data), walk)
        out = stream.read(walk.limits.max_bytes + 1)
        if len(out) > walk.limits.max_bytes:
            raise _too_large(walk)
        if not stream.whole:
            raise UnreadableInput(f"What was sent is not whole: {stream.broken}. {_PAGE}")
        return out
    if encoding == "deflate":
        return _inflated(data, walk)
    raise UnreadableInput(f"It is packed by a method that is not read ({shown(encoding)[:40]}). {_PAGE}")


def _inflated(data: bytes, walk: Walk) -> bytes:
    """Undo "deflate", which is sent with and without the frame of zlib."""
    for window in (15, -15):
        inner = zlib.decompressobj(window)
        try:
            out = inner.decompress(data, walk.limits.max_bytes + 1)
        except zlib.error:
            continue
        walk.unpack(len(out))
        if len(out) > walk.limits.max_bytes:
            raise _too_large(walk)
        if inner.eof:
            return out
    raise UnreadableInput(f"What was sent is damaged or cut off (deflate). {_PAGE}")


def _unchunked(data: bytes) -> bytes:
    """Undo "chunked": sizes in hexadecimal, each before so many bytes; nought is the end."""
    parts: list[bytes] = []
    at = 0
    while head := _CHUNK.match(data, at):
        size = int(head[1], 16)
        if not size:
            return b"".join(parts)
        parts.append(data[head.end() : head.end() + size])
        at = head.end() + size
        at += 2 if data[at : at + 2] == b"\r\n" else data[at : at + 1] == b"\n"
    raise UnreadableInput(f"What was sent breaks off, or its chunks are damaged. {_PAGE}")
