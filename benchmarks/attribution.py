"""Who says what, measured: `python -m benchmarks.attribution DATA.jsonl[.gz] [--details] [--out FILE]`.

In:     rows `{doc_id, text, attributions: [{source, cue, content}]}`, each role a list of `[start, end]` in characters.
Out:    shares between 0 and 1: for each role the precision, recall and F1 over tokens, then for whole attributions.
Units:  half-open character ranges of the row's text; a token is a word (with a short ending after an apostrophe) or a
        single other sign.
Never:  looks at a row's attributions before its text has been read.

What is compared is what the text itself gives as somebody's word, attitudes included: PolNeAR marks no attribution
inside another's content, so those that the reader finds there are left out. The counting is that used for other
systems. Attributions of the text and of the reader are paired one to one by their contents, the most alike first; a
pair shares at least half of their words. `content+source`, the main figure, asks that the sources agree as well: the
head of each lies in the other, or neither has one.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.measured import Measured, brief, digest, print_measured, rows
from dragoman.errors import DragomanError, UsageError

ROLES = ("source", "cue", "content")
#: A pair of contents must share this much of their words: the bound of the published comparison.
ALIKE = 0.5

_TOKEN = re.compile(r"\w+(?:[’'](?:s|S|t|re|ve|ll|d|m)\b)?|[^\w\s]")
_SOURCE_STOPS = frozenset(",;:()[]—–")
#: Words that follow the head of a source: prepositions, relative words, conjunctions. Part of the counting.
_AFTER_HEAD = frozenset({
    "of", "who", "which", "that", "in", "at", "on", "for", "from", "with", "to", "by", "whose", "as", "about", "near",
    "against", "under", "among", "speaking", "including", "when", "where", "while", "after", "before", "during", "and",
    "or", "a.k.a", "aka", "between", "inside", "outside", "working", "close", "familiar",
})  # fmt: skip
#: Words before the head of a source.
_BEFORE_HEAD = frozenset({
    "the", "a", "an", "his", "her", "their", "its", "our", "my", "this", "these", "those", "some", "many", "several",
    "both", "all", "one", "two", "most", "few", "other", "another",
})  # fmt: skip

Ranges = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class Said:
    """One attribution as ranges of characters, by role; a role the text leaves open is empty."""

    source: Ranges
    cue: Ranges
    content: Ranges

    def role(self, name: str) -> Ranges:
        """Return the ranges of a role."""
        found: Ranges = getattr(self, name)
        return found


class Tokens:
    """The tokens of a text, and which of them given ranges of characters touch."""

    def __init__(self, text: str) -> None:
        """Cut a text into tokens."""
        self.words = [match.group() for match in _TOKEN.finditer(text)]
        self._at = {c: n for n, match in enumerate(_TOKEN.finditer(text)) for c in range(*match.span())}

    def within(self, ranges: Ranges) -> set[int]:
        """Return the numbers of the tokens that ranges touch, signs included."""
        return {self._at[c] for start, end in ranges for c in range(start, end) if c in self._at}

    def is_word(self, number: int) -> bool:
        """Whether a token is a word or number rather than a sign."""
        return re.match(r"\w", self.words[number]) is not None

    def words_within(self, ranges: Ranges) -> set[int]:
        """Return the numbers of the words that ranges touch, signs left out."""
        return {number for number in self.within(ranges) if self.is_word(number)}

    def head(self, ranges: Ranges) -> int | None:
        """Return the head of a source: its last word before a comma, gap, preposition, relative word or conjunction.

        None of these ends it before a word that is no article or possessive has come.
        """
        inside = sorted(self.within(ranges))
        head, named, before = None, False, None
        for number in inside:
            word = self.words[number]
            if named and before is not None and number != before + 1:
                break
            before = number
            if not self.is_word(number):
                if named and word in _SOURCE_STOPS:
                    break
                continue
            if named and word.lower() in _AFTER_HEAD:
                break
            head, named = number, named or word.lower() not in _BEFORE_HEAD
        return head if head is not None or not inside else inside[-1]


def measure(path: Path) -> Measured:
    """Read every text of a set and count what was found of its attributions.

    Raises `UsageError` where the file is missing or a row lacks a field.
    """
    counts: Counter[str] = Counter()
    errors: dict[str, list[str]] = defaultdict(list)
    items = 0
    for row in rows(path):
        identity, text, gold = _fields(row, path)
        count(text, gold, found_in(text), counts, errors, identity)
        items += 1
    if not items:
        raise UsageError(f"{path.name} holds no rows.")
    return Measured("attribution", path.name, digest(path), items, figures(counts), dict(errors))


def _fields(row: dict[str, Any], path: Path) -> tuple[str, str, list[Said]]:
    """Return a row's name, text and attributions; raises `UsageError` where one is missing or of another form."""
    try:
        said = [Said(*([(int(s), int(e)) for s, e in one.get(r) or ()] for r in ROLES)) for one in row["attributions"]]
        return str(row["doc_id"]), str(row["text"]), said
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UsageError(f"{path.name}: a row lacks doc_id, text or attributions as ranges ({error!r}).") from error


def found_in(text: str) -> list[Said]:
    """Return what the reader finds in a text; nothing, and a word on standard error, where it cannot be read."""
    from dragoman import sources  # here, so that `--help` and a missing file answer at once
    from dragoman.language.parse import parse
    from dragoman.reading.attribution import find_attributions, outermost

    try:
        found = outermost(find_attributions(parse(sources.from_text(text)), wide=True))
    except DragomanError as error:
        print(error, file=sys.stderr)
        return []
    return [Said([one.source_span] if one.source_span else [], [one.cue], one.contents) for one in found]


def count(
    text: str,
    gold: Sequence[Said],
    found: Sequence[Said],
    counts: Counter[str],
    errors: dict[str, list[str]] | None = None,
    identity: str = "",
) -> None:
    """Add one text to the counts, and what went wrong in it to the errors."""
    tokens = Tokens(text)
    for role in ROLES:
        want = tokens.within([span for one in gold for span in one.role(role)])
        have = tokens.within([span for one in found for span in one.role(role)])
        _add(counts, f"{role} tokens", len(want & have), len(want), len(have))
    paired = list(pairs(tokens, gold, found))
    agreed = [(i, j) for i, j in paired if same_source(tokens, gold[i], found[j])]
    _add(counts, "content", len(paired), len(gold), len(found))
    _add(counts, "content+source", len(agreed), len(gold), len(found))
    _add(counts, "all three", sum(same_cue(tokens, gold[i], found[j]) for i, j in agreed), len(gold), len(found))
    if errors is not None:
        for cause, example in _wrong(text, tokens, gold, found, paired):
            errors.setdefault(cause, []).append(f"{identity}: {example}")


def _add(counts: Counter[str], name: str, right: int, gold: int, found: int) -> None:
    counts[name + " right"] += right
    counts[name + " gold"] += gold
    counts[name + " found"] += found


def pairs(tokens: Tokens, gold: Sequence[Said], found: Sequence[Said]) -> Iterator[tuple[int, int]]:
    """Yield pairs of a gold and a found attribution by their contents, the most alike first, each used once."""
    wanted = [tokens.words_within(one.content) for one in gold]
    had = [tokens.words_within(one.content) for one in found]
    alike = ((len(a & b) / len(a | b), i, j) for i, a in enumerate(wanted) for j, b in enumerate(had) if a & b)
    left, taken = set(range(len(gold))), set(range(len(found)))
    for share, i, j in sorted(alike, key=lambda one: (-one[0], one[1], one[2])):
        if share >= ALIKE and i in left and j in taken:
            left.discard(i)
            taken.discard(j)
            yield i, j


def same_source(tokens: Tokens, one: Said, other: Said) -> bool:
    """Whether two sources agree: the head of each lies in the other, or neither has one."""
    mine, its = tokens.within(one.source), tokens.within(other.source)
    if not mine or not its:
        return not mine and not its
    return tokens.head(one.source) in its and tokens.head(other.source) in mine


def same_cue(tokens: Tokens, one: Said, other: Said) -> bool:
    """Whether two cues share a token, or neither has one."""
    return bool(tokens.within(one.cue) & tokens.within(other.cue)) or not (one.cue or other.cue)


def figures(counts: Counter[str]) -> dict[str, float]:
    """Return precision, recall and F1 of each thing counted, the main figure last, and the numbers of attributions."""
    out: dict[str, float] = {}
    for name in (*(f"{role} tokens" for role in ROLES), "content", "all three", "content+source"):
        right, gold, found = (counts[f"{name} {part}"] for part in ("right", "gold", "found"))
        out[f"{name} precision"] = right / found if found else 0.0
        out[f"{name} recall"] = right / gold if gold else 0.0
        out[f"{name} F1"] = 2 * right / (gold + found) if gold + found else 0.0
    out["attributions in the set"], out["attributions found"] = counts["content gold"], counts["content found"]
    return out


def _wrong(
    text: str, tokens: Tokens, gold: Sequence[Said], found: Sequence[Said], paired: Sequence[tuple[int, int]]
) -> Iterator[tuple[str, str]]:
    """Yield each error's cause with a few words: cue missed, content misjudged, source wrong, nobody's word."""
    right, used = {i for i, _ in paired}, {j for _, j in paired}
    for i, j in paired:
        if not same_source(tokens, gold[i], found[j]):
            want, have = (_quote(text, one.source) or "(nobody)" for one in (gold[i], found[j]))
            yield "wrong source", f"{want} | read: {have}"
    for i, one in enumerate(gold):
        if i not in right:
            near = [a for a in found if tokens.within(a.cue) & tokens.within(one.cue)]
            cause = "wrong extent" if near else "missed"
            yield cause, f"[{_quote(text, one.cue)}] {_quote(text, one.content)}"
    for j, one in enumerate(found):
        near = [a for a in gold if tokens.within(a.cue) & tokens.within(one.cue)]
        if j not in used and not near:
            yield "spurious", f"[{_quote(text, one.cue)}] {_quote(text, one.content)}"


def _quote(text: str, ranges: Iterable[Sequence[int]]) -> str:
    return brief(" ".join(text[start:end] for start, end in ranges))


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; 2 where the file is missing or of another form."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.attribution", description="Measure who says what.")
    parser.add_argument("data", type=Path, metavar="DATA.jsonl[.gz]", help="texts with their attributions")
    parser.add_argument("--details", action="store_true", help="list the errors by cause")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write what was read, in the format of the data")
    options = parser.parse_args(arguments)
    try:
        if options.out:
            write(options.data, options.out)
        print_measured(measure(options.data), details=options.details)
    except UsageError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def write(path: Path, out: Path) -> None:
    """Write what the reader finds in each text of a set, as rows of the same form, for other scorers."""
    with out.open("w", encoding="utf-8") as lines:
        for row in rows(path):
            identity, text, _ = _fields(row, path)
            said = [{role: [list(span) for span in one.role(role)] for role in ROLES} for one in found_in(text)]
            lines.write(json.dumps({"doc_id": identity, "text": text, "attributions": said}) + "\n")


if __name__ == "__main__":
    sys.exit(main())
