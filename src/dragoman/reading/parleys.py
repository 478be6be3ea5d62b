"""Parleys: talks that a sentence names by a bare noun, whose sides and length the words around it give.

In:     an act of the type CONSULT, the document's `Cast` and `Clock`.
Out:    `talks_of`: the noun for the talks; `sides_around`: who talks, by the verb that the noun hangs on ("the two
        failed to agree during talks"); `lasting`: the days of talks that are said to have ended or begun ("two days of
        talks which ended yesterday"); `whole`: the noun with the stretch of time that holds it.
Data:   the lists on talks of ontology/modality.yaml.

A verb lends its sides only where its subject names both, or where it is done to somebody by talking.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from dragoman import ontology
from dragoman.domain import Window
from dragoman.language.acts import Act
from dragoman.reading.cast import Cast
from dragoman.reading.modality import closing, groundwork
from dragoman.reading.party import NOBODY, Party
from dragoman.reading.roles import subject
from dragoman.reading.when import Clock

if TYPE_CHECKING:
    from spacy.tokens import Token

#: Prepositions by which talks stand beside what was done at them.
_AT = ("during", "in", "at", "after", "following", "through")
_DAYS = {"day": 1, "week": 7}
#: Talks said to last longer than this are rows of meetings, not one (guess).
LONGEST = 31  # days
#: How many verbs the sides are looked for upwards (guess).
UPWARDS = 3


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(ontology.load("modality")[name])


def talks_of(act: Act) -> Token | None:
    """Return the noun for the talks that an act of meeting tells of: the act itself, or what "ended" in it."""
    if act.type != "CONSULT":
        return None
    if act.hints.noun:
        return act.head
    told = act.object if act.object is not None and act.object.pos_ == "NOUN" else None
    over = closing(told) if told is not None else None
    return told if over is not None and over.i == act.head.i else None


def whole(noun: Token) -> Token:
    """Return the head of the stretch that holds the talks: "days" in "two days of talks", else the noun itself."""
    held = noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lemma_.lower() in _list("stretches")
    return noun.head.head if held else noun


def sides_around(noun: Token, cast: Cast) -> Party:
    """Return who talks, by the verb that talks without sides of their own hang on, or nobody."""
    node = whole(noun)
    if node.dep_ != "pobj" or node.head.pos_ not in ("ADP", "SCONJ", "VERB"):
        return NOBODY
    over = node.head.head
    preparing = groundwork(over) if node.head.lower_ == "for" else None
    if preparing is not None:
        return subject(preparing, cast)
    if node.head.lower_ not in _AT:
        return NOBODY
    for _ in range(UPWARDS):
        while over.pos_ not in ("VERB", "AUX") and over.head.i != over.i:
            over = over.head
        doer = subject(over, cast)
        addressed = over.lemma_.lower() in _list("addressed")
        told = [c for c in over.children if c.dep_ in ("dobj", "dative", "nsubjpass")] if addressed else []
        ids = tuple(dict.fromkeys((*doer.ids, *(i for t in told for i in cast.parties(t).ids))))
        if len(ids) == 2 and (addressed or not any(c.dep_ == "dobj" and cast.party(c).ids for c in over.children)):
            return Party(ids, direct=False)
        if over.dep_ not in ("xcomp", "ccomp", "advcl", "acl") or over.head.i == over.i:
            return NOBODY
        over = over.head
    return NOBODY


def lasting(noun: Token, clock: Clock) -> Window | None:
    """Return the window of talks said to have ended or begun on a day, as long as they are said to have lasted."""
    verb = closing(noun)
    if verb is None:
        return None
    past = verb.tag_ in ("VBD", "VBN")
    found = clock.of(verb, future=False if past else None)
    if found is None or found.start is None or found.start != found.end:
        return found
    days = _length(noun) - 1
    if not 0 < days <= LONGEST:
        return found
    if verb.lemma_.lower() in _list("closing"):
        return Window(found.start - timedelta(days=days), found.end)
    return Window(found.start, found.start + timedelta(days=days))


def _length(noun: Token) -> int:
    """Return how many days talks last by "two days of talks", "a three-day meeting"; 0 where the words do not say."""
    numbers = ontology.load("measures")["number_words"]
    stretch = whole(noun)
    places = [(c, stretch) for c in stretch.children if c.dep_ == "nummod"] if stretch.i != noun.i else []
    for child in noun.lefts:
        places += [(t, unit) for t in child.subtree for unit in child.subtree if t.pos_ == "NUM" and unit.i > t.i]
    for number, unit in places:
        count = numbers.get(number.lower_, number.text)
        if unit.lemma_.lower() in _DAYS and str(count).isdigit():
            return int(count) * _DAYS[unit.lemma_.lower()]
    return 0
