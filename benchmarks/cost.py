"""Cost: `python -m benchmarks.cost [FILE ...] [--documents N]` sets reading beside the bare spaCy pipeline.

In:     the texts of training/data/reports, or the files given; `--documents` takes so many, spread over all of them.
        A publication date is taken from NAME.json beside NAME.txt.
Out:    processor seconds for the bare pipeline (`nlp.pipe` over the whole texts, default settings) and for reading,
        their ratio, words in a second, and what each stage of `read` takes, as a share of the bare pipeline.
Units:  seconds of processor time on all threads, which a busy machine disturbs less than the clock on the wall.

Both run once to warm up, then `ROUNDS` times in turn; the least of each figure is kept, since disturbance only adds.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.gold import published
from benchmarks.measured import Measured, print_measured
from benchmarks.shared import ROOT
from dragoman import reading, sources
from dragoman.domain import Document
from dragoman.errors import DragomanError, UsageError
from dragoman.language.parse import pipeline

REPORTS = ROOT / "training" / "data" / "reports"
ROUNDS = 3  # enough to see one round that was not disturbed; a guess
#: The project's target: reading, all included, against the bare pipeline.
TARGET = 2.0
#: The stages of `read`, by the name under which it calls them.
STAGES = {
    "parse": "parse",
    "assemble": "cast",
    "clock": "clock",
    "find_attributions": "attributions",
    "find_statements": "statements",
    "find_events": "events",
    "find_measures": "measures",
    "find_next_steps": "steps",
    "find_disputes": "disputes",
    "find_initiatives": "initiatives",
}


def main(arguments: list[str] | None = None) -> int:
    """Measure, print the figures and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cost", description="What reading costs.")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="texts, instead of the project's reports")
    parser.add_argument("--documents", type=int, metavar="N", help="read only so many of them")
    options = parser.parse_args(arguments)
    try:
        print_measured(measure(*(options.files or [REPORTS]), documents=options.documents))
    except DragomanError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def measure(*paths: Path, documents: int | None = None) -> Measured:
    """Return what reading the files costs; a folder stands for the texts in it.

    Raises `UsageError` where there is nothing to read, and what `sources` raises for a file that cannot be read.
    """
    files = spread([file for path in paths for file in _texts(path)], documents)
    if not files:
        raise UsageError(f"There is no text in {paths[0].name}. Give text files, or a folder that holds NAME.txt.")
    read = [_open(file) for file in files]
    best = least([_round(read) for _ in range(ROUNDS + 1)][1:])  # the first round warms up
    words = sum(len(document.text.split()) for document in read)
    bare, whole = best.pop("bare"), best.pop("reading")
    figures: dict[str, float] = {
        "bare pipeline, seconds": bare,
        "reading, seconds": whole,
        f"reading / bare (target {TARGET:.1f})": whole / bare,
        "words": words,
        "words a second, bare": round(words / bare),
        "words a second, reading": round(words / whole),
    }
    figures |= {f"{stage} / bare": best.get(stage, 0.0) / bare for stage in STAGES.values()}
    return Measured("cost", files[0].name if len(files) == 1 else "texts", _digest(files), len(files), figures)


def spread(items: list[Path], most: int | None) -> list[Path]:
    """Return at most so many of the items, evenly spread, so that every kind of report is among them."""
    if most is not None and most < 1:
        raise UsageError(f"{most} documents are none to measure with. Give --documents 1 or more.")
    if most is None or most >= len(items):
        return items
    return [items[k * len(items) // most] for k in range(most)]


def least(rounds: list[dict[str, float]]) -> dict[str, float]:
    """Return the least of every figure over the rounds."""
    return {name: min(one[name] for one in rounds) for name in rounds[0]}


def _texts(path: Path) -> list[Path]:
    return sorted(path.glob("*.txt")) if path.is_dir() else [path]


def _open(file: Path) -> Document:
    """Return the text as a document, with the publication date that its annotations give, where it has any."""
    answers = file.with_suffix(".json")
    return sources.open_document(str(file), published=published(file, answers) if answers.is_file() else None)


def _digest(files: list[Path]) -> str:
    """Return the first 12 hexadecimal digits of the SHA-256 of all files' bytes, one after the other."""
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def _round(documents: list[Document]) -> dict[str, float]:
    """Return the seconds of one round: of the bare pipeline, of reading, and of each stage."""
    began = time.process_time()
    for _ in pipeline().pipe([document.text for document in documents]):
        pass
    seconds = {"bare": time.process_time() - began}
    with _timed_stages(seconds):
        began = time.process_time()
        for document in documents:
            reading.read(document)
        seconds["reading"] = time.process_time() - began
    return seconds


@contextmanager
def _timed_stages(seconds: dict[str, float]) -> Iterator[None]:
    """Add up in `seconds` what each stage of `read` takes, while the context lasts."""
    own = {name: getattr(reading, name) for name in STAGES}
    for name, stage in own.items():
        setattr(reading, name, _timed(stage, STAGES[name], seconds))
    try:
        yield
    finally:
        for name, stage in own.items():
            setattr(reading, name, stage)


def _timed(stage: Callable[..., Any], name: str, seconds: dict[str, float]) -> Callable[..., Any]:
    """Return a stage that notes its time."""

    def run(*arguments: Any, **named: Any) -> Any:
        began = time.process_time()
        try:
            return stage(*arguments, **named)
        finally:
            seconds[name] = seconds.get(name, 0.0) + time.process_time() - began

    return run


if __name__ == "__main__":
    sys.exit(main())
