"""Stages of a measure: how far an instrument has come as of publication, and the window in which it took effect.

In:     a `Naming`, the document's `Clock` and its publication date.
Out:    `Stage`: a status, or None where the words only mention the instrument; its window; whether only a part is meant.
Data:   the stages of ontology/measures.yaml, and the modality of reading/modality.py.

What is to be lifted is still in force, and the date of its lifting is not its own. The day of an announcement is not
the day of effect.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dragoman.domain import MeasureStatus, Window
from dragoman.reading.instruments import Naming, words
from dragoman.reading.measure_sides import stage_of, stage_verbs
from dragoman.reading.modality import Standing, standing
from dragoman.reading.when import Clock

if TYPE_CHECKING:
    from spacy.tokens import Token

AHEAD = frozenset({"planned", "possible"})
_CLAUSES = ("relcl", "advcl", "ccomp", "acl", "conj")


@dataclass(frozen=True, slots=True)
class Stage:
    """How far an instrument has come; `status` is None where the words do not say, `partly` where a part is meant."""

    status: MeasureStatus | None
    when: Window | None
    partly: bool
    why: str


def stage(naming: Naming, clock: Clock, published: date | None) -> Stage | None:
    """Return the stage that a naming tells of, or None where the words deny the instrument."""
    token, verb = naming.token, naming.verb
    stands = standing(verb) if verb is not None and verb.pos_ == "VERB" else standing(token)
    of_noun = standing(token)
    act = "impose" if not naming.is_noun else _act(naming)
    if stands.status == "denied" and act not in ("lift", "suspend"):
        return None
    status, why = _status(naming, act, stands, of_noun)
    when = _when(naming, act, stands, clock, published)
    imposed = _clause_of_its_own(token)
    if imposed is not None and act in ("lift", "suspend", None) and status in ("in-force", None):
        when = clock.of(imposed, future=False) or when
    if status == "in-force" and _ahead(when, published):
        status = "announced"
    if status == "announced" and when and published and when.start and when.start <= published and act != "announce" and stands.status == "happened":
        status = "in-force"
    partly = naming.is_noun and any(c.lower_ in words("partly") for c in token.lefts)
    return Stage(status, when, partly, why)


def _act(naming: Naming) -> str | None:
    """Return what is done to the instrument: by "the lifting of", else by the verb that governs it."""
    node = naming.token
    while node.dep_ == "pobj" and node.head.dep_ == "prep" and node.head.head.pos_ in ("NOUN", "PROPN"):
        node = node.head.head
        lemma = node.lemma_.lower()
        if lemma in words("nouns_of_lifting"):
            return "lift"
        if lemma in words("nouns_of_suspending"):
            return "suspend"
        if lemma in words("nouns_of_proposing"):
            return "propose"
    act = stage_of(naming.verb)
    if act == "effect" and naming.verb is not None and naming.token.dep_ not in ("nsubj", "nsubjpass"):
        return "impose" if naming.verb.lemma_.lower() in ("apply", "start", "begin") else None
    if act == "impose" and naming.token.dep_ == "nsubj":
        return None
    return act


def _status(naming: Naming, act: str | None, stands: Standing, of_noun: Standing) -> tuple[MeasureStatus | None, str]:
    """Return the status by what is done to the instrument and whether that has happened."""
    state = stands.status
    if _threatened(naming, stands):
        return "threatened", "threatened"
    if act in ("lift", "suspend"):
        if state in AHEAD or state == "denied":
            return "in-force", f"{act} {state}"
        return ("lifted" if act == "lift" else "suspended"), act
    if act == "propose" or (state == "possible" and act in ("impose", "announce", "effect")):
        return "proposed", f"{act} {state}"
    if act == "announce" or state == "planned":
        return "announced", f"{act} {state}"
    if of_noun.status in AHEAD and of_noun.why:
        return ("announced" if of_noun.status == "planned" else "proposed"), of_noun.why
    if of_noun.status == "ended":
        return "lifted", of_noun.why
    if act in ("impose", "keep", "effect"):
        return "in-force", act
    return None, "mentioned"


def _threatened(naming: Naming, stands: Standing) -> bool:
    """Whether the instrument is a threat: under "threaten", or what follows if something else does."""
    if any(c.lower_ in words("threatened") for c in naming.token.lefts):
        return True
    node = naming.verb or naming.token
    for _ in range(5):
        if node.lemma_.lower() in ("threaten", "threat", "warn") and node.i != naming.token.i:
            return stands.status in AHEAD or node.lemma_.lower() != "warn"
        if node.head.i == node.i or node.dep_ in ("relcl", "advcl"):
            break
        node = node.head
    return False


def _when(naming: Naming, act: str | None, stands: Standing, clock: Clock, published: date | None) -> Window | None:
    """Return the window in which the instrument took or takes effect, or None."""
    effect = _effect(naming, clock, published)
    if act in ("lift", "suspend") and stands.status != "happened":
        return None
    if effect is not None:
        return effect
    if act in ("keep", "propose") and stands.status != "planned":
        return None
    verb = naming.verb
    future = stands.future
    found = clock.of(verb, future=future) if verb is not None else None
    if act == "announce" and found is not None and not _ahead(found, published):
        return None
    own = _clause_of_its_own(naming.token)
    if found is None and own is not None:
        found = clock.of(own, future=False if own.tag_ in ("VBN", "VBD") else future)
    return found or clock.of(naming.token, future=future)


def _effect(naming: Naming, clock: Clock, published: date | None) -> Window | None:
    """Return the window after "from", "since", "effective" and "take effect" in the instrument's own clause."""
    from dragoman.language.times import window

    home = _home(naming.verb or naming.token)
    for timex, head in clock.times:
        if timex.cue not in ("from", "since", "effective") or timex.type in ("DURATION", "SET"):
            continue
        if head.sent.start == naming.token.sent.start and _home(head) == home:
            return window(timex, published, future=False if timex.cue == "since" else None if published is None else timex.cue != "since")
    return None


def _home(token: Token) -> int:
    """Return the head of the clause a token stands in."""
    node = token
    while node.head.i != node.i and not (node.pos_ in ("VERB", "AUX") and node.dep_ in _CLAUSES):
        node = node.head
    return node.i


def _clause_of_its_own(noun: Token) -> Token | None:
    """Return the verb of the clause that tells how the instrument came about: "which it imposed last May"."""
    for child in noun.children:
        if child.dep_ in ("relcl", "acl") and stage_verbs().get(child.lemma_.lower()) in ("impose", "announce", "effect"):
            return child
    return None


def _ahead(when: Window | None, published: date | None) -> bool:
    return when is not None and published is not None and when.start is not None and when.start > published
