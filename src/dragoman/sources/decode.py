r"""Decoding: bytes to text.

In:     the bytes of a document, the encoding declared by a server if any, and whether they are HTML.
Out:    the text, without byte order mark and with every line end as `\n`; and warnings where the encoding was guessed.
Units:  bytes.

An encoding is taken, in this order, from a byte order mark, the server, the page's own declaration, UTF-8 if the bytes
are UTF-8, and last from the bytes themselves. Binary files raise NotText, which says what they look like.
"""

from __future__ import annotations

import codecs
import re

from dragoman.errors import NotText

Decoded = tuple[str, tuple[str, ...]]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_PRINT = "Open it, save it as plain text, and give that file."
_MAGIC = (
    (b"%PDF-", "a PDF", "Turn it into text first, for example with pdftotext, and give that file."),
    (b"PK\x03\x04", "a zip archive or an Office document (docx, odt, epub)", _PRINT),
    (b"\xd0\xcf\x11\xe0", "an old Office document (doc, xls)", _PRINT),
    (b"{\\rtf", "a rich-text document (RTF)", _PRINT),
    (b"\x89PNG", "a PNG image", "Give the text it shows."),
    (b"\xff\xd8\xff", "a JPEG image", "Give the text it shows."),
    (b"GIF8", "a GIF image", "Give the text it shows."),
    (b"II*\x00", "a TIFF image", "Give the text it shows."),
    (b"MM\x00*", "a TIFF image", "Give the text it shows."),
    (b"RIFF", "an image, sound or film file (RIFF)", "Give a text."),
    (b"OggS", "a sound file (Ogg)", "Give a transcript."),
    (b"ID3", "a sound file (MP3)", "Give a transcript."),
    (b"\x1f\x8b", "a gzip archive", "Unpack it first."),
    (b"BZh", "a bzip2 archive", "Unpack it first."),
    (b"\xfd7zXZ", "an xz archive", "Unpack it first."),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", "Unpack it first."),
    (b"7z\xbc\xaf", "a 7z archive", "Unpack it first."),
    (b"Rar!", "a RAR archive", "Unpack it first."),
    (b"SQLite format 3", "an SQLite database", "Give a text."),
    (b"PAR1", "a Parquet file", "Give a text."),
    (b"\x7fELF", "a program", "Give a text."),
)
#: Of these, the mark alone may also start a text, so a byte that no text has must follow soon.
_AMBIGUOUS = (b"RIFF", b"OggS", b"ID3", b"BZh", b"GIF8", b"Rar!", b"PAR1", b"II*\x00")

#: A text has at most this share of control characters besides tabs and line ends. Guess.
CONTROLS = 0.01
#: With at most this share of bytes beyond ASCII a text is English with stray letters, so Windows-1252. Guess.
STRAY = 0.1
#: A declaration stands in this many bytes at the start of a page; the HTML standard says 1024, pages take more. Guess.
DECLARED_WITHIN = 4096

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x7f]")
_META = re.compile(
    rb"""<(?:meta[^>]{0,200}?charset\s*=|\?xml[^>]{0,100}?encoding\s*=)\s*["']?\s*([\w.:-]{2,40})""", re.I
)
_KNOWN = re.compile(
    r"utf-(?:8|16|32)|ascii|iso8859|cp(?:125\d|866|874|932|936|949|950)|koi8|gb|big5|shift_jis|euc_|mac-|tis-620|hz|iso2022"
)
_NEWLINE = re.compile(r"\r\n?")


def decode(data: bytes, name: str, *, charset: str | None = None, html: bool = False) -> Decoded:
    """Return the text of the bytes, and warnings about a guessed encoding.

    Raises NotText when the bytes are no text; the message calls the input `name`.
    """
    _refuse_binary(data, name)
    text, warnings = _decode(data, name, charset, html)
    text = _NEWLINE.sub("\n", text.removeprefix("\ufeff"))
    controls = len(_CONTROL.findall(text))
    if "\0" in text or controls > max(2, CONTROLS * len(text)):
        raise NotText(f"{name} holds control characters as a binary file does. Give plain text or HTML.")
    return text, warnings


def _refuse_binary(data: bytes, name: str) -> None:
    """Raise NotText for bytes that begin as a known kind of binary file does."""
    for magic, kind, advice in _MAGIC:
        start = data[:64].lstrip() if magic in (b"%PDF-", b"{\\rtf") else data
        if start.startswith(magic) and (magic not in _AMBIGUOUS or b"\0" in data[:512]):
            raise NotText(f"{name} looks like {kind}, not text. {advice}")


def _decode(data: bytes, name: str, charset: str | None, html: bool) -> Decoded:
    """Try the encodings in the order the module's header gives."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding, name)
    if b"\0" in data:
        return _without_mark(data, name), ()
    declared = [charset] if charset else []
    if html and (meta := _META.search(data[:DECLARED_WITHIN])):
        declared.append(meta[1].decode("ascii", "replace"))
    for encoding in (*declared, "utf-8"):
        if (text := _try(data, encoding)) is not None:
            return text, ()
    return _guess(data, name)


def _marked(data: bytes, encoding: str, name: str) -> Decoded:
    """Decode bytes that stood behind a byte order mark."""
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError:
        if encoding == "utf-8":
            return _guess(data, name)
        raise NotText(f"{name} begins as {encoding.upper()} text but is not. Save it as UTF-8 and try again.") from None


def _without_mark(data: bytes, name: str) -> str:
    """Decode UTF-16 without a byte order mark, known by every other byte being NUL; anything else is binary."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    most, least, encoding = (odd, even, "utf-16-le") if odd > even else (even, odd, "utf-16-be")
    if most > 0.4 * len(data) and not least:  # English in UTF-16 has one NUL in two bytes; 0.4 of all is a guess
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            pass
    raise NotText(f"{name} holds NUL bytes as a binary file does. Give plain text or HTML.")


def _try(data: bytes, encoding: str) -> str | None:
    """Decode strictly, or return None; Latin-1 and ASCII are read as Windows-1252, as browsers do."""
    try:
        known = codecs.lookup(encoding).name
        if not _KNOWN.match(known):
            return None
        if known in ("iso8859-1", "ascii"):
            known = "cp1252"
            utf8 = _try(data, "utf-8")
            if utf8 is not None:
                return utf8  # declared Latin-1 but valid UTF-8: no accident produces that
        return data.decode(known)
    except (LookupError, ValueError):
        return None


def _guess(data: bytes, name: str) -> Decoded:
    """Decode bytes of no declared encoding that are not UTF-8."""
    text, good, stray = _mixed(data)
    if good and stray <= good:
        return text, (f"Mixed encodings: {stray} bytes that are not UTF-8 were read as Windows-1252.",)
    high = sum(byte > 127 for byte in data)
    if high <= STRAY * len(data) and (western := _try(data, "cp1252")) is not None:
        return western, ("The text is not UTF-8 and was read as Windows-1252.",)
    from charset_normalizer import from_bytes

    best = from_bytes(data[:100_000]).best()  # a guess from the start is as good and stays fast
    if best is None or (guessed := _try(data, best.encoding)) is None:
        raise NotText(f"The encoding of {name} cannot be told. Save it as UTF-8 and try again.")
    return guessed, (f"The text is not UTF-8 and was read as {best.encoding}, which is a guess.",)


def _mixed(data: bytes) -> tuple[str, int, int]:
    """Decode as UTF-8 with every other byte as Windows-1252; also return how many characters and bytes of each."""
    parts, stray, start = [], 0, 0
    while start < len(data):
        try:
            parts.append(data[start:].decode("utf-8"))
            break
        except UnicodeDecodeError as error:
            parts.append(data[start : start + error.start].decode("utf-8"))
            bad = data[start + error.start : start + error.end]
            parts.append(bad.decode("cp1252", "ignore"))
            stray += len(bad)
            start += error.end
            if stray > 1000:  # guess: this many are no accident
                return "", 0, stray
    text = "".join(parts)
    return text, sum(ord(char) > 127 for char in text) - stray, stray
