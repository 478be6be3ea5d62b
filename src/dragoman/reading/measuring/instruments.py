"""Instruments: the words of a text that name a policy instrument, and the kind each is of.

In:     a `Parsed` document and its `Cast`.
Out:    `find_instruments`: a `Naming` for each noun ("a 25 per cent tariff on steel", "the ban") and each verb ("froze
        the assets of") that is an instrument, with what it falls on and the verb that governs it.
Data:   ontology/measures.yaml.

A word for stopping ("ban", "curb", "suspend") has no kind of its own: what is stopped gives it. Goods that come from
another state make an import ban, goods that go to one an export control.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.language.parse import Parsed, Sentence
from dragoman.reading.cast import Cast
from dragoman.reading.measuring.kinds import general_kind, kinds, nouns
from dragoman.reading.measuring.naming import Naming, is_number, is_share, is_time, words
from dragoman.reading.measuring.verbs import is_participle, verb_naming

if TYPE_CHECKING:
    from spacy.tokens import Token

#: Prepositions between an instrument and what it falls on.
ONTO = ("on", "upon", "against", "for", "of", "to")
_OWN_CLAUSE = ("relcl", "acl", "advcl", "ccomp")


def find_instruments(parsed: Parsed, cast: Cast) -> list[Naming]:
    """Return the instruments that a text names, body before headline."""
    out = []
    for sentence in sorted(parsed.sentences, key=lambda s: s.is_headline):
        for token in sentence.tokens:
            naming = _noun(token, sentence, cast) if token.pos_ in ("NOUN", "PROPN") else None
            if token.pos_ == "PRON":
                naming = _pronoun(token, sentence)
            if token.pos_ == "VERB" or is_participle(token):
                naming = verb_naming(token, sentence, cast)
            if naming is not None:
                out.append(naming)
    return out


def _noun(token: Token, sentence: Sentence, cast: Cast) -> Naming | None:
    """Return the naming that a noun heads, or None."""
    if token.dep_ in ("compound", "nmod", "amod") or token.i in cast.people.by_token or token.ent_type_ == "PERSON":
        return None
    lemma = token.lemma_.lower()
    if lemma not in nouns() and lemma not in words("back") and lemma not in words("general"):
        return None
    before = {t.lemma_.lower() for c in token.lefts if c.dep_ != "poss" for t in c.subtree} | {
        t.lower_ for t in token.lefts
    }
    if any(f"{word} {lemma}" in words("never") for word in before):
        return None
    kind = next((kind for phrase, kind in nouns().get(lemma, ()) if set(phrase) <= before), None)
    verb = carrier(token)
    if kind is None and lemma in words("back"):
        return Naming(token, "other", sentence, None, verb, general=True, common=True, back=True)
    general = kind is None and lemma in words("general")
    if kind is None and not general:
        return None
    fallen = _fallen_on(token, verb, cast)
    if any(c.lower_ == "of" and c.dep_ == "prep" for c in [token.head]) and token.head.head.lemma_.lower() == "rate":
        return None  # "the rate of duty": the rate is named by itself
    common = lemma in words("common") and not (
        kind and before & {"import", "export", "customs", "dumping", "antidumping"}
    )
    if general:
        stopped = [
            t
            for c in token.lefts
            if c.dep_ in ("compound", "amod", "nmod")
            for t in c.subtree
            if t.pos_ in ("NOUN", "ADJ")
        ]
        kind = next((k for t in stopped for k in [kinds().get(t.lemma_.lower())] if k), None)
        kind = kind or general_kind(token, fallen, cast)
        general = kind == "other" and fallen is None
    return Naming(token, kind or "other", sentence, fallen, verb, general or kind == "sanction", common)


def _pronoun(token: Token, sentence: Sentence) -> Naming | None:
    """Return the naming of a pronoun that takes up an instrument: "They are to be imposed on", "It takes effect"."""
    verb = token.head
    if token.lower_ not in ("it", "they") or verb.pos_ != "VERB":
        return None
    effect = verb.lemma_.lower() in words("effect_verbs") and any(c.lower_ in ("effect", "into") for c in verb.children)
    run = (
        verb.lemma_.lower() in ("run", "apply", "start", "begin")
        and token.dep_ == "nsubj"
        and not any(c.dep_ in ("dobj", "xcomp") for c in verb.children)
    )
    imposed = token.dep_ == "nsubjpass" and verb.lemma_.lower() in (
        "impose",
        "levy",
        "introduce",
        "lift",
        "suspend",
        "apply",
        "scrap",
    )
    if not (effect or run or imposed):
        return None
    return Naming(token, "other", sentence, None, verb, general=True, common=True, back=True)


def carrier(noun: Token) -> Token | None:
    """Return the verb that has the noun as its object or subject, also through "the lifting of", "plans for"."""
    node = noun
    for _ in range(5):
        if node.dep_ in ("dobj", "nsubj", "nsubjpass", "attr", "oprd", "dative") and node.head.pos_ in ("VERB", "AUX"):
            return node.head
        if node.head.i == node.i or node.dep_ in _OWN_CLAUSE:
            return _parted(noun)
        if node.dep_ == "pobj" and node.lemma_.lower() in words("answers"):
            return None  # "in retaliation for sanctions": they are somebody else's
        if node.dep_ == "pobj" and node.head.head.pos_ in ("VERB", "AUX"):
            return node.head.head
        node = node.head
    return None


def whole_of(naming: Naming, cast: Cast) -> Naming | None:
    """Return the instrument that this one is given as a part of: "sanctions on Mali, including a travel ban"."""
    node = naming.token
    while node.dep_ == "conj":
        node = node.head
    including = node.head
    if not naming.is_noun or node.dep_ not in ("pobj", "dobj") or including.lower_ != "including":
        return None
    for token in reversed(naming.sentence.tokens.doc[naming.sentence.tokens.start : including.i]):
        if token.pos_ not in ("NOUN", "PROPN"):
            continue
        whole = _noun(token, naming.sentence, cast)
        if whole is not None:
            return whole
    return None


def _parted(noun: Token) -> Token | None:
    """Return the verb from which an aside parts its object in the parse: "to scrap, from 1 May, its duty"."""
    for i in range(noun.left_edge.i - 1, max(0, noun.left_edge.i - 12) - 1, -1):
        other = noun.doc[i]
        if other.lower_ in ".!?;:" or other.is_space:
            return None
        if other.pos_ in ("VERB", "AUX"):
            taken = any(c.dep_ in ("dobj", "xcomp", "ccomp", "nsubjpass") for c in other.children)
            return other if other.pos_ == "VERB" and other.tag_ in ("VB", "VBD", "VBG") and not taken else None
    return None


def _fallen_on(noun: Token, verb: Token | None, cast: Cast) -> Token | None:
    """Return the head of what an instrument falls on: after its own preposition, else after its verb's."""
    heads = [noun]
    if verb is not None and noun.dep_ in ("dobj", "nsubjpass", "oprd", "attr"):
        heads.append(verb)
    for head in heads:
        for preposition in (ONTO if noun.lemma_.lower() in words("bans") else ONTO[:4]) if head is noun else ONTO[:3]:
            for child in head.rights:
                if child.dep_ == "prep" and child.lower_ == preposition and child.i > noun.i:
                    for inner in child.children:
                        number = is_number(inner) and not is_share(inner)
                        if inner.dep_ in ("pobj", "pcomp") and not is_time(inner) and not number:
                            return inner
    # "a duty of 12 per cent on X" is also parsed with the preposition under the number
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ == "of":
            for inner in child.subtree:
                if inner.dep_ == "prep" and inner.lower_ in ("on", "against") and inner.i > child.i:
                    for last in inner.children:
                        if last.dep_ == "pobj" and not is_time(last):
                            return last
    return None
