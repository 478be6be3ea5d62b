"""The JSON Schema of a reading, as `Reading.to_dict` gives it.

In:     the dataclasses of domain.py, whose fields and docstrings are all that is used; nothing can drift apart.
Out:    a JSON Schema (draft 2020-12) as plain dicts, strict: no other keys, every key there, dates as YYYY-MM-DD.
Never:  states a rule that a field's type cannot carry, except the few in RULES.
"""

from __future__ import annotations

import inspect
import types
from dataclasses import fields
from datetime import date
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from dragoman import domain

#: Fields of a class that `Reading.to_dict` leaves out.
LEFT_OUT = {
    domain.Document: {"headline", "dateline", "paragraphs", "warnings"},
    **{kind: {"because"} for kind in get_args(domain.Record)},
}
#: What holds beyond the type, by class and field; evidence is what makes a record.
RULES: dict[tuple[str, str], dict[str, Any]] = {
    ("Span", "start"): {"minimum": 0},
    ("Span", "end"): {"minimum": 1},
    ("Span", "quote"): {"minLength": 1},
    ("Because", "score"): {"minimum": 0, "maximum": 1},
    ("Person", "name"): {"minLength": 1},
    ("Actor", "id"): {"minLength": 1},
    ("Initiative", "name"): {"minLength": 1},
    **{(kind.__name__, "evidence"): {"minItems": 1} for kind in get_args(domain.Record)},
}
DATE = {"type": "string", "format": "date", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
PLAIN: dict[type, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    date: DATE,
    types.NoneType: {"type": "null"},
}


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a reading, with and without `explain`."""
    definitions: dict[str, Any] = {}
    document = _object(domain.Document, definitions)
    document["properties"]["tracks"] = {"type": "array", "items": _of(domain.Track, definitions)}
    document["required"].append("tracks")
    hints = get_type_hints(domain.Reading)
    kinds = {kind: _of(hints[kind], definitions) for kind in domain.RECORD_KINDS}
    properties = {
        "document": document,
        **kinds,
        **{name: _of(hints[name], definitions) for name in ("actors", "reader", "warnings")},
    }
    reasons = {kind: _of(tuple[domain.Because, ...], definitions) for kind in domain.RECORD_KINDS}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Reading",
        "description": _summary(domain.Reading),
        **_strict(properties),
        "properties": {**properties, "explain": _strict(reasons)},
        "$defs": dict(sorted(definitions.items())),
    }


def _strict(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _object(cls: type, definitions: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a dataclass, putting those of the classes it uses into `definitions`."""
    hints = get_type_hints(cls)
    properties = {
        field.name: _of(hints[field.name], definitions) | RULES.get((cls.__name__, field.name), {})
        for field in fields(cls)
        if field.name not in LEFT_OUT.get(cls, ())
    }
    return {"description": _summary(cls), **_strict(properties)}


def _of(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a type as it appears on a field."""
    if hint in PLAIN:
        return dict(PLAIN[hint])
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin in {Union, types.UnionType}:
        return {"anyOf": [_of(argument, definitions) for argument in arguments]}
    if origin is tuple and arguments[-1] is Ellipsis:
        return {"type": "array", "items": _of(arguments[0], definitions)}
    if isinstance(hint, type) and hasattr(hint, "__dataclass_fields__"):
        if hint.__name__ not in definitions:
            definitions[hint.__name__] = _object(hint, definitions)
        return {"$ref": f"#/$defs/{hint.__name__}"}
    raise TypeError(f"The schema has no words for {hint!r}; add them to show/schema.py.")


def _summary(cls: type) -> str:
    """Return the first paragraph of a class's docstring."""
    return " ".join((inspect.getdoc(cls) or cls.__name__).partition("\n\n")[0].split())
