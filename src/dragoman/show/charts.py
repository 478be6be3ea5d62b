"""Tension as a picture: an SVG for pages and print, and a line of blocks for terminals.

In:     a `Tension`; for a sparkline plain numbers, None where there is none.
Out:    `tension_svg`, a whole SVG that needs nothing beside it; `sparkline`, one line of text.
Never:  loads anything (fonts, scripts, pictures), needs colour to be understood, or draws what no act stands behind:
        before the first act there is a gap. Altair and vl-convert are imported only when a picture is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from dragoman.ontology import actor
from dragoman.show.words import Names
from dragoman.views.tension import Direction, Tension

if TYPE_CHECKING:
    import altair as alt

#: Eight heights, and eight marks that stand in where the encoding lacks them.
BLOCKS, PLAIN_BLOCKS = "▁▂▃▄▅▆▇█", "_.-~=+*#"
#: Ink on white, chosen to differ in grey as much as in colour (by eye, in a rendering without colour).
INK, FAINT, BAND, OTHER, BARS = "#1b2a41", "#6b7280", "#c9d6e8", "#7d8793", "#7d8da6"
LINE, GRID = "#b8bec8", "#e6eaf0"
#: Sizes in pixels (by eye): one panel of the curve, one of the counts.
CURVE, COUNTS = 150, 34
#: The most periods for which each with acts has a dot: with more the dots hide the curve (by eye).
DOTTED = 120
FONT = "sans-serif"
#: A tick's label in Vega's own language: "12 May", "Jun", and the year where one begins.
DATES = (
    "utcdate(datum.value) != 1 ? utcFormat(datum.value, '%-d %b') : "
    "utcmonth(datum.value) == 0 ? utcFormat(datum.value, '%Y') : utcFormat(datum.value, '%b')"
)
#: A score's label: "+5", "0".
SIGNED = "datum.value ? format(datum.value, '+d') : '0'"

Rows = list[dict[str, Any]]


class Datasets:
    """The rows of a chart, beside it: Altair copies what lies inside a chart at every step of building it."""

    def __init__(self) -> None:
        self.rows: dict[str, Rows] = {}

    def chart(self, rows: Rows) -> alt.Chart:
        """Return a chart of these rows, to be given its marks."""
        import altair as alt

        name = f"rows-{len(self.rows)}"
        self.rows[name] = rows
        return alt.Chart(alt.NamedData(name=name))

    def specification(self, chart: Any) -> dict[str, Any]:
        """Return the whole chart with its rows, for vl-convert.

        It is not checked against the grammar of charts, which a test does: that would take longer than drawing.
        """
        plain: dict[str, Any] = chart.to_dict(validate=False)
        return {**plain, "datasets": self.rows}


def sparkline(values: Sequence[float | None], *, encoding: str = "utf-8", width: int | None = None) -> str:
    """Return values as blocks between their least and their greatest, a space for None.

    Where there are more values than `width`, neighbours share a block with their mean. Values that are all alike
    stand at half height.
    """
    shown = values if width is None or len(values) <= width else _pooled(values, width)
    known = [value for value in shown if value is not None]
    if not known:
        return " " * len(shown)
    low, high = min(known), max(known)
    marks = BLOCKS if BLOCKS.encode(encoding, "ignore").decode(encoding) == BLOCKS else PLAIN_BLOCKS
    return "".join(" " if value is None else marks[_height(value, low, high)] for value in shown)


def tension_svg(tension: Tension, *, width: int = 640) -> str:
    """Return the two directions one below the other as SVG text: curve, interval, acts in each period.

    Each panel has the other direction as a faint dashed line, so that the two can be compared.
    """
    import altair as alt
    import vl_convert

    data = Datasets()
    chart = alt.vconcat(_panel(tension, "there", width, data), _panel(tension, "back", width, data), spacing=26)
    whole = chart.properties(title=_title(tension), background="white").configure(**_look())
    return _told(vl_convert.vegalite_to_svg(data.specification(whole), show_warnings=False), tension)


# -- pieces of the sparkline -----------------------------------------------------------------------------------------


def _height(value: float, low: float, high: float) -> int:
    if high == low:
        return len(BLOCKS) // 2 - 1
    return round((value - low) / (high - low) * (len(BLOCKS) - 1))


def _pooled(values: Sequence[float | None], width: int) -> list[float | None]:
    """Return `width` values, each the mean of its neighbours."""
    edges = [len(values) * i // width for i in range(width + 1)]
    groups = [[v for v in values[i:j] if v is not None] for i, j in pairwise(edges)]
    return [sum(group) / len(group) if group else None for group in groups]


# -- pieces of the picture -------------------------------------------------------------------------------------------


def _panel(tension: Tension, direction: Direction, width: int, data: Datasets) -> alt.VConcatChart:
    """Return one direction: its curve above, its counts below, on one axis of time."""
    import altair as alt

    doer, other = (_names(tension).name(id) for id in tension.sides(direction))
    against: Direction = "back" if direction == "there" else "there"
    most = max([1, *(point.acts for point in tension.points if point.direction != "both")])
    time = alt.X("day:T").title(None).scale(type="utc", domain=_span(tension))
    count = alt.Y("acts:Q").scale(domain=[0, most]).axis(values=[0, most], format="d", grid=False).title("acts")
    bars = (
        data.chart(_counts(tension, direction))
        .mark_rule(color=BARS, strokeWidth=_bar(tension, width))
        .encode(x=time.axis(grid=False, labelExpr=DATES, labelFlush=True), y=count, y2=alt.datum(0))
    )
    curve = _curve(_scores(tension, direction), _scores(tension, against), time, data)
    silent = "" if any(p.score is not None for p in tension.series(direction)) else ": no acts"
    title = alt.TitleParams(f"{doer} → {other}{silent}", anchor="start", fontSize=13, offset=8)
    return alt.vconcat(
        curve.properties(width=width, height=CURVE, title=title),
        bars.properties(width=width, height=COUNTS),
        spacing=6,
    )


def _curve(here: Rows, other: Rows, time: alt.X, data: Datasets) -> alt.LayerChart | alt.FacetChart:
    """Return interval, zero line, the other direction, the curve with its dots, and its last value."""
    import altair as alt

    blank = time.axis(labels=False, ticks=False, domain=False)
    marks = alt.Axis(values=[-10, -5, 0, 5, 10], labelExpr=SIGNED, labelOverlap=False, domain=False, ticks=False)
    score = alt.Y("score:Q").scale(domain=[-10, 10], nice=False).title("tenser  →").axis(marks)
    base, ghost = (data.chart(rows).encode(x=blank, y=score) for rows in (here, other))
    scored = [row for row in here if row["score"] is not None]
    last = data.chart(scored[-1:]).encode(x=blank, y=score, text=alt.Text("score:Q", format="+.1f"))
    return alt.layer(
        base.mark_area(color=BAND).encode(y=alt.Y("low:Q").axis(marks), y2=alt.Y2("high:Q")),
        data.chart([{}]).mark_rule(color=FAINT, strokeWidth=1).encode(y=alt.YDatum(0).axis(marks)),
        ghost.mark_line(color=OTHER, strokeWidth=1.3, strokeDash=[2, 3]),
        base.mark_line(color=INK, strokeWidth=2),
        base.transform_filter(f"datum.acts > 0 && {len(here)} <= {DOTTED}").mark_point(
            color=INK, filled=True, size=26, opacity=1
        ),
        last.mark_text(color=INK, align="left", dx=6, fontSize=11, fontWeight="bold"),
    )


def _names(tension: Tension) -> Names:
    return Names([actor(tension.a), actor(tension.b)])


def _scores(tension: Tension, direction: Direction) -> Rows:
    """Return rows for the curve; a score holds at the end of its period."""
    return [
        {"day": _moment(p.end + timedelta(days=1)), "score": p.score, "low": p.low, "high": p.high, "acts": p.acts}
        for p in tension.series(direction)
    ]


def _counts(tension: Tension, direction: Direction) -> Rows:
    """Return rows for the bars, each in the middle of its period."""
    return [
        {"day": (_moment(p.start) + _moment(p.end + timedelta(days=1))) / 2, "acts": p.acts}
        for p in tension.series(direction)
        if p.acts
    ]


def _moment(day: date) -> float:
    """Return the first moment of a day as Vega counts time: milliseconds, the same in every time zone."""
    return (day - date(1970, 1, 1)) / timedelta(milliseconds=1)


def _span(tension: Tension) -> list[float]:
    points = tension.points
    return [_moment(min(p.start for p in points)), _moment(max(p.end for p in points) + timedelta(days=1))]


def _bar(tension: Tension, width: int) -> float:
    """Return how wide a bar may be so that neighbours stay apart."""
    return max(1.0, min(14.0, 0.6 * width / max(1, len(tension.series("there")))))


def _title(tension: Tension) -> alt.TitleParams:
    import altair as alt

    first, last = min(p.start for p in tension.points), max(p.end for p in tension.points)
    return alt.TitleParams(
        text=_heading(tension),
        subtitle=[
            f"By {tension.by}, {_day(first)} to {_day(last)}. −10 is cooperation, +10 conflict. "
            + (f"Dots: {tension.by}s with acts." if len(tension.series("there")) <= DOTTED else ""),
            f"Shaded: {tension.level:.0%} interval. Dashed: the other direction. "
            f"An act counts half after {tension.half_life:.0f} days.",
        ],
        anchor="start",
    )


def _heading(tension: Tension) -> str:
    one, other = (_names(tension).within(id) for id in (tension.a, tension.b))
    return f"Tension between {one} and {other}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _look() -> dict[str, Any]:
    """Return the look of axes and titles: thin, grey, one family of letters."""
    axis = {
        "labelFont": FONT, "titleFont": FONT, "labelColor": FAINT, "titleColor": FAINT, "titleFontWeight": "normal",
        "domainColor": LINE, "tickColor": LINE, "gridColor": GRID, "labelFontSize": 11, "titleFontSize": 11,
    }  # fmt: skip
    title = {
        "font": FONT, "color": INK, "fontSize": 16, "offset": 14,
        "subtitleFont": FONT, "subtitleColor": FAINT, "subtitleFontSize": 11, "subtitlePadding": 6,
    }  # fmt: skip
    return {"axis": axis, "title": title, "view": {"stroke": None}, "aria": False, "font": FONT}


def _told(svg: str, tension: Tension) -> str:
    """Return the SVG with a title and a description for those who cannot see it."""
    words = [_described(tension, direction) for direction in ("there", "back")]
    title, told = (
        escape(_heading(tension)),
        escape(" ".join([f"{tension.scale[0].upper()}{tension.scale[1:]}.", *words])),
    )
    head = f"<title>{title}</title><desc>{told}</desc>"
    return re.sub(r"<svg\b([^>]*)>", lambda m: f'<svg role="img" aria-label="{title}"{m[1]}>{head}', svg, count=1)


def _described(tension: Tension, direction: Direction) -> str:
    doer, other = (_names(tension).within(id) for id in tension.sides(direction))
    points = tension.series(direction)
    scores = [(p.score, p.end) for p in points if p.score is not None]
    if not scores:
        return f"From {doer} to {other}: no acts."
    (top, when), (last, until) = max(scores), scores[-1]
    return (
        f"From {doer} to {other}: {sum(p.acts for p in points)} acts; "
        f"highest {top:+z.1f} on {_day(when)}, last {last:+z.1f} on {_day(until)}."
    )
