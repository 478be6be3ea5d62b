"""The moments of a timeline as rows: an act, a step falling due, a measure changing, a dispute.

In:     a `Moment`.
Out:    a `Row`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.show.rows import Row, arrow, origins_words, told, tracks_words
from dragoman.show.sentences import people_words, quoted
from dragoman.show.words import Mark, Names, act_words, mark, rate_words, short_day, short_window, shorten, words

if TYPE_CHECKING:
    from dragoman.views.timeline import Moment

#: Which marks the status of a moment is read by.
_TABLES = {"events": "status", "next_steps": "outcome", "measures": "measure_status"}


def moment_row(moment: Moment, names: Names) -> Row:
    """Return one moment; a day that is only that of the report is said to be."""
    table = _TABLES.get(moment.kind)
    standing = mark(table, moment.status) if table else Mark("none", "disputed")
    day = short_day(moment.day)
    stated = told(moment.day) if moment.precision == "reported" else short_window(moment.when) or day
    partly = "partly " if moment.partial else ""
    word = f"{'possibly ' if moment.possible else ''}{partly}{standing.word}"
    facts = (
        "" if moment.kind == "disputes" or (moment.kind == "events" and moment.status == "happened") else word,
        "contested" if moment.contested else "",
        people_words(moment.participants),
        tracks_words(moment.tracks),
        origins_words(moment.origins),
    )
    return Row(
        id=moment.entry,
        mark=standing,
        day=stated,
        head=arrow(moment.actors, moment.recipients, names),
        what=_what(moment),
        facts=tuple(filter(None, facts)),
        quotes=(moment.quote,) if moment.quote and moment.kind != "disputes" else (),
    )


def _what(moment: Moment) -> str:
    """Return the act, the step's words, the measure with rate and object, or the claim."""
    said = shorten(moment.what, 160) if moment.what else ""
    if moment.kind == "events":
        return _act(moment)["noun"]
    if moment.kind == "next_steps":
        return f"due: {said}"
    if moment.kind == "disputes":
        return f"disputed: {quoted(said)}"
    figures = [rate_words(rate) for rate in (moment.rate, moment.amount) if rate]
    kind = words()["measure_kind"].get(moment.type, moment.type)
    return f"{kind}{f' of {figures[0]}' if figures else ''}{f' on {said}' if said else ''}"


def _act(moment: Moment) -> dict[str, str]:
    joint = len(moment.actors) > 1 and not moment.recipients
    return act_words(moment.type, moment.mode, joint=joint)  # type: ignore[arg-type]  # an event's type is PLOVER's
