"""The readout for a terminal.

In:     a Reading.
Out:    text on standard output or a given file, fitted to the width of the terminal; 80 columns when there is none.
Never:  lets the document's own characters reach the terminal as commands; for colour and encodings see sheet.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import IO

from rich.console import Group, RenderableType
from rich.text import Text

from dragoman.domain import Reading, Span
from dragoman.show.entries import Entry, Side, about, quoted, reason, sections
from dragoman.show.gist import gist
from dragoman.show.sheet import FULL, GLYPHS, WIDE, Sheet, colour, fit, put
from dragoman.show.words import one_line, shorten

__all__ = ["FULL", "fit", "render"]

#: From this width in columns on the sides of a dispute stand beside each other (guess, by eye).
PAIR = 72
#: Characters of a quote that are shown (guess: three lines of 80 columns).
QUOTE = 240


def render(
    reading: Reading,
    *,
    explain: bool = False,
    width: int | None = None,
    colour: bool | None = None,
    file: IO[str] | None = None,
) -> None:
    """Print the readout of a reading to `file`; see `sheet.put` for the width and colour."""

    def make(columns: int, encoding: str) -> _Readout:
        return _Readout(columns, encoding, explain)

    put(make, lambda readout: readout.blocks(reading), width=width, colour=colour, file=file)


class _Readout(Sheet):
    """Lays out a reading for one width, with or without reasons, in the characters of one encoding."""

    def __init__(self, width: int, encoding: str, explain: bool) -> None:
        super().__init__(width, encoding)
        self._explain = explain

    def blocks(self, reading: Reading) -> Iterator[RenderableType]:
        """Yield the readout from the top: gist, document, sections, warnings."""
        yield self.text(gist(reading), "bold")
        title = [one_line(reading.document.title)] if reading.document.title else []
        yield from (self.text(line, "" if line in title else "dim") for line in about(reading))
        for section in sections(reading):
            yield from self.rule(f"{section.heading} ({len(section.entries)})")
            for entry in section.entries:
                yield self._entry(entry)
            if section.kind == "events":
                yield self._legend(section.entries)
        if reading.warnings:
            yield from self.rule(f"Warnings ({len(reading.warnings)})")
            yield from (self.hanging("!", "yellow", self.text(one_line(w))) for w in reading.warnings)

    def _entry(self, entry: Entry) -> RenderableType:
        """Return one record: facts and quote beside each other where there is room, else below each other."""
        shape = entry.mark.shape if entry.mark else "none"
        facts, spans = Group(*self._facts(entry)), self._spans(entry)
        why = [self.clipped(reason(entry), self.width - 2)] if self._explain else []
        if entry.sides:
            sides = [self._side(side) for side in entry.sides]
            body = Group(facts, self.beside(sides, (1, 1)) if self.width >= PAIR else Group(*sides), *why)
        elif not spans:
            body = Group(facts, *why)
        elif self.width >= WIDE:
            body = Group(self.beside([facts, self._quote(spans)], (5, 6)), *why)
        else:
            body = Group(facts, self._quote(spans), *why)
        return self.hanging(GLYPHS[shape], colour(shape), body)

    def _spans(self, entry: Entry) -> list[Span]:
        """Return the quotes to show: none that an act above shows already, or that only repeats the heading."""
        return [] if entry.told else [span for span in entry.quotes if one_line(span.quote) != entry.heading]

    def _legend(self, entries: Sequence[Entry]) -> Text:
        """Return the marks that stand before these entries, with their words."""
        marks = {entry.mark.shape: entry.mark.word for entry in entries if entry.mark}
        line = self.text("  ")
        for shape in filter(marks.__contains__, GLYPHS):
            line += self.line((f"{GLYPHS[shape]} ", colour(shape)), (f"{marks[shape]}   ", "dim"))
        return line

    def _facts(self, entry: Entry) -> Iterator[RenderableType]:
        what = f": {entry.what}" if entry.what else ""
        yield self.line((entry.heading, "bold"), (what, ""), (f" ({entry.caveat})" if entry.caveat else "", "dim"))
        details = [(entry.mark.word, "")] if entry.mark else []
        details += [(fact, "") for fact in entry.facts]
        details += [(word, "dim") for word in (entry.code, entry.tracks) if word]
        if details:
            spaced = [piece for detail in details for piece in ((" · ", "dim"), detail)]
            yield self.line(*spaced[1:])
        for label, text in entry.notes:
            yield self.line((f"{label} ", "dim"), (text, ""))
        for part in entry.parts:
            yield self.hanging("-", "dim", self.text(part))

    def _side(self, side: Side) -> RenderableType:
        return Group(self.line((f"{side.verb} ", "dim"), (side.who, "")), self._quote(side.quotes, shown=2))

    def _quote(self, spans: Sequence[Span], shown: int = 1) -> Text:
        quotes = " ".join(quoted(shorten(span.quote, QUOTE)) for span in spans[:shown])
        more = f" +{len(spans) - shown} more" if len(spans) > shown else ""
        return self.line((quotes, "italic"), (more, "dim"))
