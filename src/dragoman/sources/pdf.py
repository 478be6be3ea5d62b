"""PDF: from its pages to a text with paragraphs.

In:     the bytes of a PDF.
Out:    `Extract`: the text as printed, line ends kept, a blank line between paragraphs; the title of the metadata only
        where the first page shows it. No date: when a PDF was made is not when its text was published.
Units:  points for places on a page, 72 to the inch.

pypdf does the work, in a process of its own (see `apart`). Running heads and feet and page numbers are left out,
footnotes stand at the end, and words cut at a line end are joined. Nothing in the file is run.
"""

from __future__ import annotations

import logging
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise, takewhile
from statistics import median
from typing import Any

from dragoman.errors import InputTooLarge, UnreadableInput
from dragoman.sources.extract import Extract
from dragoman.sources.limits import Limits

#: More pages than this are a book. Guess; 200,000 characters fill some 70 pages of print.
MAX_PAGES = 500
#: Fewer letters than this a page, with pictures on most of them, are a scan. Guess: a stamp or a page number.
SCAN_LETTERS = 25
#: From this share of letters that stand for nothing on, the letters of a font cannot be told. Guess.
GARBLED = 0.2
#: Lines at the top and at the bottom of a page among which running heads and page numbers are looked for. Guess.
EDGE = 3
#: Share of the pages on which a running head stands: half where left and right pages differ, less first pages. Guess.
RUNNING = 0.4
#: A gap this much larger than that between lines parts paragraphs; 6 points after a line of 14 make 1.4. Guess.
GAP = 1.25
#: Sizes of type that differ by this share are different things: text, titles, footnotes. Guess.
OTHER_SIZE = 0.1
#: A line this much further in than the one before begins a paragraph, in sizes of type. Guess.
INDENT = 0.7
#: A finished line shorter than this share of the longest ends a paragraph. Guess.
SHORT = 0.75
#: Wider lines than this would be seen as paragraphs by `blocks`, so paragraphs with them are given in one line.
WIDEST = 110

_LIGATURES = str.maketrans(
    dict(zip("ﬀﬁﬂﬃﬄﬅﬆ\xa0\t\u2010", ("ff", "fi", "fl", "ffi", "ffl", "ft", "st", " ", " ", "-"), strict=True))
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u2028\u2029\ufeff]")
_NOTHING = re.compile(r"[\ud800-\udfff\ufffd\ue000-\uf8ff]")
_ENDS = re.compile(r"[.!?…:][\"'”’»)\]\d]*$")
_BULLET = re.compile(r"[•‣◦●▪■□○] ?")
_CUT = re.compile(r"[^\W\d_](?:-|\xad)$")
_PAGE = re.compile(
    r"(?:page|p\.) ?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?|\d{1,4} ?(?:of|/) ?\d{1,4}|[-–—] ?\d{1,4} ?[-–—]", re.I
)
_PAINTS = re.compile(rb"(?:^|\s)(?:f\*?|F|S|s|B\*?|b\*?|Do|sh|EI)(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: its text, where it begins, the size of its type, whether all of it is bold, and its page."""

    text: str
    x: float
    y: float
    size: float
    bold: bool
    page: int


def pdf_text(data: bytes, name: str, *, limits: Limits) -> Extract:
    """Return the text of a PDF; UnreadableInput, calling it `name`, where it has none or cannot be opened."""
    from dragoman.sources.apart import apart

    found = apart("pdf", data, name, limits)
    return Extract(found["text"], title=found["title"])


def extract(data: bytes, limits: Limits) -> dict[str, Any]:
    """Return text and title of a PDF, as `apart` runs it."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    logging.disable(logging.CRITICAL)
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableInput(
                "is locked with a password. Take the lock off (for example qpdf --decrypt --password=... in.pdf "
                "out.pdf) and give the result."
            )
        pages = _pages(reader, limits)
        title = " ".join(str((reader.metadata and reader.metadata.title) or "").split())
    except DependencyError:
        raise UnreadableInput(
            "is encrypted in a way that is not read here. Take that off (for example qpdf --decrypt in.pdf out.pdf) "
            "and give the result."
        ) from None
    shown = " ".join(line.text for line in pages[0]) if pages else ""
    return {"text": text_of(pages), "title": title if title and _plain(title) in _plain(shown) else None}


def _plain(text: str) -> str:
    """Return a text with one blank where there are several and without capitals, to be compared."""
    return " ".join(text.split()).casefold()


def _pages(reader: Any, limits: Limits) -> list[list[Line]]:
    """Return the lines of each page; raises where there are too many or hardly any."""
    number = len(reader.pages)
    if number > MAX_PAGES:
        raise InputTooLarge(f"has {number:,} pages; at most {MAX_PAGES} are read. Cut it into its documents.")
    pages: list[list[Line]] = []
    characters = 0
    for page in reader.pages:
        pages.append(page_lines(page, len(pages)))
        characters += sum(len(line.text) for line in pages[-1])
        if characters > 2 * limits.max_characters:  # heads and feet, which are dropped, are never half of a text
            raise InputTooLarge(
                f"has over {limits.max_characters:,} characters, the most that are read (max_characters). "
                "Cut it into its documents."
            )
    letters = sum(char.isalpha() for lines in pages for line in lines for char in line.text)
    nothing = sum(len(_NOTHING.findall(line.text)) for lines in pages for line in lines)
    if nothing > GARBLED * (letters + nothing):
        raise UnreadableInput(
            "does not say which letters its fonts show. Run OCR on it (for example ocrmypdf --force-ocr) and give the "
            "result."
        )
    if letters < SCAN_LETTERS * number:
        _refuse_pictures(reader, letters, number)
    return pages


def _refuse_pictures(reader: Any, letters: int, number: int) -> None:
    """Raise UnreadableInput for pages of pictures, and for pages with nothing on them."""
    painted = sum(_is_painted(page) for page in reader.pages)
    if painted * 2 > number or (painted and not letters):
        pages = "1 page" if number == 1 else f"{number} pages"
        raise UnreadableInput(
            f"is a scan: it holds pictures of {pages} and no text. "
            "Run OCR on it (for example ocrmypdf) and give the result."
        )
    if not letters:
        raise UnreadableInput("is empty: no text stands on its pages. Check that it is the right file.")


def _is_painted(page: Any) -> bool:
    """Whether something is drawn on a page, or a picture stands on it."""
    contents = page.get_contents()
    return contents is not None and bool(_PAINTS.search(contents.get_data()))


def page_lines(page: Any, number: int) -> list[Line]:
    """Return the lines of a page in the order in which they are printed, those that run its main way."""
    found: dict[int, list[Line]] = defaultdict(list)
    parts: list[tuple[str, list[float], float, bool]] = []

    def end_of_line() -> None:
        if line := _line(parts, number):
            found[line[0]].append(line[1])
        parts.clear()

    def visit(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        for count, part in enumerate(text.split("\n")):
            if count:
                end_of_line()
            if part:
                name = str((font or {}).get("/BaseFont", ""))
                parts.append((part, _product(tm, cm), abs(size), "bold" in name.lower()))

    page.extract_text(visitor_text=visit)
    end_of_line()
    return max(found.values(), key=lambda lines: sum(len(line.text) for line in lines), default=[])


def _line(parts: list[tuple[str, list[float], float, bool]], page: int) -> tuple[int, Line] | None:
    """Return the line that parts make, turned upright, and which way it ran (0 to 3 quarter turns); None if blank."""
    raw = "".join(part[0] for part in parts).translate(_LIGATURES)
    text = " ".join(_CONTROL.sub("", raw).split())
    shown = [part for part in parts if part[0].strip()]
    if not text or not shown:
        return None
    m = shown[0][1]
    x, y = m[4], m[5]
    if abs(m[0]) + abs(m[3]) >= abs(m[1]) + abs(m[2]):
        way, x, y = (0, x, y) if m[3] >= 0 else (2, -x, -y)
    else:
        way, x, y = (1, y, -x) if m[1] > 0 else (3, -y, x)
    _, matrix, size, _ = max(shown, key=lambda part: len(part[0]))
    size = size * math.hypot(matrix[2], matrix[3]) or 1.0
    return way, Line(text, x, y, size, all(part[3] for part in shown), page)


def _product(m: list[float], n: list[float]) -> list[float]:
    """Return the product of two matrices as a PDF writes them."""
    return [
        m[0] * n[0] + m[1] * n[2], m[0] * n[1] + m[1] * n[3], m[2] * n[0] + m[3] * n[2], m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4], m[4] * n[1] + m[5] * n[3] + n[5],
    ]  # fmt: skip


def text_of(pages: list[list[Line]]) -> str:
    """Return the text of pages: a blank line between paragraphs, no running heads, footnotes at the end."""
    body, notes = _without_notes(_without_running(pages))
    known = " ".join(line.text for line in body)
    out = []
    for lines in (*_paragraphs(body), *_paragraphs(notes)):
        words = _uncut([line.text for line in lines], known)
        out.append((" " if max(map(len, words)) > WIDEST else "\n").join(words))
    return "\n\n".join(out).replace("\xad", "")


def _without_running(pages: list[list[Line]]) -> list[list[Line]]:
    """Drop running heads and feet, and page numbers; a line only where those further out are dropped too."""
    edges = [edge for lines in pages for edge in _edges(lines)]
    alike: dict[tuple[bool, str], list[Line]] = defaultdict(list)
    for number, edge in enumerate(edges):
        for line in edge:
            alike[bool(number % 2), re.sub(r"\d+", "#", line.text.casefold())].append(line)
    need = max(2, math.ceil(RUNNING * len(pages)))
    out = _numbered([edge[0] for edge in edges if edge], need)
    out |= {line for edge in edges for line in edge if _PAGE.fullmatch(line.text)}
    for lines in alike.values():
        out |= _running(lines, need)
    drop = {line for edge in edges for line in takewhile(out.__contains__, edge)}
    return [[line for line in lines if line not in drop] for lines in pages]


def _edges(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """Return the first and the last lines of a page, the outermost first."""
    by_height = sorted(lines, key=lambda line: -line.y)
    return by_height[:EDGE], by_height[::-1][:EDGE]


def _numbered(lines: list[Line], need: int) -> set[Line]:
    """Return those first and last lines of pages that are or end with the number of their page, or begin with it.

    The pages may be counted from any number, on as many of them as are needed; else the first is 1.
    """
    counted: dict[int, set[int]] = defaultdict(set)
    ends: list[tuple[Line, int]] = []
    for line in lines:
        for digits in {*re.findall(r"^\d{1,4}\b(?![.,]\d)|(?<![\d.,])\b\d{1,4}$", line.text)}:
            ends.append((line, int(digits) - line.page))
            counted[ends[-1][1]].add(line.page)
    sure = {offset for offset, on in counted.items() if len(on) >= need}
    out = {line for line, offset in ends if offset in sure}
    out |= {line for line, offset in ends if offset == 1 and (line.text.isdigit() or _names_page(line))}
    return out | {line for line in lines if re.fullmatch(r"[ivxl]{1,6}", line.text)}


def _names_page(line: Line) -> bool:
    """Whether a line is a title that says the number of its page ("Quarterly, page 3")."""
    return bool(re.search(rf"\bpage {line.page + 1}$", line.text, re.I))


def _running(lines: list[Line], need: int) -> set[Line]:
    """Return those of some lines at one edge, alike but for their numbers, that stand on enough pages.

    They stand at one height, and are equal or have one number that goes up with the pages.
    """
    height = median(line.y for line in lines)
    level = [line for line in lines if abs(line.y - height) <= line.size]
    marks: dict[tuple[int, Any], set[Line]] = defaultdict(set)
    for line in level:
        marks[-1, line.text].add(line)
        for place, digits in enumerate(re.findall(r"\d+", line.text)):
            marks[place, int(digits[:9]) - line.page].add(line)
    return {line for same in marks.values() if len({each.page for each in same}) >= need for line in same}


def _without_notes(pages: list[list[Line]]) -> tuple[list[Line], list[Line]]:
    """Part the lines in smaller type at the foot of the pages from the rest."""
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[round(line.size, 1)] += len(line.text)
    main = sizes.most_common(1)[0][0] if sizes else 0.0
    body: list[Line] = []
    notes: list[Line] = []
    for lines in pages:
        end = len(lines)
        while end and lines[end - 1].size < (1 - OTHER_SIZE) * main:
            end -= 1
        body += lines[:end]
        notes += lines[end:]
    return body, notes


def _paragraphs(lines: list[Line]) -> Iterator[list[Line]]:
    """Yield the lines of each paragraph."""
    leading = _leading(lines)
    width = max((len(line.text) for line in lines), default=0)
    paragraph = lines[:1]
    for before, line in pairwise(lines):
        if _parts(before, line, leading[round(line.size)], width):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _leading(lines: list[Line]) -> dict[int, float]:
    """Return the distance between the lines of a paragraph, by the size of their type: the smallest that is common."""
    gaps: dict[int, Counter[float]] = defaultdict(Counter)
    for before, line in pairwise(lines):
        gap = before.y - line.y
        if before.page == line.page and not _differ(before, line) and 0.8 * line.size < gap < 4 * line.size:
            gaps[round(line.size)][round(2 * gap) / 2] += 1
    out = {round(line.size): 1.4 * line.size for line in lines}  # where it cannot be seen: single spacing is 1.2
    for size, seen in gaps.items():
        if seen.total() > 2:
            out[size] = min(gap for gap, count in seen.items() if count >= 0.15 * seen.total())  # 0.15: guess
    return out


def _differ(before: Line, line: Line) -> bool:
    """Whether two lines are in different sizes of type."""
    return abs(before.size - line.size) > OTHER_SIZE * max(before.size, line.size)


def _parts(before: Line, line: Line, leading: float, width: int) -> bool:
    """Whether a paragraph ends between two lines."""
    ended = bool(_ENDS.search(before.text))
    short = len(before.text) < SHORT * width
    if _differ(before, line) or _BULLET.match(line.text) or (before.bold != line.bold and (short or ended)):
        return True
    if before.page != line.page or line.y > before.y + line.size / 2:  # the next page, the next column
        return ended or (short and not line.text[0].islower())
    if before.y - line.y > GAP * leading:
        return True
    return ended and (short or line.x - before.x > INDENT * line.size)


def _uncut(lines: list[str], known: str) -> list[str]:
    """Join words that are cut at a line end: the rest of the word goes up to its beginning.

    The hyphen stays where the text has the word with a hyphen elsewhere, and not without.
    """
    out: list[str] = []
    for line in lines:
        if out and _CUT.search(out[-1]) and line[0].islower():
            rest, _, line = line.partition(" ")
            start = out[-1].rsplit(" ", 1)[-1][:-1]
            word = re.match(r"\w*", rest)[0]  # type: ignore[index]
            first = re.search(r"\w*$", start)[0]  # type: ignore[index]
            keep = not out[-1].endswith("\xad") and f"{first}-{word}" in known and f"{first}{word}" not in known
            out[-1] = (out[-1] if keep else out[-1][:-1]) + rest
            if not line:
                continue
        out.append(line)
    return out
