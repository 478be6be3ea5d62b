"""Steps from measures: an instrument whose day of effect lies ahead is a step, whoever speaks of it and however.

In:     the measures of a document, its statements, the steps already found, and the document's `Clock`.
Out:    `add_measures`: the steps with those that the measures add, or date where they stood without a date.
Dates:  a measure in force, lifted or of the past adds nothing.

"The 1 May deadline set by Quito for the duties to take effect" is scheduled; what is only threatened or proposed
without a date is possible.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from dragoman.domain import Because, Firmness, Measure, NextStep, Person, Span, Window
from dragoman.language.parse import Parsed
from dragoman.language.tracks import find_tracks
from dragoman.reading.when import Clock

AHEAD = ("announced", "threatened", "proposed")
#: Words of `what` (guess, as in next_steps).
LONGEST = 14
OPEN = Window(None, None)
#: Words that state a day as that of effect, where a threat alone only names it.
_EFFECT = re.compile(r"\b(?:effect|force|deadline|start|starts|begin|begins|apply|applies)\b")


def add_measures(
    steps: list[NextStep],
    measures: list[Measure],
    parsed: Parsed,
    clock: Clock,
    said_by: Callable[[int], Person | None],
) -> list[NextStep]:
    """Return the steps with those of the measures that are still to come."""
    published = parsed.document.published
    out = list(steps)
    for measure in measures:
        if measure.status not in AHEAD or not (measure.by and measure.on):
            continue
        due = measure.when if _lies_ahead(measure.when, published) else None
        if measure.when is not None and due is None:
            continue
        if due is None and measure.status == "announced":
            continue
        same = [n for n, step in enumerate(out) if _is_about(step, measure)]
        if due is None:
            if not same:
                out.append(_step(measure, None, "possible", parsed, clock, said_by))
            continue
        step = _step(measure, due, "scheduled", parsed, clock, said_by)
        if measure.status == "threatened" and not any(_EFFECT.search(e.quote) for e in step.evidence):
            step = replace(step, firmness="possible")
        at = next((n for n in same if out[n].due == due), next((n for n in same if out[n].due == OPEN), None))
        if at is not None:
            out[at] = _joined(out[at], step, fixed=measure.status == "announced")
        elif not any(_meet(out[n].due, due) for n in same):
            out.append(step)
    return out


def _joined(known: NextStep, step: NextStep, *, fixed: bool) -> NextStep:
    """Return a known step with the date of the measure, and the words with the date before its own."""
    meets = any(a.start < b.end and b.start < a.end for a in known.evidence for b in step.evidence)
    if known.due == step.due and meets:
        return known
    evidence = tuple(dict.fromkeys((*step.evidence, *known.evidence)))
    firm: Firmness = "scheduled" if fixed or known.firmness != "possible" else "possible"
    if step.firmness == "possible":
        firm = "possible"
    return replace(step, participants=known.participants, evidence=evidence, firmness=firm)


def _lies_ahead(when: Window | None, published: date | None) -> bool:
    """Whether a window is not yet over when the text is published; one of which the start is open lies ahead too."""
    if when is None or published is None:
        return False
    if when.start is not None:
        return when.start > published
    return when.end is not None and when.end > published


def _is_about(step: NextStep, measure: Measure) -> bool:
    """Whether a step is the imposing of this measure: by its owner, and not on somebody else."""
    if step.type != "SANCTION" or not step.actors:
        return False
    return step.actors[0] in measure.by and set(step.actors) <= {*measure.by, *measure.on}


def _meet(a: Window, b: Window) -> bool:
    if a == OPEN or b == OPEN:
        return False
    return (a.start is None or b.end is None or a.start <= b.end) and (
        b.start is None or a.end is None or b.start <= a.end
    )


def _step(
    measure: Measure,
    due: Window | None,
    firmness: Firmness,
    parsed: Parsed,
    clock: Clock,
    said_by: Callable[[int], Person | None],
) -> NextStep:
    dated = [s for s in measure.evidence if due is not None and clock.within(s.start, s.end, future=True) == due]
    evidence = tuple(dated) or (measure.evidence if due is not None else measure.evidence[:1])
    first = evidence[0]
    return NextStep(
        what=_what(first),
        type="SANCTION",
        actors=(*measure.by, *(i for i in measure.on if i not in measure.by)),
        participants=(),
        due=due or OPEN,
        firmness=firmness,
        said_by=said_by(first.start),
        tracks=find_tracks(parsed.sentences[parsed.sentence_at(first.start)].tokens.text, parsed.document.text),
        evidence=evidence,
        because=Because("step.measure", measure.because.score, f"{measure.status}; {measure.because.detail}"),
    )


def _what(span: Span) -> str:
    """Return the words that state it, cut to a short phrase."""
    return " ".join(span.quote.split()[:LONGEST]).rstrip(" ,;:")
