"""Verbs that are an instrument themselves: "banned imports of", "froze the assets of", "closed its border to".

In:     a verb, or a participle taken for an adjective, and the document's `Cast`.
Out:    `verb_naming`: the `Naming`, or None; `is_participle`.
Data:   ontology/measures.yaml. Some verbs stop anything, others only what is listed for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman import ontology
from dragoman.domain import MeasureKind
from dragoman.language.parse import Sentence
from dragoman.reading.cast import Cast
from dragoman.reading.measuring.kinds import banned_kind, kind_of, nouns, things_of
from dragoman.reading.measuring.naming import Naming, after_of, is_number, is_time, object_of, phrase, verb_of, words

if TYPE_CHECKING:
    from spacy.tokens import Token


def verb_naming(token: Token, sentence: Sentence, cast: Cast) -> Naming | None:
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
        percent = fallen.lemma_ == "%" or fallen.lower_ in ("percent", "per cent", "pct", "cent")
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


def is_participle(token: Token) -> bool:
    """Whether an adjective is a participle after "be" or "remain" ("had been frozen", "remain restricted")."""
    return (
        token.lower_ in ontology.load("measures")["participles"]
        and token.dep_ in ("acomp", "oprd")
        and token.pos_ in ("ADJ", "VERB")
    )


def _is_instrument(noun: Token) -> bool:
    """Whether a noun is an instrument itself: what is done to it is no second one."""
    lemma = noun.lemma_.lower()
    return lemma in words("general") or lemma in words("back") or any(not p for p, _ in nouns().get(lemma, ()))


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
