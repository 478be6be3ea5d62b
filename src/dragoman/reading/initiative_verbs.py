"""Verbs: small questions about the clause of a parsed text that initiatives ask of it.

In:     tokens of a parsed text.
Out:    tokens, or yes and no.
Data:   word lists of ontology/initiatives.yaml.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.reading.initiative_shapes import words

if TYPE_CHECKING:
    from spacy.tokens import Token

RELATIVE = frozenset({"which", "that", "whose", "who", "whom", "where"})
_UNREAL_MODALS = frozenset({"may", "might", "could", "would", "should", "can"})


def joined(verb: Token) -> list[Token]:
    """Return the verbs coordinated after this one."""
    return [t for t in verb.conjuncts if t.pos_ in ("VERB", "AUX") and t.i > verb.i]


def is_passive(verb: Token) -> bool:
    """Return whether a verb stands in the passive."""
    return any(c.dep_ in ("auxpass", "nsubjpass", "agent") for c in verb.children)


def top(verb: Token) -> Token:
    """Return the first of the verbs that a verb is coordinated with."""
    return verb.head if verb.dep_ == "conj" else verb


def governor(verb: Token) -> Token | None:
    """Return the word of which this verb is the complement: "invited" over "to join", "due" over "to sign"."""
    return (
        verb.head if verb.dep_ in ("xcomp", "ccomp", "advcl") and any(c.tag_ == "TO" for c in verb.children) else None
    )


def is_unreal(verb: Token) -> bool:
    """Return whether a verb is denied, only possible, or hangs on a wish or a refusal."""
    if any(
        c.dep_ == "neg"
        or (c.dep_ == "aux" and c.lower_ in _UNREAL_MODALS)
        or (c.dep_ == "mark" and c.lower_ in ("if", "unless"))
        for c in verb.children
    ):
        return True
    above = governor(verb)
    if above is None:
        return False
    return above.lemma_.lower() in words("verbs", "unreal") or is_unreal(above)


def has_object(verb: Token, besides: Token | None = None) -> bool:
    """Return whether a verb has an object of its own, other than `besides`."""
    for child in verb.children:
        if child.dep_ in ("dobj", "ccomp") and child != besides:
            return True
        if (
            child.dep_ == "prep"
            and child.lower_ in ("to", "in", "into", "with")
            and besides not in list(child.children)
        ):
            return any(c.ent_type_ not in ("DATE", "TIME") and c.pos_ != "NUM" for c in child.children)
    return False


def is_open_invitation(verb: Token) -> bool:
    """Return whether an invitation says nothing else than to join: no other act, no place, no talks."""
    for child in verb.children:
        if child.dep_ in ("xcomp", "ccomp", "advcl") and child.i > verb.i:
            joins = child.lemma_.lower() in ("join", "accede", "belong") or (
                child.lemma_ == "take" and any(c.lower_ == "part" for c in child.children)
            )
            return joins and not has_object(child)
        if child.dep_ == "prep" and child.i > verb.i and child.lower_ in ("to", "for", "on"):
            return False
    return verb.lemma_ == "invite"
