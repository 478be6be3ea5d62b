"""Forms: the fields of an entry that a person may correct, as inputs of a page and back.

In:     an entry; what was typed into its form, with what stood there before.
Out:    `Field`s for the page; plain JSON values for `Ledger.correct`, of those fields that were changed.
Never:  decides whether a value fits: the ledger does, and says why not.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from dragoman.domain import (
    EVENT_TYPES,
    TRACKS,
    Channel,
    Firmness,
    MeasureKind,
    MeasureStatus,
    Person,
    Quotation,
    Rate,
    Stance,
    Status,
    Window,
)
from dragoman.errors import UsageError
from dragoman.ledger import Ledger
from dragoman.ledger.correcting import FIELDS, OUTCOMES
from dragoman.ledger.entries import AnyEntry, StatementEntry
from dragoman.show.words import mark, words
from dragoman.views.actors import actor_id

Typed = Mapping[str, Sequence[str]]
Look = Literal["text", "date", "choice", "choices"]


@dataclass(frozen=True, slots=True)
class Input:
    """One input: its name, label and look, the values in it and those that it offers with their words."""

    name: str
    label: str
    look: Look
    values: tuple[str, ...]
    offers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an entry with its inputs and a word on what to type."""

    label: str
    note: str
    inputs: tuple[Input, ...]


@dataclass(frozen=True, slots=True)
class _Shape:
    """How values of one shape stand in inputs: the inputs' names and labels, the way there and back."""

    inputs: tuple[tuple[str, str, Look], ...]
    given: Callable[[Any], tuple[tuple[str, ...], ...]]
    read: Callable[[Ledger, Sequence[Sequence[str]]], Any]
    note: str = ""


def fields_of(entry: AnyEntry, typed: Typed | None = None) -> list[Field]:
    """Return the fields of an entry, filled with its values, or with what was typed."""
    return [_field(entry, name, typed) for name in FIELDS[entry.kind]]


def changed(ledger: Ledger, kind: str, typed: Typed) -> dict[str, Any]:
    """Return the values of the fields in which something else was typed than stood there; UsageError for nonsense."""
    found: dict[str, Any] = {}
    for name in FIELDS[kind]:
        shape = _shape(name)
        names = [f"{name}.{part}" for part, _, _ in shape.inputs]
        now = [_blanks(typed.get(one, ())) for one in names]
        if now == [_blanks(typed.get(f"was.{one}", ())) for one in names]:
            continue
        try:
            found[name] = shape.read(ledger, now)
        except ValueError as error:
            raise UsageError(f"{_label(name)}: {error}") from None
        except UsageError as error:
            raise UsageError(f"{_label(name)}: {error}") from None
    return found


def _blanks(values: Sequence[str]) -> list[str]:
    """Return values without blanks around them and without empty ones."""
    return [value.strip() for value in values if value.strip()]


def _field(entry: AnyEntry, name: str, typed: Typed | None) -> Field:
    shape = _shape(name)
    given = shape.given(_value(entry, name))
    inputs = [
        Input(
            at,
            label,
            look,
            tuple(typed.get(at, ())) if typed is not None else values,
            _offers(entry.kind, name) if look in ("choice", "choices") else (),
        )
        for (part, label, look), values in zip(shape.inputs, given, strict=True)
        for at in [f"{name}.{part}"]
    ]
    return Field(_label(name), shape.note, tuple(inputs))


def _value(entry: AnyEntry, name: str) -> Any:
    """Return what an entry has in a field; what became of a step is not prefilled, as documents tell it."""
    if name == "outcome":
        return None
    if isinstance(entry, StatementEntry):
        return getattr(entry.statement, name)
    return getattr(entry, "instrument" if (entry.kind, name) == ("measures", "kind") else name)


def _label(name: str) -> str:
    return {
        "by": "Imposed by",
        "on": "Imposed on",
        "when": "Date",
        "due": "Due",
        "what": "What is to be done",
        "reason": "Reason given",
        "outcome": "What became of it",
    }.get(name, name.capitalize())


def _offers(kind: str, name: str) -> tuple[tuple[str, str], ...]:
    """Return what may be chosen, with words for it; the empty choice comes first."""
    found: list[tuple[str, str]]
    marks = {"status": get_args(Status), "firmness": get_args(Firmness), "stance": get_args(Stance)}
    if name == "tracks":
        return tuple((track, track.replace("-", " ")) for track in TRACKS)
    if name == "type":
        found = [(type_, f"{type_}: {words()['types'][type_]['noun']}") for type_ in EVENT_TYPES]
    elif name == "outcome":
        found = [(one, mark("outcome", one).word) for one in OUTCOMES]
    elif (kind, name) == ("measures", "status"):
        found = [(one, mark("measure_status", one).word) for one in get_args(MeasureStatus)]
    elif name == "kind" or name == "channel":
        table = {"measures": "measure_kind", "statements": "quotation"}[kind] if name == "kind" else "channel"
        known = {"measure_kind": MeasureKind, "quotation": Quotation, "channel": Channel}[table]
        found = [(one, words()[table][one]) for one in get_args(known)]
    else:
        found = [(one, mark(name, one).word) for one in marks[name]]
    return (("", "as the documents tell" if name == "outcome" else "not stated"), *found)


# -- shapes: values to what stands in inputs, and back ---------------------------------------------------------------


def _one(value: object) -> tuple[tuple[str, ...], ...]:
    return (((str(value),) if value not in (None, "") else ()),)


def _first(typed: Sequence[str]) -> str | None:
    return typed[0] if typed else None


def _ids(ledger: Ledger, text: str | None) -> list[str]:
    return [actor_id(ledger, part) for part in (text or "").split(",") if part.strip()]


def _person(ledger: Ledger, typed: Sequence[Sequence[str]]) -> dict[str, Any]:
    name, role, affiliation = map(_first, typed)
    if name is None:
        raise UsageError("give the name.")
    return {"name": name, "role": role, "affiliation": actor_id(ledger, affiliation) if affiliation else None}


def _persons_inputs(person: Person) -> tuple[tuple[str, ...], ...]:
    return (*_one(person.name), *_one(person.role), *_one(person.affiliation))


def _day(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise UsageError(f'"{text[:40]}" is no date. Write it as YYYY-MM-DD.') from None


def _window(ledger: Ledger, typed: Sequence[Sequence[str]]) -> dict[str, Any] | None:
    start, end = (_day(_first(one)) for one in typed)
    return {"start": start, "end": end} if start or end else None


def _window_inputs(window: Window | None) -> tuple[tuple[str, ...], ...]:
    return (*_one(window and window.start), *_one(window and window.end))


def _rate(ledger: Ledger, typed: Sequence[Sequence[str]]) -> dict[str, Any] | None:
    value, unit = map(_first, typed)
    if value is None and unit is None:
        return None
    try:
        number = float((value or "").replace(",", ""))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise UsageError(f'"{(value or "")[:40]}" is no number. Write it in figures, such as 12.5.')
    return {"value": number, "unit": unit or "percent"}


def _rate_inputs(rate: Rate | None) -> tuple[tuple[str, ...], ...]:
    return (*_one(rate and f"{rate.value:g}"), *_one(rate and rate.unit))


_TEXT = _Shape((("text", "", "text"),), _one, lambda _, typed: _first(typed[0]))
_SAID = _Shape((("text", "", "text"),), _one, lambda _, typed: _first(typed[0]) or "")
_CHOICE = _Shape((("choice", "", "choice"),), _one, lambda _, typed: _first(typed[0]))
_ACTORS = _Shape(
    (("ids", "", "text"),),
    lambda ids: _one(", ".join(ids)),
    lambda ledger, typed: _ids(ledger, _first(typed[0])),
    "Ids or names, with commas between them.",
)
_TRACKS = _Shape(
    (("tracks", "", "choices"),), lambda tracks: (tuple(tracks),), lambda _, typed: [*dict.fromkeys(typed[0])]
)
_DAYS = _Shape(
    (("start", "first day", "date"), ("end", "last day", "date")),
    _window_inputs,
    _window,
    "One day stands in both; an end left empty is open.",
)
_PERSON = _Shape(
    (("name", "name", "text"), ("role", "office", "text"), ("affiliation", "belongs to", "text")),
    _persons_inputs,
    _person,
)
_RATE = _Shape((("value", "value", "text"), ("unit", "unit", "text")), _rate_inputs, _rate, "Such as 12.5 percent.")
_SHAPES: dict[str, _Shape] = {
    "mode": _TEXT, "object": _TEXT, "reason": _TEXT, "purpose": _TEXT, "name": _SAID, "what": _SAID,
    "actors": _ACTORS, "recipients": _ACTORS, "by": _ACTORS, "on": _ACTORS, "lead": _ACTORS, "members": _ACTORS,
    "invited": _ACTORS, "tracks": _TRACKS, "when": _DAYS, "due": _DAYS, "rate": _RATE,
    "speaker": _PERSON, "claimant": _PERSON, "denier": _PERSON,
}  # fmt: skip


def _shape(name: str) -> _Shape:
    """Return the shape of a field; what is in no list above is a choice."""
    return _SHAPES.get(name, _CHOICE)
