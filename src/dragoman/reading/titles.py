"""Titles: the office that stands before or after a person's name, and whom it serves.

In:     token positions in a `Parsed` document, the actor names and the persons found so far.
Out:    the office's words and the actor it serves; None where the text does not say.
Data:   ontology/offices.yaml.

"US ambassador to India" serves the United States, not India; "its trade minister" is left open for the cast.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dragoman import ontology
from dragoman.language.names import Name
from dragoman.language.parse import Parsed
from dragoman.reading.offices import LONGEST, is_honorific, is_office_part, office_length, office_length_at
from dragoman.reading.roster import People

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: "ambassador to India" and "envoy for Syria" do not serve India and Syria.
TOWARDS = frozenset(["to", "for", "on", "with", "against", "over", "in", "at", "from"])
#: How many tokens an apposition may run before its office is no longer looked for (guess).
APPOSITION = 14
#: How many words may stand between an employer and the office (guess).
EMPLOYER = 8
INITIALS = re.compile(r"^(?:[A-Z]\.)+[A-Z]?\.?$|^[A-Z]\.?$")


def is_name_part(token: Token) -> bool:
    """Return whether a token may be part of a person's name, by its shape and kind."""
    text = token.text
    if INITIALS.match(text):
        return text != "I"
    if not text[:1].isupper() or (not any(c.islower() for c in text) and len(text) < 3):
        return False
    if not all(c.isalpha() or c in "-'’." for c in text) or (text.endswith(".") and len(text) > 4):
        return False
    if text == "He" and token.i > token.sent.start:  # the Chinese surname, not the pronoun
        beside = [token.doc[token.i - 1], *token.doc[token.i + 1 : token.i + 2]]
        return any(other.pos_ == "PROPN" for other in beside)  # "He Lifeng", "Liu He"
    if token.ent_type_ in ("DATE", "TIME", "NORP", "MONEY", "PERCENT", "ORDINAL", "CARDINAL", "EVENT", "LAW"):
        return False
    return token.pos_ in ("PROPN", "NOUN", "ADJ", "X", "VERB", "ADV") and not is_office_part(token.text)


def office_at(doc: Doc, i: int, end: int, names: dict[int, Name]) -> int | None:
    """Return the index after an office phrase or honorific that starts at token `i`, or None.

    "US Secretary of State", "Trade and Industry Minister", "President", "Mr." and combinations of them.
    """
    k, found = i, None
    while k < end and k - i < APPOSITION:
        token = doc[k]
        length = office_length_at(doc, k, end)
        if length:
            k += length
            found = k
            continue
        if found is not None:
            posted = _posting(doc, k, end, names)
            return posted if posted < end and is_name_part(doc[posted]) and posted not in names else found
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


def office_before(
    parsed: Parsed, names: dict[int, Name], people: People, start: int, first: int
) -> tuple[str | None, str | None]:
    """Return role and affiliation from the words before a name, or from "the Israeli Prime Minister, Mr. X"."""
    doc = parsed.doc
    begin, end = start, first
    while end > begin and is_honorific(doc[end - 1].text):
        end -= 1
    if begin == end:
        begin, end = office_ending_at(parsed, names, start)
    actor = _serves(parsed, names, people, begin, end) or (_employer(parsed, names, begin) if end > begin else None)
    while begin < end and (
        (begin in names and names[begin].form != "office") or doc[begin].lower_ in ("the", "'s", "’s", "-", "–")
    ):
        begin += 1
    role = doc[begin:end].text.strip() if end > begin else None
    return role, (actor or ontology.office_state(role)) if role else None


def _employer(parsed: Parsed, names: dict[int, Name], begin: int) -> str | None:
    """Return the actor named in the words that lead up to an office: "AU trade commissioner", "(MITI) director"."""
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


def office_ending_at(parsed: Parsed, names: dict[int, Name], start: int) -> tuple[int, int]:
    """Return the range of an office phrase that ends just before `start` ("India's envoy to Nepal, X"), or empty."""
    doc = parsed.doc
    lowest = doc[start].sent.start
    k = start - 1
    if k < lowest:
        return start, start
    if doc[k].text == ",":
        k -= 1
    posted = k  # "ambassador to China X": step over where the office is posted
    office_end = k
    for _ in range(2):  # "ambassador of Chile to Peru X" has two
        while (
            k > lowest
            and (k in names or doc[k].text[:1].isupper() or doc[k].lower_ == "the")
            and start - k < APPOSITION
        ):
            k -= 1
        if doc[k].lower_ in (*TOWARDS, "of"):
            k -= 1
            office_end = k
        if office_length([doc[office_end].lower_]):
            break
    k = office_end
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


def office_after(parsed: Parsed, names: dict[int, Name], people: People, last: int) -> tuple[str | None, str | None]:
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
        length = office_length_at(doc, j, stop)
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


def takes_turn(parsed: Parsed, first: int, last: int) -> bool:
    """Whether a name opens a turn in a transcript: "MR. KIRBY: ..." at the start of a paragraph."""
    doc, text = parsed.doc, parsed.document.text
    if last + 1 >= len(doc) or doc[last + 1].text != ":":
        return False
    at = doc[first].idx
    before = next((text[s:at] for s, e in parsed.document.paragraphs if s <= at < e), None)
    return before is not None and (not before.strip() or is_honorific(before.strip()) or before.strip().isupper())


def state_after(parsed: Parsed, names: dict[int, Name], last: int) -> str | None:
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
