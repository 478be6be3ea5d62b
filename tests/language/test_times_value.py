"""TIMEX3 values of calendar expressions, in the notation of TimeML."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.language.times import find_times, timex_value

PUBLISHED = date(1998, 2, 13)  # a Friday


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("today", "1998-02-13"),
        ("yesterday", "1998-02-12"),
        ("on Tuesday", "1998-02-10"),
        ("They will meet on Tuesday", "1998-02-17"),
        ("They met on Friday", "1998-02-13"),
        ("Monday evening", "1998-02-09TEV"),
        ("tomorrow morning", "1998-02-14TMO"),
        ("last night", "1998-02-12TNI"),
        ("10 a.m. Tuesday", "1998-02-10T10:00"),
        ("at 10:30 p.m.", "1998-02-13T22:30"),
        ("last week", "1998-W06"),
        ("the weekend", "1998-W06-WE"),
        ("next month", "1998-03"),
        ("in March", "1998-03"),
        ("early March", "1998-03"),
        ("17 November 2004", "2004-11-17"),
        ("in 1986", "1986"),
        ("the 1990s", "199"),
        ("the 20th century", "19"),
        ("the fourth quarter", "1997-Q4"),
        ("the second half of 1987", "1987-H2"),
        ("this summer", "1998-SU"),
        ("last winter", "1996-WI"),
        ("three days ago", "1998-02-10"),
        ("two weeks ago", "1998-W05"),
        ("a year ago", "1997"),
        ("several years ago", "PAST_REF"),
        ("a year earlier", "1997"),
        ("two days later", "P2D"),
        ("for three years", "P3Y"),
        ("a 90-day truce", "P90D"),
        ("five hours", "PT5H"),
        ("two and a half years", "P2Y"),
        ("2 1/2 years", "P2Y6M"),
        ("two decades", "P20Y"),
        ("for weeks", "PXW"),
        ("a few days", "PXD"),
        ("the next two weeks", "P2W"),
        ("recent weeks", "PAST_REF"),
        ("the coming months", "FUTURE_REF"),
        ("now", "PRESENT_REF"),
        ("recently", "PAST_REF"),
        ("soon", "FUTURE_REF"),
        ("every day", "P1D"),
        ("every Thursday", "XXXX-WXX-4"),
        ("annually", "P1Y"),
        ("Ramadan", None),
    ],
)
def test_values_follow_timex3(text, value):
    """The value is printed at the grain of the expression, seen from publication."""
    assert timex_value(find_times(text)[0], PUBLISHED) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on Friday", "XXXX-WXX-5"),
        ("on March 3", "XXXX-03-03"),
        ("in March", "XXXX-03"),
        ("May 2025", "2025-05"),
        ("last week", None),
    ],
)
def test_without_publication_the_unknown_stays_open(text, value):
    """What the text does not fix is X, or no value at all."""
    assert timex_value(find_times(text)[0], None) == value
