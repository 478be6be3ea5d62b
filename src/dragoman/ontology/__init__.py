"""The actors, offices and word lists that the reader knows, as data, and typed access to them.

In:     YAML files beside this module, each read once and kept.
Out:    `load` for any of them; `actor`, `members`, `forms`, `readings` for actors; `office_words`, `honorifics`,
        `bare_office`, `office_state` for offices; `officeholder` for who held which office when.
Dates:  terms of office are given by day, month or year; a vague date gets the benefit of its vagueness.
Data:   states.yaml, organisations.yaml, institutions.yaml, offices.yaml, officeholders.yaml, ambiguous.yaml and
        not_actors.yaml hold the actors; the other files belong to the modules that load them.

An unknown id, office or person is never guessed: it yields no state and raises nothing.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Literal, TypeVar

import yaml

from dragoman.domain import Actor, ActorKind

_T = TypeVar("_T")

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

#: An official is still named by the office, or already by the next one, this long around the term: guess.
GRACE = timedelta(days=31)


#: Typographic apostrophes and hyphens, to be read as the plain ones.
SAME = str.maketrans("\u2019\u2018\u02bc\u2010\u2011\u2013", "'''---")


@dataclass(frozen=True, slots=True)
class Form:
    """One way to name an actor: the words, the actor's id, the kind of form and its rank (see `RANK`)."""

    text: str
    actor: str
    form: FormKind
    rank: int


@dataclass(frozen=True, slots=True)
class Term:
    """One person's time in one office; an open end is None. `current` says that it covers the date asked for."""

    actor: str
    name: str
    office: str
    start: date
    end: date | None
    current: bool = True


@cache
def load(name: str) -> Any:
    """Return the content of `NAME.yaml` beside this module; callers must not change it."""
    return yaml.load(files(__package__).joinpath(f"{name}.yaml").read_bytes(), Loader=yaml.CSafeLoader)


# ---------------------------------------------------------------------------------------------------- actors


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
        for text in _office_texts(entry):
            yield from (_form(cased, entry["actor"], "office") for cased in (text, *_lower(text, entry)))


def prefixes() -> dict[str, str]:
    """Return combining forms that mean a state before a hyphen ("Sino" in "Sino-Indian"), with its id."""
    return {text: id for id, entry in load("states").items() for text in entry.get("prefixes", ())}


def _form(text: str, id: str, kind: FormKind) -> Form:
    return Form(text, id, kind, RANK[kind])


def _lower(text: str, entry: dict[str, Any]) -> tuple[str, ...]:
    """Return the office in lower case, unless it has a proper name in it or is marked as always capitalised."""
    return () if entry.get("capitals") else (text.lower(),)


# --------------------------------------------------------------------------------------------------- offices


@cache
def office_words() -> frozenset[str]:
    """Return words and phrases for offices, in lower case, that may stand before or after a person's name."""
    offices = load("offices")
    naming = (text for entry in offices["naming"] for text in _office_texts(entry) if not _names_actor(text))
    return frozenset(_plain(text) for text in (*offices["words"], *offices["abbreviations"], *naming))


@cache
def honorifics() -> frozenset[str]:
    """Return titles of courtesy, as written, that are no part of a person's name ("Mr", "Dr.", "H.E.")."""
    return frozenset(load("offices")["honorifics"])


def _office_texts(entry: dict[str, Any]) -> tuple[str, ...]:
    return (entry["office"], *entry.get("also", ()))


def _names_actor(office: str) -> bool:
    """Return whether an office begins with the name of its actor ("NATO chief"), which the office words leave out."""
    words = office.split()
    return any(" ".join(words[:size]) in _own_names() for size in range(1, len(words)))


@cache
def _own_names() -> frozenset[str]:
    return frozenset(form.text for form in forms() if form.form != "office")


def bare_office(phrase: str) -> str:
    """Return an office in lower case without article and words such as "former", "acting" or "then"."""
    words = _plain(phrase).split()
    while words and words[0] in _office_modifiers():
        words.pop(0)
    return " ".join(words)


def office_state(phrase: str) -> str | None:
    """Return the id of the actor that an office names by itself, or None when several have such an office."""
    return _office_states().get(_plain(phrase)) or _office_states().get(bare_office(phrase))


@cache
def _office_modifiers() -> frozenset[str]:
    return frozenset(load("offices")["modifiers"])


@cache
def _office_states() -> dict[str, str]:
    return {_plain(text): entry["actor"] for entry in load("offices")["naming"] for text in _office_texts(entry)}


def _plain(phrase: str) -> str:
    """Return the phrase as offices are compared: lower case, one space, "adviser", plain hyphen and apostrophe."""
    text = phrase.casefold().translate(SAME).replace("advisor", "adviser")
    return re.sub(r"^(?:the|an?) ", "", " ".join(text.split()))


# --------------------------------------------------------------------------------------------- officeholders


def officeholder(name: str, on: date | None = None) -> list[Term]:
    """Return the terms of office of whoever is meant by a name, those that cover the date first.

    In goes a full name ("Hosni Mubarak"), a surname ("Mubarak") or either with an office before it ("President
    Bush"). A surname alone counts only within the term, a common one only with an office too; a full name counts at
    any time, with `current` False outside the term. With an office given, terms in that office come first.
    """
    office, bare = split_office(name)
    keys = [_key(_without_honorifics(name.split())), _key(bare)]
    full = [_at(term, on) for key in dict.fromkeys(keys) for term in _full_names().get(key, ())]
    found = full or [
        term
        for key in dict.fromkeys(keys)
        for term, common in _short_names().get(key, ())
        if _covers(term, on) and (not common or (office and _same_office(office, term.office)))
    ]
    same = {id(term): bool(office) and _same_office(office, term.office) for term in found}
    return sorted(found, key=lambda term: (not term.current, not same[id(term)], -term.start.toordinal()))


def split_office(name: str) -> tuple[str, str]:
    """Return a name as office (lower case, may be empty) and the rest, honorifics taken off."""
    words = name.split()
    for size in range(len(words) - 1, 0, -1):
        if bare_office(" ".join(words[:size])) in office_words():
            return bare_office(" ".join(words[:size])), _without_honorifics(words[size:])
    return "", _without_honorifics(words)


def _without_honorifics(words: list[str]) -> str:
    while len(words) > 1 and words[0] in honorifics():
        words = words[1:]
    return " ".join(words)


def _same_office(asked: str, held: str) -> bool:
    """Return whether one office is the other or a longer form of it ("secretary" for "secretary of state")."""
    asked, held = _canonical(asked), _canonical(held)
    return asked == held or held.startswith(asked + " ") or held.endswith(" " + asked)


def _canonical(office: str) -> str:
    """Return an office in one of its several wordings: "secretary of defense" and "defence secretary" are one."""
    office = re.sub(r"^(?:us|u\.s\.|united states) ", "", bare_office(office))
    office = re.sub(r"^(minister|secretary) (?:of|for) (?!state)(?:the )?(\w+(?: affairs)?)$", r"\2 \1", office)
    office = office.replace("defence", "defense").replace("foreign affairs minister", "foreign minister")
    return _SAME_OFFICE.get(office, office)


_SAME_OFFICE = {"pm": "prime minister", "premier": "prime minister", "fm": "foreign minister", "pres.": "president",
                "soviet leader": "general secretary", "sec.": "secretary", "gen.": "general"}  # fmt: skip


def _covers(term: Term, on: date | None) -> bool:
    return on is None or (term.start - GRACE <= on and (term.end is None or on <= term.end + GRACE))


def _at(term: Term, on: date | None) -> Term:
    return Term(term.actor, term.name, term.office, term.start, term.end, current=_covers(term, on))


@cache
def _terms() -> tuple[tuple[Term, dict[str, Any]], ...]:
    """Return every listed term with its entry."""
    return tuple(
        (Term(id, entry["name"], entry["office"], first_day(entry["from"]), last_day(entry.get("to"))), entry)
        for id, entries in load("officeholders").items()
        for entry in entries
    )


@cache
def _full_names() -> dict[str, list[Term]]:
    return _index((text, term) for term, entry in _terms() for text in (term.name, *entry.get("also", ())))


@cache
def _short_names() -> dict[str, list[tuple[Term, bool]]]:
    """Return the forms used alone, each with whether it is a common name."""
    pairs: list[tuple[str, tuple[Term, bool]]] = []
    for term, entry in _terms():
        common = entry.get("common", ())
        alone = entry.get("short", () if common else term.name.split()[-1:])
        pairs += [(text, (term, False)) for text in alone] + [(text, (term, True)) for text in common]
    return _index(pairs)


def _index(pairs: Iterable[tuple[str, _T]]) -> dict[str, list[_T]]:
    """Return values by key of the name they go with."""
    found: dict[str, list[_T]] = {}
    for text, value in pairs:
        values = found.setdefault(_key(text), [])
        if value not in values:
            values.append(value)
    return found


def _key(name: str) -> str:
    """Return a name as names are compared: without case, accents, dots, hyphens and apostrophes."""
    return " ".join(re.sub(r"[.\-']", " ", without_accents(name.translate(SAME)).casefold()).split())


def without_accents(text: str) -> str:
    """Return the text with plain letters for accented ones ("Erdoğan" as "Erdogan")."""
    letters = unicodedata.normalize("NFKD", text)
    return "".join(c for c in letters if not unicodedata.combining(c)).translate(_LETTERS)


#: Letters that do not come apart into a plain one and an accent.
_LETTERS = str.maketrans("ıłŁøØđĐ", "ilLoOdD")


def first_day(given: str | int | date) -> date:
    """Return the first day of a date given by day, month or year."""
    if isinstance(given, date):
        return given
    year, month, day = ([int(part) for part in str(given).split("-")] + [1, 1])[:3]
    return date(year, month, day)


def last_day(given: str | int | date | None) -> date | None:
    """Return the last day of a date given by day, month or year; None stays None."""
    if given is None or isinstance(given, date):
        return given
    parts = [int(part) for part in str(given).split("-")]
    month = parts[1] if len(parts) > 1 else 12
    return date(parts[0], month, parts[2] if len(parts) > 2 else monthrange(parts[0], month)[1])
