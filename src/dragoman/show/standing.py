"""The state of a relation on one screen.

In:     a `Relation`.
Out:    blocks for the terminal: at 100 columns and an ordinary number of entries they fill at most 40 lines; where
        something is left out stands the command that shows it.
Never:  says what no entry says; tracks and tension come with the figures behind them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.console import RenderableType

from dragoman.show.listing import Listing
from dragoman.show.rows import Row, dispute_row, measure_row, source_words, step_row
from dragoman.show.sentences import people_words
from dragoman.show.sheet import WIDE
from dragoman.show.words import Mark, Names, act_words, day_words, mark, one_line, short_day, short_window, words

if TYPE_CHECKING:
    from dragoman.views.direction import TrackMove
    from dragoman.views.relation import Contact, Relation

#: Most rows of each section, and the rows that all together may take, headings and blank lines not counted (by trial:
#: so that 100 columns and 40 lines hold it).
DUE, OVERDUE, MEASURES, DISPUTES, TRACKS = 6, 2, 6, 3, 4
ROOM = 20
#: Lines of a dispute: parties, claim, denial.
DISPUTE = 3
NOTHING = "The ledger holds nothing on this pair. What it knows: dragoman pairs"


def relation_blocks(view: Relation, sheet: Listing) -> Iterator[RenderableType]:
    """Yield the state of a relation from the top: documents, tension, contacts, what is due, measures, disputes."""
    names = Names()
    yield sheet.line(
        (f"{names.name(view.pair[0])} and {names.within(view.pair[1])}", "bold"),
        (f", as of {day_words(view.as_of)}", ""),
    )
    if not view.documents:
        yield sheet.text(NOTHING)
        return
    yield sheet.clipped(_documents(view), sheet.width)
    if view.tension:
        yield sheet.text(f"Tension: {view.tension.words}")
    short = names if sheet.width >= WIDE else Names(())  # ids where there is little room
    pair = " ".join(view.pair)
    room = shares(view)
    due, late = view.due[: room["due"]], view.overdue[: room["overdue"]]
    steps = [*(step_row(step, short) for step in due), *(_late(step_row(step, short)) for step in late)]
    in_hand = (*view.in_force, *view.announced, *view.threatened)
    listed = [measure_row(entry, short) for entry in in_hand[: room["measures"]]]
    moves = [track_row(move) for move in view.tracks[: room["tracks"]]]
    contacts = [contact_row(contact) for contact in view.contacts]
    unseen = _more(len(view.due) + len(view.overdue) - len(steps), f"due {pair}")
    yield from sheet.section("Last contacts by level", contacts, brief=True)
    yield from sheet.section("Due", steps, brief=True, more=unseen)
    unseen = _more(len(in_hand) - len(listed), f"measures {pair}")
    yield from sheet.section("Measures", listed, brief=True, more=unseen)
    yield from _disputes(view, sheet, names, room["disputes"])
    yield from sheet.section("Tracks, last 90 days against the 90 before", moves, brief=True)
    if view.initiatives:
        all_of_them = ", ".join(f"{one_line(entry.name)} ({entry.id})" for entry in view.initiatives)
        yield from sheet.rule("Initiatives")
        yield sheet.clipped(f"  {all_of_them}", sheet.width, "")


def _documents(view: Relation) -> str:
    documents = f"{view.documents} document{'s' if view.documents != 1 else ''}"
    count = f"{documents}, {view.origins} origin{'s' if view.origins != 1 else ''}"
    return f"{count}; the last: {source_words(view.last)}" if view.last else count


def shares(view: Relation) -> dict[str, int]:
    """Return how many entries of each section are shown: the longest sections give way until all fit."""
    in_hand = len(view.in_force) + len(view.announced) + len(view.threatened)
    shown = {
        "due": min(len(view.due), DUE),
        "overdue": min(len(view.overdue), OVERDUE),
        "measures": min(in_hand, MEASURES),
        "disputes": min(len(view.disputes), DISPUTES),
        "tracks": min(len(view.tracks), TRACKS),
    }
    lines = {name: DISPUTE if name == "disputes" else 1 for name in shown}
    while len(view.contacts) + sum(shown[name] * lines[name] for name in shown) > ROOM:
        longest = max(shown, key=lambda name: shown[name] * (2 if name == "disputes" else 1))
        shown[longest] -= 1
    return shown


def _more(left: int, command: str) -> str:
    return f"more: dragoman {command}" if left > 0 else ""


def _late(row: Row) -> Row:
    """Return the row of a step past due, which says so before all else."""
    return replace(row, what=f"past due, {row.what}", facts=row.facts[1:])


def contact_row(contact: Contact) -> Row:
    """Return the last contact of one level, with who took part."""
    entry = contact.entry
    return Row(
        id=entry.id,
        mark=mark("status", entry.status),
        day=short_window(contact.when) or short_day(contact.day),
        head=words()["level"][contact.level],
        what=act_words(entry.type, contact.mode, joint=True)["noun"],
        facts=tuple(filter(None, (people_words(contact.who),))),
        quotes=entry.quotes,
    )


def track_row(move: TrackMove) -> Row:
    """Return how a track moves, with the counts behind it."""
    found: Mark = mark("direction", move.direction)
    acts = f"{move.now.acts} act{'s' if move.now.acts != 1 else ''}"
    figures = f"{acts} ({move.now.cooperation} cooperation, {move.now.conflict} conflict), {move.before.acts} before"
    return Row(
        id=move.entries[-1] if move.entries else "",
        mark=found,
        day=short_day(move.last) if move.last else "",
        head=move.track.replace("-", " "),
        what=found.word,
        facts=(figures,),
    )


def _disputes(view: Relation, sheet: Listing, names: Names, shown: int) -> Iterator[RenderableType]:
    """Yield each dispute in three lines: parties, claim, denial."""
    if not view.disputes:
        return
    left = len(view.disputes) - shown
    yield from sheet.rule("Disputed")
    yield from (sheet.lines(dispute_row(entry, names)) for entry in view.disputes[:shown])
    if left > 0:
        yield sheet.text(f"  more: dragoman disputes {' '.join(view.pair)}", "dim")
