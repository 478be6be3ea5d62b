"""Making: from the bytes or the text of one document to a Document.

In:     bytes or a string, what the caller gives and what the place says where they were found.
Out:    `domain.Document`, with its layout and with warnings about what could not be known.
Units:  limits are in bytes, characters and seconds; see `Limits`.

What the caller gives wins over what the document says of itself, and that over what the place says where it was found;
a piece of HTML in a feed, a table or a mail is no page, so there the place is asked first.
"""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit

from dragoman.domain import Document
from dragoman.errors import InputTooLarge, NoArticle, NotText, UnreadableInput
from dragoman.sources.dates import day_in_address, day_in_name
from dragoman.sources.english import check_english
from dragoman.sources.extract import Extract
from dragoman.sources.kinds import HOLDERS, Kind, kind_of
from dragoman.sources.known import NOTHING, Known, dated
from dragoman.sources.layout import layout
from dragoman.sources.limits import LIMITS, Limits
from dragoman.sources.pieces import cut

UNDATED = 'No publication date: relative dates such as "on Tuesday" stay unknown. Give it with --published YYYY-MM-DD.'

#: What is said of a file that holds many documents where one is asked for.
MANY: dict[str, str] = {
    "feed": "is a feed, not an article", "mail": "is a mail with its parts", "parquet": "looks like a Parquet file",
    "warc": "is a web archive", "gzip": "looks like a gzip archive", "zip": "looks like a zip archive",
    "tar": "looks like a tar archive",
}  # fmt: skip


def document_of(
    data: bytes,
    name: str,
    *,
    given: Known = NOTHING,
    found: Known = NOTHING,
    kind: Kind | None = None,
    limits: Limits = LIMITS,
) -> Document:
    """Return the document that the bytes of a text, page, PDF or Word file hold; `name` is for messages.

    `kind` is told from the bytes and the name where it is not given. Raises UnreadableInput for everything else.
    """
    if len(data) > limits.max_bytes:
        raise InputTooLarge(f"{name} is larger than {limits.max_bytes:,} bytes (max_bytes). Cut it into its documents.")
    piece, kind = kind == "html", kind or kind_of(data, name, found.html)
    if kind in HOLDERS and kind not in ("csv", "json"):
        raise NoArticle(f"{name} {MANY[kind]}. Give it to a ledger, which takes in all it holds (dragoman add).")
    extract, warnings = _extracted(data, name, kind, found, limits)
    if piece:
        extract = replace(
            extract, title=found.title or extract.title, publisher=found.publisher or extract.publisher,
            published=extract.published if found.published is None else None, url=found.url or extract.url,
        )  # fmt: skip
    return document(extract, name, given=given, found=found, limits=limits, warnings=warnings, is_text=kind == "text")


def _extracted(data: bytes, name: str, kind: Kind, found: Known, limits: Limits) -> tuple[Extract, tuple[str, ...]]:
    """Return the text in the bytes and what the document says of itself, with warnings."""
    if kind == "pdf":
        from dragoman.sources.pdf import pdf_text

        return pdf_text(data, name, limits=limits), ()
    if kind == "docx":
        from dragoman.sources.docx import docx_text

        return docx_text(data, name, limits=limits), ()
    from dragoman.sources.decode import decode
    from dragoman.sources.html import article

    html = kind == "html"
    if html and len(data) > limits.max_page_bytes:
        raise InputTooLarge(
            f"{name} is a page of {len(data):,} bytes; at most {limits.max_page_bytes:,} are read (max_page_bytes). "
            "Copy the text of the article into a file and give that."
        )
    if not html and len(data) > 4 * limits.max_characters + 4:  # no encoding takes more than 4 bytes a character
        raise _too_long(name, None, limits)
    text, warnings = decode(data, name, charset=found.charset, html=html)
    return (article(text, name, limits=limits) if html else Extract(text)), warnings


def document(
    extract: Extract,
    name: str,
    *,
    given: Known = NOTHING,
    found: Known = NOTHING,
    limits: Limits = LIMITS,
    warnings: tuple[str, ...] = (),
    is_text: bool = True,
) -> Document:
    """Check a text and lay it out; with `is_text` its first line may be its headline though a title is known."""
    text = extract.text
    if not text.strip():
        raise UnreadableInput(f"{name}: the text is empty. Give a text of at least one sentence.")
    if len(text) > limits.max_characters:
        raise _too_long(name, len(text), limits)
    if lone := re.search(r"[\ud800-\udfff]", text):
        raise NotText(f"{name}: half a character (a lone surrogate) at offset {lone.start()}. Decode the text anew.")
    check_english(text)
    title = " ".join((given.title or extract.title or found.title or "").split()) or None
    url = given.url or extract.url or found.url
    parts = layout(text, title, guess_headline=is_text or title is None)
    paragraphs, cuts = cut(text, parts.paragraphs, limits)
    if not paragraphs and not cuts:
        warnings += ("Nothing to read: the text holds only page furniture such as menus and share buttons.",)
    day, by, doubts = dated(
        (
            (given.published, "given"),
            (extract.published, "metadata"),
            (found.published, found.dated_by),
            (day_in_address(url), "url"),
            (parts.published, "dateline"),
            (day_in_name(name), "file-name"),
        ),
        found.latest or given.latest,
    )
    warnings += cuts + doubts + (() if day else (UNDATED,))
    if title is None and parts.headline:
        title = " ".join(text[slice(*parts.headline)].split())
    publisher = given.publisher or extract.publisher or found.publisher or host_of(extract.url or found.url)
    return Document(
        text=text, title=title, publisher=publisher, published=day, dated_by=by, url=url,
        headline=parts.headline, dateline=parts.dateline, paragraphs=paragraphs, warnings=warnings,
    )  # fmt: skip


def host_of(url: str | None) -> str | None:
    """Return the host of an address without "www.", which stands for a publisher that the page does not name."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return (host or "").removeprefix("www.") or None


def _too_long(name: str, length: int | None, limits: Limits) -> InputTooLarge:
    """Return the error for a text with too many characters."""
    size = f"over {limits.max_characters:,}" if length is None else f"{length:,}"
    return InputTooLarge(
        f"{name} has {size} characters; at most {limits.max_characters:,} are read (max_characters). "
        "Cut it into its documents."
    )
