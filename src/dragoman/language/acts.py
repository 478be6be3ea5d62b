"""Acts: the words of a parsed sentence that name what one international actor does to another, with PLOVER's type.

In:     a spaCy sentence (`Span` or `Doc`).
Out:    `find_acts`: one `Act` for each naming, in text order. Who does it to whom is not decided here; `Act.hints`
        is the entry of the data with what it knows about roles.
Data:   ontology/acts.yaml, through `act_patterns`.

Cost is linear in the tokens: a token is looked up by its lemma, and only patterns with that head are tried. A more
specific pattern wins over a general one. A noun inside a matched pattern ("held talks") is no act of its own, nor is
a noun that only modifies another ("ceasefire talks").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from dragoman.domain import EventType
from dragoman.language.act_patterns import Entry, Item, Pattern, Patterns, normal, patterns
from dragoman.language.act_syntax import belongs, direct_object, is_infinitive, is_meant, subjects
from dragoman.language.act_words import forms, hyphenated

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

#: Complements of a verb in which the rest of its pattern may stand; its own subject and adverbial clauses are not.
_OF_VERB = frozenset({
    "dobj", "nsubjpass", "csubjpass", "prt", "prep", "dative", "agent", "acomp", "attr", "oprd", "xcomp", "ccomp",
    "advmod", "npadvmod", "pobj", "intj",
})  # fmt: skip
#: Dependents of a word already matched, in which further words of the pattern may stand.
_OF_MATCH = frozenset({
    "pobj", "pcomp", "prep", "compound", "amod", "nmod", "nummod", "poss", "appos", "conj", "dobj", "advmod", "prt",
    "xcomp", "acomp", "attr", "nsubj", "acl", "relcl",
})  # fmt: skip
#: Dependents of a noun that heads a pattern.
_OF_NOUN = frozenset({
    "prep", "compound", "amod", "nmod", "nummod", "poss", "appos", "acl", "relcl",
})  # fmt: skip
#: Dependents of an object that may belong to the verb: "set them free", "let inspectors in", "hold joint drills".
_NEAR_OBJECT = frozenset({"prep", "amod", "appos", "acomp", "advmod"})
#: One syllable that would double its last letter before "-ed".
_SHORT = re.compile("[^aeiou]*[aeiou][^aeiouwxy]")
#: Acts of these types become cooperation when done jointly: "jointly distributed", "patrolled together".
_MAY_BE_JOINT = frozenset({"AID", "MOBILIZE"})
#: Where a document keeps the acts found in its sentences: more than one part of the reading asks for them.
_FOUND = "dragoman.acts"


@dataclass(frozen=True, slots=True)
class Act:
    """One naming of an act: its head, the words of the pattern, the type, and the entry with hints on roles.

    `object` is the matched or direct object (the thing imposed, signed, withdrawn), None where there is none;
    `specificity` counts the words of the pattern.
    """

    head: Token
    words: tuple[Token, ...]
    type: EventType
    mode: str | None
    hints: Entry
    specificity: int
    object: Token | None


def find_acts(sentence: Span | Doc) -> list[Act]:
    """Return the acts that the sentence names, in text order, at most one for each head word."""
    first = sentence[0] if len(sentence) else None
    if first is None:
        return []
    acts: dict[tuple[int, int], list[Act]] = first.doc.user_data.setdefault(_FOUND, {})
    place = (first.i, len(sentence))
    if place not in acts:
        acts[place] = _acts(sentence)
    return list(acts[place])


def _acts(sentence: Span | Doc) -> list[Act]:
    """Find the acts of a sentence that was not asked for before."""
    data = patterns()
    verbs, nouns = [], []
    if any(normal(token.lemma_) in data.play for token in sentence):
        return []
    for token in sentence:
        if token.ent_type_ == "DATE":
            continue  # "in March" is no march
        if _is_verb(token):
            found = _best(_Head(token, data, noun=False), data.verbs)
            if found and not any(normal(word.lemma_) in data.nature for word in subjects(token)):
                verbs += found
        elif (token.pos_ in ("NOUN", "PROPN") or hyphenated(token)) and token.dep_ not in ("compound", "nmod", "amod"):
            nouns += _best(_Head(token, data, noun=True), data.nouns)
    kept: list[Act] = []
    taken: set[int] = set()
    for group in (verbs, nouns):
        for act in sorted(group, key=lambda a: (-a.specificity, a.head.i)):
            if act.head.i not in taken:
                kept.append(act)
                taken.update(word.i for word in act.words)
    return sorted(kept, key=lambda a: a.head.i)


def _is_verb(token: Token) -> bool:
    """Whether the token is a full verb, also where the tagger took it for a noun in a headline."""
    if token.dep_ in ("aux", "auxpass"):
        return token.lower_ == "let"  # "let go" is parsed as if "let" were an auxiliary
    if token.pos_ in ("VERB", "AUX"):
        return True
    clause = token.dep_ in ("ROOT", "conj", "ccomp")
    return clause and any(c.dep_ in ("nsubj", "dobj", "nsubjpass") for c in token.children)


def _keys(token: Token) -> Iterator[str]:
    """Yield the forms under which a word may stand in the data: its lemma, then guesses where the lemma is wrong."""
    whole = hyphenated(token)
    if whole:
        yield whole
    lemma = normal(token.lemma_)
    lower = normal(token.lower_)
    if lower in (lemma + "ed", lemma + "ing") and _SHORT.fullmatch(lemma):
        yield lemma + "e"  # "staged" is lemmatised as "stag", whose past would be "stagged"
    yield lemma
    if lower != lemma:
        yield lower
    for ending in ("ing", "ed", "es", "s"):
        if lower.endswith(ending) and len(lower) > len(ending) + 2 and lower != lemma + "s":
            stem = lower[: -len(ending)]
            yield stem
            yield stem + "e"
            if len(stem) > 2 and stem[-1] == stem[-2]:
                yield stem[:-1]


class _Head:
    """A word that may name an act, with what stands round it: worked out when first asked for, for all its patterns."""

    def __init__(self, token: Token, data: Patterns, *, noun: bool) -> None:
        self.token, self.data, self.noun = token, data, noun
        self._held: dict[str, bool] = {}

    @cached_property
    def object(self) -> Token | None:
        """What is done to."""
        return direct_object(self.token)

    @cached_property
    def _near(self) -> list[Token]:
        return _near(self.token, self.object if not self.noun else None, noun=self.noun)

    @cached_property
    def _nearby(self) -> list[Token]:
        return [inner for word in self._near for inner in _inside(word, self.data)]

    @cached_property
    def _forms(self) -> frozenset[str]:
        return frozenset().union(*(forms(word) for word in (*self._near, *self._nearby)))

    def lacks(self, item: Item) -> bool:
        """Whether none of the words that an item asks for stands near this one."""
        return not item.conditions and self._forms.isdisjoint(item.ends)

    def scope(self, matched: list[Token]) -> Iterator[Token]:
        """Yield the tokens among which the next word of a pattern may stand, nearest in syntax first."""
        yield from self._near
        behind = [c for word in matched for c in word.children if c.dep_ in _OF_MATCH]
        yield from behind
        yield from self._nearby
        for word in behind:
            yield from _inside(word, self.data)

    def holds(self, condition: str) -> bool:
        """Whether a condition holds of this word."""
        if condition not in self._held:
            self._held[condition] = _holds(self.token, condition)
        return self._held[condition]


def _best(head: _Head, index: dict[str, tuple[Pattern, ...]]) -> list[Act]:
    """Return the act of the most specific pattern that matches at this head, as a list of one or none."""
    own = next((act for key in _keys(head.token) for act in _matches(head, index.get(key, ()))), None)
    if own is None or own.type in _MAY_BE_JOINT:
        own = next(_matches(head, index.get("*", ())), own)
    return [own] if own else []


def _matches(head: _Head, candidates: tuple[Pattern, ...]) -> Iterator[Act]:
    """Yield the acts that this head names, the most specific first."""
    token = head.token
    for pattern in candidates:
        words = _match(head, pattern)
        if words is not None:
            entry = pattern.entry
            found = next((w for w in words if w.pos_ in ("NOUN", "PROPN")), None)
            whole = tuple(sorted((token, *words), key=lambda t: t.i))
            yield Act(token, whole, entry.type, entry.mode, entry, pattern.size, found or direct_object(token))


def _match(head: _Head, pattern: Pattern) -> list[Token] | None:
    """Return the tokens that the pattern's words match beside the head, or None where one is missing."""
    token = head.token
    matched: list[Token] = []
    left = list(pattern.items)
    while left:
        for item in left:
            if any(head.holds(condition) for condition in item.conditions):
                left.remove(item)
                break
            if item.subject:
                if any(_is(word, item) for word in subjects(token)):
                    left.remove(item)
                    break
                continue
            if not matched and head.lacks(item):
                continue
            hit = next(
                (
                    w
                    for w in head.scope(matched)
                    if _is(w, item) and w not in matched and _may_stand(token, w, item, pattern)
                ),
                None,
            )
            if hit is not None:
                matched.append(hit)
                left.remove(item)
                break
        else:
            return None
    return matched


def _may_stand(head: Token, word: Token, item: Item, pattern: Pattern) -> bool:
    """Whether a word that the pattern asks for stands to the verb as it must: see `is_meant` and `belongs`."""
    if pattern.entry.noun:
        return True
    if word.pos_ in ("VERB", "AUX") and word.dep_ in ("ccomp", "xcomp") and word.head.i == head.i:
        return is_meant(head, word, finite=pattern.entry.type == "ACCUSE")
    if word.head.i == head.i and (pattern.is_bare or item.split):
        own = frozenset().union(*(i.words for i in pattern.items))
        return belongs(head, word, own, only_particle=item.is_particle)
    return True


def _near(head: Token, shared: Token | None, *, noun: bool) -> list[Token]:
    """Return the complements of a head: for a verb also those of its object, which may be `shared` with another."""
    out = [c for c in head.children if c.dep_ in (_OF_NOUN if noun else _OF_VERB)]
    if noun:
        return out + _left_neighbours(head)
    if shared is not None:
        if shared not in out:
            out.append(shared)
        out += [c for c in shared.children if c.i > head.i and c.dep_ in _NEAR_OBJECT]
    if head.dep_ == "aux":
        out += [head.head, *(c for c in head.head.children if c.dep_ == "dobj")]
    return out


def _inside(word: Token, data: Patterns) -> Iterator[Token]:
    """Yield what stands beside or behind a complement: "tariffs and quotas", "a series of strikes", "to hold talks"."""
    if word.dep_ not in ("prep", "agent"):
        for conjunct in word.conjuncts:
            if conjunct.i > word.i:
                yield conjunct
    counted = any(c.dep_ == "nummod" for c in word.children)  # "30 million rand of support"
    if counted or normal(word.lemma_) in data.measures or word.pos_ == "NUM":
        for preposition in word.children:
            if preposition.lower_ in ("of", "in"):  # "84 mln dollars in trade sanctions"
                for thing in preposition.children:
                    if thing.dep_ == "pobj":
                        yield thing
                        yield from _inside(thing, data)


def _left_neighbours(head: Token) -> list[Token]:
    """Return the word before a noun, across a hyphen ("cease-fire")."""
    at = head.i - 1
    if at > head.sent.start and head.doc[at].text == "-":
        at -= 1
    return [head.doc[at]] if at >= head.sent.start and head.doc[at].pos_ not in ("ADP", "PUNCT") else []


def _is(word: Token, item: Item) -> bool:
    """Whether a token is what the item asks for."""
    if "@person" in item.conditions and (
        word.ent_type_ == "PERSON" or any(c.ent_type_ == "PERSON" for c in word.lefts)
    ):
        return word.pos_ in ("NOUN", "PROPN")
    if "@name" in item.conditions and (word.pos_ == "PROPN" or any(c.pos_ == "PROPN" for c in word.children)):
        return True
    own = forms(word)
    if own.isdisjoint(item.words) and not any(
        sequence[-1] in own and _stands_before(word, sequence[:-1]) for sequence in item.sequences
    ):
        return False
    return word.tag_ != "JJR"  # "closer" is no closing


def _stands_before(word: Token, expected: tuple[str, ...]) -> bool:
    """Whether the expected words stand just before this one, hyphens aside."""
    at = word.i
    for want in reversed(expected):
        at -= 1
        if at >= 0 and word.doc[at].text == "-":
            at -= 1
        if at < 0 or want not in forms(word.doc[at]):
            return False
    return True


def _holds(head: Token, condition: str) -> bool:
    """Whether a condition holds of the head word."""
    kids = list(head.children)
    match condition:
        case "@obj":
            return direct_object(head) is not None
        case "@alone":
            return direct_object(head) is None
        case "@to":
            kids += [c for kid in kids if kid.dep_ in ("acomp", "dobj") for c in kid.children]  # "is ready to talk"
            clauses = [c for c in kids if c.dep_ in ("xcomp", "ccomp", "acl", "relcl", "advcl") and is_infinitive(c)]
            return any(c.dep_ not in ("xcomp", "ccomp") or is_meant(head, c) for c in clauses)
        case "@that":
            return any(c.dep_ in ("ccomp", "acl") and not is_infinitive(c) for c in kids)
        case "@passive":
            return any(c.dep_ in ("auxpass", "nsubjpass") for c in kids) or (head.tag_ == "VBN" and head.dep_ == "acl")
        case "@subj":
            return any(c.dep_ in ("nsubj", "nsubjpass") for c in kids)
    return False


__all__ = ["Act", "Entry", "find_acts"]
