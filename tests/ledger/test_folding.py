"""What items make together: ladders of measures, positions on disputes, members of initiatives, events told twice."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from typing import Any

import pytest

from dragoman.domain import Rate, Record
from dragoman.ledger import Ledger
from dragoman.ledger.entries import DisputeEntry, EventEntry, InitiativeEntry, MeasureEntry
from tests.ledger.factory import (
    a_dispute,
    a_ledger,
    a_measure,
    a_person,
    a_reading,
    a_statement,
    an_event,
    an_initiative,
)

Told = tuple[str, Record]


def _ledger(*told: Told) -> Ledger:
    """Return a ledger of records, each told on a day by another paper."""
    return a_ledger(*(a_reading(record, day=day, by=f"P{n}") for n, (day, record) in enumerate(told)))


def _only(ledger: Ledger, kind: Any, as_of: str = "2030-01-01") -> Any:
    (entry,) = ledger.entries(kind, as_of=date.fromisoformat(as_of))
    return entry


# --- measures

DUTIES = "duties on Indian steel pipes"
ANNOUNCED = (
    "2026-03-02",
    a_measure(f"The United States announced {DUTIES} from 1 April", "announced", "2026-04-01", rate=10),
)
IN_FORCE = ("2026-04-02", a_measure(f"The {DUTIES} took effect on 1 April", "in-force", "2026-04-01", rate=10))
RAISED = ("2026-05-02", a_measure(f"The {DUTIES} rose to 25 percent on 1 May", "in-force", "2026-05-01", rate=25))
EASED = (
    "2026-06-02",
    a_measure(f"On 1 June it lifted some of the {DUTIES}", "lifted", "2026-06-01", object="some of the steel pipes"),
)
SUSPENDED = ("2026-07-02", a_measure(f"It suspended the {DUTIES} on 1 July", "suspended", "2026-07-01"))
LIFTED = ("2026-08-02", a_measure(f"It lifted the {DUTIES} on 1 August", "lifted", "2026-08-01"))
COURSE = (ANNOUNCED, IN_FORCE, RAISED, EASED, SUSPENDED, LIFTED)


@pytest.mark.parametrize(
    ("as_of", "status", "rate", "rungs"),
    [
        ("2026-03-02", "announced", 10, [("announced", False)]),
        ("2026-04-01", "announced", 10, [("announced", False)]),  # its day came; that it took effect is not yet told
        ("2026-04-02", "in-force", 10, [("announced", False), ("in-force", False)]),
        ("2026-05-02", "in-force", 25, [("announced", False), ("in-force", False), ("in-force", False)]),
        ("2026-06-02", "in-force", 25, [("announced", False), *[("in-force", False)] * 2, ("lifted", True)]),
        ("2026-07-02", "suspended", 25, None),
        ("2026-08-02", "lifted", 25, None),
    ],
)
def test_the_ladder_as_of_a_day(as_of, status, rate, rungs):
    """A measure climbs its ladder as documents tell of it; a part that is lifted leaves the rest in force."""
    entry = _only(_ledger(*COURSE), "measures", as_of)

    assert isinstance(entry, MeasureEntry)
    assert (entry.status, entry.rate) == (status, Rate(rate, "percent"))
    if rungs is not None:
        assert [(rung.status, rung.partial) for rung in entry.ladder] == rungs


def test_the_order_of_documents_does_not_change_a_ladder():
    """Whatever comes into the ledger first, the ladder is the same."""
    seen = [_only(_ledger(*COURSE), "measures").ladder]
    for order in list(permutations(range(len(COURSE))))[:: len(COURSE) * 7]:
        ledger = Ledger.open(":memory:")
        for n in order:
            ledger.add_reading(a_reading(COURSE[n][1], day=COURSE[n][0], by=f"P{n}"))
        seen.append(_only(ledger, "measures").ladder)

    assert all(ladder == seen[0] for ladder in seen)


def test_two_reports_of_one_rung_share_it():
    """A vague window and a sharp one are one rung, with the sharp one and the words told first."""
    vague = (
        "2026-04-03",
        a_measure(f"The {DUTIES} are in force this week", "in-force", ("2026-03-30", "2026-04-05"), rate=10),
    )
    entry = _only(_ledger(ANNOUNCED, IN_FORCE, vague), "measures")

    (rung,) = [r for r in entry.ladder if r.status == "in-force"]
    assert rung.when.start == rung.when.end == date(2026, 4, 1)
    assert rung.on == date(2026, 4, 2)


def test_a_measure_that_is_to_come_is_not_in_force_by_its_day():
    """Only a document that says so puts a measure into force."""
    entry = _only(_ledger(ANNOUNCED), "measures", "2027-01-01")

    assert (entry.status, entry.when.start) == ("announced", date(2026, 4, 1))


def test_a_lifting_that_may_come_changes_nothing_yet():
    """An offer to lift is a rung that is possible; the measure stays in force."""
    says = f"It may lift the {DUTIES} in October"
    offer = an_event(says, "CONCEDE", ("USA",), ("IND",), status="possible", when=("2026-10-01", "2026-10-31"))
    ledger = _ledger(ANNOUNCED, IN_FORCE)
    ledger.add_reading(a_reading(offer, a_measure(says, "in-force", "2026-04-01", rate=10), day="2026-05-02", by="P9"))
    entry = _only(ledger, "measures")

    assert entry.status == "in-force"
    assert [(r.status, r.possible) for r in entry.ladder if r.possible] == [("lifted", True)]
    assert "may be lifted" in [change.what for change in entry.history]


def test_the_measures_of_two_sides_are_two():
    """The same duty in return is a measure of its own."""
    back = (
        "2026-03-03",
        a_measure("India announced duties on American steel pipes", "announced", by=("IND",), on=("USA",)),
    )

    assert len(_ledger(ANNOUNCED, back).entries("measures")) == 2


# --- disputes

CLAIM = "Indian pipes were sold below their cost in Texas"
US, INDIA = a_person("Tom Weld", "USA"), a_person("Ana Prado", "IND")


@pytest.mark.parametrize(
    ("denial", "said", "stands"),
    [
        ("No pipe was ever sold below its cost", None, ["asserts", "denies"]),
        ("That is only partly true of pipes sold below cost", None, ["asserts", "qualifies"]),
        (
            "No pipe was ever sold below its cost",
            a_statement("We stand by it: pipes were sold below their cost", US),
            ["asserts", "denies", "asserts"],
        ),
        (
            "No pipe was ever sold below its cost",
            a_statement("No pipes were sold below their cost, ever", INDIA, stance="deny"),
            ["asserts", "denies", "denies"],
        ),
        (
            "No pipe was ever sold below its cost",
            a_statement("The pipes sold below cost are partly a matter of record", INDIA, stance="deny"),
            ["asserts", "denies", "qualifies"],
        ),
        (
            "No pipe was ever sold below its cost",
            a_statement("The harvest was good this year", US),
            ["asserts", "denies"],
        ),
        (
            "No pipe was ever sold below its cost",
            a_statement("Pipes were sold below their cost", a_person("Bo", "BRA")),
            ["asserts", "denies"],
        ),
    ],
)
def test_positions_on_a_claim(denial, said, stands):
    """What each party says of the claim, in this document and those of the weeks after, oldest first."""
    ledger = _ledger(("2026-03-02", a_dispute(CLAIM, denial, US, INDIA)))
    if said is not None:
        ledger.add_reading(a_reading(said, an_event(said.evidence[0].quote), day="2026-03-09", by="P9"))
    entry = _only(ledger, "disputes")

    assert isinstance(entry, DisputeEntry)
    assert [p.stand for p in entry.positions] == stands
    told = [p.quote.source.known_on for p in entry.positions if p.quote]
    assert told == sorted(told)
    assert (entry.claim.text, entry.denial.text) == (CLAIM, denial)
    assert len(_only(ledger, "disputes", "2026-03-08").positions) == 2


def test_one_claim_in_two_documents_is_one_dispute():
    """Both documents' words of both parties stand side by side."""
    again = a_dispute(
        "Pipes from India were sold below their cost in Texas", "No pipes were sold below cost in Texas", US, INDIA
    )
    entry = _only(
        _ledger(("2026-03-02", a_dispute(CLAIM, "No pipe was sold below its cost", US, INDIA)), ("2026-03-04", again)),
        "disputes",
    )

    assert (entry.origins, [p.party for p in entry.positions].count("IND")) == (2, 2)


# --- initiatives


def test_who_is_invited_joins_and_leaves():
    """Ties in the order they became known; who joined is no longer only invited, who left no longer a member."""
    ledger = _ledger(
        ("2026-01-05", an_initiative(says="The Pact of Ports was founded", lead=("IND",), members=("IND", "GHA"))),
        ("2026-02-05", an_initiative(says="Peru was asked into the Pact of Ports", invited=("PER",))),
    )
    for day, says, actor in (
        ("2026-03-05", "Peru joined the Pact of Ports", "PER"),
        ("2026-05-05", "Ghana left the Pact of Ports", "GHA"),
    ):
        ledger.add_reading(
            a_reading(an_initiative(says=says), an_event(says, "AGREE", (actor,), ("IND",)), day=day, by=day)
        )

    def ties(as_of: str) -> tuple[tuple[str, ...], ...]:
        entry = _only(ledger, "initiatives", as_of)
        assert isinstance(entry, InitiativeEntry)
        return entry.lead, entry.members, entry.invited, entry.left

    assert ties("2026-01-31") == (("IND",), ("GHA", "IND"), (), ())
    assert ties("2026-02-28") == (("IND",), ("GHA", "IND"), ("PER",), ())
    assert ties("2026-04-30") == (("IND",), ("GHA", "IND", "PER"), (), ())
    assert ties("2026-12-31") == (("IND",), ("IND", "PER"), (), ("GHA",))
    entry = _only(ledger, "initiatives")
    assert [c.what for c in entry.history][-3:] == ["PER is invited", "PER joined", "GHA left"]


def test_who_left_may_join_again():
    """A state that left and came back is a member, and its whole course is in the ties."""
    ledger = _ledger(("2026-01-05", an_initiative(members=("IND", "USA"))))
    for day, verb in (
        ("2026-02-05", "left"),
        ("2026-03-05", "joined"),
        ("2026-04-05", "left"),
        ("2026-05-05", "joined"),
    ):
        says = f"The United States {verb} the Pact of Ports"
        ledger.add_reading(
            a_reading(an_initiative(says=says), an_event(says, "AGREE", ("USA",), ("IND",)), day=day, by=day)
        )

    assert [t.tie for t in _only(ledger, "initiatives").ties if t.actor == "USA"] == [
        "member",
        "left",
        "joined",
        "left",
        "joined",
    ]
    for as_of, inside in (("2026-02-28", False), ("2026-03-31", True), ("2026-04-30", False), ("2026-05-31", True)):
        entry = _only(ledger, "initiatives", as_of)
        assert (("USA" in entry.members), ("USA" in entry.left)) == (inside, not inside)


def test_an_old_list_of_members_brings_nobody_back():
    """That a later text lists who once belonged is no word that it joined again."""
    says = "Ghana left the Pact of Ports"
    ledger = _ledger(("2026-01-05", an_initiative(members=("IND", "GHA"))))
    ledger.add_reading(
        a_reading(an_initiative(says=says), an_event(says, "REJECT", ("GHA",), ("IND",)), day="2026-02-05", by="P1")
    )
    ledger.add_reading(a_reading(an_initiative(members=("IND", "GHA")), day="2026-03-05", by="P2"))

    assert _only(ledger, "initiatives").members == ("IND",)


@pytest.mark.parametrize(
    ("name", "says", "joined"),
    [
        ("Pact of Ports", "Peru joined the PACT of Ports", True),
        ("The Pact of Ports", "Peru joined the Pact\nof Ports", True),
        ("Quad", "Peru joined the Quadrant Club", False),  # whole words
        ("Pact of Ports", "Peru joined a dinner", False),
    ],
)
def test_which_act_tells_of_joining(name, says, joined):
    """The act must name the initiative, in whole words."""
    ledger = a_ledger(
        a_reading(an_initiative(name, f"{name} is old", members=("IND",)), an_event(says, "AGREE", ("PER",), ("IND",)))
    )

    assert ("PER" in _only(ledger, "initiatives").members) == joined


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Pact of Ports", "The Pact of Ports", True),
        ("Pact of Ports", "PACT OF PÓRTS", True),
        ("Pact of Ports", "Pact of Piers", False),
    ],
)
def test_initiatives_go_by_their_name(one, other, same):
    """Article, case and accents do not make another initiative."""
    ledger = _ledger(
        ("2026-01-05", an_initiative(one, members=("IND",))), ("2026-01-06", an_initiative(other, members=("USA",)))
    )

    assert (len(ledger.entries("initiatives")) == 1) == same


# --- events


@pytest.mark.parametrize(
    ("told", "status", "contested"),
    [
        (("happened",), "happened", False),
        (("happened", "denied"), "happened", True),
        (("denied", "happened"), "happened", True),
        (("denied",), "denied", False),
        (("planned", "possible"), "possible", False),
        (("possible", "planned"), "planned", False),
        (("happened", "ended"), "ended", False),
    ],
)
def test_the_status_of_an_event_told_more_than_once(told, status, contested):
    """What lies ahead is as firm as last told; what one report affirms and another denies is contested."""
    ledger = _ledger(*((f"2026-03-0{n}", an_event(when="2026-03-01", status=word)) for n, word in enumerate(told, 2)))
    entry = _only(ledger, "events")

    assert isinstance(entry, EventEntry)
    assert (entry.status, entry.contested, len(entry.items)) == (status, contested, len(told))
    assert [change.what for change in entry.history] == [f"told as {word}" for word in told]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"when": "2026-03-01"}, {"when": "2026-03-01"}, True),
        ({"when": "2026-03-01"}, {"when": None}, True),
        ({"when": "2026-03-01"}, {"when": "2026-04-01"}, False),
        ({"when": "2026-03-01"}, {"when": "2026-03-01", "actors": ("IND", "CHN")}, False),
        ({"when": "2026-03-01"}, {"when": "2026-03-01", "type": "ASSAULT"}, False),
        ({"when": "2026-03-01"}, {"when": "2026-03-01", "status": "planned"}, False),
        (
            {"when": "2026-03-01", "tracks": ("trade",)},
            {"when": "2026-03-01", "tracks": ("consular",), "says": "Envoys swapped lists of prisoners by phone"},
            False,
        ),
        (
            {"when": "2026-03-01", "type": "REQUEST", "actors": ("IND",), "recipients": ("USA",)},
            {"when": "2026-03-01", "type": "REQUEST", "actors": ("USA",), "recipients": ("IND",)},
            False,
        ),
    ],
)
def test_which_reports_tell_of_one_event(one, other, same):
    """The plain cases; the benchmark of merging has the hard ones."""
    ledger = _ledger(("2026-03-02", an_event(**one)), ("2026-03-03", an_event(**other)))

    assert (len(ledger.entries("events")) == 1) == same


def test_two_records_of_one_document_are_two_events():
    """The reader found two things in one text; the ledger does not make them one, whatever another document says."""
    double = a_reading(
        an_event(when="2026-03-01"), an_event("The talks on steel duties in Lisbon lasted a day", when="2026-03-01")
    )
    ledger = a_ledger(double, a_reading(an_event(when="2026-03-01"), day="2026-03-03", by="Post"))

    assert sorted(len(entry.items) for entry in ledger.entries("events")) == [1, 2]


def test_names_of_odd_persons():
    """A participant whose name is blank or only an accent breaks nothing."""
    for name in ("", " ", "\u0301", "A", "—"):
        ledger = _ledger(*((f"2026-03-0{n}", an_event(when="2026-03-01", people=(name, "Ana Prado"))) for n in (2, 3)))
        assert len(_only(ledger, "events").items) == 2
