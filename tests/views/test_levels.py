"""The level of a contact."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.ontology import load
from dragoman.views.levels import LEVELS, level, level_of, office_level
from tests.ledger_factory import a_person

GROUPS = [(name, group) for name in LEVELS[:-1] for group in load("levels")[name]]


@pytest.mark.parametrize(("name", "group"), GROUPS, ids=lambda value: str(value)[:40])
def test_every_group_has_an_example_of_its_level(name, group):
    """The first office of each example is found at the level it stands under."""
    for actor in group.get("actors", [None]):
        assert office_level(group["example"].rstrip("."), actor) == name


@pytest.mark.parametrize(("name", "group"), GROUPS, ids=lambda value: str(value)[:40])
def test_every_word_is_of_the_level_it_stands_under(name, group):
    """No word is taken for another one at another level."""
    actor = group.get("actors", [None])[0]

    assert {words: office_level(words, actor) for words in group["words"]} == dict.fromkeys(group["words"], name)


@pytest.mark.parametrize(
    ("office", "found"),
    [
        ("President", "leaders"),
        ("Japan's Prime Minister", "leaders"),
        ("vice president", "ministers"),
        ("Deputy Prime Minister and Minister of Finance", "ministers"),
        ("Minister of Foreign Affairs", "ministers"),
        ("U.S. Trade Representative", "ministers"),
        ("Deputy US Trade Representative", "officials"),
        ("Commerce Secretary", "ministers"),
        ("vice-minister for international affairs", "officials"),
        ("Under Secretary of State", "officials"),
        ("press secretary", "working"),
        ("aide to the foreign minister", "working"),
        ("prime minister's special envoy", "working"),
        ("chief trade negotiator", "working"),
        ("national security advisor", "ministers"),
        ("former president", "working"),
        ("ex-minister", "working"),
        ("Secretary-General", "leaders"),
        ("goalkeeper", None),
        ("", None),
    ],
)
def test_an_office_has_a_level(office, found):
    """The first office counts; a deputy stands one lower, and a former holder at the bottom."""
    assert office_level(office) == found


@pytest.mark.parametrize(("actor", "found"), [("IND", "officials"), ("GBR", "ministers"), (None, "ministers")])
def test_one_title_may_stand_at_two_levels(actor, found):
    """A foreign secretary is a civil servant in some states and a member of cabinet in others."""
    assert office_level("foreign secretary", actor) == found


@pytest.mark.parametrize(
    ("persons", "found"),
    [
        ([], "unnamed"),
        ([("Ana Prado", None, "PRT")], "unnamed"),
        ([("negotiators", None, "PRT")], "working"),
        ([("ministers", None, "PRT")], "ministers"),
        ([("Ana Prado", "ambassador", "PRT"), ("Li Bo", "trade minister", "CHN")], "ministers"),
        ([("Barack Obama", None, "USA")], "leaders"),
    ],
)
def test_the_highest_level_of_a_contact_counts(persons, found):
    """Whoever stands highest sets the level; an office not given is looked up for the day."""
    assert level([a_person(*person) for person in persons], date(2014, 5, 1)) == found


def test_an_office_is_that_of_the_day():
    """Who held no office on the day is not taken for its holder."""
    assert level_of(a_person("Barack Obama", None, "USA"), date(2020, 5, 1)) == "unnamed"
