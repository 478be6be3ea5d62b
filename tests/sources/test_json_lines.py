"""JSON and JSON Lines: rows, readings, and everything that is neither."""

import io
import json
import tracemalloc
from datetime import date

import pytest

from dragoman.domain import Reading
from dragoman.errors import InputTooLarge, UnreadableInput
from dragoman.sources import from_text
from dragoman.sources.items import Walk
from dragoman.sources.json_lines import members
from dragoman.sources.known import NOTHING
from dragoman.sources.limits import Limits

A = "Fiji and Samoa opened a joint school for pilots."
B = "Samoa asked Fiji for a loan, and got it."


def objects(data, walk=None, place="x.jsonl"):
    """Return the members of a file."""
    data = data if isinstance(data, bytes) else data.encode()
    return list(members(io.BytesIO(data), place, NOTHING, walk or Walk()))


def contents(data, walk=None):
    """Return the text of each object, or what refuses it."""
    return [
        str(m.content) if isinstance(m.content, UnreadableInput) else m.content.decode() for m in objects(data, walk)
    ]


def a_reading(text=A):
    """Return a reading without records as it is printed."""
    document = from_text(text)
    return Reading(document=document, warnings=document.warnings)


ROWS = [{"text": A, "published": "2026-01-14", "id": 1}, {"text": B, "title": "Loan"}]


@pytest.mark.parametrize(
    "data",
    [
        "\n".join(map(json.dumps, ROWS)),
        "\n\n".join(map(json.dumps, ROWS)) + "\n\n",
        "\r\n".join(map(json.dumps, ROWS)) + "\r\n",
        json.dumps(ROWS),
        json.dumps(ROWS, indent=1),
        "[\n" + ",\n".join(map(json.dumps, ROWS)) + "\n]",
        "\n".join(json.dumps(row, indent=1) for row in ROWS),
        "\n \n" + json.dumps(ROWS),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_objects_are_taken_however_they_lie(data, encoding):
    """One a line, several over many lines, or an array: each object is a row."""
    found = objects(data.encode(encoding))

    assert [m.content.decode() for m in found] == [A, B]
    assert [m.found.published for m in found] == [date(2026, 1, 14), None]
    assert found[1].found.title == "Loan"


def test_places_name_lines_and_items():
    """An object says in which line, or as which item, it lies; the only one of a file needs no number."""
    assert [m.place for m in objects("\n".join(["", *map(json.dumps, ROWS)]))] == ["x.jsonl: line 2", "x.jsonl: line 3"]
    assert [m.place for m in objects(json.dumps(ROWS))] == ["x.jsonl: item 1", "x.jsonl: item 2"]
    assert [m.place for m in objects(json.dumps(ROWS[0], indent=1))] == ["x.jsonl"]


def test_columns_are_mapped():
    """--map says which key holds what; a key that is missing in a row is not known there."""
    data = "\n".join(map(json.dumps, [{"body": A, "day": 20260114}, {"body": B}]))

    found = objects(data, Walk(columns={"text": "body", "published": "day"}))

    assert [m.found.published for m in found] == [date(2026, 1, 14), None]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{"text": "x"', "Line 2 is no JSON: expecting ',' delimiter at column 13"),
        ("nonsense", "Line 2 is no JSON"),
        ('{"text": "a", "text": "b"}', 'Line 2 has the key "text" twice'),
        ('{"text": "a"} {"text": "b"}', "more than one value"),
        ('["a"]', "Line 2 is a list"),
        ("5", "Line 2 is no object"),
        ("null", "Line 2 is no object"),
        ('{"body": "a"}', 'Line 2 has no "text"'),
        ('{"text": null}', "Line 2 has no text in its column text"),
        ('{"text": NaN}', "Line 2 has no text in its column text"),
        ('{"text": ' + "9" * 5000 + "}", "holds a number"),
        ('{"text": ["a"]}', "holds a list"),
        ('{"text": {"en": "a"}}', "holds an object"),
        ('{"text": "\\ud800"}', "half a character"),
        ('{"text": "\\udc80"}', "half a character"),
        ('{"text": "\\u0000"}', "a NUL character"),
        ('{"text": "a\0"}', "Line 2 is no JSON"),
        ("[" * 100_000, "nested too deeply"),
        ('{"a":' * 100_000, "nested too deeply"),
        (b'{"text": "Caf\xe9"}', "Line 2 is not UTF-8"),
        ('{"document": {"text": "A."}, "events": []}', "damaged reading"),
        ('{"text": "' + "a" * 1100 + '"}', "max_bytes"),
        ('"' + "a" * 200_000, "max_bytes"),
    ],
)
def test_a_bad_line_is_refused_by_its_number(line, says):
    """The other lines are taken, and nothing crashes."""
    line = line if isinstance(line, bytes) else line.encode()
    limit = 1000 if "max_bytes" in says else 10_000_000
    data = b"\n".join([json.dumps(ROWS[0]).encode(), line, json.dumps(ROWS[1]).encode()])

    first, bad, last = contents(data, Walk(limits=Limits(max_bytes=limit)))

    assert (first, last) == (A, B)
    assert says in bad


def test_a_bad_first_line_leaves_the_rest():
    """A file whose first line is broken is JSON Lines all the same."""
    found = contents('{"text": "x\n' + "\n".join(map(json.dumps, ROWS)))

    assert "no JSON" in found[0]
    assert found[1:] == [A, B]


def test_odd_values_beside_the_text_do_no_harm():
    """Endless numbers, NaN and nested values are no title and no date."""
    odd = f'"published": 1{"0" * 9999}, "title": Infinity, "url": {{"a": 1}}, "publisher": -1e999'
    data = f'{{"text": "{A}", {odd}}}'

    (found,) = objects(data)

    assert found.content.decode() == A
    assert (found.found.published, found.found.title, found.found.url) == (None, None, None)


@pytest.mark.parametrize("form", ["line", "indented", "array", "several"])
def test_readings_are_taken_as_they_are(form):
    """What `dragoman read --format json` prints is a reading, alone or among others."""
    data = [a_reading().to_dict(), a_reading(B).to_dict(explain=True)]
    written = {
        "line": "\n".join(map(json.dumps, data)),
        "indented": json.dumps(data[0], indent=1),
        "array": json.dumps(data),
        "several": "\n".join(json.dumps(one, indent=1) for one in data),
    }[form]

    found = [m.content for m in objects(written)]

    assert found == [a_reading(), a_reading(B)][: len(found)]
    assert len(found) == (1 if form == "indented" else 2)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ('{"new": 3, "refused": []}', "only that of dragoman read --format json"),
        ('{"pair": ["IND", "CHN"], "entries": [{"id": 1}]}', 'the objects in "entries"'),
        ("\n".join(json.dumps({"body": "a", "n": n}) for n in range(50)), "Its columns: body, n. Say which column"),
        (json.dumps([{"body": "a"}], indent=1), "--map text=COLUMN,published=COLUMN"),
        ('{\n "text": "a",\n "title": \n', "no JSON: expecting value in line 4"),
        ("[1, 2", "no JSON"),
        ("text,date\na,b\n", "begins with 'text,date'"),
        ("<html><body>", "no JSON"),
        ("[" * 100_000, "nested too deeply"),
        ("5\n", "begins with '5'"),
    ],
)
def test_what_holds_no_text_is_refused_as_a_whole(data, says):
    """One refusal for the file, which lists the keys there are or says what is wrong."""
    with pytest.raises(UnreadableInput) as raised:
        objects(data)

    assert says in str(raised.value)


def test_an_array_over_the_limit_is_refused_by_it():
    """What has to be held as a whole is bounded; the message says to use JSON Lines."""
    walk = Walk(limits=Limits(max_bytes=1000))

    with pytest.raises(InputTooLarge, match=r"max_bytes.*each object on a line"):
        objects(json.dumps([{"text": A}] * 100), walk)
    assert len(objects("\n".join([json.dumps({"text": A})] * 100), walk)) == 100


@pytest.mark.parametrize("data", ["", "\n\n", "[]", " [ ] "])
def test_a_file_without_objects_is_counted(data):
    """A valid file that holds nothing is no fault."""
    walk = Walk()

    assert objects(data, walk) == []
    assert dict(walk.passed_over) == {"tables without rows": 1}


def test_json_lines_are_never_held():
    """30 MB of lines take a few megabytes, and every line comes out."""
    line = (json.dumps({"text": f"{A} " + "So it went on. " * 66}) + "\n").encode()
    data = line * (30_000_000 // len(line))
    tracemalloc.start()
    try:
        count = sum(isinstance(m.content, bytes) for m in members(io.BytesIO(data), "x", NOTHING, Walk()))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert count == 30_000_000 // len(line)
    assert peak < 12_000_000
