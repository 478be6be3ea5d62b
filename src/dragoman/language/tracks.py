"""Tracks: the issue areas that the words of a record's evidence are about.

In:     a text, as a rule the sentence or two that a record rests on; if wished, the text round it.
Out:    `find_tracks`: none to two of the ledger's tracks, the likeliest first.
Data:   ontology/tracks.yaml; a track or key unknown to the ledger raises `ValueError` when first used.

A track scores two for each of its strong cues and one for each weak cue in the text. The best track is kept, and the
next best where its score is near: two tracks are typical, and a third would more often be wrong than right.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources
from typing import get_args

import yaml

from dragoman.domain import Track

_STRONG, _WEAK = 2, 1  # guess
#: What the leading track of the surrounding text adds (tuned: on evidence from reports, 0.52 of events right without
#: context, 0.73 with it; 1 to 4 are much alike).
_CONTEXT = 2
#: A second track must reach this share of the best score (tuned on the project's training stock: 0.4 to 0.7 are alike).
_NEAR = 0.5
#: At most so many tracks (two are typical in the stock; a third costs more than it gains).
_MOST = 2


def find_tracks(text: str, context: str = "") -> tuple[Track, ...]:
    """Return the tracks that the text is about, the likeliest first; none where no cue is found.

    `context` is the document the text stands in: a short clause rarely says what the talks it names are about. Only
    the document's leading track counts where the text itself has no cue for it.
    """
    scores = _scores(text)
    if context:
        around = _scores(context)
        most = max(around.values())
        own = {t for t, s in scores.items() if s > 0}
        lead = max(around, key=lambda t: around[t])
        scores = {
            t: s + (_CONTEXT * around[t] / most if most and (t in own or t == lead) else 0) for t, s in scores.items()
        }
    ranked = sorted(scores, key=lambda track: -scores[track])[:_MOST]
    best = scores[ranked[0]]
    return tuple(track for track in ranked if best > 0 and scores[track] >= _NEAR * best)


@lru_cache(maxsize=256)  # the same document is the context of each of its records
def _scores(text: str) -> dict[Track, float]:
    """Return the score of every track in the text."""
    lower = text.lower()
    return {
        track: _STRONG * len(set(strong.findall(lower))) + _WEAK * len(set(weak.findall(lower)))
        for track, (strong, weak) in _cues().items()
    }


@cache
def _cues() -> dict[Track, tuple[re.Pattern[str], re.Pattern[str]]]:
    """Return one expression for the strong and one for the weak cues of each track."""
    text = resources.files("dragoman.ontology").joinpath("tracks.yaml").read_text("utf-8")
    data: dict[Track, dict[str, list[str]]] = yaml.load(text, Loader=yaml.CSafeLoader)
    if wrong := set(data) ^ set(get_args(Track)):
        raise ValueError(f"tracks.yaml: unknown or missing tracks {sorted(wrong)}")
    for track, lists in data.items():
        if set(lists) != {"strong", "weak"} or set(lists["strong"]) & set(lists["weak"]):
            raise ValueError(f"tracks.yaml: {track} needs a strong and a weak list without a common cue")
    return {track: (_expression(lists["strong"]), _expression(lists["weak"])) for track, lists in data.items()}


def _expression(cues: list[str]) -> re.Pattern[str]:
    """Return one expression that finds any of the cues as whole words, plurals included."""
    endings = (re.escape(c[:-1]) + r"[\w'-]*" if c.endswith("*") else re.escape(c) + r"(?:e?s)?" for c in cues)
    return re.compile(r"(?<![\w-])(?:" + "|".join(sorted(endings, key=len, reverse=True)) + r")(?![\w])")
