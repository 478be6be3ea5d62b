"""Inputs: strategies that break sound inputs in the ways in which files break, and some that nobody foresaw.

In:     seeds, the words that mean something in a format.
Out:    strategies of bytes.
"""

from __future__ import annotations

import gzip
from collections.abc import Sequence

from hypothesis import strategies as st

#: Pieces that parsers trip over: marks of order, ends of lines, half characters, numbers at the edge, nesting.
TOKENS: tuple[bytes, ...] = (
    b"\0", b"\n", b"\r\n", b"\r", b"\x0b\x0c", b"\x1c\x1d\x85", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff",
    b"\xed\xa0\x80", b"\xc3", b"\x80\x81", "\u2028\u202e\u200b".encode(), "\u0130\u1e9e\ufb01".encode(),
    "１２３".encode(), "²³".encode(), b"-1", b"0", b"9" * 30, b"1e999", b"NaN", b"-0.0", b"0x10", b"0001-01-01",
    b"9999-12-31", b"10000-01-01", b"2024-02-30", b"<", b">", b"&", b"&#0;", b"&#x110000;", b"]]>", b"<![CDATA[",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>&b;", b"<!--", b"<div>" * 300, b"[" * 3000, b'{"a":' * 2000, b"(" * 500, b'"',
    b"'", b'""', b",", b";", b":", b"\t", b"=", b"../../x", b"/etc/passwd", b"C:\\x", b"%00", b"%s%n",
    b"=?utf-8?B?gA?=", b"=?x?Q?=zz?=", b"A" * 2000, b" " * 2000, b"a " * 1000, b"\n" * 1000, b"PK\x03\x04",
    b"\x1f\x8b\x08\x00", b"WARC/1.0\r\n", b"%PDF-1.4", b"PAR1",
)  # fmt: skip

_HOW = ("flip", "cut", "end", "repeat", "token", "word", "swap", "number", "noise", "grow")
#: Bytes to which one place grows, so that time that grows with the square of a length is seen.
GROWN = 60_000


@st.composite
def broken(draw: st.DrawFn, seeds: Sequence[bytes], words: Sequence[bytes] = ()) -> bytes:
    """Draw a seed and break it in up to eight places."""
    data = bytearray(draw(st.sampled_from(list(seeds))))
    for how in draw(st.lists(st.sampled_from(_HOW), max_size=8)):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        size = draw(st.one_of(st.integers(0, 8), st.integers(0, 400)))
        _break(draw, data, how, at, size, seeds, words or TOKENS)
    return bytes(data[:150_000])


def _break(
    draw: st.DrawFn, data: bytearray, how: str, at: int, size: int, seeds: Sequence[bytes], words: Sequence[bytes]
) -> None:
    """Break the data at one place."""
    if how == "flip" and data:
        data[at] ^= 1 << (size % 8)
    elif how == "cut":
        del data[at : at + size]
    elif how == "end":
        del data[at:]
    elif how == "repeat":
        data[at:at] = bytes(data[at : at + size]) * draw(st.integers(1, 20))
    elif how == "grow" and len(data) < GROWN:
        piece = bytes(data[at : at + size % 40]) or draw(st.sampled_from(list(words)))
        data[at:at] = piece * (GROWN // len(piece))
    elif how == "token":
        data[at:at] = draw(st.sampled_from(TOKENS))
    elif how == "word":
        data[at : at + size] = draw(st.sampled_from(list(words)))
    elif how == "swap":
        other = draw(st.sampled_from(list(seeds)))
        data[at:] = other[min(at, len(other)) :]
    elif how == "number" and data:
        place = next((i for i in range(at, len(data)) if 48 <= data[i] < 58), at)
        data[place : place + 1] = draw(st.sampled_from((b"0", b"-1", b"99999999999", b"4294967296", b"", b"7.5", b"x")))
    elif how == "noise":
        data[at : at + size] = draw(st.binary(max_size=40))


def anything(seeds: Sequence[bytes], words: Sequence[bytes] = ()) -> st.SearchStrategy[bytes]:
    """Return broken seeds, with some noise that comes from no seed."""
    return st.one_of(*[broken(seeds, words)] * 8, st.binary(max_size=300), built(words or TOKENS))


@st.composite
def built(draw: st.DrawFn, words: Sequence[bytes]) -> bytes:
    """Draw words of a format in any order."""
    parts = draw(
        st.lists(st.one_of(st.sampled_from(list(words)), st.sampled_from(TOKENS), st.binary(max_size=6)), max_size=40)
    )
    return b"".join(parts)


def squeezed(inner: st.SearchStrategy[bytes]) -> st.SearchStrategy[bytes]:
    """Return broken things inside a sound gzip file."""
    return inner.map(lambda data: gzip.compress(data, compresslevel=1, mtime=0))


def text_of(data: bytes) -> str:
    """Return bytes as a text; halves of characters stay, since JSON can bring them."""
    return data.decode("utf-8", "surrogateescape")
