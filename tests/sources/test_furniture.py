"""Furniture: what is dropped and what, with the same words, is read."""

import pytest

from dragoman import ontology
from dragoman.sources import furniture

DATA = ontology.load("furniture")


@pytest.mark.parametrize(
    ("entry", "line"),
    [(entry, line) for entry in DATA["lines"] for line in entry["examples"]],
    ids=lambda value: value["id"] if isinstance(value, dict) else value[:40],
)
def test_each_pattern_matches_its_examples(entry, line):
    """Every pattern earns its place: its own examples are furniture because of it."""
    import re

    assert furniture.is_furniture(line)
    bare = furniture._tidy(line)
    assert not any(char.isalnum() for char in bare) or re.fullmatch(
        entry["pattern"], bare, 0 if entry.get("case") else re.IGNORECASE
    )


@pytest.mark.parametrize("line", [line for entry in DATA["lines"] for line in entry["keep"]])
def test_sentences_with_the_same_words_are_read(line):
    """No pattern at all takes a sentence that stands under `keep`."""
    assert not furniture.is_furniture(line)


@pytest.mark.parametrize(
    ("line", "ending"),
    [(line, True) for entry in DATA["endings"] for line in entry["examples"]]
    + [(line, False) for entry in DATA["endings"] for line in entry["keep"]],
)
def test_endings(line, ending):
    """Lines that close a text are told from sentences that begin like them."""
    assert furniture.is_ending(line) is ending


@pytest.mark.parametrize("pattern", [entry["pattern"] for entry in DATA["lines"] + DATA["endings"]])
@pytest.mark.parametrize(
    "unit", ["A", "a ", "A b, ", "read more ", "By A ", "- ", "share | ", "cookies ", "x: ", "((", "# "]
)
def test_patterns_take_no_long_time(pattern, unit):
    """No pattern backtracks without end on repeated words."""
    import re
    import time

    line = (unit * furniture.LONGEST)[: furniture.LONGEST] + "\x01"
    before = time.perf_counter()
    re.fullmatch(pattern, line, re.IGNORECASE)

    assert time.perf_counter() - before < 0.5
