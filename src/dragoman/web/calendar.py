"""Next steps as a calendar to subscribe to: iCalendar (RFC 5545).

In:     steps, and the address under which the application is reached.
Out:    one all-day event for each step that has a date; its UID stays the same when its date moves.
Never:  a date that no document states: a step without one is left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urljoin

from icalendar import Calendar, Event

from dragoman.ledger.entries import StepEntry
from dragoman.show.rows import source_words, tracks_words
from dragoman.show.sentences import quoted, step_sentence, step_who, whole
from dragoman.show.words import Names, mark, one_line, shorten
from dragoman.views.asked import first_day_of, last_day_of

#: What a calendar is told of a step, by how firm it is and what became of it.
CONFIRMED, OFF = ("scheduled", "agreed"), ("missed", "overtaken")
SUMMARY, QUOTE = 200, 400


def calendar(steps: Iterable[StepEntry], base: str, names: Names) -> bytes:
    """Return the steps that have a date as a calendar whose links lead to the application at `base`."""
    made = Calendar()
    made.add("prodid", "-//Dragoman//Next steps//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", "Dragoman: next steps")
    for step in steps:
        event = _event(step, base, names)
        if event is not None:
            made.add_component(event)
    out: bytes = made.to_ical()
    return out


def _event(step: StepEntry, base: str, names: Names) -> Event | None:
    """Return a step as an event of whole days; what is due by a day is an event of that day."""
    first, last = first_day_of(step.due), last_day_of(step.due)
    start, end = first or last, last or first
    if start is None or end is None or end == date.max:
        return None
    event = Event()
    event.add("uid", f"{step.id}@dragoman")
    event.add("dtstamp", _moment(step.last))
    event.add("last-modified", _moment(step.last))
    event.add("sequence", len(step.dues))
    event.add("dtstart", start)
    event.add("dtend", end + timedelta(days=1))
    event.add("summary", shorten(step_who(step, names), SUMMARY))
    event.add("description", _described(step, names))
    event.add("url", urljoin(base, f"/entry/{step.id}"))
    off = step.outcome in OFF
    event.add("status", "CANCELLED" if off else "CONFIRMED" if step.firmness in CONFIRMED else "TENTATIVE")
    event.add("transp", "TRANSPARENT")
    if step.tracks:
        event.add("categories", tracks_words(step.tracks).split(", "))
    return event


def _described(step: StepEntry, names: Names) -> str:
    """Return what is due, what became of it, and the words it rests on."""
    quotes = [f"{quoted(shorten(quote.text, QUOTE))} {source_words(quote.source)}" for quote in step.quotes[:1]]
    outcome = "" if step.outcome == "open" else f"Outcome: {mark('outcome', step.outcome).word}."
    return "\n".join(filter(None, [one_line(whole(step_sentence(step, names))), outcome, *map(one_line, quotes)]))


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
