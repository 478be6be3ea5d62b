"""A pair of states: its tracks over time, tension, what is due, disputed and in force; the timeline; the brief.

In:     two actors by id or name, a day.
Out:    `/relation/A/B`, `/relation/A/B/timeline`, `/relation/A/B/brief`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from fastapi.responses import RedirectResponse

from dragoman import views
from dragoman.domain import Track
from dragoman.errors import UsageError
from dragoman.ledger import Ledger
from dragoman.show import brief as briefs
from dragoman.show.moments import moment_row
from dragoman.show.rows import Row, dispute_row, initiative_row, measure_row, step_row
from dragoman.show.standing import contact_row, track_row
from dragoman.show.words import Names
from dragoman.views.actors import actor_id
from dragoman.views.brief import Brief
from dragoman.views.relation import Relation
from dragoman.views.timeline import Timeline
from dragoman.web.answering import Ask, Asking, AsOf, Day, Page, screen
from dragoman.web.charts.lanes import MOST, lanes
from dragoman.web.charts.svg import tension as tension_chart
from dragoman.web.pages import relation_address
from dragoman.web.screens.chosen import entry_address

router = APIRouter()

#: Entries of each section (guess: the page stays a page); the rest is behind a link.
FEW = 8
#: Periods in the table beside the tension chart (a guess: two years by month).
PERIODS = 24
#: How long after the last document the curve still goes on (guess: three half-lives of an act).
SILENT = timedelta(days=180)

Limit = Annotated[int, Query(ge=1, le=1000, description="Moments, the latest.")]


@screen(router, "/relation/{a}/{b}", "json", "csv", answers=Relation)
def relation(ask: Asking, a: str, b: str, as_of: AsOf = None) -> Response:
    """Show the state of a relation."""

    def show(ledger: Ledger, found: Relation, names: Names) -> Page:
        return _page(ask, ledger, found, names)

    return _of_pair(ask, a, b, lambda ledger, pair: views.relation(ledger, *pair, as_of=as_of), show)


@screen(router, "/relation/{a}/{b}/timeline", "json", "csv", answers=Timeline)
def timeline(
    ask: Asking,
    a: str,
    b: str,
    track: Track | None = None,
    since: Day = None,
    until: Day = None,
    limit: Limit = 200,
    as_of: AsOf = None,
) -> Response:
    """Show what happened between two actors day by day."""

    def view(ledger: Ledger, pair: tuple[str, str]) -> Timeline:
        return views.timeline(ledger, *pair, track=track, since=since, until=until, limit=limit, as_of=as_of)

    def show(ledger: Ledger, found: Timeline, names: Names) -> Page:
        rows = [moment_row(moment, names) for moment in reversed(found.moments)]
        return Page("timeline.html", f"{_title(found.pair, names)}, day by day", {"found": found, "rows": rows})

    return _of_pair(ask, a, b, view, show)


@screen(router, "/relation/{a}/{b}/brief", "json", answers=Brief)
def brief(ask: Asking, a: str, b: str, since: Day = None, as_of: AsOf = None) -> Response:
    """Show the brief of a pair: sentences with footnotes."""

    def show(ledger: Ledger, found: Brief, names: Names) -> Page:
        return Page("brief.html", f"{_title(found.pair, names)}: brief", {"found": found, "brief": _brief(found)})

    return _of_pair(ask, a, b, lambda ledger, pair: views.brief(ledger, *pair, since=since, as_of=as_of), show)


def _of_pair(
    ask: Ask,
    a: str,
    b: str,
    view: Callable[[Ledger, tuple[str, str]], Any],
    show: Callable[[Ledger, Any, Names], Page],
) -> Response:
    """Answer for two actors; where they are not given by their ids, lead to the address that has these."""
    with ask.shelf.reading() as ledger:
        pair = actor_id(ledger, a), actor_id(ledger, b)
    if pair[0] == pair[1]:
        raise UsageError(f"{a} and {b} are one actor, {pair[0]}. Name two.")
    if pair != (a, b):
        url = ask.request.url
        rest = url.path.split("/", 4)[4:]  # "/relation/A/B/timeline.csv" has one, "/relation/A/B.csv" has none
        end = f"/{rest[0]}" if rest else "" if ask.form == "html" else f".{ask.form}"
        return RedirectResponse(f"{relation_address(pair)}{end}{f'?{url.query}' if url.query else ''}", 307)
    return ask.answer(lambda ledger: view(ledger, pair), show)


def _page(ask: Ask, ledger: Ledger, found: Relation, names: Names) -> Page:
    title = _title(found.pair, names)
    if not found.documents:
        return Page("pair_empty.html", title, {"found": found})
    moments = views.timeline(ledger, *found.pair, kinds=("events",), limit=MOST, as_of=found.as_of)
    known = [source.known_on for source in ledger.documents(pair=found.pair)]
    given = {
        "found": found,
        "days": (min(known), max(*known, found.as_of)),
        "lanes": lanes(
            moments.moments, names, entry_address(ask, found.as_of), title=f"Acts between {title}, by track"
        ),
        "acts": [moment_row(moment, names) for moment in reversed(moments.moments)],
        "more_acts": moments.more,
        "contacts": [contact_row(contact) for contact in found.contacts],
        "steps": _some([*(step_row(s, names) for s in found.due), *(step_row(s, names) for s in found.overdue)]),
        "disputes": _some([dispute_row(entry, names) for entry in found.disputes]),
        "measures": _some([measure_row(m, names) for m in (*found.in_force, *found.announced, *found.threatened)]),
        "initiatives": _some([initiative_row(entry, names) for entry in found.initiatives]),
        "moves": [track_row(move) for move in found.tracks],
        "brief": _brief(views.brief(ledger, *found.pair, as_of=found.as_of)),
        **_tension(ledger, found),
    }
    return Page("pair.html", title, given)


def _tension(ledger: Ledger, found: Relation) -> dict[str, Any]:
    """Return the curves in both directions, with their last periods as a table."""
    last = found.last.known_on if found.last else found.as_of
    until = min(found.as_of, last + SILENT)  # a long silence says nothing new
    curve = views.tension(ledger, *found.pair, by="month", until=until, as_of=found.as_of)
    there, back = curve.series("there"), curve.series("back")
    scored = [(one, other) for one, other in zip(there, back, strict=True) if one.acts or other.acts]
    compared = {direction: views.compare(curve, direction) for direction in ("there", "back")}
    return {
        "curve": curve,
        "chart": tension_chart(curve) if scored else None,
        "periods": list(reversed(scored))[:PERIODS],
        "compared": compared,
    }


def _some(rows: list[Row]) -> tuple[list[Row], int]:
    """Return the first rows, and how many more there are."""
    return rows[:FEW], max(0, len(rows) - FEW)


def _brief(found: Brief) -> dict[str, Any]:
    """Return what the sentences of a brief and their footnotes need."""
    return {"basis": briefs.basis(found), "parts": briefs.paragraphs(found), "notes": found.footnotes}


def _title(pair: tuple[str, str], names: Names) -> str:
    return f"{names.name(pair[0])} and {names.within(pair[1])}"
