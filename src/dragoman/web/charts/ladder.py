"""The ladders of measures: rates over time, each measure a line of steps.

In:     measures with the rungs of their ladders.
Out:    a chart of each, over the same days: a step for each change of the rate, hollow where it is not in force; a
        part of the rate is a mark below it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from markupsafe import Markup

from dragoman.ledger.entries import MeasureEntry, Rung
from dragoman.show.charts import Datasets
from dragoman.show.rows import arrow
from dragoman.show.sentences import measure_name, rung_words
from dragoman.show.words import Names, short_day, shorten
from dragoman.views.measures import rung_day
from dragoman.web.charts.svg import DATES, INK, LINE, PAPER, SOFT, day_value, drawn

#: Pixels, the most measures, the letters of a title (all by eye).
WIDTH, HEIGHT, MOST, LABEL = 520, 54, 8, 84
#: What holds; of all else the mark is hollow.
HOLDS = ("in-force",)
PERCENT = ("percent", "%")

Row = dict[str, Any]


def ladders(
    measures: Sequence[MeasureEntry], today: date, names: Names, address: Callable[[str], str]
) -> tuple[list[Markup], int]:
    """Return a chart of each measure whose rate is known, and how many of them are left out."""
    import altair as alt

    rated = [measure for measure in measures if any(_percent(rung) is not None for rung in measure.ladder)]
    marks = [_marks(measure, address) for measure in rated[:MOST]]
    days = [row["day"] for rows in marks for row in rows] + [day_value(today)]
    margin = max(10 * 86_400_000.0, (max(days) - min(days)) * 0.03)
    time = (
        alt.X("day:T")
        .scale(type="utc", domain=[min(days) - margin, max(days) + margin])
        .axis(title=None, labelExpr=DATES, grid=False, tickCount=7)
    )
    charts = [_chart(one, rows, _lines(one, today), time, names) for one, rows in zip(rated, marks, strict=False)]
    return charts, len(rated) - len(charts)


def _chart(measure: MeasureEntry, marks: list[Row], lines: list[Row], time: Any, names: Names) -> Markup:
    import altair as alt

    data = Datasets()
    top = max(row["rate"] for row in marks) or 1.0
    rate = (
        alt.Y("rate:Q")
        .scale(domain=[0, top * 1.15], nice=False)
        .axis(title=None, tickCount=3, minExtent=40, labelExpr="format(datum.value, ',.3~r') + '%'")
    )
    line = data.chart(lines).mark_line(interpolate="step-after", color=SOFT, strokeWidth=1.6).encode(x=time, y=rate)
    points = (
        data.chart(marks)
        .mark_point(size=60, color=INK, opacity=1)
        .encode(
            x=time,
            y=rate,
            shape=alt.Shape("shape:N").scale(None).legend(None),
            fill=alt.Fill("filling:N").scale(None).legend(None),
            href="address:N",
            description="says:N",
        )
    )
    title = shorten(f"{arrow(measure.by, measure.on, names)}: {measure_name(measure)}", LABEL)
    look = alt.TitleParams(title, anchor="start", fontSize=12, fontWeight="normal", color=INK, offset=4)
    chart = alt.layer(line, points).properties(width=WIDTH, height=HEIGHT, title=look)
    told = f"Its rate over time, in {len(marks)} marks; the table beside it has each change with its day."
    return drawn(chart, data, title=title, told=told)


def _percent(rung: Rung) -> float | None:
    return rung.rate.value if rung.rate and rung.rate.unit in PERCENT else None


def _marks(measure: MeasureEntry, address: Callable[[str], str]) -> list[Row]:
    """Return a row for each rung that states a rate, and for each part of the rate."""
    rows = []
    for rung in measure.ladder:
        value = _percent(rung)
        if value is None:
            continue
        holds = rung.status in HOLDS and not rung.possible
        day = rung_day(rung)
        rows.append({
            "day": day_value(day), "rate": value,
            "shape": "triangle-down" if rung.partial else "circle", "filling": INK if holds else PAPER,
            "address": address(measure.id),
            "says": f"{short_day(day)}: {rung_words(rung)}",
        })  # fmt: skip
    last = max((row["day"] for row in rows), default=0.0)
    for part in measure.parts:
        if part.rate and part.rate.unit in PERCENT:
            says = shorten(f"a part of it: {part.rate.value:g}% {part.reason or ''}", 160)
            rows.append({
                "day": last, "rate": part.rate.value, "shape": "diamond", "filling": LINE,
                "address": address(measure.id), "says": says,
            })  # fmt: skip
    return rows


def _lines(measure: MeasureEntry, today: date) -> list[Row]:
    """Return the steps of the whole rate while it holds, up to the day of the page."""
    rungs = sorted((r for r in measure.ladder if not r.possible and not r.partial), key=rung_day)
    rows: list[Row] = []
    rate: float | None = None
    for rung in rungs:
        rate = _percent(rung) if _percent(rung) is not None else rate
        if rate is not None:
            held = 0.0 if rung.status in ("lifted", "ended", "suspended") else rate if rung.status in HOLDS else None
            if held is not None:
                rows.append({"day": day_value(rung_day(rung)), "rate": held})
    if rows and rungs[-1].status in HOLDS:
        rows.append({**rows[-1], "day": day_value(today)})
    return rows
