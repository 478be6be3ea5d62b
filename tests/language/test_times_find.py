"""Finding calendar expressions: what is found, with which preposition, and what only looks like one."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dragoman.language.times import find_times, timex_value, window
from dragoman.language.times.lexicon import calendar

FOUND = [
    ("TOKYO, March 23 - Japan protested.", ["March 23"]),
    ("The envoys met on Tuesday and will meet again on Friday.", ["Tuesday", "Friday"]),
    ("Talks resume Monday evening, officials said.", ["Monday evening"]),
    ("It was signed at 10 a.m. Tuesday.", ["10 a.m. Tuesday"]),
    ("It was signed at 10:30 p.m. local time on Tuesday.", ["10:30 p.m. local time on Tuesday"]),
    ("The call took place on Thursday, April 6.", ["Thursday, April 6"]),
    ("The call took place on Thursday (April 6).", ["Thursday (April 6)"]),
    ("It opens on Sat., 5 March.", ["Sat., 5 March"]),
    ("They may meet in May.", ["May"]),
    ("May 5 may be too early.", ["May 5"]),
    ("Since last May the border is shut.", ["last May"]),
    ("The pact of May 2025 holds.", ["May 2025"]),
    ("A deal by May or June is possible.", ["May", "June"]),
    ("Prices fell in March and April.", ["March", "April"]),
    ("The 1996 law named no country.", ["1996"]),
    ("Its 2020 clashes with a neighbour ended in 2021.", ["2020", "2021"]),
    ("In 1994, 1995 and 1996 no talks were held.", ["1994", "1995", "1996"]),
    ("The treaty (1987) lapsed in 2019.", ["1987", "2019"]),
    ("The pre-1990 border stands.", ["1990"]),
    ("It ran from 1968 to 1975.", ["1968 to 1975"]),
    ("Exports rose in the first quarter of 1987.", ["the first quarter of 1987"]),
    ("Tariffs fell in the early 1990s.", ["the early 1990s"]),
    ("The envoy comes later this week.", ["later this week"]),
    ("It was done late last year.", ["late last year"]),
    ("A vote is due by the end of the year.", ["the end of the year"]),
    ("The mission leaves in the first week of June.", ["the first week of June"]),
    ("They spoke two days before the April 17 deadline.", ["two days before the April 17"]),
    ("They meet just days before the April 17 deadline.", ["days before", "April 17"]),
    ("Talks may last three days.", ["three days"]),
    ("A takeover in October of '21 failed.", ["October of '21"]),
    ("The truce held for 90 days.", ["90 days"]),
    ("A four-day visit and a 90-day pause were agreed.", ["four-day", "90-day"]),
    ("Between two to three weeks may pass.", ["two to three weeks"]),
    ("The 25-year pact was renewed for twenty-five years.", ["25-year", "twenty-five years"]),
    ("Envoys meet every two weeks, and leaders annually.", ["every two weeks", "annually"]),
    ("It costs 300 million dollars a year.", ["a year"]),
    ("He now lives abroad.", ["now"]),
    ("Ties have recently improved.", ["recently"]),
    ("The ban came\ninto force on 17\nNovember 2004.", ["17\nNovember 2004"]),
    ("Work ended on 3 April.", ["3 April"]),
    ("The minister's visit on Monday's eve passed.", ["Monday"]),
    ("It will be decided on the 15th, he said.", ["the 15th"]),
    ("The rule of FY2024-25 differs from FY25.", ["FY2024-25", "FY25"]),
    ("Elections fell on New Year’s Day.", ["New Year’s Day"]),
    ("The June 8-10 summit is near.", ["June 8-10"]),
    ("The order took effect at 0001 GMT on 5 April.", ["0001 GMT on 5 April"]),
    ("In the week of 27 April nothing happened.", ["the week of 27 April"]),
    ("A year ago, and again three days ago, it failed.", ["A year ago", "three days ago"]),
    ("In recent weeks and over the past three months", ["recent weeks", "the past three months"]),
    ("Sales from May 1 until the end of June count.", ["May 1 until the end of June"]),
    ("Resolution 1929 of 2010 was cited.", ["2010"]),
    ("Resolution 2231 (2015) was cited.", ["2015"]),
    ("The Good Friday talks opened.", ["Good Friday"]),
]

TRAPS = [
    "We may go, and they may not.",
    "May God help them.",
    "It may, she said, be late.",
    "Theresa May met the envoy; he was received by May.",
    "Troops march on the capital.",
    "The March on Washington and the March for Life drew crowds.",
    "The Long March ended.",
    "Some 2000 troops crossed.",
    "About 1950 soldiers fled.",
    "It sent 1990 tonnes of wheat.",
    "He paid $2000 and €1999.",
    "They counted 1,500 and 2,025 votes.",
    "It cites Resolution 1929 and resolution 2016.",
    "Under Article 2025 the court may rule.",
    "Executive Order 14257 was changed.",
    "Executive Order 2014 was changed.",
    "Flight 1987 was delayed.",
    "Section 1998 was repealed.",
    "Room 2010 is shut.",
    "Law No. 1987 applies.",
    "The index closed at 1987.5 points.",
    "It fell to 1.1987 against the dollar.",
    "Call 555-1987 for help.",
    "The 2019-nCoV virus spread.",
    "See https://example.org/2024/x1987.",
    "An increase of 2000% was seen.",
    "He is 43 years old.",
    "A 43-year-old man was held.",
    "The five-year-olds sang.",
    "The six-month-old cabinet fell.",
    "The Sun said so.",
    "Sun Microsystems and Sat Nav were named.",
    "They sat in the sun.",
    "Mon ami, he wed her.",
    "The Sunday Times reported it.",
    "The Monday Club met.",
    "Bloody Sunday is remembered.",
    "The Good Friday Agreement holds.",
    "The Arab Spring began there.",
    "The Summer Olympics open.",
    "Prices fall and springs break.",
    "The fall of Saigon shook them.",
    "The spring broke.",
    "He came second, a second time.",
    "A quarter of the fleet sank.",
    "Three-quarters of members agreed.",
    "At the last minute they signed.",
    "On the 15th floor they met.",
    "The 15th Congress and the 5th fleet met.",
    "The year was good, the day long.",
    "The F-16 and the 747 landed.",
    "It won 24/7 praise for 9/11 aid.",
    "He scored 10-12 and 3-4.",
    "Agenda 2030 and Vision 2030 are plans.",
    "He called him Jan and her June Carter.",
    "April Jones and August Smith spoke.",
    "The daytime and yearling markets",
    "Years pass.",
    "Decades of mistrust remain.",
    "It is a matter of principle, the second of three.",
    "Boeing 1900 and Airbus 2000 jets",
    "Temperatures in his 80s years",
    "MARCH AND MAY ARE MONTHS",
    "A 1-2 vote; a 5-4 ruling; 12 to 15 ships",
    "The century-long",
    "Q4 was a car; H1N1 spread.",
    "Model 1987 is sold.",
    "In room 1999.",
    "Nearly 2000 were held.",
    "More than 1900 have died.",
    "At least 1987 fled.",
    "",
    "   \n\n ",
]
TRAPS.remove("The century-long")  # a duration after all

CUES = [
    ("on Tuesday", "at", "on Tuesday"),
    ("in February", "in", "in February"),
    ("during 1987", "at", "during 1987"),
    ("by October", "by", "by October"),
    ("by the end of June", "by", "by the end of June"),
    ("no later than June 30", "by", "no later than June 30"),
    ("until Friday", "until", "until Friday"),
    ("before the June 8 summit", "before", "before the June 8"),
    ("prior to 2011", "before", "prior to 2011"),
    ("since the 2020 clashes", "since", "since the 2020"),
    ("ever since 1986", "since", "ever since 1986"),
    ("from March", "from", "from March"),
    ("as early as February", "from", "as early as February"),
    ("effective Friday", "effective", "effective Friday"),
    ("with effect from 1 July", "effective", "with effect from 1 July"),
    ("starting July 1", "effective", "starting July 1"),
    ("after April 2", "after", "after April 2"),
    ("within 90 days", "within", "within 90 days"),
    ("within about 90 days", "within", "within about 90 days"),
    ("for three years", "for", "for three years"),
    ("between March 3 and March 9", "between", "between March 3 and March 9"),
    ("the deal of March 3", None, "March 3"),
    ("a follow-up to last year's summit", None, "last year"),
    ("as soon as November", "from", "as soon as November"),
    ("a visit up to March 3", "until", "up to March 3"),
    ("Friday", None, "Friday"),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_expressions_are_found_whole(text, expected):
    """Each expression is found once, without its preposition, as long as it goes."""
    assert [timex.text for timex in find_times(text)] == expected


@pytest.mark.parametrize("text", TRAPS)
def test_what_only_looks_like_a_date_is_left_alone(text):
    """Modals, names, amounts, numbers of documents and ages are no calendar expressions."""
    assert [timex.text for timex in find_times(text)] == []


@pytest.mark.parametrize(("text", "cue", "with_cue"), CUES)
def test_the_leading_preposition_is_kept_apart(text, cue, with_cue):
    """The span leaves the preposition out, `cue_start` takes it in, `cue` says what it does."""
    (timex,) = find_times(text)

    assert timex.cue == cue
    assert text[timex.cue_start : timex.end] == with_cue


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("on Tuesday", "DATE"),
        ("last week", "DATE"),
        ("10 a.m. Tuesday", "TIME"),
        ("last night", "TIME"),
        ("Monday evening", "TIME"),
        ("for three years", "DURATION"),
        ("over the past three months", "DURATION"),
        ("every year", "SET"),
        ("weekly", "SET"),
        ("now", "DATE"),
    ],
)
def test_the_type_is_that_of_timex3(text, kind):
    """Points are DATE, points within a day TIME, lengths DURATION, what recurs SET."""
    assert find_times(text)[0].type == kind


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("from May 1 to June 30", ["May 1", "June 30"]),
        ("between 1990 and 1995", ["1990", "1995"]),
        ("two days before April 17", ["two days before", "April 17"]),
        ("on Tuesday", []),
    ],
)
def test_a_range_keeps_its_ends_as_parts(text, parts):
    """What is made of two expressions also gives them one by one."""
    (timex,) = find_times(text)

    assert [part.text for part in timex.parts] == parts


WORDS = sorted(
    {
        str(word)
        for section in ("months", "month_abbreviations", "weekdays", "seasons", "units", "numbers", "ordinals", "steps")
        for word in calendar()[section]
    }
    | set(calendar()["parts"])
    | {str(cue) for cue in calendar()["cues"]}
    | {
        "days",
        "weeks",
        "years",
        "the",
        "of",
        "ago",
        "later",
        "after",
        "1987",
        "15th",
        "30",
        "31",
        "2",
        "a.m.",
        "9999999",
    }
    | {"-", "–", ",", ".", "'s", "and", "to", "10:30", "FY25", "0", "29", "February", "\n", "century", "decades"}
)
DATES = st.none() | st.dates()
CALENDAR_TEXT = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)


@given(text=st.text() | CALENDAR_TEXT, published=DATES, anchor=DATES, future=st.sampled_from([True, False, None]))
@example(text="in 9999999 years", published=None, anchor=None, future=True)
@example(text="February 29 to the 31st", published=None, anchor=None, future=None)
def test_any_text_is_read_without_error(text, published, anchor, future):
    """Whatever the text: spans fit it and do not overlap, windows do not end before they start, values are text."""
    end = 0
    for timex in find_times(text):
        assert end <= timex.cue_start <= timex.start < timex.end <= len(text)
        assert text[timex.start : timex.end] == timex.text
        end = timex.end
        found = window(timex, published, future=future, anchor=anchor)
        if found and found.start and found.end:
            assert found.start <= found.end
        assert timex_value(timex, published) is None or timex_value(timex, published)


@pytest.mark.parametrize(
    "chunk", ["the end of ", "1987 ", "Monday, ", "a ", "March 3-", "10 ", "last ", "May ", " ", "\n"]
)
def test_time_grows_no_faster_than_the_text(chunk):
    """Ten times the text takes about ten times as long, even when every word could begin an expression."""

    def seconds(count):
        started = time.process_time()
        find_times(chunk * count)
        return time.process_time() - started

    seconds(10)  # compiles the patterns
    small, large = max(seconds(300), 0.002), seconds(3000)

    assert large < 40 * small  # 10 is linear, 100 quadratic; the rest is the machine's noise
