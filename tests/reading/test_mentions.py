"""Mentions: where a sentence means an actor."""

from __future__ import annotations

from itertools import pairwise

import pytest

from dragoman.language.parse import parse
from dragoman.reading.cast import assemble
from dragoman.reading.mentions import find_mentions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kenya thanked Ghana.", [("Kenya", "KEN"), ("Ghana", "GHA")]),
        ("Indian officials met a Danish envoy.", [("Indian officials", "IND"), ("Danish envoy", "DNK")]),
        ("Japanese goods went to the United States.", [("Japanese", "JPN"), ("United States", "USA")]),
        ("A Tunisian court jailed a Malian sailor.", [("Tunisian court", "TUN"), ("Malian sailor", "MLI")]),
        ("It rained in the hills.", []),
    ],
)
def test_a_phrase_that_stands_for_an_actor_is_one_mention(text, expected, document):
    """A noun for people takes its modifier along; goods leave the name alone."""
    parsed = parse(document(text, "2019-05-13"))
    cast = assemble(parsed)

    found = find_mentions(parsed.sentences[0], cast)

    assert [(text[m.start : m.end].removeprefix("A ").removeprefix("a "), *m.ids) for m in found] == expected


def test_a_pronoun_is_a_mention_of_who_it_stands_for(document):
    """Only where the reference is plain."""
    text = "Norway's foreign minister arrived on Monday. He thanked Ghana."
    parsed = parse(document(text, "2019-05-13"))

    found = find_mentions(parsed.sentences[1], assemble(parsed))

    assert [m.ids for m in found][-1] == ("GHA",)
    assert all(a.end <= b.start for a, b in pairwise(found))
