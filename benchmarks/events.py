"""Events end to end: `python -m benchmarks.events DATA.jsonl [--details]`.

In:     rows `{id, text, date, events: [{class15, source, target}]}`: newswire sentences with who did what to whom as
        ISO alpha-3 codes; `date` (`YYYY-MM-DD`) may be missing.
Out:    the share of records whose class, source and target are all found, and the extra events for each right one and
        for each text.
Counts: an event of several sides counts as one for each pair of sides. For AGREE, CONSULT, COOPERATE and SUPPORT either
        order counts, and the two orders of a pair are one event. CONCEDE and RETREAT count as YIELD.
Never:  sees the annotation before the reading is done.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.measured import Measured, brief, digest, print_measured, rows
from dragoman import reading, sources
from dragoman.domain import Event
from dragoman.errors import DragomanError, UsageError

#: Classes in which the order of the sides does not matter.
EITHER = frozenset({"AGREE", "CONSULT", "COOPERATE", "SUPPORT"})

Dyad = tuple[str, str, str]  # class, source, target


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.events", description="Measure events end to end.")
    parser.add_argument("data", type=Path, metavar="DATA.jsonl")
    parser.add_argument("--details", action="store_true", help="list the errors by cause")
    options = parser.parse_args(arguments)
    try:
        print_measured(measure(options.data), details=options.details)
    except DragomanError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def measure(path: Path) -> Measured:
    """Return the figures on one file. Raises `UsageError` where it is missing or malformed."""
    total = right = extra = texts = 0
    errors: dict[str, list[str]] = {}
    for row in rows(path):
        try:
            text, gold = row["text"], [(e["class15"], e["source"], e["target"]) for e in row["events"]]
        except (KeyError, TypeError) as error:
            raise UsageError(f"{path.name}: a row lacks `text` or `events` with class15, source, target.") from error
        found = set(dyads(text, row.get("date")))
        wanted = {_ordered(g) for g in gold}
        texts += 1
        total += len(gold)
        right += sum(_ordered(g) in found for g in gold)
        extra += len(found - wanted)
        name = f"{row.get('id', texts)}: {brief(text)}"
        for dyad in sorted(wanted - found):
            errors.setdefault(_cause(dyad, found), []).append(f"{name} | {_shown([dyad])} | found {_shown(found)}")
        for dyad in sorted(found - wanted):
            errors.setdefault("extra", []).append(f"{name} | {_shown([dyad])}")
    return Measured(
        "events",
        path.name,
        digest(path),
        texts,
        {
            "records": total,
            "all right": right / max(1, total),
            "extra for each right one": extra / max(1, right),
            "extra for each text": extra / max(1, texts),
        },
        errors,
    )


def dyads(text: str, published: str | None) -> Iterator[Dyad]:
    """Yield the class, source and target of every event that the reader finds in a text."""
    document = sources.from_text(text, published=_day(published))
    for event in reading.read(document).events:
        yield from (_ordered(d) for d in _pairs(event))


def _day(published: str | None) -> date | None:
    """Return the date of a row, None where it has none or an impossible one."""
    try:
        return date.fromisoformat(published) if published else None
    except ValueError:
        return None


def _pairs(event: Event) -> Iterator[Dyad]:
    kind = class15(event.type)
    if event.recipients:
        yield from ((kind, a, r) for a in event.actors for r in event.recipients)
    else:
        yield from ((kind, a, b) for a in event.actors for b in event.actors if a != b)


def class15(kind: str) -> str:
    """Return the class of fifteen that a PLOVER type counts as."""
    return "YIELD" if kind in ("CONCEDE", "RETREAT") else kind


def _ordered(dyad: Dyad) -> Dyad:
    kind, *sides = dyad
    return (kind, *sorted(sides)) if kind in EITHER else dyad  # type: ignore[return-value]


def _cause(dyad: Dyad, found: set[Dyad]) -> str:
    if any(set(d[1:]) == set(dyad[1:]) and d[0] == dyad[0] for d in found):
        return "direction"
    if any(set(d[1:]) == set(dyad[1:]) for d in found):
        return "class"
    if any(d[0] == dyad[0] for d in found):
        return "sides"
    return "missed"


def _shown(dyads: Any) -> str:
    return ", ".join(f"{c} {s}>{t}" for c, s, t in sorted(dyads)) or "nothing"


if __name__ == "__main__":
    sys.exit(main())
