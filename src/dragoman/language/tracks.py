"""Tracks: the issue areas that the words of a record's evidence are about.

In:     a text, as a rule the sentence or two that a record rests on.
Out:    `find_tracks`: none to three of the ledger's tracks, the likeliest first.
Data:   ontology/tracks.yaml; a track or key unknown to the ledger raises `ValueError` when first used.

A track scores two for each of its strong cues and one for each weak cue in the text. The best track is kept, and the
next best where its score is near: two tracks are typical, and a third would more often be wrong than right.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import get_args

import yaml

from dragoman.domain import Track

_STRONG, _WEAK = 2, 1  # guess
#: A second track must reach this share of the best score (tuned on the project's training stock).
_NEAR = 0.6
#: At most so many tracks (tuned on the same stock: a third costs more than it gains).
_MOST = 2
#: A score below this says nothing: one weak cue is too little.
_LEAST = 1


def find_tracks(text: str) -> tuple[Track, ...]:
    """Return the tracks that the text is about, the likeliest first; none where no cue is found."""
    lower = text.lower()
    scores: dict[Track, int] = {}
    for track, (strong, weak) in _cues().items():
        score = _STRONG * len(set(strong.findall(lower))) + _WEAK * len(set(weak.findall(lower)))
        if score >= _LEAST:
            scores[track] = score
    ranked = sorted(scores, key=lambda track: -scores[track])
    return tuple(track for track in ranked[:_MOST] if scores[track] >= _NEAR * scores[ranked[0]])


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
