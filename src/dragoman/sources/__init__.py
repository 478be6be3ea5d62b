"""Sources: from a file, an address, a stream or a string to a Document.

In:     a path, an http(s) address, `-` for standard input, bytes, or a string; and what the caller knows about it.
Out:    `domain.Document`, with its layout and with warnings about what could not be known.
Units:  limits are in bytes, characters and seconds; see `Limits`.

Nothing is executed, and the network is used only for an address. Whatever cannot be read raises an
`errors.UnreadableInput` that says why and what to do.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from dragoman.domain import DatedBy, Document
from dragoman.errors import InputTooLarge, NotText, UnreadableInput
from dragoman.sources.dates import day_in_name, parse_date
from dragoman.sources.english import check_english
from dragoman.sources.layout import layout
from dragoman.sources.limits import LIMITS, Limits
from dragoman.sources.pieces import cut

__all__ = ["LIMITS", "Limits", "from_bytes", "from_text", "open_document", "parse_date"]

UNDATED = 'No publication date: relative dates such as "on Tuesday" stay unknown. Give it with --published YYYY-MM-DD.'


def open_document(
    source: str,
    *,
    published: str | date | None = None,
    title: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    limits: Limits = LIMITS,
) -> Document:
    """Read a document from a path, an http(s) address or `-` (standard input, as bytes).

    What the caller gives wins over what the page says of itself; a file without any other date is dated by a name that
    begins with one (`2026-01-14-report.txt`). Raises UsageError for an impossible date and
    UnreadableInput for what cannot be read.
    """
    day = None if published is None else parse_date(published)
    if re.match(r"[a-z][a-z\d+.-]+://", source, re.IGNORECASE):
        from dragoman.sources.fetch import fetch

        page = fetch(source, limits=limits)
        return from_bytes(
            page.data, page.name, published=day, title=title, publisher=publisher, url=url, address=page.url,
            charset=page.charset, html=page.html, limits=limits,
        )  # fmt: skip
    from dragoman.sources.files import read_input

    data, name = read_input(source, limits)
    document = from_bytes(data, name, published=day, title=title, publisher=publisher, url=url, limits=limits)
    return _dated_by_name(document, source) if document.published is None else document


def _dated_by_name(document: Document, path: str) -> Document:
    """Return the document with the day that its file's name begins with, if it does."""
    day = day_in_name(path)
    if day is None:
        return document
    warnings = tuple(warning for warning in document.warnings if warning != UNDATED)
    return replace(document, published=day, dated_by="file-name", warnings=warnings)


def from_bytes(
    data: bytes,
    name: str,
    *,
    published: str | date | None = None,
    title: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    address: str | None = None,
    charset: str | None = None,
    html: bool | None = None,
    limits: Limits = LIMITS,
) -> Document:
    """Read a document from bytes; `name` (a file name or address) is for messages and for telling HTML from text.

    `charset` is the encoding that a server declared, `html` whether it called the bytes HTML, `address` where a page
    was fetched from (used if the page names no address of its own).
    """
    from dragoman.sources.decode import decode
    from dragoman.sources.html import article, is_html

    day = None if published is None else parse_date(published)
    if len(data) > limits.max_bytes:
        raise InputTooLarge(f"{name} is larger than {limits.max_bytes:,} bytes (max_bytes). Cut it into its documents.")
    html = is_html(data, name) if html is None else html
    if html and len(data) > limits.max_page_bytes:
        raise InputTooLarge(
            f"{name} is a page of {len(data):,} bytes; at most {limits.max_page_bytes:,} are read (max_page_bytes). "
            "Copy the text of the article into a file and give that."
        )
    if not html and len(data) > 4 * limits.max_characters + 4:  # no encoding takes more than 4 bytes a character
        raise _too_long(name, None, limits)
    text, warnings = decode(data, name, charset=charset, html=html)
    if not html:
        return _document(text, name, day, title, publisher, url or address, limits=limits, warnings=warnings)
    page = article(text, name, limits=limits)
    return _document(
        page.text, name, day or page.published, title or page.title, publisher or page.publisher,
        url or page.url or address, limits=limits, warnings=warnings, dated_by="given" if day else "metadata",
        guess_headline=page.title is None and title is None,
    )  # fmt: skip


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
    day = None if published is None else parse_date(published)
    return _document(text, "The text", day, title, publisher, url, limits=limits)


def _document(
    text: str,
    name: str,
    published: date | None,
    title: str | None,
    publisher: str | None,
    url: str | None,
    *,
    limits: Limits,
    warnings: tuple[str, ...] = (),
    dated_by: DatedBy = "given",
    guess_headline: bool = True,
) -> Document:
    """Check the text and lay it out."""
    if not text.strip():
        raise UnreadableInput(f"{name}: the text is empty. Give a text of at least one sentence.")
    if len(text) > limits.max_characters:
        raise _too_long(name, len(text), limits)
    if lone := re.search(r"[\ud800-\udfff]", text):
        raise NotText(f"{name}: half a character (a lone surrogate) at offset {lone.start()}. Decode the text anew.")
    check_english(text)
    title = " ".join(title.split()) or None if title else None
    parts = layout(text, title, guess_headline=guess_headline)
    paragraphs, cuts = cut(text, parts.paragraphs, limits)
    if not paragraphs and not cuts:
        warnings += ("Nothing to read: the text holds only page furniture such as menus and share buttons.",)
    warnings += cuts
    by: DatedBy = dated_by if published else "dateline"
    day = published or parts.published
    if day is None:
        warnings += (UNDATED,)
    if title is None and parts.headline:
        title = " ".join(text[slice(*parts.headline)].split())
    return Document(
        text=text, title=title, publisher=publisher, published=day, dated_by=by if day else None, url=url,
        headline=parts.headline, dateline=parts.dateline, paragraphs=paragraphs, warnings=warnings,
    )  # fmt: skip


def _too_long(name: str, length: int | None, limits: Limits) -> InputTooLarge:
    """Return the error for a text with too many characters."""
    size = f"over {limits.max_characters:,}" if length is None else f"{length:,}"
    return InputTooLarge(
        f"{name} has {size} characters; at most {limits.max_characters:,} are read (max_characters). "
        "Cut it into its documents."
    )
