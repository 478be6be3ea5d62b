"""The answers of the ledger in the terminal: one function for the result of any view.

In:     the dataclass that a view returned.
Out:    text on standard output or a file, fitted to the width.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any

from rich.console import RenderableType

from dragoman.show.brief import brief_blocks
from dragoman.show.changes import diff_blocks, shown_blocks
from dragoman.show.course import tension_blocks
from dragoman.show.listing import Listing
from dragoman.show.lists import (
    agenda_blocks,
    disputes_blocks,
    found_blocks,
    initiatives_blocks,
    measures_blocks,
    pairs_blocks,
    statements_blocks,
    timeline_blocks,
)
from dragoman.show.sheet import put
from dragoman.show.standing import relation_blocks

#: Which function lays out the result of which view, by the name of its class.
BLOCKS: dict[str, Callable[..., Iterable[RenderableType]]] = {
    "Agenda": agenda_blocks,
    "Brief": brief_blocks,
    "Diff": diff_blocks,
    "Disputes": disputes_blocks,
    "Found": found_blocks,
    "Initiatives": initiatives_blocks,
    "Measures": measures_blocks,
    "Relation": relation_blocks,
    "Shown": shown_blocks,
    "Statements": statements_blocks,
    "Tension": tension_blocks,
    "Timeline": timeline_blocks,
    "list": pairs_blocks,
}


def render(
    view: Any,
    *more: Any,
    width: int | None = None,
    colour: bool | None = None,
    file: IO[str] | None = None,
) -> None:
    """Print the answer of a view; `more` is what its layout needs beside it. For width and colour see `sheet.put`."""
    blocks = BLOCKS[type(view).__name__]

    def noted(sheet: Listing) -> Iterator[RenderableType]:
        yield from blocks(view, sheet, *more)
        if sheet.told:
            yield sheet.text("A day in brackets is that of the report.", "dim")

    put(Listing, noted, width=width, colour=colour, file=file)
