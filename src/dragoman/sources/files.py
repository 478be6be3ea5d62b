"""Files and standard input: bytes, up to a limit.

In:     a path, or `-`.
Out:    the bytes and the name to use in messages.
Units:  bytes.

Never reads more than one byte past the limit; nothing is opened for writing.
"""

from __future__ import annotations

import difflib
import sys
from pathlib import Path

from dragoman.errors import InputTooLarge, UnreadableInput
from dragoman.sources.limits import Limits


def read_input(source: str, limits: Limits) -> tuple[bytes, str]:
    """Return the bytes of a file or of standard input (`-`), and a name for them.

    Raises InputTooLarge before reading where the size is known, else after `max_bytes` and one byte more.
    """
    if source == "-":
        return _within(sys.stdin.buffer.read(limits.max_bytes + 1), "Standard input", limits), "Standard input"
    path = Path(source)
    try:
        if path.is_dir():
            raise UnreadableInput(f"{source} is a folder. Name a file in it.")
        size = path.stat().st_size
        if size > limits.max_bytes:
            raise _too_large(path.name, f"{size:,}", limits)
        with path.open("rb") as file:
            return _within(file.read(limits.max_bytes + 1), path.name, limits), path.name
    except FileNotFoundError:
        raise UnreadableInput(f"There is no file {source}. {_near(path)}") from None
    except PermissionError:
        raise UnreadableInput(f"{source} may not be read. Check its permissions.") from None
    except (OSError, ValueError) as error:  # a name too long, a NUL in it, a disk that fails
        reason = error.strerror if isinstance(error, OSError) else error
        raise UnreadableInput(f"{source[:200]!r} cannot be read: {reason}. Check the path.") from None


def _within(data: bytes, name: str, limits: Limits) -> bytes:
    """Return the bytes if they are within the limit."""
    if len(data) > limits.max_bytes:
        raise _too_large(name, "more", limits)
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
