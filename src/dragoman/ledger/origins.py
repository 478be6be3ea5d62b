"""Origins: which documents are reprints of one text.

In:     the text of a document, and the store with those that came before.
Out:    rows in `band` and `reprint`, and `origin` on each document: the key of the earliest of its reprints.
Method: word runs of five (Broder 1997), MinHash to find candidates (rensa; 42 bands of three rows, so that texts with
        40 % of their runs in common are compared 94 times in a hundred), then the runs themselves: two texts are of
        one origin when the shorter has at least `SHARE` of its runs in the longer.
"""

from __future__ import annotations

import re
from array import array
from hashlib import blake2b

from rensa import RMinHash

from dragoman.ledger.store import Store

RUN = 5  # words
BANDS, ROWS = 42, 3
SEED = 1987
#: Share of the shorter text's runs that the longer has (guess: a cut reprint keeps whole sentences; two reports of one
#: event by different hands share quotations, seldom a third of their words).
SHARE = 0.6
#: Runs below which a text is too short to tell (guess: two sentences).
FEWEST = 20

_WORD = re.compile(r"\w+")


def runs(text: str) -> frozenset[str]:
    """Return the runs of five words of a text, without case and punctuation."""
    found = _WORD.findall(text.lower())
    return frozenset(" ".join(found[i : i + RUN]) for i in range(max(1, len(found) - RUN + 1)))


def sketch(text: str) -> bytes:
    """Return the MinHash of a text's runs as bytes, four for each of the 126 values."""
    minhash = RMinHash(num_perm=BANDS * ROWS, seed=SEED)
    minhash.update(sorted(runs(text)))
    return array("I", minhash.digest()).tobytes()


def share(left: frozenset[str], right: frozenset[str]) -> float:
    """Return which share of the smaller set lies in the larger."""
    return len(left & right) / max(1, min(len(left), len(right)))


def place(store: Store, document: int, text: str, marks: bytes) -> None:
    """Compare a document just added with those that share a band, and give all its reprints one origin."""
    bands = _bands(marks)
    near = {
        row["document"]
        for row in store.rows(f"SELECT document FROM band WHERE band IN ({','.join('?' * len(bands))})", bands)
    }
    store.do_all("INSERT OR IGNORE INTO band VALUES (?, ?)", ((band, document) for band in bands))
    own = runs(text)
    alike = False
    for other in sorted(near - {document}):
        row = store.row("SELECT text FROM document WHERE id = ?", (other,))
        theirs = runs(row["text"]) if row else frozenset[str]()
        common = share(own, theirs)
        if own == theirs or (common >= SHARE and min(len(own), len(theirs)) >= FEWEST):
            store.do("INSERT OR IGNORE INTO reprint VALUES (?, ?, ?)", (*sorted((document, other)), common))
            alike = True
    if alike:
        _name(store, document)


def _name(store: Store, document: int) -> None:
    """Give a document and all that are linked with it the key of the earliest as their origin."""
    group, ahead = {document}, [document]
    while ahead:
        one = ahead.pop()
        for row in store.rows("SELECT left, right FROM reprint WHERE left = ? OR right = ?", (one, one)):
            fresh = {row["left"], row["right"]} - group
            group |= fresh
            ahead += fresh
    marks = ",".join("?" * len(group))
    first = store.row(f"SELECT key FROM document WHERE id IN ({marks}) ORDER BY known_on, key LIMIT 1", [*group])
    assert first is not None
    store.do(f"UPDATE document SET origin = ? WHERE id IN ({marks})", (first["key"], *group))


def _bands(marks: bytes) -> list[int]:
    """Return a number for each band of a sketch, the band's place in it."""
    width = len(marks) // BANDS
    pieces = (bytes([band]) + marks[band * width : (band + 1) * width] for band in range(BANDS))
    return [int.from_bytes(blake2b(piece, digest_size=8).digest()) >> 1 for piece in pieces]  # SQLite's whole numbers
