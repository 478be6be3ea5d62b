"""Zip archives: the files in them that may be documents or hold some.

In:     a zip archive, open for reading, its place, and the walk with its limits.
Out:    `members`, in the order of the archive's directory; a file that cannot be unpacked is a member that says why.
Units:  bytes.

The directory is read by the standard library, the files are inflated here: that library believes the size that the
directory states and drops what is more of it. A file that shares its bytes with another is refused, since that is how
a few kilobytes are made into terabytes. Nothing is written under a name from the archive, and no link is followed.
"""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, cast

from dragoman.errors import UnreadableInput
from dragoman.sources.known import Known
from dragoman.sources.member import Member
from dragoman.sources.unpacking import (
    FOLDERS,
    OTHERS,
    STEP,
    Bounded,
    check_ratio,
    cleaned,
    close,
    content_of,
    other,
)  # fmt: skip

if TYPE_CHECKING:
    from dragoman.sources.items import Walk

_LOCAL = struct.Struct("<4s2xHH16xHH")
_ENCRYPTED = 0x1


def members(file: BinaryIO, place: str, found: Known, walk: Walk) -> Iterator[Member]:
    """Yield the files in an archive."""
    infos = _directory(file)
    shared = _shared(infos)
    known = Known(latest=found.latest)
    for info in infos:
        if info.filename.endswith("/"):
            walk.passed_over[FOLDERS] += 1
            continue
        if other(info.filename):
            walk.passed_over[OTHERS] += 1
            continue
        content: bytes | BinaryIO | UnreadableInput
        try:
            _check(info, shared)
            content = content_of(_inflated(file, info, walk), info.filename, info.file_size, walk)
        except UnreadableInput as error:
            if walk.unpacked > walk.limits.max_archive_bytes:
                raise
            content = error
        name = cleaned(info.filename)
        end = info.header_offset + info.compress_size
        yield Member(f"{place}: {name}", name.rsplit("/", 1)[-1], content, found=known, offset=end)
        close(content)


def _directory(file: BinaryIO) -> list[zipfile.ZipInfo]:
    """Return what the archive says it holds."""
    try:
        return zipfile.ZipFile(cast(BinaryIO, Bounded(file))).infolist()
    except UnreadableInput:
        raise
    except Exception as error:  # zipfile.BadZipFile, and what it does not foresee: struct.error, ValueError, OSError
        said = " ".join(str(error).split()).rstrip(".")[:100] or type(error).__name__
        raise UnreadableInput(
            f"Its list of files, which stands at its end, cannot be read ({said}). Fetch it anew, or repair it: zip -FF"
        ) from None


def _shared(infos: list[zipfile.ZipInfo]) -> frozenset[int]:
    """Return where the files begin that share bytes with another."""
    shared: set[int] = set()
    before, end = -1, 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            shared |= {before, info.header_offset}
        least = info.header_offset + _LOCAL.size + info.compress_size
        if least > end:
            before, end = info.header_offset, least
    return frozenset(shared)


def _check(info: zipfile.ZipInfo, shared: frozenset[int]) -> None:
    """UnreadableInput for what is no plain file of this archive."""
    if info.flag_bits & _ENCRYPTED:
        raise UnreadableInput("It is encrypted. Unpack the archive with its password and give its files.")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise UnreadableInput("It is a link to another file, and links are not followed. Give the file itself.")
    if info.header_offset in shared:
        raise UnreadableInput("It shares its bytes with another file of the archive, as in a bomb. Fetch it anew.")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise UnreadableInput(
            f"It is packed by a method that is not read (number {info.compress_type}). Unpack it and give its files."
        )


def _inflated(file: BinaryIO, info: zipfile.ZipInfo, walk: Walk) -> Iterator[bytes]:
    """Yield the bytes of a file, checked against the size and the sum that the directory states."""
    out = sum_ = 0
    for piece in _unpacked(file, info):
        walk.unpack(len(piece))
        out += len(piece)
        check_ratio(out, info.compress_size)
        sum_ = zlib.crc32(piece, sum_)
        if out > info.file_size:
            raise UnreadableInput(f"It is larger than the {info.file_size:,} bytes that the archive states. Check it.")
        yield piece
    if out < info.file_size:
        raise UnreadableInput(f"It ends after {out:,} bytes; the archive states {info.file_size:,}. Fetch it anew.")
    if sum_ != info.CRC:
        raise UnreadableInput("It is damaged: its check sum (CRC) is wrong. Fetch the archive anew.")


def _unpacked(file: BinaryIO, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield what is stored of a file, inflated."""
    file.seek(max(info.header_offset, 0))
    head = file.read(_LOCAL.size)
    if len(head) < _LOCAL.size or not head.startswith(b"PK\x03\x04") or info.header_offset < 0:
        raise UnreadableInput("It does not lie where the archive says. Fetch the archive anew.")
    _, flags, method, name, extra = _LOCAL.unpack(head)
    if method != info.compress_type or flags & _ENCRYPTED:
        raise UnreadableInput("The archive says two different things of how it is packed. Fetch the archive anew.")
    file.seek(name + extra, 1)
    left = info.compress_size
    inner = zlib.decompressobj(-15)
    while left and (raw := file.read(min(left, STEP))):
        left -= len(raw)
        if method == zipfile.ZIP_STORED:
            yield raw
            continue
        while raw:
            try:
                piece = inner.decompress(raw, STEP)
            except zlib.error as error:
                raise UnreadableInput(f"It is damaged ({error}). Fetch the archive anew.") from None
            if piece:
                yield piece
            raw = inner.unconsumed_tail
    if left:
        raise UnreadableInput("The archive is cut off in the middle of it. Fetch the archive anew.")
