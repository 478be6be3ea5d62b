"""PLOVER types of given sides: what lies ahead is a promise or a threat, what will not be done a refusal."""

from __future__ import annotations

import pytest

from dragoman.reading.plover import classify


def _classify(text, source, target):
    places = [(text.index(w), text.index(w) + len(w)) if w else None for w in (source, target)]
    return classify(text, *places)


@pytest.mark.parametrize(
    ("text", "source", "target", "kind"),
    [
        ("Ghana accused Togo of sheltering smugglers.", "Ghana", "Togo", "ACCUSE"),
        ("Togo, accused by Ghana of sheltering smugglers, said nothing.", "Ghana", "Togo", "ACCUSE"),
        ("Ghana sent 40 tonnes of rice to Togo after the floods.", "Ghana", "Togo", "AID"),
        ("Ghana will send 40 tonnes of rice to Togo next week.", "Ghana", "Togo", "AGREE"),
        ("Ghana's president met Togo's prime minister in Accra on Monday.", "Ghana's president", "Togo's", "CONSULT"),
        (
            "Ghana's president will meet Togo's prime minister in Accra on Monday.",
            "Ghana's president",
            "Togo's",
            "AGREE",
        ),
        ("Ghana will not withdraw its troops from Togo.", "Ghana", "Togo", "REJECT"),
        ("Nurses went on strike for better pay in Accra.", "Nurses", None, "PROTEST"),
    ],
)
def test_the_type_is_that_of_the_codebook(text, source, target, kind):
    """Direction, status and a side that is not named are all taken into account."""
    assert _classify(text, source, target) == kind
