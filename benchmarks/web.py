"""The web application under load: `python -m benchmarks.web --ledger FILE [--clients 50 --seconds 60] [--json FILE]`.

In:     a ledger, which is copied first: documents are added to the copy (generated ones, benchmarks/generated.py).
Out:    a table: of every page the size, the median and 95th percentile of its time when nothing is kept ("cold": the
        ledger was written to in between) and when it was asked before ("warm"); then what many clients at once were
        answered in some seconds by a real server while `dragoman add` ran beside it.
Units:  milliseconds on the wall at the client, over a connection that stays open; kilobytes before compression.
Exit:   1 where a page or a client was given an error, else 0; the targets stand beside the figures.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from pathlib import Path
from statistics import median, quantiles

import httpx

from benchmarks.generated import readings
from dragoman.errors import DragomanError, UsageError
from dragoman.ledger import Ledger
from dragoman.ledger.entries import LETTERS

#: Targets of the project: the median of a page in milliseconds, and its size in kilobytes.
TIME, SIZE = 400.0, 300.0
#: How often each page is asked cold, and warm.
COLD, WARM = 5, 10
#: Longest that a client waits for an answer, in seconds.
PATIENCE = 60.0
SEED = 1648
#: Texts that `dragoman add` is given to read: more than it reads in a minute.
TEXTS = 1500


@dataclass(frozen=True, slots=True)
class Asked:
    """What one page took, in milliseconds, and how large it is, in kilobytes."""

    page: str
    address: str
    status: int
    kilobytes: float
    cold: float
    cold_high: float
    warm: float
    warm_high: float

    @property
    def misses(self) -> str:
        """Return which target it misses, in words."""
        over = [f"over {TIME:.0f} ms"] if self.cold > TIME else []
        return ", ".join(over + ([f"over {SIZE:.0f} kB"] if self.kilobytes > SIZE else []))


@dataclass(frozen=True, slots=True)
class Load:
    """What many clients at once were answered; `added` counts the documents that were added meanwhile."""

    clients: int
    seconds: float
    answers: int
    median: float
    high: float
    longest: float
    wrong: dict[str, int]
    added: int


@dataclass(slots=True)
class Figures:
    """All figures."""

    documents: int
    pages: list[Asked] = field(default_factory=list)
    load: Load | None = None

    @property
    def errors(self) -> int:
        """Return how many answers were not what was asked for."""
        return sum(one.status != 200 for one in self.pages) + (sum(self.load.wrong.values()) if self.load else 0)


def main(arguments: list[str] | None = None) -> int:
    """Measure, print the table and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.web", description="How the web application bears load.")
    parser.add_argument("--ledger", type=Path, required=True, metavar="FILE", help="it is copied and stays as it is")
    parser.add_argument("--clients", type=int, default=50, metavar="N", help="at once; 0 for none")
    parser.add_argument("--seconds", type=float, default=60.0, metavar="S", help="for which they ask")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there too")
    options = parser.parse_args(arguments)
    try:
        found = measure(options.ledger, options.clients, options.seconds)
    except (DragomanError, OSError, httpx.HTTPError) as error:
        print(error, file=sys.stderr)
        return 2
    if options.json:
        options.json.write_text(json.dumps(asdict(found), indent=1) + "\n", encoding="utf-8")
    print("\n".join(table(found)))
    return 1 if found.errors else 0


def measure(ledger: Path, clients: int, seconds: float) -> Figures:
    """Serve a copy of a ledger and return what its pages take, alone and under load."""
    if not ledger.is_file():
        raise UsageError(f"there is no ledger {ledger}. Make one with: python -m benchmarks.scale --keep {ledger}")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "web.ledger"
        with (
            closing(sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)) as there,
            closing(sqlite3.connect(copy)) as here,
        ):
            there.backup(here)
        with Ledger.open(copy) as book:
            found = Figures(len(book.documents()))
            pages, pool = addresses(book, random.Random(SEED))
        with served(copy) as site:
            with httpx.Client(base_url=site, timeout=PATIENCE) as client:
                found.pages = [timed(client, copy, name, address) for name, address in pages.items()]
            if clients:
                found.load = loaded(site, copy, pool, clients, seconds)
        return found


def addresses(ledger: Ledger, dice: random.Random) -> tuple[dict[str, str], list[str]]:
    """Return the pages that are timed, by name, and those that clients ask for, as often as they would."""
    pairs = ledger.pairs()
    last = max(one.last for one in pairs)
    often, rare = pairs[0].pair, pairs[len(pairs) // 2].pair
    month, earlier = last - timedelta(30), last - timedelta(365)
    entries = {kind: ledger.entries(kind, limit=40) for kind in LETTERS}  # type: ignore[arg-type]
    documents = [one.document for one in ledger.documents(since=month)]
    relation = f"/relation/{'/'.join(often)}"
    screens = {
        "changed, a week": f"/?since={last - timedelta(7)}",
        "changed, a year": f"/?since={earlier}",
        "changed, feed": "/changes.rss",
        "pair, told of often": relation,
        "pair, as of its last day": f"{relation}?as_of={last}",
        "pair, a year ago": f"{relation}?as_of={earlier}",
        "pair, told of rarely": f"/relation/{'/'.join(rare)}",
        "pair, JSON": f"{relation}.json",
        "due": "/due",
        "due, as of the last day": f"/due?as_of={last}",
        "due, calendar": "/due.ics",
        "measures": "/measures",
        "measures, as of the last day": f"/measures?as_of={last}",
        "measures, CSV": "/measures.csv",
        "search, a common word": "/search?q=talks",
        "search, three words": "/search?q=trade+talks+ministers",
        "pairs": "/pairs",
        "about": "/about",
        "document": f"/document/{documents[-1]}",
        **{
            f"entry of {kind}": f"/entry/{max(some, key=lambda e: len(e.items)).id}"
            for kind, some in entries.items()
            if some
        },
    }
    asked = dice.choices(pairs, [one.documents for one in pairs], k=60)
    pool = [
        *(f"/relation/{'/'.join(one.pair)}" for one in asked),
        *(f"/entry/{entry.id}" for some in entries.values() for entry in some),
        *(f"/document/{document}" for document in dice.sample(documents, min(60, len(documents)))),
        *10 * list(screens.values()),
    ]
    return screens, pool


@contextmanager
def served(ledger: Path) -> Iterator[str]:
    """Run `dragoman serve` on a free port; yield its address."""
    command = [sys.executable, "-m", "dragoman", "serve", "--ledger", str(ledger), "--port", "0"]
    said = ledger.with_name("said.txt")
    with said.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out) as process:
        try:
            while not (address := re.search(r"http://\S+:\d+", said.read_text(encoding="utf-8"))):
                if process.poll() is not None:
                    raise UsageError(f"the server did not start: {said.read_text(encoding='utf-8')}")
                time.sleep(0.05)
            with suppress(httpx.TransportError):  # told below, where the server ended
                yield address[0]
            if process.poll() is not None:
                raise UsageError(
                    f"the server ended with {process.returncode}: {said.read_text(encoding='utf-8')[-2000:]}"
                )
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(20)


def timed(client: httpx.Client, ledger: Path, name: str, address: str) -> Asked:
    """Return what one page takes, cold and warm; the ledger's file is touched before each cold time."""
    cold: list[float] = []
    warm: list[float] = []
    for number in range(COLD + WARM):
        if number < COLD:
            os.utime(ledger)
        began = time.perf_counter()
        answer = client.get(address)
        (cold if number < COLD else warm).append((time.perf_counter() - began) * 1000)
    size = len(answer.content) / 1000
    return Asked(name, address, answer.status_code, size, median(cold), high(cold), median(warm), high(warm))


def loaded(site: str, ledger: Path, pool: Sequence[str], clients: int, seconds: float) -> Load:
    """Return what many clients at once are answered, while `dragoman add` runs beside them."""
    before = _documents(ledger)
    taken: list[float] = []
    wrong: Counter[str] = Counter()

    def ask(number: int) -> None:
        dice = random.Random(number)
        with httpx.Client(base_url=site, timeout=PATIENCE) as client:
            while time.perf_counter() < end:
                address = dice.choice(pool)
                began = time.perf_counter()
                try:
                    status = str(client.get(address).status_code)
                except httpx.HTTPError as error:
                    status = type(error).__name__
                taken.append((time.perf_counter() - began) * 1000)
                if status != "200":
                    wrong[f"{status} {address.partition('?')[0]}"] += 1

    with adding(ledger), ThreadPoolExecutor(clients) as threads:
        end = time.perf_counter() + seconds
        list(threads.map(ask, range(clients)))
    return Load(
        clients, seconds, len(taken), median(taken), high(taken), max(taken), dict(wrong.most_common()),
        _documents(ledger) - before,
    )  # fmt: skip


@contextmanager
def adding(ledger: Path) -> Iterator[None]:
    """Let `dragoman add` read texts into a ledger for the length of a block."""
    with tempfile.TemporaryDirectory() as folder:
        for number, reading in enumerate(readings(TEXTS, seed=SEED)):
            Path(folder, f"{reading.document.published}-{number}.txt").write_text(
                reading.document.text, encoding="utf-8"
            )
        command = [sys.executable, "-m", "dragoman", "add", folder, "--publisher", "Load", "--ledger", str(ledger)]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            try:
                yield
            finally:
                process.send_signal(signal.SIGINT)
                process.wait(60)


def _documents(ledger: Path) -> int:
    with Ledger.open(ledger, read_only=True) as book:
        return len(book.documents(as_of=date.max))


def high(taken: Sequence[float]) -> float:
    """Return the 95th percentile."""
    return min(quantiles(taken, n=20)[-1], max(taken)) if len(taken) > 1 else taken[0]


def table(found: Figures) -> list[str]:
    """Return the figures as lines of text."""
    lines = [
        f"{found.documents:,} documents",
        "",
        f"{'page':32} {'kB':>7} {'cold, ms':>9} {'95 %':>8} {'warm, ms':>9} {'95 %':>7}",
    ]
    lines += [
        f"{one.page:32} {one.kilobytes:7.0f} {one.cold:9.0f} {one.cold_high:8.0f} {one.warm:9.1f} {one.warm_high:7.1f}"
        + ("" if one.status == 200 else f"  answered {one.status}")
        + (f"  {one.misses}" if one.misses else "")
        for one in found.pages
    ]
    if one := found.load:
        lines += [
            "",
            f"{one.clients} clients for {one.seconds:.0f} s while `dragoman add` stored {one.added:,} documents: "
            f"{one.answers:,} answers, {one.answers / one.seconds:.1f} a second, "
            f"median {one.median:.0f} ms, 95 % {one.high:.0f} ms, longest {one.longest:.0f} ms, "
            f"{sum(one.wrong.values())} errors",
            *(f"  {number:5} times {what}" for what, number in list(one.wrong.items())[:10]),
        ]
    return lines


if __name__ == "__main__":
    sys.exit(main())
