"""Member: one thing inside a file that holds many, before anyone has looked at what it is.

In:     nothing; this module holds the shape that feeds, tables, mails, web archives and zip files are turned into.
Out:    `Member`, `Link`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from dragoman.domain import Reading
from dragoman.errors import UnreadableInput
from dragoman.sources.known import NOTHING, Known


@dataclass(frozen=True, slots=True)
class Link:
    """The address of a page that is still to be fetched, and what marks the state in which it was announced.

    A link with the same address and mark as one before is not fetched again.
    """

    url: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """One thing inside a file: where it lies ("news.zip: a/b.txt", "rows.csv: row 17"), its name and what it is.

    `content` is the bytes of it, a file open at its beginning where it is large or holds others, a reading that was
    made elsewhere, a link, or the reason why it cannot be read. `text` is set where the bytes are known to be the text
    of a document (True) or a piece of HTML (False), whatever they begin with. `found` is what the file says of it,
    `offset` how many bytes of the file have been read when it is handed out.
    """

    place: str
    name: str
    content: bytes | BinaryIO | Reading | Link | UnreadableInput
    text: bool | None = None
    found: Known = NOTHING
    offset: int | None = None
