"""Windows of measures: when an instrument took or takes effect.

In:     a `Naming`, what is done to it, and the document's `Clock`.
Out:    `effect_window`: the window, or None where the text gives none.
Data:   ontology/measures.yaml.

A day of effect ("from 1 May", "takes effect on Monday") goes before the day of the act. What is only to be lifted keeps
the date on which it was imposed, where a clause of its own tells it; an announcement has no date of its own.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from dragoman.domain import MeasureStatus, Window
from dragoman.language.times import Timex, window
from dragoman.reading.deadlines import deadline_of
from dragoman.reading.measuring.naming import Naming, words
from dragoman.reading.measuring.sides import stage_of
from dragoman.reading.modality import Standing
from dragoman.reading.when import FAR, Clock

if TYPE_CHECKING:
    from spacy.tokens import Token

_CLAUSES = ("relcl", "advcl", "ccomp", "conj")


def effect_window(
    naming: Naming,
    act: str | None,
    status: MeasureStatus | None,
    stands: Standing,
    clock: Clock,
    published: date | None,
) -> Window | None:
    """Return the window in which the instrument took or takes effect (for one ended, was ended), or None."""
    ending = act in ("lift", "suspend")
    own = _clause_of_its_own(naming)
    if ending and status == "in-force":
        return clock.of(own, future=False) if own is not None else None
    effect = _at_deadline(naming, clock, published) or _effect(naming, clock, published)
    if effect is not None:
        return effect
    verb, future = naming.verb if act is not None else None, stands.future
    if verb is not None and (verb.tag_ == "VBD" or any(c.lower_ in ("has", "have", "had") for c in verb.children)):
        future = False
    if act == "keep":
        return _until(naming, clock, published)
    if act == "propose" and future is not True:
        verb = None
    found = clock.of(verb, future=future) if verb is not None else None
    if act == "announce" and found is not None and not is_ahead(found, published):
        return None
    if found is None and own is not None and not ending:
        found = clock.of(own, future=False if own.tag_ in ("VBN", "VBD") else None)
    within = {t.i for t in naming.token.subtree}
    if (
        found is None
        and act != "announce"
        and (naming.verb is None or any(head.i in within for _, head in clock.times))
    ):
        found = clock.of(naming.token, future=future)
    if act == "propose" and not is_ahead(found, published):
        return None
    told = (
        naming.verb is not None
        and naming.verb.tag_ == "VBD"
        and act in ("impose", "lift")
        and stands.status == "happened"
    )
    return None if told and is_ahead(found, published) else found


def _until(naming: Naming, clock: Clock, published: date | None) -> Window | None:
    """Return the window that ends with the day until which an instrument is kept, or None."""
    for _, timex, _ in clock.beside(naming.token):
        if timex.cue == "until":
            return window(timex, published, future=True)
    return None


def _at_deadline(naming: Naming, clock: Clock, published: date | None) -> Window | None:
    """Return the window of "the 1 May deadline for the duties to take effect", or None."""
    noun = deadline_of(naming.token)
    if noun is None:
        return None
    for _, timex, head in clock.beside(naming.token):
        named = noun.i in {t.i for t in (head, *head.ancestors)}
        beside = (head.dep_ == "nsubj" and noun.head.i == head.head.i) or (
            noun.dep_ == "appos" and noun.head.i in {t.i for t in (head, *head.subtree)}
        )
        if (named or beside) and timex.type not in ("DURATION", "SET"):
            return _effective(replace(timex, cue="at"), published, past=False)
    return None


def _effect(naming: Naming, clock: Clock, published: date | None) -> Window | None:
    """Return the window after "from", "since", "effective" and "take effect" around the instrument."""
    home, at = _home(naming.verb or naming.token), naming.token
    for _, timex, head in clock.beside(at):
        if timex.type in ("DURATION", "SET"):
            continue
        taking = next((t for t in head.ancestors if t.lemma_.lower() in words("effect_verbs") and into_effect(t)), None)
        beside = timex.cue in ("from", "since", "effective") and (_home(head) == home or timex.cue == "effective")
        if beside or taking is not None:
            past = timex.cue == "since" or (taking is not None and taking.tag_ in ("VBD", "VBN"))
            told = naming.verb is not None and naming.verb.tag_ == "VBD"
            return _effective(timex, published, past=past, told=told)
    return None


def _effective(timex: Timex, published: date | None, *, past: bool, told: bool = False) -> Window | None:
    """Return the window of a day of effect; a weekday that is the day of publication is that day, not the next.

    What is `told` in the past takes effect on the nearer day of the year: "imposed a duty from 1 May".
    """
    found = window(replace(timex, cue="at") if timex.cue == "effective" else timex, published, future=False)
    if past or (found is not None and published is not None and found.start == published):
        return found
    ahead = window(timex, published, future=True)
    start = ahead.start if ahead is not None and timex.meaning.year is None else None
    if told and start is not None and published is not None and (start - published).days > FAR:
        return window(timex, published, future=False)
    return ahead


def _home(token: Token) -> int:
    """Return the head of the clause a token stands in."""
    node = token
    while node.head.i != node.i and not (node.pos_ in ("VERB", "AUX") and node.dep_ in _CLAUSES):
        node = node.head
    return node.i


def _clause_of_its_own(naming: Naming) -> Token | None:
    """Return the verb of the clause that tells how the instrument came about: "which it imposed last May"."""
    beside = [naming.token, *([naming.object] if naming.object is not None else [])]
    if naming.object is not None:
        beside += [t for t in naming.object.subtree if t.dep_ in ("pobj", "conj")]
    for noun in beside:
        for child in noun.children:
            if child.dep_ in ("relcl", "acl") and stage_of(child) in ("impose", "announce", "effect"):
                return child
    return None


def is_ahead(when: Window | None, published: date | None) -> bool:
    """Whether a window opens after publication."""
    return when is not None and published is not None and when.start is not None and when.start > published


def into_effect(verb: Token) -> bool:
    """Whether a verb says "takes effect" or "enters into force"."""
    return any(
        t.lower_ in ("effect", "force", "into") for c in verb.children if c.dep_ in ("dobj", "prep") for t in c.subtree
    )
