"""Rates: numbers with their units, and the parts of a rate."""

from __future__ import annotations

import pytest

from dragoman.domain import Rate
from dragoman.language.rates import find_parts, find_rates

# text, value, unit
STATED = [
    ("a 25% duty on glass", 25, "percent"),
    ("a levy of 18 per cent", 18, "percent"),
    ("raised to 100 pct", 100, "percent"),
    ("cut by two percentage points", 2, "percent"),
    ("a fee of $40 a lorry", 40, "USD"),
    ("fines of 30 mln dlrs", 30_000_000, "USD"),
    ("a R60m grant", 60_000_000, "ZAR"),
    ("a fee of Tk 4 lakh", 400_000, "BDT"),
    ("EUR 6.5 million in aid", 6_500_000, "EUR"),
    ("a price of €2.85 a kilogram", 2.85, "EUR"),
    ("1.2 mln bags a season", 1_200_000, "bags"),
    ("8m metres of cloth a year", 8_000_000, "metres"),
    ("45,000 tonnes a month", 45_000, "tonnes"),
    ("90,000 barrels per day", 90_000, "barrels per day"),
]


@pytest.mark.parametrize(("text", "value", "unit"), STATED)
def test_a_number_with_a_unit_is_a_rate(text: str, value: float, unit: str) -> None:
    """Percent, currency code or thing counted; scales are multiplied out."""
    assert [f.rate for f in find_rates(text)] == [Rate(value, unit)]


@pytest.mark.parametrize("text", ["half a crown a kilo", "in 2024", "on 12 May", "three ministers", "Article 25"])
def test_a_bare_number_is_no_rate(text: str) -> None:
    """Years, days, counts of persons and sums without a number are none."""
    assert find_rates(text) == []


# text, the rate that holds, the rates that held before
CHANGED = [
    ("from 6 to 12 percent", [12], [6]),
    ("from $45 to $38 a barrel", [38], [45]),
    ("to 100 pct from about 5 pct", [100], [5]),
    ("by 12,000 barrels to 147,000", [147_000], [12_000]),
    ("between $23 and $97 a tonne", [97], [23]),
]


@pytest.mark.parametrize(("text", "now", "former"), CHANGED)
def test_of_a_change_the_last_rate_holds(text: str, now: list[float], former: list[float]) -> None:
    """What a rate was before, or changed by, is marked as former."""
    found = find_rates(text)
    assert [f.rate.value for f in found if not f.former] == now
    assert [f.rate.value for f in found if f.former] == former


# text, whole, parts with their reasons
PARTS = [
    (
        "It is made up of 11% for dumping and 7% to offset cheap power.",
        18,
        [(11, "dumping"), (7, "to offset cheap power")],
    ),
    ("The duty includes an additional 15% linked to purchases of gas.", 40, [(15, "purchases of gas")]),
    ("Ten points of it are for slow inspections.", 25, [(10, "slow inspections")]),
    ("A duty of 10% stays.", 25, []),  # no word for parts
    ("It includes 30% and 40%.", 50, []),  # more than the whole
]


@pytest.mark.parametrize(("text", "whole", "parts"), PARTS)
def test_parts_need_a_word_for_parts_and_fit_in_the_whole(
    text: str, whole: float, parts: list[tuple[float, str | None]]
) -> None:
    """Each part has its rate and the reason given for it."""
    found = find_parts(text, Rate(whole, "percent"))
    assert [(p.rate.value if p.rate else None, p.reason) for p in found] == parts
