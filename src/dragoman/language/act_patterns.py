"""Act patterns: the entries of ontology/acts.yaml, checked and indexed by the lemma of their head word.

In:     ontology/acts.yaml (types, modes, word classes, patterns, hints, an example each).
Out:    `patterns()`: what `find_acts` looks words up in. `Entry` is one line of the data, `Pattern` its compiled form.
Never:  a wrong line is never skipped. An unknown type, mode or key, a class that is not defined and a pattern given
        to two types each raise `ValueError` with the line's own words (within a type the earlier line wins).

A pattern is a few words: `impose $sanction`, `pull out of`, `imposition of $sanction`. `a|b` gives alternatives,
`$name` a word class, `a_b` words that stand side by side, `@name` a condition (see `CONDITIONS`), `^word` the subject.
The first word of a verb pattern is its head; the head of a noun pattern is the last word before its first preposition.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from itertools import product
from typing import Any

import yaml

from dragoman.domain import EVENT_TYPES, EventType

#: Conditions that a pattern may name: `@obj` a direct object (or the subject of a passive), `@alone` no such object,
#: `@to` an infinitive, `@that` a clause, `@name` a proper name among the complements, `@person` a person's name,
#: `@passive` a passive verb, `@subj` a subject of its own.
CONDITIONS = frozenset({"@obj", "@alone", "@to", "@that", "@name", "@person", "@passive", "@subj"})
#: Where roles may be looked for: the subject, the object, the owner ("its"), an adjective ("Danish"), a preposition.
SMALL_WORDS = frozenset({
    "about", "above", "across", "after", "against", "ahead", "along", "alongside", "among", "apart", "around", "as",
    "aside", "at", "away", "back", "before", "behind", "beside", "between", "beyond", "by", "down", "for", "forth",
    "forward", "from", "home", "in", "into", "near", "of", "off", "on", "onto", "opposite", "out", "outside",
    "over", "round", "through", "to", "together", "toward", "towards", "under", "up", "upon", "via", "with",
    "within", "without",
})  # fmt: skip
#: Small words that with a verb make another verb ("take in"); as a preposition they must stand right behind it.
PARTICLES = frozenset({"in", "up", "out", "down", "off", "over", "away", "back", "aside"})
ROLES = SMALL_WORDS | {"subj", "obj", "iobj", "poss", "adj"}
_KEYS = {"pattern", "mode", "recipient", "actor", "mutual", "weak", "speech", "status", "example"}
#: A noun or class weighs more than a particle, a particle more than a condition, when patterns compete (guess).
_WEIGHT_WORD, _WEIGHT_SMALL, _WEIGHT_CONDITION = 4, 3, 2


#: What stands in place of a pattern where the encoder found the act.
ENCODER = "encoder"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the data: a pattern, the type and mode it names, and hints on who does it to whom.

    `recipient` and `actor` say where to look first: `subj`, `obj`, `iobj`, `poss`, `adj` or a preposition. `mutual`
    acts are done together; `weak` ones count only between two named actors in tight syntax; `speech` acts are done
    in words; `status` is the record's status where the words themselves settle it.
    """

    pattern: str
    type: EventType
    example: str
    mode: str | None = None
    recipient: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    mutual: bool = False
    weak: bool = False
    speech: bool = False
    status: str | None = None
    noun: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One word of a pattern: what it may be; `sequences` are runs of words side by side, keyed by their last word."""

    words: frozenset[str]
    sequences: tuple[tuple[str, ...], ...] = ()
    conditions: frozenset[str] = frozenset()
    subject: bool = False
    weight: int = _WEIGHT_WORD
    split: bool = False  # written as one with the head: "call_off"
    ends: frozenset[str] = frozenset()  # its words and the last words of its sequences: one of them must be there

    @property
    def is_particle(self) -> bool:
        """Whether only a particle will do."""
        return bool(self.words) and self.words <= PARTICLES and not self.sequences and not self.conditions


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern under one head word."""

    entry: Entry
    items: tuple[Item, ...]
    rank: int = field(default=0)

    @property
    def size(self) -> int:
        """How many words the pattern has, its head included."""
        return 1 + len(self.items)

    @property
    def is_bare(self) -> bool:
        """Whether the pattern is a verb with small words only and names no object: "take in", "complain to"."""
        return not self.entry.noun and all(
            item.words <= SMALL_WORDS
            and not item.sequences
            and not item.subject
            and not item.conditions & {"@obj", "@name", "@person"}
            for item in self.items
        )


@dataclass(frozen=True, slots=True)
class Patterns:
    """Everything the matcher needs.

    Patterns by head, best first; words that only measure ("a series of"); subjects that cannot act (`nature`); words
    of sport and stage, in whose sentences nothing is read (`play`).
    """

    verbs: dict[str, tuple[Pattern, ...]]
    nouns: dict[str, tuple[Pattern, ...]]
    measures: frozenset[str]
    nature: frozenset[str]
    play: frozenset[str]
    entries: tuple[Entry, ...]


@cache
def normal(word: str) -> str:
    """Return a lemma in one spelling for British and American: "re-organise" and "reorganize" are the same."""
    word = word.lower().replace("-", "")
    word = re.sub(r"is(e|ation|ing|er)$", r"iz\1", word)
    word = re.sub(r"yse$", "yze", word)
    word = re.sub(r"(?<=[^aeou])our$", "or", word) if len(word) > 5 else word
    word = re.sub(r"([a-z])ence$", r"\1ense", word)
    return {"programme": "program", "centre": "center", "manoeuvre": "maneuver", "cheque": "check",
            "defenses": "defense", "licence": "license", "armour": "armor"}.get(word, word)  # fmt: skip


@cache
def patterns() -> Patterns:
    """Return the patterns that the package ships."""
    text = resources.files("dragoman.ontology").joinpath("acts.yaml").read_text("utf-8")
    return compile_patterns(yaml.load(text, Loader=yaml.CSafeLoader))


def compile_patterns(data: dict[str, Any]) -> Patterns:
    """Check the data and return it compiled; raise `ValueError` at the first wrong line."""
    classes = _classes(data["classes"])
    modes = {kind: set(names) for kind, names in data["modes"].items()}
    entries: list[Entry] = []
    found: dict[bool, dict[str, list[Pattern]]] = {False: {}, True: {}}
    seen: dict[tuple[bool, str, tuple[str, ...]], Entry] = {}
    for noun, part in ((False, "verbs"), (True, "nouns")):
        for kind, lines in data[part].items():
            if kind not in EVENT_TYPES:
                raise ValueError(f"{part}: unknown type {kind!r}")
            for line in lines:
                entry = _entry(kind, line, data["defaults"].get(kind, {}), modes.get(kind, set()), noun)
                entries.append(entry)
                for head, raw, split in _heads(entry):
                    for key in _expanded(noun, head, raw):
                        first = seen.setdefault(key, entry)
                        if first.type != kind:
                            raise ValueError(
                                f"given as {first.type} {first.pattern!r} and {kind} {entry.pattern!r}: {key}"
                            )
                    items = tuple(_item(word, classes, split=n < split) for n, word in enumerate(raw))
                    rank = sum(item.weight for item in items)
                    found[noun].setdefault(head, []).append(Pattern(entry, items, rank))
    ordered = {
        noun: {head: tuple(sorted(group, key=lambda p: -p.rank)) for head, group in index.items()}
        for noun, index in found.items()
    }
    measures, nature, play = (frozenset(map(normal, data[name])) for name in ("measures", "nature", "play"))
    return Patterns(ordered[False], ordered[True], measures, nature, play, tuple(entries))


def _classes(raw: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return the word classes with the classes they name written out."""

    def members(name: str, above: tuple[str, ...]) -> list[str]:
        if name not in raw or name in above:
            raise ValueError(f"word class ${name} is {'circular' if name in above else 'not defined'}")
        out: list[str] = []
        for word in raw[name]:
            out += members(word[1:], (*above, name)) if word.startswith("$") else [word]
        return out

    return {name: members(name, ()) for name in raw}


def _entry(kind: EventType, line: dict[str, Any], defaults: dict[str, Any], modes: set[str], noun: bool) -> Entry:
    """Check one line and return it with its type's defaults."""
    where = f"{kind} {line.get('pattern')!r}"
    if unknown := set(line) - _KEYS:
        raise ValueError(f"{where}: unknown keys {sorted(unknown)}")
    if not line.get("pattern") or not line.get("example"):
        raise ValueError(f"{where}: needs a pattern and an example")
    both = {**defaults, **line}
    if both.get("mode") is not None and both["mode"] not in modes:
        raise ValueError(f"{where}: unknown mode {both['mode']!r}")
    recipient, actor = _roles(both, "recipient"), _roles(both, "actor")
    if wrong := (set(recipient) | set(actor)) - ROLES:
        raise ValueError(f"{where}: unknown roles {sorted(wrong)}")
    return Entry(
        pattern=line["pattern"], type=kind, example=line["example"], mode=both.get("mode"), recipient=recipient,
        actor=actor, mutual=bool(both.get("mutual")), weak=bool(both.get("weak")), speech=bool(both.get("speech")),
        status=both.get("status"), noun=noun,
    )  # fmt: skip


def _roles(line: dict[str, Any], name: str) -> tuple[str, ...]:
    """Return where a role is to be looked for, written as one word or a list."""
    value = line.get(name, ())
    return (value,) if isinstance(value, str) else tuple(value)


def _heads(entry: Entry) -> list[tuple[str, list[str], int]]:
    """Return the pattern's head words, each with the pattern's other words and how many of these the head brings."""
    words = entry.pattern.split()
    at = 0
    if entry.noun:
        small = [i for i, w in enumerate(words) if i and all(c in SMALL_WORDS or c[0] == "@" for c in w.split("|"))]
        at = (small[0] if small else len(words)) - 1
    rest = words[:at] + words[at + 1 :]
    out = []
    for head in words[at].split("|"):
        first, *more = head.split("_")
        out.append((normal(first), [*more, *rest], len(more)))
    return out


def _expanded(noun: bool, head: str, raw: list[str]) -> list[tuple[bool, str, tuple[str, ...]]]:
    """Return one key for every reading of a pattern's alternatives, to find duplicates."""
    return [(noun, head, tuple(sorted(choice))) for choice in product(*(word.split("|") for word in raw))]


def _item(word: str, classes: dict[str, list[str]], *, split: bool = False) -> Item:
    """Compile one word of a pattern."""
    words: set[str] = set()
    sequences: list[tuple[str, ...]] = []
    conditions: set[str] = set()
    subject = word.startswith("^")
    for choice in word.lstrip("^").split("|"):
        if choice.startswith("@"):
            if choice not in CONDITIONS:
                raise ValueError(f"unknown condition {choice!r}")
            conditions.add(choice)
            continue
        if choice.startswith("$") and choice[1:] not in classes:
            raise ValueError(f"word class {choice} is not defined")
        for member in classes[choice[1:]] if choice.startswith("$") else [choice]:
            parts = tuple(normal(part) for part in member.split("_"))
            words.add(parts[0]) if len(parts) == 1 else sequences.append(parts)
    weight = _WEIGHT_CONDITION if conditions else _WEIGHT_SMALL if words <= SMALL_WORDS and words else _WEIGHT_WORD
    split = split and words <= PARTICLES
    ends = frozenset(words.union(sequence[-1] for sequence in sequences))
    return Item(frozenset(words), tuple(sequences), frozenset(conditions), subject, weight, split, ends)
