"""Measures: all of them, those in force on a day (stock), or what changed in a period (flow); who has them on whom.

In:     the ledger; a pair, an implementer, an affected actor, a day or a period.
Out:    `Measures`: how each stands on the day, the rungs of their ladders within the period, and a matrix of
        implementer by affected actor.
Days:   a rung holds from the first day of its window, or from the day it became known where it has none. What is only
        possible changes nothing, and lifting a part leaves the rest as it stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from dragoman.domain import MeasureStatus, Rate
from dragoman.errors import UsageError
from dragoman.ledger.entries import MeasureEntry, Rung
from dragoman.views.asked import Books, Pair, first_day_of, only, today
from dragoman.views.precision import Precision, precision
from dragoman.views.table import Table, dated, joined, rated

Show = Literal["all", "stock", "flow"]
#: Statuses by which something is done; the others are words about what is to come.
_DEEDS = frozenset({"in-force", "suspended", "lifted"})


@dataclass(frozen=True, slots=True)
class Standing:
    """How a measure stands on a day: since when, at which rate, by which rung, and which parts of it were lifted."""

    entry: MeasureEntry
    status: MeasureStatus | None
    since: date | None
    rate: Rate | None
    rung: Rung | None
    lifted_parts: tuple[Rung, ...]


@dataclass(frozen=True, slots=True)
class Movement:
    """One rung of a measure's ladder on its day."""

    day: date
    precision: Precision
    rung: Rung
    entry: MeasureEntry


@dataclass(frozen=True, slots=True)
class Cell:
    """How many of the measures shown `by` has on `on`, and which."""

    by: str
    on: str
    count: int
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measures(Table):
    """Measures as the ledger stood on `as_of`; `standing` holds for `day`, `movements` for the days asked for."""

    show: Show
    pair: Pair | None
    by: str | None
    on: str | None
    as_of: date
    day: date
    since: date | None
    until: date | None
    standing: tuple[Standing, ...]
    movements: tuple[Movement, ...]
    matrix: tuple[Cell, ...]

    def rows(self) -> list[dict[str, Any]]:
        """Return one row a measure, or with `flow` one row a rung."""
        if self.show == "flow":
            return [_movement_row(movement) for movement in self.movements]
        return [_standing_row(standing) for standing in self.standing]


def measures(
    ledger: Books,
    pair: Pair | None = None,
    *,
    by: str | None = None,
    on: str | None = None,
    show: Show = "all",
    in_force_on: date | None = None,
    since: date | None = None,
    until: date | None = None,
    limit: int | None = None,
    as_of: date | None = None,
) -> Measures:
    """Return all measures, those in force on a day (`show="stock"` or `in_force_on`), or the rungs in a period.

    With `limit` only so many measures are looked at, those with the latest days.
    """
    if in_force_on and show == "flow":
        raise UsageError("in force on a day is a stock. Leave out the day, or ask for the stock.")
    known, show = today(as_of), "stock" if in_force_on else show
    day = in_force_on or known
    entries = chosen(only(MeasureEntry, ledger.entries("measures", pair=pair, as_of=known, limit=limit)), by, on)
    stands = [standing(entry, day, entry.status if day == known else None) for entry in latest(entries)]
    stands = stock(stands) if show == "stock" else stands
    moves = flow(entries, since, until or known) if show == "flow" else []
    shown = [m.entry for m in moves] if show == "flow" else [s.entry for s in stands]
    return Measures(
        show=show,
        pair=pair,
        by=by,
        on=on,
        as_of=known,
        day=day,
        since=since,
        until=until,
        standing=() if show == "flow" else tuple(stands),
        movements=tuple(moves),
        matrix=matrix(shown),
    )


def chosen(entries: Iterable[MeasureEntry], by: str | None, on: str | None) -> list[MeasureEntry]:
    """Return the measures by one actor and on another; None stands for any."""
    return [m for m in entries if (by is None or by in m.by) and (on is None or on in m.on)]


def latest(entries: Iterable[MeasureEntry]) -> list[MeasureEntry]:
    """Return measures with those reported last first."""
    return sorted(entries, key=lambda measure: (measure.last, measure.id), reverse=True)


def stock(stands: Iterable[Standing]) -> list[Standing]:
    """Return the measures in force, longest in force first."""
    in_force = [found for found in stands if found.status == "in-force"]
    return sorted(in_force, key=lambda found: (found.since or date.max, found.entry.id))


def flow(entries: Iterable[MeasureEntry], since: date | None, until: date | None) -> list[Movement]:
    """Return the rungs whose day lies in a period, oldest first; None leaves an end open."""
    moves = [Movement(rung_day(r), precision(r.when), r, entry) for entry in entries for r in entry.ladder]
    inside = [m for m in moves if (since is None or since <= m.day) and (until is None or m.day <= until)]
    return sorted(inside, key=lambda move: (move.day, move.entry.id))


def standing(entry: MeasureEntry, day: date, status: MeasureStatus | None = None) -> Standing:
    """Return how a measure stands on a day: its ladder climbed up to then.

    `status` is given where it is known already, as for the present day, which the entry itself tells. It is None in
    the answer where the ladder begins later.
    """
    climbed = sorted((r for r in entry.ladder if _counts(r) and rung_day(r) <= day), key=rung_day)
    whole = [rung for rung in climbed if not rung.partial]
    last = whole[-1] if whole else None
    status = status or (last.status if last else None)
    held = _run(whole, status)
    rate = next((rung.rate for rung in reversed(whole) if rung.rate), entry.rate if status else None)
    parts = tuple(rung for rung in climbed if rung.partial and rung.status in {"lifted", "suspended"})
    return Standing(entry, status, rung_day(held) if held else None, rate, held, parts)


def rung_day(rung: Rung) -> date:
    """Return the first day on which a rung holds; words (a threat, an announcement) hold once they are known."""
    first = first_day_of(rung.when) or rung.on
    return first if rung.status in _DEEDS else min(first, rung.on)


def _counts(rung: Rung) -> bool:
    """Tell whether a rung changes how the measure stands: a deed that is only possible does not."""
    return not (rung.possible and rung.status in _DEEDS)


def _run(rungs: list[Rung], status: MeasureStatus | None) -> Rung | None:
    """Return the rung with which the last run of a status begins."""
    begun = None
    for rung in reversed(rungs):
        if rung.status == status:
            begun = rung
        elif begun:
            break
    return begun


def matrix(entries: Iterable[MeasureEntry]) -> tuple[Cell, ...]:
    """Return how many measures each implementer has on each affected actor, most first."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for entry in entries:
        for by in entry.by:
            for on in entry.on:
                found.setdefault((by, on), {})[entry.id] = None
    cells = [Cell(by, on, len(ids), tuple(ids)) for (by, on), ids in found.items()]
    return tuple(sorted(cells, key=lambda cell: (-cell.count, cell.by, cell.on)))


def _standing_row(standing: Standing) -> dict[str, Any]:
    entry = standing.entry
    return {
        "id": entry.id,
        "instrument": entry.instrument,
        "by": joined(entry.by),
        "on": joined(entry.on),
        "object": entry.object,
        "status": standing.status,
        "since": standing.since,
        **rated("rate", standing.rate),
        **rated("amount", entry.amount),
        "parts_lifted": len(standing.lifted_parts),
        "reason": entry.reason,
        "first": entry.first,
        "last": entry.last,
        "origins": entry.origins,
    }


def _movement_row(move: Movement) -> dict[str, Any]:
    entry, rung = move.entry, move.rung
    return {
        "id": entry.id,
        "day": move.day,
        "precision": move.precision,
        **dated("when", rung.when),
        "status": rung.status,
        "partial": rung.partial,
        "possible": rung.possible,
        "instrument": entry.instrument,
        "by": joined(entry.by),
        "on": joined(entry.on),
        "object": entry.object,
        **rated("rate", rung.rate),
        **rated("amount", rung.amount),
        "known_on": rung.on,
        "quote": rung.quote,
    }
