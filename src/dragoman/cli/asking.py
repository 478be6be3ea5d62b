"""What the commands of the ledger have in common: options, actors, days and words as typed, and the answer.

In:     arguments as typed.
Out:    actor ids, dates, windows; the answer of a view on standard output, in words or as JSON.
Never:  guesses an actor, a day or a word: what is not understood is one line that names the nearest that is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from dragoman.cli.edges import as_json, edge, print_text
from dragoman.errors import UsageError

if TYPE_CHECKING:
    from dragoman.domain import Window
    from dragoman.ledger import Ledger

View = TypeVar("View")
Word = TypeVar("Word", bound=str)

LedgerFile = Annotated[
    Path, typer.Option("--ledger", metavar="FILE", envvar="DRAGOMAN_LEDGER", help="The ledger.", show_envvar=True)
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DATE", help="Answer as the ledger stood on this day (YYYY-MM-DD).")
]
A = Annotated[str, typer.Argument(metavar="A", help='An actor: an id (IND, EU) or a name ("India").')]
B = Annotated[str, typer.Argument(metavar="B", help="The other actor.")]
MaybePair = Annotated[list[str] | None, typer.Argument(metavar="[A B]", help="Two actors; without them, all.")]
Since = Annotated[str | None, typer.Option("--since", metavar="DATE", help="From this day on.")]
Until = Annotated[str | None, typer.Option("--until", metavar="DATE", help="Up to this day.")]
Track = Annotated[str | None, typer.Option("--track", metavar="TRACK", help="Only this issue area, such as trade.")]
DEFAULT_LEDGER = Path("dragoman.ledger")

#: Days in what may stand behind a number in --within.
_UNITS = {"d": 1, "w": 7, "m": 30, "y": 365}


def answer(
    file: Path,
    as_of: str | None,
    in_json: bool,
    view: Callable[[Ledger, date], Any],
    more: Callable[[Any], Sequence[Any]] = lambda _: (),
) -> None:
    """Open the ledger, ask a view as of a day, and print what it answers; `more` gives what its layout needs beside."""
    with edge():
        when = day(as_of) or date.today()
        with opened(file) as ledger:
            found = view(ledger, when)
        if in_json:
            print_text(as_json(plainly(found)))
            return
        from dragoman.show.answers import render

        render(found, *more(found))


def opened(file: Path) -> Ledger:
    """Return a ledger that is there; UsageError, which says to add documents first, where it is not."""
    if not file.is_file():
        raise UsageError(f"there is no ledger {file}. Add documents first: dragoman add --ledger {file} report.txt")
    from dragoman.ledger import Ledger

    return Ledger.open(file, must_exist=True)


def plainly(found: Any) -> Any:
    """Return what a view answered as plain data."""
    if hasattr(found, "to_dict"):
        return found.to_dict()
    from dragoman.domain import plain

    return plain(found)


# -- days ----------------------------------------------------------------------------------------------------------


def day(text: str | None) -> date | None:
    """Return the day that was typed, None for none; UsageError where it is no date."""
    if text is None:
        return None
    from dragoman.sources.dates import parse_date

    return parse_date(text)


def window(text: str) -> Window:
    """Return what was typed as "2026-02-01", "2026-02-01..2026-02-28", "2026-02-01.." or "..2026-02-28"."""
    from dragoman.domain import Window

    start, dots, end = text.partition("..")
    first, last = day(start.strip() or None), day(end.strip() or None)
    if first and last and first > last:
        raise UsageError(f'"{text}" ends before it starts. Write the earlier day first.')
    if not first and not last:
        raise UsageError(f'"{text}" names no day. Write START..END, each as YYYY-MM-DD; one of them may be left out.')
    return Window(first, last if dots else first)


def span(text: str | None) -> timedelta | None:
    """Return what was typed as "30d", "6w", "3m" (of 30 days) or "1y"; a bare number counts days."""
    if text is None:
        return None
    match = re.fullmatch(r"(\d{1,4})\s*([dwmy]?)", text.strip().lower())
    if match is None:
        raise UsageError(f'cannot read "{text[:40]}" as a length of time. Write it as 30d, 6w, 3m or 1y.')
    return timedelta(days=int(match[1]) * _UNITS[match[2] or "d"])


# -- actors and words ----------------------------------------------------------------------------------------------


def pair_of(ledger: Ledger, given: Sequence[str] | None) -> tuple[str, str] | None:
    """Return the ids of two actors, None where none were given."""
    if not given:
        return None
    if len(given) != 2:
        raise UsageError(f"give two actors or none, not {len(given)}; a name of several words goes in quotation marks.")
    first, second = (actor_id(ledger, text) for text in given)
    if first == second:
        raise UsageError(f'"{given[0]}" and "{given[1]}" are one actor, {first}. Name two.')
    return first, second


def both(ledger: Ledger, a: str, b: str) -> tuple[str, str]:
    """Return the ids of two actors."""
    found = pair_of(ledger, (a, b))
    assert found is not None
    return found


def actor_id(ledger: Ledger, text: str) -> str:
    """Return the id of an actor given by id or by any of its names (see `views.actors`)."""
    from dragoman.views.actors import actor_id

    try:
        return actor_id(ledger, text)
    except UsageError as error:
        raise UsageError(f"{error} List those of the ledger: dragoman pairs") from None


def one_of(what: str, typed: str | None, known: Sequence[Word]) -> Word | None:
    """Return the word of a list that was typed, in any case; UsageError with the nearest, or all, for any other."""
    if typed is None:
        return None
    folded = typed.strip().casefold().replace(" ", "-").replace("_", "-")
    for word in known:
        if word.casefold() == folded:
            return word
    from dragoman.views.actors import near

    guess = near(folded, [word.casefold() for word in known])
    hint = (
        f'Did you mean "{next(w for w in known if w.casefold() == guess)}"?' if guess else f"Known: {', '.join(known)}."
    )
    raise UsageError(f'no {what} "{typed[:40]}". {hint}')
