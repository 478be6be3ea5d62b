"""Attribution: which words of a text are somebody's word, and by what words the text says so.

In:     a `Parsed` document.
Out:    `Attribution` records in the order of the text: source, cue and contents, as tokens and character ranges.
Units:  half-open character ranges of the document's text; contents stand without outer quotation marks.
Data:   ontology/speech.yaml.

Four stages: quotation marks (`quotes`), cues and what they govern (`cues`, `contents`), quotations that no clause took
up, and the joining of the three. An attribution without a source is kept ("it was reported that"); a quotation
nobody is given for is not. Who the source is, `cast` resolves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.domain import Quotation, Stance
from dragoman.language.parse import HEADLINE, Parsed, Sentence
from dragoman.reading.contents import Content, content_of
from dragoman.reading.cues import Cue, Entry, find_cue, is_passive, owner, source, speech, subject
from dragoman.reading.quotes import Quote, find_quotes

if TYPE_CHECKING:
    from spacy.tokens import Token

Chars = tuple[int, int]
_TURN = re.compile(r"(?P<who>(?:[A-Z][A-Za-z]{0,6}\. )?[A-Z][A-Z.’'\- ]{2,40})(?P<cue>:)\s")
_NAMED_TURN = re.compile(r"(?P<who>[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,5})(?P<cue>:)\s")
_ASKED = re.compile(r"(?:Q\b[ .:]|QUESTION:|Question:|REPORTER:|Reporter:)")
_STRETCH_END = re.compile(r"[\"“”;!?]|(?<!\b[A-Z])(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bGen)(?<!\bCol)(?<!\bSt)\.(?=\s|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Content that a text gives as somebody's word.

    `source` is the head of the source's noun phrase, None where nobody is named. `cue` is the range of the cue's
    words, and `contents` the ranges of what is said, in order. `rule` names how it was found.
    """

    source: Token | None
    source_span: Chars | None
    cue: Chars
    cue_token: Token | None
    cue_lemma: str
    cue_class: str
    contents: tuple[Chars, ...]
    kind: Quotation = "indirect"
    stance: Stance = "assert"
    sentence: int
    paragraph: int
    rule: str
    channel: str | None = None


def find_attributions(parsed: Parsed) -> list[Attribution]:
    """Return all attributions of a document, in the order of their content."""
    quotes = find_quotes(parsed.document.text, parsed.document.paragraphs)
    turns = list(_speaker_turns(parsed))
    spoken = [c for turn in turns for c in turn.contents]
    clauses = [a for a in _clause_attributions(parsed) if not _within(a.cue[0], spoken)]
    clauses = [a for a in clauses if not any(q.inner <= a.cue[0] < q.inner_end for q in quotes)]
    clauses = [_snapped(a, quotes, parsed) for a in _without_asides(clauses)]
    loose = [q for q in quotes if not any(_covers(a, q) for a in clauses) and not _within(q.start, spoken)]
    found = [_of_kind(a, quotes, parsed) for a in _quote_attributions(parsed, loose, clauses)] + turns
    return sorted(_once(found), key=lambda a: (a.contents[0], a.cue))


def _within(at: int, ranges: Iterable[Chars]) -> bool:
    return any(start <= at < end for start, end in ranges)


def _covers(attribution: Attribution, quote: Quote) -> bool:
    return any(s <= quote.inner and quote.inner_end <= e + 2 for s, e in attribution.contents)


# --- clauses


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
    return Attribution(
        source=who,
        source_span=_phrase(who) if who is not None else None,
        cue=cue.span,
        cue_token=cue.token,
        cue_lemma=cue.entry.lemma,
        cue_class=cue.entry.cls,
        contents=_chars(parsed, content),
        stance="deny" if cue.entry.stance == "deny" else "assert",
        sentence=number,
        paragraph=sentence.paragraph,
        rule=content.rule,
        channel=cue.entry.channel,
    )


def _chars(parsed: Parsed, content: Content) -> tuple[Chars, ...]:
    doc = parsed.doc
    return tuple((doc[s].idx, doc[e - 1].idx + len(doc[e - 1])) for s, e in content.pieces)


def _phrase(head: Token) -> Chars:
    """Return the characters of the noun phrase of a source, without clauses that hang on it."""
    tokens = [head]
    for child in head.children:
        if child.dep_ in ("det", "amod", "compound", "poss", "nummod", "nmod", "quantmod", "appos", "prep", "case"):
            tokens += list(child.subtree)
    first, last = min(tokens, key=lambda t: t.i), max(tokens, key=lambda t: t.i)
    return first.idx, last.idx + len(last)


def _set_aside(parsed: Parsed, number: int, sentence: Sentence, token: Token) -> Iterator[Attribution]:
    """Yield what a sentence says "according to", "in the words of" or "in the view of" somebody."""
    for words in speech()["set_aside"]:
        tokens = parsed.doc[token.i : token.i + len(words)]
        if [t.lower_ for t in tokens] != words or tokens[-1].i + 1 >= sentence.tokens.end:
            continue
        who = next((t for t in tokens[-1].subtree if t.dep_ == "pobj" and t.i > tokens[-1].i and t.head == tokens[-1]), None)
        if who is None or who.tag_ in ("WDT", "WP"):
            continue
        end, who = who.right_edge.i + 1, owner(who)
        pieces = _around(sentence, token.i, end)
        spans = tuple((parsed.doc[s].idx, parsed.doc[e - 1].idx + len(parsed.doc[e - 1])) for s, e in pieces)
        if spans:
            yield Attribution(
                source=who,
                source_span=_phrase(who),
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
        while s < e and (sentence.tokens.doc[s].is_punct and sentence.tokens.doc[s].text not in "\"“(" or sentence.tokens.doc[s].is_space):
            s += 1
        while s < e and (sentence.tokens.doc[e - 1].text in ",;:.-–—" or sentence.tokens.doc[e - 1].is_space):
            e -= 1
        if e - s > 1:
            out.append((s, e))
    return out[:1] if len(out) == 2 and out[0][1] - out[0][0] > 4 else out


def _without_asides(found: list[Attribution]) -> list[Attribution]:
    """Cut a trailing aside (", officials said") off the contents that it closes."""
    asides = [(min(a.cue[0], a.source_span[0]), a) for a in found if a.rule == "aside" and a.source_span]
    out = []
    for one in found:
        cuts = [at for at, a in asides if a.sentence == one.sentence and a.contents[0][0] <= one.cue[0] < at]
        contents = tuple((s, min([e, *(at for at in cuts if s < at)])) for s, e in one.contents)
        out.append(one if contents == one.contents else replace(one, contents=contents))
    return out


# --- quotations


def _snapped(attribution: Attribution, quotes: list[Quote], parsed: Parsed) -> Attribution:
    """Widen contents that cut into a quotation to the whole of it, and tell direct from mixed and indirect."""
    text = parsed.document.text
    out: list[Chars] = []
    for start, end in attribution.contents:
        touched = [q for q in quotes if q.start < end and start < q.end]
        for quote in touched:
            if quote.inner <= start < quote.inner_end or quote.start == start:
                start = quote.start
            if quote.start < end <= quote.inner_end + 1:
                end = quote.end
        out.append(_unquoted(start, end, touched))
    contents = tuple(sorted({(s, e) for s, e in out if e > s}))
    return replace(attribution, contents=contents, kind=_kind(contents, quotes, text))


def _of_kind(attribution: Attribution, quotes: list[Quote], parsed: Parsed) -> Attribution:
    return replace(attribution, kind=_kind(attribution.contents, quotes, parsed.document.text))


def _unquoted(start: int, end: int, touched: list[Quote]) -> Chars:
    """Drop the quotation marks that enclose a content as a whole."""
    for quote in touched:
        if quote.start <= start and end <= quote.end:
            return quote.inner, quote.inner_end
    return start, end


def _kind(contents: tuple[Chars, ...], quotes: list[Quote], text: str) -> Quotation:
    inside = outside = 0
    for start, end in contents:
        for at in range(start, end):
            if text[at].isalnum():
                if any(q.inner <= at < q.inner_end for q in quotes):
                    inside += 1
                else:
                    outside += 1
    if not inside:
        return "indirect"
    return "mixed" if outside else "direct"


def _quote_attributions(parsed: Parsed, loose: list[Quote], clauses: list[Attribution]) -> list[Attribution]:
    """Give quotations that no clause took up to the speaker beside them, or to the one who spoke last.

    Returns all attributions, since a further quotation is added to the contents of the one that it goes on from.
    """
    found = list(clauses)
    for quote in loose:
        made = _beside(parsed, quote)
        same = next((a for a in found if made is not None and a.cue_token == made.cue_token), None)
        if made is not None and same is None:
            found.append(made)
            continue
        last = same or _spoke_last(parsed, quote, found)
        if last is not None:
            found[found.index(last)] = replace(last, contents=(*last.contents, (quote.inner, quote.inner_end)))
    return found


def _beside(parsed: Parsed, quote: Quote) -> Attribution | None:
    """Return the attribution by a cue in the narration right before or right after the quotation."""
    text = parsed.document.text
    before, after = _stretches(parsed, quote)
    leads_in = bool(before) and _speaking_cue(before, is_after=False) is not None
    closes = text[quote.inner_end - 1 : quote.inner_end] in ",?!….-–—" or text[quote.end : quote.end + 1] == ","
    tries = [(before, False)] if leads_in else []
    if closes and after and after[0].pos_ not in ("CCONJ", "SCONJ") and not (before and before[-1].text == ":"):
        tries.append((after, True))
    for tokens, is_after in tries:
        cue = _speaking_cue(tokens, is_after)
        if cue is None:
            continue
        who = source(cue)
        if is_passive(cue.token):
            who = next((t for t in cue.token.children if t.dep_ == "nsubjpass"), who)
        if who is None or (is_after and not tokens[0].i <= who.i <= tokens[-1].i):
            continue
        return _of_quote(parsed, quote, cue, who)
    return None


def _of_quote(parsed: Parsed, quote: Quote, cue: Cue, who: Token) -> Attribution:
    return Attribution(
        source=who,
        source_span=_phrase(who),
        cue=cue.span,
        cue_token=cue.token,
        cue_lemma=cue.entry.lemma,
        cue_class=cue.entry.cls,
        contents=((quote.inner, quote.inner_end),),
        kind="direct",
        stance="deny" if cue.entry.stance == "deny" else "assert",
        sentence=_sentence_at(parsed, quote.start),
        paragraph=quote.paragraph,
        rule="direct-quote",
        channel=cue.entry.channel,
    )


def _stretches(parsed: Parsed, quote: Quote) -> tuple[list[Token], list[Token]]:
    """Return the narration before and after a quotation, up to the next end of a sentence or quotation."""
    text = parsed.document.text
    start, end = parsed.document.paragraphs[quote.paragraph]
    stop = _STRETCH_END.search(text, quote.end, end)
    opens = [m.end() for m in _STRETCH_END.finditer(text, start, quote.start)]
    before = _tokens(parsed, opens[-1] if opens else start, quote.start)
    return before, _tokens(parsed, quote.end, stop.start() if stop else end)


def _tokens(parsed: Parsed, start: int, end: int) -> list[Token]:
    span = parsed.doc.char_span(start, end, alignment_mode="contract") if end > start else None
    return list(span) if span is not None else []


def _speaking_cue(tokens: list[Token], is_after: bool) -> Cue | None:
    """Return the cue by which a stretch of narration introduces a quotation."""
    cues = [c for t in tokens if t.pos_ in ("VERB", "AUX") and (c := find_cue(t)) and c.entry.frames]
    if cues and is_after:
        return cues[0]
    if cues:
        colon = tokens[-1].text == ":"
        return next((c for c in cues if subject(c.token) is not None), cues[-1]) if colon else cues[-1]
    if not is_after and tokens and tokens[-1].text == ":":
        verb = next((t for t in tokens if t.dep_ == "ROOT" and t.pos_ == "VERB" and subject(t)), None)
        if verb is not None:
            return Cue(verb, Entry(verb.lemma_, "say", frozenset({"quote"})), (verb,))
    return None


def _spoke_last(parsed: Parsed, quote: Quote, known: list[Attribution]) -> Attribution | None:
    """Return the attribution that a quotation goes on from, where it stands as a sentence of its own."""
    text = parsed.document.text
    start, end = parsed.document.paragraphs[quote.paragraph]
    lead = text[start : quote.start].rstrip()
    whole = (not lead or lead[-1] in ".!?\"”:;") and text[quote.inner : quote.inner + 1].isupper()
    alone = not lead and not text[quote.end : end].strip(" .,")
    if not whole and not quote.carries_on:
        return None
    near = []
    for one in known:
        ends = max(one.cue[1], one.contents[-1][1])
        if one.source is None or ends > quote.start:
            continue
        here = start <= ends
        before = quote.paragraph and parsed.document.paragraphs[quote.paragraph - 1][0] <= ends < start
        if here or (before and (quote.carries_on or (alone and one.kind != "indirect"))):
            near.append((ends, one))
    return max(near, key=lambda pair: pair[0])[1] if near else None


def _sentence_at(parsed: Parsed, at: int) -> int:
    for number, sentence in enumerate(parsed.sentences):
        if sentence.tokens.start_char <= at < sentence.tokens.end_char:
            return number
    return max(0, len(parsed.sentences) - 1)


# --- speaker lines


def _speaker_turns(parsed: Parsed) -> Iterator[Attribution]:
    """Yield what a transcript gives under a speaker's name ("MR. KIRBY: ..."), paragraph by paragraph."""
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
        elif match and (who := _tokens(parsed, *match.span("who"))):
            speaker = _turn(parsed, number, who[-1], match)
            yield speaker
        elif speaker is not None:
            speaker = replace(speaker, contents=((start, end),), sentence=_sentence_at(parsed, start), paragraph=number)
            yield speaker


def _turn_at(text: str, start: int, end: int) -> re.Match[str] | None:
    return _TURN.match(text, start, end) or _NAMED_TURN.match(text, start, end)


def _is_transcript(parsed: Parsed) -> bool:
    """Whether the text names its speakers line by line: a title before a name, a question, or one name twice."""
    text = parsed.document.text
    turns = [m for start, end in parsed.document.paragraphs if (m := _turn_at(text, start, end))]
    names = [m.group("who").split()[-1] for m in turns]
    asked = any(_ASKED.match(text, start, end) for start, end in parsed.document.paragraphs)
    titled = any(re.match(r"(?:MR|MS|MRS|DR|SECRETARY|PRESIDENT|AMBASSADOR)\b", m.group("who")) for m in turns)
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
        sentence=_sentence_at(parsed, match.start()),
        paragraph=number,
        rule="speaker-line",
    )


# --- joining


def _once(found: list[Attribution]) -> list[Attribution]:
    """Drop attributions that repeat the contents of another."""
    seen: set[tuple[Chars, ...]] = set()
    out = []
    for a in sorted(found, key=lambda a: (a.source is None, a.cue[0])):
        if a.contents and a.contents not in seen:
            seen.add(a.contents)
            out.append(a)
    return out


__all__ = ["HEADLINE", "Attribution", "find_attributions"]
