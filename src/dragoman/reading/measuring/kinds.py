"""Kinds of instruments: what is stopped, or counted, gives the kind of a ban, a curb or a limit.

In:     the word for stopping, what it stops, and the document's `Cast`.
Out:    `general_kind` for nouns, `banned_kind` and `kind_of` for verbs; small helpers on phrases.
Data:   ontology/measures.yaml (`objects`).

Goods that come from another state make an import ban, goods that go to one an export control.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dragoman import ontology
from dragoman.domain import MeasureKind
from dragoman.language.rates import find_rates
from dragoman.reading.cast import Cast
from dragoman.reading.measuring.naming import phrase, verb_of, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_TOWARDS = ("to", "for", "into")


@cache
def kinds() -> dict[str, MeasureKind]:
    """Return the kind that each thing stopped gives."""
    found: dict[str, MeasureKind] = {}
    for kind, lemmas in ontology.load("measures")["objects"].items():
        for lemma in lemmas:
            found.setdefault(lemma, kind)
    return found


@cache
def things_of(kind: str) -> frozenset[str]:
    """Return the things that give this kind when they are stopped."""
    return frozenset(ontology.load("measures")["objects"][kind])


def general_kind(noun: Token, fallen: Token | None, cast: Cast) -> MeasureKind:
    """Return the kind of "a ban on X", "a ceiling of N tonnes": counted it is a quota, of goods an import ban."""
    lemma = noun.lemma_.lower()
    if lemma in words("counting") and any(
        f.rate.unit.islower() and f.rate.unit != "percent" for f in find_rates(_text(noun))
    ):
        return "quota"
    if fallen is None:
        return "other"
    kind = kind_of(fallen, cast)
    if kind is None and lemma in ("ban", "embargo", "prohibition", "boycott") and fallen.pos_ == "NOUN":
        return "import-ban"
    return kind or "other"


def _text(head: Token) -> str:
    return "".join(t.text_with_ws for t in head.doc[head.left_edge.i : head.right_edge.i + 1])


def banned_kind(verb: Token, fallen: Token, cast: Cast) -> MeasureKind:
    """Return the kind of "banned X", "barred X from entry", "prohibits exports to"."""
    below = [t for c in verb.children if c.dep_ in ("prep", "xcomp") for t in c.subtree]
    below_lemmas = {t.lemma_.lower() for t in below}
    if verb_of(verb) in ("bar", "ban", "prohibit", "forbid"):
        if below_lemmas & {"enter", "entry", "entering", "travel", "visit", "visiting"}:
            return "travel-ban"
        if below_lemmas & words("dealings"):
            return "sanction"
        if any(t.dep_ in ("pcomp", "xcomp") for t in below):
            return "other"
    return kind_of(fallen, cast) or ("import-ban" if fallen.pos_ == "NOUN" and not _is_person(fallen) else "other")


def _is_person(noun: Token) -> bool:
    return noun.lemma_.lower().endswith(("man", "woman", "er", "or", "ist", "ant", "ian")) or noun.ent_type_ == "PERSON"


def kind_of(thing: Token, cast: Cast) -> MeasureKind | None:
    """Return the kind that a thing gives when it is stopped, or None where it gives none."""
    lemmas = [t.lemma_.lower() for t in phrase(thing)]
    table = kinds()
    if any(table.get(w) == "arms-embargo" for w in lemmas):
        return "arms-embargo"
    if any(w in words("carriers") for w in lemmas[:1]):
        return "other"
    if any(w in ("sale", "shipment", "delivery") for w in lemmas[:1]) and _direction(thing, cast) == "import-ban":
        return "import-ban"
    for word in lemmas:
        if word in table and not (table[word] == "travel-ban" and word not in lemmas[:1]):
            return table[word]
    if thing.pos_ in ("PROPN", "ADJ") and thing.i in cast.names:
        return (
            "travel-ban"
            if thing.tag_ in ("NNPS", "NNS") and thing.lower_.endswith("s") and cast.names[thing.i].form != "name"
            else None
        )
    if thing.pos_ == "PRON":
        return None
    return _direction(thing, cast)


def _direction(thing: Token, cast: Cast) -> MeasureKind | None:
    """Return an import ban for goods of another state, an export control for goods bound for one."""
    if any(child.dep_ in ("amod", "compound", "nmod", "poss") and _names_actor(child, cast) for child in thing.lefts):
        return "import-ban"
    joined = [t for t in thing.subtree if t.dep_ == "conj" and t.head.i >= thing.i]
    verb = thing.head.head if thing.dep_ == "pobj" else thing.head
    for head in (thing, *joined, verb):
        for child in head.rights:
            if child.i < thing.i or child.dep_ not in ("prep", "acl") or not _names_actor(child, cast):
                continue
            if child.lower_ == "from":
                return "import-ban"
            if child.lower_ == "to" or (child.dep_ == "acl" and any(t.lower_ in _TOWARDS for t in child.subtree)):
                return "export-control"
    return None


def _names_actor(token: Token, cast: Cast) -> bool:
    return any(t.i in cast.names for t in token.subtree)


@cache
def nouns() -> dict[str, list[tuple[tuple[str, ...], MeasureKind]]]:
    """Return the phrases that name an instrument by their head, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], MeasureKind]]] = {}
    for kind, phrases in ontology.load("measures")["nouns"].items():
        for text in phrases:
            *before, head = text.split()
            found.setdefault(head, []).append((tuple(before), kind))
    for entries in found.values():
        entries.sort(key=lambda e: -len(e[0]))
    return found
