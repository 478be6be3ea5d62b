"""Mail: the text of a message and the documents attached to it.

In:     a mail as it is stored (.eml).
Out:    `Member`s: the body, then each attachment that may hold a document; both dated by the mail and published by its
        sender.
Dates:  the day of the Date header where the sender was; an impossible one is none.
Units:  bytes; seconds.

Pictures, signatures, calendars and the like are counted as passed over. No link is followed, nothing is written.

The parser's older policy (`compat32`) is used: the newer one reads a header in time that grows with the square of its
length, so that 100 kB in one Subject take eight seconds.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from email.errors import CloseBoundaryNotFoundDefect
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesFeedParser
from email.policy import compat32
from email.utils import parseaddr, parsedate_tz, unquote
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from dragoman.errors import InputTooLarge, UnreadableInput
from dragoman.sources.kinds import HOLDERS, SUFFIXES, suffix_of
from dragoman.sources.known import Known
from dragoman.sources.member import Member

if TYPE_CHECKING:
    from dragoman.sources.items import Walk
    from dragoman.sources.limits import Limits

#: A mail may be this many times `Limits.max_bytes`: what is attached is written in four letters for three bytes.
ENCODED = 1.5
#: Bytes that are parsed before the clock is looked at. Guess.
PIECE = 1 << 16
#: Characters of a header that are read, and of a name that is shown. Guesses.
LONGEST_HEADER, LONGEST_NAME = 2_000, 120

#: Content types of the kinds that are read, and the ending that says so.
TYPES: dict[str, str] = {
    "text/plain": ".txt", "text/markdown": ".md", "text/html": ".html", "application/xhtml+xml": ".html",
    "application/pdf": ".pdf", "application/x-pdf": ".pdf", "text/csv": ".csv", "text/tab-separated-values": ".tsv",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx", "application/json": ".json",
    "application/x-ndjson": ".jsonl", "application/rss+xml": ".rss", "application/atom+xml": ".atom",
    "application/xml": ".xml", "text/xml": ".xml", "application/zip": ".zip", "application/gzip": ".gz",
    "application/x-gzip": ".gz", "application/x-tar": ".tar", "application/warc": ".warc",
    "application/vnd.apache.parquet": ".parquet", "message/rfc822": ".eml",
}  # fmt: skip
PASSED_OVER = "mail parts that are no documents"

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")


@dataclass(slots=True)
class Parts:
    """The parts of a mail: those that make its body, those attached, and how many are neither."""

    body: list[Message] = field(default_factory=list)
    attached: list[Message] = field(default_factory=list)
    others: int = 0


def members(file: BinaryIO, place: str, found: Known, walk: Walk) -> Iterator[Member]:
    """Yield the body of a mail and the documents attached to it.

    Raises UnreadableInput for a mail that holds neither, that is too large or nested too deeply, or that breaks off.
    """
    mail = _parsed(file, walk.limits)
    broken_off = _breaks_off(mail)
    parts = _parts(mail)
    walk.passed_over[PASSED_OVER] += parts.others
    known = _known(mail, found)
    count = 0
    if body := _body(parts.body, place, known):
        count += 1
        yield body
    known = replace(known, title=None, charset=None, html=None)
    last = _last(mail)
    for number, part in enumerate(parts.attached, 1):
        count += 1
        yield _attached(part, number, place, known, walk.limits, whole=not (broken_off and part is last))
    if broken_off:
        raise UnreadableInput(f"The mail breaks off after {count} of its parts, the last one cut. Fetch it anew.")
    if not count:
        raise UnreadableInput("The mail holds no text and no document. Check that it is the right file.")


def _parsed(file: BinaryIO, limits: Limits) -> Message:
    """Return the mail, parsed piece by piece against the clock: parts nested in parts take time by their depth."""
    parser = BytesFeedParser(policy=compat32)
    end = time.monotonic() + limits.extract_seconds
    size = 0
    try:
        while piece := file.read(PIECE):
            size += len(piece)
            if size > ENCODED * limits.max_bytes:
                raise InputTooLarge(
                    f"The mail is larger than {int(ENCODED * limits.max_bytes):,} bytes, {ENCODED} times max_bytes. "
                    "Save what is attached to it and give that."
                )
            if time.monotonic() > end:
                raise UnreadableInput(
                    f"The mail was not read within {limits.extract_seconds:g} seconds (extract_seconds). "
                    "Save what is attached to it and give that."
                )
            parser.feed(piece)
        return parser.close()
    except RecursionError:
        raise UnreadableInput(
            "The parts of the mail are nested too deeply. Save what is attached to it and give that."
        ) from None


def _breaks_off(mail: Message) -> bool:
    """Whether the end of the mail's parts is missing."""
    return any(isinstance(defect, CloseBoundaryNotFoundDefect) for defect in mail.defects)


def _last(mail: Message) -> Message | None:
    """Return the part at the end of a mail."""
    part = mail
    while _is_multipart(part):
        part = _children(part)[-1]
    return part


def _is_multipart(part: Message) -> bool:
    """Whether a part holds others; an attached mail does not, as it is opened by itself."""
    return part.get_content_maintype() == "multipart" and bool(_children(part))


def _children(part: Message) -> list[Message]:
    """Return the parts in a part."""
    inside = part.get_payload()
    return [child for child in inside if isinstance(child, Message)] if isinstance(inside, list) else []


def _parts(mail: Message) -> Parts:
    """Sort the parts of a mail, of which the parser has kept the depth within bounds."""
    parts = Parts()
    stack = [(mail, True)]
    while stack:
        part, read = stack.pop()
        if not _is_multipart(part):
            _sort(part, parts, read=read)
            continue
        children = _children(part)
        best = _best(children) if part.get_content_subtype() == "alternative" else None
        stack += [(child, read and best in (None, child)) for child in reversed(children)]
    return parts


def _best(choices: list[Message]) -> Message | None:
    """Return which of several forms of one text to read: plain text, else HTML, else what holds one; None: all."""
    for wanted in ("text/plain", "text/html"):
        for choice in choices:
            if choice.get_content_type() == wanted and _bytes(choice).strip():
                return choice
    return next((choice for choice in reversed(choices) if _is_multipart(choice)), None)


def _is_text(part: Message) -> bool:
    return part.get_content_type() in ("text/plain", "text/html")


def _sort(part: Message, parts: Parts, *, read: bool) -> None:
    """Put a part where it belongs; unless `read`, its text is another form of one that is taken."""
    name, sort = _name(part), part.get_content_type()
    inline = not name and part.get_content_disposition() != "attachment"
    if inline and (_is_text(part) or part.get_content_maintype() == "multipart"):  # a multipart without parts is text
        if not read:
            return
        same = not parts.body or parts.body[0].get_content_type() == sort
        (parts.body if same else parts.attached).append(part)
    elif suffix_of(name) in SUFFIXES or (sort in TYPES and not (sort == "text/plain" and suffix_of(name))):
        parts.attached.append(part)
    else:
        parts.others += 1


def _body(parts: list[Message], place: str, known: Known) -> Member | None:
    """Return the body of a mail, None where it is blank; one that pictures cut into pieces is put together."""
    texts = [(data, part) for part in parts if (data := _bytes(part)).strip()]
    if not texts:
        return None
    data, first = texts[0]
    charset = _charset(first)
    if len(texts) > 1:
        data = b"\n\n".join(_text(data, _charset(part)).encode("utf-8", "replace") for data, part in texts)
        charset = "utf-8"
    name = place.rsplit(": ", 1)[-1].rsplit("/", 1)[-1]
    plain = first.get_content_type() != "text/html"
    return Member(place, name, data, plain, replace(known, charset=charset, html=not plain))


def _attached(part: Message, number: int, place: str, known: Known, limits: Limits, *, whole: bool) -> Member:
    """Return an attachment; where it is too large, or the mail breaks off in it, the reason why it is not read."""
    name = _name(part)
    suffix = suffix_of(name) if suffix_of(name) in SUFFIXES else TYPES.get(part.get_content_type(), "")
    name = name or f"attachment {number}"
    if suffix_of(name) != suffix:
        name += suffix
    where = f"{place}: {name}"
    if not whole:
        return Member(where, name, UnreadableInput(f"The mail breaks off in {name}. Fetch it anew."), found=known)
    try:
        data = _mail_bytes(part) if part.get_content_type() == "message/rfc822" else _bytes(part)
    except Exception:  # a mail that its own parser cannot write again
        return Member(where, name, UnreadableInput(f"{name} is damaged. Save it from the mail and give that."))
    known = replace(known, charset=_charset(part) if part.get_content_maintype() == "text" else None)
    if len(data) <= limits.max_bytes:
        return Member(where, name, data, found=known)
    if SUFFIXES[suffix] in HOLDERS:
        return Member(where, name, BytesIO(data), found=known)
    size = f"{name} has {len(data):,} bytes; at most {limits.max_bytes:,} are read (max_bytes)."
    return Member(where, name, InputTooLarge(f"{size} Cut it into its documents."), found=known)


def _mail_bytes(part: Message) -> bytes:
    """Return a mail in a mail as it would be stored."""
    inner = (_children(part) or [part])[0]
    if not inner.keys() and part.get("Content-Transfer-Encoding", "").strip().lower() == "base64":
        inner["Content-Transfer-Encoding"] = "base64"  # forbidden, but done: the parser has taken it for a blank mail
        return _bytes(inner)
    return inner.as_bytes() if inner is not part else _bytes(part)


def _bytes(part: Message) -> bytes:
    """Return the content of a part, as far as it can be decoded."""
    try:
        data = part.get_payload(decode=True)
    except Exception:  # hostile encodings break the parser in several ways
        return b""
    return data if isinstance(data, bytes) else b""


def _text(data: bytes, charset: str | None) -> str:
    """Decode a piece of a body that is to be joined with others."""
    for encoding in (charset or "utf-8", "utf-8"):
        try:
            return data.decode(encoding)
        except (LookupError, ValueError):
            continue
    return data.decode("cp1252", "replace")


def _charset(part: Message) -> str | None:
    """Return the encoding that a part declares."""
    try:
        return part.get_content_charset()
    except Exception:  # a name that no encoding can have
        return None


def _name(part: Message) -> str:
    """Return the name of an attachment without folders and marks, "" where it has none."""
    try:
        name = _line(part.get_filename() or "")
    except Exception:  # an encoding that is none
        return ""
    name = name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1].strip(". ")
    if len(name) > LONGEST_NAME:
        name = name[: LONGEST_NAME - 12] + name[-12:]
    return name


def _known(mail: Message, found: Known) -> Known:
    """Return what the headers say, and what the place says where they say nothing."""
    sender, address = _sender(_header(mail, "From", decoded=False))
    domain = address.rpartition("@")[2] if "@" in address else ""
    day = _day(_header(mail, "Date"))
    return replace(
        found,
        published=day or found.published,
        dated_by="metadata" if day else found.dated_by,
        title=_header(mail, "Subject") or None,
        publisher=_line(sender) or _line(domain).lower() or found.publisher,
    )


def _sender(value: str) -> tuple[str, str]:
    """Return name and address in a From header; names stand there with commas and colons that should be quoted."""
    name, mark, address = value.strip().rpartition("<")
    return (unquote(name.strip()), address.rstrip(">")) if mark and name.strip() else parseaddr(value)


def _day(value: str) -> date | None:
    """Return the day of a Date header; the parser would take the year 0001 for 2001."""
    if re.search(r"[A-Za-z]{3}[ -]+0\d{3}\b", value):
        return None
    try:
        parsed = parsedate_tz(value)
        return date(*parsed[:3]) if parsed else None
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _header(mail: Message, name: str, *, decoded: bool = True) -> str:
    """Return a header in one line, "" where it is missing; bytes beyond ASCII are read though they are forbidden."""
    raw = next((str(value) for key, value in mail.raw_items() if key.lower() == name.lower()), "")[:LONGEST_HEADER]
    value = _text(raw.encode("utf-8", "surrogateescape"), None)
    return _line(value) if decoded else _CONTROL.sub(" ", value)


def _line(value: str) -> str:
    """Return the text of a header, its encoded words decoded, in one line without control characters."""
    if "=?" in value:
        with suppress(Exception):  # an encoding that is none, bytes that are not in it: shown as they stand
            value = str(make_header(decode_header(_CONTROL.sub(" ", value))))
    return " ".join(_CONTROL.sub(" ", value).split())
