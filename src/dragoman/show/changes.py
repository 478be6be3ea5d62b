"""What is new between two days, and one entry with all behind it, for the terminal.

In:     a `Diff` or a `Shown`; corrections as the ledger keeps them.
Out:    blocks for the terminal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import is_dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType
from rich.text import Text

from dragoman.domain import Rate, Window
from dragoman.ledger.entries import (
    AnyEntry,
    DisputeEntry,
    InitiativeEntry,
    MeasureEntry,
    StepEntry,
)
from dragoman.show.listing import Listing
from dragoman.show.rows import Row, row, source_words, step_row, told
from dragoman.show.sentences import inside, position_words, quoted, rung_words
from dragoman.show.words import (
    Names,
    clean,
    day_words,
    mark,
    one_line,
    rate_words,
    short_day,
    short_window,
    shorten,
    when_phrase,
    window_words,
    words,
)

if TYPE_CHECKING:
    from dragoman.ledger.correcting import Correction, Judgement
    from dragoman.views.diff import Changed, Decided, Diff
    from dragoman.views.show import Shown, Telling

#: Fields of entries whose name is no plain word.
_FIELDS = {"when": "date", "due": "due date", "origins": "origins", "parts": "parts of the rate"}


def diff_blocks(view: Diff, sheet: Listing) -> Iterator[RenderableType]:
    """Yield what was decided, what changed, and what entered, by kind."""
    names = Names()
    who = f" between {names.within(view.pair[0])} and {names.within(view.pair[1])}" if view.pair else ""
    told = f"in {view.documents} document{'s' if view.documents != 1 else ''}"
    line = f"What is new{who} after {day_words(view.since)}, up to {day_words(view.until)}"
    yield sheet.line((line, "bold"), (f", {told}", ""))
    if not (view.entered or view.changed or view.decided):
        yield sheet.text("Nothing entered, changed or was decided.")
    yield from sheet.section(f"Decided ({len(view.decided)})", [_decided_row(found, names) for found in view.decided])
    yield from sheet.section(f"Changed ({len(view.changed)})", [changed_row(found, names) for found in view.changed])
    for kind, labels in words()["kinds"].items():
        entered = [row(entry, names) for entry in view.entered if entry.kind == kind]
        yield from sheet.section(f"New: {labels['heading']} ({len(entered)})", entered)


def _decided_row(found: Decided, names: Names) -> Row:
    made = step_row(found.entry, names)
    before = mark("outcome", found.before).word if found.before else "new"
    turn = f"{before} → {mark('outcome', found.outcome).word} on {short_day(found.on)}"
    decided = (f"by {found.entry.decided_by}",) if found.entry.decided_by else ()
    return replace(made, facts=(turn, *decided))


def changed_row(found: Changed, names: Names) -> Row:
    """Return an entry with its fields as they were and are."""
    notes = tuple((_FIELDS.get(c.field, c.field), change_words(c.before, c.after, names)) for c in found.changes)
    made = row(found.entry, names)
    return replace(made, notes=notes, quotes=made.quotes[-1:])


def change_words(before: Any, after: Any, names: Names) -> str:
    """Return "announced → in force"; of a list that grew only what is new, or how many there are."""
    if isinstance(before, tuple) and isinstance(after, tuple) and any(map(is_dataclass, (*before, *after))):
        new = [item for item in after if item not in before]
        return "; ".join(f"+ {value_words(item, names)}" for item in new) or f"{len(before)} → {len(after)}"
    return f"{value_words(before, names)} → {value_words(after, names)}"


def value_words(value: Any, names: Names) -> str:
    """Return a field's value in words."""
    if value is None or value == ():
        return "none"
    if isinstance(value, Window):
        return window_words(value)
    if isinstance(value, Rate):
        return rate_words(value)
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, tuple | list):
        return ", ".join(value_words(item, names) for item in value)
    if hasattr(value, "stand"):
        return position_words(value, names) + (f" {inside(value.quote)}" if value.quote else "")
    if hasattr(value, "possible"):
        return f"{rung_words(value)} {when_phrase(value.when)}".strip()
    if isinstance(value, str):
        return names.name(value) if value.isupper() and len(value) == 3 else shorten(value.replace("-", " "), 160)
    return one_line(str(value))


# -- one entry -----------------------------------------------------------------------------------------------------


def shown_blocks(view: Shown, sheet: Listing) -> Iterator[RenderableType]:
    """Yield an entry, what is particular to its kind, its sources with their words and rules, and its history."""
    names = Names()
    made = replace(row(view.entry, names), quotes=())
    yield sheet.row(made)
    for label, text in particulars(view.entry, names):
        yield sheet.hanging("", "", sheet.line((f"{label} ", "dim"), (text, "")))
    yield from sheet.rule(f"Sources ({len(view.sources)}, {view.entry.origins} independent)")
    for telling in view.sources:
        yield from _telling(telling, sheet)
    if view.history:
        yield from sheet.rule(f"History, as of {day_words(view.as_of)}")
        yield from (_line(sheet, short_day(c.on), one_line(c.what), c.item) for c in view.history)
    if view.judgements:
        yield from _judgements(view.judgements, sheet)
    if view.corrections:
        yield from sheet.rule(f"Corrections ({len(view.corrections)})")
        yield from (sheet.hanging("•", "dim", sheet.text(correction_words(found))) for found in view.corrections)


def _judgements(judgements: Sequence[Judgement], sheet: Listing) -> Iterator[RenderableType]:
    """Yield what holds the entry together and what persons judged; the rest is counted."""
    standing = [one for one in judgements if one.withdrawn_at is None]
    told = [one for one in standing if one.verdict == "same" or one.author != "rule"]
    yield from sheet.rule(f"Judgements ({len(told)})")
    yield from (sheet.hanging("•", "dim", sheet.text(judgement_words(one))) for one in told)
    apart, gone = len(standing) - len(told), len(judgements) - len(standing)
    more = [f"{apart} records told apart by rule" if apart else "", f"{gone} judgements withdrawn" if gone else ""]
    if any(more):
        yield sheet.text(f"  {', '.join(filter(None, more))}; --json lists them", "dim")


def particulars(entry: AnyEntry, names: Names) -> Iterator[tuple[str, str]]:
    """Yield the labelled lines that only entries of one kind have."""
    if isinstance(entry, StepEntry):
        yield "rule:", one_line(entry.rule)
        yield from (
            ("stated due:", f"{window_words(d.window)}, on {day_words(d.stated_on)} [{d.item}]") for d in entry.dues
        )
        if entry.decided_by:
            on = f" on {day_words(entry.decided_on)}" if entry.decided_on else ""
            yield "decided:", f"{mark('outcome', entry.outcome).word}{on} by {entry.decided_by}"
    elif isinstance(entry, MeasureEntry):
        if entry.reason:
            yield "reason:", shorten(entry.reason, 200)
        for rung in entry.ladder:
            day = short_window(rung.when) or told(rung.on)
            yield "ladder:", f"{day}: {rung_words(rung)} – {quoted(shorten(rung.quote, 120))} [{rung.item}]"
    elif isinstance(entry, DisputeEntry):
        for position in entry.positions:
            said = f": {inside(position.quote)} – {source_words(position.quote.source)}" if position.quote else ""
            yield "position:", f"{position_words(position, names)}{said}"
    elif isinstance(entry, InitiativeEntry):
        for tie in entry.ties:
            yield "tie:", f"{short_day(tie.on)}: {names.name(tie.actor)} {words()['tie'][tie.tie]} [{tie.item}]"


def _telling(telling: Telling, sheet: Listing) -> Iterator[RenderableType]:
    source = telling.source
    title = f" – {one_line(source.title)}" if source.title and source.publisher else ""
    known = f", known {short_day(source.known_on)}" if source.known_on != source.published else ""
    yield sheet.line((source_words(source), "bold"), (f"{title}{known} ", ""), (f"[{source.document}]", "dim"))
    if source.url:
        yield sheet.text(f"  {clean(source.url)}", "dim")
    for item in telling.items:
        for quote in item.quotes:
            place = (f" {quote.start}–{quote.end}", "dim")
            yield sheet.hanging("", "", sheet.line((quoted(one_line(quote.text)), "italic"), place))
        fixed = f"; corrected: {', '.join(item.corrected)}" if item.corrected else ""
        why = f"why: {item.rule} ({item.score:.2f}) {item.detail}{fixed} [{item.item}]"
        yield sheet.hanging("", "", sheet.text(one_line(why), "dim"))


def _line(sheet: Listing, day: str, text: str, item: str) -> Text:
    return sheet.line((f"  {day:13}", ""), (text, ""), (f" [{item}]", "dim"))


def judgement_words(judgement: Judgement) -> str:
    """Return who judged two records the same or different, why, how surely, and whether it was withdrawn."""
    found = judgement
    gone = ", withdrawn" if found.withdrawn_at else ""
    which = f"{found.left} and {found.right} are {'the same' if found.verdict == 'same' else 'different'}"
    return one_line(f"{which}: {found.reason} ({found.score:.2f}, by {found.author}{gone})")


def correction_words(correction: Correction) -> str:
    """Return what a person corrected, when and why, and whether it was withdrawn."""
    found = correction
    gone = ", withdrawn" if found.withdrawn_at else ""
    what = found.field if found.field in ("wrong", "accepted") else f"{found.field} = {_plain(found.value)}"
    reason = f": {found.reason}" if found.reason else ""
    return one_line(f"{str(found.made_at)[:10]} {found.item} {what}, by {found.author}{gone}{reason}")


def _plain(value: Any) -> str:
    """Return a JSON value on one line."""
    if isinstance(value, list):
        return ", ".join(map(_plain, value))
    if isinstance(value, dict):
        return ", ".join(f"{key} {_plain(field)}" for key, field in value.items() if field is not None)
    return one_line(str(value))


def summary(corrections: Iterable[Correction]) -> list[str]:
    """Return the corrections that were just made, one line each."""
    return [correction_words(correction) for correction in corrections]
