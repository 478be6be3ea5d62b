"""Acts as people name them: the words for an event, who stands by it, what it has to do with a step ahead.

In:     events, with the other records of their reading.
Out:    words for one act, groups of its people, and the event that a next step repeats.
Never:  reads the text; all follows from the fields of the records.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from dragoman.domain import Event, EventType, Measure, NextStep, Person, Span, Status, Window
from dragoman.show.words import act_words, words

#: Up to this score the sides of an act or measure come from the words around it, not from its own clause
#: (the reader's lowest step).
INFERRED = 0.5


class Deed(Protocol):
    """What an event of one document and an event of the ledger both have."""

    @property
    def type(self) -> EventType: ...  # noqa: D102

    @property
    def mode(self) -> str | None: ...  # noqa: D102

    @property
    def actors(self) -> tuple[str, ...]: ...  # noqa: D102

    @property
    def recipients(self) -> tuple[str, ...]: ...  # noqa: D102

    @property
    def participants(self) -> tuple[Person, ...]: ...  # noqa: D102

    @property
    def status(self) -> Status: ...  # noqa: D102

    @property
    def when(self) -> Window | None: ...  # noqa: D102


def is_joint(event: Deed) -> bool:
    """Tell whether several sides act together, with nobody acted on."""
    return len(event.actors) > 1 and not event.recipients


def act(event: Deed, measures: Iterable[Measure] = ()) -> dict[str, str]:
    """Return the noun, past, base and preposition for an event.

    A sanction is named as what it is ("tariff") where a measure of the same actors rests on the same words.
    """
    named = act_words(event.type, event.mode, joint=is_joint(event))
    its = [measure for measure in measures if isinstance(event, Event) and _is_of(measure, event)]
    kinds = {measure.kind for measure in its} - set(words()["unnamed_measures"])
    if event.type != "SANCTION" or event.mode or len(kinds) != 1:
        return named
    noun = words()["measure_kind"][kinds.pop()]
    thing = f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
    over = {measure.status for measure in its}
    since = f", now {words()['measure_status'][over.pop()]['word']}," if over in ({"suspended"}, {"lifted"}) else ""
    return named | {"noun": noun, "past": f"imposed {thing}{since}", "base": f"impose {thing}"}


def people(event: Deed) -> tuple[list[Person], list[Person]]:
    """Return the persons by whom the act is done, and those with whom; in a joint act all are among the latter."""
    by = [p for p in event.participants if p.affiliation in event.actors and not is_joint(event)]
    return by, [p for p in event.participants if p not in by]


def told_by(step: NextStep, events: Iterable[Event]) -> Event | None:
    """Return the event that rests first on the same words as the step, if there is one."""
    return next((event for event in events if event.evidence[:1] == step.evidence[:1]), None)


def _is_of(measure: Measure, event: Event) -> bool:
    same = bool(set(measure.by) & set(event.actors))
    return same and any(_overlap(one, other) for one in measure.evidence for other in event.evidence)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
