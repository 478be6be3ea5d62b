"""Act syntax: who does and what is done to, as a parsed verb shows it.

In:     a spaCy token that is a verb.
Out:    `direct_object`, `subjects`, `is_infinitive`, and what a verb's complement may be: `is_meant`, `belongs`.
Never:  no knowledge of words: what counts is where a token stands in the parse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_OBJECTS = frozenset({"dobj", "nsubjpass", "attr", "oprd"})
#: Verbs with a bare infinitive, which the tagger may take for a finite verb ("let them stay").
_BARE = frozenset({"let", "make", "help", "see", "have"})
_QUOTES = frozenset({'"', "\u201c", "\u201d", "\u201e", "``", "''", "\u00ab", "\u00bb"})


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


def is_meant(head: Token, clause: Token, *, finite: bool = False) -> bool:
    """Whether a verb that complements another says what is asked, promised or refused.

    It does as an infinitive, a participle or with a modal ("pledged that it would pay"); `finite` admits any clause
    behind the verb. What is said in quotation marks or told before the verb ("Italy does not pay," he told them) is not
    what the verb is about.
    """
    helpers = [c for c in clause.children if c.dep_ in ("aux", "auxpass", "neg")]
    first = min((clause, *helpers), key=lambda token: token.i)
    if clause.i < head.i or _quotes_between(head, first) % 2:
        return False
    if finite or head.lemma_ in _BARE or is_infinitive(clause) or any(c.tag_ == "MD" for c in helpers):
        return True
    return clause.tag_ in ("VBG", "VBN") and not any(c.tag_ in ("VBZ", "VBD", "VBP") for c in helpers)


def _quotes_between(one: Token, other: Token) -> int:
    """Count the double quotation marks between two tokens; an odd number means that only one of them is quoted."""
    low, high = sorted((one.i, other.i))
    return sum(token.text in _QUOTES for token in one.doc[low:high])


def belongs(verb: Token, word: Token, own: frozenset[str], *, only_particle: bool) -> bool:
    """Whether a small word makes one verb with this verb ("took in refugees") rather than telling where or when.

    A particle or adverb does, also far from its verb ("shut them out of"), and so does "as" ("dismissed it as"). A
    preposition with its noun does not where the verb has an object ("took part in") or a particle that is none of
    its `own` words ("gave up in"); with `only_particle` it must stand right behind an active verb.
    """
    if (
        word.lower_ == "as"
        or word.dep_ not in ("prep", "agent")
        or not any(c.dep_ in ("pobj", "pcomp") for c in word.children)
    ):
        return True
    if any(c.dep_ == "dobj" or (c.dep_ == "prt" and c.lower_ not in own) for c in verb.children):
        return False
    passive = any(c.dep_ == "nsubjpass" for c in verb.children)
    return not only_particle or (word.i == verb.i + 1 and not passive)
