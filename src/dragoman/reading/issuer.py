"""The issuer: whose text this is.

In:     a `Parsed` document, the actor names and persons found in it.
Out:    `home`, the actor whose offices stand without a name ("the minister", "officials"), and `voice`, who says "we".

A dateline names the place a report is filed from, a publisher or the title of a statement the government that issues
it, a sign-off at the end the ministry. Where none does, both stay unknown.
"""

from __future__ import annotations

import re
from collections import Counter

from dragoman import ontology
from dragoman.domain import Person
from dragoman.language.names import Name, find_names
from dragoman.language.parse import Parsed
from dragoman.reading.party import NOBODY, Party
from dragoman.reading.roster import People

#: Titles of texts that a government or an organisation issues.
_ISSUED = re.compile(
    r"\b(?:statements?|remarks|message|address|speech|letter|declaration|readout|fact sheet|briefing|communiqu[eé]|"
    r"press release|proclamation|transcript|memorandum|executive order|media note|press conference)\b",
    re.IGNORECASE,
)
#: What in such a title leads to who speaks.
_SPOKEN_BY = re.compile(r"\b(?:by|of|from)\b", re.IGNORECASE)
_TOGETHER = re.compile(r"\b(?:joint|trilateral|leaders['’])\b", re.IGNORECASE)
#: A sign-off is one of the last paragraphs and has at most so many words (guess).
SIGN_OFF = 8
#: Organs under whose name alone a text may stand, as its letterhead.
_LETTERHEAD = re.compile(
    r"\b(?:ministry|government|presidency|prime minister['’]s office|office of the|department of|chancellery)\b",
    re.IGNORECASE,
)


def home(parsed: Parsed, names: dict[int, Name], people: People) -> str | None:
    """Return the actor that a bare office serves, by dateline, publisher, title or sign-off; None where none says."""
    document = parsed.document
    if document.dateline:
        line = document.text[slice(*document.dateline)]
        found = find_names(line.title() if line.split(",")[0].isupper() else line)
        if found:
            return found[0].actor
    if document.publisher:
        official = [n for n in find_names(document.publisher) if n.form != "adjective"]
        if official:
            return official[0].actor
    own = letterhead(parsed)
    if own is not None:
        return own
    if _is_issued(parsed):
        return _of_title(parsed, people) or _of_organs(names)
    for start, end in document.paragraphs[-3:]:
        if len(document.text[start:end].split()) <= SIGN_OFF:
            places = [n for n in find_names(document.text[start:end]) if n.form in ("capital", "seat", "institution")]
            if places:
                return places[0].actor
    return None


def letterhead(parsed: Parsed) -> str | None:
    """Return whose organ the title is nothing but the name of ("Ministry of Health, Republic of Fiji"), or None."""
    title = parsed.document.title or ""
    organ = _LETTERHEAD.search(title)
    ids = {n.actor for n in find_names(title.title() if title.isupper() else title) if n.form != "adjective"}
    tokens = [s.tokens for s in parsed.sentences if s.is_headline]
    told = any(t.pos_ == "VERB" and not title.isupper() for line in tokens for t in line)
    return ids.pop() if organ and len(ids) == 1 and not told else None


def _is_issued(parsed: Parsed) -> bool:
    return bool(_ISSUED.search(parsed.document.title or ""))


def _of_title(parsed: Parsed, people: People) -> str | None:
    """Return whom the first person named in the title serves."""
    span = parsed.document.headline
    for mention in people.mentions:
        inside = span is not None and span[0] <= parsed.doc[mention.first].idx < span[1]
        affiliation = people.persons[mention.key].affiliation
        if inside and affiliation:
            return affiliation
    return None


def _of_organs(names: dict[int, Name]) -> str | None:
    """Return the actor whose own organs the text names most ("the Treasury Department"), if one leads."""
    organs = Counter(n.actor for n in set(names.values()) if n.form == "institution").most_common(2)
    return organs[0][0] if organs and (len(organs) == 1 or organs[0][1] > organs[1][1]) else None


def voice(parsed: Parsed, names: dict[int, Name], people: People, home: str | None) -> Party:
    """Return who says "we" and "I" outside quotations: all who make a joint statement, else who a title names."""
    span = parsed.document.headline
    opening = parsed.document.text[slice(*parsed.document.paragraphs[0])][:400] if parsed.document.paragraphs else ""
    if opening.startswith("We, "):
        ids = dict.fromkeys(n.actor for n in find_names(opening))
        if len(ids) > 1:
            return Party(tuple(ids))
    if span is None or not _is_issued(parsed):
        return NOBODY
    title = parsed.document.text[slice(*span)]
    if _TOGETHER.search(title):
        ids = dict.fromkeys(n.actor for i, n in sorted(names.items()) if span[0] <= parsed.doc[i].idx < span[1])
        return Party(tuple(ids)) if len(ids) > 1 else NOBODY
    by = _SPOKEN_BY.search(title)
    tokens = parsed.doc.char_span(span[0] + by.end(), span[1], alignment_mode="expand") if by else None
    for token in tokens or ():
        person = people.person(token.i)
        if person is not None:
            actor = person.affiliation or home
            return Party((actor,) if actor else (), (person,))
        if token.i in names:
            actor = names[token.i].actor
            return Party((actor,), (Person(ontology.actor(actor).name, None, actor),))
    return Party((home,)) if home else NOBODY
