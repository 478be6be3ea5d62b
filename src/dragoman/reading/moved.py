"""Moved meetings: a visit or talks that are put off, brought forward or now to be held, and the day they move to.

In:     a sentence of a parsed text, the `Cast` and the `Clock`.
Out:    `find_moved`: `Moved` meetings, each with its new date where the words give one; `Moved.candidate`: the meeting
        as an act to come between its sides; `Moved.covers`: whether an act is only another naming of the same words.
Data:   the lists on moving of ontology/modality.yaml, the meetings of ontology/acts.yaml.

"Put off the visit from 2 May to 9 June" calls nothing off: there is to be a visit on 9 June. Without a new date the
meeting no longer lies ahead, and calling it off is the act.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from dragoman import ontology
from dragoman.domain import Window
from dragoman.language.act_patterns import Entry
from dragoman.language.acts import Act
from dragoman.language.parse import Parsed, Sentence
from dragoman.language.times import window
from dragoman.language.tracks import find_tracks
from dragoman.reading.cast import Cast
from dragoman.reading.clauses import clause
from dragoman.reading.folding import Candidate
from dragoman.reading.modality import Standing, standing
from dragoman.reading.party import Party
from dragoman.reading.roles import Roles, is_passive, subject
from dragoman.reading.when import Clock

if TYPE_CHECKING:
    from spacy.tokens import Token

#: Prepositions of a meeting that lead to its sides; "to" only of a journey.
_SIDES = ("between", "with", "of", "by", "from", "among")
#: How sure the sides are: named with the meeting, or taken from the pair that the text is about (guess).
SAID, PRESUMED = 0.9, 0.5


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(ontology.load("modality")[name])


@cache
def _class(name: str) -> frozenset[str]:
    return frozenset(ontology.load("acts")["classes"][name])


@dataclass(frozen=True, slots=True)
class Moved:
    """A meeting, the verb that moves it, and when it is now to be; `when` is None where it is only put off."""

    verb: Token
    meeting: Token
    when: Window | None

    def covers(self, act: Act) -> bool:
        """Whether an act is only these words again: the moving itself, or the meeting at its old date."""
        named = {self.meeting.i} & {act.head.i, *(w.i for w in act.words)}
        if self.when is None:
            return act.type == "CONSULT" and act.head.i == self.meeting.i
        return bool(named) or act.head.i == self.verb.i

    def candidate(self, parsed: Parsed, sentence: Sentence, number: int, cast: Cast) -> Candidate | None:
        """Return the meeting on its new date, `half` where only one side is known; None where it is none at all."""
        sides, sure = self._sides(cast)
        if self.when is None or not sides.ids or (sentence.is_headline and len(sides.ids) < 2):
            return None
        hints = Entry("moved meeting", "CONSULT", "", mutual=True, noun=True)
        act = Act(self.meeting, (self.verb, self.meeting), "CONSULT", self._mode(), hints, 2, self.meeting)
        first, last = clause(self.verb)
        if not first <= self.meeting.i <= last:
            first, last = min(first, self.meeting.left_edge.i), max(last, self.meeting.i)
        return Candidate(
            act=act,
            type="CONSULT",
            sides=Roles(sides, Party(()), direct=True),
            standing=Standing("planned", True, self.verb.text),
            status="planned",
            when=self.when,
            tracks=find_tracks(sentence.tokens.text, parsed.document.text),
            evidence=parsed.quote(parsed.doc[first].idx, parsed.doc[last].idx + len(parsed.doc[last])),
            score=sure,
            sentence=number,
            half=len(sides.ids) < 2,
        )

    def _mode(self) -> str | None:
        lemma = self.meeting.lemma_.lower()
        return "visit" if lemma in _class("visit") - {"call"} else None

    def _sides(self, cast: Cast) -> tuple[Party, float]:
        """Return who meets: whom the meeting names, then whoever moved it, then the other side of the text's pair."""
        places = (*_SIDES, "to") if self._mode() == "visit" else _SIDES
        own = [cast.parties(c) for c in self.meeting.lefts if c.dep_ == "poss"]
        own += [
            Party(tuple(cast.named_by(c, possessive=False)))
            for c in self.meeting.lefts
            if c.dep_ in ("amod", "compound", "nmod")
        ]
        below = [c for c in (*self.meeting.children, *self.verb.children) if c.dep_ == "prep" and c.lower_ in places]
        own += [cast.parties(o) for c in below for o in c.children if o.dep_ == "pobj" and o.ent_type_ != "DATE"]
        found = _together(own)
        if len(found.ids) < 2:
            mover = subject(self.verb, cast)
            found = _together([mover, found])
        if len(found.ids) == 1:
            other = cast.counterpart_at(self.meeting, found.ids)
            return replace(found, ids=(*found.ids, *other)), PRESUMED
        return found, SAID


def _together(parties: list[Party]) -> Party:
    ids = tuple(dict.fromkeys(i for p in parties for i in p.ids))
    return Party(ids, tuple(dict.fromkeys(x for p in parties for x in p.persons)))


def find_moved(sentence: Sentence, clock: Clock) -> list[Moved]:
    """Return the meetings of a sentence that are put off, moved, or now to be held on another day."""
    return [moved for token in sentence.tokens if (moved := _moved(token, clock)) is not None]


def _moved(verb: Token, clock: Clock) -> Moved | None:
    if verb.pos_ not in ("VERB", "AUX", "ADJ", "NOUN"):
        return None
    names = {verb.lemma_.lower(), *(f"{verb.lemma_.lower()} {w.lower_}" for w in _particles(verb))}
    meeting = next(_meetings(verb), None)
    if meeting is None:
        return None
    stands = standing(verb)
    if names & _list("held") and stands.status == "planned":
        again = any(c.lower_ in _list("instead") for c in verb.children)
        when = clock.of(verb, future=True) if again else None
        return Moved(verb, meeting, when) if when is not None else None
    if not names & (_list("putting_off") | _list("moving")) or stands.status not in ("happened", "planned"):
        return None
    when = _new_date(verb, meeting, clock, refixed=bool(names & _list("refixing")))
    if when is None and not names & _list("putting_off"):
        return None
    return Moved(verb, meeting, when)


def _particles(verb: Token) -> Iterator[Token]:
    """Yield the words that with a verb make another: "put off", "bring forward", "take place"."""
    yield from (c for c in verb.children if c.dep_ in ("prt", "advmod", "dobj", "prep"))


def _meetings(verb: Token) -> Iterator[Token]:
    """Yield the meetings that a verb is done to, or, where they take place, that are its subject."""
    if is_passive(verb) and verb.dep_ in ("acl", "relcl", "amod"):
        yield from (t for t in (verb.head,) if _is_meeting(t))
    for child in verb.children:
        if child.dep_ in ("dobj", "nsubjpass") and _is_meeting(child):
            yield child
        if child.dep_ == "nsubj" and verb.lemma_.lower() in ("take", "go", "happen") and _is_meeting(child):
            yield child


def _is_meeting(token: Token) -> bool:
    return token.pos_ == "NOUN" and token.lemma_.lower() in _class("meeting") | _class("visit")


def _new_date(verb: Token, meeting: Token, clock: Clock, *, refixed: bool) -> Window | None:
    """Return the day or period after "to", "until" (and "for" of what is fixed anew) of the verb or its meeting."""
    doc = verb.doc
    heads = {verb.i, meeting.i, *(c.i for c in verb.children if c.dep_ in ("prt", "advmod"))}
    found = None
    for _, timex, head in clock.beside(verb):
        if timex.start < min(verb.idx, meeting.idx):
            continue
        meaning = timex.meaning
        if meaning.kind == "range" and meaning.last is not None and timex.cue == "from":
            if _governor(head) & heads:
                found = window(replace(timex, cue=None, meaning=meaning.last), clock.published, future=True)
            continue
        first = doc.char_span(timex.start, timex.end, alignment_mode="expand")
        before = doc[first.start - 1] if first is not None and first.start else None
        cue = timex.cue or (before.lower_ if before is not None else "")
        if cue not in ("to", "until", "till", *(("for", "on") if refixed else ())) or meaning.kind == "duration":
            continue
        if not _governor(head) & heads:
            continue
        found = window(replace(timex, cue=None), clock.published, future=True)
    return found


def _governor(head: Token) -> set[int]:
    """Return the words that a date hangs on, over prepositions, other dates and the names before "to"."""
    out: set[int] = set()
    for token in head.ancestors:
        out.add(token.i)
        if token.pos_ in ("VERB", "AUX"):
            break
    return out
