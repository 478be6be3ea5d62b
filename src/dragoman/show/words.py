"""Plain words for the values of records: dates, acts, people, rates, actors.

In:     values of domain.py; the words themselves are data in words.yaml.
Out:    short English phrases, and `Mark`s: a shape with a word, so that nothing is said by shape or colour alone.
Dates:  written as "13 January 2026"; windows keep the precision of the text ("February 2026", "by 31 May 2025").
Never:  trusts the text of a document: `clean` makes control and direction characters visible.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from dragoman.domain import Actor, EventType, Person, Rate, Window
from dragoman.ontology import actor as known_actor
from dragoman.ontology import all_forms

#: Code points that carry no meaning for a reader and are common in web text: dropped without a trace.
_DROPPED = frozenset("\u00ad\u200b\u2060\ufeff")
_MONTH = re.compile("|".join(calendar.month_name[1:]))
#: Format characters that some scripts and emoji need.
_KEPT = frozenset("\u200c\u200d")


@cache
def words() -> dict[str, Any]:
    """Return the word lists of words.yaml."""
    text = files("dragoman.show").joinpath("words.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return loaded


@dataclass(frozen=True, slots=True)
class Mark:
    """How something stands, as the name of a shape and as a word."""

    shape: str
    word: str


def mark(table: str, value: str) -> Mark:
    """Return the mark for a value of `status`, `firmness`, `measure_status`, `stance`, `outcome` or `stand`."""
    return Mark(**words()[table][value])


# -- text ----------------------------------------------------------------------------------------------------------


def clean(text: str) -> str:
    r"""Return the text with control and direction characters spelt out (`\x1b`, `\u202e`); line breaks stay."""
    return "".join(map(_clean_character, text))


def _clean_character(character: str) -> str:
    if character.isprintable() or character in "\n\t" or character in _KEPT:
        return character
    if character in _DROPPED or character == "\r":
        return ""
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    if category in {"Zl", "Zp"}:
        return "\n"
    return character.encode("unicode_escape").decode("ascii")


def one_line(text: str) -> str:
    """Return the cleaned text with every run of white space as one space."""
    return " ".join(clean(text).split())


def shorten(text: str, limit: int) -> str:
    """Return the text on one line, cut in the middle at words with an ellipsis when much longer than `limit`.

    The limit is in characters; a cut that would spare less than a fifth of it is not made.
    """
    line = one_line(text)
    if len(line) <= limit * 6 // 5:
        return line
    head, tail = line[: limit * 2 // 3], line[-(limit // 3) :]
    head = head.rsplit(" ", 1)[0] if " " in head else head
    tail = tail.split(" ", 1)[-1]
    return f"{head} … {tail}"


def series(items: Sequence[str], limit: int = 0) -> str:
    """Return "A", "A and B", "A, B and C"; beyond `limit` (0: none) the rest is counted: "A, B and 3 others"."""
    shown = list(items)
    if limit and len(shown) > limit + 1:
        shown = [*shown[:limit], f"{len(shown) - limit} others"]
    return " and ".join(filter(None, [", ".join(shown[:-1]), *shown[-1:]]))


def count(kind: str, number: int) -> str:
    """Return "1 act", "2 disputes", for a kind of record."""
    entry = words()["kinds"][kind]
    return f"{number} {entry['one'] if number == 1 else entry['many']}"


# -- dates ---------------------------------------------------------------------------------------------------------


def day_words(day: date) -> str:
    """Return "13 January 2026"."""
    return f"{day.day} {_month(day)}"


def window_words(window: Window | None) -> str:
    """Return a window as a reader would write it: "13 January 2026", "February 2026", "by 31 May 2025", "no date"."""
    return _window(window, on="", during="", span="{0}–{1}", wide_span="{0} – {1}")


def when_phrase(window: Window | None) -> str:
    """Return a window as it stands in a sentence: "on 13 January 2026", "in February 2026"; "" without a date."""
    if window is None or (window.start is None and window.end is None):
        return ""
    if window.start and window.end and (window.end - window.start).days == 1:
        return f"on {day_words(window.start)} or the day after"
    return _window(window, on="on ", during="in ", span="between {0} and {1}", wide_span="between {0} and {1}")


def _window(window: Window | None, *, on: str, during: str, span: str, wide_span: str) -> str:
    if window is None:
        return "no date"
    start, end = window.start, window.end
    if start is None or end is None:
        if start is None and end is None:
            return "date open"
        return f"by {day_words(end)}" if end else f"from {day_words(start)}" if start else ""
    if start == end:
        return on + day_words(start)
    if start.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1]:
        return _whole_months(start, end, during, span, wide_span)
    if (start.year, start.month) == (end.year, end.month):
        return span.format(start.day, day_words(end))
    first = day_words(start) if start.year != end.year else f"{start.day} {start:%B}"
    return wide_span.format(first, day_words(end))


def short_window(window: Window | None) -> str:
    """Return a window for a narrow column: "13 Jan 2026", "2–6 Jun 2024", "Jun 2024", "by 31 May 2025"; "" for none."""
    if window is None or (window.start is None and window.end is None):
        return ""
    return " ".join(_MONTH.sub(lambda found: found[0][:3], window_words(window)).split())


def short_day(day: date) -> str:
    """Return "13 Jan 2026"."""
    return f"{day.day} {day:%b} {day.year}"


def _whole_months(start: date, end: date, during: str, span: str, wide_span: str) -> str:
    if (start.month, end.month) == (1, 12):
        return f"{during}{start.year}" if start.year == end.year else span.format(start.year, end.year)
    if start.year != end.year:
        return wide_span.format(_month(start), _month(end))
    return f"{during}{_month(end)}" if start.month == end.month else span.format(f"{start:%B}", _month(end))


def _month(day: date) -> str:
    return f"{day:%B} {day.year}"


# -- actors, people, acts, rates -----------------------------------------------------------------------------------


class Names:
    """The names of the actors of one reading, or of all that are known by name."""

    def __init__(self, actors: Iterable[Actor] | None = None) -> None:
        """Take the actors that a reading lists; ids it does not list stand for themselves. None: all known ones."""
        self._actors = None if actors is None else {actor.id: actor for actor in actors}

    def _find(self, actor_id: str) -> Actor | None:
        return known_actor(actor_id) if self._actors is None else self._actors.get(actor_id)

    def name(self, actor_id: str) -> str:
        """Return the actor's name as a heading has it: "United States", "NATO"."""
        actor = self._find(actor_id)
        has_short_form = actor is not None and actor.kind == "intergovernmental" and "-" not in actor_id
        return one_line(actor.name if actor and not has_short_form else actor_id)

    def within(self, actor_id: str) -> str:
        """Return the actor's name as a sentence has it: "the United States"."""
        name = self.name(actor_id)
        actor = self._find(actor_id)
        organisation = actor is not None and actor.kind == "intergovernmental"
        takes_article = actor_id in words()["article"] or (organisation and actor_id not in words()["bare"])
        return f"the {name}" if takes_article and not name.lower().startswith("the ") else name

    def all(self, actor_ids: Iterable[str]) -> str:
        """Return the names as a heading has them, in series."""
        return series([self.name(actor_id) for actor_id in actor_ids])

    def person(self, person: Person) -> str:
        """Return "Ana Prado (foreign minister, Portugal)", with as much as is known."""
        return _person(person, self, "{0} ({1})")

    def people(self, persons: Iterable[Person]) -> str:
        """Return the persons with what is known of them, in one list."""
        return ", ".join(map(self.person, persons))

    def speaker(self, person: Person) -> str:
        """Return "Ana Prado, foreign minister, Portugal", with as much as is known."""
        return _person(person, self, "{0}, {1}")


def _person(person: Person, names: Names, form: str) -> str:
    said = [person.name, *([person.role] if person.role and person.role != person.name else [])]
    known = [one_line(part) for part in said]
    if person.affiliation and not any(_tells(part, person.affiliation, names) for part in known):
        known.append(names.name(person.affiliation))
    return form.format(known[0], ", ".join(known[1:])) if known[1:] else known[0]


def _tells(text: str, actor_id: str, names: Names) -> bool:
    """Tell whether the text names the actor already: "US Secretary of State"."""
    bare = text.replace("\u2019", "'").replace("'s", "")
    return any(f" {name} " in f" {bare} " for name in (names.name(actor_id), *_forms().get(actor_id, ())))


@cache
def _forms() -> dict[str, list[str]]:
    """Return the names, adjectives and bodies of every actor known by name; capitals and seats name none."""
    found: dict[str, list[str]] = {}
    for form in all_forms():
        if form.form in {"name", "adjective", "demonym", "organisation"}:
            found.setdefault(form.actor, []).append(form.text)
    return found


def act_words(type_: EventType, mode: str | None = None, *, joint: bool = False) -> dict[str, str]:
    """Return the noun, past, base and preposition for an act of this type and mode."""
    entry: dict[str, Any] = words()["types"][type_]
    act: dict[str, str] = {key: entry[key] for key in ("noun", "past", "base", "to")}
    act.update(entry.get("joint", {}) if joint else {})
    act.update(entry.get("modes", {}).get(mode, {}))
    return act


def rate_words(rate: Rate) -> str:
    """Return "12.5%", "USD 3 million" or "400 tonnes"."""
    if rate.unit in {"percent", "%"}:
        return f"{_plain(rate.value)}%"
    is_currency = len(rate.unit) == 3 and rate.unit.isupper()
    value = _large(rate.value)
    return f"{rate.unit} {value}" if is_currency else f"{value} {one_line(rate.unit)}"


def _plain(value: float) -> str:
    text = f"{value:,.6f}"
    return text.rstrip("0").rstrip(".")


def _large(value: float) -> str:
    """Return a number in millions, billions or trillions where two decimals say it exactly, else in digits."""
    for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= size and abs(value / size - round(value / size, 2)) < 1e-9:
            return f"{_plain(round(value / size, 2))} {word}"
    return _plain(value)
