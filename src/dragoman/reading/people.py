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
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from dragoman import ontology
from dragoman.domain import Person
from dragoman.language.names import Name
from dragoman.language.parse import Parsed, Sentence
from dragoman.reading.offices import LONGEST, is_honorific, is_office_part, office_length

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

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
#: "ambassador to India" and "envoy for Syria" do not serve India and Syria.
TOWARDS = frozenset(["to", "for", "on", "with", "against", "over", "in", "at", "from"])
#: How many tokens an apposition may run before its office is no longer looked for (guess).
APPOSITION = 14
#: How many words may stand between an employer and the office (guess).
EMPLOYER = 8
_ARTICLE = re.compile(r"^(?:al|el|ul|as|an|ad|ar|ash|at|az|ben)-[A-Z]\w+$")
_INITIALS = re.compile(r"^(?:[A-Z]\.)+[A-Z]?\.?$|^[A-Z]\.?$")


@dataclass(slots=True)
class Mention:
    """One mention of a person: tokens `first..last` are the name, `start..last` includes office and honorific."""

    start: int
    first: int
    last: int
    key: int


@dataclass(slots=True)
class People:
    """All persons of a document; `by_token` maps each token of a mention to it."""

    persons: list[Person] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    by_token: dict[int, Mention] = field(default_factory=dict)

    def person(self, token: int) -> Person | None:
        """Return the person that the token at this index is part of naming, or None."""
        mention = self.by_token.get(token)
        return self.persons[mention.key] if mention else None


def find_people(parsed: Parsed, names: dict[int, Name]) -> People:
    """Return the persons of a document; `names` maps token index to actor name.

    Whom a bare office serves ("the trade minister") is left open here; the cast settles it from the context.
    """
    people = People()
    for sentence in sorted(parsed.sentences, key=lambda s: s.is_headline):  # the headline's short forms come last
        for start, first, last in _spans(parsed, sentence, names, people):
            end = _known_part(people, parsed, start, first, last) if sentence.is_headline else last
            if end is not None:
                _add(people, parsed, names, start, first, end)
    _recognise(people, parsed, names)
    people.mentions.sort(key=lambda m: m.first)
    return people


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
        named = last > first and (
            office is not None
            or any(doc[k].ent_type_ == "PERSON" for k in range(first, last))
            or _known(doc, first, last, parsed.document.published)
            or (last - first > 1 and _beside_office(parsed, names, people, first, last - 1))
        )
        if named:
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
    return last if start < first and 1 < len(words) <= 3 else None


def office_at(doc: Doc, i: int, end: int, names: dict[int, Name]) -> int | None:
    """Return the index after an office phrase or honorific that starts at token `i`, or None.

    "US Secretary of State", "Trade and Industry Minister", "President", "Mr." and combinations of them.
    """
    k, found = i, None
    while k < end and k - i < APPOSITION:
        token = doc[k]
        length = office_length([t.lower_ for t in doc[k : min(end, k + LONGEST)]])
        if length:
            k += length
            found = k
            continue
        if found is not None:
            posted = _posting(doc, k, end, names)
            return posted if posted < end and _is_name_part(doc[posted]) and posted not in names else found
        if k == i and (token.ent_type_ == "PERSON" or not (token.text[:1].isupper() or k in names)):
            return None
        if token.ent_type_ in ("DATE", "TIME", "ORDINAL"):
            return None
        if not (
            token.text[:1].isupper() or k in names or token.lower_ in ("and", "'s", "’s", "of", "for", "&", "-", "the")
        ):
            return None
        k += 1
    return found


def _posting(doc: Doc, k: int, end: int, names: dict[int, Name]) -> int:
    """Return the index after "to India" or "of the European Union" at token `k`, or `k` where none stands there."""
    j = k
    if j < end and doc[j].lower_ in ("to", "of", "for", "at"):
        j += 1
        if j < end and doc[j].lower_ == "the":
            j += 1
        if j in names:
            while j < end and j in names:
                j += 1
            return j
    return k


def _name_end(doc: Doc, first: int, end: int, names: dict[int, Name]) -> int:
    """Return the index after the name that starts at token `first` (equal to `first` when there is none)."""
    k = (
        first + 1
        if first < end and first > 0 and is_honorific(doc[first - 1].text) and _ARTICLE.match(doc[first].text)
        else first
    )
    while k < end:
        token = doc[k]
        if k in names and not (k > first and token.ent_type_ == "PERSON"):
            break
        if (
            _is_name_part(token)
            or (k > first and _ARTICLE.match(token.text))
            or (k > first and token.lower_ in PARTICLES and k + 1 < end and doc[k + 1].text[:1].isupper())
        ):
            k += 1
        elif k > first and token.text == "-" and k + 1 < end and _is_name_part(doc[k + 1]) and not token.whitespace_:
            k += 2
        else:
            break
    while k > first and (_INITIALS.match(doc[k - 1].text) and k - 1 == first):
        k -= 1
    return k


def _is_name_part(token: Token) -> bool:
    text = token.text
    if _INITIALS.match(text):
        return text != "I"
    if not text[:1].isupper() or (not any(c.islower() for c in text) and len(text) < 3):
        return False
    if not all(c.isalpha() or c in "-'’." for c in text) or (text.endswith(".") and len(text) > 4):
        return False
    if text == "He" and token.i > token.sent.start:  # the Chinese surname, not the pronoun
        following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
        return following is not None and following.pos_ == "PROPN"
    if token.ent_type_ in ("DATE", "TIME", "NORP", "MONEY", "PERCENT", "ORDINAL", "CARDINAL", "EVENT", "LAW"):
        return False
    return token.pos_ in ("PROPN", "NOUN", "ADJ", "X", "VERB", "ADV") and not is_office_part(token.text)


def _known(doc: Doc, first: int, last: int, published: date | None) -> bool:
    """Whether a single capitalised word is an officeholder's surname that may stand alone."""
    text = doc[first:last].text
    return published is not None and bool(ontology.officeholder(text, published)) and doc[first].pos_ == "PROPN"


def _beside_office(parsed: Parsed, names: dict[int, Name], people: People, first: int, last: int) -> bool:
    """Whether an apposition says that a capitalised phrase is a person: "X, its foreign minister,"."""
    begin, end = _office_ending_at(parsed, names, first)
    if end > begin and parsed.doc[first - 1].text == ",":
        return True
    return _office_after(parsed, names, people, last)[0] is not None


def _add(people: People, parsed: Parsed, names: dict[int, Name], start: int, first: int, last: int) -> None:
    """Record a mention, joining it with an earlier person of the same name."""
    doc = parsed.doc
    name = doc[first : last + 1].text.strip()
    role, affiliation = _office_before(parsed, names, people, start, first)
    if role is None:
        role, affiliation = _office_after(parsed, names, people, last)
    affiliation = _of_state(parsed, names, last) or affiliation
    key = _same(people, name)
    if key is None:
        if affiliation is None or role is None:
            role, affiliation = _from_table(parsed, name, role, affiliation)
        if role is None and affiliation is None and (first == last or doc[first].ent_type_ != "PERSON"):
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


def _office_before(
    parsed: Parsed, names: dict[int, Name], people: People, start: int, first: int
) -> tuple[str | None, str | None]:
    """Return role and affiliation from the words before a name, or from "the Israeli Prime Minister, Mr. X"."""
    doc = parsed.doc
    begin, end = start, first
    while end > begin and is_honorific(doc[end - 1].text):
        end -= 1
    if begin == end:
        begin, end = _office_ending_at(parsed, names, start)
    actor = _serves(parsed, names, people, begin, end) or (_employer(parsed, names, begin) if end > begin else None)
    while begin < end and (
        (begin in names and names[begin].form != "office") or doc[begin].lower_ in ("the", "'s", "’s", "-", "–")
    ):
        begin += 1
    role = doc[begin:end].text.strip() if end > begin else None
    return role, (actor or ontology.office_state(role)) if role else None


def _employer(parsed: Parsed, names: dict[int, Name], begin: int) -> str | None:
    """Return the actor named in the words that lead up to an office: "AU trade and industry commissioner", "(MITI) director"."""
    doc = parsed.doc
    for k in range(begin - 1, max(doc[begin].sent.start, begin - EMPLOYER) - 1, -1):
        if k in names:
            return names[k].actor
        if doc[k].pos_ not in ("NOUN", "PROPN", "ADJ", "CCONJ") and doc[k].text not in (
            "(",
            ")",
            "-",
            "'s",
            "’s",
            "of",
            "for",
        ):
            return None
    return None


def _office_ending_at(parsed: Parsed, names: dict[int, Name], start: int) -> tuple[int, int]:
    """Return the range of an office phrase that ends just before `start`: "India's envoy to Nepal, X", else an empty one."""
    doc = parsed.doc
    lowest = doc[start].sent.start
    k = start - 1
    if k < lowest:
        return start, start
    if doc[k].text == ",":
        k -= 1
    posted = k  # "ambassador to China X": step over where the office is posted
    while k > lowest and (k in names or doc[k].text[:1].isupper() or doc[k].lower_ == "the") and start - k < APPOSITION:
        k -= 1
    if doc[k].lower_ not in (*TOWARDS, "of"):
        k = posted
    else:
        k -= 1
    for size in range(min(LONGEST, k - lowest + 1), 0, -1):
        begin = k - size + 1
        if office_length([t.lower_ for t in doc[begin : k + 1]]) == size and not is_honorific(doc[k].text):
            while (
                begin - 1 >= lowest
                and start - begin < APPOSITION
                and (
                    begin - 1 in names
                    or doc[begin - 1].text in ("'s", "’s")
                    or (doc[begin - 1].text[:1].isupper() and doc[begin - 1].pos_ in ("PROPN", "ADJ"))
                )
            ):
                begin -= 1
            return begin, posted + 1
    return start, start


def _office_after(parsed: Parsed, names: dict[int, Name], people: People, last: int) -> tuple[str | None, str | None]:
    """Return role and affiliation from an apposition after the name ("X, foreign minister of Y,")."""
    doc = parsed.doc
    k = last + 1
    sentence_end = doc[last].sent.end
    if k >= sentence_end or doc[k].text not in (",", "(", "—", "–"):
        return None, None
    stop = k + 1
    while stop < sentence_end and doc[stop].text not in (",", ")", ";", ".", "—", "–") and stop - k < APPOSITION:
        if doc[stop].pos_ in ("VERB", "AUX") or doc[stop].lower_ in ("who", "and", "which"):
            break
        stop += 1
    for j in range(k + 1, stop):
        length = office_length([t.lower_ for t in doc[j : min(stop, j + LONGEST)]])
        if length:
            begin = j
            while begin > k + 1 and begin - 1 not in names and doc[begin - 1].pos_ in ("PROPN", "ADJ", "NOUN"):
                begin -= 1
            role = doc[begin : j + length].text
            actor = _serves(parsed, names, people, k + 1, stop)
            if actor is None and doc[begin - 1].lower_ in ("its", "their", "his", "her", "our"):
                return role, None  # whose it is, the cast finds out
            return role, actor or ontology.office_state(role)
    return None, None


def _of_state(parsed: Parsed, names: dict[int, Name], last: int) -> str | None:
    """Return the state in "Presidents X of Egypt and Y of Benin", or None."""
    doc = parsed.doc
    if last + 2 < len(doc) and doc[last + 1].lower_ == "of":
        k = last + 3 if doc[last + 2].lower_ == "the" and last + 3 < len(doc) else last + 2
        return names[k].actor if k in names and names[k].form == "name" else None
    return None


def _serves(parsed: Parsed, names: dict[int, Name], people: People, start: int, stop: int) -> str | None:
    """Return the first actor named in these tokens that the office serves (not the one it is posted to).

    "President Reagan's chief of staff" serves whom the president serves.
    """
    doc = parsed.doc
    for k in range(start, stop):
        before = k - 2 if k - 1 > start and doc[k - 1].lower_ == "the" else k - 1
        if k in names and not (before >= start and doc[before].lower_ in TOWARDS):
            return names[k].actor
        known = people.person(k)
        if known is not None and known.affiliation:
            return known.affiliation
    return None


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
