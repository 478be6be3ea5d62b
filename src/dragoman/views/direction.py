"""The direction of each track between two states: moving together, apart, quiet or steady, and why.

In:     light rows of what happened between them, and the day from which one looks back.
Out:    `TrackMove`s with the counts they rest on and the entries that say so; `RULES`, the rules in words.
Rule:   acts that happened in the last DAYS days are set against those of the DAYS before. The balance of a period is
        cooperation less conflict over their sum, by PLOVER's four classes, material acts counting double.
Never:  counts what is planned, possible or denied.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from dragoman.domain import QUAD, TRACKS, Track
from dragoman.views.asked import Act

Direction = Literal["together", "apart", "quiet", "steady"]

#: Length of each of the two periods that are compared, in days: guess.
DAYS = 90
#: Fewer acts than this on a track in a period say nothing: guess.
FEWEST = 3
#: What a material act counts beside a verbal one: guess.
MATERIAL = 2
#: A change of the balance (which lies in -1..1) that counts as a move: guess.
MOVE = 0.25
#: The most entries that are named for a track: guess.
NAMED = 6

RULES: dict[Direction, str] = {
    "together": f"the balance of cooperation over conflict rose by {MOVE} or more against the {DAYS} days before",
    "apart": f"the balance of cooperation over conflict fell by {MOVE} or more against the {DAYS} days before",
    "quiet": f"fewer than {FEWEST} acts happened in the last {DAYS} days",
    "steady": f"the balance of cooperation over conflict changed by less than {MOVE} against the {DAYS} days before",
}


@dataclass(frozen=True, slots=True)
class Count:
    """How many acts of each PLOVER class happened in a period."""

    acts: int
    verbal_cooperation: int
    material_cooperation: int
    verbal_conflict: int
    material_conflict: int

    @property
    def cooperation(self) -> int:
        """Return the cooperative acts."""
        return self.verbal_cooperation + self.material_cooperation

    @property
    def conflict(self) -> int:
        """Return the conflictual acts."""
        return self.verbal_conflict + self.material_conflict

    @property
    def balance(self) -> float | None:
        """Return cooperation less conflict over their sum, in -1..1, or None where nothing happened."""
        kind = self.verbal_cooperation + MATERIAL * self.material_cooperation
        harsh = self.verbal_conflict + MATERIAL * self.material_conflict
        return (kind - harsh) / (kind + harsh) if kind + harsh else None


@dataclass(frozen=True, slots=True)
class TrackMove:
    """A track, its direction, the counts of both periods, and the entries that say so, latest first."""

    track: Track
    direction: Direction
    now: Count
    before: Count
    entries: tuple[str, ...]
    last: date | None


def moves(acts: Iterable[Act], as_of: date) -> tuple[TrackMove, ...]:
    """Return the direction of every track on which something happened in the two periods, most acts first."""
    turn, start = as_of - timedelta(days=DAYS), as_of - timedelta(days=2 * DAYS)
    happened = [act for act in acts if act.status == "happened" and start < act.day <= as_of]
    found = [
        _move(track, [a for a in on if a.day > turn], [a for a in on if a.day <= turn])
        for track in TRACKS
        if (on := [act for act in happened if track in act.tracks])
    ]
    return tuple(sorted(found, key=lambda move: (-move.now.acts, -move.before.acts)))


def count(acts: Sequence[Act]) -> Count:
    """Return how many of the acts are of each PLOVER class."""
    by = Counter(QUAD[act.type] for act in acts)
    return Count(
        len(acts),
        by["verbal cooperation"],
        by["material cooperation"],
        by["verbal conflict"],
        by["material conflict"],
    )


def direction(now: Count, before: Count) -> Direction:
    """Return where a track moves; a period before with too few acts counts as balanced."""
    if now.acts < FEWEST or now.balance is None:
        return "quiet"
    shift = now.balance - ((before.balance or 0.0) if before.acts >= FEWEST else 0.0)
    return "together" if shift >= MOVE else "apart" if shift <= -MOVE else "steady"


def _move(track: Track, now: Sequence[Act], before: Sequence[Act]) -> TrackMove:
    counts = count(now), count(before)
    where = direction(*counts)
    return TrackMove(
        track=track,
        direction=where,
        now=counts[0],
        before=counts[1],
        entries=tuple(dict.fromkeys(act.entry for act in _telling(where, now, before)))[:NAMED],
        last=max(act.day for act in (*now, *before)),
    )


def _telling(where: Direction, now: Sequence[Act], before: Sequence[Act]) -> list[Act]:
    """Return the acts that say so: those of the direction now, then those of the contrary before."""
    if where in {"quiet", "steady"}:
        return _latest(now) or _latest(before)
    word = "cooperation" if where == "together" else "conflict"
    return _latest(a for a in now if word in QUAD[a.type]) + _latest(a for a in before if word not in QUAD[a.type])


def _latest(acts: Iterable[Act]) -> list[Act]:
    return sorted(acts, key=lambda act: (act.day, act.entry), reverse=True)
