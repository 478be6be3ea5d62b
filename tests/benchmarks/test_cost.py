"""The cost command: its figures, what it takes from many files, and answers to what it cannot read."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import cost
from dragoman import reading
from dragoman.errors import UsageError


def test_every_stage_is_measured(tmp_path, capsys):
    """A text gives a ratio and a share for each stage of `read`, which is left as it was."""
    text = tmp_path / "one.txt"
    text.write_text("OSLO, May 4 - Norway's minister met her Danish colleague on Monday, officials said.\n", "utf-8")
    before = vars(reading)["find_events"]
    found = cost.measure(text).figures
    assert vars(reading)["find_events"] is before
    assert found["reading / bare (target 2.0)"] > 0
    assert found["parse / bare"] > 0
    assert set(cost.STAGES) <= set(vars(reading)), "a stage of read() was renamed"
    assert {f"{stage} / bare" for stage in cost.STAGES.values()} <= set(found)
    assert cost.main([str(text)]) == 0
    assert "words a second, reading" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("names", "most", "kept"),
    [("abc", None, "abc"), ("abc", 9, "abc"), ("abcdef", 3, "ace"), ("abcd", 1, "a")],
)
def test_a_few_are_spread_over_all(names, most, kept):
    """`--documents` takes from the whole list, not only its beginning."""
    assert cost.spread([Path(name) for name in names], most) == [Path(name) for name in kept]


def test_the_least_of_each_figure_is_kept():
    """Disturbance only adds time, so the least is the truest."""
    assert cost.least([{"bare": 2.0, "reading": 3.0}, {"bare": 1.0, "reading": 4.0}]) == {"bare": 1.0, "reading": 3.0}


def test_nothing_to_measure_is_said_plainly(tmp_path, capsys):
    """A missing file, an empty folder and a number below one end with exit code 2."""
    with pytest.raises(UsageError):
        cost.spread([Path("a")], 0)
    assert cost.main([str(tmp_path)]) == 2
    assert cost.main([str(tmp_path / "missing.txt")]) == 2
    assert "missing.txt" in capsys.readouterr().err
