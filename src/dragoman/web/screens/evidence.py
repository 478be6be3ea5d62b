"""Evidence: a document with its highlighted words and what they became, and an entry with all that it rests on.

In:     the id of a document, or of an entry or any of its records.
Out:    `/document/ID` and `/entry/ID` as pages and JSON (an entry's quotes as CSV too).
Never:  lets the words of a document be more than text; loads all records of an entry onto one page.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query

from dragoman.domain import DatedBy, Span
from dragoman.errors import UsageError
from dragoman.ledger import Correction, Judgement, Ledger, Stored
from dragoman.ledger.correcting import ACCEPTED, RULE
from dragoman.ledger.entries import AnyEntry, Change, DisputeEntry, EventEntry, Item, Kind, Quote, Source, StepEntry
from dragoman.ontology import is_known
from dragoman.show.changes import correction_words, judgement_words, particulars
from dragoman.show.rows import origins_words, party_name, row, source_words
from dragoman.show.sentences import (
    dispute_sentence,
    initiative_sentence,
    measure_sentence,
    outcome_sentence,
    statement_sentence,
    step_sentence,
    whole,
    with_people,
)
from dragoman.show.words import Mark, Names, mark, one_line, short_day, shorten, words
from dragoman.views.show import Shown, show
from dragoman.web.answering import Ask, Asking, AsOf, Page, screen
from dragoman.web.paragraphs import shown_text
from dragoman.web.screens import editing

router = APIRouter()

#: Characters of a sentence about an entry, and of a page's title (guesses).
SENTENCE, TITLE = 400, 90
#: What one page shows of each list (guesses that keep a page under 300 kB): documents of an entry, lines of its
#: history, positions, corrections and judgements, related entries; entries of a document.
SOURCES, LINES, RELATED, CARRIED = 40, 60, 12, 120


# -- a document ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Carried:
    """An entry that a document tells of: in words, with the spans of this document that it rests on.

    `alone` is true where no other origin tells of it.
    """

    id: str
    kind: Kind
    says: str
    mark: Mark | None
    day: str
    origins: int
    documents: int
    alone: bool
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class DocumentShown:
    """A stored document: what is known of it, its text, its reprints and versions, and the entries it tells of."""

    id: str
    title: str | None
    publisher: str | None
    published: date | None
    dated_by: DatedBy | None
    url: str | None
    known_on: date
    added_at: str
    origin: str
    reader: str
    copies: tuple[Source, ...]
    entries: tuple[Carried, ...]
    text: str


From = Annotated[int, Query(alias="from", ge=0, le=10_000_000, description="Show a long text from this character on.")]


@screen(router, "/document/{id}", "json", answers=DocumentShown)
def document(ask: Asking, id: str, start: From = 0) -> object:
    """Show a document with its evidence."""
    return ask.answer(partial(_document, id=id), partial(_document_page, ask, start))


def _document(ledger: Ledger, id: str) -> DocumentShown:
    stored, names = ledger.document(id), Names()
    known = stored.document
    entries = ledger.evidence.told_in(stored.id, max(date.today(), stored.known_on))
    carried = [_carried(entry, stored, names) for entry in entries]
    return DocumentShown(
        id=stored.id,
        title=known.title,
        publisher=known.publisher,
        published=known.published,
        dated_by=known.dated_by,
        url=known.url,
        known_on=stored.known_on,
        added_at=stored.added_at,
        origin=stored.origin,
        reader=stored.reader,
        copies=tuple(ledger.evidence.copies(stored.id)),
        entries=tuple(sorted(carried, key=lambda one: (one.spans[0].start if one.spans else 0, one.id))),
        text=known.text,
    )


def _carried(entry: AnyEntry, stored: Stored, names: Names) -> Carried:
    here = [item for item in entry.items if item.source.document == stored.id]
    made = row(entry, names)
    return Carried(
        id=entry.id,
        kind=entry.kind,
        says=says(entry, names),
        mark=made.mark,
        day=made.day,
        origins=entry.origins,
        documents=len(entry.documents),
        alone=entry.origins == 1,
        spans=tuple(dict.fromkeys(span for item in here for span in item.record.evidence)),
    )


def _document_page(ask: Ask, start: int, ledger: Ledger, found: DocumentShown, names: Names) -> Page:
    layout = [first for first, _ in ledger.document(found.id).document.paragraphs]
    blocks, after = shown_text(found.text, {one.id: one.spans for one in found.entries}, layout, start)
    seen = {id for block in blocks for segment in block.segments for id in segment.records}
    listed = [one for one in found.entries if one.id in seen]
    given = {
        "found": found,
        "blocks": blocks,
        "start": start,
        "after": after,
        "entries": listed[:CARRIED],
        "more": len(listed) - len(listed[:CARRIED]),
        "elsewhere": len(found.entries) - len(listed),
        "numbers": {one.id: number for number, one in enumerate(listed[:CARRIED], 1)},
        "dated_by": words()["dated_by"].get(found.dated_by, ""),
        "copies": found.copies[:LINES],
        "alone": sum(one.alone for one in found.entries),
    }
    return Page("document.html", _short(found.title or "Untitled document"), given)


# -- an entry ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Gone:
    """An entry or record that a person called wrong, with the record and what was said of it."""

    id: str
    record: Item | None
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an entry's history: the day, what became known, and where that stands."""

    on: date
    what: str
    address: str
    source: str


After = Annotated[int, Query(ge=0, le=1_000_000, description="Leave out so many of the oldest documents on the page.")]


@screen(router, "/entry/{id}", "json", "csv", answers=Shown)
def entry(ask: Asking, id: str, as_of: AsOf = None, after: After = 0) -> object:
    """Show an entry with everything behind it."""
    return ask.answer(
        partial(_entry, ask.form == "html", id, as_of),
        partial(_entry_page, ask, id, as_of, after),
        also=editing.depends(ask),
    )


def _entry(as_page: bool, id: str, as_of: date | None, ledger: Ledger) -> Shown | Gone:
    try:
        return show(ledger, id, as_of=as_of)
    except UsageError:
        if not as_page or as_of is not None:
            raise
        corrections = ledger.corrections_of(id)
        if not any(one.field == "wrong" and one.withdrawn_at is None for one in corrections):
            raise
        return Gone(id, ledger.evidence.record(id), tuple(corrections))


def _entry_page(
    ask: Ask, id: str, as_of: date | None, after: int, ledger: Ledger, found: Shown | Gone, names: Names
) -> Page:
    editable = ask.settings.edit and as_of is None
    if isinstance(found, Gone):
        edit = editing.forms(ask, ledger, id, None, found.corrections) if editable else None
        return Page("entry_gone.html", f"{id[:40]} was called wrong", {"found": found, "edit": edit, **_said(found)})
    entry = found.entry
    given = {
        "found": found,
        "asked": _asked(id, entry),
        "says": says(entry, names),
        "row": row(entry, names),
        "facts": _facts(entry, names),
        "particulars": _particulars(entry, names),
        "positions": positions(entry, names),
        "sources": found.sources[after : after + SOURCES],
        "after": after,
        "next": after + SOURCES if after + SOURCES < len(found.sources) else None,
        "history": history(entry, names)[-LINES:],
        "earlier": max(0, len(entry.history) - LINES),
        "edit": editing.forms(ask, ledger, id, entry, found.corrections) if editable else None,
        **_said(found),
        **_judged(found.judgements, {item.id for item in entry.items}),
        **_related(ledger, entry, found.as_of, names),
    }
    return Page("entry.html", _short(given["says"]), given)


def says(entry: AnyEntry, names: Names) -> str:
    """Return an entry as one sentence."""
    if isinstance(entry, EventEntry):
        clause = with_people(entry, names)
    elif isinstance(entry, StepEntry):
        clause = (step_sentence if entry.outcome in ("open", "moved") else outcome_sentence)(entry, names)
    else:
        clause = _SENTENCES[entry.kind](entry, names)
    return whole(shorten(clause, SENTENCE))


_SENTENCES: Mapping[str, Any] = {
    "statements": statement_sentence,
    "disputes": dispute_sentence,
    "measures": measure_sentence,
    "initiatives": initiative_sentence,
}


def positions(entry: AnyEntry, names: Names) -> list[tuple[str, list[tuple[str, Quote | None]]]]:
    """Return who holds what in a dispute, or which documents tell what of a contested event, with the words."""
    found: dict[str, list[tuple[str, Quote | None]]] = {}
    if isinstance(entry, DisputeEntry):
        for one in entry.positions:
            who = names.name(one.party) if one.speaker is None else party_name(one.speaker, names)
            found.setdefault(one_line(who), []).append((mark("stand", one.stand).word, one.quote))
    elif isinstance(entry, EventEntry) and entry.contested:
        for item in entry.items:
            status = mark("status", getattr(item.record, "status", entry.status)).word
            found.setdefault(f"Told as {status}", []).extend(("", quote) for quote in item.quotes[:1])
    return [(who, held[-SOURCES:]) for who, held in list(found.items())[:RELATED]]


def history(entry: AnyEntry, names: Names) -> list[Line]:
    """Return when what became known of an entry, and which document told it."""
    items = {item.id: item for item in entry.items}
    return [_line(change, items.get(change.item), names) for change in entry.history]


def _line(change: Change, item: Item | None, names: Names) -> Line:
    first, _, rest = change.what.partition(" ")
    told = f"{names.name(first) if is_known(first) else first.replace('-', ' ')} {rest}".strip()
    if item is None:
        return Line(change.on, told, f"/entry/{change.item}", "another entry")
    start = f"#t{item.quotes[0].start}" if item.quotes else ""
    return Line(change.on, told, f"/document/{item.source.document}{start}", source_words(item.source))


def _facts(entry: AnyEntry, names: Names) -> list[str]:
    """Return the facts of an entry's row that stand nowhere else on its page."""
    made = row(entry, names)
    decided = f"by {entry.decided_by}" if isinstance(entry, StepEntry) else ""
    elsewhere = {made.mark.word if made.mark else "", origins_words(entry.origins), decided}
    return [fact for fact in made.facts if fact not in elsewhere]


def _particulars(entry: AnyEntry, names: Names) -> list[tuple[str, list[str]]]:
    """Return the labelled lines of an entry by label; those of a dispute stand under who says what."""
    if isinstance(entry, DisputeEntry):
        return []
    found: dict[str, list[str]] = {}
    for label, text in (*row(entry, names).notes, *particulars(entry, names)):
        found.setdefault(label.rstrip(":"), []).append(text)
    return [(label, texts[-LINES:]) for label, texts in found.items()]


def _asked(id: str, entry: AnyEntry) -> str:
    """Return how the id that was asked for leads to this entry, "" where it is its own."""
    asked = id.strip().lower()
    if entry.id.lower().startswith(asked):
        return ""
    mine = any(item.id.lower().startswith(asked) for item in entry.items)
    return f"{id[:40]} is {'one of its records' if mine else 'a record that one of this entry took the place of'}."


def _said(found: Shown | Gone) -> dict[str, Any]:
    """Return what persons said: corrections made together on one line, and who accepted the entry as it stands."""
    together: dict[tuple[str, str], list[Correction]] = {}
    for one in found.corrections:
        together.setdefault((one.made_at, one.field), []).append(one)
    told = [
        correction_words(same[0])
        + (f" (and {len(same) - 1} more record{'s' if len(same) > 2 else ''})" if len(same) > 1 else "")
        for same in together.values()
    ]
    accepted = [same for same in together.values() if same[0].field == ACCEPTED and same[0].withdrawn_at is None]
    return {"said": told[-LINES:], "unsaid": max(0, len(told) - LINES), "accepted": _accepted(found, accepted)}


def _accepted(found: Shown | Gone, accepted: Sequence[Sequence[Correction]]) -> str:
    """Return who accepted an entry last, and how many of its records were not there to be seen."""
    if isinstance(found, Gone) or not accepted:
        return ""
    last = accepted[-1]
    unseen = len({item.id for item in found.entry.items} - {one.item for one in last})
    more = f", before {unseen} of its records" if unseen else ""
    return one_line(f"by {last[0].author}, {short_day(date.fromisoformat(last[0].made_at[:10]))}{more}")


def _judged(judgements: Sequence[Judgement], mine: Collection[str]) -> dict[str, Any]:
    """Return what holds an entry together, what persons judged, and what was nearly the same by rule."""
    standing = [one for one in judgements if one.withdrawn_at is None]
    told = [one for one in standing if one.verdict == "same" or one.author != RULE]
    near = [one for one in standing if one.verdict == "different" and one.author == RULE]
    apart = [(one, other) for one in near for other in (one.left, one.right) if other not in mine]
    return {
        "judged": [judgement_words(one) for one in told[:LINES]],
        "unjudged": max(0, len(told) - LINES),
        "apart": [(other, judgement_words(one)) for one, other in apart[:RELATED]],
        "more_apart": max(0, len(apart) - RELATED),
    }


def _related(ledger: Ledger, entry: AnyEntry, as_of: date, names: Names) -> dict[str, Any]:
    """Return the pairs of an entry, what decided it, and what it bears on."""
    decider = None
    if isinstance(entry, StepEntry) and entry.decided_by:
        decider = ledger.entry(entry.decided_by, as_of)
    bears = ledger.evidence.bears_on(entry.id, as_of)
    steps = [one for one in bears if isinstance(one, StepEntry) and one.decided_by == entry.id]
    disputes = [one for one in bears if isinstance(one, DisputeEntry) and one.id != entry.id]
    pairs = ledger.evidence.pairs(entry.id)[:RELATED]
    return {
        "pairs": [(pair, " and ".join(names.name(actor) for actor in pair)) for pair in pairs],
        "related": [
            (label, [(one.id, says(one, names)) for one in some[:RELATED]], len(some[RELATED:]))
            for label, some in (
                ("Decided by", [decider] if decider else []),
                ("Decides", steps),
                ("Something said in the dispute", disputes),
            )
            if some
        ],
    }


def _short(text: str) -> str:
    return shorten(text, TITLE)


# An address with a suffix is that of another form, not of an entry whose id has a dot.
router.routes.sort(key=lambda route: getattr(route, "form", "") == "html")
