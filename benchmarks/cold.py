"""Cold start: `python -m benchmarks.cold` times the command as a user meets it, each time in a new process.

In:     a text of 1,000 words, cut from the sample dispatches.
Out:    a table of wall seconds and peak memory (median and worst of three runs) beside the targets; exit code 1 when a
        worst run misses its target, 2 when a command fails.
Units:  seconds of wall clock, and of processor time, which tells a slow reader from a busy machine; megabytes of 10^6
        bytes, resident, as the system counts them for the finished process.

The files of the package may lie in the system's disk cache: only the process is cold. Needs Linux or macOS.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from dragoman import samples

RUNS = 3  # enough to tell a slow start from a hiccup of the machine; a guess
WORDS = 1_000
SECONDS = 6.0  # the project's target for a first answer on a laptop with two cores
MEGABYTES = 900.0  # the project's target; leaves room on a machine with 4 GB
COMMAND = Path(sys.executable).with_name("dragoman")


@dataclass(frozen=True, slots=True)
class Run:
    """One process: wall seconds, processor seconds and peak resident memory in megabytes."""

    seconds: float
    processor: float
    megabytes: float


def main() -> int:
    """Run the commands, print the table, and return the exit code."""
    if not COMMAND.exists():
        print(f"No command {COMMAND.name} beside {sys.executable}. Set it up: make demo", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder, "thousand-words.txt")
        text.write_text(thousand_words(), encoding="utf-8")
        try:
            read = [measure([str(COMMAND), "read", "--format", "json", str(text)]) for _ in range(RUNS)]
            helped = [measure([str(COMMAND), "--help"]) for _ in range(RUNS)]
        except subprocess.CalledProcessError as error:
            print(error.stderr, file=sys.stderr)
            return 2
    rows = [
        ("read 1,000 words, s", [run.seconds for run in read], SECONDS),
        ("  of it processor, s", [run.processor for run in read], None),
        ("read 1,000 words, MB", [run.megabytes for run in read], MEGABYTES),
        ("--help, s", [run.seconds for run in helped], None),
    ]
    print(f"{'':22}{'median':>8}{'worst':>8}{'target':>8}")
    for name, values, target in rows:
        print(f"{name:22}{median(values):>8.1f}{max(values):>8.1f}{'' if target is None else f'{target:.0f}':>8}")
    return int(any(target is not None and max(values) > target for _, values, target in rows))


def thousand_words() -> str:
    """Return the first thousand words of the sample dispatches, in whole paragraphs but for the last."""
    paragraphs: list[str] = []
    left = WORDS
    for sample in samples.index():
        for paragraph in samples.text(sample.slug).split("\n\n"):
            words = paragraph.split()[:left]
            left -= len(words)
            if words:
                paragraphs.append(" ".join(words))
    return "\n\n".join(paragraphs) + "\n"


def measure(command: list[str]) -> Run:
    """Run the command in a new process; raise `CalledProcessError` with what it said when it fails.

    Linux counts a new process from the peak of the one that started it, so this module must stay small.
    """
    with tempfile.TemporaryFile() as said:
        before = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - before
        process.returncode = os.waitstatus_to_exitcode(status)  # so that Popen does not wait for it again
        if process.returncode:
            said.seek(0)
            raise subprocess.CalledProcessError(
                process.returncode, command, stderr=said.read().decode(errors="replace")
            )
    unit = 1 if sys.platform == "darwin" else 1024  # macOS counts bytes, Linux kibibytes
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 1e6)


if __name__ == "__main__":
    sys.exit(main())
