"""Delivery: how something was said: denied or not, where, and when.

In:     an attribution with its speaker, and the statement before it.
Out:    stance, channel and date of the statement.
Data:   ontology/speech.yaml (openings that contradict, channels, titles of documents).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from dragoman.domain import Channel, Person, Quotation, Stance, Window
from dragoman.language.parse import Parsed
from dragoman.reading.saying.model import Attribution
from dragoman.reading.saying.words import nouns, pattern, speech

if TYPE_CHECKING:
    from spacy.tokens import Token

Times = Callable[[int, int, bool | None], Window | None]
_OPENING_WORDS = 12  # how far into a content its "no" stands; guess
_SHORT = 14  # tokens of a sentence that does no more than refuse ("Rome denied it."); guess


@dataclass(frozen=True, slots=True)
class Said:
    """An attribution with its speaker: a statement before adjoining ones are joined."""

    attribution: Attribution
    speaker: Person
    stance: Stance
    channel: Channel | None
    when: Window | None
    contents: tuple[tuple[int, int], ...]
    kinds: frozenset[Quotation]


def stance_of(parsed: Parsed, one: Attribution, speaker: Person, last: Said | None) -> Stance:
    """Deny where the cue denies, the content calls a claim untrue, or it says no right after another's word.

    The word of another is a statement by a different side in this or the last paragraph; a sentence of narration just
    before that denies or rejects something ("Rome would have none of it.") tells the same.
    """
    if one.stance == "deny":
        return "deny"
    if one.cue_class in speech()["uncontradicting"]:
        return "assert"
    start, end = one.contents[0]
    opening = " ".join(parsed.document.text[start:end].split()[:_OPENING_WORDS])
    if pattern("untrue").search(opening):
        return "deny"
    if one.rule == "judgement" and pattern("labels").search(opening) and _labels_a_claim(one, speaker, last):
        return "deny"
    contrary = pattern("contrary").match(opening) is not None
    if one.cue_class == "reply" and (contrary or pattern("contradiction").search(opening)):
        return "deny"
    answers = last is not None and last.speaker.affiliation != speaker.affiliation
    if last is not None and answers and (contrary or _stands_firm(one, opening)):
        return "deny" if one.paragraph <= last.attribution.paragraph + 1 else "assert"
    return "deny" if _refused_before(parsed, one) else "assert"


def _stands_firm(one: Attribution, opening: str) -> bool:
    """Whether somebody insists that a thing is not so, rather than that it will not be done."""
    firm = one.cue_lemma in speech()["standing_firm"] and pattern("contradiction").search(opening) is not None
    return firm and not pattern("ahead").search(opening)


def _labels_a_claim(one: Attribution, speaker: Person, last: Said | None) -> bool:
    """Whether a label is put on a claim ("called the report a slander"), or on another's word ("called it one")."""
    if one.cue_token is None:
        return False
    labelled = [c for c in one.cue_token.children if c.dep_ in ("dobj", "nsubjpass")]
    labelled += [s for c in one.cue_token.children if c.dep_ in ("ccomp", "oprd") for s in c.lefts if s.dep_ == "nsubj"]
    if any(t.lemma_.lower() in nouns() for t in labelled):
        return True
    pronoun = not labelled or any(t.pos_ in ("PRON", "DET") for t in labelled)
    near = last is not None and one.paragraph <= last.attribution.paragraph + 1
    return pronoun and near and last is not None and last.speaker.affiliation != speaker.affiliation


def _refused_before(parsed: Parsed, one: Attribution) -> bool:
    """Whether the narration just before says that something is denied or rejected, and the content answers it."""
    start = min(one.contents[0][0], one.cue[0])
    before = [s for s in parsed.sentences if s.paragraph == one.paragraph and s.tokens.end_char <= start]
    return (
        bool(before)
        and len(before[-1].tokens) <= _SHORT
        and pattern("refusals").search(before[-1].tokens.text) is not None
    )


@cache
def _channels() -> list[tuple[Channel, re.Pattern[str]]]:
    return [
        (row["channel"], re.compile(r"(?<!\w)(?:" + "|".join(row["words"]) + r")(?!\w)", re.IGNORECASE))
        for row in speech()["channels"]
    ]


def channel_of(parsed: Parsed, one: Attribution) -> Channel | None:
    """Return where it was said, from the words of its sentence outside the content, else from the kind of document."""
    for channel, words in _channels():
        if one.channel == channel:
            return channel
        if any(words.search(piece) for piece in _narration(parsed, one)):
            return channel
    title = parsed.document.title or ""
    if one.rule == "speaker-line":
        return "press-conference" if pattern("briefings").search(title) else None
    return "written" if is_joint(parsed, one) else None


def is_joint(parsed: Parsed, one: Attribution) -> bool:
    """Whether a party to a joint text speaks in it ("Both sides agreed ...")."""
    return bool(pattern("joint_titles").search(parsed.document.title or "")) and one.kind == "indirect"


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


def date_of(parsed: Parsed, one: Attribution, times: Times) -> Window | None:
    """Return the date on which it was said: a calendar expression of the cue's clause, else of the document itself."""
    published = parsed.document.published
    if one.rule == "speaker-line" or is_joint(parsed, one):
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
