"""Intake: everything that is given, into the ledger, with what became of each item.

In:     items (see `sources.items`) and a ledger.
Out:    one `Outcome` for each item: added, duplicate, reprint, newer version, nothing found or refused.
Never:  stops at an item that cannot be read, reads one twice that came before, or keeps the text of one that tells of
        no relation between two actors (unless asked to).

`take_in` tells the whole story; `watch` does the same for feeds and folders at intervals.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace

from dragoman.domain import Document, Reading
from dragoman.errors import FetchFailed, UnreadableInput, WrongLanguage
from dragoman.intake.outcomes import Outcome
from dragoman.intake.versions import changes, repeated, replaced
from dragoman.ledger import Ledger
from dragoman.ledger.arrivals import Arrival, address_of, words_of
from dragoman.sources.items import Item

__all__ = ["Outcome", "take_in"]

GATED = "It names no two actors that deal with each other."
EMPTY = "It was read, and tells of no relation between two actors."


def take_in(
    ledger: Ledger, items: Iterable[Item], *, keep_all: bool = False, source: str | None = None
) -> Iterator[Outcome]:
    """Put items into the ledger one by one and yield what became of each.

    With `keep_all` documents that tell of nothing are stored in full too; `source` is the name of the watched source
    that they come from. Raises UsageError where the ledger cannot be written.
    """
    for item in items:
        seen = _seen(ledger, item, keep_all)
        outcome = seen or _taken(ledger, item, keep_all)
        if seen is None and item.key and outcome.passing is None:
            ledger.arrivals.note(_arrival(ledger, item, outcome, source))
        yield outcome


def _seen(ledger: Ledger, item: Item, keep_all: bool) -> Outcome | None:
    """Return the outcome for an item that came before and would be read as it was then, else None."""
    before = ledger.arrivals.of_item(item.key) if item.key else None
    if before is None or before.reader != ledger.reader():
        return None
    known = Outcome(
        "duplicate", item.place, title=before.title, publisher=before.publisher, published=before.published,
        dated_by=before.dated_by, url=None, language=before.language, words=before.words, address=before.address,
    )  # fmt: skip
    if before.outcome == "refused" or (before.outcome == "nothing found" and not keep_all):
        return replace(known, outcome=before.outcome, reason=before.note)
    if before.document is not None:
        return replace(known, document=before.document, of=before.document)
    return None


def _taken(ledger: Ledger, item: Item, keep_all: bool) -> Outcome:
    """Make a document of an item, read it and add it."""
    try:
        made = item.make()
    except WrongLanguage as error:
        return Outcome("refused", item.place, reason=str(error), language=error.language)
    except FetchFailed as error:
        return Outcome("refused", item.place, reason=str(error), passing=_is_passing(error))
    except UnreadableInput as error:
        return Outcome("refused", item.place, reason=str(error))
    except Exception as error:  # one item must not stop thousands
        fault = f"A fault of Dragoman's own, {type(error).__name__}: {error}. Please report it with this item."
        return Outcome("refused", item.place, reason=fault, passing=False)
    document = made.document if isinstance(made, Reading) else made
    outcome = _about(item.place, document)
    if twin := ledger.has(document) or repeated(document, ledger.arrivals):  # 1. is it there?
        return replace(outcome, outcome="duplicate", document=twin, of=twin)
    older = replaced(document, ledger.arrivals)  # 2. does it replace another? Then what it no longer tells counts too
    keep_all = keep_all or older is not None
    reading = made if isinstance(made, Reading) else _read(document, keep_all)
    if reading is None:  # 3. is it about relations at all?
        return replace(outcome, outcome="nothing found", reason=GATED)
    if not reading.records() and not keep_all:  # 4. what does it tell?
        return replace(outcome, outcome="nothing found", reason=EMPTY)
    added = ledger.add_reading(reading, newer_than=older)
    if added.outcome == "known":  # another process has added it meanwhile
        return replace(outcome, outcome="duplicate", document=added.document, of=added.document)
    outcome = replace(outcome, document=added.document, records=added.records, joined=added.joined)
    if older:
        told = changes(ledger.arrivals.records(older), ledger.arrivals.records(added.document))
        return replace(outcome, outcome="newer version", of=older, changes=told)
    if added.reprint_of:
        return replace(outcome, outcome="reprint", of=added.reprint_of)
    return outcome


def _is_passing(error: FetchFailed) -> bool:
    """Whether a page that could not be fetched may be there the next time: no answer, or one that says so."""
    if error.lasting:
        return False
    return error.status is None or error.status >= 500 or error.status in (408, 429)


def _read(document: Document, keep_all: bool) -> Reading | None:
    """Return the reading of a document, None where a cheap look shows that it tells of no two actors."""
    from dragoman.reading.gate import relevant

    if not keep_all and not relevant(document):
        return None
    from dragoman.reading import read

    return read(document)


def _about(place: str, document: Document) -> Outcome:
    """Return an outcome with what is known of a document."""
    return Outcome(
        "added", place, title=document.title, publisher=document.publisher, url=document.url,
        published=document.published.isoformat() if document.published else None, dated_by=document.dated_by,
        language="English", characters=len(document.text), warnings=document.warnings,
        words=words_of(document.text), address=address_of(document.url),
    )  # fmt: skip


def _arrival(ledger: Ledger, item: Item, outcome: Outcome, source: str | None) -> Arrival:
    """Return what the ledger keeps of an item."""
    told = json.dumps([change.to_dict() for change in outcome.changes], ensure_ascii=False) if outcome.changes else None
    return Arrival(
        item.key, item.place, outcome.outcome, outcome.document, outcome.of, outcome.words, outcome.address,
        outcome.title, outcome.publisher, outcome.published, outcome.dated_by, outcome.language,
        outcome.reason or told, ledger.reader(), source,
    )  # fmt: skip
