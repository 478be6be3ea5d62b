"""What the web application is told when it starts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

#: Names under which a browser on this machine reaches it.
LOOPBACK = ("localhost", "127.0.0.1", "[::1]", "::1")


@dataclass(frozen=True, slots=True)
class Settings:
    """Which ledger is shown, to whom, and whether it may be changed.

    `hosts` are the names under which it may be asked for (empty: any; only with a password). `seconds` limits what one
    request may cost; a guess: ten times what the slowest page of 20,000 documents takes.
    """

    ledger: Path
    edit: bool = False
    password: str | None = None
    hosts: tuple[str, ...] = LOOPBACK
    seconds: float = 10.0
