"""How well records of different documents are put together: precision and recall of "same event".

In:     stories (benchmarks/stories/dev and /test): short reports by different hands on one affair between a few states,
        in which each act is annotated and named, so that the same act has the same name in every report. Own text.
Out:    over all pairs of records from different documents: how many that the ledger puts into one entry are the same
        act (precision), how many of the same act it puts into one entry (recall), and their F1.

Two measurements: on the annotated records, which is about merging alone, and on the reader's own, each taken for the
act whose words it overlaps and whose type it has or one like it; acts that the reader misses are counted, not judged.
Pairs of the same act of which one lies ahead and the other is done are left out: the ledger links them as a step and
its outcome. The weights in ontology/merging.yaml were fitted on `dev` alone.

    python -m benchmarks.merging [FOLDER] [--details] [--fit]
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from benchmarks.measured import Measured
from dragoman.domain import QUAD, Because, Event, Person, Reading, Span, Window
from dragoman.ledger import Ledger
from dragoman.ledger.entries import Item
from dragoman.ledger.same import akin, event_features
from dragoman.sources import from_text

STORIES = Path(__file__).parent / "stories"


@dataclass(frozen=True, slots=True)
class Told:
    """A record of the reader with the act that a story says it is, the entry the ledger put it in and its words."""

    act: str
    standing: str
    entry: str
    item: Item


@dataclass(frozen=True, slots=True)
class Act:
    """An annotated act under the name it has in its story."""

    name: str
    event: Event


@dataclass(frozen=True, slots=True)
class Scores:
    """What was counted over pairs of records."""

    stories: int
    documents: int
    acts: int
    read: int
    right: int
    joined: int
    same: int

    @property
    def precision(self) -> float:
        """Return the share of joined pairs that are the same act."""
        return self.right / self.joined if self.joined else 0.0

    @property
    def recall(self) -> float:
        """Return the share of pairs of the same act that are joined."""
        return self.right / self.same if self.same else 0.0

    @property
    def f1(self) -> float:
        """Return their harmonic mean."""
        return 2 * self.right / (self.joined + self.same) if self.joined + self.same else 0.0


def load(folder: Path) -> list[tuple[str, Any]]:
    """Return the stories of a folder by name."""
    return [(path.stem, yaml.safe_load(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.yaml"))]


def tell(folder: Path, *, annotated: bool) -> tuple[list[Told], Counter[str]]:
    """Put all stories of a folder into one ledger; return the records that are known acts, and counts."""
    counts: Counter[str] = Counter()
    acts: dict[str, list[Act]] = {}
    with Ledger.open(":memory:") as ledger:
        for name, story in load(folder):
            counts["stories"] += 1
            for report in story["documents"]:
                document = from_text(
                    report["text"],
                    published=str(report["published"]),
                    title=report.get("title"),
                    publisher=report["publisher"],
                )
                told = [_annotated(name, act, report["text"]) for act in report["events"]]
                events = tuple(one.event for one in told)
                added = (
                    ledger.add_reading(Reading(document=document, events=events)) if annotated else ledger.add(document)
                )
                acts[added.document] = told
                counts["documents"] += 1
                counts["acts"] += len(told)
        found = []
        for entry in ledger.entries("events", as_of=date.max):
            for item in entry.items:
                act = _act(item, acts[item.source.document])
                if act:
                    found.append(Told(act.name, standing(act.event.status), entry.id, item))
    counts["read"] = len(found)
    return found, counts


def standing(status: str) -> str:
    """Return whether an act lies ahead, is done or is denied."""
    return {"planned": "ahead", "possible": "ahead", "denied": "denied"}.get(status, "done")


def _annotated(story: str, act: dict[str, Any], text: str) -> Act:
    start = text.index(act["quote"])
    days = [date.fromisoformat(d) if d else None for d in str(act["when"]).split("..")] if act["when"] else None
    return Act(
        f"{story}/{act['event']}",
        Event(
            type=act["type"],
            actors=tuple(act["actors"]),
            recipients=tuple(act["recipients"]),
            participants=tuple(Person(name) for name in act["participants"]),
            status=act["status"],
            when=Window(*days) if days else None,
            tracks=tuple(act["tracks"]),
            evidence=(Span(start, start + len(act["quote"]), act["quote"]),),
            because=Because("annotated", 1.0),
        ),
    )


def _act(item: Item, acts: list[Act]) -> Act | None:
    """Return the act whose words a record overlaps most, of its type or one like it."""
    event = item.record
    assert isinstance(event, Event)
    best, found = 0, None
    for act in acts:
        span = act.event.evidence[0]
        common = sum(max(0, min(span.end, s.end) - max(span.start, s.start)) for s in event.evidence)
        fits = akin(event.type, act.event.type) or QUAD[event.type] == QUAD[act.event.type]
        weight = common * (2 if event.type == act.event.type else 1)
        if common and fits and weight > best:
            best, found = weight, act
    return found


def pairs(told: list[Told]) -> Iterator[tuple[Told, Told, bool]]:
    """Yield all pairs from different documents that are judged, and whether they are the same act."""
    for left, right in combinations(told, 2):
        if left.item.source.document == right.item.source.document:
            continue
        same = left.act == right.act
        if same and left.standing != right.standing:
            continue
        yield left, right, same


def measure(folder: Path, *, annotated: bool) -> tuple[Scores, list[Told]]:
    """Return the scores of a folder of stories, and the records they were counted on."""
    told, counts = tell(folder, annotated=annotated)
    right = joined = same = 0
    for left, other, alike in pairs(told):
        together = left.entry == other.entry
        right += together and alike
        joined += together
        same += alike
    return Scores(counts["stories"], counts["documents"], counts["acts"], counts["read"], right, joined, same), told


def measured(folder: Path = STORIES / "test") -> Measured:
    """Return the figures of merging alone as the accuracy page and its floors take them."""
    scores, _ = measure(folder, annotated=True)
    content = b"".join(path.read_bytes() for path in sorted(folder.glob("*.yaml")))
    figures = {"precision": scores.precision, "recall": scores.recall, "F1": scores.f1}
    return Measured("merging", f"stories/{folder.name}", sha256(content).hexdigest()[:12], scores.read, figures)


def fit(told: list[Told], strength: float = 1.0) -> dict[str, float]:
    """Return the weights of a logistic regression over the pairs that are not out of the question (Newton's method)."""
    rows, labels = [], []
    for left, right, same in pairs(told):
        features = event_features(left.item, right.item)
        if not isinstance(features, str):
            rows.append({"bias": 1.0, **features})
            labels.append(float(same))
    names = list(rows[0])
    x, y = np.array([[row[name] for name in names] for row in rows]), np.array(labels)
    w = np.zeros(len(names))
    penalty = np.full(len(names), strength)
    penalty[0] = 0.0
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (p - y) + penalty * w
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty + 1e-9)
        w -= np.linalg.solve(hessian, gradient)
    print(f"{len(y)} pairs, {int(y.sum())} the same")
    return {name: round(float(value), 2) for name, value in zip(names, w, strict=True)}


def main(arguments: list[str] | None = None) -> int:
    """Print the scores; with --details the pairs that are wrong, with --fit new weights."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folder", type=Path, nargs="?", default=STORIES / "test")
    parser.add_argument("--details", action="store_true", help="list pairs joined or parted wrongly")
    parser.add_argument("--fit", action="store_true", help="print weights fitted on these stories")
    given = parser.parse_args(arguments)
    if not given.folder.is_dir():
        print(f"no folder {given.folder}. Give one with stories (*.yaml).", file=sys.stderr)
        return 2
    for annotated in (True, False):
        scores, told = measure(given.folder, annotated=annotated)
        if annotated:
            print(f"{scores.stories} stories, {scores.documents} documents, {scores.acts} acts told")
        print(
            f"{'annotated' if annotated else 'as read':9} {scores.read:4} records  precision {scores.precision:.3f}  "
            f"recall {scores.recall:.3f}  F1 {scores.f1:.3f}  ({scores.same} pairs the same, {scores.joined} joined)"
        )
        if given.details:
            _list(told)
        if given.fit and annotated:
            print(fit(told))
    return 0


def _list(told: list[Told]) -> None:
    for left, right, same in pairs(told):
        if same != (left.entry == right.entry):
            print("MISSED" if same else "WRONG ", _line(left), "<>", _line(right))
            print("       ", event_features(left.item, right.item))


def _line(told: Told) -> str:
    event = told.item.record
    assert isinstance(event, Event)
    when = f"{event.when.start}..{event.when.end}" if event.when else "-"
    quote = " ".join(event.evidence[0].quote.split())[:90]
    sides = f"{','.join(event.actors)}>{','.join(event.recipients)}"
    return f"{told.act} {told.item.source.known_on} {event.type} {sides} {event.status} {when} “{quote}”"


if __name__ == "__main__":
    raise SystemExit(main())
