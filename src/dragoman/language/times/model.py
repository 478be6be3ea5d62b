"""What a calendar expression says, before it is resolved against a date.

In:     nothing.
Out:    `Meaning`, the parsed content, `Timex`, a stretch of text with its meaning, and `View`, what it is seen from.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal[
    "date",  # year, month, day as far as given; `step` for "last April", "the 15th of last month"
    "decade", "century", "fiscal",
    "quarter", "half", "season", "months",  # number or season, in `year`, else `step`
    "weekday", "holiday",
    "unit",  # the calendar unit `step` units away: "last week", "tomorrow"
    "ago",  # `count` units away from publication
    "shift",  # `count` units away from another event
    "sequel",  # the calendar unit `step` units away from that of another event
    "span",  # the `count` units that end or begin at publication
    "nth",  # the first, second, last `unit` of `base`
    "week-of", "turn", "range",
    "clock", "duration", "set", "reference",
    "reported",  # the quarter or year that a report is about: a TIMEX3 value, no window
]  # fmt: skip
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Cue = Literal["at", "in", "for", "within", "by", "until", "before", "since", "from", "effective", "after", "between"]


@dataclass(frozen=True, slots=True)
class Meaning:
    """The parsed content of an expression; which fields are set depends on `kind`.

    `step` is -1 for the one before, 0 for this one, 1 for the one after. `count` is a number of `unit`s, `vague` where
    the text only hints at it. `part` is a part of the period ("early", "end", "later"), `clock` a time of day,
    `daypart` a TIMEX3 code such as "MO". `base` is what the rest is said of, `last` the other end of a range.
    """

    kind: Kind
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    number: int | None = None
    unit: str | None = None
    count: float | None = None
    vague: bool = False
    step: int | None = None
    part: str | None = None
    clock: str | None = None
    daypart: str | None = None
    name: str | None = None
    base: Meaning | None = None
    last: Meaning | None = None


@dataclass(frozen=True, slots=True)
class Timex:
    """A calendar expression: `source[start:end] == text`, and with its preposition `source[cue_start:end]`.

    `type` is in TIMEX3 terms, `cue` is what the preposition does to the window. `hint` is a guess from the words around
    it whether it lies ahead (True) or behind (False), used for TIMEX3 values only. `parts` are the ends of a range.
    """

    start: int
    end: int
    cue_start: int
    text: str
    type: TimexType
    meaning: Meaning
    cue: Cue | None = None
    hint: bool | None = None
    parts: tuple[Timex, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """What an expression is seen from: see `window` for the fields.

    `deadline` says that nothing is known of the verb, but that the preposition names a limit ("by October"). `lean` is
    weaker than `future`: a guess at the direction that a much nearer date on the other side overrules.
    """

    published: date | None
    future: bool | None = None
    anchor: date | None = None
    deadline: bool = False
    fiscal_start_month: int | None = None
    lean: bool | None = None
