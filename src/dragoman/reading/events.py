"""Events: what one actor did, does, will do or may do to or with another.

In:     a `Parsed` document, its `Cast` and its `Clock`.
Out:    `Event` records, each quoting the clauses that state it; mentions of the same act are one event.
Data:   the act patterns of ontology/acts.yaml, the cue words of ontology/tracks.yaml and ontology/modality.yaml.

An act counts when the text names who acts and another actor acted on (or with). What somebody is asked to do, and
what only stands inside a question or a condition on another act, is no event of its own.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from dragoman.domain import MUTUAL, Because, Event, EventType, Span, Status, Track, Window
from dragoman.language.acts import Act, find_acts
from dragoman.language.parse import Parsed, Sentence
from dragoman.language.tracks import find_tracks
from dragoman.reading.cast import Cast, Party
from dragoman.reading.modality import Standing, standing
from dragoman.reading.roles import Roles, roles
from dragoman.reading.when import Clock

if TYPE_CHECKING:
    from spacy.tokens import Token

#: Acts in words whose content is only spoken of: what is asked for, alleged or threatened is not reported as done.
SPOKEN = frozenset({"REQUEST", "ACCUSE", "THREATEN", "REJECT"})
#: Types of which a document usually tells one act of the same sides again and again, rather than several.
REPEATED = frozenset({"CONSULT", "SANCTION", "COOPERATE", "MOBILIZE", "ASSAULT", "AID", "CONCEDE"})
#: Words by which a text says that an act did not happen.
DENYING = frozenset({"not", "n't", "n’t", "never", "no", "denied", "denies", "deny", "denying"})
#: Nouns that stand for a measure when it is spoken of again.
MEASURES = frozenset(
    "tariff sanction duty levy embargo ban restriction curb measure penalty limit quota barrier surcharge blockade".split()
)
#: Types that two sides may also do together, with nobody on the receiving side ("the parties commit to ...").
JOINT = frozenset({"AGREE", "SUPPORT", "CONCEDE", "RETREAT", "ASSAULT", "MOBILIZE"})
#: Types of which a text says that they did not happen; "did not honour", "did not welcome" are no news of an act.
DENIABLE = frozenset({"CONSULT", "SANCTION", "AID", "ASSAULT", "MOBILIZE", "COERCE", "COOPERATE", "PROTEST"})
#: Nouns whose infinitive tells of an act that is to come, not merely of a duty or an aim.
RESOLVES = frozenset({"plan", "decision", "intention", "order", "threat", "pledge", "promise", "move"})
#: Types whose refusal is an act of its own: "will not withdraw" is REJECT.
REFUSABLE = frozenset({"AGREE", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "CONSULT"})
#: Words that leave an act open; an act of which only one side is named counts as a next step only with them.
MAYBE = frozenset({"may", "might", "could"})
DIRECT, OWNED, PRESUMED = 0.9, 0.7, 0.5  # how sure the syntax is of the sides (guess)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One mention of an act with its sides, before mentions of the same act are folded into one event."""

    act: Act
    type: EventType
    sides: Roles
    standing: Standing
    status: Status
    when: Window | None
    tracks: tuple[Track, ...]
    evidence: Span
    score: float
    sentence: int
    half: bool = False


@dataclass(frozen=True, slots=True)
class Loose:
    """A meeting of which the words name no side ("the talks", "a possible meeting next month")."""

    evidence: Span
    phase: str
    when: Window | None
    definite: bool


@dataclass(frozen=True, slots=True)
class Told:
    """An event with the mentions it was folded from, best first; next steps and measures read the mentions again."""

    event: Event
    mentions: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Acts:
    """The events of a document, and `ahead`: acts to come of which the text names only one side.

    The latter are no events, but next steps ("the EU will host talks in January").
    """

    told: list[Told]
    ahead: list[Told]


def find_events(parsed: Parsed, cast: Cast, clock: Clock) -> Acts:
    """Return the events of a document with their mentions, in the order of their first mention."""
    candidates: list[Candidate] = []
    ahead: list[Candidate] = []
    loose: list[Loose] = []
    imposed: Roles | None = None
    for number, sentence in enumerate(parsed.sentences):
        acts = find_acts(sentence.tokens)
        for act in acts:
            candidate = _candidate(act, acts, number, sentence, parsed, cast, clock, imposed)
            if candidate is not None and candidate.half:
                ahead.append(candidate)
            elif candidate is not None:
                candidates.append(candidate)
                if candidate.type == "SANCTION" and candidate.score >= OWNED:
                    imposed = candidate.sides
            elif act.type == "CONSULT" and act.hints.noun:
                stands = standing(act.head)
                window = clock.of(act.head, future=stands.future)
                loose.append(Loose(_evidence(act, parsed), _phase(stands.status), window, _definite(act.head)))
    told = _fold(sorted(candidates, key=lambda c: (parsed.sentences[c.sentence].is_headline, c.evidence.start)))
    return Acts(_attach(told, loose), _fold(ahead))


def _candidate(
    act: Act,
    acts: list[Act],
    number: int,
    sentence: Sentence,
    parsed: Parsed,
    cast: Cast,
    clock: Clock,
    imposed: Roles | None = None,
) -> Candidate | None:
    """Return the act with its sides, status and date, or None where it is no event between two actors."""
    stands = standing(act.head)
    if _only_spoken_of(act, acts) or not _is_told(act, stands):
        return None
    kind = act.type
    if stands.status == "denied" and stands.future and kind in REFUSABLE:
        kind, stands = "REJECT", Standing("happened", None, stands.why)
    sides, score = _sides(act, kind, stands, cast, imposed)
    half = not _has_two_sides(act, kind, sides)
    if sides.inward or not (sides.actor.ids or sides.recipient.ids) or (sentence.is_headline and (half or act.hints.noun)):
        return None
    if act.hints.weak and (half or not sides.direct):
        return None
    effective = clock.taking_effect(act.head) if kind in ("SANCTION", "CONCEDE") else None
    window = effective or clock.of(act.head, future=stands.future)
    status: Status = act.hints.status or stands.status  # type: ignore[assignment]
    published = parsed.document.published
    if status == "happened" and _ahead(window, published):
        if stands.future is False:  # "discussed a meeting next month": the date is that of what was discussed
            window = None
        else:
            status = "planned"
    if status == "possible" and stands.why in ("expected", "expects", "expect") and window is not None:
        status = "planned"
    if half and not (status == "planned" or (status == "possible" and set(stands.why.split()) & MAYBE)):
        return None
    tracks = find_tracks(sentence.tokens.text, parsed.document.text)
    return Candidate(act, kind, sides, stands, status, window, tracks, _evidence(act, parsed), score, number, half)


def _sides(
    act: Act, kind: EventType, stands: Standing, cast: Cast, imposed: Roles | None
) -> tuple[Roles, float]:
    """Return who does the act to whom and how sure that is.

    A side that the clause leaves out is taken from what the document makes plain: the measure just told of ("the
    tariffs would be lifted"), or the other side of the pair that the text is about.
    """
    sides = roles(act, cast)
    if _has_two_sides(act, kind, sides) or act.hints.weak or sides.inward:
        return sides, DIRECT if sides.direct else OWNED
    if act.type in MUTUAL:
        both = set(sides.actor.ids) <= set(cast.pair) and len(cast.pair) == 2
        if act.type == "CONSULT" and sides.actor.ids and both and stands.status in ("planned", "possible"):
            return replace(sides, actor=Party(cast.pair, sides.actor.persons)), PRESUMED
        return sides, OWNED
    return _completed(act, sides, cast, imposed), PRESUMED


def _has_two_sides(act: Act, kind: EventType, sides: Roles) -> bool:
    together = act.hints.mutual or act.type in MUTUAL or kind in JOINT
    return bool(sides.actor.ids) and bool(sides.recipient.ids or (together and len(sides.actor.ids) > 1))


def _completed(act: Act, sides: Roles, cast: Cast, imposed: Roles | None) -> Roles:
    """Return the sides with the missing one filled in where something makes it plain."""
    if imposed is not None and act.type in ("SANCTION", "CONCEDE") and _names_measure(act):
        if not sides.actor.ids and not (set(sides.recipient.ids) & set(imposed.actor.ids)):
            return replace(sides, actor=imposed.actor, recipient=sides.recipient if sides.recipient.ids else imposed.recipient)
        if set(sides.actor.ids) == set(imposed.actor.ids):
            return replace(sides, recipient=imposed.recipient)
    if sides.actor.ids:
        return replace(sides, recipient=Party(cast.counterpart(sides.actor.ids), direct=False))
    return replace(sides, actor=Party(cast.counterpart(sides.recipient.ids), direct=False))


def _names_measure(act: Act) -> bool:
    """Whether the act's object or head is a measure already told of: "the tariffs", "these restrictions"."""
    nouns = [t for t in (act.head, act.object, *act.words) if t is not None and t.pos_ == "NOUN"]
    return any(n.lemma_.lower() in MEASURES for n in nouns)


def _is_told(act: Act, stands: Standing) -> bool:
    """Whether the words report the act at all, rather than name it as an aim, a duty or a thing left undone.

    "to open its market" as a purpose, "failed to sign" and "stopped buying" tell of no act; "may sign", "is ready to
    sign" and "did not sign" do.
    """
    if act.hints.status:
        return True
    if stands.status == "ended":
        return act.type in ("SANCTION", "COERCE", "MOBILIZE", "COOPERATE", "AID") and act.hints.noun
    if stands.status == "denied":
        return act.type in DENIABLE and stands.why in DENYING or bool(stands.future) and act.type in REFUSABLE
    if stands.status == "possible":
        return stands.why not in ("to", "if", "should")
    if act.head.dep_ == "acl" and act.head.tag_ == "VB":  # "its duty to open", "a commitment to buy"
        return stands.status == "planned" and stands.why.lower().rstrip("s") in RESOLVES
    return True


def _only_spoken_of(act: Act, acts: list[Act]) -> bool:
    """Whether the act stands in the content of another act's words: asked for, alleged or refused."""
    above = {a.head.i: a for a in acts if a.hints.speech and a.type in SPOKEN and not a.hints.noun}
    node = act.head
    for _ in range(8):
        if node.dep_ == "conj" and node.head.i in above and node.head.i != act.head.i:
            return False
        if node.head.i == node.i:
            return False
        if node.dep_ in ("nsubj", "nsubjpass", "advcl", "relcl"):
            return False
        node = node.head
        if node.i in above and node.i != act.head.i:
            return above[node.i].type in ("REQUEST", "ACCUSE")
    return False


def _ahead(window: Window | None, published: date | None) -> bool:
    return window is not None and published is not None and window.start is not None and window.start > published


def _definite(head: Token) -> bool:
    """Whether a noun, or the subject of a verb, goes back to something told before."""
    words = {"the", "these", "this", "those", "their", "both", "they", "he", "she"}
    if head.pos_ in ("VERB", "AUX"):
        subjects = [c for c in head.children if c.dep_ in ("nsubj", "nsubjpass")]
        return any(s.lower_ in words or _definite(s) for s in subjects)
    return any(c.lower_ in words for c in head.lefts)


def _evidence(act: Act, parsed: Parsed) -> Span:
    """Return the words that state the act: its clause, or its noun phrase."""
    first, last = clause(act.head)
    doc = parsed.doc
    return parsed.quote(doc[first].idx, doc[last].idx + len(doc[last]))


def clause(head: Token) -> tuple[int, int]:
    """Return the first and last token of the clause or noun phrase of this head, without what is joined to it."""
    verb = head.pos_ in ("VERB", "AUX")
    cut = ("conj", "cc", "parataxis", "punct") if verb else ("conj", "cc", "relcl", "punct")
    first, last = head.i, head.i
    joined = [c for c in head.children if c.dep_ == "conj" and c.pos_ in ("VERB", "AUX")] if verb else []
    end = min((c.left_edge.i for c in joined), default=head.right_edge.i + 1)
    for child in head.children:
        if child.dep_ in cut or child.left_edge.i >= end or (verb and child.dep_ == "mark"):
            continue
        first = min(first, child.left_edge.i)
        last = max(last, min(child.right_edge.i, end - 1))
    doc = head.doc
    while last > first and doc[last].dep_ in ("cc", "punct") and doc[last].text not in ("”", '"', "’", ")"):
        last -= 1
    while first < last and (doc[first].is_punct and doc[first].text not in ("“", '"', "(") or doc[first].dep_ == "cc"):
        first += 1
    return first, last


def _fold(candidates: list[Candidate]) -> list[Told]:
    """Join mentions of the same act: same type and sides, status and dates that do not contradict."""
    groups: list[list[Candidate]] = []
    for candidate in candidates:
        group = next((g for g in groups if _same(g, candidate)), None)
        if group is None:
            groups.append([candidate])
        else:
            group.append(candidate)
    return [Told(_event(group), tuple(sorted(group, key=lambda c: -c.score))) for group in groups]


def _same(group: list[Candidate], new: Candidate) -> bool:
    first = group[0]
    if first.type != new.type:
        return False
    if set(first.sides.actor.ids) != set(new.sides.actor.ids) or set(first.sides.recipient.ids) != set(new.sides.recipient.ids):
        return False
    if _phase(first.status) != _phase(new.status):
        return False
    if not all(_compatible(c.when, new.when) for c in group):
        return False
    if first.type == "CONSULT" and not _same_meeting(group, new):
        return False
    if first.type in REPEATED:
        return True
    return any(abs(c.sentence - new.sentence) <= 1 for c in group)


def _same_meeting(group: list[Candidate], new: Candidate) -> bool:
    """Whether a meeting is the one already told of: not a call beside a visit, nor "rounds of talks" beside a call."""
    modes = {c.act.mode for c in (*group, new) if c.act.mode}
    if len(modes) > 1:
        return False
    if new.when is not None or _phase(new.status) != "happened" or _definite(new.act.head):
        return True
    persons = {p.name for c in group for p in c.sides.actor.persons}
    return bool(persons & {p.name for p in new.sides.actor.persons})


def _phase(status: Status) -> str:
    return {"planned": "ahead", "possible": "ahead"}.get(status, status)


def _compatible(a: Window | None, b: Window | None) -> bool:
    if a is None or b is None:
        return True
    return (a.start is None or b.end is None or a.start <= b.end) and (b.start is None or a.end is None or b.start <= a.end)


def _event(group: list[Candidate]) -> Event:
    best = max(group, key=lambda c: c.score)
    status = Counter(c.status for c in group).most_common(1)[0][0]
    windows = [c.when for c in group if c.when]
    when = min(windows, key=_width) if windows else None
    persons = dict.fromkeys(p for c in group for p in (*c.sides.actor.persons, *c.sides.recipient.persons))
    tracks: Counter[Track] = Counter(t for c in group for t in c.tracks)
    spans = sorted({c.evidence for c in group}, key=lambda s: [c.evidence for c in group].index(s))
    mode = next((c.act.mode for c in group if c.act.mode), None)
    return Event(
        type=best.type,
        mode=mode,
        actors=group[0].sides.actor.ids,
        recipients=group[0].sides.recipient.ids,
        participants=tuple(persons),
        status=status,
        when=when,
        tracks=tuple(t for t, _ in tracks.most_common(4)),
        evidence=tuple(spans),
        because=Because(
            rule=f"act.{'noun' if best.act.hints.noun else 'verb'}",
            score=round(best.score, 2),
            detail=f"{best.act.hints.pattern!r} read in {' '.join(w.text for w in best.act.words)!r}; status {status}"
            + (f" by {best.standing.why!r}" if best.standing.why else ""),
        ),
    )


def _width(window: Window) -> int:
    if window.start is None or window.end is None:
        return 10**6
    return (window.end - window.start).days


def _attach(told: list[Told], loose: list[Loose]) -> list[Told]:
    """Give a meeting without named sides to the one it goes back to, as further evidence.

    "The talks" go back to the meeting last told of before them, "a possible meeting next month" to the one that lies
    ahead at that time; whatever fits none is left out.
    """
    out = list(told)
    for mention in loose:
        fitting = [n for n, t in enumerate(out) if t.event.type == "CONSULT" and _goes_back(mention, t.event)]
        if fitting:
            nearest = min(fitting, key=lambda n: abs(out[n].event.evidence[0].start - mention.evidence.start))
            event = out[nearest].event
            when = min((w for w in (event.when, mention.when) if w), key=_width, default=None)
            out[nearest] = replace(out[nearest], event=replace(event, when=when, evidence=(*event.evidence, mention.evidence)))
    return out


def _goes_back(mention: Loose, event: Event) -> bool:
    if mention.phase == "ahead":
        return _phase(event.status) == "ahead" and bool(mention.when and event.when) and _compatible(mention.when, event.when)
    before = event.evidence[0].start < mention.evidence.start
    return mention.definite and before and _phase(event.status) == mention.phase and _compatible(mention.when, event.when)
