"""The command line: `dragoman read`, `dragoman samples`, `dragoman schema`.

In:     arguments, files, standard input.
Out:    standard output (or `--output FILE`); one line on standard error when something goes wrong.
Codes:  0 done, 1 the input cannot be read, 2 wrong usage (also: the output cannot be written), 130 interrupted,
        141 the reader of our output went away.
Never:  a traceback, unless DRAGOMAN_TRACEBACK is set: a fault of our own is one line too, and exit code 1.

Each command is an edge around one function. What is heavy is imported when used, so that `--help` answers at once.
"""

from __future__ import annotations

import errno
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.errors import DragomanError, UnreadableInput, UsageError

if TYPE_CHECKING:
    from dragoman.domain import Reading

app = typer.Typer(
    name="dragoman",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Format(StrEnum):
    """How a reading is written."""

    text = "text"
    json = "json"
    html = "html"


def main() -> None:
    """Run the command line; the console script `dragoman` points here."""
    with _last_resort(), _edge():
        raise SystemExit(app(prog_name="dragoman", standalone_mode=False))


def _say_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import PackageNotFoundError, version

        try:
            typer.echo(f"dragoman {version('dragoman')}")
        except PackageNotFoundError:
            typer.echo("dragoman (run from its sources, not installed)")
        raise typer.Exit


@app.callback()
def _dragoman(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.", callback=_say_version, is_eager=True)
    ] = False,
) -> None:
    """Read what is written about relations between states: who did what, who said so, what is disputed, what is due.

    Every line of the answer quotes the words it rests on. Documents are read on this machine and sent nowhere.
    """


@app.command()
def read(
    source: Annotated[
        str | None,
        typer.Argument(help="A file, an http(s) address, or - for standard input.", metavar="[FILE|URL|-]"),
    ] = None,
    published: Annotated[
        str | None,
        typer.Option(metavar="DATE", help='Publication date as YYYY-MM-DD; "on Tuesday" is counted from it.'),
    ] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="Title of the document.")] = None,
    publisher: Annotated[str | None, typer.Option(metavar="TEXT", help="Who published it.")] = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to write the reading.")] = Format.text,
    explain: Annotated[bool, typer.Option("--explain", help="Say of each record which rule made it.")] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write here, not to standard output.")
    ] = None,
) -> None:
    """Read a document and print what it records.

    Example: dragoman read report.txt --published 2026-01-14

    Example: dragoman read report.txt --format html --output report.html
    """
    with _edge():
        chosen = _given(source)
        _check_output(output)

        from dragoman.sources import open_document

        document = open_document(chosen, published=published, title=title, publisher=publisher)

        from dragoman.reading import read as read_document  # slow to load, and not needed when there is no document

        _write(read_document(document), format, explain, output)


@app.command()
def samples(
    slug: Annotated[
        str | None, typer.Argument(metavar="[SLUG]", help="Print this sample; without it, list them all.")
    ] = None,
    read_them: Annotated[bool, typer.Option("--read", help="Read each one and count its records.")] = False,
) -> None:
    """List the sample dispatches that come with Dragoman, or print one.

    Example: dragoman samples osaka-truce | dragoman read --published 2019-06-29
    """
    with _edge():
        from dragoman.samples import index, text

        if slug is not None:
            _print(text(slug))
            return
        found = index()
        width = max((len(sample.slug) for sample in found), default=0)
        for sample in found:
            line = f"{sample.published}  {sample.slug:{width}}  {sample.title}\n"
            _print(line + (f"{'':12}{_counts(text(sample.slug), sample.published)}\n" if read_them else ""))


def _counts(text: str, published: date) -> str:
    """Return how many records of each kind a text holds, as words."""
    from dragoman import read as read_text
    from dragoman.domain import RECORD_KINDS

    reading = read_text(text, published=published)
    counts = [(kind.replace("_", " "), len(getattr(reading, kind))) for kind in RECORD_KINDS]
    return ", ".join(f"{count} {kind if count != 1 else kind.removesuffix('s')}" for kind, count in counts if count)


@app.command()
def schema() -> None:
    """Print the JSON Schema of a reading.

    It describes what `dragoman read --format json` prints, with and without --explain.

    Example: dragoman schema > reading.schema.json
    """
    with _edge():
        from dragoman.show.schema import schema as reading_schema

        _print(as_json(reading_schema()))


def as_json(value: Any) -> str:
    """Return JSON text with keys in their own order and a line break at the end; the same value gives the same text."""
    text: str = json.dumps(value, ensure_ascii=False, indent=1)
    return f"{text}\n"


def _given(source: str | None) -> str:
    if source is not None:
        return source
    if sys.stdin is None or sys.stdin.isatty():
        raise UsageError("nothing to read. Give a file, an address or - for standard input: dragoman read report.txt")
    return "-"


def _check_output(output: Path | None) -> None:
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
        raise _unwritable(output, error) from None


def _unwritable(output: Path, error: OSError) -> UsageError:
    return UsageError(f"cannot write {output}: {error.strerror}. Choose another place for --output.")


def _write(reading: Reading, format: Format, explain: bool, output: Path | None) -> None:
    """Write the reading to the file, or print it."""
    if format is Format.text and output is None:
        from dragoman.show import terminal

        terminal.render(reading, explain=explain)
        return
    text = _rendered(reading, format, explain)
    if output is None:
        _print(text)
        return
    try:
        output.write_bytes(_utf8(text))
    except OSError as error:
        raise _unwritable(output, error) from None


def _rendered(reading: Reading, format: Format, explain: bool) -> str:
    if format is Format.json:
        return as_json(reading.to_dict(explain=explain))
    if format is Format.html:
        from dragoman.show import page

        return page.render(reading, explain=explain)
    from io import StringIO

    from dragoman.show import terminal

    text = StringIO()
    terminal.render(reading, explain=explain, colour=False, file=text)
    return text.getvalue()


def _print(text: str) -> None:
    """Print text as UTF-8, whatever the terminal's own encoding: it may be going to a file or a program."""
    _check_output(None)
    sys.stdout.flush()
    sys.stdout.buffer.write(_utf8(text))


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")  # a lone surrogate becomes \udc80, which JSON reads back as such


#: Characters of a message that are shown; names of files and addresses in it may be of any length. Guess.
LONGEST_MESSAGE = 600


def _complain(message: str) -> None:
    """Say on standard error, in one line, what went wrong."""
    from dragoman.show.words import shorten

    typer.echo(f"dragoman: {shorten(message, LONGEST_MESSAGE)}", err=True)


@contextmanager
def _edge() -> Iterator[None]:
    """Turn what can go wrong into one line on standard error and an exit code."""
    try:
        yield
        if sys.stdout is not None:
            sys.stdout.flush()
    except DragomanError as error:
        _complain(str(error))
        raise SystemExit(1 if isinstance(error, UnreadableInput) else 2) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except BrokenPipeError:
        _drop_output()
        raise SystemExit(141) from None


@contextmanager
def _last_resort() -> Iterator[None]:
    """Turn typer's own errors, a full disk and faults of ours into one line and an exit code too."""
    try:
        yield
    except typer.Abort:
        raise SystemExit(130) from None
    except MemoryError:
        _complain("not enough memory. Give a shorter text, or close other programs.")
        raise SystemExit(1) from None
    except Exception as error:
        if hasattr(error, "format_message"):
            raise SystemExit(_misuse(error)) from None
        if os.environ.get("DRAGOMAN_TRACEBACK"):
            raise
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EIO, errno.EBADF, errno.EFBIG):
            _drop_output()
            _complain(f"cannot write the output: {error.strerror}. Choose another place with --output FILE.")
            raise SystemExit(2) from None
        _complain(
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
        _complain(f"{message.replace('Value error, ', '').rstrip('.')}. See: {command} --help")
    return int(getattr(error, "exit_code", 2))


def _drop_output() -> None:
    """Send what is still to be written nowhere, else Python complains again when it ends."""
    with suppress(OSError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
