"""10,000 records in a web archive: interrupted five times and finished, every record exactly once."""

from __future__ import annotations

import gzip
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any, get_args

import pytest

from dragoman.ledger import Ledger
from dragoman.ledger.entries import Kind
from tests.intake.texts import idle, report

RECORDS = 10_000
#: Of these, so many tell of relations, evenly among the rest.
TELLING = 100
#: What interrupts the run once so many items have arrived. Ctrl-C is answered; the others are not.
INTERRUPTIONS = (
    (300, signal.SIGINT), (1_500, signal.SIGKILL), (3_500, signal.SIGTERM), (6_000, signal.SIGINT), (8_500, signal.SIGKILL)
)  # fmt: skip
SECONDS = 120
KINDS: tuple[Kind, ...] = get_args(Kind)


def archive(path: Path) -> Path:
    """Write the web archive; each record is packed by itself, as crawlers do."""
    every = RECORDS // TELLING
    with path.open("wb") as file:
        for number in range(RECORDS):
            text = report(10_000 + number // every).text if number % every == every // 2 else idle(number)
            body = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + text.encode()
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2025-06-01T00:00:00Z\r\nContent-Length: {len(body)}\r\n"
                f"WARC-Target-URI: https://wire.example.org/{number}\r\n\r\n"
            )
            file.write(gzip.compress(head.encode() + body + b"\r\n\r\n", 1))
    return path


def start(path: Path, place: Path, name: str) -> subprocess.Popen[str]:
    """Start `dragoman add` on the archive, with a ledger and a report of this name."""
    command = [sys.executable, "-m", "dragoman", "add", str(path), "--ledger", str(place / f"{name}.ledger")]
    command += ["--report", str(place / f"{name}.jsonl")]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, stdin=subprocess.DEVNULL
    )


def arrived(ledger: Path) -> int:
    """Return how many items a ledger knows, 0 where it is not there yet."""
    try:
        with closing(sqlite3.connect(f"file:{ledger}?mode=ro", uri=True, timeout=5)) as connection:
            return int(connection.execute("SELECT count(*) FROM arrival").fetchone()[0])
    except sqlite3.Error:
        return 0


def interrupt(child: subprocess.Popen[str], ledger: Path, at: int, how: signal.Signals) -> tuple[int, str, int]:
    """Interrupt a run once so many items are known; return its exit code, what it said, and how many were known then."""
    end = time.monotonic() + SECONDS
    while arrived(ledger) < at and child.poll() is None and time.monotonic() < end:
        time.sleep(0.05)
    assert child.poll() is None, child.communicate()[1]
    os.kill(child.pid, how)
    _, err = child.communicate(timeout=30)
    return child.returncode, err, arrived(ledger)


def kept(path: Path) -> tuple[list[tuple[Any, ...]], list[Any], list[tuple[Any, ...]]]:
    """Return the documents, the records as the views see them, and the arrivals of a ledger, without times."""
    with Ledger.open(path) as book:
        entries = sorted(json.dumps(one.to_dict(), sort_keys=True) for kind in KINDS for one in book.entries(kind))
        documents = [(one.document, one.origin, one.title, one.published) for one in book.documents()]
    with closing(sqlite3.connect(path)) as connection:
        arrivals = connection.execute("SELECT item, place, outcome, document FROM arrival ORDER BY item").fetchall()
    return sorted(documents), entries, arrivals


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[tuple[int, str, int]], int, int]:
    """Run over the archive with interruptions, and once without; return the folder and what the runs ended with."""
    place = tmp_path_factory.mktemp("interrupted")
    path = archive(place / "crawl.warc.gz")
    broken = place / "broken.ledger"
    ended = [interrupt(start(path, place, "broken"), broken, at, how) for at, how in INTERRUPTIONS]
    codes = []
    for name in ("broken", "quiet"):
        child = start(path, place, name)
        child.communicate(timeout=SECONDS)
        codes.append(child.returncode)
    return place, ended, codes[0], codes[1]


def test_each_run_was_interrupted_and_went_on(runs):
    """Ctrl-C ends with 130 and says how to go on; each run begins where the last one ended."""
    _, ended, last, quiet = runs
    known = [count for _, _, count in ended]

    for (code, said, _), (_, how) in zip(ended, INTERRUPTIONS, strict=True):
        if how is signal.SIGINT:
            assert code == 130
            assert "interrupted" in said
            assert "Traceback" not in said
        else:
            assert code in (-how, 128 + how)
    assert known == sorted(known)
    assert all(at <= count < RECORDS for count, (at, _) in zip(known, INTERRUPTIONS, strict=True))
    assert (last, quiet) == (0, 0)


def test_every_record_is_there_exactly_once(runs):
    """The last report has every record; what was added before is a duplicate in it, and the ledger knows each item once."""
    place, *_ = runs
    lines = [json.loads(line) for line in (place / "broken.jsonl").read_text().splitlines()]
    documents, _, arrivals = kept(place / "broken.ledger")
    counts = Counter(line["outcome"] for line in lines)

    assert len({line["place"] for line in lines}) == len(lines) == RECORDS == len(arrivals)
    assert counts["nothing found"] == RECORDS - TELLING
    assert counts["added"] + counts["duplicate"] == TELLING == len(documents)
    assert counts["duplicate"] > counts["added"] > 0


def test_the_ledger_is_that_of_a_quiet_run(runs):
    """Documents, entries and arrivals are those of a run that nobody interrupted."""
    place, *_ = runs
    (documents, entries, arrivals), quiet = kept(place / "broken.ledger"), kept(place / "quiet.ledger")

    assert documents == quiet[0]
    assert entries == quiet[1]
    assert [row[0] for row in arrivals] == [row[0] for row in quiet[2]]
