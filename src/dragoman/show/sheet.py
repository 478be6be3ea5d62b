"""A sheet of text for a terminal: lines, rules, hanging marks, columns, fitted to a width and an encoding.

In:     words, styles and a width in columns.
Out:    `Sheet`, which makes the blocks of an answer, and `put`, which prints them.
Never:  sends colours or other escape codes to a pipe, under NO_COLOR or when told not to; needs colour, or characters
        beyond the file's encoding. Words from documents must have gone through `one_line` or `clean` before.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import IO, TypeVar

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

#: Widths in columns (guesses, by eye): from WIDE on quotes stand beside facts; a sheet is no wider than FULL.
WIDE, FULL = 110, 150

GLYPHS = {
    "full": "●", "three-quarters": "◕", "half": "◐", "quarter": "◔", "open": "○", "cross": "✕", "dashed": "◌",
    "bar": "◒", "speech": "›", "none": "•",
}  # fmt: skip
COLOURS = {"full": "green", "cross": "red", "dashed": "dim", "speech": "blue", "none": "dim"}
PLAIN = str.maketrans({
    "●": "*", "◕": "#", "◐": "+", "◔": "~", "○": "o", "✕": "x", "◌": "-", "◒": "=", "›": ">", "•": ".",
    "“": '"', "”": '"', "\u2018": "'", "\u2019": "'", "\u2013": "-", "—": "-",
    "…": "...", "→": "->", "·": "|", "─": "-",
})  # fmt: skip

SheetType = TypeVar("SheetType", bound="Sheet")


def put(
    make: Callable[[int, str], SheetType],
    blocks: Callable[[SheetType], Iterable[RenderableType]],
    *,
    width: int | None = None,
    colour: bool | None = None,
    file: IO[str] | None = None,
) -> None:
    """Print the blocks of a sheet to `file` (standard output when None).

    `make` makes the sheet from a width and an encoding. `width` is in columns (None: the terminal's, else 80).
    `colour` None means: on a terminal unless NO_COLOR is set.
    """
    target: IO[str] = file or sys.stdout
    on_terminal = target.isatty()
    styled = on_terminal and not os.environ.get("NO_COLOR") if colour is None else colour
    console = Console(
        file=target,
        width=width or (None if on_terminal else 80),
        force_terminal=styled,
        color_system=None if not styled else "auto" if on_terminal else "standard",
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    sheet = make(min(console.width, FULL), getattr(target, "encoding", None) or "utf-8")
    with console.capture() as capture:
        for block in blocks(sheet):
            console.print(block, width=sheet.width)
    target.writelines(f"{line.rstrip()}\n" for line in capture.get().removesuffix("\n").split("\n"))


def fit(text: str, encoding: str) -> str:
    r"""Return the text in characters that the encoding has: marks as ASCII, letters without accents, else `\u…`."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(_fit_character(character, encoding) for character in text.translate(PLAIN))
    return text


def _fit_character(character: str, encoding: str) -> str:
    bare = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode("ascii")
    for attempt in (character, bare):
        if attempt and attempt.encode(encoding, "ignore").decode(encoding) == attempt:
            return attempt
    return character.encode("ascii", "backslashreplace").decode("ascii")


def colour(shape: str) -> str:
    """Return the colour in which a mark of this shape stands."""
    return COLOURS.get(shape, "yellow")


class Sheet:
    """Makes blocks of text for one width, in the characters of one encoding."""

    def __init__(self, width: int, encoding: str) -> None:
        """Take the width in columns and the name of the encoding."""
        self.width = width
        self.encoding = encoding
        self._plain = fit(GLYPHS["full"], encoding) != GLYPHS["full"]

    def line(self, *pieces: tuple[str, str]) -> Text:
        """Return pieces of text with their styles, wrapped at words, in marks and letters that the output has."""
        line = Text(overflow="fold")
        for text, style in pieces:
            plain = text.translate(PLAIN) if self._plain else text
            line.append(fit(plain, self.encoding), style)
        return line

    def text(self, text: str, style: str = "") -> Text:
        """Return one piece of text."""
        return self.line((text, style))

    def clipped(self, text: str, room: int, style: str = "dim") -> Text:
        """Return text on one line of at most `room` columns, cut at a word where it is too long."""
        line = self.text(text, style)
        while line.cell_len > room and " " in line.plain.removesuffix(" …"):
            text = f"{text.removesuffix(' …').rpartition(' ')[0]} …"
            line = self.text(text, style)
        return line

    def rule(self, heading: str) -> Iterator[RenderableType]:
        """Yield an empty line and a heading with a rule after it."""
        yield Text()
        yield self.heading(heading)

    def heading(self, heading: str) -> RenderableType:
        """Return a heading with a rule after it, without the empty line."""
        line = "─" * (self.width - cell_len(heading) - 1)
        return self.line((f"{heading} ", "bold cyan"), (line, "dim cyan"))

    def hanging(self, mark: str, style: str, body: RenderableType, columns: int = 1) -> RenderableType:
        """Return the body with a mark of so many columns before its first line, the other lines indented alike."""
        table = Table.grid(padding=(0, 1, 0, 0))
        table.add_column(width=columns, justify="right")
        table.add_column(ratio=1)
        table.add_row(self.text(mark, style), body)
        table.expand = True
        return table

    def beside(self, columns: Sequence[RenderableType], ratios: tuple[int, int]) -> RenderableType:
        """Return columns beside each other, their widths in these ratios."""
        table = Table.grid(padding=(0, 3, 0, 0), expand=True)
        for ratio in ratios:
            table.add_column(ratio=ratio)
        table.add_row(*columns)
        return table
