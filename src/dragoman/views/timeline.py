"""What happened between two actors, day by day: acts, what became of next steps, rungs of measures, disputes.

In:     the ledger, two actor ids; a track, a period, kinds, a limit; the day as of which the question is asked.
Out:    `Timeline`, oldest first. A `Moment` has the parts of a sentence, its status, its origins and its entry.
Days:   a moment stands on the first day of its window, and says how precise that is; without a window it stands on the
        day it was first reported. A step that was met stands on the day of what met it, one that is open or past
        due on the last day of its due window; steps without a due date are left out.
Never:  tells one thing twice: a planned act that a step tells, and an act of sanction or concession that a measure's
        ladder tells, are left to those, where both kinds are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dragoman.domain import Person, Rate, Track, Window
from dragoman.errors import DragomanError
from dragoman.ledger.entries import (
    DisputeEntry,
    Entry,
    EventEntry,
    Kind,
    MeasureEntry,
    Quote,
    Rung,
    StepEntry,
)
from dragoman.views.asked import Books, Pair, first_day_of, last_day_of, only, today
from dragoman.views.measures import rung_day
from dragoman.views.precision import Precision, precision
from dragoman.views.table import Table, dated, joined, named, rated

#: The kinds a timeline shows; statements and initiatives have no day of their own.
KINDS: tuple[Kind, ...] = ("events", "next_steps", "measures", "disputes")
#: Types of acts that a measure's ladder tells.
_OF_MEASURES = frozenset({"SANCTION", "CONCEDE"})
#: A step may come due so long before the period and be decided in it: guess.
SLACK = timedelta(days=31)
#: A measure may be told last so long before one of its rungs holds: guess.
LONG = timedelta(days=365)

#: By document: where words start and end, and the tracks of the event that rests on them.
Tracks = dict[str, list[tuple[int, int, tuple[Track, ...]]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One line of a timeline, as the parts of a sentence."""

    day: date
    precision: Precision
    when: Window | None
    kind: Kind
    type: str
    mode: str | None = None
    actors: tuple[str, ...]
    recipients: tuple[str, ...] = ()
    participants: tuple[Person, ...] = ()
    what: str | None = None
    rate: Rate | None = None
    amount: Rate | None = None
    status: str
    possible: bool = False
    partial: bool = False
    contested: bool = False
    tracks: tuple[Track, ...] = ()
    origins: int
    entry: str
    item: str | None
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class Timeline(Table):
    """What happened between two actors as the ledger stood on a day; `more` says that earlier moments are left out."""

    pair: Pair
    as_of: date
    track: Track | None
    since: date | None
    until: date | None
    kinds: tuple[Kind, ...]
    moments: tuple[Moment, ...]
    more: bool

    def rows(self) -> list[dict[str, Any]]:
        """Return one row a moment."""
        return [_row(moment) for moment in self.moments]


def timeline(
    ledger: Books,
    a: str,
    b: str,
    *,
    track: Track | None = None,
    since: date | None = None,
    until: date | None = None,
    kinds: Sequence[Kind] | None = None,
    limit: int | None = 200,
    as_of: date | None = None,
) -> Timeline:
    """Return what happened between two actors, at most the latest `limit` moments, oldest first."""
    day, pair, wanted = today(as_of), (a, b), tuple(k for k in KINDS if kinds is None or k in kinds)

    def ask(kind: Kind, since: date | None, until: date | None, number: int | None = None) -> list[Any]:
        if kind not in wanted:
            return []
        return list(ledger.entries(kind, pair=pair, as_of=day, since=since, until=until, limit=number))

    events, first = _events(ledger, pair, track, since, until, limit, day) if "events" in wanted else ([], since)
    measures = only(MeasureEntry, ask("measures", first and first - LONG, None))
    disputes = only(DisputeEntry, ask("disputes", first, None))
    steps = only(StepEntry, ask("next_steps", (first or date.min + SLACK) - SLACK, None, limit and 2 * limit))
    tracks = tracks_by_words(events)
    moments = [
        *(of_event(event) for event in left_over(events, steps, measures)),
        *(of_step(step, met_on(ledger, step, events, day)) for step in steps if last_day_of(step.due)),
        *(
            of_rung(rung, entry, tracks_of(entry, tracks), said_by(ledger, rung, entry, day))
            for entry in measures
            for rung in entry.ladder
            if _within(rung_day(rung), first, until)
        ),
        *(of_dispute(entry, tracks_of(entry, tracks)) for entry in disputes),
    ]
    inside = sorted(
        (m for m in moments if _within(m.day, first, until) and (track is None or track in m.tracks)),
        key=lambda m: (m.day, KINDS.index(m.kind), m.entry),
    )
    shown = inside[-limit:] if limit else inside
    return Timeline(pair, day, track, since, until, wanted, tuple(shown), first != since or len(shown) < len(inside))


def _events(
    ledger: Books,
    pair: Pair,
    track: Track | None,
    since: date | None,
    until: date | None,
    limit: int | None,
    as_of: date,
) -> tuple[list[EventEntry], date | None]:
    """Return the latest events (on a track) and the first day from which they are complete: `since`, or a later one.

    One more than the limit is looked at, so that other kinds need not be looked for before the first shown.
    """
    most = limit + 1 if limit else None
    if track is None:
        found = only(EventEntry, ledger.entries("events", pair=pair, as_of=as_of, since=since, until=until, limit=most))
    else:
        on = [act for act in ledger.acts(pair, as_of=as_of, since=since, until=until) if track in act.tracks]
        found = only(EventEntry, [ledger.entry(act.entry, as_of) for act in (on[-most:] if most else on)])
    if most is None or len(found) < most:
        return found, since
    return found, min(first_day_of(event.when) or event.first for event in found)


# -- what would be told twice --------------------------------------------------------------------------------------


def left_over(
    events: Iterable[EventEntry], steps: Iterable[StepEntry], measures: Iterable[MeasureEntry]
) -> list[EventEntry]:
    """Return the events that neither a step nor a measure tells."""
    of_steps, of_measures = words_of(steps), words_of(measures)
    return [
        event
        for event in events
        if not (event.status in {"planned", "possible"} and touches(event, of_steps))
        and not (event.type in _OF_MEASURES and touches(event, of_measures))
    ]


def words_of(entries: Iterable[Entry]) -> dict[str, list[tuple[int, int]]]:
    """Return by document the stretches of text that entries rest on."""
    found: dict[str, list[tuple[int, int]]] = {}
    for entry in entries:
        for item in entry.items:
            found.setdefault(item.source.document, []).extend((s.start, s.end) for s in item.record.evidence)
    return found


def touches(entry: Entry, words: dict[str, list[tuple[int, int]]]) -> bool:
    """Tell whether an entry rests in some document on words that are among these."""
    return any(
        span.start < end and start < span.end
        for item in entry.items
        if (stretches := words.get(item.source.document))
        for span in item.record.evidence
        for start, end in stretches
    )


def tracks_by_words(events: Iterable[EventEntry]) -> Tracks:
    """Return by document the stretches of text that events rest on, each with the event's tracks."""
    found: Tracks = {}
    for event in events:
        for document, stretches in words_of([event]).items():
            found.setdefault(document, []).extend((start, end, event.tracks) for start, end in stretches)
    return found


def tracks_of(entry: Entry, known: Tracks) -> tuple[Track, ...]:
    """Return the tracks of the events told in the same words as a measure or dispute, which has none of its own."""
    return tuple(
        dict.fromkeys(
            track
            for document, stretches in words_of([entry]).items()
            for start, end in stretches
            for event_start, event_end, tracks in known.get(document, ())
            if start < event_end and event_start < end
            for track in tracks
        )
    )


# -- moments -------------------------------------------------------------------------------------------------------


def of_event(event: EventEntry) -> Moment:
    """Return an event on its day."""
    return Moment(
        day=first_day_of(event.when) or event.first,
        precision=precision(event.when),
        when=event.when,
        kind="events",
        type=event.type,
        mode=event.mode,
        actors=event.actors,
        recipients=event.recipients,
        participants=event.participants,
        status=event.status,
        contested=event.contested,
        tracks=event.tracks,
        origins=event.origins,
        **_source(event),
    )


def of_step(step: StepEntry, decided: Window | None = None) -> Moment:
    """Return a step on the day that decided it, or on the last day on which it is due."""
    window = decided or step.due
    return Moment(
        day=(first_day_of(decided) if decided else last_day_of(step.due)) or step.last,
        precision=precision(window),
        when=window,
        kind="next_steps",
        type=step.type,
        actors=step.actors,
        participants=step.participants,
        what=step.what,
        status=step.outcome,
        possible=step.firmness == "possible",
        tracks=step.tracks,
        origins=step.origins,
        **_source(step, step.decided_item),
    )


def met_on(ledger: Books, step: StepEntry, events: Iterable[EventEntry], as_of: date) -> Window | None:
    """Return the window of what met, missed or overtook a step, or the day on which that became known."""
    if step.outcome not in {"met", "missed", "overtaken"}:
        return None
    known = Window(step.decided_on, step.decided_on) if step.decided_on else None
    if step.outcome != "met" or step.decided_by is None:
        return known
    event = next((event for event in events if event.id == step.decided_by), None) or _entry(
        ledger, step.decided_by, as_of
    )
    return (event.when if isinstance(event, EventEntry) else None) or known


def said_by(ledger: Books, rung: Rung, entry: MeasureEntry, as_of: date) -> Quote | None:
    """Return the quote of a rung: of one of the measure's items, or of an event's item that tells it."""
    own = next((quote for quote in entry.quotes if quote.item == rung.item), None)
    if own or not rung.item:
        return own
    other = _entry(ledger, rung.item, as_of)
    return next((quote for quote in other.quotes if quote.item == rung.item), None) if other else None


def of_rung(rung: Rung, entry: MeasureEntry, tracks: tuple[Track, ...] = (), quote: Quote | None = None) -> Moment:
    """Return a rung of a measure's ladder on the day from which it holds."""
    return Moment(
        day=rung_day(rung),
        precision=precision(rung.when),
        when=rung.when,
        kind="measures",
        type=entry.instrument,
        actors=entry.by,
        recipients=entry.on,
        what=entry.object,
        rate=rung.rate,
        amount=rung.amount,
        status=rung.status,
        possible=rung.possible,
        partial=rung.partial,
        tracks=tracks,
        origins=entry.origins,
        entry=entry.id,
        item=rung.item or None,
        quote=quote,
    )


def of_dispute(entry: DisputeEntry, tracks: tuple[Track, ...] = ()) -> Moment:
    """Return a dispute on the day it was first reported."""
    return Moment(
        day=entry.first,
        precision="reported",
        when=None,
        kind="disputes",
        type="dispute",
        actors=tuple(filter(None, (entry.claimant.affiliation,))),
        recipients=tuple(filter(None, (entry.denier.affiliation,))),
        participants=(entry.claimant, entry.denier),
        what=entry.claim.text,
        status="disputed",
        tracks=tracks,
        origins=entry.origins,
        entry=entry.id,
        item=entry.claim.item,
        quote=entry.claim,
    )


def _source(entry: Entry, item: str | None = None) -> dict[str, Any]:
    """Return the entry, the item that says it (the first unless another is named), and its first quote."""
    said = next((known for known in entry.items if known.id == item), None)
    first = said or (entry.items[0] if entry.items else None)
    quotes = first.quotes if first else ()
    return {"entry": entry.id, "item": item or (first.id if first else None), "quote": quotes[0] if quotes else None}


def _entry(ledger: Books, given: str, as_of: date) -> Entry | None:
    try:
        return ledger.entry(given, as_of)
    except DragomanError:
        return None


def _within(day: date, since: date | None, until: date | None) -> bool:
    return (since is None or since <= day) and (until is None or day <= until)


def _row(moment: Moment) -> dict[str, Any]:
    return {
        "day": moment.day,
        "precision": moment.precision,
        **dated("when", moment.when),
        "kind": moment.kind,
        "type": moment.type,
        "mode": moment.mode,
        "actors": joined(moment.actors),
        "recipients": joined(moment.recipients),
        "participants": named(moment.participants),
        "what": moment.what,
        **rated("rate", moment.rate),
        **rated("amount", moment.amount),
        "status": moment.status,
        "possible": moment.possible,
        "partial": moment.partial,
        "contested": moment.contested,
        "tracks": joined(moment.tracks),
        "origins": moment.origins,
        "entry": moment.entry,
        "quote": moment.quote.text if moment.quote else None,
    }
