"""Entries of the ledger by hand, in one line each, and a small ledger that holds them.

Days are ISO text or dates; a window is one day, two ends ("2026-02-01", "2026-02-28") with "" for an open one, or None.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from typing import Any

from dragoman.domain import (
    Because,
    Dispute,
    Event,
    EventType,
    Initiative,
    Measure,
    MeasureStatus,
    NextStep,
    Person,
    Rate,
    Record,
    Span,
    Statement,
    Status,
    Track,
    Window,
)
from dragoman.errors import UsageError
from dragoman.ledger.entries import (
    AnyEntry,
    DisputeEntry,
    Due,
    EventEntry,
    InitiativeEntry,
    Item,
    Kind,
    MeasureEntry,
    Membership,
    Outcome,
    Position,
    Quote,
    Rung,
    Source,
    Stand,
    StatementEntry,
    StepEntry,
)

Day = str | date
When = Day | tuple[Day, Day] | None
BECAUSE = Because("by hand", 1.0, "written for a test")
KNOWN = "2026-03-02"
_numbers = count(1)


def a_day(day: Day) -> date:
    """Return a day given as ISO text or as a date."""
    return day if isinstance(day, date) else date.fromisoformat(day)


def a_window(when: When) -> Window | None:
    """Return a window: one day, two ends ("" for an open one), or None."""
    if when is None:
        return None
    start, end = when if isinstance(when, tuple) else (when, when)
    return Window(a_day(start) if start else None, a_day(end) if end else None)


def a_person(name: str = "Ana Prado", role: str | None = None, affiliation: str | None = None) -> Person:
    """Return a person."""
    return Person(name, role, affiliation)


def a_source(known_on: Day = KNOWN, *, document: str = "", origin: str = "", **more: Any) -> Source:
    """Return a source; its origin is its own unless one is given."""
    document = document or f"D-{next(_numbers):09}"
    return Source(document, origin or document, a_day(known_on), **{"title": "A report", "publisher": "Wire", **more})


def a_record(kind: Kind, words: str, start: int = 0) -> Record:
    """Return a plain record of a kind that rests on words at a place of its document."""
    said = (Span(start, start + len(words), words),)
    sides: dict[str, Any] = {"evidence": said, "because": BECAUSE}
    made: dict[Kind, Any] = {
        "events": lambda: Event(type="CONSULT", actors=("IND", "USA"), status="happened", **sides),
        "statements": lambda: Statement(speaker=a_person(), kind="direct", **sides),
        "disputes": lambda: Dispute(claimant=a_person(), denier=a_person(), claim=said, denial=said, **sides),
        "next_steps": lambda: NextStep(
            what=words, type="CONSULT", actors=("IND", "USA"), due=Window(None, None), firmness="agreed", **sides
        ),
        "measures": lambda: Measure(kind="tariff", by=("USA",), on=("IND",), status="announced", **sides),
        "initiatives": lambda: Initiative(name="Pact", **sides),
    }
    record: Record = made[kind]()
    return record


def an_item(
    kind: Kind = "events", words: str = "met", *, id: str = "", source: Source | None = None, start: int = 0
) -> Item:
    """Return an item of a kind that rests on words of a source."""
    letter = {"events": "E", "statements": "S", "disputes": "X", "next_steps": "N", "measures": "M"}.get(kind, "I")
    return Item(id or f"{letter}-{next(_numbers):09}", kind, a_record(kind, words, start), source or a_source())


def _base(kind: Kind, items: Sequence[Item] | None, known_on: Day, words: str, id: str) -> dict[str, Any]:
    held = tuple(items or [an_item(kind, words, id=id, source=a_source(known_on))])
    days = [item.source.known_on for item in held]
    origins = len({item.source.origin for item in held})
    return {
        "id": id or held[0].id,
        "kind": kind,
        "items": held,
        "origins": origins,
        "first": min(days),
        "last": max(days),
    }


def an_event_entry(
    type: EventType = "CONSULT",
    when: When = "2026-03-01",
    *,
    actors: Sequence[str] = ("IND", "USA"),
    recipients: Sequence[str] = (),
    status: Status = "happened",
    participants: Sequence[Person] = (),
    tracks: Sequence[Track] = (),
    mode: str | None = None,
    contested: bool = False,
    items: Sequence[Item] | None = None,
    known_on: Day = KNOWN,
    words: str = "met",
    id: str = "",
) -> EventEntry:
    """Return an event: talks of India and the United States unless told otherwise."""
    return EventEntry(
        **_base("events", items, known_on, words, id),
        type=type,
        mode=mode,
        actors=tuple(actors),
        recipients=tuple(recipients),
        participants=tuple(participants),
        status=status,
        when=a_window(when),
        tracks=tuple(tracks),
        contested=contested,
    )


def a_step_entry(
    what: str = "talks on steel",
    due: When = "2026-04-01",
    *,
    outcome: Outcome = "open",
    type: EventType = "CONSULT",
    actors: Sequence[str] = ("IND", "USA"),
    firmness: Any = "agreed",
    tracks: Sequence[Track] = (),
    said_by: Person | None = None,
    decided_by: str | None = None,
    decided_on: Day | None = None,
    items: Sequence[Item] | None = None,
    known_on: Day = KNOWN,
    id: str = "",
) -> StepEntry:
    """Return a next step: talks of India and the United States unless told otherwise; `due=None` leaves it undated."""
    base = _base("next_steps", items, known_on, what, id)
    window = a_window(due) or Window(None, None)
    return StepEntry(
        **base,
        what=what,
        type=type,
        actors=tuple(actors),
        participants=(),
        due=window,
        firmness=firmness,
        said_by=said_by,
        tracks=tuple(tracks),
        dues=(Due(window, base["first"], base["id"]),),
        rule="met if they meet",
        outcome=outcome,
        decided_by=decided_by,
        decided_on=a_day(decided_on) if decided_on else None,
    )


def a_rung(
    status: MeasureStatus = "in-force",
    when: When = "2026-03-01",
    *,
    on: Day = KNOWN,
    rate: float | None = None,
    partial: bool = False,
    possible: bool = False,
    item: str = "",
) -> Rung:
    """Return a rung of a measure's ladder; the rate is in percent."""
    percent = Rate(rate, "percent") if rate is not None else None
    return Rung(status, a_window(when), percent, None, partial, possible, a_day(on), item, "imposed duties")


def a_measure_entry(
    *ladder: Rung,
    by: Sequence[str] = ("USA",),
    on: Sequence[str] = ("IND",),
    status: MeasureStatus | None = None,
    object: str | None = "steel",
    items: Sequence[Item] | None = None,
    known_on: Day = KNOWN,
    words: str = "imposed duties",
    id: str = "",
) -> MeasureEntry:
    """Return a tariff with a ladder; its status is that of the last rung unless told otherwise."""
    last = ladder[-1] if ladder else a_rung()
    return MeasureEntry(
        **_base("measures", items, known_on, words, id),
        instrument="tariff",
        by=tuple(by),
        on=tuple(on),
        object=object,
        rate=last.rate,
        amount=None,
        parts=(),
        reason=None,
        status=status or last.status,
        when=last.when,
        ladder=ladder,
    )


def a_quote(words: str = "the border was crossed", source: Source | None = None, item: str = "X-1") -> Quote:
    """Return quoted words."""
    return Quote(words, 0, len(words), source or a_source(), item)


def a_position(party: str, stand: Stand) -> Position:
    """Return what a party holds of a claim."""
    return Position(party, stand, None, None if stand == "silent" else a_quote())


def a_dispute_entry(
    *positions: Position,
    claimant: Person | None = None,
    denier: Person | None = None,
    items: Sequence[Item] | None = None,
    known_on: Day = KNOWN,
    words: str = "the border was crossed",
    id: str = "",
) -> DisputeEntry:
    """Return a disputed claim: India asserts and the United States denies unless told otherwise."""
    base = _base("disputes", items, known_on, words, id)
    source = base["items"][0].source
    return DisputeEntry(
        **base,
        claimant=claimant or a_person("officials", None, "IND"),
        denier=denier or a_person("a spokesman", None, "USA"),
        claim=a_quote(words, source, base["id"]),
        denial=a_quote("nobody crossed it", source, base["id"]),
        positions=positions or (a_position("IND", "asserts"), a_position("USA", "denies")),
    )


def a_statement_entry(
    words: str = "We will talk.", speaker: Person | None = None, *, known_on: Day = KNOWN, id: str = ""
) -> StatementEntry:
    """Return a statement."""
    speaker = speaker or a_person("Ana Prado", "foreign minister", "PRT")
    base = _base("statements", None, known_on, words, id)
    said = replace(base["items"][0].record, speaker=speaker)
    return StatementEntry(**base, statement=said)


def an_initiative_entry(
    name: str = "Pact of Ports",
    *,
    lead: Sequence[str] = (),
    members: Sequence[str] = ("IND", "USA"),
    known_on: Day = KNOWN,
) -> InitiativeEntry:
    """Return an initiative with its members."""
    base = _base("initiatives", None, known_on, name, "")
    ties = [Membership(actor, "leads", base["first"], base["id"]) for actor in lead]
    ties += [Membership(actor, "member", base["first"], base["id"]) for actor in members]
    return InitiativeEntry(
        **base, name=name, lead=tuple(lead), members=tuple(members), invited=(), left=(), purpose=None, ties=tuple(ties)
    )


# -- a ledger that holds them --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AnAct:
    """A row for counting, as `Ledger.acts` gives it."""

    entry: str
    type: EventType
    mode: str | None
    status: Status
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    tracks: tuple[Track, ...]
    day: date
    origins: int


def an_act(
    type: EventType = "CONSULT", day: Day = "2026-03-01", *, tracks: Sequence[Track] = ("trade",), **more: Any
) -> Any:
    """Return an act that happened between India and the United States unless told otherwise."""
    given = {"mode": None, "status": "happened", "actors": ("IND", "USA"), "recipients": (), "origins": 1, **more}
    return AnAct(given.pop("entry", f"E-{next(_numbers)}"), type, tracks=tuple(tracks), day=a_day(day), **given)


def day_of(entry: AnyEntry) -> date | None:
    """Return the day under which the ledger lists an entry."""
    if isinstance(entry, StepEntry):
        return entry.due.end or entry.due.start
    if isinstance(entry, EventEntry):
        return (entry.when and (entry.when.start or entry.when.end)) or entry.first
    return entry.last


class ALedger:
    """Entries by hand behind the questions that views ask; `past` gives entries as they stood before a day."""

    def __init__(self, *entries: AnyEntry, past: dict[str, AnyEntry] | None = None, hits: Iterable[Any] = ()) -> None:
        self._entries, self._past, self._hits = entries, past or {}, list(hits)

    def entries(
        self,
        kind: Kind,
        *,
        pair: tuple[str, str] | None = None,
        as_of: date | None = None,
        since: date | None = None,
        until: date | None = None,
        limit: int | None = None,
        reported_since: date | None = None,
    ) -> list[AnyEntry]:
        """Return entries of a kind as the ledger does; every entry is of the pair."""
        found = [e for e in self._entries if e.kind == kind and (as_of is None or e.first <= as_of)]
        found = [e for e in found if reported_since is None or e.last > reported_since]
        if since or until:
            found = [e for e in found if (d := day_of(e)) and (since or d) <= d <= (until or d)]
        found.sort(key=lambda e: (day_of(e) or date.max, e.id))
        return found[-limit:] if limit else found

    def entry(self, given: str, as_of: date | None = None) -> AnyEntry:
        """Return an entry by the id of any of its items."""
        for entry in self._entries:
            if entry.id == given or any(item.id == given for item in entry.items):
                return self._past.get(entry.id, entry) if as_of and as_of < entry.last else entry
        raise UsageError(f"no entry {given}")

    def contested(self, pair: tuple[str, str] | None = None, *, as_of: date | None = None) -> list[EventEntry]:
        """Return the events that are told and denied."""
        found = self.entries("events", pair=pair, as_of=as_of)
        return [entry for entry in found if isinstance(entry, EventEntry) and entry.contested]

    def acts(
        self, pair: tuple[str, str], *, as_of: date | None = None, since: date | None = None, until: date | None = None
    ) -> list[Any]:
        """Return a row for each event."""
        events = self.entries("events", pair=pair, as_of=as_of, since=since, until=until)
        return [
            AnAct(e.id, e.type, e.mode, e.status, e.actors, e.recipients, e.tracks, day_of(e) or e.first, e.origins)
            for e in events
            if isinstance(e, EventEntry)
        ]

    def documents(
        self, *, pair: tuple[str, str] | None = None, as_of: date | None = None, since: date | None = None
    ) -> list[Source]:
        """Return the documents behind all entries."""
        sources = dict.fromkeys(source for entry in self._entries for source in entry.documents)
        return [s for s in sources if (since or s.known_on) <= s.known_on <= (as_of or s.known_on)]

    def statements_by(self, name: str, *, as_of=None, since=None, until=None, limit=None) -> list[StatementEntry]:
        """Return the statements of a speaker whose name holds the words."""
        found = self.entries("statements", as_of=as_of, since=since, until=until)
        said = [e for e in found if isinstance(e, StatementEntry) and name.lower() in e.statement.speaker.name.lower()]
        return said[-limit:] if limit else said

    def search(self, words: str, *, as_of: date | None = None, limit: int = 50) -> list[Any]:
        """Return the hits it was given."""
        return self._hits[:limit]

    def judgements_of(self, given: str) -> list[Any]:
        """Return no judgements."""
        return []

    def corrections_of(self, given: str) -> list[Any]:
        """Return no corrections."""
        return []
