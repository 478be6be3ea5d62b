"""Initiatives: which names are recorded, and what is said of their members, leaders, guests and aims.

Every text is invented; unknown names in them are invented too.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman import ontology
from dragoman.domain import Document, Initiative
from dragoman.language.parse import parse
from dragoman.reading.cast import assemble
from dragoman.reading.initiatives import find_initiatives


@pytest.fixture(scope="module")
def initiatives() -> Callable[[str], list[Initiative]]:
    """A function that reads the initiatives of a text whose paragraphs are parted by blank lines."""

    def find(text: str) -> list[Initiative]:
        ranges, at = [], 0
        for part in text.split("\n\n"):
            ranges.append((at, at + len(part)))
            at += len(part) + 2
        parsed = parse(Document(text, paragraphs=tuple(ranges)))
        return find_initiatives(parsed, assemble(parsed))

    return find


# text, name, lead, members, invited
SAID = [
    ("Chile and Peru signed the Tacna Water Accord on Friday.", "Tacna Water Accord", "", "CHL PER", ""),
    ("Kenya will sign the Tsavo Wildlife Pact with Tanzania in May.", "Tsavo Wildlife Pact", "", "KEN TZA", ""),
    ("The Skagen Protocol, signed by Denmark and Sweden in 1998, is new.", "Skagen Protocol", "", "DNK SWE", ""),
    ("The Velka Compact binds Slovakia to Hungary.", "Velka Compact", "", "SVK HUN", ""),
    (
        "Officials reviewed the Halden Rescue Convention between Norway and Sweden.",
        "Halden Rescue Convention", "", "NOR SWE", "",
    ),
    (
        "Jordan and Iraq are members of the Rutba Energy Partnership.",
        "Rutba Energy Partnership", "", "JOR IRQ", "",
    ),
    (
        "Poland joined the Gotland Shield Initiative, which Sweden leads.",
        "Gotland Shield Initiative", "SWE", "SWE POL", "",
    ),
    (
        "Japan invited Fiji to join the Lautoka Cable Alliance.",
        "Lautoka Cable Alliance", "", "", "FJI",
    ),
    (
        "Togo and Ghana founded the Volta Radar Compact. Benin has been invited to join.",
        "Volta Radar Compact", "TGO GHA", "TGO GHA", "BEN",
    ),
    (
        "Laos, Thailand and Vietnam signed the Savan Charter on Monday. Cambodia has been offered a seat.",
        "Savan Charter", "", "LAO THA VNM", "KHM",
    ),
    (
        "Canada is to join Silver Lantern, an American initiative aimed at guarding undersea cables.",
        "Silver Lantern", "USA", "CAN", "",
    ),
    (
        "Tonga has joined Quiet Reef, a programme that Australia and New Zealand run to chart the sea bed.",
        "Quiet Reef", "AUS NZL", "AUS NZL TON", "",
    ),
    (
        "Egypt and Sudan patrol the lake under a scheme called Blue Heron.",
        "Blue Heron", "", "EGY SDN", "",
    ),
    (
        "Bolivia and Chile agreed the text, known as the Sajama Understanding, last week.",
        "Sajama Understanding", "", "BOL CHL", "",
    ),
    (
        "Spain, France and Italy set up the Ligurian Watch in 1994. Portugal joined in 1999.",
        "Ligurian Watch", "", "ESP FRA ITA PRT", "",
    ),
    (
        "The Danube Ferry Group, in which Romania, Serbia and Bulgaria share pilots, meets today.",
        "Danube Ferry Group", "", "ROU SRB BGR", "",
    ),
    (
        "Uganda and Rwanda concluded an Agreement on Cattle Movement.",
        "Agreement on Cattle Movement", "", "UGA RWA", "",
    ),
    (
        "Ministers praised the India-Oman Strategic Ports Agreement.",
        "India-Oman Strategic Ports Agreement", "", "IND OMN", "",
    ),
    (
        "Qatar and Turkey signed the Sile Pact. Under the pact, Kuwait may send observers.",
        "Sile Pact", "", "QAT TUR", "",
    ),
    (
        "Namibia and Botswana launched the Kavango Corridor. Namibia runs it.",
        "Kavango Corridor", "NAM BWA", "NAM BWA", "",
    ),
    (
        "Estonia and Latvia signed the Valga Accord. Lithuania wants to join the accord but may not.",
        "Valga Accord", "", "EST LVA", "",
    ),
    (
        "Peru, Chile and Ecuador signed the Loja Treaty. Ecuador left the treaty in March.",
        "Loja Treaty", "", "PER CHL", "",
    ),
    ("Nepal joined China's Belt and Road Initiative in 2017.", "Belt and Road Initiative", "CHN", "NPL", ""),
    ("The BRI reaches Greece, said China.", "BRI", "CHN", "", ""),
    ("Russia suspended New START in 2023.", "New START", "", "", ""),
    ("Ukraine and Russia signed the Minsk agreements.", "Minsk agreements", "", "UKR RUS", ""),
    ("The leaders of the Quad met in Tokyo.", "Quad", "", "", ""),
    ("Sudan joined the Abraham Accords in 2021.", "Abraham Accords", "", "SDN", ""),
    ("Britain has ratified the CPTPP.", "CPTPP", "", "GBR", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "lead", "members", "invited"), SAID, ids=[row[1] for row in SAID])
def test_a_named_initiative_is_recorded_with_those_the_text_ties_to_it(
    initiatives: Callable[[str], list[Initiative]], text: str, name: str, lead: str, members: str, invited: str
) -> None:
    """One record bears the name; lead, members and invited are those stated, in any order."""
    found = initiatives(text)

    assert [i.name for i in found] == [name]
    assert set(found[0].lead) == set(lead.split())
    assert set(found[0].members) == set(members.split())
    assert set(found[0].invited) == set(invited.split())


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        (
            "Fiji may join Clear Current, a grouping aimed at ending illegal fishing, which Japan and Samoa lead.",
            "ending illegal fishing",
        ),
        ("Mali and Niger signed the Gao Wells Compact to share the cost of boreholes.", "share the cost of boreholes"),
        (
            "Kenya and Uganda launched the Busia Corridor, a scheme designed to speed up lorries.",
            "speed up lorries",
        ),
        ("Cuba and Jamaica signed the Port Antonio Pact, which is meant to protect turtles.", "protect turtles"),
        ("Malta and Tunisia signed the Gozo Accord on Thursday.", None),
    ],
)
def test_the_purpose_is_quoted_without_its_cue(
    initiatives: Callable[[str], list[Initiative]], text: str, purpose: str | None
) -> None:
    """The words "aimed at", "designed to" and "to" introduce a purpose and are no part of it."""
    assert [i.purpose for i in initiatives(text)] == [purpose]


@pytest.mark.parametrize(
    "text",
    [
        "The minister opened the National Health Plan in Lagos.",
        "Nigeria launched the Green Wells Initiative for its farmers.",
        "India's parliament passed the Clean Rivers Programme.",
        "France and Spain want a free trade agreement.",
        "The two countries agreed on the 1986 pact.",
        "Japan and the United States renewed the semiconductor pact.",
        "Brazil and Argentina signed a memorandum of understanding.",
        "Brazil and Argentina signed a Memorandum of Understanding.",
        "NATO and the European Union met in Brussels.",
        "The World Trade Organization ruled against India and Brazil.",
        "The International Monetary Fund lent Ghana $3 billion.",
        "Acme Corp launched the Falcon Programme in Texas.",
        "The Democratic Alliance won 40 seats in South Africa.",
        "Shoppers in Nairobi joined the Sunrise Loyalty Programme.",
        "What Africa needs is a Marshall Plan, said Ghana's president.",
        "Trucks wait in the Demilitarized Zone between North and South Korea.",
        "President Ana Prado of Portugal flew to Spain.",
        "Greece and Turkey held talks on the Aegean.",
        "The Security Council met on Sudan and Chad.",
        "Germany and France dispute the Free Trade Agreement.",
        "Frigates of Oman and India trained off Karwar, the first such exercise since 2019.",
        "The German group known as the White Hats was banned in Russia.",
        "A German-Japanese joint venture called Lumen makes lamps.",
        "",
    ],
)
def test_what_is_no_named_initiative_between_actors_is_left_out(
    initiatives: Callable[[str], list[Initiative]], text: str
) -> None:
    """Domestic plans, organisations, companies, general words and comparisons make no record."""
    assert initiatives(text) == []


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("Chile may join the Tacna Water Accord, which Peru and Bolivia signed.", "PER BOL"),
        ("Chile has not joined the Tacna Water Accord, which Peru and Bolivia signed.", "PER BOL"),
        ("Chile refused to join the Tacna Water Accord, which Peru and Bolivia signed.", "PER BOL"),
        ("Chile hopes to join the Tacna Water Accord, which Peru and Bolivia signed.", "PER BOL"),
    ],
)
def test_possible_denied_and_refused_membership_is_none(
    initiatives: Callable[[str], list[Initiative]], text: str, members: str
) -> None:
    """Who may join, has not joined, refuses or hopes to join is no member."""
    assert [set(i.members) for i in initiatives(text)] == [set(members.split())]


def test_all_mentions_of_an_initiative_are_one_record(initiatives: Callable[[str], list[Initiative]]) -> None:
    """Full name, acronym in parentheses and short form are the same; each tying clause is evidence."""
    text = (
        "Mali and Niger signed the Sahel Seed Exchange Compact (SSEC) in May.\n\n"
        "Chad joined the SSEC in June. Togo was invited to join the Compact."
    )

    found = initiatives(text)

    assert [i.name for i in found] == ["Sahel Seed Exchange Compact"]
    assert set(found[0].members) == {"MLI", "NER", "TCD"}
    assert found[0].invited == ("TGO",)
    assert len(found[0].evidence) == 3
    assert all(text[s.start : s.end] == s.quote for s in found[0].evidence)


def test_evidence_is_sorted_and_does_not_overlap(initiatives: Callable[[str], list[Initiative]]) -> None:
    """Spans of one record stand in the order of the text and share no character."""
    text = "Chile and Peru signed the Tacna Accord, which Bolivia joined. Brazil was invited to join the Tacna Accord."

    (found,) = initiatives(text)

    assert all(a.end <= b.start for a, b in zip(found.evidence, found.evidence[1:], strict=False))
    assert found.because.rule.startswith("initiative-")


def test_known_names_are_listed_once() -> None:
    """No name stands under two initiatives, and every lead is an actor the ontology knows."""
    entries = ontology.load("initiatives")["known"]
    owners: dict[str, set[str]] = {}
    for entry in entries:
        for name in (entry["name"], *entry.get("also", ())):
            owners.setdefault(name.casefold(), set()).add(entry["name"])

    assert {name: owned for name, owned in owners.items() if len(owned) > 1} == {}
    assert all(ontology.is_known(lead) for entry in entries for lead in entry.get("lead", ()))
