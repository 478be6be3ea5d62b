"""Statements: what the text gives as somebody's word, one record per source and run of content.

In:     a `Parsed` document, its cast (who a noun phrase is), its attributions, and a function that reads dates.
Out:    `Statement` records in the order of the text; evidence is the content only, without speaker and verb.
Units:  character offsets of the document's text.
Data:   ontology/speech.yaml (channels, classes that make no statement, words of contradiction).

A source that cannot be told, or is nobody, makes no statement.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from dragoman.domain import Because, Quotation, Span, Statement, Window
from dragoman.language.parse import HEADLINE, Parsed
from dragoman.reading.saying.delivery import Said, Times, channel_of, date_of, stance_of
from dragoman.reading.saying.model import Attribution
from dragoman.reading.saying.speakers import Speakers, is_mute, same_speaker, speaker_of
from dragoman.reading.saying.words import pattern, speech

__all__ = ["Speakers", "Times", "find_statements"]

_SHORTEST_TURN = 20  # characters of a line in a transcript that says something; guess
_UNSCORED = 0.5  # the score of a rule that the data does not list; guess


def find_statements(
    parsed: Parsed, cast: Speakers, attributions: Sequence[Attribution], times: Times
) -> list[Statement]:
    """Return the statements of a document in the order of the text."""
    whole = _whole_text(parsed, cast)
    if whole is not None:
        return [whole]
    said = list(_said(parsed, cast, attributions, times))
    return [_statement(parsed, one) for one in _joined(parsed, said)]


def _said(parsed: Parsed, cast: Speakers, attributions: Sequence[Attribution], times: Times) -> Iterator[Said]:
    """Yield the attributions that are statements, with who speaks, how, where and when."""
    last: Said | None = None
    for one in attributions:
        if not _is_statement(one) or _is_nested(one, attributions):
            continue
        speaker = speaker_of(parsed, one, cast, last)
        if speaker is None or is_mute(one, speaker):
            continue
        last = Said(
            one,
            speaker,
            stance_of(parsed, one, speaker, last),
            channel_of(parsed, one),
            date_of(parsed, one, times),
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


def _is_nested(one: Attribution, attributions: Sequence[Attribution]) -> bool:
    """Whether the cue stands inside what somebody else says."""
    return any(
        other is not one and any(s <= one.cue[0] and one.cue[1] <= e for s, e in other.contents)
        for other in attributions
    )


def _whole_text(parsed: Parsed, cast: Speakers) -> Statement | None:
    """Return the whole text as its author's statement: "Statement by" a person, written as "I" or "we"."""
    title = next((s for s in parsed.sentences if s.is_headline), None)
    paragraphs = parsed.document.paragraphs
    if title is None or not paragraphs or not pattern("authored").match(title.tokens.text):
        return None
    by = pattern("authored").match(title.tokens.text)
    start = title.tokens.start_char + (by.end() if by else 0)
    author = next(
        (e for e in parsed.doc.ents if e.label_ == "PERSON" and start <= e.start_char < title.tokens.end_char), None
    )
    own_words = any(t.lower_ in ("i", "we", "our") for s in parsed.sentences if not s.is_headline for t in s.tokens)
    speaker = cast.speaker(author.root) if author is not None and own_words else None
    if speaker is None:
        return None
    published = parsed.document.published
    return Statement(
        speaker=speaker,
        kind="direct",
        channel="speech" if pattern("spoken").match(title.tokens.text) else "written",
        when=Window(published, published) if published else None,
        evidence=tuple(parsed.quote(s, e) for s, e in paragraphs),
        because=Because("statement.whole-text", 0.8, title.tokens.text[: by.end() if by else None]),
    )


def _joined(parsed: Parsed, said: Sequence[Said]) -> Iterator[Said]:
    """Join what one source says in a run within a paragraph, or over a break where a quotation goes on."""
    run: Said | None = None
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


def _goes_on(parsed: Parsed, run: Said, one: Said) -> bool:
    if (
        not (same_speaker(run.speaker, one.speaker) or same_speaker(one.speaker, run.speaker))
        or run.stance != one.stance
    ):
        return False
    last, first = run.contents[-1][1], one.contents[0][0]
    paragraphs = parsed.document.paragraphs
    number = next((n for n, (s, e) in enumerate(paragraphs) if s <= last <= e), -1)
    if one.attribution.paragraph != number:
        return one.attribution.rule == "speaker-line" and number == one.attribution.paragraph - 1
    return not _sentence_between(parsed, last, first)


def _sentence_between(parsed: Parsed, last: int, first: int) -> bool:
    """Whether a whole sentence of narration stands between two contents."""
    return any(
        last <= s.tokens.start_char and s.tokens.end_char <= first and len(s.tokens) > 2 for s in parsed.sentences
    )


def _statement(parsed: Parsed, one: Said) -> Statement:
    kind: Quotation = next(iter(one.kinds)) if len(one.kinds) == 1 else "mixed"
    attribution = one.attribution
    return Statement(
        speaker=one.speaker,
        kind=kind,
        channel=one.channel,
        stance=one.stance,
        when=one.when,
        evidence=_evidence(parsed, one.contents),
        because=Because(
            f"statement.{attribution.rule}",
            speech()["scores"].get(attribution.rule, _UNSCORED),
            parsed.document.text[slice(*attribution.cue)],
        ),
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
