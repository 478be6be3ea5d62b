"""Moved meetings: put off to another day, brought forward, or put off without one."""

from __future__ import annotations

import pytest

MOVED = [
    ("The visit of the Peruvian premier to Quito, planned for June 20, has been postponed to July 3.", "ECU PER", "03"),
    ("Peru's president has put off a visit to Ecuador from June 20 to July 3.", "ECU PER", "03"),
    ("The talks between Fijian and Tongan ministers were postponed until July 4.", "FJI TON", "04"),
    ("Laos moved its talks with Vietnam from June 20 to July 5.", "LAO VNM", "05"),
    ("Laos and Vietnam rescheduled the talks for July 6.", "LAO VNM", "06"),
    ("The summit of Laos and Vietnam will now take place on July 7.", "LAO VNM", "07"),
    ("The talks between Peru and Chile have been moved to July 8.", "CHL PER", "08"),
]


@pytest.mark.parametrize(("text", "sides", "day"), MOVED, ids=lambda v: str(v)[:60])
def test_a_moved_meeting_lies_ahead_on_its_new_date(reading, dates, text, sides, day):
    """A moved meeting lies ahead on its new date."""
    found = reading(text)
    (event,) = found.events
    (step,) = found.next_steps
    new = (f"2016-07-{day}", f"2016-07-{day}")
    assert (event.type, event.status, " ".join(sorted(event.actors))) == ("CONSULT", "planned", sides)
    assert dates(event.when) == dates(step.due) == new
    assert step.type == "CONSULT"


def test_a_meeting_may_move_to_a_week(reading, dates):
    """A meeting may move to a week."""
    (step,) = reading("Peru and Chile moved the talks to next week.").next_steps
    assert dates(step.due) == ("2016-06-20", "2016-06-26")


PUT_OFF = [
    ("Laos postponed indefinitely a visit by the Vietnamese president.", "LAO", "VNM"),
    ("Zambia has put off the visit of the Malawian president set for June 20.", "ZMB", "MWI"),
    ("Peru called off the talks with Chile that were to open on June 20.", "PER", "CHL"),
]


@pytest.mark.parametrize(("text", "actor", "other"), PUT_OFF, ids=lambda v: str(v)[:60])
def test_what_is_put_off_without_a_date_is_called_off(reading, text, actor, other):
    """What is put off without a date is called off."""
    found = reading(text)
    (event,) = found.events
    assert (event.type, event.actors, event.recipients, event.status) == ("REJECT", (actor,), (other,), "happened")
    assert not found.next_steps


def test_a_visit_looked_forward_to_lies_ahead(reading):
    """A visit looked forward to lies ahead."""
    text = "The Peruvian minister Ana Ruiz called Chile's premier. She looked forward to her visit to Chile on July 3."
    assert ("CONSULT", "planned") in {(e.type, e.status) for e in reading(text).events}
