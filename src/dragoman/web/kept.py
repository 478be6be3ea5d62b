"""Answers that were made, kept for who asks next.

In:     a key that names the question and the state of the ledger, and a function that makes the answer.
Out:    the answer; those asked for longest ago give way when there is no more room.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future

#: Bytes of answers that are kept (guess: some 500 pages).
ROOM = 64_000_000


class Kept:
    """A bounded memory of answers, shared by all threads; an answer is made by one of them while the others wait."""

    def __init__(self, room: int = ROOM) -> None:
        self._room, self._used = room, 0
        self._made: OrderedDict[str, bytes] = OrderedDict()
        self._making: dict[str, Future[bytes]] = {}
        self._lock = threading.Lock()

    def get(self, key: str, make: Callable[[], bytes]) -> bytes:
        """Return the answer of this key, made now where it is not there; what `make` raises is raised to all."""
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return self._made[key]
            future = self._making.get(key)
            mine = future is None
            if future is None:
                future = self._making[key] = Future()
        if mine:
            self._make(key, make, future)
        return future.result()

    def _make(self, key: str, make: Callable[[], bytes], future: Future[bytes]) -> None:
        try:
            made = make()
        except BaseException as error:
            with self._lock:
                del self._making[key]
            future.set_exception(error)
            return
        with self._lock:
            del self._making[key]
            if len(made) <= self._room:
                self._made[key] = made
                self._used += len(made)
            while self._used > self._room:
                self._used -= len(self._made.popitem(last=False)[1])
        future.set_result(made)
