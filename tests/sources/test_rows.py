"""Rows of tables: which column holds what, what day a cell names, and which rows hold no text."""

from datetime import UTC, date, datetime

import numpy
import pandas
import pytest

from dragoman.errors import InputTooLarge, UnreadableInput, UsageError
from dragoman.sources.known import Known
from dragoman.sources.limits import Limits
from dragoman.sources.rows import Table, columns_of, parse_map, to_day

TEXT = "Norway lent Iceland two ferries on Friday, and Iceland thanked it."
DAY = date(2026, 1, 14)


def a_table(columns=None, **limits):
    """Return a table whose columns are named as our fields are."""
    names = ("text", "title", "publisher", "published", "url")
    return Table("rows.csv", columns or dict(zip(names, names, strict=True)), Known(), Limits(**limits))


def refusal(row, **limits):
    """Return why a row is refused."""
    content = a_table(**limits).member(row, "row 17").content
    assert isinstance(content, UnreadableInput)
    return str(content)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (DAY, DAY),
        (datetime(2026, 1, 14, 23, 59, tzinfo=UTC), DAY),
        (pandas.Timestamp("2026-01-14 23:00"), DAY),
        (pandas.NaT, None),
        (numpy.datetime64("2026-01-14T10:00:00"), DAY),
        (numpy.datetime64("NaT"), None),
        (numpy.int64(20260114), DAY),
        ("2026-01-14", DAY),
        (" 2026-01-14 ", DAY),
        ("2026-01-14T23:30:00-05:00", DAY),  # as written, not in UTC
        ("2026-01-14T23:30:00.123Z", DAY),
        ("2026-01-14 23:30:00+00:00", DAY),
        ("20260114", DAY),
        ("20260114T233000Z", DAY),
        ("2026/1/14", DAY),
        ("2026-01-14?", DAY),
        ("Tue, 14 Jan 2026 10:00:00 GMT", DAY),
        ("14 Jan 26 10:00:00 GMT", DAY),
        ("Wed Jan 14 23:00:00 +0000 2026", DAY),
        ("January 14, 2026", DAY),
        ("Published: Wednesday, 14 January 2026, 10:00 GMT", DAY),
        ("14.01.2026 10:30", DAY),
        ("01/14/2026 5:03 PM", DAY),
        (1768384800, DAY),
        ("1768384800", DAY),
        (1768384800.5, DAY),
        (1768384800000, DAY),
        ("1768384800000", DAY),
        (20260114, DAY),
        (20260114.0, DAY),
        ("20260114.0", DAY),
        ("0001-01-01", date(1, 1, 1)),  # refused later, as too early
        ("05/04/2023", None),
        ("5/4/2023 (changed 14 January 2026)", None),
        ("2026-01-14 or 2026-01-15", None),
        ("2026-02-30", None),
        ("2026-01", None),
        ("yesterday", None),
        ("", None),
        ("14 January 2026 " * 20, None),
        (2026, None),
        (46036, None),
        (20261332, None),
        (-1768384800, None),
        (5_000_000_000, None),
        (10**400, None),
        (float("nan"), None),
        (float("inf"), None),
        ("9" * 400, None),
        (True, None),
        (None, None),
        (["2026-01-14"], None),
    ],
)
def test_a_cell_names_one_day_or_none(value, day):
    """The day is that written; what may be two days, a year or a count is none, and nothing raises."""
    assert to_day(value) == day


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("text=body", {"text": "body"}),
        ("text=body,published=date,url=link,title=headline,publisher=source",
         {"text": "body", "published": "date", "url": "link", "title": "headline", "publisher": "source"}),
        (" text = full text , published = day ", {"text": "full text", "published": "day"}),
        ("url=a=b", {"url": "a=b"}),
    ],
)  # fmt: skip
def test_a_map_names_columns(text, found):
    """Blanks around names do not count; a column may hold an equals sign."""
    assert parse_map(text) == found


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("txet=body", 'Did you mean "text"'),
        ("publishd=date", 'Did you mean "published"'),
        ("zzz=body", "There are text, title, publisher, published, url"),
        ("body=text", "--map text=body"),
        ("text=a,text=b", "given twice"),
        ("text=", "names no column"),
        ("text", "names no column"),
        ("", "a column too few"),
        ("text=a,", "a column too few"),
        ("=body", 'no field ""'),
    ],
)
def test_a_map_that_is_wrong_says_how_to_write_it(text, says):
    """Misspelt, doubled, empty and turned fields are errors of usage."""
    with pytest.raises(UsageError, match=r"--map|Name one column") as raised:
        parse_map(text)

    assert says in str(raised.value)


def test_columns_are_found_by_name():
    """A named column must be there; others are those of the same name, however it is capitalised."""
    assert columns_of(["id", "Text", "url"], {}) == {"text": "Text", "url": "url"}
    assert columns_of(["body", "date"], {"text": "body", "published": "date"}) == {"text": "body", "published": "date"}
    assert columns_of(["text", "Text"], {}) == {"text": "text"}


@pytest.mark.parametrize(
    ("names", "columns", "says"),
    [
        (["body", "date"], {}, "no column \"text\". Its columns: body, date. Say which column holds what: --map"),
        (["body"], {"text": "bdy"}, 'no column "bdy" for the text'),
        (["text", "day"], {"published": "date"}, 'no column "date" for the published'),
        (["text", "text"], {}, '2 of its columns are called "text"'),
        ([f"c{n}" for n in range(100)], {}, "c19 and 80 more"),
        (["a\x1b[31m\nb"], {}, "Its columns: a [31m b."),
        (["", " "], {}, "It names no columns"),
    ],
)  # fmt: skip
def test_missing_columns_are_said_with_those_there_are(names, columns, says):
    """The message lists what is there, without control characters, and shows how to name a column."""
    with pytest.raises(UnreadableInput) as raised:
        columns_of(names, columns)

    assert says in str(raised.value)


def test_a_row_becomes_a_document():
    """The text goes out as UTF-8, with what the other columns say; the row's number is its place."""
    row = {"text": f"{TEXT} Café.", "title": " Two\nferries ", "published": "2026-01-14", "url": "https://e.org/1"}

    member = a_table().member(row | {"publisher": 7}, "row 17", 400)

    assert member.place == "rows.csv: row 17"
    assert (member.name, member.offset, member.text) == ("Row 17", 400, True)
    assert member.content == f"{TEXT} Café.".encode()
    assert member.found == Known(DAY, "metadata", "Two ferries", "7", "https://e.org/1", "utf-8")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "see page 4", "", None, 4, ["https://e.org"]])
def test_only_addresses_are_addresses(url):
    """Whatever else stands in the column of addresses is left out."""
    assert a_table().member({"text": TEXT, "url": url}, "row 1").found.url is None


@pytest.mark.parametrize(
    ("text", "is_text"),
    [
        (f"<p>{TEXT}</p>", False),
        (f"<div class='x'>{TEXT}</div>", False),
        (f"{TEXT}<br>{TEXT}", False),
        (f"{TEXT}<br />{TEXT}", False),
        (f"{TEXT} <a href='https://e.org'>More</a>", False),
        (f"<!-- x --><html><body>{TEXT}", False),
        (TEXT, True),
        (f"{TEXT} Growth was < 5 per cent, and debt > 60.", True),
        (f"{TEXT} <jonas@example.org> asked.", True),
        (f"<Reuters> {TEXT}", True),
        (f"{TEXT} <b 5", True),
        (f"{TEXT} </p>", True),
        ("A " + "<p " * 100_000, True),
        ("<i>" * 100_000, True),
    ],
)
def test_html_is_told_from_text(text, is_text):
    """A row is HTML where tags are closed or break lines, not wherever a "<" stands; hostile ones take no time."""
    assert a_table().member({"text": text}, "row 1").text is is_text


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({}, "Row 17 has no text in its column text"),
        ({"text": None}, "Row 17 has no text in its column text"),
        ({"text": " \n"}, "Row 17 has no text in its column text"),
        ({"text": float("nan")}, "Row 17 has no text in its column text"),
        ({"text": b" "}, "Row 17 has no text in its column text"),
        ({"text": 5}, "holds a number"),
        ({"text": True}, "holds a yes or no"),
        ({"text": {"en": TEXT}}, "holds an object"),
        ({"text": [TEXT]}, "holds a list"),
        ({"text": f"{TEXT}\0"}, "a NUL character in its column text"),
        ({"text": f"{TEXT}\ud800"}, "half a character"),
        ({"text": TEXT, "title": "a\0"}, "a NUL character in its column title"),
        ({"text": TEXT, "url": "a\udfff"}, "half a character"),
    ],
)
def test_rows_without_a_sound_text_are_refused(row, says):
    """The reason names the row and the column."""
    assert says in refusal(row)


def test_a_text_over_the_limit_is_refused_by_it():
    """The message names max_bytes; the limit counts bytes."""
    assert "max_bytes" in refusal({"text": "é" * 51}, max_bytes=100)
    assert isinstance(a_table(max_bytes=100).member({"text": "é" * 50}, "row 1").content, bytes)
    assert isinstance(a_table(max_bytes=100).member({"text": "é" * 51}, "row 1").content, InputTooLarge)


def test_bytes_go_out_as_they_are():
    """A cell in another encoding than the table's is for the decoder to tell."""
    member = a_table().member({"text": TEXT.encode() + b" Caf\xe9.", "title": b"Caf\xe9 talks"}, "row 1")

    assert member.content == TEXT.encode() + b" Caf\xe9."
    assert (member.found.charset, member.found.title) == (None, "Café talks")
