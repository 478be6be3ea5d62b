"""Asides: what is said when the cue stands after it or amid it.

In:     a `Cue` and its sentence: "The road, he said, was open." "The talks failed, officials said." "As he put it, ..."
Out:    `Content`, with the source where its place between commas tells more than the parser.
Data:   ontology/speech.yaml.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.reading.saying.cues import SUBJECTS, Cue, find_cue, is_finite, is_that
from dragoman.reading.saying.pieces import NOMINAL, QUOTE_MARKS, Content, Range, trimmed
from dragoman.reading.saying.words import speech

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

_LEAD_IN = 3  # words before an aside that may only lead in to what follows it; guess
_LONGEST_NAME = 25  # words of a noun phrase that names a source; guess
_MARKS = frozenset({",", "–", "—", "--", "-", "’"}) | QUOTE_MARKS - {"“", "``"}
_STOPS = frozenset({",", ".", ";", ":", "-", "--", "–", "—", "!", "?"}) | QUOTE_MARKS
_CIRCUMSTANCE = frozenset({"advcl", "prep", "npadvmod", "advmod", "cc", "mark", "nsubj", "intj", "aux", "neg"})


def aside(cue: Cue, sentence: Tokens) -> Content | None:
    """The cue and its subject stand aside, after or amid what is said: "..., he said, ..."."""
    doc, token = sentence.doc, cue.token
    if any(t.dep_ == "auxpass" for t in token.lefts) or _governs_object(cue):
        return None
    placed = _set_off(cue, sentence)
    if placed is None:
        return None
    left, who = placed
    right = _aside_end(cue, sentence)
    after = doc[right] if right < sentence.end else None
    if after is not None and after.text not in _STOPS and not after.is_space:
        return None
    before = _narrowed(sentence, left - 1)
    if before[0] < before[1] and doc[before[1] - 1].tag_ in ("WDT", "WP"):  # "a man who, he said, had ..."
        before = doc[before[1] - 1].head.head.left_edge.i, before[1]
    if _is_circumstance(cue, before) and (after is None or any(t.is_quote for t in doc[right : right + 2])):
        return None
    pieces = [before]
    if after is not None and after.text in {",", "-", "--", "–", "—"} | QUOTE_MARKS - {"”"}:
        rest = _resumed(cue, before, right + 1, sentence)
        if rest is not None:
            pieces = [rest] if _only_leads_in(doc[before[0] : before[1]]) else [before, rest]
    if not _is_clause(cue, pieces):
        return None
    return trimmed(pieces, sentence, "aside", who)


def _only_leads_in(tokens: Tokens) -> bool:
    """Whether the words before an aside only lead in to what follows it: "In return, he said, ..."."""
    words = [t for t in tokens if not t.is_punct and not t.is_space]
    return 0 < len(words) <= _LEAD_IN and words[0].pos_ in ("ADP", "ADV", "SCONJ")


def _set_off(cue: Cue, sentence: Tokens) -> tuple[int, Token] | None:
    """Return where the words of an aside begin, after a comma or a quotation, and the source that stands there."""
    doc, token = sentence.doc, cue.token
    first = min(w.i for w in cue.words)
    for own in (t for t in token.children if t.dep_ in SUBJECTS and t.tag_ not in ("WDT", "WP")):
        left = min(own.left_edge.i if own.i < token.i else token.i, first)
        if _after_mark(left, sentence):
            return left, own
    if token.tag_ not in ("VBD", "VBZ", "VBP", "VBN"):
        return None
    end = first
    while end - 1 > sentence.start and doc[end - 1].pos_ == "ADV":
        end -= 1
    start, who = _noun_phrase_before(end, sentence)
    if who is None and doc[end - 1].text == ",":  # a name and an office between commas
        start, who = _noun_phrase_before(end - 1, sentence)
        if who is not None and doc[start - 1].text == ",":
            earlier, name = _noun_phrase_before(start - 1, sentence)
            start, who = (earlier, name) if name is not None and _after_mark(earlier, sentence) else (start, who)
    if who is not None and who.dep_ == "appos" and who.pos_ == "NOUN" and who.head.ent_type_ == "PERSON":
        named = who.head.left_edge.i  # "Brito, a judge and writer, said"
        start, who = (named, who.head) if named < start and _after_mark(named, sentence) else (start, who)
    return (start, who) if who is not None and _after_mark(start, sentence) else None


def _after_mark(left: int, sentence: Tokens) -> bool:
    return left > sentence.start + 1 and sentence.doc[left - 1].text in _MARKS


def _noun_phrase_before(end: int, sentence: Tokens) -> tuple[int, Token | None]:
    """Return the start and head of the noun phrase between the last comma or quotation mark and `end`."""
    doc = sentence.doc
    start = end
    while start > sentence.start and doc[start - 1].text not in _MARKS - {"-", "’"} | {"“", "``", ";", ":", "("}:
        start -= 1
    tokens = doc[start:end]
    if (
        not 0 < len(tokens) <= _LONGEST_NAME
        or tokens[0].tag_ in ("WDT", "WP")
        or tokens[0].pos_ not in NOMINAL | {"DET", "ADJ", "NUM"}
    ):
        return start, None
    if any(is_finite(t) for t in tokens if t.pos_ in ("VERB", "AUX")):
        return start, None
    heads = [t for t in tokens if t.pos_ in NOMINAL and not (start <= t.head.i < end and t.head != t)]
    return start, heads[-1] if heads else None


def _governs_object(cue: Cue) -> bool:
    """Whether the cue has its content after it, so that it is no aside."""
    last = max(w.i for w in cue.words)
    for child in cue.token.rights:
        if child.dep_ == "dobj" and child.i > last and cue.entry.lemma not in speech()["addressed"]:
            return True
        if child.dep_ == "ccomp" and child.i > last and (child.left_edge.i == last + 1 or has_that(child)):
            return True
        if child.dep_ == "xcomp" and child.left_edge.i == last + 1 and child.left_edge.lower_ == "to":
            return True
    return False


def has_that(verb: Token) -> bool:
    """Whether a verb's clause opens with "that"."""
    return any(is_that(c) for c in verb.children)


def _is_circumstance(cue: Cue, piece: Range) -> bool:
    """Whether a piece is no more than the time, place or occasion of the cue: "At the summit, he said"."""
    tokens = [t for t in cue.token.doc[piece[0] : piece[1]] if not t.is_punct]
    roots = [t for t in tokens if not piece[0] <= t.head.i < piece[1]]
    return bool(roots) and all(t.head == cue.token and t.dep_ in _CIRCUMSTANCE - {"nsubj"} for t in roots)


def _is_clause(cue: Cue, pieces: list[Range]) -> bool:
    """Whether pieces hold a clause of their own rather than a time or a circumstance of the cue."""
    doc = cue.token.doc
    tokens = [doc[i] for start, end in pieces for i in range(start, end)]
    inside = {t.i for t in tokens}
    roots = [t for t in tokens if t.head.i not in inside or t.head == t]
    if all(t.head == cue.token and t.dep_ in _CIRCUMSTANCE for t in roots if not t.is_punct):
        return False
    return any(t.is_quote or (t.pos_ in ("VERB", "AUX") and is_finite(t)) for t in tokens)


def _aside_end(cue: Cue, sentence: Tokens) -> int:
    """Return the token after the cue's own words: its inverted subject, addressee, time and place."""
    end = max(w.i for w in cue.words) + 1
    for child in cue.token.rights:
        if child.dep_ in ("nsubj", "prep", "npadvmod", "advmod", "dobj", "dative", "agent", "prt", "oprd", "advcl"):
            if child.i < end - 1 and child.right_edge.i < end:
                continue
            if child.left_edge.i > end:
                break
            if child.dep_ == "advcl" and child.left_edge.i == end and sentence.doc[end].text == ",":
                break
            end = max(end, child.right_edge.i + 1)
    return end


def _narrowed(sentence: Tokens, end: int) -> Range:
    """Return the tokens before an aside, back to the last colon or semicolon outside quotations."""
    doc = sentence.doc
    for i in range(end - 1, sentence.start, -1):
        if doc[i].text in (":", ";") and not _inside_quote(sentence, i):
            return i + 1, end
    return sentence.start, end


def _inside_quote(sentence: Tokens, at: int) -> bool:
    """Whether an odd number of quotation marks stands between the sentence's start and a token."""
    return sum(t.text in QUOTE_MARKS for t in sentence.doc[sentence.start : at]) % 2 == 1


def _resumed(cue: Cue, before: Range, start: int, sentence: Tokens) -> Range | None:
    """Return what follows an aside where it goes on with what was said."""
    doc = sentence.doc
    if start >= sentence.end:
        return None
    first = doc[start]
    end = next((i for i in range(start, sentence.end) if doc[i].text == ";"), sentence.end)
    if not any(is_finite(t) for t in doc[before[0] : before[1]] if t.pos_ in ("VERB", "AUX")):
        return start, end
    cues = [t for t in doc[start:end] if t.pos_ == "VERB" and (c := find_cue(t)) and c.entry.aside]
    opens = any(t.pos_ == "SCONJ" for t in doc[before[0] : before[0] + 2])  # "Even if", "Because"
    if opens and any(is_finite(t) for t in doc[start:end] if t.pos_ in ("VERB", "AUX")):
        return start, end
    if first.lower_ in speech()["resumes"]:
        told = cues or doc[before[1] - 1].is_quote
        return None if told and first.lower_ in ("and", "but") else (start, end)
    if doc[before[1] - 1].lower_ in ("why", "because"):
        return start, end
    belongs = (first.pos_ == "ADP" or first.dep_ == "prep") and before[0] <= first.head.i < before[1]
    return (start, end) if belongs else None


def what_they_say(cue: Cue, sentence: Tokens) -> Content | None:
    """What follows "what Oslo says": "what Oslo says [was a mistake]"."""
    token = cue.token
    names = [t for t in token.lefts if t.dep_ in ("nsubj", "dobj", "nsubjpass")]
    what = next((t for t in names if t.lower_ == "what"), None)
    who = next((t for t in names if t.i > (what.i if what else token.i)), None)
    if what is None or who is None or token.i + 1 >= sentence.end or not is_finite(sentence.doc[token.i + 1]):
        return None
    stop = next((i for i in range(token.i + 1, sentence.end) if sentence.doc[i].is_punct), sentence.end)
    return trimmed([(token.i + 1, stop)], sentence, "clause", who)


def as_clause(cue: Cue, sentence: Tokens) -> Content | None:
    """The whole clause that "as X said" qualifies."""
    token = cue.token
    doc = sentence.doc
    if token.dep_ not in ("advcl", "ROOT", "parataxis", "ccomp", "relcl") or cue.entry.cls in ("ask", "demand"):
        return None
    mark = next((t for t in token.lefts if t.lower_ == "as" and t.dep_ in ("mark", "advmod", "prep")), None)
    if mark is None or token.dep_ != "advcl":
        return None
    left, right = token.left_edge.i, token.right_edge.i + 1
    if (left > sentence.start and doc[left - 1].text not in ",–—-") or "clause" not in cue.entry.frames:
        return None
    head = token.head
    if left == sentence.start:
        return trimmed([(right, sentence.end)], sentence, "as-clause")
    return trimmed([(head.left_edge.i, left), (right, head.right_edge.i + 1)], sentence, "as-clause")


def fronted(cue: Cue, sentence: Tokens) -> Content | None:
    """A clause before the cue that the parser gives to it, without a comma in between."""
    if _governs_object(cue):
        return None
    for child in cue.token.lefts:
        if child.dep_ == "ccomp" and is_finite(child):
            start = max(child.left_edge.i, _narrowed(sentence, child.right_edge.i + 1)[0])
            return trimmed([(start, child.right_edge.i + 1)], sentence, "aside")
    if cue.token.dep_ in ("parataxis",) and cue.token.head.i < cue.token.i:
        return trimmed([(cue.token.head.left_edge.i, cue.token.left_edge.i)], sentence, "aside")
    return None
