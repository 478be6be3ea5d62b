"""Deadlines and decrees: words apart from an instrument that say when, and by which text, it is imposed.

In:     a token of a parsed sentence.
Out:    `deadline_of`: the noun that dates an instrument ("the 1 May deadline set by Quito for the duties to take
        effect"); `effect_at`: the verb of effect that a date beside such a noun belongs to; `issuing`: the verb that
        brings out the text by which a participle imposes ("to issue a decree on Friday slapping duties on").
Data:   the deadlines and decrees of ontology/measures.yaml.

The parser hangs such words now here, now there, so that order decides as much as the tree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.reading.measuring.naming import words

if TYPE_CHECKING:
    from spacy.tokens import Token

#: How many words may stand between a deadline and what is to take effect, and between a decree and what it imposes.
FAR, BESIDE = 12, 6


def deadline_of(instrument: Token) -> Token | None:
    """Return the noun whose date is the day of effect of this instrument, or None.

    The instrument stands after "for" behind it, and takes effect there or is imposed.
    """
    for i in range(instrument.i - 1, max(instrument.sent.start, instrument.i - FAR) - 1, -1):
        noun = instrument.doc[i]
        if noun.lemma_.lower() in words("deadlines") and noun.pos_ == "NOUN":
            between = [t for t in instrument.doc[noun.i + 1 : instrument.i] if t.lower_ == "for"]
            if not between or any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in instrument.doc[noun.i : instrument.i]):
                return None
            direct = noun.lemma_.lower() == "deadline" and between[-1].head.i == noun.i
            return noun if direct or effect_after(noun) is not None else None
    return None


def effect_at(time: Token) -> Token | None:
    """Return the verb of effect that a date belongs to by a deadline: "the 1 May deadline for X to take effect"."""
    for noun in (time, *time.ancestors):
        if noun.pos_ in ("VERB", "AUX"):
            noun = next((c for c in noun.children if c.dep_ == "attr"), noun)  # "1 May is the date for"
        if noun.pos_ == "NOUN" and noun.lemma_.lower() in words("deadlines"):
            return effect_after(noun)
        if noun.pos_ in ("VERB", "AUX"):
            return None
    return None


def effect_after(noun: Token) -> Token | None:
    """Return the infinitive behind a deadline that says "to take effect", "to come into force", "to start", or None."""
    for verb in noun.doc[noun.i + 1 : noun.sent.end]:
        if verb.tag_ not in ("VB", "VBN", "VBP") or not any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.lefts):
            continue
        below = {t.lower_ for c in verb.rights if c.dep_ in ("dobj", "prep") for t in (c, *c.children)}
        simple = verb.lemma_.lower() in ("start", "apply", "begin") and "dobj" not in {c.dep_ for c in verb.rights}
        begun = any(t.lower_ == "for" for t in noun.doc[noun.i + 1 : verb.i])
        return verb if begun and (below & {"effect", "force"} or simple) else None
    return None


def setter(noun: Token) -> list[Token]:
    """Return the words that say whose deadline it is: its owner, or who set it."""
    out = [c for c in noun.lefts if c.dep_ == "poss"]
    for child in noun.children:
        if child.dep_ == "acl":
            out += [t for c in child.children if c.dep_ == "agent" for t in c.children]
    if noun.dep_ == "dobj" and noun.head.lemma_.lower() in ("set", "fix", "announce", "give", "name"):
        out += [c for c in noun.head.children if c.dep_ == "nsubj"]
    return out


def issuing(verb: Token) -> Token | None:
    """Return the verb that brings out the text by which a participle imposes something, or None."""
    if verb.tag_ != "VBG" or verb.dep_ not in ("acl", "advcl"):
        return None
    before = [verb.doc[i] for i in range(verb.i - 1, max(verb.i - BESIDE, 0), -1)]
    for noun in [verb.head, *before] if verb.dep_ == "acl" else before:
        if noun.sent.start != verb.sent.start or noun.lower_ in (",", ";", ":"):
            return None
        if noun.lemma_.lower() in words("decrees") and noun.dep_ in ("dobj", "nsubjpass"):
            return noun.head if noun.head.lemma_.lower() in words("issuing") else None
    return None
