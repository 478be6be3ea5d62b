"""Accuracy on gold documents: `python -m benchmarks.gold [GOLD_DIR] [--details] [--out DIR]`.

In:     a folder of `NAME.txt` with `NAME.json`, by default `gold/dev` in the shared folder. The publication date begins
        the file name (`2019-05-13-slug.txt`), else it stands in NAME.json under `document.published`.
Out:    `NAME.json` for each, as `dragoman read --format json` gives it, in DIR or a temporary folder; then what the
        scorer `score.py` prints. The scorer lies beside the gold folder, else in the shared folder's `gold`.
Never:  looks at an annotation before the reading is done, the publication date apart.

Exit code: the scorer's; 2 where there is nothing to score or nothing to score with.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from benchmarks import shared
from benchmarks.causes import by_cause, causes
from dragoman.errors import DragomanError

DATE_LENGTH = len("YYYY-MM-DD")


def main(arguments: list[str] | None = None) -> int:
    """Read the gold documents, score the readings, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gold", description="Measure the reader.")
    parser.add_argument("gold", nargs="?", type=Path, metavar="GOLD_DIR", help="NAME.txt with NAME.json")
    parser.add_argument("--details", action="store_true", help="list misses and extras by cause")
    parser.add_argument("--out", type=Path, metavar="DIR", help="keep the readings here")
    options = parser.parse_args(arguments)
    gold = options.gold or default_folder()
    if gold is None or not any(named_pairs(gold)):
        where = f"in {gold}" if gold else "beside this project; DRAGOMAN_SHARED may name the folder that holds gold/dev"
        print(f"No gold documents {where}.", file=sys.stderr)
        return 2
    scorer = find_scorer(gold)
    if scorer is None:
        print(f"No score.py beside {gold} and none in the shared folder.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as temporary:
        out = options.out or Path(temporary)
        predict(gold, out)
        if options.details:
            print(by_cause(list(_causes(gold, out))), flush=True)
        return subprocess.run([sys.executable, str(scorer), str(gold), str(out)], check=False).returncode


def default_folder() -> Path | None:
    """Return the development set's folder, or None where there is none."""
    place = shared.folder()
    return place / "gold" / "dev" if place and (place / "gold" / "dev").is_dir() else None


def _causes(gold: Path, out: Path) -> Iterator[tuple[str, str]]:
    """Yield why records were missed or are too many, over all documents that were read."""
    for text, answers in named_pairs(gold):
        made = out / answers.name
        if made.is_file():
            records = (json.loads(path.read_text(encoding="utf-8")) for path in (answers, made))
            yield from causes(text.stem, text.read_text(encoding="utf-8"), *records)


def find_scorer(gold: Path) -> Path | None:
    """Return the path of `score.py` for this gold folder, or None."""
    places = [gold.resolve().parent, *([place / "gold"] if (place := shared.folder()) else [])]
    return next((path / "score.py" for path in places if (path / "score.py").is_file()), None)


def named_pairs(gold: Path) -> Iterator[tuple[Path, Path]]:
    """Yield each text with its annotations, in the order of their names."""
    for answers in sorted(gold.glob("*.json")):
        text = answers.with_suffix(".txt")
        if text.is_file():
            yield text, answers


def published(text: Path, answers: Path) -> date | None:
    """Return the publication date from the file name, else from the annotations; None where neither has one."""
    try:
        return date.fromisoformat(text.stem[:DATE_LENGTH])
    except ValueError:
        stated = json.loads(answers.read_text(encoding="utf-8")).get("document", {}).get("published")
        return date.fromisoformat(stated) if stated else None


def predict(gold: Path, out: Path) -> None:
    """Read every text of `gold` and write the reading as `NAME.json` to `out`.

    A text that cannot be read is named on standard error and left out; the scorer counts it as empty.
    """
    from dragoman import reading, sources  # here, so that `--help` and a missing folder answer at once

    out.mkdir(parents=True, exist_ok=True)
    for path, answers in named_pairs(gold):
        text = path.read_text(encoding="utf-8")
        try:
            document = sources.from_text(text, published=published(path, answers))
            if document.text != text:
                print(f"{path.name}: the reader changed the text, so offsets may be wrong", file=sys.stderr)
            found = reading.read(document)
        except DragomanError as error:
            print(f"{path.name}: {error}", file=sys.stderr)
            continue
        written = json.dumps(found.to_dict(), ensure_ascii=False, indent=1) + "\n"
        (out / f"{path.stem}.json").write_text(written, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
