"""Instruments: the words of a text that name a policy instrument, and the kind each is of.

In:     a `Parsed` document and its `Cast`.
Out:    `find_instruments`: a `Naming` for each noun ("a 25 per cent tariff on steel", "the ban") and each verb ("froze
        the assets of") that is an instrument, with what it falls on and the verb that governs it.
Data:   ontology/measures.yaml.

A word for stopping ("ban", "curb", "suspend") has no kind of its own: what is stopped gives it. Goods that come from
another state make an import ban, goods that go to one an export control.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from dragoman import ontology
from dragoman.domain import MeasureKind
from dragoman.language.parse import Parsed, Sentence
from dragoman.reading.cast import Cast
from dragoman.reading.instrument_kinds import (
    after_of,
    banned_kind,
    general_kind,
    is_number,
    is_time,
    kind_of,
    phrase,
    things_of,
    verb_of,
    words,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

#: Prepositions between an instrument and what it falls on.
ONTO = ("on", "upon", "against", "over", "for", "of", "to")
_OWN_CLAUSE = ("relcl", "acl", "advcl", "ccomp")


@dataclass(frozen=True, slots=True)
class Naming:
    """One naming of an instrument: its head word, kind, what it falls on, and the verb that governs a noun.

    `general` says that the words alone leave the kind open ("the ban", "sanctions"); `common` that the noun is too
    common to count by itself, `back` that it only takes up what was told before ("the step").
    """

    token: Token
    kind: MeasureKind
    sentence: Sentence
    object: Token | None
    verb: Token | None
    general: bool = False
    common: bool = False
    back: bool = False

    @property
    def is_noun(self) -> bool:
        """Whether a noun names the instrument, rather than a verb."""
        return self.verb is None or self.verb.i != self.token.i


@cache
def _nouns() -> dict[str, list[tuple[tuple[str, ...], MeasureKind]]]:
    """Return the phrases that name an instrument by their head, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], MeasureKind]]] = {}
    for kind, phrases in ontology.load("measures")["nouns"].items():
        for phrase in phrases:
            *before, head = phrase.split()
            found.setdefault(head, []).append((tuple(before), kind))
    for entries in found.values():
        entries.sort(key=lambda e: -len(e[0]))
    return found


def find_instruments(parsed: Parsed, cast: Cast) -> list[Naming]:
    """Return the instruments that a text names, body before headline."""
    out = []
    for sentence in sorted(parsed.sentences, key=lambda s: s.is_headline):
        for token in sentence.tokens:
            naming = _noun(token, sentence, cast) if token.pos_ in ("NOUN", "PROPN") else None
            if token.pos_ == "PRON":
                naming = _pronoun(token, sentence)
            if token.pos_ == "VERB" or _participle(token):
                naming = _verb(token, sentence, cast)
            if naming is not None:
                out.append(naming)
    return out


# -- nouns ----------------------------------------------------------------------------------------------------------


def _noun(token: Token, sentence: Sentence, cast: Cast) -> Naming | None:
    """Return the naming that a noun heads, or None."""
    if token.dep_ in ("compound", "nmod", "amod") or token.i in cast.people.by_token or token.ent_type_ == "PERSON":
        return None
    lemma = token.lemma_.lower()
    before = {t.lemma_.lower() for c in token.lefts if c.dep_ != "poss" for t in c.subtree} | {
        t.lower_ for t in token.lefts
    }
    if any(f"{word} {lemma}" in words("never") for word in before):
        return None
    kind = next((kind for phrase, kind in _nouns().get(lemma, ()) if set(phrase) <= before), None)
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
        kind = next((k for t in stopped for k in [_kinds().get(t.lemma_.lower())] if k), None)
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
        if node.dep_ == "pobj" and node.head.head.pos_ in ("VERB", "AUX"):
            return node.head.head
        node = node.head
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
        for preposition in (ONTO if noun.lemma_.lower() in words("bans") else ONTO[:5]) if head is noun else ONTO[:3]:
            for child in head.rights:
                if child.dep_ == "prep" and child.lower_ == preposition and child.i > noun.i:
                    for inner in child.children:
                        if inner.dep_ in ("pobj", "pcomp") and not is_time(inner) and not is_number(inner):
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


# -- verbs ----------------------------------------------------------------------------------------------------------


def _verb(token: Token, sentence: Sentence, cast: Cast) -> Naming | None:
    """Return the naming that a verb makes with its object, or None."""
    lemma = verb_of(token)
    fallen = object_of(token)
    if fallen is None or _is_instrument(fallen):
        return None
    if lemma in words("charge_verbs") and is_number(fallen):
        charged = [
            i
            for c in (*token.rights, *fallen.rights)
            if c.lower_ == "on"
            for i in c.children
            if i.dep_ == "pobj" and not is_time(i)
        ]
        percent = fallen.lemma_ == "%" or fallen.lower_ in ("percent", "pct", "cent")
        return Naming(token, "tariff", sentence, charged[0], token) if charged and percent else None
    if lemma in words("designate_verbs"):
        return Naming(token, "sanction", sentence, fallen, token)
    if lemma in words("list_verbs"):
        onto = [i for c in token.children if c.dep_ == "prep" and c.lower_ in ("to", "on", "onto") for i in c.children]
        listed = any(i.lemma_.lower() in words("lists") and _names_sanctions(i) for i in onto)
        return Naming(token, "sanction", sentence, fallen, token) if listed else None
    if lemma in words("fine_verbs"):
        return (
            Naming(token, "other", sentence, fallen, token)
            if any(t.ent_type_ == "MONEY" for t in token.subtree)
            else None
        )
    if lemma in words("ban_verbs"):
        return Naming(token, banned_kind(token, fallen, cast), sentence, fallen, token)
    if lemma not in words("stop_verbs"):
        return None
    particles = ontology.load("measures")["particles"].get(lemma)
    if particles and not any(c.lower_ in particles for c in token.children):
        return None
    below = next((c for c in token.children if c.dep_ == "xcomp" and c.tag_ == "VBG"), None)
    return _stopped_doing(token, below, sentence) if below is not None else _stopped(token, fallen, sentence, cast)


def _participle(token: Token) -> bool:
    """Whether an adjective is a participle after "be" or "remain" ("had been frozen", "remain restricted")."""
    return (
        token.lower_ in ontology.load("measures")["participles"]
        and token.dep_ in ("acomp", "oprd")
        and token.pos_ in ("ADJ", "VERB")
    )


def _is_instrument(noun: Token) -> bool:
    """Whether a noun is an instrument itself: what is done to it is no second one."""
    lemma = noun.lemma_.lower()
    return lemma in words("general") or lemma in words("back") or any(not p for p, _ in _nouns().get(lemma, ()))


def _names_sanctions(noun: Token) -> bool:
    return noun.lemma_.lower() == "blacklist" or any(
        c.lemma_.lower() in ("sanction", "sanctions", "black", "watch") for c in noun.lefts
    )


def _stopped_doing(token: Token, below: Token, sentence: Sentence) -> Naming | None:
    """Return the naming in "stopped importing gold"."""
    table = ontology.load("measures")["stopped_verbs"]
    kind: MeasureKind | None = next((k for k, lemmas in table.items() if below.lemma_.lower() in lemmas), None)
    fallen = object_of(below)
    if kind is None or fallen is None or token.lemma_.lower() not in ("stop", "halt", "suspend", "cease"):
        return None
    return Naming(token, kind, sentence, fallen, token)


def _stopped(token: Token, fallen: Token, sentence: Sentence, cast: Cast) -> Naming | None:
    """Return the naming in "suspended imports of", "closed its border to", "froze the accounts of"."""
    lemma = verb_of(token)
    listed = ontology.load("measures")["weak_objects_of"].get(lemma)
    if fallen.lemma_.lower() in words("gates") and lemma in ("close", "shut", "seal", "block", "restrict"):
        entering = [
            i
            for c in token.children
            if c.lower_ in ("to", "for")
            for i in c.children
            if i.dep_ == "pobj" and not is_time(i)
        ]
        if not entering:
            entering = [
                i
                for c in fallen.children
                if c.lower_ in ("to", "for")
                for i in c.children
                if i.dep_ == "pobj" and not is_time(i)
            ]
        through = entering[0] if entering else None
        kind = kind_of(through, cast) if through is not None else None
        return Naming(token, kind or "other", sentence, through or fallen, token)
    if not any(t.lemma_.lower() in (listed or words("stoppable")) for t in (fallen, *after_of(fallen))):
        return None
    stopped = [t for t in phrase(fallen) if t.lemma_.lower() in (listed or words("stoppable"))]
    kind = kind_of(stopped[0] if stopped[0].dep_ != "compound" else fallen, cast)
    if lemma in ("freeze", "block", "seize", "impound") and stopped[0].lemma_.lower() in things_of("asset-freeze"):
        kind = "asset-freeze"
    elif kind in ("asset-freeze", "travel-ban") and lemma not in ("freeze", "block"):
        kind = "other" if kind == "asset-freeze" else kind
    if lemma in ("limit", "cap") and kind == "import-ban":
        kind = "quota"
    return Naming(token, kind or "other", sentence, fallen, token)


def object_of(verb: Token) -> Token | None:
    """Return the direct object of a verb, or what a passive verb is done to."""
    if verb.pos_ == "ADJ":
        return next((c for c in verb.head.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    below = next((c for c in verb.children if c.dep_ == "xcomp" and c.tag_ == "VBG"), None)
    if below is not None:
        return object_of(below)
    for child in verb.children:
        if child.dep_ in ("dobj", "nsubjpass"):
            if child.lower_ in ("which", "that", "who") and verb.dep_ == "relcl":
                return verb.head
            return child
    if verb.tag_ == "VBN" and verb.head.lemma_ == "be" and verb.dep_ in ("xcomp", "acomp"):  # "were to be barred"
        return next((c for c in verb.head.children if c.dep_ == "nsubj"), None)
    if verb.dep_ == "conj" and verb.tag_ == "VBN":
        return next((c for c in verb.head.children if c.dep_ == "nsubjpass"), None)
    if verb.dep_ == "acl" and verb.tag_ == "VBN":
        return verb.head
    return None
