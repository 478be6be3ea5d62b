"""Statements: what the text gives as somebody's word, one record per source and run of content.

In:     a `Parsed` document, its cast (who a noun phrase is), its attributions, and a function that reads dates.
Out:    `Statement` records in the order of the text; evidence is the content only, without speaker and verb.
Units:  character offsets of the document's text.
Data:   ontology/speech.yaml (channels, classes that make no statement, words of contradiction).

A source that cannot be told, or is nobody, makes no statement.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Protocol

from dragoman.domain import Because, Channel, Person, Quotation, Span, Stance, Statement, Window
from dragoman.language.parse import HEADLINE, Parsed
from dragoman.reading.attribution import Attribution
from dragoman.reading.cues import speech

if TYPE_CHECKING:
    from spacy.tokens import Token

_OPENING_WORDS = 12  # how far into a reply its "no" stands; guess
_SHORTEST_TURN = 20  # characters of a line in a transcript that says something; guess

Times = Callable[[int, int, bool | None], Window | None]


class Speakers(Protocol):
    """Who a noun phrase is, as `cast` resolves it."""

    def speaker(self, token: Token) -> Person | None:
        """Return the person or body whose noun phrase this token heads; None where it cannot speak."""


@dataclass(frozen=True, slots=True)
class _Said:
    """An attribution with its speaker: a statement before adjoining ones are joined."""

    attribution: Attribution
    speaker: Person
    stance: Stance
    channel: Channel | None
    when: Window | None
    contents: tuple[tuple[int, int], ...]
    kinds: frozenset[Quotation]


def find_statements(
    parsed: Parsed, cast: Speakers, attributions: Sequence[Attribution], times: Times
) -> list[Statement]:
    """Return the statements of a document in the order of the text."""
    whole = _whole_text(parsed, cast)
    if whole is not None:
        return [whole]
    said = list(_said(parsed, cast, attributions, times))
    return [_statement(parsed, one) for one in _joined(parsed, said)]


def _said(parsed: Parsed, cast: Speakers, attributions: Sequence[Attribution], times: Times) -> Iterator[_Said]:
    """Yield the attributions that are statements, with who speaks, how, where and when."""
    last: _Said | None = None
    for one in attributions:
        if not _is_statement(one) or _is_nested(one, attributions):
            continue
        speaker = _speaker(parsed, one, cast, last)
        if speaker is None or _is_mute(one, speaker):
            continue
        last = _Said(
            one,
            speaker,
            _stance(parsed, one),
            _channel(parsed, one),
            _when(parsed, one, times),
            one.contents,
            frozenset({one.kind}),
        )
        yield last


def _is_statement(one: Attribution) -> bool:
    """Whether an attribution is somebody's word in running text, rather than an act or an empty line."""
    if one.source is None or one.paragraph == HEADLINE or one.cue_class in speech()["silent_classes"]:
        return False
    if one.kind == "indirect" and one.cue_lemma in speech()["silent_cues"].get(one.rule, ()):
        return False
    return one.rule != "speaker-line" or sum(e - s for s, e in one.contents) >= _SHORTEST_TURN


def _is_mute(one: Attribution, speaker: Person) -> bool:
    """Whether a source is a thing that says nothing ("the call signalled"), or one that only shows something."""
    if one.source is None or one.source.lemma_.lower() in speech()["mute"]:
        return True
    nobody = speaker.role is None and speaker.affiliation is None and one.source.pos_ == "NOUN"
    return nobody and one.cue_lemma in speech()["shows"] and one.source.lemma_.lower() not in speech()["papers"]


def _speaker(parsed: Parsed, one: Attribution, cast: Speakers, last: _Said | None) -> Person | None:
    """Return who speaks; "he said" after a statement is its speaker, unless another was named in between."""
    if one.source is None:
        return None
    word = one.source.lower_
    if word not in speech()["pronouns"]:
        return _named(one.source, cast)
    resolved = cast.speaker(one.source)
    if last is None or one.paragraph > last.attribution.paragraph + 1 or not _fits(word, last):
        return resolved
    return resolved if resolved is not None and _named_since(parsed, resolved, one, last) else last.speaker


def _named(source: Token, cast: Speakers) -> Person | None:
    """Return who a noun phrase is; where its head tells only the office, the name beside it tells the person."""
    person = cast.speaker(source)
    name = next((t for t in source.children if t.dep_ == "appos" and t.pos_ == "PROPN"), None)
    if person is None or person.role is not None or source.pos_ == "PROPN" or name is None:
        return person
    named = cast.speaker(name)
    if named is None or name.text not in named.name:
        return person
    return Person(named.name, named.role or source.text, named.affiliation or person.affiliation)


def _named_since(parsed: Parsed, person: Person, one: Attribution, last: _Said) -> bool:
    """Whether a person is the subject of narration between the last statement and a pronoun."""
    if one.source is None or _same(person, last.speaker) or (person.role is None and person.affiliation is None):
        return False
    start = max(last.attribution.cue[1], last.contents[-1][1])
    name = person.name.split()[-1]
    between = parsed.doc.char_span(start, one.source.idx, alignment_mode="contract") or ()
    return any(t.dep_ in ("nsubj", "nsubjpass") and name in t.doc[t.left_edge.i : t.right_edge.i + 1].text for t in between)


def _same(a: Person, b: Person) -> bool:
    """Whether two speakers are one, a surname standing for the full name."""
    if a == b:
        return True
    return a.name.split()[-1] == b.name.split()[-1] and a.affiliation in (b.affiliation, None)


def _fits(pronoun: str, last: _Said) -> bool:
    """Whether a pronoun may stand for the speaker of the last statement."""
    source = last.attribution.source
    if source is None:
        return False
    if source.lower_ in speech()["pronouns"]:
        return source.lower_ == pronoun
    plural = source.tag_ in ("NNS", "NNPS") or any(t.dep_ == "conj" for t in source.children) or source.lower_ == "both"
    if pronoun == "they":
        return plural
    if pronoun == "it":
        return source.ent_type_ in ("GPE", "ORG", "NORP") or source.lemma_.lower() in speech()["bodies"]
    a_body = source.ent_type_ in ("GPE", "ORG", "NORP") or source.lemma_.lower() in speech()["bodies"]
    return not plural and (last.speaker.role is not None or not a_body)


def _is_nested(one: Attribution, attributions: Sequence[Attribution]) -> bool:
    """Whether the cue stands inside what somebody else says."""
    return any(
        other is not one and any(s <= one.cue[0] and one.cue[1] <= e for s, e in other.contents) for other in attributions
    )


# --- stance, channel, date


def _stance(parsed: Parsed, one: Attribution) -> Stance:
    """Deny where the cue denies, or a reply's content says no."""
    if one.stance == "deny":
        return "deny"
    start, end = one.contents[0]
    opening = " ".join(parsed.document.text[start:end].split()[:_OPENING_WORDS]).lower()
    return "deny" if one.cue_class == "reply" and _pattern("contradiction").search(opening) else "assert"


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(speech()[name]) + r")\b", re.IGNORECASE)


@cache
def _channels() -> list[tuple[Channel, re.Pattern[str]]]:
    return [
        (row["channel"], re.compile(r"(?<!\w)(?:" + "|".join(row["words"]) + r")(?!\w)"))
        for row in speech()["channels"]
    ]


def _channel(parsed: Parsed, one: Attribution) -> Channel | None:
    """Return where it was said, from the words of its sentence outside the content, else from the kind of document."""
    for channel, pattern in _channels():
        if one.channel == channel:
            return channel
        if any(pattern.search(piece) for piece in _narration(parsed, one)):
            return channel
    title = parsed.document.title or ""
    if one.rule == "speaker-line":
        return "press-conference" if _pattern("briefings").search(title) else None
    return "written" if _is_joint(parsed, one) else None


def _is_joint(parsed: Parsed, one: Attribution) -> bool:
    """Whether a party to a joint text speaks in it ("Both sides agreed ...")."""
    return bool(_pattern("joint_titles").search(parsed.document.title or "")) and one.kind == "indirect"


def _narration(parsed: Parsed, one: Attribution) -> list[str]:
    """Return the sentence of the cue without what is said."""
    text = parsed.document.text
    sentence = _cue_sentence(parsed, one)
    start, end = sentence
    pieces = []
    for s, e in sorted(one.contents):
        if start < s:
            pieces.append(text[start : min(s, end)])
        start = max(start, e)
    if start < end:
        pieces.append(text[start:end])
    return pieces


def _cue_sentence(parsed: Parsed, one: Attribution) -> tuple[int, int]:
    for sentence in parsed.sentences:
        if sentence.tokens.start_char <= one.cue[0] < sentence.tokens.end_char:
            return sentence.tokens.start_char, sentence.tokens.end_char
    return one.cue


def _when(parsed: Parsed, one: Attribution, times: Times) -> Window | None:
    """Return the date on which it was said: a calendar expression of the cue's clause, else of the document itself."""
    published = parsed.document.published
    if one.rule == "speaker-line" or _is_joint(parsed, one):
        return Window(published, published) if published else None
    for verb in _verbs(one):
        for child in verb.children:
            if child.dep_ not in ("npadvmod", "prep", "advmod", "nmod", "dobj", "nsubj", "advcl"):
                continue
            start, end = child.left_edge.idx, child.right_edge.idx + len(child.right_edge)
            if any(s < end and start < e for s, e in one.contents) or (child.dep_ == "nsubj" and start == child.idx):
                continue
            window = times(start, end, False)
            if window is not None:
                return window
    return None


def _verbs(one: Attribution) -> Iterator[Token]:
    """Yield the cue's verb, and the verb that governs it as a participle ("met him on Friday, stating that")."""
    token = one.cue_token
    if token is None:
        return
    yield token
    while token.dep_ in ("advcl", "conj", "xcomp", "prep", "pcomp") and token.head != token:
        token = token.head
        if token.pos_ in ("VERB", "AUX"):
            yield token


# --- a text that is one statement


def _whole_text(parsed: Parsed, cast: Speakers) -> Statement | None:
    """Return the whole text as its author's statement: "Statement by" a person, written as "I" or "we"."""
    title = next((s for s in parsed.sentences if s.is_headline), None)
    paragraphs = parsed.document.paragraphs
    if title is None or not paragraphs or not _pattern("authored").match(title.tokens.text):
        return None
    by = _pattern("authored").match(title.tokens.text)
    start = title.tokens.start_char + (by.end() if by else 0)
    author = next((e for e in parsed.doc.ents if e.label_ == "PERSON" and start <= e.start_char < title.tokens.end_char), None)
    own_words = any(t.lower_ in ("i", "we", "our") for s in parsed.sentences if not s.is_headline for t in s.tokens)
    speaker = cast.speaker(author.root) if author is not None and own_words else None
    if speaker is None:
        return None
    published = parsed.document.published
    return Statement(
        speaker=speaker,
        kind="direct",
        channel="speech" if _pattern("spoken").match(title.tokens.text) else "written",
        when=Window(published, published) if published else None,
        evidence=tuple(parsed.quote(s, e) for s, e in paragraphs),
        because=Because("statement.whole-text", 0.8, title.tokens.text[: by.end() if by else None]),
    )


# --- joining


def _joined(parsed: Parsed, said: Sequence[_Said]) -> Iterator[_Said]:
    """Join what one source says in a run within a paragraph, or over a break where a quotation goes on."""
    run: _Said | None = None
    for one in said:
        if run is not None and _goes_on(parsed, run, one):
            run = replace(
                run,
                contents=run.contents + one.contents,
                kinds=run.kinds | one.kinds,
                channel=run.channel or one.channel,
                when=run.when or one.when,
            )
        else:
            if run is not None:
                yield run
            run = one
    if run is not None:
        yield run


def _goes_on(parsed: Parsed, run: _Said, one: _Said) -> bool:
    if not (_same(run.speaker, one.speaker) or _same(one.speaker, run.speaker)) or run.stance != one.stance:
        return False
    last, first = run.contents[-1][1], one.contents[0][0]
    paragraphs = parsed.document.paragraphs
    number = next((n for n, (s, e) in enumerate(paragraphs) if s <= last <= e), -1)
    if one.attribution.paragraph != number:
        return one.attribution.rule == "speaker-line" and number == one.attribution.paragraph - 1
    return not _sentence_between(parsed, last, first)


def _sentence_between(parsed: Parsed, last: int, first: int) -> bool:
    """Whether a whole sentence of narration stands between two contents."""
    return any(last <= s.tokens.start_char and s.tokens.end_char <= first and len(s.tokens) > 2 for s in parsed.sentences)


def _statement(parsed: Parsed, one: _Said) -> Statement:
    kind: Quotation = next(iter(one.kinds)) if len(one.kinds) == 1 else "mixed"
    attribution = one.attribution
    return Statement(
        speaker=one.speaker,
        kind=kind,
        channel=one.channel,
        stance=one.stance,
        when=one.when,
        evidence=_evidence(parsed, one.contents),
        because=Because(f"statement.{attribution.rule}", _scores().get(attribution.rule, 0.5), _cue_words(parsed, one)),
    )


def _evidence(parsed: Parsed, contents: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    """Return the contents as spans, without a comma at the end."""
    text = parsed.document.text
    spans = []
    for start, end in sorted(set(contents)):
        while end > start and text[end - 1] in ",;: ":
            end -= 1
        if end > start:
            spans.append(parsed.quote(start, end))
    return tuple(spans)


def _cue_words(parsed: Parsed, one: _Said) -> str:
    start, end = one.attribution.cue
    return parsed.document.text[start:end]


@cache
def _scores() -> dict[str, float]:
    scores: dict[str, float] = speech()["scores"]
    return scores
