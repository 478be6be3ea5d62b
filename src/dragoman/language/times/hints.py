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

REACH = 90  # characters looked at on either side: about fifteen words (guess)
_SENTENCE_END = re.compile(r"[.!?;]\s|\n\n")


@cache
def _hint_words() -> re.Pattern[str]:
    data = calendar()
    ahead, behind = one_of(data["ahead"]), one_of(data["behind"])
    participle = r"(?-i:[a-z]{2,12}ed)"
    looks_ahead = rf"(?P<ahead>{ahead}(?: not)?(?: be {participle}| to be {participle})?)"
    return re.compile(
        rf"(?<!\w)(?-i:(?!May\b))(?:had been {ahead}(?: to \w+)?|{looks_ahead}|{behind}|{participle})(?!\w)",
        re.IGNORECASE,
    )


def hint_at(text: str, start: int, end: int) -> bool | None:
    """Guess whether an expression lies ahead: from the nearest telling word before it in its sentence, else after."""
    before = _SENTENCE_END.split(text[max(0, start - REACH) : start])[-1]
    told = None
    for match in _hint_words().finditer(before):
        told = bool(match["ahead"])
    if told is None:
        after = _hint_words().search(_SENTENCE_END.split(text[end : end + REACH])[0])
        told = bool(after["ahead"]) if after else None
    return told
