"""Occasion: acts in the main line of an official record have the date of the meeting or of the text.

All texts were published on Wednesday, 15 June 2016.
"""

from __future__ import annotations

import pytest

from dragoman.reading.modality import standing

MON, TODAY = ("2016-06-13", "2016-06-13"), ("2016-06-15", "2016-06-15")
SUN, MAY = ("2016-06-12", "2016-06-12"), ("2016-05-01", "2016-05-31")
MET = "The ministers of Chad and Niger met in Accra on Monday. "


def windows(stage, dates, text):
    """Return the window of each marked act as a pair of dates."""
    staged = stage(text)
    return [dates(staged.clock.of(t, future=standing(t).future)) for t in staged.marked]


RECORDS = [
    ("Readout of the meeting\n\n" + MET + "Niger [thanked] Chad for its help.", [MON]),
    ("Readout of the meeting\n\n" + MET + "Niger was [invited] to a second round.", [MON]),
    ("Readout of the meeting\n\n" + MET + "Niger [deplored] the attack of last May.", [MON]),
    ("Readout of the meeting\n\n" + MET + "Niger [freed] two sailors in May.", [MAY]),
    ("Readout of the meeting\n\n" + MET + "Niger has [promised] an answer.", [None]),
    ("Readout of the meeting\n\n" + MET + "Niger said that Chad [shelled] a post.", [None]),
    ("Readout of the meeting\n\n" + MET + "“Niger [lent] a plane,” said the envoy.", [None]),
    ("Readout of the meeting\n\n" + MET + "Niger will [send] a plane.", [None]),
    ("Statement by the ministry\n\nWe [condemn] the raid on Sunday. We [welcome] the truce.", [TODAY, TODAY]),
    ("Statement by the ministry\n\nNiger [holds] two sailors. We [condemn] it.", [None, TODAY]),
    ("Minister meets Nigerien envoy\n\n" + MET + "Niger [thanked] Chad for its help.", [MON]),
    ("Chad and Niger\n\nACCRA, 15 June 2016\n\n" + MET + "Niger [thanked] Chad for its help.", [MON]),
]


@pytest.mark.parametrize(("text", "expected"), RECORDS, ids=lambda v: str(v)[-60:])
def test_records_tell_of_one_meeting_or_day(stage, dates, text, expected):
    """The plain past belongs to the meeting, what is done by saying it to the day of the text, all else to neither."""
    assert windows(stage, dates, text) == expected


@pytest.mark.parametrize("title", ["Chad and Niger at odds", "Envoy leaves Accra"])
def test_news_tells_of_several_days(stage, dates, title):
    """A report without the marks of a record lends no act the date of its first sentence."""
    assert windows(stage, dates, f"{title}\n\n{MET}Niger [thanked] Chad for its help.") == [None]


def test_a_meeting_long_past_is_no_session(stage, dates):
    """A record that opens with old history belongs to its own day."""
    text = "Statement by the ministry\n\nThe two states met in 2009. Niger [asked] Chad for help."

    assert windows(stage, dates, text) == [TODAY]
