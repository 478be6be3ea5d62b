"""Events: what one actor did, does, will do or may do to or with another.

In:     a `Parsed` document, its `Cast` and its `Clock`.
Out:    `Event` records, each quoting the clauses that state it; mentions of the same act are one event.
Data:   the act patterns of ontology/acts.yaml, the cue words of ontology/tracks.yaml and ontology/modality.yaml.

An act counts when the text names who acts and another actor acted on (or with). What somebody is asked to do, and
what only stands inside a question or a condition on another act, is no event of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from dragoman import ontology
from dragoman.domain import MUTUAL, EventType, Span, Status, Window
from dragoman.language.acts import Act, find_acts
from dragoman.language.parse import Parsed, Sentence
from dragoman.language.tracks import find_tracks
from dragoman.reading.cast import Cast
from dragoman.reading.clauses import clause
from dragoman.reading.folding import Candidate, Loose, Told, attach, definite, fold, phase
from dragoman.reading.judging import Relation, Verdicts, judge
from dragoman.reading.measuring.instruments import carrier
from dragoman.reading.measuring.naming import words
from dragoman.reading.measuring.sides import stage_of
from dragoman.reading.modality import Standing, closing, keeps_silent, standing
from dragoman.reading.moved import find_moved
from dragoman.reading.parleys import lasting, sides_around, talks_of, whole
from dragoman.reading.party import Party
from dragoman.reading.proposals import Proposal, propose
from dragoman.reading.roles import MEASURES, Roles, roles
from dragoman.reading.topics import is_topic
from dragoman.reading.when import Clock

if TYPE_CHECKING:
    from spacy.tokens import Token

#: Acts in words whose content is only spoken of: what is asked for, alleged or threatened is not reported as done.
SPOKEN = frozenset({"REQUEST", "ACCUSE", "THREATEN", "REJECT"})
#: Types that two sides may also do together, with nobody on the receiving side ("the parties commit to ...").
JOINT = frozenset({"AGREE", "SUPPORT", "CONCEDE", "RETREAT", "ASSAULT", "MOBILIZE"})
#: Types of which a text says that they did not happen; "did not honour", "did not welcome" are no news of an act.
DENIABLE = frozenset({"CONSULT", "SANCTION", "AID", "ASSAULT", "MOBILIZE", "COERCE", "COOPERATE", "PROTEST"})
#: Nouns whose infinitive tells of an act that is to come, not merely of a duty or an aim.
RESOLVES = frozenset({"plan", "decision", "intention", "order", "threat", "pledge", "promise", "move"})
#: Nouns by which one side answers what another did or said.
ANSWERED = frozenset(
    {"charge", "accusation", "claim", "allegation", "assertion", "report", "decision", "step", "vote", "move", "offer"}
    | {
        "proposal",
        "demand",
        "request",
        "call",
        "warning",
        "threat",
        "criticism",
        "action",
        "plan",
        "suggestion",
        "remark",
    }
)
#: Types of which more than half were wrong on the training reports when the other side was only presumed.
UNCOMPLETED = frozenset({"REQUEST", "RETREAT"})
#: Types whose refusal is an act of its own: "will not withdraw" is REJECT.
REFUSABLE = frozenset({"AGREE", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "CONSULT"})
#: Words that leave an act open; an act of which only one side is named counts as a next step only with them.
MAYBE = frozenset({"may", "might", "could"})
#: A candidate of the rules less likely than this is dropped where no relation supports it (tuned on the validation
#: reports and gold/dev: a third of those below are right, three quarters of the others).
KEEP = 0.2
DIRECT, OWNED, PRESUMED = 0.9, 0.7, 0.5  # how sure the syntax is of the sides (guess)


@dataclass(frozen=True, slots=True)
class Acts:
    """The events of a document, and `ahead`: acts to come of which the text names only one side.

    The latter are no events, but next steps ("the EU will host talks in January").
    """

    told: list[Told]
    ahead: list[Told]


@dataclass(slots=True)
class Before:
    """What the text has told so far: the measure last imposed, and who did the acts of the sentences before."""

    imposed: Roles | None = None
    acts: list[tuple[int, Roles]] = field(default_factory=list)

    def last_by_another(self, ids: tuple[str, ...], number: int) -> Party:
        """Return who did the last act by somebody else, within two sentences before sentence `number`."""
        for told, sides in reversed(self.acts):
            if number - told > 2:
                break
            if not set(sides.actor.ids) & set(ids):
                return Party(sides.actor.ids, direct=False)
        return Party(())


def find_events(parsed: Parsed, cast: Cast, clock: Clock) -> Acts:
    """Return the events of a document with their mentions, in the order of their first mention."""
    candidates: list[Candidate] = []
    ahead: list[Candidate] = []
    loose: list[Loose] = []
    before = Before()
    verdicts = judge(parsed, cast)
    for number, sentence in enumerate(parsed.sentences):
        shifts = find_moved(sentence, clock)
        acts = [a for a in find_acts(sentence.tokens) if not any(m.covers(a) for m in shifts) and not is_topic(a.head)]
        relations = verdicts.relations(number)
        told = [c for m in shifts if (c := m.candidate(parsed, sentence, number, cast)) is not None and not c.half]
        candidates += told
        for act in acts:
            candidate = _candidate(act, acts, number, sentence, parsed, cast, clock, before)
            if candidate is not None and not candidate.half:
                candidate = _weighed(candidate, verdicts, relations)
                if candidate is None:
                    continue
                told.append(candidate)
            if candidate is not None and candidate.half:
                ahead.append(candidate)
            elif candidate is not None:
                candidates.append(candidate)
                if candidate.type == "SANCTION" and candidate.score >= OWNED:
                    before.imposed = candidate.sides
                before.acts.append((number, candidate.sides))
            elif act.type == "CONSULT" and act.hints.noun:
                stands = standing(act.head)
                window = clock.of(act.head, future=stands.future)
                loose.append(
                    Loose(_evidence(act, parsed), phase(stands.status), window, definite(act.head), _mode(act))
                )
        for proposal in propose(relations, verdicts, number, cast, told):
            if any(m.covers(proposal.act) for m in shifts) or is_topic(proposal.act.head):
                continue
            candidate = _proposed(proposal, acts, number, sentence, parsed, clock)
            if candidate is not None:
                candidates.append(candidate)
                before.acts.append((number, candidate.sides))
    all_told = fold(sorted(candidates, key=lambda c: (parsed.sentences[c.sentence].is_headline, c.evidence.start)))
    return Acts(attach(all_told, loose), fold(ahead))


def _weighed(candidate: Candidate, verdicts: Verdicts, relations: list[Relation]) -> Candidate | None:
    """Return the candidate, or None where the encoder sees this act neither in its words nor between its sides.

    A side that only the context gives cannot be judged by the sentence, so such a candidate stays.
    """
    sides, act = candidate.sides, candidate.act
    judgement = verdicts.on(candidate.sentence, act.head, sides.actor.ids, sides.recipient.ids)
    if judgement is None or candidate.score == PRESUMED or judgement.types[candidate.type] >= KEEP:
        return candidate
    if candidate.type == "CONCEDE" and not act.hints.weak and _names_measure(act):  # "removed some of the duties"
        return candidate
    if candidate.type != act.type:  # a refusal read from "will not" and the act's own type
        return candidate
    both = {*sides.actor.ids, *sides.recipient.ids}
    told = any(r.type == candidate.type and {*r.source.ids, *r.target.ids} <= both for r in relations)
    return candidate if told else None


def _proposed(
    proposal: Proposal, acts: list[Act], number: int, sentence: Sentence, parsed: Parsed, clock: Clock
) -> Candidate | None:
    """Return a candidate for an act that the encoder proposes, or None where its words do not tell it."""
    act = proposal.act
    stands = standing(act.head)
    if _only_spoken_of(act, acts) or not _is_told(act, stands) or not _has_two_sides(act, act.type, proposal.sides):
        return None
    window, status = _dated(act, act.type, acts, stands, clock, parsed.document.published)
    tracks = find_tracks(sentence.tokens.text, parsed.document.text)
    score = round(PRESUMED + (DIRECT - PRESUMED) * proposal.score, 2)
    return Candidate(
        replace(act, mode=_mode(act)), act.type, proposal.sides, stands, status, window, tracks,
        _evidence(act, parsed), score, number,
    )  # fmt: skip


def _candidate(
    act: Act,
    acts: list[Act],
    number: int,
    sentence: Sentence,
    parsed: Parsed,
    cast: Cast,
    clock: Clock,
    before: Before,
) -> Candidate | None:
    """Return the act with its sides, status and date, or None where it is no event between two actors."""
    stands = standing(act.head)
    if _only_spoken_of(act, acts) or not _is_told(act, stands):
        return None
    kind = act.type
    if stands.status == "denied" and stands.future and kind in REFUSABLE:
        kind, stands = "REJECT", Standing("happened", None, stands.why)
    sides, score = _sides(act, kind, stands, cast, before, number)
    half = not _has_two_sides(act, kind, sides)
    if (
        sides.inward
        or not (sides.actor.ids or sides.recipient.ids)
        or (sentence.is_headline and (half or act.hints.noun))
    ):
        return None
    if act.hints.weak and (half or not sides.direct):
        return None
    if kind == "SANCTION" and act.hints.noun and stands.status in ("planned", "possible") and _already_there(act.head):
        return None
    window, status = _dated(act, kind, acts, stands, clock, parsed.document.published)
    if half and act.hints.noun and kind != "CONSULT":
        return None
    if half and not (status == "planned" or (status == "possible" and set(stands.why.split()) & MAYBE)):
        return None
    tracks = find_tracks(sentence.tokens.text, parsed.document.text)
    return Candidate(
        replace(act, mode=_mode(act)),
        kind,
        sides,
        stands,
        status,
        window,
        tracks,
        _evidence(act, parsed),
        score,
        number,
        half,
    )


def _dated(
    act: Act, kind: EventType, acts: list[Act], stands: Standing, clock: Clock, published: date | None
) -> tuple[Window | None, Status]:
    """Return when the act is and its status, which the date may turn: what is dated ahead is planned."""
    effective = clock.taking_effect(act.head) if kind in ("SANCTION", "CONCEDE") else None
    talks = talks_of(act)
    if talks is not None:
        effective = lasting(talks, clock)
    own = {w.i for w in act.words} | ({act.object.i} if act.object is not None else set())
    others = frozenset(a.head.i for a in acts if a.hints.noun and a.head.i not in own)
    window = effective or clock.of(
        act.head, future=stands.future, beyond=others if stands.future is False else frozenset()
    )
    status: Status = act.hints.status or stands.status  # type: ignore[assignment]
    if status == "happened" and _ahead(window, published):
        if act.mode == "meet":  # "has called off the visit on 3 May": the day of what was called off
            return None, status
        if stands.future is False:  # "discussed a meeting next month": the date is that of what was discussed
            return None, status
        return window, "planned"
    if status == "possible" and stands.why in ("expected", "expects", "expect") and window is not None:
        return window, "planned"
    return window, status


def _sides(act: Act, kind: EventType, stands: Standing, cast: Cast, before: Before, number: int) -> tuple[Roles, float]:
    """Return who does the act to whom and how sure that is.

    A side that the clause leaves out is taken from what the document makes plain: the measure just told of ("the
    tariffs would be lifted"), or the other side of the pair that the text is about.
    """
    sides = roles(act, cast)
    if _has_two_sides(act, kind, sides) or act.hints.weak or sides.inward:
        return sides, DIRECT if sides.direct else OWNED
    if act.type in MUTUAL:
        talks = talks_of(act)
        around = sides_around(talks, cast) if talks is not None else Party(())
        if around.ids and (len(around.ids) > 1 or not sides.actor.ids):
            ids = tuple(dict.fromkeys((*sides.actor.ids, *around.ids)))
            sides = replace(sides, actor=replace(around, ids=ids))
            if len(ids) > 1:
                return sides, PRESUMED
        both = set(sides.actor.ids) <= set(cast.pair) and len(cast.pair) == 2
        if act.type == "CONSULT" and sides.actor.ids and both and stands.status in ("planned", "possible"):
            return replace(sides, actor=Party(cast.pair, sides.actor.persons)), PRESUMED
        return sides, OWNED
    return _completed(act, sides, cast, before, number), PRESUMED


def _already_there(measure: Token) -> bool:
    """Whether what may be done to a measure takes it as being there: "may ease 40 million in sanctions"."""
    verb = carrier(measure)
    if verb is None or any(c.lower_ in words("looming") for c in measure.lefts):
        return False
    return stage_of(verb) in ("lift", "suspend", "keep") or verb.lemma_.lower() in words("altering")


def _mode(act: Act) -> str | None:
    """Return the mode of an act; a meeting held "by telephone" or a "phone conversation" is a call."""
    if act.type != "CONSULT" or act.mode not in (None, "phone"):
        return act.mode
    nouns = [t for t in (act.head, act.object, *act.words) if t is not None]
    beside = {c.lemma_.lower() for n in nouns for c in n.children if c.dep_ in ("compound", "amod", "nmod")}
    means = {i.lemma_.lower() for c in act.head.children if c.lower_ in ("by", "over", "via", "on") for i in c.children}
    return "phone" if (beside | means) & set(ontology.load("acts")["classes"]["phone"]) else act.mode


def _has_two_sides(act: Act, kind: EventType, sides: Roles) -> bool:
    together = act.hints.mutual or act.type in MUTUAL or kind in JOINT
    return bool(sides.actor.ids) and bool(sides.recipient.ids or (together and len(sides.actor.ids) > 1))


def _completed(act: Act, sides: Roles, cast: Cast, before: Before, number: int) -> Roles:
    """Return the sides with the missing one filled in where something makes it plain."""
    imposed = before.imposed
    if imposed is not None and act.type in ("SANCTION", "CONCEDE") and _names_measure(act):
        if not sides.actor.ids and not (set(sides.recipient.ids) & set(imposed.actor.ids)):
            return replace(
                sides, actor=imposed.actor, recipient=sides.recipient if sides.recipient.ids else imposed.recipient
            )
        if set(sides.actor.ids) == set(imposed.actor.ids):
            return replace(sides, recipient=imposed.recipient)
    if sides.actor.ids and act.hints.speech and _answers(act):
        answered = before.last_by_another(sides.actor.ids, number)
        if answered.ids:
            return replace(sides, recipient=answered)
    if sides.actor.named or sides.recipient.named or act.type in UNCOMPLETED:
        return sides
    if sides.actor.ids:
        return replace(sides, recipient=Party(cast.counterpart_at(act.head, sides.actor.ids), direct=False))
    return replace(sides, actor=Party(cast.counterpart_at(act.head, sides.recipient.ids), direct=False))


def _answers(act: Act) -> bool:
    """Whether the act's object takes up what somebody else just did or said: "this claim", "the decision"."""
    nouns = [t for t in (act.object, *(c for c in act.head.children if c.dep_ in ("dobj", "pobj"))) if t is not None]
    pointing = {"the", "this", "that", "these", "those", "such"}
    return any(n.lemma_.lower() in ANSWERED and any(c.lower_ in pointing for c in n.lefts) for n in nouns)


def _names_measure(act: Act) -> bool:
    """Whether the act's object or head is a measure already told of: "the tariffs", "these restrictions"."""
    nouns = [t for t in (act.head, act.object, *act.words) if t is not None and t.pos_ == "NOUN"]
    return any(n.lemma_.lower() in MEASURES for n in nouns)


def _is_told(act: Act, stands: Standing) -> bool:
    """Whether the words report the act at all, rather than name it as an aim, a duty or a thing left undone.

    "to open its market" as a purpose, "failed to sign" and "stopped buying" tell of no act; "may sign", "is ready to
    sign" and "did not sign" do.
    """
    if act.type == "REJECT" and keeps_silent(act.head):
        return False
    if act.hints.status:
        return True
    below = {c.dep_ for c in act.head.children}
    if "neg" in below and act.head.tag_ == "VB" and any(c.lower_ == "to" for c in act.head.lefts):
        return False  # "promised not to fire"
    if stands.status == "denied" and act.hints.noun:
        return False
    if stands.status == "ended":
        return act.type in ("SANCTION", "COERCE", "MOBILIZE", "COOPERATE", "AID") and act.hints.noun
    if stands.status == "denied":
        return (act.type in DENIABLE and stands.negated) or (bool(stands.future) and act.type in REFUSABLE)
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


def _evidence(act: Act, parsed: Parsed) -> Span:
    """Return the words that state the act: its clause, or its noun phrase."""
    first, last = clause(act.head)
    doc = parsed.doc
    talks = talks_of(act)
    over = closing(talks) if talks is not None else None
    if talks is not None and over is not None:  # "two days of talks which ended yesterday"
        first = min(first, whole(talks).left_edge.i)
        last = max(last, clause(over)[1])
    return parsed.quote(doc[first].idx, doc[last].idx + len(doc[last]))
