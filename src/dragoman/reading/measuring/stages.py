"""Stages of a measure: how far an instrument has come as of publication, and the window in which it took effect.

In:     a `Naming`, the document's `Clock` and its publication date.
Out:    `Stage`: a status, or None where the words only mention the instrument; its window; whether a part is meant.
Data:   the stages of ontology/measures.yaml, and the modality of reading/modality.py.

What is to be lifted is still in force, and the date of its lifting is not its own. The day of an announcement is not
the day of effect.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dragoman.domain import MeasureStatus, Window
from dragoman.reading.measuring.naming import Naming, is_share, words
from dragoman.reading.measuring.sides import averted, stage_of
from dragoman.reading.measuring.windows import effect_window, into_effect, is_ahead
from dragoman.reading.modality import Standing, standing
from dragoman.reading.when import Clock

if TYPE_CHECKING:
    from spacy.tokens import Token

AHEAD = frozenset({"planned", "possible"})
_HAVING = frozenset({"has", "have", "had", "'s", "’s", "'ve", "having"})
_WAS = frozenset({"was", "were", "been"})


@dataclass(frozen=True, slots=True)
class Stage:
    """How far an instrument has come.

    `status` is None where the words do not say; `act` is what is done to it; `partly` is True where only a part of it
    is meant ("51 mln dlrs of the sanctions").
    """

    status: MeasureStatus | None
    when: Window | None
    act: str | None
    partly: bool
    why: str


def stage(naming: Naming, clock: Clock, published: date | None) -> Stage | None:
    """Return the stage that a naming tells of, or None where the words deny the instrument or only ask about it."""
    if naming.sentence.tokens.text.rstrip().endswith("?"):
        return None
    act, stands = _act(naming), _standing(naming)
    if stands.status == "denied" and act not in ("lift", "suspend") and not averted(naming):
        return None
    status, why = _status(naming, act, stands)
    when = effect_window(naming, act, status, stands, clock, published)
    if is_ahead(when, published) and status in ("in-force", None) and act in ("impose", "announce", "effect", None):
        status, act = "announced", act or "effect"
    if is_ahead(when, published) and status in ("lifted", "suspended") and act in ("lift", "suspend"):
        status, when = "in-force", None  # the lifting is announced for a day to come
    partly = _partly(naming.token) or is_share(naming.object)
    if partly and act == "suspend" and stands.status == "planned":
        status = "suspended"
    return Stage(status, when, act, partly and status in ("lifted", "suspended"), why)


# -- what is done to it ---------------------------------------------------------------------------------------------


def _act(naming: Naming) -> str | None:
    """Return what is done to the instrument: by "the lifting of", else by the verb that governs it."""
    verb, token = naming.verb, naming.token
    if not naming.is_noun:
        return "impose"
    for noun in _above(token):
        lemma = noun.lemma_.lower()
        for act, name in (
            ("lift", "nouns_of_lifting"),
            ("suspend", "nouns_of_suspending"),
            ("propose", "nouns_of_proposing"),
        ):
            if lemma in words(name):
                return act
    if any(c.dep_ in ("relcl", "acl") and stage_of(c) == "effect" and into_effect(c) for c in token.children):
        return "effect"
    governed = stage_of(verb)
    if verb is not None and verb.lemma_.lower() in words("taking") and token.dep_ == "dobj":
        return "impose"
    if verb is not None and verb.lemma_.lower() in ("need", "require") and token.dep_ == "dobj":
        return "impose"
    if verb is None or governed is None:
        return None
    preposition = _only_beside(token)
    if preposition is not None:
        return "impose" if preposition == "with" and verb.lemma_.lower() in words("with_verbs") else None
    if governed == "effect":
        if token.dep_ in ("nsubj", "nsubjpass"):
            return governed if verb.lemma_.lower() not in ("take", "enter", "come") or into_effect(verb) else None
        return "impose" if verb.lemma_.lower() in ("apply", "start", "begin") else None
    if governed == "impose" and token.dep_ == "nsubj" and token.i < verb.i:
        return None
    if governed == "impose" and any(stage_of(v) == "announce" for v in _governors(verb)):
        return "announce"
    return governed


def _only_beside(token: Token) -> str | None:
    """Return the preposition by which an instrument only stands beside its verb ("in favour of the ban"), or None."""
    node = token
    while node.dep_ == "conj":
        node = node.head
    while node.dep_ == "pobj" and node.head.dep_ == "prep":
        if node.head.head.pos_ in ("VERB", "AUX"):
            sum_of = node.head.lower_ == "in" and any(t.pos_ == "NUM" for t in node.doc[node.head.i - 1].lefts)
            return None if sum_of else str(node.head.lower_)  # "imposed 90 million dollars in sanctions"
        node = node.head.head
    return None


def _above(token: Token) -> Iterator[Token]:
    """Yield the nouns that an instrument hangs on: "the lifting of the ban", also parted from it by the verb."""
    node = token
    while node.dep_ == "pobj" and node.head.dep_ == "prep":
        upper = node.head.head
        if upper.pos_ in ("VERB", "AUX"):
            if node.head.lower_ == "of":
                yield from (c for c in upper.children if c.dep_ == "dobj" and c.i < node.i)
            return
        node = upper
        yield node


def _governors(verb: Token) -> Iterator[Token]:
    """Yield the verbs above a participle: "signed an order imposing" gives "signed"."""
    node = verb
    for _ in range(4):
        if node.head.i == node.i or (node.pos_ == "VERB" and node.tag_ not in ("VBG", "VB")):
            return
        if node.dep_ in ("relcl", "ccomp"):
            return
        node = node.head
        if node.pos_ == "VERB":
            yield node


# -- status ---------------------------------------------------------------------------------------------------------


def _standing(naming: Naming) -> Standing:
    """Return the standing of the instrument: of the verb that governs it, and of what that verb hangs on."""
    verb = naming.verb
    if verb is None:
        return standing(naming.token)
    stands = standing(verb)
    if naming.is_noun and any(c.lower_ == "no" and c.dep_ == "det" for c in naming.token.lefts):
        return Standing("denied", None, "no")
    if stands.status == "happened" and verb.tag_ == "VBG" and not _imposing(verb):
        for upper in _governors(verb):
            above = standing(upper)
            if above.status != "happened":
                return above
    if (
        stands.status == "happened"
        and verb.tag_ == "VB"
        and any(c.lower_ == "to" for c in verb.children if c.dep_ == "aux")
    ):
        return Standing("planned", True, "to")
    own = standing(naming.token) if naming.is_noun else stands
    if naming.is_noun and _act(naming) is None:
        return own if any(c.text == own.why for c in naming.token.lefts) else Standing("happened", None, "")
    return own if stands.status == "happened" and own.status in AHEAD and own.why else stands


def _status(naming: Naming, act: str | None, stands: Standing) -> tuple[MeasureStatus | None, str]:
    """Return the status by what is done to the instrument and whether that has happened."""
    state, verb = stands.status, naming.verb
    if _threatened(naming, stands):
        return "threatened", "threatened"
    if verb is not None and act in ("keep", "effect", "impose", None) and _no_longer(verb):
        return "lifted", "no longer"
    if act in ("lift", "suspend"):
        done: MeasureStatus = "lifted" if act == "lift" else "suspended"
        if verb is None or (state == "happened" and (_done(verb) or naming.sentence.is_headline)):
            return done, act
        agreed = act == "suspend" and state == "planned" and stands.why.startswith("agree")
        return (done if agreed else "in-force"), f"{act} {state}"
    if act == "keep":
        return "in-force", act
    if state == "possible" and verb is not None and act == "impose" and verb.lemma_.lower() in words("lessening"):
        return "in-force", f"lessen {state}"
    if act == "impose" and stands.why == "if" and naming.is_noun:
        fixed = standing(naming.token).status == "planned"
        return ("announced", "planned") if fixed else ("threatened", "if")
    if act == "propose" or state == "possible":
        return "proposed", f"{act} {state}"
    if act == "announce" or state == "planned" or (act == "impose" and verb is not None and _imposing(verb)):
        return "announced", f"{act} {state}"
    if any(c.lower_ in words("ended") for c in naming.token.lefts):
        return "lifted", "ended"
    return ("in-force", act) if act in ("impose", "effect") else (None, "mentioned")


def _imposing(verb: Token) -> bool:
    """Whether a measure is only being imposed ("is levying"): announced, not yet known to be in force."""
    return verb.tag_ == "VBG" and any(
        c.lower_ in ("is", "are", "'s", "’s", "'re") for c in verb.children if c.dep_ == "aux"
    )


def _done(verb: Token) -> bool:
    """Whether the words tell of the verb as done: in the past or perfect, or a participle beside such a verb."""
    aux = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    if verb.dep_ == "ccomp" and stage_of(verb.head) == "propose" and not aux & _HAVING:
        return False  # "wants the ban lifted"
    asked = any(c.dep_ == "mark" and c.lower_ in ("if", "unless", "that") and not aux & _WAS for c in verb.children)
    if asked:
        return verb.tag_ == "VBD"
    if verb.tag_ == "VBD" or aux & _HAVING or (aux & _WAS and verb.tag_ in ("VBN", "VBD")):
        return not any(c.dep_ == "mark" and c.lower_ in ("if", "unless") for c in verb.children)
    if verb.tag_ == "VBG" and verb.dep_ in ("advcl", "pcomp", "conj", "acl", "xcomp"):
        return all(standing(v).status == "happened" and v.tag_ in ("VBD", "VBN", "VBG") for v in _governors(verb))
    return verb.tag_ == "VBN" and verb.dep_ in ("acl", "conj")


def _no_longer(verb: Token) -> bool:
    return any(t.lower_ == "longer" and t.i > 0 and t.nbor(-1).lower_ == "no" for t in verb.subtree)


def _threatened(naming: Naming, stands: Standing) -> bool:
    """Whether the instrument is a threat: called one, under "threaten", or what will follow if something else does."""
    if any(c.lower_ in words("threatened") for c in naming.token.lefts):
        return True
    node = naming.verb or naming.token
    if answers(naming) and stands.status in AHEAD and naming.is_noun and _act(naming) == "impose":
        return True
    if (
        stands.status == "possible"
        and _act(naming) == "impose"
        and {"will", "would"} & {c.lower_ for c in node.children if c.dep_ == "aux"}
    ):
        return True
    for _ in range(5):
        answering = node.lemma_.lower() in words("answering") and _only_beside(naming.token) not in (
            "against",
            "to",
            "for",
        )
        if answering and standing(node).status in AHEAD:
            return True
        if node.lemma_.lower() in words("threatening") and node.i != naming.token.i:
            return stands.status in AHEAD or node.lemma_.lower() != "warn"
        if node.head.i == node.i or node.dep_ in ("relcl", "advcl"):
            break
        node = node.head
    return False


def answers(naming: Naming) -> bool:
    """Whether the instrument answers something: "countermeasures", "retaliatory duties"."""
    called = any(c.lower_ in words("retaliatory") for c in naming.token.lefts)
    return called or naming.token.lemma_.lower().startswith("counter")


def _partly(token: Token) -> bool:
    """Whether only a part of the instrument is meant: "some of the tariffs", "51 mln dlrs of the sanctions"."""
    return any(c.lower_ in words("partly") for c in token.lefts) or share_of(token) is not None


def share_of(token: Token) -> Token | None:
    """Return how much of an instrument is meant: the head of "51 mln dlrs" in "51 mln dlrs of the sanctions"."""
    if token.dep_ != "pobj" or token.head.lower_ != "of":
        return None
    share = token.head.head
    if share.lemma_.lower() in ("quota", "rate", "level"):
        return None
    counted = share.pos_ == "NUM" or any(c.dep_ == "nummod" for c in share.children)
    return share if share.lower_ in words("partly") or counted else None
