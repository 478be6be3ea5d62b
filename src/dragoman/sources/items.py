"""Items: everything that is given, one document after the other, each with the place it lies in.

In:     paths, folders, wildcards, addresses and `-`; and a `Walk`, which holds for all of them.
Out:    `Item`s, in the order in which they lie there; nothing is kept of one when the next is asked for.
Units:  bytes; see `Limits`.
Never:  raises for what lies in a file: what cannot be read is an item whose `make` says why.

A file that holds others (an archive, a feed, a table, a mail) is opened by a module of its own, which hands out
`Member`s; each of these is looked at as a file is, and so on down to `max_depth`.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from dragoman.domain import Document, Reading, plain
from dragoman.errors import FetchFailed, InputTooLarge, UnreadableInput
from dragoman.sources.dates import day_in_name
from dragoman.sources.files import Input, opened
from dragoman.sources.holders import holder
from dragoman.sources.kinds import HEAD, HOLDERS, Kind, kind_of
from dragoman.sources.known import NOTHING, Known
from dragoman.sources.limits import LIMITS, Limits
from dragoman.sources.making import document_of
from dragoman.sources.member import Link, Member

if TYPE_CHECKING:
    from dragoman.sources.fetch import Page

_TEASER = "The feed carries no full text of it. Add the feed itself, by its address or its file, to fetch its pages."


@dataclass(slots=True)
class Walk:
    """What holds for all that is taken in one run.

    `given` is what the caller knows of every document; `columns` says which column of a table holds which field
    ({"text": "body"}). `fetch` gets an address that was given, `visit` one that a feed names (None: not at all).
    `passed_over` counts, by what they are, the things in files and folders that hold no document; `unpacked` the bytes
    that came out of the archive at hand.
    """

    given: Known = NOTHING
    limits: Limits = LIMITS
    columns: Mapping[str, str] = field(default_factory=dict)
    fetch: Callable[[str], Page] | None = None
    visit: Callable[[str], Page] | None = None
    passed_over: Counter[str] = field(default_factory=Counter)
    unpacked: int = 0

    def unpack(self, size: int) -> None:
        """Count bytes that came out of an archive; InputTooLarge where they are too many."""
        self.unpacked += size
        if self.unpacked > self.limits.max_archive_bytes:
            raise InputTooLarge(
                f"More than {self.limits.max_archive_bytes:,} bytes came out of it (max_archive_bytes). "
                "Unpack it and give its files."
            )


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is given: its place, a key made from its content, and how to make a document or reading of it.

    `make` raises UnreadableInput where there is none. `done` is how many bytes of all that was given have been passed
    when it is handed out, as far as that is known.
    """

    place: str
    key: str
    make: Callable[[], Document | Reading]
    done: int = 0


def items(inputs: Iterable[Input], walk: Walk) -> Iterator[Item]:
    """Yield all that the inputs (see `files.inputs`) hold."""
    before = 0
    for one in inputs:
        walk.unpacked = 0
        try:
            for item in _top(one, walk):
                yield replace(item, done=before + min(item.done, one.size))
        except UnreadableInput as error:
            yield replace(_refused(one.place, error), done=before + one.size)
        except OSError as error:  # a disk or a network share that fails
            failed = UnreadableInput(f"{one.place} cannot be read to its end: {error.strerror}. Check the disk.")
            yield replace(_refused(one.place, failed), done=before + one.size)
        before += one.size


def items_of(page: Page, walk: Walk) -> Iterator[Item]:
    """Yield all that a page, feed or file holds that was fetched."""
    yield from _inside(Member(page.name, page.name, page.data or b"", found=page.known), walk, 0, follow=True)


def _top(one: Input, walk: Walk) -> Iterator[Item]:
    """Yield the items of one input."""
    if one.is_address:
        if walk.fetch is None:
            raise FetchFailed(f"{one.place} is an address, and nothing is fetched here. Give a file.")
        yield from items_of(walk.fetch(one.path), walk)
        return
    with opened(one, walk.limits) as (file, name):
        for item in _inside(Member(one.place, name, file), walk, 0, follow=one.named):
            yield replace(item, done=item.done or one.size)


def _inside(member: Member, walk: Walk, depth: int, *, follow: bool) -> Iterator[Item]:
    """Yield the item that a member is, or all the items in it; with `follow`, the pages that a feed names too."""
    content = member.content
    if isinstance(content, UnreadableInput):
        yield _refused(member.place, content)
    elif isinstance(content, Reading):
        yield Item(
            member.place, _key(json.dumps(content.to_dict(explain=True)).encode(), member, walk), lambda: content
        )
    elif isinstance(content, Link):
        key = _key(f"{content.url}\n{content.mark}".encode(), member, walk)
        yield Item(member.place, key, partial(_visited, content, member, walk, follow))
    else:
        kind = _kind(content, member)
        if kind in HOLDERS:
            yield from _held(kind, content, member, walk, depth, follow=follow)
            return
        data = content if isinstance(content, bytes) else content.read(walk.limits.max_bytes + 1)
        make = partial(document_of, data, member.name, given=walk.given, found=member.found, limits=walk.limits)
        if member.text is not None:
            make = partial(make, kind="text" if member.text else "html")
        yield Item(member.place, _key(data, member, walk), make, member.offset or 0)


def _kind(content: bytes | BinaryIO, member: Member) -> Kind:
    """Return what a member is, leaving a file at its beginning."""
    if member.text is not None:
        return "text" if member.text else "html"
    if isinstance(content, bytes):
        return kind_of(content, member.name, member.found.html)
    head = content.read(HEAD)
    content.seek(0)
    return kind_of(head, member.name, member.found.html)


def _held(
    kind: Kind, content: bytes | BinaryIO, member: Member, walk: Walk, depth: int, *, follow: bool
) -> Iterator[Item]:
    """Yield the items that a member holds; what breaks off is one more item, which says so."""
    limits = walk.limits
    if depth >= limits.max_depth:
        yield _refused(
            member.place, InputTooLarge(f"It lies {depth} files deep in others (max_depth). Unpack it first.")
        )
        return
    file = BytesIO(content) if isinstance(content, bytes) else content
    count = 0
    try:
        for count, one in enumerate(holder(kind)(file, member.place, member.found, walk), 1):
            if count > limits.max_members:
                raise InputTooLarge(f"It holds more than {limits.max_members:,} items (max_members). Cut it up.")
            for item in _inside(one, walk, depth + 1, follow=follow and kind == "feed"):
                yield replace(item, done=one.offset or item.done) if depth == 0 else item
    except UnreadableInput as error:
        yield _refused(member.place, error)
    except Exception as error:  # a damaged file breaks the libraries that open it in ways without number
        after = f" after {count:,} items, which were taken" if count else ""
        yield _refused(
            member.place, UnreadableInput(f"It is damaged{after}: {_words(error)}. Check it, or fetch it anew.")
        )


def _visited(link: Link, member: Member, walk: Walk, follow: bool) -> Document:
    """Return the page that a link leads to."""
    if walk.visit is None or not follow:
        raise FetchFailed(_TEASER)
    page = walk.visit(link.url)
    known = replace(
        member.found, url=page.known.url or member.found.url, charset=page.known.charset, html=page.known.html
    )
    return document_of(page.data or b"", page.name, given=walk.given, found=known, limits=walk.limits)


def _refused(place: str, error: UnreadableInput) -> Item:
    """Return an item that cannot be read."""

    def make() -> Document:
        raise error

    return Item(place, "", make)


def _key(data: bytes, member: Member, walk: Walk) -> str:
    """Return a key of the content and of all that is known of it: equal ones would make the same document."""
    day = day_in_name(member.name)
    known = [plain(walk.given, skip=("latest",)), plain(member.found), day and day.isoformat(), member.text]
    digest = hashlib.blake2b(data, digest_size=16)
    digest.update(json.dumps(known, sort_keys=True).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _words(error: Exception) -> str:
    """Return what a library says of a damaged file, on one line."""
    return " ".join(str(error).split())[:200].rstrip(".") or type(error).__name__
