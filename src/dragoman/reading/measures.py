"""Measures: policy instruments of one actor that bind or burden another.

In:     a `Parsed` document, its `Cast` and `Clock`, and its events with their mentions.
Out:    `Measure` records: who, on whom, what, at which rate with which parts, why, in what status and since when.
Data:   ontology/measures.yaml (instruments by kind, stages, units, words for reasons and parts).

A measure needs both sides: whose it is, and whom it burdens. Several mentions of one instrument are one measure, and
the body of a text corrects its headline; a part of it that is lifted or suspended is a measure of its own.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from dragoman.domain import Because, Measure, Rate, Span
from dragoman.language.parse import Parsed, Sentence
from dragoman.language.rates import Found, find_parts, find_rates
from dragoman.reading.cast import Cast
from dragoman.reading.clauses import clause
from dragoman.reading.deadlines import deadline_of, effect_after, issuing
from dragoman.reading.folding import Candidate, Told
from dragoman.reading.measuring.folding import Mention, add, refers_back
from dragoman.reading.measuring.instruments import find_instruments, whole_of
from dragoman.reading.measuring.naming import Naming, is_share, is_time, words
from dragoman.reading.measuring.sides import averted, sides
from dragoman.reading.measuring.stages import Stage, answers, share_of, stage
from dragoman.reading.roles import MEASURES, subject
from dragoman.reading.topics import is_topic
from dragoman.reading.when import Clock

#: A rate belongs to an instrument at most this many characters away in the same sentence (guess).
NEAR = 90
#: "on the four" takes up the sides of a measure told of at most this many characters before (guess).
NEXT = 200
#: Kinds that have no rate: a number beside them measures something else.
RATELESS = frozenset(
    {"import-ban", "export-control", "travel-ban", "visa-restriction", "arms-embargo", "sanction", "blockade"}
)
#: How sure a side is: said beside the instrument, or taken from what the document is about (guess).
SAID, PRESUMED = 0.8, 0.5


def find_measures(told: list[Told], parsed: Parsed, cast: Cast, clock: Clock) -> list[Measure]:
    """Return the measures of a document, in the order of their first mention."""
    candidates = [c for t in told for c in t.mentions]
    namings = [n for n in find_instruments(parsed, cast) if n.verb is None or not is_topic(n.verb)]
    headline: list[Measure] = []
    for naming in namings:
        if naming.sentence.is_headline:
            mention = _read(naming, candidates, [], [], parsed, cast, clock)
            headline += [mention.measure] if mention is not None and mention.sure else []
    found: list[Measure] = []
    rest: list[Mention] = []
    for naming in namings:
        mention = _read(naming, candidates, found, headline, parsed, cast, clock)
        if mention is not None and not add(found, mention) and not naming.back:
            rest.append(mention)
    for mention in rest:  # an instrument may be spoken of before the text says whose it is
        add(found, mention)
    return sorted((_with_parts(m, parsed) for m in found), key=lambda m: m.evidence[0].start)


def _read(
    naming: Naming,
    candidates: list[Candidate],
    found: list[Measure],
    headline: list[Measure],
    parsed: Parsed,
    cast: Cast,
    clock: Clock,
) -> Mention | None:
    """Return what a naming says, or None where the words deny or only define it."""
    whole = whole_of(naming, cast)
    reached = stage(whole or naming, clock, parsed.document.published)
    if reached is None:
        return None
    by, on = sides(naming, cast)
    if whole is not None:  # "sanctions on Mali, including a travel ban": the ban comes and goes with them
        of_whole = sides(whole, cast)
        by = of_whole[0] or by
        on = tuple(i for i in on if i not in by) or of_whole[1]
    if not by and not on and found and _goes_on(naming, reached, found[-1]):
        by, on = found[-1].by, found[-1].on
    if (by or on) and naming.is_noun and (not naming.common or naming.object is not None):
        by, on = _from_act(naming, by, on, candidates)
    if by and not on and naming.is_noun and not naming.back:
        on = _from_threat(naming, by, candidates) or (_on_condition(naming, by, cast) if answers(naming) else ())
    said = bool(by and on)
    if not said:
        by, on = _presumed(naming, by, on, found or headline, cast)
    rate = _rate(naming, reached, parsed)
    measure = Measure(
        kind=naming.kind,
        by=by,
        on=tuple(i for i in on if i not in by),
        object=_object(naming, parsed, cast, partly=reached.partly),
        rate=rate,
        reason=_reason(naming, parsed),
        status=reached.status or "in-force",
        when=reached.when,
        evidence=(_evidence(naming, reached, parsed),),
        because=Because(
            "measure.instrument", SAID if said else PRESUMED, f"{naming.token.text!r} as {naming.kind}, {reached.why}"
        ),
    )
    telling = said and (not naming.common or naming.object is not None or rate is not None or naming.verb is not None)
    acting = reached.status is not None and (bool(rate) or naming.object is not None or not naming.common)
    return Mention(naming, measure, reached, not naming.back and bool(by and on) and (telling or acting))


def _goes_on(naming: Naming, reached: Stage, last: Measure) -> bool:
    """Whether an instrument without sides has those of the measure just told: "on the four", "A ban remains"."""
    near = abs(naming.sentence.tokens.start_char - last.evidence[0].end) < NEXT
    if not near or not naming.is_noun or naming.common:
        return False
    taken_up = naming.object is not None and any(c.lower_ == "the" for c in naming.object.lefts)
    return taken_up or (reached.act == "keep" and naming.token.dep_ == "nsubj")


def _evidence(naming: Naming, reached: Stage, parsed: Parsed) -> Span:
    """Return the words that state it: the clause of the verb that does something to the instrument, else its phrase."""
    head, doc = naming.token, parsed.doc
    deadline = deadline_of(head)
    if deadline is not None:
        effect = effect_after(deadline)
        last = max(clause(head)[1], clause(effect)[1] if effect is not None else 0)
        return parsed.quote(doc[deadline.left_edge.i].idx, doc[last].idx + len(doc[last]))
    issued = issuing(naming.verb) if naming.verb is not None else None
    if issued is not None and naming.verb is not None:
        upper = issued.head if issued.dep_ == "acl" else issued  # "his plan to issue a decree slapping"
        first, last = upper.left_edge.i, clause(naming.verb)[1]
        return parsed.quote(doc[first].idx, doc[last].idx + len(doc[last]))
    if (
        naming.verb is not None
        and reached.act is not None
        and naming.token.dep_ in ("dobj", "nsubjpass", "nsubj", "pobj")
    ):
        head = naming.verb
    first, last = clause(head)
    if not first <= naming.token.i <= last:
        first, last = clause(naming.token)
    return parsed.quote(parsed.doc[first].idx, parsed.doc[last].idx + len(parsed.doc[last]))


def _presumed(
    naming: Naming, by: tuple[str, ...], on: tuple[str, ...], told: list[Measure], cast: Cast
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Fill in a side that the words leave out, where the document makes it plain; for a verb only one that tells."""
    if averted(naming):
        return by, on  # only another mention tells who threatens
    if by and not on and told and _points_back(naming):
        return by, tuple(i for i in told[-1].on if i not in by)
    if not naming.is_noun:
        passive = not by and on and (naming.token.tag_ == "VBN" or naming.token.pos_ == "ADJ")
        done = naming.token.tag_ in ("VBD", "VBN") and not any(c.dep_ == "xcomp" for c in naming.token.children)
        if by and not on and naming.object is not None and done:
            return by, cast.counterpart(by)
        return (_other_side(on, told, cast), on) if passive else (by, on)
    if by and not on:
        return by, _other_side(by, told, cast)
    if on and not by:
        same = next((m.by for m in reversed(told) if m.kind == naming.kind != "other" and not set(m.by) & set(on)), ())
        return _other_side(on, told, cast) or same, on
    return by, on


def _points_back(naming: Naming) -> bool:
    """Whether what is burdened was told before: "those countries", "the same product", or "the ban"."""
    if naming.is_noun and naming.general and naming.token.lemma_.lower() in words("bans") and refers_back(naming.token):
        return True
    if naming.object is not None and naming.object.lower_ in ("them", "those"):
        return True
    return any(
        t.lower_ in ("same", "those")
        for t in naming.token.subtree
        if t.i > naming.token.i and t.dep_ in ("amod", "det")
    )


def _from_act(
    naming: Naming, by: tuple[str, ...], on: tuple[str, ...], candidates: list[Candidate]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Fill in the side that is left out from the act that the instrument stands in."""
    token = naming.token
    for candidate in candidates:
        act = candidate.act
        if act.type not in ("SANCTION", "COERCE") or act.head.doc is not token.doc:
            continue
        if (
            token.i == act.head.i
            or token.i in {w.i for w in act.words}
            or (act.object is not None and act.object.i == token.i)
        ):
            actor, recipient = candidate.sides.actor.ids, candidate.sides.recipient.ids
            if not by and not set(actor) & set(on):
                by = actor
            if not on and not set(recipient) & set(by):
                on = recipient
    return by, on


def _from_threat(naming: Naming, by: tuple[str, ...], candidates: list[Candidate]) -> tuple[str, ...]:
    """Return the other side of the threat that names the instrument: "warned Peru that it may take countermeasures".

    The threat may also answer it: "Chile will retaliate if Peru imposes its planned duties".
    """
    above = {t.i for t in naming.token.ancestors}
    for candidate in candidates:
        if candidate.type == "THREATEN" and candidate.act.head.i in above:
            both = (candidate.sides.actor.ids, candidate.sides.recipient.ids)
            for ours, theirs in (both, both[::-1]):
                if theirs and set(by) == set(ours):
                    return tuple(i for i in theirs if i not in by)
    return ()


def _on_condition(naming: Naming, by: tuple[str, ...], cast: Cast) -> tuple[str, ...]:
    """Return whom a retaliation is to hit: "will take countermeasures if Chile keeps its duties"."""
    for verb in (t for t in naming.token.ancestors if t.pos_ in ("VERB", "AUX")):
        for clause_ in (c for c in verb.children if c.dep_ == "advcl"):
            if any(c.dep_ == "mark" and c.lower_ in ("if", "unless", "once") for c in clause_.children):
                ids = subject(clause_, cast).ids
                return tuple(i for i in ids if i not in by) if not set(ids) <= set(by) else ()
        if verb.dep_ in ("ccomp", "relcl"):
            break
    return ()


def _other_side(ids: tuple[str, ...], found: list[Measure], cast: Cast) -> tuple[str, ...]:
    """Return the other side that the document makes plain: of its pair, else of the measure last told of."""
    other = cast.counterpart(ids) or _beside_in_headline(ids, cast)
    if other:
        return other
    for measure in reversed(found):
        if set(ids) == set(measure.by):
            return measure.on
        if set(ids) == set(measure.on):
            return measure.by
    return ()


def _beside_in_headline(ids: tuple[str, ...], cast: Cast) -> tuple[str, ...]:
    """Return the one other actor that the headline names beside this one."""
    headline = cast.parsed.document.headline
    if headline is None:
        return ()
    named = {name.actor for name in cast.names.values() if headline[0] <= name.start < headline[1]}
    return tuple(named - set(ids)) if set(ids) <= named and len(named) == len(ids) + 1 else ()


# -- what the words around it say -----------------------------------------------------------------------------------


def _object(naming: Naming, parsed: Parsed, cast: Cast, *, partly: bool) -> str | None:
    """Return what the measure falls on, in the text's words; of a part, how much of the whole it is.

    A state by itself is on whom, not what.
    """
    share = share_of(naming.token) if partly else None
    if share is not None and share.lemma_.lower() not in ("point", "percent", "per cent", "pct"):
        last = _without_date(clause(naming.token)[1], parsed)
        return parsed.document.text[
            parsed.doc[share.left_edge.i].idx : parsed.doc[last].idx + len(parsed.doc[last])
        ].replace("\n", " ")
    if naming.object is None or (naming.object.pos_ == "PRON" and not is_share(naming.object)):
        return None
    said = [t for t in naming.object.subtree if t.pos_ not in ("DET", "PUNCT", "CCONJ", "ADP")]
    if said and all(t.i in cast.names for t in said):
        return None
    first, last = clause(naming.object)
    first, last = max(first, naming.object.left_edge.i), max(_without_date(last, parsed), naming.object.i)
    start, end = parsed.doc[first].idx, parsed.doc[last].idx + len(parsed.doc[last])
    joined = [c for c in naming.object.children if c.dep_ == "conj" and c.pos_ in ("NOUN", "PROPN")]
    if joined:
        end = max(end, parsed.doc[clause(joined[-1])[1]].idx + len(parsed.doc[clause(joined[-1])[1]]))
    text = parsed.document.text[start:end].replace("\n", " ")
    why = _reasons().search(text)
    return text[: why.start()].rstrip(" ,") if why and why.start() > 0 else text


def _without_date(last: int, parsed: Parsed) -> int:
    """Return the last word of a phrase without a date at its end: "dairies in May"."""
    at = last
    while at > 0 and is_time(parsed.doc[at]):
        at -= 1
    return at - 1 if at < last and parsed.doc[at].pos_ == "ADP" else last


def _rate(naming: Naming, reached: Stage, parsed: Parsed) -> Rate | None:
    """Return the rate nearest to the instrument in its sentence: a percentage first, else a sum or a quantity.

    Of "from 6 to 12 percent" it is the second, unless the change only lies ahead of what is in force.
    """
    if naming.kind in RATELESS:
        return None
    base, end = naming.sentence.tokens.start_char, naming.sentence.tokens.end_char
    at = naming.token.idx - base
    text = parsed.document.text[base:end]

    def far(f: Found) -> int:
        return min(abs(f.start - at), abs(f.end - at))

    lessened = reached.why.startswith(("lessen", "lift"))
    near = [f for f in find_rates(text) if far(f) <= NEAR and not _of_other(f, naming, parsed, base)]
    former = [f for f in near if f.former]
    near = former if lessened and former else [f for f in near if not f.former]
    money = [f for f in near if f.rate.unit.isupper()]
    percent = [f for f in near if f.rate.unit == "percent"]
    counted = [f for f in near if f not in money and f not in percent]
    order = {"quota": (counted, percent, money), "asset-freeze": (money,), "tariff": (percent, money)}
    for fitting in order.get(naming.kind, (percent, money)):
        if fitting:
            return min(fitting, key=far).rate
    return None


def _of_other(found: Found, naming: Naming, parsed: Parsed, base: int) -> bool:
    """Whether a rate stands in another clause than the instrument, or after a word for change ("raised by")."""
    span = parsed.doc.char_span(base + found.start, base + found.end, alignment_mode="expand")
    if span is None:
        return False
    node = span.root
    for _ in range(8):
        if node.i == naming.token.i or node.head.i == node.i:
            return False
        apart = node.dep_ in ("relcl", "advcl", "parataxis") or (node.dep_ == "conj" and node.pos_ == "VERB")
        if apart and not any(t.i == naming.token.i for t in node.subtree):
            return True
        node = node.head
    return False


@cache
def _reasons() -> re.Pattern[str]:
    forms = "|".join(re.escape(r) for r in sorted(words("reasons"), key=len, reverse=True))
    return re.compile(rf"\b(?P<cue>{forms})\s+(?P<reason>[^.;:()\n]{{4,240}})", re.IGNORECASE)


def _reason(naming: Naming, parsed: Parsed) -> str | None:
    """Return the reason the sentence gives for the measure, in its words."""
    base = naming.sentence.tokens.start_char
    text = parsed.document.text[base : naming.sentence.tokens.end_char]
    match = _reasons().search(text, naming.token.idx - base)
    if match is None:
        return None
    reason = re.split(r", (?:a|an|which|who|while|but|and|saying|said|he|she|they|it|effective)\b", match["reason"])[0]
    first = parsed.doc.char_span(
        base + match.start("reason"), base + match.start("reason") + 1, alignment_mode="expand"
    )
    if match["cue"].lower() == "after" and first is not None and is_time(first.root):
        return None  # "after midnight on Friday"
    if re.match(r"the (?:date|day)|\w+ing\b|\d|(?:a|an|one|two|three) (?:day|week|month|year)|(?:last|next)\b", reason):
        return None
    return reason.strip(" ,”\"'") or None


def _with_parts(measure: Measure, parsed: Parsed) -> Measure:
    """Return a measure with the components of its rate that its own sentences and the two after them give."""
    if measure.rate is None:
        return measure
    own = {parsed.sentence_at(span.start) for span in measure.evidence}
    for n in sorted({k for i in own for k in (i, i + 1, i + 2)}):
        parts = find_parts(parsed.sentences[n].tokens.text, measure.rate) if n < len(parsed.sentences) else ()
        if parts and (len(parts) > 1 or n in own or _takes_up(parsed.sentences[n])):
            said = parsed.sentences[n].tokens
            more = () if n in own else (parsed.quote(said.start_char, said.end_char),)
            return replace(measure, parts=parts, evidence=(*measure.evidence, *more))
    return measure


def _takes_up(sentence: Sentence) -> bool:
    """Whether the subject of a sentence is the measure just told of: "The measures included ..."."""
    for token in sentence.tokens:
        if token.dep_ in ("nsubj", "nsubjpass"):
            return refers_back(token) and (
                token.pos_ == "PRON" or token.lemma_.lower() in {*MEASURES, "rate", "increase"}
            )
    return False
