"""Measures: which instruments are recorded, whose they are, on whom, and how far they have come.

Every text is invented.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from dragoman.domain import Document, Measure
from dragoman.language.parse import parse
from dragoman.reading.cast import assemble
from dragoman.reading.measures import find_measures
from dragoman.reading.when import clock

PUBLISHED = date(2015, 6, 10)  # a Wednesday


@pytest.fixture(scope="module")
def measures() -> Callable[[str], list[Measure]]:
    """A function that reads the measures of a text whose paragraphs are parted by blank lines."""

    def find(text: str) -> list[Measure]:
        ranges, at = [], 0
        for part in text.split("\n\n"):
            ranges.append((at, at + len(part)))
            at += len(part) + 2
        parsed = parse(Document(text, published=PUBLISHED, paragraphs=tuple(ranges)))
        return find_measures([], parsed, assemble(parsed), clock(parsed))

    return find


Read = Callable[[str], list[Measure]]

# text, kind, by, on
SAID = [
    ("Peru imposed a 20 percent tariff on Chilean glass.", "tariff", "PER", "CHL"),
    ("Kenya slapped duties on sugar from Uganda.", "tariff", "KEN", "UGA"),
    ("Denmark charges 5 percent on Swedish cement.", "tariff", "DNK", "SWE"),
    ("Togo banned imports of Ghanaian onions.", "import-ban", "TGO", "GHA"),
    ("Togo will stop importing rice from Ghana.", "import-ban", "TGO", "GHA"),
    ("Samoa closed its ports to Tongan yams.", "import-ban", "WSM", "TON"),
    ("A Lao ban on Cambodian rubber continues.", "import-ban", "LAO", "KHM"),
    ("Canada banned exports of turbines to Sudan.", "export-control", "CAN", "SDN"),
    ("Japan is weighing export controls on lathes sent to Malaysia.", "export-control", "JPN", "MYS"),
    ("Norway set a quota of 300 tonnes for Icelandic boats.", "quota", "NOR", "ISL"),
    ("Austria froze the assets of nine Kenyan officials.", "asset-freeze", "AUT", "KEN"),
    ("Finland is considering a visa ban on Cuban officials.", "visa-restriction", "FIN", "CUB"),
    ("Malta barred Libyan officials from entry.", "travel-ban", "MLT", "LBY"),
    ("Spain has placed an embargo on arms sales to Chad.", "arms-embargo", "ESP", "TCD"),
    ("The United States blacklisted two Cuban banks.", "sanction", "USA", "CUB"),
    ("Britain added a Kazakh bank to its sanctions list.", "sanction", "GBR", "KAZ"),
    ("Rwanda closed its border to Burundian lorries.", "other", "RWA", "BDI"),
    ("Mali revoked the licences of two Nigerian airlines.", "other", "MLI", "NGA"),
    ("Chile objected to the levy that Peru placed on Chilean salt in 2012.", "tariff", "PER", "CHL"),
    ("Sweden announced that the accounts of two Cuban banks had been frozen.", "asset-freeze", "SWE", "CUB"),
]


@pytest.mark.parametrize(("text", "kind", "by", "on"), SAID)
def test_an_instrument_has_a_kind_an_owner_and_a_bearer(measures: Read, text: str, kind: str, by: str, on: str) -> None:
    """Nouns and verbs alike; for a general word the thing stopped gives the kind, its origin or goal the direction."""
    found = measures(text)
    assert [(m.kind, m.by, m.on) for m in found] == [(kind, (by,), (on,))]


NONE = [
    "It was her duty to meet the Turkish delegation.",
    "Peru and Chile discussed arms control.",
    "Kenya did not impose a tariff on Ugandan sugar.",
    "Kenya had no plans to impose a tariff on Ugandan sugar.",
    "Kenya would not impose a tariff on Ugandan sugar.",
    "Kenya ruled out a tariff on Ugandan sugar.",
    "Neither Kenya nor Rwanda imposed a tariff on Ugandan sugar.",
    "There is no tariff on Chilean glass in Peru.",
    "Did Peru ban imports of Chilean glass?",
    "Serbia has a ban on smoking.",
    "Japan asked Korea to stop selling cheap chips.",
    "Bulgaria has blocked Serbia's entry talks.",
    "UN Secretary-General Ban Ki-moon praised Chile.",
    "The death toll in Nepal rose after India sent aid.",
]


@pytest.mark.parametrize("text", NONE)
def test_what_binds_no_other_actor_is_no_measure(measures: Read, text: str) -> None:
    """Denied, asked about, domestic, or another sense of the word."""
    assert measures(text) == []


# text, status, first day, last day
STAGES = [
    ("Peru imposed a tariff on Chilean glass on Monday.", "in-force", "2015-06-08", "2015-06-08"),
    ("Peru will impose a tariff on Chilean glass from 1 July.", "announced", "2015-07-01", None),
    ("Peru announced a tariff on Chilean glass on Monday.", "announced", None, None),
    ("Peru is levying a tariff on Chilean glass.", "announced", None, None),
    ("Peru may impose a tariff on Chilean glass.", "proposed", None, None),
    ("Peru is considering a tariff on Chilean glass.", "proposed", None, None),
    ("Peru threatened to impose a tariff on Chilean glass.", "threatened", None, None),
    ("Peru may respond with a levy on Chilean glass.", "threatened", None, None),
    ("Peru lifted its tariff on Chilean glass on Monday.", "lifted", "2015-06-08", "2015-06-08"),
    ("Peru will lift its tariff on Chilean glass on 1 July.", "in-force", None, None),
    ("Chile wants the tariff that Peru put on Chilean glass lifted.", "in-force", None, None),
    ("Peru is to lift the tariff which it imposed on Chilean glass in 2012.", "in-force", "2012-01-01", "2012-12-31"),
    ("Peru suspended its tariff on Chilean glass.", "suspended", None, None),
    ("Peru agreed to suspend its tariff on Chilean glass.", "suspended", None, None),
    ("Peru will keep its tariff on Chilean glass.", "in-force", None, None),
    ("Peru's tariff on Chilean glass is no longer applied.", "lifted", None, None),
]


@pytest.mark.parametrize(("text", "status", "start", "end"), STAGES)
def test_the_status_is_that_of_publication_and_the_date_that_of_effect(
    measures: Read, text: str, status: str, start: str | None, end: str | None
) -> None:
    """What is to be lifted is in force; an announcement's own date is not the measure's."""
    (found,) = measures(text)
    window = (found.when.start, found.when.end) if found.when else (None, None)
    assert found.status == status
    assert window == tuple(date.fromisoformat(d) if d else None for d in (start, end))


# text, number of records, status and first day of the first
FOLDED = [
    ("Peru adopted a duty on Chilean glass. The duty takes effect on 1 July.", 1, "announced", "2015-07-01"),
    ("Peru imposed a 9% tariff on Chilean glass. It lifted the tariff in May.", 1, "lifted", "2015-05-01"),
    ("Togo banned Ghanaian onions in 2012. Ghana wants the ban lifted.", 1, "in-force", "2012-01-01"),
    ("Peru put a tariff on Chilean glass. Chile responded with a tariff on Peruvian salt.", 2, "in-force", None),
    ("Togo banned Ghanaian onions. Togo charges a 5% levy on Ghanaian salt.", 2, "in-force", None),
]


@pytest.mark.parametrize(("text", "count", "status", "start"), FOLDED)
def test_mentions_of_one_instrument_are_one_measure(
    measures: Read, text: str, count: int, status: str, start: str | None
) -> None:
    """A further mention adds its status and date; another kind or owner makes another measure."""
    found = measures(text)
    assert len(found) == count
    assert found[0].status == status
    assert found[0].when == start if start is None else found[0].when.start == date.fromisoformat(start)  # type: ignore[union-attr]


def test_a_part_of_sanctions_comes_and_goes_with_them(measures: Read) -> None:
    """An instrument given as included has the sides, the status and the date of the whole."""
    text = "Brazil lifted its sanctions against Guyana in 2012, including an asset freeze. A travel ban stays in force."
    found = measures(text)
    assert [(m.kind, m.by, m.on, m.status) for m in found] == [
        ("sanction", ("BRA",), ("GUY",), "lifted"),
        ("asset-freeze", ("BRA",), ("GUY",), "lifted"),
        ("travel-ban", ("BRA",), ("GUY",), "in-force"),
    ]
    assert found[1].when == found[0].when


def test_a_time_is_no_reason(measures: Read) -> None:
    """What follows "after" is a reason only where it is no hour or day."""
    (timed,) = measures("Peru will impose a tariff on Chilean glass after midnight on Friday.")
    (reasoned,) = measures("Peru banned imports of Chilean glass after an outbreak of fever.")
    assert (timed.reason, reasoned.reason) == (None, "an outbreak of fever")


def test_the_subject_of_a_headline_acts(measures: Read) -> None:
    """The owner beside an instrument goes before the subject of a verb that the instrument does not belong to."""
    found = measures("Fiji starts sugar sale as Tonga toughens sanctions")
    assert not any("FJI" in m.by for m in found)


def test_each_owner_keeps_a_measure_of_its_own(measures: Read) -> None:
    """Sanctions on several do not swallow a tariff on one, and "measures" said before are no part of a later tariff."""
    text = (
        "Together they announced new measures against Chile. Brazil is imposing sanctions on banks in Chile and Peru. "
        "Brazil will raise duties on Chilean tin to 40 percent. Canada has imposed a 9 percent tariff on Chilean tin."
    )
    found = [(m.kind, m.by, m.on, len(m.evidence)) for m in measures(text) if m.kind == "tariff"]
    assert found == [("tariff", ("BRA",), ("CHL",), 1), ("tariff", ("CAN",), ("CHL",), 1)]


def test_a_measure_keeps_its_object_rate_parts_and_reason(measures: Read) -> None:
    """All in the text's words, with parts from the sentence after."""
    text = (
        "Peru imposed a 20 percent duty on glass jars from Chile because of unfair prices. "
        "The rate is made up of 12 percent for dumping and 8 percent to offset cheap power."
    )
    (found,) = measures(text)
    assert found.object is not None
    assert found.object.startswith("glass jars")
    assert found.rate is not None
    assert (found.rate.value, found.rate.unit) == (20, "percent")
    assert found.reason == "unfair prices"
    assert [(p.rate.value if p.rate else 0, p.reason) for p in found.parts] == [
        (12, "dumping"),
        (8, "to offset cheap power"),
    ]
    assert all(text[e.start : e.end] == e.quote for e in found.evidence)


def test_a_side_left_out_is_the_other_of_the_two_the_text_is_about(measures: Read) -> None:
    """Only where the document makes it plain."""
    found = measures("Talks between Peru and Chile failed. Peru said Chile was late. Peru raised its tariff on glass.")
    assert [(m.by, m.on) for m in found] == [(("PER",), ("CHL",))]
    assert measures("Peru raised its tariff on glass.") == []


# text, by, on, status, first day, last day
DEADLINES = [
    (
        "Officials met before the July 1 deadline set by Tonga for the duties on Fijian sugar to take effect.",
        ("TON", "FJI", "announced", "2015-07-01", "2015-07-01"),
    ),
    (
        "Fiji has set a 1 July deadline for its tariffs on Tongan yams to take effect.",
        ("FJI", "TON", "announced", "2015-07-01", "2015-07-01"),
    ),
    (
        "3 August is the date fixed by Peru for its levy on Chilean salt to come into force.",
        ("PER", "CHL", "announced", "2015-08-03", "2015-08-03"),
    ),
    (
        "The premier of Peru will not drop his plan to issue a decree on Friday slapping 20 per cent duties on a range "
        "of Chilean wines.",
        ("PER", "CHL", "announced", "2015-06-12", "2015-06-12"),
    ),
    (
        "Mali plans to publish an order next month raising duties on Nigerian rice to 40 percent.",
        ("MLI", "NGA", "announced", "2015-07-01", "2015-07-31"),
    ),
    (
        "Greece will sign an order on 20 June curbing exports of copper to Malta.",
        ("GRC", "MLT", "announced", "2015-06-20", "2015-06-20"),
    ),
    (
        "Mali issued a decree on Monday banning imports of Nigerian rice.",
        ("MLI", "NGA", "in-force", "2015-06-08", "2015-06-08"),
    ),
    (
        "Norway announced the lifting of its ban on Icelandic herring, effective 1 July.",
        ("NOR", "ISL", "in-force", None, None),
    ),
    ("Rwanda imposed a 12 per cent duty on Ugandan milk from 1 May.", ("RWA", "UGA", "in-force", "2015-05-01", None)),
]


@pytest.mark.parametrize(("text", "wanted"), DEADLINES, ids=lambda v: str(v)[:60])
def test_a_deadline_or_a_decree_dates_a_measure(
    measures: Read, text: str, wanted: tuple[str, str, str, str | None, str | None]
) -> None:
    """The day for which a text is announced, or set as a deadline, is that of effect; a lifting to come is none."""
    (found,) = measures(text)
    start, end = (found.when.start, found.when.end) if found.when else (None, None)
    days = (start.isoformat() if start else None, end.isoformat() if end else None)
    assert (found.by[0], found.on[0], found.status, *days) == wanted


def test_a_decree_keeps_object_rate_and_words(measures: Read) -> None:
    """The words reach from the plan to the goods, also with "per cent" in two words."""
    text = (
        "He will not drop Peru's plan to issue a decree on Friday slapping 20 per cent duties on a range of Chilean "
        "wines."
    )
    (found,) = measures(text)
    assert found.object == "a range of Chilean wines"
    assert found.rate is not None
    assert (found.rate.value, found.rate.unit) == (20, "percent")
    assert "decree on Friday slapping 20 per cent duties" in found.evidence[0].quote


# text, sides of each measure
THREATENED = [
    ("Fiji is sending envoys to Tonga to try to avert threatened trade sanctions.", []),
    ("Ghana hopes to head off threatened sanctions. Togo said Ghana broke a treaty.", []),
    (
        "Fiji wants to stop threatened tariffs. Tonga is imposing the tariffs on Fijian sugar, envoys said.",
        [("TON", "FJI")],
    ),
    ("Ghana wants to avert the planned Togolese duties on cocoa.", [("TGO", "GHA")]),
    ("Oslo lifted the sanctions on Iceland.", [("NOR", "ISL")]),
]


@pytest.mark.parametrize(("text", "sides"), THREATENED, ids=lambda v: str(v)[:60])
def test_who_averts_a_measure_does_not_impose_it(measures: Read, text: str, sides: list[tuple[str, str]]) -> None:
    """The imposer is who another mention names; where none does, there is no measure."""
    assert [(m.by[0], m.on[0]) for m in measures(text)] == sides


# text, by, on, status
ANSWERS = [
    ("Chile could adopt countermeasures against Peru.", ("CHL", "PER", "threatened")),
    ("Chile might take punitive measures against Peru if the duty is raised.", ("CHL", "PER", "threatened")),
    ("Peru is ready to take countermeasures if Chile goes ahead with its duties.", ("PER", "CHL", "threatened")),
    ("Peru will take retaliatory measures unless Chile drops its duties.", ("PER", "CHL", "threatened")),
    ("Peru took retaliatory measures against Chile on Monday.", ("PER", "CHL", "in-force")),
]


@pytest.mark.parametrize(("text", "wanted"), ANSWERS, ids=lambda v: str(v)[:60])
def test_retaliation_is_a_threat_until_it_is_taken(measures: Read, text: str, wanted: tuple[str, str, str]) -> None:
    """On whom it falls may stand in the condition."""
    found = measures(text)[0]
    assert (found.by[0], found.on[0], found.status) == wanted


# text, object and status of each measure
SHARES = [
    (
        "Norway lifted 12 million dollars of the sanctions on Iceland last March.",
        [("12 million dollars of the sanctions on Iceland", "lifted")],
    ),
    (
        "Norway imposed 90 million dollars in sanctions on Icelandic goods last year. Norway lifted 12 million dollars "
        "of the sanctions in March.",
        [("Icelandic goods", "in-force"), ("12 million dollars of the sanctions", "lifted")],
    ),
    (
        "Norway put duties on 30 Icelandic products in 2012. It removed the duties on 12 of the 30 products in March.",
        [("30 Icelandic products", "in-force"), ("12 of the 30 products", "lifted")],
    ),
    (
        "Norway put tariffs on Icelandic goods last year. In March it eased some of the tariffs.",
        [("Icelandic goods", "in-force"), ("some of the tariffs", "lifted")],
    ),
    (
        "Norway may lift an additional 40 million dollars in sanctions against Iceland. Norway imposed 90 million "
        "dollars in sanctions on Icelandic goods last year.",
        [("Icelandic goods", "in-force")],
    ),
    ("Estonia removed tariffs on some of the Finnish goods last week.", [("some of the Finnish goods", "lifted")]),
    ("Sweden removed its ban on 3 of the 9 Danish dairies in May.", [("3 of the 9 Danish dairies", "lifted")]),
]


@pytest.mark.parametrize(("text", "wanted"), SHARES, ids=lambda v: str(v)[:60])
def test_a_part_that_is_lifted_says_how_much(measures: Read, text: str, wanted: list[tuple[str, str]]) -> None:
    """Its object is the share of the whole; a state by itself is no object, and a date belongs to none."""
    assert [(m.object, m.status) for m in measures(text)] == wanted


# text, by, on, status, first day, last day


# text, sides of each measure


# text, by, on, status


# text, object and status of each measure


# text, by, on, status, first day, last day


# text, sides of each measure


# text, by, on, status


# text, object and status of each measure
