"""The gist: one line that says who did what and when, and how much more there is.

In:     a Reading.
Out:    one sentence, built from its records alone.
Never:  judges importance by words of the text; see `leading_act` for the whole rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from dragoman.domain import RECORD_KINDS, Document, Event, NextStep, Reading
from dragoman.show.acts import INFERRED, told_by
from dragoman.show.sentences import ACTORS, sentence, with_people
from dragoman.show.words import Names, count, series, shorten, when_phrase

#: An act dated longer ago than this before publication is background (guess: a month, as dispatches look back at most).
NEWS = timedelta(days=31)
#: Characters of a next step's own words (a guess, for one line).
WORDS = 80

#: Paragraphs in which the news stands (guess: two, as the first may be a byline).
OPENING = 2

NOTHING = "Nothing found: no acts, statements, disputes, steps ahead, measures or initiatives between actors."


def gist(reading: Reading) -> str:
    """Return the gist of a reading: its leading act, then the number of its other records, then what comes next."""
    if not reading.records():
        return NOTHING
    names = Names(reading.actors)
    lead = leading_act(reading.events, reading.document)
    counts = {kind: len(getattr(reading, kind)) for kind in RECORD_KINDS}
    told = ("events", "disputes", "measures") if lead else tuple(kind for kind in RECORD_KINDS if kind != "next_steps")
    more = counts | {"events": counts["events"] - (1 if lead else 0)}
    tally = [_more(kind, more[kind], bool(lead)) for kind in told if more[kind]]
    if reading.next_steps and not any(map(_is_dated, reading.next_steps)):
        tally.append(f"{count('next_steps', counts['next_steps'])} without a date")
    parts = [with_people(lead, names, reading.measures) if lead else "", ", ".join(tally), _next(reading, lead, names)]
    line = "; ".join(filter(None, parts))
    return f"{line[0].upper()}{line[1:]}."


def leading_act(events: Iterable[Event], document: Document) -> Event | None:
    """Return the act that leads.

    One whose sides are inferred, or that is dated long ago, leads only where there is no other. Then comes what the
    headline says too, what the first paragraphs say; what is done or planned, possible, ended, denied; the dated; and
    the first told.
    """
    order = {"happened": 0, "planned": 0, "possible": 1, "ended": 2, "denied": 3}
    opening = (0, document.paragraphs[:OPENING][-1][1]) if document.paragraphs else None

    def rank(event: Event) -> tuple[bool, bool, bool, int, bool, int]:
        return (
            event.because.score <= INFERRED or _is_old(event, document.published),
            not _rests_on(event, document.headline),
            not _rests_on(event, opening),
            order[event.status],
            event.when is None,
            min(span.start for span in event.evidence),
        )

    return min(events, key=rank, default=None)


def soonest(steps: Iterable[NextStep]) -> list[NextStep]:
    """Return the steps by the first day on which they can fall (else the last), open horizons at the end."""
    return sorted(steps, key=lambda s: (s.due.start or s.due.end or date.max, s.due.end or date.max))


def _is_old(event: Event, published: date | None) -> bool:
    last = (event.when.end or event.when.start) if event.when else None
    return last is not None and published is not None and published - last > NEWS


def _rests_on(event: Event, part: tuple[int, int] | None) -> bool:
    return part is not None and any(part[0] <= span.start < part[1] for span in event.evidence)


def _more(kind: str, number: int, after_lead: bool) -> str:
    counted = count(kind, number)
    return counted.replace(" ", " more ", 1) if after_lead and kind == "events" else counted


def _next(reading: Reading, lead: Event | None, names: Names) -> str:
    """Return the soonest dated step that is not the leading act itself, as who is to do what by when."""
    for step in filter(_is_dated, soonest(reading.next_steps)):
        event = told_by(step, reading.events)
        if event is not None and event == lead:
            continue
        if event is not None and event.status in {"planned", "possible"} and event.type == step.type:
            return f"next: {sentence(replace(event, when=step.due), names, reading.measures)}"
        who = series([names.within(actor) for actor in step.actors], ACTORS)
        what = f"{who} – {shorten(step.what, WORDS)}" if who else shorten(step.what, WORDS)
        return f"next: {what} ({step.firmness}, {when_phrase(step.due)})"
    return ""


def _is_dated(step: NextStep) -> bool:
    return bool(step.due.start or step.due.end)
