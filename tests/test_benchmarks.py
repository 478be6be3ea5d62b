"""The benchmarks' own helpers: what they read, and what they say when there is nothing to measure."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date

import pytest

from benchmarks import cold, gold, shared


@pytest.mark.parametrize(
    ("name", "stated", "day"),
    [
        ("2019-05-13-talks", None, date(2019, 5, 13)),
        ("2019-05-13-talks", "2001-01-01", date(2019, 5, 13)),  # the file name wins
        ("trade-001", "2018-07-06", date(2018, 7, 6)),
        ("trade-001", None, None),
    ],
)
def test_a_gold_document_is_dated_by_its_name_or_its_annotations(tmp_path, name, stated, day):
    """The publication date begins the file name, else it stands in the annotations, else it is unknown."""
    answers = tmp_path / f"{name}.json"
    answers.write_text(json.dumps({"document": {"published": stated}}), encoding="utf-8")

    assert gold.published(answers.with_suffix(".txt"), answers) == day


def test_an_empty_gold_folder_is_named_and_fails(tmp_path, capsys):
    """Nothing to measure is no success, and the message says where it looked."""
    assert gold.main([str(tmp_path)]) == 2
    assert str(tmp_path) in capsys.readouterr().err


def test_no_shared_folder_fails_with_the_way_to_name_one(tmp_path, monkeypatch, capsys):
    """Without the shared folder the message names the variable that points to it."""
    monkeypatch.setenv("DRAGOMAN_SHARED", str(tmp_path / "absent"))

    assert shared.folder() is None
    assert gold.main([]) == 2
    assert "DRAGOMAN_SHARED" in capsys.readouterr().err


def test_the_readings_are_given_to_the_scorer_beside_the_folder(tmp_path, capfd):
    """Each text is read on its date, written under its name, and the scorer's output and exit code come through."""
    folder = tmp_path / "dev"
    folder.mkdir()
    (folder / "2019-05-13-talks.txt").write_text("France and Italy signed a pact on Monday.\n", encoding="utf-8")
    (folder / "2019-05-13-talks.json").write_text("{}", encoding="utf-8")
    scorer = """
import pathlib, sys
print(*[path.name for path in pathlib.Path(sys.argv[2]).iterdir()], *sys.argv[3:])
sys.exit(3)
"""
    (tmp_path / "score.py").write_text(scorer, encoding="utf-8")

    code = gold.main([str(folder), "--details", "--out", str(tmp_path / "out")])

    written = json.loads((tmp_path / "out" / "2019-05-13-talks.json").read_text(encoding="utf-8"))
    assert code == 3
    assert capfd.readouterr().out.split("\n")[-2] == "2019-05-13-talks.json"
    assert written["document"]["published"] == "2019-05-13"


def test_the_cold_start_text_has_a_thousand_words():
    """The text that is timed is as long as the table says."""
    assert len(cold.thousand_words().split()) == cold.WORDS


def test_memory_is_that_of_the_one_process():
    """A small process measured after a large one is small; both are started from a small one, as the benchmark does."""
    code = """
import sys
from benchmarks.cold import measure
large, small = (measure([sys.executable, "-c", program]) for program in ("b'x' * 200_000_000", "pass"))
print(large.megabytes - small.megabytes, small.seconds)
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=shared.ROOT, capture_output=True, text=True, check=True)
    difference, seconds = map(float, done.stdout.split())

    assert 150 < difference < 250
    assert seconds > 0


def test_a_failing_command_is_reported_with_what_it_said():
    """A command that fails is no measurement."""
    with pytest.raises(subprocess.CalledProcessError) as caught:
        cold.measure([sys.executable, "-c", "raise SystemExit('no such thing')"])

    assert "no such thing" in caught.value.stderr
