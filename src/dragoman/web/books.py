"""The ledger as many threads read it: one connection in each, and a limit on what a question may cost.

In:     settings.
Out:    `Shelf.reading()`, a ledger for the length of a block, as it stood when the block began; `Shelf.stamp()`,
        which differs whenever anything was written; `Shelf.edition`, which differs after each `Shelf.writing()`.
Never:  writes, but through `Shelf.writing()`, which is refused without `Settings.edit`.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from typing import Any, cast

from dragoman.errors import UsageError
from dragoman.ledger import Ledger
from dragoman.ledger.entries import AnyEntry, Kind
from dragoman.web.settings import Settings


class Shelf:
    """Hands out the ledger to the threads that answer requests."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._here = threading.local()
        self._edits = 0
        with Ledger.open(settings.ledger, must_exist=True):
            pass  # brings an older file to the newest schema before it is only read

    @contextmanager
    def reading(self) -> Iterator[Ledger]:
        """Yield the ledger as it is now; TooCostly when the block costs more computing than a request may."""
        with self._book().snapshot(self._settings.seconds) as book:
            yield cast(Ledger, _Remembering(book))

    @contextmanager
    def writing(self) -> Iterator[Ledger]:
        """Yield the ledger to be changed; UsageError where it is only shown."""
        if not self._settings.edit:
            raise UsageError("this ledger is only shown here. Start it anew with: dragoman serve --edit")
        with Ledger.open(self._settings.ledger, must_exist=True) as book:
            try:
                yield book
            finally:
                self._edits += 1

    @property
    def edition(self) -> str:
        """Return what changes with each correction made here: who makes one is shown it at once."""
        return str(self._edits)

    def stamp(self) -> str:
        """Return what changes whenever the ledger does: sizes and times of its files."""
        found = []
        for end in ("", "-wal"):
            try:
                state = os.stat(f"{self._settings.ledger}{end}")
            except OSError:
                continue
            if state.st_size:  # an empty log comes and goes with readers
                found.append(f"{state.st_mtime_ns:x}.{state.st_size:x}")
        return "-".join(found)

    def _book(self) -> Ledger:
        if not hasattr(self._here, "book"):
            self._here.book = Ledger.open(self._settings.ledger, must_exist=True, read_only=True)
        book: Ledger = self._here.book
        return book


class _Remembering:
    """A ledger that answers the same question once, for the several views of one page."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._found: dict[tuple[str, date], AnyEntry] = {}
        self.entries = cache(self._entries)
        self.entry = cache(self._entry)
        self.acts, self.documents, self.contested = cache(ledger.acts), cache(ledger.documents), cache(ledger.contested)

    def _entries(self, kind: Kind, *, as_of: date | None = None, **asked: Any) -> list[AnyEntry]:
        found = self._ledger.entries(kind, as_of=as_of, **asked)
        self._found.update(((one.id, as_of), one) for one in found if as_of)
        return found

    def _entry(self, given: str, as_of: date | None = None) -> AnyEntry:
        found = self._found.get((given, as_of)) if as_of else None
        return found or self._ledger.entry(given, as_of)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._ledger, name)
