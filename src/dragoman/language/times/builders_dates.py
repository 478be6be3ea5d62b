"""Meanings of dates, periods with a name and what comes round, from the groups of a match.

In:     the non-empty groups of a match, by slot name.
Out:    a `Meaning`, or None where the match is none after all ("32/13/2004").
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from dragoman.language.times.lexicon import read_number, words
from dragoman.language.times.model import Meaning

Groups = dict[str, str]
Builder = Callable[[Groups], Meaning | None]


def key(text: str) -> str:
    """Return a matched text as the calendar's sections are keyed."""
    return " ".join(text.lower().replace("’", "'").split())


def step_of(groups: Groups) -> int | None:
    """Return -1 for "last", 0 for "this", 1 for "next"; None where no such word stands."""
    return int(words("steps")[key(groups["step"])]) if "step" in groups else None


def _month(groups: Groups) -> int | None:
    name = groups.get("month") or groups.get("full_month") or groups.get("short_month")
    return (words("months") | words("month_abbreviations"))[name.rstrip(".").lower()] if name else None


def _day(text: str) -> int:
    return int(text[:2] if text[:2].isdigit() else text[:1])


def _year(groups: Groups) -> int | None:
    if "year" in groups:
        return int(groups["year"])
    return short_year(groups["short_year"]) if "short_year" in groups else None


def short_year(text: str) -> int:
    """Return the year that two digits stand for: 00 to 49 are 2000 to 2049 (guess), a full year is itself."""
    value = int(text)
    return value if value >= 100 else value + (2000 if value < 50 else 1900)


def _date(groups: Groups) -> Meaning | None:
    day = groups.get("day") or groups.get("ordinal_day")
    return Meaning(
        "date", year=_year(groups), month=_month(groups), day=_day(day) if day else None, step=step_of(groups)
    )


def _month_of_year(groups: Groups) -> Meaning | None:
    return Meaning("date", month=_month(groups), base=Meaning("unit", unit="year", step=step_of(groups)))


def _iso(groups: Groups) -> Meaning | None:
    month, day = int(groups["month_number"]), int(groups["day_number"])
    return (
        Meaning("date", year=int(groups["year"]), month=month, day=day) if 1 <= month <= 12 and 1 <= day <= 31 else None
    )


def _numeric(groups: Groups) -> Meaning | None:
    """Read 17/11/2004: day first unless that is impossible."""
    day, month = int(groups["first"]), int(groups["second"])
    if month > 12:
        day, month = month, day
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    year = short_year(groups.get("slashed_year") or groups["year"])
    return Meaning("date", year=year, month=month, day=day)


def _days(groups: Groups) -> Meaning | None:
    """Read "June 8-10"; "June 8 and 10" too, since one window must hold both."""
    first, last = _day(groups["day"]), _day(groups["day2"])
    if first >= last:
        return None
    start = Meaning("date", year=_year(groups), month=_month(groups), day=first)
    end = Meaning("date", year=_year(groups), month=_month(groups), day=last)
    return Meaning("range", base=start, last=end)


def _months_year(groups: Groups) -> Meaning | None:
    year, first, last = int(groups["year"]), _month(groups), _month({"month": groups["month2"]})
    if first is None or last is None or first >= last:
        return None
    return Meaning("range", base=Meaning("date", year=year, month=first), last=Meaning("date", year=year, month=last))


def _ordinal_month(groups: Groups) -> Meaning | None:
    return Meaning("date", year=_year(groups), month=_month(groups), day=_ordinal(groups["ordinal_word"]))


def _years_short(groups: Groups) -> Meaning | None:
    first = int(groups["year"])
    last = first // 100 * 100 + int(groups["short_year"])
    if not 0 < last - first < 30:
        return None
    return Meaning("range", base=Meaning("date", year=first), last=Meaning("date", year=last))


def _spelt_year(groups: Groups) -> Meaning | None:
    century = {"eighteen": 1800, "nineteen": 1900, "twenty": 2000}[groups["century_word"].lower()]
    rest = read_number(groups["year_word"])
    if rest.amount < 10 and century != 1900:
        return None
    year = century + int(rest.amount)
    if "season" in groups:
        return Meaning("season", name=groups["season"].lower(), year=year)
    return Meaning("date", year=year, month=_month(groups))


def _fiscal(groups: Groups) -> Meaning | None:
    year = short_year(groups.get("year") or groups["fy_year"]) if "step" not in groups else None
    end = groups.get("end_year")
    if year and end and short_year(end[-2:] if len(end) == 4 else end) % 100 != (year + 1) % 100:
        return None
    return Meaning("fiscal", year=year, count=2 if end else 1, step=step_of(groups))


def _decade(groups: Groups) -> Meaning | None:
    if "decade_year" in groups:
        return Meaning("decade", year=int(groups["decade_year"]))
    tens = (
        int(groups["short_decade"])
        if "short_decade" in groups
        else int(words("decade_words")[groups["decade_word"].lower()])
    )
    if tens < 20:
        return None
    return Meaning("decade", year=1900 + tens)


def _century(groups: Groups) -> Meaning | None:
    return Meaning("century", number=_ordinal(groups["century"]))


def _ordinal(text: str) -> int:
    digits = re.match(r"\d+", text)
    return int(digits[0]) if digits else int(words("ordinals")[text.lower()])


def _quarter(groups: Groups) -> Meaning | None:
    word = (groups.get("quarter") or groups.get("digit_quarter") or "").lower()
    number = 4 if word == "final" else _ordinal(word)
    return Meaning("quarter", number=number, year=_year(groups), step=step_of(groups))


def _fiscal_quarter(groups: Groups) -> Meaning | None:
    meaning = _quarter(groups)
    return replace(meaning, name="fiscal") if meaning else None


def _half(groups: Groups) -> Meaning | None:
    word = (groups.get("half") or groups.get("digit_half") or "").lower()
    return Meaning("half", number=1 if word in ("first", "1") else 2, year=_year(groups), step=step_of(groups))


def _first_months(groups: Groups) -> Meaning | None:
    count = int(read_number(groups["number"]).amount)
    return Meaning("months", number=count, year=_year(groups), step=step_of(groups)) if 1 <= count <= 12 else None


def _weekday(groups: Groups) -> Meaning | None:
    name = groups.get("weekday") or groups.get("short_weekday") or ""
    table = words("weekdays") | words("weekday_abbreviations")
    return Meaning("weekday", weekday=table[name.rstrip(".").lower()], step=step_of(groups))


def _season(groups: Groups) -> Meaning | None:
    return Meaning("season", name=groups["season"].lower(), year=_year(groups), step=step_of(groups))


def _holiday(groups: Groups) -> Meaning | None:
    name = groups["holiday"].replace("’", "'")
    return Meaning("holiday", name=" ".join(name.split()), year=_year(groups))


DATES: dict[str, Builder] = {
    "iso": _iso, "slashed": _numeric, "dotted": _numeric,
    "month_day_year": _date, "month_day": _date, "day_month_year": _date, "day_month": _date,
    "month_days_year": _days, "month_days": _days, "days_month_year": _days, "days_month": _days,
    "months_year": _months_year, "ordinal_month": _ordinal_month, "day_of_step": _date, "day_alone": _date,
    "month_year": _date, "month_short_year": _date, "month_step_year": _month_of_year,
    "month": _date, "month_dotted": _date, "step_month": _date, "steps_month_day": _date,
    "year": _date, "the_year_thousand": lambda _: Meaning("date", year=2000),
    "spelt_year": _spelt_year, "month_spelt_year": _spelt_year,
    "season_spelt_year": _spelt_year, "years_short": _years_short, "the_year_year": _date,
    "fiscal": _fiscal, "fiscal_short": _fiscal, "year_fiscal": _fiscal, "step_fiscal": _fiscal,
    "decade": _decade, "short_decade": _decade, "word_decade": _decade, "century": _century,
    "quarter": _quarter, "fiscal_quarter": _fiscal_quarter,
    "year_quarter": _quarter, "step_year_quarter": _quarter, "short_quarter": _quarter,
    "quarter_short": _quarter, "half": _half, "short_half": _half, "first_months": _first_months,
    "weekday": _weekday, "step_weekday": _weekday, "weekday_short": _weekday, "holiday": _holiday,
    "season": _season, "step_season": _season, "bare_season": _season,
}  # fmt: skip
