"""Parquet: the rows of a columnar file, some of them at a time.

In:     a Parquet file, and which column holds which field. Needs pyarrow, which the extra `tables` installs.
Out:    `members`: a `Member` for each row, the first being row 1.
Units:  bytes and rows.
Never:  reads a column that holds no field, or holds more than a few rows at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any, BinaryIO

from dragoman.errors import InputTooLarge, UnreadableInput
from dragoman.sources.known import Known
from dragoman.sources.member import Member
from dragoman.sources.rows import Table, columns_of, shown

if TYPE_CHECKING:
    from dragoman.sources.items import Walk

#: Rows, and about how many bytes of them, that are held at once; bytes of the file that are read at once. Guesses.
ROWS, HELD, CHUNK = 64, 8_000_000, 1 << 20
#: A text that stands once in a file and is meant in every row comes out as often as there are rows: so many bytes then.
#: Guess.
ONE_TEXT = 256_000_000
#: A column over the first many bytes that is packed more times over than the second is taken for a bomb. Guesses:
#: prose is packed some three times over, tables of one word over and over some hundred times.
SUSPECT, MOST_PACKED = 100_000_000, 300


def members(file: BinaryIO, place: str, found: Known, walk: Walk) -> Iterator[Member]:
    """Yield the rows of a file; UnreadableInput where it is none, has no text column, or is damaged."""
    try:
        import pyarrow.parquet as pq
    except ImportError:
        raise UnreadableInput(
            "Parquet files are read by pyarrow, which is not installed. Install it: pip install 'dragoman[tables]'"
        ) from None
    try:
        opened = pq.ParquetFile(file, buffer_size=CHUNK, pre_buffer=False)
        schema = opened.schema_arrow
    except Exception as error:  # pyarrow tells damage in many ways
        raise UnreadableInput(f"It is no sound Parquet file: {_words(error)}. Fetch or write it anew.") from None
    columns = columns_of(schema.names, walk.columns)
    _check_text(schema.field(columns["text"]).type, columns["text"])
    _check_packing(opened, set(columns.values()))
    table = Table(place, columns, found, walk.limits)
    total = max(1, opened.metadata.num_rows)
    size = file.seek(0, 2)
    number = 0
    for batch in _batches(opened, sorted(set(columns.values())), walk):
        for row in range(batch.num_rows):
            number += 1
            values = {name: _value(batch.column(i)[row]) for i, name in enumerate(batch.schema.names)}
            yield table.member(values, f"row {number}", min(size, size * number // total))
    if not number:
        walk.passed_over["tables without rows"] += 1


def _batches(opened: Any, names: list[str], walk: Walk) -> Iterator[Any]:
    """Yield the rows, some at a time; UnreadableInput, after those that could be read, where the file is damaged."""
    done = 0
    for group in range(opened.num_row_groups):
        about = opened.metadata.row_group(group)
        sizes = [about.column(i).total_uncompressed_size for i in range(about.num_columns)]
        held = min(ROWS, HELD * about.num_rows // max(1, about.total_byte_size), ONE_TEXT // max(1, *sizes))
        batches = opened.iter_batches(batch_size=max(1, held), row_groups=[group], columns=names, use_threads=False)
        while True:
            try:
                batch = next(batches, None)
                if batch is not None:
                    batch = _in_microseconds(batch)
            except Exception as error:  # pyarrow tells damage in many ways
                after = f"after {done:,} rows, which were taken" if done else "before its first row"
                raise UnreadableInput(f"It is damaged {after}: {_words(error)}. Fetch or write it anew.") from None
            if batch is None:
                break
            walk.unpack(batch.nbytes)
            done += batch.num_rows
            yield batch


def _in_microseconds(batch: Any) -> Any:
    """Return the rows with their times cut to what Python's own have room for."""
    import pyarrow as pa

    for i, field in enumerate(batch.schema):
        if pa.types.is_timestamp(field.type) and field.type.unit == "ns":
            cut = batch.column(i).cast(pa.timestamp("us", tz=field.type.tz), safe=False)
            batch = batch.set_column(i, field.name, cut)
    return batch


def _value(cell: Any) -> Any:
    """Return a cell as Python's own; a text that is no UTF-8 as its bytes, a day that no calendar has as nothing."""
    try:
        return cell.as_py()
    except UnicodeDecodeError:
        with suppress(AttributeError):
            return cell.as_buffer().to_pybytes()
    except Exception:  # a year beyond 9999, a time zone that is none
        pass
    return None


def _check_text(kind: Any, name: str) -> None:
    """Raise for a text column that holds no texts."""
    import pyarrow as pa

    held = kind.value_type if pa.types.is_dictionary(kind) else kind
    tests = ("is_string", "is_large_string", "is_string_view", "is_binary", "is_large_binary", "is_binary_view")
    if not any(getattr(pa.types, test)(held) for test in tests if hasattr(pa.types, test)):
        raise UnreadableInput(
            f"Its column {shown(name)} holds {shown(str(kind))}, not texts. "
            "Say which column holds the text: --map text=COLUMN,published=COLUMN"
        )


def _check_packing(opened: Any, names: set[str]) -> None:
    """Raise for a column that would come out far larger than any text does."""
    for group in range(opened.num_row_groups):
        about = opened.metadata.row_group(group)
        for i in range(about.num_columns):
            column = about.column(i)
            if column.path_in_schema not in names or column.total_uncompressed_size < SUSPECT:
                continue
            if column.total_uncompressed_size > MOST_PACKED * max(1, column.total_compressed_size):
                raise InputTooLarge(
                    f"Its column {shown(column.path_in_schema)} is packed over {MOST_PACKED} times over, as no texts "
                    "are. Write it anew, without compression, if it is sound."
                )


def _words(error: Exception) -> str:
    """Return what pyarrow says, on one line."""
    return " ".join(str(error).split())[:200].rstrip(".") or type(error).__name__
