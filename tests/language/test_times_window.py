"""Windows of calendar expressions: the ledger's date table, row by row, and its neighbours.

All cases are seen from Wednesday 14 May 2025 unless a table says otherwise.
"""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.domain import Window
from dragoman.language.times import find_times, window

PUBLISHED = date(2025, 5, 14)  # a Wednesday
AHEAD, BEHIND, UNKNOWN = True, False, None


def a_window(text, *, published=PUBLISHED, future=UNKNOWN, anchor=None, **more):
    """Return the window of the first expression in a text as "start..end", "" for an open end, None for no window."""
    found = window(find_times(text)[0], published, future=future, anchor=anchor, **more)
    return found and f"{found.start or ''}..{found.end or ''}"


def a_day(text):
    """Return the window of one day, as a_window prints it."""
    return f"{text}..{text}"


WEEKDAYS = [
    ("on Tuesday", UNKNOWN, a_day("2025-05-13")),
    ("on Tuesday", BEHIND, a_day("2025-05-13")),
    ("on Tuesday", AHEAD, a_day("2025-05-20")),
    ("on Wednesday", BEHIND, a_day("2025-05-14")),  # the day of publication is up to publication
    ("on Wednesday", AHEAD, a_day("2025-05-21")),  # "the next after it"
    ("on Thursday", BEHIND, a_day("2025-05-08")),
    ("on Thursday", AHEAD, a_day("2025-05-15")),
    ("last Monday", UNKNOWN, a_day("2025-05-12")),
    ("last Wednesday", UNKNOWN, a_day("2025-05-07")),
    ("past Friday", UNKNOWN, a_day("2025-05-09")),
    ("this Friday", UNKNOWN, a_day("2025-05-16")),
    ("this Monday", UNKNOWN, a_day("2025-05-12")),
    ("next Monday", UNKNOWN, a_day("2025-05-19")),
    ("next Wednesday", UNKNOWN, a_day("2025-05-21")),
    ("the coming Sunday", UNKNOWN, a_day("2025-05-18")),
    ("Friday next week", UNKNOWN, a_day("2025-05-23")),
    ("on Tuesday last week", UNKNOWN, a_day("2025-05-06")),
    ("Monday of this week", UNKNOWN, a_day("2025-05-12")),
    ("Monday evening", UNKNOWN, a_day("2025-05-12")),
    ("late on Friday", AHEAD, a_day("2025-05-16")),
    ("early Sunday", BEHIND, a_day("2025-05-11")),
    ("in the early hours of Monday", BEHIND, a_day("2025-05-12")),
    ("10 a.m. Tuesday", AHEAD, a_day("2025-05-20")),
    ("Tuesday at 10 a.m.", BEHIND, a_day("2025-05-13")),
    ("at 1430 GMT on Monday", BEHIND, a_day("2025-05-12")),
    ("noon on Friday", AHEAD, a_day("2025-05-16")),
    ("by Friday", UNKNOWN, "..2025-05-16"),
    ("until Monday", UNKNOWN, "..2025-05-19"),
    ("effective Friday", UNKNOWN, "2025-05-16.."),
    ("since Tuesday", UNKNOWN, "2025-05-13..2025-05-14"),
    ("since Tuesday", AHEAD, "2025-05-13..2025-05-14"),  # what began lies behind, whatever the verb
    ("Monday to Wednesday", AHEAD, "2025-05-19..2025-05-21"),
    ("from Friday to Monday", BEHIND, "2025-05-09..2025-05-12"),
]

RELATIVE = [
    ("today", a_day("2025-05-14")),
    ("yesterday", a_day("2025-05-13")),
    ("tomorrow", a_day("2025-05-15")),
    ("the day before yesterday", a_day("2025-05-12")),
    ("the day after tomorrow", a_day("2025-05-16")),
    ("tonight", a_day("2025-05-14")),
    ("last night", a_day("2025-05-13")),
    ("this morning", a_day("2025-05-14")),
    ("tomorrow morning", a_day("2025-05-15")),
    ("yesterday afternoon", a_day("2025-05-13")),
    ("overnight", "2025-05-13..2025-05-14"),
    ("last week", "2025-05-05..2025-05-11"),
    ("this week", "2025-05-12..2025-05-18"),
    ("next week", "2025-05-19..2025-05-25"),
    ("last month", "2025-04-01..2025-04-30"),
    ("this month", "2025-05-01..2025-05-31"),
    ("next month", "2025-06-01..2025-06-30"),
    ("the current month", "2025-05-01..2025-05-31"),
    ("last year", "2024-01-01..2024-12-31"),
    ("this year", "2025-01-01..2025-12-31"),
    ("next year", "2026-01-01..2026-12-31"),
    ("last quarter", "2025-01-01..2025-03-31"),
    ("this quarter", "2025-04-01..2025-06-30"),
    ("this weekend", "2025-05-17..2025-05-18"),
    ("last weekend", "2025-05-10..2025-05-11"),
    ("next weekend", "2025-05-24..2025-05-25"),
    ("over the weekend", "2025-05-10..2025-05-11"),
    ("the previous year", "2024-01-01..2024-12-31"),
    ("later this week", "2025-05-14..2025-05-18"),
    ("later this month", "2025-05-14..2025-05-31"),
    ("later this year", "2025-05-14..2025-12-31"),
    ("later in the month", "2025-05-14..2025-05-31"),
    ("later next month", "2025-06-01..2025-06-30"),
    ("earlier this week", "2025-05-12..2025-05-14"),
    ("earlier this month", "2025-05-01..2025-05-14"),
    ("earlier this year", "2025-01-01..2025-05-14"),
    ("so far this year", "2025-01-01..2025-05-14"),
    ("early next week", "2025-05-19..2025-05-21"),
    ("late last year", "2024-10-01..2024-12-31"),
    ("early next year", "2026-01-01..2026-03-31"),
    ("the end of the month", "2025-05-21..2025-05-31"),
    ("the end of next month", "2025-06-21..2025-06-30"),
    ("by the end of the year", "..2025-12-31"),
    ("the end of the year", "2025-10-01..2025-12-31"),
    ("year-end", "2025-10-01..2025-12-31"),
    ("the turn of the year", "2024-12-22..2025-01-10"),
    ("three days ago", a_day("2025-05-11")),
    ("two weeks ago", "2025-04-28..2025-05-04"),
    ("five months ago", "2024-12-01..2024-12-31"),
    ("a year ago", "2024-01-01..2024-12-31"),
    ("a decade ago", "2015-01-01..2015-12-31"),
    ("in two weeks' time", "2025-05-26..2025-06-01"),
    ("three days from now", a_day("2025-05-17")),
    ("in recent days", "2025-05-07..2025-05-14"),
    ("in recent weeks", "2025-04-16..2025-05-14"),
    ("in recent months", "2025-02-14..2025-05-14"),
    ("in recent years", "2022-05-14..2025-05-14"),
    ("in the coming days", "2025-05-14..2025-05-21"),
    ("in the coming weeks", "2025-05-14..2025-06-11"),
    ("in the coming months", "2025-05-14..2025-08-14"),
    ("in the weeks ahead", "2025-05-14..2025-06-11"),
    ("over the coming week", "2025-05-14..2025-05-21"),
    ("during the past week", "2025-05-07..2025-05-14"),
    ("in the next two weeks", "2025-05-14..2025-05-28"),
    ("over the past three months", "2025-02-14..2025-05-14"),
    ("in the last six months", "2024-11-14..2025-05-14"),
    ("in the past few days", "2025-05-11..2025-05-14"),
    ("in the past 24 hours", "2025-05-13..2025-05-14"),
    ("over the past decade", "2015-05-14..2025-05-14"),
    ("within 90 days", "2025-05-14..2025-08-12"),
    ("within weeks", "2025-05-14..2025-06-11"),
    ("effective immediately", "2025-05-14.."),
    ("from next month", "2025-06-01.."),
    ("since last year", "2024-01-01..2025-05-14"),
]

MONTHS = [
    ("in February", BEHIND, "2025-02-01..2025-02-28"),
    ("in February", AHEAD, "2026-02-01..2026-02-28"),
    ("in February", UNKNOWN, "2025-02-01..2025-02-28"),
    ("in December", BEHIND, "2024-12-01..2024-12-31"),
    ("in July", UNKNOWN, "2025-07-01..2025-07-31"),
    ("in May", BEHIND, "2025-05-01..2025-05-31"),
    ("in May", AHEAD, "2025-05-01..2025-05-31"),  # May is not over
    ("last April", UNKNOWN, "2025-04-01..2025-04-30"),  # the most recent one
    ("last May", UNKNOWN, "2024-05-01..2024-05-31"),
    ("last June", UNKNOWN, "2024-06-01..2024-06-30"),
    ("this April", UNKNOWN, "2025-04-01..2025-04-30"),
    ("next April", UNKNOWN, "2026-04-01..2026-04-30"),
    ("in January last year", UNKNOWN, "2024-01-01..2024-01-31"),
    ("June this year", BEHIND, "2025-06-01..2025-06-30"),
    ("early March", BEHIND, "2025-03-01..2025-03-10"),
    ("in mid January", AHEAD, "2026-01-11..2026-01-20"),
    ("mid-April", BEHIND, "2025-04-11..2025-04-20"),
    ("late February", BEHIND, "2025-02-21..2025-02-28"),
    ("the end of June", AHEAD, "2025-06-21..2025-06-30"),
    ("the beginning of June", AHEAD, "2025-06-01..2025-06-10"),
    ("as early as February", AHEAD, "2026-02-01.."),
    ("from March", BEHIND, "2025-03-01.."),
    ("starting in July", UNKNOWN, "2025-07-01.."),
    ("by October", UNKNOWN, "..2025-10-31"),
    ("by March", UNKNOWN, "..2026-03-31"),  # a deadline lies ahead unless one behind is much nearer
    ("by April", UNKNOWN, "..2025-04-30"),
    ("by October", BEHIND, "..2024-10-31"),
    ("by the end of June", AHEAD, "..2025-06-30"),
    ("before the end of June", AHEAD, "..2025-06-30"),
    ("before the summit in June", AHEAD, "2025-06-01..2025-06-30"),
    ("before August", AHEAD, "..2025-07-31"),
    ("until September", AHEAD, "..2025-09-30"),
    ("after March", BEHIND, "2025-04-01.."),
    ("since March", UNKNOWN, "2025-03-01..2025-05-14"),
    ("between March and April", BEHIND, "2025-03-01..2025-04-30"),
    ("from November to January", BEHIND, "2024-11-01..2025-01-31"),
    ("from late May to early June", AHEAD, "2025-05-21..2025-06-10"),
    ("the first week of June", AHEAD, "2025-06-01..2025-06-07"),
    ("the last week of April", BEHIND, "2025-04-24..2025-04-30"),
    ("the last day of March", BEHIND, a_day("2025-03-31")),
]

DAYS = [
    ("on March 3", BEHIND, a_day("2025-03-03")),
    ("on March 3", AHEAD, a_day("2026-03-03")),
    ("on Nov. 17", BEHIND, a_day("2024-11-17")),
    ("on 17 November", AHEAD, a_day("2025-11-17")),
    ("on December 20", UNKNOWN, a_day("2024-12-20")),
    ("on June 3rd", UNKNOWN, a_day("2025-06-03")),
    ("on May 14", AHEAD, a_day("2025-05-14")),
    ("on the 14th of May", BEHIND, a_day("2025-05-14")),
    ("Thursday, April 10", UNKNOWN, a_day("2025-04-10")),
    ("March 3 this year", UNKNOWN, a_day("2025-03-03")),
    ("April 9 last year", UNKNOWN, a_day("2024-04-09")),
    ("the night of 3 April", BEHIND, a_day("2025-04-03")),
    ("the 15th of last month", UNKNOWN, a_day("2025-04-15")),
    ("the 15th of the month", UNKNOWN, a_day("2025-05-15")),
    ("on the 15th.", AHEAD, a_day("2025-05-15")),
    ("on the 15th.", BEHIND, a_day("2025-04-15")),
    ("from March 15", BEHIND, "2025-03-15.."),
    ("as of March 3", BEHIND, "2025-03-03.."),
    ("starting July 1", UNKNOWN, "2025-07-01.."),
    ("with effect from 1 July", UNKNOWN, "2025-07-01.."),
    ("before June 30", AHEAD, "..2025-06-29"),
    ("no later than June 30", AHEAD, "..2025-06-30"),
    ("by June 30", UNKNOWN, "..2025-06-30"),
    ("until June 30", UNKNOWN, "..2025-06-30"),
    ("since April 2", UNKNOWN, "2025-04-02..2025-05-14"),
    ("after April 2", BEHIND, "2025-04-03.."),
    ("between March 3 and March 9", BEHIND, "2025-03-03..2025-03-09"),
    ("between March 3 and 9", BEHIND, "2025-03-03..2025-03-09"),
    ("March 3-9", BEHIND, "2025-03-03..2025-03-09"),
    ("June 8-10", AHEAD, "2025-06-08..2025-06-10"),
    ("June 8 – 10", AHEAD, "2025-06-08..2025-06-10"),
    ("from 3 to 9 March", BEHIND, "2025-03-03..2025-03-09"),
    ("28 February - 2 March", BEHIND, "2025-02-28..2025-03-02"),
    ("29 December to 3 January", BEHIND, "2024-12-29..2025-01-03"),
    ("the week of 28 April", BEHIND, "2025-04-28..2025-05-04"),
    ("the week of 7 May", BEHIND, "2025-05-05..2025-05-11"),
    ("the week beginning 1 May", BEHIND, "2025-05-01..2025-05-07"),
    ("two days before the April 17 deadline", BEHIND, a_day("2025-04-15")),
    ("three weeks after Jan. 20", BEHIND, a_day("2025-02-10")),
    ("a week from Monday", AHEAD, a_day("2025-05-26")),
    ("New Year's Day", BEHIND, a_day("2025-01-01")),
    ("at Christmas", AHEAD, a_day("2025-12-25")),
    ("before Christmas", AHEAD, "..2025-12-24"),
    ("on Easter Monday", BEHIND, a_day("2025-04-21")),
    ("on Thanksgiving", BEHIND, a_day("2024-11-28")),
]

ABSOLUTE = [
    ("17 November 2004", a_day("2004-11-17")),
    ("November 17, 2004", a_day("2004-11-17")),
    ("Nov. 17, 2004", a_day("2004-11-17")),
    ("17/11/2004", a_day("2004-11-17")),
    ("11/17/2004", a_day("2004-11-17")),  # day first is impossible here
    ("03/04/2004", a_day("2004-04-03")),
    ("17.11.2004", a_day("2004-11-17")),
    ("2004-11-17", a_day("2004-11-17")),
    ("2004-11-17T08:30:00Z", a_day("2004-11-17")),
    ("Wednesday, 17 November 2004", a_day("2004-11-17")),
    ("8-10 June 1987", "1987-06-08..1987-06-10"),
    ("June 8-10, 1987", "1987-06-08..1987-06-10"),
    ("from May 1 to June 30, 2026", "2026-05-01..2026-06-30"),
    ("December 29 to January 3, 2004", "2003-12-29..2004-01-03"),
    ("May 2025", "2025-05-01..2025-05-31"),
    ("May of 2025", "2025-05-01..2025-05-31"),
    ("Jan-Mar 2024", "2024-01-01..2024-03-31"),
    ("in 1986", "1986-01-01..1986-12-31"),
    ("nineteen eighty-six", "1986-01-01..1986-12-31"),
    ("mid-2025", "2025-06-01..2025-08-31"),
    ("early 1987", "1987-01-01..1987-03-31"),
    ("by 2011", "..2011-12-31"),
    ("before 2011", "..2010-12-31"),
    ("from 2027", "2027-01-01.."),
    ("2018-19", "2018-01-01..2019-12-31"),
    ("2020/21", "2020-01-01..2021-12-31"),
    ("between 1990 and 1995", "1990-01-01..1995-12-31"),
    ("fiscal 1987", "1987-01-01..1987-12-31"),
    ("fiscal year 2024-25", "2024-04-01..2025-03-31"),
    ("FY2024-25", "2024-04-01..2025-03-31"),
    ("FY25", "2025-01-01..2025-12-31"),
    ("the first quarter of 1987", "1987-01-01..1987-03-31"),
    ("Q3 2024", "2024-07-01..2024-09-30"),
    ("the second half of 1987", "1987-07-01..1987-12-31"),
    ("the first nine months of 1987", "1987-01-01..1987-09-30"),
    ("the 1990s", "1990-01-01..1999-12-31"),
    ("the nineties", "1990-01-01..1999-12-31"),
    ("the early 1990s", "1990-01-01..1993-12-31"),
    ("the 19th century", "1801-01-01..1900-12-31"),
    ("summer 2024", "2024-06-01..2024-08-31"),
    ("the winter of 2024", "2024-12-01..2025-02-28"),
    ("Easter 2024", a_day("2024-03-31")),
    ("the end of March 2024", "2024-03-21..2024-03-31"),
]

SEASONS = [
    ("in spring", AHEAD, "2025-03-01..2025-05-31"),  # spring is not over
    ("in spring", BEHIND, "2025-03-01..2025-05-31"),
    ("in autumn", AHEAD, "2025-09-01..2025-11-30"),
    ("in autumn", BEHIND, "2024-09-01..2024-11-30"),
    ("last summer", UNKNOWN, "2024-06-01..2024-08-31"),
    ("this summer", UNKNOWN, "2025-06-01..2025-08-31"),
    ("next spring", UNKNOWN, "2026-03-01..2026-05-31"),
    ("by the summer", AHEAD, "..2025-08-31"),
    ("in the second quarter", AHEAD, "2025-04-01..2025-06-30"),
    ("in the fourth quarter", BEHIND, "2024-10-01..2024-12-31"),
    ("the first quarter of next year", UNKNOWN, "2026-01-01..2026-03-31"),
    ("the second half of this year", UNKNOWN, "2025-07-01..2025-12-31"),
]

ANCHOR = date(2025, 3, 3)  # a Monday
ANCHORED = [
    ("a day after", a_day("2025-03-04")),
    ("two days later", a_day("2025-03-05")),
    ("three days earlier", a_day("2025-02-28")),
    ("a week later", "2025-03-10..2025-03-16"),
    ("two weeks earlier", "2025-02-17..2025-02-23"),
    ("a month later", "2025-04-01..2025-04-30"),
    ("a year earlier", "2024-01-01..2024-12-31"),
    ("the same day", a_day("2025-03-03")),
    ("that day", a_day("2025-03-03")),
    ("the next day", a_day("2025-03-04")),
    ("the following day", a_day("2025-03-04")),
    ("the day before", a_day("2025-03-02")),
    ("the day after", a_day("2025-03-04")),
    ("the following month", "2025-04-01..2025-04-30"),
    ("the same month", "2025-03-01..2025-03-31"),
    ("the week after", "2025-03-10..2025-03-16"),
    ("the following Friday", a_day("2025-03-07")),
    ("the next morning", a_day("2025-03-04")),
    ("later that week", "2025-03-03..2025-03-09"),
    ("days after", "2025-03-03..2025-03-10"),
    ("only weeks after the talks", "2025-03-03..2025-03-31"),
    ("months before", "2024-12-03..2025-03-03"),
]

NO_WINDOW = [
    "recently", "soon", "now", "currently", "lately", "for years", "for three years", "a 90-day truce",
    "a four-day visit",
    "every year", "annually", "weekly", "every Monday", "Ramadan", "Lunar New Year",
    "several years ago", "twice a year",
    "at 10 a.m.", "in the morning", "the future", "at present", "two years in prison",
]  # fmt: skip

UNDATED = [
    "yesterday", "last week", "on Tuesday", "in February", "on March 3", "next year", "three days ago",
    "in recent weeks",
    "the first quarter", "this summer", "on the 15th.", "later this month", "at Christmas", "within 90 days",
]  # fmt: skip


@pytest.mark.parametrize(("text", "future", "expected"), [*WEEKDAYS, *MONTHS, *DAYS, *SEASONS])
def test_what_comes_round_follows_the_direction_of_the_verb(text, future, expected):
    """A weekday, month, day or season without its year is the last or the next one, as the verb looks back or ahead."""
    assert a_window(text, future=future) == expected


@pytest.mark.parametrize(("text", "expected"), RELATIVE)
@pytest.mark.parametrize("future", [AHEAD, BEHIND, UNKNOWN])
def test_relative_expressions_count_from_publication(text, expected, future):
    """What names its own direction is seen from the day of publication, whatever the verb; a bare weekend excepted."""
    if text == "over the weekend" and future is AHEAD:
        expected = "2025-05-17..2025-05-18"
    if text == "by the end of the year":
        expected = "..2025-12-31"

    assert a_window(text, future=future) == expected


@pytest.mark.parametrize(("text", "expected"), ABSOLUTE)
@pytest.mark.parametrize("published", [PUBLISHED, date(1999, 12, 31), None])
def test_expressions_with_their_year_need_no_publication(text, expected, published):
    """A date with its year means the same days seen from anywhere."""
    assert a_window(text, published=published) == expected


@pytest.mark.parametrize(("text", "expected"), ANCHORED)
def test_expressions_counted_from_another_event_need_its_date(text, expected):
    """A phrase such as "two days later" is counted from the anchor, and has no window without one."""
    assert a_window(text, anchor=ANCHOR) == expected
    assert a_window(text) is None


@pytest.mark.parametrize("text", NO_WINDOW)
@pytest.mark.parametrize("future", [AHEAD, BEHIND, UNKNOWN])
def test_vague_words_durations_and_sets_have_no_window(text, future):
    """Where the text names no days there is no window."""
    assert a_window(text, future=future) is None


@pytest.mark.parametrize("text", UNDATED)
def test_without_publication_nothing_relative_resolves(text):
    """Today's date is never used in place of an unknown day of publication."""
    assert a_window(text, published=None, future=BEHIND) is None


@pytest.mark.parametrize(
    ("text", "published", "future", "expected"),
    [
        ("last week", date(2025, 1, 1), UNKNOWN, "2024-12-23..2024-12-29"),
        ("this week", date(2025, 1, 1), UNKNOWN, "2024-12-30..2025-01-05"),
        ("last month", date(2024, 3, 31), UNKNOWN, "2024-02-01..2024-02-29"),
        ("late February", date(2024, 3, 31), BEHIND, "2024-02-21..2024-02-29"),
        ("on February 29", date(2025, 5, 14), BEHIND, a_day("2024-02-29")),
        ("on February 29", date(2025, 5, 14), AHEAD, a_day("2028-02-29")),
        ("on the 31st.", date(2025, 6, 10), BEHIND, a_day("2025-05-31")),
        ("over the past month", date(2024, 3, 31), UNKNOWN, "2024-02-29..2024-03-31"),
        ("on Sunday", date(2025, 5, 18), BEHIND, a_day("2025-05-18")),
        ("the weekend", date(2025, 5, 18), BEHIND, "2025-05-17..2025-05-18"),
        ("tomorrow", date(2024, 2, 28), UNKNOWN, a_day("2024-02-29")),
        ("on March 3", date(2026, 1, 2), UNKNOWN, a_day("2026-03-03")),
        ("in December", date(2026, 1, 2), UNKNOWN, "2025-12-01..2025-12-31"),
        ("last April", date(1987, 10, 20), UNKNOWN, "1987-04-01..1987-04-30"),
        ("in the second quarter", date(1987, 3, 23), AHEAD, "1987-04-01..1987-06-30"),
        ("next year", date(9999, 5, 1), UNKNOWN, None),
        ("yesterday", date(1, 1, 1), UNKNOWN, None),
    ],
)
def test_windows_at_the_edges_of_months_years_and_the_calendar(text, published, future, expected):
    """Short months, leap years and the ends of the calendar give the right day or none, never an error."""
    assert a_window(text, published=published, future=future) == expected


@pytest.mark.parametrize(
    ("text", "start_month", "expected"),
    [
        ("FY25", 4, "2024-04-01..2025-03-31"),
        ("FY25", 10, "2024-10-01..2025-09-30"),
        ("FY25", 1, "2025-01-01..2025-12-31"),
        ("FY2024-25", 7, "2024-07-01..2025-06-30"),
        ("this fiscal year", 4, "2025-04-01..2026-03-31"),
        ("last fiscal year", 4, "2024-04-01..2025-03-31"),
        ("this fiscal year", 10, "2024-10-01..2025-09-30"),
    ],
)
def test_a_fiscal_year_follows_the_state_when_it_is_known(text, start_month, expected):
    """A fiscal year is named after the calendar year in which it ends."""
    assert a_window(text, fiscal_start_month=start_month) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in two weeks", "2025-05-26..2025-06-01"),
        ("in three days", "2025-05-17..2025-05-17"),
        ("in a month", "2025-06-01..2025-06-30"),
    ],
)
def test_in_two_weeks_has_a_window_only_when_the_verb_looks_ahead(text, expected):
    """What will be "in two weeks" names a week; what was done "in two weeks" has a duration."""
    assert a_window(text, future=AHEAD) == expected
    assert a_window(text, future=BEHIND) is None


def test_a_window_is_the_shared_type():
    """Windows are the domain's own, with dates at both ends."""
    (timex,) = find_times("on March 3")

    assert window(timex, PUBLISHED, future=False) == Window(date(2025, 3, 3), date(2025, 3, 3))
