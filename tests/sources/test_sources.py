"""The front door: paths, standard input, bytes and strings become documents, or errors that help."""

import io
import sys
from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman import sources
from dragoman.domain import Document
from dragoman.errors import InputTooLarge, NotText, UnreadableInput, UsageError, WrongLanguage
from dragoman.sources import UNDATED, Limits, from_bytes, from_text, open_document

TEXT = "Oslo and Muscat talk fish\n\nOSLO, March 14 - Norway and Oman agreed on Monday to talk about fish.\n"
SMALL = Limits(max_bytes=1_000, max_page_bytes=500, max_characters=200)


def test_names_of_the_front_door():
    """What others may import is listed and there."""
    assert set(sources.__all__) == {
        "LIMITS", "UNDATED", "Item", "Known", "Limits", "Walk", "from_bytes", "from_text", "inputs", "items",
        "open_document", "parse_date",
    }  # fmt: skip
    assert all(hasattr(sources, name) for name in sources.__all__)


def test_a_string_is_kept_as_given():
    """The text is not altered, line ends included; title and layout are read from it."""
    text = "\ufeff" + TEXT.replace("\n", "\r\n")
    document = from_text(text, published="1987-03-14", publisher="Fjord Post", url="https://fjordpost.example")

    assert document.text == text
    assert document.title == "Oslo and Muscat talk fish"
    assert (document.published, document.dated_by) == (date(1987, 3, 14), "given")
    assert document.dateline is not None
    assert text[slice(*document.dateline)] == "OSLO, March 14 -"
    assert document.warnings == ()


@pytest.mark.parametrize(
    ("text", "published", "day", "by", "warnings"),
    [
        (TEXT, None, None, None, (UNDATED,)),
        (TEXT, "2031-03-15", date(2031, 3, 15), "given", ()),
        (TEXT.replace("14 -", "14, 1987 -"), None, date(1987, 3, 14), "dateline", ()),
        (TEXT.replace("14 -", "14, 1987 -"), "2031-03-15", date(2031, 3, 15), "given", ()),
    ],
)
def test_where_the_date_comes_from(text, published, day, by, warnings):
    """A given date wins, a dateline with a year is next, and a missing date is said."""
    document = from_text(text, published=published)

    assert (document.published, document.dated_by, document.warnings) == (day, by, warnings)


@pytest.mark.parametrize(
    ("name", "published", "day", "by"),
    [
        ("2031-03-14-talks.txt", None, date(2031, 3, 14), "file-name"),
        ("20310314_talks.txt", None, date(2031, 3, 14), "file-name"),
        ("2031-03-14-talks.txt", "2031-03-16", date(2031, 3, 16), "given"),
        ("2031-02-30-talks.txt", None, None, None),  # no such day
        ("20310314156.txt", None, None, None),  # a number, no date
        ("talks-2031-03-14.txt", None, None, None),  # only a name that begins with it
    ],
)
def test_a_file_without_another_date_is_dated_by_its_name(tmp_path, name, published, day, by):
    """A name that begins with a day dates the file, unless the caller or the text does."""
    path = tmp_path / name
    path.write_text(TEXT, encoding="utf-8")

    document = open_document(str(path), published=published)

    assert (document.published, document.dated_by) == (day, by)
    assert (UNDATED in document.warnings) == (day is None)


def test_a_file_is_read(tmp_path):
    """A path leads to a document; a byte order mark is dropped and line ends are made one."""
    path = tmp_path / "fish.txt"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())

    assert open_document(str(path)).text == TEXT


def test_standard_input_is_read_up_to_the_limit(monkeypatch):
    """`-` is standard input, of which no more than one byte past the limit is taken."""
    stream = io.BytesIO(TEXT.encode())
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=stream))
    assert open_document("-").text == TEXT

    stream = io.BytesIO(b"x" * 5_000)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=stream))
    with pytest.raises(InputTooLarge, match="max_bytes"):
        open_document("-", limits=SMALL)
    assert stream.tell() == SMALL.max_bytes + 1


def test_a_large_file_is_refused_by_its_size(tmp_path, monkeypatch):
    """The size is looked at before the file is opened."""
    from pathlib import Path

    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("opened"))

    with pytest.raises(InputTooLarge, match=r"large\.txt has 50,000,000 bytes; at most 20,000,000 .*max_bytes"):
        open_document(str(path))


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("fisch.txt", 'Did you mean ".*fish.txt"'),
        ("zzz", "Check the path"),
        (".", "is a folder"),
        ("a\0b", "cannot be read"),
        ("x" * 5_000, "cannot be read"),
        ("fish.txt/more", "cannot be read"),
    ],
)
def test_paths_that_lead_nowhere(tmp_path, name, says):
    """The message says what is there instead."""
    (tmp_path / "fish.txt").write_text(TEXT)

    with pytest.raises(UnreadableInput, match=says):
        open_document(str(tmp_path / name))


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (b"", UnreadableInput, "empty"),
        (b" \n\t\n", UnreadableInput, "empty"),
        (b"\xef\xbb\xbf", UnreadableInput, "empty"),
        (b"the talks of the two " * 40, InputTooLarge, "max_characters"),
        ("é".encode() * 201, InputTooLarge, "201 characters"),
        (b"x" * 1_001, InputTooLarge, "max_bytes"),
        ("Министр заявил в понедельник.".encode(), WrongLanguage, "Russian"),
        (b"%PDF-1.7", UnreadableInput, "damaged"),
        (b"<html>" + b"x" * 600, InputTooLarge, "max_page_bytes"),
    ],
)
def test_bytes_that_cannot_be_read(data, error, says):
    """Each input that is refused is refused with its own error."""
    with pytest.raises(error, match=says):
        from_bytes(data, "x.txt", limits=SMALL)


@pytest.mark.parametrize(
    ("text", "error"),
    [("", UnreadableInput), (" \n", UnreadableInput), ("a \ud800 b", NotText), ("x" * 201, InputTooLarge)],
)
def test_strings_that_cannot_be_read(text, error):
    """Strings are held to the same limits."""
    with pytest.raises(error):
        from_text(text, limits=SMALL)


@pytest.mark.parametrize("source", ["no-such-file", "-", "http://127.0.0.1/"])
def test_an_impossible_date_is_refused_first(source):
    """Nothing is read or fetched for a call that cannot succeed."""
    with pytest.raises(UsageError, match="2026-02-30"):
        open_document(source, published="2026-02-30")


def test_a_text_of_furniture_only_says_so():
    """Nothing to read is a warning, not silence."""
    assert any("Nothing to read" in warning for warning in from_text("Share\nTweet\nPrint").warnings)


def holds(document: Document) -> bool:
    """Whether every range of a document lies in its text."""
    ranges = [part for part in (document.headline, document.dateline) if part] + list(document.paragraphs)
    return all(0 <= start < end <= len(document.text) for start, end in ranges)


@settings(deadline=None, max_examples=200)
@given(st.one_of(st.binary(), st.text().map(str.encode), st.binary().map(lambda data: b"<html><p>" + data)))
def test_any_bytes_are_a_document_or_unreadable(data):
    """No bytes raise anything but UnreadableInput."""
    try:
        document = from_bytes(data, "x")
    except UnreadableInput as error:
        assert str(error)
    else:
        assert holds(document)


@settings(deadline=None, max_examples=200)
@given(st.text(st.characters(codec=None)))
def test_any_string_is_a_document_or_unreadable(text):
    """No string raises anything but UnreadableInput, and a document keeps it whole."""
    try:
        document = from_text(text)
    except UnreadableInput as error:
        assert str(error)
    else:
        assert document.text == text
        assert holds(document)
