"""Status: whether an act happened, is planned, may happen, is denied or has ended.

In:     the token that carries an act, in its syntax tree.
Out:    a `Standing`: the status, whether it looks ahead (for reading dates), and the words that decided.
Data:   ontology/modality.yaml.

The nearest word decides, walking up: "may", "did not", "plans to", "if ...". A verb in the past under nothing that
changes it happened; so did one in the present, unless its date lies ahead, which only the caller knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from dragoman import ontology
from dragoman.domain import Status

if TYPE_CHECKING:
    from spacy.tokens import Token

MAY = frozenset({"may", "might", "could", "can", "ca"})
WILL = frozenset({"will", "shall", "'ll", "’ll", "wo", "'d", "must"})
NEGATIONS = frozenset({"not", "never", "n't", "n’t", "no", "neither", "nor"})
#: Relations through which a governing word reaches the act below it.
REACHED = frozenset(
    {
        "xcomp",
        "ccomp",
        "acl",
        "pcomp",
        "dobj",
        "pobj",
        "prep",
        "attr",
        "oprd",
        "acomp",
        "nsubjpass",
        "conj",
        "advcl",
        "relcl",
    }
)


@dataclass(frozen=True, slots=True)
class Standing:
    """The status of an act; `future` is whether dates beside it look ahead (None when the words do not say)."""

    status: Status
    future: bool | None
    why: str


@cache
def _words() -> tuple[dict[str, Status], dict[str, Status], dict[str, Status], frozenset[str]]:
    data = ontology.load("modality")
    verbs: dict[str, Status] = {w: s for s in ("planned", "possible", "denied", "ended") for w in data[s]}
    nouns: dict[str, Status] = {w: s for s, ws in data["nouns"].items() for w in ws}
    adjectives: dict[str, Status] = {w: s for s, ws in data["adjectives"].items() for w in ws}
    return verbs, nouns, adjectives, frozenset(data["conditions"])


def standing(token: Token) -> Standing:
    """Return the standing of the act that `token` carries."""
    if token.pos_ in ("NOUN", "PROPN"):
        return _of_noun(token)
    return _of_verb(token)


def _of_noun(token: Token) -> Standing:
    _, nouns, adjectives, _ = _words()
    for child in token.children:
        if child.i < token.i and child.lower_ in adjectives and child.dep_ in ("amod", "compound", "nmod"):
            status = adjectives[child.lower_]
            return Standing(status, status in ("planned", "possible"), child.text)
        if child.lower_ == "no" and child.dep_ == "det":
            return Standing("denied", None, child.text)
    head = token.head
    if token.dep_ == "pobj" and head.dep_ == "prep":
        if head.head.lemma_.lower() in nouns and head.lower_ in ("of", "for"):
            status = nouns[head.head.lemma_.lower()]
            return Standing(status, status in ("planned", "possible"), head.head.text)
        if head.head.pos_ in ("VERB", "AUX"):
            return (
                _governed(token, head.head) if head.lower_ in ("for", "from", "against", "on") else _of_verb(head.head)
            )
        return Standing("happened", None, "")
    if token.dep_ in ("dobj", "nsubjpass", "attr", "conj") and head.pos_ in ("VERB", "AUX"):
        return _governed(token, head)
    if token.dep_ in ("nsubj",) and head.pos_ in ("VERB", "AUX"):
        above = _auxiliaries(head)
        if above and above.status in ("planned", "possible"):
            return above
    return Standing("happened", None, "")


def _governed(noun: Token, verb: Token) -> Standing:
    """Return the standing a noun gets from the verb it is the object of, and that verb's own."""
    verbs, *_ = _words()
    own = verbs.get(verb.lemma_.lower())
    if own and verb.lemma_.lower() not in ("announce", "order", "discuss", "call", "offer", "reject", "oppose"):
        return Standing(own, own in ("planned", "possible"), verb.text)
    if verb.lemma_.lower() in ("call", "offer"):
        return Standing("possible", True, verb.text)
    return _of_verb(verb)


def _of_verb(token: Token) -> Standing:
    own = _auxiliaries(token)
    if own is not None:
        return own
    above = _above(token)
    if above is not None:
        return above
    ahead = False if token.tag_ in ("VBD", "VBN") else True if token.tag_ in ("VBZ", "VBP") else None
    return Standing("happened", ahead, token.tag_)  # "leaves on Wednesday": the date, if any, lies ahead


def _auxiliaries(token: Token) -> Standing | None:
    """Return what the verb's own auxiliaries, negation and conditions say, or None when they say nothing."""
    children = list(token.children)
    aux = {c.lower_ for c in children if c.dep_ in ("aux", "auxpass")}
    negated = next((c for c in children if c.dep_ == "neg" or c.lower_ in ("never", "no longer")), None)
    conditional = any(c.dep_ == "advcl" and _opens_condition(c) for c in children)
    if aux & MAY:
        return Standing(
            "denied" if negated and aux & {"could", "can", "ca"} else "possible", True, " ".join(sorted(aux))
        )
    if aux & WILL or "would" in aux:
        if negated:
            return Standing("denied", True, f"{' '.join(sorted(aux))} {negated.text}")
        return Standing("possible" if conditional else "planned", True, " ".join(sorted(aux)))
    if "should" in aux or "ought" in aux:
        return Standing("possible", True, "should")
    if negated:
        return Standing("denied", None, negated.text)
    if any(c.dep_ == "mark" and c.lower_ in ("if", "unless", "whether") for c in children):
        return Standing("possible", True, "if")
    return None


def _opens_condition(clause: Token) -> bool:
    return any(c.dep_ in ("mark", "advmod") and c.lower_ in _words()[3] for c in clause.children)


def _above(token: Token) -> Standing | None:
    """Return what the words above the verb say of it."""
    verbs, nouns, _, _ = _words()
    node = token
    for _ in range(6):
        head = node.head
        if head.i == node.i or node.dep_ not in REACHED:
            return None
        if node.dep_ == "conj":
            if head.pos_ not in ("VERB", "AUX"):
                return None
            shared = (
                _auxiliaries(head) if not any(c.dep_ in ("nsubj", "nsubjpass", "aux") for c in node.children) else None
            )
            if shared and shared.status != "denied":
                return shared
        elif node.dep_ in ("xcomp", "ccomp", "pcomp", "prep", "acomp", "oprd") or (
            node.dep_ in ("acl", "advcl") and _infinitive(node)
        ):
            lemma = head.lemma_.lower()
            if node.dep_ == "ccomp" and lemma not in (
                "deny",
                "hope",
                "wish",
                "propose",
                "demand",
                "suggest",
                "recommend",
                "fear",
                "expect",
                "urge",
                "request",
                "doubt",
            ):
                return None
            if lemma == "be" and _infinitive(node):
                return Standing("planned", True, "be to")
            if node.dep_ == "advcl":
                return Standing("possible", True, "to")
            status = (verbs if head.pos_ in ("VERB", "AUX", "ADJ") else nouns).get(lemma)
            if status:
                return _combined(status, head)
        elif node.dep_ in ("relcl", "advcl"):
            return None
        node = head
    return None


def _combined(status: Status, governor: Token) -> Standing:
    """Return the standing of an act below `governor`: a refusal that is itself only possible leaves it possible."""
    own = _auxiliaries(governor) if governor.pos_ in ("VERB", "AUX") else None
    if own and own.status == "denied" and status in ("denied", "ended"):
        return Standing("happened", None, governor.text)
    if own and own.status == "denied" and status in ("planned", "possible"):
        return Standing("denied", None, governor.text)
    return Standing(status, status in ("planned", "possible"), governor.text)


def _infinitive(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)
