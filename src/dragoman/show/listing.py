"""A listing: rows of the ledger on a sheet, with day and mark at the left and the id at the right.

In:     `Row`s.
Out:    blocks for the terminal. From NARROW columns on a row is a line of a table, with its first quote behind or
        below it; on less, day and id stand within the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from dragoman.ledger.entries import Quote
from dragoman.show.rows import Row, source_words
from dragoman.show.sentences import quoted
from dragoman.show.sheet import GLYPHS, WIDE, Sheet, colour
from dragoman.show.words import shorten

#: From this width in columns on day and id have columns of their own (guess, by eye).
NARROW = 64
#: Columns of the day and of an id.
DAY, ID = 15, 11
#: Percent of a line that facts may take from the act before them (guess, by eye).
FACTS = 45
#: Characters of a quote that are shown (guess: three lines of 80 columns).
QUOTE = 200


class Listing(Sheet):
    """Lays out rows. `told` becomes true when a day in brackets, that of a report, is among them."""

    told = False

    def section(
        self, heading: str, rows: Sequence[Row], *, brief: bool = False, more: str = ""
    ) -> Iterator[RenderableType]:
        """Yield a heading and its rows, nothing without rows; `brief` keeps each to one line, `more` ends the list."""
        if not rows:
            return
        yield from self.rule(heading)
        yield from (self.short(row) if brief else self.row(row) for row in rows)
        if more:
            yield self.text(f"  {more}", "dim")

    def row(self, row: Row, quotes: int = 1) -> RenderableType:
        """Return a row with its notes and as many of its quotes as asked for."""
        facts: list[RenderableType] = [self._headline(row)]
        if row.facts:
            facts.append(self.text(" · ".join(row.facts), "dim"))
        facts += [self.line((f"{label} ", "dim"), (text, "")) for label, text in row.notes]
        said = [self._quote(row.quotes, quotes)] if row.quotes and quotes else []
        if said and self.width >= WIDE:
            return self._framed(row, self.beside([Group(*facts), *said], (5, 6)))
        return self._framed(row, Group(*facts, *said))

    def lines(self, row: Row) -> RenderableType:
        """Return a row and its notes, one line each."""
        room = self.width - (DAY + ID + 5) if self.width >= NARROW else self.width - 2
        notes = [self.clipped(f"{label} {text}", room) for label, text in row.notes]
        return self._framed(row, Group(self._pieces(" · ".join([row.head, *row.facts]), row.head, room), *notes))

    def short(self, row: Row) -> RenderableType:
        """Return a row on one line, with the source or the quote behind it where there is room."""
        room = self.width - (DAY + ID + 5)
        if self.width < NARROW:
            text = ": ".join(filter(None, (row.head, row.what)))
            return self._framed(row, self.text(" · ".join([text, *row.facts])))
        if row.quotes and self.width >= WIDE:
            return self._framed(row, self._halves(row, row.quotes[-1], room))
        return self._framed(row, self._told(row, room))

    def _told(self, row: Row, room: int) -> Text:
        """Return head, act and facts on one line; the act is clipped so that the facts find room."""
        facts = "".join(f" · {fact}" for fact in row.facts)
        text = ": ".join(filter(None, (row.head, row.what)))
        least = room * FACTS // 100
        kept = max(room - cell_len(facts), room - least)
        line = self._pieces(text, row.head, kept)
        line.append_text(self.clipped(facts, room - line.cell_len))
        line.no_wrap, line.overflow = True, "ellipsis"
        return line

    def _halves(self, row: Row, quote: Quote, room: int) -> RenderableType:
        """Return a line and its quote side by side, each clipped to one line."""
        left = room * 6 // 11
        table = Table.grid(padding=(0, 2, 0, 0), expand=True)
        table.add_column(width=left)
        table.add_column(ratio=1)
        said = f"{source_words(quote.source)}: {quoted(shorten(quote.text, QUOTE))}"
        table.add_row(self._told(row, left), self.clipped(said, room - left - 3, "italic dim"))
        return table

    def _pieces(self, text: str, head: str, room: int) -> Text:
        line = self.clipped(text, room, "")
        if head and line.plain.startswith(head):
            line.stylize("bold", 0, len(head))
        line.no_wrap, line.overflow = True, "ellipsis"
        return line

    def _headline(self, row: Row) -> Text:
        what = f": {row.what}" if row.what and row.head else row.what
        return self.line((row.head, "bold"), (what, ""))

    def _quote(self, quotes: Sequence[Quote], shown: int) -> RenderableType:
        lines: list[RenderableType] = []
        for quote in quotes[:shown]:
            said = quoted(shorten(quote.text, QUOTE))
            lines.append(self.line((said, "italic"), (f" – {source_words(quote.source)}", "dim")))
        more = len(quotes) - shown
        if more > 0 and lines:
            last = lines[-1]
            assert isinstance(last, Text)
            last.append_text(self.text(f" (+{more} more)", "dim"))
        return Group(*lines)

    def _framed(self, row: Row, body: RenderableType) -> RenderableType:
        """Return the body with mark and day before it and the id behind it."""
        shape = row.mark.shape if row.mark else "none"
        self.told = self.told or row.day.startswith("(")
        if self.width < NARROW:
            head = " · ".join(filter(None, (row.day, row.id)))
            return self.hanging(GLYPHS[shape], colour(shape), Group(self.text(head, "dim"), body))
        table = Table.grid(padding=(0, 1, 0, 0), expand=True)
        table.add_column(width=1)
        table.add_column(width=DAY)
        table.add_column(ratio=1)
        table.add_column(width=ID, justify="right")
        mark = self.text(GLYPHS[shape], colour(shape))
        table.add_row(mark, self.text(row.day), body, self.text(row.id, "dim"))
        return table

    def legend(self, rows: Iterable[Row]) -> Text:
        """Return the marks that stand before these rows, with their words."""
        marks = {row.mark.shape: row.mark.word for row in rows if row.mark and row.mark.shape != "none"}
        line = self.text("  ")
        for shape in filter(marks.__contains__, GLYPHS):
            line += self.line((f"{GLYPHS[shape]} ", colour(shape)), (f"{marks[shape]}   ", "dim"))
        return line
