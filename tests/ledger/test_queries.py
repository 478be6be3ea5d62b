"""Questions to the ledger: by pair, day, number, name and words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dragoman.domain import RECORD_KINDS
from dragoman.errors import UsageError
from dragoman.ledger import Ledger
from dragoman.ledger.entries import EventEntry
from tests.ledger.factory import (
    a_dispute,
    a_ledger,
    a_measure,
    a_person,
    a_reading,
    a_statement,
    a_step,
    an_event,
    an_initiative,
    ids,
    read_anew,
)

D = date.fromisoformat
LATER = D("2030-01-01")
TOPICS = ("mango quotas", "visa fees", "river dams", "jet engines", "film rights", "rice seeds")


def _meetings() -> Ledger:
    """Return a ledger of six meetings on six topics, a month apart, each told the day after."""
    return a_ledger(
        *(
            a_reading(an_event(f"Envoys met about {topic}", when=f"2026-0{n}-10"), day=f"2026-0{n}-11", by=f"P{n}")
            for n, topic in enumerate(TOPICS, 1)
        )
    )


def _months(entries: Any) -> list[int]:
    return [entry.when.start.month for entry in entries]


@pytest.mark.parametrize(
    ("asked", "months"),
    [
        ({}, [1, 2, 3, 4, 5, 6]),
        ({"pair": ("IND", "USA")}, [1, 2, 3, 4, 5, 6]),
        ({"pair": ("USA", "IND")}, [1, 2, 3, 4, 5, 6]),
        ({"pair": ("IND", "BRA")}, []),
        ({"pair": ("IND", "IND")}, []),
        ({"since": D("2026-03-10")}, [3, 4, 5, 6]),
        ({"since": D("2026-03-11")}, [4, 5, 6]),
        ({"until": D("2026-03-10")}, [1, 2, 3]),
        ({"until": D("2026-03-09")}, [1, 2]),
        ({"since": D("2026-02-10"), "until": D("2026-04-10")}, [2, 3, 4]),
        ({"since": D("2026-04-10"), "until": D("2026-02-10")}, []),
        ({"limit": 2}, [5, 6]),
        ({"limit": 100}, [1, 2, 3, 4, 5, 6]),
        ({"limit": 0}, []),
        ({"limit": 2, "until": D("2026-04-30")}, [3, 4]),
        ({"as_of": D("2026-03-11")}, [1, 2, 3]),
        ({"as_of": D("2026-03-10")}, [1, 2]),  # held on the 10th, known on the 11th
        ({"as_of": date.min}, []),
        ({"as_of": date.max}, [1, 2, 3, 4, 5, 6]),
        ({"reported_since": D("2026-04-10")}, [4, 5, 6]),
        ({"reported_since": D("2026-04-11")}, [5, 6]),
    ],
)
def test_which_entries(asked, months):
    """Days are inclusive, the pair stands in either order, a limit keeps the latest, the oldest comes first."""
    given = {"as_of": LATER, **asked}

    assert _months(_meetings().entries("events", **given)) == months
    if "pair" not in asked and "limit" not in asked and "reported_since" not in asked:
        acts = _meetings().acts(("USA", "IND"), **given)
        assert [act.day.month for act in acts] == months


def test_nothing_is_in_an_empty_ledger():
    """Every question to an empty ledger has an empty answer."""
    ledger = Ledger.open(":memory:")

    assert all(ledger.entries(kind) == [] for kind in RECORD_KINDS)  # type: ignore[arg-type]
    for answer in (ledger.acts(("IND", "USA")), ledger.pairs(), ledger.documents(), ledger.search("steel")):
        assert answer == []
    assert ledger.statements_by("Prado") == []


@pytest.mark.parametrize(
    ("due", "since", "until", "listed"),
    [
        ("2026-05-01", None, None, True),
        (("2026-05-01", "2026-05-31"), "2026-05-31", None, True),  # a step is listed under its last day
        (("2026-05-01", "2026-05-31"), None, "2026-05-30", False),
        (("2026-05-01", ""), "2026-05-01", "2026-05-01", True),
        (None, None, None, True),
        (None, "2026-01-01", None, False),  # without a date: left out when days are asked for
        (None, None, "2027-01-01", False),
    ],
)
def test_the_day_of_a_step(due, since, until, listed):
    """A step is listed under the last day on which it is due; undated ones only when no day is asked for."""
    ledger = a_ledger(a_reading(a_step(due=due)))
    found = ledger.entries("next_steps", since=since and D(since), until=until and D(until), as_of=LATER)

    assert bool(found) == listed


def test_undated_steps_come_last():
    """Oldest day first, those without one at the end."""
    steps = [
        a_step(f"They will talk about {topic}", due)
        for topic, due in zip(TOPICS, (None, "2026-09-01", "2026-04-01"), strict=False)
    ]
    found = a_ledger(a_reading(*steps)).entries("next_steps", as_of=LATER)

    assert [entry.due.start for entry in found] == [D("2026-04-01"), D("2026-09-01"), None]  # type: ignore[union-attr]


def test_the_day_of_what_has_none():
    """Measures, disputes, initiatives and statements are listed under the day they were last told."""
    told = [
        a_reading(a_measure(), a_dispute(), an_initiative(members=("IND", "USA")), day=day, by=day)
        for day in ("2026-03-02", "2026-03-12")
    ]
    ledger = a_ledger(*told)

    for kind in ("measures", "disputes", "initiatives"):
        (entry,) = ledger.entries(kind, since=D("2026-03-12"), until=D("2026-03-12"))
        assert (entry.first, entry.last) == (D("2026-03-02"), D("2026-03-12"))
        assert ledger.entries(kind, until=D("2026-03-11")) == []
        assert len(ledger.entries(kind, until=D("2026-03-11"), as_of=D("2026-03-11"))) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"when": "2026-03-01"}, {"when": "2026-03-01", "status": "denied"}),
        ({"when": "2026-03-01"}, {"when": "2026-03-01", "type": "AGREE"}),
        ({"when": "2026-03-01"}, {"when": None}),
        ({"when": None}, {"when": "2026-03-01"}),
        ({"when": ("2026-02-27", "2026-03-03")}, {"when": "2026-03-01"}),
        ({"when": "2026-03-02"}, {"when": "2026-03-01"}),
        ({"when": "2026-03-01", "tracks": ("trade",)}, {"when": "2026-03-01", "tracks": ("energy",)}),
        ({"when": "2026-03-01"}, {"when": "2026-03-01", "mode": "visit"}),
        ({"when": "2026-03-01"}, {"when": "2026-03-01", "actors": ("IND", "USA", "BRA")}),
        ({"when": "2026-03-01"}, {"when": "2026-03-01", "status": "ended"}),
        ({"when": "2026-03-01", "status": "ended"}, {"when": "2026-03-01"}),
        ({"when": "2026-03-01", "status": "planned"}, {"when": "2026-03-01", "status": "possible"}),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_an_act_is_what_its_entry_is(one, other, turned):
    """Acts are entries in few fields: whatever is asked of both, they agree."""
    told = [one, other] if not turned else [other, one]
    ledger = a_ledger(*(a_reading(an_event(**more), day=f"2026-03-0{n}", by=f"P{n}") for n, more in enumerate(told, 3)))

    for since, until in ((None, None), ("2026-03-01", "2026-03-01"), ("2026-03-02", None), (None, "2026-02-28")):
        days: dict[str, Any] = {"since": since and D(since), "until": until and D(until)}
        entries = ledger.entries("events", pair=("IND", "USA"), **days)
        acts = ledger.acts(("IND", "USA"), **days)
        expected = [
            (e.id, e.type, e.mode, e.status, e.actors, e.recipients, e.tracks, e.origins, _day(e))
            for e in entries
            if isinstance(e, EventEntry)
        ]
        found = [(a.entry, a.type, a.mode, a.status, a.actors, a.recipients, a.tracks, a.origins, a.day) for a in acts]
        assert found == expected


def _day(entry: EventEntry) -> date:
    return (entry.when and (entry.when.start or entry.when.end)) or entry.first


def test_pairs_and_how_much_is_told_of_them():
    """The most told pair comes first; a document counts once however many records it has."""
    ledger = a_ledger(
        a_reading(an_event(), a_measure(), an_event("Peru wrote to Chile", "REQUEST", ("PER",), ("CHL",))),
        a_reading(a_step(due="2026-05-01"), day="2026-03-05", by="Post"),
    )

    assert [(p.pair, p.documents, p.last) for p in ledger.pairs()] == [
        (("IND", "USA"), 2, D("2026-03-05")),
        (("CHL", "PER"), 1, D("2026-03-02")),
    ]
    assert [p.documents for p in ledger.pairs(as_of=D("2026-03-04"))] == [1, 1]
    assert ledger.pairs(as_of=D("2026-03-01")) == []


def test_documents_by_day_and_pair():
    """Documents known by a day, from a day on, and those that tell of a pair."""
    readings = [a_reading(an_event(), day="2026-03-02"), a_reading(text="It rained.", day="2026-03-05", by="Post")]
    ledger = a_ledger(*readings)
    first, second = ledger.documents()

    assert (first.publisher, second.publisher) == ("Wire", "Post")
    assert ledger.documents(since=D("2026-03-03")) == [second]
    assert ledger.documents(as_of=D("2026-03-04")) == [first]
    assert ledger.documents(pair=("USA", "IND")) == [first]
    assert ledger.documents(pair=("USA", "BRA")) == []


@pytest.mark.parametrize("given", ["", " ", "D", "D-zzzz", "E-1", "nonsense", "é", "D-%", "D-'; --"])
def test_a_document_that_is_not_there(given):
    """What is no id of one document is said to be none."""
    ledger = a_ledger(a_reading(an_event()))

    with pytest.raises(UsageError, match=r"no document|no id"):
        ledger.document(given)


def test_a_document_by_the_beginning_of_its_id():
    """A beginning that only one document has will do, in capitals too; one that more have is refused with them."""
    ledger = a_ledger(*(a_reading(an_event(), day=f"2026-03-{n:02}") for n in range(1, 29)))
    key = ledger.documents()[0].document

    assert ledger.document(key[:9]).id == ledger.document(f" {key.upper()} ").id == ledger.document(key).id == key
    with pytest.raises(UsageError, match="begins more than one id"):
        ledger.document("D-")


# --- ids


@pytest.mark.parametrize("cut", [3, 5, 8, 11])
def test_a_beginning_of_an_id_will_do(cut):
    """As many characters as tell an entry from all others; case and blanks do not matter."""
    ledger = a_ledger(a_reading(an_event()))
    key = ids(ledger.entries("events"))[0]

    assert ledger.entry(key[:cut]).id == ledger.entry(f" {key[:cut].upper()} ").id == key


def test_a_beginning_that_several_have():
    """The message lists those that begin so."""
    ledger = _meetings()

    with pytest.raises(UsageError, match=r"begins more than one id: E-.*, E-"):
        ledger.entry("E-")


@pytest.mark.parametrize(
    "given", ["", "E", "E-", "talks", "E-zzzzzzzzz", "E-%", "E_abc", "É-abc", "E-abc; --", "-" * 5000]
)
def test_what_is_no_id_is_said_to_be_none(given):
    """No word of the message is longer than a screen, and it names the next step."""
    with pytest.raises(UsageError, match=r"search|begins more") as told:
        a_ledger(a_reading(a_measure())).entry(given)

    assert len(str(told.value)) < 300


def test_the_id_of_every_item_finds_the_entry():
    """An entry has the id of its earliest item, and each item's id finds it."""
    ledger = a_ledger(*(a_reading(an_event(when="2026-03-01"), day=f"2026-03-0{n}", by=f"P{n}") for n in (4, 2, 3)))
    (entry,) = ledger.entries("events")

    assert [item.source.known_on.day for item in entry.items] == [2, 3, 4]
    assert entry.id == entry.items[0].id
    assert all(ledger.entry(item.id) == entry for item in entry.items)


def test_an_entry_as_of_a_day():
    """It holds what was known by then; before it was known at all, that is said."""
    ledger = a_ledger(*(a_reading(an_event(when="2026-03-01"), day=f"2026-03-0{n}", by=f"P{n}") for n in (2, 4)))
    (entry,) = ledger.entries("events")

    assert len(ledger.entry(entry.id, as_of=D("2026-03-03")).items) == 1
    with pytest.raises(UsageError, match=r"not known on 2026-03-01.*later day"):
        ledger.entry(entry.id, as_of=D("2026-03-01"))


# --- who said it

SPEAKERS = [
    a_person("S. Jaishankar", "IND"),
    a_person("José Manuel Barroso", "EU"),
    a_person("BIDEN", "USA"),
    a_person("Ban Ki-moon", "UN"),
    a_person("officials", "USA"),
    a_person("Usama Ind", None),
    a_person("Ismail Haniyeh", "hamas"),
    a_person("Recep Tayyip Erdoğan", "TUR"),
    a_person("Mary O'Neil, Jr.", "G7"),
]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Jaishankar", ["S. Jaishankar"]),
        ("s. jaishankar", ["S. Jaishankar"]),
        ("JAISHANKAR", ["S. Jaishankar"]),
        ("shankar", []),  # whole words
        ("jose manuel", ["José Manuel Barroso"]),
        ("JOSÉ", ["José Manuel Barroso"]),
        ("Manuel  Barroso ", ["José Manuel Barroso"]),
        ("Barroso José", []),  # in their order
        ("erdogan", ["Recep Tayyip Erdoğan"]),
        ("biden", ["BIDEN"]),
        ("BIDEN", ["BIDEN"]),  # capitals are a name too
        ("Ki-moon", ["Ban Ki-moon"]),
        ("O'Neil", ["Mary O'Neil, Jr."]),
        ("USA", ["BIDEN", "officials"]),  # an actor id
        ("IND", ["S. Jaishankar", "Usama Ind"]),
        ("EU", ["José Manuel Barroso"]),
        ("G7", ["Mary O'Neil, Jr."]),
        ("hamas", ["Ismail Haniyeh"]),
        ("officials", ["officials"]),
        ("", []),
        ("%", []),
        ("_", []),
        ("J_S_", []),
        ("%a%", []),
        ("'; DROP TABLE person; --", []),
        ("\x00", []),
    ],
)
def test_statements_by_a_speaker(name, found):
    """Whole words of the name, without case or accents, or the id of the actor spoken for; no sign is a wildcard."""
    ledger = a_ledger(
        *(a_reading(a_statement(f"Word {n} was said", who), by=f"P{n}") for n, who in enumerate(SPEAKERS))
    )
    said = ledger.statements_by(name)

    assert sorted(entry.statement.speaker.name for entry in said) == sorted(found)  # type: ignore[union-attr]


def test_statements_by_day_and_number():
    """Oldest first; days are inclusive; a limit keeps the latest; as of a day only what was known."""
    ledger = a_ledger(*(a_reading(a_statement(f"Word {n} was said"), day=f"2026-03-0{n}") for n in range(1, 7)))

    def days(**asked: Any) -> list[int]:
        return [entry.last.day for entry in ledger.statements_by("prado", **asked)]

    assert days() == [1, 2, 3, 4, 5, 6]
    assert days(since=D("2026-03-03"), until=D("2026-03-04")) == [3, 4]
    assert days(limit=2) == [5, 6]
    assert days(limit=0) == []
    assert days(as_of=D("2026-03-02"), until=D("2026-03-05")) == [1, 2]


def test_statements_of_a_pair():
    """A statement is of a pair when its speaker is of either side and its paragraph tells of the pair."""
    says = "India and the United States talked, and we were pleased, said the minister"
    inside, outside = a_statement("we were pleased"), a_statement("It will rain tomorrow")
    ledger = a_ledger(a_reading(an_event(says), inside, outside, text=f"{says}.\n\nIt will rain tomorrow."))

    found = ledger.entries("statements", pair=("USA", "IND"))
    assert [e.quotes[0].text for e in found] == ["we were pleased"]
    assert len(ledger.entries("statements")) == 2


# --- words


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("talks", True),
        ("TALKS steel", True),
        ("steel talks", True),  # all the words, in any order
        ("steel potatoes", False),
        ('"steel duties"', True),
        ('"', None),
        ("steel OR duties", False),  # operators are words like others
        ("NOT steel", False),
        ("steel*", True),
        ("ste*", False),
        ("title:steel", False),
        ("steel-duties", True),
        ("(steel OR", False),
        ("NEAR(steel duties)", False),
        ("^steel", True),
        ("steel'; DROP TABLE document; --", False),
        ("", None),
        ("?!", None),
        ("_", None),
        ("\x00", None),
        ("steel\x00duties", True),
        ("duties " * 300, True),
        ("x" * 10_000, False),
        ("مرحبا", False),
        ("Sao Tomé", True),
        ("são tome", True),
        ("2026", True),
        ("\ud800", None),
    ],
)
def test_what_search_finds(query, found):
    """All words, without case or accents; no sign in a query is an operator or breaks it; no word at all is said."""
    ledger = a_ledger(a_reading(an_event(), an_event("Envoys met in São Tomé")))

    if found is None:
        with pytest.raises(UsageError, match="nothing to search for"):
            ledger.search(query)
    else:
        assert bool(ledger.search(query)) == found


def test_search_finds_documents_and_entries():
    """Documents by their text and title, entries by the words they rest on; an entry once, with a piece of text."""
    ledger = a_ledger(
        *(a_reading(an_event(when="2026-03-01"), title="Herring", day=f"2026-03-0{n}", by=f"P{n}") for n in (2, 3))
    )
    hits = ledger.search("steel")

    assert [hit.kind for hit in hits] == ["documents", "documents", "events"]
    assert hits[2].id == ids(ledger.entries("events"))[0]
    assert all("[steel]" in hit.snippet for hit in hits)
    assert len(ledger.search("herring")) == 2
    assert [h.kind for h in ledger.search("steel", as_of=D("2026-03-02"))] == ["documents", "events"]
    assert ledger.search("steel", as_of=D("2026-03-01")) == []
    assert len(ledger.search("steel", limit=1)) == 2  # one document, one entry


def test_search_finds_names_and_objects():
    """An initiative is found by its name and purpose, a measure by its object, a step by its phrase."""
    ledger = a_ledger(
        a_reading(
            an_initiative("Herring Compact", "It was founded", purpose="counting fish"),
            a_measure("Duties rose", object="lamp oil"),
        )
    )

    assert (
        {h.kind for h in ledger.search("herring compact")}
        == {h.kind for h in ledger.search("counting")}
        == {"initiatives"}
    )
    assert {h.kind for h in ledger.search("lamp oil")} == {"measures"}


def test_search_forgets_what_is_no_longer_read():
    """A record that is wrong or no longer read is not found; its document still is."""
    reading = a_reading(an_event())
    ledger = a_ledger(reading)
    key = ids(ledger.entries("events"))[0]

    ledger.correct(key, {"wrong": True})
    assert [h.kind for h in ledger.search("steel")] == ["documents"]
    ledger.undo(key)
    assert [h.kind for h in ledger.search("steel")] == ["documents", "events"]
    ledger.add_reading(read_anew(reading))
    assert [h.kind for h in ledger.search("steel")] == ["documents"]


def test_the_relation_of_two_ids():
    """A day may be given as text; a name or a typing error is told, not answered with nothing."""
    ledger = a_ledger(a_reading(an_event()))

    assert ledger.relation("IND", "USA", as_of="2030-01-01").documents == 1
    for wrong in ("Kenya", "tza"):
        with pytest.raises(UsageError, match="no actor id"):
            ledger.relation(wrong, "USA")


def test_what_one_document_tells_and_another_denies():
    """The denial of another document makes the event contested, from the day it is known; disputes list it."""
    from dragoman.views import disputes

    quote = "Indian boats fired on a trawler off Kandla on 2 March"
    ledger = a_ledger(
        a_reading(an_event(quote, "ASSAULT", ("IND",), ("PAK",), when="2026-03-02"), day="2026-03-03"),
        a_reading(
            an_event(f"it was denied that {quote}", "ASSAULT", ("IND",), ("PAK",), when="2026-03-02", status="denied"),
            day="2026-03-05",
        ),
    )

    assert [len(entry.items) for entry in ledger.contested(("PAK", "IND"), as_of=date(2026, 4, 1))] == [2]
    assert ledger.contested(as_of=date(2026, 3, 4)) == []
    assert len(disputes(ledger, ("IND", "PAK"), as_of=date(2026, 4, 1)).contested) == 1
