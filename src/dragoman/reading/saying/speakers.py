"""Speakers: who says a statement, where the noun phrase alone does not tell.

In:     an attribution, the cast of the document, and the statement before it.
Out:    the `Person` who speaks, or None.
Data:   ontology/speech.yaml (pronouns, bodies, things that say nothing).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from dragoman.domain import Person
from dragoman.language.parse import Parsed
from dragoman.reading.saying.delivery import Said
from dragoman.reading.saying.model import Attribution
from dragoman.reading.saying.words import speech

if TYPE_CHECKING:
    from spacy.tokens import Token


class Speakers(Protocol):
    """Who a noun phrase is, as `cast` resolves it."""

    def speaker(self, token: Token) -> Person | None:
        """Return the person or body whose noun phrase this token heads; None where it cannot speak."""


def speaker_of(parsed: Parsed, one: Attribution, cast: Speakers, last: Said | None) -> Person | None:
    """Return who speaks; "he said" after a statement is its speaker, unless another was named in between."""
    if one.source is None:
        return None
    word = one.source.lower_
    if word not in speech()["pronouns"]:
        return _named(one.source, cast)
    resolved = cast.speaker(one.source)
    if last is None or one.paragraph > last.attribution.paragraph + 1 or not _fits(word, last):
        return resolved
    return resolved if resolved is not None and _named_since(parsed, resolved, one, last) else last.speaker


def _named(source: Token, cast: Speakers) -> Person | None:
    """Return who a noun phrase is; where its head tells only the office, the name beside it tells the person."""
    person = cast.speaker(source)
    name = next((t for t in source.children if t.dep_ == "appos" and t.pos_ == "PROPN"), None)
    if person is None or person.role is not None or source.pos_ == "PROPN" or name is None:
        return person
    named = cast.speaker(name)
    if named is None or name.text not in named.name:
        return person
    return Person(named.name, named.role or source.text, named.affiliation or person.affiliation)


def _named_since(parsed: Parsed, person: Person, one: Attribution, last: Said) -> bool:
    """Whether a person is the subject of narration between the last statement and a pronoun."""
    if one.source is None or same_speaker(person, last.speaker) or (person.role is None and person.affiliation is None):
        return False
    start = max(last.attribution.cue[1], last.contents[-1][1])
    name = person.name.split()[-1]
    between = parsed.doc.char_span(start, one.source.idx, alignment_mode="contract") or ()
    return any(
        t.dep_ in ("nsubj", "nsubjpass") and name in t.doc[t.left_edge.i : t.right_edge.i + 1].text for t in between
    )


def same_speaker(a: Person, b: Person) -> bool:
    """Whether two speakers are one, a surname standing for the full name."""
    if a == b:
        return True
    return a.name.split()[-1] == b.name.split()[-1] and a.affiliation in (b.affiliation, None)


def _fits(pronoun: str, last: Said) -> bool:
    """Whether a pronoun may stand for the speaker of the last statement."""
    source = last.attribution.source
    if source is None:
        return False
    if source.lower_ in speech()["pronouns"]:
        return source.lower_ == pronoun
    plural = source.tag_ in ("NNS", "NNPS") or any(t.dep_ == "conj" for t in source.children) or source.lower_ == "both"
    if pronoun == "they":
        return plural
    if pronoun == "it":
        return source.ent_type_ in ("GPE", "ORG", "NORP") or source.lemma_.lower() in speech()["bodies"]
    a_body = source.ent_type_ in ("GPE", "ORG", "NORP") or source.lemma_.lower() in speech()["bodies"]
    return not plural and (last.speaker.role is not None or not a_body)


def is_mute(one: Attribution, speaker: Person) -> bool:
    """Whether a source is a thing that says nothing ("the call signalled"), or one that only shows something."""
    if one.source is None or one.source.lemma_.lower() in speech()["mute"]:
        return True
    nobody = speaker.role is None and speaker.affiliation is None and one.source.pos_ == "NOUN"
    return nobody and one.cue_lemma in speech()["shows"] and one.source.lemma_.lower() not in speech()["papers"]
