"""When: each act has the date of its own clause; clauses that only add to another share its date.

All texts were published on Wednesday, 15 June 2016, unless a case says otherwise.
"""

from __future__ import annotations

import pytest

from dragoman.reading.modality import standing

MON, TUE, FRI = ("2016-06-13", "2016-06-13"), ("2016-06-14", "2016-06-14"), ("2016-06-17", "2016-06-17")
SUN, LAST_FRI = ("2016-06-12", "2016-06-12"), ("2016-06-10", "2016-06-10")
LAST_SAT = ("2016-06-11", "2016-06-11")


def windows(stage, dates, text, published="2016-06-15"):
    """Return the window of each marked act as a pair of dates, read in the direction of its tense."""
    staged = stage(text, published)
    return [dates(staged.clock.of(t, future=standing(t).future)) for t in staged.marked]


OWN = [
    ("Chad [attacked] the post on Monday.", [MON]),
    ("On Monday, Chad [attacked] the post.", [MON]),
    ("Chad [signed] the pact on Monday and Niger will [vote] on Friday.", [MON, FRI]),
    ("Chad [said] on Monday that Niger [attacked] the post on Sunday.", [MON, SUN]),
    ("Chad [said] that Niger [attacked] the post on Sunday.", [None, SUN]),
    ("Chad, which [attacked] the post on Sunday, [signed] a pact on Tuesday.", [SUN, TUE]),
    ("Chad [rejected] a pact that Niger [proposed] on Sunday.", [None, SUN]),
    ("Niger [left] before Chad [attacked] on Sunday.", [None, SUN]),
    ("Chad [attacked] on Sunday, and Niger [answered].", [SUN, None]),
    ("Chad [attacked]. The pact was signed on Monday.", [None]),
    ("The [visit] in July will be short.", [("2016-07-01", "2016-07-31")]),
    ("The [talks] on Friday will be short.", [FRI]),
    ("Chad [attacked] the post.", [None]),
    ("Togo [pledged] to [withdraw] its troops by 1 August.", [None, (None, "2016-08-01")]),
    (
        "Fiji [extended] an invitation to the Tongan king to [visit] Suva in August.",
        [None, ("2016-08-01", "2016-08-31")],
    ),
]
SHARED = [
    ("Chad [expelled] the envoy on Monday, [blaming] Niger for the raid.", [MON, MON]),
    ("On Monday, Chad [met] Niger and [signed] a pact.", [MON, MON]),
    ("A clash [erupted] on Sunday when a patrol [crossed] the river.", [SUN, SUN]),
    ("[Speaking] in Accra on Friday, the minister [accused] Togo of theft.", [LAST_FRI, LAST_FRI]),
    ("The ministers may [sign] the pact when they [visit] Accra in July.", [("2016-07-01", "2016-07-31")] * 2),
    ("Chad has been hostile since May, when a patrol [crossed] the river.", [("2016-05-01", "2016-05-31")]),
    ("Experts will [examine] the wreck and [report] by 1 July.", [(None, "2016-07-01")] * 2),
    ("Chad [held] [talks] with Niger on Monday.", [MON, MON]),
    ("Chad [imposed] [tariffs] on Nigerien salt on Monday.", [MON, MON]),
    ("Chad was [accused] by Niger on Monday of [shelling] a post.", [MON, MON]),
]
TENSE = [
    ("Chad [attacked] on Friday.", [LAST_FRI]),
    ("Chad will [vote] on Friday.", [FRI]),
    ("The envoy [leaves] on Friday.", [FRI]),
    ("Chad may [vote] on Friday.", [FRI]),
    ("Chad is to [vote] on Friday.", [FRI]),
    ("Chad has [attacked] twice since Friday.", [(LAST_FRI[0], "2016-06-15")]),
]
SEQUELS = [
    ("The ministers [met] on 3 June and [met] again two days later.", [("2016-06-03",) * 2, ("2016-06-05",) * 2]),
    ("The ministers [met] on 3 June. They [met] again the following day.", [("2016-06-03",) * 2, ("2016-06-04",) * 2]),
    (
        "The ministers [met] on 3 June. They [met] again the week after.",
        [("2016-06-03",) * 2, ("2016-06-06", "2016-06-12")],
    ),
    ("The ministers [met] two days later.", [None]),
]


APART = [
    ("Chad shut the bridge on Monday, two days after Niger [attacked] a post.", [LAST_SAT]),
    ("The truce was holding on Tuesday, twelve hours after the two sides [clashed].", [MON]),
    ("The envoy left on Monday, hours after Niger [freed] a trader.", [MON]),
    ("Two weeks after Niger [shut] the bridge, the lorries are stuck.", [("2016-06-01", "2016-06-01")]),
    ("Chad shut the bridge on Monday, after Niger [attacked] a post.", [None]),
    ("Chad [recalled] its envoy on Monday. Within hours Niger [expelled] two diplomats.", [MON, MON]),
]
NEAREST = [
    ("Chad [cancelled] a meeting set for 20 July.", [("2016-07-20", "2016-07-20")]),
    ("Chad [attacked] the post on 20 May.", [("2016-05-20", "2016-05-20")]),
    ("Chad has [suspended] imports from 1 September.", [("2016-09-01", None)]),
    ("Chad [announced] a rally on 20 June.", [("2016-06-20", "2016-06-20")]),
]
GOES_ON = [
    ("The minister [met] the envoy on Monday. He also [accused] Togo of theft.", [MON, MON]),
    ("The minister [met] the envoy on Monday. Togo [accused] him of theft.", [MON, None]),
    ("The minister [met] the envoy on Monday. He has [accused] Togo of theft.", [MON, None]),
    ("The minister will [meet] the envoy on Friday. He [accused] Togo of theft.", [FRI, None]),
]


@pytest.mark.parametrize(("text", "expected"), APART, ids=lambda v: str(v)[:66])
def test_an_act_so_long_before_another_is_dated_from_it(stage, dates, text, expected):
    """Days, weeks and hours after an act count back to it from the clause that they stand in."""
    assert windows(stage, dates, text) == expected


@pytest.mark.parametrize(("text", "expected"), NEAREST, ids=lambda v: str(v)[:66])
def test_a_day_of_the_year_is_not_looked_for_almost_a_year_away(stage, dates, text, expected):
    """Tense gives way where it would put a day without a year far off, and where it does not say."""
    assert windows(stage, dates, text) == expected


@pytest.mark.parametrize(("text", "expected"), GOES_ON, ids=lambda v: str(v)[:66])
def test_a_sentence_that_goes_on_about_somebody_keeps_the_date(stage, dates, text, expected):
    """Plain past after plain past with "he", "she", "they" or "it" as subject."""
    assert windows(stage, dates, text) == expected


def test_a_headline_has_the_date_of_the_act_in_the_body(stage, dates):
    """The first act of the same type among the first sentences of the body."""
    text = "Chad [attacks] Nigerien post\n\nNiger protested on Tuesday. It said that Chad attacked a post on Sunday."

    assert windows(stage, dates, text) == [SUN]


@pytest.mark.parametrize(("text", "expected"), OWN, ids=lambda v: str(v)[:66])
def test_a_date_belongs_to_its_own_clause(stage, dates, text, expected):
    """A clause that makes a statement of its own neither lends nor borrows a date."""
    assert windows(stage, dates, text) == expected


@pytest.mark.parametrize(("text", "expected"), SHARED, ids=lambda v: str(v)[:66])
def test_a_clause_that_adds_to_another_shares_its_date(stage, dates, text, expected):
    """Participles, when-clauses, joined verbs and act nouns happen when the main clause does."""
    assert windows(stage, dates, text) == expected


@pytest.mark.parametrize(("text", "expected"), TENSE, ids=lambda v: str(v)[:66])
def test_a_weekday_lies_where_the_tense_looks(stage, dates, text, expected):
    """A past verb takes the last Friday, a future or open one the next."""
    assert windows(stage, dates, text) == expected


@pytest.mark.parametrize(("text", "expected"), SEQUELS, ids=lambda v: str(v)[:66])
def test_a_later_day_counts_from_the_date_just_named(stage, dates, text, expected):
    """Two days later, the following day and the week after need a date before them."""
    assert windows(stage, dates, text) == expected


EFFECTIVE = [
    ("Croatia [imposed] tariffs on plums, effective Friday.", (FRI[0], None)),
    ("Croatia [imposed] tariffs on plums, effective 1 July.", ("2016-07-01", None)),
    ("Croatia on Monday [imposed] tariffs on plums, effective Friday.", (FRI[0], None)),
    ("Croatia [imposed] tariffs on plums on Monday.", None),
    ("Croatia [imposed] tariffs. A pact is effective Friday.", None),
    ("Croatia [imposed] tariffs. The duty takes effect on Friday.", FRI),
    ("Croatia [imposed] tariffs. The duty, which is to enter into force on 1 July, is high.", ("2016-07-01",) * 2),
    ("Croatia [imposed] tariffs. The duty came into force on Monday.", MON),
    ("Croatia [imposed] tariffs, effective Wednesday.", ("2016-06-15", None)),
    (
        "Croatia plans to [impose] tariffs. Serbia was angry. The tariffs will take effect on 1 July.",
        ("2016-07-01",) * 2,
    ),
]


@pytest.mark.parametrize(("text", "expected"), EFFECTIVE, ids=lambda v: str(v)[:66])
def test_effective_names_the_day_on_which_a_measure_binds(stage, dates, text, expected):
    """The word "effective" beside it, "takes effect" there or in the next sentence; for a plan anywhere, if once."""
    staged = stage(text)

    assert dates(staged.clock.taking_effect(staged.marked[0])) == expected


UNDATED = [
    ("Chad [attacked] the post on Monday.", [None]),
    ("Chad will [vote] next month.", [None]),
    ("Chad [attacked] the post last week.", [None]),
    ("Chad [attacked] the post on 3 May 2015.", [("2015-05-03", "2015-05-03")]),
    ("Chad [attacked] the post in March 2015.", [("2015-03-01", "2015-03-31")]),
]


@pytest.mark.parametrize(("text", "expected"), UNDATED, ids=lambda v: str(v)[:66])
def test_without_a_publication_date_only_full_dates_resolve(stage, dates, text, expected):
    """Relative dates stay unknown rather than being read from the clock on the wall."""
    assert windows(stage, dates, text, published=None) == expected


def test_a_dateline_dates_the_text_and_no_act(stage, dates):
    """The dateline's day is when the report was filed."""
    text = "NAIROBI, June 14 - Kenya [condemned] Somalia for the raid."

    assert windows(stage, dates, text) == [None]


def test_the_first_date_inside_a_stretch_is_its_own(stage, dates):
    """`within` looks at whole expressions inside the characters given, and nowhere else."""
    staged = stage("Chad attacked on Sunday. Niger answered on Tuesday.")
    text = staged.parsed.document.text
    second = text.index("Niger")

    assert dates(staged.clock.within(0, second)) == SUN
    assert dates(staged.clock.within(second, len(text))) == TUE
    assert staged.clock.within(0, 10) is None
