"""Whether two records of different documents are about the same thing.

In:     two items of one kind.
Out:    `Likeness`: a probability in 0..1 and the reasons in words; 0 with the reason where it is out of the question.
Data:   ontology/merging.yaml holds the weights; those for events were fitted on benchmarks/merging/dev by
        `python -m benchmarks.merging --fit`, the others are guesses.

A likeness is a function of the two items alone, so that it does not matter in which order documents come.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from dragoman import ontology
from dragoman.domain import EVENT_TYPES, MUTUAL, QUAD, Dispute, Event, EventType, Measure, NextStep, Window
from dragoman.ledger.amounts import amounts, is_part
from dragoman.ledger.days import shift
from dragoman.ledger.entries import Item
from dragoman.ledger.terms import names, weight, words

#: From here on two items are judged the same.
SAME = 0.45
#: From here on the rule's "different" is worth keeping beside its "same": a near miss that a person may wonder about.
NEAR = 0.25
#: An undated act is taken to have happened, or to be due, within so many days before, or after, it was told (guess).
RECENT = 7
#: Days between two acts beyond which they are surely two: where both have a date, and where one has none (guesses).
APART, APART_VAGUE = 21, 60
#: A window longer than this says too little to set two acts apart (guess: a quarter).
LONG = 92


@dataclass(frozen=True, slots=True)
class Likeness:
    """How likely two items are the same, and why."""

    score: float
    reason: str


def likeness(left: Item, right: Item) -> Likeness:
    """Return how likely two items of one kind are about the same thing."""
    return _LIKENESS[left.kind](left, right)


@cache
def _types_like(event_type: EventType) -> tuple[str, ...]:
    return tuple(t for t in EVENT_TYPES if QUAD[t] == QUAD[event_type] or akin(t, event_type))


def alike_types(item: Item) -> tuple[str, ...]:
    """Return the types that a record like this one may have; empty where any will do."""
    record = item.record
    if isinstance(record, NextStep):
        return tuple(t for t in EVENT_TYPES if t == record.type or akin(t, record.type))
    return _types_like(record.type) if isinstance(record, Event) else ()


@cache
def weights(kind: str) -> dict[str, float]:
    """Return the weights of a kind's features; "bias" is added to their sum."""
    found: dict[str, float] = ontology.load("merging")["weights"][kind]
    return found


def event_features(left: Item, right: Item) -> dict[str, float] | str:
    """Return what speaks for and against two events being the same, or why that is out of the question."""
    one, other = left.record, right.record
    assert isinstance(one, Event) and isinstance(other, Event)
    if _standing(one) != _standing(other) and "denied" not in (one.status, other.status):
        return "one lies ahead, the other is done"
    if QUAD[one.type] != QUAD[other.type] and not akin(one.type, other.type):
        return f"{one.type} and {other.type}"
    sides = _sides_alike(one, other)
    if sides == 0:
        return "other sides"
    gap = _gap(_span(one.when, left.source.known_on), _span(other.when, right.source.known_on))
    both_dated = _is_sharp(one.when) and _is_sharp(other.when)
    if gap > (APART if both_dated else APART_VAGUE):
        return f"{gap} days apart"
    told = abs((left.source.known_on - right.source.known_on).days)
    people = _people_alike(one, other)
    return {
        "type": float(one.type == other.type),
        "akin": float(one.type != other.type and akin(one.type, other.type)),
        "sides": sides,
        "apart": math.log1p(gap) if both_dated else 0.0,
        "apart_vague": 0.0 if both_dated else math.log1p(gap),
        "same_day": float(both_dated and gap == 0),
        "very_day": float(both_dated and gap == 0 and max(_width(one.when), _width(other.when)) <= 3),
        "told_apart": math.log1p(told),
        "words": overlap(left.terms, right.terms),
        "words_vague": 0.0 if both_dated else overlap(left.terms, right.terms),
        "nothing_shared": float(not both_dated and not left.terms & right.terms),
        "shared_words": _matter(left.terms, right.terms),
        "names": _names_alike(left.terms, right.terms),
        "people": people,
        "tracks": _tracks_alike(set(one.tracks), set(other.tracks)),
        "both_mutual": float(one.type in MUTUAL),
    }


def _events(left: Item, right: Item) -> Likeness:
    features = event_features(left, right)
    return Likeness(0.0, features) if isinstance(features, str) else _weigh("events", features)


def _weigh(kind: str, features: dict[str, float]) -> Likeness:
    known = weights(kind)
    parts = {name: known.get(name, 0.0) * value for name, value in features.items()}
    score = 1 / (1 + math.exp(-(known["bias"] + sum(parts.values()))))
    telling = sorted((name for name in parts if abs(parts[name]) >= 0.1), key=lambda n: -abs(parts[n]))
    reason = ", ".join(f"{name.replace('_', ' ')} {features[name]:.2f}" for name in telling[:4])
    return Likeness(round(score, 3), reason)


def step_features(left: Item, right: Item) -> dict[str, float] | str:
    """Return what speaks for and against two next steps being the same, or why that is out of the question."""
    one, other = left.record, right.record
    assert isinstance(one, NextStep) and isinstance(other, NextStep)
    if one.type != other.type and not akin(one.type, other.type):
        return f"{one.type} and {other.type}"
    mine, theirs = set(one.actors), set(other.actors)
    common = len(mine & theirs) / len(mine | theirs)
    if common < 0.5:
        return "other sides"
    if one.type != "CONSULT" and one.actors[0] != other.actors[0]:
        return "the other side is to act"  # who acts stands first
    dated = _has_day(one.due) and _has_day(other.due)
    gap = _gap(_reach(one.due, left), _reach(other.due, right))
    told = abs((left.source.known_on - right.source.known_on).days)
    if not dated and told > 120:
        return "told more than four months apart, and not dated"
    people = _people_alike(one, other)
    return {
        "type": float(one.type == other.type),
        "sides": common,
        "same_due": 1 / max(_width(one.due), _width(other.due)) ** 0.5 if dated and gap == 0 else 0.0,
        "apart": math.log1p(gap) if dated else 0.0,
        "undated": float(not dated),
        "told_apart": math.log1p(told),
        "words": overlap(left.terms, right.terms),
        "shared_words": _matter(left.terms, right.terms),
        "names": _names_alike(left.terms, right.terms),
        "figures": figures_alike(left.terms, right.terms),
        "people": people,
        "tracks": _tracks_alike(set(one.tracks), set(other.tracks)),
    }


def _steps(left: Item, right: Item) -> Likeness:
    features = step_features(left, right)
    return Likeness(0.0, features) if isinstance(features, str) else _weigh("next_steps", features)


def measure_features(left: Item, right: Item) -> dict[str, float] | str:
    """Return what speaks for and against two measures being the same, or why that is out of the question.

    A mention without object, rate or day ("the sanctions") fits any measure of its sides; the clustering gives it to
    the one it fits best.
    """
    one, other = left.record, right.record
    assert isinstance(one, Measure) and isinstance(other, Measure)
    if not set(one.by) & set(other.by) or not set(one.on) & set(other.on):
        return "other sides"
    generic = {"sanction", "other"}
    if one.kind != other.kind and not generic & {one.kind, other.kind}:
        return f"{one.kind} and {other.kind}"
    dated = _is_sharp(one.when) and _is_sharp(other.when)
    gap = _gap(_span(one.when, left.source.known_on), _span(other.when, right.source.known_on)) if dated else 0
    stages = {one.status, other.status}
    told = abs((left.source.known_on - right.source.known_on).days)
    part = is_part(one.object or "") or is_part(other.object or "")
    rates = _numbers_alike(_percents(one), _percents(other))
    sums = _numbers_alike(_sums(one), _sums(other)) if not part else 0.0
    objects = _objects_alike(one, other) if not part else 0.0
    if dated and gap > 3 and not stages & {"lifted", "suspended"} and sums <= 0 and (objects < 0.5 or sums < 0):
        return f"in force on days {gap} apart"  # the same object at another day may be at another rate
    return {
        "kind": float(one.kind == other.kind),
        "same_effect": float(dated and gap == 0),
        "sums": sums,
        "rates": rates if objects < 0.5 else max(rates, 0.0),
        "objects": objects,
        "other_object": float(bool(one.object and other.object) and objects == 0.0 and sums <= 0 and not part),
        "part": float(part),
        "bare": float(_is_bare(one) or _is_bare(other)),
        "told_apart": math.log1p(told),
        "words": overlap(left.terms, right.terms),
        "shared_words": _matter(left.terms, right.terms),
    }


def _measures(left: Item, right: Item) -> Likeness:
    features = measure_features(left, right)
    return Likeness(0.0, features) if isinstance(features, str) else _weigh("measures", features)


def _disputes(left: Item, right: Item) -> Likeness:
    one, other = left.record, right.record
    assert isinstance(one, Dispute) and isinstance(other, Dispute)
    mine = {one.claimant.affiliation, one.denier.affiliation}
    theirs = {other.claimant.affiliation, other.denier.affiliation}
    if mine != theirs:
        return Likeness(0.0, "other parties")
    told = abs((left.source.known_on - right.source.known_on).days)
    return _weigh(
        "disputes",
        {
            "words": overlap(left.terms, right.terms),
            "shared_words": _matter(left.terms, right.terms),
            "told_apart": math.log1p(told),
            "same_claimant": float(one.claimant.affiliation == other.claimant.affiliation),
        },
    )


def _initiatives(left: Item, right: Item) -> Likeness:
    return Likeness(1.0, "the same name")  # only initiatives of one name are compared


def _never(left: Item, right: Item) -> Likeness:
    return Likeness(0.0, "statements stand alone")


_LIKENESS: dict[str, Callable[[Item, Item], Likeness]] = {
    "events": _events, "next_steps": _steps, "measures": _measures, "disputes": _disputes, "initiatives": _initiatives,
    "statements": _never,
}  # fmt: skip


# --- what two records have in common -----------------------------------------------------------------------------


def _standing(event: Event) -> str:
    return "ahead" if event.status in ("planned", "possible") else "done"


def akin(one: str, other: str) -> bool:
    """Whether readers take one type for the other, as listed."""
    groups: list[list[str]] = ontology.load("merging")["akin"]
    return any(one in group and other in group for group in groups)


def _sides_alike(one: Event, other: Event) -> float:
    """Return 1 for the same sides in the same parts, less for some of them, 0 for others or the reverse."""
    directed = bool(one.recipients) and bool(other.recipients)
    if directed:
        left, right = set(one.actors) & set(other.actors), set(one.recipients) & set(other.recipients)
        if not left or not right:
            loosely = (bool(left) or _loosely(one.actors, other.actors)) and (
                bool(right) or _loosely(one.recipients, other.recipients)
            )
            return 0.5 if loosely and (left or right) else 0.0
        union = len(set(one.actors) | set(other.actors)) + len(set(one.recipients) | set(other.recipients))
        return (len(left) + len(right)) / union
    mine, theirs = {*one.actors, *one.recipients}, {*other.actors, *other.recipients}
    common = len(mine & theirs)
    return common / len(mine | theirs) if common >= min(2, len(mine), len(theirs)) else 0.0


def _loosely(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether two sides can be one: groups or firms, which texts name in many ways, or a union and members of it."""
    if all(id.islower() for id in (*mine, *theirs)):
        return True
    return any(set(theirs) & set(ontology.members(id)) for id in mine) or any(
        set(mine) & set(ontology.members(id)) for id in theirs
    )


def _people_alike(one: Event | NextStep, other: Event | NextStep) -> float:
    """Return 1 where named participants share a surname, -1 where both sides' are named and all differ, else 0."""
    mine, theirs = ({surname(p.name) for p in record.participants} for record in (one, other))
    if not mine or not theirs:
        return 0.0
    return 1.0 if mine & theirs else -1.0


def surname(name: str) -> str:
    """Return the last word of a name, without case and accents: how persons are compared; "" for a blank name."""
    return "".join(ontology.without_accents(name).lower().split()[-1:])


def _tracks_alike(mine: set[str], theirs: set[str]) -> float:
    if not mine or not theirs:
        return 0.0
    return 1.0 if mine & theirs else -1.0


def overlap(mine: frozenset[str], theirs: frozenset[str]) -> float:
    """Return the Dice coefficient of two sets of terms, rare ones weighing more; a name is the same in any case."""
    left, right = _weighted(mine), _weighted(theirs)
    total = math.fsum((*left.values(), *right.values()))
    return 2 * _shared(left, right) / total if total else 0.0


@lru_cache(maxsize=4096)  # an item is compared with all those near it
def _weighted(terms: frozenset[str]) -> dict[str, float]:
    return {term.lower(): min(weight(term), weight(term.lower())) for term in sorted(terms)}


def _shared(left: dict[str, float], right: dict[str, float]) -> float:
    """Return the weight of what two share; summed exactly, as the order of a set differs from run to run."""
    return math.fsum(min(left[term], right[term]) for term in left.keys() & right.keys())


def _matter(mine: frozenset[str], theirs: frozenset[str]) -> float:
    """Return how much two sets of terms share, 1 for four rare terms or more."""
    left, right = _weighted(mine), _weighted(theirs)
    return min(1.0, _shared(left, right) / 4)


def _names_alike(mine: frozenset[str], theirs: frozenset[str]) -> float:
    """Return 1 where the sentences share a name, -1 where both have some and share none."""
    if not names(mine) or not names(theirs):
        return 0.0
    shared = {n.lower() for n in names(mine)} & {t.lower() for t in theirs}
    return 1.0 if shared or {n.lower() for n in names(theirs)} & {t.lower() for t in mine} else -1.0


def figures_alike(mine: frozenset[str], theirs: frozenset[str]) -> float:
    """Return 1 where the sentences share a figure (a year is none), -1 where both have some and share none."""
    left, right = ({t for t in terms if t[0].isdigit() and not _is_year(t)} for terms in (mine, theirs))
    if not left or not right:
        return 0.0
    return 1.0 if left & right else -1.0


def _is_year(term: str) -> bool:
    return len(term) == 4 and term[:2] in ("18", "19", "20")


def _sums(measure: Measure) -> set[float]:
    """Return the sums of money that a measure's rate or object name."""
    rate = {measure.rate.value} if measure.rate and measure.rate.unit != "percent" else set[float]()
    return rate | {amount.value for amount in amounts(measure.object or "")}


def _percents(measure: Measure) -> set[float]:
    return {measure.rate.value} if measure.rate and measure.rate.unit == "percent" else set()


def _numbers_alike(mine: set[float], theirs: set[float]) -> float:
    if not mine or not theirs:
        return 0.0
    return 1.0 if mine & theirs else -1.0


def _is_bare(measure: Measure) -> bool:
    """Whether a measure is only mentioned ("the sanctions"): no object, no rate, no day."""
    return not measure.object and not measure.rate and not _is_sharp(measure.when)


def _objects_alike(one: Measure, other: Measure) -> float:
    """Return how much two objects have in common, apart from sums and words such as "goods"."""
    common: set[str] = set(ontology.load("merging")["any_object"])
    return overlap(words(one.object or "") - common, words(other.object or "") - common)


def _span(window: Window | None, known_on: date) -> tuple[date, date]:
    """Return the days in which something happened or happens; near the day it was told where no day is given."""
    if window is None or (window.start is None and window.end is None) or _width(window) > LONG:
        return shift(known_on, -RECENT), known_on
    start = window.start or window.end
    assert start is not None
    return start, window.end or max(start, known_on)


def _reach(due: Window, item: Item) -> tuple[date, date]:
    if due.start is None and due.end is None:
        return item.source.known_on, shift(item.source.known_on, RECENT)
    start, end = due.start or due.end, due.end or due.start
    assert start is not None and end is not None
    return start, end


def _gap(one: tuple[date, date], other: tuple[date, date]) -> int:
    """Return the days between two windows, 0 where they overlap."""
    return max(0, (one[0] - other[1]).days, (other[0] - one[1]).days)


def _width(window: Window | None) -> int:
    """Return the days of a window, 1 where an end is open."""
    return (window.end - window.start).days + 1 if window and window.start and window.end else 1


def _has_day(window: Window) -> bool:
    return window.start is not None or window.end is not None


def _is_sharp(window: Window | None) -> bool:
    return window is not None and _has_day(window) and _width(window) <= LONG
