"""When: the window of the calendar expression that belongs to an act.

In:     a `Parsed` document; calendar expressions come from the grammar in language/times/.
Out:    `Clock`: `of(token)` is the window stated for the act that this token carries, `within(start, end)` the window
        of a stretch of text.
Dates:  relative to the document's publication date; without one, only absolute dates resolve. "The week after" is
        relative to the date named just before it.

An expression belongs to the nearest act above it in the syntax tree. A clause that only adds to another ("blaming
Tunis", "when a submarine entered") shares the date of that other; a clause that makes a statement of its own does not.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from dragoman.domain import Window
from dragoman.language.parse import Parsed
from dragoman.language.times import Timex, find_times, window

if TYPE_CHECKING:
    from spacy.tokens import Token

#: Relations at which a new statement of fact begins: a date below one is not the date of the act above it.
BARRIERS = frozenset({"ccomp", "advcl", "relcl", "parataxis", "csubj"})
#: How far back, in characters, a date may stand to which "the week after" refers (guess).
NEAR = 400
#: A length of time before or after something that is named next.
_ADJOINED = re.compile(r"(?:[\w-]+ ){1,4}(?:after|before|since|into) (?!then\b|that\b)[\w\"“]", re.I)


@dataclass(slots=True)
class Clock:
    """The calendar expressions of a document, each with the token that heads it, and their places by sentence."""

    parsed: Parsed
    published: date | None
    times: list[tuple[Timex, Token]] = field(default_factory=list)
    by_sentence: dict[int, list[int]] = field(default_factory=dict)

    def beside(self, token: Token) -> list[tuple[int, Timex, Token]]:
        """Return the calendar expressions in the sentence of a token: their numbers in `times`, and their heads."""
        return [(n, *self.times[n]) for n in self.by_sentence.get(token.sent.start, ())]

    def of(self, token: Token, *, future: bool | None = None, beyond: frozenset[int] = frozenset()) -> Window | None:
        """Return the window of the nearest calendar expression that belongs to the act at `token`, or None.

        A date that stands below one of the tokens `beyond` is the date of another act ("discussed the visit in May").
        """
        best: tuple[int, Window] | None = None
        for number, _, head in self.beside(token):
            if beyond and any(t.i in beyond for t in _up_to(head, token)):
                continue
            steps = _steps(head, token)
            if steps is not None and (best is None or steps < best[0]):
                found = self._resolve(number, future)
                best = (steps, found) if found is not None else best
        return best[1] if best else None

    def taking_effect(self, token: Token) -> Window | None:
        """Return the window at which the sentence says that a measure takes effect ("effective Friday"), or None."""
        for number, timex, _ in self.beside(token):
            if timex.cue == "effective":
                return self._resolve(number, True)
        return None

    def within(self, start: int, end: int, future: bool | None = None) -> Window | None:
        """Return the window of the first calendar expression inside these characters, or None."""
        for number in range(bisect_left(self.times, start, key=_place), len(self.times)):
            timex, _ = self.times[number]
            if timex.start >= end:
                break
            found = self._resolve(number, future) if timex.end <= end else None
            if found is not None:
                return found
        return None

    def _resolve(self, number: int, future: bool | None) -> Window | None:
        """Return the window of one expression, relative to the date named just before it where it needs one."""
        timex = self.times[number][0]
        found = window(timex, self.published, future=future)
        if _ADJOINED.match(self.parsed.document.text, timex.start):
            return found  # "three days after the talks began": relative to what follows, not to a date before
        if found is not None or number == 0 or timex.start - self.times[number - 1][0].end > NEAR:
            return found
        before = window(self.times[number - 1][0], self.published, future=future)
        anchor = before and (before.end or before.start)
        return window(timex, self.published, future=future, anchor=anchor) if anchor else None


def clock(parsed: Parsed) -> Clock:
    """Return the clock of a document."""
    times = []
    dateline = parsed.document.dateline or (0, 0)
    for timex in find_times(parsed.document.text):
        if dateline[0] <= timex.start < dateline[1]:
            continue
        tokens = parsed.doc.char_span(timex.start, timex.end, alignment_mode="expand")
        if tokens is not None and len(tokens):
            head = tokens.root
            if timex.cue and head.dep_ in ("amod", "nummod", "compound", "nmod") and head.head.i > head.i:
                timex = replace(timex, cue=None, cue_start=timex.start)  # "from the 2015 agreement" is no span of time
            times.append((timex, head))
    by_sentence: dict[int, list[int]] = {}
    for number, (_, head) in enumerate(times):
        by_sentence.setdefault(head.sent.start, []).append(number)
    return Clock(parsed, parsed.document.published, times, by_sentence)


def _up_to(time: Token, act: Token) -> Iterator[Token]:
    """Yield the tokens above a calendar expression, below the act."""
    for token in time.ancestors:
        if token.i == act.i:
            return
        yield token


def _place(entry: tuple[Timex, Token]) -> int:
    return entry[0].start


def _steps(time: Token, act: Token) -> int | None:
    """Return how far a calendar expression stands from an act, or None when it belongs to another clause."""
    above = {t.i: n for n, t in enumerate([time, *time.ancestors])}
    node, climbed = act, 0
    while node.i not in above:
        if node.dep_ == "ROOT" or not _shares(node, time):
            return None
        node, climbed = node.head, climbed + 1
    depth = above[node.i]
    crossed = [time, *list(time.ancestors)[:depth]][:-1] if depth else []
    if act.pos_ in ("VERB", "AUX") and any(t.dep_ == "xcomp" and t.pos_ == "VERB" for t in crossed):
        return None  # "agreed to meet on 5 May": the date is that of the meeting
    if any(t.dep_ in BARRIERS or (t.dep_ == "conj" and t.pos_ in ("VERB", "AUX")) for t in crossed):
        return None
    return depth + 2 * climbed


def _shares(node: Token, time: Token) -> bool:
    """Whether the clause or phrase at `node` happens when the one above it does."""
    if node.pos_ not in ("VERB", "AUX"):
        return node.dep_ not in BARRIERS
    if node.dep_ in ("xcomp", "acl"):
        return time.i > node.i  # "agreed on Tuesday to meet": the date is that of the agreement
    if node.dep_ in ("pcomp", "prep"):
        return True
    if node.dep_ == "conj":
        return time.i < node.i and not any(c.dep_ in ("nsubj", "nsubjpass") for c in node.children)
    if node.dep_ == "advcl":
        marks = {c.lower_ for c in node.children if c.dep_ in ("mark", "advmod")}
        bare = node.tag_ == "VBG" and not marks
        return bare or bool(marks & {"when", "as"})
    if node.dep_ == "relcl":
        return any(c.lower_ in ("when", "where") for c in node.children)
    return False
