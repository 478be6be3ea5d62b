"""Quotations: whose they are, and how they meet the clauses that the syntax gives.

In:     the quotation marks of a text and the attributions found by syntax.
Out:    attributions whose contents hold whole quotations, and those of quotations that no clause took up.
Units:  half-open character ranges of the document's text.

A quotation belongs to the cue beside it, else to the one who spoke last, if it stands as a sentence of its own.
Anything else in quotation marks is the narrator's and is left alone.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.domain import Quotation
from dragoman.language.parse import Parsed
from dragoman.reading.saying.cues import Cue, find_cue, source, subject
from dragoman.reading.saying.model import Attribution, Chars, phrase, sentence_at, tokens_at
from dragoman.reading.saying.quotes import Quote
from dragoman.reading.saying.words import Entry

if TYPE_CHECKING:
    from spacy.tokens import Token

_LEAD = 2  # words before a quotation that its speaker may follow: "But \"we tried\", he said"; guess
_TITLES = "".join(rf"(?<!\b{title})" for title in ("[A-Z]", "Mr", "Mrs", "Ms", "Dr", "Gen", "Col", "St"))
_SIGNED = re.compile(r"\s*(?P<cue>[―—–]|--?)\s*(?P<who>[A-Z][\w.’'-]*(?: [\w.,’'()-]+){0,9}?)\.?\s*$")
_STRETCH_END = re.compile(rf"[\"“”;!?]|{_TITLES}\.(?=\s|$)")


def snapped(attribution: Attribution, quotes: list[Quote], parsed: Parsed) -> Attribution:
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


def of_kind(attribution: Attribution, quotes: list[Quote], parsed: Parsed) -> Attribution:
    """Return the attribution with the kind that its contents have."""
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


def with_quotations(parsed: Parsed, loose: list[Quote], clauses: list[Attribution]) -> list[Attribution]:
    """Give quotations that no clause took up to the speaker beside them, or to the one who spoke last.

    Returns all attributions, since a further quotation is added to the contents of the one that it goes on from.
    """
    found = list(clauses)
    for quote in loose:
        made = _beside(parsed, quote)
        same = next((a for a in found if made is not None and a.cue == made.cue), None)
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
    signed = _signature(parsed, quote)
    if signed is not None:
        return signed
    before, after = _stretches(parsed, quote)
    leads_in = bool(before) and _speaking_cue(before, is_after=False) is not None
    closes = text[quote.inner_end - 1 : quote.inner_end] in ",?!….-–—" or text[quote.end : quote.end + 1] == ","
    tries = [(before, False)] if leads_in else []
    opens = len(before) <= _LEAD and not any(t.text == ":" for t in before)
    if closes and opens and after and after[0].pos_ not in ("CCONJ", "SCONJ"):
        tries.append((after, True))
    for tokens, is_after in tries:
        cue = _speaking_cue(tokens, is_after)
        if cue is None:
            continue
        own = [t for t in (*cue.token.children, source(cue)) if t is not None]
        beside = (t for t in own if t.dep_ in ("nsubj", "nsubjpass") and tokens[0].i <= t.i <= tokens[-1].i)
        who = next(beside, None if is_after else source(cue))
        if who is not None:
            return _of_quote(parsed, quote, cue, who)
    return None


def _signature(parsed: Parsed, quote: Quote) -> Attribution | None:
    """Return the attribution by a name set under a quotation: "We shall wait." -- Ana Brito."""
    end = parsed.document.paragraphs[quote.paragraph][1]
    match = _SIGNED.match(parsed.document.text, quote.end, end)
    name = tokens_at(parsed, *match.span("who")) if match else []
    if match is None or not name or any(t.pos_ in ("VERB", "AUX") for t in name):
        return None
    return Attribution(
        source=next((t for t in name if t.head not in name or t.head == t), name[0]),
        source_span=match.span("who"),
        cue=match.span("cue"),
        cue_token=None,
        cue_lemma=match.group("cue"),
        cue_class="say",
        contents=((quote.inner, quote.inner_end),),
        kind="direct",
        sentence=sentence_at(parsed, quote.start),
        paragraph=quote.paragraph,
        rule="signature",
    )


def _of_quote(parsed: Parsed, quote: Quote, cue: Cue, who: Token) -> Attribution:
    return Attribution(
        source=who,
        source_span=phrase(who, cue.token),
        cue=cue.span,
        cue_token=cue.token,
        cue_lemma=cue.entry.lemma,
        cue_class=cue.entry.cls,
        contents=((quote.inner, quote.inner_end),),
        kind="direct",
        stance="deny" if cue.entry.stance == "deny" else "assert",
        sentence=sentence_at(parsed, quote.start),
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
    before = tokens_at(parsed, opens[-1] if opens else start, quote.start)
    if not before and quote.paragraph and not text[start : quote.start].strip():
        above, below = parsed.document.paragraphs[quote.paragraph - 1]
        if text[above:below].rstrip().endswith(":"):  # "Brito went on:", and the quotation as a paragraph of its own
            opens = [m.end() for m in _STRETCH_END.finditer(text, above, below)]
            before = [t for t in tokens_at(parsed, opens[-1] if opens else above, below) if not t.is_space]
    return before, tokens_at(parsed, quote.end, stop.start() if stop else end)


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
    whole = (not lead or lead[-1] in '.!?"”:;') and text[quote.inner : quote.inner + 1].isupper()
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
