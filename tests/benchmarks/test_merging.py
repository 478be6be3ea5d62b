"""The stories that merging is measured on; its floors are held by test_accuracy."""

from __future__ import annotations

import pytest

from benchmarks.merging import STORIES, load, main
from dragoman.domain import EVENT_TYPES


@pytest.mark.parametrize("split", ["dev", "test"])
def test_the_stories_are_whole(split):
    """Each quote stands once in its report, each type is one of PLOVER's, and each act has two sides."""
    for name, story in load(STORIES / split):
        for report in story["documents"]:
            for act in report["events"]:
                where = f"{name}/{report['id']}/{act['event']}"
                assert report["text"].count(act["quote"]) == 1, where
                assert act["type"] in EVENT_TYPES, where
                assert len({*act["actors"], *act["recipients"]}) > 1, where


def test_a_missing_folder_is_told(tmp_path, capsys):
    """The command says what is wrong and exits with 2."""
    assert main([str(tmp_path / "none")]) == 2
    assert "no folder" in capsys.readouterr().err
