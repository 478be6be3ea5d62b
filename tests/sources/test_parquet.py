"""Parquet files: rows in batches, whatever types their columns have, and files that are damaged."""

import builtins
import io
import tracemalloc
from datetime import UTC, date, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dragoman.errors import InputTooLarge, UnreadableInput
from dragoman.sources.items import Walk
from dragoman.sources.known import NOTHING
from dragoman.sources.limits import Limits
from dragoman.sources.member import Member
from dragoman.sources.parquet import members

A = "Benin and Niger reopened their border to lorries."
DAY = date(2026, 1, 14)


def a_file(columns, **more):
    """Return a Parquet file with these columns."""
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out, **more)
    return out.getvalue()


def rows_of(data, walk=None):
    """Return the members of a file."""
    return list(members(io.BytesIO(data), "x.parquet", NOTHING, walk or Walk()))


@pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string()), pa.binary(), pa.large_binary()]
)
def test_texts_of_every_type_are_read(kind):
    """Strings, long and short, in a dictionary or as bytes."""
    texts = pa.array([A, None, "Café."]).cast(pa.string())
    column = texts.dictionary_encode() if pa.types.is_dictionary(kind) else texts.cast(kind)

    first, second, third = rows_of(a_file({"text": column}))

    assert (first.content.decode(), third.content.decode()) == (A, "Café.")
    assert str(second.content).startswith("Row 2 has no text in its column text")
    assert [first.place, third.place] == ["x.parquet: row 1", "x.parquet: row 3"]


@pytest.mark.parametrize(
    ("column", "day"),
    [
        (pa.array([datetime(2026, 1, 14, 23)], pa.timestamp("us")), DAY),
        (pa.array([1768384800123456789], pa.timestamp("ns")), DAY),
        (pa.array([datetime(2026, 1, 14, 23, tzinfo=UTC)], pa.timestamp("ms", tz="UTC")), DAY),
        (pa.array([1768384800123456789], pa.timestamp("ns", tz="UTC")), DAY),
        (pa.array([DAY], pa.date32()), DAY),
        (pa.array([DAY], pa.date64()), DAY),
        (pa.array(["2026-01-14T10:00:00Z"]), DAY),
        (pa.array([1768384800]), DAY),
        (pa.array([2**60], pa.timestamp("ms")), None),
        (pa.array([2**31 - 1], pa.int32()).cast(pa.date32()), None),
        (pa.array([1768384800], pa.timestamp("s", tz="Nowhere/None")), None),
        (pa.array([[1]]), None),
        (pa.array([None], pa.null()), None),
    ],
)
def test_days_of_every_type_are_read(column, day):
    """A day that no calendar has, or a time in no zone, is none; the row is taken all the same."""
    (found,) = rows_of(a_file({"text": [A], "published": column}))

    assert (found.content.decode(), found.found.published) == (A, day)


def test_only_the_named_columns_are_read():
    """--map names columns; others are not touched, whatever they hold."""
    data = a_file({"id": [1], "body": [A], "link": ["https://e.org/1"], "big": [["x"] * 1000]})
    walk = Walk(columns={"text": "body", "url": "link"})

    (found,) = rows_of(data, walk)

    assert (found.content.decode(), found.found.url) == (A, "https://e.org/1")
    assert 0 < walk.unpacked < 1000


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"body": [A]}, "Its columns: body. Say which column holds what: --map text=COLUMN"),
        ({"text": [5]}, "Its column text holds int64, not texts"),
        ({"text": [[A]]}, "not texts"),
        ({"text": [{"en": A}]}, "not texts"),
    ],
)
def test_a_file_without_a_text_column_is_refused(columns, says):
    """The columns that are there are listed."""
    with pytest.raises(UnreadableInput) as raised:
        rows_of(a_file(columns))

    assert says in str(raised.value)


def test_damaged_files_are_refused():
    """Cut, empty or garbled: one sentence, after the rows that could be read."""
    whole = a_file({"text": [f"{A} {n} " * 20 for n in range(5000)]}, row_group_size=1000, compression="snappy")
    for data in (b"", b"PAR1", whole[:5000], whole[:-9] + bytes(9), b"PAR1" + bytes(500) + b"PAR1"):
        with pytest.raises(UnreadableInput, match="no sound Parquet file"):
            rows_of(data)
    garbled = bytearray(whole)
    middle = pq.ParquetFile(io.BytesIO(whole)).metadata.row_group(2).column(0).data_page_offset
    garbled[middle : middle + 3000] = b"\xff" * 3000
    found: list[Member] = []
    with pytest.raises(UnreadableInput, match=r"damaged after 2,000 rows, which were taken"):
        found.extend(members(io.BytesIO(bytes(garbled)), "x.parquet", NOTHING, Walk()))
    assert len(found) == 2000


def test_limits_hold():
    """A text over max_bytes is refused by it, all of a file by max_archive_bytes, and a bomb by its packing."""
    data = a_file({"text": ["a " * 600, A]})
    first, second = rows_of(data, Walk(limits=Limits(max_bytes=1000)))
    assert isinstance(first.content, InputTooLarge)
    assert second.content.decode() == A
    with pytest.raises(InputTooLarge, match="max_archive_bytes"):
        rows_of(data, Walk(limits=Limits(max_archive_bytes=100)))
    bomb = a_file({"text": ["a" * 120_000_000]}, compression="zstd", use_dictionary=False)
    with pytest.raises(InputTooLarge, match="packed over 300 times"):
        rows_of(bomb)


def test_bytes_that_are_no_utf8_go_out_as_they_are():
    """A string column that breaks its own promise is left to the decoder."""
    broken = pa.array([b"Caf\xe9 talks."], pa.binary()).view(pa.string())

    (found,) = rows_of(a_file({"text": broken}))

    assert (found.content, found.found.charset) == (b"Caf\xe9 talks.", None)


def test_a_file_without_rows_is_counted():
    """It holds no document and is no fault."""
    walk = Walk()

    assert rows_of(a_file({"text": pa.array([], pa.string())}), walk) == []
    assert dict(walk.passed_over) == {"tables without rows": 1}


def test_without_pyarrow_the_message_says_what_to_install(monkeypatch):
    """The extra that brings pyarrow is named."""
    found = builtins.__import__

    def without(name, *more, **named):
        if name.startswith("pyarrow"):
            raise ModuleNotFoundError(name)
        return found(name, *more, **named)

    monkeypatch.setattr(builtins, "__import__", without)

    with pytest.raises(UnreadableInput, match=r"pip install 'dragoman\[tables\]'"):
        list(members(io.BytesIO(b"PAR1"), "x.parquet", NOTHING, Walk()))


def test_a_large_file_is_never_held():
    """Of 40 MB of text in one group of rows some megabytes are held at a time, by Arrow too."""
    count = 20_000
    data = a_file({"text": [f"{n} {A} " * 40 for n in range(count)]}, row_group_size=count, use_dictionary=False)
    pool = pa.default_memory_pool()
    before, most, seen = pool.bytes_allocated(), 0, 0
    tracemalloc.start()
    try:
        for member in members(io.BytesIO(data), "x.parquet", NOTHING, Walk()):
            seen += isinstance(member.content, bytes)
            most = max(most, pool.bytes_allocated() - before)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert seen == count
    assert peak < 8_000_000
    assert most < 24_000_000
