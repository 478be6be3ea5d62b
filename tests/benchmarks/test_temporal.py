"""The measuring of time expressions: how pairs are made and counted, and what is said of a bad file."""

from __future__ import annotations

import gzip
import json

import pytest

from benchmarks import temporal
from benchmarks.temporal import measure, pairs, trimmed
from dragoman.errors import UsageError
from dragoman.language.times import Annotation


def a_row(text, *timexes, dct="1998-02-13T08:00:00"):
    """Return a row in which each (words, type, value) is marked where the words first stand."""
    marked = []
    for words, kind, value in timexes:
        start = text.index(words)
        marked.append({"start": start, "end": start + len(words), "type": kind, "value": value})
    return {"doc_id": "d1", "dct": dct, "text": text, "timexes": marked}


def a_file(folder, *rows):
    """Write rows into a JSON Lines file and return its path."""
    path = folder / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("row", "relaxed", "strict", "kind", "value"),
    [
        (a_row("They met on Tuesday.", ("Tuesday", "DATE", "1998-02-10")), 1, 1, 1, 1),
        (a_row("They met on Tuesday.", ("Tuesday.", "DATE", "1998-02-10")), 1, 1, 1, 1),  # a final full stop is nothing
        (a_row("They met on Tuesday.", ("on Tuesday", "DATE", "1998-02-10")), 1, 0, 1, 1),
        (a_row("They met on Tuesday.", ("Tuesday", "TIME", "1998-02-17")), 1, 1, 0, 0),
        (a_row("They met on Tuesday.", ("They", "DATE", "1998-02-10")), 0, 0, 0, 0),
        (a_row("They met on Tuesday."), 0, 0, 0, 0),
        (a_row("It lasted a while.", ("a while", "DURATION", "PXX")), 0, 0, 0, 0),
        (a_row("They met on Tuesday and in May.", ("Tuesday", "DATE", "1998-02-10")), 2 / 3, 2 / 3, 2 / 3, 2 / 3),
    ],
)
def test_each_measure_is_twice_the_right_ones_over_all(tmp_path, row, relaxed, strict, kind, value):
    """F1 counts expected and found alike; type and value are right only in a pair."""
    figures = measure(a_file(tmp_path, row)).figures

    found = [figures[f"{name} F1"] for name in ("relaxed", "strict", "type", "value")]
    assert found == pytest.approx([relaxed, strict, kind, value])


def a_span(start, end):
    """Return an annotation of which only the place matters."""
    return Annotation(start, end, "", "DATE", None)


@pytest.mark.parametrize(
    ("expected", "found", "together"),
    [
        ([(0, 4)], [(0, 4)], [(0, 0)]),
        ([(0, 4)], [(4, 8)], []),
        ([(0, 8)], [(0, 2), (2, 8)], [(0, 1)]),  # the longer overlap
        ([(0, 8), (6, 8)], [(6, 8)], [(1, 0)]),  # the same one first
        ([(0, 4), (4, 8)], [(0, 8)], [(0, 0)]),  # no expression counts twice
    ],
)
def test_pairs_are_one_to_one(expected, found, together):
    """The same expression is paired before one that overlaps, and the longer overlap before the shorter."""
    text = "abcdefgh"

    assert list(pairs(text, [a_span(*s) for s in expected], [a_span(*s) for s in found])) == together


@pytest.mark.parametrize(("start", "end", "kept"), [(0, 5, (1, 4)), (1, 4, (1, 4)), (5, 7, (6, 6)), (4, 5, (4, 4))])
def test_blanks_and_a_final_stop_do_not_count(start, end, kept):
    """An expression is compared without blanks at its ends and without a full stop or comma at its end."""
    assert trimmed(" abc, .", a_span(start, end)) == kept


def test_errors_are_listed_by_cause(tmp_path):
    """A wrong value, a miss and an extra are told apart."""
    row = a_row("On Tuesday a while passed, then May.", ("Tuesday", "DATE", "1999"), ("a while", "DURATION", "PXX"))

    errors = measure(a_file(tmp_path, row)).errors

    assert set(errors) == {"value of a DATE", "not found"}
    assert errors["value of a DATE"] == ["d1: Tuesday: 1999, not 1998-02-10"]


def test_a_gzipped_file_is_read_and_the_findings_are_written(tmp_path, capsys):
    """With --out each document's expressions stand on a line of their own."""
    row = a_row("They met on Tuesday.", ("Tuesday", "DATE", "1998-02-10"))
    path, out = tmp_path / "rows.jsonl.gz", tmp_path / "found.jsonl"
    path.write_bytes(gzip.compress(json.dumps(row).encode()))

    assert temporal.main([str(path), "--details", "--out", str(out)]) == 0

    assert json.loads(out.read_text(encoding="utf-8")) == {"doc_id": "d1", "timexes": row["timexes"]}
    assert "value F1" in capsys.readouterr().out


@pytest.mark.parametrize("field", ["doc_id", "dct", "text", "timexes"])
def test_a_row_without_a_field_is_refused(tmp_path, field):
    """A malformed row is named, not skipped."""
    row = a_row("They met on Tuesday.", ("Tuesday", "DATE", "1998-02-10"))
    del row[field]

    with pytest.raises(UsageError, match=r"rows\.jsonl, document"):
        measure(a_file(tmp_path, row))


def test_a_missing_file_fails_with_a_sentence(tmp_path, capsys):
    """The exit code is 2 and the message names the file."""
    assert temporal.main([str(tmp_path / "absent.jsonl")]) == 2
    assert "absent.jsonl" in capsys.readouterr().err
