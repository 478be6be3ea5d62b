"""Topics: raising a measure in talks, refusing to comment, and contacts told by office alone."""

from __future__ import annotations

import pytest

TALKED = [
    "Peruvian Foreign Minister Ana Ruiz will meet her Chilean host on July 3. She is expected to raise the duty.",
    "The Fijian minister will visit Tonga on July 3. He is expected to raise the tariff on kava.",
]


@pytest.mark.parametrize("text", TALKED)
def test_a_duty_raised_in_talks_is_no_tariff(reading, text):
    """A duty raised in talks is no tariff."""
    found = reading(text)
    assert {e.type for e in found.events} == {"CONSULT"}
    assert not found.measures


def test_a_duty_raised_by_a_rate_is_one(reading):
    """A duty raised by a rate is one."""
    text = "Peru's minister met his Chilean host. Peru will raise the duty on Chilean grapes to 12 percent."
    assert "SANCTION" in {e.type for e in reading(text).events}


@pytest.mark.parametrize("words", ["declined to comment", "refused to say more", "declined to elaborate"])
def test_silence_is_no_refusal(reading, words):
    """Silence is no refusal."""
    text = f"Chile accused Peru of dumping grapes. Peru's trade ministry {words}."
    assert not [e for e in reading(text).events if e.type == "REJECT"]


HEAD = "Ministry of Foreign Affairs, Republic of Peru\nPress release, 15 June 2016\n\n"
CONTACTS = [
    (
        HEAD + "READOUT OF THE CALL BETWEEN H.E. ANA RUIZ AND H.E. LUIS SOTO\n\n"
        "Foreign Minister Ana Ruiz spoke by telephone on Tuesday with the Foreign Minister of Chile, Luis Soto. "
        "Peru and Chile share a border.",
        ("phone", "2016-06-14"),
    ),
    (
        HEAD + "VISIT OF FOREIGN MINISTER ANA RUIZ TO THE REPUBLIC OF CHILE\n\nForeign Minister Ana Ruiz visited "
        "Santiago on 9 June 2016, where she held talks with the Foreign Minister of Chile, Luis Soto. "
        "Peru thanked Chile.",
        ("visit", "2016-06-09"),
    ),
    (
        "Peruvian Foreign Minister Ana Ruiz wrote to Chile.\n\nForeign Minister Luis Soto spoke by phone with Ms Ruiz "
        "on Monday, and Chile published its reply to Peru.",
        ("phone", "2016-06-13"),
    ),
]


@pytest.mark.parametrize(("text", "contact"), CONTACTS, ids=lambda v: str(v)[-40:])
def test_a_contact_told_by_offices_has_both_sides(reading, dates, text, contact):
    """A contact told by offices has both sides."""
    found = [e for e in reading(text).events if e.type == "CONSULT" and e.mode == contact[0]]
    assert [(set(e.actors), e.status, dates(e.when)) for e in found] == [
        ({"PER", "CHL"}, "happened", (contact[1], contact[1]))
    ]
