"""The lists of actors, offices and officeholders: whole, free of contradiction, and answering as they should."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise

import pycountry
import pytest

from dragoman import ontology
from dragoman.language.names import find_names

#: Codes in use that ISO 3166-1 does not give, and former states by their own old code.
NOT_IN_ISO = {"XKX"}


@pytest.mark.parametrize(
    ("id", "name", "kind"),
    [
        ("IND", "India", "state"),
        ("XKX", "Kosovo", "state"),
        ("SUN", "Soviet Union", "former-state"),
        ("EU", "European Union", "intergovernmental"),
        ("WORLD-BANK", "World Bank", "intergovernmental"),
        ("hamas", "Hamas", "other"),
        ("some-small-firm", "Some Small Firm", "other"),
    ],
)
def test_an_actor_has_a_name_and_a_kind(id, name, kind):
    """Listed ids give their entry; an unknown one is of kind "other", named after itself."""
    found = ontology.actor(id)

    assert (found.id, found.name, found.kind) == (id, name, kind)


def test_states_carry_valid_iso_codes():
    """Every state is in ISO 3166-1, every former state in ISO 3166-3, unless listed above."""
    current = {country.alpha_3 for country in pycountry.countries}
    former = {country.alpha_3 for country in pycountry.historic_countries}
    states = ontology.load("states")

    assert {id for id, e in states.items() if not e.get("former")} - current - NOT_IN_ISO == set()
    assert {id for id, e in states.items() if e.get("former")} - former == set()


def test_members_of_the_united_nations_are_all_listed():
    """A sovereign state is missing only if it is a dependent territory or uninhabited."""
    territories = "ABW AIA ALA ASM ATA ATF BES BLM BVT CCK CUW CXR CYM GGY GLP GUF GUM HMD IMN IOT "
    territories += "JEY MAF MNP MSR MTQ MYT NFK PCN REU SGS SHN SJM SPM SXM TCA TKL UMI VGB VIR WLF"

    missing = {country.alpha_3 for country in pycountry.countries} - set(ontology.load("states"))

    assert missing == set(territories.split())


def test_a_form_means_one_actor_unless_listed_as_ambiguous():
    """Two actors may share a form only with a default, and whatever is listed as ambiguous is in use."""
    actors = defaultdict(set)
    for form in ontology.all_forms():
        actors[form.text].add(form.actor)
    listed = ontology.load("ambiguous")

    assert {text: ids for text, ids in actors.items() if len(ids) > 1 and text not in listed} == {}
    assert {text for text, ids in listed.items() if not actors[text] & set(ids[:1])} == set()


def test_ids_in_the_data_exist():
    """No member, organ, office, officeholder or reading refers to an actor that is not listed."""
    used = {form.actor for form in ontology.all_forms()} | set(ontology.load("officeholders"))
    used |= {id for ids in ontology.load("ambiguous").values() for id in ids}
    used |= {m for e in ontology.load("organisations")["intergovernmental"].values() for m in e.get("members", ())}

    assert {id for id in used if not ontology.is_known(id)} == set()


def test_ids_have_the_shape_of_their_kind():
    """Organisations are in capitals, other actors in lower case with hyphens, and no id is used twice."""
    organisations = ontology.load("organisations")
    ids = [*ontology.load("states"), *organisations["intergovernmental"], *organisations["other"]]

    assert [id for id in organisations["intergovernmental"] if id != id.upper()] == []
    assert [id for id in organisations["other"] if id != id.lower() or " " in id] == []
    assert [id for id, count in Counter(ids).items() if count > 1] == []


@pytest.mark.parametrize(
    ("id", "size", "has"),
    [
        ("G7", 7, "JPN"),
        ("EU", 27, "HRV"),
        ("NATO", 32, "SWE"),
        ("ASEAN", 11, "TLS"),
        ("P5", 5, "CHN"),
        ("GCC", 6, "QAT"),
        ("QUAD", 4, "IND"),
        ("BRICS", 10, "ETH"),
        ("G20", 19, "ARG"),
    ],
)
def test_groups_have_their_members(id, size, has):
    """Member lists have the right length; the G20's counts its states only."""
    assert (len(ontology.members(id)), has in ontology.members(id)) == (size, True)


def test_an_organisation_without_a_list_has_no_members():
    """Nothing is made up for organisations whose members are not listed."""
    assert ontology.members("WHO") == ontology.members("hamas") == ()


def test_members_are_named_once():
    """No member list has a double."""
    lists = {id: ontology.members(id) for id in ontology.load("organisations")["intergovernmental"]}

    assert {id for id, ids in lists.items() if len(ids) != len(set(ids))} == set()


@pytest.mark.parametrize(
    ("phrase", "actor"),
    [
        ("External Affairs Minister", "IND"),
        ("the Secretary of State", "USA"),
        ("former U.S. Trade Representative", "USA"),
        ("deputy treasury secretary", "USA"),
        ("Chancellor of the Exchequer", "GBR"),
        ("Secretary of State for Defence", "GBR"),
        ("Taoiseach", "IRL"),
        ("State Councillor", "CHN"),
        ("Supreme Leader", "IRN"),
        ("UN Secretary-General", "UN"),
        ("foreign secretary", None),
        ("Foreign Minister", None),
        ("Prime Minister", None),
        ("gardener", None),
    ],
)
def test_some_offices_name_their_state(phrase, actor):
    """An office held in several states names none; words such as "former" and "deputy" change nothing."""
    assert ontology.office_state(phrase) == actor


@pytest.mark.parametrize("entry", ontology.load("offices")["naming"], ids=lambda entry: entry["office"])
def test_an_office_is_found_in_its_example(entry):
    """Each office that names its state does so in the sentence that stands beside it."""
    named = {(name.form, name.actor) for name in find_names(entry["example"])}

    assert ("office", entry["actor"]) in named


def test_office_words_are_plain_and_name_no_actor():
    """Office words are in lower case; "NATO chief" is a name and an office, not an office alone."""
    words = ontology.office_words()

    assert {"prime minister", "secretary of state", "spokeswoman", "field marshal", "gen."} <= words
    assert {word for word in words if word != word.lower() or word.startswith(("nato", "un ", "u.s"))} == set()


@pytest.mark.parametrize(
    ("name", "on", "expected"),
    [
        ("Hosni Mubarak", "1990-05-01", ("EGY", "Hosni Mubarak")),
        ("Mubarak", "1990-05-01", ("EGY", "Hosni Mubarak")),
        ("Mubarak", "2020-05-01", None),  # a surname alone only near the term
        ("Hosni Mubarak", "2020-05-01", ("EGY", "Hosni Mubarak")),
        ("President Bush", "1990-05-01", ("USA", "George H. W. Bush")),
        ("President Bush", "2003-05-01", ("USA", "George W. Bush")),
        ("George Bush", "2003-05-01", ("USA", "George W. Bush")),
        ("Trump", "2024-12-01", ("USA", "Donald Trump")),
        ("Assad", "2001-01-01", ("SYR", "Bashar al-Assad")),
        ("Bush", "2003-05-01", None),  # a common surname only after an office
        ("Prime Minister Singh", "2008-05-01", ("IND", "Manmohan Singh")),
        ("Prime Minister Singh", "2019-05-01", None),
        ("Singh", "2008-05-01", None),
        ("Erdogan", "2024-05-01", ("TUR", "Recep Tayyip Erdoğan")),
        ("Defense Secretary Cohen", "1998-05-01", ("USA", "William Cohen")),
        ("Secretary of Defence Cohen", "1998-05-01", ("USA", "William Cohen")),
        ("Mr. Modi", "2024-05-01", ("IND", "Narendra Modi")),
        ("King Hussein", "1985-05-01", ("JOR", "Hussein bin Talal")),
        ("Pope Francis", "2020-05-01", ("VAT", "Pope Francis")),
        ("Francis", "2020-05-01", None),
        ("Nobody At All", "2020-05-01", None),
        ("", "2020-05-01", None),
    ],
)
def test_officeholders_are_known_for_their_time(name, on, expected):
    """A name alone counts about the term of office, a common one with its office, a full name always."""
    found = ontology.officeholder(name, date.fromisoformat(on))

    assert ((found[0].actor, found[0].name) if found else None) == expected


def test_a_term_outside_the_date_is_marked():
    """A full name is known after the term as well, but as a former officeholder."""
    (term,) = ontology.officeholder("Helmut Kohl", date(2005, 1, 1))

    assert (term.office, term.current) == ("chancellor", False)


def test_terms_of_office_run_forwards():
    """All dates parse, nobody leaves before coming, and an office held from month to month includes its last day."""
    entries = [(entry, id) for id, entries in ontology.load("officeholders").items() for entry in entries]
    wrong = [
        (id, entry["name"])
        for entry, id in entries
        if (end := ontology.last_day(entry.get("to"))) is not None and end < ontology.first_day(entry["from"])
    ]

    assert wrong == []
    assert len(entries) > 350
    assert ontology.last_day("1992-02") == date(1992, 2, 29)


def test_one_person_holds_an_office_once_at_a_time():
    """Heads of state and government of one state do not overlap by more than a handover of two months."""
    sole = {"president", "prime minister", "chancellor", "premier", "secretary of state", "secretary general"}
    terms = defaultdict(list)
    for id, entries in ontology.load("officeholders").items():
        for entry in entries:
            if entry["office"] in sole:
                terms[id, entry["office"]].append(entry)
    overlaps = []
    for key, entries in terms.items():
        entries.sort(key=lambda entry: ontology.first_day(entry["from"]))
        for left, right in pairwise(entries):
            end = ontology.last_day(left.get("to")) or date.max
            if (end - ontology.first_day(right["from"])).days > 62:
                overlaps.append((key, left["name"], right["name"]))

    assert overlaps == []


def test_cues_against_false_names_are_in_use():
    """Words held back in capitals, or wanting a cue, or shared with persons, are forms; none stands there idly."""
    data = ontology.load("not_actors")
    known = {form.text for form in ontology.forms()}

    assert set(data["needs_cue"]["forms"]) - known == set()
    assert set(data["not_in_capitals"]["forms"]) - known == set()
    assert set(data["people"]["forms"]) - known == set()
