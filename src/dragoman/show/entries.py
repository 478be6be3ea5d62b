"""The records of a reading as people read them: sections of entries in words, alike for terminal and page.

In:     a Reading.
Out:    `Section`s, only those with records, in the order in which they are shown; each `Entry` in plain words with
        the spans it rests on.
Never:  escapes for an output: `heading`, `facts` and `notes` are clean one-line text, quotes are as in the document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from dragoman.domain import (
    Because,
    Dispute,
    Event,
    Initiative,
    Measure,
    NextStep,
    Part,
    Person,
    Reading,
    Span,
    Statement,
    Track,
    Window,
)
from dragoman.show.acts import INFERRED, act, people, told_by
from dragoman.show.gist import soonest
from dragoman.show.sentences import quoted
from dragoman.show.words import Mark, Names, day_words, mark, one_line, rate_words, window_words, words

#: The tracks of a document that go without saying for its acts.
MAIN_TRACKS = 2


__all__ = ["Entry", "Section", "Side", "about", "quoted", "reason", "sections"]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a dispute: what it did ("claimed by"), who it is, the spans of its words."""

    verb: str
    who: str
    quotes: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One record in words.

    `id` is a letter for the kind and a number in the order shown. `heading` says who (a step ahead: when), `what` the
    act; `caveat` is what to know about that; `facts` are short and close to it; `code` and `tracks` classify; `notes`
    are labelled lines ("with", ...); `parts` are the components of a measure; `sides` are there for disputes alone.
    `told` is the id of an act above that gives the same quotes and people.
    """

    id: str = ""
    mark: Mark | None = None
    heading: str
    what: str = ""
    caveat: str = ""
    facts: tuple[str, ...] = ()
    code: str = ""
    tracks: str = ""
    notes: tuple[tuple[str, str], ...] = ()
    parts: tuple[str, ...] = ()
    sides: tuple[Side, ...] = ()
    quotes: tuple[Span, ...]
    told: str = ""
    because: Because


@dataclass(frozen=True, slots=True)
class Section:
    """The entries of one kind under their heading."""

    kind: str
    heading: str
    entries: tuple[Entry, ...]


def sections(reading: Reading) -> list[Section]:
    """Return the sections of a reading that have entries; numbers in ids count the entries as shown."""
    names = Names(reading.actors)
    made = [
        ("events", [_event(record, reading, names) for record in reading.events]),
        ("statements", [_statement(record, names) for record in reading.statements]),
        ("disputes", [_dispute(record, names) for record in reading.disputes]),
        ("next_steps", [_step(record, reading, names) for record in soonest(reading.next_steps)]),
        ("measures", [_measure(record, names) for record in reading.measures]),
        ("initiatives", [_initiative(record, names) for record in reading.initiatives]),
    ]
    return [_section(kind, entries) for kind, entries in made if entries]


def about(reading: Reading) -> list[str]:
    """Return what is known of the document, as lines: title, then publisher and date, then tracks."""
    document = reading.document
    source = words()["dated_by"].get(document.dated_by, "")
    dated = f"published {day_words(document.published)}{source}" if document.published else "publication date unknown"
    origin = " · ".join([*([one_line(document.publisher)] if document.publisher else []), dated])
    return list(filter(None, [one_line(document.title or ""), origin, _tracks(reading.tracks)]))


def reason(entry: Entry) -> str:
    """Return why a record was made: "why: rule (0.97) detail"; of a pattern the first alternative alone."""
    because = entry.because
    detail = re.sub(r"'([^'|]*)\|[^']*'", r"'\1 …'", because.detail)
    return one_line(f"why: {because.rule} ({because.score:.2f}) {detail}")


def _section(kind: str, entries: list[Entry]) -> Section:
    labels = words()["kinds"][kind]
    numbered = tuple(replace(entry, id=f"{labels['letter']}{n}") for n, entry in enumerate(entries, start=1))
    return Section(kind, labels["heading"], numbered)


def _event(event: Event, reading: Reading, names: Names) -> Entry:
    by, others = people(event)
    if len(event.actors) == 1:
        by = [replace(person, affiliation=None) for person in by]  # the heading names it
    worded = event.mode is None or event.mode in words()["types"][event.type].get("modes", {})
    return Entry(
        mark=mark("status", event.status),
        heading=_who(event.actors, event.recipients, names),
        what=act(event, reading.measures)["noun"],
        caveat=_caveat(event.because),
        facts=_dated(event.when),
        code=event.type if worded else f"{event.type}, {one_line(event.mode or '')}",
        tracks=_beyond(event.tracks, reading),
        notes=_notes(("by", names.people(by)), ("with", names.people(others))),
        quotes=event.evidence,
        because=event.because,
    )


def _statement(statement: Statement, names: Names) -> Entry:
    channel = words()["channel"][statement.channel] if statement.channel else ""
    dated = window_words(statement.when) if statement.when else ""
    return Entry(
        mark=mark("stance", statement.stance),
        heading=names.speaker(statement.speaker),
        facts=tuple(filter(None, (channel, dated, words()["quotation"][statement.kind]))),
        quotes=statement.evidence,
        because=statement.because,
    )


def _dispute(dispute: Dispute, names: Names) -> Entry:
    claimant, denier = names.speaker(dispute.claimant), names.speaker(dispute.denier)
    return Entry(
        heading=f"{_short(dispute.claimant, names)} against {_short(dispute.denier, names)}",
        sides=(Side("claimed by", claimant, dispute.claim), Side("denied by", denier, dispute.denial)),
        quotes=dispute.evidence,
        because=dispute.because,
    )


def _step(step: NextStep, reading: Reading, names: Names) -> Entry:
    event = told_by(step, reading.events)
    who, what = names.all(step.actors), _with_ellipsis(step)
    if event and event.type == step.type:
        who = _who(event.actors, event.recipients, names)
    return Entry(
        mark=mark("firmness", step.firmness),
        heading=window_words(step.due),
        what=f"{who} – {what}" if who else what,
        facts=(f"said by {names.person(step.said_by)}",) if step.said_by else (),
        code="" if event else step.type,
        tracks="" if event else _beyond(step.tracks, reading),
        notes=_notes(("with", "" if event else names.people(step.participants))),
        quotes=step.evidence,
        told=f"{words()['kinds']['events']['letter']}{reading.events.index(event) + 1}" if event else "",
        because=step.because,
    )


def _with_ellipsis(step: NextStep) -> str:
    """Return what is to be done, with an ellipsis where its sentence goes straight on."""
    what = one_line(step.what)
    goes_on = any(re.search(re.escape(what) + r" \w", one_line(span.quote)) for span in step.evidence)
    return f"{what} …" if goes_on else what


def _measure(measure: Measure, names: Names) -> Entry:
    rate = f" of {rate_words(measure.rate)}" if measure.rate else ""
    return Entry(
        mark=mark("measure_status", measure.status),
        heading=_who(measure.by, measure.on, names),
        what=words()["measure_kind"][measure.kind] + rate,
        caveat=_caveat(measure.because),
        facts=_dated(measure.when),
        notes=_notes(("covers", one_line(measure.object or "")), ("reason", one_line(measure.reason or ""))),
        parts=tuple(_part(part) for part in measure.parts),
        quotes=measure.evidence,
        because=measure.because,
    )


def _part(part: Part) -> str:
    rate = rate_words(part.rate) if part.rate else "rate not stated"
    return f"{rate}: {one_line(part.reason)}" if part.reason else rate


def _initiative(initiative: Initiative, names: Names) -> Entry:
    return Entry(
        heading=one_line(initiative.name),
        notes=_notes(
            ("led by", names.all(initiative.lead)),
            ("members", names.all(initiative.members)),
            ("invited", names.all(initiative.invited)),
            ("purpose", one_line(initiative.purpose or "")),
        ),
        quotes=initiative.evidence,
        because=initiative.because,
    )


def _who(actors: tuple[str, ...], recipients: tuple[str, ...], names: Names) -> str:
    by = names.all(actors) or "Unnamed"
    return f"{by} → {names.all(recipients)}" if recipients else by


def _short(person: Person, names: Names) -> str:
    return names.name(person.affiliation) if person.affiliation else one_line(person.name)


def _caveat(because: Because) -> str:
    return "side inferred" if because.score <= INFERRED else ""


def _dated(window: Window | None) -> tuple[str, ...]:
    return (window_words(window),) if window else ()


def _beyond(tracks: tuple[Track, ...], reading: Reading) -> str:
    """Return the tracks unless they are among the main ones of the document."""
    return "" if set(tracks) <= set(reading.tracks[:MAIN_TRACKS]) else _tracks(tracks)


def _tracks(tracks: tuple[Track, ...]) -> str:
    return ", ".join(track.replace("-", " ") for track in tracks)


def _notes(*pairs: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((label, text) for label, text in pairs if text)
