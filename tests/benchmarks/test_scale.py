"""The scale benchmark: what it generates, what it measures, and answers to what it cannot do."""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from statistics import mean, median

import pytest

from benchmarks import scale
from benchmarks.generated import A_DAY, FIRST, REPRINTS, readings
from dragoman import ontology
from dragoman.domain import RECORD_KINDS
from dragoman.errors import UsageError
from dragoman.ledger import Ledger
from dragoman.ledger.origins import SHARE, runs, share

SOME = list(readings(300))


def test_the_same_seed_gives_the_same_readings():
    """Readings follow from the seed alone, and the first of many are those of few."""
    assert list(readings(40)) == SOME[:40]
    assert list(readings(40, seed=2)) != SOME[:40]


def test_every_quote_stands_in_its_text():
    """All spans are true, and stand in a paragraph."""
    for reading in SOME:
        document = reading.document
        for _, record in reading.records():
            for span in (*record.evidence, *getattr(record, "claim", ()), *getattr(record, "denial", ())):
                assert document.text[span.start : span.end] == span.quote
                assert any(start <= span.start and span.end <= end for start, end in document.paragraphs)


def test_readings_are_of_the_stated_size_and_variety():
    """About nine records of all six kinds in some 170 words, of states that the ontology knows, ten a day."""
    words = [len(reading.document.text.split()) for reading in SOME]
    kinds = {kind for reading in SOME for kind, _ in reading.records()}
    actors = {actor for reading in SOME for event in reading.events for actor in event.actors}

    assert kinds == set(RECORD_KINDS)
    assert 8 <= mean(len(reading.records()) for reading in SOME) <= 12
    assert 100 <= median(words) <= 200
    assert all(ontology.is_known(actor) for actor in actors)
    assert len(actors) >= 40
    assert [reading.document.published for reading in SOME] == [FIRST + timedelta(n // A_DAY) for n in range(300)]
    assert any(step.due.start for reading in SOME for step in reading.next_steps)
    assert any(not step.due.start for reading in SOME for step in reading.next_steps)


def test_some_are_reprints_and_the_others_are_not_alike():
    """A tenth are cut reprints, which share their words; two other texts have few runs of words in common."""
    reprints = [reading for reading in SOME if (reading.document.title or "").endswith("(agencies)")]
    own = [runs(reading.document.text) for reading in SOME if reading not in reprints]

    assert REPRINTS * 0.5 < len(reprints) / len(SOME) < REPRINTS * 1.6
    assert max(share(one, other) for one, other in pairwise(own)) < SHARE / 3
    for reprint in reprints:
        assert max(share(runs(reprint.document.text), other) for other in own) >= SHARE


def test_every_view_is_timed(tmp_path):
    """A small ledger gives figures for adding and for each view, of pairs and of all, now and in the past."""
    found = scale.measure(tmp_path / "a.ledger", 60, asked=2)

    assert [one.documents for one in found.adding] == [60]
    assert found.ratio is None
    assert {(one.pairs, one.as_of) for one in found.viewing} == {
        (pairs, day) for pairs in ("often", "evenly", "all") for day in ("last day", "middle")
    }
    with Ledger.open(tmp_path / "a.ledger") as ledger:
        asked = {*scale.of_pair(ledger, date(2020, 1, 4), Random(1)), *scale.of_all(ledger, FIRST)}
    assert {one.view for one in found.viewing} == asked
    assert all(0 < one.median <= one.high <= one.longest for one in found.viewing)
    assert any("relation" in line for line in scale.table(found))


def test_a_kept_ledger_is_gone_on_with(tmp_path):
    """With `--keep` only what is missing is added, and the marks say how adding grows."""
    path = tmp_path / "a.ledger"
    scale.measure(path, 10, asked=0)
    found = scale.measure(path, 30, asked=0, marks=(20, 30))

    assert [one.documents for one in found.adding] == [20, 30]
    assert found.ratio is not None
    with Ledger.open(path) as ledger:
        assert len(ledger.documents()) == 30
    assert scale.measure(path, 30, asked=0).per_second is None, "nothing was missing"


def test_another_ledger_is_not_gone_on_with(tmp_path):
    """A ledger of other documents is refused and left as it was."""
    path = tmp_path / "a.ledger"
    scale.measure(path, 5, asked=0, seed=2)

    with pytest.raises(UsageError, match="other documents"):
        scale.measure(path, 8, asked=0)
    with Ledger.open(path) as ledger:
        assert len(ledger.documents()) == 5


def test_the_command_prints_a_table_and_writes_json(tmp_path, capsys):
    """Figures are printed and, where asked for, written as JSON; a number below one ends with exit code 2."""
    written = tmp_path / "scale.json"

    assert scale.main(["--documents", "25", "--asked", "1", "--json", str(written)]) == 0
    assert "timeline" in capsys.readouterr().out
    said = json.loads(written.read_text(encoding="utf-8"))
    assert said["documents"] == 25
    assert {"median", "high", "longest"} <= set(said["viewing"][0])
    assert scale.main(["--documents", "0"]) == 2
    assert "--documents 1 or more" in capsys.readouterr().err
