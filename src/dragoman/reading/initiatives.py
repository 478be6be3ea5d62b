"""Initiatives: named frameworks, agreements, groupings and programmes between actors.

In:     a `Parsed` document and its `Cast`.
Out:    `Initiative` records, one for each name however often it stands in the text.
Data:   ontology/initiatives.yaml.

Names come from `initiative_names.py`, who takes part from `initiative_ties.py`. A name that is not well known is
recorded only where the text ties actors to it, so that national plans, products and parties never become initiatives.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dragoman import ontology
from dragoman.domain import Because, Initiative
from dragoman.language.parse import Parsed
from dragoman.reading.cast import Cast
from dragoman.reading.initiative_names import find_mentions
from dragoman.reading.initiative_purpose import purpose
from dragoman.reading.initiative_shapes import Mention, words
from dragoman.reading.initiative_ties import NAMED, Tie, Ties

#: How sure a record is, by how its name was found (guess).
SCORES = {"known": 0.9, "introduced": 0.8, "strong": 0.75, "weak": 0.6}


@dataclass(slots=True)
class _Sheet:
    """What the text says of one initiative, gathered from all its mentions."""

    mentions: list[Mention]
    ties: list[Tie] = field(default_factory=list)
    purpose: tuple[int, int] | None = None

    def ids(self, *roles: str) -> tuple[str, ...]:
        """Return the ids tied in these roles, in the order of the text."""
        return tuple(dict.fromkeys(i for t in self.ties if t.role in roles for i in t.ids))


def find_initiatives(parsed: Parsed, cast: Cast) -> list[Initiative]:
    """Return the initiatives that a document names, in order of first mention.

    Members, lead and invited are those the text states; an initiative that is only named has none.
    """
    mentions = find_mentions(parsed, cast)
    ties = Ties(parsed, cast, mentions)
    sheets: dict[str, _Sheet] = {}
    for mention in mentions:
        sheet = sheets.setdefault(mention.key, _Sheet([]))
        sheet.mentions.append(mention)
        sheet.ties += ties.of(mention)
        sheet.purpose = sheet.purpose or purpose(mention, ties.anchors(mention))
    return [record for sheet in sheets.values() if (record := _record(sheet, parsed, cast)) is not None]


def _record(sheet: _Sheet, parsed: Parsed, cast: Cast) -> Initiative | None:
    """Return the record of one initiative, or None where too little ties it to actors."""
    named = [m for m in sheet.mentions if m.how != "short"]
    best = max(named, key=lambda m: (SCORES[m.how], len(m.name), -m.first))
    lead, invited = sheet.ids("lead"), sheet.ids("invited")
    members = tuple(
        dict.fromkeys(i for t in sheet.ties if t.role == "member" or (t.role == "lead" and t.acting) for i in t.ids)
    )
    if not lead and best.lead and _stands_beside(best, parsed, cast):
        lead = best.lead
        members = tuple(dict.fromkeys([*lead, *members])) if members else ()
    soft = sheet.ids("acts")
    if len({*soft, *members}) >= 2:
        members = tuple(dict.fromkeys([*members, *soft]))
    left = set(sheet.ids("left"))
    members = tuple(i for i in members if i not in left)
    invited = tuple(i for i in invited if i not in members)
    if set(members) == set(lead) and len(lead) == 1 and not invited:
        members = ()
    if not _is_international(sheet, best, {*members, *lead, *invited}, parsed, cast):
        return None
    return Initiative(
        name=best.name,
        lead=lead,
        members=members,
        invited=invited,
        purpose=parsed.quote(*sheet.purpose).quote if sheet.purpose else None,
        evidence=tuple(parsed.quote(*s) for s in _evidence(sheet, named, parsed)),
        because=Because(
            f"initiative-{best.how}", SCORES[best.how], "; ".join(dict.fromkeys(t.why for t in sheet.ties))
        ),
    )


def _stands_beside(mention: Mention, parsed: Parsed, cast: Cast) -> bool:
    """Return whether one of those known to run an initiative is named in the paragraph of the mention."""
    here = next((s.paragraph for s in parsed.sentences if s.tokens.start <= mention.first < s.tokens.end), None)
    near = (t.i for s in parsed.sentences if s.paragraph == here for t in s.tokens)
    return any(
        k in cast.names and cast.names[k].actor in mention.lead for k in near if not mention.first <= k <= mention.last
    )


def _is_international(sheet: _Sheet, best: Mention, ids: set[str], parsed: Parsed, cast: Cast) -> bool:
    """Return whether the text ties the name to actors, states or intergovernmental ones among them.

    A well-known name needs no tie. A name that by its noun is an agreement between states ("treaty", "accord"), or
    under which an actor acts, needs two of them in its paragraph; one with a member or guest needs another actor in
    the document; any other name needs two tied to it.
    """
    if best.how == "known":
        return True
    public = {i for i in ids if i.isupper()}
    firm = {i for t in sheet.ties if t.role not in ("acts", "left") and t.why != NAMED for i in t.ids if i.isupper()}
    if best.how == "weak":
        return len(firm) >= 2
    if len(public) >= 2:
        return True
    if any(t.role in ("member", "invited") for t in sheet.ties):
        return len({n.actor for n in cast.names.values() if n.actor.isupper()} | public) >= 2
    if best.noun in words("interstate") or sheet.ids("acts"):
        return len(_around(best, parsed, cast) | public) >= 2
    return False


def _around(mention: Mention, parsed: Parsed, cast: Cast) -> set[str]:
    """Return the states and intergovernmental organisations named in the paragraph of a mention, outside its name."""
    here = next((s.paragraph for s in parsed.sentences if s.tokens.start <= mention.first < s.tokens.end), None)
    near = [t.i for s in parsed.sentences if s.paragraph == here for t in s.tokens]
    found = {cast.names[k].actor for k in near if k in cast.names and not mention.first <= k <= mention.last}
    return {i for i in found if i.isupper() and ontology.is_known(i)}


def _evidence(sheet: _Sheet, named: list[Mention], parsed: Parsed) -> list[tuple[int, int]]:
    """Return the clauses that tie actors to the name, and mentions outside them, sorted and without overlaps."""
    doc = parsed.doc
    spans = [(t.start, t.end) for t in sheet.ties]
    spans += [(doc[m.first].idx, doc[m.last].idx + len(doc[m.last])) for m in named]
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda s: s[0] - s[1]):
        if not any(a < end and start < b for a, b in kept):
            kept.append((start, end))
    return sorted(kept)
