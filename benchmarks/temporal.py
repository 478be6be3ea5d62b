"""Time expressions: `python -m benchmarks.temporal DATA.jsonl[.gz] [--details] [--out FILE]`.

In:     rows {doc_id, dct, text, timexes: [{start, end, type, value}]} with TIMEX3 types and values.
Out:    F1 of detection (relaxed and strict), type and value, counted as TempEval-3 does in its task A; with `--out` the
        expressions found, as rows {doc_id, timexes}, for another scorer.
Never:  a window of the ledger: those are measured on the gold documents (benchmarks/gold.py).

Two expressions match relaxedly if they share a character, strictly if they are the same but for blanks and a final full
stop or comma. Each counts once: the same before the merely overlapping, of those the longest overlap first. A type or
value is right only in a pair; its F1 is twice the right ones over all expected and all found.

Exit code: 2 where the file is missing or malformed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.measured import Measured, brief, digest, print_measured, rows
from dragoman.errors import DragomanError, UsageError
from dragoman.language.times import Annotation, annotate_times

MEASURES = ("relaxed", "strict", "type", "value")
WHITE = " \t\n\r\f\v\xa0"


@dataclass(slots=True)
class Tally:
    """What has been counted so far: expected, found and, by measure, right."""

    expected: int = 0
    found: int = 0
    right: Counter[str] = field(default_factory=Counter)
    errors: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def f1(self, measure: str) -> float:
        """Return the F1 of a measure, 0 where there was nothing."""
        both = self.expected + self.found
        return 2 * self.right[measure] / both if both else 0.0


def measure(path: Path, out: Path | None = None) -> Measured:
    """Find the time expressions of every document of a file and compare them with those marked in it.

    With `out` the expressions found are written there.
    """
    tally, items, written = Tally(), 0, []
    for row in rows(path):
        expected = _expected(row, path.name)
        found = annotate_times(row["text"], _published(row, path.name))
        _count(tally, row["doc_id"], row["text"], expected, found)
        written.append(json.dumps({"doc_id": row["doc_id"], "timexes": [_as_row(timex) for timex in found]}))
        items += 1
    if out:
        out.write_text("".join(line + "\n" for line in written), encoding="utf-8")
    figures: dict[str, float] = {"expected": tally.expected, "found": tally.found}
    figures |= {f"{name} F1": tally.f1(name) for name in MEASURES}
    figures["value accuracy in pairs"] = (
        tally.right["value"] / tally.right["relaxed"] if tally.right["relaxed"] else 0.0
    )
    return Measured("temporal", path.name, digest(path), items, figures, dict(tally.errors))


def _published(row: dict[str, Any], name: str) -> date:
    try:
        return date.fromisoformat(str(row["dct"])[:10])
    except (KeyError, ValueError) as error:
        raise UsageError(f"{name}, document {row.get('doc_id')}: dct is no date.") from error


def _expected(row: dict[str, Any], name: str) -> list[Annotation]:
    """Return the expressions marked in a row; one without text, name or the fields of an expression is refused."""
    try:
        text = str(row["text"])
        str(row["doc_id"])
        return [
            Annotation(int(t["start"]), int(t["end"]), text[t["start"] : t["end"]], t["type"], t["value"])
            for t in row["timexes"]
        ]
    except (KeyError, TypeError, ValueError) as error:
        problem = (
            f"{name}, document {row.get('doc_id')}: needs doc_id, dct, text and timexes with start, end, type, value."
        )
        raise UsageError(problem) from error


def _as_row(timex: Annotation) -> dict[str, Any]:
    return {"start": timex.start, "end": timex.end, "type": timex.type, "value": timex.value}


def _count(tally: Tally, doc_id: str, text: str, expected: list[Annotation], found: list[Annotation]) -> None:
    """Count one document's expressions into the tally, with its errors by cause."""
    tally.expected += len(expected)
    tally.found += len(found)
    unmatched, spare = set(range(len(expected))), set(range(len(found)))
    for here, there in pairs(text, expected, found):
        unmatched.remove(here)
        spare.remove(there)
        want, got = expected[here], found[there]
        tally.right["relaxed"] += 1
        tally.right["strict"] += trimmed(text, want) == trimmed(text, got)
        tally.right["type"] += want.type.upper() == got.type
        same = _plain(want.value) == _plain(got.value)
        tally.right["value"] += same
        if not same:
            tally.errors[f"value of a {want.type}"].append(
                f"{doc_id}: {brief(want.text)}: {want.value}, not {got.value}"
            )
    for index in sorted(unmatched):
        tally.errors["not found"].append(f"{doc_id}: {brief(expected[index].text)} ({expected[index].value})")
    for index in sorted(spare):
        tally.errors["not marked"].append(f"{doc_id}: {brief(found[index].text)} ({found[index].value})")


def _plain(value: str | None) -> str:
    return (value or "").strip().upper()


def trimmed(text: str, timex: Annotation) -> tuple[int, int]:
    """Return where an expression begins and ends without blanks around it and a final full stop or comma."""
    start, end = timex.start, timex.end
    while start < end and text[start] in WHITE:
        start += 1
    while start < end and text[end - 1] in WHITE + ".,":
        end -= 1
    return start, end


def pairs(text: str, expected: list[Annotation], found: list[Annotation]) -> Iterator[tuple[int, int]]:
    """Yield which expected expression is which found one, each at most once: the same first, then the most alike."""
    wanted, got = [trimmed(text, timex) for timex in expected], [trimmed(text, timex) for timex in found]
    candidates = []
    for here, (start, end) in enumerate(wanted):
        for there, (other_start, other_end) in enumerate(got):
            shared = min(end, other_end) - max(start, other_start)
            if shared > 0:
                candidates.append(((start, end) != (other_start, other_end), -shared, here, there))
    taken_here, taken_there = set(), set()
    for _, _, here, there in sorted(candidates):
        if here not in taken_here and there not in taken_there:
            taken_here.add(here)
            taken_there.add(there)
            yield here, there


def main(arguments: list[str] | None = None) -> int:
    """Measure a file, print the figures and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.temporal", description="Measure time expressions.")
    parser.add_argument("data", type=Path, metavar="DATA.jsonl[.gz]", help="texts with their TIMEX3 annotations")
    parser.add_argument("--details", action="store_true", help="list the errors by cause")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the expressions found, one document a line")
    options = parser.parse_args(arguments)
    try:
        print_measured(measure(options.data, options.out), details=options.details)
    except (DragomanError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
