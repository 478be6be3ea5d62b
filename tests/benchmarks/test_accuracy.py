"""Accuracy is a gate: no figure on the project's own validation split lies below its floor."""

from __future__ import annotations

import json

import pytest

from benchmarks import accuracy, own
from benchmarks.measured import Measured


def _measured(**figures):
    return Measured("plover", "rows.jsonl", "0", 1, {k.replace("_", " "): v for k, v in figures.items()})


@pytest.fixture(scope="module")
def ours():
    """What is measured on the project's own validation split."""
    return list(accuracy.of_project())


def test_no_figure_lies_below_its_floor(ours):
    """The floors stand in benchmarks/floors.json; raising one is welcome, lowering one needs a reason."""
    assert accuracy.below(ours) == []


def test_every_floor_is_held_against_a_figure(ours):
    """A floor under a name that nothing measures would never fail."""
    floors = json.loads(accuracy.FLOORS.read_text(encoding="utf-8"))
    measured = {m.benchmark: m.figures for m in ours}

    assert [(b, name) for b, names in floors.items() for name in names if name not in measured[b]] == []


@pytest.mark.parametrize(("value", "faults"), [(0.5, 1), (0.7, 0)])
def test_a_figure_below_its_floor_is_named(value, faults, tmp_path, monkeypatch):
    """Shares must not fall."""
    path = tmp_path / "floors.json"
    path.write_text(json.dumps({"plover": {"all right": 0.6}}))
    monkeypatch.setattr(accuracy, "FLOORS", path)

    assert len(accuracy.below([_measured(all_right=value)])) == faults


@pytest.mark.parametrize(("value", "faults"), [(0.5, 0), (0.7, 1)])
def test_extras_must_not_rise(value, faults, tmp_path, monkeypatch):
    """A figure whose name begins with `extra` has a ceiling."""
    path = tmp_path / "floors.json"
    path.write_text(json.dumps({"plover": {"extra for each text": 0.6}}))
    monkeypatch.setattr(accuracy, "FLOORS", path)

    assert len(accuracy.below([_measured(extra_for_each_text=value)])) == faults


def test_the_page_shows_figures_targets_and_errors():
    """The page stands on its own without the shared sets, and says so."""
    mine = Measured(
        "plover", "rows.jsonl", "abc", 3, {"15 classes, macro-F1": 0.5}, {"AID read as AGREE": ["x: <y> z"]}
    )

    page = accuracy.page([mine], [], "")

    assert "| 15 classes, macro-F1 | 0.500 |" in page
    assert "AID read as AGREE (1)" in page
    assert "\\<y\\>" in page
    assert "not at hand" in page.lower()


def test_the_validation_split_is_written_out(tmp_path):
    """Three files, whose marks and ranges fit their texts."""
    plover, events, attribution = own.write(tmp_path)

    rows = [
        [json.loads(line) for line in p.read_text(encoding="utf-8").splitlines()] for p in (plover, events, attribution)
    ]
    assert all(len(r) > 100 for r in rows)
    assert all(
        r["marked"].replace("<s>", "").replace("</s>", "").replace("<t>", "").replace("</t>", "") == r["text"]
        for r in rows[0]
    )
    assert all(len(e["source"]) == 3 for r in rows[1] for e in r["events"])
