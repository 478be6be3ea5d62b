"""The look keeps its promises: contrast in both themes, nothing loaded from elsewhere, scripts that stay small."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import dragoman.web
from dragoman.show.words import words

STATIC = Path(dragoman.web.__file__).with_name("static")
STYLE = (STATIC / "style.css").read_text(encoding="utf-8")
SCRIPT = (STATIC / "app.js").read_text(encoding="utf-8")
THEMES = ("light", "dark")
COLOURS = {
    theme: {name: both[at] for name, *both in re.findall(r"--(\w+): light-dark\((#\w{6}), (#\w{6})\)", STYLE)}
    for at, theme in enumerate(THEMES)
}


def luminance(colour: str) -> float:
    """Return the relative luminance of "#rrggbb" (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (WCAG 2.2), 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_measured_as_wcag_has_it():
    """Black on white is 21, a colour on itself is 1."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#666057", "#666057") == 1


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("text", ["ink", "soft", "accent", "coop", "conf"])
@pytest.mark.parametrize("ground", ["paper", "band", "target"])
def test_text_can_be_read_on_every_ground(theme, text, ground):
    """Level AA asks for 4.5:1."""
    assert contrast(COLOURS[theme][text], COLOURS[theme][ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_lit_words_can_be_read(theme):
    """Words of a document that are lit up stay in ink."""
    assert contrast(COLOURS[theme]["ink"], COLOURS[theme]["lit"]) >= 4.5


def test_each_shape_of_a_mark_is_drawn():
    """Every shape that the word list names has its drawing; a plain ring is what `open` looks like."""
    shapes = {
        value["shape"]
        for table in words().values()
        if isinstance(table, dict)
        for value in table.values()
        if isinstance(value, dict) and "shape" in value
    }

    assert {"full", "cross"} <= shapes
    assert {shape for shape in shapes - {"open"} if f".sign.{shape} {{" not in STYLE} == set()


@pytest.mark.parametrize("text", [STYLE, SCRIPT], ids=["style.css", "app.js"])
def test_nothing_comes_from_elsewhere(text):
    """No address of another site stands in what the pages load."""
    assert re.findall(r"https?://|@import|url\(", text) == []


def test_the_script_stays_comfort():
    """It is short, strict, and makes no markup from text."""
    assert len(SCRIPT.splitlines()) < 250
    assert '"use strict";' in SCRIPT
    assert (
        re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|\bfetch\b|\.style\b", SCRIPT) == []
    )
