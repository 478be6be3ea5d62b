"""The PLOVER command: marks, F1, and answers to bad files."""

from __future__ import annotations

import json

import pytest

from benchmarks import plover


@pytest.mark.parametrize(
    ("marked", "text", "source", "target"),
    [
        ("<s>Peru</s> thanked <t>Chile</t>.", "Peru thanked Chile.", "Peru", "Chile"),
        ("<t>Chile</t> was thanked by <s>Peru</s>.", "Chile was thanked by Peru.", "Peru", "Chile"),
        ("<s>Nurses</s> went on strike.", "Nurses went on strike.", "Nurses", None),
        ("Two papers were shut: <t>one in Lome</t>.", "Two papers were shut: one in Lome.", None, "one in Lome"),
    ],
)
def test_marks_become_ranges_of_the_plain_text(marked, text, source, target):
    """Either side may be missing."""
    plain, one, other = plover.unmarked(marked)

    assert plain == text
    assert (plain[slice(*one)] if one else None) == source
    assert (plain[slice(*other)] if other else None) == target


def test_macro_f1_gives_every_class_the_same_weight():
    """A rare class that is always missed costs as much as a frequent one."""
    assert plover.macro_f1(["A", "A", "A", "B"], ["A", "A", "A", "A"]) == pytest.approx((6 / 7 + 0) / 2)


def test_a_file_is_measured(tmp_path, capsys):
    """Clear sentences are read right, and the figures are printed."""
    rows = [
        ("<s>Kenya</s> imposed sanctions on <t>Sudan</t> on Monday.", "SANCTION"),
        ("<s>Norwegian troops</s> shelled <t>a Danish post</t>, killing two.", "ASSAULT"),
        ("<s>Japan's prime minister</s> met <t>the Canadian foreign minister</t> in Ottawa.", "CONSULT"),
    ]
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps({"id": "x", "marked": m, "label15": c}) + "\n" for m, c in rows))

    assert plover.main([str(path)]) == 0
    assert "15 classes, macro-F1                   1.000" in capsys.readouterr().out


@pytest.mark.parametrize("content", ["", "{}\n", "no json\n", '{"text": "x"}\n'])
def test_a_file_of_another_kind_is_refused_in_words(content, tmp_path, capsys):
    """No traceback: what is missing is said, and the exit code is 2."""
    path = tmp_path / "rows.jsonl"
    path.write_text(content)

    assert plover.main([str(path)]) == 2
    assert "rows.jsonl" in capsys.readouterr().err
