"""Initiatives: named frameworks and agreements, who leads them, who is in, invited or out.

In:     the ledger; a pair of actors, one actor, or none.
Out:    `Initiatives`, the one reported last first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from dragoman.ledger.entries import InitiativeEntry
from dragoman.views.asked import Books, Pair, only, today
from dragoman.views.table import Table, joined


@dataclass(frozen=True, slots=True)
class Initiatives(Table):
    """Initiatives as the ledger stood on a day, the one reported last first."""

    pair: Pair | None
    actor: str | None
    as_of: date
    initiatives: tuple[InitiativeEntry, ...]

    def rows(self) -> list[dict[str, Any]]:
        """Return one row an initiative."""
        return [
            {
                "id": entry.id,
                "name": entry.name,
                "lead": joined(entry.lead),
                "members": joined(entry.members),
                "invited": joined(entry.invited),
                "left": joined(entry.left),
                "purpose": entry.purpose,
                "first": entry.first,
                "last": entry.last,
                "origins": entry.origins,
            }
            for entry in self.initiatives
        ]


def initiatives(
    ledger: Books, pair: Pair | None = None, *, actor: str | None = None, as_of: date | None = None
) -> Initiatives:
    """Return the initiatives that tie a pair of actors, or one actor, or all."""
    day = today(as_of)
    found = only(InitiativeEntry, ledger.entries("initiatives", pair=pair, as_of=day))
    tied = [entry for entry in found if actor is None or any(tie.actor == actor for tie in entry.ties)]
    return Initiatives(pair, actor, day, tuple(sorted(tied, key=lambda e: (e.last, e.id), reverse=True)))
