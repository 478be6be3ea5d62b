"""The JSON Schema of a reading, as `Reading.to_dict` gives it, and of what a view answers, as its `to_dict` does.

In:     the dataclasses of domain.py, of the ledger and of the views, whose fields and docstrings are all that is used;
        nothing can drift apart.
Out:    a JSON Schema (draft 2020-12) as plain dicts, strict: no other keys, every key there, dates as YYYY-MM-DD.
Never:  states a rule that a field's type cannot carry, except the few in RULES.
"""

from __future__ import annotations

import inspect
import types
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from dragoman import domain
from dragoman.ledger.entries import Entry, Quote

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
PLAIN: dict[Any, dict[str, Any]] = {
    Any: {},
    bool: {"type": "boolean"},
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    date: DATE,
    timedelta: {"type": "integer", "description": "Days."},
    types.NoneType: {"type": "null"},
}


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a reading, with and without `explain`."""
    classes = Classes("#/$defs/", LEFT_OUT)
    document = classes.described(domain.Document)
    document["properties"]["tracks"] = {"type": "array", "items": classes.of(domain.Track)}
    document["required"].append("tracks")
    hints = get_type_hints(domain.Reading)
    kinds = {kind: classes.of(hints[kind]) for kind in domain.RECORD_KINDS}
    properties = {
        "document": document,
        **kinds,
        **{name: classes.of(hints[name]) for name in ("actors", "reader", "warnings")},
    }
    reasons = {kind: classes.of(tuple[domain.Because, ...]) for kind in domain.RECORD_KINDS}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Reading",
        "description": _summary(domain.Reading),
        **strict(properties),
        "properties": {**properties, "explain": strict(reasons)},
        "$defs": dict(sorted(classes.definitions.items())),
    }


def strict(properties: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of an object that has exactly these properties."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


@dataclass(slots=True)
class Classes:
    """Describes dataclasses as they stand in JSON.

    `place` is where the definitions will stand ("#/$defs/"), `left_out` names the fields of a class that are left out.
    `definitions` are those of all classes that were met, by name; of two classes of one name the second is called
    after its module too.
    """

    place: str
    left_out: Mapping[type, set[str]] = field(default_factory=dict)
    definitions: dict[str, Any] = field(default_factory=dict)
    _names: dict[type, str] = field(default_factory=dict)

    def of(self, hint: Any) -> dict[str, Any]:
        """Return the schema of a type as it appears on a field."""
        if hint in PLAIN:
            return dict(PLAIN[hint])
        origin, arguments = get_origin(hint), get_args(hint)
        if origin is Literal:
            return {"enum": list(arguments)}
        if origin in {Union, types.UnionType}:
            return {"anyOf": [self.of(argument) for argument in arguments]}
        if origin in {list, frozenset, set} or (origin is tuple and arguments[-1] is Ellipsis):
            return {"type": "array", "items": self.of(arguments[0])}
        if origin is tuple and len(set(arguments)) == 1:
            length = len(arguments)
            return {"type": "array", "items": self.of(arguments[0]), "minItems": length, "maxItems": length}
        if origin is not None and issubclass(origin, Mapping):
            return {"type": "object", "additionalProperties": self.of(arguments[1])}
        if isinstance(hint, type) and hasattr(hint, "__dataclass_fields__"):
            return {"$ref": f"{self.place}{self._name(hint)}"}
        raise TypeError(f"The schema has no words for {hint!r}; add them to show/schema.py.")

    def described(self, cls: type) -> dict[str, Any]:
        """Return the schema of a dataclass; an entry has its quotes in place of its items."""
        hints = get_type_hints(cls)
        left_out = self.left_out.get(cls, set())
        if issubclass(cls, Entry):
            left_out, hints["quotes"] = left_out | {"items"}, tuple[Quote, ...]
        names = [one.name for one in fields(cls) if one.name not in left_out]
        properties = {
            name: self.of(hints[name]) | RULES.get((cls.__name__, name), {})
            for name in (*names, *(["quotes"] if issubclass(cls, Entry) else []))
        }
        return {"description": _summary(cls), **strict(properties)}

    def _name(self, cls: type) -> str:
        """Return the name of a class's definition, which is made when it is first asked for."""
        if cls not in self._names:
            short = cls.__name__
            self._names[cls] = name = short if short not in self.definitions else f"{cls.__module__}.{short}"
            self.definitions[name] = {}  # a class may hold others of its own kind
            self.definitions[name] = self.described(cls)
        return self._names[cls]


def _summary(cls: type) -> str:
    """Return the first paragraph of a class's docstring."""
    return " ".join((inspect.getdoc(cls) or cls.__name__).partition("\n\n")[0].split())
