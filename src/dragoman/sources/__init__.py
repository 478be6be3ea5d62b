"""Sources: from whatever people have to documents.

In:     paths, folders, http(s) addresses, `-` for standard input, bytes, or a string; and what the caller knows.
Out:    `domain.Document`, with its layout and with warnings about what could not be known; `items`, all documents that
        are given, one by one, each with the place it lies in.
Units:  limits are in bytes, characters and seconds; see `Limits`.

Nothing is executed, and the network is used only for an address. Whatever cannot be read raises an
`errors.UnreadableInput` that says why and what to do.
"""

from __future__ import annotations

from datetime import date

from dragoman.domain import Document
from dragoman.sources.dates import parse_date
from dragoman.sources.extract import Extract
from dragoman.sources.files import ADDRESS, inputs, read_input
from dragoman.sources.items import Item, Walk, items
from dragoman.sources.known import NOTHING, Known
from dragoman.sources.limits import LIMITS, Limits
from dragoman.sources.making import UNDATED, document, document_of

__all__ = [
    "LIMITS", "UNDATED", "Item", "Known", "Limits", "Walk", "from_bytes", "from_text", "inputs", "items",
    "open_document", "parse_date",
]  # fmt: skip


def open_document(
    source: str,
    *,
    published: str | date | None = None,
    title: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    limits: Limits = LIMITS,
) -> Document:
    """Read one document from a path, an http(s) address or `-` (standard input, as bytes).

    What the caller gives wins over what the page says of itself; a file without any other date is dated by a name that
    begins with one (`2026-01-14-report.txt`). Raises UsageError for an impossible date and
    UnreadableInput for what cannot be read.
    """
    given = _given(published, title, publisher, url)
    if ADDRESS.match(source):
        from dragoman.sources.fetch import fetch

        page = fetch(source, limits=limits)
        return document_of(page.data or b"", page.name, given=given, found=page.known, limits=limits)
    data, name = read_input(source, limits)
    return document_of(data, name, given=given, limits=limits)


def from_bytes(
    data: bytes,
    name: str,
    *,
    published: str | date | None = None,
    title: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    found: Known = NOTHING,
    limits: Limits = LIMITS,
) -> Document:
    """Read a document from bytes; `name` (a file name or address) is for messages and for telling HTML from text.

    `found` is what the place says where they were found, such as the server.
    """
    return document_of(data, name, given=_given(published, title, publisher, url), found=found, limits=limits)


def from_text(
    text: str,
    *,
    published: str | date | None = None,
    title: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    limits: Limits = LIMITS,
) -> Document:
    """Read a document from a string, which becomes `Document.text` unaltered."""
    return document(Extract(text), "The text", given=_given(published, title, publisher, url), limits=limits)


def _given(published: str | date | None, title: str | None, publisher: str | None, url: str | None) -> Known:
    """Return what the caller knows."""
    return Known(None if published is None else parse_date(published), "given", title, publisher, url)
