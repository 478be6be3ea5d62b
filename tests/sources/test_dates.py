"""Dates given by callers, and full dates in lines of text."""

from datetime import date, datetime

import pytest

from dragoman.errors import UsageError
from dragoman.sources import parse_date
from dragoman.sources.dates import full_dates


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2026-01-14", date(2026, 1, 14)),
        (" 2026-01-14 ", date(2026, 1, 14)),
        ("2024-02-29", date(2024, 2, 29)),
        ("2026-01-14T23:30:00-05:00", date(2026, 1, 14)),
        ("2026-01-14 08:00", date(2026, 1, 14)),
        ("2199-12-31", date(2199, 12, 31)),
        (date(1987, 3, 23), date(1987, 3, 23)),
        (datetime(1987, 3, 23, 12), date(1987, 3, 23)),
    ],
)
def test_dates_are_read(value, day):
    """A date is a date whatever today is; a time of day after it is cut off."""
    assert parse_date(value) == day


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("2026-02-30", "There is no 2026-02-30: February 2026 has 28 days"),
        ("2026-13-01", "months run from 01 to 12"),
        ("0000-01-01", "years run from 0001"),
        ("2026-04-00", "April 2026 has 30 days"),
        ("yesterday", 'Cannot read "yesterday"'),
        ("14/01/2026", "Cannot read"),
        ("20260114", "Cannot read"),
        ("2026-1-4", "Cannot read"),
        ("2026-01", "Cannot read"),
        ("", "Cannot read"),
        ("x" * 10_000, "Cannot read"),
        ("٢٠٢٦-٠١-١٤x", "Cannot read"),
    ],
)
def test_impossible_dates_are_refused_with_an_example(value, says):
    """The message says what is wrong, which form is expected, and gives an example."""
    with pytest.raises(UsageError, match="YYYY-MM-DD, for example 2026-01-14") as raised:
        parse_date(value)

    assert says in str(raised.value)
    assert len(str(raised.value)) < 200


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("May 4, 2023", [date(2023, 5, 4)]),
        ("4 May 2023 and 5th of June, 2024", [date(2023, 5, 4), date(2024, 6, 5)]),
        ("Sept. 3, 1987", [date(1987, 9, 3)]),
        ("31.12.1999", [date(1999, 12, 31)]),
        ("12/31/1999", [date(1999, 12, 31)]),
        ("5/5/2023", [date(2023, 5, 5)]),
        ("5/4/2023", []),
        ("February 30, 2023", []),
        ("May 4", []),
        ("maybe 4 2023", []),
        ("2023-05-041", []),
    ],
)
def test_full_dates_in_text(text, days):
    """Only days that can be one day only are found."""
    assert [found.date for found in full_dates(text)] == days
