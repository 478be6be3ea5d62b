"""Gzip files: one file, packed; it may be a document, a table, a web archive or a tar archive.

In:     a gzip file, open for reading, its place, what is known of it, and the walk with its limits.
Out:    `members`: what it holds, a web archive's records and a tar archive's files as if they lay in it.
Units:  bytes.

Of a file that breaks off, whole rows, records and files are taken, and then it is said that it broke off; the beginning
of a single document is not the document, and is not taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO, cast

from dragoman.errors import UnreadableInput
from dragoman.sources import tarred, warc
from dragoman.sources.kinds import HEAD, HOLDERS, Kind, kind_of, suffix_of
from dragoman.sources.known import Known
from dragoman.sources.member import Member
from dragoman.sources.unpacking import STEP, Gunzip, cleaned, close, content_of, name_in

if TYPE_CHECKING:
    from dragoman.sources.items import Walk

#: What is made of rows that stand by themselves: the whole ones before a break are taken.
_ROWS: tuple[Kind, ...] = ("csv", "json")
#: Bytes of a row of a table that breaks off in the middle of it. Guess.
_LONGEST_ROW = 1_000_000


def members(file: BinaryIO, place: str, found: Known, walk: Walk) -> Iterator[Member]:
    """Yield what a gzip file holds."""
    stream = Gunzip(file, walk)
    head = stream.read(HEAD)
    stream.unread(head)
    name = _inner_name(name_in(place))
    kind = kind_of(head, name)
    if head.startswith(b"WARC/"):
        yield from warc.members(stream, place, found, walk)
    elif head and (kind == "tar" or suffix_of(name) == ".tar"):
        yield from tarred.members(stream, place, found, walk)
        if stream.broken:  # only after the end of the archive: before it, the archive is cut off
            raise UnreadableInput(f"Its files were taken, but {stream.broken}. Fetch it anew to be sure.")
    else:
        yield from _one(stream, kind, name, place, found, walk)


def _one(stream: Gunzip, kind: Kind, name: str, place: str, found: Known, walk: Walk) -> Iterator[Member]:
    """Yield the one file that a gzip file holds."""
    content = content_of(iter(lambda: stream.read(STEP), b""), name, 0, walk, holds=kind in HOLDERS)
    try:
        rows = kind in _ROWS and not isinstance(content, bytes)
        if not stream.whole and not (rows and _cut_back(cast(BinaryIO, content), quoted=kind == "csv")):
            raise UnreadableInput(f"Unreadable: {stream.broken}, and a part is not the whole. Fetch it anew.")
        known = replace(found, charset=None, html=None)  # what a server says of the bytes, it says of the packed ones
        yield Member(f"{place}: {cleaned(name)}", name, content, found=known)
    finally:
        close(content)
    if stream.broken:
        taken = "What is whole was taken" if stream.whole else "The rows before the break were taken"
        raise UnreadableInput(f"{taken}, but {stream.broken}. Fetch it anew.")


def _cut_back(rows: BinaryIO, *, quoted: bool) -> bool:
    """Cut what breaks off back to its last whole row; with `quoted`, rows may have line breaks between quotes.

    Returns whether any row is left. Where a stray quote would cost much, the last line break counts as the end.
    """
    at = last = whole = 0
    inside = False
    while piece := rows.read(STEP):
        *lines, rest = piece.split(b"\n")
        for line in lines:
            at += len(line) + 1
            last = at
            inside ^= quoted and line.count(b'"') % 2 == 1
            whole = whole if inside else at
        at += len(rest)
        inside ^= quoted and rest.count(b'"') % 2 == 1
    rows.truncate(whole if last - whole < _LONGEST_ROW else last)
    rows.seek(0)
    return last > 0


def _inner_name(name: str) -> str:
    """Return the name of what a file of this name holds."""
    lower = name.lower()
    if lower.endswith(".tgz"):
        return f"{name[:-4]}.tar"
    return name[:-3] if lower.endswith(".gz") and len(name) > 3 else name
