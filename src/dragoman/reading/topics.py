"""Topics: measures that are raised in talks, and not raised.

In:     a verb of a parsed text.
Out:    `is_topic`: whether "raise the duty" means to bring it up with somebody.
Data:   the lists on topics of ontology/modality.yaml, the meetings of ontology/acts.yaml.

Somebody raises a measure as a topic where a person does, to or beside a meeting, and no rate is named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman import ontology
from dragoman.reading.offices import is_agent
from dragoman.reading.roles import MEASURES

if TYPE_CHECKING:
    from spacy.tokens import Token


def is_topic(verb: Token) -> bool:
    """Whether a verb brings a measure up in talks: "will meet her host on Friday and is to raise the duty"."""
    data = ontology.load("modality")
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in data["topic_verbs"]:
        return False
    measure = next((c for c in verb.children if c.dep_ == "dobj"), None)
    if measure is None or measure.lemma_.lower() not in MEASURES or any(t.like_num for t in verb.subtree):
        return False
    definite = any(c.lower_ in ("the", "this", "that", "these", "those") for c in measure.lefts)
    if not definite or any(c.lower_ in ("to", "by", "from") for c in verb.children if c.dep_ == "prep"):
        return False
    return _is_by_person(verb) and _is_near_meeting(verb)


def _is_by_person(verb: Token) -> bool:
    """Whether the subject, that of the verb above included, is a person rather than a state."""
    node = verb
    for _ in range(4):
        subject = next((c for c in node.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        if subject is not None:
            named = subject.ent_type_ == "PERSON" or is_agent(subject.lemma_.lower())
            return named or subject.lower_ in ("he", "she", "they", "who")
        if node.dep_ not in ("xcomp", "conj", "ccomp", "advcl"):
            return False
        node = node.head
    return False


def _is_near_meeting(verb: Token) -> bool:
    """Whether the sentence of a verb or the one before tells of a meeting."""
    classes = ontology.load("acts")["classes"]
    nouns, verbs = {*classes["meeting"], *classes["visit"]}, ontology.load("modality")["topic_meetings"]
    start = verb.sent.start
    before = verb.doc[start - 1].sent if start else verb.sent
    for token in (*before, *verb.sent):
        lemma = token.lemma_.lower()
        if (token.pos_ == "VERB" and lemma in verbs) or (token.pos_ == "NOUN" and lemma in nouns):
            return True
    return any(c.lower_ == "with" for c in verb.children)
