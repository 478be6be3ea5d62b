"""The brief in sentences, as Markdown, as one HTML page, and for the terminal.

In:     a `Brief`.
Out:    `paragraphs`, the sentences with the numbers of their footnotes, alike for all forms; `markdown`, `html`,
        `brief_blocks`.
Never:  a sentence that is not made from the fields of an entry; markup, links or escapes of a document's own (HTML is
        escaped by the template, Markdown by `escaped`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType
from rich.text import Text

from dragoman.show.listing import Listing
from dragoman.show.rows import origins_words, source_words
from dragoman.show.sentences import (
    dispute_sentence,
    initiative_sentence,
    measure_name,
    measure_sentence,
    outcome_sentence,
    quoted,
    rung_words,
    statement_sentence,
    step_sentence,
    step_who,
    whole,
    with_people,
)
from dragoman.show.words import Names, clean, day_words, shorten, when_phrase, words

if TYPE_CHECKING:
    from dragoman.ledger.entries import EventEntry
    from dragoman.views.brief import Brief, Footnote, Line, Moving

#: Characters of a quote in a footnote (by trial: see the bounds in views/brief.py).
QUOTE = 120
HEADINGS = {
    "standing": "Where things stand",
    "changed": "What changed since {0}",
    "due": "What is due",
    "disputed": "What is disputed",
    "measures": "Measures",
    "said": "In the words of {0}",
}
PROMISE = "Every sentence is made from recorded entries; nothing is added. Numbers lead to the words it rests on."


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence with the numbers of its footnotes and the id of its entry."""

    text: str
    notes: tuple[int, ...]
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with its sentences, and how many entries it leaves out."""

    heading: str
    said: tuple[Said, ...]
    left_out: int = 0


def title(brief: Brief) -> str:
    """Return "India and the United States: brief as of 13 January 2026"."""
    names = Names()
    return f"{names.name(brief.pair[0])} and {names.within(brief.pair[1])}: brief as of {day_words(brief.as_of)}"


def basis(brief: Brief) -> str:
    """Return on how many documents and origins the brief rests."""
    documents = f"{brief.documents} document{'s' if brief.documents != 1 else ''}"
    return f"From {documents} of {brief.origins} independent origin{'s' if brief.origins != 1 else ''}. {PROMISE}"


def paragraphs(brief: Brief) -> list[Part]:
    """Return the parts of the brief in their order; empty ones are left out."""
    names = Names()
    standing = [_said(line, names) for line in brief.contacts]
    if brief.tension and brief.tension_notes:
        between = ": " if brief.tension.verdict == "too few acts" else " is "
        standing.append(Said(whole(f"tension{between}{brief.tension.words}"), brief.tension_notes))
    standing += [_track(moving) for moving in brief.tracks]
    parts = [Part(HEADINGS["standing"], tuple(standing))]
    sides = iter(brief.pair)
    for name, section in brief.sections():
        filling = {"changed": day_words(brief.since)} | ({"said": names.within(next(sides))} if name == "said" else {})
        heading = HEADINGS[name].format(filling.get(name, ""))
        parts.append(Part(heading, tuple(_said(line, names) for line in section.lines), section.left_out))
    return [part for part in parts if part.said]


def _said(line: Line, names: Names) -> Said:
    return Said(whole(_clause(line, names)), line.notes, line.entry.id)


def _clause(line: Line, names: Names) -> str:
    """Return the clause of a line, by its role."""
    entry: Any = line.entry
    if line.role == "contact":
        level = f" ({words()['level'][line.level]})" if line.level and line.level != "unnamed" else ""
        return f"last contact{level}: {with_people(entry, names)}{_reported(entry)}"
    if line.role == "decided":
        return outcome_sentence(entry, names)
    if line.role == "overdue":
        due = when_phrase(entry.due)
        return f"past due{f' ({due})' if due else ''}, outcome not reported: {step_who(entry, names)}"
    if line.role == "moved" and line.rung:
        by, on = names.all(entry.by) or "Unnamed", names.all(entry.on)
        when = f" {when_phrase(line.rung.when)}" if line.rung.when else ""
        return f"{by}{f' → {on}' if on else ''}, {measure_name(entry)}: {rung_words(line.rung)}{when}"
    if line.role == "event":
        return f"{'contested: ' if entry.contested else ''}{with_people(entry, names)}{_reported(entry)}"
    makers: dict[str, Any] = {
        "moved": measure_sentence,
        "initiative": initiative_sentence,
        "due": step_sentence,
        "dispute": dispute_sentence,
        "measure": measure_sentence,
        "said": statement_sentence,
    }
    made: str = makers[line.role](entry, names)
    return made


def _reported(event: EventEntry) -> str:
    """Return when an undated event was first reported, in brackets."""
    return "" if when_phrase(event.when) else f" (reported {day_words(event.first)})"


def _track(moving: Moving) -> Said:
    move = moving.move
    acts = f"{move.now.acts} act{'s' if move.now.acts != 1 else ''}"
    figures = f"{acts} in 90 days, {move.now.cooperation} cooperative and {move.now.conflict} conflictual"
    before = f"against {move.before.acts} in the 90 before"
    name = move.track.replace("-", " ").capitalize()
    return Said(f"{name}: {words()['direction'][move.direction]['word']} ({figures}, {before}).", moving.notes)


def footnote(note: Footnote) -> str:
    """Return a footnote as one line: quote, publisher and date, document, origins."""
    known = [source_words(note.quote.source), note.quote.source.document, origins_words(note.origins)]
    return f"{quoted(shorten(note.quote.text, QUOTE))} {', '.join(filter(None, known))}"


def left_out(part: Part) -> str:
    """Return how many entries a part leaves out, in words; "" for none."""
    return f"{part.left_out} more left out." if part.left_out else ""


# -- the three forms -----------------------------------------------------------------------------------------------


def markdown(brief: Brief) -> str:
    """Return the brief as Markdown with footnotes."""
    lines = [f"# {escaped(title(brief))}", "", escaped(basis(brief)), ""]
    for part in paragraphs(brief):
        lines += [f"## {escaped(part.heading)}", ""]
        lines += [f"- {escaped(said.text)}{''.join(f'[^{number}]' for number in said.notes)}" for said in part.said]
        lines += [f"- _{left_out(part)}_"] if part.left_out else []
        lines.append("")
    lines += [f"[^{note.number}]: {escaped(footnote(note))}" for note in brief.footnotes]
    return "\n".join(lines).rstrip() + "\n"


def escaped(text: str) -> str:
    """Return text in which nothing is Markdown or HTML: every mark that could be is preceded by a backslash."""
    safe = re.sub(r"([\\`*_\[\]<>#|~&!])", r"\\\1", clean(text))
    safe = re.sub(r"(https?|ftp|www)([:.])", r"\1\\\2", safe, flags=re.IGNORECASE)
    return re.sub(r"^(\d+)([.)])|^([-+=])", lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", safe)


def html(brief: Brief) -> str:
    """Return the brief as one HTML page that needs nothing else and has no script."""
    from markupsafe import Markup

    from dragoman.show.page import part_of_page, policy_hash, templates

    style = part_of_page("brief.css")
    return (
        templates()
        .get_template("brief.html")
        .render(
            title=title(brief),
            basis=basis(brief),
            parts=paragraphs(brief),
            left_out=left_out,
            notes=brief.footnotes,
            source_words=source_words,
            origins_words=origins_words,
            quote=lambda note: quoted(shorten(note.quote.text, QUOTE)),
            style=Markup(style),
            policy=f"style-src {policy_hash(style)}",
        )
    )


def brief_blocks(brief: Brief, sheet: Listing) -> Iterator[RenderableType]:
    """Yield the brief for a terminal: sentences with numbers in brackets, then the notes."""
    yield sheet.text(title(brief), "bold")
    yield sheet.text(basis(brief), "dim")
    for part in paragraphs(brief):
        yield from sheet.rule(part.heading)
        for said in part.said:
            yield sheet.hanging("•", "dim", sheet.line((said.text, ""), (_numbers(said.notes), "cyan")))
        if part.left_out:
            yield sheet.text(f"  {left_out(part)}", "dim")
    if brief.footnotes:
        yield from sheet.rule("Notes")
    for note in brief.footnotes:
        yield sheet.hanging(str(note.number), "cyan", sheet.text(footnote(note)), columns=3)
    if not brief.footnotes:
        yield Text()
        yield sheet.text("The ledger holds nothing on this pair. What it knows: dragoman pairs")


def _numbers(notes: Sequence[int]) -> str:
    return f" [{', '.join(map(str, notes))}]" if notes else ""
