"""The views that mostly pass on what the ledger holds: initiatives, statements, search, one entry."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.errors import UsageError
from dragoman.ledger import Hit
from dragoman.views import initiatives, search, show, statements
from dragoman.views.statements import is_by
from tests.ledger_factory import (
    ALedger,
    a_person,
    a_source,
    a_statement_entry,
    an_event_entry,
    an_initiative_entry,
    an_item,
)

TODAY = date(2026, 7, 1)
ANA = a_person("Ana Prado", "foreign minister", "PRT")
BEFORE = a_person("Ana Prado", "envoy", "PRT")


@pytest.mark.parametrize(("actor", "names"), [(None, ["New", "Old"]), ("FRA", ["Old"]), ("IND", ["New"]), ("CHN", [])])
def test_initiatives_can_be_narrowed_to_one_actor(actor, names):
    """Whoever leads or is a member is tied to it; the one told last comes first."""
    old = an_initiative_entry("Old", lead=["FRA"], members=[], known_on="2026-01-01")
    ledger = ALedger(old, an_initiative_entry("New"))

    found = initiatives(ledger, actor=actor, as_of=TODAY)

    assert [row["name"] for row in found.rows()] == names


def test_a_speaker_under_two_offices_stands_twice():
    """Statements stand oldest first, speakers by how much they said."""
    said = [
        a_statement_entry("We hope.", BEFORE, known_on="2024-01-01"),
        a_statement_entry("We will talk.", ANA, known_on="2026-01-01"),
        a_statement_entry("We talked.", ANA, known_on="2026-02-01"),
        a_statement_entry("No.", a_person("Li Bo"), known_on="2026-02-02"),
    ]

    found = statements(ALedger(*said), "prado", as_of=TODAY)

    assert [row["words"] for row in found.rows()] == ["We hope.", "We will talk.", "We talked."]
    assert [(speaker.person, speaker.statements) for speaker in found.speakers] == [(ANA, 2), (BEFORE, 1)]
    assert [e.quotes[0].text for e in statements(ALedger(*said), "prado", limit=1, as_of=TODAY).statements] == [
        "We talked."
    ]


@pytest.mark.parametrize(("of_pair", "words"), [(True, ["We hope."]), (False, [])])
def test_with_a_pair_only_what_tells_of_it_is_given(monkeypatch, of_pair, words):
    """What the ledger does not list under the pair is left out."""
    said = a_statement_entry("We hope.", ANA)
    ledger = ALedger(said)
    monkeypatch.setattr(ledger, "entries", lambda kind, **asked: [said] if of_pair else [])

    found = statements(ledger, "prado", pair=("PRT", "CHN"), as_of=TODAY)

    assert [row["words"] for row in found.rows()] == words


@pytest.mark.parametrize(
    ("speaker", "found"),
    [("prado", True), ("Ána PRADO", True), ("Prad", False), ("PRT", True), ("CHN", False), ("Ana Li", False)],
)
def test_a_speaker_is_found_by_whole_words_or_actor(speaker, found):
    """Without regard to case or accents, never by a piece of a word."""
    assert is_by(ANA, speaker) is found


def test_hits_stand_by_kind():
    """Documents come first, then the kinds of the ledger in their order; the ledger's ranking is kept."""
    source = a_source()
    hits = [
        Hit("measures", "M-1", "duties on steel", source, 1.0),
        Hit("documents", "D-1", "steel", source, 2.0),
        Hit("events", "E-1", "steel talks", source, 3.0),
        Hit("measures", "M-2", "steel quota", source, 4.0),
    ]

    found = search(ALedger(hits=hits), "steel", as_of=TODAY)

    assert [(group.kind, [hit.id for hit in group.hits]) for group in found.groups] == [
        ("documents", ["D-1"]),
        ("events", ["E-1"]),
        ("measures", ["M-1", "M-2"]),
    ]
    assert found.total == len(found.rows()) == 4


def test_an_entry_is_shown_with_every_quote_by_document():
    """Each record stands under its document with the rule that made it."""
    late, early = a_source("2026-02-01"), a_source("2026-01-01")
    items = [
        an_item(words="met", source=early),
        an_item(words="talked", source=late),
        an_item(words="sat", source=late),
    ]

    found = show(ALedger(an_event_entry(items=items)), items[1].id, as_of=TODAY)

    assert [(t.source, [i.item for i in t.items]) for t in found.sources] == [
        (early, [items[0].id]),
        (late, [items[1].id, items[2].id]),
    ]
    assert {(row["quote"], row["rule"]) for row in found.rows()} == {
        ("met", "by hand"),
        ("talked", "by hand"),
        ("sat", "by hand"),
    }


def test_what_is_not_there_cannot_be_shown():
    """An unknown id is the caller's slip."""
    with pytest.raises(UsageError):
        show(ALedger(), "E-none", as_of=TODAY)
