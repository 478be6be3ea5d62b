"""Sums of money and parts in the words of a measure: "51 mln dlrs of the sanctions".

In:     a phrase of a record.
Out:    the sums it names, and whether it speaks of a part of something.
Data:   `parts_of` in ontology/merging.yaml.
"""

from __future__ import annotations

import re
from functools import cache

from dragoman import ontology
from dragoman.domain import Rate
from dragoman.language.rates import find_rates


def amounts(phrase: str) -> tuple[Rate, ...]:
    """Return the sums of money that a phrase names, in its order."""
    return tuple(found.rate for found in find_rates(phrase) if found.rate.unit.isupper() and not found.former)


def is_part(phrase: str) -> bool:
    """Whether a phrase speaks of a part of a measure, not of all of it."""
    return _part().search(phrase) is not None


@cache
def _part() -> re.Pattern[str]:
    return re.compile("|".join(ontology.load("merging")["parts_of"]), re.IGNORECASE)
