"""Occasion: the day to which the acts of an official record belong.

In:     a `Parsed` document, and a function that gives the date of a main verb.
Out:    `Occasion`, or None for a text that is no such record; `Occasion.of(token)` is the window of an act in its main
        line, None where the act stands aside from it.
Data:   ontology/modality.yaml (`records`, `performatives`).

A communique, a readout or a statement tells of one meeting or day: "The ministers met on Monday. They agreed to ..."
needs no second date. What its main clauses tell in the plain past belongs to the meeting; what its issuer says or does
in the present ("We condemn") belongs to the day of publication. The perfect ("has promised") tells of no day. News
reports tell of several days, so there nothing is inferred: of the undated acts in the plain past that the training
reports tell of in main clauses, nine in ten have no date in news, and one in ten has none in records.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from dragoman import ontology
from dragoman.domain import Document, Window
from dragoman.language.acts import find_acts
from dragoman.language.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

#: A record is published at most so many days after the meeting it tells of (guess; 4 in the training reports).
LATEST = 10


@dataclass(frozen=True, slots=True)
class Occasion:
    """The days of the meeting that a record tells of (None where it opens with none), and the day of publication."""

    session: Window | None
    published: Window
    quoted: tuple[tuple[int, int], ...]

    def of(self, token: Token) -> Window | None:
        """Return the window of an act in the main line of the record, or None for an act that stands aside."""
        verb = main_verb(token)
        if verb is None or any(start <= verb.idx < end for start, end in self.quoted):
            return None
        if is_plain_past(verb):
            return self.session
        performing = ontology.load("modality")["performatives"]
        performs = verb.i == token.i and verb.tag_ in ("VBP", "VBZ") and verb.lemma_.lower() in performing
        return self.published if performs else None


def find_occasion(parsed: Parsed, date_of: Callable[[Token], Window | None]) -> Occasion | None:
    """Return the occasion of an official record, or None where the text is none or has no date."""
    published = parsed.document.published
    first = next((s for s in parsed.sentences if not s.is_headline), None)
    if published is None or first is None or not (_is_official(parsed.document) or _tells_of_meeting(parsed)):
        return None
    day = Window(published, published)
    verb = first.tokens.root
    told = is_plain_past(verb) or any(c.lower_ in ("has", "have") for c in verb.children)
    session = (_recent(date_of(verb), published) or day) if told else None
    return Occasion(session, day, _quoted(parsed.document))


def main_verb(token: Token) -> Token | None:
    """Return the verb of the main clause that an act is told by, None where it stands in a clause below."""
    noun = token.pos_ in ("NOUN", "PROPN") and token.dep_ == "dobj"
    verb = token.head if noun else token
    node = verb
    while node.dep_ == "conj" and node.head.pos_ in ("VERB", "AUX"):
        node = node.head
    return verb if node.dep_ == "ROOT" and verb.pos_ in ("VERB", "AUX") else None


def is_plain_past(verb: Token) -> bool:
    """Whether a verb stands in the plain past, active or passive: "met", "was invited", not "has met"."""
    helpers = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    if any(c.lemma_.lower() == "have" or c.tag_ == "MD" for c in helpers):
        return False
    return verb.tag_ == "VBD" or (verb.tag_ == "VBN" and any(c.lower_ in ("was", "were") for c in helpers))


def _is_official(document: Document) -> bool:
    """Whether the title names a kind of official text, or place and date stand above it in a line of their own."""
    if _record_words().search(document.title or ""):
        return True
    line = document.dateline
    return line is not None and document.text[line[1] :].lstrip(" .").startswith("\n")


def _tells_of_meeting(parsed: Parsed) -> bool:
    """Whether the main verb of the headline is one of meeting: "Minister meets envoy"."""
    title = next((s for s in parsed.sentences if s.is_headline), None)
    if title is None:
        return False
    return any(
        a.type == "CONSULT" and not a.hints.noun and a.head == title.tokens.root for a in find_acts(title.tokens)
    )


def _recent(session: Window | None, published: date) -> Window | None:
    """Return the window of a meeting if it ended shortly before publication."""
    if session is None or session.start is None or session.end is None:
        return None
    return session if 0 <= (published - session.end).days <= LATEST else None


def _quoted(document: Document) -> tuple[tuple[int, int], ...]:
    """Return the stretches of direct quotation."""
    return tuple((m.start(), m.end()) for m in re.finditer(r"“[^”\n]*(?:”|$)|\"[^\"\n]*\"", document.text, re.M))


@cache
def _record_words() -> re.Pattern[str]:
    words = (re.escape(w).replace(r"\ ", r"\s+") for w in ontology.load("modality")["records"])
    return re.compile(rf"\b(?:{'|'.join(words)})s?\b", re.IGNORECASE)
