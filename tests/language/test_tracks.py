"""Tracks: the issue areas found in a record's evidence."""

from __future__ import annotations

import pytest

from dragoman.language.tracks import find_tracks


@pytest.mark.parametrize(
    ("text", "track"),
    [
        ("Ottawa put a duty of nine per cent on Chilean wine.", "trade"),
        ("The two states will build a gas pipeline.", "energy"),
        ("Rebels ambushed a column of soldiers near the frontier.", "security"),
        ("Surveyors of both states will demarcate the border.", "territory"),
        ("The navies held joint exercises with frigates.", "defence"),
        ("Cuba sent doctors and vaccines against cholera.", "health"),
        ("Hackers broke into the network of the ministry.", "cyber"),
        ("Panama will take in refugees who fled the valley.", "migration"),
        ("Smelters will buy lithium and graphite from Zambia.", "critical-minerals"),
        ("Inspectors found centrifuges that enrich uranium.", "nuclear-weapons"),
        ("The museum will give back the manuscripts.", "culture"),
        ("The two sides will build processors and share software.", "technology"),
        ("Kuwait froze the assets of two bankers on its blacklist.", "sanctions"),
        ("Fiji recognised Kosovo and opened diplomatic ties.", "institutions"),
    ],
)
def test_cue_words_name_the_leading_track(text: str, track: str) -> None:
    """The track with the most cues comes first."""
    assert find_tracks(text)[0] == track


@pytest.mark.parametrize("text", ["", "He smiled.", "The envoy was tired and said so."])
def test_text_without_cues_has_no_track(text: str) -> None:
    """No cue, no track."""
    assert find_tracks(text) == ()


def test_at_most_two_tracks_are_kept() -> None:
    """A sentence about everything still gives only its two leading tracks."""
    text = "Talks on trade, gas, refugees, vaccines, cyber attacks, lithium, sanctions and climate went on."

    assert len(find_tracks(text)) == 2


@pytest.mark.parametrize(
    ("word", "other"),
    [("exporters", "expert"), ("tariffs", "tar"), ("vaccines", "vac")],
)
def test_cues_are_whole_words(word: str, other: str) -> None:
    """Plurals and stems are found, parts of other words are not."""
    assert find_tracks(f"The {word} came.")
    assert not find_tracks(f"The {other} came.")


def test_context_decides_a_clause_that_names_no_subject() -> None:
    """What a bare clause is about is told by the text round it."""
    clause = "The two ministers met in Graz."

    assert find_tracks(clause) == ()
    assert find_tracks(clause, context="The gas pipeline was shut. " + clause) == ("energy",)


def test_what_a_document_repeats_weighs_more() -> None:
    """A word in passing does not name the subject of a document that keeps to another."""
    document = "The pipeline was shut. Gas flows again. The gas price fell. Both sides spoke of gas and of a museum."

    assert find_tracks("They will meet in Graz.", context=document) == ("energy",)


def test_strong_words_of_its_own_set_a_clause_apart() -> None:
    """An event on another subject keeps its track beside that of its document."""
    document = "The gas pipeline was shut. Gas flows again. Surveyors will demarcate the boundary and its buoys."

    assert "territory" in find_tracks("Surveyors will demarcate the boundary and its buoys.", context=document)
