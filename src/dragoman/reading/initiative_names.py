"""Names of initiatives: where a text names a framework, agreement, grouping or programme.

In:     a `Parsed` document and its `Cast` (whose actors and persons are no initiatives).
Out:    `Mention` records in order; those with the same `key` mean the same initiative.
Data:   ontology/initiatives.yaml.

A known name is found wherever it stands, other names by their shape (`initiative_shapes.py`). A short form ("the
Accord", "the pact") follows the full name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from dragoman import ontology
from dragoman.language.parse import Parsed
from dragoman.reading.cast import Cast
from dragoman.reading.initiative_shapes import Mention, fold, introduced, is_title, nouns, shaped, singular, words

if TYPE_CHECKING:
    from spacy.tokens import Doc


def find_mentions(parsed: Parsed, cast: Cast) -> list[Mention]:
    """Return every naming of an initiative, in order and without overlaps, short forms included."""
    found = list(_known(parsed))
    for sentence in parsed.sentences:
        if sentence.is_headline or is_title(sentence):
            continue
        for mention in [*introduced(sentence, cast), *shaped(sentence, cast)]:
            if not any(m.first <= mention.last and mention.first <= m.last for m in found):
                found.append(mention)
    found = _named_alike(sorted(found, key=lambda m: m.first))
    return sorted([*found, *_short_forms(parsed, found)], key=lambda m: m.first)


# ------------------------------------------------------------------------------------------------- known names


@cache
def _known_names() -> tuple[re.Pattern[str], dict[str, dict[str, Any]]]:
    """Return one pattern for all known names, and each name's entry by its folded form."""
    entries: dict[str, dict[str, Any]] = {}
    patterns: list[str] = []
    for entry in ontology.load("initiatives")["known"]:
        for name in (entry["name"], *entry.get("also", ())):
            entries[fold(name)] = entry
            patterns.append(_pattern(name))
    patterns.sort(key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(patterns)})(?!\w)"), entries


def _pattern(name: str) -> str:
    *front, last = re.split(r"\s+", name)
    plain = [re.escape(w).replace(r"\-", "[-–]") for w in front]
    end = re.escape(last).replace(r"\-", "[-–]")
    if front and last.isalpha() and not last.isupper():
        end = f"[{last[0].upper()}{last[0].lower()}]{re.escape(last[1:])}"
    return r"\s+".join([*plain, end])


def _known(parsed: Parsed) -> Iterator[Mention]:
    pattern, entries = _known_names()
    text, doc = parsed.document.text, parsed.doc
    ranges = list(parsed.document.paragraphs) + ([parsed.document.headline] if parsed.document.headline else [])
    for start, end in ranges:
        for match in pattern.finditer(text, start, end):
            tokens = doc.char_span(*match.span(), alignment_mode="expand")
            if tokens is None or _is_ornament(doc, tokens.start, tokens.end - 1):
                continue
            entry = entries[fold(match.group())]
            name = " ".join(match.group().split())
            noun = singular(name.split()[-1])
            yield Mention(
                tokens.start, tokens.end - 1, name, fold(entry["name"]), "known", noun, tuple(entry.get("lead", ()))
            )


def _is_ornament(doc: Doc, first: int, last: int) -> bool:
    """Return whether the words beside a known name make it a comparison or another thing's name."""
    before = doc[first - 1].lower_ if first else ""
    after = doc[last + 1] if last + 1 < len(doc) else None
    if after is not None and after.text in words("not_before"):
        return True
    if (
        after is not None
        and after.text == "-"
        and last + 2 < len(doc)
        and doc[last + 2].lower_ in ("style", "like", "type", "era")
    ):
        return True
    if before in words("ornament"):
        part_of_phrase = doc[last].dep_ == "compound" and doc[last].head.i > last
        return not (part_of_phrase and before in ("a", "an"))
    if doc[first].text == "Quad" and first == last:
        return before != "the"
    return False


# ---------------------------------------------------------------------------------------------- several mentions


def _named_alike(found: list[Mention]) -> list[Mention]:
    """Give names of which one is a part of the other, or is its acronym in parentheses, one key."""
    out: list[Mention] = []
    for mention in found:
        same = next((m for m in out if m.key == mention.key or _contains(m.key, mention.key)), None)
        out.append(replace(mention, key=same.key, lead=same.lead) if same else mention)
    return out


def _contains(a: str, b: str) -> bool:
    """Return whether one name's words begin or end the other's, more than the noun alone."""
    long, short = sorted((a.split(), b.split()), key=len, reverse=True)
    return len(short) > 1 and (long[: len(short)] == short or long[-len(short) :] == short)


def _short_forms(parsed: Parsed, found: list[Mention]) -> Iterator[Mention]:
    """Yield "the Compact", "the pact" and acronyms given in parentheses, after the full name."""
    doc = parsed.doc
    taken = {k for m in found for k in range(m.first, m.last + 1)}
    acronyms = {
        doc[m.last + 2].text: m
        for m in found
        if m.last + 3 < len(doc) and doc[m.last + 1].text == "(" and doc[m.last + 2].text.isupper()
    }
    place = {t.i: s.paragraph for s in parsed.sentences for t in s.tokens if not s.is_headline}
    for i in sorted(place):
        if i in taken:
            continue
        word, full = doc[i].text, None
        if word in acronyms and len(word) > 1:
            full = acronyms[word]
        elif i and doc[i - 1].lower_ in ("the", "this", "that") and singular(word) in nouns():
            follows = doc[i + 1] if i + 1 < len(doc) else None
            if follows is None or follows.pos_ not in ("NOUN", "PROPN"):
                full = _antecedent(found, place, i, singular(word))
        if full is not None and full.first < i:
            yield replace(full, first=i, last=i, how="short", kind_at=None)


def _antecedent(found: list[Mention], place: dict[int, int], i: int, noun: str) -> Mention | None:
    """Return the last initiative named before with the same noun, or close before with a noun like it."""
    for mention in reversed([m for m in found if m.last < i]):
        if mention.noun == noun:
            return mention
        near = place.get(mention.first, -9) >= place[i] - 1
        if near and mention.how != "known" and noun in words("synonyms"):
            return mention
    return None
