"""The level of a contact: of leaders, ministers, officials or at working level, by the offices of those who took part.

In:     the persons of an event with their offices as the texts give them, and the day (who held which office then).
Out:    `level`, the highest of theirs; "unnamed" where nobody is named or no office is known.
Data:   ontology/levels.yaml, and officeholders.yaml for persons without an office.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any, Literal

from dragoman.domain import Person
from dragoman.ontology import SAME, load, officeholder

Level = Literal["leaders", "ministers", "officials", "working", "unnamed"]
#: Highest first.
LEVELS: tuple[Level, ...] = ("leaders", "ministers", "officials", "working", "unnamed")


def level(persons: Iterable[Person], on: date | None = None) -> Level:
    """Return the highest level among the persons."""
    return min((level_of(person, on) for person in persons), key=LEVELS.index, default="unnamed")


def level_of(person: Person, on: date | None = None) -> Level:
    """Return the level of one person: by the office given, the office held on the day, or a name such as "envoys"."""
    if person.role and (found := office_level(person.role, person.affiliation)):
        return found
    terms = [term for term in officeholder(person.name, on) if term.current]
    if terms and (found := office_level(terms[0].office, terms[0].actor)):
        return found
    unnamed = office_level(person.name, person.affiliation) if person.name.islower() else None
    return unnamed or "unnamed"


@cache
def office_level(office: str, actor: str | None = None) -> Level | None:
    """Return the level of an office as a text gives it ("Japan's vice foreign minister"), or None for none known."""
    words = _words(office)
    for at in range(len(words)):
        for size in range(min(_longest(), len(words) - at), 0, -1):
            phrase = " ".join(words[at : at + size])
            found = _offices().get((phrase, actor)) or _offices().get((phrase, None))
            if found:
                return _moved(found, words[:at])
    return None


def _moved(found: Level, before: list[str]) -> Level:
    """Return the level as the words before the office have it: a deputy stands lower, a former holder at the bottom."""
    data = load("levels")
    if any(word in data["past"] for word in before):
        return "working"
    if any(word in data["lower"] for word in before):
        return LEVELS[min(LEVELS.index(found) + 1, LEVELS.index("working"))]
    return found


def _words(office: str) -> list[str]:
    """Return the words of an office as they are compared: lower case, blanks for hyphens, without whose it is."""
    text = office.casefold().translate(SAME).replace("advisor", "adviser").rsplit("'s ", 1)[-1]
    return re.sub(r"[-,/]+", " ", text).split()


@cache
def _offices() -> dict[tuple[str, str | None], Level]:
    found: dict[tuple[str, str | None], Level] = {}
    for name in LEVELS[:-1]:
        groups: list[dict[str, Any]] = load("levels")[name]
        for group in groups:
            for words in group["words"]:
                for form in (" ".join(_words(words)), " ".join(_words(_plural(words)))):
                    found.update(dict.fromkeys(((form, actor) for actor in group.get("actors", (None,))), name))
    return found


def _plural(words: str) -> str:
    """Return the plural of an office: of its last word, or of the first before "of" and the like."""
    head, link, rest = re.match(r"(.*?)((?: of | to | in |$))(.*)", words).groups()  # type: ignore[union-attr]
    return f"{head}{'es' if head.endswith('ch') else 's'}{link}{rest}"


@cache
def _longest() -> int:
    return max(len(phrase.split()) for phrase, _ in _offices())
