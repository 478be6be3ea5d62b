"""Corrections by persons: every field, wrong, same and different; undone; and kept over a re-reading."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dragoman.domain import plain
from dragoman.errors import UsageError
from dragoman.ledger import Ledger
from dragoman.ledger.correcting import FIELDS
from tests.ledger.factory import (
    a_dispute,
    a_ledger,
    a_measure,
    a_reading,
    a_statement,
    a_step,
    an_event,
    an_initiative,
    ids,
    read_anew,
    wider,
)

KINDS = ("events", "statements", "disputes", "next_steps", "measures", "initiatives")
RECORDS: dict[str, Any] = {
    "events": an_event(when="2026-03-01"),
    "statements": a_statement(),
    "disputes": a_dispute(),
    "next_steps": a_step(due="2026-05-01"),
    "measures": a_measure(when="2026-03-01", rate=10),
    "initiatives": an_initiative(lead=("IND",), members=("IND", "USA")),
}
DAY = {"start": "2026-04-01", "end": "2026-04-03"}
PERSON = {"name": "Rui Melo", "role": None, "affiliation": "USA"}
#: A value for every field that may be corrected.
VALUES: dict[str, dict[str, Any]] = {
    "events": {
        "type": "AGREE", "mode": "phone", "status": "denied", "actors": ["USA", "BRA"], "recipients": ["IND"],
        "when": DAY, "tracks": ["energy"],
    },
    "statements": {"speaker": PERSON, "kind": "indirect", "stance": "deny", "channel": "speech", "when": DAY},
    "disputes": {"claimant": PERSON, "denier": {**PERSON, "affiliation": "BRA"}},
    "next_steps": {
        "type": "AGREE", "actors": ["USA", "BRA"], "due": DAY, "firmness": "possible", "what": "a call",
        "tracks": ["energy"],
    },
    "measures": {
        "kind": "quota", "status": "lifted", "by": ["BRA"], "on": ["USA"], "object": "salt",
        "rate": {"value": 25, "unit": "percent"}, "when": DAY, "reason": "dumping",
    },
    "initiatives": {
        "name": "Harbour Pact", "lead": ["BRA"], "members": ["BRA", "USA"], "invited": ["GHA"], "purpose": "trade",
    },
}  # fmt: skip
CASES = [(kind, field) for kind, values in VALUES.items() for field in values]


def _one(ledger: Ledger, kind: str) -> Any:
    (entry,) = ledger.entries(kind)  # type: ignore[arg-type]
    return entry


def _is(ledger: Ledger, kind: str, field: str) -> Any:
    return plain(getattr(_one(ledger, kind).items[0].record, field))


def _shown(ledger: Ledger) -> list[Any]:
    shown = [entry.to_dict() for kind in KINDS for entry in ledger.entries(kind, as_of=date(2030, 1, 1))]  # type: ignore[arg-type]
    pairs = [tuple(row) for row in ledger._store.rows("SELECT * FROM pair ORDER BY pair, kind, record")]
    return [shown, pairs, ledger.pairs(as_of=date(2030, 1, 1)), ledger.search("steel OR pipes")]


def test_every_field_that_may_be_corrected_is_tried():
    """The table above names each field of each kind; what became of a step is no field of its record."""
    fields = {kind: set(names) - {"outcome"} for kind, names in FIELDS.items()}

    assert {kind: set(values) for kind, values in VALUES.items()} == fields


def test_a_person_may_say_what_became_of_a_step():
    """The outcome is the person's until it is undone; a word that is none is refused."""
    ledger = a_ledger(a_reading(a_step()))
    entry = _one(ledger, "next_steps").id

    ledger.correct(entry, {"outcome": "missed"}, author="A desk officer")

    assert _one(ledger, "next_steps").outcome == "missed"
    with pytest.raises(UsageError, match="outcome: one of open, met"):
        ledger.correct(entry, {"outcome": "happened"})
    ledger.undo(entry)
    assert _one(ledger, "next_steps").outcome != "missed"


@pytest.mark.parametrize(("kind", "field"), CASES)
def test_a_corrected_field_is_shown_and_can_be_undone(kind, field):
    """A correction lies over what was read; the item names the field; undone, all is as it was."""
    ledger = a_ledger(a_reading(*RECORDS.values()))
    entry, before, value = _one(ledger, kind), _shown(ledger), VALUES[kind][field]

    (made,) = ledger.correct(entry.id, {field: value}, author="Mara", reason="the annex says so")

    assert (made.field, made.value, made.author, made.reason) == (field, value, "Mara", "the annex says so")
    assert _is(ledger, kind, field) == value
    assert _one(ledger, kind).items[0].corrected == (field,)
    assert [c.field for c in ledger.corrections_of(entry.id)] == [field]

    ledger.undo(entry.id)

    assert _shown(ledger) == before
    assert [c.withdrawn_at is not None for c in ledger.corrections_of(entry.id)] == [True]


@pytest.mark.parametrize(("kind", "field"), CASES)
def test_a_corrected_field_outlives_a_re_reading(kind, field):
    """A newer reader cuts the words differently and sees something else: what the person said still stands."""
    reading = a_reading(*RECORDS.values())
    ledger = a_ledger(reading)
    old = _one(ledger, kind).id
    ledger.correct(old, {field: VALUES[kind][field]})

    ledger.add_reading(read_anew(reading, *(wider(record) for record in RECORDS.values())))

    new = _one(ledger, kind).id
    assert new != old
    assert _is(ledger, kind, field) == VALUES[kind][field]
    assert [c.item for c in ledger.corrections_of(new)] == [old]
    ledger.undo(new)
    assert _is(ledger, kind, field) != VALUES[kind][field]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_wrong_is_not_shown_and_comes_back(kind):
    """A record called wrong is in no view, stays so when read anew, and comes back whole when that is undone."""
    reading = a_reading(*RECORDS.values())
    ledger = a_ledger(reading)
    entry, before = _one(ledger, kind), _shown(ledger)

    ledger.correct(entry.id, {"wrong": True})

    assert ledger.entries(kind) == []
    with pytest.raises(UsageError, match=r"called wrong.*--undo"):
        ledger.entry(entry.id)
    ledger.undo(entry.id)
    assert _shown(ledger) == before

    ledger.correct(entry.id, {"wrong": True})
    ledger.add_reading(read_anew(reading, *(wider(record) for record in RECORDS.values())))
    assert ledger.entries(kind) == []
    ledger.undo(entry.id)
    assert len(ledger.entries(kind)) == 1


def test_wrong_may_be_taken_back_by_saying_so():
    """`wrong` holds true or false; the later word counts."""
    ledger = a_ledger(a_reading(an_event()))
    key = _one(ledger, "events").id
    ledger.correct(key, {"wrong": True})

    ledger.correct(key, {"wrong": False})

    assert _one(ledger, "events").id == key


def test_wrong_does_not_reach_the_neighbour():
    """Of two acts in one sentence one is called wrong; a better reader no longer finds it: the other one stays."""
    says = "Ghana and Togo held talks and Togo criticised Benin"
    talks, blame = an_event(says, actors=("GHA", "TGO")), an_event(says, "ACCUSE", ("TGO",), ("BEN",))
    reading = a_reading(talks, blame)
    ledger = a_ledger(reading)
    ledger.correct(next(e.id for e in ledger.entries("events") if e.type == "ACCUSE"), {"wrong": True})  # type: ignore[union-attr]

    for anew in (talks, wider(talks)):
        ledger.add_reading(read_anew(reading, anew, reader=type(reading.reader)(f"{anew.evidence[0].end}", ())))
        assert [e.type for e in ledger.entries("events")] == ["CONSULT"]  # type: ignore[union-attr]


def test_several_fields_at_once_are_undone_at_once():
    """What was corrected in one go goes in one go; what was corrected before stays."""
    ledger = a_ledger(a_reading(an_event()))
    key = _one(ledger, "events").id
    ledger.correct(key, {"mode": "visit"})
    ledger.correct(key, {"status": "planned", "tracks": ["energy"]})

    ledger.undo(key)

    record = _one(ledger, "events").items[0].record
    assert (record.status, record.tracks, record.mode) == ("happened", (), "visit")
    ledger.undo(key)
    with pytest.raises(UsageError, match="nothing to undo"):
        ledger.undo(key)


def test_the_later_correction_of_a_field_counts():
    """Two persons set the same field: the later word is shown, and undone the earlier one."""
    ledger = a_ledger(a_reading(an_event()))
    key = _one(ledger, "events").id
    ledger.correct(key, {"status": "planned"}, author="Ada")
    ledger.correct(key, {"status": "denied"}, author="Bo")

    assert _is(ledger, "events", "status") == "denied"
    ledger.undo(key)
    assert _is(ledger, "events", "status") == "planned"


def test_a_correction_of_an_entry_holds_for_all_its_items():
    """The entry's own id means all that it holds, an item's id that item alone."""
    ledger = a_ledger(
        a_reading(an_event(when="2026-03-01")), a_reading(an_event(when="2026-03-01"), by="Post", day="2026-03-03")
    )
    entry = _one(ledger, "events")
    assert len(entry.items) == 2

    made = ledger.correct(entry.id, {"mode": "visit"})

    assert [item.record.mode for item in _one(ledger, "events").items] == ["visit"] * 2
    assert sorted(c.item for c in made) == sorted(item.id for item in entry.items)
    ledger.undo(entry.id)
    ledger.correct(entry.items[1].id, {"mode": "phone"})
    assert [item.record.mode for item in _one(ledger, "events").items] == [None, "phone"]


def test_wrong_of_an_entry_reports_and_undoes_all_its_items():
    """A whole entry is called wrong, and comes back whole."""
    ledger = a_ledger(
        a_reading(an_event(when="2026-03-01")), a_reading(an_event(when="2026-03-01"), by="Post", day="2026-03-03")
    )
    entry = _one(ledger, "events")

    assert len(ledger.correct(entry.id, {"wrong": True})) == 2
    assert ledger.entries("events") == []
    ledger.undo(entry.id)
    assert _one(ledger, "events") == entry


FAR = "Envoys of both capitals spoke by phone of mango quotas"


def _apart() -> Ledger:
    """Return a ledger with two events that rules keep apart."""
    return a_ledger(
        a_reading(an_event(when="2026-03-01", tracks=("trade",))),
        a_reading(an_event(FAR, when="2026-03-09", tracks=("health",)), by="Post", day="2026-03-10"),
    )


def _together() -> Ledger:
    """Return a ledger with one event that two documents tell of."""
    return a_ledger(
        a_reading(an_event(when="2026-03-01")), a_reading(an_event(when="2026-03-01"), by="Post", day="2026-03-03")
    )


@pytest.mark.parametrize("turned", [False, True])
def test_a_persons_same_joins_and_undone_parts(turned):
    """Two entries called the same are one, whichever is named first; undone, by either id, they are two."""
    ledger = _apart()
    keys = ids(ledger.entries("events"))
    assert len(keys) == 2
    one, other = reversed(keys) if turned else keys

    ledger.correct(one, {"same": other}, author="Mara", reason="the same call")

    assert _one(ledger, "events").id == keys[0]
    (mine,) = [j for j in ledger.judgements_of(other) if j.author == "Mara"]
    assert (mine.verdict, mine.score, mine.reason) == ("same", 1.0, "the same call")
    ledger.undo(other)
    assert ids(ledger.entries("events")) == keys


@pytest.mark.parametrize("turned", [False, True])
def test_a_persons_different_parts_and_undone_joins(turned):
    """What rules put together a person takes apart; undone, by either id, it is together again."""
    ledger = _together()
    before = _one(ledger, "events")
    keys = [item.id for item in before.items]
    one, other = reversed(keys) if turned else keys

    ledger.correct(one, {"different": other})

    assert sorted(ids(ledger.entries("events"))) == sorted(keys)
    ledger.undo(other)
    assert _one(ledger, "events") == before


@pytest.mark.parametrize("verdict", ["same", "different"])
@pytest.mark.parametrize("which", [0, 1, "both"])
def test_a_judgement_outlives_a_re_reading(verdict, which):
    """Read anew with other bounds, the two records are still what the person said, and it can still be undone."""
    far = an_event(FAR, when="2026-03-09", tracks=("health",))
    records = [
        an_event(when="2026-03-01", tracks=("trade",)),
        far if verdict == "same" else an_event(when="2026-03-01"),
    ]
    readings = [a_reading(records[0]), a_reading(records[1], by="Post", day="2026-03-10")]
    ledger = a_ledger(*readings)
    keys = [item.id for entry in ledger.entries("events") for item in entry.items]
    many = len(ledger.entries("events"))
    ledger.correct(keys[0], {verdict: keys[1]})
    judged = len(ledger.entries("events"))
    assert {many, judged} == {1, 2}

    for at in (0, 1) if which == "both" else (which,):
        ledger.add_reading(read_anew(readings[at], wider(records[at])))

    assert len(ledger.entries("events")) == judged
    new = ids(ledger.entries("events"))
    ledger.undo(new[-1])
    assert len(ledger.entries("events")) == many


def test_a_judgement_waits_while_a_reading_lacks_the_record():
    """A reading without the record says nothing; the next one that has it, cut otherwise, finds the judgement again."""
    ledger = _apart()
    first = a_reading(an_event(when="2026-03-01", tracks=("trade",)))
    keys = ids(ledger.entries("events"))
    ledger.correct(keys[0], {"same": keys[1]})

    ledger.add_reading(read_anew(first))
    assert len(ledger.entries("events")) == 1
    ledger.add_reading(
        read_anew(first, wider(an_event(when="2026-03-01", tracks=("trade",))), reader=type(first.reader)("3", ()))
    )

    assert len(_one(ledger, "events").items) == 2


def test_the_later_judgement_replaces_the_earlier():
    """Same, then different: the later word holds."""
    ledger = _apart()
    keys = ids(ledger.entries("events"))
    ledger.correct(keys[0], {"same": keys[1]})
    second = _one(ledger, "events").items[1].id
    ledger.correct(keys[0], {"different": second})

    assert ids(ledger.entries("events")) == keys


def test_a_step_is_decided_anew_when_a_person_joins_or_corrects():
    """What meets a step is looked at again when the act or the step is corrected, and when that is undone."""
    step = a_step(due="2026-03-10")
    met = an_event("India and the United States held the talks on steel duties in Lisbon", when="2026-03-10")
    ledger = a_ledger(a_reading(step, day="2026-03-02"), a_reading(met, by="Post", day="2026-03-11"))
    (act,) = ledger.entries("events")

    def outcome() -> str:
        return str(_one(ledger, "next_steps").outcome)

    assert outcome() == "met"
    ledger.correct(act.id, {"wrong": True})
    assert outcome() == "unknown"
    ledger.undo(act.id)
    assert outcome() == "met"
    ledger.correct(act.id, {"when": {"start": "2026-03-01", "end": "2026-03-01"}})
    assert outcome() == "unknown"
    ledger.undo(act.id)
    ledger.correct(_one(ledger, "next_steps").id, {"due": {"start": "2026-06-01", "end": "2026-06-01"}})
    assert outcome() == "unknown"
    ledger.undo(_one(ledger, "next_steps").id)
    assert outcome() == "met"


@pytest.mark.parametrize(
    ("kind", "fields", "message"),
    [
        ("events", {}, "nothing to correct"),
        ("events", {"colour": "red"}, "colour is no field of events. Fields: type, mode"),
        ("events", {"object": "salt"}, "object is no field of events"),
        ("events", {"type": "DANCE"}, "cannot set type of E-.*: type:"),
        ("events", {"when": {"start": "2026-04-03", "end": "2026-04-01"}}, "ends on 2026-04-01, before"),
        ("events", {"when": {"start": "2026-02-30", "end": None}}, "cannot set when"),
        ("events", {"actors": []}, "at least one actor"),
        ("events", {"actors": ["IND|USA"]}, "no actor id"),
        ("events", {"actors": ["the moon"]}, '"the moon" is no actor id'),
        ("next_steps", {"actors": []}, "at least one actor"),
        ("next_steps", {"due": None}, "cannot set due"),
        ("next_steps", {"what": " "}, "it is empty"),
        ("measures", {"by": []}, "at least one actor"),
        ("measures", {"rate": 12}, "cannot set rate"),
        ("initiatives", {"name": ""}, "it is empty"),
        ("events", {"wrong": "yes"}, "true or false"),
        ("events", {"same": "E-zzzzzzzzz"}, "there is no entry E-zzzzzzzzz"),
        ("events", {"same": "nonsense"}, "is no id"),
    ],
)
def test_what_cannot_be_corrected_is_refused_whole(kind, fields, message):
    """A correction that does not fit is refused in words, and nothing of it is stored."""
    ledger = a_ledger(a_reading(*RECORDS.values()))
    before = _shown(ledger)

    with pytest.raises(UsageError, match=message):
        ledger.correct(
            _one(ledger, kind).id, {**({"status": "planned"} if kind == "events" and fields else {}), **fields}
        )

    assert _shown(ledger) == before
    assert ledger._store.rows("SELECT * FROM correction") == []


def test_same_and_different_need_two_of_a_kind():
    """An event is not a measure, and nothing is the same as itself."""
    ledger = a_ledger(a_reading(*RECORDS.values()))
    event, measure = _one(ledger, "events").id, _one(ledger, "measures").id

    for verdict in ("same", "different"):
        with pytest.raises(UsageError, match="different kinds"):
            ledger.correct(event, {verdict: measure})
        with pytest.raises(UsageError, match="same entry already"):
            ledger.correct(event, {verdict: event})


def test_nobody_signs_as_the_rule():
    """A person who signs as the ledger's rules do would have the judgement withdrawn as theirs are."""
    ledger = _apart()

    with pytest.raises(UsageError, match="another name"):
        ledger.correct(ids(ledger.entries("events"))[0], {"mode": "visit"}, author="rule")


def test_a_correction_that_finds_no_record_waits():
    """It stays in its table while no reading has the record, and holds again for one that has."""
    reading = a_reading(an_event())
    ledger = a_ledger(reading)
    key = _one(ledger, "events").id
    ledger.correct(key, {"mode": "visit"})

    ledger.add_reading(read_anew(reading))
    assert ledger.entries("events") == []
    assert [c.field for c in ledger.corrections_of(key)] == ["mode"]
    ledger.add_reading(reading)

    assert _is(ledger, "events", "mode") == "visit"


def test_a_corrected_speaker_is_found_under_his_name_and_pair():
    """Corrected to another side, a statement is under that side's pair of its paragraph, and back when undone."""
    says = "The duties on pipes break the rules of trade, said the minister after talks in Lisbon"
    ledger = a_ledger(a_reading(an_event(says, actors=("IND", "USA", "BRA")), a_statement(says[:44])))
    key = _one(ledger, "statements").id
    ledger.correct(key, {"speaker": {"name": "José Melo", "role": None, "affiliation": "BRA"}})

    assert ids(ledger.statements_by("jose melo")) == ids(ledger.statements_by("BRA")) == [key]
    assert ids(ledger.entries("statements", pair=("USA", "BRA"))) == [key]
    assert ledger.entries("statements", pair=("IND", "USA")) == []
    ledger.undo(key)
    assert ids(ledger.entries("statements", pair=("IND", "USA"))) == [key]


@pytest.mark.parametrize("odd", ['"; DROP TABLE record; --', "a\x00b", "\u202eمرحبا", "ß" * 10_000])
def test_any_words_may_stand_in_a_correction(odd):
    """Author, reason and value are kept as they were given."""
    ledger = a_ledger(a_reading(a_measure()))
    key = _one(ledger, "measures").id

    (made,) = ledger.correct(key, {"object": odd}, author=odd, reason=odd)

    assert (made.value, made.author, made.reason) == (odd, odd, odd)
    assert _is(ledger, "measures", "object") == odd


def _three() -> Ledger:
    """Return a ledger in which three papers tell of one event."""
    talks = an_event(when="2026-03-01")
    ledger = a_ledger(*(a_reading(talks, day=f"2026-03-0{n}", by=f"Paper {n}") for n in (2, 3, 4)))
    assert len(_one(ledger, "events").items) == 3
    return ledger


def test_accepting_is_noted_for_each_item_and_changes_nothing():
    """It can be withdrawn like a correction, and outlives another reading of a document."""
    ledger = _three()
    before, entry = _shown(ledger), _one(ledger, "events")

    made = ledger.correct(entry.id, {"accepted": True}, author="Ana")

    assert {one.item for one in made} == {item.id for item in entry.items}
    assert _shown(ledger) == before
    assert all(item.corrected == () for item in _one(ledger, "events").items)
    ledger.undo(entry.id, author="Rui", reason="too soon")
    assert all(one.withdrawn_at for one in ledger.corrections_of(entry.id))
    (undone,) = ledger._store.rows("SELECT detail FROM revision WHERE what = 'undone'")
    assert undone[0] == "by Rui: too soon"
    with pytest.raises(UsageError, match="true or false"):
        ledger.correct(entry.id, {"accepted": "yes"})


def test_a_correction_of_the_item_alone_leaves_the_rest_of_its_entry():
    """The entry's own id stands for all its items, unless it is to be the one item."""
    ledger = _three()
    entry = _one(ledger, "events")

    ledger.correct(entry.id, {"wrong": True}, alone=True)

    assert [item.id for item in _one(ledger, "events").items] == [item.id for item in entry.items[1:]]


@pytest.mark.parametrize("at", [0, 1, 2])
def test_an_item_told_apart_from_all_others_stands_alone_until_undone(at):
    """Several judgements made at once are withdrawn at once."""
    ledger = _three()
    before, entry = _shown(ledger), _one(ledger, "events")
    out, *rest = sorted((item.id for item in entry.items), key=lambda id: id != entry.items[at].id)

    ledger.correct(out, {"different": rest})

    assert sorted(len(one.items) for one in ledger.entries("events")) == [1, 2]
    assert [item.id for item in ledger.entry(out).items] == [out]
    ledger.undo(out)
    assert _shown(ledger) == before
