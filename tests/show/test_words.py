"""The words for dates, people, rates and acts, and the cleaning of text."""

from __future__ import annotations

from datetime import date
from typing import get_args, get_type_hints

import pytest

from dragoman import domain
from dragoman.domain import Actor, Person, Rate, Window
from dragoman.ledger.entries import Membership, Outcome, Stand
from dragoman.show import words as w
from dragoman.views.direction import RULES
from dragoman.views.levels import LEVELS


def window(start, end):
    """Return a window from ISO dates or None."""
    return Window(*(date.fromisoformat(day) if day else None for day in (start, end)))


@pytest.mark.parametrize(
    ("start", "end", "words", "phrase"),
    [
        ("2026-01-13", "2026-01-13", "13 January 2026", "on 13 January 2026"),
        ("2026-02-01", "2026-02-28", "February 2026", "in February 2026"),
        ("2024-02-01", "2024-02-29", "February 2024", "in February 2024"),
        ("2023-02-01", "2023-02-27", "1–27 February 2023", "between 1 and 27 February 2023"),
        ("2019-11-16", "2019-11-17", "16–17 November 2019", "on 16 November 2019 or the day after"),
        ("1987-06-01", "1987-06-07", "1–7 June 1987", "between 1 and 7 June 1987"),
        ("1987-05-28", "1987-06-03", "28 May – 3 June 1987", "between 28 May and 3 June 1987"),
        (
            "1986-12-28",
            "1987-01-03",
            "28 December 1986 – 3 January 1987",
            "between 28 December 1986 and 3 January 1987",
        ),
        ("2025-06-01", "2025-08-31", "June–August 2025", "between June and August 2025"),
        ("2025-11-01", "2026-01-31", "November 2025 – January 2026", "between November 2025 and January 2026"),
        ("2025-01-01", "2025-12-31", "2025", "in 2025"),
        ("2020-01-01", "2022-12-31", "2020–2022", "between 2020 and 2022"),
        (None, "2025-12-31", "by 31 December 2025", "by 31 December 2025"),
        ("2008-07-01", None, "from 1 July 2008", "from 1 July 2008"),
        (None, None, "date open", ""),
        ("9999-12-01", "9999-12-31", "December 9999", "in December 9999"),
    ],
)
def test_windows_are_written_as_precisely_as_the_text_has_them(start, end, words, phrase):
    """A whole month is a month, a whole year a year; open ends say "by" and "from"."""
    assert w.window_words(window(start, end)) == words
    assert w.when_phrase(window(start, end)) == phrase


def test_no_window_is_no_date():
    """No date at all is said so in a list and left out of a sentence."""
    assert (w.window_words(None), w.when_phrase(None)) == ("no date", "")


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a\x1b[31mb", "a\\x1b[31mb"),
        ("a\u202eb\u2066c", "a\\u202eb\\u2066c"),
        ("bell\x07 c1\x9b", "bell\\x07 c1\\x9b"),
        ("soft\u00adhyphen \ufeffbom\u200b", "softhyphen bom"),
        ("one\r\ntwo\tthree", "one\ntwo\tthree"),
        ("no\u00a0break", "no break"),
        ("Erdoğan, 北京, تهران, ن\u200cم", "Erdoğan, 北京, تهران, ن\u200cم"),
        ("lone \udc80", "lone \\udc80"),
    ],
)
def test_clean_shows_what_could_steer_a_terminal(text, clean):
    """Control and direction characters become visible; letters of every script stay."""
    assert w.clean(text) == clean


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("short enough", 20, "short enough"),
        ("two\n  lines", 20, "two lines"),
        ("alpha bravo charlie delta echo foxtrot", 24, "alpha bravo … foxtrot"),
        ("alpha bravo charlie delta echo", 26, "alpha bravo charlie delta echo"),
    ],
)
def test_shorten_cuts_in_the_middle_at_words(text, limit, short):
    """The beginning and the end of a long quote stay, with whole words; nothing is cut to spare a word."""
    assert w.shorten(text, limit) == short


@pytest.mark.parametrize(
    ("items", "limit", "words"),
    [
        ([], 0, ""),
        (["A"], 0, "A"),
        (["A", "B"], 0, "A and B"),
        (["A", "B", "C"], 0, "A, B and C"),
        (["A", "B", "C", "D"], 3, "A, B, C and D"),
        (["A", "B", "C", "D", "E"], 3, "A, B, C and 2 others"),
    ],
)
def test_series_counts_what_it_does_not_name(items, limit, words):
    """One left over is named, as "1 others" would save nothing."""
    assert w.series(items, limit) == words


@pytest.mark.parametrize(
    ("rate", "words"),
    [
        (Rate(50.0, "percent"), "50%"),
        (Rate(12.5, "percent"), "12.5%"),
        (Rate(300.0, "percent"), "300%"),
        (Rate(3_000_000.0, "USD"), "USD 3 million"),
        (Rate(60_000_000_000.0, "USD"), "USD 60 billion"),
        (Rate(1_250_000.0, "tonnes"), "1.25 million tonnes"),
        (Rate(1_234_567.0, "EUR"), "EUR 1,234,567"),
        (Rate(400.0, "tonnes"), "400 tonnes"),
        (Rate(0.0, "percent"), "0%"),
    ],
)
def test_rates_are_written_with_their_unit(rate, words):
    """Percent as a sign, currencies before the number, other units after it; large numbers in words where exact."""
    assert w.rate_words(rate) == words


@pytest.mark.parametrize(
    ("actor", "within"),
    [
        (Actor("USA", "United States", "state"), "the United States"),
        (Actor("IND", "India", "state"), "India"),
        (Actor("EU", "European Union", "intergovernmental"), "the EU"),
        (Actor("NATO", "North Atlantic Treaty Organization", "intergovernmental"), "NATO"),
        (Actor("OAS", "Organization of American States", "intergovernmental"), "the OAS"),
        (Actor("ARAB-LEAGUE", "Arab League", "intergovernmental"), "the Arab League"),
        (Actor("hague", "The Hague", "other"), "The Hague"),
    ],
)
def test_names_take_the_article_within_a_sentence(actor, within):
    """The article stands where English has it, and never twice."""
    assert w.Names([actor]).within(actor.id) == within


@pytest.mark.parametrize(
    ("person", "words"),
    [
        (Person("Ana Prado", "foreign minister", "PRT"), "Ana Prado (foreign minister, Portugal)"),
        (Person("officials", None, "PRT"), "officials (Portugal)"),
        (Person("analysts"), "analysts"),
        (Person("Portugal", None, "PRT"), "Portugal"),
        (Person("Portuguese officials", None, "PRT"), "Portuguese officials"),
        (Person("Portugal\u2019s military", None, "PRT"), "Portugal\u2019s military"),
        (Person("Ana Prado", "Portuguese foreign minister", "PRT"), "Ana Prado (Portuguese foreign minister)"),
        (Person("Lisbon", None, "PRT"), "Lisbon (Portugal)"),
        (Person("a clerk", None, "XYZ"), "a clerk (XYZ)"),
    ],
)
def test_people_come_with_what_is_known_of_them(person, words):
    """Unknown parts are left out; an actor is named once; unlisted ids stand for themselves."""
    assert w.Names([Actor("PRT", "Portugal", "state")]).person(person) == words


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("types", domain.EventType),
        ("status", domain.Status),
        ("firmness", domain.Firmness),
        ("measure_status", domain.MeasureStatus),
        ("measure_kind", domain.MeasureKind),
        ("stance", domain.Stance),
        ("quotation", domain.Quotation),
        ("channel", domain.Channel),
        ("dated_by", domain.DatedBy),
    ],
)
def test_every_value_of_the_ledger_has_words(table, values):
    """A value added to domain.py needs words here before it can be shown."""
    assert set(w.words()[table]) == set(get_args(values))


def test_every_kind_of_record_has_words():
    """Kinds are shown in the ledger's order, each with a letter of its own."""
    kinds = w.words()["kinds"]
    assert tuple(kinds) == domain.RECORD_KINDS
    assert len({kind["letter"] for kind in kinds.values()}) == len(kinds)


@pytest.mark.parametrize("type_", domain.EVENT_TYPES)
def test_every_act_has_noun_past_base_and_preposition(type_):
    """Modes and joint forms override only words that there are."""
    for joint in (False, True):
        for mode in (None, "no such mode", *w.words()["types"][type_].get("modes", {})):
            act = w.act_words(type_, mode, joint=joint)
            assert set(act) == {"noun", "past", "base", "to"}
            assert all(act.values())


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("outcome", get_args(Outcome)),
        ("stand", get_args(Stand)),
        ("level", LEVELS),
        ("direction", tuple(RULES)),
        ("tie", get_args(get_type_hints(Membership)["tie"])),
        ("measure_stands", get_args(domain.MeasureStatus)),
        ("measure_may", get_args(domain.MeasureStatus)),
    ],
)
def test_every_value_of_entries_and_views_has_words(table, values):
    """No value that the ledger or a view can give is without a word, and none is there for nothing."""
    assert set(w.words()[table]) == set(values)


@pytest.mark.parametrize(
    ("start", "end", "short"),
    [
        ("2026-01-13", "2026-01-13", "13 Jan 2026"),
        ("2026-02-01", "2026-02-28", "Feb 2026"),
        ("2026-05-02", "2026-05-06", "2–6 May 2026"),
        ("1986-12-28", "1987-01-03", "28 Dec 1986 – 3 Jan 1987"),
        (None, "2025-12-31", "by 31 Dec 2025"),
        ("2025-09-01", None, "from 1 Sep 2025"),
        (None, None, ""),
    ],
)
def test_windows_have_a_short_form(start, end, short):
    """Months have three letters, so that a narrow column holds most windows."""
    assert w.short_window(window(start, end)) == short


def test_names_of_all_known_actors():
    """Without a list of its own, names come from the ontology; an id that nobody lists stands for itself."""
    names = w.Names()

    assert names.all(["IND", "USA", "NATO"]) == "India, United States and NATO"
    assert names.within("USA") == "the United States"
    assert names.name("acme-steel") == "Acme Steel"
