"""Days, spans and words as typed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dragoman.cli.asking import one_of, span, window
from dragoman.domain import Window
from dragoman.errors import UsageError


@pytest.mark.parametrize(
    ("typed", "days"), [("30d", 30), ("6w", 42), ("3m", 90), ("1y", 365), ("14", 14), (" 2 W ", 14)]
)
def test_spans_of_time(typed, days):
    """A number with a letter; days without one."""
    assert span(typed) == timedelta(days=days)


@pytest.mark.parametrize("typed", ["soon", "", "-3d", "1.5w", "3 months", "99999d"])
def test_other_spans_are_refused(typed):
    """What is no span is not guessed."""
    with pytest.raises(UsageError, match="length of time"):
        span(typed)


@pytest.mark.parametrize(
    ("typed", "start", "end"),
    [
        ("2026-02-01", date(2026, 2, 1), date(2026, 2, 1)),
        ("2026-02-01..2026-02-28", date(2026, 2, 1), date(2026, 2, 28)),
        ("2026-02-01..", date(2026, 2, 1), None),
        ("..2026-02-28", None, date(2026, 2, 28)),
    ],
)
def test_windows(typed, start, end):
    """One day, two ends, or one end open."""
    assert window(typed) == Window(start, end)


@pytest.mark.parametrize(
    ("typed", "found"), [("trade", "trade"), ("Trade", "trade"), ("human rights", "human-rights"), ("CYBER", "cyber")]
)
def test_words_of_a_list(typed, found):
    """Case, blanks and hyphens do not matter."""
    assert one_of("track", typed, ["trade", "human-rights", "cyber"]) == found


@pytest.mark.parametrize(("typed", "says"), [("tade", 'Did you mean "trade"'), ("zzz", "Known: trade, cyber")])
def test_an_unknown_word_names_the_nearest(typed, says):
    """Or all of them, where none is near."""
    with pytest.raises(UsageError, match=says):
        one_of("track", typed, ["trade", "cyber"])
