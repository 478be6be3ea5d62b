"""What the gate lets through: `python -m benchmarks.gate [FOLDER] [--details]`.

In:     our own texts: reports (training/data/reports), samples, stories and sentences, all with relations in them; the
        gold documents where they lie beside the project (they are measured, never shown); and texts without any
        relation by kind (FOLDER/negatives.yaml, by default benchmarks/gate).
Out:    the share of documents and of their annotated records (events, disputes, next steps, measures, initiatives) that
        pass; the share of texts without relations that are recognised, by kind; the cost.
Units:  shares; milliseconds of processor time for 1,000 words.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks.gold import default_folder, named_pairs, published
from benchmarks.measured import Measured, brief, print_measured
from benchmarks.merging import STORIES
from benchmarks.shared import ROOT
from dragoman import sources
from dragoman.domain import Document
from dragoman.errors import UsageError
from dragoman.reading.gate import relevant

TEXTS = Path(__file__).parent / "gate"
DATA = ROOT / "training" / "data"
#: The records that tell of a relation; what somebody says of anything else is none.
RELATIONS = ("events", "disputes", "next_steps", "measures", "initiatives")


@dataclass(frozen=True, slots=True)
class Text:
    """A document, the set or kind it belongs to, and how many records of relations are annotated in it."""

    kind: str
    name: str
    document: Document
    records: int = 0


def positives() -> Iterator[Text]:
    """Yield the documents that tell of relations, those of the gold folder as well where there is one."""
    for kind, folder in (("gold", default_folder()), ("reports", DATA / "reports")):
        for path, answers in named_pairs(folder) if folder else ():
            found = json.loads(answers.read_text(encoding="utf-8"))
            document = sources.from_text(path.read_text(encoding="utf-8"), published=published(path, answers))
            yield Text(kind, path.stem, document, sum(len(found.get(records, ())) for records in RELATIONS))
    for path in sorted((ROOT / "src" / "dragoman" / "samples").glob("*.txt")):
        yield Text("samples", path.stem, sources.open_document(str(path)))
    for path in sorted(STORIES.glob("*/*.yaml")):
        for report in yaml.safe_load(path.read_text(encoding="utf-8"))["documents"]:
            known = {name: report.get(name) for name in ("title", "publisher")}
            document = sources.from_text(report["text"], published=str(report["published"]), **known)
            yield Text("stories", f"{path.stem}/{report['id']}", document, len(report["events"]))


def sentences() -> Iterator[Text]:
    """Yield the sentences that tell of an act between two actors with ids of states or their organisations."""
    for path in sorted((DATA / "sentences").glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            row: dict[str, Any] = json.loads(line)
            sides = [{i for i in (*e["source_ids"], *e["target_ids"]) if i.isupper()} for e in row["events"] or ()]
            told = sum(len(side) > 1 for side in sides)
            if told:
                yield Text("sentences", f"{path.stem}:{number}", sources.from_text(row["text"]), told)


def negatives(folder: Path = TEXTS) -> Iterator[Text]:
    """Yield the texts without relations by kind; UsageError where there are none."""
    try:
        data = yaml.safe_load((folder / "negatives.yaml").read_text(encoding="utf-8"))
        texts = [(kind, text) for kind, group in data.items() for text in group]
    except (OSError, yaml.YAMLError, AttributeError, TypeError) as error:
        raise UsageError(f"{folder} holds no negatives.yaml with texts by kind. Give such a folder.") from error
    for number, (kind, text) in enumerate(texts, 1):
        yield Text(kind, f"{number}", sources.from_text(text))


def measure(folder: Path = TEXTS) -> Measured:
    """Return the figures of the gate."""
    without = list(negatives(folder))
    telling = list(positives())
    figures: dict[str, float] = {}
    errors: dict[str, list[str]] = {}
    for kind, texts in _by_kind([*telling, *sentences()]).items():
        kept = [text for text in texts if relevant(text.document)]
        lost = [text.name for text in texts if text not in kept]
        figures |= {f"{kind}: documents": len(texts), f"{kind}: documents kept": len(kept) / len(texts)}
        if records := sum(text.records for text in texts):
            figures[f"{kind}: records kept"] = sum(text.records for text in kept) / records
        errors[f"{kind}: lost"] = lost
    recognised = Counter(text.kind for text in without if not relevant(text.document))
    errors["let through"] = [f"{t.kind}: {brief(t.document.text)}" for t in without if relevant(t.document)]
    figures |= {"without relations": len(without), "recognised": recognised.total() / len(without)}
    figures |= {f"recognised, {k}": recognised[k] / len(texts) for k, texts in _by_kind(without).items()}
    figures["ms for 1,000 words"] = cost([text.document for text in (*telling, *without)])
    data = (folder / "negatives.yaml").read_bytes()
    items = len(telling) + len(without)
    return Measured("gate", folder.name, hashlib.sha256(data).hexdigest()[:12], items, figures, errors)


def cost(documents: list[Document]) -> float:
    """Return the milliseconds that the gate takes for 1,000 words."""
    words = sum(len(document.text.split()) for document in documents)
    began = time.process_time()
    for document in documents:
        relevant(document)
    return 1000 * (time.process_time() - began) / words * 1000


def _by_kind(texts: list[Text]) -> dict[str, list[Text]]:
    found: dict[str, list[Text]] = {}
    for text in texts:
        found.setdefault(text.kind, []).append(text)
    return found


def main(arguments: list[str] | None = None) -> int:
    """Print the figures; with --details what was lost and what was let through."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gate", description="What the gate lets through.")
    parser.add_argument("folder", type=Path, nargs="?", default=TEXTS)
    parser.add_argument("--details", action="store_true", help="list what is lost and what is let through")
    given = parser.parse_args(arguments)
    try:
        print_measured(measure(given.folder), details=given.details)
    except UsageError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
