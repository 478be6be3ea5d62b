"""Sentences about records: who did what and when, what is due, which measure stands, who disputes what.

In:     events of a reading, or entries of the ledger.
Out:    one English sentence or clause each, made by templates from the fields alone.
Never:  adds a judgement or a word that no field holds; never states as done what is planned, possible or denied.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from dragoman.domain import Measure, Person, Rate, Statement, Window
from dragoman.show.acts import Deed, act
from dragoman.show.words import (
    Names,
    day_words,
    mark,
    one_line,
    rate_words,
    series,
    shorten,
    when_phrase,
    window_words,
    words,
)

if TYPE_CHECKING:  # a reading is shown without loading the ledger
    from dragoman.ledger.entries import (
        DisputeEntry,
        InitiativeEntry,
        MeasureEntry,
        Position,
        Quote,
        Rung,
        StatementEntry,
        StepEntry,
    )

#: People and actors named before the rest is counted (guesses, for one line).
PEOPLE, ACTORS = 4, 3
#: Characters of a quote that stands inside a sentence (guess).
INSIDE = 140


def sentence(event: Deed, names: Names, measures: Iterable[Measure] = ()) -> str:
    """Return who did what to whom and when, as a clause: "the United States may hold talks in June 2024"."""
    named = act(event, measures)
    verb = {
        "planned": f"{'is' if len(event.actors) == 1 else 'are'} to {named['base']}",
        "possible": f"may {named['base']}",
    }.get(event.status, named["past"])
    objects = series([names.within(actor) for actor in event.recipients], ACTORS)
    said = [
        {"denied": "it is denied that", "ended": "no longer so:"}.get(event.status, ""),
        series([names.within(actor) for actor in event.actors], ACTORS) or "someone",
        verb,
        f"{named['to']} {objects}" if objects else "",
        when_phrase(event.when),
    ]
    return " ".join(filter(None, said))


def with_people(event: Deed, names: Names, measures: Iterable[Measure] = ()) -> str:
    """Return the same with the persons who took part behind it, in brackets."""
    said = sentence(event, names, measures)
    return f"{said} ({people_words(event.participants)})" if event.participants else said


def people_words(persons: Iterable[Person], most: int = PEOPLE) -> str:
    """Return the names of persons, "and 2 more" beyond `most`."""
    known = [one_line(person.name) for person in persons]
    more = f" and {len(known) - most} more" if len(known) > most else ""
    return ", ".join(known[:most]) + more


def whole(clause: str) -> str:
    """Return a clause as a sentence: a capital at its head and a full stop."""
    ended = re.search(r"[.!?][\"”’]*$", clause)
    return f"{clause[:1].upper()}{clause[1:]}{'' if ended else '.'}"


def step_who(step: StepEntry, names: Names) -> str:
    """Return who is to do it and what, as the source put it: "India and the United States – sign a pact"."""
    who = series([names.within(actor) for actor in step.actors], ACTORS)
    what = shorten(step.what, INSIDE)
    return f"{who} – {what}" if who else what


def step_sentence(step: StepEntry, names: Names) -> str:
    """Return what is due and when, how firm it is, and where it was due before."""
    due = when_phrase(step.due) or "no date given"
    before = f", first {when_phrase(step.dues[0].window)}" if step.outcome == "moved" and _dated(step) else ""
    return f"{step_who(step, names)} ({mark('firmness', step.firmness).word}, {due}{before})"


def outcome_sentence(step: StepEntry, names: Names) -> str:
    """Return what became of a step."""
    word = mark("outcome", step.outcome).word
    due = when_phrase(step.due)
    on = f", known {day_words(step.decided_on)}" if step.decided_on else ""
    return f"{word}: {step_who(step, names)}{f', due {due}' if due else ''}{on}"


def _dated(step: StepEntry) -> bool:
    return bool(step.dues) and bool(when_phrase(step.dues[0].window))


def measure_name(measure: MeasureEntry, rate: Rate | None = None) -> str:
    """Return "tariff of 25% on salt cod"."""
    known = rate or measure.rate
    of = f" of {rate_words(known)}" if known else ""
    over = f" on {shorten(measure.object, INSIDE // 2)}" if measure.object else ""
    worth = f" ({rate_words(measure.amount)})" if measure.amount else ""
    return f"{words()['measure_kind'][measure.instrument]}{of}{over}{worth}"


def measure_sentence(measure: MeasureEntry, names: Names) -> str:
    """Return which measure of whom against whom stands how, and what may follow."""
    noun = measure_name(measure)
    article = "an" if noun[0] in "aeiou" else "a"
    by = series([names.within(actor) for actor in measure.by], ACTORS) or "someone"
    on = series([names.within(actor) for actor in measure.on], ACTORS)
    since = _since(measure.status, measure.when) or f" (last reported {day_words(measure.last)})"
    stands = words()["measure_stands"][measure.status].format(since)
    later = latest_possible(measure)
    return f"{article} {noun}, by {by}{f' against {on}' if on else ''}, {stands}{''.join(map(_may, later))}"


def latest_possible(measure: MeasureEntry) -> list[Rung]:
    """Return the rung that is only possible and was told last, or none."""
    return sorted((rung for rung in measure.ladder if rung.possible), key=lambda rung: rung.on)[-1:]


def _since(status: str, window: Window | None) -> str:
    """Return the date of a standing with its preposition, blank first; "" without a date."""
    phrase = when_phrase(window)
    if not phrase:
        return ""
    if status in {"in-force", "suspended"} and window:
        late = "" if window.start else f"{day_words(window.end)} at the latest" if window.end else ""
        return f" since {late or (window_words(window) if window.start == window.end else _first(window))}"
    return f" for {window_words(window)}" if status in {"proposed", "threatened", "announced"} else f" {phrase}"


def _first(window: Window) -> str:
    """Return the first day of a window, or its month or year where that is what the text names."""
    return window_words(window) if window.end else day_words(window.start) if window.start else ""


def _may(rung: Rung) -> str:
    may = words()["measure_may"][rung.status].format(f" {when_phrase(rung.when)}" if rung.when else "")
    return f"; {'a part ' if rung.partial else ''}{may}"


def rung_words(rung: Rung) -> str:
    """Return one rung of a measure's ladder: "may be partly lifted, USD 51 million"."""
    word = mark("measure_status", rung.status).word
    partly = "partly " if rung.partial else ""
    figures = [rate_words(rate) for rate in (rung.rate, rung.amount) if rate]
    return ", ".join([f"possibly {partly}{word}" if rung.possible else f"{partly}{word}", *figures])


def party(person: Person, names: Names) -> str:
    """Return who holds a position: the actor where it is known, else the person."""
    return names.within(person.affiliation) if person.affiliation else one_line(person.name)


def dispute_sentence(dispute: DisputeEntry, names: Names) -> str:
    """Return who says what and who denies it, both in their own words."""
    claim, denial = (inside(quote) for quote in (dispute.claim, dispute.denial))
    denier = party(dispute.denier, names)
    return f"{party(dispute.claimant, names)} claims {claim}; {denier} contradicts: {denial}"


def position_words(position: Position, names: Names) -> str:
    """Return "Japan denies it"."""
    return f"{names.name(position.party)} {mark('stand', position.stand).word}"


def inside(quote: Quote, limit: int = INSIDE) -> str:
    """Return a quote in quotation marks, shortened to stand inside a sentence."""
    return quoted(shorten(quote.text, limit))


def quoted(text: str) -> str:
    """Return the text in quotation marks, unless it has its own at both ends."""
    return text if text[:1] in '“"' and text[-1:] in '”"' else f"“{text}”"


def statement_sentence(entry: StatementEntry, names: Names) -> str:
    """Return who said or denied what, in the words of the document."""
    said: Statement = entry.statement
    channel = f" {words()['channel'][said.channel]}" if said.channel else ""
    when = f" {when_phrase(said.when)}" if said.when else ""
    content = " ".join(inside(quote, INSIDE * 2) for quote in entry.quotes[:1])
    return f"{names.speaker(said.speaker)}, {mark('stance', said.stance).word}{channel}{when}: {content}"


def initiative_sentence(entry: InitiativeEntry, names: Names) -> str:
    """Return an initiative with who leads it, belongs to it and is invited."""
    ties = (("led by", entry.lead), ("members", entry.members), ("invited", entry.invited), ("left by", entry.left))
    known = [f"{label} {series([names.within(actor) for actor in ids], ACTORS)}" for label, ids in ties if ids]
    name = one_line(entry.name)
    return f"{name}: {'; '.join(known)}" if known else f"{name} is reported"
