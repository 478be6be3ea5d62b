"""Reading: `dragoman read`, `dragoman samples`, `dragoman schema`.

In:     a file, an address or standard input.
Out:    a reading as text, JSON or HTML; the sample dispatches; the JSON Schema of a reading.
"""

from __future__ import annotations

import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.edges import as_json, check_output, edge, print_text, write
from dragoman.errors import UsageError

if TYPE_CHECKING:
    from dragoman.domain import Reading


class Format(StrEnum):
    """How a reading is written."""

    text = "text"
    json = "json"
    html = "html"


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
    with edge():
        chosen = _given(source)
        check_output(output)

        from dragoman.sources import open_document

        document = open_document(chosen, published=published, title=title, publisher=publisher)

        from dragoman.reading import read as read_document  # slow to load, and not needed when there is no document

        _write(read_document(document), format, explain, output)


def samples(
    slug: Annotated[
        str | None, typer.Argument(metavar="[SLUG]", help="Print this sample; without it, list them all.")
    ] = None,
    read_them: Annotated[bool, typer.Option("--read", help="Read each one and count its records.")] = False,
) -> None:
    """List the sample dispatches that come with Dragoman, or print one.

    Example: dragoman samples osaka-truce | dragoman read --published 2019-06-29
    """
    with edge():
        from dragoman.samples import index, text

        if slug is not None:
            print_text(text(slug))
            return
        found = index()
        width = max((len(sample.slug) for sample in found), default=0)
        for sample in found:
            line = f"{sample.published}  {sample.slug:{width}}  {sample.title}\n"
            print_text(line + (f"{'':12}{_counts(text(sample.slug), sample.published)}\n" if read_them else ""))


def _counts(text: str, published: date) -> str:
    """Return how many records of each kind a text holds, as words."""
    from dragoman import read as read_text
    from dragoman.domain import RECORD_KINDS

    reading = read_text(text, published=published)
    counts = [(kind.replace("_", " "), len(getattr(reading, kind))) for kind in RECORD_KINDS]
    return ", ".join(f"{count} {kind if count != 1 else kind.removesuffix('s')}" for kind, count in counts if count)


def schema() -> None:
    """Print the JSON Schema of a reading.

    It describes what `dragoman read --format json` prints, with and without --explain.

    Example: dragoman schema > reading.schema.json
    """
    with edge():
        from dragoman.show.schema import schema as reading_schema

        print_text(as_json(reading_schema()))


def _given(source: str | None) -> str:
    if source is not None:
        return source
    if sys.stdin is None or sys.stdin.isatty():
        raise UsageError("nothing to read. Give a file, an address or - for standard input: dragoman read report.txt")
    return "-"


def _write(reading: Reading, format: Format, explain: bool, output: Path | None) -> None:
    """Write the reading to the file, or print it."""
    if format is Format.text and output is None:
        from dragoman.show import terminal

        terminal.render(reading, explain=explain)
        return
    write(_rendered(reading, format, explain), output)


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
