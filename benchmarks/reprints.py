"""Reprints: `python -m benchmarks.reprints [--texts N] [--crowd N] [--details]` measures what is taken for a reprint.

In:     distinct texts of the project's own and reprints of some of them, as benchmarks/reprinting.py makes them.
Out:    recall by kind of change and by length, and false joins among all distinct texts and of reprints with others.
        A reprint counts as found where it is linked with its own text; each is tried alone beside all distinct texts.
Cost:   how many texts a new one is compared with, and milliseconds; `--crowd N` puts N generated texts there first.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from statistics import mean, median, quantiles

from benchmarks.generated import readings
from benchmarks.measured import Measured, brief, print_measured
from benchmarks.reprinting import SEED, TEXTS, Reprint, Text, distinct, reprints
from dragoman.ledger import origins
from dragoman.ledger.store import Store

#: How many of the distinct texts, of `TEXTS`, are reprinted.
ORIGINALS = 400
TARGET = 0.95
#: Upper ends of the lengths in words by which recall is told.
LENGTHS = (50, 100, 200, 400)


@dataclass(slots=True)
class Found:
    """What was counted: the parts that make a rate, what was compared, and errors by cause."""

    hits: Counter[str] = field(default_factory=Counter)
    tries: Counter[str] = field(default_factory=Counter)
    joined: int = 0
    strayed: int = 0
    compared: list[int] = field(default_factory=list)
    took: list[float] = field(default_factory=list)
    errors: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def main(arguments: list[str] | None = None) -> int:
    """Print the figures; with --details the reprints missed and the texts joined wrongly."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reprints", description="What is taken for a reprint.")
    parser.add_argument("--texts", type=int, default=TEXTS, metavar="N", help="how many distinct texts")
    parser.add_argument("--crowd", type=int, default=0, metavar="N", help="generated texts put beside them first")
    parser.add_argument("--seed", type=int, default=SEED, help="another choice of sentences and changes")
    parser.add_argument("--details", action="store_true", help="list misses and false joins")
    options = parser.parse_args(arguments)
    if options.texts < 50:
        print("Too few texts to compose all kinds of. Give --texts 50 or more.", file=sys.stderr)
        return 2
    print_measured(measure(options.texts, crowd=options.crowd, seed=options.seed), details=options.details)
    return 0


def measure(count: int = TEXTS, *, crowd: int = 0, seed: int = SEED) -> Measured:
    """Return recall and false joins over so many distinct texts and the reprints made of a fifth of them."""
    texts = distinct(count, seed)
    made = reprints(texts, ORIGINALS * count // TEXTS, seed)
    found = Found()
    store = Store.open(":memory:")
    try:
        for reading in readings(crowd, seed=seed + 1):
            _put(store, reading.document.text)
        numbers = _put_distinct(store, texts, found)
        for reprint in made:
            _try(store, reprint, numbers, texts, found)
    finally:
        store.close()
    content = "\0".join([*(text.text for text in texts), *(reprint.text for reprint in made)])
    return Measured(
        "reprints",
        f"{count} distinct texts, {len(made)} reprints",
        sha256(content.encode()).hexdigest()[:12],
        count + len(made),
        _figures(found),
        found.errors,
    )


def _figures(found: Found) -> dict[str, float]:
    shares = {name: found.hits[name] / tries for name, tries in found.tries.items()}
    return {
        f"recall (target {TARGET})": shares.pop("all"),
        "false joins among distinct texts": found.joined,
        "false joins of reprints": found.strayed,
        **{f"recall, {name} ({found.tries[name]})": share for name, share in shares.items()},
        "compared with, mean": mean(found.compared),
        "compared with, most": max(found.compared),
        "milliseconds, median": median(found.took) * 1000,
        "milliseconds, 99 of 100 under": quantiles(found.took, n=100)[-1] * 1000,
    }


def _put_distinct(store: Store, texts: list[Text], found: Found) -> dict[int, int]:
    """Store all distinct texts and count those joined; return the place of each by its number in the store."""
    numbers: dict[int, int] = {}
    for at, text in enumerate(texts):
        number, alike = _put(store, text.text, found)
        for other, share in alike:
            found.joined += 1
            one = texts[numbers[other]].text if other in numbers else "(of the crowd)"
            found.errors["joined"].append(f"{share:.2f} {text.kind}: {_line(text.text)} <> {_line(one)}")
        numbers[number] = at
    return numbers


def _try(store: Store, reprint: Reprint, numbers: dict[int, int], texts: list[Text], found: Found) -> None:
    """Store a reprint, count what it is joined with, and take it out again."""
    with suppress(_BackOut), store.write():
        _, alike = _put(store, reprint.text, found)
        raise _BackOut
    own = {numbers.get(number, -1): share for number, share in alike}
    hit = own.pop(reprint.of, None) is not None
    words = len(reprint.text.split())
    upper = next((str(end) for end in LENGTHS if words < end), "")
    for name in ("all", reprint.change, f"of {texts[reprint.of].kind}", f"under {upper} words" if upper else "longer"):
        found.tries[name] += 1
        found.hits[name] += hit
    if not hit:
        likeness = origins.likeness(reprint.text, texts[reprint.of].text)
        cause = f"missed, {reprint.change}"
        found.errors[cause].append(f"{likeness:.2f} {words} words, {texts[reprint.of].kind}: {_line(reprint.text)}")
    for other, share in own.items():
        found.strayed += 1
        one = texts[other] if other >= 0 else Text("crowd", "")
        cause = f"strayed, {reprint.change} of {texts[reprint.of].kind}"
        found.errors[cause].append(f"{share:.2f} {words} words: {_line(reprint.text)} <> {one.kind}: {_line(one.text)}")


class _BackOut(Exception):
    """Leaves a transaction without storing what it did."""


def _put(store: Store, text: str, found: Found | None = None) -> tuple[int, list[tuple[int, float]]]:
    """Store a text as a document and return its number and what it was found alike with."""
    number = store.do(
        "INSERT INTO document (key, text, layout, known_on, added_at, sketch, origin) "
        "SELECT 'D-' || n, ?, '{}', '2020-01-01', '', x'', 'D-' || n FROM (SELECT count(*) AS n FROM document)",
        (text,),
    )
    if found:
        found.compared.append(len(origins.near(store, origins.sketch(text))))
    begun = time.perf_counter()
    alike = origins.place(store, number, text, origins.sketch(text))
    if found:
        found.took.append(time.perf_counter() - begun)
    return number, alike


def _line(text: str) -> str:
    return brief(" ".join(text.split()))


if __name__ == "__main__":
    raise SystemExit(main())
