"""Sources on the terminal: how each watched feed and folder is, and what it brought.

In:     the watched sources of a ledger, each with how many items had each outcome.
Out:    a list on standard output, fitted to the width.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import IO

from rich.console import RenderableType

from dragoman.ledger.arrivals import OutcomeWord
from dragoman.ledger.watched import Watched
from dragoman.show.sheet import GLYPHS, Sheet, colour, put
from dragoman.show.words import one_line

#: The shape of the mark of each state.
SHAPES = {
    "fresh": "full", "valid but empty": "open", "undated": "half", "unreachable": "cross",
    "not looked at yet": "dashed",
}  # fmt: skip

Found = Sequence[tuple[Watched, Mapping[OutcomeWord, int]]]


def render(found: Found, *, width: int | None = None, file: IO[str] | None = None) -> None:
    """Print the sources by name; for width and file see `sheet.put`."""
    put(Sheet, lambda sheet: _blocks(found, sheet), width=width, file=file)


def _blocks(found: Found, sheet: Sheet) -> Iterator[RenderableType]:
    if not found:
        yield sheet.text("No source is watched. List feeds and folders in a file: dragoman watch sources.toml")
    for one, counts in found:
        shape = SHAPES[one.state]
        since = f" since {_moment(one.since)}" if one.looked_at else ""
        yield sheet.line(
            (f"{GLYPHS[shape]} ", colour(shape)), (one_line(one.name), "bold"), (f"  {one.state}{since}", "")
        )
        yield sheet.text(f"  {one_line(one.place)}", "dim")
        yield sheet.text(f"  {' · '.join(_facts(one, counts))}")
        if one.note:
            yield sheet.text(f"  {one_line(one.note)}")


def _facts(one: Watched, counts: Mapping[OutcomeWord, int]) -> Iterator[str]:
    """Yield what is known of a source in a few words each."""
    if one.looked_at:
        yield f"looked at {_moment(one.looked_at)}"
    yield f"next {_moment(one.next_at)} UTC"
    if one.failures:
        yield f"failed {one.failures} time{'s' if one.failures != 1 else ''} in a row"
    if one.newest:
        yield f"newest of {one.newest}"
    yield ", ".join(f"{count:,} {word}" for word, count in sorted(counts.items())) or "brought nothing yet"


def _moment(text: str | None) -> str:
    """Return a moment without its seconds."""
    return (text or "")[:16].replace("T", " ")
