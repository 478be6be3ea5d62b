"""Cues of attribution: which words of a sentence say that something is somebody's word, and whose.

In:     tokens of a parsed text.
Out:    `Cue` (the cue's token, its lexicon entry, the words it is made of) and the token that heads its source.
Data:   ontology/speech.yaml, by `words`.

What is said stands in `contents`; a cue without content is no attribution.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.reading.modality import negated
from dragoman.reading.saying.words import Entry, adjectives, idioms, lemma_of, nouns, speech, verbs

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "csubj"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_IDIOM_REACH = 5  # how many words after the verb its idiom may end: "let it be widely known"; guess


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue in a text: its main token, its entry, and all tokens that belong to it."""

    token: Token
    entry: Entry
    words: tuple[Token, ...]

    @property
    def span(self) -> tuple[int, int]:
        """The characters from the first to the last word of the cue."""
        first, last = min(self.words, key=lambda t: t.i), max(self.words, key=lambda t: t.i)
        return first.idx, last.idx + len(last)


def find_cue(token: Token) -> Cue | None:
    """Return the cue that this token heads, if it heads one."""
    if token.pos_ in ("VERB", "AUX"):
        return _verb_cue(token)
    if token.pos_ in ("NOUN", "PROPN") and token.lemma_.lower() in nouns():
        return Cue(token, nouns()[token.lemma_.lower()], (token,))
    return None


def _verb_cue(token: Token) -> Cue | None:
    lemma = lemma_of(token)
    for words, entry in idioms().get(lemma, ()):
        for other in token.doc[token.i + 1 : token.i + 1 + _IDIOM_REACH]:
            if other.is_sent_start or other.text == ",":
                break
            if other.lower_ in words and (other.head == token or other.head.head == token):
                return Cue(token, entry, (*_helpers(token), token, other))
    if lemma == "be":
        for child in token.children:
            if child.dep_ == "acomp" and child.lower_ in adjectives():
                return Cue(token, adjectives()[child.lower_], (token, child))
        return None
    if token.lower_ in adjectives() and any(t.dep_ == "auxpass" for t in token.lefts):
        return Cue(token, adjectives()[token.lower_], (*_helpers(token), token))
    for child in token.children:
        if child.i > token.i and child.dep_ in ("prt", "prep", "advmod") and f"{lemma} {child.lower_}" in verbs():
            return Cue(token, verbs()[f"{lemma} {child.lower_}"], (*_helpers(token), token, child))
    if lemma not in verbs():
        return None
    entry = verbs()[lemma]
    return None if _is_unsaid(token, entry) else Cue(token, entry, (*_helpers(token), token))


def _is_unsaid(token: Token, entry: Entry) -> bool:
    """Whether a verb only tells what is left unsaid: "has yet to say", "declined to say", "denied him a visa"."""
    if entry.cls == "deny":
        return any(c.dep_ == "dative" or (c.dep_ == "dobj" and _is_withheld(c)) for c in token.children)
    if token.dep_ == "xcomp" and token.tag_ == "VB" and token.head.lemma_.lower() in speech()["unsaying"]:
        return negated(token.head) is None
    return entry.cls in speech()["unsaid_classes"] and negated(token) is not None


def _is_withheld(noun: Token) -> bool:
    return noun.lemma_.lower() in speech()["withheld"]


def _helpers(token: Token) -> tuple[Token, ...]:
    return tuple(t for t in token.lefts if t.dep_ in ("aux", "auxpass", "neg") and t.i < token.i)


def is_that(token: Token) -> bool:
    """Whether a word is the "that" which opens a clause."""
    return token.lower_ == "that" and (token.dep_ == "mark" or token.tag_ == "IN")


def is_finite(token: Token) -> bool:
    """Whether a verb stands in a finite form, by itself or through an auxiliary."""
    return token.tag_ in _FINITE or any(t.tag_ in _FINITE for t in token.lefts if t.dep_ in ("aux", "auxpass"))


def is_passive(token: Token) -> bool:
    """Whether a verb is passive: it has a passive auxiliary or subject, or is a bare participle after a noun."""
    if any(t.dep_ in ("auxpass", "nsubjpass") for t in token.children):
        return True
    if token.tag_ != "VBN" or token.dep_ not in ("acl", "advcl"):
        return False
    if token.dep_ == "acl":
        return True
    opens = token.i == token.sent.start or token.nbor(-1).dep_ in ("mark", "advmod")  # "Asked whether", "as stated in"
    return opens and not any(t.dep_ in ("aux", "auxpass", *SUBJECTS) for t in token.children)


def subject(token: Token) -> Token | None:
    """Return the head of a verb's own grammatical subject."""
    return next((t for t in token.children if t.dep_ in SUBJECTS), None)


def goes_on_from(token: Token) -> Token | None:
    """Return the earlier cue of the same speaker, where a cue stands in its content by the parser's mistake.

    "He said the firm had sold chips but denied that ...": the second verb has no subject, is coordinated inside the
    first one's clause and stands in the first one's tense. "..., adding that": a participle after a comma.
    """
    if token.pos_ != "VERB" or subject(token) is not None:
        return None
    cue = find_cue(token)
    if cue is None or cue.entry.cls in ("hope", "intend", "judge", "believe", "ask"):
        return None
    lead = [t for t in token.doc[max(0, token.i - 2) : token.i] if t.pos_ != "ADV"]
    participle = token.tag_ == "VBG" and bool(lead) and lead[-1].text == ","
    if (participle and token.lemma_ not in speech()["continues"]) or (not participle and token.dep_ != "conj"):
        return None
    first: Token | None = None
    for above in token.ancestors:
        earlier = find_cue(above) if above.pos_ in ("VERB", "AUX") else None
        if earlier is None or above.i > token.i or subject(above) is None:
            continue
        if participle:
            first = above if first is None or _is_pronoun(first) else first
        elif above.tag_ == token.tag_ and token.head != above and _in_other_tense(token):
            return above
    return first


def _is_pronoun(verb: Token) -> bool:
    """Whether a verb's subject only points back: "said that she believes ..., adding"."""
    own = subject(verb)
    return own is not None and own.pos_ == "PRON"


def _in_other_tense(token: Token) -> bool:
    """Whether a coordinated verb differs in tense from the verb before it, or a comma or "but" parts them."""
    first = token.head
    between = token.doc[first.i + 1 : token.i]
    marks = [t for t in between if t.text == "," or t.lower_ == "but"]
    compound = any(t.dep_ in ("aux", "auxpass") for t in first.lefts)
    return first.tag_ != token.tag_ or first.lemma_ == "be" or compound or bool(marks)


def source(cue: Cue) -> Token | None:
    """Return the head of the noun phrase whose word it is, or None where the text names nobody."""
    token = cue.token
    if token.pos_ in ("NOUN", "PROPN"):
        return noun_source(token)
    if cue.entry.lemma in adjectives():
        return _subject_above(token)
    if is_passive(token):
        return agent(token)
    return _subject_above(goes_on_from(token) or token)


def agent(token: Token) -> Token | None:
    """Return who a passive verb says did it."""
    for child in token.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            return next((t for t in child.children if t.dep_ == "pobj"), None)
    return None


def _subject_above(token: Token) -> Token | None:
    """Follow the verb upwards, over participles, infinitives and coordinated verbs, to the subject that it shares."""
    for verb in _shared(token):
        own = subject(verb)
        if own is not None:
            return _antecedent(own, verb)
        passive = next((t for t in verb.children if t.dep_ == "nsubjpass"), None)
        if passive is not None:
            return passive
        if verb.dep_ in ("acl", "relcl") and verb.head.pos_ in ("NOUN", "PROPN", "PRON"):
            if any(t.tag_ == "TO" for t in verb.lefts):  # "was at pains to stress"
                above = next((t for t in verb.head.ancestors if t.pos_ in ("VERB", "AUX")), None)
                return subject(above) if above is not None else None
            return owner(verb.head)
    return None


def _shared(token: Token) -> Iterator[Token]:
    """Yield the verb and those above it that share its subject."""
    yield token
    while (
        token.dep_ in ("advcl", "xcomp", "conj", "pcomp", "prep", "dep", "ccomp", "parataxis", "acomp")
        and token.head != token
    ):
        token = token.head
        if token.pos_ in ("VERB", "AUX"):
            yield token
        elif token.pos_ in ("NOUN", "PROPN"):
            return


def relative_source(cue: Cue) -> Token | None:
    """Return the relative pronoun by which a clause names its speaker ("the envoy, who said"), if there is one."""
    if cue.token.pos_ not in ("VERB", "AUX") or is_passive(cue.token):
        return None
    for verb in _shared(goes_on_from(cue.token) or cue.token):
        own = next((t for t in verb.children if t.dep_ in ("nsubj", "nsubjpass")), None)
        if own is not None:
            return own if own.tag_ in ("WDT", "WP") and verb.dep_ in ("relcl", "acl") else None
    return None


def _antecedent(own: Token, verb: Token) -> Token:
    """Return what a relative pronoun stands for, whose paper it is, else the token itself."""
    if own.tag_ in ("WDT", "WP") and verb.dep_ in ("relcl", "acl"):
        return verb.head
    author = next((t for t in own.children if t.dep_ == "prep" and t.lower_ in ("by", "from")), None)
    if author is not None and own.lemma_.lower() in speech()["papers"]:
        return next((t for t in author.children if t.dep_ == "pobj"), own)
    return own


def owner(noun: Token) -> Token:
    """Return whose a document or utterance is ("a statement saying"): its possessor or the subject of its verb."""
    if noun.lemma_.lower() not in speech()["papers"]:
        return noun
    return noun_source(noun) or noun


def noun_source(noun: Token) -> Token | None:
    """Return whose claim it is: "Chad's claim", "Libyan claims", "a claim by Chad", "Chad made the claim"."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child
    for child in noun.children:
        if child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from", "of", "in", "among"):
            found = next((t for t in child.children if t.dep_ == "pobj"), None)
            if found is not None:
                return found
    for child in noun.children:
        if child.dep_ in ("amod", "compound", "nmod") and (
            child.ent_type_ or child.text[:1].isupper() or child.tag_ == "NN"
        ):
            return child
    if noun.dep_ == "ROOT":  # a verb that the parser took for a noun: "Lima claims that ..."
        return next((t for t in noun.lefts if t.pos_ in ("NOUN", "PROPN", "PRON") and t.dep_ != "compound"), None)
    if noun.dep_ in ("dobj", "attr"):
        return _subject_above(noun.head) if noun.head.lemma_ in speech()["light_verbs"] else None
    if noun.dep_ == "pobj" and noun.head.dep_ == "prep" and noun.head.lower_ in ("in", "with"):
        verb = noun.head.head
        return _subject_above(verb) if verb.pos_ in ("VERB", "AUX") else None
    return None
