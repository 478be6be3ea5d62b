"""Shapes: capitalised names that read as the name of an initiative, known or not.

In:     one sentence of a parsed document and the `Cast` (whose actors and persons are no initiatives).
Out:    `Mention` records, each with the way in which it was found.
Data:   word lists of ontology/initiatives.yaml.

A name counts by its framework noun ("the Penang Rubber Accord", "the Bohemian Fjord scheme"), or by what it is
introduced as ("Lagoon Watch, a programme ..."). General words, nationalities and numbers alone make no name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from dragoman import ontology
from dragoman.language.parse import Sentence
from dragoman.reading.cast import Cast

if TYPE_CHECKING:
    from spacy.tokens import Doc

How = Literal["known", "introduced", "strong", "weak", "short"]

#: Words that join the parts of a name on the way back from its noun, and on the way on from it.
_BACK = frozenset({"and", "&", "of", "-", "–", "/"})
_ON = frozenset({"of", "on", "for", "against", "concerning"})
_TOPIC = frozenset({"on", "against", "concerning"})
_INSIDE = frozenset({"and", "&", "of", "the", "on", "in", "for", "-", "–"})
_PLACING = frozenset({"in", "at", "near", "off", "from", "outside", "around", "for"})
#: A line with more than this share of its longer words in capitals is a title; capitals tell nothing there (guess).
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


def fold(name: str) -> str:
    """Return a name as names are compared: no case, one kind of hyphen and blank."""
    return " ".join(name.replace("–", "-").casefold().split())


def singular(word: str) -> str:
    """Return a framework noun in lower case and in the singular."""
    word = word.lower()
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and word[:-1] in nouns() else word


@cache
def nouns() -> frozenset[str]:
    """Return every noun that an initiative may be called by, in the singular."""
    return words("nouns", "strong") | words("nouns", "weak") | words("lower") | words("kinds")


# ------------------------------------------------------------------------------------------------ names by shape


def shaped(sentence: Sentence, cast: Cast) -> Iterator[Mention]:
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
        if _is_capital(doc, previous) and not (
            doc[previous].lower_ in words("before") and _stops(doc, previous, start, cast)
        ):
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
    if not (_is_capital(doc, i - 1) and right.text[:1].isupper()) or (
        left.lower_ in words("before") and left.i not in cast.names
    ):
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
    if (
        not _is_capital(doc, i)
        or i in cast.people.by_token
        or (headed and i in cast.names)
        or doc[i].lower_ in words("before")
    ):
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
    topic = last > noun and doc[noun + 1].lower_ in _TOPIC
    return (
        topic
        or bool(telling)
        or len({n.actor for n in actors}) >= 2
        or (bool(cities) and singular(doc[noun].text) in words("nouns", "strong"))
    )


# --------------------------------------------------------------------------------------------- introduced names


def introduced(sentence: Sentence, cast: Cast) -> Iterator[Mention]:
    """Yield capitalised names of any shape that the text introduces as an initiative."""
    tokens = sentence.tokens
    doc = tokens.doc
    for first, last in _runs(sentence, cast):
        noun = singular(doc[last].text)
        place = (
            first > tokens.start and doc[first - 1].lower_ in _PLACING
        )  # "off Visakhapatnam, the first such exercise"
        at = None if place else _kind_after(doc, last, tokens.end)
        at = _kind_before(doc, first, tokens.start) if at is None else at
        if at is not None:
            noun = noun if noun in nouns() else singular(doc[at].text)
            yield replace(_mention(doc, first, last, "introduced", noun), kind_at=at)


def _runs(sentence: Sentence, cast: Cast) -> Iterator[tuple[int, int]]:
    """Yield `(first, last)` of capitalised names that are neither actors nor dates.

    What looks like a person is kept: "Silver Lantern, a programme" is none, and nobody is introduced as a programme.
    """
    doc, i, end = sentence.tokens.doc, sentence.tokens.start, sentence.tokens.end
    while i < end:
        if not _is_capital(doc, i) or doc[i].lower_ in words("before"):
            i += 1
            continue
        last = i
        while last + 1 < end:
            if _is_capital(doc, last + 1):
                last += 1
            elif last + 2 < end and doc[last + 1].text in _BACK and _may_join(doc, last + 1, cast):
                last += 2
            else:
                break
        if any(
            k not in cast.names and doc[k].lower_ not in words("generic") and doc[k].is_alpha
            for k in range(i, last + 1)
        ) and not any(
            k in cast.names and cast.names[k].form in ("organisation", "institution", "office")
            for k in range(i, last + 1)
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
    if (
        k + 4 < end
        and doc[k + 1].lower_ == "as"
        and doc[k + 2].lower_ == "the"
        and singular(doc[k + 3].text) in words("kinds")
    ):
        return k + 3
    if k + 1 < end and doc[k + 1].lower_ in ("a", "an", "the"):
        return _kind_phrase(doc, k + 2, end)
    return None


def _kind_phrase(doc: Doc, start: int, end: int) -> int | None:
    """Find the kind noun that heads the phrase beginning at `start` ("two-year accord that ...")."""
    for j in range(start, min(end, start + APART)):
        if doc[j].lower_ == "such":
            return None
        if (
            doc[j].pos_ in ("VERB", "AUX", "ADP", "PRON", "PUNCT", "CCONJ")
            and doc[j].text != "-"
            and doc[j].tag_ not in ("VBN", "VBG")
        ):
            return None
        follows = doc[j + 1] if j + 1 < end else None
        if doc[j].lower_ == "venture" and doc[j - 1].lower_ == "joint":
            return None  # a company
        if singular(doc[j].text) in words("kinds") and (
            follows is None or follows.pos_ not in ("NOUN", "PROPN") or follows.text[:1].isupper()
        ):
            return j
    return None


def _kind_before(doc: Doc, first: int, start: int) -> int | None:
    """Find the kind in "a programme called NAME", "the scheme, known as the NAME" or "exercise NAME"."""
    k = first - 1
    if k >= start and doc[k].lower_ == "the":
        k -= 1
    if k >= start and doc[k].text in ('"', "“", "'", "‘"):
        k -= 1
    if (
        k >= start
        and k == first - 1
        and doc[k].text in ("exercise", "drill", "programme", "program", "initiative", "operation")
    ):
        return k
    size = 2 if k - 1 >= start and f"{doc[k - 1].lower_} {doc[k].lower_}" in words("called") else 1
    if k < start or (size == 1 and doc[k].lower_ not in words("called")):
        return None
    for j in range(k - size, max(start, k - size - APART) - 1, -1):
        if (doc[j].pos_ == "VERB" and doc[j].tag_ not in ("VBN", "VBG")) or (
            doc[j].lower_ == "venture" and doc[j - 1].lower_ == "joint"
        ):
            return None
        if singular(doc[j].text) in words("kinds"):
            return j
    return None


def _mention(doc: Doc, first: int, last: int, how: How, noun: str) -> Mention:
    name = " ".join(doc[first : last + 1].text.split())
    return Mention(first, last, name, fold(name), how, noun)


def _is_capital(doc: Doc, i: int) -> bool:
    text = doc[i].text
    return text[:1].isupper() or (text[:1].isdigit() and len(text) <= 2 and i > 0 and doc[i - 1].text[:1].isupper())


def is_title(sentence: Sentence) -> bool:
    """Return whether a line is set as a title, so that capitals tell nothing."""
    long = [t for t in sentence.tokens if t.is_alpha and len(t) > 3]
    closed = any(t.text in (".", "?", "!") for t in sentence.tokens[-2:])
    return not closed and len(long) > 3 and sum(t.text[:1].isupper() for t in long) / len(long) > TITLE_CASE
