"""Roles: who does an act and to whom, from the syntax around the words that name it.

In:     an `Act` and the `Cast`.
Out:    `Roles`: the parties on the acting and on the receiving side, and how sure the syntax is.

The subject acts, "by" acts in the passive, an owner acts in a noun ("Russia's invasion of Ukraine"); a verb without a
subject takes that of the verb above it. Receiving sides are looked for where the act's entry says, then in the object
and its prepositions. Where the text names no other side, the answer is empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman import ontology
from dragoman.domain import MUTUAL
from dragoman.language.acts import Act
from dragoman.reading.cast import Cast
from dragoman.reading.deadlines import issuing
from dragoman.reading.offices import is_agent
from dragoman.reading.party import NOBODY, UNPLACED, Party

if TYPE_CHECKING:
    from spacy.tokens import Token

#: Prepositions that lead to a receiving side when the entry names none.
RECEIVING = (
    "against",
    "on",
    "upon",
    "to",
    "toward",
    "towards",
    "with",
    "from",
    "for",
    "over",
    "of",
    "into",
    "between",
    "among",
    "about",
)
#: How many verbs a missing subject is looked for upwards (guess).
MAX_STEPS = 8
#: Prepositions that lead to the other side of an act done together; a meeting's place and occasion take no part.
TOGETHER = ("with", "between", "among")
#: Nouns that stand for a measure: whoever owns one imposed it.
MEASURES = frozenset(
    {"tariff", "sanction", "duty", "levy", "embargo", "ban", "restriction", "curb", "measure", "penalty", "limit"}
    | {"quota", "barrier", "surcharge", "blockade"}
)
#: Nouns that put an act to somebody else, who is then the one to do it.
ADDRESSED = frozenset({"invitation", "request", "appeal", "order", "call", "demand", "offer"})


@dataclass(frozen=True, slots=True)
class Roles:
    """Who acts and who is acted on.

    `direct` is False where a side is only named as an owner of something; `inward` is True where the text names
    whom the act is done to and it is the actor's own side ("the ministry told Japanese makers to cut output").
    """

    actor: Party
    recipient: Party
    direct: bool
    inward: bool = False


def roles(act: Act, cast: Cast) -> Roles:
    """Return who does the act and to whom."""
    if act.hints.noun:
        actor, recipient = _noun_roles(act, cast)
    else:
        actor, recipient = _verb_roles(act, cast)
    if act.type in MUTUAL or (act.hints.mutual and (len(actor.ids) > 1 or _at("with", act, cast).ids)):
        return _joint(act, actor, recipient, cast)
    others = tuple(i for i in recipient.ids if i not in actor.ids)
    inward = bool(actor.ids) and not others and _is_inward(act, actor, cast)
    recipient = replace(recipient, ids=others, persons=tuple(p for p in recipient.persons if p.affiliation in others))
    return Roles(actor, recipient, actor.direct and recipient.direct, inward)


def _is_inward(act: Act, actor: Party, cast: Cast) -> bool:
    """Whether what the act is done to belongs to the actor's own side."""
    places = ("obj", "iobj", *act.hints.recipient) if not act.hints.noun else act.hints.recipient or RECEIVING
    for place in places:
        found = _at(place, act, cast) if place != "subj" else NOBODY
        if found.ids and set(found.ids) <= set(actor.ids):
            return True
    return False


def subject(verb: Token, cast: Cast) -> Party:
    """Return who does what the verb says, following control and coordination."""
    return _subject(verb, cast, 0)


def _subject(verb: Token, cast: Cast, depth: int) -> Party:
    if depth > MAX_STEPS:
        return NOBODY
    passive = is_passive(verb)
    for child in verb.children:
        if passive and child.dep_ == "agent":
            return _first(cast.parties(inner) for inner in child.children if inner.dep_ == "pobj")
        if not passive and child.dep_ in ("nsubj", "csubj"):
            found = cast.parties(child)
            return found if found.ids else UNPLACED
    if passive:
        return NOBODY
    issued = issuing(verb)
    if issued is not None and not is_passive(issued):
        return _subject(issued, cast, depth + 1)  # "signed a decree imposing": whoever signed
    head = verb.head
    if verb.dep_ == "ROOT" or head.i == verb.i:
        return NOBODY
    if verb.dep_ in ("acl", "relcl"):
        if verb.dep_ == "acl" and verb.tag_ == "VB":  # "a plan to impose": whoever has the plan
            return _holder(head, cast, depth + 1)
        return cast.parties(head)
    if verb.dep_ == "conj":
        while head.pos_ not in ("VERB", "AUX") and head.head.i != head.i:
            head = head.head
        if is_passive(head) and not is_passive(verb):
            return _patient(head, cast)
        return _subject(head, cast, depth + 1)
    if verb.dep_ in ("xcomp", "ccomp", "advcl", "pcomp", "prep", "oprd", "acomp", "dep", "parataxis"):
        node = head
        while node.pos_ not in ("VERB", "AUX") and node.head.i != node.i:
            if node.pos_ in ("NOUN", "PROPN"):
                return _holder(node, cast, depth + 1)
            node = node.head
        if verb.dep_ in ("xcomp", "pcomp", "ccomp"):
            controller = next((c for c in node.children if c.dep_ in ("dobj", "dative") and c.i < verb.i), None)
            if controller is not None:
                found = cast.parties(controller)
                if found.ids and found.direct:
                    return found
        if is_passive(node):
            return _patient(node, cast)
        return _subject(node, cast, depth + 1)
    return NOBODY


def _holder(noun: Token, cast: Cast, depth: int) -> Party:
    """Return whose plan, decision or promise a noun is: its owner, else the subject of the verb above it."""
    if noun.lemma_.lower() in ADDRESSED:  # "an invitation to the minister to visit": the minister visits
        asked = _first(
            cast.parties(t) for preposition in ("to", "for", "on") for t in _objects_of(noun, preposition, cast)
        )
        if asked.ids:
            return asked
    owner = _owner(noun, cast)
    if owner.ids:
        return owner
    node = noun
    for _ in range(3):
        node = node.head
        if node.pos_ in ("VERB", "AUX"):
            return _subject(node, cast, depth)
    return NOBODY


def is_passive(verb: Token) -> bool:
    """Whether the verb is passive: it has a passive auxiliary or subject, or is a bare past participle."""
    if any(c.dep_ in ("auxpass", "nsubjpass", "agent") for c in verb.children):
        return True
    return (
        verb.tag_ == "VBN"
        and verb.dep_ in ("acl", "amod")
        and not any(c.dep_ in ("aux", "nsubj") for c in verb.children)
    )


def _patient(verb: Token, cast: Cast) -> Party:
    """Return whom a passive verb is done to."""
    for child in verb.children:
        if child.dep_ in ("nsubjpass", "nsubj"):
            return cast.parties(child)
    if verb.dep_ in ("acl", "relcl", "amod"):
        return cast.parties(verb.head)
    if verb.dep_ == "conj" and is_passive(verb.head):
        return _patient(verb.head, cast)
    return NOBODY


def _verb_roles(act: Act, cast: Cast) -> tuple[Party, Party]:
    verb = act.head
    actor = _subject(verb, cast, 0)
    places = [p for p in act.hints.recipient if p != "subj"]
    if act.hints.actor and "subj" not in act.hints.actor:  # "face sanctions from": the subject receives
        receiver = actor if not is_passive(verb) else _patient(verb, cast)
        giver = _first(_at(place, act, cast) for place in act.hints.actor)
        return giver if giver.ids else UNPLACED, receiver
    patient = _patient(verb, cast) if is_passive(verb) else NOBODY
    found = [_at(place, act, cast) for place in places]
    if patient.ids and ("obj" in places or not places):
        found.insert(0, patient)
    best = _choose(found, actor)
    if not best.ids:
        elsewhere = TOGETHER if act.type in MUTUAL or act.hints.mutual else RECEIVING
        best = _choose([patient, *(_at(place, act, cast) for place in ("obj", "iobj", *elsewhere))], actor)
    if not best.ids and act.hints.speech:
        best = _choose(list(_spoken_of(verb, cast)), actor)
    if not actor.ids and not actor.named and is_passive(verb):
        actor, best = _of_measure(verb, best, cast)
    if not best.ids and any(_is_somebody(c) for c in verb.children if c.dep_ in ("dobj", "dative", "nsubjpass")):
        best = UNPLACED
    return actor, best


def _of_measure(verb: Token, found: Party, cast: Cast) -> tuple[Party, Party]:
    """Return the sides of "the American sanctions on Iran were lifted": whose measure it was, and whom it burdened."""
    measure = next((c for c in verb.children if c.dep_ == "nsubjpass" and c.pos_ == "NOUN"), None)
    if measure is None and verb.dep_ in ("relcl", "acl"):
        measure = verb.head
    if measure is None or measure.lemma_.lower() not in MEASURES:
        return NOBODY, found
    owner = _owner(measure, cast)
    if not owner.ids:
        return NOBODY, found
    burdened = _choose([_preposition(measure, p, cast) for p in ("on", "against", "over", "for")], owner)
    return owner, burdened


def _is_somebody(token: Token) -> bool:
    """Whether a noun stands for people or states, so that it is who an act is done to even where unknown."""
    return token.ent_type_ == "PERSON" or is_agent(token.lemma_.lower()) or token.pos_ == "PRON"


def _noun_roles(act: Act, cast: Cast) -> tuple[Party, Party]:
    noun = act.head
    actor = _owner(noun, cast)
    if act.hints.actor:
        actor = _first([_at(place, act, cast) for place in act.hints.actor] + [actor])
    by = _first(cast.parties(p) for p in _objects_of(noun, "by", cast))
    if by.ids:
        actor, owned = by, actor
    else:
        owned = NOBODY
    carrier = _carrier(noun)
    doubted = carrier is not None and carrier.lemma_.lower() in ontology.load("modality")["doubting"]
    if not actor.ids and carrier is not None and not doubted:
        actor = _subject(carrier, cast, 0)
    places = act.hints.recipient or RECEIVING
    found = [_at(place, act, cast) for place in places] + [_at(place, act, cast) for place in RECEIVING]
    best = _choose([*found, owned], actor)
    if not best.ids and carrier is not None and doubted:
        best = _choose([_subject(carrier, cast, 0)], actor)  # "rejected the charge": it was made against them
    if not best.ids and carrier is not None:
        best = _choose([_preposition(carrier, place, cast) for place in places], actor)
    return actor, best


def _carrier(noun: Token) -> Token | None:
    """Return the verb that has the act noun as its object ("imposed sanctions"), or None."""
    node = noun
    while node.dep_ == "conj":
        node = node.head
    if node.dep_ in ("dobj", "attr", "oprd") and node.head.pos_ in ("VERB", "AUX"):
        return node.head
    if (
        node.dep_ == "pobj"
        and node.head.head.pos_ in ("VERB", "AUX")
        and node.head.lower_ in ("for", "in", "on", "with", "to", "from")
    ):
        return node.head.head
    return None


def _owner(noun: Token, cast: Cast) -> Party:
    """Return the actors that own an act noun: "Russia's invasion", "U.S. tariffs", "Indian and Chinese talks"."""
    found: list[Party] = []
    for child in noun.lefts:
        if child.dep_ == "poss":
            return cast.parties(child)
        if child.dep_ in ("amod", "compound", "nmod", "npadvmod"):
            ids = cast.named_by(child, possessive=False)
            if ids:
                found.append(Party(tuple(ids)))
    if not found:
        return NOBODY
    return Party(tuple(dict.fromkeys(i for p in found for i in p.ids)))


def _at(place: str, act: Act, cast: Cast) -> Party:
    """Return who stands at a place of the act: subj, obj, iobj, poss, adj, or after a preposition."""
    head = act.head
    if place == "subj":
        return _subject(head, cast, 0) if not act.hints.noun else _owner(head, cast)
    if place == "obj":
        found = [cast.parties(c) for c in head.children if c.dep_ in ("dobj", "attr", "oprd")]
        if act.object is not None and act.object.i != head.i:
            found.append(cast.parties(act.object))
        return _first(found)
    if place == "iobj":
        return _first(cast.parties(c) for c in head.children if c.dep_ == "dative" and c.pos_ != "ADP")
    if place in ("poss", "adj"):
        owner = _owner(act.object if act.object is not None and not act.hints.noun else head, cast)
        return owner
    found = [_preposition(head, place, cast)]
    for word in act.words:
        if word.i != head.i and word.pos_ in ("NOUN", "PROPN", "VERB", "ADJ"):
            found.append(_preposition(word, place, cast))
    if act.object is not None:
        found.append(_preposition(act.object, place, cast))
    return _first(found)


def _preposition(head: Token, preposition: str, cast: Cast) -> Party:
    return _first(cast.parties(t) for t in _objects_of(head, preposition, cast))


def _objects_of(head: Token, preposition: str, cast: Cast) -> Sequence[Token]:
    """Return what stands after a preposition of this head, also after its particle ("pull out of")."""
    if head.i not in cast.prepositions:
        cast.prepositions[head.i] = _by_preposition(head)
    return cast.prepositions[head.i].get(preposition, ())


def _by_preposition(head: Token) -> dict[str, list[Token]]:
    """Return what stands after each preposition of this head."""
    out: dict[str, list[Token]] = {}
    for child in head.children:
        if child.dep_ in ("prep", "agent", "dative", "prt", "advmod") and child.pos_ in ("ADP", "ADV", "SCONJ", "PART"):
            out.setdefault(child.lower_, []).extend(c for c in child.children if c.dep_ in ("pobj", "pcomp"))
            for inner in child.children:
                if inner.dep_ == "prep":
                    out.setdefault(inner.lower_, []).extend(c for c in inner.children if c.dep_ == "pobj")
    return out


def _spoken_of(verb: Token, cast: Cast) -> Iterator[Party]:
    """Yield who is spoken of in the content of a speech act: the subjects of its clauses, then whoever is named."""
    for clause in verb.children:
        of_doing = clause.dep_ == "prep" and any(c.dep_ == "pcomp" for c in clause.children)
        if clause.dep_ in ("ccomp", "xcomp", "pcomp") or of_doing:
            inner = [t for t in clause.subtree if t.pos_ in ("NOUN", "PROPN", "PRON")]
            yield from (cast.parties(t) for t in inner if t.dep_ in ("nsubj", "nsubjpass"))
            yield from (cast.parties(t) for t in inner if t.dep_ in ("dative", "dobj", "pobj", "poss", "compound"))


def _joint(act: Act, actor: Party, recipient: Party, cast: Cast) -> Roles:
    """Return an act done together: all sides act."""
    sides = [actor, recipient]
    if act.hints.noun:
        sides += [_at(place, act, cast) for place in ("between", "with", "among", "of")]
        if act.mode == "visit":
            sides.append(_at("to", act, cast))
    ids = tuple(dict.fromkeys(i for p in sides for i in p.ids))
    persons = tuple(dict.fromkeys(x for p in sides for x in p.persons))
    return Roles(Party(ids, persons), NOBODY, actor.direct or recipient.direct)


def _choose(found: list[Party], actor: Party) -> Party:
    """Return the first party that names somebody else than the actor; one meant itself goes before an owner."""
    others = [p for p in found if any(i not in actor.ids for i in p.ids)]
    return next((p for p in others if p.direct), others[0] if others else NOBODY)


def _first(found: object) -> Party:
    return next((p for p in found if p.ids), NOBODY)  # type: ignore[attr-defined]
