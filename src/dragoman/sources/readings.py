"""Readings: what `dragoman read --format json` printed, back to the reading it was.

In:     the object that `Reading.to_dict` gave, with or without `explain`.
Out:    the `Reading`, its document laid out anew: the layout is not in the JSON.
Never:  takes a reading in part: one record that is damaged, or quotes what is not in the text, refuses it all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

from dragoman.domain import (
    RECORD_KINDS,
    Actor,
    Because,
    Dispute,
    Document,
    Event,
    Initiative,
    Measure,
    NextStep,
    Person,
    Reader,
    Reading,
    Record,
    Span,
    Statement,
    Track,
    Window,
)
from dragoman.errors import UnreadableInput
from dragoman.sources.extract import Extract
from dragoman.sources.known import EARLIEST
from dragoman.sources.limits import LIMITS, Limits
from dragoman.sources.making import document

SHAPES: dict[str, type[Record]] = {
    "events": Event, "statements": Statement, "disputes": Dispute, "next_steps": NextStep, "measures": Measure,
    "initiatives": Initiative,
}  # fmt: skip
#: Stands for the reasons of records that were printed without --explain.
NOT_KEPT = Because("imported", 1.0, "Read elsewhere, and printed without its reasons.")

_LAYOUT = {"headline", "dateline", "paragraphs", "warnings"}
_ACTORS = ("actors", "recipients", "by", "on", "lead", "members", "invited")
_SPANS = ("evidence", "claim", "denial")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_AGAIN = "Print it anew: dragoman read --format json"

Shape = TypeVar("Shape")


def is_reading(data: object) -> bool:
    """Whether an object has the form of a reading; not whether it is sound."""
    if not isinstance(data, dict) or not isinstance(data.get("document"), dict):
        return False
    return "text" in data["document"] and "events" in data


def reading_of(data: dict[str, Any], name: str, limits: Limits = LIMITS) -> Reading:
    """Return the reading that `Reading.to_dict` gave; UnreadableInput, calling it `name`, where it is damaged."""
    try:
        return _reading(data, name, limits)
    except _Damaged as error:
        raise UnreadableInput(f"{name} holds a damaged reading: {error}. {_AGAIN}") from None


class _Damaged(Exception):
    """What is wrong with a reading, for the end of a sentence."""


def _reading(data: dict[str, Any], name: str, limits: Limits) -> Reading:
    _keys(data, "it", {"document", *RECORD_KINDS, "actors", "reader", "warnings"}, frozenset({"explain"}))
    warnings = _valid(tuple[str, ...], data["warnings"], "its warnings")
    actors = _valid(tuple[Actor, ...], data["actors"], "its actors")
    for actor in actors:
        _actor(actor.id, "the list of actors")
    tracks, made = _document(data["document"], name, limits)
    made = replace(made, warnings=warnings)
    records = {kind: tuple(_records(data, kind, made.text)) for kind in RECORD_KINDS}
    reader = _valid(Reader, data["reader"], "its reader", _names(Reader))
    return Reading(document=made, actors=actors, tracks=tracks, reader=reader, warnings=warnings, **records)  # type: ignore[arg-type]


def _document(given: dict[str, Any], name: str, limits: Limits) -> tuple[tuple[Track, ...], Document]:
    """Return the tracks of a reading, and its document, checked and laid out as any text is."""
    known = {field.name for field in fields(Document)} - _LAYOUT
    _keys(given, "its document", known | {"tracks"})
    tracks = _valid(tuple[Track, ...], given["tracks"], "its tracks")
    bare = _valid(Document, {key: value for key, value in given.items() if key in known}, "its document")
    for field in ("text", "title", "publisher", "url"):
        if "\0" in (getattr(bare, field) or ""):
            raise _Damaged(f"the {field} of its document holds a NUL character")
    if bare.published is not None and bare.published < EARLIEST and bare.dated_by != "given":
        raise _Damaged(f"{bare.published.isoformat()} is too early for a document")
    if bare.published is None and bare.dated_by is not None:
        raise _Damaged("its document says where its date is from, and has none")
    made = document(Extract(bare.text, bare.title), name, limits=limits)
    return tracks, replace(bare, headline=made.headline, dateline=made.dateline, paragraphs=made.paragraphs)


def _records(data: dict[str, Any], kind: str, text: str) -> Iterator[Record]:
    """Yield the records of one kind, each with its reason, checked against the text."""
    given = data[kind]
    if not isinstance(given, list):
        raise _Damaged(f"its {_words(kind)}s are no list")
    reasons = _reasons(data, kind, len(given))
    shape = SHAPES[kind]
    for number, (one, reason) in enumerate(zip(given, reasons, strict=True), 1):
        what = f"{_words(kind)} {number}"
        _keys(one, what, _names(shape) - {"because"})
        record = _valid(shape, {**one, "because": reason}, what)
        _check(record, text, what)
        yield record


def _reasons(data: dict[str, Any], kind: str, count: int) -> list[Any]:
    """Return the reason of each record of a kind, as the JSON gives it."""
    if "explain" not in data:
        return [{"rule": NOT_KEPT.rule, "score": NOT_KEPT.score, "detail": NOT_KEPT.detail}] * count
    explain = data["explain"]
    _keys(explain, "its explanation", set(RECORD_KINDS))
    reasons = explain[kind]
    if not isinstance(reasons, list) or len(reasons) != count:
        raise _Damaged(f"it has {count} {_words(kind)}{'s' if count != 1 else ''}, and not as many reasons for them")
    for number, reason in enumerate(reasons, 1):
        _keys(reason, f"the reason of {_words(kind)} {number}", _names(Because))
    return reasons


def _check(record: Record, text: str, what: str) -> None:
    """Raise for a record that quotes what is not there, or names nobody."""
    if not record.evidence:
        raise _Damaged(f"{what} quotes nothing")
    for name in _SPANS:
        for span in getattr(record, name, ()):
            if not 0 <= span.start < span.end <= len(text) or text[span.start : span.end] != span.quote:
                raise _Damaged(f"{what} quotes {_short(span.quote)} as {name}, which does not stand there in the text")
    if isinstance(record, Event) and not record.actors:
        raise _Damaged(f"{what} names no actor")
    for name in _ACTORS:
        for actor in getattr(record, name, ()):
            _actor(actor, what)
    for part in _parts(record):
        if isinstance(part, Person):
            if not part.name.strip():
                raise _Damaged(f"{what} has a person without a name")
            if part.affiliation is not None:
                _actor(part.affiliation, what)
        if isinstance(part, Window) and part.start and part.end and part.start > part.end:
            raise _Damaged(f"{what} ends before it starts")
        if isinstance(part, Because) and not 0 <= part.score <= 1:
            raise _Damaged(f"the score of {what} is not from 0 to 1")
        if isinstance(part, str) and "\0" in part:
            raise _Damaged(f"{what} holds a NUL character")


def _parts(value: object) -> Iterator[object]:
    """Yield a record and all that it is made of."""
    if not isinstance(value, Span):  # has been compared with the text
        yield value
    if isinstance(value, tuple):
        for one in value:
            yield from _parts(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _parts(getattr(value, field.name))


def _actor(id: str, what: str) -> None:
    if not id.strip() or id != id.strip() or _CONTROL.search(id):
        raise _Damaged(f"{what} has an actor without a proper id ({_short(id)})")


def _keys(given: object, what: str, wanted: set[str], more: frozenset[str] = frozenset()) -> None:
    """Raise for an object that lacks a key or has one that we do not know."""
    if not isinstance(given, dict):
        raise _Damaged(f"{what} is no object")
    if missing := sorted(wanted - given.keys()):
        raise _Damaged(f'{what} has no "{missing[0]}"')
    if unknown := sorted(given.keys() - wanted - more):
        raise _Damaged(f"{what} has {_short(unknown[0])}, which is not known")


def _valid(shape: type[Shape], value: object, what: str, names: set[str] | None = None) -> Shape:
    """Return a value in our shape."""
    if names is not None:
        _keys(value, what, names)
    try:
        found: Shape = _adapter(cast("Any", shape)).validate_json(json.dumps(value), strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"] if part != "because")
        said = first["msg"][:1].lower() + first["msg"][1:].rstrip(".")
        raise _Damaged(f"{what}: {where[:60] + ': ' if where else ''}{said[:300]}") from None
    except (ValueError, RecursionError):
        raise _Damaged(f"{what} is nested too deeply") from None
    return found


@cache
def _adapter(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


def _names(shape: type[Any]) -> set[str]:
    return {field.name for field in fields(shape)}


def _words(kind: str) -> str:
    """Return the name of a kind of record for one of them."""
    return kind.removesuffix("s").replace("_", " ")


def _short(text: str) -> str:
    line = " ".join(_CONTROL.sub(" ", text).split())
    return f'"{line if len(line) <= 60 else line[:57] + "..."}"'
