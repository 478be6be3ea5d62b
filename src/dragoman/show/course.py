"""Tension over time in the terminal: a sparkline for each direction, and a table of the last periods.

In:     a `Tension` and the comparison of its directions with their own past year.
Out:    blocks for the terminal. Higher is tenser; a period before the first act is a gap.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from dragoman.show.charts import sparkline
from dragoman.show.listing import Listing
from dragoman.show.words import Names, short_day

if TYPE_CHECKING:
    from dragoman.views.tension import Comparison, Direction, Point, Tension

#: Periods in the table (guess: a year by month, a quarter by week), and ids named in one of them.
LAST, IDS = 13, 3


def tension_blocks(view: Tension, sheet: Listing, compared: Mapping[Direction, Comparison]) -> Iterator[RenderableType]:
    """Yield the curve of each direction with its comparison, then the last periods of both together."""
    names = Names()
    points = view.series("both")
    yield sheet.line(
        (f"Tension between {names.within(view.a)} and {names.within(view.b)}", "bold"), (f", by {view.by}", "")
    )
    if points:
        yield sheet.text(f"{short_day(points[0].start)} to {short_day(points[-1].end)}; {view.scale}", "dim")
    for direction, comparison in compared.items():
        yield from _curve(view, direction, comparison, sheet, names)
    yield Text()
    yield _table([point for point in points if point.score is not None][-LAST:], sheet)


def _curve(
    view: Tension, direction: Direction, comparison: Comparison, sheet: Listing, names: Names
) -> Iterator[RenderableType]:
    by, on = (names.name(side) for side in view.sides(direction))
    label = f"{by} and {names.within(view.b)}" if direction == "both" else f"{by} → {on}"
    curve = sparkline([point.score for point in view.series(direction)], encoding=sheet.encoding, width=sheet.width - 4)
    yield Text()
    yield sheet.text(label, "bold")
    yield sheet.text(f"  {curve.rstrip() or 'no acts'}")
    yield sheet.text(f"  {comparison.words}", "dim")


def _table(points: list[Point], sheet: Listing) -> RenderableType:
    table = Table.grid(padding=(0, 2, 0, 0))
    for justify in ("left", "right", "right", "right", "left"):
        table.add_column(justify=justify)
    table.add_row(*(sheet.text(name, "dim") for name in ("period from", "score", "90% interval", "acts", "entries")))
    for point in points:
        ids = ", ".join(point.entries[:IDS]) + (f" +{len(point.entries) - IDS}" if len(point.entries) > IDS else "")
        between = f"{_figure(point.low)} to {_figure(point.high)}"
        cells = (short_day(point.start), _figure(point.score), between, str(point.acts), ids)
        table.add_row(*map(sheet.text, cells))
    return table


def _figure(value: float | None) -> str:
    """Return a score with its sign and one decimal; what rounds to nothing has a plus."""
    return "" if value is None else f"{round(value, 1) + 0.0:+.1f}"
