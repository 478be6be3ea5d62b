"""Several at one ledger: any order of adding, two writers at once and a reader beside them give one and the same."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

import pytest

from benchmarks.generated import readings
from benchmarks.shared import ROOT
from dragoman.ledger import Ledger
from dragoman.ledger.entries import Kind
from dragoman.ledger.keys import document_key
from tests.ledger.picture import LATER, picture

DOCUMENTS = 60
#: Waits for a line, then adds all generated readings twice over in an order of its own.
ADDS = """
import random, sys
from benchmarks.generated import readings
from dragoman.ledger import Ledger
path, count, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
found = list(readings(count))
dice = random.Random(seed)
print("ready", flush=True)
sys.stdin.readline()
with Ledger.open(path) as ledger:
    for _ in range(2):
        dice.shuffle(found)
        outcomes = [ledger.add_reading(reading).outcome for reading in found]
print(outcomes.count("known"), flush=True)
"""


@pytest.fixture(scope="module")
def alone() -> dict[str, Any]:
    """What a ledger says that was made by one process, in order, in one go."""
    with Ledger.open(":memory:") as ledger:
        for reading in readings(DOCUMENTS):
            ledger.add_reading(reading)
        return picture(ledger)


def test_the_documents_have_something_in_common(alone):
    """The comparison is worth something: entries of several documents, reprints, decided steps."""
    assert all(alone[kind] for kind in get_args(Kind))
    assert sum(len({q["source"]["document"] for q in e["quotes"]}) > 1 for e in alone["events"].values()) >= 5
    assert any(document != origin for document, origin in alone["documents"])
    assert alone["judgements"]


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_any_order_gives_the_same(alone, seed):
    """The order of adding leaves no trace, nor does adding all of it again."""
    found = list(readings(DOCUMENTS))
    random.Random(seed).shuffle(found)
    with Ledger.open(":memory:") as ledger:
        for reading in [*found, *reversed(found)]:
            ledger.add_reading(reading)

        assert picture(ledger) == alone


def test_the_latest_first_gives_the_same(alone):
    """Documents that come in backwards: every entry gets an earlier first item time and again."""
    with Ledger.open(":memory:") as ledger:
        for reading in reversed(list(readings(DOCUMENTS))):
            ledger.add_reading(reading)

        assert picture(ledger) == alone


def test_a_longer_time_gives_the_same_in_any_order():
    """Plans that are met, moved and forgotten, and measures that come, change and go, over a hundred days."""
    found = list(readings(150, a_day=1))
    pictures = []
    for seed in (None, 5, 6):
        if seed is not None:
            random.Random(seed).shuffle(found)
        with Ledger.open(":memory:") as ledger:
            for reading in found:
                ledger.add_reading(reading)
            pictures.append(picture(ledger))

    assert pictures[0]["decisions"]
    assert {len(e["ladder"]) > 1 for e in pictures[0]["measures"].values()} == {True, False}
    assert pictures[1] == pictures[0]
    assert pictures[2] == pictures[0]


def test_two_writers_at_once_and_a_reader(tmp_path, alone):
    """Two processes add the same documents in different orders, twice over; a third reads whole documents meanwhile."""
    path = tmp_path / "together.ledger"
    Ledger.open(path).close()
    writers = [_writer(path, seed) for seed in (11, 12)]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("\n")
        writer.stdin.flush()

    seen = _read_meanwhile(path, writers)

    assert [writer.communicate(timeout=60)[0].strip() for writer in writers] == [str(DOCUMENTS)] * 2
    assert [writer.returncode for writer in writers] == [0, 0]
    assert seen == sorted(seen), "a document that was seen was gone later"
    with Ledger.open(path) as ledger:
        assert picture(ledger) == alone
        assert len(ledger._store.rows("SELECT 1 FROM revision WHERE what = 'added'")) == DOCUMENTS


def _writer(path: Path, seed: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", ADDS, str(path), str(DOCUMENTS), str(seed)]
    paths = os.pathsep.join([str(ROOT), str(ROOT / "src")])
    environment = {**os.environ, "PYTHONPATH": paths, "PYTHONHASHSEED": str(seed)}  # sets differ in their order
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def _read_meanwhile(path: Path, writers: list[subprocess.Popen[str]]) -> list[int]:
    """Ask while the writers are at work; return how many documents were there each time."""
    expected = {document_key(r.document): len(r.records()) for r in readings(DOCUMENTS)}
    seen = []
    with Ledger.open(path, must_exist=True) as ledger:
        while any(writer.poll() is None for writer in writers):
            counts = _counts(ledger)
            assert counts.items() <= expected.items()
            seen.append(len(counts))
            for kind in get_args(Kind):
                items = [item.id for entry in ledger.entries(kind, as_of=LATER) for item in entry.items]
                assert len(items) == len(set(items)), "one record in two entries"
            ledger.search("talks", as_of=LATER)
            ledger.pairs(as_of=LATER)
    assert seen
    return seen


def _counts(ledger: Ledger) -> dict[str, int]:
    """Return how many records with an entry each document has, all as of one moment."""
    rows = ledger._store.rows(
        "SELECT document.key, count(record.entry) AS n FROM document LEFT JOIN record ON record.document = document.id "
        "GROUP BY document.id"
    )
    return {row["key"]: row["n"] for row in rows}
