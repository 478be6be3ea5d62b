"""Clusters from judgements: what goes together, whatever the order."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.ledger.clustering import clusters


def _groups(*pieces: str) -> list[frozenset[str]]:
    return [frozenset(piece) for piece in pieces]


@pytest.mark.parametrize(
    ("keys", "scores", "together", "apart", "groups"),
    [
        ("abc", {}, "", "", ["a", "b", "c"]),
        ("abc", {"ab": 0.9}, "", "", ["ab", "c"]),
        ("abc", {"ab": 0.9, "bc": 0.9, "ac": 0.9}, "", "", ["abc"]),
        ("abc", {"ab": 0.4}, "", "", ["a", "b", "c"]),
        ("abc", {"ab": 0.9}, "", "ab", ["a", "b", "c"]),  # a person parts
        ("abc", {}, "ac", "", ["ac", "b"]),  # a person joins
        ("abc", {"ab": 0.9, "bc": 0.9, "ac": 0.9}, "", "ac", None),  # c or a joins b, not both
        ("ab", {"ab": 0.9}, "ab", "ab", ["ab"]),  # joined is stronger than parted
        ("abcd", {"ab": 0.9, "cd": 0.9}, "bc", "", ["abcd"]),  # whole clusters are joined
        ("ab", {"ax": 0.9}, "ax", "bx", ["a", "b"]),  # of keys that are gone nothing is said
        ("", {}, "", "", []),
    ],
)
def test_what_goes_together(keys, scores, together, apart, groups):
    """The table of cases; letters are keys."""

    def pairs(text: str) -> list[tuple[str, str]]:
        return [(pair[0], pair[1]) for pair in text.split()]

    found = clusters(keys, {(p[0], p[1]): s for p, s in scores.items()}, pairs(together), pairs(apart))

    if groups is None:
        assert sorted(map(len, found)) == [1, 2]
        assert all(not {"a", "c"} <= group for group in found)
    else:
        assert found == _groups(*groups)


KEYS = "abcdefg"
PAIRS = [(x, y) for x in KEYS for y in KEYS if x < y]
SCORES = st.dictionaries(st.sampled_from(PAIRS), st.sampled_from([0.3, 0.5, 0.6, 0.75, 0.75, 0.9, 1.0]), max_size=15)
SOME = st.lists(st.sampled_from(PAIRS), max_size=2, unique=True)


@settings(max_examples=150, deadline=None)
@given(SCORES, SOME, SOME, st.permutations(KEYS), st.randoms(use_true_random=False))
def test_the_order_does_not_matter(scores, together, apart, keys, random):
    """The clusters depend on the set of judgements alone."""
    mixed = list(scores.items())
    random.shuffle(mixed)

    found = clusters(keys, dict(mixed), reversed(together), reversed(apart))

    assert found == clusters(KEYS, scores, together, apart)


@settings(max_examples=150, deadline=None)
@given(SCORES, SOME, SOME)
def test_a_persons_word_holds(scores, together, apart):
    """What a person joined is together, what a person parted is apart unless joined on; every key is in one cluster."""
    found = clusters(KEYS, scores, together, apart)

    assert sorted(key for group in found for key in group) == list(KEYS)
    for left, right in together:
        assert any({left, right} <= group for group in found)
    if not together:
        assert all(not set(pair) <= group for pair in apart for group in found)
