"""Limits on what is read, with the names that messages quote.

In:     nothing.
Out:    `Limits`, and `LIMITS`, the defaults.
Units:  bytes, elements, characters, seconds, hops.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of an input is read; every default is a guess.

    `max_bytes` bounds what is taken from a file, a stream or an address; `max_page_bytes` and `max_page_elements`
    what is parsed as HTML (hostile mark-up of that size takes some seconds; pages of newspapers have some thousand
    elements); `max_characters` bounds the text itself (about 30,000 words); `fetch_seconds` bounds a whole fetch and
    `max_redirects` its hops. `max_archive_bytes` bounds what is unpacked of one file that holds others, all its levels
    together, `max_members` how many it may hold, `max_depth` how deep archives may lie in archives; `extract_seconds`
    and `extract_memory` (bytes) bound the turning of a PDF or a Word file into text.

    Inputs over these limits are refused. Two more are kept by leaving out and cutting, with a warning, since time
    grows with the square of them: `max_word`, the longest run without a blank, and `max_paragraph`, the longest
    stretch that is read in one piece (about 800 words).
    """

    max_bytes: int = 20_000_000
    max_page_bytes: int = 2_000_000
    max_page_elements: int = 30_000
    max_characters: int = 200_000
    max_word: int = 500
    max_paragraph: int = 5_000
    fetch_seconds: float = 30.0
    max_redirects: int = 5
    max_archive_bytes: int = 20_000_000_000
    max_members: int = 1_000_000
    max_depth: int = 3
    extract_seconds: float = 30.0
    extract_memory: int = 1_000_000_000


LIMITS = Limits()
