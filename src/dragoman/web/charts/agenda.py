"""Next steps as bars over a calendar.

In:     steps with a due date, and the day of the page.
Out:    a chart: a bar from the first to the last day on which a step is due, fading in where no first day is stated;
        the mark at its end tells how firm it is; each leads to its entry.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from markupsafe import Markup

from dragoman.ledger.entries import StepEntry
from dragoman.show.charts import Datasets
from dragoman.show.rows import step_row
from dragoman.show.words import Names, mark, shorten
from dragoman.views.asked import first_day_of, last_day_of
from dragoman.web.charts.svg import ACCENT, DATES, INK, PAPER, SOFT, day_value, drawn

#: The signs of firmness, as in the lists: how much of the disc is filled, as a path in a box from -1 to 1.
SHAPES = {
    "scheduled": "M0,0L0,-1A1,1,0,1,1,-1,0Z",
    "agreed": "M0,-1A1,1,0,0,1,0,1Z",
    "intended": "M0,0L0,-1A1,1,0,0,1,1,0Z",
    "possible": "M0,0Z",
}
#: Pixels: a row, the chart's width, the letters of a label (by eye); the most rows of one chart (by eye).
ROW, WIDTH, LABEL, MOST = 24, 620, 46, 40


def agenda(steps: Sequence[StepEntry], today: date, names: Names, address: Callable[[str], str]) -> Markup | None:
    """Return the chart of the first steps among these that have a date, None where none has."""
    import altair as alt

    data = Datasets()
    dated = [step for step in steps if last_day_of(step.due) or first_day_of(step.due)][:MOST]
    if not dated:
        return None
    rows = [_row(step, number, names, address) for number, step in enumerate(dated)]
    first, last = min(row["from"] for row in rows), max(row["to"] for row in rows)
    margin = max(5 * 86_400_000.0, (last - first) * 0.03)
    domain = [min(first, day_value(today)) - margin, max(last, day_value(today)) + margin]
    time = alt.X("from:T").scale(type="utc", domain=domain)
    label = alt.Y("label:N").sort(field="number").axis(title=None, domain=False, ticks=False, labelLimit=300)
    linked = {"href": "address:N", "description": "says:N"}
    base = data.chart(rows).encode(y=label)
    dash = alt.condition("datum.open", alt.value([3, 3]), alt.value([1, 0]))
    bars = base.mark_rule(color=SOFT, strokeWidth=5).encode(
        x=time.axis(title=None, labelExpr=DATES, grid=True, tickCount=8), x2="to:T", strokeDash=dash, **linked
    )
    firm = alt.Shape("firmness:N").scale(domain=list(SHAPES), range=list(SHAPES.values())).legend(None)
    ends = base.mark_point(size=90, color=INK, fill=PAPER, strokeWidth=1.4, opacity=1).encode(x="to:T", **linked)
    discs = base.mark_point(size=90, fill=INK, strokeWidth=0, opacity=1).encode(x="to:T", shape=firm)
    now = data.chart([{"from": day_value(today)}]).mark_rule(color=ACCENT, strokeWidth=1.5).encode(x=time)
    chart = alt.layer(now, bars, ends, discs).properties(width=WIDTH, height=alt.Step(ROW))
    told = f"{len(rows)} steps from {rows[0]['day']} on; the list below has each with its words. The line is {today}."
    return drawn(chart, data, title="Next steps over time", told=told)


def _row(step: StepEntry, number: int, names: Names, address: Callable[[str], str]) -> dict[str, Any]:
    row = step_row(step, names)
    first, last = first_day_of(step.due), last_day_of(step.due)
    end = last or first
    assert end is not None
    return {
        "label": f"{number + 1}. {shorten(f'{row.head}: {row.what}', LABEL)}",
        "number": number,
        "day": row.day,
        "from": day_value(first or end - timedelta(days=14)),
        "to": day_value(end + timedelta(days=1)) if last else day_value(end),
        "open": first is None or last is None,
        "firmness": step.firmness,
        "address": address(step.id),
        "says": shorten(f"{row.day}: {row.head}, {row.what} ({mark('firmness', step.firmness).word})", 200),
    }
