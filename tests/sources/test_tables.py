"""CSV and TSV files: separators, quotation marks, line ends, encodings, and rows that are broken."""

import csv
import io
import tracemalloc
from datetime import date
from typing import BinaryIO, cast

import pytest

from dragoman.errors import InputTooLarge, NotText, UnreadableInput
from dragoman.sources.items import Walk
from dragoman.sources.known import NOTHING
from dragoman.sources.limits import Limits
from dragoman.sources.making import document_of
from dragoman.sources.tables import members

A = "Chile, Peru and Bolivia reopened a railway on Monday."
B = 'Ghana called the offer of Togo "a beginning".\nTogo said nothing, and waited.'


def rows_of(data, walk=None, place="rows.csv"):
    """Return the members of a table."""
    walk = walk or Walk()
    return list(members(io.BytesIO(data), place, NOTHING, walk))


def texts(data, **more):
    """Return for each row its text, or "refused"."""
    found = []
    for member in rows_of(data, **more):
        if isinstance(member.content, UnreadableInput):
            found.append("refused")
        else:
            found.append(member.content.decode(member.found.charset or "latin-1"))
    return found


def a_csv(rows, separator=",", end="\r\n", **more):
    """Return a table as text."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator=end, **more).writerows(rows)
    return out.getvalue()


ROWS = [["text", "published"], [A, "2026-01-14"], [B, "2026-01-15"]]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_a_table_is_read_however_it_is_written(separator, end, quoting, encoding):
    """Separator, line ends, quotation marks and encoding are told from the table; cells keep their own line ends."""
    rows = [*ROWS, ["Malta’s café deal with Cyprus stands.", ""]]
    data = a_csv(rows, separator, end, quoting=quoting).encode(encoding)

    assert texts(data) == [A, B, "Malta’s café deal with Cyprus stands."]
    assert len(rows_of(data)) == 3


def test_rows_say_where_they_lie_and_when_they_are_from():
    """Row 1 is the first after the header; the date of the table is metadata; offsets grow."""
    found = rows_of(a_csv(ROWS).encode())

    assert [member.place for member in found] == ["rows.csv: row 1", "rows.csv: row 2"]
    assert [member.found.published for member in found] == [date(2026, 1, 14), date(2026, 1, 15)]
    assert found[0].found.dated_by == "metadata"
    assert found[-1].offset == len(a_csv(ROWS).encode())


def test_columns_are_mapped():
    """--map says which column holds what."""
    data = a_csv([["id", "body", "day"], ["1", A, "14 January 2026"]]).encode()

    (member,) = rows_of(data, Walk(columns={"text": "body", "published": "day"}))

    assert (member.content.decode(), member.found.published) == (A, date(2026, 1, 14))


def test_windows_1252_is_read_as_such():
    """A table in Windows-1252 gives the letters it has."""
    data = a_csv([["text", "title"], ["Malta’s café deal with Cyprus stands for now, it said.", "Café"]]).encode(
        "cp1252"
    )

    assert texts(data) == ["Malta’s café deal with Cyprus stands for now, it said."]
    assert rows_of(data)[0].found.title == "Café"


def test_a_row_in_another_encoding_is_told_by_itself():
    """A table of UTF-8 with a row in Windows-1252 far in it: that row is read with a warning, the others without."""
    plain = ["Spain paid Andorra for water again, and Andorra sent a bill."] * 20_000
    rows = [["text"], *([text] for text in plain)]
    data = (
        a_csv(rows).encode() + "Malta’s talks with Cyprus ended in accord.\r\n".encode("cp1252") + "Café.\r\n".encode()
    )

    found = rows_of(data)

    assert len(data) > 1_000_000
    assert [found[i].found.charset for i in (0, -2, -1)] == ["utf-8", None, "utf-8"]
    made = document_of(found[-2].content, "Row", found=found[-2].found, kind="text")
    assert made.text == "Malta’s talks with Cyprus ended in accord."
    assert any("Windows-1252" in warning for warning in made.warnings)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ("text,published\na,1,2\nSound row.,\n", ["refused", "Sound row."]),
        ("text,published\nalone\nSound row.,\n", ["refused", "Sound row."]),
        ("text,published\nSound row.,\n\n\nAnother.,\n", ["Sound row.", "Another."]),
        ("text,published\n,2026-01-14\nSound row.,\n", ["refused", "Sound row."]),
        ("text,published\nA\0B,\nSound row.,\n", ["refused", "Sound row."]),
        ('text,published\n"a" b,\nSound row.,\n', ["refused", "Sound row."]),
        ('text,published\nOne.,1\n"Open.,2\nTwo.,3\nThree.,4\n', ["One.", "refused", "Two.", "Three."]),
        ('text,published\n"Open.,2\nTwo.,3\n"Three",4\nFour.,5\n', ["refused", "Two.", "Three", "Four."]),
        ("text,published\nNo end.,", ["No end."]),
        ('text,published\n"Said ""no"".",1\n', ['Said "no".']),
        ('text,published\n"Said \\"no\\", twice.",1\n"And \\"so\\".",2\n', ['Said "no", twice.', 'And "so".']),
        ("sep=;\ntext;published\nA,b;1\n", ["A,b"]),
        ("text\nOne, two; three.\nFour.\n", ["One, two; three.", "Four."]),
        ("\n\ntext,published\nOne.,1\n", ["One."]),
        ("text,published,\nOne.,1,\n", ["One."]),
        ("text,title\r\"A\nb\",c\rD,e\r\n", ["A\nb", "D"]),
    ],
)  # fmt: skip
def test_broken_rows_are_refused_and_the_others_taken(data, found):
    """Each row is whole or refused; a quotation mark left open does not swallow the rows after it."""
    assert texts(data.encode()) == found


def test_refusals_name_the_row_and_its_lines():
    """The message gives the number of the row, the lines in the file, and what is wrong."""
    first, second = (
        str(m.content)
        for m in rows_of(b'text,published\n"a\nb",1,2\n"c" d,3\n')
        if isinstance(m.content, UnreadableInput)
    )

    assert "Row 1 (lines 2 to 3) has 3 fields and the header 2" in first
    assert "quotation marks are wrong in line 4" in second


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (b"", UnreadableInput, "empty"),
        (b" \n \n", UnreadableInput, "empty"),
        (b"body,date\na,b\n", UnreadableInput, "--map text=COLUMN,published=COLUMN"),
        (b"India and Peru agreed, it said.\nMore.\n", UnreadableInput, "India and Peru agreed"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, NotText, "PNG"),
        (bytes(9000), NotText, "NUL"),
        (b"text,text\na,b\n", UnreadableInput, "called"),
        ("text\nOne.\n".encode("utf-16") + b"\0", UnreadableInput, "encoding breaks"),
    ],
)
def test_what_is_no_table_is_refused_as_a_whole(data, error, says):
    """The columns that are there are listed, and the next step is named."""
    with pytest.raises(error) as raised:
        rows_of(data)

    assert says in str(raised.value)


def test_a_table_without_rows_is_counted():
    """A header alone, and rows of empty cells, hold no document and are no fault."""
    walk = Walk()

    assert rows_of(b"text,published\n", walk) == []
    assert rows_of(b"text,published\n,\n ,\nOne.,\n", walk)[0].place == "rows.csv: row 3"
    assert dict(walk.passed_over) == {"tables without rows": 1, "empty rows": 2}


def test_cells_and_rows_over_the_limits_are_refused():
    """Long cells are refused by their number; a row over max_bytes is passed over to its end, or to the next row."""
    limits = Limits(max_characters=100, max_page_bytes=100, max_bytes=10_000)
    many = "".join(f"Row {n}.,x\n" for n in range(2000))
    prose = "a line of prose, with more, and more\n"
    cases = {
        f'text,published\n"{"a, " * 200}",1\nNext.,2\n': ["refused", "Next."],
        f"text,published\n{'a' * 300_000},1\nNext.,2\n": ["refused", "Next."],
        f'text,published\n"{prose * 2000}",1\nNext.,2\n': ["refused", "Next."],
        f'text,published\n"{"a" * 300_000}\n{"b" * 300_000}",1\nNext.,2\n': ["refused", "Next."],
        f'text,published\n"Open.,1\n{many}': ["refused", *(f"Row {n}." for n in range(2000))],
    }
    for data, found in cases.items():
        assert texts(data.encode(), walk=Walk(limits=limits)) == found
    (first, *_) = rows_of(next(iter(cases)).encode(), Walk(limits=limits))
    assert isinstance(first.content, InputTooLarge)
    assert "max_characters" in str(first.content)


def test_a_large_table_is_never_held():
    """30 MB of rows take a few megabytes, and every row comes out."""

    class Endless(io.RawIOBase):
        """A table that is made as it is read."""

        def __init__(self):
            self.at, self.rows = 0, 30_000
            self.row = (f'"{B.replace(chr(34), chr(34) * 2)} {"It was so. " * 84}",2026-01-14\r\n').encode()
            self.head = b"text,published\r\n"

        def seek(self, to, whence=0):
            self.at = to
            return to

        def tell(self):
            return self.at

        def read(self, size=-1):
            whole = self.head + self.row * (1 + (size + self.at % len(self.row)) // len(self.row) + 1)
            start = self.at if self.at < len(self.head) else len(self.head) + (self.at - len(self.head)) % len(self.row)
            left = len(self.head) + self.rows * len(self.row) - self.at
            data = whole[start : start + min(size, left)]
            self.at += len(data)
            return data

    tracemalloc.start()
    try:
        file = Endless()
        count = sum(isinstance(m.content, bytes) for m in members(cast("BinaryIO", file), "rows.csv", NOTHING, Walk()))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert (count, file.at > 30_000_000) == (30_000, True)
    assert peak < 12_000_000
