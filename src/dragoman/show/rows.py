"""The entries of the ledger and the lines of its views as `Row`s: in words, with the quotes they rest on.

In:     entries, and the rows of views (moments, contacts, standings, ...).
Out:    one `Row` each: a mark, a day, who, what, facts, quotes and the id by which `dragoman show` finds it.
Never:  escapes for an output: words are clean one-line text, quotes are as in the document.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dragoman.domain import Person, Track
from dragoman.ledger.entries import (
    AnyEntry,
    DisputeEntry,
    EventEntry,
    InitiativeEntry,
    MeasureEntry,
    Position,
    Quote,
    Rung,
    Source,
    StatementEntry,
    StepEntry,
)
from dragoman.show.acts import act
from dragoman.show.sentences import (
    inside,
    latest_possible,
    measure_name,
    party,
    people_words,
    position_words,
    rung_words,
)
from dragoman.show.words import Mark, Names, mark, one_line, short_day, short_window, shorten, words

#: Characters of a source's title that stand for a publisher that is not known (guess).
TITLE = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of an answer.

    `head` says who, `what` the act or thing; `facts` are short; `notes` are labelled; `about` is a passage that is no
    quote of evidence but must be read with it (the positions of a dispute).
    """

    id: str = ""
    mark: Mark | None = None
    day: str = ""
    head: str = ""
    what: str = ""
    facts: tuple[str, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    quotes: tuple[Quote, ...] = ()


def row(entry: AnyEntry, names: Names) -> Row:
    """Return the row of any entry."""
    make: Any = _MAKERS[type(entry)]
    made: Row = make(entry, names)
    return made


def source_words(source: Source) -> str:
    """Return who published it and when: "Reuters, 14 Mar 2026"; a title or an id stands for an unknown publisher."""
    if source.publisher:
        who = one_line(source.publisher)
    else:
        who = shorten(source.title, TITLE) if source.title else source.document
    return f"{who}, {short_day(source.published)}" if source.published else f"{who}, undated"


def arrow(actors: Sequence[str], recipients: Sequence[str], names: Names) -> str:
    """Return "India and Japan → United States"."""
    by = names.all(actors) or "Unnamed"
    return f"{by} → {names.all(recipients)}" if recipients else by


def told(day: date) -> str:
    """Return the day of a report, which stands in brackets where no other day is known."""
    return f"({short_day(day)})"


def tracks_words(tracks: Iterable[Track]) -> str:
    """Return "trade, nuclear weapons"."""
    return ", ".join(track.replace("-", " ") for track in tracks)


def origins_words(number: int) -> str:
    """Return "3 origins"; "" for one, which goes without saying."""
    return f"{number} origins" if number > 1 else ""


def window_or_day(entry: EventEntry) -> str:
    """Return when an event took place, else when it was first reported."""
    return short_window(entry.when) or told(entry.first)


def event_row(entry: EventEntry, names: Names) -> Row:
    """Return an event: who did what, who took part, on which tracks."""
    return Row(
        id=entry.id,
        mark=mark("status", entry.status),
        day=window_or_day(entry),
        head=arrow(entry.actors, entry.recipients, names),
        what=act(entry)["noun"],
        facts=_known(
            mark("status", entry.status).word if entry.status != "happened" else "",
            "contested" if entry.contested else "",
            people_words(entry.participants),
            tracks_words(entry.tracks),
            origins_words(entry.origins),
        ),
        quotes=entry.quotes,
    )


def step_row(entry: StepEntry, names: Names) -> Row:
    """Return a step: when it is due, who is to do what, what became of it, how firm it is."""
    outcome = mark("outcome", entry.outcome)
    before = [short_window(due.window) for due in entry.dues if due.window != entry.due]
    return Row(
        id=entry.id,
        mark=mark("firmness", entry.firmness) if entry.outcome == "open" else outcome,
        day=short_window(entry.due) or "no date",
        head=names.all(entry.actors),
        what=shorten(entry.what, 160),
        facts=_known(
            "" if entry.outcome == "open" else outcome.word,
            f"first due {before[0]}" if before and before[0] else "",
            mark("firmness", entry.firmness).word,
            origins_words(entry.origins),
            f"by {entry.decided_by}" if entry.decided_by else "",
        ),
        quotes=_first_of(entry.quotes, [due.item for due in entry.dues if due.window == entry.due]),
    )


def measure_row(entry: MeasureEntry, names: Names) -> Row:
    """Return a measure as it stands, with what may follow."""
    standing = mark("measure_status", entry.status)
    later = [f"{rung_words(rung)} {short_window(rung.when)}".strip() for rung in latest_possible(entry)]
    return Row(
        id=entry.id,
        mark=standing,
        day=short_window(entry.when) or told(entry.last),
        head=arrow(entry.by, entry.on, names),
        what=measure_name(entry),
        facts=_known(standing.word, *later, origins_words(entry.origins)),
        quotes=_first_of(
            entry.quotes, [rung.item for rung in entry.ladder if rung.status == entry.status and not rung.possible]
        ),
    )


def dispute_row(entry: DisputeEntry, names: Names, stands: Sequence[Position] = (), shifted: Iterable[str] = ()) -> Row:
    """Return a dispute: who is against whom, each party's stand and words."""
    sides = [party_name(person, names) for person in (entry.claimant, entry.denier)]
    stood = "; ".join(position_words(position, names) for position in stands)
    moved = [f"{names.name(actor)} shifted" for actor in shifted]
    return Row(
        id=entry.id,
        mark=Mark("none", "disputed"),
        day=told(entry.last),
        head=" against ".join(sides),
        facts=_known(stood, *moved, origins_words(entry.origins)),
        notes=(("claim", _said(entry.claim)), ("denial", _said(entry.denial))),
    )


def party_name(person: Person, names: Names) -> str:
    """Return who holds a position as a heading has it."""
    return names.name(person.affiliation) if person.affiliation else party(person, names)


def _said(quote: Quote) -> str:
    return f"{inside(quote)} – {source_words(quote.source)}"


def initiative_row(entry: InitiativeEntry, names: Names) -> Row:
    """Return an initiative with its ties."""
    ties = (("led by", entry.lead), ("members", entry.members), ("invited", entry.invited), ("left", entry.left))
    return Row(
        id=entry.id,
        mark=Mark("none", "initiative"),
        day=told(entry.last),
        head=one_line(entry.name),
        facts=_known(origins_words(entry.origins)),
        notes=tuple((label, names.all(ids)) for label, ids in ties if ids)
        + ((("purpose", shorten(entry.purpose, 160)),) if entry.purpose else ()),
        quotes=entry.quotes,
    )


def statement_row(entry: StatementEntry, names: Names) -> Row:
    """Return a statement: who spoke, how it is reported, the words."""
    said = entry.statement
    stance = mark("stance", said.stance)
    return Row(
        id=entry.id,
        mark=stance,
        day=short_window(said.when) or told(entry.last),
        head=names.speaker(said.speaker),
        facts=_known(
            stance.word, words()["channel"][said.channel] if said.channel else "", words()["quotation"][said.kind]
        ),
        quotes=entry.quotes,
    )


def rung_row(rung: Rung, entry: MeasureEntry, names: Names) -> Row:
    """Return one change of a measure."""
    return Row(
        id=entry.id,
        mark=mark("measure_status", rung.status),
        day=short_window(rung.when) or told(rung.on),
        head=arrow(entry.by, entry.on, names),
        what=measure_name(entry),
        facts=(rung_words(rung),),
        quotes=tuple(quote for quote in entry.quotes if quote.item == rung.item)[:1],
    )


def _first_of(quotes: Sequence[Quote], items: Sequence[str]) -> tuple[Quote, ...]:
    """Return quotes with those of the last of these items first."""
    return tuple(sorted(quotes, key=lambda quote: quote.item != items[-1])) if items else tuple(quotes)


def _known(*facts: str) -> tuple[str, ...]:
    return tuple(fact for fact in facts if fact)


_MAKERS: dict[type, Any] = {
    EventEntry: event_row,
    StepEntry: step_row,
    MeasureEntry: measure_row,
    DisputeEntry: dispute_row,
    InitiativeEntry: initiative_row,
    StatementEntry: statement_row,
}
