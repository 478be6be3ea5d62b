"""The commands that list: `due`, `disputes`, `measures`, `initiatives`, `statements`, `search`, `pairs`.

In:     two actors or none, days, words.
Out:    the answer of the view of the same name.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from dragoman.cli.asking import (
    DEFAULT_LEDGER,
    AsOf,
    Json,
    LedgerFile,
    MaybePair,
    Since,
    Track,
    Until,
    answer,
    day,
    one_of,
    pair_of,
    span,
)
from dragoman.domain import TRACKS, Firmness
from dragoman.errors import UsageError

if TYPE_CHECKING:
    from dragoman.ledger import Ledger


def due(
    pair: MaybePair = None,
    within: Annotated[
        str | None, typer.Option(metavar="TIME", help="Only what falls due within 30d, 6w, 3m or 1y.")
    ] = None,
    track: Track = None,
    firmness: Annotated[
        str | None, typer.Option(metavar="WORD", help="Only steps that are scheduled, agreed, intended or possible.")
    ] = None,
    as_of: AsOf = None,
    ledger: LedgerFile = DEFAULT_LEDGER,
    in_json: Json = False,
) -> None:
    """Show what lies ahead, soonest first, and what is past due without word.

    Example: dragoman due IND USA --within 30d
    """

    def ask(book: Ledger, when: date) -> Any:
        from dragoman.views import due as view

        firm = one_of("firmness", firmness, get_args(Firmness))
        return view(
            book,
            pair_of(book, pair),
            within=span(within),
            track=one_of("track", track, TRACKS),
            firmness=firm,
            as_of=when,
        )

    answer(ledger, as_of, in_json, ask)


def disputes(
    pair: MaybePair = None,
    since: Since = None,
    until: Until = None,
    as_of: AsOf = None,
    ledger: LedgerFile = DEFAULT_LEDGER,
    in_json: Json = False,
) -> None:
    """Show disputed claims: who says what, who denies it, and who has changed its word.

    Example: dragoman disputes IND PAK
    """

    def ask(book: Ledger, when: date) -> Any:
        from dragoman.views import disputes as view

        return view(book, pair_of(book, pair), since=day(since), until=day(until), as_of=when)

    answer(ledger, as_of, in_json, ask)


def measures(
    pair: MaybePair = None,
    in_force_on: Annotated[
        str | None, typer.Option("--in-force-on", metavar="DATE", help="Only those in force on this day.")
    ] = None,
    stock: Annotated[bool, typer.Option("--stock", help="Only those in force now.")] = False,
    flow: Annotated[bool, typer.Option("--flow", help="Every change of a measure, by day.")] = False,
    since: Since = None,
    until: Until = None,
    as_of: AsOf = None,
    ledger: LedgerFile = DEFAULT_LEDGER,
    in_json: Json = False,
) -> None:
    """Show tariffs, sanctions and other measures: all, those in force, or how they changed.

    Example: dragoman measures USA CHN --in-force-on 2019-06-01
    """

    def ask(book: Ledger, when: date) -> Any:
        from dragoman.views import measures as view

        if flow and (stock or in_force_on):
            raise UsageError("--flow shows changes, --stock and --in-force-on what stands. Choose one of them.")
        if in_force_on:
            return view(book, pair_of(book, pair), in_force_on=day(in_force_on), as_of=when)
        days = {"since": day(since), "until": day(until)}
        kind = "stock" if stock else "flow" if flow else "all"
        return view(book, pair_of(book, pair), show=kind, as_of=when, **days)  # type: ignore[arg-type]  # three words

    answer(ledger, as_of, in_json, ask)


def initiatives(
    pair: MaybePair = None, as_of: AsOf = None, ledger: LedgerFile = DEFAULT_LEDGER, in_json: Json = False
) -> None:
    """Show named frameworks and agreements with their members.

    Example: dragoman initiatives
    """

    def ask(book: Ledger, when: date) -> Any:
        from dragoman.views import initiatives as view

        return view(book, pair_of(book, pair), as_of=when)

    answer(ledger, as_of, in_json, ask)


def statements(
    speaker: Annotated[str, typer.Option("--speaker", metavar="NAME", help="Who spoke: a name, or an actor's id.")],
    pair: MaybePair = None,
    since: Since = None,
    until: Until = None,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="Only the latest N.")] = 50,
    as_of: AsOf = None,
    ledger: LedgerFile = DEFAULT_LEDGER,
    in_json: Json = False,
) -> None:
    """Show what a speaker said, oldest first.

    Example: dragoman statements --speaker Lighthizer
    """

    def ask(book: Ledger, when: date) -> Any:
        from dragoman.views import statements as view

        days = {"since": day(since), "until": day(until)}
        return view(book, speaker, pair=pair_of(book, pair), limit=limit, as_of=when, **days)

    answer(ledger, as_of, in_json, ask)


def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help='Words, or a "phrase in quotation marks".')],
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="At most N hits.")] = 50,
    as_of: AsOf = None,
    ledger: LedgerFile = DEFAULT_LEDGER,
    in_json: Json = False,
) -> None:
    """Search the documents and the entries for words.

    Example: dragoman search soybean tariff
    """

    def ask(book: Ledger, when: date) -> Any:
        from dragoman.views import search as view

        return view(book, " ".join(words), limit=limit, as_of=when)

    answer(ledger, as_of, in_json, ask)


def pairs(as_of: AsOf = None, ledger: LedgerFile = DEFAULT_LEDGER, in_json: Json = False) -> None:
    """List the pairs of actors that the ledger knows, with how many documents tell of each.

    Example: dragoman pairs
    """
    answer(ledger, as_of, in_json, lambda book, when: book.pairs(as_of=when))
