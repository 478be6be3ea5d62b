"""Datelines: the place and date before a report, and lines that only give a date.

In:     the start of a first paragraph, or one short line.
Out:    how far the dateline reaches, and the full date in it if there is one.
Data:   places in ontology/furniture.yaml, for datelines that neither capitals, date nor agency mark as such.

A dateline without a year gives no date: which year it means is not in the text.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Literal, NamedTuple

from dragoman.sources.dates import DAY, MONTH, WEEKDAY, YEAR, full_dates
from dragoman.sources.furniture import is_furniture, places

#: A dateline is looked for in this many characters at the start of a paragraph; the longest name three places. Guess.
REACH = 120

_DATE = rf"(?:{WEEKDAY},? )?(?:{MONTH} {DAY}(?:,? {YEAR})?|{DAY} {MONTH}(?:,? {YEAR})?|{YEAR}-\d\d-\d\d)"
_WORD = r"(?:[A-Z][\w'’.\-]*|of|de|del|la|do|da|al|el|the|and|sur|am)"
_PLACE = rf"[A-Z][\w'’.\-]*(?:[ ]{_WORD}){{0,4}}(?:(?:, |/)[A-Z][\w'’.\-]*(?:[ ]{_WORD}){{0,3}}){{0,3}}"
_AGENCY = r"(?:\((?P<paren>[^()\n]{2,60})\)|/[A-Z][\w .&-]{1,30}/|(?:Reuters?|REUTER|AP|AFP|UPI|PTI|IANS|ANI|Xinhua))"
_DASH = r"(?P<dash>-{1,3}|[–—―]{1,2}|_{1,2}|:)"
_LINE = re.compile(
    rf"(?:(?P<place>{_PLACE}?)(?P<dot>[.,])?)??\s*(?:,\s*)?(?P<date>(?<![\w]){_DATE},?)?\s*(?P<agency>{_AGENCY})?"
    rf"[,.]?\s*{_DASH}(?P<gap>\s*)(?=(?P<next>.))",
    re.DOTALL,
)
_ALONE = re.compile(
    rf"(?P<place>{_PLACE}?)?[.,]?\s*(?:,\s*)?(?P<date>{_DATE})?[.,]?\s*(?P<agency>{_AGENCY})?\s*(?:{_DASH})?"
)
_OPENS = "\"'“‘«(["

Label = Literal["dateline", "published", "bare", "updated"]
_LABEL = re.compile(
    r"(?:first )?(?P<published>published|posted|issued|released|date|dated|created|release date|publication date"
    r"|(?:done|signed|given)(?= (?:at|in|on)\b))(?: on| at| in)?\b ?:?"
    r"|(?:last )?(?P<updated>updated|modified|revised)(?: on| at)?\b ?:?",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(?:at )?\d{1,2}[:.]\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?|\b\d{1,2} ?[ap]\.?m\.?(?!\w)|\b\d{4} ?(?:gmt|utc|hrs)\b"
    r"|\b(?:[A-Z]{1,4}T|UTC|GMT|IST)\b(?:[+-]\d+)?|[+-]\d{4}\b|\b\d+ ?-?min(?:ute)?s?(?: read)?\b",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(WEEKDAY, re.IGNORECASE)


class Dateline(NamedTuple):
    """A dateline: where it ends, the full date in it or None, and whether a date or an agency confirms it."""

    end: int
    date: date | None
    sure: bool


class DatedLine(NamedTuple):
    """A line that gives a date and no more: what it says the date is of."""

    label: Label
    date: date


def find_dateline(paragraph: str) -> Dateline | None:
    """Return the dateline at the start of a paragraph with text after it, dash and blanks included, or None."""
    head = paragraph[:REACH]
    match = _LINE.match(head)
    if match is None or not _opens_a_report(match) or not _is_dateline(match):
        return None
    sure = bool(match["date"] or match["agency"])
    return Dateline(match.end(), _full(match["date"]) or _full(match["paren"]), sure)


def dateline_alone(paragraph: str) -> Dateline | None:
    """Return the dateline that a whole short paragraph is ("NAIROBI, Kenya (AP) _"), or None."""
    if len(paragraph) > REACH:
        return None
    match = _ALONE.fullmatch(paragraph)
    if match is None or not match["place"]:
        return None
    marks = bool(match["date"]) + bool(match["agency"]) + bool(match["dash"] and match["dash"] != ":")
    if not marks or not (_is_known(match["place"]) or _is_shouted(match["place"]) or marks > 1):
        return None
    return Dateline(
        len(paragraph), _full(match["date"]) or _full(match["paren"]), bool(match["date"] or match["agency"])
    )


def dated_line(line: str) -> DatedLine | None:
    """Return the date a line gives when it gives nothing else, a label, a time, a place or a byline aside."""
    if len(line) > REACH:
        return None
    found = list(full_dates(line))
    if not found or (any(other.date != found[0].date for other in found) and not _LABEL.search(line)):
        return None
    rest = line
    for other in reversed(found):
        rest = rest[: other.start] + "|" + rest[other.end :]
    label = _LABEL.search(rest)
    rest = _WEEKDAY.sub("", _TIME.sub("", _LABEL.sub("", rest)))
    chunks = [chunk.strip(" ,.;:()[]/-–—\t") for chunk in re.split(r"[|•·\n]|\s[-–—]\s", rest)]
    if not all(_is_beside(chunk) for chunk in chunks if chunk):
        return None
    if label is None:
        return DatedLine("bare", found[0].date)
    return DatedLine("published" if label["published"] else "updated", found[0].date)


def _is_beside(chunk: str) -> bool:
    """Whether words may stand beside a date in a line of its own: a known place, a byline, a kicker."""
    return _is_known(chunk) or is_furniture(chunk) or chunk.lower() in {"on", "at", "the", "and"}


def _full(text: str | None) -> date | None:
    """Return the full date in a dateline's date, if it has a year."""
    return next((found.date for found in full_dates(text or "")), None)


def _opens_a_report(match: re.Match[str]) -> bool:
    """Whether what follows the dash starts a sentence, and the dash stands as a dateline's does."""
    spaced = bool(match["gap"]) or match["dash"][0] in "—―–_" or len(match["dash"]) > 1
    if match["next"].isupper() or match["next"].isdigit() or match["next"] in _OPENS:
        return spaced
    return spaced and bool(match["date"] and match["place"]) and _is_shouted(match["place"])


def _is_dateline(match: re.Match[str]) -> bool:
    """Whether place, date and agency together make a dateline; a colon or a lone place needs more than a dash."""
    place, day, agency = match["place"] or "", match["date"], match["agency"]
    if match["paren"] and not re.match(r"[A-Z\d]", match["paren"]):
        return False
    if not place:
        return bool(day and match["dash"] != ":") or bool(
            match["paren"] and match["dash"] != ":" and len(match["paren"]) < 25
        )
    if day:
        return _is_known(place) or _is_shouted(place) or match["dot"] is not None
    if agency:
        return _is_shouted(place) or _is_known(place) or bool(match["dash"] != ":" and _full(match["paren"]))
    return _is_known(place) or (match["dash"] != ":" and _is_shouted(place) and len(place) > 4)


def _is_known(place: str) -> bool:
    """Whether the place, or the first of several joined by commas or strokes, is one that datelines name."""
    return re.split(r",|/", place.replace("’", "'"))[0].strip(" .").lower() in places()


def _is_shouted(place: str) -> bool:
    """Whether the place (or the first of several) is in capitals."""
    first = re.split(r",|/", place)[0]
    return first.isupper() and sum(char.isalpha() for char in first) > 2
