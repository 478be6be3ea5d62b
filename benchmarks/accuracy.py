"""The accuracy page: `python -m benchmarks.accuracy [--only NAME] [--check]` writes docs/accuracy.md.

In:     the project's own validation split, and, where they are at hand, the gold documents and public sets of the
        shared folder (see `benchmarks.shared`); `floors.json`.
Out:    docs/accuracy.md: a table of figures beside targets and published ones, then the worst classes of error with ten
        examples each; the same figures in src/dragoman/web/accuracy.json, for the application's own page. With
        `--check` both are left alone and the figures are held against the floors.
Never:  more than a few words of a set that is not the project's own.

Exit code: 0; 1 where a figure lies below its floor.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks import attribution, cost, events, gold, merging, own, plover, shared, temporal
from benchmarks.measured import Measured, brief, print_measured

PAGE = shared.ROOT / "docs" / "accuracy.md"
FIGURES = shared.ROOT / "src" / "dragoman" / "web" / "accuracy.json"
FLOORS = shared.ROOT / "benchmarks" / "floors.json"
#: Documents on which the cost is measured.
READ = 60
#: Classes of error on the page, and examples of each.
CLASSES, EXAMPLES = 6, 10

Measure = Callable[[Path], Measured]

#: The public sets: the folder's file, the measuring function, the main figure with target and what others reach.
PUBLIC: tuple[tuple[str, Measure, str, str, str], ...] = (
    ("plv_train.jsonl", plover.measure, "15 classes, macro-F1", "0.76", "0.743 (ZSP, zero-shot, RoBERTa-large)"),
    ("petr2_gsr_events.jsonl", events.measure, "all right", "0.65", "0.33 (UniversalPetrarch, on a like set)"),
    ("petr2_gsr_events.jsonl", events.measure, "extra for each right one", "at most 1.0", "3.1 (UniversalPetrarch)"),
    ("polnear_dev.jsonl.gz", attribution.measure, "content+source F1", "0.60", "0.27 (textacy, sayswho)"),
    ("te3_timebank_train.jsonl.gz", temporal.measure, "relaxed F1", "0.92", "0.91 (HeidelTime, on platinum)"),
    ("te3_timebank_train.jsonl.gz", temporal.measure, "value F1", "0.82", "0.78 (HeidelTime, on platinum)"),
    ("te3_aquaint_train.jsonl.gz", temporal.measure, "value F1", "", ""),
)


def main(arguments: list[str] | None = None) -> int:
    """Measure, write or check, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description="Write docs/accuracy.md.")
    parser.add_argument("--check", action="store_true", help="hold the project's own figures against the floors")
    options = parser.parse_args(arguments)
    ours = list(of_project())
    if options.check:
        for measured in ours:
            print_measured(measured)
        faults = below(ours)
        print("\n".join(faults) or "No figure lies below its floor.")
        return 1 if faults else 0
    paid = cost.measure(cost.REPORTS, documents=READ)
    public, documents = list(of_public()), ledger()
    PAGE.write_text(page([*ours, paid], public, documents), encoding="utf-8")
    FIGURES.write_text(json.dumps(figures(ours, public, documents), ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(f"Wrote {PAGE.relative_to(shared.ROOT)} and {FIGURES.relative_to(shared.ROOT)}")
    return 0


def of_project() -> Iterator[Measured]:
    """Yield what is measured on the project's own validation split, and on its stories for merging."""
    yield merging.measured()
    measures = {"plover": plover.measure, "events": events.measure, "attribution": attribution.measure}
    with tempfile.TemporaryDirectory() as folder:
        for path in own.write(Path(folder)):
            yield measures[path.stem](path)


def of_public() -> Iterator[Measured]:
    """Yield what is measured on the public sets that are at hand, each once."""
    place = shared.folder()
    for name, measure in {name: measure for name, measure, *_ in PUBLIC}.items():
        if place and (place / "bench" / name).is_file():
            yield measure(place / "bench" / name)


def below(found: list[Measured]) -> list[str]:
    """Return a sentence for each figure that lies below its floor; extras must not lie above theirs."""
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    out = []
    for measured in found:
        for name, floor in floors.get(measured.benchmark, {}).items():
            value = measured.figures[name]
            worse = value > floor if name.startswith("extra") else value < floor
            if worse:
                out.append(f"{measured.benchmark}, {name}: {value:.3f} is worse than the floor {floor:.3f}.")
    return out


def ledger() -> str:
    """Return what the scorer prints for the gold documents, or an empty text where there are none."""
    folder = gold.default_folder()
    scorer = gold.find_scorer(folder) if folder else None
    if folder is None or scorer is None:
        return ""
    with tempfile.TemporaryDirectory() as out:
        gold.predict(folder, Path(out))
        command = [sys.executable, str(scorer), str(folder), out]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.rstrip()


def page(ours: list[Measured], public: list[Measured], documents: str) -> str:
    """Return the page as Markdown."""
    parts = [
        "# Accuracy",
        f"Written by `python -m benchmarks.accuracy` on {date.today()}; do not edit. Every figure on sets of others is "
        "zero-shot: nothing of them was trained on. The sets were looked at for error analysis, so that on unseen text "
        "somewhat less is to be expected.",
        "## Against targets and published systems",
        _comparison(public),
        "## Gold documents",
        f"`make eval` on the development documents:\n\n```\n{documents}\n```" if documents else "Not at hand.",
        "## The project's own validation split",
        "Sentences of `training/data` that are never trained on (`python -m benchmarks.own` writes them out), and what "
        "reading costs beside the bare spaCy pipeline, on the reports there.",
        "\n\n".join(_table(m) for m in ours),
        "## All figures on public sets",
        "\n\n".join(_table(m) for m in public) or "Not at hand.",
        "## The worst classes of error",
        "\n\n".join(_errors(m) for m in (*public, *ours) if m.errors),
    ]
    return "\n\n".join(parts) + "\n"


def figures(ours: list[Measured], public: list[Measured], documents: str) -> dict[str, Any]:
    """Return the figures of the page as plain data, written as they stand there."""
    return {
        "measured_on": str(date.today()),
        "compared": compared(public),
        "gold": documents.splitlines(),
        "own": [{"name": m.benchmark, "items": m.items, "figures": _written(m)} for m in ours],
    }


def compared(public: list[Measured]) -> list[dict[str, str]]:
    """Return each main figure on a public set with its target and what others reach."""
    by_name = {m.data: m for m in public}
    return [
        {
            "set": name,
            "figure": figure,
            "here": f"{by_name[name].figures[figure]:.3f}",
            "target": target,
            "others": others,
        }
        for name, _, figure, target, others in PUBLIC
        if name in by_name
    ]


def _comparison(public: list[Measured]) -> str:
    rows = [comparison_row(row) for row in compared(public)]
    head = ["| set | figure | here | target | others |", "|---|---|---|---|---|"]
    return "\n".join([*head, *rows]) if rows else "The public sets are not at hand."


def comparison_row(row: dict[str, str]) -> str:
    """Return a row of `compared` as Markdown."""
    return f"| `{row['set']}` | {row['figure']} | {row['here']} | {row['target']} | {row['others']} |"


def _table(measured: Measured) -> str:
    lines = [
        f"**{measured.benchmark}** on `{measured.data}` ({measured.items} items, sha256 `{measured.digest}`)",
        "",
        "| figure | value |",
        "|---|---|",
    ]
    return "\n".join([*lines, *(f"| {name} | {value} |" for name, value in _written(measured).items())])


def _written(measured: Measured) -> dict[str, str]:
    """Return figures as they are written: counts whole, shares with three digits."""
    return {name: str(value) if isinstance(value, int) else f"{value:.3f}" for name, value in measured.figures.items()}


def _errors(measured: Measured) -> str:
    lines = [f"### {measured.benchmark} on `{measured.data}`"]
    for cause, examples in sorted(measured.errors.items(), key=lambda e: -len(e[1]))[:CLASSES]:
        lines += ["", f"{cause} ({len(examples)})", ""]
        lines += [f"- {_plain(_short(example))}" for example in examples[:EXAMPLES]]
    return "\n".join(lines)


def _short(example: str) -> str:
    """Return an example of which no part has more than a few words in a row."""
    return " | ".join(brief(part) for part in example.split(" | "))


def _plain(example: str) -> str:
    """Return an example without characters that Markdown would read as marks."""
    return "".join(f"\\{c}" if c in "<>*_`[]|" else c for c in example)


if __name__ == "__main__":
    sys.exit(main())
