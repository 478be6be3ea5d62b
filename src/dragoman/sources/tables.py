"""Tables: the rows of a CSV or TSV file, one by one.

In:     a file whose first row names its columns, and which column holds which field.
Out:    `members`: a `Member` for each row, the first after the header being row 1; `Lines`, the lines of any text file.
Units:  bytes and characters; see `Limits`.
Never:  holds more of a file than one row, or takes a row in part: what cannot be told apart is refused by its number.

The separator and the way of quoting are those in which the beginning of the file makes most sense. The encoding is told
from the beginning too; a row that does not fit it is handed on as bytes, so that its own encoding is told.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from dragoman.errors import InputTooLarge, NotText, UnreadableInput
from dragoman.sources.decode import decode
from dragoman.sources.known import Known
from dragoman.sources.limits import Limits
from dragoman.sources.member import Member
from dragoman.sources.rows import Table, columns_of

if TYPE_CHECKING:
    from dragoman.sources.items import Walk

#: Bytes from which the encoding is told, characters from which the form is, and bytes that are read at once.
SAMPLE, TRIED, CHUNK = 1_000_000, 200_000, 1 << 16
#: Rows by which a form is judged, and lines by which it is judged whether a row ended before its quotation mark did,
#: with the share of them that must be whole rows. Guesses.
ROWS_TRIED, LINES_TRIED, WHOLE = 50, 20, 0.9
SEPARATORS = ",;\t|"

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_LINE_END = re.compile(r"\r\n|\r|\n")
_SEPARATOR_LINE = re.compile(r"sep=([,;\t|])\s*")
_ESCAPED = re.compile(r"[\udc80-\udcff]")


class _RowTooLong(Exception):
    """A row is longer than is held."""


@dataclass(frozen=True, slots=True)
class _Form:
    """How a table is written: what parts its cells, and whether a backslash takes a quotation mark into one."""

    separator: str
    backslash: bool = False

    def reader(self, lines: Iterator[str]) -> Iterator[list[str]]:
        """Return the rows of lines, each as its cells."""
        return csv.reader(lines, delimiter=self.separator, strict=True, escapechar="\\" if self.backslash else None)


class Lines:
    """The lines of a file with their ends, decoded as they are read; `offset` is how many bytes have been.

    A line of more than `most` characters is cut there: `most` and one more are handed out, the rest is passed over.
    """

    def __init__(self, file: BinaryIO, encoding: str, most: int) -> None:
        self.file, self.most = file, most
        self.offset = file.tell()
        wide = encoding.startswith(("utf-16", "utf-32"))
        self.decoder = codecs.getincrementaldecoder(encoding)("surrogatepass" if wide else "surrogateescape")
        self.buffer, self.at, self.ended = "", 0, False
        self.number = 0
        self.marks_lost = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        parts: list[str] = []
        size = 0
        while True:
            match = _LINE_END.search(self.buffer, self.at)
            if match is not None and (self.ended or match.end() < len(self.buffer) or match[0] != "\r"):
                piece, self.at = self.buffer[self.at : match.end()], match.end()
            else:
                stop = len(self.buffer) - (match is not None and not self.ended)  # "\n" may follow a last "\r"
                piece, self.buffer, self.at = self.buffer[self.at : stop], self.buffer[stop:], 0
                match = None
            kept = piece[: max(0, self.most + 1 - size)]
            self.marks_lost += piece.count('"') - kept.count('"')
            size += len(kept)
            parts.append(kept)
            if match is None and not self.ended:
                self._more()
                continue
            if not size:
                raise StopIteration
            self.number += 1
            return "".join(parts)

    def _more(self) -> None:
        data = self.file.read(CHUNK)
        self.offset += len(data)
        self.ended = not data
        try:
            self.buffer += self.decoder.decode(data, final=not data)
        except UnicodeDecodeError:
            raise UnreadableInput(
                f"Its encoding breaks near byte {self.offset:,}; what is before it was taken. Save it as UTF-8."
            ) from None


class _Rows:
    """The lines of a table for `csv`, which asks for as many as a row has: those of the row at hand are kept."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.back: deque[str] = deque()
        self.row: list[str] = []
        self.size = 0
        self.passed = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self.back.popleft() if self.back else next(self.lines)
        self.row.append(line)
        self.size += len(line)
        if self.size > self.lines.most:
            raise _RowTooLong
        return line

    def begin(self) -> None:
        """Let go of the last row."""
        self.passed += len(self.row)
        self.row, self.size, self.lines.marks_lost = [], 0, 0

    def resume(self, form: _Form, width: int) -> bool:
        """After a row that went wrong, go back to its second line if rows begin there; return whether they do."""
        tried = [line for line in self.row[1 : LINES_TRIED + 1] if line.strip()]
        whole = sum(_width(line, form) == width for line in tried)
        if width < 2 or not tried or whole < WHOLE * len(tried):
            return False
        self.back.extendleft(reversed(self.row[1:]))
        del self.row[1:]
        return True

    def skip(self) -> bool:
        """After a row that is too long, pass over what is left of it; return whether it ends."""
        marks = sum(line.count('"') for line in self.row) + self.lines.marks_lost
        while marks % 2:
            line = self.back.popleft() if self.back else next(self.lines, None)
            if line is None:
                return False
            self.passed += 1
            marks += line.count('"') + self.lines.marks_lost
            self.lines.marks_lost = 0
        return True


def members(file: BinaryIO, place: str, found: Known, walk: Walk) -> Iterator[Member]:
    """Yield the rows of a table; UnreadableInput where it is none, has no text column, or breaks off."""
    encoding, start = encoding_of(file, found.charset)
    file.seek(start)
    sample = _sample(file, encoding)
    if not sample.strip():
        raise UnreadableInput("The table is empty. Give one whose first row names its columns.")
    form, skipped = _form(sample, walk.columns, place)
    file.seek(start)
    csv.field_size_limit(max(csv.field_size_limit(), walk.limits.max_bytes))  # longer rows are refused here
    rows = _Rows(Lines(file, encoding, walk.limits.max_bytes))
    reader = form.reader(rows)
    for _ in range(skipped):
        next(rows)
    rows.begin()
    try:
        header = next(row for row in reader if any(cell.strip() for cell in row))
    except (csv.Error, StopIteration, _RowTooLong):
        raise UnreadableInput(
            "Its first row cannot be read as the names of its columns. Check its quotation marks."
        ) from None
    header = [_repaired(cell, encoding) for cell in header]
    table = Table(place, columns_of(header, walk.columns), found, walk.limits)
    empty = True
    for member in _members(reader, rows, form, header, table, encoding, walk):
        empty = False
        yield member
    if empty:
        walk.passed_over["tables without rows"] += 1


def _members(
    reader: Iterator[list[str]],
    rows: _Rows,
    form: _Form,
    header: list[str],
    table: Table,
    encoding: str,
    walk: Walk,
) -> Iterator[Member]:
    """Yield the rows after the header."""
    number = 0
    while True:
        rows.begin()
        first = rows.passed + 1
        reason: UnreadableInput | None = None
        row: list[str] = []
        try:
            row = next(reader)
        except StopIteration:
            return
        except _RowTooLong:
            reason = _too_long(rows, form, header, first, table.limits)
        except csv.Error as error:
            rows.resume(form, len(header))
            said = str(error).replace("delimiter", "separator")
            reason = UnreadableInput(f"Its quotation marks are wrong in {_lines(first, rows)} ({said}). Mend the row.")
        if reason is None and not any(cell.strip() for cell in row):
            if row and len(row) > 1:
                number += 1  # as a spreadsheet counts
                walk.passed_over["empty rows"] += 1
            continue
        number += 1
        what, offset = f"row {number}", rows.lines.offset
        if reason is None and len(row) != len(header):
            if len(rows.row) > 1:
                rows.resume(form, len(header))
            reason = UnreadableInput(
                f"Row {number} ({_lines(first, rows)}) has {_fields(len(row))} and the header {len(header)}. "
                "Mend the row, such as its quotation marks."
            )
        longest = max(map(len, row), default=0)
        if reason is None and longest > _longest(table.limits):
            reason = InputTooLarge(
                f"Row {number} has a cell of {longest:,} characters; at most {_longest(table.limits):,} are read "
                "(max_characters). Cut it into its documents."
            )
        if reason is not None:
            yield table.refused(what, reason, offset)
        else:
            values = {name: _value(cell, encoding) for name, cell in zip(header, row, strict=True)}
            yield table.member(values, what, offset)


def _too_long(rows: _Rows, form: _Form, header: list[str], first: int, limits: Limits) -> UnreadableInput:
    """Find the end of a row that is too long, and say which lines it has."""
    start = f"A row that begins in line {first:,} has over {limits.max_bytes:,} characters (max_bytes)"
    if rows.resume(form, len(header)):
        return UnreadableInput(f"{start}, but the lines after it are rows: a quotation mark does not end. Mend it.")
    if rows.skip():
        return InputTooLarge(f"{start}; {_lines(first, rows)} were passed over. Mend its quotation marks, or cut it.")
    return UnreadableInput(
        f"{start} and a quotation mark that does not end: all from there on was passed over. Mend it."
    )


def _longest(limits: Limits) -> int:
    """Return how many characters a cell may have: a text in any script, or a page."""
    return max(4 * limits.max_characters, limits.max_page_bytes)


def _lines(first: int, rows: _Rows) -> str:
    last = max(first, rows.passed + len(rows.row))
    return f"line {first:,}" if last == first else f"lines {first:,} to {last:,}"


def _fields(count: int) -> str:
    return f"{count} field{'s' if count != 1 else ''}"


# -- the form ------------------------------------------------------------------------------------------------------


def _sample(file: BinaryIO, encoding: str) -> str:
    """Return the beginning of a table as text."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    return decoder.decode(file.read(4 * TRIED if "32" in encoding else 2 * TRIED))[:TRIED]


def _form(sample: str, columns: Mapping[str, str], place: str) -> tuple[_Form, int]:
    """Return the form in which a table is written, and how many lines stand before its header."""
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", sample)
    if match := _SEPARATOR_LINE.fullmatch(lines[0]):  # spreadsheets write it, and understand it
        return _Form(match[1]), 1
    whole = lines[:-1] if len(sample) >= TRIED else lines  # the last may be cut
    separators = "\t" + SEPARATORS.replace("\t", "") if place.lower().endswith(".tsv") else SEPARATORS
    forms = [_Form(separator, backslash) for separator in separators for backslash in (False, '\\"' in sample)]
    return max(forms, key=lambda form: _sense(whole, form, columns)), 0


def _sense(lines: list[str], form: _Form, columns: Mapping[str, str]) -> tuple[bool, float, int]:
    """Return how well lines read in a form: whether the text has its column, the share of whole rows, the width."""
    rows: list[list[str]] = []
    wrong = 0
    reader = form.reader(iter(lines))
    while len(rows) + wrong < ROWS_TRIED:
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error:
            wrong += 1
        else:
            if any(cell.strip() for cell in row):
                rows.append(row)
    if not rows:
        return False, 0.0, 0
    try:
        has_text = bool(columns_of(rows[0], columns, strict=False))
    except UnreadableInput:
        has_text = False
    whole = sum(len(row) == len(rows[0]) for row in rows)
    return has_text, round(whole / (len(rows) + wrong), 1), len(rows[0])


def _width(line: str, form: _Form) -> int:
    """Return how many cells a line has by itself, 0 where it is no whole row."""
    try:
        return len(next(form.reader(iter((line,))), []))
    except csv.Error:
        return 0


# -- the encoding --------------------------------------------------------------------------------------------------


def encoding_of(file: BinaryIO, charset: str | None) -> tuple[str, int]:
    """Return the encoding of a file, and where its text begins; NotText where it is none."""
    file.seek(0)
    sample = file.read(SAMPLE)
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            return encoding, len(mark)
    if b"\0" in sample:
        even, odd = sample[0::2].count(0), sample[1::2].count(0)
        if max(even, odd) > 0.4 * (len(sample) / 2) and min(even, odd) < 0.01 * len(sample):  # as in decode.py
            return ("utf-16-le" if odd > even else "utf-16-be"), 0
        if even + odd > 0.1 * len(sample):  # guess: a few come of faulty exports, and refuse their own rows alone
            raise NotText("It holds NUL bytes as a binary file does. Save it as UTF-8 text.")
        sample = sample.replace(b"\0", b"")
    if len(sample) >= SAMPLE - 1 and (end := sample.rfind(b"\n")) > 0:
        sample = sample[:end]
    text, warnings = decode(sample, "The file", charset=charset)
    if any(warning.startswith("Mixed") for warning in warnings):
        return "utf-8", 0
    for encoding in ("utf-8", *((charset,) if charset else ()), "cp1252", *_guesses(sample)):
        try:
            if _LINE_END.sub("\n", sample.decode(encoding)) == text:
                return codecs.lookup(encoding).name, 0
        except (LookupError, ValueError):
            continue
    return "utf-8", 0


def _guesses(sample: bytes) -> Iterator[str]:
    """Yield the encoding that `decode` guesses last; it is not asked for before the others have failed."""
    from charset_normalizer import from_bytes

    yield from (best.encoding for best in islice(filter(None, [from_bytes(sample[:100_000]).best()]), 1))


def _value(cell: str, encoding: str) -> str | bytes:
    """Return a cell as text, or as its bytes where they do not fit the encoding of the table."""
    if not _ESCAPED.search(cell) or encoding.startswith(("utf-16", "utf-32")):
        return cell
    data = cell.encode(encoding, "surrogateescape")
    try:
        return data.decode("utf-8", "surrogatepass")  # halves of characters, which are refused as such
    except UnicodeDecodeError:
        return data


def _repaired(cell: str, encoding: str) -> str:
    """Return the name of a column."""
    value = _value(cell, encoding)
    return value.decode("cp1252", "replace") if isinstance(value, bytes) else value
