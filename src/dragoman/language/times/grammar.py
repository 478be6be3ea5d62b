"""Single calendar expressions: the patterns of the calendar, compiled, and what each one means.

In:     a text and a position at the start of a word.
Out:    the longest expression that begins there and its `Meaning`, or None; no composition, no context.
Data:   `patterns` in ontology/calendar.yaml.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import NamedTuple

from dragoman.language.times.builders import BUILDERS
from dragoman.language.times.builders_dates import Builder
from dragoman.language.times.lexicon import NUMERIC, calendar, first_words, slots, spaced
from dragoman.language.times.model import Meaning

_SLOT = re.compile(r"\{(\w*[a-z_]\w*)\}")
_OPTIONAL = re.compile(r"\(\?:([\w\[\] '’|-]+)\)\?")


class Rule(NamedTuple):
    """One pattern of the calendar, ready to match."""

    name: str
    pattern: re.Pattern[str]
    build: Builder


class Found(NamedTuple):
    """An expression found: where it ends, what it means and by which rule."""

    end: int
    meaning: Meaning
    rule: str


def compile_template(template: str, *, bounded: bool = True) -> re.Pattern[str]:
    """Return the pattern that a template of the calendar stands for; a bounded one ends at the end of a word."""
    pieces = _SLOT.split(template)
    pattern = "".join(
        spaced(piece) if index % 2 == 0 else f"(?P<{piece}>{slots()[piece].pattern})"
        for index, piece in enumerate(pieces)
    )
    return re.compile(f"(?:{pattern})" + (r"(?!\w)" if bounded else ""), re.IGNORECASE)


def openers(template: str) -> frozenset[str]:
    """Return the words, in lower case, that a template's matches can begin with."""
    optional = _OPTIONAL.match(template)
    if optional:
        return first_words(optional[1].split("|")) | openers(template[optional.end() :])
    if template.startswith("['’]?"):
        return openers(template[len("['’]?") :]) | {NUMERIC}
    choice = re.match(r"\(\?:((?:\{?[\w ']+\}?\|?)+)", template) or re.match(r"((?:\{\w+\}-long\|?)+)", template)
    heads = choice[1].split("|") if choice else [template]
    return frozenset().union(*(_head(head) for head in heads))


def _head(text: str) -> frozenset[str]:
    slot = _SLOT.match(text)
    return slots()[slot[1]].openers if slot else first_words([text])


@cache
def rules_by_opener() -> dict[str, tuple[Rule, ...]]:
    """Return the rules that may match at each first word."""
    table: dict[str, list[Rule]] = defaultdict(list)
    for name, template in calendar()["patterns"].items():
        rule = Rule(name, compile_template(template), BUILDERS[name])
        for word in openers(template):
            table[word].append(rule)
    return {word: tuple(found) for word, found in table.items()}


def single(text: str, position: int, opener: str) -> Found | None:
    """Return the longest single expression at a position; of equally long ones the first in the calendar."""
    best: Found | None = None
    for rule in rules_by_opener().get(opener, ()):
        match = rule.pattern.match(text, position)
        if match is None or (best and match.end() <= best.end):
            continue
        meaning = rule.build({key: value for key, value in match.groupdict().items() if value})
        if meaning:
            best = Found(match.end(), meaning, rule.name)
    return best
