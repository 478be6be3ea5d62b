"""Examples: the annotated text of `training/data` as what the encoder is trained on.

In:     `sentences/*.jsonl` and `reports/*.json` (format: `training/data/README.md`).
Out:    `Example`s, one for each sentence: judgements on pairs of mentions, tags and labels on stretches of text.
Units:  half-open character ranges of the example's text.
Split:  see `training.split`.

Mentions and candidates come from the reader's own rules, so that the encoder learns to judge what it will be shown.
What the annotation does not name as a record counts as none, optional records apart.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from dragoman import ontology
from dragoman.domain import MUTUAL, Document
from dragoman.language.acts import Act, find_acts
from dragoman.language.parse import Parsed, Sentence, parse
from dragoman.reading.attribution import find_attributions
from dragoman.reading.cast import Cast, assemble
from dragoman.reading.mentions import Mention, find_mentions
from dragoman.reading.roles import roles
from dragoman.sources import from_text
from training.split import is_validation

DATA = Path(__file__).parent / "data"
#: At most so many pairs without a record are kept of one sentence (guess).
MOST_NEGATIVES = 14

Chars = tuple[int, int]


@dataclass(slots=True)
class Pair:
    """One question: what does the source do to the target, in the words of the predicate or anywhere in the sentence?

    A side is None where the sentence does not name it, the predicate None where any words count. `types` is empty where
    there is no record. `known` is False for the labels of status and tracks where the annotation has none.
    """

    source: Chars | None
    target: Chars | None
    predicate: Chars | None
    types: list[str] = field(default_factory=list)
    status: str | None = None
    tracks: list[str] | None = None
    where: list[Chars] = field(default_factory=list)


@dataclass(slots=True)
class Example:
    """A sentence with all that is to be learnt from it."""

    text: str
    origin: str
    validation: bool
    pairs: list[Pair] = field(default_factory=list)
    acts: list[tuple[int, int, str]] | None = None
    saying: list[tuple[str, int, int]] | None = None
    stances: list[tuple[int, int, str]] = field(default_factory=list)
    firmness: list[tuple[int, int, str]] = field(default_factory=list)


def load(data: Path = DATA) -> Iterator[Example]:
    """Yield the examples of all sentences, then those of all reports, in the order of the files."""
    for path in sorted((data / "sentences").glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            yield _of_sentence(json.loads(line), f"{path.stem}:{number}")
    for path in sorted((data / "reports").glob("*.json")):
        yield from _of_report(path)
    yield from _of_patterns()


# ------------------------------------------------------------------------------------------------------ sentences


def _of_sentence(row: dict[str, Any], origin: str) -> Example:
    text = row["text"]
    published = date.fromisoformat(row["published"]) if row.get("published") else None
    parsed = parse(Document(text=text, published=published, paragraphs=((0, len(text)),)))
    cast = assemble(parsed)
    cast.hear(find_attributions(parsed))
    mentions = [m for s in parsed.sentences for m in find_mentions(s, cast)]
    example = Example(text, origin, is_validation(text))
    example.acts, example.saying = [], []
    for event in row["events"]:
        start = text.index(event["predicate"])
        example.acts.append((start, start + len(event["predicate"]), event["type"]))
        example.pairs += _of_event(event, text, mentions)
    acts = [a for s in parsed.sentences for a in find_acts(s.tokens)]
    told = [(s, e) for s, e, _ in example.acts]
    loose = [_chars(a) for a in acts if not any(_overlap(_chars(a), t) for t in told)]
    example.pairs += _negatives(example.pairs, mentions, loose)
    for said in row["attribution"]:
        for part in ("source", "cue", "content"):
            span = _find(text, said.get(part))
            if span is not None:
                example.saying.append((part, *span))
        content = _find(text, said["content"])
        if content is not None:
            example.stances.append((*content, said["stance"]))
    return example


def _of_event(event: dict[str, Any], text: str, mentions: list[Mention]) -> list[Pair]:
    """Return the pairs that hold of an annotated event: by the annotated words, and by the reader's mentions."""
    predicate = _find(text, event["predicate"])
    sources, targets = set(event["source_ids"]), set(event["target_ids"])
    mutual = event["type"] in MUTUAL or not targets
    source, target = _find(text, event["source"]), _find(text, event.get("target"))
    sides: list[tuple[Chars | None, Chars | None]] = []
    if source is not None and target is not None:
        sides += [(source, target), *([(target, source)] if mutual else [])]
    for one in mentions:
        for other in mentions:
            forward = _is(one, sources) and _is(other, targets)
            joint = mutual and _is(one, sources | targets) and _is(other, sources | targets)
            if (forward or joint) and not set(one.ids) & set(other.ids):
                sides.append(((one.start, one.end), (other.start, other.end)))
    sides = list(dict.fromkeys(sides))[:6] or [(source, None)]
    out = []
    labels = {"types": [event["type"]], "status": event["status"], "tracks": event["tracks"], "where": [predicate]}
    for side in sides:
        out.append(Pair(*side, predicate, **labels))
        if side[1] is not None:
            out.append(Pair(*side, None, **labels))
    for given in (predicate, None):
        out.append(Pair(sides[0][0], None, given, **labels))
        if not mutual:
            out.append(Pair(None, sides[0][1], given, **labels))
    return out


def _is(mention: Mention, ids: set[str]) -> bool:
    return bool(ids) and set(mention.ids) <= ids


def _negatives(positive: list[Pair], mentions: list[Mention], loose: list[Chars]) -> list[Pair]:
    """Return pairs that hold nothing: other mentions, the other direction, acts of the rules that are no records."""
    spans = [(m.start, m.end, set(m.ids)) for m in mentions]
    known = {(p.source, p.target) for p in positive}
    holds: dict[tuple[Chars | None, Chars | None], set[str]] = {}
    for p in positive:
        holds.setdefault((p.source, p.target), set()).update(p.types)
    predicates = {p.predicate: p.types for p in positive if p.predicate}
    out: list[Pair] = []
    for (source, target), types in list(holds.items()):
        if source and target and (target, source) not in known:
            out.append(Pair(target, source, None))
            out += [Pair(target, source, w) for w, t in predicates.items() if set(t) & types]
    for a, b, ids in spans:
        for c, d, others in spans:
            if ids & others or any(_overlap((a, b), p.source) and _overlap((c, d), p.target) for p in positive):
                continue
            out.append(Pair((a, b), (c, d), None))
            out += [Pair((a, b), (c, d), w) for w in list(predicates)[:2]]
    sides = [(s, t) for s, t in known if s and t] or [
        ((a, b), (c, d)) for a, b, i in spans for c, d, o in spans if not i & o
    ]
    for w in loose[:4]:
        out += [Pair(s, t, w) for s, t in sides[:3]]
        out += [Pair((a, b), None, w) for a, b, _ in spans[:1]]
    unique = {(p.source, p.target, p.predicate): p for p in out}
    step = max(1, len(unique) // MOST_NEGATIVES)
    return list(unique.values())[::step][:MOST_NEGATIVES]


def _overlap(one: Chars | None, other: Chars | None) -> bool:
    return one is not None and other is not None and one[0] < other[1] and other[0] < one[1]


def _find(text: str, words: str | None) -> Chars | None:
    """Return where words first stand in a text, None where there are no words."""
    if not words:
        return None
    start = text.index(words)
    return start, start + len(words)


def _chars(act: Act) -> Chars:
    """Return the characters of an act's words, those near its head: what the reader shows the encoder."""
    return act.head.idx, act.head.idx + len(act.head)


def _of_patterns() -> Iterator[Example]:
    """Yield an example for each example sentence of the act patterns that the reader finds the act in."""
    data = ontology.load("acts")
    entries = [(kind, e["example"]) for part in ("verbs", "nouns") for kind, es in data[part].items() for e in es]
    for kind, text in entries:
        parsed = parse(Document(text=text, paragraphs=((0, len(text)),)))
        cast = assemble(parsed)
        acts = [a for s in parsed.sentences for a in find_acts(s.tokens) if a.type == kind]
        if not acts:
            continue
        act, sides = acts[0], roles(acts[0], cast)
        mentions = [m for s in parsed.sentences for m in find_mentions(s, cast)]
        event: dict[str, Any] = {"type": act.type, "actors": sides.actor.ids, "recipients": sides.recipient.ids}
        event |= {"status": None, "tracks": None}
        example = Example(text, "acts.yaml", is_validation(text))
        for predicate in (_chars(act), None):
            example.pairs += _of_known(event, mentions, predicate, [_chars(act)])
        example.pairs += _negatives(example.pairs, mentions, [])
        yield example


# -------------------------------------------------------------------------------------------------------- reports


def _of_report(path: Path) -> Iterator[Example]:
    """Yield an example for each sentence of a report."""
    row = json.loads(path.read_text(encoding="utf-8"))
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    parsed = parse(from_text(text, published=date.fromisoformat(row["document"]["published"])))
    cast = assemble(parsed)
    cast.hear(find_attributions(parsed))
    for number, sentence in enumerate(parsed.sentences):
        if not sentence.is_headline:
            yield _of_part(row, parsed, cast, sentence, f"{path.stem}:{number}", is_validation(path.stem))


def _of_part(
    row: dict[str, Any], parsed: Parsed, cast: Cast, sentence: Sentence, origin: str, validation: bool
) -> Example:
    start, end = sentence.tokens.start_char, sentence.tokens.end_char
    text = parsed.document.text
    mentions = find_mentions(sentence, cast)
    example = Example(text[start:end], origin, validation)
    here = []
    for event in row["events"]:
        spans = [s for s in _spans(event, text) if start <= s[0] < end]
        if spans:
            here.append((event, spans))
    acts = find_acts(sentence.tokens)
    loose = []
    for act in acts:
        at = _chars(act)
        about = [e for e, spans in here if any(_overlap(at, s) for s in spans)]
        if not about:
            loose.append(at)
        for event in about:
            if event["type"] == act.type:
                example.pairs += _of_known(event, mentions, at)
    for event, spans in here:
        example.pairs += _of_known(event, mentions, None, spans)
    optional = any(e.get("optional") for e, _ in here)
    if not optional:
        example.pairs += _negatives(example.pairs, mentions, loose)
    example.pairs = [_moved(p, -start, end - start) for p in example.pairs if not (p.predicate is None and optional)]
    for step in row["next_steps"]:
        example.firmness += [(*_shift(s, -start), step["firmness"]) for s in _spans(step, text) if start <= s[0] < end]
    for said in row["statements"]:
        example.stances += [
            (*_shift(s, -start), said["stance"]) for s in _spans(said, text) if start <= s[0] < s[1] <= end
        ]
    return example


def _spans(record: dict[str, Any], text: str) -> list[Chars]:
    """Return where the evidence of a record stands, at its first occurrence."""
    quotes = [q if isinstance(q, str) else q["quote"] for q in record["evidence"]]
    return [span for q in quotes if (span := _find(text, q)) is not None]


def _of_known(
    event: dict[str, Any], mentions: list[Mention], predicate: Chars | None, where: Iterable[Chars] = ()
) -> list[Pair]:
    """Return the pairs of mentions between which a report's event holds."""
    actors, recipients = set(event["actors"]), set(event["recipients"])
    joint = not recipients
    out = []
    for one in mentions:
        for other in mentions:
            fits = _is(one, actors) and _is(other, actors if joint else recipients)
            if fits and not set(one.ids) & set(other.ids):
                pair = Pair((one.start, one.end), (other.start, other.end), predicate, [event["type"]])
                pair.status, pair.tracks = event["status"], event["tracks"]
                pair.where = [predicate] if predicate else list(where)
                out.append(pair)
    if predicate and not out:
        sides = [(m.start, m.end) for m in mentions if _is(m, actors)]
        pair = Pair(sides[0] if sides else None, None, predicate, [event["type"]], event["status"], event["tracks"])
        out.append(pair)
    return out[:6]


def _shift(span: Chars, by: int) -> Chars:
    return max(0, span[0] + by), span[1] + by


def _moved(pair: Pair, by: int, length: int) -> Pair:
    """Return the pair with offsets into the sentence instead of the document."""
    pair.source = _shift(pair.source, by) if pair.source else None
    pair.target = _shift(pair.target, by) if pair.target else None
    pair.predicate = _shift(pair.predicate, by) if pair.predicate else None
    pair.where = [(max(0, s + by), min(length, e + by)) for s, e in pair.where]
    return pair


def merged(pairs: list[Pair]) -> list[Pair]:
    """Join questions that are the same but for their answers: between two sides there may be several acts."""
    out: dict[tuple[Chars | None, Chars | None, Chars | None], Pair] = {}
    for pair in pairs:
        key = (pair.source, pair.target, pair.predicate)
        if key not in out:
            out[key] = Pair(*key, list(pair.types), pair.status, pair.tracks, list(pair.where))
            continue
        known = out[key]
        known.types = list(dict.fromkeys(known.types + pair.types))
        known.where = list(dict.fromkeys(known.where + pair.where))
        if pair.types and known.status != pair.status:
            known.status = known.status if known.status is None else None
        if pair.tracks is not None:
            known.tracks = list(dict.fromkeys((known.tracks or []) + pair.tracks))
    return list(out.values())
