"""Dragoman reads what is written about relations between states and keeps a sourced ledger of it.

>>> from dragoman import read
>>> reading = read("Chile and Peru signed a fisheries pact on Monday.", published="2024-05-14")
>>> [event.type for event in reading.events]
['SUPPORT']
"""

from __future__ import annotations

from datetime import date
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from dragoman.domain import Dispute, Document, Event, Initiative, Measure, NextStep, Reading, Statement
from dragoman.errors import DragomanError

if TYPE_CHECKING:
    from dragoman.ledger import Ledger

__version__ = version("dragoman")

__all__ = [
    "Dispute",
    "Document",
    "DragomanError",
    "Event",
    "Initiative",
    "Ledger",
    "Measure",
    "NextStep",
    "Reading",
    "Statement",
    "__version__",
    "read",
]


def read(
    text: str,
    *,
    published: str | date | None = None,
    title: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
) -> Reading:
    """Read a text and return its records.

    `published` is the publication date (ISO text or `date`) against which "on Tuesday" and "next month" are resolved;
    without it, relative dates stay unknown. Offsets in the result count characters of `text`.
    Raises `UsageError` for an impossible date and `UnreadableInput` for a text that cannot be read.
    """
    from dragoman.reading import read as read_document  # loading the language pipeline takes a second: only when used
    from dragoman.sources import from_text

    return read_document(from_text(text, published=published, title=title, publisher=publisher, url=url))


def __getattr__(name: str) -> Any:
    """Load the ledger when it is first asked for: reading a text needs none of it."""
    if name == "Ledger":
        from dragoman.ledger import Ledger

        return Ledger
    raise AttributeError(f"module 'dragoman' has no attribute {name!r}")
