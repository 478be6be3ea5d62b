"""Charts as SVG inside a page: drawn without a browser, in the page's own colours.

In:     a chart of Altair that uses the colours named here.
Out:    markup that fits the width it is given and follows light and dark.
Never:  carries a style, a script, or a link that leads out of the application.
"""

from __future__ import annotations

import json
import re
import threading
from collections import OrderedDict
from datetime import date, timedelta
from html import escape
from typing import Any

from markupsafe import Markup

from dragoman.show import charts

#: Colours as charts name them; each becomes the variable of the style sheet that stands behind it.
INK, SOFT, LINE, ACCENT, BAND, PAPER = "#1f1d1a", "#666057", "#d9d3c7", "#7a2e1d", "#eae6db", "#fbfaf6"
COOP, CONF = "#28597f", "#a3261d"
VARIABLES = {
    INK: "--ink", SOFT: "--soft", LINE: "--line", ACCENT: "--accent", BAND: "--band", PAPER: "--paper",
    COOP: "--coop", CONF: "--conf",
    # the colours of the tension chart, which also stands by itself
    charts.INK: "--ink", charts.FAINT: "--soft", charts.BAND: "--band", charts.OTHER: "--soft", charts.BARS: "--soft",
    charts.LINE: "--line", charts.GRID: "--line",
}  # fmt: skip
FONT = "sans-serif"
#: A mark that is a link, as Vega writes it: it puts a place on the web before our addresses.
LINK = re.compile(
    r'<a (?:xlink:)?href="(?:https://vega\.github\.io/vega-datasets/)?(/[^"]*)">'
    r'<(path|line)\b([^>]*?) aria-label="([^"]*)"'
)
#: A tick's label in Vega's own language, as in the tension chart, with the year beside the month.
DATES = (
    "utcdate(datum.value) != 1 ? utcFormat(datum.value, '%-d %b') : "
    "utcmonth(datum.value) == 0 ? utcFormat(datum.value, '%Y') : utcFormat(datum.value, '%b %y')"
)
#: Pictures that are remembered (guess: those of a few hundred pages).
KEPT = 500

_drawn: OrderedDict[str, str] = OrderedDict()
_lock = threading.Lock()


def drawn(chart: Any, data: charts.Datasets, *, title: str, told: str) -> Markup:
    """Return a chart of Altair as SVG with a title and a description for those who cannot see it."""
    import vl_convert

    specification = json.dumps(_looked(data.specification(chart)), sort_keys=True)
    with _lock:
        svg = _drawn.get(specification)
        if svg is None:
            svg = _drawn[specification] = themed(vl_convert.vegalite_to_svg(specification, show_warnings=False))
            while len(_drawn) > KEPT:
                _drawn.popitem(last=False)
        _drawn.move_to_end(specification)
    head = f"<title>{escape(title)}</title><desc>{escape(told)}</desc>"
    label = escape(title)
    return Markup(
        re.sub(r"<svg\b([^>]*)>", lambda m: f'<svg{_role(svg)} aria-label="{label}"{m[1]}>{head}', svg, count=1)
    )


def themed(svg: str) -> str:
    """Return an SVG in the page's colours, as wide as there is room, up to its own width."""
    for colour, variable in VARIABLES.items():
        svg = re.sub(f'"{colour}"', f'"var({variable})"', svg, flags=re.IGNORECASE)
    svg = re.sub(r'<rect\b[^>]*fill="white"[^>]*/?>(</rect>)?', "", svg, count=1)
    svg = re.sub(r'\s(?:xlink:title|target|style|cursor|role|aria-[a-z]+)="[^"]*"', lambda m: _said(m[0]), svg)
    return re.sub(r' aria-label="[^"]*"', "", LINK.sub(_named, svg))


def day_value(day: date) -> float:
    """Return the first moment of a day as Vega counts time: milliseconds, the same in every time zone."""
    return (day - date(1970, 1, 1)) / timedelta(milliseconds=1)


def tension(view: Any) -> Markup:
    """Return the tension of a pair over time."""
    return Markup(themed(charts.tension_svg(view)))


def _said(attribute: str) -> str:
    """Return an attribute that stays: what a mark says."""
    return attribute if attribute.startswith(" aria-label") else ""


def _named(found: re.Match[str]) -> str:
    """Return a link that says what it is; the table beside the chart has it for the keyboard."""
    return f'<a href="{found[1]}" tabindex="-1"><title>{found[4]}</title><{found[2]}{found[3]}'


def _role(svg: str) -> str:
    """Return what a reader of screens takes the picture for: one image, or a group of links."""
    return ' role="group"' if "<a " in svg else ' role="img"'


def _looked(chart: dict[str, Any]) -> dict[str, Any]:
    """Return a specification with the look of our axes."""
    axis = {
        "labelFont": FONT, "titleFont": FONT, "labelColor": SOFT, "titleColor": SOFT, "titleFontWeight": "normal",
        "domainColor": LINE, "tickColor": LINE, "gridColor": LINE, "labelFontSize": 12, "titleFontSize": 12,
    }  # fmt: skip
    legend = {"labelFont": FONT, "titleFont": FONT, "labelColor": SOFT, "titleColor": SOFT}
    config = {
        "axis": axis, "legend": legend, "view": {"stroke": None}, "font": FONT, "background": None,
        "text": {"font": FONT, "color": INK},
    }  # fmt: skip
    return {**chart, "config": config, "background": None}
