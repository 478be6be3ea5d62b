"""Reading: a document to the records of the ledger.

In:     a `Document` (see sources/).
Out:    `Reading`: events, statements, disputes, next steps, measures and initiatives, each quoting its words.

One module for each kind of record, each with one public function; `read` tells the whole story.
"""

from __future__ import annotations

from dataclasses import replace
from importlib.metadata import version

from dragoman import ontology
from dragoman.domain import Document, Reader, Reading, Record
from dragoman.language.parse import model_name, parse
from dragoman.reading.attribution import find_attributions
from dragoman.reading.cast import assemble
from dragoman.reading.disputes import find_disputes
from dragoman.reading.events import find_events
from dragoman.reading.initiatives import find_initiatives
from dragoman.reading.measures import find_measures
from dragoman.reading.memberships import add_memberships
from dragoman.reading.next_steps import find_next_steps
from dragoman.reading.settling import settle
from dragoman.reading.statements import find_statements
from dragoman.reading.when import clock


def read(document: Document) -> Reading:
    """Return all that a document says about relations between actors.

    The same document gives the same reading. A text in which nothing is found gives a reading without records.
    """
    parsed = parse(document)  # 1. syntax
    cast = assemble(parsed)  # 2. who is in it
    times = clock(parsed)  # 3. when
    attributions = find_attributions(parsed)  # 4. who is quoted, so that "I" and "we" have an owner
    cast.hear(attributions)
    statements = find_statements(parsed, cast, attributions, times.within)  # 5. who said what
    acts = find_events(parsed, cast, times)  # 6. who did what to whom
    measures = find_measures(acts.told, parsed, cast, times)
    acts = replace(acts, told=settle(acts.told, measures, document.published))
    initiatives = find_initiatives(parsed, cast)
    acts = add_memberships(acts, initiatives, parsed, cast, times)
    steps = find_next_steps(acts, statements, measures, parsed, times)
    disputes = find_disputes(statements, acts.told, parsed, cast)
    events = tuple(one.event for one in acts.told)
    records: list[Record] = [*events, *statements, *disputes, *steps, *measures, *initiatives]
    return Reading(
        document=document,
        actors=tuple(ontology.actor(i) for i in sorted(_actor_ids(records))),
        events=events,
        statements=tuple(statements),
        disputes=tuple(disputes),
        next_steps=tuple(steps),
        measures=tuple(measures),
        initiatives=tuple(initiatives),
        tracks=tuple(dict.fromkeys((*(t for e in events for t in e.tracks), *(t for s in steps for t in s.tracks)))),
        reader=Reader(version("dragoman"), (model_name(),)),
        warnings=document.warnings,
    )


def _actor_ids(records: list[Record]) -> set[str]:
    """Return every actor id that the records use."""
    ids: set[str] = set()
    for record in records:
        for name in ("actors", "recipients", "by", "on", "lead", "members", "invited"):
            ids.update(getattr(record, name, ()))
        for name in ("speaker", "claimant", "denier", "said_by"):
            person = getattr(record, name, None)
            if person is not None and person.affiliation:
                ids.add(person.affiliation)
        ids.update(p.affiliation for p in getattr(record, "participants", ()) if p.affiliation)
    return ids
