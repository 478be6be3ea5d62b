"""Causes: misses and extras are sorted by what is wrong with them."""

from __future__ import annotations

import pytest

from benchmarks.causes import by_cause, causes

TEXT = "Kenya thanked Ghana in Accra on Monday."


def _event(kind="SUPPORT", actors=("KEN",), recipients=("GHA",), quote=TEXT, **more):
    return {"type": kind, "actors": list(actors), "recipients": list(recipients), "evidence": [quote], **more}


@pytest.mark.parametrize(
    ("gold", "found", "expected"),
    [
        ([_event()], [_event()], []),
        ([_event()], [], ["events missed: no record in these words"]),
        ([], [_event()], ["events extra: no record in these words"]),
        ([_event(optional=True)], [], []),
        (
            [_event()],
            [_event("ACCUSE")],
            ["events missed: type (SUPPORT beside ACCUSE)", "events extra: type (ACCUSE beside SUPPORT)"],
        ),
        ([_event()], [_event(actors=["TGO"], recipients=["BEN"])], ["events missed: sides", "events extra: sides"]),
        (
            [_event()],
            [_event(actors=["GHA"], recipients=["KEN"])],
            ["events missed: direction", "events extra: direction"],
        ),
    ],
)
def test_each_cause_has_its_name(gold, found, expected):
    """What overlaps is compared by type, sides and direction."""
    named = [cause for cause, _ in causes("a", TEXT, {"events": gold}, {"events": found})]

    assert named == expected


def test_the_most_frequent_cause_comes_first():
    """So that one works through them in order of weight."""
    shown = by_cause([("rare", "x"), ("often", "y"), ("often", "z")])

    assert shown.index("often: 2") < shown.index("rare: 1")
