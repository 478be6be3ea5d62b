"""Sides: for whom the two parties of a dispute speak, where the text says so only by the dispute itself.

In:     two speakers with their words, and the cast.
Out:    the same speakers, with the actor they speak for where it can be told.

"The army said no gunman had crossed" names no state, but an army accused by Lima is the accused state's. Where nothing
tells, the affiliation stays open; a named affiliation is changed only where somebody would accuse his own side.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dragoman import ontology
from dragoman.domain import Person, Span
from dragoman.language.parse import Parsed
from dragoman.reading.cast import Cast
from dragoman.reading.contested import lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token


@dataclass(slots=True)
class Sides:
    """The sides of one document's disputes."""

    parsed: Parsed
    cast: Cast
    _beside: dict[Person, Person] = field(default_factory=dict)

    def settled(
        self, claimant: Person, claim: Sequence[Span], denier: Person, denial: Sequence[Span]
    ) -> tuple[Person, Person]:
        """Return claimant and denier, each with a side where the other's words or the document tell it."""
        claimant, denier = self._read_beside(claimant), self._read_beside(denier)
        denier = self._other_reading(denier, claim)
        if self._accuses_itself(claimant, claim, denier):
            claimant = replace(claimant, affiliation=None)
        if denier.affiliation is None and not _is_anonymous(denier):
            accused = self._only(self.named(claim), claimant.affiliation)
            denier = replace(denier, affiliation=accused or self._opposite(claimant.affiliation))
        if claimant.affiliation is None and not _is_anonymous(claimant):
            found = self._opposite(denier.affiliation) or self._only(self.named(denial), denier.affiliation)
            claimant = replace(claimant, affiliation=found if denier.affiliation else None)
        return claimant, denier

    def named(self, spans: Sequence[Span]) -> set[str | None]:
        """Return the actors that some words name."""
        names = self.cast.names
        tokens = [t for s in spans for t in self.parsed.doc.char_span(s.start, s.end, alignment_mode="expand") or ()]
        return {names[t.i].actor for t in tokens if t.i in names}

    def lead(self, a: str | None, b: str | None) -> bool:
        """Whether two actors are the pair that the document is about."""
        return a is not None and b is not None and {a, b} == set(self.cast.pair)

    def _other_reading(self, denier: Person, claim: Sequence[Span]) -> Person:
        """Return the denier as the accused where the name may stand for it ("Brussels", charged as Belgium)."""
        named = {self.cast.names[t.i].actor for t in self._sentence_of(claim) if t.i in self.cast.names}
        fitting = [i for i in ontology.readings(denier.name) if i in named]
        settled = not fitting or denier.affiliation in self.named(claim) or denier.affiliation in fitting
        return denier if settled else replace(denier, affiliation=fitting[0])

    def _sentence_of(self, spans: Sequence[Span]) -> Sequence[Token]:
        """Return the words of the sentence in which a claim stands, up to the end of the claim."""
        first, last = spans[0], spans[-1]
        for sentence in self.parsed.sentences:
            if sentence.tokens.start_char <= first.start < sentence.tokens.end_char:
                return [t for t in sentence.tokens if t.idx < last.end]
        return []

    def _accuses_itself(self, claimant: Person, claim: Sequence[Span], denier: Person) -> bool:
        """Whether a claimant has been given the denier's side, though the claim is about that side.

        The side of an official whose state the text leaves open is read from the context, where the accused stands too.
        """
        same = claimant.affiliation is not None and claimant.affiliation == denier.affiliation
        others = claimant.name.split()[-1] != denier.name.split()[-1] and claimant.role is not None
        return same and others and claimant.affiliation in self.named(claim)

    def _opposite(self, side: str | None) -> str | None:
        """Return the other of the two the document is about: by its names, its headline, or its dateline."""
        if side is None:
            return None
        by_pair = next(iter(self.cast.counterpart([side])), None)
        if by_pair is not None:
            return by_pair
        headline = [t for s in self.parsed.sentences if s.is_headline for t in s.tokens]
        titled = {self.cast.names[t.i].actor for t in headline if t.i in self.cast.names}
        if len(titled) == 2 and side in titled:
            return next(iter(titled - {side}))
        return self.cast.home if self.cast.home != side else None

    def _only(self, named: set[str | None], but: str | None) -> str | None:
        """Return the one actor named besides `but`; of several, the one that is of the pair."""
        others = named - {but}
        if len(others) > 1:
            others &= set(self.cast.pair)
        return next(iter(others)) if len(others) == 1 else None

    def _read_beside(self, person: Person) -> Person:
        """Return a named person with the actor named right beside the name ("Lankan navy spokesman R. Perera")."""
        if person.affiliation or not person.name[:1].isupper():
            return person
        if person not in self._beside:
            surname = re.split(r"[ -]", person.name)[-1]
            places = (t for t in self.parsed.doc if t.text == surname and t.ent_type_)
            side = next((s for s in map(self._beside_name, places) if s is not None), None)
            self._beside[person] = replace(person, affiliation=side)
        return self._beside[person]

    def _beside_name(self, surname: Token) -> str | None:
        names = self.cast.names
        for before in range(surname.i - 1, surname.sent.start - 1, -1):
            if before in names:
                return names[before].actor
            if self.parsed.doc[before].pos_ not in ("NOUN", "PROPN", "ADJ"):
                break
        phrase = surname
        while phrase.dep_ in ("compound", "appos") and phrase.head.i != phrase.i:
            phrase = phrase.head
        clauses = {t.i for c in phrase.children if c.dep_ in ("relcl", "acl") for t in c.subtree}
        beside = {names[t.i].actor for t in phrase.subtree if t.i in names and t.i not in clauses}
        return next(iter(beside)) if len(beside) == 1 else None


def _is_anonymous(person: Person) -> bool:
    """Whether a source is one whose side a text leaves open on purpose ("witnesses", "a newspaper")."""
    forms = {form for w in person.name.lower().split() for form in (w, w.removesuffix("s"), w.removesuffix("es"))}
    return not forms.isdisjoint(lexicon()["anonymous"])
