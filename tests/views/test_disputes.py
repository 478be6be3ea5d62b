"""Disputed claims."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.views import disputes
from dragoman.views.disputes import disputed
from tests.ledger_factory import ALedger, a_dispute_entry, a_position

TODAY = date(2026, 7, 1)


@pytest.mark.parametrize(
    ("positions", "last", "shifted"),
    [
        (["IND asserts", "USA denies"], ["IND asserts", "USA denies"], ()),
        (["IND asserts", "USA denies", "USA qualifies"], ["IND asserts", "USA qualifies"], ("USA",)),
        (["IND asserts", "IND silent"], ["IND asserts"], ()),  # silence takes nothing back
        (["CHN silent"], ["CHN silent"], ()),
        (["CHN silent", "CHN denies"], ["CHN denies"], ()),
    ],
)
def test_the_last_word_of_each_party_stands(positions, last, shifted):
    """A later word replaces an earlier one; who said both has shifted."""
    entry = a_dispute_entry(*(a_position(*words.split()) for words in positions))

    found = disputed(entry)

    assert [f"{stand.party} {stand.stand}" for stand in found.stands] == last
    assert found.shifted == shifted


def test_the_dispute_told_last_comes_first():
    """Latest first; rows tell who holds what."""
    ledger = ALedger(a_dispute_entry(id="X-old", known_on="2026-01-01"), a_dispute_entry(id="X-new"))

    found = disputes(ledger, ("IND", "USA"), as_of=TODAY)

    assert [dispute.entry.id for dispute in found.disputes] == ["X-new", "X-old"]
    assert found.rows()[0]["stands"] == "IND asserts, USA denies"
    assert [d.entry.id for d in disputes(ledger, as_of=TODAY, until=date(2026, 1, 31)).disputes] == ["X-old"]
