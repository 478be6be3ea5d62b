"""Pictures of tension: blocks for terminals and an SVG that stands alone."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from dragoman.show.charts import BLOCKS, PLAIN_BLOCKS, sparkline, tension_svg
from dragoman.views.tension import DIRECTIONS, By, Point, Tension


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ([], ""),
        ([None, None], "  "),
        ([0.0, 7.0], "▁█"),
        ([3.0, 3.0, 3.0], "▄▄▄"),
        ([-7.0, None, 0.0], "▁ █"),
        ([0, 1, 2, 3, 4, 5, 6, 7], BLOCKS),
    ],
)
def test_a_sparkline_runs_from_the_least_to_the_greatest(values, line):
    """One block a value, a gap for None."""
    assert sparkline(values) == line


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437"])
def test_a_sparkline_does_with_plain_marks(encoding):
    """An encoding that lacks the blocks gets marks that every terminal has."""
    line = sparkline(list(range(8)), encoding=encoding)

    assert line == PLAIN_BLOCKS
    assert line.isascii()


@pytest.mark.parametrize(
    ("values", "width", "line"),
    [([0, 0, 7, 7], 2, "▁█"), ([0, None, 7, None], 2, "▁█"), ([None, None, 1, 2], 2, " ▄"), ([1, 2], 80, "▁█")],
)
def test_a_long_sparkline_is_pooled(values, width, line):
    """Neighbours share a block with their mean, and a gap only where all of them are."""
    assert sparkline(values, width=width) == line


def a_tension(periods: int = 14, by: By = "month", empty: bool = False, b: str = "ISL") -> Tension:
    """Return a tension that rises, with a gap at the start and periods without acts."""
    points = []
    for direction in DIRECTIONS:
        for n in range(periods):
            start = date(2020, 1, 1) + timedelta(days=30 * n)
            score = None if n < 2 or empty else -4 + 8 * n / periods
            points.append(
                Point(
                    start=start, end=start + timedelta(days=29), direction=direction, score=score,
                    low=None if score is None else score - 2, high=None if score is None else score + 2,
                    acts=0 if score is None else n % 3, weight=0.0 if score is None else 2.0,
                )
            )  # fmt: skip
    return Tension(a="NOR", b=b, by=by, points=tuple(points))


def texts(svg: str) -> list[str]:
    """Return the words that are drawn."""
    return [
        "".join(element.itertext()) for element in ElementTree.fromstring(svg).iter() if element.tag.endswith("}text")
    ]


def test_the_svg_says_what_it_shows():
    """Title, both directions, axis labels and the interval stand in it as text."""
    words = " ".join(texts(tension_svg(a_tension())))

    for part in ("Tension between Norway and Iceland", "Norway → Iceland", "Iceland → Norway", "tenser", "acts",
                 "90% interval", "+10", "−10", "2021"):  # fmt: skip
        assert part in words


def test_the_svg_can_be_read_aloud():
    """It is one picture with a title and a description in figures, which stand first."""
    root = ElementTree.fromstring(tension_svg(a_tension()))

    assert root.get("role") == "img" and root.get("aria-label") == "Tension between Norway and Iceland"
    assert [child.tag.rpartition("}")[2] for child in root[:2]] == ["title", "desc"]
    assert "-10 (cooperation) to +10 (conflict)" in (root[1].text or "")
    assert "From Norway to Iceland: 12 acts; highest +3.4 on" in (root[1].text or "")


def test_the_svg_needs_nothing_beside_it():
    """No address but the namespaces, no pictures, scripts or styles, and no font but a generic one."""
    svg = tension_svg(a_tension())

    assert set(re.findall(r'https?:[^"\s]+', svg)) <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    assert not re.search(r"<(image|script|style|foreignObject|a)\b|url\(|\bhref=", svg)
    assert set(re.findall(r'font-family="([^"]*)"', svg)) == {"sans-serif"}


@pytest.mark.parametrize("more", [{"periods": 1}, {"periods": 3}, {"periods": 300, "by": "week"}, {"empty": True}])
def test_any_length_can_be_drawn(more):
    """One period, very many, or none with acts: a picture, not an error."""
    svg = tension_svg(a_tension(**more))

    assert ElementTree.fromstring(svg).tag.endswith("svg")
    assert "NaN" not in svg and "Infinity" not in svg


@pytest.mark.parametrize(
    ("more", "part", "there"),
    [
        ({"empty": True}, "Norway → Iceland: no acts", True),
        ({}, "no acts", False),
        ({}, "Dots: months with acts", True),
        ({"periods": 300, "by": "week"}, "Dots", False),  # so many would hide the curve
    ],
)
def test_the_words_fit_what_is_drawn(more, part, there):
    """An empty panel says so, and nothing is explained that is not drawn."""
    assert (part in " ".join(texts(tension_svg(a_tension(**more))))) is there


def test_names_are_escaped():
    """An actor's id is text and never markup."""
    svg = tension_svg(a_tension(b='x"><script>alert(1)</script>'))

    assert "<script" not in svg
    ElementTree.fromstring(svg)


def test_the_same_points_give_the_same_picture():
    """Nothing in it depends on chance or on the time zone."""
    assert tension_svg(a_tension()) == tension_svg(a_tension())


def test_drawing_libraries_wait_until_a_picture_is_drawn():
    """A sparkline costs no import of Altair."""
    code = "import sys, dragoman.show.charts as c; c.sparkline([1, 2]); print('altair' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
