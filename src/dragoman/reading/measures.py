"""Measures: policy instruments of one actor that bind or burden another.

In:     a `Parsed` document, its `Cast` and `Clock`, and its events with their mentions.
Out:    `Measure` records: who, on whom, what, at which rate with which parts, why, in what status and since when.
Data:   ontology/measures.yaml (instruments by kind, units, words for reasons and stages).

A measure needs both sides: whose it is, and whom it burdens. Several mentions of one instrument are one measure; a
part of it that is lifted or suspended is a measure of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from dragoman import ontology
from dragoman.domain import Because, Measure, MeasureKind, MeasureStatus, Part, Rate, Window
from dragoman.language.parse import Parsed, Sentence
from dragoman.reading import roles
from dragoman.reading.cast import Cast
from dragoman.reading.events import Candidate, Told, clause
from dragoman.reading.modality import standing
from dragoman.reading.rates import find_rates
from dragoman.reading.when import Clock

if TYPE_CHECKING:
    from spacy.tokens import Token

ACTS = frozenset({"SANCTION", "CONCEDE", "THREATEN", "COERCE", "RETREAT", "AGREE", "REQUEST", "REJECT", "MOBILIZE"})
ENDED = frozenset({"lifted", "suspended"})
#: A rate belongs to an instrument at most this many characters away in the same sentence (guess).
NEAR = 90


@dataclass(frozen=True, slots=True)
class _Instruments:
    phrases: dict[str, list[tuple[tuple[str, ...], MeasureKind]]]  # by head lemma, longest first
    verbs: dict[str, list[tuple[frozenset[str], MeasureKind]]]
    reasons: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention of an instrument."""

    token: Token
    kind: MeasureKind
    sentence: Sentence
    candidate: Candidate | None


@cache
def _instruments() -> _Instruments:
    data = ontology.load("measures")
    phrases: dict[str, list[tuple[tuple[str, ...], MeasureKind]]] = {}
    for kind, texts in data["kinds"].items():
        for text in texts:
            words = tuple(text.replace("-", " ").split())
            head = words[words.index("on") - 1] if "on" in words else words[words.index("of") - 1] if "of" in words else words[-1]
            phrases.setdefault(head, []).append((words, kind))
    for entries in phrases.values():
        entries.sort(key=lambda e: -len(e[0]))
    verbs: dict[str, list[tuple[frozenset[str], MeasureKind]]] = {}
    for kind, table in data["verbs"].items():
        for verb, objects in table.items():
            verbs.setdefault(verb, []).append((frozenset(objects), kind))
    reasons = "|".join(re.escape(r) for r in data["reasons"])
    return _Instruments(phrases, verbs, re.compile(rf"\b(?:{reasons})\s+(?P<reason>[^.;:()\n]{{4,240}})", re.I))


def find_measures(told: list[Told], parsed: Parsed, cast: Cast, clock: Clock) -> list[Measure]:
    """Return the measures of a document, in the order of their first mention."""
    found: list[Measure] = []
    for mention in _mentions(told, parsed):
        measure = _measure(mention, parsed, cast, clock)
        if measure is not None:
            _add(found, measure, mention)
    return found


def _mentions(told: list[Told], parsed: Parsed) -> Iterator[Mention]:
    """Yield each instrument named in the text, body before headline, with the act it stands in."""
    candidates = [c for t in told for c in t.mentions if c.act.type in ACTS]
    for sentence in sorted(parsed.sentences, key=lambda s: s.is_headline):
        for token in sentence.tokens:
            kind = _kind(token)
            if kind is not None:
                yield Mention(token, kind, sentence, _act_of(token, candidates))


def _kind(token: Token) -> MeasureKind | None:
    """Return the kind of instrument that this token heads, or None."""
    data = _instruments()
    lemma = token.lemma_.lower()
    if token.pos_ in ("NOUN", "PROPN") and token.dep_ not in ("compound", "nmod"):
        around = {t.lemma_.lower() for t in token.lefts} | {t.lower_ for t in token.lefts}
        for child in token.children:
            if child.dep_ == "prep":
                around |= {f"{child.lower_} {g.lemma_.lower()}" for g in child.children}
        for words, kind in data.phrases.get(lemma, ()):
            if len(words) == 1:
                return kind
            if "on" in words or "of" in words:
                if " ".join(words[1:]) in around:
                    return kind
            elif set(words[:-1]) <= around:
                return kind
        return None
    if token.pos_ == "VERB":
        for objects, kind in data.verbs.get(lemma, ()):
            below = {t.lemma_.lower() for c in token.children if c.dep_ in ("dobj", "nsubjpass", "prep") for t in c.subtree}
            if not objects or objects & below:
                return kind
    return None


def _act_of(token: Token, candidates: list[Candidate]) -> Candidate | None:
    """Return the act that this instrument stands in: it is one of its words or its object."""
    best = None
    for candidate in candidates:
        act = candidate.act
        if act.head.doc is token.doc and (
            token.i == act.head.i or any(w.i == token.i for w in act.words) or (act.object is not None and act.object.i == token.i)
        ):
            best = candidate if best is None or candidate.score > best.score else best
    return best


def _measure(mention: Mention, parsed: Parsed, cast: Cast, clock: Clock) -> Measure | None:
    """Return the measure that this mention states, or None where one of its sides stays unknown."""
    token, candidate = mention.token, mention.candidate
    if candidate is not None and candidate.act.type not in ("REQUEST", "REJECT"):
        by, on = candidate.sides.actor.ids, candidate.sides.recipient.ids
        evidence, score = candidate.evidence, candidate.score
        when = candidate.when
    else:
        by, on = _sides(token, cast)
        first, last = clause(token)
        doc = parsed.doc
        evidence = parsed.quote(doc[first].idx, doc[last].idx + len(doc[last]))
        score, when = 0.6, clock.of(token)
    if not by and not on and not _refers_back(token):
        return None
    status = _status(mention, when, parsed)
    return Measure(
        kind=mention.kind,
        by=by,
        on=on,
        object=_object(token, parsed),
        rate=_rate(mention, parsed),
        reason=_reason(mention, parsed),
        status=status,
        when=when,
        evidence=(evidence,),
        because=Because("measure.instrument", round(score, 2), f"{token.text!r} as {mention.kind}, {status}"),
    )


def _sides(token: Token, cast: Cast) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return whose instrument it is and on whom, from its own phrase and the verb that governs it."""
    by = roles._owner(token, cast).ids
    carrier = roles._carrier(token)
    if not by and carrier is not None:
        by = roles.subject(carrier, cast).ids
    on: tuple[str, ...] = ()
    for head in (token, *((carrier,) if carrier is not None else ())):
        for preposition in ("on", "against", "for", "over", "to"):
            on = on or tuple(i for i in roles._preposition(head, preposition, cast).ids if i not in by)
    return by, on


def _refers_back(token: Token) -> bool:
    return any(c.lower_ in ("the", "these", "those", "its", "their", "remaining") for c in token.lefts)


def _status(mention: Mention, when: Window | None, parsed: Parsed) -> MeasureStatus:
    """Return how far the measure has come, by the words around it and the status of its act."""
    data = ontology.load("measures")
    token, candidate = mention.token, mention.candidate
    node, words = token, [token.lemma_.lower()]
    for _ in range(3):
        if node.head.i == node.i or node.dep_ in ("relcl", "advcl", "ccomp"):
            break
        node = node.head
        words.append(node.lemma_.lower())
    state = candidate.status if candidate is not None else standing(token).status
    if any(w in data["suspending"] for w in words) and state == "happened":
        return "suspended"
    if (candidate is not None and candidate.act.type == "CONCEDE") or any(w in data["lifting"] for w in words):
        return "lifted" if state in ("happened", "ended") else "in-force"
    if candidate is not None and candidate.act.type == "THREATEN" or "threaten" in words or any(c.lower_ == "threatened" for c in token.lefts):
        return "threatened"
    if state == "possible":
        return "proposed"
    if state == "ended":
        return "lifted"
    if state == "planned":
        return "announced"
    published = parsed.document.published
    if when and published and when.start and when.start > published:
        return "announced"
    if any(w in data["announcing"] for w in words[:2]) and not any(w in data["in-force"] for w in words):
        return "announced" if when is None or published is None or when.start is None or when.start >= published else "in-force"
    return "in-force"


def _object(token: Token, parsed: Parsed) -> str | None:
    """Return what the measure falls on, in the text's words: the phrase after "on" or "of"."""
    heads = [token] + ([token.head] if token.dep_ in ("dobj", "nsubjpass") else [])
    for head in heads:
        for child in head.children:
            if child.dep_ == "prep" and child.lower_ in ("on", "against") and child.i > token.i - 1:
                for inner in child.children:
                    if inner.dep_ == "pobj" and inner.pos_ != "PROPN":
                        first, last = clause(inner)
                        return parsed.document.text[parsed.doc[first].idx : parsed.doc[last].idx + len(parsed.doc[last])]
    return None


def _rate(mention: Mention, parsed: Parsed) -> Rate | None:
    """Return the rate nearest to the instrument in its sentence: a percentage first, else a sum of money."""
    base = mention.sentence.tokens.start_char
    text = parsed.document.text[base : mention.sentence.tokens.end_char]
    at = mention.token.idx - base
    near = [f for f in find_rates(text) if min(abs(f.start - at), abs(f.end - at)) <= NEAR]
    before_from = [f for f in near if not re.search(r"\bfrom(?: about| around| roughly)? $", text[: f.start])]
    for unit in ("percent", None):
        fitting = [f for f in before_from if (f.rate.unit == "percent") == (unit == "percent")]
        if fitting:
            return min(fitting, key=lambda f: min(abs(f.start - at), abs(f.end - at))).rate
    return None


def _reason(mention: Mention, parsed: Parsed) -> str | None:
    """Return the reason the sentence gives for the measure, in its words."""
    base = mention.sentence.tokens.start_char
    text = parsed.document.text[base : mention.sentence.tokens.end_char]
    match = _instruments().reasons.search(text, mention.token.idx - base)
    if match is None:
        return None
    reason = re.split(r", (?:a|an|which|who|while|but|and|saying|said|he|she|they|it)\b|, effective", match["reason"])[0]
    return reason.strip(" ,”\"'") or None


def _add(found: list[Measure], new: Measure, mention: Mention) -> None:
    """Add a measure, or give what it says to the one it repeats."""
    at = next((n for n in range(len(found) - 1, -1, -1) if _repeats(found[n], new)), None)
    if at is None:
        if new.by and new.on:
            found.append(new)
        return
    known = found[at]
    part = _part(known, new, mention)
    found[at] = replace(
        known,
        on=known.on or new.on,
        object=known.object or new.object,
        rate=known.rate or (None if part else new.rate),
        parts=(*known.parts, part) if part else known.parts,
        reason=known.reason or (None if part else new.reason),
        status=_later(known.status, new.status),
        when=known.when or new.when,
        evidence=known.evidence if new.evidence[0] in known.evidence else (*known.evidence, *new.evidence),
    )


def _repeats(known: Measure, new: Measure) -> bool:
    """Whether the new mention is of the same instrument: same side and kind, and no stage that sets it apart."""
    generic = new.kind in ("sanction", "other")
    if known.kind != new.kind and not (generic and not (new.by and new.on and known.by != new.by)):
        return False
    if new.by and set(new.by) != set(known.by):
        return False
    if new.on and not set(new.on) & set(known.on):
        return False
    if (known.status in ENDED) != (new.status in ENDED):
        return False
    return known.kind == new.kind or generic


def _part(known: Measure, new: Measure, mention: Mention) -> Part | None:
    """Return the component that the mention describes, when it names a smaller rate as part of the whole."""
    if new.rate is None or known.rate is None or new.rate.unit != known.rate.unit or new.rate.value >= known.rate.value:
        return None
    words = set(ontology.load("measures")["parts"])
    if words & {t.lower_ for t in mention.sentence.tokens} | words & {t.lemma_.lower() for t in mention.sentence.tokens}:
        return Part(new.rate, new.reason)
    return None


_STAGES: tuple[MeasureStatus, ...] = ("proposed", "threatened", "announced", "in-force", "suspended", "lifted")


def _later(a: MeasureStatus, b: MeasureStatus) -> MeasureStatus:
    """Return the later of two stages of a measure; a document tells of the latest."""
    return max(a, b, key=_STAGES.index)


