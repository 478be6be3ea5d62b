"""Files and standard input: bytes, up to a limit.

In:     a path, or `-`.
Out:    the bytes and the name to use in messages.
Units:  bytes.

Never reads more than one byte past the limit; nothing is opened for writing; a pipe or a device is never opened by its
name, since that may wait for ever.
"""

from __future__ import annotations

import difflib
import re
import stat
import sys
from pathlib import Path

from dragoman.errors import InputTooLarge, UnreadableInput, UsageError
from dragoman.sources.limits import Limits

#: Names of what is open already: standard input, and the pipes that a shell makes for `<(command)`.
_OPEN = re.compile(r"/dev/(?:stdin|fd/\d+)|/proc/self/fd/\d+")


def read_input(source: str, limits: Limits) -> tuple[bytes, str]:
    """Return the bytes of a file or of standard input (`-`), and a name for them.

    Raises InputTooLarge before reading where the size is known, else after `max_bytes` and one byte more.
    """
    if source == "-":
        return _standard_input(limits), "Standard input"
    if not source:
        raise UsageError("the name of the file is empty. Give a file, an address or - for standard input.")
    path = Path(source)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise UnreadableInput(f"{source} is a folder. Name a file in it.")
        if not stat.S_ISREG(status.st_mode) and not _OPEN.fullmatch(source):
            raise UnreadableInput(
                f"{source} is a pipe or a device, not a file. Name a file, or give what comes out of it: "
                "command | dragoman read -"
            )
        if status.st_size > limits.max_bytes:
            raise _too_large(path.name, f"{status.st_size:,}", limits)
        with path.open("rb") as file:
            return _within(file.read(limits.max_bytes + 1), path.name, limits), path.name
    except FileNotFoundError:
        raise UnreadableInput(f"There is no file {source}. {_near(path)}") from None
    except PermissionError:
        raise UnreadableInput(f"{source} may not be read. Check its permissions.") from None
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
