"""Measures by list, stock and flow."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.errors import UsageError
from dragoman.views import measures
from dragoman.views.measures import matrix, standing
from tests.ledger_factory import ALedger, a_measure_entry, a_rung

LADDER = (
    a_rung("announced", "2026-01-10", on="2026-01-11", rate=10),
    a_rung("in-force", "2026-02-01", on="2026-02-01", rate=10),
    a_rung("in-force", "2026-03-01", on="2026-03-02", rate=25),
    a_rung("lifted", "2026-04-01", on="2026-04-01", partial=True),
    a_rung("lifted", "2026-05-01", on="2026-04-20", possible=True),
    a_rung("suspended", "2026-06-01", on="2026-06-02"),
)


@pytest.mark.parametrize(
    ("day", "status", "since", "rate", "parts"),
    [
        ("2026-01-09", None, None, None, 0),
        ("2026-01-10", "announced", "2026-01-10", 10, 0),
        ("2026-02-01", "in-force", "2026-02-01", 10, 0),
        ("2026-03-15", "in-force", "2026-02-01", 25, 0),  # a new rate is no new beginning
        ("2026-04-02", "in-force", "2026-02-01", 25, 1),  # a part lifted leaves the rest
        ("2026-05-02", "in-force", "2026-02-01", 25, 1),  # what is only possible changes nothing
        ("2026-06-01", "suspended", "2026-06-01", 25, 1),
    ],
)
def test_a_measure_stands_as_its_ladder_was_climbed(day, status, since, rate, parts):
    """On each day the last rung that holds counts."""
    found = standing(a_measure_entry(*LADDER), date.fromisoformat(day))

    assert found.status == status
    assert found.since == (date.fromisoformat(since) if since else None)
    assert (found.rate.value if found.rate else None) == rate
    assert len(found.lifted_parts) == parts


def test_a_threat_counts_though_it_is_only_possible():
    """Words hold from the day they are known, whatever day they speak of."""
    threat = a_rung("threatened", "2026-09-01", on="2026-03-01", possible=True)

    assert standing(a_measure_entry(threat), date(2026, 3, 1)).status == "threatened"


STEEL = a_measure_entry(*LADDER, id="M-steel", by=["USA"], on=["IND", "CHN"])
RICE = a_measure_entry(a_rung("in-force", "2026-01-05", on="2026-01-05"), id="M-rice", by=["IND"], on=["USA"])
THREAT = a_measure_entry(a_rung("threatened", None, on="2026-02-02"), id="M-threat", by=["USA"], on=["IND"])
LEDGER = ALedger(STEEL, RICE, THREAT)
TODAY = date(2026, 7, 1)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, {"M-steel", "M-rice", "M-threat"}),
        ({"show": "stock"}, {"M-rice"}),
        ({"in_force_on": date(2026, 3, 1)}, {"M-rice", "M-steel"}),
        ({"in_force_on": date(2026, 3, 1), "by": "USA"}, {"M-steel"}),
        ({"on": "CHN"}, {"M-steel"}),
        ({"by": "FRA"}, set()),
    ],
)
def test_stock_is_what_is_in_force_on_the_day(asked, found):
    """The list has all measures, the stock those in force; both can be narrowed to who has them on whom."""
    assert {stand.entry.id for stand in measures(LEDGER, as_of=TODAY, **asked).standing} == found


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        ("2026-02-01", "2026-03-01", ["2026-02-01", "2026-02-02", "2026-03-01"]),
        (None, "2026-01-10", ["2026-01-05", "2026-01-10"]),
        ("2026-06-01", None, ["2026-06-01"]),
        ("2026-06-02", None, []),
    ],
)
def test_flow_is_what_changed_in_the_period(since, until, days):
    """Every rung on its day, both ends included."""
    first, last = (day and date.fromisoformat(day) for day in (since, until))
    found = measures(LEDGER, show="flow", since=first, until=last, as_of=TODAY)

    assert [str(move.day) for move in found.movements] == days
    assert found.standing == ()


def test_the_matrix_counts_each_direction():
    """A measure of one actor on two stands in two cells."""
    cells = {(cell.by, cell.on): cell.entries for cell in matrix([STEEL, RICE, THREAT])}

    assert cells == {("USA", "IND"): ("M-steel", "M-threat"), ("USA", "CHN"): ("M-steel",), ("IND", "USA"): ("M-rice",)}


def test_a_stock_is_no_flow():
    """Both at once is a slip of the caller, and is said so."""
    with pytest.raises(UsageError, match="stock"):
        measures(LEDGER, show="flow", in_force_on=TODAY)
