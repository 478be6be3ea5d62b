"""Origins: which documents are reprints of one text.

In:     the text of a document, and the store with those that came before.
Out:    rows in `band` and `reprint`, and `origin` on each document: the key of the earliest of its reprints.
Method: marks find candidates: hashes of word runs of five, the least of each `WINDOW` in a row (winnowing: Schleimer,
        Wilkerson and Aiken 2003), so that any twelve words in common are a mark in common, however deep the cut. Rare
        marks count for more; of a mark that many share (a standing paragraph) the first `MANY` documents are looked at.
        Then the words: two texts are of one origin when the runs that they have in common cover enough of the shorter,
        and neither says another figure or name in the same words (a weekly notice is no reprint of the last one).
Judged: by the two texts alone, so that the order in which documents come does not matter.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache, lru_cache
from hashlib import blake2b

from dragoman import ontology
from dragoman.ledger.store import Store

RUN = 5  # words
WINDOW = 8  # runs, of which one at least is a mark
MARK = 6  # bytes
#: Of a mark, how many documents are looked up; marks in common from which on one is compared; how many are in all.
MANY, TWO, LOOK = 30, 2, 20
#: Share of the shorter text's words that common runs cover in a reprint (benchmarks/reprints.py set these).
SHARE = 0.7
#: As much it takes where the lead of the longer is not in the shorter, or the shorter has other news in a place where
#: the longer has news of its own: so it is with reports that share a background, and statements with one frame.
SURE = 0.9
#: And in a text of few words, of which a standing paragraph may be the most.
FEW, SHORT = 50, 0.85
#: Runs below which a text is too short to tell (guess: two sentences).
FEWEST = 20
#: Words of a lead that are looked for, and the share of them that is enough; words in a row that are other news.
LEAD, LED, NEWS = 25, 0.5, 15
#: Words before and after a figure or name that must be the same (so many set apart all of 240 notices), and how like
#: two spellings of one name are (guess: "Labour" and "Labor", "Starikov" and "Starykov").
AROUND, SPELT = 4, 0.85

#: The words of a text, in lower case.
Words = tuple[str, ...]

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d]+")
_TOKEN = re.compile(rf"{_WORD.pattern}|,")  # names in a list are not one name
_SENTENCE = re.compile(r"(?<=[.!?])[\"'”’)]*\s+|\n\s*\n")
#: A credit in brackets, and the place, day and agency before a dash or colon: no part of what is told.
_CREDIT = re.compile(r"\([^()\d]{1,40}\)")
_DATELINE = re.compile(r"(?m)^(?:(?:[A-Z][\w.'’-]*|\d+|\([^()]*\)),? ?){1,8}(?: ?[-–—]+ |(?<=[A-Z]): )")


def runs(text: str) -> frozenset[str]:
    """Return the runs of five words of a text, without case and punctuation."""
    return frozenset(_runs(_words(text)))


def sketch(text: str) -> bytes:
    """Return the marks of a text, six bytes each: of every eight runs in a row the least hash."""
    hashes = [blake2b(run.encode(), digest_size=MARK).digest() for run in _runs(_words(text))]
    return b"".join(sorted({min(hashes[i : i + WINDOW]) for i in range(max(1, len(hashes) - WINDOW + 1))}))


def share(left: frozenset[str], right: frozenset[str]) -> float:
    """Return which share of the smaller set lies in the larger."""
    return len(left & right) / max(1, min(len(left), len(right)))


def likeness(left: str, right: str) -> float:
    """Return which share of the shorter text's words stands in runs that the other has too."""
    return _covered(*_by_length(_words(left), _words(right)))


def one_origin(left: str, right: str) -> bool:
    """Return whether two texts are reprints of one."""
    shorter, longer = _by_length(_words(left), _words(right))
    if shorter == longer:
        return True
    if len(shorter) < FEWEST + RUN - 1:
        return False
    common = _covered(shorter, longer)
    if common < (SHORT if len(shorter) < FEW else SHARE):
        return False
    if common < SURE:
        led = _covered(_lead(left if len(_words(left)) > len(shorter) else right), shorter) >= LED
        if not led or _other_news(shorter, longer):
            return False
    return not contradict(left, right)


def near(store: Store, marks: bytes, publisher: str | None = None) -> list[int]:
    """Return the documents (of a publisher) with marks in common with these, those with many and rare ones first."""
    of = "" if publisher is None else "AND document IN (SELECT id FROM document WHERE publisher = ? COLLATE NOCASE)"
    weights: dict[int, list[float]] = defaultdict(list)
    numbers = _marks(marks)
    for mark in numbers:
        found = store.rows(
            f"SELECT document FROM band WHERE band = ? {of} ORDER BY document LIMIT ?",
            (mark, *([] if publisher is None else [publisher]), MANY),
        )
        for row in found:
            weights[row["document"]].append(1 / len(found))
    ranked = sorted((-sum(each), document) for document, each in weights.items() if len(each) >= min(TWO, len(numbers)))
    return [document for _, document in ranked[:LOOK]]


def place(store: Store, document: int, text: str, marks: bytes) -> list[tuple[int, float]]:
    """Compare a document just added with those near it, and give all its reprints one origin.

    Returns the numbers of those of one origin with it, with their likeness, the most alike first.
    """
    alike = []
    for other in near(store, marks):
        row = store.row("SELECT text FROM document WHERE id = ?", (other,)) if other != document else None
        if row and one_origin(text, row["text"]):
            alike.append((other, likeness(text, row["text"])))
    store.do_all("INSERT OR IGNORE INTO band VALUES (?, ?)", ((mark, document) for mark in _marks(marks)))
    store.do_all(
        "INSERT OR IGNORE INTO reprint VALUES (?, ?, ?)", ((*sorted((document, one)), share) for one, share in alike)
    )
    if alike:
        _name(store, document)
    return sorted(alike, key=lambda one: (-one[1], one[0]))


def contradict(left: str, right: str) -> bool:
    """Return whether two texts say something in the same words but for another figure or name.

    Each has it where the other has not, so that a cut text contradicts nothing; a name that has a word in common with
    the other ("Mr Haddad", "Samir Haddad") or means the same actor is the same.
    """
    ours, theirs = _told(left), _told(right)
    for frame in ours.keys() & theirs.keys():
        if any(_differ(one, other) for one in ours[frame] - theirs[frame] for other in theirs[frame] - ours[frame]):
            return True
    return False


def link(store: Store, left: str, right: str) -> None:
    """Give two documents, by their keys, one origin: the one is a later version of the other."""
    rows = store.rows("SELECT id, text FROM document WHERE key IN (?, ?)", (left, right))
    if len(rows) == 2:
        first, second = sorted(row["id"] for row in rows)
        common = likeness(rows[0]["text"], rows[1]["text"])
        store.do("INSERT OR IGNORE INTO reprint VALUES (?, ?, ?)", (first, second, common))
        _name(store, first)


def _name(store: Store, document: int) -> None:
    """Give a document and all that are linked with it the key of the earliest as their origin."""
    group, ahead = {document}, [document]
    while ahead:
        one = ahead.pop()
        for row in store.rows("SELECT left, right FROM reprint WHERE left = ? OR right = ?", (one, one)):
            fresh = {row["left"], row["right"]} - group
            group |= fresh
            ahead += fresh
    marks = ",".join("?" * len(group))
    first = store.row(f"SELECT key FROM document WHERE id IN ({marks}) ORDER BY known_on, key LIMIT 1", [*group])
    assert first is not None
    store.do(f"UPDATE document SET origin = ? WHERE id IN ({marks})", (first["key"], *group))


@lru_cache(maxsize=64)  # a text is compared with several
def _words(text: str) -> Words:
    return tuple(_WORD.findall(text.lower()))


def _runs(words: Sequence[str]) -> list[str]:
    return [" ".join(words[i : i + RUN]) for i in range(max(1, len(words) - RUN + 1))]


def _marks(marks: bytes) -> list[int]:
    return [int.from_bytes(marks[i : i + MARK]) for i in range(0, len(marks), MARK)]


def _by_length(left: Words, right: Words) -> tuple[Words, Words]:
    return (left, right) if len(left) <= len(right) else (right, left)


def _cover(words: Sequence[str], other: Sequence[str]) -> bytearray:
    """Return for each of the words 1 where it lies in a run that the others have too, else 0."""
    theirs, cover = set(_runs(other)), bytearray(len(words))
    for i, run in enumerate(_runs(words)):
        if run in theirs:
            cover[i : i + RUN] = b"\1" * len(cover[i : i + RUN])
    return cover


def _covered(words: Sequence[str], other: Sequence[str]) -> float:
    """Return the share of the words that lie in runs which the others have too."""
    return sum(_cover(words, other)) / max(1, len(words))


def _other_news(shorter: Words, longer: Words) -> bool:
    """Return whether between the same words each text has many that the other has not."""
    ours, theirs = _cover(shorter, longer), _cover(longer, shorter)
    places = {run: i for i, run in reversed(list(enumerate(_runs(longer))))}
    for gap in re.finditer(rb"\x01(\x00{%d,})\x01" % NEWS, ours):
        start, end = gap.span(1)
        after = places.get(" ".join(shorter[start - RUN : start]), len(longer)) + RUN
        before = places.get(" ".join(shorter[end : end + RUN]), 0)
        if theirs[after:before].count(0) >= NEWS:
            return True
    return False


def _lead(text: str) -> Words:
    """Return the first words of the first paragraph that is no title."""
    paragraphs = [_words(paragraph) for paragraph in re.split(r"\n\s*\n", _DATELINE.sub("", text))]
    return next((words for words in paragraphs if len(words) >= LEAD // 2 + 2), _words(text))[:LEAD]


# --- figures and names in their places


#: The words around a figure or name, others of them masked; and what stands there: a kind and words.
Frame = tuple[str, ...]
Filler = tuple[str, tuple[str, ...]]


@lru_cache(maxsize=64)
def _told(text: str) -> dict[Frame, set[Filler]]:
    """Return the figures and names of a text by the four words before and after, within the sentence."""
    found: dict[Frame, set[Filler]] = defaultdict(set)
    text = _CREDIT.sub(" ", _DATELINE.sub("", text))
    plain = {word for word in _WORD.findall(text) if word.islower()}
    for sentence in _SENTENCE.split(text):
        words = _TOKEN.findall(sentence)
        kinds = _kinds(words, plain)
        masked = ["^", *(kind or word.lower() for word, kind in zip(words, kinds, strict=True)), "$"]
        for start, end in _stretches(kinds):
            before, after = _around(masked[start::-1])[::-1], _around(masked[end + 1 :])
            plain_ones = sum(word[0].isalpha() for word in (*before, *after))
            if plain_ones >= 3 or (plain_ones == 2 and before[0] == "^" and after[-1] == "$"):
                said = tuple(_plain(word) for word in words[start:end])
                found[(*before, "", *after)].add((kinds[start], said))
    return found


def _around(words: Sequence[str]) -> list[str]:
    """Return the words up to the last of so many that are no figures or names."""
    out, wanted = [], AROUND
    for word in words:
        out.append(word)
        wanted -= word[0].isalpha()
        if not wanted:
            break
    return out


def _kinds(words: Sequence[str], plain: set[str]) -> list[str]:
    """Return "#" for a figure, "@" for a name, else "", for each word of a sentence."""
    shouted = sum(word[0].isupper() for word in words) > 0.6 * len(words)  # a headline tells no names apart
    out = []
    for at, word in enumerate(words):
        lower = word.lower()
        figure = word[0].isdigit() or lower in _numbers()
        name = word[0].isupper() and not shouted and lower not in plain and len(word) > 1
        out.append("#" if figure else "@" if name and (at or lower in _known()) else "")
    return out


def _stretches(kinds: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the beginning and end of each stretch of one kind."""
    start = 0
    for end in range(1, len(kinds) + 1):
        if end == len(kinds) or kinds[end] != kinds[start]:
            if kinds[start]:
                yield start, end
            start = end


def _plain(word: str) -> str:
    lower = word.lower()
    return _numbers().get(lower, lower).replace(",", "")


def _differ(one: Filler, other: Filler) -> bool:
    if one[0] != other[0]:
        return False
    if one[0] == "#":
        return one[1] != other[1]
    if set(one[1]) & set(other[1]):
        return False
    names = " ".join(one[1]), " ".join(other[1])
    actors = {_known().get(name) for name in names}
    if None in actors:
        return SequenceMatcher(None, *names).ratio() < SPELT
    return len(actors) > 1


@cache
def _numbers() -> dict[str, str]:
    """Return the figures for number words; "one" is as often none."""
    return {word: str(value) for word, value in ontology.load("calendar")["numbers"].items() if word != "one"}


@cache
def _known() -> dict[str, str]:
    """Return the actors by their names."""
    return {form.text.lower(): form.actor for form in ontology.all_forms()}
