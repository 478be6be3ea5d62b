"""The calendar's data: every pattern has a builder and an example, and reads its example."""

from __future__ import annotations

import re

import pytest

from dragoman.language.times.builders import BUILDERS
from dragoman.language.times.grammar import rules_by_opener
from dragoman.language.times.lexicon import calendar
from dragoman.language.times.resolve import RESOLVERS


def test_every_pattern_has_a_builder_and_an_example():
    """No pattern without meaning, no builder without pattern, no example of neither."""
    assert set(calendar()["patterns"]) == set(BUILDERS) == set(calendar()["examples"])


@pytest.mark.parametrize(("name", "example"), calendar()["examples"].items())
def test_every_pattern_reads_its_example(name, example):
    """A pattern is tried at the first word of its example, matches the whole of it and gives a meaning."""
    opener = re.match(r"[A-Za-z]+", example)
    tried = rules_by_opener().get(opener[0].lower() if opener else "#", ())
    (rule,) = [rule for rule in tried if rule.name == name]

    match = rule.pattern.fullmatch(example)

    assert match
    meaning = rule.build({key: value for key, value in match.groupdict().items() if value})
    assert meaning
    assert meaning.kind in RESOLVERS


@pytest.mark.parametrize(
    "section", ["approximators", "names_before", "names_after", "year_blockers_before", "year_cues", "counted", "zones"]
)
def test_no_word_is_listed_twice(section):
    """A list of words holds each word once, and only words (an unquoted "no" would be a truth value)."""
    found = calendar()[section]

    assert all(isinstance(word, str) for word in found)
    assert len(found) == len({word.lower() for word in found})
