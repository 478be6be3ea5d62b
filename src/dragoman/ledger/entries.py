"""Entries: what many documents together say of one event, step, measure, dispute or initiative.

In:     nothing of the store; these are the immutable shapes that the ledger gives out and the views work on.
Out:    `Item`, one record as one document has it; `Quote`, its words with their source; `Entry` and its six kinds,
        each folded from the items that are judged to be the same; `Change`, a dated line of an entry's history.
Ids:    a letter for the kind and nine characters made from content: "E-4k2m9xq7a" an event, "S-" a statement, "X-" a
        dispute, "N-" a next step, "M-" a measure, "I-" an initiative, "D-" a document. An entry has the id of its
        earliest item, and the id of any of its items finds it.
Dates:  an item is known on the day its document was published, else on the day it was added.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from dragoman.domain import (
    EventType,
    Firmness,
    MeasureKind,
    MeasureStatus,
    Part,
    Person,
    Rate,
    Record,
    Statement,
    Status,
    Track,
    Window,
    plain,
)

Kind = Literal["events", "statements", "disputes", "next_steps", "measures", "initiatives"]
#: What became of a next step: `open` (its time has not passed), `moved` (open, under a later date than first stated),
#: `met`, `missed` (a source says it did not take place), `overtaken` (another entry made it idle), `unknown` (its time
#: has passed and no document says what came of it).
Outcome = Literal["open", "moved", "met", "missed", "overtaken", "unknown"]
#: What a party holds of a disputed claim, by its own words; `silent` where none are recorded.
Stand = Literal["asserts", "denies", "qualifies", "silent"]

LETTERS: dict[str, str] = {
    "events": "E", "statements": "S", "disputes": "X", "next_steps": "N", "measures": "M", "initiatives": "I",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """Where words stand: the document, who published it and when, and the origin it shares with its reprints."""

    document: str
    origin: str
    known_on: date
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document that an entry rests on: `text[start:end]` of the document that `source` names."""

    text: str
    start: int
    end: int
    source: Source
    item: str


@dataclass(frozen=True, slots=True)
class Item:
    """One record of one document, with a person's corrections applied.

    `terms` are the words and figures of the sentences it rests on, without names of actors; two items of one event
    share many of them. `corrected` names the fields that a person set.
    """

    id: str
    kind: Kind
    record: Record
    source: Source
    terms: frozenset[str] = frozenset()
    corrected: tuple[str, ...] = ()

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """Return the words this record rests on."""
        return tuple(Quote(s.quote, s.start, s.end, self.source, self.id) for s in self.record.evidence)


@dataclass(frozen=True, slots=True)
class Change:
    """A line of an entry's history: on which day which thing became known, and the item that told it."""

    on: date
    what: str
    item: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What every kind of entry has.

    `origins` counts independent origins: reprints of one text are one. `items` stand in the order in which they became
    known. `first` and `last` are the days on which the entry was first and last reported.
    """

    id: str
    kind: Kind
    items: tuple[Item, ...]
    origins: int
    first: date
    last: date
    history: tuple[Change, ...] = ()

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """Return every quote of every document, oldest document first."""
        return tuple(quote for item in self.items for quote in item.quotes)

    @property
    def documents(self) -> tuple[Source, ...]:
        """Return the documents that report it, oldest first."""
        return tuple(dict.fromkeys(item.source for item in self.items))

    def to_dict(self) -> dict[str, Any]:
        """Return plain lists, dicts, strings and numbers; quotes stand in place of the items."""
        out = plain(self, skip=("items",))
        assert isinstance(out, dict)
        return {**out, "quotes": plain(self.quotes)}


@dataclass(frozen=True, slots=True, kw_only=True)
class EventEntry(Entry):
    """One event. `contested` is true where one document says that it happened and another that it did not."""

    type: EventType
    mode: str | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    participants: tuple[Person, ...]
    status: Status
    when: Window | None
    tracks: tuple[Track, ...]
    contested: bool = False

    @property
    def sides(self) -> tuple[str, ...]:
        """Return all actor ids, who acts first."""
        return (*self.actors, *(r for r in self.recipients if r not in self.actors))


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementEntry(Entry):
    """One statement, as one document has it."""

    statement: Statement


@dataclass(frozen=True, slots=True)
class Due:
    """A due date as a document stated it; `item` is the record that did."""

    window: Window
    stated_on: date
    item: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepEntry(Entry):
    """One next step and what became of it.

    `due` is the window stated last and `dues` all that were stated, oldest first. `rule` says in words when the step
    counts as met; it follows from what was recorded, before anything is decided. `decided_by` is the entry (with
    `decided_item` its record) that decided it and `decided_on` the day on which that became known.
    """

    what: str
    type: EventType
    actors: tuple[str, ...]
    participants: tuple[Person, ...]
    due: Window
    firmness: Firmness
    said_by: Person | None
    tracks: tuple[Track, ...]
    dues: tuple[Due, ...]
    rule: str
    outcome: Outcome
    decided_by: str | None = None
    decided_item: str | None = None
    decided_on: date | None = None


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a measure's ladder: from when which status and rate hold, for how much, and who says so.

    `when` is the window in which it took or takes effect (for an announcement: in which it was made). `amount` is the
    trade or money it covers where only a part is meant ("51 mln dlrs of the sanctions"). `partial` is true where only
    a part of the measure changes. `possible` is true where it may come, but is not decided.
    """

    status: MeasureStatus
    when: Window | None
    rate: Rate | None
    amount: Rate | None
    partial: bool
    possible: bool
    on: date
    item: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureEntry(Entry):
    """One measure: its present state and the ladder by which it came there, oldest rung first."""

    instrument: MeasureKind
    by: tuple[str, ...]
    on: tuple[str, ...]
    object: str | None
    rate: Rate | None
    amount: Rate | None
    parts: tuple[Part, ...]
    reason: str | None
    status: MeasureStatus
    when: Window | None
    ladder: tuple[Rung, ...]


@dataclass(frozen=True, slots=True)
class Position:
    """What one party says of a disputed claim, in which words; no quote where it is silent."""

    party: str
    stand: Stand
    speaker: Person | None
    quote: Quote | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeEntry(Entry):
    """One disputed claim, with the positions of each party from every document, oldest first."""

    claimant: Person
    denier: Person
    claim: Quote
    denial: Quote
    positions: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class Membership:
    """An actor's tie to an initiative and when it became known."""

    actor: str
    tie: Literal["leads", "member", "invited", "joined", "left"]
    on: date
    item: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativeEntry(Entry):
    """One initiative under its fullest name, with all ties in the order in which they became known."""

    name: str
    lead: tuple[str, ...]
    members: tuple[str, ...]
    invited: tuple[str, ...]
    left: tuple[str, ...]
    purpose: str | None
    ties: tuple[Membership, ...]


AnyEntry = EventEntry | StatementEntry | StepEntry | MeasureEntry | DisputeEntry | InitiativeEntry
