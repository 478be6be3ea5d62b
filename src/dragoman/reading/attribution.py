"""Attribution: which words of a text are somebody's word, and by what words the text says so.

In:     a `Parsed` document.
Out:    `Attribution` records in the order of the text: source, cue and contents, as tokens and character ranges.
Units:  half-open character ranges of the document's text; contents stand without outer quotation marks.
Data:   ontology/speech.yaml; with `wide`, ontology/attitudes.yaml.

Four stages: quotation marks, cues and what they govern, quotations that no clause took up, and the joining of the
three; their parts are in `saying/`. An attribution without a source is kept ("it was reported that"); a quotation
nobody is given for is not. Who the source is, `cast` resolves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.language.parse import Parsed, Sentence
from dragoman.reading.saying.attitudes import widened
from dragoman.reading.saying.contents import content_of
from dragoman.reading.saying.cues import Cue, find_cue, owner, relative_source, source
from dragoman.reading.saying.model import Attribution, Chars, phrase
from dragoman.reading.saying.pieces import Content
from dragoman.reading.saying.quotations import of_kind, snapped, with_quotations
from dragoman.reading.saying.quotes import Quote, find_quotes
from dragoman.reading.saying.transcripts import speaker_turns
from dragoman.reading.saying.words import speech

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Attribution", "find_attributions"]


def find_attributions(parsed: Parsed, *, wide: bool = False) -> list[Attribution]:
    """Return all attributions of a document, in the order of their content.

    With `wide`, also what somebody mentions, backs, attacks, knows or wants, of which the ledger makes no statement.
    """
    quotes = find_quotes(parsed.document.text, parsed.document.paragraphs)
    turns = list(speaker_turns(parsed))
    spoken = [c for turn in turns for c in turn.contents]
    clauses = [a for a in _clause_attributions(parsed) if not _within(a.cue[0], spoken)]
    clauses = [a for a in clauses if not any(q.inner <= a.cue[0] < q.inner_end for q in quotes)]
    clauses = [snapped(a, quotes, parsed) for a in _without_asides(clauses)]
    loose = [q for q in quotes if not any(_covers(a, q) for a in clauses) and not _within(q.start, spoken)]
    found = [of_kind(a, quotes, parsed) for a in with_quotations(parsed, loose, clauses)] + turns
    if wide:
        found = widened(parsed, found, quotes)
    return sorted(_once(found), key=lambda a: (a.contents[0], a.cue))


def outermost(found: Iterable[Attribution]) -> list[Attribution]:
    """Return the attributions whose cue stands in nobody's content: what the text itself gives as somebody's word."""
    known = list(found)
    return [a for a in known if not any(o is not a and _within(a.cue[0], o.contents) for o in known)]


def _within(at: int, ranges: Iterable[Chars]) -> bool:
    return any(start <= at < end for start, end in ranges)


def _covers(attribution: Attribution, quote: Quote) -> bool:
    return any(s <= quote.inner and quote.inner_end <= e + 2 for s, e in attribution.contents)


def _clause_attributions(parsed: Parsed) -> Iterator[Attribution]:
    """Yield what cues govern by syntax, and what "according to" sets aside."""
    for number, sentence in enumerate(parsed.sentences):
        for token in sentence.tokens:
            cue = find_cue(token)
            content = content_of(cue, sentence.tokens) if cue else None
            if cue and content:
                yield _attribution(parsed, number, sentence, cue, content)
            yield from _set_aside(parsed, number, sentence, token)


def _attribution(parsed: Parsed, number: int, sentence: Sentence, cue: Cue, content: Content) -> Attribution:
    who = content.who if content.who is not None else source(cue)
    named = (relative_source(cue) if content.who is None else None) or who
    return Attribution(
        source=who,
        source_span=phrase(named, cue.token) if named is not None else None,
        cue=cue.span,
        cue_token=cue.token,
        cue_lemma=cue.entry.lemma,
        cue_class=cue.entry.cls,
        contents=_chars(parsed, content),
        judged=parsed.doc[content.judged].idx if content.judged is not None else None,
        stance="deny" if cue.entry.stance == "deny" else "assert",
        sentence=number,
        paragraph=sentence.paragraph,
        rule=content.rule,
        channel=cue.entry.channel,
    )


def _chars(parsed: Parsed, content: Content) -> tuple[Chars, ...]:
    doc = parsed.doc
    return tuple((doc[s].idx, doc[e - 1].idx + len(doc[e - 1])) for s, e in content.pieces)


def _set_aside(parsed: Parsed, number: int, sentence: Sentence, token: Token) -> Iterator[Attribution]:
    """Yield what a sentence says "according to", "in the words of" or "in the view of" somebody."""
    for words in speech()["set_aside"]:
        if token.lower_ != words[0]:
            continue
        tokens = parsed.doc[token.i : token.i + len(words)]
        if [t.lower_ for t in tokens] != words or tokens[-1].i + 1 >= sentence.tokens.end:
            continue
        who = next(
            (t for t in tokens[-1].subtree if t.dep_ == "pobj" and t.i > tokens[-1].i and t.head == tokens[-1]), None
        )
        if who is None or who.tag_ in ("WDT", "WP"):
            continue
        end = who.right_edge.i + 1
        pieces = _around(sentence, token.i, end)
        spans = tuple((parsed.doc[s].idx, parsed.doc[e - 1].idx + len(parsed.doc[e - 1])) for s, e in pieces)
        if spans:
            yield Attribution(
                source=owner(who),
                source_span=phrase(who, token),
                cue=(tokens[0].idx, tokens[-1].idx + len(tokens[-1])),
                cue_token=token,
                cue_lemma=" ".join(words),
                cue_class="say",
                contents=spans,
                sentence=number,
                paragraph=sentence.paragraph,
                rule="according-to",
            )


def _around(sentence: Sentence, start: int, end: int) -> list[tuple[int, int]]:
    """Return the token ranges of the sentence before and after a phrase set aside, without edge punctuation."""
    out = []
    for s, e in ((sentence.tokens.start, start), (end, sentence.tokens.end)):
        while s < e and (
            (sentence.tokens.doc[s].is_punct and sentence.tokens.doc[s].text not in '"“(')
            or sentence.tokens.doc[s].is_space
        ):
            s += 1
        while s < e and (sentence.tokens.doc[e - 1].text in ",;:.-–—" or sentence.tokens.doc[e - 1].is_space):
            e -= 1
        if e - s > 1:
            out.append((s, e))
    return out[:1] if len(out) == 2 and out[0][1] - out[0][0] > 4 else out


def _without_asides(found: list[Attribution]) -> list[Attribution]:
    """Cut a trailing aside (", officials said") off the contents that it closes."""
    aside = [a for a in found if a.rule in ("aside", "according-to")]
    asides = [(min(a.cue[0], a.source_span[0]), a) for a in aside if a.source_span]
    out = []
    for one in found:
        cuts = [at for at, a in asides if a.sentence == one.sentence and a.contents[0][0] <= one.cue[0] < at]
        contents = tuple((s, min([e, *(at for at in cuts if s < at)])) for s, e in one.contents)
        out.append(one if contents == one.contents else replace(one, contents=contents))
    return out


def _once(found: list[Attribution]) -> list[Attribution]:
    """Drop attributions that repeat the contents of another."""
    seen: set[tuple[Chars, ...]] = set()
    out = []
    for a in sorted(found, key=lambda a: (a.source is None, a.cue[0])):
        if a.contents and a.contents not in seen:
            seen.add(a.contents)
            out.append(a)
    return out
