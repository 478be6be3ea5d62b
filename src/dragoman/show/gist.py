"""The gist: one line that says who did what and when, and how much more there is.

In:     a Reading.
Out:    one sentence, built from its records alone.
Never:  judges importance by words of the text; see `leading_act` for the whole rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from dragoman.domain import RECORD_KINDS, Event, NextStep, Reading
from dragoman.show.words import Names, act_words, count, one_line, series, shorten, when_phrase, window_words

#: A dated act counts as news up to this long before publication (guess: a month, as dispatches look back at most).
NEWS = timedelta(days=31)
#: People and actors named before the rest is counted; characters of a next step's own words (guesses, for one line).
PEOPLE, ACTORS, WORDS = 4, 3, 80

NOTHING = "Nothing found: no acts, statements, disputes, steps ahead, measures or initiatives between actors."


def gist(reading: Reading) -> str:
    """Return the gist of a reading: its leading act, then the number of its other records, then what comes next."""
    if not reading.records():
        return NOTHING
    names = Names(reading.actors)
    lead = leading_act(reading.events, reading.document.published)
    counts = {kind: len(getattr(reading, kind)) for kind in RECORD_KINDS}
    told = ("events", "disputes", "measures") if lead else tuple(kind for kind in RECORD_KINDS if kind != "next_steps")
    more = counts | {"events": counts["events"] - (1 if lead else 0)}
    tally = ", ".join(_more(kind, more[kind], bool(lead)) for kind in told if more[kind])
    nearest = next(iter(soonest(reading.next_steps)), None)
    line = "; ".join(filter(None, [_act(lead, names) if lead else "", tally, _next(nearest) if nearest else ""]))
    return f"{line[0].upper()}{line[1:]}."


def leading_act(events: Iterable[Event], published: date | None) -> Event | None:
    """Return the act that leads: done or planned first, then possible, ended, denied; the recent; the first told."""
    order = {"happened": 0, "planned": 0, "possible": 1, "ended": 2, "denied": 3}

    def rank(event: Event) -> tuple[int, bool, int]:
        return order[event.status], not _is_news(event, published), min(s.start for s in event.evidence)

    return min(events, key=rank, default=None)


def soonest(steps: Iterable[NextStep]) -> list[NextStep]:
    """Return the steps by the first day on which they can fall (else the last), open horizons at the end."""
    return sorted(steps, key=lambda s: (s.due.start or s.due.end or date.max, s.due.end or date.max))


def _is_news(event: Event, published: date | None) -> bool:
    if event.when is None or published is None:
        return event.when is not None
    last = event.when.end or event.when.start
    return last is not None and last >= published - NEWS


def _act(event: Event, names: Names) -> str:
    joint = len(event.actors) > 1 and not event.recipients
    act = act_words(event.type, event.mode, joint=joint)
    subject = series([names.within(actor) for actor in event.actors], ACTORS)
    verb = {
        "happened": act["past"],
        "planned": f"{'is' if len(event.actors) == 1 else 'are'} to {act['base']}",
        "possible": f"may {act['base']}",
        "ended": act["past"],
        "denied": act["past"],
    }[event.status]
    objects = series([names.within(actor) for actor in event.recipients], ACTORS) if event.recipients else ""
    people = ", ".join(one_line(person.name) for person in event.participants[:PEOPLE])
    beyond = len(event.participants) - PEOPLE
    words = [
        {"denied": "it is denied that", "ended": "no longer so:"}.get(event.status, ""),
        subject,
        verb,
        f"{act['to']} {objects}" if objects else "",
        when_phrase(event.when),
        f"({people}{f' and {beyond} more' if beyond > 0 else ''})" if people else "",
    ]
    return " ".join(filter(None, words))


def _more(kind: str, number: int, after_lead: bool) -> str:
    counted = count(kind, number)
    return counted.replace(" ", " more ", 1) if after_lead and kind == "events" else counted


def _next(step: NextStep) -> str:
    due = window_words(step.due)
    return f"next: {shorten(step.what, WORDS)} ({step.firmness}, {due})"
