"""Acts: which words of a sentence name an act between actors, and of which type."""

from __future__ import annotations

import copy
from importlib import resources
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from dragoman.domain import EVENT_TYPES
from dragoman.language.act_patterns import Entry, compile_patterns, normal, patterns
from dragoman.language.acts import find_acts
from dragoman.language.parse import pipeline

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dragoman.language.acts import Act


def acts_of(text: str) -> list[Act]:
    """Return the acts of a text."""
    return find_acts(pipeline()(text))


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    """The data as it is read from the file."""
    text = resources.files("dragoman.ontology").joinpath("acts.yaml").read_text("utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return loaded


def test_every_example_is_tagged_with_the_type_of_its_entry() -> None:
    """The data prove themselves: each entry's example sentence has an act of the entry's type."""
    entries = patterns().entries
    docs = pipeline().pipe(entry.example for entry in entries)

    missed = [(e.type, e.pattern, e.example) for e, doc in zip(entries, docs, strict=True) if not _has(doc, e)]

    assert missed == []


def _has(doc: Doc, entry: Entry) -> bool:
    return any(act.type == entry.type for act in find_acts(doc))


def test_lexicon_is_broad() -> None:
    """All 16 types have verbs and nouns, and the lists keep the size they were given."""
    entries = patterns().entries

    assert {e.type for e in entries if not e.noun} == {e.type for e in entries if e.noun} == set(EVENT_TYPES)
    assert sum(not e.noun for e in entries) >= 600
    assert sum(e.noun for e in entries) >= 250


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kuwait held talks with Oman on tolls.", [("CONSULT", "held talks")]),
        ("The Finnish premier paid a visit to Quito.", [("CONSULT", "paid visit")]),
        ("The rebels launched an attack on the Kenyan camp.", [("ASSAULT", "launched attack")]),
        ("Quito issued a warning to Lima.", [("THREATEN", "issued warning")]),
        ("Kigali made a request to Kampala for maps.", [("REQUEST", "made request")]),
        ("Doha lodged a protest with Aden.", [("ACCUSE", "lodged protest")]),
        ("Oman and Yemen signed a treaty on pearls.", [("SUPPORT", "signed treaty")]),
        ("Suva announced the imposition of duties on Tongan fish.", [("SANCTION", "imposition of duties")]),
    ],
)
def test_light_verb_and_event_noun_are_one_act(text: str, expected: list[tuple[str, str]]) -> None:
    """A noun that a matched pattern holds is not reported again."""
    assert [(act.type, " ".join(w.text for w in act.words)) for act in acts_of(text)] == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ottawa cut its tariffs on Chilean wine.", "CONCEDE"),
        ("Ottawa cut ties with Chile.", "SANCTION"),
        ("Sofia sent tanks to the frontier.", "MOBILIZE"),
        ("Sofia sent blankets to the villagers.", "AID"),
        ("Sofia withdrew its troops from the valley.", "RETREAT"),
        ("Sofia withdrew its ambassador from Minsk.", "SANCTION"),
        ("Sofia withdrew its complaint against Minsk.", "CONCEDE"),
        ("Lusaka expressed its gratitude to Lilongwe.", "SUPPORT"),
        ("Lusaka expressed its regret to Lilongwe.", "CONCEDE"),
        ("Lusaka expressed its readiness to help Lilongwe.", "AGREE"),
        ("Suva lifted its ban on Tongan fish.", "CONCEDE"),
        ("Suva banned imports of Tongan fish.", "SANCTION"),
        ("Suva banned a Tongan newspaper.", "COERCE"),
        ("Farmers blocked the road to the border.", "PROTEST"),
    ],
)
def test_the_object_decides_the_type(text: str, kind: str) -> None:
    """The more specific pattern wins."""
    assert acts_of(text)[0].type == kind


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Sanctions were imposed on Suva by Tonga.", "SANCTION", "Sanctions imposed"),  # passive
        ("The duties that Suva imposed on Tonga are steep.", "SANCTION", "duties imposed"),  # relative clause
        ("Duties imposed by Suva are steep.", "SANCTION", "Duties imposed"),  # participle
        ("Suva imposed a series of duties on Tongan fish.", "SANCTION", "imposed duties"),  # measure word
        ("The sit-in at the mission was long.", "PROTEST", "in"),  # hyphen: the head the parser gives
        ("The air raid on the village was brief.", "ASSAULT", "air raid"),  # compound
    ],
)
def test_words_are_found_in_any_construction(text: str, kind: str, words: str) -> None:
    """Passives, relative clauses, compounds and measure words are seen through."""
    found = [(act.type, " ".join(w.text for w in act.words)) for act in acts_of(text)]

    assert (kind, words) in found or any(k == kind and words in w for k, w in found)


@pytest.mark.parametrize(
    "text",
    [
        "The ministry has new opening hours.",
        "Hail bombarded the vineyards on both banks.",
        "The bowler took four wickets in the second innings.",
        "Heavy snow attacked the passes at the weekend.",
        "The report has forty pages.",
        "He said that the weather was fine.",
        "The peso rose against the dollar.",
        "The soprano murdered the aria.",
        "Ceasefire monitors have a new jeep.",
    ],
)
def test_weather_sport_and_plain_speech_are_no_acts(text: str) -> None:
    """What no state can do to another gives nothing."""
    assert [(act.type, act.words) for act in acts_of(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        '"Togo does not pay smugglers," the minister told a Lome paper.',  # what is said is not what is asked
        "The Fijian minister took part in the call.",  # "take in" has another object
        "The first round will take place in Apia.",
        "The men were taken in lorries to the quay.",
        "Both sides want to bring the number of checks to zero.",
        "The peacekeeping mission in Mali is long.",
        "The fund will mobilise 600 million euros for roads.",
        "The bank takes positions in Peruvian bonds.",
        "The Peruvian rains will end in March.",  # the month
        "The valley has twelve thousand refugees.",  # no refuge
    ],
)
def test_words_of_a_pattern_must_belong_together(text: str) -> None:
    """A quoted clause, a preposition of place, a month and a firm's business name no act."""
    assert [(act.type, act.words) for act in acts_of(text) if not act.hints.weak] == []


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Tonga told Fiji to pay the fee.", "REQUEST", "told Fiji"),
        ("Belize took in 300 refugees from Honduras.", "AID", "took in"),
        ("Praia put on hold 30 million escudos of support for Bissau.", "SANCTION", "put on hold support"),
        ("Lima added 71 Chilean companies to its blacklist.", "SANCTION", "added to blacklist"),
        ("The bloc granted Moldova candidate status.", "SUPPORT", "granted status"),
        ("Tonga regretted the adoption of the Fijian text.", "ACCUSE", "regretted adoption"),
        ("Tonga expressed its regret to Fiji.", "CONCEDE", "expressed regret"),
        ("The Danish navy will begin escorting tankers through the strait.", "MOBILIZE", "escorting tankers"),
        ("Nairobi recalled its envoy for consultations.", "SANCTION", "recalled envoy for consultations"),
        ("The Malian team walked out of the talks with Chad.", "REJECT", "walked out of talks"),
        ("Lima took the matter up with Quito.", "CONSULT", "took matter up with"),
        ("The emir received Jan Kowalski in Doha.", "CONSULT", "received Kowalski"),
        ("Chad was among the states that voted against the text.", "REJECT", "was among states voted against"),
        ("Ottawa raised the Cambodian quota for gloves.", "CONCEDE", "raised quota"),
    ],
)
def test_the_whole_phrase_names_the_act(text: str, kind: str, words: str) -> None:
    """The longest phrase wins, and its nouns are no acts of their own."""
    found = [(act.type, " ".join(w.text for w in act.words)) for act in acts_of(text) if not act.hints.weak]

    assert found == [(kind, words)]


def test_the_owner_of_a_request_is_its_actor() -> None:
    """What stands after "of" with an invitation or a request is who makes it."""
    for text in ("The premier came at the invitation of Tonga.", "The ship came at the request of Tonga."):
        hints = [act.hints for act in acts_of(text) if act.hints.noun]

        assert [("of" in h.actor, "of" in h.recipient) for h in hints] == [(True, False)]


def test_no_entry_is_hidden_by_an_earlier_one(data: dict[str, Any]) -> None:
    """No pattern stands twice in the data."""
    for part in ("verbs", "nouns"):
        written = [line["pattern"] for lines in data[part].values() for line in lines]

        assert len(written) == len(set(written))


#: A small sample of our own, to hold the coverage; measured 20 of 20 when written.
SAMPLE = [
    ("CONSULT", "The foreign ministers of Norway and Chad met in Accra on Monday."),
    ("CONSULT", "The emir spoke by telephone with the Kenyan president."),
    ("CONSULT", "The Danish queen arrived in Hanoi for a three-day visit."),
    ("AGREE", "Peru has pledged to widen the pass."),
    ("SUPPORT", "Nepal praised the Bhutanese doctors."),
    ("SUPPORT", "Ghana ratified the pact with Togo."),
    ("CONCEDE", "Chile has apologised to Bolivia."),
    ("COOPERATE", "Spain extradited a banker to Peru."),
    ("COOPERATE", "Japan and India held joint naval exercises."),
    ("AID", "Oman donated rice to Yemen."),
    ("RETREAT", "Baku released six Armenian soldiers."),
    ("REQUEST", "Kigali urged Kampala to reopen the road."),
    ("ACCUSE", "Doha accused Aden of theft."),
    ("REJECT", "Lusaka turned down the offer."),
    ("THREATEN", "Quito threatened to close the gates."),
    ("PROTEST", "Students demonstrated outside the Serbian embassy."),
    ("SANCTION", "Suva expelled two Tongan diplomats."),
    ("MOBILIZE", "Sofia put its air force on high alert."),
    ("COERCE", "Lagos impounded a Beninese trawler."),
    ("ASSAULT", "Gunmen opened fire on the Kenyan guards."),
]


def test_coverage_of_a_plain_sample_does_not_fall() -> None:
    """At least nineteen of twenty plain sentences have an act of their type."""
    hits = [kind for kind, text in SAMPLE if any(act.type == kind for act in acts_of(text))]

    assert len(hits) >= 19


def test_hints_come_with_the_act() -> None:
    """An inverted verb says where its actor stands, a joint act that it is mutual, a phone call its mode."""
    faced = next(act for act in acts_of("Tonga faces sanctions from Suva.") if act.type == "SANCTION")
    spoke = acts_of("The emir spoke by telephone with the French president.")[0]

    assert faced.hints.actor == ("from",)
    assert (spoke.mode, spoke.hints.mutual) == ("phone", True)
    assert faced.object is not None and faced.object.text == "sanctions"


@pytest.mark.parametrize(
    ("british", "american"),
    [("criticise", "criticize"), ("organisation", "organization"), ("defence", "defense"), ("re-impose", "reimpose")],
)
def test_spellings_are_one(british: str, american: str) -> None:
    """British, American and hyphenated spellings are the same word."""
    assert normal(british) == normal(american)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ({"pattern": "impose $nothing", "example": "x"}, "not defined"),
        ({"pattern": "impose", "example": "x", "mode": "phone"}, "unknown mode"),
        ({"pattern": "impose", "example": "x", "colour": "red"}, "unknown keys"),
        ({"pattern": "impose", "example": "x", "recipient": ["nowhere"]}, "unknown roles"),
        ({"pattern": "impose @maybe", "example": "x"}, "unknown condition"),
        ({"pattern": "impose"}, "needs a pattern and an example"),
        ({"pattern": "donate @obj", "example": "x"}, "given as"),
    ],
)
def test_wrong_data_are_refused(data: dict[str, Any], line: dict[str, Any], complaint: str) -> None:
    """A line with an unknown name, or a pattern that already has another type, stops the load."""
    broken = copy.deepcopy(data)
    broken["verbs"]["SANCTION"].append(line)

    with pytest.raises(ValueError, match=complaint):
        compile_patterns(broken)


def test_unknown_type_is_refused(data: dict[str, Any]) -> None:
    """A type that the ledger does not know stops the load."""
    with pytest.raises(ValueError, match="unknown type"):
        compile_patterns({**data, "verbs": {"QUARREL": []}})
