"""Settling: an act of imposing has the status and the day of the measure that it imposes.

In:     the events of a document with their mentions, its measures, and its publication date.
Out:    `settle`: the events; where the document has one measure between two sides that is announced for a day to come,
        imposing it is planned for that day, whether the words said "announced last month" or "will impose".

Several acts that turn out to be the same one are joined.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dragoman.domain import Because, Measure
from dragoman.reading.folding import Told


def settle(told: list[Told], measures: list[Measure], published: date | None) -> list[Told]:
    """Return the events with what the measures settle about them."""
    out: list[Told] = []
    for one in told:
        measure = _measure_of(one, measures)
        settled = _settled(one, measure, published) if measure is not None else None
        if settled is None:
            out.append(one)
            continue
        same = next((n for n, other in enumerate(out) if _same(other, settled)), None)
        if same is None:
            out.append(settled)
        else:
            out[same] = _joined(out[same], settled)
    return out


def _measure_of(one: Told, measures: list[Measure]) -> Measure | None:
    """Return the one measure between the sides of an act of imposing, or None where there is none or several."""
    event = one.event
    if event.type != "SANCTION":
        return None
    between = [m for m in measures if set(event.actors) == set(m.by) and set(event.recipients) & set(m.on)]
    return between[0] if len(between) == 1 else None


def _settled(one: Told, measure: Measure, published: date | None) -> Told | None:
    """Return the act as planned for the day of the measure, or None where nothing is settled."""
    event, when = one.event, measure.when
    ahead = when is not None and when.start is not None and published is not None and when.start > published
    if measure.status != "announced" or not ahead:
        return None
    stated = all(any(s.start < e.end and e.start < s.end for e in measure.evidence) for s in event.evidence)
    open_date = event.when is None and event.status == "planned"
    told_of = event.status == "happened" and stated
    if not (open_date or told_of or (event.status == "planned" and event.when == when)):
        return None
    because = Because(event.because.rule, event.because.score, f"{event.because.detail}; day of effect of the measure")
    changed = because if event.when != when else event.because
    return replace(one, event=replace(event, status="planned", when=when, because=changed))


def _same(one: Told, other: Told) -> bool:
    a, b = one.event, other.event
    return (a.type, a.status, a.when, set(a.actors), set(a.recipients)) == (
        b.type,
        b.status,
        b.when,
        set(b.actors),
        set(b.recipients),
    )


def _joined(one: Told, other: Told) -> Told:
    """Return one act told of by the mentions of both."""
    evidence = tuple(dict.fromkeys((*one.event.evidence, *other.event.evidence)))
    persons = tuple(dict.fromkeys((*one.event.participants, *other.event.participants)))
    return Told(replace(one.event, evidence=evidence, participants=persons), (*one.mentions, *other.mentions))
