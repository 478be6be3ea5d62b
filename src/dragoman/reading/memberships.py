"""Memberships: leaving and joining a named framework as acts towards those who are in it.

In:     a `Parsed` document, its `Cast` and `Clock`, its initiatives and its events.
Out:    `add_memberships`: the events, with who leaves (REJECT) and who joins (SUPPORT) a recorded initiative;
        towards whoever runs it and belongs to it, as far as the text says. The evidence holds the initiative's name.
Data:   the verbs of ontology/modality.yaml by which a state goes out of a framework and comes into one.

Another reading of the same words gives way: "quit the pact" neither withdraws troops nor cuts ties.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman import ontology
from dragoman.domain import EventType, Initiative
from dragoman.language.act_patterns import Entry
from dragoman.language.acts import Act
from dragoman.language.parse import Parsed
from dragoman.language.tracks import find_tracks
from dragoman.reading.cast import Cast
from dragoman.reading.clauses import clause
from dragoman.reading.events import Acts
from dragoman.reading.folding import Candidate, Told, fold
from dragoman.reading.initiative_names import find_mentions
from dragoman.reading.initiative_shapes import Mention
from dragoman.reading.modality import standing
from dragoman.reading.party import Party
from dragoman.reading.roles import Roles, is_passive, subject
from dragoman.reading.when import Clock

if TYPE_CHECKING:
    from spacy.tokens import Token

SURE = 0.8  # how sure the syntax is of who leaves or joins (guess)


def add_memberships(acts: Acts, initiatives: list[Initiative], parsed: Parsed, cast: Cast, clock: Clock) -> Acts:
    """Return the acts with those of leaving and joining a recorded initiative, in the order of the text."""
    found: list[Candidate] = []
    recorded = {i.name: i for i in initiatives}
    mentions = find_mentions(parsed, cast)
    for mention in [*_in_headline(mentions, recorded, parsed), *mentions]:
        full = next((m for m in mentions if m.key == mention.key and m.name in recorded), None)
        verb = _verb(parsed.doc[mention.first : mention.last + 1].root)
        if full is None or verb is None:
            continue
        candidate = _candidate(verb, mention, full, recorded[full.name], parsed, cast, clock)
        if candidate is not None:
            found.append(candidate)
    if not found:
        return acts
    taken = {c.act.head.i for c in found}
    kept = [t for t in acts.told if not any(m.act.head.i in taken for m in t.mentions)]
    told = [_with_name(t, parsed, recorded) for t in fold(found)]
    return replace(acts, told=sorted([*kept, *told], key=lambda t: t.event.evidence[0].start))


def _in_headline(mentions: list[Mention], recorded: dict[str, Initiative], parsed: Parsed) -> list[Mention]:
    """Return the recorded names that stand in the first line, where capitals alone would name nothing."""
    start, end = parsed.document.headline or (0, 0)
    out = []
    for full in {m.name: m for m in reversed(mentions) if m.name in recorded}.values():
        at = parsed.document.text.find(full.name, start, end)
        tokens = parsed.doc.char_span(at, at + len(full.name)) if at >= 0 else None
        if tokens is not None and not any(m.first <= tokens.start <= m.last for m in mentions):
            out.append(replace(full, first=tokens.start, last=tokens.end - 1))
    return out


def _verb(name: Token) -> Token | None:
    """Return the verb of leaving or joining that a name is the object of: "quit X", "withdrew from X"."""
    node = name.head if name.dep_ == "pobj" and name.head.lower_ in ("from", "of", "to") else name
    while node is not name and node.dep_ in ("prep", "prt") and node.head.pos_ in ("ADP", "ADV"):
        node = node.head  # "pulled out of X"
    if node is name and name.dep_ not in ("dobj", "nsubjpass"):
        return None
    verb = node.head
    return verb if verb.pos_ == "VERB" and _kind(verb) is not None else None


def _kind(verb: Token) -> EventType | None:
    lemma = verb.lemma_.lower()
    names = {lemma, *(f"{lemma} {c.lower_}" for c in verb.children if c.dep_ in ("prt", "prep", "advmod"))}
    if names & set(ontology.load("modality")["exits"]):
        return "REJECT"
    return "SUPPORT" if names & set(ontology.load("modality")["enters"]) else None


def _candidate(
    verb: Token, mention: Mention, full: Mention, initiative: Initiative, parsed: Parsed, cast: Cast, clock: Clock
) -> Candidate | None:
    """Return the act of leaving or joining, or None where nobody is said to do it."""
    kind, stands, actor = _kind(verb), standing(verb), subject(verb, cast)
    ids = tuple(i for i in actor.ids if i.isupper())
    if kind is None or not ids or stands.status not in ("happened", "planned", "possible"):
        return None
    if (parsed.doc[mention.first : mention.last + 1].root.dep_ == "nsubjpass") != is_passive(verb):
        return None
    if kind == "SUPPORT" and stands.status != "happened":
        return None  # a promise to join, or an invitation, is told by its own words
    if stands.status == "possible" and stands.why in ("to", "if", "should"):
        return None
    remaining = _left_behind(verb, cast)
    others = tuple(
        dict.fromkeys(i for i in (*initiative.lead, *initiative.members, *remaining) if i not in ids and i.isupper())
    )
    number = parsed.sentence_at(verb.idx)
    sentence = parsed.sentences[number].tokens
    first, last = clause(verb)
    first, last = min(first, mention.first), max(last, mention.last)
    hints = Entry("membership", kind, "", speech=True)
    return Candidate(
        act=Act(verb, (verb, parsed.doc[mention.last]), kind, None, hints, 2, parsed.doc[mention.last]),
        type=kind,
        sides=Roles(replace(actor, ids=ids), Party(others), direct=True),
        standing=stands,
        status=stands.status,
        when=clock.of(verb, future=stands.future),
        tracks=find_tracks(sentence.text, parsed.document.text),
        evidence=parsed.quote(parsed.doc[first].idx, parsed.doc[last].idx + len(parsed.doc[last])),
        score=SURE,
        sentence=number,
    )


def _left_behind(verb: Token, cast: Cast) -> tuple[str, ...]:
    """Return who is said to stay: "quit the pact, leaving Mali and Niger in it"."""
    for clause_ in (t for t in verb.subtree if t.dep_ == "advcl" and t.tag_ == "VBG" and t.lemma_.lower() == "leave"):
        if any(c.dep_ in ("prep", "advmod", "acomp") for t in clause_.children for c in (t, *t.children)):
            return tuple(i for c in clause_.children if c.dep_ == "dobj" for i in cast.parties(c).ids)
    return ()


def _with_name(told: Told, parsed: Parsed, recorded: dict[str, Initiative]) -> Told:
    """Return an event whose evidence holds the name of the initiative, where its clause only says "the pact"."""
    quotes = " ".join(" ".join(s.quote.split()) for s in told.event.evidence)
    if any(name in quotes for name in recorded):
        return told
    at, text = told.event.evidence[0].start, parsed.document.text
    before = [(text.rfind(name, 0, at), name) for name in recorded]
    start, name = max(before)
    if start < 0:
        return told
    evidence = (*told.event.evidence, parsed.quote(start, start + len(name)))
    return replace(told, event=replace(told.event, evidence=evidence))
