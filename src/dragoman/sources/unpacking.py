"""Unpacking: what gzip, zip, tar and web archives have in common.

In:     streams of bytes, names that someone else wrote, and the walk with its limits.
Out:    `Gunzip`, a gzip file as a stream; `Forward`, a stream that a reader may only pass once; `content_of`, one thing
        in an archive as bytes or a temporary file; `cleaned`, a name fit to be shown; `passed_over`, what it counts as.
Units:  bytes.

Nothing is written under a name from an archive. A whole document is held in memory only within `Limits.max_bytes`.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, BinaryIO, cast

from dragoman.errors import InputTooLarge, UnreadableInput
from dragoman.sources.files import IN_MEMORY
from dragoman.sources.kinds import HOLDERS, SUFFIXES, suffix_of

if TYPE_CHECKING:
    from dragoman.sources.items import Walk

#: Bytes that are read, and at most come out, in one step.
STEP = 1 << 16
#: What comes out of so many bytes of an archive may be no more than `RATIO` times as much: tables of repeated rows
#: reach 100, deflated zeros 1,030. Less than `FREE` bytes are always let through. Both are guesses.
RATIO, FREE = 250, 100_000_000
#: No reader asks for more at once but to fill memory: the directory of a zip archive with half a million files takes
#: this much. Guess.
AT_ONCE = 50_000_000
#: Bytes of a tape that can be gone back to, bytes of it that may be read twice in all, and bytes within which what is
#: looked for can be recognised. Guesses.
_KEPT, _REWOUND, _MARK = 32_000_000, 200_000_000, 64
#: Characters of a name that are shown; its end says more than its beginning. Guess.
SHOWN = 150

#: What other things in an archive are called where they are counted.
OTHERS, FOLDERS = "files of other kinds", "folders in archives"


class Gunzip:
    """A gzip file as a stream of what comes out of it; all its members, one after the other.

    `read` returns fewer bytes than asked for only at the end; `broken` then says what ended it too early, if anything.
    Raises InputTooLarge as `Walk.unpack` does, or where so much comes out that it must be a bomb.
    """

    def __init__(self, file: BinaryIO, walk: Walk) -> None:
        self.broken: str | None = None
        self.out = 0
        self._file, self._walk = file, walk
        self._inner: zlib._Decompress | None = None
        self._raw, self._in, self._left = b"", 0, b""

    @property
    def passed(self) -> int:
        """How many bytes of the file have been passed."""
        return self._in - len(self._raw)

    @property
    def whole(self) -> bool:
        """Whether what came out is all of what was packed, even if something else follows it."""
        return self.broken is None or self._inner is None

    def unread(self, data: bytes) -> None:
        """Put back what was read last."""
        self._left = data + self._left

    def read(self, size: int) -> bytes:
        """Return the next bytes."""
        parts, missing = [self._left[:size]], size - len(self._left)
        self._left = self._left[size:]
        while missing > 0 and (piece := self._piece()):
            parts.append(piece[:missing])
            self._left = piece[missing:]
            missing -= len(piece)
        return b"".join(parts)

    def _piece(self) -> bytes:
        """Return some bytes; none at the end."""
        while self.broken is None and self._filled():
            if self._inner is None and not self._begun():
                continue
            inner = cast("zlib._Decompress", self._inner)
            try:
                piece = inner.decompress(self._raw, STEP)
            except zlib.error as error:
                self.broken = f"its compressed bytes are damaged ({error})"
                break
            self._raw = inner.unused_data if inner.eof else inner.unconsumed_tail
            if inner.eof:
                self._inner = None
            if piece:
                self.out += len(piece)
                self._walk.unpack(len(piece))
                check_ratio(self.out, self.passed)
                return piece
        return b""

    def _filled(self) -> bool:
        """Whether there are bytes of the file to go on with."""
        if not self._raw:
            self._raw = self._file.read(STEP)
            self._in += len(self._raw)
            if not self._raw and self._inner is not None:
                self.broken = "it is cut off in the middle"
        return bool(self._raw)

    def _begun(self) -> bool:
        """Whether another member begins here; zeros between and after members only fill blocks."""
        self._raw = self._raw.lstrip(b"\0")
        if len(self._raw) == 1:
            more = self._file.read(STEP)
            self._in += len(more)
            self._raw += more
        if self._raw and not self._raw.startswith(b"\x1f\x8b"):
            self.broken = "what follows its compressed part is not compressed"
            return False
        if self._raw:
            self._inner = zlib.decompressobj(31)
        return bool(self._raw)


class Forward:
    """A stream that can be passed once, for readers that ask where they are and want to skip.

    `last` is what the last reading gave. One byte may be gone back, which the reader of tar files does; whoever wants
    more, or too much at once, meets an error: such files send their readers in circles.
    """

    def __init__(self, stream: BinaryIO | Gunzip) -> None:
        self.last = b""
        self._stream, self._at, self._again = stream, 0, b""

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        if not 0 <= size <= AT_ONCE:
            raise UnreadableInput(f"It asks for {size:,} bytes in one piece, which no sound file does.")
        again = self._again[:size]
        self.last = again + self._stream.read(size - len(again))
        self._again = b"" if again else self._again
        self._at += len(self.last)
        return self.last

    def tell(self) -> int:
        """Return how many bytes have been passed."""
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        """Pass on to a place that lies ahead."""
        way = offset - self._at if whence == 0 else offset
        if way == -1 and self.last and not self._again:
            self._again = self.last[-1:]
            self._at -= 1
        elif way < 0:
            raise UnreadableInput("It points back into itself, which no sound file does.")
        elif way > AT_ONCE and not isinstance(self._stream, Gunzip):
            self._stream.seek(way - len(self._again), 1)
            self._at += way
            self._again = b""
        else:
            while way > 0 and (passed := len(self.read(min(way, STEP)))):
                way -= passed
        return self._at


class Tape:
    """A stream of which the last bytes are kept, so that reading can go on elsewhere in it.

    Reading never raises, since errors do not pass unharmed through a library that is not written in Python: `error`
    keeps it. `cut` is for its user to say what it breaks off in, `blank` whether `find` passed over nothing but zeros
    and blanks.
    """

    def __init__(self, source: BinaryIO | Gunzip) -> None:
        self.error: Exception | None = None
        self.cut: str | None = None
        self.blank = True
        self._source, self._kept = source, bytearray()
        self._first = self._at = self._rewound = 0

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, fewer than asked for; none at the end."""
        begin = self._at - self._first
        if begin >= len(self._kept) and self._more():
            begin = self._at - self._first
        data = bytes(self._kept[begin : begin + (size if size >= 0 else STEP)])
        self._at += len(data)
        return data

    def tell(self) -> int:
        """Return the position of the next byte."""
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        """Stay: what passes through needs no other place."""
        return self._at

    def close(self) -> None:
        """Stay open: the file is another's."""

    @property
    def passed(self) -> int:
        """How many bytes of the file have been passed."""
        return self._source.passed if isinstance(self._source, Gunzip) else self._at

    def forget(self, before: int) -> None:
        """Keep no byte before a position."""
        if before > self._first:
            del self._kept[: before - self._first]
            self._first = before

    def at(self, position: int, size: int) -> bytes:
        """Return bytes that are kept."""
        begin = position - self._first
        return bytes(self._kept[begin : begin + size]) if begin >= 0 else b""

    def find(self, pattern: re.Pattern[bytes], position: int) -> int | None:
        """Go to the first match that begins at a position or behind it, and return where; None if there is none."""
        self.blank = True
        while True:
            begin = max(position - self._first, 0)
            found = pattern.search(self._kept, begin)
            stop = found.start() if found else max(begin, len(self._kept) - _MARK)
            self.blank = self.blank and not self._kept[begin:stop].strip(b"\0\r\n\t \x1a")
            if found:
                self._rewound += max(0, self._at - self._first - stop)
                self._at = self._first + stop
                if self._rewound > _REWOUND:
                    self.error = UnreadableInput("It is damaged in too many places. Fetch it anew.")
                    return None
                return self._at
            position = self._first + stop
            self.forget(position)
            if not self._more():
                self.blank = self.blank and not self._kept.strip(b"\0\r\n\t \x1a")
                self._at = self.end
                return None

    @property
    def end(self) -> int:
        """The position behind the last byte that was read."""
        return self._first + len(self._kept)

    def _more(self) -> bool:
        """Read on; whether there was anything."""
        try:
            piece = b"" if self.error else self._source.read(STEP)
        except Exception as error:
            self.error, piece = error, b""
        self._kept += piece
        self.forget(self.end - _KEPT)
        return bool(piece)


class Bounded:
    """A file that can be sought in, but not read in one piece of any size, for readers that believe what files say."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek, self.tell = file.seek, file.tell

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        if not 0 <= size <= AT_ONCE:
            data = self._file.read(AT_ONCE + 1)
            if len(data) <= AT_ONCE:
                return data
            raise InputTooLarge(f"Its list of files has more than {AT_ONCE:,} bytes. Cut it up.")
        return self._file.read(size)

    def seekable(self) -> bool:
        """Whether it can be sought in: it can."""
        return True


def check_ratio(out: int, given: int) -> None:
    """InputTooLarge where so much comes out of so few bytes that nothing but a bomb does it."""
    if out > FREE and out > RATIO * max(given, 1):
        raise InputTooLarge(
            f"{out:,} bytes came out of {given:,}, which is how archives are made that fill disks. "
            "Unpack it, and give its files."
        )


def content_of(
    pieces: Iterable[bytes], name: str, size: int, walk: Walk, *, holds: bool | None = None
) -> bytes | BinaryIO:
    """Return what the pieces make: bytes of a document, or a temporary file of what holds others (to be closed).

    `size` is how large the archive says it is (0: not said); `holds` whether it holds others, where that is known by
    more than its name. InputTooLarge before anything is unpacked where it says itself that it is too large.
    """
    limits = walk.limits
    if holds is None:
        holds = SUFFIXES.get(suffix_of(name), "text") in HOLDERS
    allowed = limits.max_archive_bytes - walk.unpacked if holds else limits.max_bytes
    if size > allowed:
        raise _too_large(f"{size:,}", allowed, holds)
    if not holds:
        parts, total = [], 0
        for piece in pieces:
            total += len(piece)
            if total > allowed:
                raise _too_large(f"over {allowed:,}", allowed, holds)
            parts.append(piece)
        return b"".join(parts)
    spool = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  whoever gets it closes it
    try:
        for piece in pieces:
            spool.write(piece)
        spool.seek(0)
    except BaseException:
        spool.close()
        raise
    return cast(BinaryIO, spool)


def close(content: object) -> None:
    """Close the temporary file that a member was given as, if it was."""
    if isinstance(content, SpooledTemporaryFile):
        content.close()


def _too_large(size: str, allowed: int, holds: bool) -> InputTooLarge:
    limit = "max_archive_bytes" if holds else "max_bytes"
    return InputTooLarge(
        f"It has {size} bytes unpacked; at most {allowed:,} are read ({limit}). Cut it into its documents."
    )


def shown(text: str) -> str:
    """Return an address or a name without characters that hide or turn others, on one line, and not too long."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    text = " ".join("".join(" " if unicodedata.category(char)[0] in "CZ" else char for char in text).split())
    return f"…{text[1 - SHOWN :]}" if len(text) > SHOWN else text


def cleaned(name: str) -> str:
    """Return the name of a file in an archive as it may be shown, with no way out of its folder.

    It is only ever shown; nothing is opened or written by it.
    """
    name = re.sub(r"^(?:[A-Za-z]:)?/+|^[A-Za-z]:", "", shown(name.replace("\\", "/")))
    return "/".join(part for part in name.split("/") if part.strip() not in ("", ".", "..")) or "without a name"


def many(count: int, what: str) -> str:
    """Return a number with its noun: "1 record", "2,000 records"."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def name_in(place: str) -> str:
    """Return the name of the thing that lies at a place: "news.zip: 2026/a.csv.gz" names "a.csv.gz"."""
    name = place.rsplit(": ", 1)[-1]
    return (re.sub(r"[?#].*", "", name) if "://" in name else name).replace("\\", "/").rsplit("/", 1)[-1]


def other(name: str) -> bool:
    """Whether a file in an archive is of a kind that holds no document, or one that systems put there unseen."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return (
        not parts
        or any(part.startswith(".") or part == "__MACOSX" for part in parts)
        or suffix_of(parts[-1]) not in SUFFIXES
    )
