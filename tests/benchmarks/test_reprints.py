"""The measure of reprints: what it makes, and that what it asks for is reached on a part of it."""

from __future__ import annotations

import pytest

from benchmarks.reprinting import CHANGES, distinct, reprints
from benchmarks.reprints import TARGET, main, measure

SOME = 300


@pytest.fixture(scope="module")
def texts():
    """So many distinct texts."""
    return distinct(SOME)


def test_texts_are_distinct_and_of_every_kind(texts):
    """No text stands twice, every kind is there, and the same seed gives the same texts."""
    assert len({text.text for text in texts}) == len(texts) == SOME
    assert {text.kind for text in texts} >= {"series", "statements", "quotations", "notices", "briefs", "generated"}
    assert {text.kind for text in texts} & {"reports", "stories"}
    assert distinct(SOME) == texts
    assert distinct(SOME, seed=2) != texts


def test_reprints_are_of_every_change_and_differ_from_their_text(texts):
    """Each kind of change is made, none leaves the text as it was, and notices are not cut."""
    made = reprints(texts, 60)

    assert {reprint.change for reprint in made} == set(CHANGES)
    assert all(reprint.text != texts[reprint.of].text for reprint in made)
    assert not any("cut" in reprint.change and texts[reprint.of].kind == "notices" for reprint in made)


@pytest.mark.parametrize("seed", [1987, 7])
def test_reprints_are_found_and_distinct_texts_kept_apart(seed):
    """Of reprints 95 in 100 are found, and no two texts are joined that are not of one origin."""
    found = measure(SOME, seed=seed)

    assert found.figures[f"recall (target {TARGET})"] >= TARGET, found.errors
    assert found.figures["false joins among distinct texts"] == 0, found.errors
    assert found.figures["false joins of reprints"] == 0, found.errors


def test_the_command_prints_a_table(capsys):
    """Figures are printed; too few texts are refused with exit code 2."""
    assert main(["--texts", "60", "--details"]) == 0
    assert "recall, reordered" in capsys.readouterr().out
    assert main(["--texts", "3"]) == 2
    assert "--texts 50 or more" in capsys.readouterr().err
