"""Meanings of what is said relative to something else, of durations, sets and references; all builders in one table.

In:     the non-empty groups of a match, by slot name.
Out:    a `Meaning`, or None where the match is none after all ("the last second").
"""

from __future__ import annotations

import re

from dragoman.language.times.builders_dates import DATES, Builder, Groups, key, step_of
from dragoman.language.times.lexicon import read_number, read_unit, words
from dragoman.language.times.model import Kind, Meaning


def _step_unit(groups: Groups) -> Meaning | None:
    unit = read_unit(groups["unit"])
    if unit in ("hour", "minute", "second"):
        return None
    if unit == "night":
        return Meaning("unit", unit="day", step=step_of(groups), daypart="NI")
    return Meaning("unit", unit=unit, step=step_of(groups))


def _weekday_of_week(groups: Groups) -> Meaning | None:
    week = Meaning("unit", unit="week", step=step_of(groups))
    return Meaning("weekday", weekday=words("weekdays")[groups["weekday"].lower()], base=week)


def _sequel(groups: Groups) -> Meaning | None:
    unit = read_unit(groups["unit"])
    if unit in ("hour", "minute", "second", "quarter"):
        return None
    night = unit == "night"
    return Meaning(
        "sequel",
        unit="day" if night else unit,
        step=int(words("sequels")[key(groups["sequel"])]),
        daypart="NI" if night else None,
        name=key(groups["sequel"]),
    )


def _unit_in_question(groups: Groups) -> Meaning | None:
    unit = read_unit(groups["unit"])
    return Meaning("unit", unit=unit) if unit == "weekend" else Meaning("sequel", unit=unit, step=0, name="the")


def _beside(text: str) -> int:
    return -1 if text.lower() in ("earlier", "before", "beforehand", "previously") else 1


def _unit_after(groups: Groups) -> Meaning | None:
    return Meaning("sequel", unit=read_unit(groups["unit"]), step=_beside(groups["beside"]), name="the")


def _two_away(step: int) -> Builder:
    def build(groups: Groups) -> Meaning | None:
        unit = read_unit(groups["unit"])
        return None if unit in ("hour", "minute", "second", "night") else Meaning("unit", unit=unit, step=step)

    return build


def _sequel_weekday(groups: Groups) -> Meaning | None:
    weekday = words("weekdays")[groups["weekday"].lower()]
    return Meaning("sequel", weekday=weekday, step=int(words("sequels")[key(groups["sequel"])]), unit="week")


def _day_word(groups: Groups) -> Meaning | None:
    entry = words("day_words")[key(groups["day_word"])]
    return Meaning("unit", unit="day", step=entry["step"], daypart=entry.get("daypart"), part=entry.get("part"))


def _this_daypart(groups: Groups) -> Meaning | None:
    code = words("dayparts")[key(groups["daypart"])]
    step = step_of(groups)
    if step is None:
        name = key(groups["sequel"])
        return Meaning("sequel", unit="day", step=int(words("sequels")[name]), daypart=code, name=name)
    return Meaning("unit", unit="day", step=step, daypart=code)


def _counted(kind: Kind, step: int) -> Builder:
    def build(groups: Groups) -> Meaning | None:
        number = read_number(groups["number"])
        unit = read_unit(groups.get("units") or groups["unit"])
        sign = _beside(groups["beside"]) if "beside" in groups else step
        return Meaning(kind, unit=unit, count=number.amount, vague=number.vague, step=sign)

    return build


def _uncounted(kind: Kind, step: int) -> Builder:
    def build(groups: Groups) -> Meaning | None:
        unit = read_unit(groups["plural_unit"])
        sign = _beside(groups["beside"]) if "beside" in groups else step
        return Meaning(kind, unit=unit, count=None, vague=True, step=sign)

    return build


def _span(groups: Groups) -> Meaning | None:
    step = int(words("span_steps")[key(groups["span"])]) if "span" in groups else 1
    if "number" in groups:
        number, unit = read_number(groups["number"]), read_unit(groups["units"])
    else:
        unit = read_unit(groups["plural_unit"])
        number = None
    name = key(groups["span"]) if "span" in groups else "coming"
    if number is None:
        return Meaning("span", unit=unit, count=None, vague=True, step=step, name=name)
    return Meaning("span", unit=unit, count=number.amount, vague=number.vague, step=step, name=name)


def _single_span(groups: Groups) -> Meaning | None:
    step = 1 if re.search("next|coming", groups["rolling"], re.IGNORECASE) else -1
    unit = read_unit(groups["unit"])
    if unit == "day" and step == 1:
        return Meaning("sequel", unit=unit, step=1, name="the next")
    return (
        None
        if unit in ("second", "minute")
        else Meaning("span", unit=unit, count=1, step=step, name=key(groups["rolling"]))
    )


def _set_unit(groups: Groups) -> Meaning | None:
    unit = read_unit(groups.get("units") or groups["unit"])
    count = read_number(groups["number"]).amount if "number" in groups else 1
    return None if unit in ("second", "minute") else Meaning("set", unit=unit, count=count)


def _set_weekday(groups: Groups) -> Meaning | None:
    name = groups["weekday"] if "weekday" in groups else groups["weekdays"][:-1]
    return Meaning("set", weekday=words("weekdays")[name.lower()])


def _duration(groups: Groups) -> Meaning | None:
    number, unit = read_number(groups["number"]), read_unit(groups["units"])
    if unit == "quarter" or (groups["number"].lower() in ("a", "some", "many") and unit in ("second", "weekend")):
        return None  # "three-quarters", "a second"
    return Meaning("duration", unit=unit, count=number.amount, vague=number.vague)


def _duration_half(groups: Groups) -> Meaning | None:
    number = read_number(groups["number"])
    return None if number.vague else Meaning("duration", unit=read_unit(groups["unit"]), count=number.amount + 0.5)


def _loose_duration(groups: Groups) -> Meaning | None:
    unit = read_unit(groups.get("plural_unit") or groups["unit"])
    return Meaning("duration", unit=unit, count=None if "plural_unit" in groups else 1, vague="plural_unit" in groups)


BUILDERS: dict[str, Builder] = DATES | {
    "step_unit": _step_unit, "unit_in_question": _unit_in_question, "weekday_step_week": _weekday_of_week,
    "sequel": _sequel, "sequel_weekday": _sequel_weekday, "unit_after": _unit_after,
    "unit_after_next": _two_away(2), "unit_before_last": _two_away(-2), "day_word": _day_word,
    "this_daypart": _this_daypart,
    "the_daypart": lambda g: Meaning("clock", daypart=words("dayparts")[key(g["daypart"])]),
    "ago": _counted("ago", -1), "loose_ago": _uncounted("ago", -1), "from_now": _counted("ago", 1),
    "in_time": _counted("ago", 1), "shift": _counted("shift", 1), "loose_shift": _uncounted("shift", 1),
    "shift_from": _counted("shift", 1), "span": _span, "loose_span": _span, "single_span": _single_span,
    "units_ahead": _span, "year_earlier": lambda g: Meaning("ago", unit="year", count=1, step=-1),
    "turn": lambda g: Meaning("turn", unit=g["turn"].lower()),
    "year_end": lambda g: Meaning("unit", unit="year", step=0, part="end"),
    "year_mid": lambda g: Meaning("unit", unit="year", step=0, part="mid"),
    "month_end": lambda g: Meaning("unit", unit="month", step=0, part="end"),
    "immediately": lambda g: Meaning("unit", unit="day", step=0, name="PRESENT_REF"),
    "set_unit": _set_unit, "set_weekday": _set_weekday, "set_weekdays": _set_weekday,
    "set_month": lambda g: Meaning("set", month=words("months")[g["full_month"].lower()]), "per_unit": _set_unit,
    "set_word": lambda g: Meaning("set", name=words("sets")[key(g["set_word"])]),
    "reference": lambda g: Meaning("reference", name=words("references")[key(g["reference"])]),
    "duration": _duration, "duration_half": _duration_half,
    "long_duration": _loose_duration, "loose_duration": _loose_duration,
}  # fmt: skip
