"""How common terms are: `python -m training.frequency` writes ontology/frequency.yaml.

In:     the sentences and reports of training/data.
Out:    for each term that stands in at least `FEWEST` of them a weight between 0 (in all) and 1 (in `FEWEST`): the
        inverse document frequency, scaled. Terms that are not listed weigh 1.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from dragoman.ledger.terms import words

DATA = Path(__file__).parent / "data"
TARGET = Path(__file__).parents[1] / "src" / "dragoman" / "ontology" / "frequency.yaml"
FEWEST = 8  # guess: below it a count says little
HEADER = """# How much a term says of which event is meant: 1 for a rare one, near 0 for one that stands everywhere.
# Counted on training/data by `python -m training.frequency`; terms that are not listed weigh 1.
"""


def texts() -> Iterator[str]:
    """Yield every sentence and every paragraph of a report."""
    for path in sorted(DATA.glob("sentences/*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)["text"]
    for path in sorted(DATA.glob("reports/*.txt")):
        yield from (line for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def weights() -> dict[str, float]:
    """Return the weight of each term that is not rare, in the order of the alphabet."""
    counts: Counter[str] = Counter()
    number = 0
    for text in texts():
        counts.update(words(text))
        number += 1
    most = math.log(number / FEWEST)
    return {term: round(math.log(number / count) / most, 2) for term, count in sorted(counts.items()) if count > FEWEST}


def render(found: dict[str, float]) -> str:
    """Return the content of the file."""
    return HEADER + "".join(f"{json.dumps(term)}: {value}\n" for term, value in found.items())


if __name__ == "__main__":
    TARGET.write_text(render(weights()), encoding="utf-8")
