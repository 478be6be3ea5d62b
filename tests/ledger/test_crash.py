"""A process that is killed while it adds: every document is wholly in or not in, and adding again completes it."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.generated import readings
from benchmarks.shared import ROOT
from dragoman.ledger import Ledger
from dragoman.ledger.entries import LETTERS
from tests.ledger.picture import picture

DOCUMENTS, KILLS, SEED = 200, 30, 7
#: Adds generated readings one after the other, and writes a dot when it begins and after each that is in.
ADDS = """
import os, sys
from benchmarks.generated import readings
from dragoman.ledger import Ledger
path, count = sys.argv[1], int(sys.argv[2])
found = list(readings(count))
os.write(1, b".")
with Ledger.open(path) as ledger:
    for reading in found:
        ledger.add_reading(reading)
        os.write(1, b".")
"""
TEXTS = {
    "2019-03-04": "TOKYO, March 4 - Japan and India held talks on steel duties in Tokyo on Monday, officials said.",
    "2019-03-06": "DELHI, March 6 - India accused Japan of dumping steel on Wednesday. Japan denied the charge.",
    "2019-03-09": "OSLO, March 9 - Norway and Sweden will meet in Oslo on March 20 to discuss fishing rights.",
}
needs_kill = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill -9 on this system")


@needs_kill
def test_killed_thirty_times_while_adding(tmp_path):
    """After each kill the file is sound and holds whole documents alone; in the end it is as if nothing had happened.

    A kill comes after a random number of further documents and a random share of the time one takes: in the midst of
    the next, of its commit, or while the file is opened.
    """
    dice, path = random.Random(SEED), tmp_path / "killed.ledger"
    log = []
    for kill in range(KILLS):
        before = _held(path)
        after = dice.randint(0, (DOCUMENTS - before) // (KILLS + 1 - kill))
        wait = dice.uniform(0, 0.03)
        log.append(f"kill {kill}: {before} were in, killed {wait * 1000:.1f} ms after {after} more")
        _add_and_kill(path, before + after, wait, kill)
        whole, unsound = _state(path)
        assert unsound == [], "\n".join([*log, f"now {whole} are in"])
        assert before + after <= whole, "\n".join([*log, f"lost some that were in: now {whole}"])

    assert 0 < _held(path) < DOCUMENTS, "\n".join(log)
    with Ledger.open(path) as ledger, Ledger.open(":memory:") as quiet:
        for reading in readings(DOCUMENTS):
            ledger.add_reading(reading)
            quiet.add_reading(reading)
        assert picture(ledger) == picture(quiet), "\n".join(log)


@needs_kill
def test_the_command_killed_twice(tmp_path):
    """`dragoman add` killed in the midst of its work leaves whole documents, and completes them when asked again."""
    files = []
    for day, text in TEXTS.items():
        files.append(tmp_path / f"{day}.txt")
        files[-1].write_text(f"{text}\n", encoding="utf-8")
    path = tmp_path / "command.ledger"
    command = [sys.executable, "-m", "dragoman", "add", *map(str, files), "--ledger", str(path)]
    for wanted in (1, 2):  # killed as soon as so many documents are in
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=_environment())
        _wait_for(path, wanted, child)
        child.kill()
        child.wait()
        whole, unsound = _state(path)
        assert unsound == []
        assert wanted <= whole

    done = subprocess.run([*command, "--json"], capture_output=True, text=True, env=_environment(), check=True)

    said = json.loads(done.stdout)
    assert said["added"] + said["duplicate"] == len(TEXTS)
    assert _state(path) == (len(TEXTS), [])
    with Ledger.open(path) as ledger, Ledger.open(":memory:") as quiet:
        for file in files:
            quiet.add(file)
        assert picture(ledger) == picture(quiet)


def _add_and_kill(path: Path, whole: int, wait: float, order: int) -> None:
    """Let a process add until it has told of so many documents (those that were in count), then kill it.

    `order` is the seed of the order in which the process walks through sets.
    """
    command = [sys.executable, "-c", ADDS, str(path), str(DOCUMENTS)]
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, env=_environment(order))
    assert child.stdout is not None
    seen = 0
    while seen <= whole:
        dots = os.read(child.stdout.fileno(), 1 + whole - seen)
        if not dots:
            break
        seen += len(dots)
    time.sleep(wait)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()


def _environment(order: int = 0) -> dict[str, str]:
    paths = os.pathsep.join([str(ROOT), str(ROOT / "src")])
    return {**os.environ, "PYTHONPATH": paths, "PYTHONHASHSEED": str(order)}


def _wait_for(path: Path, documents: int, child: subprocess.Popen[bytes]) -> None:
    """Wait until so many documents are in, or the process is done."""
    while child.poll() is None and _held(path) < documents:
        time.sleep(0.002)


def _held(path: Path) -> int:
    """Return how many documents a file holds; none where it is not there or not yet a ledger."""
    if not path.is_file():
        return 0
    with closing(sqlite3.connect(path)) as file:
        try:
            return int(file.execute("SELECT count(*) FROM document").fetchone()[0])
        except sqlite3.OperationalError:
            return 0


def _state(path: Path) -> tuple[int, list[str]]:
    """Return how many documents are in, and what is wrong with the file or with any of them."""
    if not path.is_file() or not path.stat().st_size:
        return 0, []
    with closing(sqlite3.connect(path)) as file:
        wrong = [row[0] for row in file.execute("PRAGMA integrity_check(100000)") if not _is_well(file, row[0])]
        wrong += [str(tuple(row)) for row in file.execute("PRAGMA foreign_key_check")]
    with Ledger.open(path) as ledger:
        wrong += _half(ledger)
        return len(ledger.documents()), wrong


def _is_well(file: sqlite3.Connection, said: str) -> bool:
    """Whether a line of the check says that all is well, or is a false alarm of SQLite 3.40.

    That version reports a NULL in every row of a table without row numbers in which a column of the key stands behind
    one that is not of the key; whether there is one is asked of the rows.
    """
    found = re.fullmatch(r"NULL value in (\w+)\.(\w+)", said)
    return said == "ok" or (
        found is not None
        and not file.execute(f"SELECT count(*) FROM {found[1]} NOT INDEXED WHERE {found[2]} IS NULL").fetchone()[0]
    )


def _half(ledger: Ledger) -> list[str]:
    """Return in words what is missing of the documents that are in, by what their readings must have brought."""
    rows, wrong = ledger._store.rows, []
    expected = _expected()
    for row in rows("SELECT id, key, title FROM document"):
        kinds = [r["kind"] for r in rows("SELECT kind FROM record WHERE document = ? AND current", (row["id"],))]
        count = rows("SELECT count(*) AS n FROM reading WHERE document = ? AND current", (row["id"],))[0]["n"]
        if count != 1:
            wrong.append(f"{row['key']}: {count} readings in use")
        if row["key"] in expected and len(kinds) != expected[row["key"]]:
            wrong.append(f"{row['key']}: {len(kinds)} records, not {expected[row['key']]}")
        if not rows("SELECT 1 FROM revision WHERE about = ?", (row["key"],)):
            wrong.append(f"{row['key']}: not in the log")
        if not rows("SELECT 1 FROM band WHERE document = ?", (row["id"],)):
            wrong.append(f"{row['key']}: no sketch")
        if not rows("SELECT 1 FROM document WHERE key = (SELECT origin FROM document WHERE id = ?)", (row["id"],)):
            wrong.append(f"{row['key']}: its origin is not there")
    lost = {
        "without an entry": "entry IS NULL",
        "of an entry that is not there": "entry NOT IN (SELECT key FROM record WHERE current)",
        "without words": "id NOT IN (SELECT rowid FROM record_words)",
        "without a pair": "kind NOT IN ('statements', 'initiatives') AND id NOT IN (SELECT record FROM pair)",
        "without its speaker": "kind = 'statements' AND id NOT IN (SELECT record FROM person)",
        "without a document": "document NOT IN (SELECT id FROM document)",
    }
    for what, where in lost.items():
        wrong += [f"{row['key']}: {what}" for row in rows(f"SELECT key FROM record WHERE current AND {where}")]
    wrong += [
        f"{row['key']}: a key of another kind"
        for row in rows("SELECT key, kind FROM record")
        if row["key"][0] != LETTERS[row["kind"]]
    ]
    return wrong


def _expected() -> dict[str, int]:
    """Return how many records each generated document has, by its key."""
    from dragoman.ledger.keys import document_key

    if not _COUNTS:
        _COUNTS.update((document_key(r.document), len(r.records())) for r in readings(DOCUMENTS))
    return _COUNTS


_COUNTS: dict[str, int] = {}
