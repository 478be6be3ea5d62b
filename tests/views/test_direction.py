"""The direction of a track."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dragoman.views.direction import DAYS, MOVE, RULES, Count, direction, moves
from tests.ledger_factory import an_act

TODAY = date(2026, 6, 30)
NOW, BEFORE = TODAY - timedelta(days=5), TODAY - timedelta(days=DAYS + 5)


def a_count(verbal_cooperation=0, material_cooperation=0, verbal_conflict=0, material_conflict=0) -> Count:
    """Return counts by class."""
    classes = (verbal_cooperation, material_cooperation, verbal_conflict, material_conflict)
    return Count(sum(classes), *classes)


@pytest.mark.parametrize(
    ("now", "before", "found"),
    [
        (a_count(3), a_count(3), "steady"),  # as kind as before
        (a_count(3), a_count(0, 0, 3), "together"),
        (a_count(0, 0, 3), a_count(3), "apart"),
        (a_count(2), a_count(0, 0, 9), "quiet"),  # two acts say nothing
        (a_count(), a_count(9), "quiet"),
        (a_count(3), a_count(0, 0, 2), "together"),  # two before are as good as none
        (a_count(2, 0, 2), a_count(), "steady"),
        (a_count(3, 0, 2), a_count(2, 0, 2), "steady"),  # a shift of a fifth
        (a_count(5, 0, 3), a_count(2, 0, 2), "together"),  # of exactly a quarter
        (a_count(3, 0, 0, 1), a_count(3, 0, 1), "apart"),  # a material act counts double
    ],
)
def test_a_track_moves_with_its_balance(now, before, found):
    """A shift of the balance by a quarter is a move; too few acts now are quiet."""
    assert direction(now, before) == found


@pytest.mark.parametrize(
    ("count", "balance"),
    [(a_count(), None), (a_count(1), 1.0), (a_count(0, 1, 0, 1), 0.0), (a_count(1, 0, 0, 1), -1 / 3)],
)
def test_the_balance_weighs_material_acts_double(count, balance):
    """Cooperation less conflict over their sum."""
    assert count.balance == (balance if balance is None else pytest.approx(balance))


def test_a_move_names_the_entries_that_say_so():
    """Those of the direction now come first, latest first, then the contrary ones before."""
    acts = [
        an_act("ACCUSE", NOW, entry="E-new"),
        an_act("SANCTION", NOW - timedelta(days=1), entry="E-older"),
        an_act("REJECT", NOW - timedelta(days=2), entry="E-oldest"),
        an_act("CONSULT", NOW, entry="E-talks"),
        *(an_act("CONSULT", BEFORE, entry=f"E-before{number}") for number in range(3)),
    ]

    (move,) = moves(acts, TODAY)

    assert (move.track, move.direction, move.now.conflict, move.before.cooperation) == ("trade", "apart", 3, 3)
    assert move.entries == ("E-new", "E-older", "E-oldest", "E-before2", "E-before1", "E-before0")
    assert move.last == NOW


@pytest.mark.parametrize(
    ("change", "counted"),
    [
        ({}, 1),
        ({"status": "planned"}, 0),
        ({"status": "denied"}, 0),
        ({"day": TODAY}, 1),
        ({"day": TODAY + timedelta(days=1)}, 0),  # not yet
        ({"day": TODAY - timedelta(days=2 * DAYS)}, 0),  # a day too old
        ({"tracks": ()}, 0),
    ],
)
def test_only_what_happened_in_the_two_periods_counts(change, counted):
    """Plans, denials, other times and acts on no track are left out."""
    assert len(moves([an_act(**{"day": NOW, **change})], TODAY)) == counted


def test_the_day_between_belongs_to_one_period_only():
    """An act so many days old belongs to the period before."""
    (move,) = moves([an_act(day=TODAY - timedelta(days=DAYS))], TODAY)

    assert (move.now.acts, move.before.acts) == (0, 1)


def test_every_direction_has_a_rule_in_words():
    """Readers are told by which rule a track is said to move."""
    assert set(RULES) == {"together", "apart", "quiet", "steady"}
    assert str(MOVE) in RULES["apart"]
