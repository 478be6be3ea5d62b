"""When: the window of the calendar expression that belongs to an act.

In:     a `Parsed` document; calendar expressions come from the grammar in language/times.py.
Out:    `Clock`: `of(token)` is the window stated for the act that this token carries, `within(start, end)` the window
        of a stretch of text.
Dates:  relative to the document's publication date; without one, only absolute dates resolve.

An expression belongs to the nearest act above it in the syntax tree; one that stands in another clause is not borrowed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from dragoman.domain import Window
from dragoman.language.parse import Parsed
from dragoman.language.times import Timex, find_times, window

if TYPE_CHECKING:
    from spacy.tokens import Token

#: Relations at which a new statement of fact begins: a date below one is not the date of the act above it.
BARRIERS = frozenset({"ccomp", "advcl", "relcl", "parataxis", "csubj"})


@dataclass(slots=True)
class Clock:
    """The calendar expressions of a document, by the tokens they stand on."""

    parsed: Parsed
    published: date | None
    times: list[tuple[Timex, Token]] = field(default_factory=list)

    def of(self, token: Token, *, future: bool | None = None, anchor: date | None = None) -> Window | None:
        """Return the window of the nearest calendar expression that belongs to the act at `token`, or None."""
        best: tuple[int, Window] | None = None
        for timex, head in self.times:
            if head.sent.start != token.sent.start or timex.type in ("DURATION", "SET"):
                continue
            steps = _steps(head, token)
            if steps is None:
                continue
            found = window(timex, self.published, future=future, anchor=anchor)
            if found is not None and (best is None or steps < best[0]):
                best = (steps, found)
        return best[1] if best else None

    def within(self, start: int, end: int, future: bool | None = None) -> Window | None:
        """Return the window of the first calendar expression inside these characters, or None."""
        for timex, _ in self.times:
            if start <= timex.start and timex.end <= end and timex.type not in ("DURATION", "SET"):
                found = window(timex, self.published, future=future)
                if found is not None:
                    return found
        return None


def clock(parsed: Parsed) -> Clock:
    """Return the clock of a document."""
    times = []
    text = parsed.document.text
    dateline = parsed.document.dateline or (0, 0)
    for timex in find_times(text):
        if dateline[0] <= timex.start < dateline[1]:
            continue
        tokens = parsed.doc.char_span(timex.start, timex.end, alignment_mode="expand")
        if tokens is not None and len(tokens):
            times.append((timex, tokens.root))
    return Clock(parsed, parsed.document.published, times)


def _steps(time: Token, act: Token) -> int | None:
    """Return how far a calendar expression stands from an act, or None when it belongs to another clause."""
    node, steps = time, 0
    while node.i != act.i:
        if node.dep_ == "ROOT":
            break
        if node.dep_ in BARRIERS or node.dep_ == "conj" and node.pos_ in ("VERB", "AUX"):
            return None
        node, steps = node.head, steps + 1
    if node.i == act.i:
        return steps
    # The date stands beside or above the act: allowed when the act is a noun or an infinitive in the same clause.
    node, down = act, 0
    path = {t.i: n for n, t in enumerate([time, *time.ancestors])}
    while node.i not in path:
        if node.dep_ in BARRIERS or node.dep_ == "ROOT" or (node.dep_ == "conj" and node.pos_ in ("VERB", "AUX") and node.i > time.i):
            return None
        node, down = node.head, down + 1
    up = path[node.i]
    crossed = [time, *list(time.ancestors)[: max(0, up - 1)]]
    if any(t.dep_ in BARRIERS for t in crossed):
        return None
    if down and act.pos_ in ("VERB", "AUX") and act.dep_ not in ("xcomp", "acl", "pcomp", "conj"):
        return None
    return up + down + 2
