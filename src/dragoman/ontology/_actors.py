"""Actors: their names and kinds, the forms by which texts name them, and who is a member of what.

In:     states.yaml, organisations.yaml, institutions.yaml, offices.yaml (offices that name their state) and
        ambiguous.yaml.
Out:    `actor`, `is_known`, `members` by id; `forms`, `all_forms`, `readings`, `prefixes` for texts.

An unknown id is of kind "other" and raises nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from dragoman.domain import Actor, ActorKind
from dragoman.ontology._data import load

FormKind = Literal["name", "adjective", "demonym", "capital", "seat", "organisation", "institution", "office"]

#: How surely a form means the actor: 1 is the actor itself, 2 a people, organ or seat that acts for it,
#: 3 may as well be only a place or a quality ("in Moscow", "Russian gas").
RANK: dict[FormKind, int] = {
    "name": 1, "organisation": 1,
    "demonym": 2, "seat": 2, "institution": 2, "office": 2,
    "adjective": 3, "capital": 3,
}  # fmt: skip

#: Where the lists of a state's entry go: the field and the form that its words have, in order of preference.
_STATE_FIELDS: tuple[tuple[str, FormKind], ...] = (
    ("also", "name"), ("adjectives", "adjective"), ("demonyms", "demonym"), ("capitals", "capital"), ("seats", "seat"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Form:
    """One way to name an actor: the words, the actor's id, the kind of form and its rank (see `RANK`)."""

    text: str
    actor: str
    form: FormKind
    rank: int


def actor(id: str) -> Actor:
    """Return the actor with this id; one that is in no list is of kind "other", its name made from the id."""
    known = _actors().get(id)
    return known or Actor(id, id.replace("-", " ").title() if id.islower() else id, "other")


def is_known(id: str) -> bool:
    """Return whether the id stands in our lists."""
    return id in _actors()


@cache
def members(id: str) -> tuple[str, ...]:
    """Return the ids of the states that make up an organisation; empty when not listed."""
    entry = load("organisations")["intergovernmental"].get(id, {})
    return tuple(entry.get("members", ()))


@cache
def _actors() -> dict[str, Actor]:
    """Return every listed actor by id."""
    found: dict[str, Actor] = {}
    for id, entry in load("states").items():
        kind: ActorKind = "former-state" if entry.get("former") else "state"
        found[id] = Actor(id, entry["name"], kind)
    organisations = load("organisations")
    for id, entry in organisations["intergovernmental"].items():
        found[id] = Actor(id, entry["name"], "intergovernmental")
    for id, entry in organisations["other"].items():
        found[id] = Actor(id, entry["name"], "other")
    return found


@cache
def forms() -> tuple[Form, ...]:
    """Return every form of every actor, each text once; a text listed as ambiguous stands for its default."""
    kept: dict[str, Form] = {}
    for form in all_forms():
        default = load("ambiguous").get(form.text, (form.actor,))[0]
        if form.actor == default:
            kept.setdefault(form.text, form)
    return tuple(kept.values())


def readings(text: str) -> tuple[str, ...]:
    """Return the ids that an ambiguous form may stand for, the default first; empty when it is not ambiguous."""
    return tuple(load("ambiguous").get(text, ()))


def all_forms() -> Iterator[Form]:
    """Yield the forms as listed, doubles included; the tests look here for unlisted ambiguity."""
    for id, entry in load("states").items():
        yield _form(entry["name"], id, "name")
        for field, kind in _STATE_FIELDS:
            yield from (_form(text, id, kind) for text in entry.get(field, ()))
        yield from (Form(text, id, "name", 3) for text in entry.get("regions", ()))
    for group in load("organisations").values():
        for id, entry in group.items():
            own = () if id.islower() or "-" in id else (id,)
            for text in (*own, entry["name"], *entry.get("also", ()), *entry.get("bodies", ())):
                yield _form(text, id, "organisation")
    for id, texts in load("institutions").items():
        yield from (_form(text, id, "institution") for text in texts)
    for entry in load("offices")["naming"]:
        for text in office_texts(entry):
            yield from (_form(cased, entry["actor"], "office") for cased in (text, *_lower(text, entry)))


def prefixes() -> dict[str, str]:
    """Return combining forms that mean a state before a hyphen ("Sino" in "Sino-Indian"), with its id."""
    return {text: id for id, entry in load("states").items() for text in entry.get("prefixes", ())}


def office_texts(entry: dict[str, Any]) -> tuple[str, ...]:
    """Return the wordings of an office that names its state."""
    return (entry["office"], *entry.get("also", ()))


def _form(text: str, id: str, kind: FormKind) -> Form:
    return Form(text, id, kind, RANK[kind])


def _lower(text: str, entry: dict[str, Any]) -> tuple[str, ...]:
    """Return the office in lower case, unless it has a proper name in it or is marked as always capitalised."""
    return () if entry.get("capitals") else (text.lower(),)
