"""Measures over time: the ladder of a measure's status, rate and extent.

In:     the items of one measure, and the concessions of its sides that the same documents tell of.
Out:    `MeasureEntry` with its rungs, each with the words it rests on.

A rung is what a document says of the measure at a time: announced, in force, suspended, lifted, in whole or in part.
Documents that say the same of the same days share a rung, which takes the narrowest window. A day on which a measure
was to take effect makes no rung "in force": only a document that says so does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from dragoman.domain import Event, Measure, MeasureStatus, Rate, Span, Window
from dragoman.language.times import find_times, window
from dragoman.ledger.amounts import amounts, is_part
from dragoman.ledger.entries import Change, Item, MeasureEntry, Rung

#: The course of a measure; what has come that far does not go back by an older document's word.
COURSE: tuple[MeasureStatus, ...] = ("proposed", "threatened", "announced", "in-force", "suspended", "lifted")
#: Days by which two tellings of one rung may differ (guess: a report comes a day or two after the fact).
SLACK = 3
#: Characters between an announcing verb and its day (guess: one object).
NEAR_VERB = 60
_ANNOUNCE = re.compile(r"\b(?:announc\w+|unveil\w+|proclaim\w+|decree\w+|order\w+)\b", re.IGNORECASE)
_LIFT = re.compile(
    r"\b(?:lift|remov|eas|relax|drop|scrap|end|cut|reduc|lower|roll|suspend|paus|eliminat|withdr|modif|waiv)\w*",
    re.IGNORECASE,
)
_SUSPEND = re.compile(r"\b(?:suspend|paus|freez|defer|postpon)\w*", re.IGNORECASE)


def fold_measure(common: dict[str, Any], items: Sequence[Item], context: Sequence[Item], as_of: date) -> MeasureEntry:
    """Return the measure that items make, as of a day."""
    measures = [item.record for item in items if isinstance(item.record, Measure)]
    ladder = _merged([*_own(items), *_told(items, context)])
    main = [m for m in measures if not is_part(m.object or "")] or measures
    sums = [s for m in main for s in _sums(m)]
    current = _current(ladder)
    kinds = [m.kind for m in main if m.kind not in ("sanction", "other")] or [m.kind for m in main]
    rated = [m.rate for m in main if m.rate and m.rate.unit == "percent"]
    rungs = [r.rate for r in ladder if r.rate and not r.possible and not r.partial]
    return MeasureEntry(
        **common,
        history=tuple(Change(r.on, describe(r), r.item) for r in sorted(ladder, key=lambda r: r.on)),
        instrument=max(dict.fromkeys(kinds), key=kinds.count),
        by=_everyone(m.by for m in main),
        on=_everyone(m.on for m in main),
        object=_object(main),
        rate=rungs[-1]
        if rungs
        else rated[-1]
        if rated
        else next((m.rate for m in main if m.rate and m.rate not in sums), None),
        amount=max(dict.fromkeys(sums), key=sums.count) if sums else None,
        parts=next((m.parts for m in reversed(main) if m.parts), ()),
        reason=next((m.reason for m in main if m.reason), None),
        status=current.status if current else measures[-1].status,
        when=_effect(ladder, measures),
        ladder=tuple(ladder),
    )


def _own(items: Sequence[Item]) -> Iterable[Rung]:
    """Yield the rung that each item states."""
    for item in items:
        measure = item.record
        assert isinstance(measure, Measure)
        partial = is_part(measure.object or "") and measure.status in ("lifted", "suspended")
        told = item.source.known_on
        ahead = measure.status in ("proposed", "threatened", "announced")
        when = _announced(measure, told) if ahead else measure.when
        if measure.status == "in-force" and when and when.start and when.start > told:
            when = Window(None, told)
        own_sums = _sums(measure)
        yield Rung(
            status=measure.status,
            when=when,
            rate=measure.rate if measure.rate and measure.rate not in own_sums else None,
            amount=own_sums[0] if own_sums else None,
            partial=partial,
            possible=False,
            on=told,
            item=item.id,
            quote=_stating(measure),
        )


def _announced(measure: Measure, told: date) -> Window:
    """Return when it was announced: a day near the verb ("announced the duties on 3 May"), else by then."""
    for span in measure.evidence:
        quote = " ".join(span.quote.split())
        verb = _ANNOUNCE.search(quote)
        if verb is None:
            continue
        for time in find_times(quote):
            when = window(time, told, future=False)
            close = 0 <= time.start - verb.end() <= NEAR_VERB or time.end <= verb.start()
            if close and when and when.end and when.end <= told:
                return when
    return Window(None, told)


def _told(items: Sequence[Item], context: Sequence[Item]) -> Iterable[Rung]:
    """Yield the rungs that acts tell of: a lifting or suspension that happened or may."""
    for other in context:
        event = other.record
        if not isinstance(event, Event) or event.status not in ("happened", "planned", "possible"):
            continue
        mine = [i for i in items if i.source.document == other.source.document and _of(i, event)]
        quote = next((s.quote for s in event.evidence), "")
        if not mine:
            continue
        if event.type == "CONCEDE" and _LIFT.search(quote):
            status: MeasureStatus = "suspended" if _SUSPEND.search(quote) else "lifted"
            sums = amounts(quote)
            partial = is_part(quote) or bool(sums)
            done = event.status == "happened"
            if done and not partial and not _whole(mine):
                continue  # that something was eased is no word that all of it was
            yield replace(
                _rung(status, event.when, sums[0] if partial and sums else None, other, quote),
                partial=partial, possible=not done,
            )  # fmt: skip


def _rung(status: MeasureStatus, when: Window | None, amount: Rate | None, item: Item, quote: str) -> Rung:
    return Rung(
        status, when, None, amount, partial=False, possible=False, on=item.source.known_on, item=item.id, quote=quote
    )


def _of(item: Item, event: Event) -> bool:
    """Whether an act is told of this measure: same sides, and words in common."""
    measure = item.record
    assert isinstance(measure, Measure)
    parties = set(measure.by) & set(event.actors) and set(measure.on) & {*event.recipients, *event.actors}
    return bool(parties) and any(_meet(a, b) for a in measure.evidence for b in event.evidence)


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _whole(items: Sequence[Item]) -> bool:
    return any(isinstance(i.record, Measure) and i.record.status in ("lifted", "suspended") for i in items)


def _merged(rungs: Iterable[Rung]) -> list[Rung]:
    """Return the rungs in order of time, those that say the same made one."""
    out: list[Rung] = []
    for rung in sorted(rungs, key=lambda r: (r.possible, _width(r.when), r.on, r.item)):
        at = next((n for n, known in enumerate(out) if _same(known, rung)), None)
        if at is None:
            out.append(rung)
            continue
        known = out[at]
        first = min(known, rung, key=lambda r: (r.on, r.item))
        out[at] = replace(
            known, rate=known.rate or rung.rate, amount=known.amount or rung.amount, on=first.on,
            item=first.item, quote=first.quote,
        )  # fmt: skip
    done = {(r.status, r.partial, r.amount) for r in out if not r.possible}
    kept = [r for r in out if not (r.possible and r.when is None and (r.status, r.partial, r.amount) in done)]
    return sorted(kept, key=lambda r: (_when(r), COURSE.index(r.status), r.possible, r.item))


def _same(known: Rung, rung: Rung) -> bool:
    """Whether two rungs are one: same status and extent, no other rate, and days that can be the same."""
    if (known.status, known.partial, known.possible) != (rung.status, rung.partial, rung.possible):
        return False
    if known.partial and known.amount and rung.amount and known.amount != rung.amount:
        return False
    if known.rate and rung.rate and known.rate != rung.rate:
        return False
    if known.status in ("proposed", "threatened", "announced"):
        return True  # a measure is announced once, however often that is told
    one, other = _bounds(known), _bounds(rung)
    return (one[0] - other[1]).days <= SLACK and (other[0] - one[1]).days <= SLACK


def _bounds(rung: Rung) -> tuple[date, date]:
    window = rung.when
    if window is None:
        return date.min, (date.max if rung.possible else rung.on)
    return window.start or date.min, window.end or max(window.start or rung.on, rung.on)


def _width(when: Window | None) -> int:
    if when is None:
        return 20_000
    return (when.end - when.start).days if when.start and when.end else 10_000


def _when(rung: Rung) -> date:
    if rung.when is None:
        return date.max if rung.possible else rung.on
    found = rung.when.start or rung.when.end or rung.on
    return found


def _current(ladder: Sequence[Rung]) -> Rung | None:
    """Return the rung that holds: the last that is no mere possibility and no part, by time."""
    whole = [r for r in ladder if not r.possible and not r.partial]
    return max(
        whole,
        key=lambda r: (r.status not in ("proposed", "threatened"), _when(r), COURSE.index(r.status)),
        default=None,
    )


def _effect(ladder: Sequence[Rung], measures: Sequence[Measure]) -> Window | None:
    """Return when the measure took or takes effect: by the rung in force, else as announced last."""
    for rung in ladder:
        if rung.status == "in-force" and rung.when and (rung.when.start or rung.when.end):
            return rung.when
    return next((m.when for m in reversed(measures) if m.when and m.status not in ("lifted", "suspended")), None)


def _stating(measure: Measure) -> str:
    """Return the words that tell most: those with the object or a number, else the first."""
    return max((s.quote for s in measure.evidence), key=lambda q: (bool(re.search(r"\d", q)), min(len(q), 160)))


def _sums(measure: Measure) -> list[Rate]:
    rate = [measure.rate] if measure.rate and measure.rate.unit.isupper() and len(measure.rate.unit) == 3 else []
    return [*rate, *amounts(measure.object or "")]


def _object(measures: Sequence[Measure]) -> str | None:
    """Return the object that is told most often, the fullest among equals."""
    given = [m.object for m in measures if m.object]
    return max(given, key=lambda o: (given.count(o), len(o)), default=None)


def _everyone(sides: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(actor for side in sides for actor in side))


def describe(rung: Rung) -> str:
    """Return a rung in a few words, for the history."""
    extent = "partly " if rung.partial else ""
    may = "may be " if rung.possible else ""
    amount = f" ({rung.amount.value:,.0f} {rung.amount.unit})" if rung.amount else ""
    rate = f" at {rung.rate.value:g} {rung.rate.unit}" if rung.rate else ""
    return f"{may}{extent}{rung.status}{rate}{amount}"
