"""Files and standard input: what is given, and the bytes of it.

In:     paths, folders, wildcards, addresses, or `-`.
Out:    `inputs`, the files and addresses that are meant; `opened`, one of them open for reading; `read_input`, the
        bytes of one, up to a limit, and the name to use in messages.
Units:  bytes.

Never reads more than one byte past the limit; nothing is opened for writing; a pipe or a device is never opened by its
name, since that may wait for ever.
"""

from __future__ import annotations

import difflib
import glob
import os
import re
import stat
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from dragoman.errors import InputTooLarge, UnreadableInput, UsageError
from dragoman.sources.kinds import SUFFIXES, suffix_of
from dragoman.sources.limits import Limits

ADDRESS = re.compile(r"[a-z][a-z\d+.-]+://", re.IGNORECASE)
#: Bytes of standard input that are held in memory; the rest goes to a temporary file. Guess.
IN_MEMORY = 50_000_000

#: Names of what is open already: standard input, and the pipes that a shell makes for `<(command)`.
_OPEN = re.compile(r"/dev/(?:stdin|fd/\d+)|/proc/self/fd/\d+")


@dataclass(frozen=True, slots=True)
class Input:
    """A file, address or standard input: its path, how it is shown, its size (0: not known), whether it was named.

    A file that was found in a folder was not named.
    """

    path: str
    size: int = 0
    named: bool = True

    @property
    def is_address(self) -> bool:
        """Whether it is an address of the web."""
        return bool(ADDRESS.match(self.path))

    @property
    def place(self) -> str:
        """How it is shown."""
        return "standard input" if self.path == "-" else shown(self.path)


def inputs(sources: Iterable[str], passed_over: Counter[str]) -> list[Input]:
    """Return the files and addresses that are meant, a folder's and a wildcard's by name.

    Files of a folder that hold no document by their names are counted in `passed_over`; UsageError where
    there is no other file at all.
    """
    sources = list(sources)
    found: list[Input] = []
    for source in sources:
        if source == "-" or ADDRESS.match(source):
            found.append(Input(source))
        elif os.path.isdir(source):
            found += _folder(source, passed_over)
        elif any(char in source for char in "*?[") and not os.path.lexists(source):
            paths = sorted(glob.glob(source, recursive=True))
            listed: dict[str, Input] = {}  # "**" names a folder, and what is in it
            for path in paths:
                for one in _folder(path, passed_over) if os.path.isdir(path) else [Input(path, _size(path))]:
                    listed.setdefault(os.path.normpath(one.path), one)
            found += listed.values()
            if not paths:
                found.append(Input(source))  # refused, with the reason, when it is opened
        else:
            found.append(Input(source, _size(source)))
    if not found and sources:
        raise UsageError(
            f"{', '.join(sources)[:200]}: no document in it; no file ends in {', '.join(sorted(SUFFIXES))}."
        )
    return found


def _folder(folder: str, passed_over: Counter[str]) -> list[Input]:
    """Return the files of a folder and its folders; hidden ones are left alone."""
    found = []

    def unreadable(error: OSError) -> None:
        found.append(Input(error.filename, named=False))  # refused, with the reason, when it is opened

    for place, folders, names in os.walk(folder, onerror=unreadable):
        passed_over["links to folders"] += sum(os.path.islink(os.path.join(place, name)) for name in folders)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in names if not name.startswith(".")):
            if suffix_of(name) in SUFFIXES:
                path = os.path.join(place, name)
                found.append(Input(path, _size(path), named=False))
            else:
                passed_over["files of other kinds"] += 1
    return found


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except (OSError, ValueError):
        return 0


@contextmanager
def opened(given: Input, limits: Limits) -> Iterator[tuple[BinaryIO, str]]:
    """Open a file, or standard input, for reading from its beginning; also return its name for messages."""
    if given.path == "-":
        with SpooledTemporaryFile(max_size=IN_MEMORY) as spool:
            _copy_standard_input(cast(BinaryIO, spool), limits)
            yield cast(BinaryIO, spool), "Standard input"
        return
    path = Path(given.path)
    with _said(given.path, path):
        check_file(given.path, path)
        file = path.open("rb")
    with file:
        yield file, shown(path.name)


def shown(path: str) -> str:
    """Return a name as it can be stored and printed: bytes of it that are not UTF-8 are question marks."""
    return path.encode("utf-8", "replace").decode()


def _copy_standard_input(spool: BinaryIO, limits: Limits) -> None:
    """Copy standard input, which cannot be read twice."""
    if sys.stdin is None:
        raise UnreadableInput("Standard input is closed. Name a file: dragoman add report.txt")
    size = 0
    try:
        while piece := sys.stdin.buffer.read(1 << 20):
            spool.write(piece)
            size += len(piece)
            if size > limits.max_archive_bytes:
                raise _too_large("Standard input", f"over {limits.max_archive_bytes:,}", limits)
    except OSError as error:
        raise UnreadableInput(f"Standard input cannot be read: {error.strerror}. Name a file.") from None
    spool.seek(0)


def read_input(source: str, limits: Limits) -> tuple[bytes, str]:
    """Return the bytes of a file or of standard input (`-`), and a name for them.

    Raises InputTooLarge before reading where the size is known, else after `max_bytes` and one byte more.
    """
    if source == "-":
        return _standard_input(limits), "Standard input"
    if not source:
        raise UsageError("the name of the file is empty. Give a file, an address or - for standard input.")
    path = Path(source)
    with _said(source, path):
        size = check_file(source, path)
        if size > limits.max_bytes:
            raise _too_large(path.name, f"{size:,}", limits)
        with path.open("rb") as file:
            return _within(file.read(limits.max_bytes + 1), path.name, limits), path.name


def check_file(source: str, path: Path) -> int:
    """Return the size of a file; UnreadableInput where it is none."""
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise UnreadableInput(f"{source} is a folder. Name a file in it.")
    if not stat.S_ISREG(status.st_mode) and not _OPEN.fullmatch(source):
        raise UnreadableInput(
            f"{source} is a pipe or a device, not a file. Name a file, or give what comes out of it: "
            "command | dragoman read -"
        )
    return status.st_size


@contextmanager
def _said(source: str, path: Path) -> Iterator[None]:
    """Turn what the system says of a file that cannot be opened into one sentence."""
    try:
        yield
    except FileNotFoundError:
        raise UnreadableInput(f"There is no file {shown(source)}. {_near(path)}") from None
    except PermissionError:
        raise UnreadableInput(f"{shown(source)} may not be read. Check its permissions.") from None
    except (OSError, ValueError) as error:  # a name too long, a NUL in it, a disk that fails
        reason = error.strerror if isinstance(error, OSError) else error
        raise UnreadableInput(f"{source[:200]!r} cannot be read: {reason}. Check the path.") from None


def _standard_input(limits: Limits) -> bytes:
    """Return the bytes of standard input."""
    try:
        if sys.stdin is None:
            raise UnreadableInput("Standard input is closed. Name a file: dragoman read report.txt")
        return _within(sys.stdin.buffer.read(limits.max_bytes + 1), "Standard input", limits)
    except OSError as error:
        raise UnreadableInput(
            f"Standard input cannot be read: {error.strerror}. Name a file: dragoman read report.txt"
        ) from None


def _within(data: bytes, name: str, limits: Limits) -> bytes:
    """Return the bytes if they are within the limit."""
    if len(data) > limits.max_bytes:
        raise _too_large(name, f"over {limits.max_bytes:,}", limits)
    return data


def _too_large(name: str, size: str, limits: Limits) -> InputTooLarge:
    """Return the error for an input that is too large."""
    return InputTooLarge(
        f"{name} has {size} bytes; at most {limits.max_bytes:,} are read (max_bytes). Cut it into its documents."
    )


def _near(path: Path) -> str:
    """Suggest a file of a similar name in the same folder."""
    try:
        names = [entry.name for entry in path.parent.iterdir() if entry.is_file()]
    except OSError:
        return "Check the path."
    close = difflib.get_close_matches(path.name, names[:5000], n=1)
    return f'Did you mean "{path.with_name(close[0])}"?' if close else "Check the path."
