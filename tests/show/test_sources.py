"""The watched sources on a terminal: what is said of each, that it fits, and that nothing but text gets there."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import get_args

import pytest
from rich.cells import cell_len

from dragoman.ledger.watched import State, Watched
from dragoman.show.sources import SHAPES, render

FRESH = Watched(
    "ministry", "feed", "https://example.org/press/rss.xml", "fresh", "2026-03-02T08:00:00Z", "2026-03-04T09:30:00Z",
    looked_at="2026-03-04T09:00:00Z", newest="2026-03-03",
)  # fmt: skip


class Pipe(io.TextIOWrapper):
    """A file with an encoding, that keeps what it was given."""

    def __init__(self, encoding):
        self.kept = io.BytesIO()
        super().__init__(self.kept, encoding=encoding, newline="")

    def text(self):
        """Return all that was written."""
        self.flush()
        return self.kept.getvalue().decode(self.encoding)


def shown(*found, width=80, encoding="utf-8"):
    """Return what is printed of sources with their counts."""
    file = Pipe(encoding)
    render(list(found), width=width, file=file)
    return file.text()


def test_all_that_is_known_of_a_source_is_said():
    """State and since when, place, last and next look, newest day, and what it brought."""
    text = shown((FRESH, {"added": 1200, "duplicate": 3}), width=120)

    assert text.splitlines() == [
        "● ministry  fresh since 2026-03-02 08:00",
        "  https://example.org/press/rss.xml",
        "  looked at 2026-03-04 09:00 · next 2026-03-04 09:30 UTC · newest of 2026-03-03 · 1,200 added, 3 duplicate",
    ]


@pytest.mark.parametrize("state", get_args(State))
def test_every_state_is_said_in_words(state):
    """Each has a mark too, and the word stands beside it."""
    text = shown((replace(FRESH, state=state), {}))

    assert f"ministry  {state}" in text
    assert state in SHAPES


@pytest.mark.parametrize(
    ("change", "counts", "says", "not_said"),
    [
        ({"failures": 1, "state": "unreachable", "note": "It answered 500."}, {}, "failed 1 time in a row", "times"),
        ({"failures": 3, "state": "unreachable", "note": "It answered 500."}, {}, "failed 3 times in a row", "\0"),
        ({"note": "It answered 500."}, {}, "  It answered 500.", "failed"),
        ({"newest": None, "state": "undated"}, {"added": 2}, "2 added", "newest"),
        ({"looked_at": None, "state": "not looked at yet"}, {}, "brought nothing yet", "since"),
        ({}, {}, "brought nothing yet", "failed"),
    ],
)
def test_what_is_not_known_is_left_out(change, counts, says, not_said):
    """No failures, no day, no look: no words about them."""
    text = shown((replace(FRESH, **change), counts), width=150)

    assert says in text
    assert not_said not in text


def test_no_source_is_said_with_what_to_do():
    """An empty list is no silence."""
    assert "dragoman watch sources.toml" in " ".join(shown().split())


def test_sources_stand_one_after_the_other():
    """Each with its own lines, in the order given."""
    text = shown((replace(FRESH, name="airport"), {}), (FRESH, {}))

    assert text.index("airport") < text.index("ministry")


@pytest.mark.parametrize("width", [20, 40, 80, 150])
def test_lines_fit_the_width(width):
    """Long addresses and notes are wrapped, not cut."""
    note = "The server closed the connection before the answer was whole. " * 4
    address = "https://example.org/" + "long/" * 40
    text = shown((replace(FRESH, place=address, note=note), {"nothing found": 12, "refused": 4}), width=width)

    assert max(cell_len(line) for line in text.splitlines()) <= width
    assert "".join(address.split()) in "".join(text.split())


def test_nothing_but_text_reaches_the_terminal():
    """A feed's address, name or error may hold escape codes; mark-up is shown as it is."""
    hostile = "\x1b]0;owned\x07 \x1b[31m[red]x[/red]\r\n\u202eabc"
    text = shown((replace(FRESH, name=hostile, place=hostile, note=hostile), {}))

    assert not any(char in text for char in "\x1b\x07\r\u202e")
    assert "[red]x[/red]" in text


def test_an_output_without_these_letters_gets_others():
    """Marks and dots become ASCII."""
    text = shown((replace(FRESH, note="“No answer” – wait…"), {}), encoding="ascii")

    assert text.startswith("* ministry  fresh")
    assert '"No answer" - wait...' in text
