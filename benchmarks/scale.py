"""Scale: `python -m benchmarks.scale [--documents 20000] [--json FILE] [--keep FILE]` times a ledger of many documents.

In:     generated readings (benchmarks/generated.py: 10 documents a day, so a larger ledger covers more time); no text
        is read. `--keep FILE` leaves the ledger there, and goes on with it where one is there already.
Out:    a table: what adding a document takes as the ledger grows, the size of the file, and how long each view takes.
Units:  milliseconds on the wall, one process. Adding: median and mean of the last `LAST` documents at each mark.
        Views: median, 95th percentile and longest, over pairs drawn as often as they occur ("often") and over pairs
        drawn evenly ("evenly"), as of the last day and as of the middle of the ledger's time.
Exit:   0 whatever the figures are; the targets stand beside them.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from pathlib import Path
from statistics import mean, median, quantiles
from typing import Any

from benchmarks.generated import A_DAY, SEED, readings
from dragoman import views
from dragoman.errors import DragomanError, UsageError
from dragoman.ledger import Ledger
from dragoman.ledger.keys import document_key

DOCUMENTS = 20_000
#: Numbers of documents at which adding is timed, and over how many documents before each.
MARKS, LAST = (1_000, 2_000, 5_000, 10_000, 20_000), 500
#: Targets of the project: the median of a view, and adding at the last mark against the first.
VIEW_TARGET, RATIO_TARGET = 300.0, 1.5
#: How often each view is asked under each condition.
ASKED = 25

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Adding:
    """What adding took up to a number of documents, over the last `LAST` of them, in milliseconds."""

    documents: int
    median: float
    mean: float
    longest: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Viewing:
    """What one view took under one condition, in milliseconds."""

    view: str
    pairs: str
    as_of: str
    asked: int
    median: float
    high: float
    longest: float


@dataclass(slots=True)
class Scale:
    """All figures. `per_second` counts documents over the whole of this run's adding."""

    documents: int
    seed: int
    a_day: int
    per_second: float | None = None
    adding: list[Adding] = field(default_factory=list)
    viewing: list[Viewing] = field(default_factory=list)
    megabytes: float = 0.0
    machine: str = f"{platform.machine()}, Python {platform.python_version()}"

    @property
    def ratio(self) -> float | None:
        """Return the median time of a document at the last mark over that at the first; None with fewer than two."""
        return self.adding[-1].median / self.adding[0].median if len(self.adding) > 1 else None

    @property
    def mean_ratio(self) -> float | None:
        """Return the same for the mean, in which the few slow documents count."""
        return self.adding[-1].mean / self.adding[0].mean if len(self.adding) > 1 else None

    def to_dict(self) -> dict[str, Any]:
        """Return plain numbers and words."""
        return {**asdict(self), "ratio": self.ratio, "mean_ratio": self.mean_ratio}


def main(arguments: list[str] | None = None) -> int:
    """Build, measure, print the table and return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.scale", description="How a ledger bears many documents."
    )
    parser.add_argument("--documents", type=int, default=DOCUMENTS, metavar="N", help=f"default {DOCUMENTS:,}")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there too")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="build the ledger there, or go on with that one")
    parser.add_argument("--seed", type=int, default=SEED, metavar="N", help="of the generator")
    parser.add_argument("--asked", type=int, default=ASKED, metavar="N", help="times each view is asked; 0 for none")
    options = parser.parse_args(arguments)
    try:
        with tempfile.TemporaryDirectory() as folder:
            place = options.keep or Path(folder) / "scale.ledger"
            found = measure(place, options.documents, seed=options.seed, asked=options.asked, say=_progress)
            if options.json:
                options.json.write_text(json.dumps(found.to_dict(), indent=1) + "\n", encoding="utf-8")
    except (DragomanError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print("\n".join(table(found)))
    return 0


def measure(
    path: Path,
    documents: int,
    *,
    seed: int = SEED,
    asked: int = ASKED,
    marks: Sequence[int] = MARKS,
    say: Callable[[str], None] = lambda _: None,
) -> Scale:
    """Build a ledger of so many generated documents at a path, or go on with the one there, and time it.

    Raises `UsageError` where the number is none, or the ledger at the path holds other documents.
    """
    if documents < 1:
        raise UsageError(f"{documents} documents are none to measure with. Give --documents 1 or more.")
    found = Scale(documents, seed, A_DAY)
    with Ledger.open(path) as ledger:
        _add(ledger, path, found, marks, say)
        found.megabytes = _megabytes(path)
        if asked:
            say("views")
            found.viewing = time_views(ledger, asked, random.Random(seed))
    return found


# --- adding


def _add(ledger: Ledger, path: Path, found: Scale, marks: Sequence[int], say: Callable[[str], None]) -> None:
    """Add what is missing, noting the time of each document."""
    there = {one.document for one in ledger.documents(as_of=date.max)}
    taken: list[float] = []
    for number, reading in enumerate(readings(found.documents, seed=found.seed), 1):
        if number <= len(there):
            if document_key(reading.document) not in there:
                raise UsageError(f"{path} holds other documents. Choose a new file with --keep.")
            continue
        began = time.perf_counter()
        ledger.add_reading(reading)
        taken.append((time.perf_counter() - began) * 1000)
        if number in marks or (number == found.documents and number < min(marks)):
            last = taken[-LAST:]
            found.adding.append(Adding(number, median(last), mean(last), max(last), _megabytes(path)))
            say(f"{number:,} documents: median {median(last):.1f} ms, mean {mean(last):.1f} ms")
    if taken:
        found.per_second = len(taken) / (sum(taken) / 1000)


def _megabytes(path: Path) -> float:
    return sum(p.stat().st_size for p in path.parent.glob(f"{path.name}*")) / 1e6


# --- views

#: Views over all pairs are asked less often, as each answer is the same.
WHOLE_ASKED = 3


def time_views(ledger: Ledger, asked: int, dice: random.Random) -> list[Viewing]:
    """Return what each view takes, by how the pairs are drawn and as of which day."""
    known = [one.known_on for one in ledger.documents(as_of=date.max)]
    days = {"last day": max(known), "middle": min(known) + (max(known) - min(known)) / 2}
    counts = ledger.pairs(as_of=days["middle"])
    if not counts:
        raise UsageError("no pair of actors is told of by the middle of this ledger's time. Add more documents.")
    drawn = {
        "often": dice.choices([c.pair for c in counts], [c.documents for c in counts], k=asked),
        "evenly": dice.choices([c.pair for c in counts], k=asked),
    }
    out = []
    for name, day in days.items():
        for how, pairs in drawn.items():
            asking = of_pair(ledger, day, dice)
            out += [_timed(view, how, name, [(ask, pair) for pair in pairs]) for view, ask in asking.items()]
        whole = of_all(ledger, day)
        out += [_timed(view, "all", name, [(ask, counts[0].pair)] * WHOLE_ASKED) for view, ask in whole.items()]
    return out


def of_pair(ledger: Ledger, day: date, dice: random.Random) -> dict[str, Callable[[Pair], Any]]:
    """Return the views that are asked for a pair, as of a day."""
    month = day - timedelta(30)

    def said(pair: Pair) -> Any:
        return views.statements(ledger, dice.choice(pair), as_of=day)

    def searched(pair: Pair) -> Any:
        words = dice.choice(ledger.entries("events", pair=pair, as_of=day, limit=5) or [None])
        return " ".join(words.quotes[0].text.split()[4:6]) if words else "talks"

    def shown(pair: Pair) -> Any:
        found = ledger.entries(dice.choice(("events", "next_steps")), pair=pair, as_of=day, limit=10)
        return dice.choice(found).id if found else ledger.entries("events", as_of=day, limit=1)[0].id

    return {
        "relation": lambda p: views.relation(ledger, *p, as_of=day),
        "timeline": lambda p: views.timeline(ledger, *p, as_of=day),
        "timeline --track": lambda p: views.timeline(ledger, *p, track="trade", as_of=day),
        "tension --by month": lambda p: views.tension(ledger, *p, by="month", as_of=day),
        "tension --by week": lambda p: views.tension(ledger, *p, by="week", as_of=day),
        "brief": lambda p: views.brief(ledger, *p, as_of=day),
        "due": lambda p: views.due(ledger, p, as_of=day),
        "disputes": lambda p: views.disputes(ledger, p, as_of=day),
        "measures": lambda p: views.measures(ledger, p, as_of=day),
        "initiatives": lambda p: views.initiatives(ledger, p, as_of=day),
        "diff, a month": lambda p: views.diff(ledger, month, pair=p, as_of=day),
        "statements": said,
        "search": _Prepared(searched, lambda words: views.search(ledger, words, as_of=day)),
        "show": _Prepared(shown, lambda entry: views.show(ledger, entry, as_of=day)),
    }


def of_all(ledger: Ledger, day: date) -> dict[str, Callable[[Pair], Any]]:
    """Return the views that are asked of the whole ledger, as of a day."""
    week = day - timedelta(7)
    return {
        "due, all": lambda _: views.due(ledger, as_of=day),
        "due, all, --within 30d": lambda _: views.due(ledger, within=timedelta(30), as_of=day),
        "disputes, all": lambda _: views.disputes(ledger, as_of=day),
        "measures, all": lambda _: views.measures(ledger, as_of=day),
        "measures, all, --stock": lambda _: views.measures(ledger, show="stock", as_of=day),
        "initiatives, all": lambda _: views.initiatives(ledger, as_of=day),
        "diff, all, a week": lambda _: views.diff(ledger, week, as_of=day),
        "search, a common word": lambda _: views.search(ledger, "talks", as_of=day),
    }


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A view with what it is asked for, which is found before the clock starts."""

    prepare: Callable[[Pair], Any]
    ask: Callable[[Any], Any]

    def __call__(self, given: Any) -> Any:
        return self.ask(given)


def _timed(view: str, pairs: str, as_of: str, asked: Iterable[tuple[Callable[[Any], Any], Pair]]) -> Viewing:
    """Ask a view for each pair, and return what that took; the first answer warms up and is not counted."""
    taken = []
    for number, (ask, pair) in enumerate(asked):
        given = ask.prepare(pair) if isinstance(ask, _Prepared) else pair
        for _ in range(1 if number else 2):
            began = time.perf_counter()
            ask(given)
            spent = (time.perf_counter() - began) * 1000
        taken.append(spent)
    high = quantiles(taken, n=20)[-1] if len(taken) > 1 else taken[0]
    return Viewing(view, pairs, as_of, len(taken), median(taken), min(high, max(taken)), max(taken))


# --- showing


def table(found: Scale) -> list[str]:
    """Return the figures as lines of text."""
    lines = [f"{found.documents:,} documents, {found.a_day} a day, {found.megabytes:.0f} MB, {found.machine}", ""]
    if found.adding:
        lines += [f"{'adding, ms a document':28} {'median':>8} {'mean':>8} {'longest':>9} {'MB':>6}"]
        lines += [
            f"  at {one.documents:<23,} {one.median:8.1f} {one.mean:8.1f} {one.longest:9.0f} {one.megabytes:6.0f}"
            for one in found.adding
        ]
        if found.per_second:
            lines.append(f"  documents a second: {found.per_second:.1f}")
        if found.ratio is not None and found.mean_ratio is not None:
            lines.append(
                f"  last / first: median {found.ratio:.2f} (target {RATIO_TARGET}), mean {found.mean_ratio:.2f}"
            )
        lines.append("")
    if found.viewing:
        lines.append(f"{'views, ms':26} {'pairs':8} {'as of':10} {'median':>8} {'95 %':>8} {'longest':>9}")
        lines += [
            f"  {one.view:24} {one.pairs:8} {one.as_of:10} {one.median:8.1f} {one.high:8.1f} {one.longest:9.1f}"
            + (f"  over {VIEW_TARGET:.0f}" if one.median > VIEW_TARGET else "")
            for one in found.viewing
        ]
    return lines


def _progress(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
