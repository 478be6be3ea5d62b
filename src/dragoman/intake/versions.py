"""Versions: whether a document is a copy or a later version of one in the ledger, and what changed in its records.

In:     a document, the copies that the ledger has (see `ledger.arrivals`), the records of both.
Out:    the document it repeats or replaces; `Change`s, one for each record that is new, gone or told otherwise.
Units:  days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from dragoman.domain import Document, Record, plain
from dragoman.ledger.arrivals import Arrivals, Copy, address_of, words_of
from dragoman.ledger.origins import contradict, likeness

#: One text by one publisher dated this far apart is one document: feed, page and agency differ in its day. Guess.
ONE_DATE = 3
#: A publisher's text that comes again, changed, within this many days is a version of the first. Guess: corrections
#: and updates come in the week; a like text later is a new report with old background.
VERSION_WITHIN = 7
#: Share of word runs from which on a page at the same address is the same report, changed (guess; below it the address
#: shows another report each day).
SAME_PAGE = 0.3
#: Share from which on a publisher's text is its earlier one, changed, and days within which it may say other figures
#: and names. Guesses: an update keeps most of the report; the next notice with new figures comes a day later or more.
SAME_TEXT, CORRECTED_WITHIN = 0.6, 0

#: The fields that tell which record of one version is which record of the other.
_NAMES: dict[str, tuple[str, ...]] = {
    "events": ("type", "actors", "recipients"),
    "statements": ("speaker",),
    "disputes": ("claimant", "denier"),
    "next_steps": ("type", "actors"),
    "measures": ("kind", "by", "on"),
    "initiatives": ("name",),
}
#: Fields that differ between versions without a change in what is told.
_LEFT_OUT = frozenset({"evidence", "because", "claim", "denial"})


@dataclass(frozen=True, slots=True)
class Change:
    """What a later version tells otherwise: a record of this kind is `new`, `gone`, or has another value in `field`."""

    kind: str
    what: str
    field: str | None = None
    before: Any = None
    after: Any = None
    quote: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        out: dict[str, Any] = plain(self)
        return out


def repeated(document: Document, arrivals: Arrivals) -> str | None:
    """Return the document of the ledger that has the same words by the same publisher, or None."""
    address = address_of(document.url)
    for copy in arrivals.with_words(words_of(document.text)):
        if document.published and not copy.published:
            continue  # it brings the date that the other lacks
        if address and address == copy.address:
            return copy.document
        publisher = not (document.publisher and copy.publisher) or _is_same(document.publisher, copy.publisher)
        if publisher and _days(document, copy) <= ONE_DATE:
            return copy.document
    return None


def replaced(document: Document, arrivals: Arrivals) -> str | None:
    """Return the document of the ledger of which this is a later state, or None.

    That is one from the same address with the same title or much of the text; or one with most of the text that the
    same publisher brought shortly before: within days where the two say the same as far as they go, within a day where
    they do not (a corrected figure; a weekly notice with another figure is no correction of the last).
    """
    address = address_of(document.url)
    for copy in reversed(arrivals.at(address) if address else []):
        title = bool(document.title) and document.title == copy.title
        share = likeness(document.text, arrivals.text(copy.document))
        like = share >= SAME_PAGE or (title and _days(document, copy) <= VERSION_WITHIN)
        if not _is_earlier(document, copy) and like:
            return copy.document
    for copy in arrivals.near(document.text, document.publisher) if document.publisher else []:
        days = _days(document, copy)
        if not _is_same(document.publisher, copy.publisher) or _is_earlier(document, copy) or days > VERSION_WITHIN:
            continue
        text = arrivals.text(copy.document)
        elsewhere = bool(address and copy.address) and document.title != copy.title  # another page of one form
        if likeness(document.text, text) >= SAME_TEXT and (
            (days <= CORRECTED_WITHIN and not elsewhere) or not contradict(document.text, text)
        ):
            return copy.document
    return None


def changes(before: Iterable[tuple[str, Record]], after: Iterable[tuple[str, Record]]) -> tuple[Change, ...]:
    """Return what changed from the records of one version to those of the next, in the order of the kinds."""
    old, new = _by_name(before), _by_name(after)
    found: list[Change] = []
    for name in dict.fromkeys((*old, *new)):
        found += _changed(name[0], old.get(name, []), new.get(name, []))
    return tuple(sorted(found, key=lambda change: list(_NAMES).index(change.kind)))


def _by_name(records: Iterable[tuple[str, Record]]) -> dict[tuple[str, str], list[Record]]:
    found: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for kind, record in records:
        name = repr([plain(getattr(record, field)) for field in _NAMES[kind]])
        found[kind, name].append(record)
    return found


def _changed(kind: str, before: Sequence[Record], after: Sequence[Record]) -> list[Change]:
    """Return the changes among records of one name: equal ones are set aside, the rest is paired in order."""
    left, right = list(before), list(after)
    for one in before:
        same = next((other for other in right if _told(one) == _told(other)), None)
        if same is not None:
            left.remove(one)
            right.remove(same)
    found = []
    for one, other in zip(left, right, strict=False):
        if kind == "statements":  # another thing said, not the same thing said otherwise
            found += [_whole(kind, "gone", one), _whole(kind, "new", other)]
            continue
        mine, theirs = _told(one), _told(other)
        found += [
            Change(kind, "changed", field, mine[field], theirs[field], other.evidence[0].quote)
            for field in mine
            if mine[field] != theirs[field]
        ]
    found += [_whole(kind, "gone", one) for one in left[len(right) :]]
    found += [_whole(kind, "new", one) for one in right[len(left) :]]
    return found


def _told(record: Record) -> dict[str, Any]:
    """Return what a record says, without where it stands; a statement is what was said."""
    told = {f.name: plain(getattr(record, f.name)) for f in fields(record) if f.name not in _LEFT_OUT}
    if "stance" in told:
        told["words"] = " ".join(words_of(span.quote) for span in record.evidence)
    return told


def _whole(kind: str, what: str, record: Record) -> Change:
    return Change(kind, what, quote=record.evidence[0].quote)


def _is_same(one: str | None, other: str | None) -> bool:
    return (one or "").casefold() == (other or "").casefold()


def _days(document: Document, copy: Copy) -> int:
    """Return how many days lie between the two; 0 where one has no date."""
    if document.published is None or copy.published is None:
        return 0
    return abs((document.published - copy.published).days)


def _is_earlier(document: Document, copy: Copy) -> bool:
    return bool(document.published and copy.published and document.published < copy.published)
