"""Apart: a small extraction in a process of its own, so that no hostile file hangs, crashes or fills the caller.

In:     what to extract ("pdf", "docx"), the bytes, a name for messages, and limits.
Out:    a dictionary with the text and what the file says of itself, or an UnreadableInput in a plain sentence.
Units:  bytes and seconds; see `Limits.extract_seconds` and `Limits.extract_memory`.

The child gets the bytes on standard input and gives JSON on standard output; it loads one library, writes no file, and
limits its own memory and processor time where the system can. The folder it is started in is not on its path.
"""

from __future__ import annotations

import json
import math
import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from dragoman.errors import InputTooLarge, UnreadableInput
from dragoman.sources.limits import Limits

#: The module for each thing that is extracted, by its function `extract`. Its messages go on from the file's name.
MODULES: dict[str, str] = {"pdf": "dragoman.sources.pdf", "docx": "dragoman.sources.docx"}

#: What XML libraries say where no memory is left.
_NO_MEMORY = re.compile(r"memory alloc|out of memory|^unknown error", re.IGNORECASE)
#: Errors whose words are about the library that broke, not about the file.
_STUMBLES = (
    ArithmeticError, AssertionError, AttributeError, LookupError, NameError, RecursionError, StopIteration, TypeError,
)  # fmt: skip
_ROOT = Path(__file__).resolve().parents[2]
_ADVICE = "Save its text as plain text and give that."


def apart(what: str, data: bytes, name: str, limits: Limits) -> dict[str, Any]:
    """Return what a child process extracts from the bytes.

    Raises UnreadableInput, calling the file `name`, where the child refuses it, breaks, or needs too much.
    """
    bounds = json.dumps([limits.max_characters, limits.max_bytes, limits.extract_memory, limits.extract_seconds])
    command = [sys.executable, "-P", "-W", "ignore", "-m", "dragoman.sources.apart", what, bounds]
    try:
        done = subprocess.run(
            command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment(),
            timeout=limits.extract_seconds, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise _too_slow(name, limits) from None
    except OSError as error:  # no more processes, no more memory
        raise UnreadableInput(f"{name} was not opened: no process could be started ({error.strerror}).") from None
    if done.returncode in (-24, -9):  # SIGXCPU, and the SIGKILL that follows it
        raise _too_slow(name, limits)
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        answer = None
    if done.returncode or not isinstance(answer, dict):
        raise UnreadableInput(f"{name} broke the program that opens it (code {done.returncode}). {_ADVICE}")
    if refused := answer.get("refused"):
        error_class = InputTooLarge if answer.get("too_large") else UnreadableInput
        raise error_class(f"{name} {refused}")
    return answer


def _too_slow(name: str, limits: Limits) -> UnreadableInput:
    return UnreadableInput(
        f"{name} was not turned into text within {limits.extract_seconds:g} seconds (extract_seconds). {_ADVICE}"
    )


def _environment() -> dict[str, str]:
    """Return the environment for the child, which must find this package wherever the caller found it."""
    if _ROOT.name in ("site-packages", "dist-packages"):  # found without help, and nothing there may hide a module
        return dict(os.environ)
    paths = [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def _main(what: str, bounds: str) -> None:
    """Extract from standard input and print the answer; what the child does."""
    max_characters, max_bytes, memory, seconds = json.loads(bounds)
    limits = Limits(
        max_characters=max_characters, max_bytes=max_bytes, extract_memory=memory, extract_seconds=seconds
    )  # fmt: skip
    _bound(limits)
    answer: dict[str, Any]
    try:
        answer = import_module(MODULES[what]).extract(sys.stdin.buffer.read(), limits)
    except UnreadableInput as error:
        answer = {"refused": str(error), "too_large": isinstance(error, InputTooLarge)}
    except Exception as error:  # a damaged file breaks libraries in ways without number
        answer = _broken(error, limits)
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()
    os._exit(0)  # taking down what a library has built can take as long as building it


def _broken(error: Exception, limits: Limits) -> dict[str, Any]:
    """Return what is said of an error that a library did not foresee."""
    words = " ".join(str(error).split())[:150].rstrip(".")
    if isinstance(error, MemoryError) or _NO_MEMORY.search(words):
        needs = f"needs more than {limits.extract_memory:,} bytes of memory (extract_memory). {_ADVICE}"
        return {"refused": needs, "too_large": True}
    words = re.split(r"[:@<]| starting with", words)[0].rstrip(" .")  # what follows quotes the file
    said = f" ({words})" if words and not isinstance(error, _STUMBLES) else ""
    return {"refused": f"is damaged{said}. Fetch it anew, or open it and save it anew."}


def _bound(limits: Limits) -> None:
    """Limit this process, where the system can."""
    try:
        import resource
    except ImportError:  # Windows: the wall clock alone
        return
    seconds = math.ceil(limits.extract_seconds)
    for what, soft, hard in (
        (resource.RLIMIT_AS, limits.extract_memory, limits.extract_memory),
        (resource.RLIMIT_CPU, seconds, seconds + 1),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_FSIZE, 0, 0),
    ):
        try:
            resource.setrlimit(what, (soft, hard))
        except (ValueError, OSError):  # a lower limit is set already, or the system keeps none of this kind
            continue


if __name__ == "__main__":
    _main(*sys.argv[1:])
