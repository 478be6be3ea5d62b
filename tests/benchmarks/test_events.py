"""The events command: dyads, either order, extras, and answers to bad files."""

from __future__ import annotations

import json

import pytest

from benchmarks import events


def _file(tmp_path, *rows):
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def _row(text, *found):
    return {
        "id": "x",
        "text": text,
        "date": "2008-08-04",
        "events": [dict(zip(("class15", "source", "target"), f, strict=True)) for f in found],
    }


def test_acts_done_together_count_in_either_order(tmp_path):
    """Both orders of a meeting are one event of the reader."""
    path = _file(
        tmp_path,
        _row("Chile and Peru held talks in Lima on Monday.", ("CONSULT", "PER", "CHL"), ("CONSULT", "CHL", "PER")),
    )

    figures = events.measure(path).figures

    assert figures["all right"] == 1
    assert figures["extra for each right one"] == 0


def test_direction_counts_for_acts_done_to_another(tmp_path):
    """Who sanctioned whom must be right."""
    path = _file(tmp_path, _row("Kenya imposed sanctions on Sudan on Monday.", ("SANCTION", "SDN", "KEN")))

    measured = events.measure(path)

    assert measured.figures["all right"] == 0
    assert measured.figures["extra for each text"] == 1
    assert "extra" in measured.errors


def test_an_impossible_date_is_no_obstacle(tmp_path):
    """The date of a row only helps."""
    row = _row("Kenya imposed sanctions on Sudan on Monday.", ("SANCTION", "KEN", "SDN")) | {"date": "1211-08-"}

    assert events.measure(_file(tmp_path, row)).figures["all right"] == 1


@pytest.mark.parametrize("row", [{}, {"text": "x"}, {"text": "x", "events": [{"class15": "AID"}]}])
def test_a_row_of_another_kind_is_refused_in_words(row, tmp_path, capsys):
    """No traceback: what is missing is said, and the exit code is 2."""
    assert events.main([str(_file(tmp_path, row))]) == 2
    assert "rows.jsonl" in capsys.readouterr().err
