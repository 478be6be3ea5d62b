"""The words a record's sentences are about, and how much each says."""

from __future__ import annotations

import pytest

from dragoman.domain import Span
from dragoman.ledger.terms import names, terms, weight, words
from training.frequency import TARGET, render, weights


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kenya and Tanzania talked about maize", {"talk", "maiz"}),
        ("They met in Arusha on 3 May", {"met", "Arusha"}),  # a day of a month is compared as a date
        ("a duty of 25 percent on 1,200 tonnes", {"duty", "25", "1200", "percent", "tonn"}),
        ("MAIZE TALKS OPEN IN ARUSHA", {"maiz", "talk", "open", "arusha"}),  # capitals tell no names apart
    ],
)
def test_the_terms_of_a_text(text, found):
    """Function words, reporting and actors' names are left out; a name keeps its capital."""
    assert words(text) == found


def test_the_sentence_around_a_span_counts():
    """Only the sentences that the span touches are looked at."""
    text = "The first was on wheat. Officials signed the pact on maize in Arusha. The third was on rice."
    at = text.index("signed the pact")

    found = terms(text, [Span(at, at + 15, "signed the pact")])

    assert "maiz" in found and names(found) == {"Arusha"}
    assert not found & {"wheat", "rice", "ric"}


def test_common_terms_weigh_less():
    """A word that stands everywhere says little of which event is meant."""
    assert weight("talk") < weight("maiz") <= 1.0
    assert weight("Suzhou") == 1.0


def test_the_list_of_common_terms_is_the_one_counted():
    """The file is what `python -m training.frequency` writes."""
    assert TARGET.read_text(encoding="utf-8") == render(weights())
