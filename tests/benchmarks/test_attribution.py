"""Measuring who says what: heads of sources, pairs of contents, the counting, and what a wrong file leads to.

Every text is invented.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from benchmarks.attribution import Said, Tokens, count, figures, main, measure, pairs
from dragoman.errors import UsageError

TEXT = "The mayor, Ana Brito, said the bridge would open in May."


def at(text: str, *words: str) -> list[tuple[int, int]]:
    """Return where words stand in a text."""
    return [(text.index(w), text.index(w) + len(w)) for w in words]


# source as the text has it, the word that heads it
HEADS = [
    ("The mayor of Riga", "mayor"),
    ("Ana Brito, the mayor", "Brito"),
    ("many of the growers", "growers"),
    ("the port's spokesman", "spokesman"),
    ("two people close to the talks", "people"),
    ("the", "the"),
]


@pytest.mark.parametrize(("source", "head"), HEADS)
def test_the_head_of_a_source_is_found_by_rule(source, head):
    """The last word before a comma, preposition or relative word, once a word has come that is no article."""
    tokens = Tokens(source)

    found = tokens.head([(0, len(source))])

    assert found is not None
    assert tokens.words[found] == head


def test_a_source_of_no_words_has_no_head():
    """Where nobody is named there is nothing to compare."""
    assert Tokens(TEXT).head([]) is None


# content of the gold, content found, whether they pair
CONTENTS = [
    ("the bridge would open in May", "the bridge would open in May", True),
    ("the bridge would open in May", "bridge would open", True),  # three of six words
    ("the bridge would open in May", "open in", False),
    ("the bridge", "open in May", False),
]


@pytest.mark.parametrize(("gold", "found", "paired"), CONTENTS)
def test_contents_pair_from_half_of_their_words_on(gold, found, paired):
    """What both have over what either has must reach a half."""
    one, other = Said([], [], at(TEXT, gold)), Said([], [], at(TEXT, found))

    assert list(pairs(Tokens(TEXT), [one], [other])) == ([(0, 0)] if paired else [])


# source found, whether the attribution counts
SOURCES = [("The mayor", True), ("The mayor, Ana Brito", True), ("Ana Brito", False), (None, False)]


@pytest.mark.parametrize(("source", "right"), SOURCES)
def test_a_whole_attribution_needs_the_source(source, right):
    """The head of each source must lie in the other; "Ana Brito" is not where the gold has its head."""
    content, cue = at(TEXT, "the bridge would open in May"), at(TEXT, "said")
    gold = Said(at(TEXT, "The mayor"), cue, content)
    found = Said(at(TEXT, source) if source else [], cue, content)
    counts: Counter[str] = Counter()

    count(TEXT, [gold], [found], counts)

    assert figures(counts)["content F1"] == 1
    assert figures(counts)["content+source F1"] == (1 if right else 0)


def test_tokens_count_once_however_many_attributions_hold_them():
    """A word in two contents is one token of content."""
    counts: Counter[str] = Counter()
    both = [Said([], [], at(TEXT, "the bridge")), Said([], [], at(TEXT, "the bridge would"))]

    count(TEXT, both, [], counts)

    assert counts["content tokens gold"] == 3


def test_the_errors_name_their_cause():
    """What was not found is missed; what nobody marked is spurious; a like content with another source is wrong."""
    errors: dict[str, list[str]] = {}
    content = at(TEXT, "the bridge would open in May")
    gold = [Said(at(TEXT, "The mayor"), at(TEXT, "said"), content), Said([], at(TEXT, "open"), at(TEXT, "in May"))]
    found = [Said(at(TEXT, "bridge"), at(TEXT, "said"), content), Said([], at(TEXT, "would"), at(TEXT, "Ana Brito"))]

    count(TEXT, gold, found, Counter(), errors, "a")

    assert {cause: len(examples) for cause, examples in errors.items()} == {
        "wrong source": 1,
        "missed": 1,
        "spurious": 1,
    }


@pytest.fixture
def data(tmp_path):
    """A file of one row whose only attribution the reader finds."""
    row: dict[str, Any] = {"role": None, "doc_id": "a", "text": TEXT, "attributions": []}
    row["attributions"] = [
        {
            "source": at(TEXT, "The mayor, Ana Brito"),
            "cue": at(TEXT, "said"),
            "content": at(TEXT, "the bridge would open in May"),
        }
    ]
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    return path


def test_a_file_is_read_and_counted(data, nlp):
    """One row, one attribution, all of it right."""
    found = measure(data)

    assert found.items == 1
    assert found.figures["content+source F1"] == 1
    assert not found.errors


def test_what_was_read_can_be_kept(data, tmp_path, nlp, capsys):
    """`--out` writes rows of the form of the data."""
    out = tmp_path / "read.jsonl"

    assert main([str(data), "--out", str(out)]) == 0
    assert json.loads(out.read_text(encoding="utf-8"))["attributions"][0]["cue"] == [list(at(TEXT, "said")[0])]
    assert "content+source F1" in capsys.readouterr().out


# what the file holds; None where there is none
WRONG = [None, "", "{}\n", '{"doc_id": "a", "text": "b", "attributions": [3]}\n', "no json\n"]


@pytest.mark.parametrize("text", WRONG)
def test_a_missing_or_malformed_file_is_a_plain_sentence(text, tmp_path, capsys):
    """The command ends with 2 and says what is wrong; the function raises."""
    path = tmp_path / "rows.jsonl"
    if text is not None:
        path.write_text(text, encoding="utf-8")

    assert main([str(path)]) == 2
    assert "rows.jsonl" in capsys.readouterr().err
    with pytest.raises(UsageError):
        measure(path)
