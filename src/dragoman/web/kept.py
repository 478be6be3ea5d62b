"""Answers that were made, kept for who asks next.

In:     a question, the state of the ledger as a word, and a function that makes the answer.
Out:    the answer with the state that it was made of; those asked for longest ago give way when there is no more room.
Never:  gives who asks alone an answer of an older state: only while all makers are busy, or somebody else is having
        the same answer made anew, and then none older than `PATIENCE`.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from typing import NamedTuple

#: Bytes of answers that are kept (guess: some 500 pages).
ROOM = 64_000_000
#: Answers that are made at once: one interpreter makes them all, so that more only make each other slower.
MAKERS = 2
#: Seconds for which an answer of an older state does while the server is busy (guess: a page is looked at for as long).
PATIENCE = 60.0


class Answer(NamedTuple):
    """What is given: its bytes, the state of the ledger they were made of, and when that was (`time.monotonic`)."""

    body: bytes
    state: str
    begun: float


class Kept:
    """A bounded memory of answers, shared by all threads; an answer is made by one of them while the others wait."""

    def __init__(self, room: int = ROOM, makers: int = MAKERS, patience: float = PATIENCE) -> None:
        self._room, self._used, self._patience = room, 0, patience
        self._made: OrderedDict[str, Answer] = OrderedDict()
        self._making: dict[str, Future[Answer]] = {}
        self._makers = threading.Semaphore(makers)
        self._lock = threading.Lock()

    def get(self, question: str, state: str, make: Callable[[], bytes]) -> Answer:
        """Return the answer to this question, made now where it is not there; what `make` raises is raised to all."""
        with self._lock:
            kept = self._made.get(question)
            if kept is not None:
                self._made.move_to_end(question)
                if kept.state == state:
                    return kept
            does = kept is not None and time.monotonic() - kept.begun <= self._patience
            making = self._making.get(question)
            free = making is None and self._makers.acquire(blocking=False)
            if kept is not None and does and not free:
                return kept
            if making is None:
                mine = self._making[question] = Future()
        if making is not None:
            return making.result()
        if not free:
            self._makers.acquire()
        try:
            self._make(question, state, make, mine)
        finally:
            self._makers.release()
        return mine.result()

    def _make(self, question: str, state: str, make: Callable[[], bytes], future: Future[Answer]) -> None:
        begun = time.monotonic()
        try:
            made = Answer(make(), state, begun)
        except BaseException as error:
            with self._lock:
                del self._making[question]
            future.set_exception(error)
            return
        with self._lock:
            del self._making[question]
            self._used -= len(self._made.pop(question).body) if question in self._made else 0
            if len(made.body) <= self._room:
                self._made[question] = made
                self._used += len(made.body)
            while self._used > self._room:
                self._used -= len(self._made.popitem(last=False)[1].body)
        future.set_result(made)
