"""Word: from a .docx file to its text.

In:     the bytes of a Word file.
Out:    `Extract`: paragraphs and the rows of tables in their order, a blank line between them, cells parted by " | ";
        the title of the metadata only where the text shows it. No date: when a file was made is not when its text was
        published.
Units:  bytes, after unpacking.

python-docx opens the file, in a process of its own (see `apart`). Text that a reviewer has struck out is left out, text
put in is read; heads, feet, footnotes and comments are left out. No macro is run and no link followed.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from dragoman.errors import InputTooLarge, UnreadableInput
from dragoman.sources.extract import Extract
from dragoman.sources.limits import Limits

#: A Word file may unpack to this many times `Limits.max_bytes`; its text is packed to about a tenth. Guess.
UNPACKED = 10
#: Parts of a Word file; each picture is one. Guess.
MAX_PARTS = 5_000

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH, _TABLE, _ROW, _CELL, _BOX = (f"{_WORD}{name}" for name in ("p", "tbl", "tr", "tc", "txbxContent"))
_TEXT = f"{_WORD}t"
#: What stands for a character, and what is not read: struck out or moved away, twice there, or a format.
_MARKS = {
    f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}noBreakHyphen": "-",
}  # fmt: skip
_SKIPPED = {
    f"{_WORD}del", f"{_WORD}moveFrom", f"{_WORD}pPr", f"{_WORD}rPr", f"{_WORD}sdtPr", f"{_WORD}tblPr",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}  # fmt: skip


def docx_text(data: bytes, name: str, *, limits: Limits) -> Extract:
    """Return the text of a Word file; UnreadableInput, calling it `name`, where it has none or cannot be opened."""
    from dragoman.sources.apart import apart

    found = apart("docx", data, name, limits)
    return Extract(found["text"], title=found["title"])


def extract(data: bytes, limits: Limits) -> dict[str, Any]:
    """Return text and title of a Word file, as `apart` runs it."""
    _check_size(data, limits)
    from docx.package import Package

    package = Package.open(BytesIO(data))
    parts: list[str] = []
    length = 0
    for part in _texts(_root(package)):
        if part := part.strip():
            parts.append(part)
            length += len(part)
        if length > limits.max_characters:
            raise InputTooLarge(
                f"has over {limits.max_characters:,} characters, the most that are read (max_characters). "
                "Cut it into its documents."
            )
    if not parts:
        raise UnreadableInput("holds no text. If it shows a picture of one, run OCR on it and give the result.")
    text = "\n\n".join(parts)
    title = " ".join((package.core_properties.title or "").split())
    return {"text": text, "title": title if title and _plain(title) in _plain(text) else None}


def _plain(text: str) -> str:
    """Return a text with one blank where there are several and without capitals, to be compared."""
    return " ".join(text.split()).casefold()


def _check_size(data: bytes, limits: Limits) -> None:
    """Raise where the file is no zip archive, or says itself that it unpacks to too much."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
    except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableInput(f"is cut off or damaged ({error}). Fetch it anew.") from None
    size, most = sum(member.file_size for member in members), UNPACKED * limits.max_bytes
    if size > most:
        raise InputTooLarge(
            f"unpacks to {size:,} bytes; at most {most:,} are opened ({UNPACKED} times max_bytes). "
            "Save its text as plain text and give that."
        )
    if len(members) > MAX_PARTS:
        raise InputTooLarge(f"has {len(members):,} parts; at most {MAX_PARTS:,} are opened. Save it as plain text.")


def _root(package: Any) -> Any:
    """Return the root element of the main document, of files with macros and of templates too."""
    from docx.oxml.parser import parse_xml

    try:
        part = package.main_document_part
    except KeyError:
        raise UnreadableInput(
            "holds no Word document that can be read. Open it, save it as a Word document (.docx), and give that."
        ) from None
    root = part.element if hasattr(part, "element") else parse_xml(part.blob)
    if root.tag != f"{_WORD}document":
        raise UnreadableInput("is no Word document, though it is packed as one. Save its text as plain text.")
    return root


def _texts(element: Any) -> Iterator[str]:
    """Yield the paragraphs and rows in an element, in their order."""
    for child in element:
        if child.tag == _PARAGRAPH:
            yield from _paragraph(child)
        elif child.tag == _TABLE:
            for row in child.iter(_ROW):
                if next(row.iterancestors(_TABLE)) is child:  # the rows of a table in a cell are text of that cell
                    yield _row(row)
        elif child.tag not in _SKIPPED:  # content controls, custom XML, insertions
            yield from _texts(child)


def _row(row: Any) -> str:
    """Return the cells of a row in one line."""
    cells = [cell for cell in row.iter(_CELL) if next(cell.iterancestors(_ROW)) is row]
    return " | ".join(filter(None, (" ".join(" ".join(_texts(cell)).split()) for cell in cells)))


def _paragraph(paragraph: Any) -> Iterator[str]:
    """Yield the text of a paragraph, and after it that of the boxes that hang on it."""
    parts: list[str] = []
    boxes: list[Any] = []
    stack = [iter(paragraph)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag == _TEXT:
            parts.append(child.text or "")
        elif child.tag in _MARKS:
            parts.append(_MARKS[child.tag])
        elif child.tag == _BOX:
            boxes.append(child)
        elif child.tag not in _SKIPPED:
            stack.append(iter(child))
    yield "".join(parts).replace("\xad", "")
    for box in boxes:
        yield from _texts(box)
