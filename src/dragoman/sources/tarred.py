"""Tar archives: the files in them that may be documents or hold some.

In:     a tar archive, open for reading (or what comes out of a gzip file), its place, and the walk with its limits.
Out:    `members`, in the order in which they lie there.
Units:  bytes.

The archive is passed once, from its beginning to its end. The library that reads it takes a damaged header for the end
of the archive; what lies there is looked at again, so that nothing is left out unsaid. No link is followed.
"""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, cast

from dragoman.errors import UnreadableInput
from dragoman.sources.known import Known
from dragoman.sources.member import Member
from dragoman.sources.unpacking import FOLDERS, OTHERS, STEP, Forward, Gunzip, cleaned, close, content_of, many, other

if TYPE_CHECKING:
    from dragoman.sources.items import Walk


def members(file: BinaryIO | Gunzip, place: str, found: Known, walk: Walk) -> Iterator[Member]:
    """Yield the files in an archive; UnreadableInput where it breaks off or something follows its end."""
    stream = Forward(file)
    taken = 0
    known = Known(latest=found.latest)
    for tar, info in _infos(stream, walk):
        name = cleaned(info.name)
        content: bytes | BinaryIO | UnreadableInput
        try:
            content = content_of(_pieces(tar, info), info.name, info.size, walk)
        except UnreadableInput as error:
            if walk.unpacked > walk.limits.max_archive_bytes:
                raise
            content = error
        except Exception as error:
            raise UnreadableInput(f"Cut off{_after(taken)}, in the middle of {name}. Fetch it anew.") from error
        offset = file.passed if isinstance(file, Gunzip) else stream.tell()
        yield Member(f"{place}: {name}", name.rsplit("/", 1)[-1], content, found=known, offset=offset)
        close(content)
        taken += not isinstance(content, UnreadableInput)
    _check_end(stream, taken)


def _infos(stream: Forward, walk: Walk) -> Iterator[tuple[tarfile.TarFile, tarfile.TarInfo]]:
    """Yield what may be documents; the rest is counted."""
    count = 0
    try:
        tar = tarfile.TarFile(fileobj=cast(BinaryIO, stream), errorlevel=0)
        while (info := tar.next()) is not None:
            vars(tar)["members"] = []  # a list of all that was passed would grow with the archive
            if info.size < 0:
                raise ValueError("a file of fewer than no bytes")
            count += 1
            if info.isdir():
                walk.passed_over[FOLDERS] += 1
            elif other(info.name):
                walk.passed_over[OTHERS] += 1
            else:
                yield tar, info
    except (UnreadableInput, GeneratorExit):
        raise
    except Exception as error:  # tarfile.TarError, and what it does not foresee, such as RecursionError
        said = " ".join(str(error).split()).rstrip(".")[:100] or type(error).__name__
        after = _after(count)
        raise UnreadableInput(f"Damaged{after} ({said}). Fetch it anew.") from None


def _pieces(tar: tarfile.TarFile, info: tarfile.TarInfo) -> Iterator[bytes]:
    """Yield the bytes of a file."""
    if info.issym() or info.islnk():
        raise UnreadableInput("It is a link to another file, and links are not followed. Give the file itself.")
    if not info.isreg():
        raise UnreadableInput("It is a pipe or a device, not a file. Leave it out.")
    if info.issparse():
        raise UnreadableInput("It is stored with holes (sparse), which is not read. Unpack it and give its files.")
    file = tar.extractfile(info)
    while file and (piece := file.read(STEP)):
        yield piece


def _check_end(stream: Forward, taken: int) -> None:
    """UnreadableInput unless the archive ended as it should: with zeros and nothing else."""
    block = stream.last
    if len(block) < tarfile.BLOCKSIZE:
        raise UnreadableInput(f"Cut off{_after(taken)}: the mark of its end is missing. Fetch it anew.")
    if block.strip(b"\0"):
        raise UnreadableInput(f"Damaged{_after(taken)}: what follows is no entry of a tar archive. Fetch it anew.")
    while piece := stream.read(STEP):
        if piece.strip(b"\0"):
            raise UnreadableInput(
                f"Something follows the end of the archive{_after(taken)}. If it is another archive, give it by itself."
            )


def _after(count: int, what: str = "file") -> str:
    return f" after {many(count, what)}, taken or counted" if count else " before any file could be taken"
