"""Names of actors in a text: states, organisations, their organs, capitals and seats.

In:     plain text of any length; `all_caps=True` for a headline set in capitals.
Out:    `Name` records with character offsets into the text, sorted, without overlaps, the longest match first.
Data:   forms from ontology (states, organisations, institutions, offices); ontology/not_actors.yaml says which
        words only look like an actor, and which neighbours turn a name into a person, a paper or a place.

A possessive ending is no part of a name. Words that stand in no list are never guessed, and persons are not looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from dragoman import ontology
from dragoman.ontology import Form, FormKind

_TOKEN = re.compile(r"\w+|[^\w\s]")

#: In running text, a word in capitals of at least this length may be a name in capitals ("CHINA"): guess.
CAPITALS_FROM = 4


@dataclass(frozen=True, slots=True)
class Name:
    """An actor named in the text: `text[start:end]`, the actor's id, the kind of form, and its rank.

    Rank 1 names the actor itself, 2 its people, organs or seat, 3 may as well be only a place or a quality.
    """

    start: int
    end: int
    actor: str
    form: FormKind
    rank: int


class _Token(NamedTuple):
    start: int
    end: int
    text: str


class _Node(dict[str, "_Node"]):
    """A step in the walk over words: the next words, and the form that ends here (None inside, "" for no actor)."""

    __slots__ = ("form",)

    def __init__(self) -> None:
        super().__init__()
        self.form: Form | str | None = None


def find_names(text: str, *, all_caps: bool = False) -> list[Name]:
    """Return the actors named in a text, in order, without overlaps.

    With `all_caps` the text is taken to be set in capitals, and forms that are common words there are not looked for.
    """
    tokens = [_Token(m.start(), m.end(), m.group()) for m in _TOKEN.finditer(text.translate(ontology.SAME))]
    openers = _openers(all_caps)
    found: list[Name] = []
    i = 0
    while i < len(tokens):
        match = _match(tokens, i, text, all_caps) if tokens[i].text in openers else None
        if match is None:
            i += 1
            continue
        form, end = match
        if isinstance(form, Form) and not _cancelled(tokens, i, end, form, text, all_caps):
            found.append(Name(tokens[i].start, tokens[end - 1].end, form.actor, form.form, form.rank))
        i = end
    return found


def _match(tokens: list[_Token], i: int, text: str, all_caps: bool) -> tuple[Form | str, int] | None:
    """Return the longest form that starts at token i, and the token after it."""
    word = tokens[i].text
    node = _forms(all_caps).get(word)
    if node is None and not all_caps and len(word) >= CAPITALS_FROM and word.isupper():
        node = _forms(True).get(word)
    best: tuple[Form | str, int] | None = None
    j = i + 1
    while node is not None:
        if node.form is not None:
            best = (node.form, j)
        if not node or j >= len(tokens) or _apart(tokens[j - 1], tokens[j], text):
            break
        node = node.get(tokens[j].text)
        j += 1
    return best or _prefix(tokens, i, text)


def _prefix(tokens: list[_Token], i: int, text: str) -> tuple[Form, int] | None:
    """Return a combining form such as "Sino" when a hyphen and a capital follow it."""
    state = _prefixes().get(tokens[i].text)
    if state is None or i + 2 >= len(tokens) or tokens[i + 1].text != "-":
        return None
    joined = tokens[i].end == tokens[i + 1].start and tokens[i + 1].end == tokens[i + 2].start
    return (Form(tokens[i].text, state, "adjective", 3), i + 1) if joined and tokens[i + 2].text[0].isupper() else None


def _apart(left: _Token, right: _Token, text: str) -> bool:
    """Return whether a blank line lies between two tokens, over which no name runs."""
    return right.start - left.end > 1 and text.count("\n", left.end, right.start) > 1


# ----------------------------------------------------------------------------------------------------- context


def _cancelled(tokens: list[_Token], i: int, end: int, form: Form, text: str, all_caps: bool) -> bool:
    """Return whether the words around tokens[i:end] say that no actor is meant."""
    cues = _cues()
    before = [t.text for t in tokens[max(0, i - 3) : i]]
    after = [t.text for t in tokens[end : end + 2]]
    follows, then = (*after, "", "")[:2]
    if text[tokens[end - 1].end : tokens[end - 1].end + 1] == "$" or text[tokens[i].start - 1 : tokens[i].start] == "@":
        return True
    if follows in cues.before or follows in cues.before_form.get(form.form, ()):
        return True
    if follows == "-" and then.lower() in cues.hyphen and tokens[end].start == tokens[end - 1].end:
        return True
    if _ends_with(before, cues.after) or (follows == "," and then in cues.us_states):
        return True
    if form.text in cues.needs_cue and not ((before and before[-1] in cues.cue_before) or follows in cues.cue_after):
        return True
    if all_caps and form.text == "US" and tokens[i].end - tokens[i].start == 2 and _ends_with(before, cues.us_after):
        return True
    return _is_person(before, follows, form) or _is_verb(before, follows, form)


def _is_person(before: list[str], follows: str, form: Form) -> bool:
    """Return whether a form that is also a person's name is one here ("Michael Jordan", "Mr. Israel")."""
    cues = _cues()
    if form.text not in cues.people:
        return False
    before = before[:-1] if before[-1:] == ["."] and before[-2:-1] and before[-2] in cues.titles else before
    return follows in cues.surnames or (bool(before) and (before[-1] in cues.titles or before[-1] in cues.given))


def _is_verb(before: list[str], follows: str, form: Form) -> bool:
    """Return whether "Polish" opens a sentence as a verb ("Polish the silver")."""
    opens = not before or before[-1] in {".", "!", "?", ":", '"', "“"}
    return form.text == "Polish" and opens and follows in {"the", "your", "up", "it", "off", "a", "them", "these"}


def _ends_with(before: list[str], phrases: frozenset[tuple[str, ...]]) -> bool:
    return any(tuple(before[-size:]) in phrases for size in (1, 2) if len(before) >= size)


@dataclass(frozen=True, slots=True)
class _Cues:
    before: frozenset[str]
    before_form: dict[FormKind, frozenset[str]]
    hyphen: frozenset[str]
    after: frozenset[tuple[str, ...]]
    us_states: frozenset[str]
    us_after: frozenset[tuple[str, ...]]
    needs_cue: frozenset[str]
    cue_before: frozenset[str]
    cue_after: frozenset[str]
    people: frozenset[str]
    given: frozenset[str]
    titles: frozenset[str]
    surnames: frozenset[str]


@cache
def _cues() -> _Cues:
    """Return the neighbours that decide, each as written and in capitals."""
    data = ontology.load("not_actors")
    people, cue, capitals = data["people"], data["needs_cue"], data["not_in_capitals"]
    return _Cues(
        before=_both(data["before"]), hyphen=frozenset(data["hyphen"]),
        before_form={"capital": _both(data["before_capital"]), "adjective": _both(data["before_adjective"])},
        after=_phrases(data["after"]), us_states=_both(data["us_states"]), us_after=_phrases(capitals["us_after"]),
        needs_cue=frozenset(cue["forms"]), cue_before=_both(cue["previous"]), cue_after=_both(cue["next"]),
        people=frozenset(people["forms"]), given=_both(people["given"]), titles=_both(people["titles"]),
        surnames=_both(people["surnames"]),
    )  # fmt: skip


def _both(words: Iterable[str]) -> frozenset[str]:
    listed = list(words)
    return frozenset(listed) | frozenset(word.upper() for word in listed)


def _phrases(phrases: Iterable[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(phrase.split()) for phrase in _both(phrases))


# ------------------------------------------------------------------------------------------------------- forms


@cache
def _prefixes() -> dict[str, str]:
    return ontology.prefixes()


@cache
def _forms(all_caps: bool) -> _Node:
    """Return the walk over all forms, in capitals if asked; phrases that are no actors end in ""."""
    data: dict[str, Any] = ontology.load("not_actors")
    root = _Node()
    hidden = frozenset(data["not_in_capitals"]["forms"]) if all_caps else frozenset()
    for form in ontology.forms():
        if form.text not in hidden:
            _add(root, form.text, form, all_caps)
    for phrase in data["phrases"]:
        _add(root, phrase, "", all_caps)
    return root


@cache
def _openers(all_caps: bool) -> frozenset[str]:
    """Return the words with which a form may open."""
    capitals = (word for word in _forms(True) if len(word) >= CAPITALS_FROM)
    return frozenset(_forms(all_caps)) | frozenset(_prefixes()) | frozenset(capitals)


def _add(root: _Node, text: str, form: Form | str, all_caps: bool) -> None:
    """Add a form, and the same without accents unless that would be another word."""
    spellings = {text} if text.isascii() or text in _ACCENTS_KEPT else {text, ontology.without_accents(text)}
    for spelling in spellings:
        node = root
        for token in _TOKEN.findall((spelling.upper() if all_caps else spelling).translate(ontology.SAME)):
            node = node.setdefault(token, _Node())
        if node.form is None or form == "":
            node.form = form


#: Without its accent the first is "male", the second a town in California.
_ACCENTS_KEPT = frozenset({"Malé", "San José"})
