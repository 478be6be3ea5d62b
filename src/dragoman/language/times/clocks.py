"""Clock times, and the joints by which expressions combine.

In:     a text and a position.
Out:    `clock_time` gives a time of day; `joint` the compiled pattern of a joint.
Data:   `joints`, `dayparts` and `clock_words` in ontology/calendar.yaml.
"""

from __future__ import annotations

import re
from functools import cache

from dragoman.language.times.grammar import Found, compile_template
from dragoman.language.times.lexicon import calendar, words
from dragoman.language.times.model import Meaning

_CLOCKS = ("clock", "clock_24", "clock_military", "clock_colon", "clock_spoken", "clock_in_the", "clock_word")


@cache
def joint(name: str) -> re.Pattern[str]:
    """Return a joint of the calendar, ready to match."""
    return compile_template(calendar()["joints"][name], bounded=False)


def daypart(word: str) -> str:
    """Return the TIMEX3 code of a part of the day."""
    return str(words("dayparts")[word.lower()])


def clock_time(text: str, position: int) -> Found | None:
    """Return the time of day that begins at a position."""
    for name in _CLOCKS:
        match = joint(name).match(text, position)
        if match is None:
            continue
        groups = match.groupdict()
        if groups.get("clock_word"):
            return Found(
                match.end(), Meaning("clock", clock=words("clock_words")[groups["clock_word"].lower()]), "clock"
            )
        hour, minute = int(groups["hour"]), int(groups.get("minute") or 0)
        after_noon = (groups.get("half") or "").lower() == "p" or daypart(groups.get("daypart") or "dawn") in (
            "AF",
            "EV",
        )
        if hour < 12 and after_noon:
            hour += 12
        elif hour == 12 and (groups.get("half") or "").lower() == "a":
            hour = 0
        return Found(match.end(), Meaning("clock", clock=f"{hour:02}:{minute:02}"), "clock")
    return None
