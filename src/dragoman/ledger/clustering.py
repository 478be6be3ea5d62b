"""Clusters from pairwise judgements: which items make one entry.

In:     keys, the scores of pairs of them, and the pairs that a person judged.
Out:    sets of keys.
Method: linkage by the best pairs: the two clusters whose `BEST` highest pairs have the highest mean score are joined
        while that mean is at least `SAME`; a pair without a score counts as 0. A single likeness so does not chain two
        groups, and what is told once a week later still finds the group it belongs to. A person's "different", and two items that cannot be one (the same
        document's), keep clusters apart; a person's "same" then joins two clusters whatever the scores say. The outcome
        depends on the set of judgements alone, not on the order in which they came: ties go by key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations

from dragoman.ledger.same import SAME

Pair = tuple[str, str]
#: How many of the best pairs of two clusters are looked at (measured on benchmarks/stories/dev).
BEST = 3


def clusters(
    keys: Iterable[str],
    scores: Mapping[Pair, float],
    together: Iterable[Pair] = (),
    apart: Iterable[Pair] = (),
) -> list[frozenset[str]]:
    """Return the clusters of the keys, sorted; a pair has its lesser key first."""
    keys = sorted(set(keys))
    home = {key: frozenset({key}) for key in keys}
    forced = sorted(pair for pair in together if pair[0] in home and pair[1] in home)
    kept_apart = set(apart) - set(forced)
    while found := _best(set(home.values()), scores, kept_apart):
        _join(home, *found)
    for left, right in forced:
        _join(home, home[left], home[right])
    return sorted(set(home.values()), key=min)


def _join(home: dict[str, frozenset[str]], left: frozenset[str], right: frozenset[str]) -> None:
    both = left | right
    home.update(dict.fromkeys(both, both))


def _best(
    groups: set[frozenset[str]], scores: Mapping[Pair, float], apart: set[Pair]
) -> tuple[frozenset[str], frozenset[str]] | None:
    """Return the two clusters to join next, or None when no two are alike enough."""
    best: tuple[float, str, str] | None = None
    found: tuple[frozenset[str], frozenset[str]] | None = None
    for left, right in combinations(sorted(groups, key=min), 2):
        pairs = [(a, b) if a < b else (b, a) for a in left for b in right]
        if any(pair in apart for pair in pairs):
            continue
        best_pairs = sorted((scores.get(pair, 0.0) for pair in pairs), reverse=True)[:BEST]
        mean = sum(best_pairs) / len(best_pairs)
        rank = (-mean, min(left), min(right))
        if mean >= SAME and (best is None or rank < best):
            best, found = rank, (left, right)
    return found
