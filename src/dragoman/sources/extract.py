"""Extract: the text of one document with what the document says of itself, whatever it was wrapped in.

In:     nothing; this module holds the one shape that pages, PDFs and Word files are turned into.
Out:    `Extract`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Extract:
    """The text, a blank line between paragraphs, and title, publisher, date and address as the document gives them."""

    text: str
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    url: str | None = None
