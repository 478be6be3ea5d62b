"""Dates as people and datelines write them.

In:     a value given by the caller, or a line of text.
Out:    `datetime.date`; or `Found`, a full date with the range it stands in.
Dates:  day, month and year must all be there. Figures such as 5/4/2023 are read only where they can mean one day.

Today's date is never used.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from dragoman.errors import UsageError

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_NUMBER = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}

MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"  # noqa: E501
WEEKDAY = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b\.?"
DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?!\d)"
YEAR = r"(?:1[89]|20)\d\d(?!\d)"
_FULL = re.compile(
    rf"\b(?:(?P<md>{MONTH}) ?(?P<d1>{DAY}),? ?(?P<y1>{YEAR})"
    rf"|(?P<d2>{DAY})(?: of)?[ -]?(?P<dm>{MONTH}),?[ -]?(?P<y2>{YEAR})"
    rf"|(?P<y3>{YEAR})-(?P<m3>\d\d)-(?P<d3>\d\d)(?!\d)"
    rf"|(?P<a>\d\d?)[./](?P<b>\d\d?)[./](?P<y4>{YEAR}))",
    re.IGNORECASE,
)
_IN_ADDRESS = re.compile(r"(?<!\d)((?:1[89]|20)\d\d)([-/_]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}\S*)?")


class Found(NamedTuple):
    """A full date and where it stands."""

    date: date
    start: int
    end: int


def parse_date(value: str | date) -> date:
    """Return the date that a caller gave as `YYYY-MM-DD`; a `datetime` or a time of day after it is cut off.

    Raises UsageError for anything else, and for days that no calendar has.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    match = _ISO.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise UsageError(f'Cannot read "{str(value)[:60]}" as a date. Write it as YYYY-MM-DD, for example 2026-01-14.')
    year, month, day = (int(part) for part in match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        raise UsageError(f"There is no {year:04d}-{month:02d}-{day:02d}{_why(year, month)}. "
                         "Write dates as YYYY-MM-DD, for example 2026-01-14.") from None  # fmt: skip


def _why(year: int, month: int) -> str:
    """Say what is wrong with a day that does not exist."""
    if not 1 <= month <= 12:
        return ": months run from 01 to 12"
    if not 1 <= year <= 9999:
        return ": years run from 0001 to 9999"
    return f": {MONTHS[month - 1]} {year} has {calendar.monthrange(year, month)[1]} days"


def full_dates(text: str) -> Iterator[Found]:
    """Yield every date in the text that has day, month and year, but for impossible and ambiguous ones."""
    for match in _FULL.finditer(text):
        if (day := _day(match)) is not None:
            yield Found(day, *match.span())


def day_in_name(path: str) -> date | None:
    """Return the day that a file's name begins with ("2026-01-14-report.txt", "20260114_report.html"), or None."""
    match = re.match(r"(\d{4})(-?)(\d{2})\2(\d{2})(?!\d)", path.replace("\\", "/").rsplit("/", 1)[-1])
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[3]), int(match[4]))
    except ValueError:
        return None


def day_in_address(url: str | None) -> date | None:
    """Return the day in an address ("/2026/01/14/talks", "/talks-2026-01-14.html"), None where there is none or two."""
    path = re.sub(r"^[a-z]+://[^/]*|[?#].*", "", url or "", flags=re.IGNORECASE)
    found = set()
    for match in _IN_ADDRESS.finditer(path):
        try:
            found.add(date(int(match[1]), int(match[3]), int(match[4])))
        except ValueError:
            continue
    return found.pop() if len(found) == 1 else None


def _day(match: re.Match[str]) -> date | None:
    """Return the day a match stands for, or None if there is none or there are two."""
    part = match.groupdict()
    if part["md"]:
        year, month, day = part["y1"], _NUMBER[part["md"][:3].lower()], part["d1"]
    elif part["dm"]:
        year, month, day = part["y2"], _NUMBER[part["dm"][:3].lower()], part["d2"]
    elif part["y3"]:
        year, month, day = part["y3"], int(part["m3"]), part["d3"]
    else:
        first, second = int(part["a"]), int(part["b"])
        if first <= 12 and second <= 12 and first != second:
            return None
        year, month, day = part["y4"], min(first, second), str(max(first, second))
        if first > 12:
            month, day = second, str(first)
        elif second > 12:
            month, day = first, str(second)
    try:
        return date(int(year), month, int(re.sub(r"\D", "", day)))
    except ValueError:
        return None
