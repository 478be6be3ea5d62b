"""Layout: headline, dateline, paragraphs and furniture of texts of every shape."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.sources.layout import Layout, layout

PROSE = "Norway and Oman agreed on Monday to talk about fish, and the two ministers said that they would meet again."
MORE = "The ministers did not say where the talks would be held, nor who would pay for the boats that they lost."
LONG = f"{PROSE} {MORE}"


def parts(text: str, title: str | None = None) -> tuple[str | None, str | None, list[str]]:
    """Return headline, dateline and paragraphs as strings."""
    found = layout(text, title)

    def cut(bounds: tuple[int, int] | None) -> str | None:
        return None if bounds is None else text[slice(*bounds)]

    return cut(found.headline), cut(found.dateline), [text[a:b] for a, b in found.paragraphs]


@pytest.mark.parametrize(
    ("first", "is_headline"),
    [
        ("OSLO AND MUSCAT TALK FISH", True),
        ("Oslo and Muscat talk fish", True),
        ("Fact Sheet: Norway Imposes Duties on Fish", True),
        ("Statement by the Minister of Fisheries on the seizure of boats", True),
        ("Will Oslo give in?", True),
        ("Norway warns U.S.", True),
        ("Oslo Warns Muscat of Tariffs on Dried Fish.", True),
        ("Minister: ‘We shall not give in’", True),
        ("Oslo warned Muscat.", False),
        ("Oslo warned Muscat on Monday that it would act!", False),
        ("“We shall not give in,” the minister said.", False),
        ("The Government of Norway and the Government of Oman,", False),
        ("The parties agree as follows:", False),
        ("MR. HANSEN: Good morning", False),
        ("QUESTION: Will you act", False),
        ("- the first point of a list", False),
        ("Fjord Shipping Company Inc. said it purchased half of Gulf Boats Inc.", False),
    ],
)
def test_headline_is_told_from_a_first_paragraph(first, is_headline):
    """A first line is the title if it is short, ends unlike a sentence and stands apart."""
    headline, _, paragraphs = parts(f"{first}\n\n{LONG}\n\n{MORE}")

    assert headline == (first if is_headline else None)
    assert len(paragraphs) == (2 if is_headline else 3)


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        (f"Oslo and Muscat talk fish\n{LONG}\n{MORE}", "Oslo and Muscat talk fish"),
        (f"OSLO AND MUSCAT TALK FISH\nAFTER LONG SILENCE\n\n{LONG}", "OSLO AND MUSCAT TALK FISH\nAFTER LONG SILENCE"),
        (f"PRESS RELEASE\n\nOslo and Muscat talk fish\n\nMarch 3, 2031\n\n{LONG}", "Oslo and Muscat talk fish"),
        (f"Oslo and Muscat talk fish\nBy Jane Doe\nShare\n{LONG}", "Oslo and Muscat talk fish"),
        (f"Home\nWorld\nBusiness\nOslo and Muscat talk fish\n{LONG}", "Oslo and Muscat talk fish"),
        (
            f"Home\nFjord Post\nNorth\nSign in\nOslo and Muscat talk fish\nStill no date\n{LONG}",
            "Oslo and Muscat talk fish",
        ),
        (f"Fjord Post\nBriefing Room\nMarch 3, 2031\nReadout of a call on fish\n{LONG}", "Readout of a call on fish"),
        (f"Oslo warns Muscat\nBy Jane Doe\nMarch 3, 2031\nShare\n{LONG}", "Oslo warns Muscat"),
        (f"**Oslo and Muscat talk fish**\n\n{LONG}", "Oslo and Muscat talk fish"),
        (f"# Oslo and Muscat talk fish\n\n{LONG}", "Oslo and Muscat talk fish"),
        (f"MINISTRY OF FOREIGN AFFAIRS\nMARCH 3, 2031\n\nA call on fish\n\n{LONG}", "A call on fish"),
        (f"Fjord Post\nGulf\nNorthern Europe\nRegional\n\n{LONG}\n\n{MORE}", None),
        ("Oslo and Muscat talk fish", None),
        (f"{LONG}\n\n{MORE}", None),
        (
            f"Oslo and Muscat to talk about fish\nafter long silence\n\n{LONG}",
            "Oslo and Muscat to talk about fish\nafter long silence",
        ),
    ],
)
def test_headline_with_what_stands_around_it(text, headline):
    """Kickers, bylines and menus around a title do not hide it; a text of one line has none."""
    assert parts(text)[0] == headline


@pytest.mark.parametrize(
    ("title", "first", "is_headline"),
    [
        ("Oslo warned Muscat.", "Oslo warned Muscat.", True),
        ("OSLO warned Muscat", "Oslo warned Muscat.", True),
        ("Oslo and Muscat talk fish | Fjord Post", "Oslo and Muscat talk fish", True),
        ("Something else entirely", "Oslo warned Muscat.", False),
    ],
)
def test_headline_that_equals_the_title(title, first, is_headline):
    """A line that repeats a known title is the headline whatever its form."""
    assert parts(f"{first}\n\n{LONG}", title)[0] == (first if is_headline else None)


@pytest.mark.parametrize(
    ("dateline", "day"),
    [
        ("OSLO, March 23 -", None),
        ("SANTA ROSA, Calif., April 17 -", None),
        ("WASHINGTON, Oct 20 (Reuters) -", None),
        ("New Delhi, Jan 14 (PTI):", None),
        ("NEW DELHI:", None),
        ("Victoria, 8 December 2011 -", date(2011, 12, 8)),
        ("BRUSSELS —", None),
        ("Brussels –", None),
        ("GENEVA (AP) --", None),
        ("GENEVA (12 May 2025) –", date(2025, 5, 12)),
        ("KYIV, Ukraine —", None),
        ("NAIROBI, Kenya (AP) _", None),
        ("ASUNCIÓN, Feb. 2 (EFE) -", None),
        ("WASHINGTON, D.C., May 4, 2023 –", date(2023, 5, 4)),
        ("BEIJING, Jan. 14 (Xinhua) --", None),
        ("MOSCOW. Jan 14 (Interfax) -", None),
        ("GENEVA/NEW YORK, 12 May 2025 –", date(2025, 5, 12)),
        ("LILLEHAMMER, Norway, Jan. 3, 2024 /PRNewswire/ --", date(2024, 1, 3)),
        ("(Reuters) -", None),
        ("O'SMACH, Cambodia (AP)_", None),
        ("14 January 2026 –", date(2026, 1, 14)),
    ],
)
def test_dateline_with_its_date(dateline, day):
    """Place, date, agency and dash stand before the first paragraph and are not part of it."""
    text = f"Oslo and Muscat talk fish\n\n{dateline} {PROSE}\n\n{MORE}"

    assert parts(text) == ("Oslo and Muscat talk fish", dateline, [PROSE, MORE])
    assert layout(text).published == day


@pytest.mark.parametrize(
    "first",
    [
        "OPEC - the club of oil exporters - met on Monday in a town that nobody had heard of before it did.",
        "MR. HANSEN: Good morning to you all, and thank you for coming out in such weather as we have today.",
        "PROTECTING OUR FISH: Yesterday, the Minister signed an order that imposes duties on all dried fish.",
        "Oslo, which had denied it all along, admitted on Monday that the boats were its own - all nine of them.",
        "Norway - Oman trade grew by a third last year, the ministry of trade said in a report on Monday.",
        "The talks - the third in May - ended on Monday without a word, as both of the ministers had feared.",
        "Minister Hansen: We shall not give in, whatever the other side may say about it in the days to come.",
        "On 3 May 2019 - a Friday - the pact was signed by the two ministers, who have not met since that day.",
    ],
)
def test_no_dateline_in_ordinary_sentences(first):
    """Dashes and colons elsewhere make no dateline."""
    assert parts(f"{first}\n\n{MORE}") == (None, None, [first, MORE])


def test_places_before_each_paragraph_are_no_dateline():
    """A digest by country names a place before every item; none of them dates the text."""
    text = f"ALGERIA – {PROSE}\n\nBOTSWANA – {MORE}"

    assert parts(text)[1:] == (None, [f"ALGERIA – {PROSE}", f"BOTSWANA – {MORE}"])


def test_dateline_on_a_line_of_its_own():
    """A dateline may stand above the first paragraph."""
    assert parts(f"NAIROBI, Kenya (AP) _\n\n{PROSE}\n\n{MORE}") == (None, "NAIROBI, Kenya (AP) _", [PROSE, MORE])


def test_place_and_date_on_a_line_above_the_title():
    """A line with place and full date is the dateline wherever it stands above the text."""
    text = f"Oslo, 3 May 2031\n\nOslo and Muscat talk fish\n\n{PROSE}\n\n{MORE}"

    assert parts(text) == ("Oslo and Muscat talk fish", "Oslo, 3 May 2031", [PROSE, MORE])


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("March 23, 1987", date(1987, 3, 23)),
        ("14 January 2026", date(2026, 1, 14)),
        ("Wednesday, 14 January 2026, 10:30 AM IST", date(2026, 1, 14)),
        ("Published: January 14, 2026", date(2026, 1, 14)),
        ("Published on 14 Jan 2026 at 09:15 GMT | 3 min read", date(2026, 1, 14)),
        ("Issued on: May 4, 2023", date(2023, 5, 4)),
        ("Date: 2023-05-04", date(2023, 5, 4)),
        ("Date: 23/05/2023", date(2023, 5, 23)),
        ("Date: 05/04/2023", None),
        ("Date: February 30, 2023", None),
        ("By Jane Doe | January 14, 2026", date(2026, 1, 14)),
        ("Brussels, 12 May 2025", date(2025, 5, 12)),
        ("Date: Wed, 14 Jan 2026 10:00:00 +0000", date(2026, 1, 14)),
        ("Done at Lima, 14 January 2026", date(2026, 1, 14)),
        ("Updated: January 15, 2026", date(2026, 1, 15)),
        ("March 23", None),
        ("Agreement of 12 May 2025", None),
    ],
)
def test_dated_lines_date_the_text(line, day):
    """A line that gives a full date and nothing else is when the text was published."""
    assert layout(f"Oslo and Muscat talk fish\n\n{line}\n\n{LONG}\n\n{MORE}").published == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (f"Published: May 4, 2023\nUpdated: May 6, 2023\n\n{LONG}", date(2023, 5, 4)),
        (f"A chronicle\n\nMay 4, 2023\n\nMay 6, 2023\n\n{LONG}", None),
        (f"{LONG}\n\nMay 4, 2023\n\n{MORE}", None),
        (f"{LONG}\n\nGeneva, May 4, 2023", date(2023, 5, 4)),
    ],
)
def test_which_of_several_dates_counts(text, day):
    """Publication counts before an update; dates that disagree, or stand amid the text, date nothing."""
    assert layout(text).published == day


WRAPPED = """\
    The minister of fisheries said on Monday that Norway would not send
any more boats to the waters off Oman until the two governments had
settled who would pay for the nets.
    "We are not at war," he told the press, and added that he expected
to hear from Muscat within the week.
"""


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        (f"{PROSE}\n\n{MORE}", ["Norway", "The"]),
        (f"{PROSE}\r\n\r\n{MORE}\r\n", ["Norway", "The"]),
        (f"{LONG}\n{LONG}\n{LONG}", ["Norway"] * 3),
        (f"{PROSE}\n{MORE}", ["Norway", "The"]),
        (WRAPPED, ["The minister of", '"We are']),
        (WRAPPED.replace("    ", "\n"), ["The minister of", '"We are']),
        (WRAPPED.replace("    ", ""), ["The minister of", '"We are']),
        (f"{PROSE}\n\n• one point of it\n• another point\n1. a third", ["Norway", "one point", "another", "a third"]),
        (
            f"{WRAPPED}MR. HANSEN: That is all for now, and I thank you for\ncoming.\n",
            ["The minister of", '"We', "MR."],
        ),
        (f"MR. HANSEN: {PROSE}\nQ  {MORE}\nMR. HANSEN: Yes.", ["MR.", "Q  ", "MR."]),
    ],
)
def test_paragraphs(text, starts):
    """Paragraphs are told by blank lines, by lines, or by the form of wrapped lines."""
    found = parts(text)[2]

    assert len(found) == len(starts)
    assert all(paragraph.startswith(start) for paragraph, start in zip(found, starts, strict=True))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (f"{PROSE}\n\n{MORE}\n\nLeave a Reply\n\nYour name\n\nGreat text, I liked it a lot.", [PROSE, MORE]),
        (f"{PROSE}\n\nRead more: Boats seized off Oman\n\n{MORE}", [PROSE, MORE]),
        (f"{PROSE}\n\n{MORE}\n\nRelated articles\n\nBoats seized off Oman\n\nFish dear in Oslo", [PROSE, MORE]),
        (f"{PROSE}\n\n{MORE}\n\n-END-\n\nContact the press office for more.", [PROSE, MORE]),
        (f"{PROSE}\n\n###\n\n{LONG}\n\n{LONG}", [PROSE, LONG, LONG]),
        (f"{PROSE}\n\nShare this burden, the minister said.", [PROSE, "Share this burden, the minister said."]),
        (f"{PROSE}\n{MORE}\nREUTER\n", [PROSE, MORE]),
        (f"{WRAPPED}REUTER\n", [part.strip() for part in WRAPPED.split("    ")[1:]]),
        ("Share\nTweet\nPrint", []),
        (f"{PROSE}\n\nTags\nOslo\nFish\n\n{MORE}", [PROSE, MORE]),
        (f"From: press@example.org\nTo: list@example.org\nSubject: Fish\n\n{PROSE}\n\n{MORE}", [PROSE, MORE]),
        (f"{PROSE}\n\n(a) fish;\n\n(c) the nets.", [PROSE, "(a) fish;", "(c) the nets."]),
    ],
)
def test_furniture_is_not_read(text, read):
    """Buttons, links, comment forms and what follows them are left out; sentences are kept."""
    assert parts(text)[2] == read


def check(text: str, found: Layout) -> None:
    """Assert that all ranges lie in the text, in order, apart, and begin and end with something visible."""
    ranges = [part for part in (found.headline, found.dateline) if part] + list(found.paragraphs)
    assert list(found.paragraphs) == sorted(found.paragraphs)
    last = 0
    for start, end in sorted(ranges):
        assert last <= start < end <= len(text)
        assert not text[start].isspace() and not text[end - 1].isspace()
        last = end


LINES = st.sampled_from(
    [PROSE, MORE, "", " ", "OSLO, March 3 -", "OSLO, March 3 - Go", "Share", "Leave a Reply", "• a", "1. B", "Home",
     "**A**", "# A", "Tags",
     "MR. X: Yes", "March 3, 1987", "no end of it", "    indented and so on, and so on", "###", "TITLE", "-", "OSLO — "]
)  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(st.one_of(st.text(), st.lists(st.one_of(LINES, st.text(max_size=90))).map("\n".join)))
def test_any_text_has_a_sound_layout(text):
    """No text makes the layout fail, leave the text, or overlap itself."""
    check(text, layout(text))
    check(text, layout(text, "TITLE"))
