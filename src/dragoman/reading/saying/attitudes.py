"""Attitudes: what somebody speaks of, backs, attacks, knows or wants, where the text gives no statement.

In:     a `Parsed` document and the attributions already known.
Out:    the known ones, whole where a few words of a clause are quoted, and further ones, marked `wide`; no cue of a
        further one stands in a quotation or in the content of another.
Data:   ontology/attitudes.yaml.

The records of the ledger are made without these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from dragoman.language.parse import HEADLINE, Parsed, Sentence
from dragoman.reading.saying.cues import (
    Cue,
    agent,
    find_cue,
    is_finite,
    is_passive,
    noun_source,
    relative_source,
    source,
)
from dragoman.reading.saying.model import Attribution, phrase, tokens_at
from dragoman.reading.saying.pieces import trimmed
from dragoman.reading.saying.quotes import Quote
from dragoman.reading.saying.words import Entry, lemma_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_COLON = re.compile(r"(?P<who>[A-Z][^:?!\"“”]{2,60}?)(?P<cue>:)\s+")
_SPEAKERS = frozenset({"PERSON", "ORG"})
_SHORTEST_TITLE = 3  # words behind a speaker and colon in a title line; guess
_RELATIVE = frozenset({"WDT", "WP"})
_OPEN_ASIDES = _RELATIVE | {"WP$", "WRB"}
_BESIDE = frozenset({"amod", "compound", "acl"})  # a verb that only describes a noun: "tweets attacking the plan"
_COMPLEMENTS = frozenset({"oprd", "xcomp", "ccomp", "relcl", "acl"})
_CLAUSES = frozenset({"ccomp", "acl", "relcl", "advcl", "pcomp", "xcomp"})
_WORDS_OF_CUE = frozenset({"aux", "auxpass", "neg"})
_EDGES = frozenset(",;:.-–—")


@dataclass(frozen=True, slots=True)
class _Found:
    """A cue with the tokens of its content and its source."""

    cue: Cue
    content: tuple[Token, ...]
    who: Token | None


@cache
def groups(section: str) -> dict[str, Entry]:
    """Return the words of a section by lemma, the frames of all groups that hold a word taken together."""
    out: dict[str, Entry] = {}
    for row in data()[section]:
        for word in row["words"]:
            known = out.get(word)
            frames = frozenset(row["frames"]) | (known.frames if known else frozenset())
            out[word] = Entry(word, known.cls if known else row["class"], frames)
    return out


@cache
def data() -> dict[str, Any]:
    """Return the whole of ontology/attitudes.yaml."""
    text = (files("dragoman.ontology") / "attitudes.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return loaded


def widened(parsed: Parsed, found: Sequence[Attribution], quotes: Sequence[Quote]) -> list[Attribution]:
    """Return the attributions with whole contents where a few words are quoted, and those of further cues."""
    known = [_whole(parsed, one, quotes) for one in found]
    known += _headline(parsed, known)
    return known + list(find_attitudes(parsed, known, quotes))


def _whole(parsed: Parsed, one: Attribution, quotes: Sequence[Quote]) -> Attribution:
    """Return an attribution with what is judged, and with the clause of which it quotes some words."""
    start, end = one.contents[0]
    if one.judged is not None:
        closing = next((q.end for q in quotes if q.inner <= start and q.inner_end == end), end)
        return replace(one, contents=((one.judged, closing),))
    lead = parsed.document.text[one.cue[1] : start].rstrip("\"“”'‘`").rstrip()
    if one.rule != "direct-quote" or one.cue_token is None or one.cue[1] >= start or lead[-1:] in ("", ",", ":"):
        return one
    cue = find_cue(one.cue_token)
    sentence = parsed.sentences[parsed.sentence_at(one.cue[0])].tokens
    if cue is not None and "clause" in cue.entry.frames and start < sentence.end_char:
        first = max(cue.words, key=lambda t: t.i).i + 1
        rest = trimmed([(first, cue.token.right_edge.i + 1)], sentence, "clause")
        if rest is not None:
            s, e = parsed.doc[rest.pieces[0][0]], parsed.doc[rest.pieces[0][1] - 1]
            return replace(one, contents=((s.idx, max(end, e.idx + len(e))), *one.contents[1:]))
    found = _found(one.cue_token)
    made = _attribution(parsed, one.sentence, parsed.sentences[one.sentence], found) if found else None
    if made is None or not made.contents[0][0] <= start < made.contents[0][1]:
        return one
    whole = (made.contents[0][0], max(end, made.contents[0][1]))
    return replace(one, contents=(whole, *one.contents[1:]))


def _headline(parsed: Parsed, known: Sequence[Attribution]) -> Iterator[Attribution]:
    """Yield what a title line puts behind its speaker's name and a colon: "Brito: The road is open"."""
    span = parsed.document.headline
    match = _COLON.match(parsed.document.text, *span) if span else None
    if span is None or match is None:
        return
    who, said = tokens_at(parsed, *match.span("who")), tokens_at(parsed, match.end(), span[1])
    if not who or len(said) < _SHORTEST_TITLE or any(is_finite(t) for t in who):
        return
    heard = any(a.source is not None and a.source.text == who[-1].text for a in known)
    named = heard or any(t.ent_type_ in _SPEAKERS for t in who)
    if named or who[-1].lemma_.lower() in data()["title_speakers"]:
        yield Attribution(
            source=who[-1],
            source_span=match.span("who"),
            cue=match.span("cue"),
            cue_token=None,
            cue_lemma=":",
            cue_class="say",
            contents=((said[0].idx, said[-1].idx + len(said[-1])),),
            sentence=parsed.sentence_at(span[0]),
            paragraph=HEADLINE,
            rule="headline",
            wide=True,
        )


def find_attitudes(parsed: Parsed, known: Sequence[Attribution], quotes: Sequence[Quote]) -> Iterator[Attribution]:
    """Yield what the words of ontology/attitudes.yaml govern outside quotations and the contents that are known."""
    cues = {a.cue_token.i for a in known if a.cue_token is not None}
    closed = [span for a in known for span in a.contents] + [(q.inner, q.inner_end) for q in quotes]
    for number, sentence in enumerate(parsed.sentences):
        for token in sentence.tokens:
            if token.i in cues or any(s <= token.idx < e for s, e in closed):
                continue
            found = _found(token)
            made = _attribution(parsed, number, sentence, found) if found else None
            if made is not None:
                closed += made.contents
                yield made


def _found(token: Token) -> _Found | None:
    if token.pos_ in ("VERB", "AUX"):
        return _of_verb(token) or _of_adjective(token)
    if token.pos_ == "NOUN" and token.lemma_.lower() in groups("nouns"):
        return _of_noun(token)
    return None


def _of_verb(token: Token) -> _Found | None:
    """What a verb governs: "praised [the crew]", "worried about [the price]"."""
    lemma, words = lemma_of(token), [t for t in token.lefts if t.dep_ in _WORDS_OF_CUE]
    particle = next((t for t in token.rights if t.dep_ in ("prt", "advmod", "prep")), None)
    entry = groups("verbs").get(lemma)
    if particle is not None and f"{lemma} {particle.lower_}" in groups("verbs"):
        entry = groups("verbs")[f"{lemma} {particle.lower_}"]
        words.append(particle)
    if entry is None or token.dep_ in _BESIDE or (token.tag_ == "VB" and token.dep_ == "relcl"):
        return None
    cue = Cue(token, entry, (*words, token))
    if is_passive(token):
        return _of_passive(cue)
    who = source(cue)
    content = _governed(token, cue, entry) if who is not None and who.lower_ not in data()["pointers"] else None
    return _Found(*content, who) if content else None


def _of_passive(cue: Cue) -> _Found | None:
    """What a passive verb says of its subject: "[The crew] was praised by the mayor"."""
    who = agent(cue.token)
    subject = next((t for t in cue.token.lefts if t.dep_ == "nsubjpass"), None)
    if who is None or subject is None or not cue.entry.frames & {"object"}:
        return None
    return _Found(cue, _subtree(subject), who)


def _of_adjective(token: Token) -> _Found | None:
    """What an adjective after "to be" governs: "was wary of [a new toll]"."""
    if token.lemma_.lower() not in data()["copulas"] and not any(t.dep_ == "auxpass" for t in token.lefts):
        return None
    words = [t for t in token.lefts if t.dep_ in _WORDS_OF_CUE]
    for child in (token, *token.rights):
        entry = groups("adjectives").get(child.lower_)
        if entry is not None and (child == token or child.dep_ in ("acomp", "oprd", "attr")):
            cue = Cue(token, entry, (*words, token, child))
            passive = next((t for t in token.lefts if t.dep_ == "nsubjpass"), None)
            who = passive or source(Cue(token, entry, (token,)))
            content = _governed(child, cue, entry) or _governed(token, cue, entry)
            if who is None or content is None:
                return None
            return _Found(*content, None if who.lower_ == "it" and child.lower_ in data()["of_nobody"] else who)
    return None


def _of_noun(token: Token) -> _Found | None:
    """What a noun is about whose owner is named: "the mayor's concern about [the price]"."""
    entry = groups("nouns")[token.lemma_.lower()]
    who = noun_source(token)
    owned = who is not None and (who.dep_ == "poss" or who.text[:1].isupper() or who.dep_ in ("nsubj", "pobj"))
    content = _governed(token, Cue(token, entry, (token,)), entry) if owned else None
    return _Found(*content, who) if content else None


def _governed(token: Token, cue: Cue, entry: Entry) -> tuple[Cue, tuple[Token, ...]] | None:
    """Return the content by the first frame that fits, and the cue with the words that belong to it."""
    last = max(cue.words, key=lambda t: t.i)
    rights = [t for t in token.rights if t.i > last.i] + [t for w in cue.words if w != token for t in w.rights]
    for child in sorted(rights, key=lambda t: t.i):
        if child.dep_ in _CLAUSES and "clause" in entry.frames and is_finite(child) and not _is_circumstance(child):
            return cue, _subtree(child)
        to = child.tag_ == "VB" and any(t.tag_ == "TO" for t in child.lefts)
        own = next((t for t in child.lefts if t.dep_ == "nsubj"), None)
        if child.dep_ in _CLAUSES and to and "to" in entry.frames and own is None:
            return cue, _subtree(child)
        if child.dep_ in ("xcomp", "ccomp") and to and "whom" in entry.frames:
            between = [t for t in rights if t.dep_ == "dobj" and t.i < child.i]
            return cue, (*(s for t in between for s in _subtree(t)), *_subtree(child))
        if child.dep_ in ("prep", "prt", "agent") and child.lower_ in entry.frames:
            inside = tuple(s for t in child.rights for s in _subtree(t))
            if inside:
                return Cue(cue.token, entry, (*cue.words, child)), inside
        if child.dep_ == "dobj" and entry.frames & {"object", "whom"}:
            if "object" not in entry.frames and not any(t.dep_ in ("xcomp", "ccomp") for t in rights):
                continue
            return cue, _with_company(child, rights)
        if child.dep_ in ("xcomp", "ccomp") and "object" in entry.frames and not to:
            return cue, _subtree(child)
    if "object" in entry.frames:
        asked = next((t for t in token.lefts if t.dep_ == "dobj" and t.tag_ in _RELATIVE), None)
        return (cue, (asked,)) if asked is not None else None
    return None


def _is_circumstance(verb: Token) -> bool:
    """Whether a clause only tells when or why: "praised the crew although it was late"."""
    opens = verb.left_edge.lower_
    return (
        verb.dep_ == "advcl"
        and opens not in data()["questions"]
        and any(t.dep_ in ("mark", "advmod") for t in verb.lefts)
    )


def _with_company(noun: Token, rights: Sequence[Token]) -> tuple[Token, ...]:
    """Return an object with what belongs to it behind it: "the crew for its courage", "the plan as a mistake"."""
    end = noun.right_edge.i + 1
    reach = end
    for child in rights:
        if child.i <= noun.i or child.left_edge.i > reach:
            continue
        reach = max(reach, child.right_edge.i + 1)
        if child.dep_ in _COMPLEMENTS or (child.dep_ == "prep" and child.lower_ in data()["goes_with"]):
            end = reach
        elif child.dep_ not in ("prep", "npadvmod"):
            break
    tokens = noun.doc[noun.left_edge.i : end]
    asides = (t.i - 1 for t in tokens if t.i - 1 > noun.i and t.tag_ in _OPEN_ASIDES and t.nbor(-1).text == ",")
    return tuple(noun.doc[noun.left_edge.i : next(asides, end)])


def _subtree(token: Token) -> tuple[Token, ...]:
    return tuple(token.doc[token.left_edge.i : token.right_edge.i + 1])


def _attribution(parsed: Parsed, number: int, sentence: Sentence, found: _Found) -> Attribution | None:
    """Return the attribution of a cue, without joining words and marks at the edges of its content."""
    token = found.cue.token
    tokens = sorted((t for t in found.content if t not in found.cue.words), key=lambda t: t.i)
    while tokens and (tokens[0].text in _EDGES or tokens[0].is_space or tokens[0].lower_ == "that"):
        if tokens[0].lower_ == "that" and tokens[0].dep_ != "mark":
            break
        tokens = tokens[1:]
    while tokens and (tokens[-1].text in _EDGES or tokens[-1].is_space or tokens[-1].dep_ == "cc"):
        tokens = tokens[:-1]
    if not tokens or not any(t.is_alpha or t.like_num for t in tokens) or tokens[0].i <= token.i <= tokens[-1].i:
        return None
    named = relative_source(found.cue) or found.who
    return Attribution(
        source=found.who,
        source_span=phrase(named, token) if named is not None else None,
        cue=found.cue.span,
        cue_token=token,
        cue_lemma=found.cue.entry.lemma,
        cue_class=found.cue.entry.cls,
        contents=((tokens[0].idx, tokens[-1].idx + len(tokens[-1])),),
        sentence=number,
        paragraph=sentence.paragraph,
        rule="attitude",
        wide=True,
    )
