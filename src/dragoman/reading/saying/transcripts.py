"""Transcripts: texts that name their speakers line by line ("MR. HOLT: ...").

In:     a `Parsed` document.
Out:    one attribution for each paragraph that somebody speaks; questions from the floor have no speaker.
Units:  half-open character ranges of the document's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.language.parse import Parsed
from dragoman.reading.saying.model import Attribution, sentence_at, tokens_at

if TYPE_CHECKING:
    from spacy.tokens import Token

_TURN = re.compile(r"[\"“]?(?P<who>(?:[A-Z][A-Za-z]{0,6}\. )?[A-Z][A-Z.’'\- ]{2,40})(?P<cue>:)\s")
_NAMED_TURN = re.compile(r"(?P<who>[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,5})(?P<cue>:)\s")
_TITLED = re.compile(r"(?:MR|MS|MRS|DR|SECRETARY|PRESIDENT|AMBASSADOR)\b")
_ASKED = re.compile(r"(?:Q\b[ .:]|QUESTION:|Question:|REPORTER:|Reporter:)")


def speaker_turns(parsed: Parsed) -> Iterator[Attribution]:
    """Yield what a transcript gives under a speaker's name ("MR. HOLT: ..."), paragraph by paragraph."""
    text = parsed.document.text
    speaker: Attribution | None = None
    if not _is_transcript(parsed):
        return
    names = [m.group("who").split()[-1] for s, e in parsed.document.paragraphs if (m := _turn_at(text, s, e))]
    twice = {name for name in names if names.count(name) > 1}
    for number, (start, end) in enumerate(parsed.document.paragraphs):
        match = _turn_at(text, start, end)
        if match and match.re is _NAMED_TURN and match.group("who").split()[-1] not in twice:
            match = None
        if _ASKED.match(text, start, end):
            speaker = None
        elif match and (who := tokens_at(parsed, *match.span("who"))):
            speaker = _turn(parsed, number, who[-1], match)
            yield speaker
        elif speaker is not None:
            speaker = replace(speaker, contents=((start, end),), sentence=sentence_at(parsed, start), paragraph=number)
            yield speaker


def _turn_at(text: str, start: int, end: int) -> re.Match[str] | None:
    return _TURN.match(text, start, end) or _NAMED_TURN.match(text, start, end)


def _is_transcript(parsed: Parsed) -> bool:
    """Whether the text names its speakers line by line: a title before a name, a question, or one name twice."""
    text = parsed.document.text
    turns = [m for start, end in parsed.document.paragraphs if (m := _turn_at(text, start, end))]
    names = [m.group("who").split()[-1] for m in turns]
    asked = any(_ASKED.match(text, start, end) for start, end in parsed.document.paragraphs)
    titled = any(_TITLED.match(m.group("who")) for m in turns)
    return bool(turns) and (asked or titled or len(set(names)) < len(names))


def _turn(parsed: Parsed, number: int, who: Token, match: re.Match[str]) -> Attribution:
    return Attribution(
        source=who,
        source_span=match.span("who"),
        cue=match.span("cue"),
        cue_token=None,
        cue_lemma=":",
        cue_class="say",
        contents=((match.end(), parsed.document.paragraphs[number][1]),),
        kind="direct",
        sentence=sentence_at(parsed, match.start()),
        paragraph=number,
        rule="speaker-line",
    )
