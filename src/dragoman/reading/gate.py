"""The gate: whether a document may tell of a relation between two actors, told without parsing.

In:     a `Document` with its layout.
Out:    `relevant(document)`.
Data:   the names, offices and act patterns of the ontology; ontology/gate.yaml for irregular forms and small words.
Never:  loads the parser.

An act counts for the reader only where two sides and the words of an act come together. The gate asks for the same in
a bag of words: in one sentence, or with the sentences around it where it has a word that stands for somebody named
before, two actors and all words of one pattern of acts.yaml. Where in doubt, it lets pass.

It judges whole documents: a paragraph alone is hardly ever idle, as somebody says something in most of them, which is a
statement, and pronouns reach over the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from dragoman import ontology
from dragoman.domain import Document
from dragoman.language.act_patterns import Pattern, normal, patterns
from dragoman.language.names import find_names
from dragoman.reading.offices import is_agent, is_office, is_public

#: The id that stands for an organisation which the ontology does not know.
UNKNOWN = "?"
#: How many sentences back the actors may stand for whom a pronoun or an office stands (see reading/reference.py).
REACH = 4

#: A text of so few sentences gets the benefit of the doubt where one of them names two actors, or tells of an act of
#: one: it has no second chance to tell of them in words that are known, and to read it costs little. Guess.
FEW = 3

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])|\n\s*\n")
#: What ends with a full stop though its sentence goes on: "U.S.", "Mr.", "Gen.", an initial.
_GOES_ON = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Capt|Sgt|Sen|Rep|Gov|Prof|St|No|vs|Jan|Feb|Aug|Sept|Oct|Nov|Dec))\.$"
)
_PROPER = re.compile(
    r"(?:[A-Z][\w&'’.-]*|\d+)(?:\s+(?:(?:of|for|and|the|de|du|al|&)\s+)*[A-Z][\w&'’-]*)+|\b[A-Z]{3,}\b"
)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence as a bag of words: the plain forms in it, the actors named, and what may stand for others."""

    forms: frozenset[str]
    actors: frozenset[str]
    refers: bool
    sides: bool


def relevant(document: Document) -> bool:
    """Return whether a document may tell of a relation between two actors."""
    home = _home(document)
    everyone: set[str] = set(home)
    pieces = [p for start, end in _blocks(document) for p in _pieces(document, start, end)]
    for piece in pieces:
        everyone |= piece.actors
    if len(pieces) <= FEW:
        return any(len(p.actors - {UNKNOWN}) > 1 or (p.actors | home and _acts(p.forms, weak=True)) for p in pieces)
    if len(everyone) < 2:
        return False
    return any(_tells(pieces, n, home, everyone) for n in range(len(pieces)))


def _tells(pieces: list[_Piece], n: int, home: frozenset[str], everyone: set[str]) -> bool:
    """Return whether in sentence `n` an act may be told between two actors."""
    piece = pieces[n]
    actors = set(piece.actors)
    if piece.refers:
        actors |= home
        for before in pieces[max(0, n - REACH) : n]:
            actors |= before.actors
    if piece.sides:
        actors |= everyone
    return len(actors) > 1 and _acts(piece.forms, weak=len(piece.actors) > 1 or piece.sides)


def _home(document: Document) -> frozenset[str]:
    """Return whose the offices may be that stand without a name: of dateline, publisher and title."""
    line = document.text[slice(*document.dateline)] if document.dateline else ""
    texts = (line.title() if line.split(",")[0].isupper() else line, document.publisher or "", document.title or "")
    return frozenset(name.actor for text in texts for name in find_names(text))


def _blocks(document: Document) -> list[tuple[int, int]]:
    """Return what is read: the headline and the paragraphs."""
    return [*([document.headline] if document.headline else []), *document.paragraphs]


def _pieces(document: Document, start: int, end: int) -> Iterator[_Piece]:
    """Yield the sentences of a paragraph."""
    text = document.text[start:end]
    capitals = text.isupper()
    named = [(n.start, n.end, n.actor) for n in find_names(text, all_caps=capitals)]
    named += _people(text, document.published)
    named += _unknown(text, named)
    for first, last in _sentences(text):
        actors = frozenset(actor for s, _, actor in named if first <= s < last)
        words = [w.lower() for w in _WORD.findall(text, first, last) if w not in ("March", "May")]  # no march, no may
        forms = frozenset(f for w in words for f in _forms(w))
        if not _listed("strangers").isdisjoint(words) or ("our" in words and any(is_public(w) for w in words)):
            actors |= {UNKNOWN}
        yield _Piece(
            forms,
            actors,
            any(_refers(w) for w in words),
            any(w in _listed("sides") for w in words),
        )


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a text, roughly: one too long does no harm, one too short may."""
    start = 0
    for gap in _SENTENCE.finditer(text):
        if not _GOES_ON.search(text, start, gap.start()):
            yield start, gap.end()
            start = gap.end()
    yield start, len(text)


def _people(text: str, on: date | None) -> list[tuple[int, int, str]]:
    """Return where persons are named who are known to hold an office, with the actor they serve."""
    found = []
    before: re.Match[str] | None = None
    for word in _WORD.finditer(text):
        plain = _plain(word[0])
        if word[0][0].isupper() and plain in _surnames():
            name = f"{before[0]} {word[0]}" if before and before.end() + 1 == word.start() else word[0]
            terms = _terms(name, on) or _terms(word[0], on)
            found += [(word.start(), word.end(), terms[0])] if terms else []
        before = word
    return found


def _unknown(text: str, named: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Return where organisations are named that the ontology does not know, and armed groups without a name."""
    found = []
    for match in _PROPER.finditer(text):
        inside = any(s < match.end() and match.start() < e for s, e, _ in named)
        words = [_plain(w) for w in _WORD.findall(match[0])]
        acronym = len(words) == 1 and match[0].isupper() and not text.isupper()
        if not inside and (acronym or not _organisations().isdisjoint(words)):
            found.append((match.start(), match.end(), UNKNOWN))
    for word in _WORD.finditer(text):
        if word[0].lower() in _listed("groups"):
            found.append((word.start(), word.end(), UNKNOWN))
    return found


# ------------------------------------------------------------------------------------------------------- words


def _acts(forms: frozenset[str], *, weak: bool) -> bool:
    """Return whether all words of some pattern stand in a sentence, in whatever order; with `weak`, of a weak one."""
    known = patterns()
    if not forms.isdisjoint(known.play):
        return False
    return any(
        True
        for head in (*(forms & _heads()), "*")
        for group in (known.verbs.get(head, ()), known.nouns.get(head, ()))
        for pattern in group
        if (weak or not pattern.entry.weak) and _fits(pattern, forms)
    )


def _fits(pattern: Pattern, forms: frozenset[str]) -> bool:
    return all(item.conditions or not item.ends.isdisjoint(forms) for item in pattern.items)


@cache
def _heads() -> frozenset[str]:
    known = patterns()
    return frozenset(known.verbs) | frozenset(known.nouns)


@lru_cache(maxsize=50_000)
def _forms(word: str) -> frozenset[str]:
    """Return what a word of a text may be a form of."""
    found = {word, *_irregular().get(word, ())}
    for part in re.split(r"[-'’]", word):
        found.add(part)
        for ending, instead in _ENDINGS:
            if part.endswith(ending) and len(part) > len(ending) + 1:
                stem = part[: -len(ending)]
                found.update(stem + letters for letters in instead)
                if ending in ("ed", "ing", "ers", "er") and stem[-1] == stem[-2:-1]:
                    found.add(stem[:-1])
    return frozenset(normal(form) for form in found)


_ENDINGS = (
    ("s", ("",)), ("es", ("",)), ("ies", ("y",)), ("ed", ("", "e")), ("ied", ("y",)), ("ing", ("", "e")),
    ("'s", ("",)), ("’s", ("",)), ("ying", ("ie",)),
)  # fmt: skip


@cache
def _irregular() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for lemma, forms in ontology.load("gate")["irregular"].items():
        for form in forms:
            found.setdefault(form, []).append(lemma)
    return found


@cache
def _organisations() -> frozenset[str]:
    """Return the words that make a name that of an organisation, a framework or an agreement."""
    return _listed("organisations") | frozenset(ontology.load("initiatives")["lower"])


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(ontology.load("gate")[name])


@lru_cache(maxsize=20_000)
def _refers(word: str) -> bool:
    """Return whether a word may stand for an actor named before: a pronoun, an office, somebody's servant."""
    return word in _listed("pronouns") or _serves(word) or any(is_agent(f) for f in _forms(word))


@lru_cache(maxsize=20_000)
def _serves(word: str) -> bool:
    """Return whether a word is an office or a body that every state has."""
    return is_office(word) or is_public(word)


@lru_cache(maxsize=20_000)
def _terms(name: str, on: date | None) -> tuple[str, ...]:
    return tuple(term.actor for term in ontology.officeholder(name, on))


@lru_cache(maxsize=20_000)
def _plain(word: str) -> str:
    return ontology.without_accents(word).casefold()


@cache
def _surnames() -> frozenset[str]:
    """Return the last words of all names of those who held an office."""
    people = [entry for entries in ontology.load("officeholders").values() for entry in entries]
    names = (n for e in people for key in ("also", "short", "common") for n in (e["name"], *e.get(key, ())))
    return frozenset(_plain(name.split()[-1]) for name in names)
