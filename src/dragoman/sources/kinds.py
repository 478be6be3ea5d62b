"""Kinds: what some bytes are, by how they begin and what they are called.

In:     the first bytes of a file, its name, and whether a server called them HTML.
Out:    a `Kind`: one of those that are one document, or one of those that hold many.
"""

from __future__ import annotations

import re
from typing import Literal, get_args

DocumentKind = Literal["text", "html", "pdf", "docx"]
HolderKind = Literal["mail", "feed", "csv", "json", "parquet", "warc", "gzip", "zip", "tar"]
Kind = DocumentKind | HolderKind
HOLDERS: frozenset[str] = frozenset(get_args(HolderKind))

#: Bytes of a file that are looked at.
HEAD = 4096
#: What is taken from folders and archives; a file that is named itself is tried whatever its name ends in.
SUFFIXES: dict[str, Kind] = {
    ".txt": "text", ".md": "text", ".html": "html", ".htm": "html", ".xhtml": "html", ".pdf": "pdf", ".docx": "docx",
    ".eml": "mail", ".xml": "feed", ".rss": "feed", ".atom": "feed", ".csv": "csv", ".tsv": "csv", ".json": "json",
    ".jsonl": "json", ".ndjson": "json", ".parquet": "parquet", ".warc": "warc", ".gz": "gzip", ".tgz": "gzip",
    ".zip": "zip", ".tar": "tar",
}  # fmt: skip

_FEED = re.compile(
    rb"\s*(?:<!--.*?-->\s*|<\?[^>]*>\s*|<!DOCTYPE\s+(?:rss|feed|rdf)\b[^>]*>\s*)*<(?:[\w.-]{1,20}:)?(?:rss|feed|rdf)\b",
    re.I | re.S,
)
_HEADER = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]*:[ \t].*\r?\n(?:[ \t].*\r?\n)*){2,}", re.MULTILINE)


def suffix_of(name: str) -> str:
    """Return the ending of a file's name or an address, with its dot, in small letters; "" where there is none."""
    if "://" in name:  # a file may have "?" and "#" in its name
        name = re.sub(r"[?#].*", "", name)
    last = name.replace("\\", "/").rsplit("/", 1)[-1].lower()
    return f".{last.rpartition('.')[2]}" if "." in last.lstrip(".") else ""


def kind_of(data: bytes, name: str, html: bool | None = None) -> Kind:
    """Return what the bytes are; whatever nothing marks as something else is text."""
    from dragoman.sources.html import is_html

    head = data[:HEAD]
    suffix = suffix_of(name)
    if head[:HEAD].lstrip()[:5] == b"%PDF-":
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "docx" if suffix in (".docx", ".docm") or _is_word(data) else "zip"
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith(b"WARC/"):
        return "warc"
    if head.startswith(b"PAR1"):
        return "parquet" if suffix == ".parquet" or b"\0" in head else "text"
    if head[257:262] == b"ustar":
        return "tar"
    by_name = SUFFIXES.get(suffix)
    if by_name in ("csv", "json", "warc", "parquet"):
        return by_name
    bare = head.removeprefix(b"\xef\xbb\xbf")
    if _FEED.match(bare.replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")):
        return "feed"
    if by_name == "mail" and _HEADER.match(bare):
        return "mail"
    if html is not None:
        return "html" if html else "text"
    return "html" if is_html(data, name) else "text"


def _is_word(data: bytes) -> bool:
    """Whether the start of a zip archive is that of a Word file: its parts have fixed names."""
    return b"[Content_Types].xml" in data[:HEAD] and b"word/" in data[:HEAD]
