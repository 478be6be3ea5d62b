"""The project's own validation split in the formats of the public sets: `python -m benchmarks.own DIR`.

In:     `training/data`: the 15 of 100 sentences that are never trained on (see `training.examples.is_validation`).
Out:    `plover.jsonl`, `events.jsonl` and `attribution.jsonl` in DIR, for the commands of the same names.
Never:  anything that the encoder was trained on.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.events import class15
from benchmarks.shared import ROOT
from dragoman.reading.plover import PROMISED, THREATENED
from training.split import is_validation

SENTENCES = ROOT / "training" / "data" / "sentences"


def main(arguments: list[str] | None = None) -> int:
    """Write the files and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.own", description="Write out the validation split.")
    parser.add_argument("folder", type=Path, metavar="DIR")
    options = parser.parse_args(arguments)
    for path in write(options.folder):
        print(path)
    return 0


def write(folder: Path) -> list[Path]:
    """Write the three files into a folder and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    out = []
    for name, made in (("plover", _plover), ("events", _events), ("attribution", _attribution)):
        path = folder / f"{name}.jsonl"
        lines = (json.dumps(row, ensure_ascii=False) for number, row in _held() for row in made(number, row))
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        out.append(path)
    return out


def _held() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the sentences of the split with a name for each."""
    for path in sorted(SENTENCES.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            row = json.loads(line)
            if is_validation(row["text"]):
                yield f"{path.stem}:{number}", row


def _plover(name: str, row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the first event of a sentence whose two sides stand apart in it, with the sides marked."""
    text = row["text"]
    for event in row["events"]:
        places = []
        for side in ("source", "target"):
            if not event[side] or text.count(event[side]) != 1:
                break
            start = text.index(event[side])
            places.append((start, start + len(event[side]), side[0]))
        if len(places) == 2 and (places[0][1] <= places[1][0] or places[1][1] <= places[0][0]):
            marked = text
            for start, end, mark in sorted(places, reverse=True):
                marked = f"{marked[:start]}<{mark}>{marked[start:end]}</{mark}>{marked[end:]}"
            yield {"id": name, "text": text, "marked": marked, "label15": _as_plover(event["type"], event["status"])}
            return


def _as_plover(kind: str, status: str) -> str:
    """Return the class that PLOVER's codebook gives: what lies ahead is a promise or a threat."""
    if status in ("planned", "possible") and kind in PROMISED:
        return "AGREE"
    return "THREATEN" if status in ("planned", "possible") and kind in THREATENED else class15(kind)


def _events(name: str, row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a sentence whose events are all between states, with their dyads."""
    events = []
    for event in row["events"]:
        sources, targets = event["source_ids"], event["target_ids"]
        pairs = [(a, b) for a in sources for b in (targets or sources) if a != b]
        events += [{"class15": class15(event["type"]), "source": a, "target": b} for a, b in pairs]
    if events and all(len(e[side]) == 3 and e[side].isupper() for e in events for side in ("source", "target")):
        yield {"id": name, "text": row["text"], "date": row["published"], "events": events}


def _attribution(name: str, row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a sentence that has attributions, with all of them; elsewhere not every style marks them."""
    text = row["text"]
    if not row["attribution"]:
        return
    said = [
        {
            part: [[start := text.index(one[part]), start + len(one[part])]] if one.get(part) else []
            for part in ("source", "cue", "content")
        }
        for one in row["attribution"]
    ]
    yield {"doc_id": name, "text": text, "attributions": said}


if __name__ == "__main__":
    sys.exit(main())
