"""Editing in the browser: what each form does to the ledger, what it refuses, and who may send it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import html  # type: ignore[import-untyped]

from dragoman.ledger import Ledger
from dragoman.web.screens.editing import ACTIONS
from tests.ledger.factory import (
    a_dispute,
    a_measure,
    a_reading,
    a_statement,
    a_step,
    an_event,
    an_initiative,
)
from tests.web.helpers import client

WHO = {"author": "Ana Prado", "reason": "read it again"}
TALKS = "India and the United States held talks on steel tariffs in Delhi"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return a ledger in which three papers tell of one event, and one tells of another and of all other kinds."""
    path = tmp_path / "edit.ledger"
    with Ledger.open(path) as ledger:
        for day, publisher in (("2026-03-02", "First"), ("2026-03-03", "Second"), ("2026-03-04", "Third")):
            ledger.add_reading(a_reading(an_event(TALKS, when="2026-03-01"), day=day, by=publisher))
        others = (
            an_event("Ghana gave aid to Peru", type="AID", actors=("GHA",), recipients=("PER",), when="2026-01-10"),
            a_step(due="2026-05-01"),
            a_measure(when="2026-03-01", rate=10),
            a_statement(),
            a_dispute(),
            an_initiative(lead=("IND",), members=("IND", "USA")),
        )
        ledger.add_reading(a_reading(*others, day="2026-03-05", by="Fourth"))
    return path


def entry_of(book: Path, records: int = 3) -> Any:
    """Return the event with so many records."""
    with Ledger.open(book) as ledger:
        return next(one for one in ledger.entries("events") if len(one.items) == records)


def inputs(text: str, action: str) -> dict[str, Any]:
    """Return what a browser would send of an action's form as it stands on a page."""
    (form,) = [one for one in html.fromstring(text).forms if str(one.action).endswith(f"/{action}")]
    found: dict[str, Any] = {}
    for name, value in form.form_values():
        found.setdefault(name, []).append(value)
    return found


def sent(book: Path, id: str, action: str, **typed: Any) -> Any:
    """Fill in the form of an entry's page and send it; return the answer."""
    asked = client(book, edit=True)
    filled = {**inputs(asked.get(f"/entry/{id}").text, action), **WHO, **typed}
    return asked.post(f"/entry/{id}/{action}", data=filled, follow_redirects=False)


def corrections(book: Path, id: str) -> list[Any]:
    """Return what was corrected of an entry."""
    with Ledger.open(book) as ledger:
        return ledger.corrections_of(id)


def test_accepting_changes_nothing_but_is_told(book):
    """All records that were there are noted, with who and why; the entry stays as it was."""
    before = entry_of(book)

    answer = sent(book, before.id, "accept", reason="")

    assert (answer.status_code, answer.headers["location"]) == (303, f"/entry/{before.id}#said")
    assert {(one.item, one.field, one.author) for one in corrections(book, before.id)} == {
        (item.id, "accepted", "Ana Prado") for item in before.items
    }
    assert entry_of(book) == before
    assert "by Ana Prado" in client(book).get(f"/entry/{before.id}").text


@pytest.mark.parametrize(
    ("typed", "field", "value"),
    [
        ({"status.choice": "planned"}, "status", "planned"),
        ({"type.choice": "REQUEST"}, "type", "REQUEST"),
        ({"actors.ids": "India, Japan"}, "actors", ("IND", "JPN")),
        ({"tracks.tracks": ["energy", "trade"]}, "tracks", ("energy", "trade")),
        ({"mode.text": "phone"}, "mode", "phone"),
    ],
)
def test_correcting_sets_what_was_typed_over(book, typed, field, value):
    """Only the field that was changed is corrected, in all records."""
    before = entry_of(book)

    answer = sent(book, before.id, "correct", **typed)

    assert answer.status_code == 303
    assert getattr(entry_of(book), field) == value
    assert {one.field for one in corrections(book, before.id)} == {field}


def test_a_date_is_two_days_and_may_be_taken_away(book):
    """A window is read from two inputs; both empty is no date."""
    id = entry_of(book).id

    sent(book, id, "correct", **{"when.start": "2026-02-27", "when.end": "2026-02-28"})
    assert entry_of(book).when.start == date(2026, 2, 27)
    sent(book, id, "correct", **{"when.start": "", "when.end": ""})
    assert entry_of(book).when is None


@pytest.mark.parametrize("kind", ["events", "next_steps", "measures", "statements", "disputes", "initiatives"])
def test_a_form_sent_as_it_stands_changes_nothing(book, kind):
    """What a form is filled with is what it reads back, for each kind of entry."""
    with Ledger.open(book) as ledger:
        id = ledger.entries(kind)[-1].id

    answer = sent(book, id, "correct")

    assert answer.status_code == 422
    assert "Nothing was changed" in answer.text
    assert corrections(book, id) == []


@pytest.mark.parametrize(
    ("kind", "typed", "field", "value"),
    [
        ("next_steps", {"outcome.choice": "met"}, "outcome", "met"),
        ("measures", {"rate.value": "12.5", "rate.unit": "percent"}, "rate", {"value": 12.5, "unit": "percent"}),
        ("measures", {"object.text": "salt cod"}, "object", "salt cod"),
        ("statements", {"speaker.name": "Rui Melo"}, "speaker", "Rui Melo"),
        ("disputes", {"denier.affiliation": "Brazil"}, "denier", "BRA"),
        ("initiatives", {"members.ids": "IND, Ghana"}, "members", ["IND", "GHA"]),
    ],
)
def test_fields_of_every_shape_are_read(book, kind, typed, field, value):
    """Rates, persons, lists and choices reach the ledger as it wants them."""
    with Ledger.open(book) as ledger:
        id = ledger.entries(kind)[-1].id

    answer = sent(book, id, "correct", **typed)

    assert answer.status_code == 303, answer.text
    (made,) = corrections(book, id)
    assert made.field == field
    assert value == made.value or value in made.value.values()


@pytest.mark.parametrize(
    ("action", "typed", "says"),
    [
        ("accept", {"author": "  "}, "who you are"),
        ("correct", {"reason": "", "status.choice": "planned"}, "Say why"),
        ("correct", {"when.start": "2026-13-41"}, "is no date"),
        ("correct", {"when.start": "2026-03-05", "when.end": "2026-03-04"}, "before it starts"),
        ("correct", {"actors.ids": "Indai"}, "India"),
        ("correct", {"actors.ids": ""}, "name at least one actor"),
        ("correct", {"type.choice": "DANCE"}, "Cannot set type"),
        ("merge", {"other": ""}, "Give the id"),
        ("merge", {"other": "E-000000000"}, "no entry E-000000000"),
        ("split", {"item": "E-000000000"}, "Choose one of the records"),
        ("withdraw", {"item": ""}, "Choose one of the records"),
        ("accept", {"author": "x" * 101}, "at most 100"),
        ("correct", {"author": "rule", "status.choice": "planned"}, "Give another name"),
    ],
)
def test_what_cannot_be_done_comes_back_as_typed(book, action, typed, says):
    """The page says why, keeps what was typed, and the ledger stays as it was."""
    before = entry_of(book)

    answer = sent(book, before.id, action, **typed)

    assert answer.status_code == 422
    assert says in html.fromstring(answer.text).xpath("string(//*[@role='alert'])")
    again = inputs(answer.text, action)
    for name, value in {**WHO, **typed}.items():
        if name not in ("author", "item") and value != "DANCE":
            assert again.get(name, [""])[0] == value
    assert corrections(book, before.id) == []


def test_merging_joins_two_entries_and_either_id_leads_there(book):
    """After a merge both ids show one entry with the records of both."""
    one, other = entry_of(book), entry_of(book, 1)

    assert sent(book, one.id, "merge", other=other.id).status_code == 303

    both = entry_of(book, 4)
    assert {item.id for item in both.items} == {item.id for item in (*one.items, *other.items)}
    for id in (one.id, other.id):
        assert both.id in client(book).get(f"/entry/{id}").text
    assert "belongs to this entry already" in sent(book, both.id, "merge", other=other.id).text


@pytest.mark.parametrize("at", [0, 1, 2])
def test_splitting_takes_one_record_out_and_keeps_the_rest(book, at):
    """Whichever record it is, also the one that the entry is named after."""
    before = entry_of(book)
    out = before.items[at].id

    assert sent(book, before.id, "split", item=out).status_code == 303

    with Ledger.open(book) as ledger:
        assert [item.id for item in ledger.entry(out).items] == [out]
        rest = [item.id for item in before.items if item.id != out]
        assert [item.id for item in ledger.entry(rest[0]).items] == rest


def test_splitting_by_name_takes_out_the_one_that_was_meant(tmp_path):
    """An initiative's records are one by their name; the one that is split off leaves, not the others."""
    path = tmp_path / "named.ledger"
    with Ledger.open(path) as ledger:
        for month in (1, 2, 3, 4):
            pact = an_initiative(lead=("IND",), members=("IND", "USA"))
            ledger.add_reading(a_reading(pact, day=f"2026-0{month}-02", by=f"Paper {month}"))
        items = [item.id for item in ledger.entries("initiatives")[0].items]
    assert len(items) == 4
    for out in items[:2]:
        sent(path, items[-1], "split", item=out)

    with Ledger.open(path) as ledger:
        assert sorted(len(one.items) for one in ledger.entries("initiatives")) == [1, 1, 2]


def test_withdrawing_one_record_leaves_the_others(book):
    """Also the first record, whose id is the entry's own, goes alone."""
    before = entry_of(book)

    sent(book, before.id, "withdraw", item=before.items[0].id)

    assert [item.id for item in entry_of(book, 2).items] == [item.id for item in before.items[1:]]


def test_withdrawing_the_whole_and_taking_it_back(book):
    """What was called wrong is told on a page of its own, from which it can be brought back."""
    before = entry_of(book)
    sent(book, before.id, "withdraw", item="all")

    gone = client(book, edit=True).get(f"/entry/{before.id}")
    assert gone.status_code == 200 and "was called wrong" in gone.text and TALKS in gone.text
    assert client(book).get(f"/entry/{before.id}.json").status_code == 404
    assert sent(book, before.id, "undo").status_code == 303

    assert entry_of(book) == before
    assert all(one.withdrawn_at for one in corrections(book, before.id))


def test_taking_back_is_of_the_correction_that_was_seen(book):
    """A correction made after the page was loaded is not taken back unseen."""
    id = entry_of(book).id
    sent(book, id, "correct", **{"status.choice": "planned"})
    asked = client(book, edit=True)
    old = {**inputs(asked.get(f"/entry/{id}").text, "undo"), **WHO}
    sent(book, id, "correct", **{"status.choice": "possible"})
    token = inputs(asked.get(f"/entry/{id}").text, "undo")["token"]

    answer = asked.post(f"/entry/{id}/undo", data={**old, "token": token}, follow_redirects=False)

    assert answer.status_code == 422 and "meanwhile" in answer.text
    assert entry_of(book).status == "possible"


@pytest.mark.parametrize("action", [one.name for one in ACTIONS])
@pytest.mark.parametrize(
    ("settings", "headers", "token", "says"),
    [
        ({"edit": False}, {}, True, "only shown here"),
        ({"edit": True}, {}, False, "not of this application"),
        ({"edit": True}, {"sec-fetch-site": "cross-site"}, True, "not of this application"),
    ],
)
def test_only_forms_of_ours_are_taken(book, action, settings, headers, token, says):
    """Without --edit, without the token, or from another site: 403, and nothing is written."""
    id = entry_of(book).id
    asked = client(book, **settings)
    ours = inputs(client(book, edit=True).get(f"/entry/{id}").text, "accept") if token else {"token": ["x"]}
    if settings["edit"] and token:
        ours = inputs(asked.get(f"/entry/{id}").text, "accept")

    answer = asked.post(f"/entry/{id}/{action}", data={**ours, **WHO, "item": "all"}, headers=headers)

    assert answer.status_code == 403
    assert says in answer.text
    assert corrections(book, id) == []


def test_no_form_is_shown_where_nothing_may_be_written(book):
    """Without --edit, and of the entry as of an earlier day, there is no form that is sent."""
    id = entry_of(book).id
    for asked, address in (
        (client(book), f"/entry/{id}"),
        (client(book, edit=True), f"/entry/{id}?as_of=2026-03-03"),
    ):
        assert not html.fromstring(asked.get(address).text).xpath("//form[@method='post']")


def test_each_action_has_a_letter_of_its_own(book):
    """The letters are on what opens the forms, none twice, none that moves about the page."""
    page = html.fromstring(client(book, edit=True).get(f"/entry/{entry_of(book).id}").text)
    keys = page.xpath("//section[contains(@class, 'edits')]//summary/@data-key")

    assert len(keys) == len(set(keys)) == len(ACTIONS) - 1  # nothing to take back yet
    assert not set(keys) & set("gjk/?")


def test_the_name_is_remembered_and_harmless(book):
    """The next form knows who edits; a name of mark-up is text."""
    id = entry_of(book).id
    asked = client(book, edit=True)
    ours = inputs(asked.get(f"/entry/{id}").text, "accept")
    evil = '"><script>alert(1)</script>‮'
    asked.post(f"/entry/{id}/accept", data={**ours, "author": evil, "reason": evil})

    text = asked.get(f"/entry/{id}").text

    assert "<script>alert" not in text and "‮" not in text
    assert inputs(text, "accept")["author"] == [evil.replace("‮", "\\u202e")]


def test_unknown_actions_and_entries_are_not_there(book):
    """A wrong address is 404, whatever was sent."""
    asked = client(book, edit=True)
    ours = inputs(asked.get(f"/entry/{entry_of(book).id}").text, "accept")

    assert asked.post(f"/entry/{entry_of(book).id}/explode", data=ours).status_code == 404
    assert asked.post("/entry/E-000000000/accept", data={**ours, **WHO}).status_code == 404


def test_documents_stay_as_they_are(book):
    """After every action the texts are what they were."""
    with Ledger.open(book) as ledger:
        before = [ledger.document(one.document) for one in ledger.documents()]
    id = entry_of(book).id
    sent(book, id, "correct", **{"status.choice": "denied"})
    sent(book, id, "split", item=entry_of(book).items[2].id)
    sent(book, id, "withdraw", item="all")

    with Ledger.open(book) as ledger:
        assert [ledger.document(one.document) for one in ledger.documents()] == before
    assert re.fullmatch(r"[EX]-\w+", id)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"%ff%fe=%00&author=%80", "application/x-www-form-urlencoded"),
        (b"author=Ana", "multipart/form-data"),
        (b"not a form at all", "multipart/form-data; boundary=x"),
        (
            b'--x\r\nContent-Disposition: form-data; name="token"\r\n\r\n\\ud800\r\n--x--\r\n',
            "multipart/form-data; boundary=x; charset=raw_unicode_escape",
        ),
        (b"{}", "application/json"),
        (b"", "text/plain"),
    ],
)
def test_what_is_no_form_is_refused(book, body, kind):
    """Whatever is sent, there is an answer in words and nothing is written."""
    id = entry_of(book).id

    answer = client(book, edit=True).post(f"/entry/{id}/accept", content=body, headers={"content-type": kind})

    assert answer.status_code in (400, 403)
    assert corrections(book, id) == []
