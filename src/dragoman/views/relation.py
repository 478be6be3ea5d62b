"""The state of a relation on one screen: contacts, what is due, disputes, measures, tracks, tension.

In:     the ledger, two actor ids and the day as of which the question is asked.
Out:    `Relation`; everything in it is an entry of the ledger or counted from entries it names.
Never:  looks at a document that was not known by that day; ranks by anything but day and level.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dragoman.domain import Person, Window
from dragoman.ledger.entries import (
    DisputeEntry,
    EventEntry,
    InitiativeEntry,
    MeasureEntry,
    Source,
    StepEntry,
)
from dragoman.views.asked import Act, Books, Pair, last_day_of, only, today
from dragoman.views.direction import DAYS, TrackMove, moves
from dragoman.views.due import ahead, past_due, steps_of
from dragoman.views.levels import LEVELS, Level, level
from dragoman.views.table import Table, dated, joined, named, padded, rated
from dragoman.views.tension import Comparison, compare, tension

#: How many steps past due without word, disputes, and initiatives one screen shows: guesses.
OVERDUE, DISPUTES, INITIATIVES = 10, 5, 20
#: Measures and steps looked at, those told or due last, and contacts for the last of each level: guesses, for speed.
MEASURES, PAST_STEPS, UNDATED_STEPS, CONTACTS = 100, 40, 20, 120
#: Days of acts that are looked at first; all of them where these hold few contacts: guess.
RECENT = timedelta(days=2 * 365)
#: Days for which a threat or proposal is shown after it was last reported: guess.
FRESH = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Contact:
    """The last contact at one level: the day, the way, and who took part."""

    level: Level
    day: date
    when: Window | None
    mode: str | None
    who: tuple[Person, ...]
    entry: EventEntry


@dataclass(frozen=True, slots=True)
class Relation(Table):
    """The state of the relation between two actors as the ledger stood on a day."""

    pair: Pair
    as_of: date
    documents: int
    origins: int
    last: Source | None
    contacts: tuple[Contact, ...]
    due: tuple[StepEntry, ...]
    overdue: tuple[StepEntry, ...]
    disputes: tuple[DisputeEntry, ...]
    in_force: tuple[MeasureEntry, ...]
    announced: tuple[MeasureEntry, ...]
    threatened: tuple[MeasureEntry, ...]
    initiatives: tuple[InitiativeEntry, ...]
    tracks: tuple[TrackMove, ...]
    tension: Comparison | None

    def rows(self) -> list[dict[str, Any]]:
        """Return one row for each line of the screen; `part` says what it is."""
        return padded(
            [
                *(_contact_row(contact) for contact in self.contacts),
                *(_step_row("due", step) for step in self.due),
                *(_step_row("overdue", step) for step in self.overdue),
                *(_dispute_row(dispute) for dispute in self.disputes),
                *(_measure_row("in force", measure) for measure in self.in_force),
                *(_measure_row("announced", measure) for measure in self.announced),
                *(_measure_row("threatened", measure) for measure in self.threatened),
                *(_initiative_row(initiative) for initiative in self.initiatives),
                *(_track_row(move) for move in self.tracks),
            ]
        )


def relation(ledger: Books, a: str, b: str, *, as_of: date | None = None) -> Relation:
    """Return the state of the relation between two actors as the ledger stood on a day (today by default)."""
    day, pair = today(as_of), (a, b)
    sources = ledger.documents(pair=pair, as_of=day)
    acts = latest_acts(ledger, pair, day)
    steps = steps_of(ledger, pair, as_of=day, past=PAST_STEPS, undated=UNDATED_STEPS)
    measures = only(MeasureEntry, ledger.entries("measures", pair=pair, as_of=day, limit=MEASURES))
    initiatives = ledger.entries("initiatives", pair=pair, as_of=day, limit=INITIATIVES)
    in_force, announced, threatened = standing_of(measures, pair, day)
    return Relation(
        pair=pair,
        as_of=day,
        documents=len(sources),
        origins=len({source.origin for source in sources}),
        last=max(sources, key=lambda source: (source.known_on, source.document), default=None),
        contacts=contacts(ledger, acts, as_of=day),
        due=tuple(ahead(steps)),
        overdue=tuple(past_due(steps))[:OVERDUE],
        disputes=_latest(only(DisputeEntry, ledger.entries("disputes", pair=pair, as_of=day, limit=DISPUTES))),
        in_force=in_force,
        announced=announced,
        threatened=threatened,
        initiatives=tuple(only(InitiativeEntry, initiatives)),
        tracks=moves((act for act in acts if act.day > day - timedelta(days=2 * DAYS)), day),
        tension=compare(tension(ledger, a, b, by="month", as_of=day)),
    )


def latest_acts(ledger: Books, pair: Pair, day: date) -> Sequence[Act]:
    """Return the acts up to a day: of the last years, or all where those hold too few contacts."""
    recent = ledger.acts(pair, as_of=day, since=day - RECENT, until=day)
    return recent if len(meetings(recent)) >= CONTACTS else ledger.acts(pair, as_of=day, until=day)


def meetings(acts: Iterable[Act]) -> list[Act]:
    """Return the contacts that happened."""
    return [act for act in acts if act.type == "CONSULT" and act.status == "happened"]


def contacts(ledger: Books, acts: Iterable[Act], *, as_of: date) -> tuple[Contact, ...]:
    """Return the last contact of each level, highest level first, among the latest that happened."""
    latest = sorted(meetings(acts), key=lambda act: (act.day, act.entry), reverse=True)[:CONTACTS]
    return by_level(only(EventEntry, [ledger.entry(act.entry, as_of) for act in latest]))


def by_level(events: Iterable[EventEntry]) -> tuple[Contact, ...]:
    """Return for each level the latest of its contacts, highest level first."""
    found: dict[Level, Contact] = {}
    for event in events:
        contact = contact_of(event)
        known = found.get(contact.level)
        if known is None or contact.day > known.day:
            found[contact.level] = contact
    return tuple(found[name] for name in LEVELS if name in found)


def contact_of(event: EventEntry) -> Contact:
    """Return an event as a contact, at the highest level of those who took part."""
    day = last_day_of(event.when) or event.first
    return Contact(level(event.participants, day), day, event.when, event.mode, event.participants, event)


def standing_of(
    measures: Sequence[MeasureEntry], pair: Pair, day: date
) -> tuple[tuple[MeasureEntry, ...], tuple[MeasureEntry, ...], tuple[MeasureEntry, ...]]:
    """Return the measures in force, announced, and threatened or proposed of late; those of the first actor first."""
    ordered = sorted(measures, key=lambda m: (pair[0] not in m.by, -m.last.toordinal(), m.id))
    return (
        tuple(m for m in ordered if m.status == "in-force"),
        tuple(m for m in ordered if m.status == "announced"),
        tuple(m for m in ordered if m.status in {"threatened", "proposed"} and m.last > day - FRESH),
    )


def _latest(disputes: Iterable[DisputeEntry]) -> tuple[DisputeEntry, ...]:
    return tuple(sorted(disputes, key=lambda dispute: (dispute.last, dispute.id), reverse=True))


# -- rows ----------------------------------------------------------------------------------------------------------


def _row(part: str, name: str, what: str | None, entry: str | None = None, **more: Any) -> dict[str, Any]:
    return {"part": part, "name": name, "what": what, "entry": entry, **more}


def _contact_row(contact: Contact) -> dict[str, Any]:
    who = {"actors": joined(contact.entry.sides), "persons": named(contact.who)}
    return _row("contact", contact.level, contact.mode, contact.entry.id, day=contact.day, **who)


def _step_row(part: str, step: StepEntry) -> dict[str, Any]:
    more = {"status": step.outcome, "firmness": step.firmness, "actors": joined(step.actors), **dated("due", step.due)}
    return _row(part, step.type, step.what, step.id, **more)


def _dispute_row(dispute: DisputeEntry) -> dict[str, Any]:
    persons = named((dispute.claimant, dispute.denier))
    return _row("dispute", "dispute", dispute.claim.text, dispute.id, day=dispute.last, persons=persons)


def _measure_row(part: str, measure: MeasureEntry) -> dict[str, Any]:
    sides = {"actors": joined(measure.by), "recipients": joined(measure.on)}
    more = {"status": measure.status, **sides, **rated("rate", measure.rate), **dated("when", measure.when)}
    return _row(part, measure.instrument, measure.object, measure.id, **more)


def _initiative_row(initiative: InitiativeEntry) -> dict[str, Any]:
    return _row("initiative", initiative.name, initiative.purpose, initiative.id, actors=joined(initiative.members))


def _track_row(move: TrackMove) -> dict[str, Any]:
    sums: dict[str, Any] = {"cooperation": move.now.cooperation, "conflict": move.now.conflict}
    sums |= {"cooperation_before": move.before.cooperation, "conflict_before": move.before.conflict}
    return _row("track", move.track, move.direction, day=move.last, entries=joined(move.entries), **sums)
