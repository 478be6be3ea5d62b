"""Everything that people may have, in whatever state: each item gets its outcome, within bounds of memory, no traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from dragoman.intake.outcomes import OUTCOMES
from dragoman.ledger import Ledger
from tests.intake.corpus import build
from tests.intake.corpus_holders import mapped
from tests.intake.wants import Corpus, differences

#: Bytes of memory that any process of the command may take.
MEMORY = 1_500_000_000


@dataclass
class Run:
    """A run of `dragoman add`: its exit code, what it printed, its report, and the most memory it took in bytes."""

    code: int
    out: str
    err: str
    memory: int
    report: list[dict[str, Any]] = field(default_factory=list)

    @property
    def counts(self) -> Counter[str]:
        """How many items had each outcome, by the report."""
        return Counter(line["outcome"] for line in self.report)


def add(place: Path, folder: Path, *options: str) -> Run:
    """Run `dragoman add` in a process of its own; `place` is where its ledger and report lie."""
    report = place / "report.jsonl"
    command = [
        sys.executable,
        "-m",
        "dragoman",
        "add",
        str(folder),
        "--ledger",
        str(place / "l"),
        "--report",
        str(report),
    ]
    with (place / "out").open("w+b") as out, (place / "err").open("w+b") as err:
        child = subprocess.Popen([*command, *options], stdout=out, stderr=err, stdin=subprocess.DEVNULL)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    lines = [json.loads(line) for line in report.read_text(encoding="utf-8").split("\n") if line]
    out_text, err_text = ((place / name).read_text(errors="replace") for name in ("out", "err"))
    return Run(child.returncode, out_text, err_text, used.ru_maxrss * 1024, lines)


def documents(place: Path) -> list[tuple[str, ...]]:
    """Return the documents of a ledger: their keys, origins and texts."""
    with Ledger.open(place / "l") as book:
        return [tuple(row) for row in book._store.rows("SELECT key, origin, text, added_at FROM document ORDER BY key")]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for ledger, report and corpus."""
    return tmp_path_factory.mktemp("intake")


@pytest.fixture(scope="module")
def corpus(place: Path) -> Corpus:
    """Return the corpus, built."""
    return build(place / "corpus")


@pytest.fixture(scope="module")
def first(place: Path, corpus: Corpus) -> Iterator[tuple[Run, list[tuple[str, ...]]]]:
    """Return a run over the corpus, and the documents that the ledger had after it."""
    run = add(place, corpus.folder)
    yield run, documents(place)


def test_every_item_has_the_outcome_that_is_wanted(corpus, first):
    """Sound ones are added, copies known as such, the rest refused with the reason; each has one outcome."""
    run, _ = first

    assert differences(corpus, run.report) == []
    assert len(run.report) == corpus.items


def test_it_survives_everything(corpus, first):
    """The code says that something was refused; no traceback, no fault of our own, and not too much memory."""
    run, _ = first

    assert (run.code, run.err) == (1, "")
    assert [line for line in run.report if "fault of Dragoman" in (line["reason"] or "")] == []
    assert "Traceback" not in run.out
    assert run.memory < MEMORY


def test_the_counts_agree(corpus, first):
    """The outcomes sum to the items, in the report as in the summary; the ledger has what was added and no more."""
    run, kept = first
    summary = run.out.splitlines()[0]

    assert corpus.items >= 5_000
    assert (
        f": {corpus.items:,} items: {run.counts['added']:,} added, {run.counts['duplicate']:,} known already" in summary
    )
    assert set(run.counts) == set(OUTCOMES)
    assert len(kept) == sum(run.counts[word] for word in ("added", "reprint", "newer version"))
    assert any(line.startswith("Passed over: ") for line in run.out.splitlines())


def test_a_second_run_adds_nothing(place, corpus, first):
    """All is known: nothing is added, no document changes, and what was refused is refused again."""
    run, kept = first
    again = add(place, corpus.folder, "--json")

    assert not {"added", "reprint", "newer version"} & set(again.counts)
    assert {word: again.counts[word] for word in ("refused", "nothing found")} == {
        word: run.counts[word] for word in ("refused", "nothing found")
    }
    assert documents(place) == kept
    told = json.loads(again.out)
    assert told["items"] == len(again.report) == sum(told[word] for word in OUTCOMES)
    assert told["outcomes"] == again.report
    assert told["passed_over"]["files of other kinds"] == corpus.others


def test_a_table_with_other_columns_is_read_by_its_map(tmp_path):
    """`--map` says which column holds what."""
    corpus = Corpus(tmp_path / "corpus")
    options = mapped(corpus)
    run = add(tmp_path, corpus.folder, "--map", options)

    assert differences(corpus, run.report) == []
    assert (run.code, run.err) == (0, "")
