"""The state of the ledger, how accurate the reader is, and whether the application is well.

In:     the ledger, and the figures that `benchmarks.accuracy` measured (accuracy.json beside this package).
Out:    `/about` as a page and JSON, `/healthz`.
Never:  tells a path of the machine: of a watched folder its name alone, of a feed the host.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Any, Literal, cast, get_args
from urllib.parse import urlsplit

from fastapi import APIRouter

from dragoman.ledger import Ledger
from dragoman.ledger.glance import State
from dragoman.ledger.watched import State as SourceState
from dragoman.ledger.watched import Watched
from dragoman.show.sources import SHAPES
from dragoman.show.words import Mark, Names, words
from dragoman.views.table import Table, as_plain
from dragoman.web.answering import Asking, Page, screen

router = APIRouter()

#: The states of sources, those that need a look first.
STATES: tuple[SourceState, ...] = ("unreachable", "undated", "valid but empty", "not looked at yet", "fresh")


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure on a public set, with its target and what published systems reach; all as written on the page."""

    set: str
    figure: str
    here: str
    target: str
    others: str


@dataclass(frozen=True, slots=True)
class Own:
    """Figures on one part of the project's own validation split, of so many items."""

    name: str
    items: int
    figures: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Accuracy:
    """What was measured: on public sets, on gold documents (lines of a table), on the project's own split."""

    measured_on: date
    compared: tuple[Compared, ...]
    gold: tuple[str, ...]
    own: tuple[Own, ...]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A watched source: `place` is a feed's host, "" for a folder; `brought` counts its items by what became of them.

    Moments are UTC, to the second.
    """

    name: str
    kind: Literal["feed", "folder"]
    place: str
    state: SourceState
    since: str
    looked_at: str | None
    newest: str | None
    failures: int
    brought: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class About(Table):
    """The ledger's state, its sources (those that are silent first), the reader, and how accurate that is."""

    version: str
    ledger: State
    sources: tuple[SourceLine, ...]
    accuracy: Accuracy

    def rows(self) -> list[dict[str, Any]]:
        """Return one row a source."""
        return [as_plain(replace(source, brought={})) for source in self.sources]


@router.get("/healthz")
def healthz(ask: Asking) -> dict[str, str]:
    """Tell that the application runs and its ledger can be read."""
    with ask.shelf.reading() as ledger:
        ledger.glance.newest(date.today())
    return {"status": "ok"}


@screen(router, "/about", "json", answers=About)
def about(ask: Asking) -> object:
    """Show the state of the ledger."""
    return ask.answer(_about, _page)


@cache
def accuracy() -> Accuracy:
    """Return what was measured last."""
    found = json.loads(files("dragoman.web").joinpath("accuracy.json").read_text(encoding="utf-8"))
    return Accuracy(
        measured_on=date.fromisoformat(found["measured_on"]),
        compared=tuple(Compared(**row) for row in found["compared"]),
        gold=tuple(found["gold"]),
        own=tuple(Own(**row) for row in found["own"]),
    )


def _about(ledger: Ledger) -> About:
    lines = [_source(one, cast("Mapping[str, int]", ledger.arrivals.counts(one.name))) for one in ledger.sources.all()]
    lines.sort(key=lambda line: (STATES.index(line.state), line.name))
    return About(version("dragoman"), ledger.glance.state(), tuple(lines), accuracy())


def _source(one: Watched, brought: Mapping[str, int]) -> SourceLine:
    return SourceLine(
        name=one.name.replace("\\", "/").rstrip("/").rpartition("/")[2] if one.kind == "folder" else one.name,
        kind=one.kind,
        place=urlsplit(one.place).hostname or "" if one.kind == "feed" else "",
        state=one.state,
        since=one.since,
        looked_at=one.looked_at,
        newest=one.newest,
        failures=one.failures,
        brought=brought,
    )


def _page(ledger: Ledger, found: About, names: Names) -> Page:
    counted = [(words()["kinds"][kind]["many"], number) for kind, number in found.ledger.entries.items()]
    silent = sum(line.state not in ("fresh", "not looked at yet") for line in found.sources)
    marks = {state: Mark(SHAPES[state], state) for state in get_args(SourceState)}
    given = {"found": found, "counted": counted, "silent": silent, "marks": marks}
    return Page("about.html", "About this ledger", given)
