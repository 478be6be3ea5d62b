"""Memberships: who leaves and who joins a named framework, towards those who are in it."""

from __future__ import annotations

import pytest

CASES = [
    (
        "Chad withdrew from the Sahel Water Accord on Monday, leaving Mali and Niger in it. Mali leads the accord.",
        ("REJECT", "TCD", "MLI NER", "Sahel Water Accord"),
    ),
    (
        "Niger, Chad and Mali are members of the Sahel Water Accord, which Mali runs. Chad left the accord on Monday.",
        ("REJECT", "TCD", "MLI NER", "Sahel Water Accord"),
    ),
    (
        "Fiji joined the Coral Ring Compact on Tuesday. Tonga leads the Coral Ring Compact with Samoa.",
        ("SUPPORT", "FJI", "TON WSM", "Coral Ring Compact"),
    ),
    (
        "Oman quit the Amber Ring Pact on Monday.\n\nQatar leads the Amber Ring Pact. Yemen joined it in 2012.",
        ("REJECT", "OMN", "QAT YEM", "Amber Ring Pact"),
    ),
]


@pytest.mark.parametrize(("text", "event"), CASES, ids=lambda v: str(v)[:60])
def test_leaving_and_joining_are_acts_towards_the_members(reading, text, event):
    """Leaving and joining are acts towards the members."""
    kind, actor, others, name = event
    (found,) = (e for e in reading(text).events if e.type == kind and e.actors == (actor,))
    assert (" ".join(sorted(found.recipients)), found.status) == (others, "happened")
    assert any(name in span.quote for span in found.evidence)


@pytest.mark.parametrize("verb", ["did not join", "was invited to join"])
def test_who_has_not_joined_does_nothing(reading, verb):
    """Who has not joined does nothing."""
    text = f"Fiji {verb} the Coral Ring Compact. Tonga and Samoa launched the compact last year."
    assert not [e for e in reading(text).events if "membership" in e.because.detail]
