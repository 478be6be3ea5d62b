"""The edge of the command line: what may go wrong, as one line and an exit code; output as bytes.

In:     errors and interruptions of any kind; text.
Out:    one line on standard error and an exit code (see the package); text on standard output or in a file.
"""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import typer

from dragoman.errors import DragomanError, UnreadableInput, UsageError


def as_json(value: Any) -> str:
    """Return JSON text with keys in their own order and a line break at the end; the same value gives the same text."""
    text: str = json.dumps(value, ensure_ascii=False, indent=1)
    return f"{text}\n"


def check_output(output: Path | None) -> None:
    """Raise UsageError now, not after the reading, where the output can surely not be written."""
    if output is None:
        if sys.stdout is None:
            raise UsageError("standard output is closed. Name a file to write to with --output FILE.")
        return
    try:
        if output.is_dir():
            raise UsageError(f"cannot write {output}: it is a folder. Name a file in it with --output.")
        if not output.parent.is_dir():
            raise UsageError(f"cannot write {output}: there is no folder {output.parent}. Make it, or choose another.")
    except OSError as error:
        raise unwritable(output, error) from None


def unwritable(output: Path, error: OSError, option: str = "--output") -> UsageError:
    """Return the error for a file that cannot be written."""
    return UsageError(f"cannot write {output}: {error.strerror}. Choose another place for {option}.")


def print_text(text: str) -> None:
    """Print text as UTF-8, whatever the terminal's own encoding: it may be going to a file or a program."""
    check_output(None)
    sys.stdout.flush()
    sys.stdout.buffer.write(utf8(text))


def utf8(text: str) -> bytes:
    """Return text as bytes for a file or a program."""
    return text.encode("utf-8", "backslashreplace")  # a lone surrogate becomes \udc80, which JSON reads back as such


def write(text: str, output: Path | None) -> None:
    """Write text as UTF-8 to a file, or print it."""
    if output is None:
        print_text(text)
        return
    try:
        output.write_bytes(utf8(text))
    except OSError as error:
        raise unwritable(output, error) from None


#: Characters of a message that are shown; names of files and addresses in it may be of any length. Guess.
LONGEST_MESSAGE = 600


def complain(message: str) -> None:
    """Say on standard error, in one line, what went wrong."""
    from dragoman.show.words import shorten

    typer.echo(f"dragoman: {shorten(message, LONGEST_MESSAGE)}", err=True)


@contextmanager
def edge() -> Iterator[None]:
    """Turn what can go wrong into one line on standard error and an exit code."""
    try:
        yield
        if sys.stdout is not None:
            sys.stdout.flush()
    except DragomanError as error:
        complain(str(error))
        raise SystemExit(1 if isinstance(error, UnreadableInput) else 2) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except BrokenPipeError:
        _drop_output()
        raise SystemExit(141) from None


@contextmanager
def last_resort() -> Iterator[None]:
    """Turn typer's own errors, a full disk and faults of ours into one line and an exit code too."""
    try:
        yield
    except typer.Abort:
        raise SystemExit(130) from None
    except MemoryError:
        complain("not enough memory. Give a shorter text, or close other programs.")
        raise SystemExit(1) from None
    except Exception as error:
        if hasattr(error, "format_message"):
            raise SystemExit(_misuse(error)) from None
        if os.environ.get("DRAGOMAN_TRACEBACK"):
            raise
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EIO, errno.EBADF, errno.EFBIG):
            _drop_output()
            complain(f"cannot write the output: {error.strerror}. Choose another place with --output FILE.")
            raise SystemExit(2) from None
        if (
            type(error).__module__ == "sqlite3"
        ):  # locked for too long, not writable, damaged; the ledger stays as it was
            complain(f"cannot use the ledger: {error}. What was added stays added; try again, or check file and disk.")
            raise SystemExit(2) from None
        complain(
            f"a fault of Dragoman's own, {type(error).__name__}: {error}. Please report it with the text that led "
            "to it; DRAGOMAN_TRACEBACK=1 dragoman … shows where it is."
        )
        raise SystemExit(1) from None


def _misuse(error: Any) -> int:
    """Say in one line what typer found wrong; without any arguments its "error" is the help page, which stays whole."""
    message: str = error.format_message()
    if not sys.argv[1:]:
        typer.echo(message, err=True)
    else:
        context = getattr(error, "ctx", None)
        command = context.command_path if context else "dragoman"
        complain(f"{message.replace('Value error, ', '').rstrip('.')}. See: {command} --help")
    return int(getattr(error, "exit_code", 2))


def _drop_output() -> None:
    """Send what is still to be written nowhere, else Python complains again when it ends."""
    with suppress(OSError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
