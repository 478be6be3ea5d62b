"""What several screens let people choose: a pair of actors, a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated

from fastapi import Query

from dragoman.errors import UsageError
from dragoman.ledger import Ledger
from dragoman.views.actors import actor_id
from dragoman.web.answering import Ask

ActorName = Annotated[str | None, Query(max_length=200, description="An actor by id or name; give both, a and b.")]


def pair_of(ledger: Ledger, a: str | None, b: str | None) -> tuple[str, str] | None:
    """Return the ids of two actors, None where neither is given; UsageError where one is missing or both are one."""
    if a is None and b is None:
        return None
    if a is None or b is None:
        raise UsageError("one actor alone is no pair. Give both, or neither.")
    pair = actor_id(ledger, a), actor_id(ledger, b)
    if pair[0] == pair[1]:
        raise UsageError(f"{a} and {b} are one actor, {pair[0]}. Name two.")
    return pair


def asked(ask: Ask) -> dict[str, str]:
    """Return what was chosen, as it was typed, for the fields of a form."""
    return {name: ask.request.query_params.get(name, "") for name in ("a", "b", "by", "on", "as_of")}


def entry_address(ask: Ask, as_of: date) -> Callable[[str], str]:
    """Return what gives the address of an entry, as it was known on the day that was asked for."""
    end = f"?as_of={as_of}" if ask.request.query_params.get("as_of") else ""
    return lambda entry: f"/entry/{entry}{end}"
