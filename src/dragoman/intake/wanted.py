"""Wanted: the feeds and folders to watch, as a file lists them.

In:     a TOML file with one `[[source]]` for each: a name, a `feed` (address) or a `folder` (path, from the file's own
        folder on), how often to look (`every = "30m"`), and a `publisher` where the source does not name one.
Out:    `Wanted`s. Raises UsageError, which names the source and what is wrong with it.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

from dragoman.errors import UsageError

#: How often a source is looked at where the file does not say (guesses: feeds ask for no more, a folder costs nothing).
EVERY = {"feed": timedelta(minutes=30), "folder": timedelta(minutes=1)}
#: Nothing is asked of a server more often than this.
LEAST = timedelta(seconds=1)
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_KEYS = ("name", "feed", "folder", "every", "publisher")
_EXAMPLE = 'Write, for example: [[source]] name = "ministry", feed = "https://example.org/rss", every = "30m"'


@dataclass(frozen=True, slots=True)
class Wanted:
    """A source to watch: `place` is its address or path."""

    name: str
    kind: Literal["feed", "folder"]
    place: str
    every: timedelta
    publisher: str | None = None


def wanted(path: Path) -> list[Wanted]:
    """Return the sources that a file lists."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}. {_EXAMPLE}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is no TOML: {error}. {_EXAMPLE}") from None
    listed = told.pop("source", None)
    if told or not isinstance(listed, list) or not listed or not all(isinstance(one, dict) for one in listed):
        what = f'knows no "{next(iter(told))}"' if told else "lists no source"
        raise UsageError(f"{path} {what}. {_EXAMPLE}")
    found = [_one(one, path) for one in listed]
    names = [one.name for one in found]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise UsageError(f'{path} has two sources named "{twice}". Give each a name of its own.')
    return found


def _one(told: dict[str, Any], path: Path) -> Wanted:
    """Return one source."""
    name = told.get("name")
    if not isinstance(name, str) or not name.strip():
        raise UsageError(f"{path} has a source without a name. {_EXAMPLE}")
    for key, value in told.items():
        if key not in _KEYS:
            near = get_close_matches(key, _KEYS, n=1)
            hint = f'Did you mean "{near[0]}"?' if near else f"Known: {', '.join(_KEYS)}."
            raise UsageError(f'{path}, source "{name}": there is no "{key}". {hint}')
        if not isinstance(value, str) or not value.strip():
            raise UsageError(f'{path}, source "{name}": {key} must be a text in quotation marks.')
    if ("feed" in told) == ("folder" in told):
        raise UsageError(f'{path}, source "{name}": give a feed or a folder, one of the two.')
    publisher = told.get("publisher")
    if "folder" in told:
        place = str((path.parent / Path(told["folder"]).expanduser()).resolve())
        return Wanted(name, "folder", place, _every(told, "folder", name, path), publisher)
    if not re.match(r"https?://", told["feed"], re.IGNORECASE):
        raise UsageError(f'{path}, source "{name}": "{told["feed"]}" is no address. Write it with https://.')
    return Wanted(name, "feed", told["feed"], _every(told, "feed", name, path), publisher)


def _every(told: dict[str, Any], kind: str, name: str, path: Path) -> timedelta:
    """Return how often a source is looked at."""
    if "every" not in told:
        return EVERY[kind]
    match = re.fullmatch(r"(\d{1,5})\s*([smhd])", told["every"].strip().lower())
    if match is None:
        raise UsageError(f'{path}, source "{name}": cannot read every = "{told["every"]}". Write it as 30m, 2h or 1d.')
    return max(LEAST, timedelta(**{_UNITS[match[2]]: int(match[1])}))
