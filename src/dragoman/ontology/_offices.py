"""Offices: the words for them, and those that name their state by themselves.

In:     offices.yaml.
Out:    `office_words`, `honorifics` as lists; `bare_office`, `office_state`, `split_office` for a phrase.

An unknown office names no state and raises nothing.
"""

from __future__ import annotations

import re
from functools import cache

from dragoman.ontology._actors import forms, office_texts
from dragoman.ontology._data import SAME, load


@cache
def office_words() -> frozenset[str]:
    """Return words and phrases for offices, in lower case, that may stand before or after a person's name."""
    offices = load("offices")
    naming = (text for entry in offices["naming"] for text in office_texts(entry) if not _names_actor(text))
    return frozenset(_plain(text) for text in (*offices["words"], *offices["abbreviations"], *naming))


@cache
def honorifics() -> frozenset[str]:
    """Return titles of courtesy, as written, that are no part of a person's name ("Mr", "Dr.", "H.E.")."""
    return frozenset(load("offices")["honorifics"])


def _names_actor(office: str) -> bool:
    """Return whether an office begins with the name of its actor ("NATO chief"), which the office words leave out."""
    words = office.split()
    return any(" ".join(words[:size]) in _own_names() for size in range(1, len(words)))


@cache
def _own_names() -> frozenset[str]:
    return frozenset(form.text for form in forms() if form.form != "office")


def bare_office(phrase: str) -> str:
    """Return an office in lower case without article and words such as "former", "acting" or "then"."""
    words = _plain(phrase).split()
    while words and words[0] in _office_modifiers():
        words.pop(0)
    return " ".join(words)


def office_state(phrase: str) -> str | None:
    """Return the id of the actor that an office names by itself, or None when several have such an office."""
    return _office_states().get(_plain(phrase)) or _office_states().get(bare_office(phrase))


@cache
def _office_modifiers() -> frozenset[str]:
    return frozenset(load("offices")["modifiers"])


@cache
def _office_states() -> dict[str, str]:
    return {_plain(text): entry["actor"] for entry in load("offices")["naming"] for text in office_texts(entry)}


def split_office(name: str) -> tuple[str, str]:
    """Return a name as office (lower case, may be empty) and the rest, honorifics taken off."""
    words = name.split()
    for size in range(len(words) - 1, 0, -1):
        office = bare_office(" ".join(words[:size]))
        if office in office_words() or office.replace("defence", "defense") in office_words():
            return office, without_honorifics(words[size:])
    return "", without_honorifics(words)


def without_honorifics(words: list[str]) -> str:
    """Return a name, given as words, without titles of courtesy before it."""
    while len(words) > 1 and words[0] in honorifics():
        words = words[1:]
    return " ".join(words)


def _plain(phrase: str) -> str:
    """Return the phrase as offices are compared: lower case, one space, "adviser", plain hyphen and apostrophe."""
    text = phrase.casefold().translate(SAME).replace("advisor", "adviser")
    return re.sub(r"^(?:the|an?) ", "", " ".join(text.split()))
