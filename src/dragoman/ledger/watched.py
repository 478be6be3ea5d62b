"""Watched: the sources that are looked at again and again, as they were when they were last looked at.

In:     a store; states as `dragoman watch` finds them.
Out:    `Watched`, one for each source, kept in the ledger so that watching goes on where it was.
Units:  moments are UTC, to the second, as `2026-01-14T09:30:00Z`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Literal

from dragoman.domain import plain
from dragoman.ledger.store import Store

State = Literal["fresh", "valid but empty", "unreachable", "undated", "not looked at yet"]


@dataclass(frozen=True, slots=True)
class Watched:
    """A watched source; the fields are those of the table (see intake.sql)."""

    name: str
    kind: Literal["feed", "folder"]
    place: str
    state: State
    since: str
    next_at: str
    looked_at: str | None = None
    failures: int = 0
    etag: str | None = None
    modified: str | None = None
    newest: str | None = None
    note: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        out: dict[str, Any] = plain(self)
        return out


_NAMES = tuple(field.name for field in fields(Watched))


class Sources:
    """The watched sources of a ledger."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[Watched]:
        """Return every source that was ever watched, by name."""
        return [Watched(*row) for row in self._store.rows(f"SELECT {', '.join(_NAMES)} FROM source ORDER BY name")]

    def get(self, name: str) -> Watched | None:
        """Return a source by its name, None where it was never watched."""
        row = self._store.row(f"SELECT {', '.join(_NAMES)} FROM source WHERE name = ?", (name,))
        return Watched(*row) if row else None

    def put(self, one: Watched) -> None:
        """Store how a source is now."""
        values = [getattr(one, name) for name in _NAMES]
        with self._store.write():
            self._store.do(
                f"INSERT OR REPLACE INTO source ({', '.join(_NAMES)}) VALUES ({', '.join('?' * len(_NAMES))})", values
            )
