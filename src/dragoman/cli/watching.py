"""Watching: `dragoman watch`, `dragoman sources`.

In:     a file that lists feeds and folders; the ledger.
Out:    what they bring, in the ledger, and a line for each look; how each source is.
Codes:  0 when it was stopped (Ctrl-C, SIGTERM): the next run goes on from there.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.asking import DEFAULT_LEDGER, Json, LedgerFile, opened
from dragoman.cli.edges import as_json, edge, print_text

if TYPE_CHECKING:
    from dragoman.intake.watch import Look


def watch(
    sources: Annotated[Path, typer.Argument(metavar="SOURCES.toml", help="The file that lists feeds and folders.")],
    once: Annotated[bool, typer.Option("--once", help="Look at each source that is due, and stop.")] = False,
    keep_all: Annotated[
        bool, typer.Option("--keep-all", help="Store documents too that tell of no relation between two actors.")
    ] = False,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from this machine and private networks too.")
    ] = False,
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """Look at feeds and folders at intervals and read what is new in them into the ledger, until stopped.

    The file has one [[source]] for each, with a name, a feed (its address) or a folder, and how often to look:

    \b
      [[source]]
      name = "ministry"
      feed = "https://example.org/press/rss.xml"
      every = "30m"

    Example: dragoman watch sources.toml --ledger asia.ledger
    """  # noqa: D301
    with edge():
        from functools import partial

        from dragoman.intake.wanted import wanted
        from dragoman.intake.watch import Watcher
        from dragoman.ledger import Ledger
        from dragoman.sources import LIMITS
        from dragoman.sources.fetch import fetch
        from dragoman.sources.robots import Robots, visitor

        listed = wanted(sources)
        get = partial(fetch, limits=LIMITS, allow_private=allow_private)
        robots = Robots(get)
        with Ledger.open(ledger) as book, _until_stopped():
            watcher = Watcher(book, listed, fetch=get, visit=visitor(get, robots), robots=robots, keep_all=keep_all)
            for look in watcher.looks(once=once):
                print_text(_line(look))


def sources(ledger: LedgerFile = DEFAULT_LEDGER, in_json: Json = False) -> None:
    """Show the watched sources: how each is, since when, and what it brought.

    Example: dragoman sources --ledger asia.ledger
    """
    with edge(), opened(ledger) as book:
        found = [(one, book.arrivals.counts(one.name)) for one in book.sources.all()]
        if in_json:
            print_text(as_json([{**one.to_dict(), "outcomes": dict(sorted(counts.items()))} for one, counts in found]))
            return
        from dragoman.show.sources import render

        render(found)


class _Stopped(BaseException):
    """Somebody asked the process to stop."""


@contextmanager
def _until_stopped() -> Iterator[None]:
    """End the block quietly at SIGTERM or Ctrl-C; what is being stored is then stored whole or not at all."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise _Stopped

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    except _Stopped:
        pass
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _line(look: Look) -> str:
    """Return what is printed of a look."""
    from dragoman.show.words import one_line

    one = look.source
    counts = ", ".join(f"{count:,} {word}" for word, count in look.outcomes.items()) or "nothing new"
    note = f" ({one_line(one.note)})" if one.note else ""
    at, following = (one.looked_at or "")[:16].replace("T", " "), one.next_at[11:16]
    return f"{at}  {one_line(one.name)}: {one.state}, {counts}; next look {following} UTC{note}\n"
