"""Running: one target for a while, each input against the clock and with an eye on memory.

In:     a target, seconds, and a number that decides which inputs are drawn.
Out:    how many inputs were tried, and the first that failed, made smaller as far as that is quick.
Units:  seconds of processor time for an input (others may use the machine too), seconds of the clock for a run; bytes.
"""

from __future__ import annotations

import base64
import resource
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import hypothesis
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from dragoman.errors import DragomanError

#: One input may take no more memory than this on top of what was taken before. Guess: limits are some MB in fuzzing.
MEMORY = 600_000_000
#: Seconds for making an input that failed smaller.
SMALLER = 10.0
#: Inputs that are drawn in one go.
AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Target:
    """A parser: `check` gives it an input and raises AssertionError where a promise about the outcome is broken.

    It may raise a DragomanError, which is an answer. `seconds` is what one input may take, `share` how much of the time
    the target gets compared with others.
    """

    name: str
    check: Callable[[bytes], None]
    inputs: st.SearchStrategy[bytes]
    seconds: float = 2.0
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that failed, and how: the first words name the kind of failure."""

    target: str
    data: bytes
    problem: str

    def __str__(self) -> str:
        again = f"python -m fuzz --target {self.target} --input {base64.b64encode(self.data).decode()}"
        return f"{self.target}: {self.problem}\n{len(self.data)} bytes; to run it again:\n{again}"


class _TooSlow(BaseException):
    """The input took too long; no handler of errors in the parser may catch this."""


def fuzz(target: Target, seconds: float, seed: int) -> tuple[int, Failure | None]:
    """Try inputs for a time; return how many, and the first that failed or None."""
    end = time.monotonic() + seconds
    tried = 0
    failed: list[tuple[bytes, str]] = []

    def one(data: bytes) -> None:
        nonlocal tried
        if not failed and (time.monotonic() < end or not tried):
            tried += 1
            if problem := problem_of(target, data):
                failed.append((data, problem))

    calm = settings(
        max_examples=AT_ONCE, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    while not failed and (time.monotonic() < end or not tried):
        hypothesis.seed(seed)(calm(hypothesis.given(target.inputs)(one)))()
        seed += 1
    return tried, _smaller(target, *failed[0]) if failed else None


def problem_of(target: Target, data: bytes) -> str | None:
    """Return what goes wrong with an input, None where nothing does."""
    before = _memory()
    try:
        with _clock(target.seconds):
            target.check(data)
    except DragomanError as error:
        if not str(error).strip():
            return f"{type(error).__name__} without a message"
    except _TooSlow:
        return f"TooSlow: over {target.seconds:g} seconds; it was at\n{traceback.format_exc(limit=-4)}"
    except Exception as error:
        return f"{type(error).__name__}: {str(error)[:500]}\n{traceback.format_exc(limit=-6)}"
    grown = _memory() - before
    return f"TooLarge: it took {grown:,} bytes of memory" if grown > MEMORY else None


@contextmanager
def _clock(seconds: float) -> Iterator[None]:
    """End the block by _TooSlow when it has used so much processor time."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        raise _TooSlow

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _memory() -> int:
    """Return the most memory that this process ever had, in bytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def _smaller(target: Target, data: bytes, problem: str) -> Failure:
    """Cut pieces out of an input as long as it fails in the same way; memory that was taken once is not seen again."""
    kind, end = problem.partition(":")[0], time.monotonic() + SMALLER
    size = len(data) // 2
    while size and not problem.startswith("TooLarge"):
        at = 0
        while at < len(data) and time.monotonic() < end:
            less = data[:at] + data[at + size :]
            found = problem_of(target, less)
            if found and found.partition(":")[0] == kind:
                data, problem = less, found
            else:
                at += size
        size = size // 2 if time.monotonic() < end else 0
    return Failure(target.name, data, problem)
