"""What a measuring command finds: figures, and the errors behind them by cause.

In:     what a benchmark module counted.
Out:    `Measured`, which `print_measured` writes as a table and `benchmarks.accuracy` turns into a page.
Never:  more than a few words of a data set in a row: the sets are not ours to print (`brief`).
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dragoman.errors import UsageError

#: How many words of a set stand in a row on a page or in an error list.
BRIEF = 6


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures of one command on one file.

    `figures` are shares between 0 and 1 or counts, by name, in the order in which they are shown. `errors` lists
    examples by cause (`"ACCUSE read as REJECT"`); an example names the item and a few of its words.
    """

    benchmark: str
    data: str
    digest: str
    items: int
    figures: dict[str, float]
    errors: dict[str, list[str]] = field(default_factory=dict)


def digest(path: Path) -> str:
    """Return the first 12 hexadecimal digits of the SHA-256 of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON Lines file, which may be gzipped.

    Raises `UsageError` where the file is missing or a line is no JSON object.
    """
    if not path.is_file():
        raise UsageError(f"There is no file {path}. Give the path of a JSON Lines file.")
    opener: Any = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    row = json.loads(line)
                    if not isinstance(row, dict):
                        raise UsageError(f"{path.name}, line {number}: not a JSON object.")
                    yield row
    except (ValueError, OSError, EOFError) as error:
        raise UsageError(f"{path.name} is no JSON Lines file: {error}.") from error


def brief(text: str) -> str:
    """Return the first few words of a text, with an ellipsis where it goes on."""
    words = text.split()
    return " ".join(words[:BRIEF]) + (" ..." if len(words) > BRIEF else "")


def print_measured(measured: Measured, *, details: bool = False) -> None:
    """Print the figures, and with `details` the errors by cause, the most frequent first."""
    print(f"{measured.benchmark}: {measured.data} ({measured.items} items, sha256 {measured.digest})")
    for name, value in measured.figures.items():
        print(f"  {name:38} {value:g}" if isinstance(value, int) else f"  {name:38} {value:.3f}")
    if details:
        for cause, examples in sorted(measured.errors.items(), key=lambda e: -len(e[1])):
            print(f"\n{cause}: {len(examples)}")
            for example in examples:
                print(f"  {example}")
