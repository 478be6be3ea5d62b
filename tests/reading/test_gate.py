"""The gate: which documents may tell of a relation between two actors."""

from __future__ import annotations

import sys
import time

import pytest

from dragoman import ontology, sources
from dragoman.language.act_patterns import patterns
from dragoman.reading.gate import relevant

LONG = "The rain went on all day. Nobody came. The hall stayed dark. The roof leaked in two places. "


@pytest.mark.parametrize(
    "text",
    [
        "Peru signed a fishing treaty with Chile.",
        "OSLO, CAIRO TO HOLD TALKS ON COD",
        "Botswana sold Namibia 300 buffaloes.",  # a short text: two actors suffice
        LONG + "Ghana has threatened to close its border with Togo.",
        LONG + "Ghana's trade minister was in Lome. He warned Togo that its lorries would be stopped.",  # he
        LONG + "Mali lies north of Niger. The two countries agreed on a road.",  # the two countries
        LONG + "Putin met Macron.",  # known by their offices
        LONG + "The Kenyan government fined Brightwater Mining Corp over a spill.",  # a company
        LONG + "Rebels shelled an Angolan garrison.",  # a group without a name
        LONG + "The Trade Minister met his Zambian counterpart.",  # one side is not named
        LONG + "Our government has agreed to lend Malawi two ferries.",
        LONG + "Chad and Libya patrol the road jointly.",
    ],
)
def test_what_may_tell_of_a_relation_passes(text):
    """Two actors and the words of an act, in one sentence or in those around it."""
    assert relevant(sources.from_text(text, published="2019-05-13"))


@pytest.mark.parametrize(
    "text",
    [
        LONG,
        LONG + "Peru is dry.",
        LONG + "Peru is dry and Chile is long.",  # two actors, no act
        LONG + "The council accused the mayor of waste and demanded talks.",  # an act, no actor that is known
        LONG + "Storks winter in Sudan and nest in Poland.",
        LONG + "The goalkeeper of Peru was attacked by two midfielders of Chile.",  # words of sport
        "…",
    ],
)
def test_what_cannot_is_recognised(text):
    """No two actors, or no act in reach of them."""
    assert not relevant(sources.from_text(text, published="2019-05-13"))


def test_a_document_without_paragraphs_tells_nothing():
    """A page of furniture alone is nothing."""
    document = sources.from_text("Share this\n\nSubscribe")

    assert not relevant(document)


def test_irregular_forms_are_of_words_that_patterns_have():
    """Each entry is of a verb or noun that some pattern opens with or asks for."""
    known = patterns()
    asked = {
        w for groups in (known.verbs, known.nouns) for g in groups.values() for p in g for i in p.items for w in i.ends
    }
    listed = ontology.load("gate")["irregular"]

    assert [
        lemma for lemma in listed if lemma not in known.verbs and lemma not in known.nouns and lemma not in asked
    ] == []


@pytest.mark.parametrize("text", ["A. " * 1600, "Of the " * 700, "Aa of the and " * 350, "x" * 400, "“" * 4000])
def test_odd_texts_take_no_time(text):
    """The gate is cheap on whatever comes."""
    document = sources.from_text("The word is here. " + text)
    began = time.process_time()
    relevant(document)
    assert time.process_time() - began < 2


def test_the_gate_needs_no_parser():
    """It loads neither spaCy nor the encoder."""
    import subprocess

    code = (
        "import sys; from dragoman import sources; from dragoman.reading.gate import relevant; "
        "relevant(sources.from_text('Peru signed a treaty with Chile.')); "
        "sys.exit('onnxruntime' in sys.modules or 'spacy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
