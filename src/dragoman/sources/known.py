"""Known: what is known of a document besides its bytes, and which of its dates holds.

In:     what the caller gives, and what the place says in which a document was found (a feed, a table, a mail, a page).
Out:    `Known`; `dated`, the first date that can be true, where it came from, and warnings about those that cannot.
Dates:  a document is dated no earlier than `EARLIEST` and no later than `Known.latest`, unless the caller says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dragoman.domain import DatedBy

#: Older datelines and metadata are errors ("0001-01-01", "1600-01-01"): printed news agencies begin about then. Guess.
EARLIEST = date(1800, 1, 1)
#: How the places that date a document are called in warnings.
PLACES: dict[DatedBy, str] = {
    "given": "the caller", "metadata": "its metadata", "feed": "the feed", "url": "its address",
    "dateline": "its dateline", "file-name": "the name of its file",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a document; `dated_by` says where `published` came from.

    `charset` is the encoding that a server declared, `html` whether it called the bytes HTML (None: not known),
    `latest` the last day on which the document can have been published, such as the day it was fetched.
    """

    published: date | None = None
    dated_by: DatedBy = "metadata"
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    charset: str | None = None
    html: bool | None = None
    latest: date | None = None


NOTHING = Known()

Dated = tuple[date | None, DatedBy | None, tuple[str, ...]]


def dated(candidates: Iterable[tuple[date | None, DatedBy]], latest: date | None) -> Dated:
    """Return the first date that can be true, where it came from, and a warning for each before it that cannot."""
    warnings: list[str] = []
    for day, by in candidates:
        if day is None:
            continue
        if by == "given" or (day >= EARLIEST and (latest is None or day <= latest)):
            return day, by, tuple(warnings)
        why = "lies ahead" if day >= EARLIEST else "is too early for a document"
        warnings.append(f"Dated {day.isoformat()} by {PLACES[by]}, which {why}: not used.")
    return None, None, tuple(warnings)
