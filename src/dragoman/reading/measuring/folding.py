"""Folding of measures: the mentions of one instrument are one record.

In:     the measures told of so far, and a `Mention` of an instrument.
Out:    `add`: the mention becomes a measure of its own, or adds what it says to the one it repeats.
Data:   ontology/measures.yaml (words that take up an instrument, and words that set one apart).

A mention repeats a measure of the same sides and kind unless its rate, its object or a word ("another ban") sets it
apart; "the ban" and "the measure" take up what was told before. A part that is lifted or suspended stays by itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.domain import Measure, MeasureStatus, Rate
from dragoman.language.rates import find_parts
from dragoman.reading.measuring.naming import Naming, words
from dragoman.reading.measuring.stages import Stage

if TYPE_CHECKING:
    from spacy.tokens import Token

ENDED = frozenset({"lifted", "suspended"})
AHEAD = frozenset({"proposed", "threatened", "announced"})
OPEN = frozenset({"sanction", "other"})
#: Kinds that "the ban" or "the embargo" may take up again.
BANS = frozenset(
    {"import-ban", "export-control", "travel-ban", "visa-restriction", "arms-embargo", "blockade", "other"}
)
_STAGES: tuple[MeasureStatus, ...] = ("proposed", "threatened", "announced", "in-force", "suspended", "lifted")


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention of an instrument, read: what a measure needs of it, and whether it may stand alone."""

    naming: Naming
    measure: Measure
    stage: Stage
    sure: bool


def add(found: list[Measure], mention: Mention) -> bool:
    """Add a measure, or give what the mention says to the one it repeats; return whether either could be done."""
    new = mention.measure
    at = next((n for n in range(len(found) - 1, -1, -1) if _repeats(found[n], mention)), None)
    if at is None:
        if mention.stage.partly and _whole(found, mention) is not None:
            found.append(_named_as_known(found, mention))
            return True
        if mention.sure and not (mention.naming.sentence.is_headline and _told_of(found, new)):
            found.append(_named_as_known(found, mention))
            return True
        return False
    known = found[at]
    part = known.rate is not None and new.rate is not None and _is_part(known.rate, new.rate, mention)
    says = not mention.naming.sentence.is_headline and mention.stage.status is not None
    status = _later(known.status, mention) if says else known.status
    moved = (
        says
        and new.when is not None
        and (status != known.status or (mention.stage.act == "effect" and status not in ENDED))
    )
    found[at] = replace(
        known,
        kind=new.kind if known.kind in OPEN and not mention.naming.general else known.kind,
        on=known.on or new.on,
        object=known.object or new.object,
        rate=_better(known.rate, None if part else new.rate),
        reason=known.reason or (None if part else new.reason),
        status=status,
        when=new.when if moved else known.when or new.when,
        evidence=known.evidence if new.evidence[0] in known.evidence else (*known.evidence, *new.evidence),
    )
    return True


def _better(known: Rate | None, new: Rate | None) -> Rate | None:
    """Return the rate to keep: a percentage says more of a tariff than the sum it falls on."""
    if known is None or (new is not None and new.unit == "percent" and known.unit != "percent"):
        return new
    return known


def _told_of(found: list[Measure], new: Measure) -> bool:
    """Whether the body already tells of a measure between these two: then a headline only sums it up."""
    return any(set(m.by) & set(new.by) and set(m.on) & set(new.on) for m in found)


def _whole(found: list[Measure], mention: Mention) -> Measure | None:
    """Return the measure that a mention takes a part of ("24 percentage points of that rate")."""
    new = mention.measure
    if not mention.naming.general:
        return None
    return next(
        (m for m in reversed(found) if (not new.by or m.by == new.by) and (not new.on or set(m.on) & set(new.on))), None
    )


def _named_as_known(found: list[Measure], mention: Mention) -> Measure:
    """Return the part of a measure under the kind and the sides of the whole."""
    whole = _whole(found, mention)
    return (
        replace(mention.measure, kind=whole.kind, by=whole.by, on=mention.measure.on or whole.on)
        if whole and mention.stage.partly
        else mention.measure
    )


def _repeats(known: Measure, mention: Mention) -> bool:
    """Whether the mention is of the same instrument: same sides and kind, and nothing that sets it apart."""
    new, naming = mention.measure, mention.naming
    if not _same_kind(known, mention):
        return False
    if (new.by and set(new.by) != set(known.by)) or (new.on and not set(new.on) & set(known.on)):
        return False
    if not mention.sure and not naming.is_noun:
        return False
    if (naming.back or not (new.by or new.on)) and not refers_back(naming.token):
        return False
    if known.status == "lifted" and mention.stage.act in ("lift", "suspend") and mention.stage.status == "in-force":
        return False  # what may still be lifted is not what was lifted
    if naming.back and mention.stage.status is None and not (naming.token.lemma_.lower() == "rate" and new.rate):
        return False
    if (
        mention.stage.partly
        or _other_thing(known, mention)
        or any(c.lower_ in words("others") for c in naming.token.lefts)
    ):
        return False
    a, b = known.rate, new.rate
    return a is None or b is None or a == b or a.unit != b.unit or _is_part(a, b, mention)


def _other_thing(known: Measure, mention: Mention) -> bool:
    """Whether both name what they fall on, and name different things; a tariff's goods are put in ever new words."""
    new = mention.measure
    if new.kind in ("tariff", "sanction") or not mention.sure or known.object is None or new.object is None:
        return False
    things = r"\b[a-z]{4,}"  # without names: "two Fijian boats" and "Fijian sugar" share no thing
    return not set(re.findall(things, known.object)) & set(re.findall(things, new.object))


def _same_kind(known: Measure, mention: Mention) -> bool:
    """Whether two namings can be of one instrument: "the ban" takes up no tariff, "the sanctions" may take up any."""
    new, lemma = mention.measure, mention.naming.token.lemma_.lower()
    if known.kind == new.kind:
        return True
    if mention.naming.general:
        if lemma in words("bans"):
            return known.kind in BANS
        return known.kind in (*OPEN, "tariff") or refers_back(mention.naming.token)
    later = mention.naming.sentence.tokens.start_char >= known.evidence[-1].end
    alike = not new.on or set(new.on) == set(known.on)
    return (known.kind == "sanction" and new.kind == "tariff" and alike) or (
        known.kind == "other" and known.object is None and later
    )


def refers_back(token: Token) -> bool:
    """Whether an instrument is one told of before, by its pronoun or its article."""
    return token.pos_ == "PRON" or any(
        c.lower_ in ("the", "these", "those", "this", "that", "its", "their", "remaining", "new") for c in token.lefts
    )


def _is_part(known: Rate, new: Rate, mention: Mention) -> bool:
    """Whether a mention names a smaller rate as part of the whole."""
    return any(p.rate == new for p in find_parts(mention.naming.sentence.tokens.text, known))


def _later(known: MeasureStatus, mention: Mention) -> MeasureStatus:
    """Return the status after a further mention; a document tells of the latest, and a day of effect settles it.

    What was only announced is not in force because a later sentence speaks of it in the present.
    """
    new, verb = mention.stage, mention.naming.verb
    assert new.status is not None
    if new.act == "effect" and known not in ENDED:
        return new.status
    present = verb is not None and verb.tag_ in ("VBZ", "VBP", "VB")
    if known in AHEAD and new.status == "in-force" and (new.act != "impose" or present):
        return known
    return max(known, new.status, key=_STAGES.index)
