"""All words are the project's own: no run of eight words of the shared sets stands in what the project ships."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import shared

RUN = 8
#: What is searched: the package with its data, and the training text.
SEARCHED = ("src", "training", "docs", "benchmarks")
SUFFIXES = {".py", ".yaml", ".txt", ".md", ".json", ".jsonl", ".html"}


def test_no_eight_words_of_the_shared_sets_are_in_the_project():
    """Gold documents and public sets are for measuring only."""
    place = shared.folder()
    if place is None or not (place / "bench").is_dir():
        pytest.skip("the shared folder with gold and bench is not beside the project")
    theirs = {run for text in _shared(place) for run in _runs(text)}
    assert theirs

    found = [
        (path.relative_to(shared.ROOT).as_posix(), " ".join(run))
        for path in _searched()
        for run in _runs(path.read_text(encoding="utf-8"))
        if run in theirs
    ]

    assert found == []


def test_a_copied_run_would_be_found():
    """The comparison ignores case, punctuation and line breaks."""
    ours = set(_runs("He said, on Monday:\nthe two sides would meet in May again."))

    assert set(_runs("the two sides would meet in May again")) <= ours


def _shared(place: Path) -> Iterator[str]:
    for path in (place / "gold").rglob("*.txt"):
        yield path.read_text(encoding="utf-8")
    for path in (place / "bench").glob("*.jsonl*"):
        opener = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)["text"]


def _searched() -> Iterator[Path]:
    for folder in SEARCHED:
        for path in (shared.ROOT / folder).rglob("*"):
            if path.suffix in SUFFIXES and path.name not in ("tokenizer.json", "encoder.json"):
                yield path


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return zip(*(words[k:] for k in range(RUN)), strict=False)
