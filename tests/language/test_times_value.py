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
        ("the year two thousand", "2000"),
        ("June nineteen eighty-six", "1986-06"),
        ("the winter of nineteen eighty-six", "1986-WI"),
        ("on Monday, March 16: the hearing", "1998-03-16"),
        ("the 1990s", "199"),
        ("the 20th century", "19"),
        ("this decade", "199"),
        ("a decade ago", "1988"),
        ("a century ago", "1898"),
        ("the fourth quarter", "1997-Q4"),
        ("its fiscal second quarter", "1997-Q2"),
        ("the week after next", "1998-W09"),
        ("the month before last", "1997-12"),
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
        ("a year and a half", "P1Y6M"),
        ("half an hour", "PT30M"),
        ("two decades", "P20Y"),
        ("for weeks", "PXW"),
        ("a few days", "PXD"),
        ("the next two weeks", "P2W"),
        ("recent weeks", "PXW"),
        ("the coming months", "PXM"),
        ("now", "PRESENT_REF"),
        ("recently", "PAST_REF"),
        ("soon", "FUTURE_REF"),
        ("every day", "P1D"),
        ("every Thursday", "XXXX-WXX-4"),
        ("on Thursdays", "XXXX-WXX-4"),
        ("each July", "XXXX-07"),
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
        ("Envoys signed it in November", "1997-11"),
        ("It was signed in June", "1997-06"),
        ("It will be signed in June", "1998-06"),
        ("It took effect on August 20", "1997-08-20"),
        ("It takes effect on August 20", "1998-08-20"),
        ("The treaty expires on Monday", "1998-02-16"),
        ("It had been due to lapse on Monday", "1998-02-09"),
        ("The envoy could arrive as early as Monday", "1998-02-16"),
        ("The United Nations met Monday", "1998-02-09"),  # "United" is no verb
        ("On Monday, the envoys will meet", "1998-02-16"),  # told by what follows
        ("They have until Friday", "1998-02-13"),  # published on a Friday
        ("It fell in March", "1998-03"),  # next month is so near that the verb does not move it a year back
    ],
)
def test_what_comes_round_is_read_by_the_tense_around_it(text, value):
    """A verb that looks ahead or back chooses the side, unless the date on the other side is far nearer."""
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
