"""Reference: what pronouns and descriptions go back to.

In:     a token ("he", "both sides", "the minister") and the `Cast` of its document.
Out:    the `Party` or the actor ids it stands for; empty where the text does not make that plain.

Only what stands close before is looked at, subjects first; nothing is carried over from far away.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from operator import attrgetter
from typing import TYPE_CHECKING

from dragoman.domain import Person
from dragoman.reading.party import NOBODY, SUBJECTS, Party

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.reading.cast import Cast
    from dragoman.reading.roster import Mention

#: Verbs that send somebody, and how many sentences back "the team" may have been sent (guess).
SENDING, SENT = frozenset({"send", "dispatch", "despatch"}), 2
#: How many sentences back a pronoun may look (guess).
REACH = 4


def pronoun(cast: Cast, token: Token) -> Party:
    """Return who a pronoun stands for."""
    word = token.lower_
    if word in ("who", "which", "that", "whose", "whom"):
        clause = token.head if token.dep_ != "poss" else token.head.head
        return cast.party(clause.head) if clause.dep_ == "relcl" else NOBODY
    if word in ("i", "me", "my", "we", "us", "our", "myself", "ourselves", "ours"):
        speaker = cast.speakers.get(token.i)
        if speaker is None:
            return cast.voice if word in ("i", "me", "my") else Party(cast.voice.ids)
        if speaker.affiliation is None:
            return NOBODY
        named = (speaker,) if speaker.role and word in ("i", "me", "my") else ()
        return Party((speaker.affiliation,), named)
    if word in ("he", "she", "him", "her", "his", "hers", "himself", "herself"):
        person = _recent_person(cast, token)
        return Party((person.affiliation,) if person.affiliation else (), (person,)) if person else NOBODY
    if word in ("they", "them", "their", "both", "themselves", "neither", "either"):
        return _they(cast, token)
    if word in ("it", "its", "itself"):
        return Party(recent_actor(cast, token))
    return NOBODY


def _recent_person(cast: Cast, token: Token) -> Person | None:
    """Return the person a singular personal pronoun stands for: a subject close before it is likeliest."""
    here = cast.sentence_of.get(token.i, 0)
    best, best_score = None, 0.0
    for mention in _mentions_before(cast, token, REACH):
        far = here - cast.sentence_of.get(mention.first, here)
        head = cast.head_of(mention.first, mention.last)
        subject = head.dep_ in SUBJECTS or head.head.dep_ in SUBJECTS
        score = 3.0 - far + (1.5 if subject else 0.0) + 0.001 * mention.last / (token.i + 1)
        if far == 0 and head.head == token.head and token.dep_ not in ("poss",):
            continue  # "he" cannot be another argument of its own verb
        if score > best_score:
            best, best_score = cast.people.persons[mention.key], score
    return best


def _mentions_before(cast: Cast, token: Token, reach: int) -> Iterator[Mention]:
    """Yield the mentions of persons before a token, nearest first, over at most `reach` sentences back."""
    here = cast.sentence_of.get(token.i, 0)
    mentions = cast.people.mentions
    for n in range(bisect_left(mentions, token.i, key=attrgetter("first")) - 1, -1, -1):
        sentence = cast.sentence_of.get(mentions[n].first)
        if sentence is not None and here - sentence > reach:
            break
        if sentence is not None and mentions[n].last < token.i:
            yield mentions[n]


def _they(cast: Cast, token: Token) -> Party:
    """Resolve a plural pronoun to the last plural subject, or to the two sides just named."""
    here = cast.sentence_of.get(token.i, 0)
    for k in range(token.i - 1, -1, -1):
        other = cast.parsed.doc[k]
        if here - cast.sentence_of.get(k, -99) > 2:
            break
        if other.dep_ in SUBJECTS and (other.tag_ in ("NNS", "NNPS") or any(True for _ in other.conjuncts)):
            if token.dep_ not in ("poss", *SUBJECTS) and other.head in list(token.ancestors)[:2]:
                continue  # "the talks with them": not the subject of its own clause
            party = cast.parties(other)
            if party.ids:
                return party
    return Party(cast.pair)


def recent_actor(cast: Cast, token: Token) -> tuple[str, ...]:
    """Return the actor "it" or "the country" stands for: the last one named as a subject, close before."""
    here = cast.sentence_of.get(token.i, 0)
    for k in range(token.i - 1, -1, -1):
        if here - cast.sentence_of.get(k, -99) > 1:
            break
        other = cast.parsed.doc[k]
        if other.dep_ in SUBJECTS and other.pos_ in ("NOUN", "PROPN"):
            if token.dep_ not in ("poss", *SUBJECTS) and other.head in list(token.ancestors)[:2]:
                continue  # "has leased it three ships": not to itself
            party = cast.party(other)
            if (
                party.direct
                and len(party.ids) == 1
                and (not party.persons or token.lower_ not in ("it", "its", "itself"))
            ):
                return party.ids
    return ()


def plural(cast: Cast, token: Token) -> tuple[str, ...]:
    """Resolve "the two sides" to the two actors the paragraph, else the document, is about."""
    seen: list[str] = []
    here = cast.sentence_of.get(token.i, 0)
    for k in range(token.i - 1, -1, -1):
        if here - cast.sentence_of.get(k, -99) > 2:
            break
        if k in cast.names and cast.names[k].actor not in seen and cast.names[k].form not in ("organisation",):
            seen.append(cast.names[k].actor)
    if len(seen) == 2:
        return tuple(sorted(seen))
    return cast.pair


def persons_before(cast: Cast, token: Token) -> Party:
    """Return the persons of different actors named in the sentences before "the leaders" or "the ministers"."""
    found: dict[str, Person] = {}
    for mention in _mentions_before(cast, token, REACH):
        person = cast.people.persons[mention.key]
        if person.affiliation:
            found.setdefault(person.affiliation, person)
    return Party(tuple(found), tuple(found.values()))


def sent(cast: Cast, token: Token) -> Party:
    """Resolve "the team", "the envoys" to whoever sent a team or envoys within the two sentences before, or nobody."""
    here = cast.sentence_of.get(token.i, 0)
    for i in range(token.sent.start - 1, -1, -1):
        other = token.doc[i]
        if here - cast.sentence_of.get(i, here) > SENT:
            break
        if other.dep_ == "dobj" and other.lemma_ == token.lemma_ and other.head.lemma_.lower() in SENDING:
            senders = [c for c in other.head.children if c.dep_ == "nsubj"]
            return cast.parties(senders[0]) if senders else NOBODY
    return NOBODY


def by_office(cast: Cast, token: Token) -> Party | None:
    """Resolve "the minister" to the last person whose office ends in that word."""
    for mention in _mentions_before(cast, token, 2 * REACH):
        person = cast.people.persons[mention.key]
        if person.role and person.role.lower().split()[-1] == token.lower_:
            return Party((person.affiliation,) if person.affiliation else (), (person,))
    return None
