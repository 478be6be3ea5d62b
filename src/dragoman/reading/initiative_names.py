"""Names of initiatives: where a text names a framework, agreement, grouping or programme.

In:     a `Parsed` document and its `Cast` (whose actors and persons are no initiatives).
Out:    `Mention` records in order; those with the same `key` mean the same initiative.
Data:   ontology/initiatives.yaml.

Three ways to be found: a known name; a capitalised name with a framework noun ("the Penang Rubber Accord"); a capitalised
name introduced as one ("Lagoon Watch, a programme ..."). A short form ("the Accord", "the pact") follows the full name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from dragoman import ontology
from dragoman.language.parse import Parsed, Sentence
from dragoman.reading.cast import Cast

if TYPE_CHECKING:
    from spacy.tokens import Doc

How = Literal["known", "introduced", "strong", "weak", "short"]

#: Words that join the parts of a name on the way back from its noun, and on the way on from it.
_BACK = frozenset({"and", "&", "of", "-", "–", "/"})
_ON = frozenset({"of", "on", "for", "against", "concerning"})
_INSIDE = frozenset({"and", "&", "of", "the", "on", "in", "for", "-", "–"})
#: A line in which more than this share of the longer words is capitalised is a title, where capitals tell nothing (guess).
TITLE_CASE = 0.7
#: How far apart a name and the kind it is introduced as may stand, in tokens (guess).
APART = 7


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens `first..last` name an initiative; `key` is the same for all names of it, `noun` its framework noun."""

    first: int
    last: int
    name: str
    key: str
    how: How
    noun: str = ""
    lead: tuple[str, ...] = ()
    kind_at: int | None = None  # the token that says what it is: "programme" in "a programme called Amber Shield"


@cache
def words(group: str, name: str = "") -> frozenset[str]:
    """Return a word list of ontology/initiatives.yaml, for example `words("nouns", "strong")`."""
    data: Any = ontology.load("initiatives")[group]
    return frozenset(data[name] if name else data)


def find_mentions(parsed: Parsed, cast: Cast) -> list[Mention]:
    """Return every naming of an initiative, in order and without overlaps, short forms included."""
    found = list(_known(parsed))
    for sentence in parsed.sentences:
        if sentence.is_headline or _is_title(sentence):
            continue
        for mention in [*_introduced(sentence, cast), *_shaped(sentence, cast)]:
            if not any(m.first <= mention.last and mention.first <= m.last for m in found):
                found.append(mention)
    found = _named_alike(sorted(found, key=lambda m: m.first))
    return sorted([*found, *_short_forms(parsed, found)], key=lambda m: m.first)


def singular(word: str) -> str:
    """Return a framework noun in lower case and in the singular."""
    word = word.lower()
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and word[:-1] in _nouns() else word


@cache
def _nouns() -> frozenset[str]:
    return words("nouns", "strong") | words("nouns", "weak") | words("lower") | words("kinds")


# ------------------------------------------------------------------------------------------------- known names


@cache
def _known_names() -> tuple[re.Pattern[str], dict[str, dict[str, Any]]]:
    """Return one pattern for all known names, and each name's entry by its folded form."""
    entries: dict[str, dict[str, Any]] = {}
    patterns: list[str] = []
    for entry in ontology.load("initiatives")["known"]:
        for name in (entry["name"], *entry.get("also", ())):
            entries[_fold(name)] = entry
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


def _fold(name: str) -> str:
    return " ".join(name.replace("–", "-").casefold().split())


def _known(parsed: Parsed) -> Iterator[Mention]:
    pattern, entries = _known_names()
    text, doc = parsed.document.text, parsed.doc
    ranges = list(parsed.document.paragraphs) + ([parsed.document.headline] if parsed.document.headline else [])
    for start, end in ranges:
        for match in pattern.finditer(text, start, end):
            tokens = doc.char_span(*match.span(), alignment_mode="expand")
            if tokens is None or _is_ornament(doc, tokens.start, tokens.end - 1):
                continue
            entry = entries[_fold(match.group())]
            name = " ".join(match.group().split())
            noun = singular(name.split()[-1])
            yield Mention(tokens.start, tokens.end - 1, name, _fold(entry["name"]), "known", noun, tuple(entry.get("lead", ())))


def _is_ornament(doc: Doc, first: int, last: int) -> bool:
    """Return whether the words beside a known name make it a comparison or another thing's name."""
    before = doc[first - 1].lower_ if first else ""
    after = doc[last + 1] if last + 1 < len(doc) else None
    if after is not None and after.text in words("not_before"):
        return True
    if after is not None and after.text == "-" and last + 2 < len(doc) and doc[last + 2].lower_ in ("style", "like", "type", "era"):
        return True
    if before in words("ornament"):
        part_of_phrase = doc[last].dep_ == "compound" and doc[last].head.i > last
        return not (part_of_phrase and before in ("a", "an"))
    if doc[first].text == "Quad" and first == last:
        return before != "the"
    return False


# ------------------------------------------------------------------------------------------------ names by shape


def _shaped(sentence: Sentence, cast: Cast) -> Iterator[Mention]:
    """Yield capitalised names that end in, or begin with, a framework noun."""
    tokens = sentence.tokens
    doc = tokens.doc
    for i in range(tokens.start, tokens.end):
        noun = singular(doc[i].text)
        strong, weak = noun in words("nouns", "strong"), noun in words("nouns", "weak")
        lower = doc[i].text in words("lower")
        if not (_is_capital(doc, i) and (strong or weak)) and not lower:
            continue
        if i + 1 < tokens.end and _is_capital(doc, i + 1) and not lower:
            continue  # the name goes on: "Partnership Protocol"
        if lower and i + 1 < tokens.end and doc[i + 1].tag_ in ("NN", "NNS") and doc[i + 1].dep_ != "dobj":
            continue  # "the Galle treaty text" names no more than its last noun does
        first = _back(doc, i, tokens.start, cast)
        last = i if lower else _on(doc, i, tokens.end, first < i, cast)
        if (last > i or first < i) and _is_name(doc, first, last, i, cast, lower):
            yield _mention(doc, first, last, "strong" if strong else "weak", noun)


def _back(doc: Doc, noun: int, start: int, cast: Cast) -> int:
    """Return where the name that ends in the token `noun` begins."""
    i = noun
    while i > start:
        previous = i - 1
        if _is_capital(doc, previous) and not (doc[previous].lower_ in words("before") and _stops(doc, previous, start, cast)):
            i = previous
        elif doc[previous].text in _BACK and previous > start and _may_join(doc, previous, cast):
            i = previous - 1
        else:
            break
    while i < noun and doc[i].lower_ in words("before") and i not in cast.names:
        i += 1
    return i


def _stops(doc: Doc, i: int, start: int, cast: Cast) -> bool:
    """Return whether a word that usually stands before names does so here: "New" inside "New Delhi" does not."""
    return i not in cast.names and not (doc[i].lower_ == "new" and i > start and doc[i + 1].text.isupper())


def _may_join(doc: Doc, i: int, cast: Cast) -> bool:
    """Return whether the joining word at `i` lies inside a name: between capitals, and not after an actor or person."""
    left, right = doc[i - 1], doc[i + 1]
    if not (_is_capital(doc, i - 1) and right.text[:1].isupper()) or left.lower_ in words("before") and left.i not in cast.names:
        return False
    if doc[i].text in ("-", "–", "/"):
        return left.idx + len(left) == doc[i].idx and doc[i].idx + len(doc[i]) == right.idx
    if doc[i].text == "of":
        return left.i not in cast.people.by_token and singular(left.text) not in words("nouns", "strong")
    return left.i not in cast.names and left.i not in cast.people.by_token


def _on(doc: Doc, noun: int, end: int, headed: bool, cast: Cast) -> int:
    """Return where a name goes on to after its noun: "Agreement on Plant Health", "Treaty of Westphalia"."""
    joins = _ON - {"of", "for"} if headed else _ON
    if noun + 2 >= end or doc[noun + 1].lower_ not in joins:
        return noun
    i = noun + 2
    if doc[i].lower_ == "the" and i + 1 < end:
        i += 1
    if not _is_capital(doc, i) or i in cast.people.by_token or (headed and i in cast.names) or doc[i].lower_ in words("before"):
        return noun
    while i + 1 < end:
        if _is_capital(doc, i + 1) and doc[i + 1].lower_ not in words("before"):
            i += 1
        elif doc[i + 1].lower_ in _INSIDE and i + 2 < end and _is_capital(doc, i + 2) and i + 2 not in cast.names:
            i += 2
        else:
            break
    return i


def _is_name(doc: Doc, first: int, last: int, noun: int, cast: Cast, lower: bool) -> bool:
    """Return whether a name says more than a nationality, a number or a general word, and is no actor or person."""
    article = first > 0 and doc[first - 1].lower_ in ("the", "a", "an")
    if not article and any(k in cast.people.by_token for k in range(first, last + 1)):
        return False  # no article stands before a person's name
    actors = [cast.names[k] for k in range(first, last + 1) if k in cast.names]
    if any(n.form == "organisation" and n.end >= doc[noun].idx for n in actors):
        return False  # it is an organisation's name
    telling = [
        k
        for k in range(first, last + 1)
        if k != noun and k not in cast.names and doc[k].text[:1].isupper() and doc[k].lower_ not in words("generic")
    ]
    if lower:
        return bool(telling) and not any(doc[k].ent_type_ in ("PERSON", "DATE", "NORP") for k in telling)
    cities = [n for n in actors if n.form in ("capital", "seat")]
    return bool(telling) or len({n.actor for n in actors}) >= 2 or (bool(cities) and singular(doc[noun].text) in words("nouns", "strong"))


# --------------------------------------------------------------------------------------------- introduced names


def _introduced(sentence: Sentence, cast: Cast) -> Iterator[Mention]:
    """Yield capitalised names of any shape that the text introduces as an initiative."""
    tokens = sentence.tokens
    doc = tokens.doc
    for first, last in _runs(sentence, cast):
        noun = singular(doc[last].text)
        at = _kind_after(doc, last, tokens.end)
        at = _kind_before(doc, first, tokens.start) if at is None else at
        if at is not None:
            noun = noun if noun in _nouns() else singular(doc[at].text)
            yield replace(_mention(doc, first, last, "introduced", noun), kind_at=at)


def _runs(sentence: Sentence, cast: Cast) -> Iterator[tuple[int, int]]:
    """Yield `(first, last)` of capitalised names that are neither actors, persons nor dates."""
    doc, i, end = sentence.tokens.doc, sentence.tokens.start, sentence.tokens.end
    while i < end:
        if not _is_capital(doc, i) or doc[i].lower_ in words("before") or i in cast.people.by_token:
            i += 1
            continue
        last = i
        while last + 1 < end:
            if _is_capital(doc, last + 1) and last + 1 not in cast.people.by_token:
                last += 1
            elif last + 2 < end and doc[last + 1].text in _BACK and _may_join(doc, last + 1, cast):
                last += 2
            else:
                break
        if any(k not in cast.names and doc[k].lower_ not in words("generic") and doc[k].is_alpha for k in range(i, last + 1)) and not any(
            k in cast.names and cast.names[k].form in ("organisation", "institution", "office") for k in range(i, last + 1)
        ):
            yield i, last
        i = last + 1


def _kind_after(doc: Doc, last: int, end: int) -> int | None:
    """Find the kind in "NAME, a flagship American initiative ..." or "NAME, as the scheme is called"."""
    k = last + 1
    if k < end and doc[k].text == "(":
        k = next((j + 1 for j in range(k, min(end, k + 4)) if doc[j].text == ")"), k)
    if k + 2 < end and doc[k].lower_ == "on" and doc[k + 1].ent_type_ == "DATE":
        k += 2
    if k >= end or doc[k].text not in (",", "–", "—", "-"):
        return None
    if k + 4 < end and doc[k + 1].lower_ == "as" and doc[k + 2].lower_ == "the" and singular(doc[k + 3].text) in words("kinds"):
        return k + 3
    if k + 1 < end and doc[k + 1].lower_ in ("a", "an", "the"):
        return _kind_phrase(doc, k + 2, end)
    return None


def _kind_phrase(doc: Doc, start: int, end: int) -> int | None:
    """Find the kind noun that heads the phrase beginning at `start` ("two-year accord that ...")."""
    for j in range(start, min(end, start + APART)):
        if doc[j].pos_ in ("VERB", "AUX", "ADP", "PRON", "PUNCT", "CCONJ") and doc[j].text != "-" and doc[j].tag_ not in ("VBN", "VBG"):
            return None
        follows = doc[j + 1] if j + 1 < end else None
        if doc[j].lower_ == "venture" and doc[j - 1].lower_ == "joint":
            return None  # a company
        if singular(doc[j].text) in words("kinds") and (follows is None or follows.pos_ not in ("NOUN", "PROPN") or follows.text[:1].isupper()):
            return j
    return None


def _kind_before(doc: Doc, first: int, start: int) -> int | None:
    """Find the kind in "a programme called NAME", "the scheme, known as the NAME" or "exercise NAME"."""
    k = first - 1
    if k >= start and doc[k].lower_ == "the":
        k -= 1
    if k >= start and doc[k].text in ('"', "“", "'", "‘"):
        k -= 1
    if k >= start and k == first - 1 and doc[k].text in ("exercise", "drill", "programme", "program", "initiative", "operation"):
        return k
    size = 2 if k - 1 >= start and f"{doc[k - 1].lower_} {doc[k].lower_}" in words("called") else 1
    if k < start or (size == 1 and doc[k].lower_ not in words("called")):
        return None
    for j in range(k - size, max(start, k - size - APART) - 1, -1):
        if (doc[j].pos_ == "VERB" and doc[j].tag_ not in ("VBN", "VBG")) or (doc[j].lower_ == "venture" and doc[j - 1].lower_ == "joint"):
            return None
        if singular(doc[j].text) in words("kinds"):
            return j
    return None


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
    acronyms = {doc[m.last + 2].text: m for m in found if m.last + 3 < len(doc) and doc[m.last + 1].text == "(" and doc[m.last + 2].text.isupper()}
    place = {t.i: s.paragraph for s in parsed.sentences for t in s.tokens if not s.is_headline}
    for i in sorted(place):
        if i in taken:
            continue
        word, full = doc[i].text, None
        if word in acronyms and len(word) > 1:
            full = acronyms[word]
        elif i and doc[i - 1].lower_ in ("the", "this", "that") and singular(word) in _nouns():
            follows = doc[i + 1] if i + 1 < len(doc) else None
            if follows is None or follows.pos_ not in ("NOUN", "PROPN"):
                full = _antecedent(found, place, i, singular(word))
        if full is not None and full.first < i:
            yield replace(full, first=i, last=i, how="short", kind_at=None)


def _antecedent(found: list[Mention], place: dict[int, int], i: int, noun: str) -> Mention | None:
    """Return the last initiative named before: with the same noun, or within a paragraph for another noun of its kind."""
    for mention in reversed([m for m in found if m.last < i]):
        if mention.noun == noun:
            return mention
        near = place.get(mention.first, -9) >= place[i] - 1
        if near and mention.how != "known" and noun in words("synonyms"):
            return mention
    return None


def _mention(doc: Doc, first: int, last: int, how: How, noun: str) -> Mention:
    name = " ".join(doc[first : last + 1].text.split())
    return Mention(first, last, name, _fold(name), how, noun)


def _is_capital(doc: Doc, i: int) -> bool:
    text = doc[i].text
    return text[:1].isupper() or (text[:1].isdigit() and len(text) <= 2 and i > 0 and doc[i - 1].text[:1].isupper())


def _is_title(sentence: Sentence) -> bool:
    """Return whether a line is set as a title, so that capitals tell nothing."""
    long = [t for t in sentence.tokens if t.is_alpha and len(t) > 3]
    closed = any(t.text in (".", "?", "!") for t in sentence.tokens[-2:])
    return not closed and len(long) > 3 and sum(t.text[:1].isupper() for t in long) / len(long) > TITLE_CASE
