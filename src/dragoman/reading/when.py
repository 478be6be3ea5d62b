"""When: the window of the calendar expression that belongs to an act.

In:     a `Parsed` document; calendar expressions come from the grammar in language/times/.
Out:    `Clock`: `of(token)` is the window stated for the act that this token carries, `within(start, end)` the window
        of a stretch of text.
Dates:  relative to the document's publication date; without one, only absolute dates resolve. "The week after" is
        relative to the date named just before it.

An expression belongs to the nearest act above it in the syntax tree. A clause that only adds to another ("blaming
Tunis", "when a submarine entered") shares the date of that other; a clause that makes a statement of its own does not.
"Three days after X" dates X from the clause it is added to. An act in the main line of an official record that has no
date of its own has that of the meeting or the statement (see occasion.py).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from dragoman.domain import Window
from dragoman.language.acts import find_acts
from dragoman.language.parse import Parsed
from dragoman.language.times import Timex, find_times, window
from dragoman.language.times.periods import moved
from dragoman.reading.deadlines import effect_at, issuing
from dragoman.reading.modality import standing
from dragoman.reading.occasion import Occasion, find_occasion, is_plain_past, main_verb

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

#: Relations at which a new statement of fact begins: a date below one is not the date of the act above it.
BARRIERS = frozenset({"ccomp", "advcl", "relcl", "parataxis", "csubj"})
#: Expressions that set a limit to what is to come.
DEADLINES = frozenset({"by", "before", "until"})
#: A day of the year that lies more than so many days away is looked for on the other side of publication (guess).
FAR = 300
HALF_A_DAY = 12  # hours
#: The sentences of the body among which the act of the headline is looked for (guess).
LEAD = 3
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
    occasion: Occasion | None = None

    def beside(self, token: Token) -> list[tuple[int, Timex, Token]]:
        """Return the calendar expressions in the sentence of a token: their numbers in `times`, and their heads."""
        return [(n, *self.times[n]) for n in self.by_sentence.get(token.sent.start, ())]

    def of(self, token: Token, *, future: bool | None = None, beyond: frozenset[int] = frozenset()) -> Window | None:
        """Return the window of the nearest calendar expression that belongs to the act at `token`, or None.

        A date that stands below one of the tokens `beyond` is the date of another act ("discussed the visit in May").
        """
        told = self.occasion.of(token) if self.occasion is not None and future is not True else None
        if told is not None and token.tag_ in ("VBP", "VBZ"):
            return told  # "we condemn the raid on Sunday": what is done by saying it has the date of the text
        found = self._nearest(token, future, beyond, own=told is not None)
        if found is None and (issued := issuing(token)) is not None:
            found = self._nearest(issued, future)
        if found is None and told is None:
            found = self._apart(token) or self._carried_on(token) or self._from_body(token)
        return found or told

    def _nearest(
        self, token: Token, future: bool | None, beyond: frozenset[int] = frozenset(), *, own: bool = False
    ) -> Window | None:
        """Return the window of the expression that stands nearest in the tree; with `own`, beside the verb itself."""
        best: tuple[int, Window] | None = None
        for number, timex, head in self.beside(token):
            between = list(_up_to(head, token))
            if beyond and any(t.i in beyond for t in between):
                continue
            if own and token.pos_ in ("VERB", "AUX") and any(t.pos_ in ("NOUN", "PROPN", "VERB") for t in between):
                continue
            steps = _steps(head, token, deadline=timex.cue in DEADLINES)
            if steps is not None and (best is None or steps < best[0]):
                found = self._resolve(number, future, bare=_is_told_when(token, head))
                best = (steps, found) if found is not None else best
        return best[1] if best else None

    def _apart(self, token: Token) -> Window | None:
        """Return the date of an act in "three days after X", counted from the clause that this is added to."""
        for verb in (token, *token.ancestors):
            if verb.sent.start != token.sent.start or verb.dep_ in ("ccomp", "relcl", "acl"):
                return None
            mark = next((c for c in verb.lefts if c.dep_ == "mark" and c.lower_ in ("after", "before")), None)
            if mark is not None:
                shift = next((t for _, t, _ in self.beside(token) if t.end == mark.idx + len(mark)), None)
                main = self._main_date(verb, mark) if shift is not None else None
                return _counted_back(shift, main) if shift is not None and main is not None else None
            if verb.dep_ != "conj":
                return None
        return None

    def _main_date(self, verb: Token, mark: Token) -> date | None:
        """Return the day from which "three days after" counts back: of the main clause, or of publication."""
        governor = verb.head if verb.dep_ == "advcl" else verb
        found = self._nearest(governor, False) if governor is not verb else None
        if found is None:
            days = [self._resolve(n, False) for n, t, _ in self.beside(mark) if t.end <= mark.idx]
            found = next((d for d in reversed(days) if d is not None and d.start == d.end), None)
        if found is not None:
            return found.start
        return self.published if governor is not verb and not is_plain_past(governor) else None

    def _carried_on(self, token: Token) -> Window | None:
        """Return the date of the sentence before, where a sentence goes on with it: "He also accused ..."."""
        verb, before = main_verb(token), _sentence_before(token)
        if verb is None or before is None or not is_plain_past(verb) or not is_plain_past(before.root):
            return None
        subject = next((c for c in token.sent.root.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        goes_on = subject is not None and subject.lower_ in ("he", "she", "they", "it")
        return (self._nearest(before.root, False) or self._carried_on(before.root)) if goes_on else None

    def _from_body(self, token: Token) -> Window | None:
        """Return the date of what a headline tells: of the first act of its type in the body's first sentences."""
        line = self.parsed.document.headline
        if line is None or not line[0] <= token.idx < line[1]:
            return None
        types = {a.type for a in find_acts(token.sent) if a.head.i == token.i}
        body = [s for s in self.parsed.sentences if not s.is_headline][:LEAD]
        for act in (a for s in body for a in find_acts(s.tokens) if a.type in types):
            found = self.of(act.head, future=standing(act.head).future)
            if found is not None:
                return found
        return None

    def taking_effect(self, token: Token) -> Window | None:
        """Return the window at which the text says that a measure takes effect ("effective Friday"), or None.

        The next sentence may say so as well: "The ban takes effect on Friday".
        """
        own = self.beside(token)
        for number, timex, head in own:
            if timex.cue == "effective":
                return self._effective(number, past=False)
            verb = _into_effect(head)
            if verb is not None and verb.i != token.i:
                return self._effective(number, past=is_plain_past(verb))
        after = token.sent.end
        if after < len(token.doc) and not token.doc[after].is_space:
            for number, _, head in self.beside(token.doc[after]):
                verb = _into_effect(head)
                if verb is not None and _goes_back(verb):
                    return self._effective(number, past=is_plain_past(verb))
        return self._effect_anywhere(token)

    def _effect_anywhere(self, token: Token) -> Window | None:
        """Return the one day of effect to come that the whole text names, for a planned measure without a date."""
        if standing(token).status != "planned" or self.of(token, future=True) is not None:
            return None
        found = {
            self._effective(number, past=False)
            for number, (_, head) in enumerate(self.times)
            if (verb := _into_effect(head)) is not None and not is_plain_past(verb)
        } - {None}
        return found.pop() if len(found) == 1 else None

    def _effective(self, number: int, *, past: bool) -> Window | None:
        """Return the window of a day of effect; a weekday that is the day of publication is that day, not the next."""
        timex, head = self.times[number]
        if effect_at(head) is not None:  # "before the 1 May deadline": the day itself
            return window(replace(timex, cue="at"), self.published, future=True)
        found = self._resolve(number, False)
        if past or (found is not None and found.start is not None and found.start == self.published):
            return found
        return self._resolve(number, True)

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

    def _resolve(self, number: int, future: bool | None, *, bare: bool = False) -> Window | None:
        """Return the window of one expression, relative to the date named just before it where it needs one."""
        timex = self.times[number][0]
        if bare and timex.cue == "since":
            timex = replace(timex, cue="in")
        future = self._direction(timex, future)
        if timex.cue == "within" and timex.meaning.kind == "duration" and future is False:
            return self._soon_after(number)
        found = window(timex, self.published, future=future)
        if _ADJOINED.match(self.parsed.document.text, timex.start):
            return found  # "three days after the talks began": relative to what follows, not to a date before
        if found is not None or number == 0 or timex.start - self.times[number - 1][0].end > NEAR:
            return found
        before = window(self.times[number - 1][0], self.published, future=future)
        anchor = before and (before.end or before.start)
        return window(timex, self.published, future=future, anchor=anchor) if anchor else None

    def _direction(self, timex: Timex, future: bool | None) -> bool | None:
        """Return where a date looks: a day of the year that tense puts almost a year away is the near one after all.

        "Cancelled a meeting set for August 6", written in July, is no meeting of last year; and "has suspended
        imports from 1 September" may well look ahead.
        """
        if timex.cue == "from" and future is False:
            ahead = window(replace(timex, cue="at"), self.published, future=True)
            start = ahead.start if ahead is not None else None
            far = start is not None and self.published is not None and (start - self.published).days > FAR
            return False if far else None
        meaning = timex.meaning
        if meaning.kind != "date" or not meaning.day or meaning.year is not None or self.published is None:
            return future
        found = window(replace(timex, cue="at"), self.published, future=future)
        far = found is not None and found.start is not None and abs((found.start - self.published).days) > FAR
        return None if far else future

    def _soon_after(self, number: int) -> Window | None:
        """Return the window of "within hours", "within two days" after what was told just before."""
        timex = self.times[number][0]
        for earlier, _ in reversed(self.times[:number]):
            if timex.start - earlier.end > NEAR:
                return None
            before = window(earlier, self.published, future=False)
            if before is not None and before.start is not None and before.start == before.end:
                last = moved(before.start, timex.meaning.unit or "day", timex.meaning.count or 0)
                return Window(before.start, last or before.start)
        return None


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
    made = Clock(parsed, parsed.document.published, times, by_sentence)
    made.occasion = find_occasion(parsed, lambda verb: made.of(verb, future=False))
    return made


def _up_to(time: Token, act: Token) -> Iterator[Token]:
    """Yield the tokens above a calendar expression, below the act."""
    for token in time.ancestors:
        if token.i == act.i:
            return
        yield token


def _place(entry: tuple[Timex, Token]) -> int:
    return entry[0].start


def _counted_back(shift: Timex, day: date) -> Window | None:
    """Return the day that lies the time of a shift away from the day of the clause that it is added to."""
    meaning = shift.meaning
    if meaning.kind == "sequel":
        away = moved(day, "day", -(meaning.step or 0))
    elif meaning.kind != "shift":
        return None
    elif meaning.unit in ("hour", "minute"):
        away = moved(day, "day", -1 if (meaning.count or 0) >= HALF_A_DAY else 0)
    elif meaning.count is None or meaning.vague:
        return None
    else:
        away = moved(day, meaning.unit or "day", -(meaning.step or 1) * meaning.count)
    return Window(away, away) if away is not None else None


def _sentence_before(token: Token) -> Tokens | None:
    """Return the sentence before that of a token, blank lines aside, or None."""
    at = token.sent.start - 1
    while at >= 0 and token.doc[at].is_space:
        at -= 1
    return token.doc[at].sent if at >= 0 else None


def _into_effect(time: Token) -> Token | None:
    """Return the verb that says "takes effect" or "enters into force" above a calendar expression, or None."""
    deadline = effect_at(time)
    if deadline is not None:
        return deadline
    for verb in time.ancestors:
        if verb.pos_ in ("VERB", "AUX"):
            below = {t.lower_ for c in verb.children if c.dep_ in ("dobj", "prep") for t in (c, *c.children)}
            return verb if below & {"effect", "force"} else None
    return None


def _goes_back(verb: Token) -> bool:
    """Whether the subject of a verb goes back to what was told before: "the ban", "it", "which" after either."""
    node = verb
    while node.dep_ in ("xcomp", "conj") and not _has_subject(node):
        node = node.head
    if node.dep_ in ("relcl", "acl"):
        subject: Token | None = node.head
    else:
        subject = next((c for c in node.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None:
        return False
    words = {subject.lower_, *(c.lower_ for c in subject.lefts)}
    return bool(words & {"the", "this", "these", "both", "it", "they"})


def _is_told_when(act: Token, time: Token) -> bool:
    """Whether the act stands in a clause with "when" below the expression: "since March, when a boat was sunk"."""
    clause = next((t for t in (act, *act.ancestors) if t.dep_ == "relcl"), None)
    return clause is not None and clause.head.i == time.i and any(c.lower_ == "when" for c in clause.children)


def _steps(time: Token, act: Token, *, deadline: bool = False) -> int | None:
    """Return how far a calendar expression stands from an act, or None when it belongs to another clause.

    A deadline at the end of joined verbs is that of all: "will draft a text and report by May".
    """
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
    for t in crossed:
        if t.dep_ in BARRIERS and not _lends(t):
            return None
        if t.dep_ == "acl" and act.pos_ in ("VERB", "AUX") and any(c.lower_ == "to" for c in t.children):
            return None  # "an invitation to visit Suva in August"
        if t.dep_ == "conj" and t.pos_ in ("VERB", "AUX") and not (deadline and t.tag_ == "VB" and not _has_subject(t)):
            return None
    return depth + 2 * climbed


def _lends(clause: Token) -> bool:
    """Whether an adverbial clause tells when the clause above it happened: "when they met on Friday"."""
    if clause.dep_ != "advcl":
        return False
    marks = {c.lower_ for c in clause.children if c.dep_ in ("mark", "advmod")}
    return "when" in marks or (clause.tag_ == "VBG" and not marks and clause.i < clause.head.i)


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)


def _shares(node: Token, time: Token) -> bool:
    """Whether the clause or phrase at `node` happens when the one above it does."""
    if node.pos_ not in ("VERB", "AUX"):
        return node.dep_ not in BARRIERS
    if node.dep_ in ("xcomp", "acl"):
        return time.i > node.i  # "agreed on Tuesday to meet": the date is that of the agreement
    if node.dep_ in ("pcomp", "prep"):
        return True
    if node.dep_ == "conj":
        return time.i < node.i and not _has_subject(node)
    if node.dep_ == "advcl":
        marks = {c.lower_ for c in node.children if c.dep_ in ("mark", "advmod")}
        bare = node.tag_ == "VBG" and not marks
        return bare or bool(marks & {"when", "as"})
    if node.dep_ == "relcl":
        return any(c.lower_ in ("when", "where") for c in node.children)
    return False
