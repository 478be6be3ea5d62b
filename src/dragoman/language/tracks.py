"""Tracks: the issue areas that the words of a record's evidence are about.

In:     a text, as a rule the sentence or two that a record rests on; if wished, the text round it.
Out:    `find_tracks`: none to two of the ledger's tracks, the likeliest first.
Data:   ontology/tracks.yaml; a track or key unknown to the ledger raises `ValueError` when first used.

A track scores two for each of its strong cues and one for each weak cue in the text. What the whole document is about
counts as much as two strong cues for its leading track and in proportion for the others: a short clause rarely says
what the talks that it names are about. The best track is kept, and the next best where its score is near: two tracks
are typical, and a third would more often be wrong than right.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import get_args

import yaml

from dragoman.domain import Track

_STRONG, _WEAK = 2, 1  # guess
#: What the cues of the text itself add at most to one track, and what the document adds to its leading track (tuned on
#: the training reports and the gold documents: 3 to 4 are alike; 8 loses what sets one event of a report apart).
_OWN, _CONTEXT = 4, 4
#: A cue that a document repeats counts at most so often (3 and 8 are alike, 1 loses 0.02 of the events).
_REPEATS = 3
#: A second track must reach this share of the best score (0.6 and 0.7 find as much; 0.7 is wrong less often).
_NEAR = 0.7
#: How many characters of a cue are looked for before its whole expression is tried (guess).
_OPENING = 5
#: The beginning of every word, and what may stand after it.
_STARTS = re.compile(rf"(?<![\w-])(?=(.{{1,{_OPENING}}}))", re.DOTALL)
#: At most so many tracks (two are typical in the stock; a third costs more than it gains).
_MOST = 2


def find_tracks(text: str, context: str = "") -> tuple[Track, ...]:
    """Return the tracks that the text is about, the likeliest first; none where no cue is found.

    `context` is the document the text stands in.
    """
    scores = {track: min(score, _OWN) for track, score in _scores(text, 1).items()}
    around = _scores(context, _REPEATS) if context else scores
    most = max(around.values())
    if context and most:
        scores = {track: score + _CONTEXT * around[track] / most for track, score in scores.items()}
    ranked = sorted(scores, key=lambda track: -scores[track])[:_MOST]
    best = scores[ranked[0]]
    return tuple(track for track in ranked if best > 0 and scores[track] >= _NEAR * best)


@lru_cache(maxsize=256)  # the same document is the context of each of its records
def _scores(text: str, repeats: int) -> dict[Track, float]:
    """Return the score of every track in the text, each cue counted at most `repeats` times."""
    lower = text.lower()
    starts = {start[:size] for start in _STARTS.findall(lower) for size in range(1, _OPENING + 1)}
    return {
        track: _STRONG * strong.count(lower, starts, repeats) + _WEAK * weak.count(lower, starts, repeats)
        for track, (strong, weak) in _cues().items()
    }


@dataclass(frozen=True, slots=True)
class _Cues:
    """The strong or the weak cues of a track: one expression for all, and how they begin (most texts have none)."""

    expression: re.Pattern[str]
    openings: frozenset[str]

    def count(self, text: str, starts: set[str], repeats: int) -> int:
        """Return how many cues a text has; `starts` holds the beginnings of its words."""
        if self.openings.isdisjoint(starts):
            return 0
        return sum(min(number, repeats) for number in Counter(self.expression.findall(text)).values())


@cache
def _cues() -> dict[Track, tuple[_Cues, _Cues]]:
    """Return the strong and the weak cues of each track."""
    text = resources.files("dragoman.ontology").joinpath("tracks.yaml").read_text("utf-8")
    data: dict[Track, dict[str, list[str]]] = yaml.load(text, Loader=yaml.CSafeLoader)
    if wrong := set(data) ^ set(get_args(Track)):
        raise ValueError(f"tracks.yaml: unknown or missing tracks {sorted(wrong)}")
    for track, lists in data.items():
        if set(lists) != {"strong", "weak"} or set(lists["strong"]) & set(lists["weak"]):
            raise ValueError(f"tracks.yaml: {track} needs a strong and a weak list without a common cue")
    return {track: (_expression(lists["strong"]), _expression(lists["weak"])) for track, lists in data.items()}


def _expression(cues: list[str]) -> _Cues:
    """Return one expression that finds any of the cues as whole words, plurals included, and how they begin."""
    endings = (re.escape(c[:-1]) + r"[\w'-]*" if c.endswith("*") else re.escape(c) + r"(?:e?s)?" for c in cues)
    expression = re.compile(r"(?<![\w-])(?:" + "|".join(sorted(endings, key=len, reverse=True)) + r")(?![\w])")
    return _Cues(expression, frozenset(c.removesuffix("*")[:_OPENING] for c in cues))
