"""The readout for a terminal.

In:     a Reading.
Out:    text on standard output or a given file, fitted to the width of the terminal; 80 columns when there is none.
Never:  sends colours or other escape codes to a pipe, under NO_COLOR or when told not to; never lets the document's
        own characters reach the terminal as commands; never needs colour, or characters beyond the file's encoding.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from typing import IO

from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from dragoman.domain import Reading, Span
from dragoman.show.entries import Entry, Side, about, quoted, reason, sections
from dragoman.show.gist import gist
from dragoman.show.words import one_line, shorten

#: Widths in columns (guesses, by eye): from WIDE on quotes stand beside facts, from PAIR on the sides of a dispute
#: beside each other; a readout is no wider than FULL.
WIDE, FULL, PAIR = 110, 150, 72
#: Characters of a quote that are shown (guess: three lines of 80 columns).
QUOTE = 240

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


def render(
    reading: Reading,
    *,
    explain: bool = False,
    width: int | None = None,
    colour: bool | None = None,
    file: IO[str] | None = None,
) -> None:
    """Print the readout of a reading to `file` (standard output when None).

    `width` is in columns (None: the terminal's, else 80). `colour` None means: on a terminal unless NO_COLOR is set.
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
    readout = _Readout(min(console.width, FULL), explain, getattr(target, "encoding", None) or "utf-8")
    with console.capture() as capture:
        for block in readout.blocks(reading):
            console.print(block, width=readout.width)
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


def _colour(shape: str) -> str:
    return COLOURS.get(shape, "yellow")


class _Readout:
    """Lays out a reading for one width, with or without reasons, in the characters of one encoding."""

    def __init__(self, width: int, explain: bool, encoding: str) -> None:
        self.width = width
        self._explain = explain
        self._encoding = encoding
        self._plain = fit(GLYPHS["full"], encoding) != GLYPHS["full"]

    def blocks(self, reading: Reading) -> Iterator[RenderableType]:
        """Yield the readout from the top: gist, document, sections, warnings."""
        yield self._text(gist(reading), "bold")
        title = [one_line(reading.document.title)] if reading.document.title else []
        yield from (self._text(line, "" if line in title else "dim") for line in about(reading))
        for section in sections(reading):
            yield from self._rule(f"{section.heading} ({len(section.entries)})")
            for entry in section.entries:
                yield self._entry(entry)
            if section.kind == "events":
                yield self._legend(section.entries)
        if reading.warnings:
            yield from self._rule(f"Warnings ({len(reading.warnings)})")
            yield from (self._hanging("!", "yellow", self._text(one_line(w))) for w in reading.warnings)

    def _entry(self, entry: Entry) -> RenderableType:
        """Return one record: facts and quote beside each other where there is room, else below each other."""
        shape = entry.mark.shape if entry.mark else "none"
        facts, spans = Group(*self._facts(entry)), self._spans(entry)
        why = [self._clipped(reason(entry))] if self._explain else []
        if entry.sides:
            sides = [self._side(side) for side in entry.sides]
            body = Group(facts, self._beside(sides, (1, 1)) if self.width >= PAIR else Group(*sides), *why)
        elif not spans:
            body = Group(facts, *why)
        elif self.width >= WIDE:
            body = Group(self._beside([facts, self._quote(spans)], (5, 6)), *why)
        else:
            body = Group(facts, self._quote(spans), *why)
        return self._hanging(GLYPHS[shape], _colour(shape), body)

    def _spans(self, entry: Entry) -> list[Span]:
        """Return the quotes to show: none that an act above shows already, or that only repeats the heading."""
        return [] if entry.told else [span for span in entry.quotes if one_line(span.quote) != entry.heading]

    def _legend(self, entries: Sequence[Entry]) -> Text:
        """Return the marks that stand before these entries, with their words."""
        marks = {entry.mark.shape: entry.mark.word for entry in entries if entry.mark}
        line = self._text("  ")
        for shape in filter(marks.__contains__, GLYPHS):
            line += self._line((f"{GLYPHS[shape]} ", _colour(shape)), (f"{marks[shape]}   ", "dim"))
        return line

    def _facts(self, entry: Entry) -> Iterator[RenderableType]:
        what = f": {entry.what}" if entry.what else ""
        yield self._line((entry.heading, "bold"), (what, ""), (f" ({entry.caveat})" if entry.caveat else "", "dim"))
        details = [(entry.mark.word, "")] if entry.mark else []
        details += [(fact, "") for fact in entry.facts]
        details += [(word, "dim") for word in (entry.code, entry.tracks) if word]
        if details:
            spaced = [piece for detail in details for piece in ((" · ", "dim"), detail)]
            yield self._line(*spaced[1:])
        for label, text in entry.notes:
            yield self._line((f"{label} ", "dim"), (text, ""))
        for part in entry.parts:
            yield self._hanging("-", "dim", self._text(part))

    def _side(self, side: Side) -> RenderableType:
        return Group(self._line((f"{side.verb} ", "dim"), (side.who, "")), self._quote(side.quotes, shown=2))

    def _quote(self, spans: Sequence[Span], shown: int = 1) -> Text:
        quotes = " ".join(quoted(shorten(span.quote, QUOTE)) for span in spans[:shown])
        more = f" +{len(spans) - shown} more" if len(spans) > shown else ""
        return self._line((quotes, "italic"), (more, "dim"))

    def _rule(self, heading: str) -> Iterator[RenderableType]:
        line = "─" * (self.width - cell_len(heading) - 1)
        yield Text()
        yield self._line((f"{heading} ", "bold cyan"), (line, "dim cyan"))

    def _hanging(self, mark: str, style: str, body: RenderableType) -> RenderableType:
        """Return the body with a mark before its first line, the other lines indented alike."""
        table = Table.grid(padding=(0, 1, 0, 0))
        table.add_column(width=1)
        table.add_column(ratio=1)
        table.add_row(self._text(mark, style), body)
        table.expand = True
        return table

    def _beside(self, columns: Sequence[RenderableType], ratios: tuple[int, int]) -> RenderableType:
        table = Table.grid(padding=(0, 3, 0, 0), expand=True)
        for ratio in ratios:
            table.add_column(ratio=ratio)
        table.add_row(*columns)
        return table

    def _text(self, text: str, style: str = "") -> Text:
        return self._line((text, style))

    def _clipped(self, text: str) -> Text:
        """Return dim text on one line beside a mark, cut at a word where it is too long."""
        line = self._text(text, "dim")
        while line.cell_len > self.width - 2 and " " in line.plain.removesuffix(" …"):
            text = f"{text.removesuffix(' …').rpartition(' ')[0]} …"
            line = self._text(text, "dim")
        return line

    def _line(self, *pieces: tuple[str, str]) -> Text:
        """Return pieces of text with their styles, wrapped at words, in marks and letters that the output has."""
        line = Text(overflow="fold")
        for text, style in pieces:
            plain = text.translate(PLAIN) if self._plain else text
            line.append(fit(plain, self._encoding), style)
        return line
