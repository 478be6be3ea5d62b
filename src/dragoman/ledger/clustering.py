"""Clusters from pairwise judgements: which items make one entry.

In:     keys, the scores of pairs of them, and the pairs that a person judged.
Out:    sets of keys.
Method: linkage by the best pairs: the two clusters whose `BEST` highest pairs have the highest mean score are joined
        while that mean is at least `SAME`; a pair without a score counts as 0. A single likeness so does not chain two
        groups, and what is told once a week later still finds the group it belongs to. A person's "different", and two
        items that cannot be one (the same document's), keep clusters apart; a person's "same" then joins two clusters
        whatever the scores say. The outcome depends on the set of judgements alone, not on the order in which they
        came: ties go by key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from heapq import heapify, heappop, heappush

from dragoman.ledger.same import SAME

Pair = tuple[str, str]
#: How many of the best pairs of two clusters are looked at (measured on benchmarks/stories/dev).
BEST = 2


def clusters(
    keys: Iterable[str],
    scores: Mapping[Pair, float],
    together: Iterable[Pair] = (),
    apart: Iterable[Pair] = (),
) -> list[frozenset[str]]:
    """Return the clusters of the keys, sorted; a pair has its lesser key first."""
    keys = set(keys)
    forced = sorted(pair for pair in together if pair[0] in keys and pair[1] in keys)
    groups = _linked(keys, scores, set(apart) - set(forced))
    home = {key: group for group in groups for key in group}
    for left, right in forced:
        both = home[left] | home[right]
        home.update(dict.fromkeys(both, both))
    return sorted(set(home.values()), key=min)


def _linked(keys: set[str], scores: Mapping[Pair, float], apart: set[Pair]) -> list[frozenset[str]]:
    """Join the two most alike clusters while any two are alike enough; a cluster is named by its least key.

    `near` holds for each cluster the best scores with each other cluster that it has a scored pair with, `against` the
    clusters it may not join. Pairs on the heap whose clusters are gone or have grown since are passed over.
    """
    groups = {key: frozenset({key}) for key in keys}
    near: dict[str, dict[str, list[float]]] = {key: {} for key in keys}
    against: dict[str, set[str]] = {key: set() for key in keys}
    for (left, right), score in scores.items():
        if left in keys and right in keys:
            near[left][right] = near[right][left] = [score]
    for left, right in apart:
        if left in keys and right in keys:
            against[left].add(right)
            against[right].add(left)

    def rank(one: str, other: str) -> tuple[float, str, str]:
        pairs = min(BEST, len(groups[one]) * len(groups[other]))
        best = near[one][other]
        return -(sum(best) / pairs), min(one, other), max(one, other)

    ahead = [rank(one, other) for one in near for other in near[one] if one < other]
    heapify(ahead)
    while ahead and -ahead[0][0] >= SAME:
        found = heappop(ahead)
        _, left, right = found  # the lesser name stays
        if left not in groups or right not in groups or right in against[left] or found != rank(left, right):
            continue
        groups[left] |= groups.pop(right)
        for other, best in near.pop(right).items():
            del near[other][right]
            if other != left:
                both = sorted([*best, *near[left].get(other, ())], reverse=True)[:BEST]
                near[left][other] = near[other][left] = both
        for other in against.pop(right):
            against[other].discard(right)
            against[other].add(left)
            against[left].add(other)
        for other in near[left]:
            heappush(ahead, rank(left, other))
    return list(groups.values())
