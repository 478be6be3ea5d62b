"""The state of a relation on one screen."""

from __future__ import annotations

import json
from datetime import date

import pytest

import dragoman.views
from dragoman.views import relation
from dragoman.views.relation import by_level, standing_of
from tests.ledger_factory import (
    ALedger,
    a_dispute_entry,
    a_measure_entry,
    a_person,
    a_rung,
    a_source,
    a_step_entry,
    an_event_entry,
    an_initiative_entry,
    an_item,
)

TODAY = date(2026, 7, 1)
MINISTER = a_person("Ana Prado", "trade minister", "IND")
ENVOY = a_person("Li Bo", "special envoy", "USA")


def test_the_last_contact_of_each_level_stands():
    """Highest level first; the highest of those who took part sets the level."""
    talks = [
        an_event_entry(when="2026-01-01", participants=[MINISTER], id="E-old"),
        an_event_entry(when="2026-02-01", participants=[ENVOY, MINISTER], id="E-both"),
        an_event_entry(when="2026-03-01", participants=[ENVOY], id="E-envoys"),
        an_event_entry(when="2026-01-15", id="E-nobody"),
    ]

    assert [(contact.level, contact.entry.id) for contact in by_level(talks)] == [
        ("ministers", "E-both"),
        ("working", "E-envoys"),
        ("unnamed", "E-nobody"),
    ]


@pytest.mark.parametrize(
    ("change", "contacts"),
    [({}, 1), ({"status": "planned"}, 0), ({"type": "AGREE"}, 0), ({"when": "2026-07-02"}, 0), ({"when": None}, 1)],
)
def test_a_contact_is_a_meeting_that_happened(change, contacts):
    """Plans and other acts are none; an undated one stands on the day it was told."""
    assert len(relation(ALedger(an_event_entry(**change)), "IND", "USA", as_of=TODAY).contacts) == contacts


def test_measures_stand_by_status_and_direction():
    """In force, announced, threatened of late; what the first actor has on the second comes first."""
    back = a_measure_entry(a_rung("in-force"), by=["USA"], on=["IND"], id="M-back")
    there = a_measure_entry(a_rung("in-force"), by=["IND"], on=["USA"], id="M-there")
    gone = a_measure_entry(a_rung("lifted"), id="M-gone")
    ahead = a_measure_entry(a_rung("announced"), id="M-ahead")
    threat = a_measure_entry(a_rung("threatened"), id="M-threat")
    stale = a_measure_entry(a_rung("threatened"), id="M-stale", known_on="2024-01-01")

    found = standing_of([back, gone, stale, there, threat, ahead], ("IND", "USA"), TODAY)

    assert [[measure.id for measure in part] for part in found] == [["M-there", "M-back"], ["M-ahead"], ["M-threat"]]


def test_the_screen_holds_everything_and_goes_through_json():
    """Each part is filled from its kind; documents and origins are counted, reprints once."""
    first, reprint = a_source("2026-03-02", origin="D-wire"), a_source("2026-03-03", origin="D-wire")
    ledger = ALedger(
        an_event_entry(items=[an_item(source=first), an_item(source=reprint)], tracks=["trade"]),
        a_step_entry("later", "2026-09-01", id="N-later"),
        a_step_entry("sooner", "2026-08-01", id="N-sooner"),
        a_step_entry("some day", None, id="N-some"),
        a_step_entry("past", "2026-06-01", id="N-past", outcome="unknown"),
        a_measure_entry(a_rung("in-force")),
        a_dispute_entry(id="X-old", known_on="2026-01-01"),
        a_dispute_entry(id="X-new"),
        an_initiative_entry(),
    )

    found = relation(ledger, "USA", "IND", as_of=TODAY)

    assert found.pair == ("USA", "IND")
    assert (found.documents, found.origins, found.last) == (10, 9, reprint)
    assert [step.id for step in found.due] == ["N-sooner", "N-later", "N-some"]
    assert [step.id for step in found.overdue] == ["N-past"]
    assert [dispute.id for dispute in found.disputes] == ["X-new", "X-old"]
    assert [move.direction for move in found.tracks] == ["quiet"]
    assert json.loads(json.dumps(found.to_dict()))["as_of"] == "2026-07-01"
    assert [row["part"] for row in found.rows()] == [
        "contact",
        *["due"] * 3,
        "overdue",
        *["dispute"] * 2,
        "in force",
        "initiative",
        "track",
    ]


def test_nothing_is_known_of_strangers():
    """A pair without a document has an empty screen."""
    found = relation(ALedger(), "IND", "USA", as_of=TODAY)

    assert (found.documents, found.last, found.contacts, found.tracks, found.rows()) == (0, None, (), (), [])


def test_the_views_export_functions_only():
    """Each is named as its module is; shapes are imported from the modules."""
    assert all(callable(getattr(dragoman.views, name)) for name in dragoman.views.__all__)
    assert dragoman.views.__all__ == sorted(dragoman.views.__all__)
