"""Due: what lies ahead and what has passed without word, as bars, as lists, and as a calendar to subscribe to.

In:     a pair, a track, how firm, how far ahead.
Out:    `/due`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Response

from dragoman import views
from dragoman.domain import Firmness, Track
from dragoman.ledger import Ledger
from dragoman.ledger.entries import StepEntry
from dragoman.show.rows import Row, step_row
from dragoman.show.sentences import party
from dragoman.show.words import Names, mark, words
from dragoman.views.due import Agenda
from dragoman.web.answering import Ask, Asking, AsOf, Page, screen
from dragoman.web.calendar import calendar
from dragoman.web.charts.agenda import MOST, SHAPES, agenda
from dragoman.web.pages import reported
from dragoman.web.screens.chosen import ActorName, asked, entry_address, pair_of

router = APIRouter()

#: Steps of each list on the page (guess: the page stays under 300 kB and can be read).
FEW = 60
#: Steps of a calendar (guess: what calendar programs bear).
MOST_EVENTS = 1_000

Days = Annotated[int | None, Query(ge=1, le=3660, description="Only what is due within so many days.")]


@screen(router, "/due", "json", "csv", "ics", answers=Agenda)
def due(
    ask: Asking,
    a: ActorName = None,
    b: ActorName = None,
    track: Track | None = None,
    firmness: Firmness | None = None,
    within: Days = None,
    as_of: AsOf = None,
) -> Response:
    """Show next steps: open, without a date, past due without word; and what became of all."""

    def view(ledger: Ledger) -> Agenda:
        ahead = timedelta(days=within) if within else None
        pair = pair_of(ledger, a, b)
        return views.due(ledger, pair, within=ahead, track=track, firmness=firmness, as_of=as_of)

    def show(ledger: Ledger, found: Agenda, names: Names) -> Page:
        return _page(ask, found, names)

    def as_calendar(ledger: Ledger, found: Agenda) -> bytes:
        return calendar([*found.steps, *found.overdue][:MOST_EVENTS], str(ask.request.base_url), Names())

    return ask.answer(view, show, ics=as_calendar)


def _page(ask: Ask, found: Agenda, names: Names) -> Page:
    lists = (("Ahead", "ahead", found.steps), ("Without a date", "undated", found.undated),
             ("Past due, outcome not reported", "overdue", found.overdue))  # fmt: skip
    counted = [(mark("outcome", name), getattr(found.outcomes, name)) for name in words()["outcome"]]
    drawn = found.steps or found.overdue[:MOST][::-1]
    given = {
        "found": found,
        "asked": asked(ask),
        "counted": [(one, number) for one, number in counted if number],
        "chart": agenda(drawn, found.as_of, names, entry_address(ask, found.as_of)),
        "drawn_past": not found.steps,
        "firm": [mark("firmness", name) for name in SHAPES],
        "lists": [(title, id, *_listed(steps, names)) for title, id, steps in lists],
    }
    return Page("due.html", "Due", given)


def _listed(steps: Sequence[StepEntry], names: Names) -> tuple[list[tuple[Row, str]], int]:
    """Return the first steps with who says so and how often it is told, and how many there are."""
    return [(step_row(step, names), _told(step, names)) for step in steps[:FEW]], len(steps)


def _told(step: StepEntry, names: Names) -> str:
    said = f"said by {party(step.said_by, names)}; " if step.said_by else ""
    return f"{said}{reported(step)}"
