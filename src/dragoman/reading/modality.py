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
from dragoman.reading.deadlines import issuing

if TYPE_CHECKING:
    from spacy.tokens import Token

MAY = frozenset({"may", "might", "could", "can", "ca"})
WILL = frozenset({"will", "shall", "'ll", "’ll", "wo", "'d", "must", "would"})
NEGATIONS = frozenset({"not", "never", "n't", "n’t", "no", "neither", "nor", "none", "nobody", "nothing"})
#: Relations of a verb's own subject and object: "no" on one of them denies the act.
ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "attr"})
#: Relations through which a governing word reaches the act below it.
REACHED = frozenset(
    {"xcomp", "ccomp", "acl", "pcomp", "dobj", "pobj", "prep", "attr", "oprd", "acomp", "nsubjpass"}
    | {"conj", "advcl", "relcl"}
)


@dataclass(frozen=True, slots=True)
class Standing:
    """The status of an act, and the words that decided it.

    `future` is whether dates beside it look ahead (None when the words do not say); `negated` is True where the text
    plainly says that the act was not done, and not only that it was avoided, refused or left undone.
    """

    status: Status
    future: bool | None
    why: str
    negated: bool = False


@cache
def _words() -> tuple[dict[str, Status], dict[str, Status], dict[str, Status], frozenset[str]]:
    data = ontology.load("modality")
    verbs: dict[str, Status] = {w: s for s in ("planned", "possible", "denied", "ended") for w in data[s]}
    nouns: dict[str, Status] = {w: s for s, ws in data["nouns"].items() for w in ws}
    adjectives: dict[str, Status] = {w: s for s, ws in data["adjectives"].items() for w in ws}
    return verbs, nouns, adjectives, frozenset(data["conditions"])


@cache
def _list(name: str) -> frozenset[str]:
    """Return a list of the data by its name."""
    return frozenset(ontology.load("modality")[name])


def standing(token: Token) -> Standing:
    """Return the standing of the act that `token` carries."""
    if token.pos_ in ("NOUN", "PROPN"):
        return _of_noun(token)
    return _of_verb(token)


def negated(token: Token) -> Token | None:
    """Return the word that denies what a verb or noun says ("not", "no", "neither", "yet to"), or None.

    "No" also denies from the subject or object of a verb: "expelled no diplomats", "neither side signed".
    """
    for child in token.children:
        if child.dep_ == "neg" or (
            child.lower_ in NEGATIONS and child.dep_ in ("det", "preconj", "advmod", "nsubj", "dobj")
        ):
            return child
        if child.dep_ in ARGUMENTS and token.pos_ in ("VERB", "AUX"):
            below = next(
                (c for c in child.children if c.lower_ in ("no", "neither") and c.dep_ in ("det", "preconj")), None
            )
            if below is not None:
                return below
    head = token.head
    if token.dep_ == "conj":
        return next((c for c in head.children if c.lower_ in ("nor", "neither") and c.dep_ in ("cc", "preconj")), None)
    if token.dep_ == "pcomp" and head.lower_ == "without":
        return head
    if token.dep_ == "xcomp" and head.lemma_ == "have":
        return next((c for c in head.children if c.lower_ == "yet"), None)
    return None


def _of_noun(token: Token) -> Standing:
    _, nouns, adjectives, _ = _words()
    no = negated(token)
    if no is not None:
        return Standing("denied", None, no.text, negated=True)
    over = closing(token)
    if over is not None and (over.tag_ == "VBD" or any(c.lower_ in ("has", "have", "had") for c in over.children)):
        return Standing("happened", False, over.text)
    for child in token.children:
        if child.i < token.i and child.lower_ in adjectives and child.dep_ in ("amod", "compound", "nmod"):
            return _standing(adjectives[child.lower_], child)
    head = token.head
    if token.dep_ == "pobj" and head.lower_ == "of" and head.head.lemma_.lower() in _list("stretches"):
        return _of_noun(head.head)  # "two days of talks", "a round of talks"
    if token.dep_ == "pobj" and head.dep_ == "prep":
        governor = head.head
        forward = "forward" in (governor.lower_, *(c.lower_ for c in governor.children))
        if head.lower_ == "to" and forward and "look" in (governor.lemma_, governor.head.lemma_):
            return Standing("planned", True, "look forward to")
        if head.lower_ in _list("presupposing") and standing(governor).status == "denied":
            return Standing("happened", None, head.text)  # "failed to agree during talks"
        if head.lower_ == "for" and groundwork(governor) is not None:
            return Standing("planned", True, governor.text)
        if governor.lemma_.lower() in nouns and head.lower_ in ("of", "for"):
            return _combined(nouns[governor.lemma_.lower()], governor)
        if governor.pos_ in ("VERB", "AUX"):
            objectlike = head.lower_ in ("for", "from", "against", "on")
            return _governed(governor) if objectlike else _of_verb(governor)
        return Standing("happened", None, "")
    if token.dep_ in ("dobj", "nsubjpass", "attr", "conj") and head.pos_ in ("VERB", "AUX"):
        return _governed(head)
    if token.dep_ == "nsubj" and head.pos_ in ("VERB", "AUX"):
        above = _auxiliaries(head)
        if above and above.status in ("planned", "possible"):
            return above
    return Standing("happened", None, "")


def keeps_silent(verb: Token) -> bool:
    """Whether a refusal is only one to speak: "declined to comment", "refused to say more"."""
    if verb.lemma_.lower() not in _list("declining"):
        return False
    refused = (c.lemma_.lower() for c in verb.children if c.dep_ in ("xcomp", "dobj", "ccomp"))
    return any(w in _list("comments") for w in refused)


def closing(noun: Token) -> Token | None:
    """Return the verb that says that talks ended or began: "talks which ended on Friday", "the meeting closed"."""
    for verb in (noun.head, *noun.children):
        below = verb.head.i == noun.i and verb.dep_ in ("relcl", "acl") and verb.tag_ != "VB"
        above = noun.dep_ == "nsubj" and verb.i == noun.head.i
        if (below or above) and verb.pos_ == "VERB" and verb.lemma_.lower() in _list("closing") | _list("opening"):
            return verb
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lemma_.lower() in _list("stretches"):
        return closing(noun.head.head)
    return None


def groundwork(noun: Token) -> Token | None:
    """Return the verb that prepares what stands after "for": "will lay the groundwork for talks", or None."""
    verb = noun.head
    if noun.dep_ != "dobj" or verb.pos_ != "VERB":
        return None
    if noun.lemma_.lower() in _list("groundwork"):
        return verb
    return verb if noun.lemma_.lower() in _list("grounds") and verb.lemma_.lower() in _list("clearing") else None


def _weighed(verb: Token) -> Token | None:
    """Return the word for weighing just before a gerund, where the parse may not have seen a verb: "Lima eyes lifting".

    A real noun would have an article or an adjective ("recent studies easing fears").
    """
    if verb.tag_ != "VBG" or verb.i < 2:
        return None
    word, before = verb.nbor(-1), verb.nbor(-2)
    forms = {f for w in _list("weighing") for f in (w + "s", w[:-1] + "ies" if w.endswith("y") else w + "es")}
    named = before.pos_ in ("PROPN", "NOUN") or before.text[:1].isupper()
    return word if word.lower_ in forms and named and before.pos_ not in ("DET", "PRON") else None


def _governed(verb: Token) -> Standing:
    """Return the standing a noun gets from the verb it is the object of, and that verb's own."""
    verbs, *_ = _words()
    lemma = verb.lemma_.lower()
    if lemma in ("call", "offer"):
        return Standing("possible", True, verb.text)
    own = verbs.get(lemma)
    if own and lemma not in _list("addressing"):
        return _combined(own, verb)
    return _of_verb(verb)


def _standing(status: Status, word: Token) -> Standing:
    return Standing(status, status in ("planned", "possible"), word.text)


def _of_verb(token: Token) -> Standing:
    own = _auxiliaries(token)
    if own is not None:
        return own
    above = _above(token)
    if above is not None:
        return above
    weighed = _weighed(token)
    if weighed is not None:
        return Standing("possible", True, weighed.text)
    issued = issuing(token)
    if issued is not None:
        brought = standing(issued)
        if brought.status != "happened":
            return brought  # "plans to issue a decree slapping duties on"
    return Standing("happened", _direction(token), token.tag_)


def _direction(verb: Token) -> bool | None:
    """Return where a date beside a verb looks that is told as a fact, None where tense does not say.

    "Leaves on Wednesday" looks ahead, "left on Wednesday" back. What is announced, and what "has" been done and yet
    has a date, may take effect on it: "has called a rally for Friday". "We condemn the raid of 5 May" plans nothing.
    """
    lemma = verb.lemma_.lower()
    if verb.tag_ in ("VBZ", "VBP"):
        return None if lemma in _list("performatives") else True
    if verb.tag_ not in ("VBD", "VBN"):
        return None
    perfect = any(c.dep_ == "aux" and c.lower_ in ("has", "have") for c in verb.children)
    return None if (perfect and lemma not in _words()[0]) or lemma in _list("announcing") else False


def _auxiliaries(token: Token) -> Standing | None:
    """Return what the verb's own auxiliaries, negation and conditions say, or None when they say nothing."""
    children = list(token.children)
    if any(c.dep_ == "mark" and c.lower_ in ("if", "unless", "whether") for c in children):
        return Standing("possible", True, "if")
    aux = {c.lower_ for c in children if c.dep_ in ("aux", "auxpass")}
    no = negated(token)
    why = " ".join(sorted(aux)) + (f" {no.text}" if no is not None else "")
    if aux & MAY:
        never = no is not None and bool(aux & {"could", "can", "ca"})
        return Standing("denied" if never else "possible", True, why, negated=never)
    if aux & WILL:
        if no is not None:
            return Standing("denied", True, why, negated=True)
        perhaps = any(c.lower_ in _list("perhaps") or (c.dep_ == "advcl" and _opens_condition(c)) for c in children)
        return Standing("possible" if perhaps else "planned", True, why)
    if "should" in aux or "ought" in aux:
        return Standing("possible", True, "should")
    if any(
        c.lower_ == "longer" and any(g.lower_ in ("no", "not", "any") for g in (*c.children, *children))
        for c in children
    ):
        return Standing("ended", None, "no longer")
    if no is not None:
        return Standing("denied", None, no.text, negated=True)
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
            own = any(c.dep_ in ("nsubj", "nsubjpass", "aux") for c in node.children)
            shared = None if own or node.tag_ in ("VBD", "VBZ", "VBP") else _auxiliaries(head)
            if shared:
                return shared
        elif head.pos_ == "NOUN" and node.dep_ in ("acl", "ccomp", "appos") and not _infinitive(node):
            doubted = head.dep_ in ("dobj", "nsubjpass", "pobj") and _doubting(head) is not None
            if doubted or (head.dep_ == "nsubj" and _is_untrue(head.head)):  # "denied a report that"
                return Standing("denied", None, head.head.text, negated=True)
            return None
        elif node.dep_ in ("xcomp", "ccomp", "pcomp", "prep", "acomp", "oprd") or (
            node.dep_ in ("acl", "advcl") and _infinitive(node)
        ):
            lemma = head.lemma_.lower()
            if node.dep_ == "ccomp" and (lemma in _list("untrue") or _is_untrue(head)):
                return Standing("denied", None, head.text, negated=True)  # "it is untrue that"
            if node.dep_ == "ccomp" and lemma not in _list("contents"):
                return None
            if lemma == "have" and _infinitive(node):
                return _auxiliaries(head) or Standing("possible", True, "should")  # a duty is no act
            if lemma == "be" and _infinitive(node):
                return Standing("planned", True, "be to")
            if node.dep_ == "advcl":
                return Standing("possible", True, "to")
            status = (verbs if head.pos_ in ("VERB", "AUX", "ADJ") else nouns).get(_lemma(head))
            if status:
                return _combined(status, head)
        elif node.dep_ in ("relcl", "advcl"):
            return None
        node = head
    return None


def _combined(status: Status, governor: Token) -> Standing:
    """Return the standing of an act below `governor`: a refusal that is itself only possible leaves it possible."""
    if negated(governor) is not None:
        if governor.lemma_.lower() in ("rule", "exclude"):
            return Standing("possible", True, governor.text)  # what is not ruled out may happen
        return Standing("happened" if status in ("denied", "ended") else "denied", None, governor.text)
    return Standing(
        status, status in ("planned", "possible"), governor.text, negated=governor.lemma_.lower() in ("deny", "denial")
    )


def _lemma(token: Token) -> str:
    """Return the lemma, with the last letter that the parser cut off: "hopes" is no form of "hop"."""
    lemma = token.lemma_.lower()
    whole = lemma + "e"
    cut = token.lower_ in (whole + "s", whole + "d", lemma + "ing") and lemma not in _words()[0]
    return whole if cut and whole in _words()[0] else lemma


def _infinitive(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def _doubting(report: Token) -> Token | None:
    """Return the verb that denies what a report, its object, says ("laughed off a report"), or None."""
    verb = report.head.head if report.dep_ == "pobj" else report.head
    return verb if verb.lemma_.lower() in _list("doubting") else None


def _is_untrue(verb: Token) -> bool:
    """Whether a verb says of its subject that it is not so: "the report was wrong"."""
    return (
        any(c.dep_ in ("acomp", "attr") and c.lower_ in _list("untrue") for c in verb.children)
        and negated(verb) is None
    )
