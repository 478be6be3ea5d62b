"""What every view's result can do: plain data, a table for notebooks, Arrow and pandas.

In:     a dataclass that derives from `Table` and gives its flat rows.
Out:    `to_dict`, all of it as plain data with stable keys; `to_arrow` and `to_pandas`, the rows; `_repr_html_`.
Never:  needs pyarrow or pandas unless asked for them; trusts the text of a document (HTML is escaped).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from html import escape
from importlib import import_module
from typing import Any

from dragoman.domain import Person, Rate, Window, plain
from dragoman.errors import UsageError
from dragoman.ledger.entries import Entry


class Table(ABC):
    """A view's result as rows and as plain data."""

    __slots__ = ()

    @abstractmethod
    def rows(self) -> list[dict[str, Any]]:
        """Return one flat dict a row: strings, numbers, booleans, dates and None only, the same keys in each."""

    def to_dict(self) -> dict[str, Any]:
        """Return all fields as plain lists, dicts, strings and numbers; entries stand with their quotes."""
        return {name: as_plain(value) for name, value in _values(self)}

    def to_arrow(self) -> Any:
        """Return the rows as a pyarrow Table; UsageError where pyarrow is not installed."""
        return _needed("pyarrow", "to_arrow").Table.from_pylist(self.rows())

    def to_pandas(self) -> Any:
        """Return the rows as a pandas DataFrame; UsageError where pandas is not installed."""
        return _needed("pandas", "to_pandas").DataFrame(self.rows())

    def _repr_html_(self) -> str:
        """Return the rows as a plain HTML table for notebooks."""
        rows = self.rows()
        head = "".join(f"<th>{_cell(name)}</th>" for name in (rows[0] if rows else ()))
        body = "".join(f"<tr>{''.join(f'<td>{_cell(value)}</td>' for value in row.values())}</tr>" for row in rows)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def as_plain(value: Any) -> Any:
    """Turn what a view holds into what `json.dumps` takes: an entry by its own `to_dict`, a span of time as days."""
    if isinstance(value, Entry):
        return value.to_dict()
    if is_dataclass(value) and not isinstance(value, type):
        return {name: as_plain(field) for name, field in _values(value)}
    if isinstance(value, Mapping):
        return {str(key): as_plain(field) for key, field in value.items()}
    if isinstance(value, tuple | list):
        return [as_plain(item) for item in value]
    if isinstance(value, frozenset | set):
        return sorted(as_plain(item) for item in value)
    if isinstance(value, timedelta):
        return value.days
    return plain(value)


# -- pieces of rows ------------------------------------------------------------------------------------------------


def joined(values: Iterable[str]) -> str:
    """Return ids as one cell: "JPN, USA"."""
    return ", ".join(values)


def named(persons: Iterable[Person]) -> str:
    """Return persons as one cell: "Ana Prado (foreign minister, PRT); officials (CHL)"."""
    return "; ".join(map(name_of, persons))


def name_of(person: Person) -> str:
    """Return one person with what is known: "Ana Prado (foreign minister, PRT)"."""
    known = ", ".join(filter(None, (person.role, person.affiliation)))
    return f"{person.name} ({known})" if known else person.name


def dated(name: str, window: Window | None) -> dict[str, date | None]:
    """Return a window as two cells, NAME_start and NAME_end."""
    return {f"{name}_start": window.start if window else None, f"{name}_end": window.end if window else None}


def rated(name: str, rate: Rate | None) -> dict[str, float | str | None]:
    """Return a rate as two cells, NAME and NAME_unit."""
    return {name: rate.value if rate else None, f"{name}_unit": rate.unit if rate else None}


def padded(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows of different kinds with the same keys, in the order in which they first stand; None where missing."""
    names = dict.fromkeys(name for row in rows for name in row)
    return [{name: row.get(name) for name in names} for row in rows]


def _values(value: Any) -> list[tuple[str, Any]]:
    return [(field.name, getattr(value, field.name)) for field in fields(value)]


def _cell(value: Any) -> str:
    return "" if value is None else escape(str(value))


def _needed(module: str, method: str) -> Any:
    try:
        return import_module(module)
    except ImportError:
        raise UsageError(f"{method}() needs {module}. Install it with: pip install 'dragoman[tables]'") from None
