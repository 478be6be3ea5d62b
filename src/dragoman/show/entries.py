"""The records of a reading as people read them: sections of entries in words, alike for terminal and page.

In:     a Reading.
Out:    `Section`s, only those with records, in the order in which they are shown; each `Entry` in plain words with
        the spans it rests on.
Never:  escapes for an output: `heading`, `facts` and `notes` are clean one-line text, quotes are as in the document.
"""

from __future__ import annotations

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
)
from dragoman.show.gist import soonest
from dragoman.show.words import Mark, Names, act_words, day_words, mark, one_line, rate_words, window_words, words


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a dispute: what it does ("claims"), who it is, the spans of its words."""

    verb: str
    who: str
    quotes: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One record in words.

    `id` is a letter for the kind and a number in the order shown. `heading` says who (a step ahead: when), `what` the
    act; `facts` are short and close to it; `code` and `tracks` classify; `notes` are labelled lines ("with", ...);
    `parts` are the components of a measure; `sides` are there for disputes alone.
    """

    id: str = ""
    mark: Mark | None = None
    heading: str
    what: str = ""
    facts: tuple[str, ...] = ()
    code: str = ""
    tracks: str = ""
    notes: tuple[tuple[str, str], ...] = ()
    parts: tuple[str, ...] = ()
    sides: tuple[Side, ...] = ()
    quotes: tuple[Span, ...]
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
        ("events", [_event(record, names) for record in reading.events]),
        ("statements", [_statement(record, names) for record in reading.statements]),
        ("disputes", [_dispute(record, names) for record in reading.disputes]),
        ("next_steps", [_step(record, names) for record in soonest(reading.next_steps)]),
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


def quoted(text: str) -> str:
    """Return the text in quotation marks, unless it has its own at both ends."""
    return text if text[:1] in '“"' and text[-1:] in '”"' else f"“{text}”"


def reason(entry: Entry) -> str:
    """Return why a record was made: "why: rule (0.97) detail"."""
    because = entry.because
    return one_line(f"why: {because.rule} ({because.score:.2f}) {because.detail}")


def _section(kind: str, entries: list[Entry]) -> Section:
    labels = words()["kinds"][kind]
    numbered = tuple(replace(entry, id=f"{labels['letter']}{n}") for n, entry in enumerate(entries, start=1))
    return Section(kind, labels["heading"], numbered)


def _event(event: Event, names: Names) -> Entry:
    joint = len(event.actors) > 1 and not event.recipients
    return Entry(
        mark=mark("status", event.status),
        heading=_who(event.actors, event.recipients, names),
        what=act_words(event.type, event.mode, joint=joint)["noun"],
        facts=(window_words(event.when),),
        code=f"{event.type}, {one_line(event.mode)}" if event.mode else event.type,
        tracks=_tracks(event.tracks),
        notes=_notes(("with", ", ".join(names.person(p) for p in event.participants))),
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
        sides=(Side("claims", claimant, dispute.claim), Side("denies", denier, dispute.denial)),
        quotes=dispute.evidence,
        because=dispute.because,
    )


def _step(step: NextStep, names: Names) -> Entry:
    return Entry(
        mark=mark("firmness", step.firmness),
        heading=window_words(step.due),
        what=one_line(step.what),
        facts=(names.all(step.actors),) if step.actors else (),
        code=step.type,
        tracks=_tracks(step.tracks),
        notes=_notes(
            ("with", ", ".join(names.person(p) for p in step.participants)),
            ("said by", names.person(step.said_by) if step.said_by else ""),
        ),
        quotes=step.evidence,
        because=step.because,
    )


def _measure(measure: Measure, names: Names) -> Entry:
    rate = f" of {rate_words(measure.rate)}" if measure.rate else ""
    return Entry(
        mark=mark("measure_status", measure.status),
        heading=_who(measure.by, measure.on, names),
        what=words()["measure_kind"][measure.kind] + rate,
        facts=(window_words(measure.when),),
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


def _tracks(tracks: tuple[Track, ...]) -> str:
    return ", ".join(track.replace("-", " ") for track in tracks)


def _notes(*pairs: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((label, text) for label, text in pairs if text)
