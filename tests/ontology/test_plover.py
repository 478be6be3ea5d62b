"""The scores of PLOVER's types and modes: whole, on the scale, and with examples that the reader tags so."""

from __future__ import annotations

import pytest

from dragoman.domain import EVENT_TYPES, QUAD
from dragoman.language.acts import find_acts
from dragoman.language.parse import pipeline
from dragoman.ontology import load
from dragoman.views.tension import plover_score

TYPES = load("plover")["types"]
ENTRIES = [
    (type_, mode, entry)
    for type_, whole in TYPES.items()
    for mode, entry in [(None, whole), *whole.get("modes", {}).items()]
]


def test_every_type_has_a_score():
    """The 16 types of the ledger and no other."""
    assert set(TYPES) == set(EVENT_TYPES)


@pytest.mark.parametrize(("type_", "mode", "entry"), ENTRIES, ids=[f"{t}-{m}" for t, m, _ in ENTRIES])
def test_a_score_lies_on_the_side_of_its_class(type_, mode, entry):
    """Cooperation is above 0, conflict below, neither beyond 10; a mode is one that the reader gives, with its code."""
    assert 0 < abs(entry["score"]) <= 10
    assert (entry["score"] > 0) == QUAD[type_].endswith("cooperation")
    assert mode is None or (mode in load("acts")["modes"][type_] and entry["cameo"].isdigit())


def test_every_example_is_tagged_as_its_entry():
    """The data prove themselves: the reader finds the type, and for a mode the mode, in the example."""
    docs = pipeline().pipe(entry["example"] for _, _, entry in ENTRIES)
    found = [{(act.type, act.hints.mode) for act in find_acts(doc)} for doc in docs]

    missed = [
        (type_, mode, entry["example"])
        for (type_, mode, entry), acts in zip(ENTRIES, found, strict=True)
        if not any(kind == type_ and mode in (None, own) for kind, own in acts)
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("type_", "mode", "score"),
    [
        ("ASSAULT", None, -9.3),
        ("CONSULT", "visit", 1.9),
        ("CONSULT", "multilateral", 2.1),  # no score of its own: the type's
        ("AGREE", "unheard-of", 4.2),
    ],
)
def test_a_mode_without_its_own_score_has_its_types(type_, mode, score):
    """An unknown or unlisted mode is no error."""
    assert plover_score(type_, mode) == score
