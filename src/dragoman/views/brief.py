"""The brief of a relation: what a principal must know on two pages, each line with the words it rests on.

In:     the ledger, two actor ids, the day as of which the question is asked, the day since which change is told.
Out:    `Brief`: lines that name an entry and numbered footnotes with quote and source; sentences are made in show/.
Bounds: each section holds a fixed number of lines, so that the whole stays within two printed pages; what is left out
        is counted.
Never:  a line without a footnote; a document that was not known by the day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal, TypeVar

from dragoman.errors import UsageError
from dragoman.ledger.entries import (
    AnyEntry,
    DisputeEntry,
    Entry,
    EventEntry,
    InitiativeEntry,
    MeasureEntry,
    Outcome,
    Quote,
    Rung,
    StatementEntry,
    StepEntry,
)
from dragoman.views.asked import Books, Pair, only, today
from dragoman.views.direction import TrackMove
from dragoman.views.levels import LEVELS, Level, level_of
from dragoman.views.table import Table
from dragoman.views.tension import Comparison, Tension, compare, plover_score, tension

#: Days before `as_of` from which change is told unless a day is given (guess: a month between two briefs).
CHANGE = timedelta(days=30)
#: Days within which a statement counts as fresh (guess: a quarter).
FRESH = timedelta(days=90)
#: Lines of each section (by trial: with all of them full and long, the page prints on two sheets of A4).
DECIDED, CHANGED, EVENTS, DUE, OVERDUE, DISPUTED, MEASURES, SAID, TRACKS = 3, 3, 4, 5, 2, 3, 5, 2, 3
#: Entries named behind the tension, and behind the direction of a track.
BEHIND_TENSION, BEHIND_TRACK = 3, 1
#: Statements looked at, latest first (guess).
LOOKED_AT = 200

Role = Literal["contact", "decided", "moved", "event", "initiative", "due", "overdue", "dispute", "measure", "said"]
_E = TypeVar("_E", bound=Entry)


@dataclass(frozen=True, slots=True)
class Footnote:
    """Words behind one or more lines: the quote with its source, and by how many independent origins it is told."""

    number: int
    quote: Quote
    entry: str
    origins: int


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as a line of the brief, with the numbers of its footnotes.

    `level` is that of a contact, `before` what a decided step was, `rung` the last change of a measure that moved.
    """

    role: Role
    entry: AnyEntry
    notes: tuple[int, ...]
    level: Level | None = None
    before: Outcome | None = None
    rung: Rung | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Lines, and how many more there would be."""

    lines: tuple[Line, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Moving:
    """The direction of a track, with its footnotes."""

    move: TrackMove
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Brief(Table):
    """The state of a relation on two pages; `said` holds the words of the first and of the second side."""

    pair: Pair
    as_of: date
    since: date
    documents: int
    origins: int
    contacts: tuple[Line, ...]
    tension: Comparison | None
    tension_notes: tuple[int, ...]
    tracks: tuple[Moving, ...]
    changed: Section
    due: Section
    disputed: Section
    measures: Section
    said: tuple[Section, Section]
    footnotes: tuple[Footnote, ...]

    def sections(self) -> tuple[tuple[str, Section], ...]:
        """Return the sections after the first, with their names, in the order of the page."""
        lists = (("changed", self.changed), ("due", self.due), ("disputed", self.disputed), ("measures", self.measures))
        return (*lists, *(("said", section) for section in self.said))

    def rows(self) -> list[dict[str, Any]]:
        """Return one row a footnote."""
        return [
            {
                "number": note.number, "entry": note.entry, "quote": note.quote.text, "origins": note.origins,
                "title": note.quote.source.title, "publisher": note.quote.source.publisher,
                "published": note.quote.source.published, "document": note.quote.source.document,
            }
            for note in self.footnotes
        ]  # fmt: skip


@dataclass(slots=True)
class Notes:
    """Numbers footnotes in the order in which lines cite them; the same words have one number."""

    made: list[Footnote] = field(default_factory=list)
    _numbers: dict[tuple[str, int, int], int] = field(default_factory=dict)

    def cite(self, entry: Entry, quotes: Iterable[Quote] | None = None) -> tuple[int, ...]:
        """Return the numbers of the quotes (None: the entry's last, as its latest source has it)."""
        return tuple(
            dict.fromkeys(self._number(quote, entry) for quote in (latest(entry) if quotes is None else quotes))
        )

    def _number(self, quote: Quote, entry: Entry) -> int:
        key = (quote.source.document, quote.start, quote.end)
        if key not in self._numbers:
            self._numbers[key] = len(self.made) + 1
            self.made.append(Footnote(self._numbers[key], quote, entry.id, entry.origins))
        return self._numbers[key]


def brief(ledger: Books, a: str, b: str, *, since: date | None = None, as_of: date | None = None) -> Brief:
    """Return the brief of two actors; change is told since `since` (30 days before `as_of`, which is today by default).

    Raises UsageError where `since` is after `as_of`.
    """
    from dragoman.views import diff, disputes, due, relation  # they and this view stand side by side in the package

    day, pair = today(as_of), (a, b)
    start = since or day - CHANGE
    if start > day:
        raise UsageError(f"there is nothing between {start} and {day}. Choose an earlier day for --since.")
    state, news = relation(ledger, a, b, as_of=day), diff(ledger, start, pair=pair, as_of=day)
    agenda, claims = due(ledger, pair, as_of=day), disputes(ledger, pair, as_of=day).disputes
    spoken = only(StatementEntry, ledger.entries("statements", pair=pair, as_of=day, limit=LOOKED_AT))
    notes = Notes()

    def find(id: str) -> AnyEntry:
        return ledger.entry(id, day)

    contacts = contact_lines(state.contacts, notes)
    course = tension(ledger, a, b, by="month", as_of=day)
    tension_notes = tension_footnotes(course, find, notes)
    tracks = tuple(
        Moving(move, tuple(n for id in move.entries[:BEHIND_TRACK] for n in notes.cite(find(id))))
        for move in state.tracks[:TRACKS]
    )
    return Brief(
        pair=pair,
        as_of=day,
        since=start,
        documents=state.documents,
        origins=state.origins,
        contacts=contacts,
        tension=compare(course) if state.documents else None,
        tension_notes=tension_notes,
        tracks=tracks,
        changed=changed_section(news, find, notes),
        due=due_section((*agenda.steps, *agenda.undated), agenda.overdue, notes),
        disputed=_section("dispute", [found.entry for found in claims], DISPUTED, lambda d: notes.cite(d, sides(d))),
        measures=_section("measure", (*state.in_force, *state.announced, *state.threatened), MEASURES,
                          lambda m: notes.cite(m, standing_quotes(m, find))),
        said=(said_section(spoken, a, day, notes), said_section(spoken, b, day, notes)),
        footnotes=tuple(notes.made),
    )  # fmt: skip


def latest(entry: Entry) -> tuple[Quote, ...]:
    """Return the first quote of the entry's latest item that has one."""
    return next((item.quotes[:1] for item in reversed(entry.items) if item.quotes), ())


def contact_lines(contacts: Sequence[Any], notes: Notes) -> tuple[Line, ...]:
    """Return the last contact and, where it is another one, the last at the highest level."""
    if not contacts:
        return ()
    last = max(contacts, key=lambda contact: contact.day)
    shown = [last] if last is contacts[0] or contacts[0].level == "unnamed" else [last, contacts[0]]
    return tuple(Line("contact", c.entry, notes.cite(c.entry), level=c.level) for c in shown)


def tension_footnotes(course: Tension, find: Callable[[str], AnyEntry], notes: Notes) -> tuple[int, ...]:
    """Return footnotes of the entries that weigh most in the last point: its own, latest first, then earlier ones."""
    points = course.series("both")
    if not points:
        return ()
    ids = [*reversed(points[-1].entries), *points[-1].carried][:BEHIND_TENSION]
    return tuple(dict.fromkeys(number for id in ids for number in notes.cite(find(id))))


def changed_section(news: Any, find: Callable[[str], AnyEntry], notes: Notes) -> Section:
    """Return what was decided, which measures changed, what happened, and which initiatives are new."""
    decided = [found for found in news.decided if found.outcome != "unknown"]
    entered = [(entry, None) for entry in only(MeasureEntry, news.entered)]
    moved = [*((found.entry, found.changes) for found in news.changed if _moved(found)), *entered]
    named = only(InitiativeEntry, news.entered)
    lines = [_decided(found, find, notes) for found in decided[-DECIDED:]]
    lines += [_measure_moved(entry, find, notes) for entry, _ in moved[-CHANGED:]]
    told = [quote for entry, _ in moved for quote in standing_quotes(entry, find)]
    happened = [event for event in only(EventEntry, news.entered) if event.status == "happened"]
    events = notable(event for event in happened if not _tells(latest(event), told))
    shown = sorted(events[:EVENTS], key=lambda event: (_day(event), event.id))
    lines += [Line("event", event, notes.cite(event)) for event in shown]
    lines += [Line("initiative", entry, notes.cite(entry)) for entry in named[:1]]
    return Section(tuple(lines), len(decided) + len(moved) + len(events) + len(named) - len(lines))


def _tells(quotes: Iterable[Quote], told: Sequence[Quote]) -> bool:
    """Tell whether words are told already: a tariff that took effect is an act too, in the same words."""

    def same(one: Quote, other: Quote) -> bool:
        return one.source.document == other.source.document and one.start < other.end and other.start < one.end

    return any(same(quote, other) for quote in quotes for other in told)


def _moved(found: Any) -> bool:
    """Tell whether a measure changed in more than the number of those who tell of it."""
    return isinstance(found.entry, MeasureEntry) and any(change.field != "origins" for change in found.changes)


def _decided(found: Any, find: Callable[[str], AnyEntry], notes: Notes) -> Line:
    """Return a decided step, with the words that announced it and those that decided it."""
    step: StepEntry = found.entry
    numbers = notes.cite(step, first(step))
    if step.decided_by:
        entry = find(step.decided_by)
        told = [quote for quote in entry.quotes if quote.item == step.decided_item][:1]
        numbers += notes.cite(entry, told or None)
    return Line("decided", step, tuple(dict.fromkeys(numbers)), before=found.before)


def first(entry: Entry) -> tuple[Quote, ...]:
    """Return the first quote of the entry's earliest item that has one."""
    return next((item.quotes[:1] for item in entry.items if item.quotes), ())


def _measure_moved(entry: MeasureEntry, find: Callable[[str], AnyEntry], notes: Notes) -> Line:
    rungs = [rung for rung in entry.ladder if not rung.possible]
    return Line("moved", entry, notes.cite(entry, standing_quotes(entry, find)), rung=rungs[-1] if rungs else None)


def standing_quotes(entry: MeasureEntry, find: Callable[[str], AnyEntry]) -> tuple[Quote, ...]:
    """Return the words behind the last rung that is decided and the one told last that is only possible.

    A rung may rest on an act ("may lift the sanctions"), whose words are then found under its own id.
    """
    last = [rung for rung in entry.ladder if not rung.possible][-1:]
    last += sorted((rung for rung in entry.ladder if rung.possible), key=lambda rung: rung.on)[-1:]
    found = [_words_of(rung.item, entry, find) for rung in last]
    return tuple(dict.fromkeys(quote for quote in found if quote)) or latest(entry)


def _words_of(item: str, entry: MeasureEntry, find: Callable[[str], AnyEntry]) -> Quote | None:
    """Return the first quote of an item of the entry, or of the entry that the item belongs to."""
    if not item:
        return None
    own = [quote for quote in entry.quotes if quote.item == item]
    return next((quote for quote in own or find(item).quotes if quote.item == item), None)


def notable(events: Iterable[EventEntry]) -> list[EventEntry]:
    """Return events, those first that most origins tell, then the strongest by PLOVER's score, then the latest."""

    def rank(event: EventEntry) -> tuple[int, float, int, str]:
        return (-event.origins, -abs(plover_score(event.type, event.mode)), -_day(event).toordinal(), event.id)

    return sorted(events, key=rank)


def _day(event: EventEntry) -> date:
    return ((event.when.start or event.when.end) if event.when else None) or event.first


def due_section(due: Sequence[StepEntry], overdue: Sequence[StepEntry], notes: Notes) -> Section:
    """Return open steps, soonest first, then those past due without word."""
    lines = [Line("due", step, notes.cite(step)) for step in due[:DUE]]
    lines += [Line("overdue", step, notes.cite(step)) for step in overdue[:OVERDUE]]
    return Section(tuple(lines), len(due) + len(overdue) - len(lines))


def sides(dispute: DisputeEntry) -> tuple[Quote, Quote]:
    """Return claim and denial."""
    return dispute.claim, dispute.denial


def said_section(spoken: Iterable[StatementEntry], actor: str, day: date, notes: Notes) -> Section:
    """Return what one side said in its own words: fresh first, then by the speaker's level, then the latest."""
    direct = [e for e in spoken if e.statement.speaker.affiliation == actor and e.statement.kind != "indirect"]

    def rank(entry: StatementEntry) -> tuple[bool, int, int, str]:
        level = LEVELS.index(level_of(entry.statement.speaker, entry.last))
        return (day - entry.last > FRESH, level, -entry.last.toordinal(), entry.id)

    return _section("said", sorted(direct, key=rank), SAID, notes.cite)


def _section(role: Role, entries: Sequence[_E], most: int, cite: Callable[[_E], tuple[int, ...]]) -> Section:
    lines: list[Line] = []
    for entry in entries[:most]:
        shown: Any = entry
        lines.append(Line(role, shown, cite(entry)))
    return Section(tuple(lines), max(len(entries) - most, 0))
