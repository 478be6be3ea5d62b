"""TIMEX3 annotations of whole texts: what is marked, how far, and how one expression is read by another."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from dragoman.language.times import annotate_times
from dragoman.language.times.lexicon import calendar

PUBLISHED = date(1998, 2, 13)  # a Friday


def marked(text, published=PUBLISHED):
    """Return what is marked in a text with its value."""
    return [(timex.text, timex.value) for timex in annotate_times(text, published)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from March 3 to April 9", [("March 3", "1998-03-03"), ("April 9", "1998-04-09")]),
        ("the first nine months of 1987", [("the first nine months", "P9M"), ("1987", "1987")]),
        ("He left two days after the talks", [("two days", "P2D")]),
        ("Four years later they returned", [("Four years", "P4Y")]),
        ("They waited nearly two years", [("nearly two years", "P2Y")]),
        ("after more than four hours", [("more than four hours", "PT4H")]),
        ("in the six months of talks", [("the six months", "P6M")]),
        ("the six-month truce", [("six-month", "P6M")]),
        ("a third-quarter loss", [("third-quarter", "1997-Q3")]),
        ("its third quarter", [("third quarter", "1997-Q3")]),
        ("shortly after dawn, soon after that", []),
    ],
)
def test_expressions_end_where_timeml_ends_them(text, expected):
    """A range is two expressions; "nearly" belongs to a length, "later" and a possessive to none."""
    assert marked(text) == expected


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("length", "in the year ended June 30", ("the year", "P1Y")),
        ("length", "in the fiscal year to March", ("the fiscal year", "P1Y")),
        ("reported", "output rose in the latest quarter", ("the latest quarter", "1997-Q4")),
        ("reported", "for the full year", ("the full year", "1998")),
        ("reported", "for the week", ("the week", "1998-W07")),
        ("reported", "over the month", ("the month", "1998-02")),
        ("reported_period", "in the latest period", ("the latest period", "1997-Q4")),
        ("reported_year", "in the 1996 quarter", ("the 1996 quarter", "1996-Q4")),
        ("before_report", "the year-earlier period", ("the year-earlier period", "1997")),
        ("before_same", "in the same period last year", ("the same period last year", "1997")),
        ("before_last", "up on last year's quarter", ("last year's quarter", "1997")),
    ],
)
def test_what_a_report_is_about_is_marked(pattern, text, expected):
    """Where no quarter has been named, the quarter of a report is the last that has ended."""
    assert pattern in calendar()["timex3_patterns"]
    assert marked(text)[0] == expected


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Exports rose in the third quarter. They had fallen a year earlier.", "1996-Q3"),
        ("Exports rose in the third quarter. Imports fell in the quarter.", "1997-Q3"),
        ("Exports rose in the third quarter. In the year-earlier period they fell.", "1996-Q3"),
        ("Exports fell in the third quarter, and in the nine months, from a year earlier.", "1997"),
        ("Exports may rise in the second quarter. They fell in the latest quarter.", "1997-Q4"),
        ("They fell from a year earlier.", "1997"),
        ("He was elected in 1991 and resigned the following year.", "1992"),
        ("The talks failed in May 1995. They resumed the following month.", "1995-06"),
        ("They met on 3 May 1995 and signed the next day.", "1995-05-04"),
        ("They met in May 1995 and signed the next day.", "1998-02-14"),  # no day to count from but publication
        ("The shelling began at 10:30 p.m. and on Tuesday", "1998-02-10"),
    ],
)
def test_later_expressions_look_back(text, last):
    """A quarter, a year before it and a following month count from what the text named last, at that grain."""
    assert marked(text)[-1][1] == last


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("at 10:30 p.m., in the rain, on Tuesday", "1998-02-10T22:30"),
        ("On Tuesday they met at 9 a.m. sharp", "1998-02-10T09:00"),
        ("They met on Tuesday. The siren sounded at 9 a.m. sharp", "1998-02-13T09:00"),
    ],
)
def test_a_clock_time_is_of_the_day_beside_it(text, value):
    """A day named close by in the sentence gives a clock time its day, else it is publication's."""
    assert value in [found for _, found in marked(text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("on Tuesday", "DATE"),
        ("on Tuesday at 9 a.m.", "TIME"),
        ("on Tuesday night", "TIME"),
        ("in the future", "DATE"),
        ("recently", "DATE"),
        ("for two hours", "DURATION"),
        ("in recent weeks", "DURATION"),
        ("the first nine months", "DURATION"),
        ("every Tuesday", "SET"),
    ],
)
def test_the_type_agrees_with_the_value(text, kind):
    """Points are dates or times, lengths durations, whatever comes again is a set."""
    assert [timex.type for timex in annotate_times(text, PUBLISHED)] == [kind]


def test_annotations_quote_the_text_and_never_overlap():
    """Offsets are of the text given, in order, and no character is in two annotations."""
    text = (
        "In the year-ago third quarter, two days before April 17, from 1990 to the first six months of 1992, they met."
    )

    found = annotate_times(text, PUBLISHED)

    assert all(text[timex.start : timex.end] == timex.text for timex in found)
    assert all(first.end <= second.start for first, second in pairwise(found))


def test_without_publication_only_what_names_its_year_has_a_value():
    """Nothing is read against today."""
    assert marked("in the latest quarter, on 3 May 1995", None) == [
        ("the latest quarter", None),
        ("3 May 1995", "1995-05-03"),
    ]
