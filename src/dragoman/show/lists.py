"""The views that are lists, for the terminal: timeline, due, disputes, measures, initiatives, statements, search.

In:     the dataclass of a view.
Out:    blocks: a heading line that says what was asked and as of when, then rows in the order of the view.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from rich.console import RenderableType

from dragoman.show.listing import Listing
from dragoman.show.moments import moment_row
from dragoman.show.rows import (
    Row,
    dispute_row,
    event_row,
    initiative_row,
    measure_row,
    rung_row,
    source_words,
    statement_row,
    step_row,
)
from dragoman.show.sentences import rung_words
from dragoman.show.words import (
    Mark,
    Names,
    day_words,
    mark,
    one_line,
    rate_words,
    short_day,
    short_window,
    shorten,
    words,
)

if TYPE_CHECKING:
    from dragoman.ledger.queries import Hit, PairCount
    from dragoman.views.disputes import Disputes
    from dragoman.views.due import Agenda
    from dragoman.views.initiatives import Initiatives
    from dragoman.views.measures import Measures, Standing
    from dragoman.views.search import Found
    from dragoman.views.statements import Statements
    from dragoman.views.timeline import Timeline


def timeline_blocks(view: Timeline, sheet: Listing) -> Iterator[RenderableType]:
    """Yield the moments of a timeline, oldest first."""
    names = Names()
    yield _title(sheet, "Timeline", view.pair, view.as_of, _between(view.since, view.until), view.track or "")
    if view.more:
        yield sheet.text("Earlier ones are left out; see them with --limit or --until.", "dim")
    rows = [moment_row(moment, names) for moment in view.moments]
    yield from _rows(sheet, rows, "Nothing is recorded here.")
    if rows:
        yield sheet.legend(rows)


def agenda_blocks(view: Agenda, sheet: Listing) -> Iterator[RenderableType]:
    """Yield what is due, soonest first, then what has no date, then what is past due without word."""
    names = Names()
    within = f"within {view.within.days} days" if view.within else ""
    yield _title(sheet, "Due", view.pair, view.as_of, within, view.track or "", view.firmness or "")
    outcomes = [(name, getattr(view.outcomes, name)) for name in words()["outcome"]]
    told = ", ".join(f"{number} {mark('outcome', name).word}" for name, number in outcomes if number)
    yield sheet.text(f"All steps: {told}" if told else "No steps are recorded.", "dim")
    for heading, steps in (("Due", view.steps), ("Without a date", view.undated), ("Past due", view.overdue)):
        yield from sheet.section(f"{heading} ({len(steps)})", [step_row(step, names) for step in steps])


def disputes_blocks(view: Disputes, sheet: Listing) -> Iterator[RenderableType]:
    """Yield disputes, the latest first, with each party's last word."""
    names = Names()
    yield _title(sheet, "Disputes", view.pair, view.as_of, _between(view.since, view.until))
    rows = [dispute_row(found.entry, names, found.stands, found.shifted) for found in view.disputes]
    yield from _rows(sheet, rows, "No dispute is recorded.")
    if view.contested:
        told = [event_row(entry, names) for entry in view.contested]
        yield from sheet.section(f"Told by one document and denied by another ({len(told)})", told)


def measures_blocks(view: Measures, sheet: Listing) -> Iterator[RenderableType]:
    """Yield measures as they stood on the day, or what changed, then who has how many on whom."""
    names = Names()
    stock = f"in force on {day_words(view.day)}" if view.show == "stock" else ""
    yield _title(sheet, "Measures", view.pair, view.as_of, stock, _between(view.since, view.until))
    rows = [standing_row(found, names) for found in view.standing]
    rows += [rung_row(found.rung, found.entry, names) for found in view.movements]
    yield from _rows(sheet, rows, "No measure is recorded.")
    if len(view.matrix) > 1:
        yield from sheet.rule("Who on whom")
        for cell in view.matrix:
            yield sheet.text(f"  {names.name(cell.by)} → {names.name(cell.on)}: {cell.count}")


def standing_row(found: Standing, names: Names) -> Row:
    """Return a measure as it stood on the day asked for, with the parts of it that were lifted."""
    row = measure_row(found.entry, names)
    stood = mark("measure_status", found.status) if found.status else Mark("none", "not yet stated")
    lasting = "since " if found.status in {"in-force", "suspended"} else ""
    since = f" {lasting}{short_day(found.since)}" if found.since else ""
    rate = f"at {rate_words(found.rate)}" if found.rate and found.rate != found.entry.rate else ""
    lifted = [f"{rung_words(rung)} {short_window(rung.when) or short_day(rung.on)}" for rung in found.lifted_parts]
    facts = (f"{stood.word}{since}", rate, *lifted, *(fact for fact in row.facts if fact != row.facts[0]))
    return replace(row, mark=stood, facts=tuple(filter(None, facts)))


def initiatives_blocks(view: Initiatives, sheet: Listing) -> Iterator[RenderableType]:
    """Yield initiatives, the last reported first."""
    names = Names()
    who = names.name(view.actor) if view.actor else ""
    yield _title(sheet, "Initiatives", view.pair, view.as_of, who)
    yield from _rows(sheet, [initiative_row(entry, names) for entry in view.initiatives], "No initiative is recorded.")


def statements_blocks(view: Statements, sheet: Listing) -> Iterator[RenderableType]:
    """Yield what speakers of a name said, oldest first."""
    names = Names()
    yield _title(
        sheet, f"Statements by {one_line(view.speaker)}", view.pair, view.as_of, _between(view.since, view.until)
    )
    for found in view.speakers:
        times = f"{found.statements} statement{'s' if found.statements != 1 else ''}"
        yield sheet.text(
            f"{names.speaker(found.person)}: {times}, {short_day(found.first)} to {short_day(found.last)}", "dim"
        )
    yield from _rows(sheet, [statement_row(entry, names) for entry in view.statements], "No statement is recorded.")


def found_blocks(view: Found, sheet: Listing) -> Iterator[RenderableType]:
    """Yield what a search found, by kind."""
    yield _title(sheet, f"Search for {one_line(view.words)}", None, view.as_of, f"{view.total} found")
    for group in view.groups:
        label = words()["kinds"].get(group.kind, {}).get("heading", group.kind.capitalize())
        yield from sheet.section(f"{label} ({len(group.hits)})", [_hit_row(hit) for hit in group.hits])


def _hit_row(hit: Hit) -> Row:
    day = short_day(hit.source.published or hit.source.known_on)
    return Row(id=hit.id, day=day, what=shorten(hit.snippet, 300), facts=(source_words(hit.source),))


def pairs_blocks(view: Sequence[PairCount], sheet: Listing) -> Iterator[RenderableType]:
    """Yield the pairs of actors that the ledger knows, those with most documents first."""
    names = Names()
    if not view:
        yield sheet.text("No pair is recorded yet. Add documents: dragoman add report.txt")
    for found in view:
        line = f"{found.documents:6} document{'s' if found.documents != 1 else ' '}  last {short_day(found.last):11}  "
        yield sheet.line((line, "dim"), (names.all(found.pair), "bold"), (f"  ({' '.join(found.pair)})", "dim"))


def _title(sheet: Listing, what: str, pair: tuple[str, str] | None, as_of: date, *parts: str) -> RenderableType:
    """Return the line that says what was asked."""
    names = Names()
    who = f": {names.name(pair[0])} and {names.within(pair[1])}" if pair else ""
    rest = "".join(f", {part}" for part in parts if part)
    return sheet.line((f"{what}{who}", "bold"), (f"{rest}, as of {day_words(as_of)}", ""))


def _between(since: date | None, until: date | None) -> str:
    first, last = (short_day(day) if day else "" for day in (since, until))
    return " ".join(filter(None, (f"from {first}" if first else "", f"to {last}" if last else "")))


def _rows(sheet: Listing, rows: Sequence[Row], none: str) -> Iterator[RenderableType]:
    if not rows:
        yield sheet.text(none)
    yield from (sheet.row(row) for row in rows)
