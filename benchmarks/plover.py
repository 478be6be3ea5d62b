"""PLOVER classes of marked sentences: `python -m benchmarks.plover DATA.jsonl [--details]`.

In:     rows `{id, text, marked, source, target, label15}`; `marked` has `<s>...</s>` and `<t>...</t>` round the two
        sides, and lacks one where the sentence does not name it.
Out:    macro-F1 and accuracy over the 15 classes (CONCEDE and RETREAT count as YIELD), over the four quads (verbal and
        material cooperation, verbal and material conflict) and over cooperation against conflict.
Never:  sees the label before the class is given.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.events import class15
from benchmarks.measured import Measured, brief, digest, print_measured, rows
from dragoman.domain import EVENT_TYPES, QUAD
from dragoman.errors import DragomanError, UsageError
from dragoman.reading.plover import classify

Chars = tuple[int, int]

#: The quad of each class; YIELD is material cooperation, as the sets count it.
QUADS = {class15(t): QUAD[t] for t in EVENT_TYPES} | {"YIELD": "material cooperation"}


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.plover", description="Measure PLOVER classes.")
    parser.add_argument("data", type=Path, metavar="DATA.jsonl")
    parser.add_argument("--details", action="store_true", help="list the errors by pair of classes")
    options = parser.parse_args(arguments)
    try:
        print_measured(measure(options.data), details=options.details)
    except DragomanError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def measure(path: Path) -> Measured:
    """Return the figures on one file. Raises `UsageError` where it is missing or malformed."""
    gold: list[str] = []
    found: list[str] = []
    errors: dict[str, list[str]] = {}
    for row in rows(path):
        try:
            marked, label = row.get("marked") or row["text"], class15(row["label15"])
        except KeyError as error:
            raise UsageError(f"{path.name}: a row lacks {error}.") from error
        text, source, target = unmarked(marked)
        kind = class15(classify(text, source, target))
        gold.append(label)
        found.append(kind)
        if kind != label:
            errors.setdefault(f"{label} read as {kind}", []).append(f"{row.get('id', len(gold))}: {brief(text)}")
    if not gold:
        raise UsageError(f"{path.name} holds no rows.")
    figures = {}
    for name, part in (("15 classes", lambda c: c), ("quad", QUADS.__getitem__), ("binary", _binary)):
        wanted, given = [part(c) for c in gold], [part(c) for c in found]
        figures[f"{name}, macro-F1"] = macro_f1(wanted, given)
        figures[f"{name}, accuracy"] = sum(w == g for w, g in zip(wanted, given, strict=True)) / len(gold)
    return Measured("plover", path.name, digest(path), len(gold), figures, errors)


def _binary(kind: str) -> str:
    return QUADS[kind].split()[-1]


def unmarked(marked: str) -> tuple[str, Chars | None, Chars | None]:
    """Return the text without marks, and where source and target stand in it."""
    spans: dict[str, list[int]] = {"s": [], "t": []}
    text = ""
    for piece in re.split(r"(</?[st]>)", marked):
        mark = re.fullmatch(r"</?([st])>", piece)
        if mark:
            spans[mark[1]].append(len(text))
        else:
            text += piece
    source, target = ((s[0], s[1]) if len(s) == 2 else None for s in spans.values())
    return text, source, target


def macro_f1(wanted: Sequence[str], given: Sequence[str]) -> float:
    """Return the mean F1 over the classes that occur in `wanted`."""
    scores = []
    for kind in sorted(set(wanted)):
        both = sum(w == g == kind for w, g in zip(wanted, given, strict=True))
        scores.append(2 * both / (wanted.count(kind) + given.count(kind)))
    return sum(scores) / len(scores)


if __name__ == "__main__":
    sys.exit(main())
