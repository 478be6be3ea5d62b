"""Offices: which words of a sentence name an office, and what a bare office says about whom it serves.

In:     tokens in lower case.
Out:    `office_length` and `office_length_at`, the number of tokens an office phrase covers; `is_public` and `is_agent`
        for single words.
Data:   ontology/offices.yaml and ontology/agents.yaml.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from dragoman import ontology

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: Offices are looked for in at most this many tokens; the longest in the data has fewer.
LONGEST = 7


def office_length(words: Sequence[str]) -> int:
    """Return how many of these lower-case tokens form an office or a title of courtesy at their start, else 0."""
    for size in range(min(LONGEST, len(words)), 0, -1):
        if _joined(words[:size]) in _titles() and list(words[:size]) != ["he"]:  # "HE the ambassador", not the pronoun
            return size
    return 0


def office_length_at(doc: Doc, start: int, end: int) -> int:
    """Return how many tokens of `doc[start:end]` form an office or a title of courtesy at their start, else 0."""
    if start >= end or _joined([doc[start].lower_]) not in _openings():
        return 0
    return office_length([t.lower_ for t in doc[start : min(end, start + LONGEST)]])


def is_honorific(word: str) -> bool:
    """Return whether a token is a title of courtesy ("Mr.", "Dr")."""
    return word.lower() in _honorifics()


def is_office(word: str) -> bool:
    """Return whether a single word is an office ("minister", "spokesman")."""
    return word.lower() in ontology.office_words() or _singular(word.lower()) in ontology.office_words()


def is_office_part(word: str) -> bool:
    """Return whether a capitalised word belongs to an office rather than to a name ("Foreign", "Affairs")."""
    return word.lower() in _parts()


def is_public(phrase: str) -> bool:
    """Return whether a phrase ends in an office or body that every state has ("prime minister", "officials")."""
    last = phrase.lower().split()[-1] if phrase.split() else ""
    public = _public()
    return last in public or _singular(last) in public


def is_agent(lemma: str) -> bool:
    """Return whether a noun stands for people who act for a state or an organisation."""
    return lemma in _agents()


def _joined(words: Sequence[str]) -> str:
    return " ".join(words).replace(" - ", "-").replace(" '", "'").replace("’", "'").replace("advisor", "adviser")


def _singular(word: str) -> str:
    if word.endswith("men"):
        return word[:-3] + "man"
    return word[:-3] + "y" if word.endswith("ies") else word[:-1] if word.endswith("s") else word


@cache
def _titles() -> frozenset[str]:
    plural = {w + "s" for w in ontology.office_words() if not w.endswith((".", "s"))}
    return ontology.office_words() | plural | _honorifics()


@cache
def _openings() -> frozenset[str]:
    """Return every beginning of a title: most words begin none, and need no further look."""
    return frozenset(title[:size] for title in _titles() for size in range(1, len(title) + 1))


@cache
def _honorifics() -> frozenset[str]:
    return frozenset(h.lower() for h in ontology.honorifics())


@cache
def _parts() -> frozenset[str]:
    small = {"of", "for", "the", "and", "to", "in", "on"}
    return frozenset(w for phrase in ontology.office_words() for w in phrase.split()) - small


@cache
def _public() -> frozenset[str]:
    return frozenset(ontology.load("agents")["public"])


@cache
def _agents() -> frozenset[str]:
    data = ontology.load("agents")
    return frozenset(data["public"]) | frozenset(data["actors"])
