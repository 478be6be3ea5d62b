"""Holders: which module opens which kind of file that holds others.

In:     a kind.
Out:    a function from the file (open for reading at its beginning, seekable), its place, what is known of it, and the
        walk, to the members of the file, one by one. It raises UnreadableInput where the file breaks off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from dragoman.sources.kinds import Kind

if TYPE_CHECKING:
    from dragoman.sources.known import Known
    from dragoman.sources.member import Member

    Holder = Callable[[BinaryIO, str, Known, Any], Iterator[Member]]

#: The module that opens each kind, by its function `members`; each loads a library of its own, when it is used.
MODULES: dict[Kind, str] = {
    "mail": "mail", "feed": "feeds", "csv": "tables", "json": "json_lines", "parquet": "parquet", "warc": "warc",
    "gzip": "gzipped", "zip": "zipped", "tar": "tarred",
}  # fmt: skip


def holder(kind: Kind) -> Holder:
    """Return the function that hands out the members of a file of this kind."""
    return cast("Holder", import_module(f"dragoman.sources.{MODULES[kind]}").members)
