"""Measures: what is in force and what changed, rates over time, who acts on whom.

In:     a pair, an implementer, who is affected, days; stock or flow.
Out:    `/measures`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from dragoman import views
from dragoman.ledger import Ledger
from dragoman.ledger.entries import MeasureEntry
from dragoman.show.lists import standing_row
from dragoman.show.rows import Row, rung_row
from dragoman.show.sentences import rung_words
from dragoman.show.words import Names, rate_words, short_window, shorten
from dragoman.views.actors import actor_id
from dragoman.views.measures import Cell, Measures
from dragoman.web.answering import Ask, Asking, AsOf, Day, Page, screen
from dragoman.web.charts.ladder import ladders
from dragoman.web.pages import reported
from dragoman.web.screens.chosen import ActorName, asked, entry_address, pair_of

router = APIRouter()

#: Entries on the page, rows and columns of the matrix, rungs in the table beside the chart (guesses: under 300 kB).
FEW, SIDES, RUNGS = 80, 12, 80
#: Counts from which a cell of the matrix is shaded one step darker (by eye).
STEPS = (1, 3, 8, 20)

#: Measures that are looked at unless told otherwise (guess: all of a busy pair, the last years of all pairs).
LOOKED_AT = 400
Limit = Annotated[int, Query(ge=1, le=5_000, description="So many measures are looked at, those with the latest days.")]
Show = Literal["all", "stock", "flow"]


@dataclass(frozen=True, slots=True)
class Grid:
    """Who acts on whom: the implementers and the affected with most measures, and the counts of each two."""

    by: tuple[str, ...]
    on: tuple[str, ...]
    cells: dict[tuple[str, str], Cell]
    left_out: int

    def shade(self, by: str, on: str) -> str:
        """Return the class of a cell: the more measures, the darker."""
        cell = self.cells.get((by, on))
        return f"shade-{sum(cell.count >= step for step in STEPS)}" if cell else ""


@screen(router, "/measures", "json", "csv", answers=Measures)
def measures(
    ask: Asking,
    a: ActorName = None,
    b: ActorName = None,
    by: ActorName = None,
    on: ActorName = None,
    show: Show = "all",
    in_force_on: Day = None,
    since: Day = None,
    until: Day = None,
    limit: Limit = LOOKED_AT,
    as_of: AsOf = None,
) -> Response:
    """Show measures as they stand, those in force on a day, or the changes in a period."""

    def view(ledger: Ledger) -> Measures:
        return views.measures(
            ledger,
            pair_of(ledger, a, b),
            by=actor_id(ledger, by) if by else None,
            on=actor_id(ledger, on) if on else None,
            show="flow" if show == "all" and (since or until) else show,
            in_force_on=in_force_on,
            since=since,
            until=until,
            limit=limit,
            as_of=as_of,
        )

    return ask.answer(view, lambda ledger, found, names: _page(ask, found, names))


def _page(ask: Ask, found: Measures, names: Names) -> Page:
    entries = list(dict.fromkeys([*(s.entry for s in found.standing), *(m.entry for m in found.movements)]))
    charts, unseen = ladders(entries, found.as_of, names, entry_address(ask, found.as_of))
    rows = [(standing_row(one, names), reported(one.entry)) for one in found.standing[:FEW]]
    rows += [(rung_row(one.rung, one.entry, names), reported(one.entry)) for one in found.movements[-FEW:][::-1]]
    given = {
        "found": found,
        "asked": asked(ask),
        "rows": rows,
        "all": len(entries) < _limit(ask),
        "number": len(found.standing) + len(found.movements),
        "grid": grid(found.matrix),
        "names": names,
        "charts": charts,
        "unseen": unseen,
        "rungs": _rungs(entries, names)[:RUNGS],
    }
    return Page("measures.html", "Measures", given)


def _limit(ask: Ask) -> int:
    return int(ask.request.query_params.get("limit", LOOKED_AT))


def _rungs(entries: Sequence[MeasureEntry], names: Names) -> list[tuple[Row, str, str, str]]:
    """Return each rung with a rate: its measure, when, how it changed, and the parts of the rate."""
    found = []
    for entry in entries:
        parts = "; ".join(
            f"{rate_words(part.rate)} {shorten(part.reason or '', 80)}".strip() for part in entry.parts if part.rate
        )
        for rung in entry.ladder:
            if rung.rate:
                found.append((rung_row(rung, entry, names), short_window(rung.when), rung_words(rung), parts))
    return found


def grid(cells: Sequence[Cell]) -> Grid:
    """Return the cells of the implementers and of the affected with most measures."""
    sums: tuple[dict[str, int], dict[str, int]] = ({}, {})
    for cell in cells:
        for side, known in zip((cell.by, cell.on), sums, strict=True):
            known[side] = known.get(side, 0) + cell.count
    by, on = (sorted(known, key=lambda one: (-known[one], one))[:SIDES] for known in sums)
    inside = {(cell.by, cell.on): cell for cell in cells if cell.by in by and cell.on in on}
    return Grid(tuple(by), tuple(on), inside, len(cells) - len(inside))
