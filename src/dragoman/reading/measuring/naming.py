"""Naming: one naming of an instrument, and what its modules share on phrases and verbs.

In:     tokens of a parsed sentence.
Out:    `Naming`; `words` for the lists of the data; `object_of`, `verb_of`, `phrase`, `after_of`, `is_time`, and so on.
Data:   ontology/measures.yaml.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from dragoman import ontology
from dragoman.domain import MeasureKind
from dragoman.language.parse import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Naming:
    """One naming of an instrument: its head word, kind, what it falls on, and the verb that governs a noun.

    `general` says that the words alone leave the kind open ("the ban", "sanctions"); `common` that the noun is too
    common to count by itself, `back` that it only takes up what was told before ("the step").
    """

    token: Token
    kind: MeasureKind
    sentence: Sentence
    object: Token | None
    verb: Token | None
    general: bool = False
    common: bool = False
    back: bool = False

    @property
    def is_noun(self) -> bool:
        """Whether a noun names the instrument, rather than a verb."""
        return self.verb is None or self.verb.i != self.token.i


@cache
def words(name: str) -> frozenset[str]:
    """Return a list of ontology/measures.yaml as a set."""
    return frozenset(ontology.load("measures")[name])


def verb_of(token: Token) -> str:
    """Return the lemma of a verb, also where its participle was taken for an adjective."""
    lemma = token.lemma_.lower()
    return str(ontology.load("measures")["participles"].get(token.lower_, lemma)) if token.pos_ == "ADJ" else lemma


def is_time(token: Token) -> bool:
    """Whether a token belongs to a date or time."""
    return token.ent_type_ in ("DATE", "TIME")


def is_number(token: Token) -> bool:
    """Whether a token is a number, a percentage or a sum."""
    return token.pos_ == "NUM" or token.ent_type_ in ("PERCENT", "MONEY", "QUANTITY", "CARDINAL") or token.lemma_ == "%"


def is_share(token: Token | None) -> bool:
    """Whether a word counts some out of a whole: "12 of the 30 products", "some of the goods"."""
    if token is None or not (token.pos_ == "NUM" or token.lower_ in words("partly")):
        return False
    return any(c.lower_ in ("the", "its", "their", "those", "these") for n in after_of(token) for c in n.lefts)


def object_of(verb: Token) -> Token | None:
    """Return the direct object of a verb, or what a passive verb is done to."""
    if verb.pos_ == "ADJ":
        return next((c for c in verb.head.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    below = next((c for c in verb.children if c.dep_ == "xcomp" and c.tag_ == "VBG"), None)
    if below is not None:
        return object_of(below)
    for child in verb.children:
        if child.dep_ in ("dobj", "nsubjpass"):
            if child.lower_ in ("which", "that", "who") and verb.dep_ == "relcl":
                return verb.head
            return child
    if verb.tag_ == "VBN" and verb.head.lemma_ == "be" and verb.dep_ in ("xcomp", "acomp"):  # "were to be barred"
        return next((c for c in verb.head.children if c.dep_ == "nsubj"), None)
    if verb.dep_ == "conj" and verb.tag_ == "VBN":
        return next((c for c in verb.head.children if c.dep_ == "nsubjpass"), None)
    if verb.dep_ == "acl" and verb.tag_ == "VBN":
        return verb.head
    return None


def after_of(head: Token) -> Iterator[Token]:
    """Yield what stands after "of" behind a head: "the issue of visas"."""
    for child in head.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            yield from (c for c in child.children if c.dep_ == "pobj")


def phrase(head: Token) -> Iterator[Token]:
    """Yield the nouns of a phrase, its head first, then what modifies it and what stands after "of"."""
    yield head
    for child in head.children:
        if child.dep_ in ("compound", "nmod", "amod"):
            yield child
        elif child.dep_ == "prep" and child.lower_ == "of":
            for inner in child.children:
                if inner.dep_ == "pobj":
                    yield from phrase(inner)
