"""Records as JSON text and back: what the ledger stores, it reads back equal.

In:     a record of one of the six kinds, or the text of one.
Out:    the text, or the record. Fields as in the ledger's specification, with `because`.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from dragoman.domain import Dispute, Event, Initiative, Measure, NextStep, Record, Statement, plain

SHAPES: dict[str, type] = {
    "events": Event, "statements": Statement, "disputes": Dispute, "next_steps": NextStep, "measures": Measure,
    "initiatives": Initiative,
}  # fmt: skip


def encode(record: Record) -> str:
    """Return a record as JSON text."""
    return json.dumps(plain(record), ensure_ascii=False, separators=(",", ":"))


def decode(kind: str, text: str) -> Record:
    """Return the record that a text holds; ValueError when it holds none."""
    record: Record = _adapter(kind).validate_json(text)
    return record


def with_fields(kind: str, record: Record, fields: dict[str, Any]) -> Record:
    """Return a record with some fields set from plain JSON values; ValueError names the field that does not fit."""
    plain = _adapter(kind).dump_python(record, mode="json")
    try:
        changed: Record = _adapter(kind).validate_python({**plain, **fields})
    except ValidationError as error:
        first = error.errors()[0]
        where = first["loc"][0] if first["loc"] else "value"
        raise ValueError(f"{where}: {first['msg'][0].lower()}{first['msg'][1:]}") from None
    return changed


@cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    return TypeAdapter(SHAPES[kind])
