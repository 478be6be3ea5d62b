"""The lanes of a pair: one for each track, a mark for each act.

In:     the moments of a timeline.
Out:    a chart: the shape tells the class of the act, a hollow mark that it is planned or possible, a stroke through it
        that it was denied. An act on several tracks stands in each of their lanes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from markupsafe import Markup

from dragoman.domain import QUAD, TRACKS
from dragoman.show.charts import Datasets
from dragoman.show.moments import moment_row
from dragoman.show.words import Names, shorten
from dragoman.views.timeline import Moment
from dragoman.web.charts.svg import CONF, COOP, DATES, PAPER, day_value, drawn

#: The shape of each class of acts, as Vega names it.
SHAPES = {
    "verbal cooperation": "circle",
    "material cooperation": "square",
    "verbal conflict": "triangle-up",
    "material conflict": "diamond",
}
#: What has not happened, or may not have.
HOLLOW = ("planned", "possible")
#: Pixels: a lane, one with marks beside each other, the chart's width, a mark's area and its breadth (by eye).
LANE, BROAD, WIDTH, MARK, BREADTH = 26, 44, 1100, 72, 11
#: Where marks of nearly one day stand in their lane, in breadths from its middle: the first, the second, ...
BESIDE = (0.0, -1.0, 1.0, -0.5, 0.5)
#: The most marks that can be told apart (by eye); of more, the latest are shown.
MOST = 250
NO_TRACK = "no track"


def lanes(moments: Sequence[Moment], names: Names, address: Callable[[str], str], *, title: str) -> Markup | None:
    """Return the chart of the acts among these moments, None where there is none; `address` leads to an entry."""
    import altair as alt

    data = Datasets()
    acts = [moment for moment in moments if moment.type in QUAD][-MOST:]
    if not acts:
        return None
    rows = [row for act in acts for row in _rows(act, names, address)]
    order = [lane for lane in (*map(_lane, TRACKS), NO_TRACK) if any(row["lane"] == lane for row in rows)]
    days = [act.day for act in acts]
    margin = max(timedelta(days=3), (max(days) - min(days)) * 0.03)
    least = (max(days) - min(days) + 2 * margin) * (BREADTH / WIDTH)
    _set_beside(rows, day_value(min(days) + least) - day_value(min(days)))
    lane = BROAD if any(row["beside"] for row in rows) else LANE
    half = lane / 2 / BREADTH
    base = data.chart(rows).encode(
        yOffset=alt.YOffset("beside:Q").scale(domain=[-half, half]),
        x=alt.X("day:T")
        .scale(type="utc", domain=[day_value(min(days) - margin), day_value(max(days) + margin)])
        .axis(title=None, labelExpr=DATES, grid=False, labelFlush=True, tickCount=8),
        y=alt.Y("lane:N").sort(order).axis(title=None, grid=True, domain=False, ticks=False, labelLimit=140),
    )
    shape = alt.Shape("quad:N").scale(domain=list(SHAPES), range=list(SHAPES.values())).legend(None)
    colour = alt.Stroke("colour:N").scale(None).legend(None)
    linked = {"href": "address:N", "description": "says:N"}
    marks = base.mark_point(size=MARK, strokeWidth=1.6, opacity=1).encode(
        shape=shape,
        stroke=colour,
        fill=alt.Fill("filling:N").scale(None).legend(None),
        **linked,
    )
    struck = (
        base.transform_filter("datum.denied")
        .mark_point(shape="stroke", size=4 * MARK, angle=315, strokeWidth=1.8, opacity=1)
        .encode(stroke=colour)
    )
    chart = alt.layer(marks, struck).properties(width=WIDTH, height=alt.Step(lane, **{"for": "position"}))
    first, last = min(days), max(days)
    told = f"{len(acts)} acts on {len(order)} tracks, {first} to {last}; the table beside it has each."
    return drawn(chart, data, title=title, told=told)


def _rows(act: Moment, names: Names, address: Callable[[str], str]) -> list[dict[str, Any]]:
    quad = QUAD[act.type]  # type: ignore[index]  # only acts come here
    row = moment_row(act, names)
    hollow = act.status in HOLLOW or act.possible
    colour = CONF if quad.endswith("conflict") else COOP
    says = shorten(f"{row.day}: {row.head}, {row.what} ({', '.join(row.facts)})", 200)
    return [
        {
            "day": day_value(act.day),
            "lane": _lane(track),
            "quad": quad,
            "colour": colour,
            "filling": PAPER if hollow else colour,
            "denied": act.status == "denied" or act.contested,
            "address": address(act.entry),
            "says": says,
        }
        for track in act.tracks or (NO_TRACK,)
    ]


def _set_beside(rows: Sequence[dict[str, Any]], least: float) -> None:
    """Set marks of a lane that are nearer in time than `least` beside each other."""
    taken: dict[tuple[str, int], float] = {}
    for row in rows:
        free = [n for n in range(len(BESIDE)) if row["day"] - taken.get((row["lane"], n), -math.inf) >= least]
        place = free[0] if free else len(BESIDE) - 1
        taken[row["lane"], place] = row["day"]
        row["beside"] = BESIDE[place]


def _lane(track: str) -> str:
    return track.replace("-", " ")
