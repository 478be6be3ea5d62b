"""Decoding: marks, declarations, mixtures, and files that are no text."""

import codecs

import pytest

from dragoman.errors import NotText
from dragoman.sources.decode import decode

TEXT = "The minister said in São Tomé that “no” meant no.\nHe left.\n"
UTF8 = TEXT.encode()
CP1252 = TEXT.encode("cp1252")


@pytest.mark.parametrize(
    ("data", "charset", "html"),
    [
        (UTF8, None, False),
        (codecs.BOM_UTF8 + UTF8, None, False),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), None, False),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), None, False),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), None, False),
        (TEXT.encode("utf-16-le"), None, False),
        (TEXT.encode("utf-16-be"), None, False),
        (CP1252, "windows-1252", False),
        (CP1252, "iso-8859-1", False),
        (UTF8, "iso-8859-1", False),
        (UTF8, "no-such-encoding", False),
        (UTF8, "zip", False),
        (UTF8, "unicode_escape", False),
        (UTF8.replace(b"\n", b"\r\n"), None, False),
        (UTF8.replace(b"\n", b"\r"), None, False),
    ],
)
def test_texts_decode_without_warning(data, charset, html):
    """Marks, declarations and UTF-8 leave no doubt; line ends become one character."""
    assert decode(data, "x", charset=charset, html=html) == (TEXT, ())


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<html><meta charset="windows-1251">', "windows-1251"),
        ("<html><meta http-equiv=Content-Type content='text/html; charset=shift_jis'>", "shift_jis"),
        ('<?xml version="1.0" encoding="iso-8859-2"?><html>', "iso-8859-2"),
    ],
)
def test_a_page_declares_its_encoding(head, encoding):
    """The declaration in a page is used where it is a page."""
    word = {"windows-1251": "мир", "shift_jis": "平和", "iso-8859-2": "łąka"}[encoding]

    assert decode((head + word).encode(encoding), "x", html=True) == (head + word, ())


@pytest.mark.parametrize(
    ("data", "text", "warning"),
    [
        (CP1252, TEXT, "Windows-1252"),
        (UTF8 + "Señor\n".encode("latin-1"), TEXT + "Señor\n", "Mixed encodings: 1 bytes"),
        (b"na\xc3\xafve caf\xe9 in S\xc3\xa3o Tom\xc3\xa9", "naïve café in São Tomé", "Mixed encodings"),
        (("Мир и безопасность " * 9).encode("cp1251"), None, "which is a guess"),
    ],
)
def test_guesses_are_said(data, text, warning):
    """Where the encoding had to be guessed a warning says so."""
    decoded, warnings = decode(data, "x")

    assert text is None or decoded == text
    assert len(warnings) == 1
    assert warning in warnings[0]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "PDF"),
        (b"\n%PDF-1.4 ...", "PDF"),
        (b"PK\x03\x04\x14\x00", "docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office"),
        (b"{\\rtf1\\ansi hello}", "RTF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "PNG"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG"),
        (b"GIF89a\x01\0\x01\0", "GIF"),
        (b"\x1f\x8b\x08\0", "gzip"),
        (b"SQLite format 3\0", "SQLite"),
        (b"\x7fELF\x02\x01", "program"),
        (b"some\0thing", "NUL"),
        (b"\xff\xfea\xd8\0\xd8", "UTF-16"),
        (bytes(range(1, 32)) * 10, "control characters"),
    ],
)
def test_binary_files_are_named(data, says):
    """What is no text is refused, with what it looks like and what to do."""
    with pytest.raises(NotText, match=r"thing\.bin.*\. .*\.$") as raised:
        decode(data, "thing.bin")

    assert says in str(raised.value)


@pytest.mark.parametrize("text", ["RIFF raff went home.", "ID3 is a tag.", "Rar! he cried.", "GIF89a is a format."])
def test_texts_that_begin_like_binary_files(text):
    """A mark that may also begin a text is not enough."""
    assert decode(text.encode(), "x")[0] == text
