"""Limits on what is read, with the names that messages quote.

In:     nothing.
Out:    `Limits`, and `LIMITS`, the defaults.
Units:  bytes, characters, seconds, hops.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of an input is read; every default is a guess.

    `max_bytes` bounds what is taken from a file, a stream or an address; `max_page_bytes` what is parsed as
    HTML (hostile mark-up of that size takes some seconds); `max_characters` bounds the text itself
    (about 30,000 words); `fetch_seconds` bounds a whole fetch and `max_redirects` its hops.
    """

    max_bytes: int = 20_000_000
    max_page_bytes: int = 2_000_000
    max_characters: int = 200_000
    fetch_seconds: float = 30.0
    max_redirects: int = 5


LIMITS = Limits()
