"""Mentions: where in a sentence an actor is meant, by name, by office, by a person's name or by a pronoun.

In:     one sentence of a `Parsed` document and the document's `Cast`.
Out:    `Mention`s in text order, without overlaps; a phrase that stands for several actors is one mention of all.
Units:  character offsets of the document's text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.language.parse import Sentence
from dragoman.reading.cast import OWNERS, Cast
from dragoman.reading.offices import is_agent, is_office

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase that stands for actors: its characters, the token that heads it, and the ids."""

    start: int
    end: int
    head: int
    ids: tuple[str, ...]


def find_mentions(sentence: Sentence, cast: Cast) -> list[Mention]:
    """Return the actors meant in a sentence."""
    found: dict[int, Mention] = {}
    for token in sentence.tokens:
        first, head = _phrase(token, cast)
        ids = cast.party(head).ids if head is not None else ()
        if head is None or not ids or head.i in found:
            continue
        for inside in [k for k in found if first.i <= k <= head.i]:
            del found[inside]  # "the Indian minister" takes the place of "Indian"
        found[head.i] = Mention(first.idx, head.idx + len(head), head.i, ids)
    return sorted(found.values(), key=lambda m: m.start)


def _phrase(token: Token, cast: Cast) -> tuple[Token, Token | None]:
    """Return the first token and the head of the phrase that this token makes a mention of; no head where none."""
    doc = token.doc
    person = cast.people.by_token.get(token.i)
    if person is not None:
        return doc[person.first], doc[person.last] if token.i == person.last else None
    name = cast.names.get(token.i)
    if name is not None:
        last = token.i
        while cast.names.get(last + 1) is name:
            last += 1
        if last != token.i:
            return token, None
        first = token.i
        while cast.names.get(first - 1) is name:
            first -= 1
        return doc[first], token
    if token.pos_ == "PRON" or token.lower_ == "both":
        return token, token
    if token.pos_ in ("NOUN", "PROPN") and (is_agent(token.lemma_.lower()) or is_office(token.lower_) or _pair(token)):
        owners = [c for c in token.lefts if c.dep_ in OWNERS]
        return (owners[0] if owners else token), token
    return token, None


def _pair(token: Token) -> bool:
    return token.tag_ in ("NNS", "NNPS") and token.lemma_.lower() in ("side", "party", "country", "nation", "state")
