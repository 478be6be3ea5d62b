"""Words of saying: the lexicon of cues.

In:     ontology/speech.yaml.
Out:    `Entry` records by lemma, and the word lists beside them; each entry has an example that a test reads.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Entry:
    """A cue word of the lexicon: its class, the frames it takes, and what it says about stance and channel."""

    lemma: str
    cls: str
    frames: frozenset[str]
    aside: bool = False
    stance: str = "assert"
    channel: str | None = None
    example: str = ""


@cache
def speech() -> dict[str, Any]:
    """Return the whole of ontology/speech.yaml."""
    text = (files("dragoman.ontology") / "speech.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return data


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return the regular expressions of a list as one that matches any of them as whole words."""
    return re.compile(r"\b(?:" + "|".join(speech()[name]) + r")\b", re.IGNORECASE)


def _entry(lemma: str, row: dict[str, Any], frames: tuple[str, ...] = ()) -> Entry:
    return Entry(
        lemma,
        row["class"],
        frozenset(row.get("frames", frames)),
        bool(row.get("aside", False)),
        row.get("stance", "assert"),
        row.get("channel"),
        row.get("example", ""),
    )


@cache
def verbs() -> dict[str, Entry]:
    """Return the cue verbs by lemma, or by lemma and particle ("point out")."""
    return {lemma: _entry(lemma, row) for lemma, row in speech()["verbs"].items()}


@cache
def _forms() -> dict[str, str]:
    """Return the regular inflected forms of the cue verbs, for those whose lemma the parser gets wrong."""
    out: dict[str, str] = {}
    for lemma in verbs():
        stem = lemma[:-1] if lemma.endswith(("e", "y")) else lemma
        middle = "i" if lemma.endswith("y") else ""
        doubled = lemma + lemma[-1]
        forms = [lemma + "s", lemma + "ing", stem + "ing", stem + middle + "ed", stem + middle + "es", doubled + "ed"]
        for form in (lemma, *forms, doubled + "ing"):
            out.setdefault(form, lemma)
    return out


def lemma_of(token: Token) -> str:
    """Return the lemma of a verb, as the lexicon has it."""
    lemma = token.lemma_.lower()
    return lemma if lemma in verbs() else _forms().get(token.lower_, lemma)


@cache
def idioms() -> dict[str, list[tuple[frozenset[str], Entry]]]:
    """Return the fixed phrases by their verb."""
    out: dict[str, list[tuple[frozenset[str], Entry]]] = {}
    for row in speech()["idioms"]:
        entry = Entry(f"{row['verb']} {row['with'][0]}", row["class"], frozenset({"clause", "quote"}), True)
        out.setdefault(row["verb"], []).append((frozenset(row["with"]), entry))
    return out


@cache
def adjectives() -> dict[str, Entry]:
    """Return the adjectives that open a belief."""
    return {lemma: _entry(lemma, row, ("clause",)) for lemma, row in speech()["adjectives"].items()}


@cache
def nouns() -> dict[str, Entry]:
    """Return the nouns whose clause is somebody's word."""
    return {lemma: _entry(lemma, row, ("clause",)) for lemma, row in speech()["nouns"].items()}
