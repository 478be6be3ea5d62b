"""Sides of a measure: whose instrument it is and whom it burdens, from the syntax around its naming.

In:     a `Naming` and the document's `Cast`.
Out:    `sides`: the actor ids of both, empty where the words around it do not say.
Data:   the verbs of ontology/measures.yaml.

The owner of the instrument has it, or the subject of the verb that imposes, keeps or lifts it. It burdens whoever it is
put on: the owner of the goods, the state they come from or go to, the nationality of the persons.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from dragoman import ontology
from dragoman.reading import roles
from dragoman.reading.cast import Cast
from dragoman.reading.deadlines import deadline_of, setter
from dragoman.reading.measuring.naming import Naming, words

if TYPE_CHECKING:
    from spacy.tokens import Token

Ids = tuple[str, ...]
_BESIDE = ("poss", "amod", "compound", "nmod")
#: Prepositions by which an instrument only stands beside its verb, so that its own owner comes first.
_BESIDE_VERB = ("as", "after", "despite", "amid", "before", "over", "under", "since", "following")
#: Prepositions that lead to the burdened side, most telling first.
_ONTO = ("on", "upon", "against", "from", "to", "for", "with", "of", "in", "into", "at")
#: Clauses inside a phrase whose actors are not its own.
_ASIDE = frozenset({"relcl", "advcl", "ccomp", "parataxis", "appos"})


@cache
def _stage_verbs() -> dict[str, str]:
    """Return what each governing verb does to an instrument: `impose`, `keep`, `lift`, and so on."""
    found: dict[str, str] = {}
    for stage, verbs in ontology.load("measures")["stages"].items():
        for verb in verbs:
            found.setdefault(verb, stage)
    return found


def stage_of(verb: Token | None) -> str | None:
    """Return what this verb does to the instrument that is its object or subject, or None."""
    return _stage_verbs().get(verb.lemma_.lower()) if verb is not None else None


def sides(naming: Naming, cast: Cast) -> tuple[Ids, Ids]:
    """Return whose instrument it is and on whom, each empty where its own words do not say."""
    by, on = _of_noun(naming, cast) if naming.is_noun else _of_verb(naming, cast)
    return by, tuple(i for i in on if i not in by)


def _of_verb(naming: Naming, cast: Cast) -> tuple[Ids, Ids]:
    verb = naming.token
    by = roles.subject(verb, cast).ids if verb.pos_ != "ADJ" else ()
    if not by and (verb.pos_ == "ADJ" or roles.is_passive(verb)):
        by = _speaker(verb, cast)
    if not by and verb.dep_ == "acl":  # "its market to French cheese, closed since May"
        by = _owner(verb.head, cast)
    on: Ids = ()
    if naming.object is not None:
        on = named(_near(naming.object), cast, by)
    heads = [verb, *(c for c in verb.children if c.dep_ == "xcomp" and c.tag_ == "VBG")]
    for head in heads:
        for preposition in ("from", "to", *_ONTO):
            on = on or _after(head, preposition, cast, by, naming.token.i)
    if not on and naming.object is not None:
        on = named(naming.object.subtree, cast, by) or named(_near(verb), cast, by)
    if not by and on and naming.object is not None:  # "jobs in France remain restricted for"
        by = _after(naming.object, "in", cast, on, naming.object.i)
    return by, on


def _speaker(verb: Token, cast: Cast) -> Ids:
    """Return who announces what a passive clause says was done: "Bern announced that the accounts had been frozen"."""
    node = verb
    for _ in range(4):
        if node.dep_ == "ccomp" and node.head.lemma_.lower() in (
            "announce",
            "declare",
            "decree",
            "confirm",
            "disclose",
            "order",
        ):
            return roles.subject(node.head, cast).ids
        if node.dep_ not in ("conj", "ccomp", "xcomp", "acomp") or node.head.i == node.i:
            return ()
        node = node.head
    return ()


def _of_noun(naming: Naming, cast: Cast) -> tuple[Ids, Ids]:
    noun, verb = naming.token, naming.verb
    owner = _owner(noun, cast)
    stage = stage_of(verb)
    bearing = verb is not None and verb.lemma_.lower() in words("bearing") and stage is None
    subject: Ids = ()
    if verb is not None and (_is_effect(noun, verb) or (stage and noun.dep_ != "nsubj")):
        subject = roles.subject(verb, cast).ids
    agent = named((t for c in noun.children if c.lower_ == "by" for t in c.subtree), cast, ())
    imposer, imposed_on = _relative(noun, cast)
    beside = noun.dep_ == "pobj" and noun.head.lower_ in _BESIDE_VERB  # "starts a new game as Fiji toughens its ban"
    by = imposer or agent or (owner or subject if beside else subject or owner)
    if averted(naming):
        by = owner or imposer or agent
        kept_off = roles.subject(verb, cast).ids if verb is not None else ()
        return by, tuple(i for i in kept_off if i not in by)
    if not by and (deadline := deadline_of(noun)) is not None:
        by = named((t for s in setter(deadline) for t in s.subtree), cast, ())
    if stage == "propose" and owner and any(c.dep_ == "poss" for c in noun.lefts):
        by = owner
    on = _burdened(naming, cast, by)
    on = tuple(i for i in on if i not in by) or tuple(i for i in imposed_on if i not in by)
    if bearing and verb is not None:
        bearer = next((c for c in verb.children if c.dep_ == "nsubj"), None)
        on = on or (named(_near(bearer), cast, by) if bearer is not None else ())
        by = by or _speaker(verb, cast)
        on = tuple(i for i in on or named(_near(verb), cast, by) if i not in by)
    if verb is not None and noun.dep_ == "pobj" and noun.head.dep_ == "agent":  # "hit by a duty"
        struck = verb.head if verb.dep_ == "acl" else next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
        on = named(_near(struck), cast, by) if struck is not None else on
    if not on and owner and not set(owner) & set(by):
        on = owner
    return by, on


def averted(naming: Naming) -> bool:
    """Whether the verb keeps the instrument off, so that its subject is burdened: "to avert the threatened duties"."""
    noun, verb = naming.token, naming.verb
    if verb is None or not naming.is_noun:
        return False
    lemma = verb.lemma_.lower()
    off = any(c.lower_ == "off" for c in verb.children) or (noun.dep_ == "pobj" and noun.head.lower_ == "off")
    if lemma in words("averting_off"):
        return off
    if noun.dep_ not in ("dobj", "nsubjpass"):
        return False
    looming = any(c.lower_ in words("looming") for c in noun.lefts)
    return lemma in words("averting") or (lemma in words("halting") and looming)


def _is_effect(noun: Token, verb: Token | None) -> bool:
    """Whether the noun stands in the verb's complement as an object of "with" or "for": "hit X with tariffs"."""
    return (
        verb is not None
        and noun.dep_ == "pobj"
        and noun.head.lower_ == "with"
        and verb.lemma_.lower() in words("with_verbs")
    )


def _owner(noun: Token, cast: Cast) -> Ids:
    """Return whose instrument it is by its own words: "Peru's duty", "its ban", "the U.S. embargo"."""
    for child in noun.lefts:
        if child.dep_ == "poss":
            found = cast.parties(child).ids or named(child.subtree, cast, ())
            if found:
                return found
    found = named((t for c in noun.lefts if c.dep_ in _BESIDE[1:] for t in c.subtree), cast, ())
    if found:
        return found
    node = noun
    while node.dep_ == "pobj" and node.head.lower_ in ("of", "on") and node.head.head.pos_ == "NOUN":
        node = node.head.head
        found = named((t for c in node.lefts if c.dep_ in _BESIDE for t in c.subtree), cast, ())
        if found:
            return found
    return ()


def _relative(noun: Token, cast: Cast) -> tuple[Ids, Ids]:
    """Return who imposed it and on whom by a clause of its own: "which it placed on", "imposed by"."""
    for child in noun.children:
        if child.dep_ not in ("relcl", "acl") or child.pos_ != "VERB":
            continue
        telling = stage_of(child) is not None and child.lemma_.lower() != "warn" and not _is_own_subject(child)
        by = roles.subject(child, cast).ids if telling else ()
        if child.dep_ == "acl" and child.tag_ == "VBN":
            by = named((t for c in child.children if c.dep_ == "agent" for t in c.subtree), cast, ())
        elif child.dep_ == "acl":
            by = ()
        on: Ids = ()
        for preposition in _ONTO[:3]:
            on = on or _after(child, preposition, cast, by, child.i)
        if by or on:
            return by, on
    return (), ()


def _is_own_subject(verb: Token) -> bool:
    """Whether a relative clause has the instrument itself as its subject ("which takes effect")."""
    return not any(c.dep_ == "nsubj" and c.lower_ not in ("which", "that", "who") for c in verb.children)


def _burdened(naming: Naming, cast: Cast, by: Ids) -> Ids:
    """Return on whom a noun's instrument is, by the phrase it falls on and the prepositions around it."""
    noun, verb = naming.token, naming.verb
    if naming.object is not None:
        on = named(_near(naming.object), cast, by)
        if on:
            return on
    heads = [noun] + [c for c in noun.rights if c.dep_ == "acl"]
    if verb is not None and noun.dep_ in ("dobj", "nsubjpass", "oprd", "attr"):
        heads.append(verb)
    for head in heads:
        for preposition in _ONTO:
            on = _after(head, preposition, cast, by, noun.i)
            if on:
                return on
    if naming.object is not None:
        return named(naming.object.subtree, cast, by)
    return ()


def _after(head: Token, preposition: str, cast: Cast, by: Ids, start: int) -> Ids:
    """Return the actors in what stands after a preposition of this head, right of `start`."""
    for child in head.rights:
        if child.dep_ in ("prep", "dative", "agent") and child.lower_ == preposition and child.i > start:
            if any(t.lemma_.lower() in words("sparing") for t in child.subtree):
                continue
            found = named((t for c in child.children for t in _near(c)), cast, by)
            if found:
                return found
    return ()


def named(tokens: Iterable[Token], cast: Cast, without: Ids) -> Ids:
    """Return the actors that these words name, in order: by name, as nationality of a person, or by a pronoun."""
    out: dict[str, None] = {}
    for token in tokens:
        if token.i in cast.names:
            out[cast.names[token.i].actor] = None
        elif (
            token.i in cast.people.by_token
            or token.pos_ == "PRON"
            or token.lower_ in ("neighbour", "neighbor", "country", "island")
        ):
            out.update(dict.fromkeys(cast.party(token).ids))
    return tuple(i for i in out if i not in without)


def _near(head: Token) -> list[Token]:
    """Return the words of a phrase without the clauses set aside in it."""
    aside: set[int] = set()
    for token in head.subtree:
        if token.dep_ == "prep" and any(c.lemma_.lower() in words("answers") for c in token.children):
            aside |= {t.i for t in token.subtree}  # "in retaliation for sanctions over"
        if token.i != head.i and (token.dep_ in _ASIDE or (token.dep_ == "conj" and token.pos_ == "VERB")):
            aside |= {t.i for t in token.subtree}
    return [t for t in head.subtree if t.i not in aside]
