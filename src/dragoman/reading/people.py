"""Persons: who is named in a text, with the office and the actor each belongs to.

In:     a `Parsed` document and the actor names found in it.
Out:    `People`: each mention of a person by token, and the `Person` (fullest name, role, affiliation) behind it.
Data:   ontology/offices.yaml (offices, honorifics), ontology/officeholders.yaml (who held which office when).

A text's own words come first: an office named in the text decides over the table of officeholders. A person without
any known affiliation keeps None; nothing is guessed from the sound of a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from dragoman import ontology
from dragoman.domain import Person
from dragoman.language.names import Name
from dragoman.language.parse import Parsed, Sentence
from dragoman.reading.offices import is_honorific
from dragoman.reading.roster import Mention, People
from dragoman.reading.titles import (
    INITIALS,
    is_name_part,
    office_after,
    office_at,
    office_before,
    office_ending_at,
    state_after,
    takes_turn,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: How many words a person's name may have (guess).
LONGEST_NAME = 9
#: Lower-case words that may stand inside a name ("Anura de Silva", "Omar al-Bashir").
PARTICLES = frozenset(
    [
        "al",
        "bin",
        "ibn",
        "binti",
        "bint",
        "de",
        "del",
        "della",
        "der",
        "den",
        "da",
        "di",
        "do",
        "dos",
        "du",
        "el",
        "la",
        "le",
        "ten",
        "ter",
        "van",
        "von",
        "y",
        "ul",
        "ur",
    ]
)
_ARTICLE = re.compile(r"^(?:al|el|ul|as|an|ad|ar|ash|at|az|ben)-[A-Z]\w+$")


def find_people(parsed: Parsed, names: dict[int, Name]) -> People:
    """Return the persons of a document; `names` maps token index to actor name.

    Whom a bare office serves ("the trade minister") is left open here; the cast settles it from the context.
    """
    people = People()
    for sentence in sorted(parsed.sentences, key=_is_title):  # the short forms of titles come last
        for start, first, last in _spans(parsed, sentence, names, people):
            end = _known_part(people, parsed, start, first, last) if _is_title(sentence) else last
            if end is not None:
                _add(people, parsed, names, start, first, end)
    _recognise(people, parsed, names)
    people.mentions.sort(key=lambda m: m.first)
    return people


def _is_title(sentence: Sentence) -> bool:
    """Whether a sentence is the headline or stands in capitals throughout, so that capitals mark no names."""
    return sentence.is_headline or sentence.tokens.text.isupper()


def _recognise(people: People, parsed: Parsed, names: dict[int, Name]) -> None:
    """Find the surnames of known persons where they stand alone and nothing else marked them as names."""
    surnames: dict[str, list[int]] = {}
    for key, person in enumerate(people.persons):
        surnames.setdefault(person.name.split()[-1], []).append(key)
    for token in parsed.doc:
        keys = surnames.get(token.text)
        if (
            keys
            and len(keys) == 1
            and token.pos_ == "PROPN"
            and token.i not in people.by_token
            and token.i not in names
        ):
            mention = Mention(token.i, token.i, token.i, keys[0])
            people.mentions.append(mention)
            people.by_token[token.i] = mention


def _spans(
    parsed: Parsed, sentence: Sentence, names: dict[int, Name], people: People
) -> Iterator[tuple[int, int, int]]:
    """Yield `(start, first, last)` token indices of what reads as a person's name, with its office before it."""
    tokens = sentence.tokens
    doc = tokens.doc
    i, end = tokens.start, tokens.end
    while i < end:
        office = office_at(doc, i, end, names)
        first = i if office is None else office
        last = _name_end(doc, first, end, names)
        named = first < last <= first + LONGEST_NAME and (
            office is not None
            or any(doc[k].ent_type_ == "PERSON" for k in range(first, last))
            or _known(doc, first, last, parsed.document.published)
            or (last - first > 1 and _beside_office(parsed, names, people, first, last - 1))
        )
        if last - first > LONGEST_NAME:
            i = last  # a run of capitals is no name
        elif named:
            yield i, first, last - 1
            i = last
        else:
            i = i + 1


def _known_part(people: People, parsed: Parsed, start: int, first: int, last: int) -> int | None:
    """Return where a name in a headline ends: its verbs are capitalised too, so only known names are trusted.

    A name that follows an office and is not known from the text counts as it stands when it has two or three words.
    """
    words = [t.text.casefold() for t in parsed.doc[first : last + 1]]
    for person in people.persons:
        parts = person.name.casefold().split()
        for size in range(len(words), 0, -1):
            if words[:size] in (parts, parts[-1:]):
                return first + size - 1
    return last if start < first and 1 < len(words) <= 5 else None


def _name_end(doc: Doc, first: int, end: int, names: dict[int, Name]) -> int:
    """Return the index after the name that starts at token `first` (equal to `first` when there is none)."""
    k = first
    if first > 0 and first < end and is_honorific(doc[first - 1].text) and _ARTICLE.match(doc[first].text):
        k += 1  # "Mr al-Harthi"
    while k < end:
        token = doc[k]
        if k in names and not (k > first and token.ent_type_ == "PERSON"):
            break
        after = _particles_end(doc, k, end)
        if is_name_part(token) or (k > first and _ARTICLE.match(token.text)):
            k += 1
        elif k > first and after > k and is_name_part(doc[after]):
            k = after
        elif k > first and token.text == "-" and k + 1 < end and doc[k + 1].is_alpha and not token.whitespace_:
            k += 2  # "Jean-Pierre", "Sun-woo"
        else:
            break
    while k > first and (INITIALS.match(doc[k - 1].text) and k - 1 == first):
        k -= 1
    return k


def _particles_end(doc: Doc, k: int, end: int) -> int:
    """Return the index after the particles that start at token `k` ("van der"), `k` where none stands before a word."""
    j = k
    while j < end - 1 and doc[j].lower_ in PARTICLES:
        j += 1
    return j


def _known(doc: Doc, first: int, last: int, published: date | None) -> bool:
    """Whether a single capitalised word is an officeholder's surname that may stand alone."""
    text = doc[first:last].text
    return published is not None and bool(ontology.officeholder(text, published)) and doc[first].pos_ == "PROPN"


def _beside_office(parsed: Parsed, names: dict[int, Name], people: People, first: int, last: int) -> bool:
    """Whether an apposition says that a capitalised phrase is a person: "X, its foreign minister,"."""
    begin, end = office_ending_at(parsed, names, first)
    if end > begin and parsed.doc[first - 1].text == ",":
        return True
    return office_after(parsed, names, people, last)[0] is not None


def _add(people: People, parsed: Parsed, names: dict[int, Name], start: int, first: int, last: int) -> None:
    """Record a mention, joining it with an earlier person of the same name."""
    doc = parsed.doc
    name = doc[first : last + 1].text.strip()
    role, affiliation = office_before(parsed, names, people, start, first)
    if role is None:
        role, affiliation = office_after(parsed, names, people, last)
    affiliation = state_after(parsed, names, last) or affiliation
    key = _same(people, name)
    if key is None:
        if affiliation is None or role is None:
            role, affiliation = _from_table(parsed, name, role, affiliation)
        turn = takes_turn(parsed, first, last)
        if role is None and affiliation is None and not turn and (first == last or doc[first].ent_type_ != "PERSON"):
            return  # a single capitalised word that nothing ties to an office or a state
        people.persons.append(Person(name, role, affiliation))
        key = len(people.persons) - 1
    else:
        known = people.persons[key]
        better = name if len(name.split()) > len(known.name.split()) else known.name
        people.persons[key] = replace(
            known, name=better, role=known.role or role, affiliation=known.affiliation or affiliation
        )
    mention = Mention(start, first, last, key)
    people.mentions.append(mention)
    for k in range(start, last + 1):
        people.by_token[k] = mention


def _same(people: People, name: str) -> int | None:
    """Return the person already known by this name: equal names, or a surname or given name used alone."""
    parts = name.casefold().split()
    for key in range(len(people.persons) - 1, -1, -1):
        known = people.persons[key].name.casefold().split()
        if parts == known:
            return key
        if parts[-1] == known[-1] and (len(parts) == 1 or len(known) == 1 or parts[0][0] == known[0][0]):
            return key
        if len(parts) == 1 and parts[0] == known[0] and len(known) > 1 and len(parts[0]) > 2:
            return key
    return None


def _from_table(parsed: Parsed, name: str, role: str | None, affiliation: str | None) -> tuple[str | None, str | None]:
    """Complete role and affiliation from the table of officeholders, if it knows exactly one such person."""
    found = ontology.officeholder(name, parsed.document.published)
    found = [f for f in found if affiliation is None or f.actor == affiliation]
    if len({f.actor for f in found}) == 1:
        return role or found[0].office, affiliation or found[0].actor
    return role, affiliation
