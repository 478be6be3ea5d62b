"""Rows: one row of a table, whatever the table was written in, to a document.

In:     a row as a mapping of column names to values, and which column holds which field (`--map text=body`).
Out:    a `Member` with the text of the row as UTF-8 and what the row says of it, or with the reason why there is none.
Dates:  the day as written in the column; seconds and milliseconds since 1970 as the day in UTC. What may be two days
        ("05/04/2023") is none.

A row is taken whole or refused: a text that is empty, no text, or damaged leaves the other rows as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from difflib import get_close_matches
from email.utils import parsedate
from typing import Any

from dragoman.errors import InputTooLarge, NotText, UnreadableInput, UsageError
from dragoman.sources.dates import full_dates
from dragoman.sources.decode import decode
from dragoman.sources.html import is_html
from dragoman.sources.known import Known
from dragoman.sources.limits import Limits
from dragoman.sources.member import Member

#: What a column may hold.
FIELDS = ("text", "title", "publisher", "published", "url")
#: Columns that a message lists, and characters of each name. Guesses: some lines of a terminal.
LISTED, SHOWN = 20, 40
#: Characters of a cell that may be a date with words around it ("Published: Wednesday, 14 January 2026, 10:00 GMT").
LONGEST_DATE = 80
#: Seconds since 1970 are from 1973 to 2100: smaller numbers are years, days since something, and counts.
FIRST_SECOND, LAST_SECOND = 100_000_000, 4_102_444_800

_EXAMPLE = "--map text=body,published=date"
_ISO = re.compile(r"(\d{4})(?:([-/.])(\d\d?)\2(\d\d?)|(\d\d)(\d\d))(?:(?:T| +)\d\d?:?\d\d.*|Z)?", re.ASCII)
_NUMBER = re.compile(r"\d{8,13}(?:\.\d{1,9})?", re.ASCII)
_TIME = re.compile(r"\b\d\d?:\d\d(?::\d\d(?:[.,]\d{1,9})?)?|[+-]\d\d:?\d\d\b", re.ASCII)
_MAIL = re.compile(r"(?:[A-Za-z]{3,9},? )?(?:\d\d? [A-Za-z]{3} \d\d(?:\d\d)?|[A-Za-z]{3} +\d\d?) \d\d:\d\d.*", re.ASCII)
_TAG = re.compile(
    r"<(/?)(p|div|span|section|article|ul|ol|li|h[1-6]|blockquote|table|strong|em|b|i|a)(?:\s[^<>]{0,1000})?>", re.I
)
_BREAK = re.compile(r"<br\s{0,9}/?>", re.I)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Table:
    """What holds for all rows of a table: where it lies, which column holds which field, what is known, the limits."""

    place: str
    columns: Mapping[str, str]
    found: Known
    limits: Limits

    def refused(self, what: str, reason: UnreadableInput, offset: int | None = None) -> Member:
        """Return the member that stands for a row that cannot be read; `what` is its name, such as "row 17"."""
        return Member(f"{self.place}: {what}", _capital(what), reason, offset=offset)

    def member(self, row: Mapping[str, Any], what: str, offset: int | None = None) -> Member:
        """Return the document of a row, or the reason why it has none."""
        try:
            return self._member(row, what, offset)
        except UnreadableInput as error:
            return self.refused(what, error, offset)

    def _member(self, row: Mapping[str, Any], what: str, offset: int | None) -> Member:
        name = _capital(what)
        content, charset = self._text(row.get(self.columns["text"]), name)
        title, publisher, url = (self._line(row, field, name) for field in ("title", "publisher", "url"))
        known = Known(
            published=to_day(row.get(self.columns["published"])) if "published" in self.columns else None,
            title=title,
            publisher=publisher or (None if url else self.found.publisher),
            url=url,
            charset=charset,
            latest=self.found.latest,
        )
        is_text = not _is_html(content.decode("utf-8", "replace"))
        return Member(f"{self.place}: {what}", name, content, text=is_text, found=known, offset=offset)

    def _text(self, value: Any, name: str) -> tuple[bytes, str | None]:
        """Return the text of a row as bytes, and their encoding where it is known."""
        column = shown(self.columns["text"])
        if value is None or value != value or (isinstance(value, str | bytes) and not value.strip()):
            raise UnreadableInput(f"{name} has no text in its column {column}. Fill it in, or leave the row out.")
        if isinstance(value, str):
            _check(value, name, column)
            content, charset = value.encode(), "utf-8"
        elif isinstance(value, bytes):
            content, charset = value, None
        else:
            raise UnreadableInput(
                f"{name} holds {_called(value)} in its column {column}, not a text. Say which column holds the text: "
                f"{_EXAMPLE}"
            )
        if len(content) > self.limits.max_bytes:
            raise InputTooLarge(
                f"{name} has a text of {len(content):,} bytes; at most {self.limits.max_bytes:,} are read (max_bytes). "
                "Cut it into its documents."
            )
        return content, charset

    def _line(self, row: Mapping[str, Any], field: str, name: str) -> str | None:
        """Return what a row says in one line; a number is its digits, a nested value nothing."""
        column = self.columns.get(field)
        value = row.get(column) if column is not None else None
        if isinstance(value, bytes):
            value, _ = decode(value[:10_000], f"{name}, column {shown(column or '')},")
        if isinstance(value, int | float) and not isinstance(value, bool) and value == value:
            value = str(value)[:100]
        if not isinstance(value, str):
            return None
        _check(value, name, shown(column or ""))
        line = " ".join(_CONTROLS.sub(" ", value).split())
        if field == "url":
            return line if re.match(r"https?://[^\s<>\"']{1,2000}$", line, re.I) else None
        return line[:1000] or None


def columns_of(names: Sequence[str], columns: Mapping[str, str], *, strict: bool = True) -> dict[str, str]:
    """Return which of the columns holds which field; UnreadableInput where the text, or what was named, is missing.

    A column that was not named for a field is that of the same name, in small or capital letters. With `strict` every
    column that was named must be there, else only that of the text.
    """
    found = {}
    for field in FIELDS:
        wanted = columns.get(field, field)
        column = _like(names, wanted)
        if column is not None:
            found[field] = column
        elif field == "text" or (field in columns and strict):
            raise UnreadableInput(_missing(names, field, wanted))
    return found


def _like(names: Sequence[str], wanted: str) -> str | None:
    """Return the name that is meant; UnreadableInput where two columns have it."""
    for same in (str, lambda name: " ".join(name.split()).casefold()):
        close = [name for name in names if same(name) == same(wanted)]
        if len(close) > 1:
            raise UnreadableInput(
                f'{len(close)} of its columns are called "{shown(wanted)}". Give each a name of its own.'
            )
        if close:
            return close[0]
    return None


def _missing(names: Sequence[str], field: str, wanted: str) -> str:
    """Say that a column is missing, which ones there are, and how to name one."""
    named = [shown(name) for name in names if name.strip()]
    more = f" and {len(named) - LISTED} more" if len(named) > LISTED else ""
    there = f"Its columns: {', '.join(named[:LISTED])}{more}." if named else "It names no columns."
    purpose = "" if field == wanted else f" for the {field}"
    how = "--map text=COLUMN,published=COLUMN" + ("" if field in ("text", "published") else f",{field}=COLUMN")
    return f'It has no column "{shown(wanted)}"{purpose}. {there} Say which column holds what: {how}'


def parse_map(text: str) -> dict[str, str]:
    """Return what was typed as "text=body,published=date": the column of each field that is named."""
    found: dict[str, str] = {}
    for part in text.split(","):
        field, sign, column = (piece.strip() for piece in part.partition("="))
        if not part.strip():
            raise UsageError(f'"{text[:60]}" names a column too few. Write it as {_EXAMPLE}')
        if field not in FIELDS:
            raise UsageError(_no_field(field, sign, column))
        if not column:
            raise UsageError(f'"{part.strip()[:60]}" names no column. Write it as {_EXAMPLE}')
        if field in found:
            raise UsageError(f'"{field}" is given twice, as "{found[field]}" and "{column}". Name one column for it.')
        found[field] = column
    return found


def _no_field(field: str, sign: str, column: str) -> str:
    """Say that there is no such field, and what may be meant."""
    if column in FIELDS:
        return f'"{field[:40]}" is no field. Our name comes first: --map {column}={field[:40] or "COLUMN"}'
    near = get_close_matches(field.casefold(), FIELDS, n=1)
    hint = f'Did you mean "{near[0]}"?' if near else f"There are {', '.join(FIELDS)}."
    return f'no field "{field[:40]}" for a column. {hint} Write it as {_EXAMPLE}'


def shown(name: str) -> str:
    """Return the name of a column as messages show it."""
    name = " ".join(_CONTROLS.sub(" ", name).split())
    return name if len(name) <= SHOWN else f"{name[: SHOWN - 3]}..."


# -- dates ---------------------------------------------------------------------------------------------------------


def to_day(value: Any) -> date | None:
    """Return the day that a cell holds as written, or None where it holds none, or may mean two."""
    with suppress(ValueError, OverflowError, TypeError, AttributeError, OSError):
        if isinstance(value, datetime):
            return None if value != value else value.date()  # pandas has a time that is none
        if isinstance(value, date):
            return value
        if isinstance(value, str):
            return _written(value.strip())
        if isinstance(value, int | float) and not isinstance(value, bool):
            return _counted(value)
        if hasattr(value, "dtype"):  # numbers and times of numpy and what builds on it
            return _written(str(value)[:10]) if value.dtype.kind == "M" else to_day(value.item())
    return None


def _written(text: str) -> date | None:
    """Return the one day that a short text names."""
    if len(text) > LONGEST_DATE:
        return None
    if match := _ISO.fullmatch(text):
        year, _, *parts = match.groups()
        month, day = (int(part) for part in parts if part)
        return date(int(year), month, day)
    if _NUMBER.fullmatch(text):
        return _counted(float(text))
    days = list(full_dates(text))
    if len(days) == 1:
        rest = f"{text[: days[0].start]} {text[days[0].end :]}"
        return None if re.search(r"\d", _TIME.sub("", rest)) else days[0].date
    if not days and _MAIL.fullmatch(text) and (parts_of := parsedate(text)):
        return date(*parts_of[:3])
    return None


def _counted(number: float) -> date | None:
    """Return the day of a number: 20260114, or seconds or milliseconds since 1970."""
    if number != number or not 0 < number < 1000 * LAST_SECOND:
        return None
    if number < FIRST_SECOND:
        digits = str(int(number))
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])) if len(digits) == 8 else None
    seconds = number if number < LAST_SECOND else number / 1000
    return datetime.fromtimestamp(seconds, UTC).date() if seconds >= FIRST_SECOND else None


# -- values --------------------------------------------------------------------------------------------------------


def _is_html(text: str) -> bool:
    """Whether a text is evidently a piece of HTML: it begins as a page, breaks lines by tags, or closes what it opens.

    A mere "<" is none, nor is a name in angle brackets.
    """
    if "<" not in text:
        return False
    if _BREAK.search(text) or is_html(text[:4096].encode("utf-8", "replace"), ""):
        return True
    opened: set[str] = set()
    for closes, tag in _TAG.findall(text):
        if closes and tag.lower() in opened:
            return True
        opened.add(tag.lower())
    return False


def _check(value: str, name: str, column: str) -> None:
    """Refuse a value that no text can hold."""
    if "\0" in value:
        raise NotText(f"{name} holds a NUL character in its column {column}. Write the table anew as UTF-8.")
    if _SURROGATE.search(value):
        raise NotText(
            f"{name} holds half a character (a lone surrogate) in its column {column}. Write the table anew as UTF-8."
        )


def _called(value: Any) -> str:
    """Return what a value is, in words."""
    if isinstance(value, bool):
        return "a yes or no"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, dict):
        return "an object"
    return "a list" if isinstance(value, list | tuple) else f"a {type(value).__name__}"


def _capital(what: str) -> str:
    return what[:1].upper() + what[1:]
