"""The encoder: shapes, judgements on plain sentences, size, and that nothing but the package is needed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from dragoman.language.encoder import FOLDER, Question, covered, encoder


def _ask(text, source, target, predicate=None):
    """Return the judgement on words of a text."""
    places = [(text.index(w), text.index(w) + len(w)) if w else None for w in (source, target, predicate)]
    return encoder().judge(encoder().encode([text])[0], [Question(*places)])[0]


@pytest.mark.parametrize(
    ("text", "source", "target", "kind"),
    [
        ("Kenya imposed a 20 percent tariff on Ugandan sugar on Monday.", "Kenya", "Ugandan", "SANCTION"),
        ("Norwegian jets bombed a Danish radar station, killing three.", "Norwegian", "Danish", "ASSAULT"),
        ("The Chilean foreign minister met his Peruvian counterpart in Lima.", "Chilean", "Peruvian", "CONSULT"),
        ("Ghana accused Togo of sheltering the gunmen.", "Ghana", "Togo", "ACCUSE"),
        ("Togo was accused by Ghana of sheltering the gunmen.", "Ghana", "Togo", "ACCUSE"),
    ],
)
def test_plain_sentences_are_judged_right(text, source, target, kind):
    """The likeliest type is the one stated, in the stated direction."""
    forward = _ask(text, source, target).types
    backward = _ask(text, target, source).types

    assert max(forward, key=forward.__getitem__) == kind
    assert kind == "CONSULT" or backward[kind] < forward[kind]


def test_sentences_come_back_in_their_order_whatever_their_length():
    """Very long ones are cut, empty ones do no harm."""
    texts = ["Peru met Chile.", "On Monday, " * 60 + "Peru met Chile.", "", "Chile met Peru in Lima."]

    found = encoder().encode(texts)

    assert [len(e.states) == len(e.offsets) for e in found] == [True] * 4
    assert found[0].offsets[-2][1] == len(texts[0])
    assert found[3].offsets[-2][1] == len(texts[3])
    assert len(found[1].offsets) <= encoder().meaning["longest"]


def test_a_sentence_means_the_same_alone_and_beside_others():
    """So a document's reading does not depend on what else is read."""
    short, long = "Peru met Chile.", "Peru's foreign minister met his colleague from Chile in Arica on Monday."

    alone, beside = encoder().encode([short])[0], encoder().encode([long, short])[1]

    assert (alone.states == beside.states).all()


def test_word_pieces_are_found_by_their_characters():
    """A range covers the pieces it touches; none covers nothing."""
    encoded = encoder().encode(["Peru met Chile."])[0]

    assert covered(encoded, (9, 14)).sum() >= 1
    assert covered(encoded, None).sum() == 0


def test_all_weights_together_are_at_most_thirty_megabytes():
    """What a laptop downloads and holds."""
    assert sum(p.stat().st_size for p in FOLDER.iterdir()) <= 30e6


def test_the_weights_load_without_torch_and_without_a_network():
    """Only onnxruntime and tokenizers are used, and no connection is opened."""
    program = """
import socket, sys
sys.modules["torch"] = None
def refuse(*args, **kwargs): raise OSError("no network here")
socket.socket.connect = refuse
from dragoman.language.encoder import Question, encoder
encoded = encoder().encode(["Kenya praised Ghana."])[0]
answer = encoder().judge(encoded, [Question((0, 5), (14, 19))])[0].types
print(max(answer, key=answer.get), "torch" in [m for m, v in sys.modules.items() if v])
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["SUPPORT", "False"]
