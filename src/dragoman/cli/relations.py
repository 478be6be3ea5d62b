"""The commands about one relation or one entry: `relation`, `brief`, `timeline`, `tension`, `diff`, `show`.

In:     two actors, or the id of an entry; days.
Out:    the answer of the view of the same name.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.asking import (
    DEFAULT_LEDGER,
    A,
    AsOf,
    B,
    Json,
    LedgerFile,
    MaybePair,
    Since,
    Track,
    Until,
    answer,
    both,
    day,
    one_of,
    opened,
    pair_of,
    plainly,
)
from dragoman.cli.edges import as_json, check_output, edge, print_text, write
from dragoman.domain import TRACKS
from dragoman.errors import UsageError

if TYPE_CHECKING:
    from dragoman.ledger import Ledger

#: Moments of a timeline unless told otherwise.
MOMENTS = 200


class Page(StrEnum):
    """How a brief is written."""

    text = "text"
    md = "md"
    html = "html"


class Period(StrEnum):
    """The length of a period."""

    week = "week"
    month = "month"


def relation(a: A, b: B, as_of: AsOf = None, ledger: LedgerFile = DEFAULT_LEDGER, in_json: Json = False) -> None:
    """Show the state of a relation on one screen: contacts, what is due, measures, disputes, tracks, tension.

    Example: dragoman relation IND USA
    """

    def ask(book: Ledger, when: date) -> Any:
        from dragoman.views import relation as view

        return view(book, *both(book, a, b), as_of=when)

    answer(ledger, as_of, in_json, ask)


def timeline(
    a: A,
    b: B,
    track: Track = None,
    since: Since = None,
    until: Until = None,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="Only the latest N.")] = MOMENTS,
    as_of: AsOf = None,
    ledger: LedgerFile = DEFAULT_LEDGER,
    in_json: Json = False,
) -> None:
    """Show what happened between two actors, what falls due and how measures changed, day by day.

    Example: dragoman timeline IND USA --track trade --since 2025-01-01
    """

    def ask(book: Ledger, when: date) -> Any:
        from dragoman.views import timeline as view

        only, first, last = one_of("track", track, TRACKS), day(since), day(until)
        return view(book, *both(book, a, b), track=only, since=first, until=last, limit=limit, as_of=when)

    answer(ledger, as_of, in_json, ask)


def tension(
    a: A,
    b: B,
    by: Annotated[Period, typer.Option(help="The length of a period.")] = Period.month,
    since: Since = None,
    svg: Annotated[
        Path | None, typer.Option("--svg", metavar="FILE", help="Draw it into this file as SVG too.")
    ] = None,
    as_of: AsOf = None,
    ledger: LedgerFile = DEFAULT_LEDGER,
    in_json: Json = False,
) -> None:
    """Show tension between two actors over time, by direction, with the acts behind it; higher is tenser.

    Example: dragoman tension IND USA --by week --svg tension.svg
    """

    def ask(book: Ledger, when: date) -> Any:
        from dragoman.views import tension as view

        if svg is not None:
            check_output(svg)
        found = view(book, *both(book, a, b), by=by.value, since=day(since), as_of=when)
        if svg is not None:
            from dragoman.show.charts import tension_svg

            write(tension_svg(found), svg)
        return found

    answer(ledger, as_of, in_json, ask, lambda found: (_compared(found),))


def _compared(found: Any) -> dict[str, Any]:
    """Return how each direction stands against its own past year."""
    from dragoman.views import compare

    return {direction: compare(found, direction) for direction in ("both", "there", "back")}


def brief(
    a: A,
    b: B,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="Tell change since this day (30 days before).")
    ] = None,
    format: Annotated[Page, typer.Option("--format", "-f", help="How to write it.")] = Page.text,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write here.")] = None,
    as_of: AsOf = None,
    ledger: LedgerFile = DEFAULT_LEDGER,
    in_json: Json = False,
) -> None:
    """Write a brief of two pages: where things stand, what changed, what is due, disputed and in force, who said what.

    Every sentence is made from recorded entries and leads to the words it rests on.

    Example: dragoman brief IND USA --since 2026-01-01 --format html -o brief.html
    """
    with edge():
        check_output(output)
        when = day(as_of) or date.today()
        with opened(ledger) as book:
            from dragoman.views.brief import brief as view

            found = view(book, *both(book, a, b), since=day(since), as_of=when)
        if in_json:
            write(as_json(plainly(found)), output)
        elif format is Page.text and output is None:
            from dragoman.show.answers import render

            render(found)
        else:
            write(_written(found, format), output)


def _written(found: Any, format: Page) -> str:
    from dragoman.show import brief as forms

    if format is Page.text:
        from io import StringIO

        from dragoman.show.answers import render

        text = StringIO()
        render(found, colour=False, file=text)
        return text.getvalue()
    return forms.html(found) if format is Page.html else forms.markdown(found)


def diff(
    since: Annotated[str, typer.Option("--since", metavar="DATE", help="What was known by this day is old.")],
    pair: MaybePair = None,
    until: Until = None,
    as_of: AsOf = None,
    ledger: LedgerFile = DEFAULT_LEDGER,
    in_json: Json = False,
) -> None:
    """Show what entered the ledger since a day, what changed in it, and which steps were decided.

    Example: dragoman diff --since 2026-01-01 IND USA
    """

    def ask(book: Ledger, when: date) -> Any:
        from dragoman.views import diff as view

        first, last = day(since), min(day(until) or when, when)
        if first is None or first > last:
            raise UsageError(f"there is nothing between {since} and {last}. Choose an earlier day for --since.")
        return view(book, first, pair=pair_of(book, pair), as_of=last)

    answer(ledger, as_of, in_json, ask)


def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="The id of an entry, such as E-4k2m9xq7a, or its beginning.")],
    as_of: AsOf = None,
    ledger: LedgerFile = DEFAULT_LEDGER,
    in_json: Json = False,
) -> None:
    """Show one entry with all its evidence, its history, and the rules and judgements behind it; or a document's text.

    Example: dragoman show E-4k2m9xq7a
    """
    if id.upper().startswith("D-"):
        _document(id, ledger, in_json)
        return

    def ask(book: Ledger, when: date) -> Any:
        from dragoman.views import show as view

        return view(book, id, as_of=when)

    answer(ledger, as_of, in_json, ask)


def _document(id: str, ledger: Path, in_json: bool) -> None:
    """Print a document as the ledger keeps it."""
    with edge():
        with opened(ledger) as book:
            stored = book.document(id)
        if in_json:
            print_text(as_json(plainly(stored)))
            return
        from dragoman.show.words import clean, day_words, one_line

        document = stored.document
        dated = day_words(document.published) if document.published else "undated"
        head = [document.title or "Untitled", f"{document.publisher or 'unknown publisher'}, {dated}", stored.id]
        print_text("".join(f"{one_line(line)}\n" for line in head) + f"\n{clean(document.text).rstrip()}\n")
