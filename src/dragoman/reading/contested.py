"""Contested words: every claim of a document, and every wording that may be the denial of one.

In:     the statements of a document, its syntax and its cast.
Out:    `Word` records: whose word it is, where it stands, and how it was found.
Data:   the verbs, nouns and phrases of ontology/disputes.yaml.

A claim is what somebody says, what the narrator tells that somebody holds ("Lima blamed ..."), what the author of a
communiqué tells, or what a denial itself names as another's ("a charge by Lima that ..."). A denial is a statement, a
verb of denial without content of its own ("Lima contests the figure"), or a sentence of the author. Which denial
answers which claim, `disputes` decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from dragoman import ontology
from dragoman.domain import Person, Span, Statement
from dragoman.language.parse import Parsed
from dragoman.ontology import load
from dragoman.reading.cast import Cast
from dragoman.reading.clauses import clause
from dragoman.reading.saying.words import speech

if TYPE_CHECKING:
    from spacy.tokens import Token

#: How a word was found: a statement that asserts or denies, a verb of the narrator, the author's own sentence, or a
#: claim that a denial names; or an event, the deed that a denial without content answers.
Found = Literal["asserted", "denied", "told", "author", "named", "event"]
_Test = Callable[["Token"], bool]
_STEPS = 3  # how far up a verb without a subject looks for one (guess)


@dataclass(frozen=True, slots=True)
class Word:
    """A claim or a denial: whose it is, its spans, the sentence it stands in, and how it was found."""

    speaker: Person
    spans: tuple[Span, ...]
    sentence: int
    found: Found

    @property
    def start(self) -> int:
        """The first character."""
        return self.spans[0].start

    @property
    def text(self) -> str:
        """The words themselves."""
        return " ".join(s.quote for s in self.spans)

    def overlaps(self, other: Word) -> bool:
        """Whether the two have characters in common."""
        return _overlap(self.spans, other.spans)


@cache
def lexicon() -> dict[str, Any]:
    """Return ontology/disputes.yaml."""
    data: dict[str, Any] = load("disputes")
    return data


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return the expressions of one list of the lexicon as a single pattern of whole words."""
    return re.compile(r"(?<!\w)(?:" + "|".join(lexicon()[name]) + r")(?!\w)", re.IGNORECASE)


def same_side(a: Person, b: Person) -> bool:
    """Whether two speakers are of one side; where one's is unknown, whether they have the same surname."""
    if a.affiliation and b.affiliation:
        return a.affiliation == b.affiliation
    return a.name.split()[-1:] == b.name.split()[-1:]


def find_claims(statements: Sequence[Statement], parsed: Parsed, cast: Cast) -> list[Word]:
    """Return every claim of the document but those that only a denial names (`named_claims`)."""
    said = [_said(s, s.evidence[-1], parsed) for s in statements]
    return [*said, *_told(statements, parsed, cast, _claims), *_by_author(statements, parsed, cast)]


def find_denials(statements: Sequence[Statement], parsed: Parsed, cast: Cast) -> list[Word]:
    """Return every wording that may deny a claim, statements that merely assert included."""
    said = [_said(s, s.evidence[0], parsed) for s in statements]
    author = [w for w in _by_author(statements, parsed, cast) if says_no(w, parsed)]
    return [*said, *_told(statements, parsed, cast, _denies), *author]


def says_no(word: Word, parsed: Parsed) -> bool:
    """Whether a sentence denies by its words: a verb of denial, a word for falsehood, or a plain no."""
    if any(_denies(t) for t in parsed.sentences[word.sentence].tokens):
        return True
    return any(pattern(name).search(word.text) for name in ("untrue", "negation"))


def _said(statement: Statement, at: Span, parsed: Parsed) -> Word:
    """Return a statement as a word that stands where one of its spans does."""
    found: Found = "asserted" if statement.stance == "assert" else "denied"
    return Word(statement.speaker, statement.evidence, parsed.sentence_at(at.start), found)


def named_claims(denial: Word, parsed: Parsed, cast: Cast) -> list[Word]:
    """Return the claims that the sentence of a denial names as another's, by a noun or by "as Lima maintains"."""
    out = []
    for token in parsed.sentences[denial.sentence].tokens:
        if token.pos_ == "NOUN" and token.lemma_.lower() in lexicon()["claim_nouns"]:
            owner = _owner_of_claim(token, cast)
            content = next((c for c in token.children if c.dep_ in ("acl", "relcl", "ccomp")), token)
            words: list[Token] = list(content.subtree)
        elif token.pos_ == "VERB" and token.lemma_.lower() in lexicon()["saying"] and _opens_with_as(token):
            subject = _subject(token)
            owner = cast.speaker(subject) if subject is not None else None
            above = token.head.subtree if token.head.pos_ == "VERB" else ()
            words = [t for t in above if t.i != token.i and not token.is_ancestor(t)]
        else:
            continue
        if owner is not None and words:
            span = parsed.quote(words[0].idx, words[-1].idx + len(words[-1]))
            out.append(Word(owner, (span,), denial.sentence, "named"))
    return out


# --- verbs of the narrator


def _told(statements: Sequence[Statement], parsed: Parsed, cast: Cast, wanted: _Test) -> Iterator[Word]:
    """Yield the clauses of a kind of verb that stand outside everything said, with their subjects.

    A clause ends where another's words begin ("Quito rejected Lima's claim | that ..."); where they are the subject's
    own, the statement tells the same.
    """
    for number, sentence in enumerate(parsed.sentences):
        for token in () if sentence.is_headline else sentence.tokens:
            subject = _subject(token) if wanted(token) else None
            speaker = cast.speaker(subject) if subject is not None else None
            if speaker is None:
                continue
            first, last = _clause_of(token)
            start, end = parsed.doc[first].idx, parsed.doc[last].idx + len(parsed.doc[last])
            said = [(s, x) for s in statements for x in s.evidence if x.start < end and start < x.end]
            if any(s.stance == "deny" or same_side(s.speaker, speaker) or x.start <= token.idx for s, x in said):
                continue
            span = parsed.quote(start, min((x.start for _, x in said), default=end))
            yield Word(speaker, (span,), number, "told")


def _clause_of(verb: Token) -> tuple[int, int]:
    """Return the first and last token of a verb's clause, without one before it ("Lima accused Quito; it denied")."""
    first, last = clause(verb)
    for child in verb.lefts:
        if child.dep_ in ("ccomp", "parataxis") and child.right_edge.i + 1 < verb.i:
            first = max(first, child.right_edge.i + 1)
    while first < verb.i and verb.doc[first].is_punct:
        first += 1
    return first, last


def _claims(verb: Token) -> bool:
    return verb.pos_ == "VERB" and verb.lemma_.lower() in lexicon()["claiming_verbs"]


def _denies(verb: Token) -> bool:
    """Whether a verb denies a claim: "contests the figure", "rejected the charge", "does not accept that ..."."""
    if verb.dep_ == "ROOT" and pattern("denying_idioms").search(verb.sent.text):
        return True
    if verb.pos_ != "VERB":
        return False
    verbs, lemma = lexicon()["denying_verbs"], verb.lemma_.lower()
    if lemma not in _denying_lemmas():
        return False
    forms = {lemma} | {f"{lemma} {c.lower_}" for c in verb.children if c.dep_ in ("prt", "prep", "advmod")}
    objects = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
    governed = [c for c in verb.children if f"{lemma} {c.lower_}" in verbs["claim"]]
    objects += [o for c in governed for o in c.children if o.dep_ == "pobj"]
    of_a_claim = any(o.lemma_.lower() in lexicon()["claim_nouns"] or o.lower_ in ("that", "this") for o in objects)
    of_a_claim = of_a_claim or any(c.dep_ == "ccomp" for c in verb.children)
    if any(c.dep_ == "neg" for c in verb.children):
        return of_a_claim and bool(forms & set(verbs["negated"]))
    if forms & set(verbs["any"]):
        withheld = any(o.lemma_.lower() in speech()["withheld"] for o in objects)
        return not withheld and not any(c.dep_ == "dative" for c in verb.children)
    return of_a_claim and bool(forms & set(verbs["claim"]))


@cache
def _denying_lemmas() -> frozenset[str]:
    """Return the first words of all forms that may deny."""
    return frozenset(form.split()[0] for forms in lexicon()["denying_verbs"].values() for form in forms)


def _subject(verb: Token) -> Token | None:
    """Return the subject of a verb, or of the verb it is joined to."""
    for _ in range(_STEPS):
        subject = next((c for c in verb.children if c.dep_ in ("nsubj", "agent")), None)
        if subject is not None:
            return next(iter(subject.children), None) if subject.dep_ == "agent" else subject
        if verb.dep_ not in ("conj", "advcl", "xcomp"):
            return None
        verb = verb.head
    return None


# --- claims named by their denial


def _owner_of_claim(noun: Token, cast: Cast) -> Person | None:
    """Return whose claim a noun names: "Lima's claim", "the charge by Lima", "Peruvian claims"."""
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    for child in noun.children:
        if owner is None and child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from", "of", "in"):
            owner = next((c for c in child.children if c.dep_ == "pobj"), None)
    if owner is not None:
        return cast.speaker(owner)
    beside = [c for c in noun.lefts if c.dep_ in ("amod", "compound", "nmod")]
    owner = next((t for c in beside for t in c.subtree if t.i in cast.names), None)
    if owner is None:
        return None
    source = owner.head if owner.head.i != noun.i else owner  # "a Danish radio report"
    name = " ".join(t.text for t in owner.doc[owner.i : source.i + 1]) if owner.i < source.i < noun.i else owner.text
    return Person(name, None, cast.names[owner.i].actor)


def _opens_with_as(verb: Token) -> bool:
    return any(c.lower_ == "as" and c.dep_ in ("mark", "advmod") for c in verb.children)


# --- the author's own voice


def _by_author(statements: Sequence[Statement], parsed: Parsed, cast: Cast) -> list[Word]:
    """Return the narrated sentences of a text whose author is a party to it: a communiqué, a press release."""
    headline = [t for s in parsed.sentences if s.is_headline for t in s.tokens]
    title = parsed.document.title or "".join(t.text_with_ws for t in headline)
    side = cast.home or next((cast.names[t.i].actor for t in headline if t.i in cast.names), None)
    if side is None or not pattern("authored").search(title):
        return []
    author = Person(ontology.actor(side).name, None, side)
    said = [span for s in statements for span in s.evidence]
    out = []
    for number, sentence in enumerate(parsed.sentences):
        span = parsed.quote(sentence.tokens.start_char, sentence.tokens.end_char)
        if not sentence.is_headline and not _overlap((span,), said):
            out.append(Word(author, (span,), number, "author"))
    return out


def _overlap(a: Sequence[Span], b: Sequence[Span]) -> bool:
    return any(x.start < y.end and y.start < x.end for x in a for y in b)
