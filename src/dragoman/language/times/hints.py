"""Hints: whether the words before an expression make it look ahead or back, guessed without a parser.

In:     a text and the place of an expression in it.
Out:    True for ahead, False for behind, None where no word tells.
Data:   `ahead` and `behind` in ontology/calendar.yaml.
Use:    TIMEX3 values only; windows are told by the caller, who knows the governing verb.
"""

from __future__ import annotations

import re
from functools import cache

from dragoman.language.times.lexicon import calendar, one_of


@cache
def _hint_words() -> re.Pattern[str]:
    data = calendar()
    ahead, behind = one_of(data["ahead"]), one_of(data["behind"])
    return re.compile(rf"(?<!\w)(?:(?P<ahead>{ahead})|{behind}|[a-z]{{2,12}}ed)(?!\w)", re.IGNORECASE)


def hint_at(text: str, start: int) -> bool | None:
    """Guess from the nearest telling word before it in its sentence whether an expression lies ahead."""
    before = re.split(r"[.!?;]\s|\n\n", text[max(0, start - 90) : start])[-1]
    told = None
    for match in _hint_words().finditer(before):
        told = bool(match["ahead"])
    return told
