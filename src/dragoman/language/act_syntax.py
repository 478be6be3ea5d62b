"""Act syntax: who does and what is done to, as a parsed verb shows it.

In:     a spaCy token that is a verb.
Out:    `direct_object`, `subjects`, `is_infinitive`.
Never:  no knowledge of words: what counts is where a token stands in the parse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_OBJECTS = frozenset({"dobj", "nsubjpass", "attr", "oprd"})


def is_infinitive(verb: Token) -> bool:
    """Whether a verb is an infinitive, with "to" or bare ("let them land")."""
    helpers = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    return any(c.lower_ == "to" for c in helpers) or (verb.tag_ == "VB" and not helpers)


def subjects(verb: Token) -> list[Token]:
    """Return who does it: the verb's own subjects, those it shares with a governing verb, or the agent of a passive."""
    agents = [w for child in verb.children if child.dep_ == "agent" for w in child.children if w.dep_ == "pobj"]
    if agents:
        return agents
    if verb.dep_ in ("acl", "relcl") and verb.head.pos_ in ("NOUN", "PROPN") and verb.tag_ != "VBN":
        return [verb.head]
    at: Token = verb
    for _ in range(4):  # "are expected to begin to march": more nesting than that is not met
        found = [c for c in at.children if c.dep_ in ("nsubj", "nsubjpass")]
        if found:
            return [w for f in found for w in (f, *(c for c in f.children if c.dep_ == "compound"))]
        if at.dep_ not in ("xcomp", "conj", "advcl", "ccomp"):
            break
        at = at.head
    return []


def direct_object(verb: Token) -> Token | None:
    """Return what is done to: the object, the subject of a passive, the noun a clause hangs on, a shared object."""
    for child in verb.children:
        if child.dep_ in _OBJECTS:
            relative = verb.dep_ == "relcl" and child.tag_ in ("WDT", "WP")
            return verb.head if relative else child
    if verb.pos_ not in ("VERB", "AUX"):
        return None
    for child in verb.children:  # "asked them to leave", "let them land": spaCy makes them the subject of the clause
        if child.dep_ in ("ccomp", "xcomp") and (child.pos_ != "VERB" or is_infinitive(child)):
            own = next((c for c in child.children if c.dep_ == "nsubj"), None)
            if own is not None:
                return own
    if verb.dep_ in ("acl", "relcl", "amod") and verb.head.pos_ in ("NOUN", "PROPN", "PRON"):
        has_subject = any(c.dep_ == "nsubj" for c in verb.children)
        return verb.head if has_subject or verb.tag_ == "VBN" else None
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB" and verb.tag_ == "VBN":
        return next((c for c in verb.head.children if c.dep_ == "nsubjpass"), None)
    later = (c for conj in verb.conjuncts if conj.i > verb.i for c in conj.children if c.dep_ == "dobj")
    return next(later, None)
