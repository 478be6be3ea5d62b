"""JSON: the objects of a file, each a row of a table or a reading that Dragoman made before.

In:     one object a line (JSON Lines), or one object, several of them, or an array of them over any number of lines.
Out:    `members`: a `Member` for each object.
Units:  bytes; lines may be as many as they like, anything else is bounded by `max_bytes`.
Never:  chooses between two values of one key, or takes a part of a line that is no JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

from dragoman.errors import InputTooLarge, NotText, UnreadableInput
from dragoman.sources.known import Known
from dragoman.sources.limits import Limits
from dragoman.sources.member import Member
from dragoman.sources.readings import is_reading, reading_of
from dragoman.sources.rows import Table, columns_of, shown
from dragoman.sources.tables import Lines, encoding_of

if TYPE_CHECKING:
    from dragoman.sources.items import Walk

#: Objects of which one must have a text, or the file is refused as a whole; lines that tell JSON Lines. Guesses.
TRIED, LINES_TRIED = 10, 20

_OURS = "Of Dragoman's own output, only that of dragoman read --format json can be added."
_BLANK = " \t\r\n\ufeff"


def members(file: BinaryIO, place: str, found: Known, walk: Walk) -> Iterator[Member]:
    """Yield the objects of a file; UnreadableInput where it is no JSON, or none of its objects has a text."""
    encoding, start = encoding_of(file, "utf-8")
    if encoding not in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
        encoding = "utf-8"  # as JSON has to be; the lines that are not are refused
    file.seek(start)
    head = [line for line in islice(Lines(file, encoding, walk.limits.max_bytes), LINES_TRIED) if line.strip(_BLANK)]
    file.seek(start)
    if not head:
        walk.passed_over["tables without rows"] += 1
        return
    if _is_object(head[0]):
        objects = _from_lines(file, encoding, walk.limits)
    else:
        try:
            objects = iter(_from_whole(file, encoding, head[0], walk.limits))
        except UnreadableInput:
            if head[0].lstrip(_BLANK).startswith("[") or not any(_is_object(line) for line in head if line[0] == "{"):
                raise
            file.seek(start)
            objects = _from_lines(file, encoding, walk.limits)
    yield from _members(objects, place, found, walk)


Object = tuple[str, Any, int | None]  # what it is called, the value or why there is none, bytes read so far


def _members(objects: Iterator[Object], place: str, found: Known, walk: Walk) -> Iterator[Member]:
    """Yield each object; the first wait until one has a text, or until it is clear that none will."""
    waiting: list[Member] = []
    names: dict[str, Any] = {}
    lacking, decided, empty = 0, False, True
    for what, value, offset in objects:
        empty = False
        table = Table(place, _columns(value, walk), found, walk.limits)
        one = _member(what, value, offset, table, walk.columns.get("text", "text"))
        if isinstance(value, dict) and not table.columns and not is_reading(value):
            lacking += 1
            names.update((name, inner) for name, inner in islice(value.items(), 1000))
        elif isinstance(value, dict):
            decided = True
        if decided or len(waiting) >= 100 * TRIED:
            yield from waiting
            waiting = []
            decided = True
            yield one
            continue
        waiting.append(one)
        if lacking >= TRIED:
            break
    if lacking and not decided:
        raise _no_text(names, walk)
    yield from waiting
    if empty:
        walk.passed_over["tables without rows"] += 1


def _columns(value: Any, walk: Walk) -> dict[str, str]:
    """Return which keys of an object hold which field; nothing where none holds the text."""
    if not isinstance(value, dict):
        return {}
    try:
        return columns_of(list(value), walk.columns, strict=False)
    except UnreadableInput:
        return {}


def _member(what: str, value: Any, offset: int | None, table: Table, key: str) -> Member:
    """Return what one object holds."""
    place = f"{table.place}: {what}" if what else table.place
    name = what[:1].upper() + what[1:] if what else "The object"
    try:
        if isinstance(value, UnreadableInput):
            raise value
        if is_reading(value):
            return Member(place, name, reading_of(value, name, table.limits), found=table.found, offset=offset)
        if not isinstance(value, dict):
            called = "a list" if isinstance(value, list) else "no object"
            raise UnreadableInput(f"{name} is {called}. Give objects with a text, each on a line of its own.")
        if not table.columns:
            raise UnreadableInput(f'{name} has no "{shown(key)}" with a text. Add it, or leave the object out.')
    except UnreadableInput as error:
        return Member(place, name, error, offset=offset)
    member = table.member(value, what or "the object", offset)
    return member if what else replace(member, place=place)


def _no_text(names: dict[str, Any], walk: Walk) -> UnreadableInput:
    """Return why a file without any text is refused."""
    try:
        columns_of(list(names), walk.columns, strict=False)
    except UnreadableInput as error:
        lists = [name for name, inner in names.items() if isinstance(inner, list) and inner]
        held = [name for name in lists if isinstance(names[name][0], dict)]
        hint = f' To add the objects in "{shown(held[0])}", write each on a line of its own.' if held else ""
        return UnreadableInput(f"{error}. {_OURS}{hint}")
    return UnreadableInput(f"None of its objects has a text. {_OURS}")


# -- objects -------------------------------------------------------------------------------------------------------


def _from_lines(file: BinaryIO, encoding: str, limits: Limits) -> Iterator[Object]:
    """Yield the value of each line that is not blank."""
    lines = Lines(file, encoding, limits.max_bytes)
    for number, line in enumerate(lines, 1):
        text = line.strip(_BLANK)
        if not text:
            continue
        what = f"line {number}"
        if len(line) > limits.max_bytes:
            reason: UnreadableInput = InputTooLarge(
                f"Line {number} has over {limits.max_bytes:,} characters (max_bytes). Cut it into its documents."
            )
            yield what, reason, lines.offset
            continue
        try:
            value = _loads(text, f"Line {number}")
        except UnreadableInput as error:
            value = error
        yield what, value, lines.offset


def _from_whole(file: BinaryIO, encoding: str, first: str, limits: Limits) -> list[Object]:
    """Return the objects of a file that is not JSON Lines: one, several of them, or those of an array."""
    if first.lstrip(_BLANK)[0] not in "[{":
        raise UnreadableInput(
            f"It is no JSON: it begins with {shown(first)[:20]!r}. Give objects, each on a line of its own."
        )
    data = file.read(limits.max_bytes + 1)
    if len(data) > limits.max_bytes:
        raise InputTooLarge(
            f"It has over {limits.max_bytes:,} bytes (max_bytes) and is not JSON Lines. "
            "Write each object on a line of its own, for example with jq -c '.[]', and give that."
        )
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotText(f"It is not {encoding.upper()} near byte {error.start:,}. Save it as UTF-8.") from None
    values: list[Any] = []
    at = _next(text, 0)
    while at < len(text):
        value, at = _raw(text, at, "It")
        values.append(value)
        at = _next(text, at)
    if len(values) == 1 and isinstance(values[0], list):
        return [(f"item {number}", value, len(data)) for number, value in enumerate(values[0], 1)]
    if len(values) == 1:
        return [("", values[0], len(data))]
    return [(f"item {number}", value, len(data)) for number, value in enumerate(values, 1)]


def _next(text: str, at: int) -> int:
    """Return where the next value begins."""
    while at < len(text) and text[at] in _BLANK:
        at += 1
    return at


def _is_object(line: str) -> bool:
    """Whether a line is an object by itself."""
    try:
        return isinstance(_loads(line.strip(_BLANK), ""), dict)
    except UnreadableInput:
        return False


def _loads(text: str, name: str) -> Any:
    """Return the one value of a text."""
    if re.search(r"[\udc80-\udcff]", text):
        raise NotText(f"{name} is not UTF-8, as JSON has to be. Save it as UTF-8.")
    value, end = _raw(text, 0, name)
    if end < len(text):
        raise UnreadableInput(f"{name} holds more than one value. Write each object on a line of its own.")
    return value


def _raw(text: str, at: int, name: str) -> tuple[Any, int]:
    """Return the value that begins somewhere in a text, and where it ends."""
    try:
        return _DECODER.raw_decode(text, at)
    except json.JSONDecodeError as error:
        where = f" in line {error.lineno:,}" if error.lineno > 1 else ""
        raise UnreadableInput(
            f"{name} is no JSON: {error.msg[:1].lower()}{error.msg[1:]}{where} at column {error.colno:,}. Mend it."
        ) from None
    except _Twice as error:
        raise UnreadableInput(f'{name} has the key "{shown(str(error))}" twice. Keep one of them.') from None
    except RecursionError:
        raise UnreadableInput(f"{name} is nested too deeply. Give objects with a text.") from None


class _Twice(Exception):
    """A key stands twice in an object."""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of which each key stands once."""
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        raise _Twice(next(key for key, _ in pairs if key in seen or seen.add(key)))  # type: ignore[func-returns-value]
    return found


def _int(digits: str) -> int | float:
    """Return a whole number; one that no field has room for as a float, which may be endless."""
    return int(digits) if len(digits) < 20 else float(digits)


#: Without NaN and its like, which are no JSON but stand for "nothing" where they are written.
_DECODER = json.JSONDecoder(object_pairs_hook=_pairs, parse_int=_int, parse_constant=lambda _: None)
