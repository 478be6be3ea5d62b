"""Parties: which actors stand behind the phrases around the name of an initiative.

In:     a `Parsed` document, its `Cast` and the mentions of initiatives.
Out:    actor ids, known ones only; what stands inside an initiative's name is nobody.
Data:   the ontology of actors.

Beyond what the cast resolves, lists are read to their end, and "the three" is the last list of three.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman import ontology
from dragoman.language.parse import Parsed
from dragoman.reading.cast import Cast
from dragoman.reading.initiative_shapes import Mention
from dragoman.reading.initiative_verbs import RELATIVE, is_passive, top

if TYPE_CHECKING:
    from spacy.tokens import Token

_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "both": 2}
#: How many sentences back "the three" may look (guess).
_REACH = 8


class Parties:
    """Reads the parties to the verbs and nouns of one document."""

    def __init__(self, parsed: Parsed, cast: Cast, mentions: list[Mention]) -> None:
        """Keep the document; `mentions` are all namings of initiatives in it, in order."""
        self.doc, self.cast, self.mentions = parsed.doc, cast, mentions
        self.inside = {k: m for m in mentions for k in range(m.first, m.last + 1)}
        self.sentences = list(parsed.sentences)
        self.place = {t.i: n for n, s in enumerate(self.sentences) for t in s.tokens}

    def ids(self, *tokens: Token) -> tuple[str, ...]:
        """Return the known actors behind phrases, those inside an initiative's name left out."""
        out: list[str] = []
        for token in tokens:
            if token.i not in self.inside:
                out += [*self.cast.parties(token).ids, *self._listed(token)] or self._counted(token)
        own = {m.name.upper() for m in self.mentions}
        return tuple(i for i in dict.fromkeys(out) if ontology.is_known(i) and i not in own)

    def _listed(self, token: Token) -> list[str]:
        """Return the names in a list, also where the parser takes one of its parts for an apposition."""
        out = (
            [self.cast.names[token.i].actor]
            if token.i in self.cast.names and self.cast.names[token.i].rank == 1
            else []
        )
        listed = out and any(c.dep_ == "conj" for c in token.subtree)
        for child in token.children:
            if child.dep_ in ("conj", "appos") and listed and child.i not in self.inside:
                out += self._listed_on(child)
        return out

    def _listed_on(self, token: Token) -> list[str]:
        out = [self.cast.names[token.i].actor] if token.i in self.cast.names else []
        for child in token.children:
            if child.dep_ in ("conj", "appos") and out:
                out += self._listed_on(child)
        return out

    def _counted(self, token: Token) -> list[str]:
        """Return who "the three" or "the two countries" are: the last list of so many, or all states so far."""
        numeral = next((t.lower_ for t in (token, *token.lefts) if t.lower_ in _NUMBERS), "")
        if not numeral:
            return []
        here = self.place.get(token.i, 0)
        for sentence in reversed(self.sentences[max(0, here - _REACH) : here + 1]):
            for other in sentence.tokens:
                ids = (
                    list(dict.fromkeys(self._listed(other)))
                    if other.i < token.i and other.dep_ not in ("conj", "appos")
                    else []
                )
                if len(ids) == _NUMBERS[numeral]:
                    return ids
        seen = dict.fromkeys(
            self.cast.names[k].actor for k in sorted(self.cast.names) if k < token.i and k not in self.inside
        )
        states = [i for i in seen if len(i) == 3 and ontology.actor(i).kind in ("state", "former-state")]
        return states if len(states) == _NUMBERS[numeral] else []

    def signers(self, verb: Token) -> tuple[str, ...]:
        """Return the pair the document is about where two unresolved persons or "the ministers" sign."""
        subjects = [c for c in verb.children if c.dep_ == "nsubj"]
        several = any(c.tag_ in ("NNS", "NNPS") or any(g.dep_ == "conj" for g in c.subtree) for c in subjects)
        return self.cast.pair if several else ()

    def doers(self, verb: Token) -> tuple[str, ...]:
        """Return who does what a verb says: the agent of a passive, else the subject, also that of the verb above."""
        if is_passive(verb) or verb.dep_ == "acl":
            agents = [
                p
                for c in verb.children
                if c.dep_ == "agent" or (c.dep_ == "prep" and c.lower_ == "by")
                for p in c.children
            ]
            return self.ids(*agents)
        current, steps = verb, 0
        while steps < 4:
            subjects = [
                c for c in current.children if c.dep_ in ("nsubj", "nsubjpass") and c.lower_ not in ("it", "there")
            ]
            if subjects:
                return self.ids(*subjects)
            stray = [
                c for c in current.lefts if c.i in self.cast.names and c.dep_ in ("advmod", "npadvmod", "nmod", "dep")
            ]
            if stray:
                return self.ids(*stray)
            if current.dep_ not in ("xcomp", "conj", "advcl", "ccomp", "acomp"):
                break
            current, steps = current.head, steps + 1
        return ()

    def company(self, verb: Token) -> tuple[str, ...]:
        """Return those with whom something is done: "signed the X with Oman"."""
        parts = [
            p
            for c in verb.children
            if c.dep_ == "prep" and c.lower_ in ("with", "alongside", "between")
            for p in c.children
        ]
        objects = [o for o in verb.children if o.dep_ in ("dobj", "prt", "nsubjpass")]
        parts += [
            p
            for o in objects
            for c in o.children
            if c.dep_ == "prep" and c.lower_ in ("with", "between")
            for p in c.children
        ]
        return self.ids(*(p for p in parts if p.dep_ == "pobj"))

    def guests(self, inviting: Token, verb: Token | None) -> tuple[str, ...]:
        """Return who is invited: the object of the inviting verb, or its subject in the passive."""
        if is_passive(inviting):
            own = [c for c in inviting.children if c.dep_ in ("nsubjpass", "nsubj") and c.lower_ not in RELATIVE]
            return self.ids(*(own or [c for c in top(inviting).children if c.dep_ == "nsubjpass"]))
        if inviting.dep_ == "acl":
            return self.ids(inviting.head)
        guests = [c for c in inviting.children if c.dep_ in ("dobj", "dative")]
        if not guests and verb is not None:
            guests = [c for c in verb.children if c.dep_ == "nsubj"]
        return self.ids(*guests)
