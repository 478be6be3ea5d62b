"""The sample dispatches are complete, dated, of the promised length and free of long quotations."""

from __future__ import annotations

import re
from datetime import date

import pytest

from dragoman import samples
from dragoman.errors import UsageError

ALL = samples.index()
EACH = pytest.mark.parametrize("sample", ALL, ids=lambda sample: sample.slug)

#: Double or single quotation marks, straight or curly; a straight single mark opens only after a space or bracket.
QUOTATION = re.compile(r"[\"“]([^\"“”\n]+)[\"”]|\u2018([^\u2019\n]+)\u2019|(?<![^\s(])'([^'\n]+)'(?!\w)")
MONTHS = ["Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"]
DATELINE = re.compile(
    r"^[A-Z][A-Z/ ]+, (?:[A-Z][a-z]+day, )?(?:(?P<d1>\d{1,2}) (?P<m1>[A-Z][a-z]+)|(?P<m2>[A-Z][a-z]+) (?P<d2>\d{1,2}))"
    r"(?:,? (?P<year>\d{4}))?(?: -|:) "
)


def test_there_are_fifteen_in_order_with_their_own_slugs() -> None:
    """The stock is complete, sorted by date, and no two share a slug."""
    assert len(ALL) == 15
    assert [sample.published for sample in ALL] == sorted(sample.published for sample in ALL)
    assert len({sample.slug for sample in ALL}) == 15


def test_ten_follow_china_and_the_united_states() -> None:
    """Two thirds of the stock follow one pair, so that the ledger has a story to tell; the rest are other pairs."""
    both = [s.slug for s in ALL if "China" in (t := samples.text(s.slug)) and _names_america(t)]
    centred = [slug for slug in both if len(re.findall(r"\bChin(?:a|ese)\b", samples.text(slug))) >= 5]

    assert len(centred) == 10


@EACH
def test_a_sample_is_a_headline_a_blank_line_and_paragraphs(sample: samples.Sample) -> None:
    """The first line is the title, the second is blank, the rest are paragraphs of 180 to 350 words in all."""
    headline, blank, *rest = samples.text(sample.slug).splitlines()

    assert sample.title == headline
    assert len(headline.split()) >= 4
    assert blank == ""
    assert 180 <= len(" ".join(rest).split()) <= 350


@EACH
def test_the_dateline_agrees_with_the_file_name(sample: samples.Sample) -> None:
    """A dispatch names its place and day as the file name does; the year may be left out."""
    found = [m for line in samples.text(sample.slug).splitlines() if (m := DATELINE.match(line))]

    assert len(found) == 1
    month = next(n for n, name in enumerate(MONTHS, 1) if (found[0]["m1"] or found[0]["m2"]).startswith(name[:3]))
    year = int(found[0]["year"] or sample.published.year)
    assert date(year, month, int(found[0]["d1"] or found[0]["d2"])) == sample.published


@EACH
def test_no_dispatch_names_a_later_year_than_it_may_know(sample: samples.Sample) -> None:
    """A dispatch speaks of the past and of plans, so no year lies beyond the next one."""
    years = [int(year) for year in re.findall(r"\b(20\d\d)\b", samples.text(sample.slug))]

    assert all(year <= sample.published.year + 1 for year in years)


@EACH
def test_quotations_are_short(sample: samples.Sample) -> None:
    """Positions are paraphrased; what stands in quotation marks has at most eight words."""
    assert _longest_quotation(samples.text(sample.slug)) <= 8


@pytest.mark.parametrize(
    ("words", "longest"),
    [
        ("He said no.", 0),
        ("a “phase one” deal", 2),
        ('"one two three", he said', 3),
        ("\u2018one two\u2019 and 'one two three four'", 4),
        ("China's goods and the others' duties", 0),  # apostrophes are no quotation marks
    ],
)
def test_the_quotation_check_sees_every_kind_of_mark(words: str, longest: int) -> None:
    """The check above would find straight and curly, single and double marks."""
    assert _longest_quotation(words) == longest


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("osaka", "osaka-truce"),
        ("phase-one", "phase-one-signed"),
        ("zzzzzz", "first-list"),  # nothing is near: every slug is named
    ],
)
def test_an_unknown_slug_names_the_nearest(asked: str, named: str) -> None:
    """A mistyped slug is the caller's error, and the message says what to ask for."""
    with pytest.raises(UsageError, match=named):
        samples.text(asked)


def _names_america(text: str) -> bool:
    return re.search(r"\bUnited States\b|\bUS\b", text) is not None


def _longest_quotation(text: str) -> int:
    return max((len("".join(found).split()) for found in QUOTATION.findall(text)), default=0)
