"""Ties: who leads, belongs to or is invited to a named initiative.

In:     a `Parsed` document, its `Cast` and the mentions of initiatives.
Out:    `Tie` records (role, actor ids, the clause that says so) for each mention.
Data:   verbs and nouns of ontology/initiatives.yaml.

A tie is read from the syntax around the name and around what stands for it: the noun it is introduced with,
"which", "it".
Wishes, refusals and possibilities tie nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dragoman import ontology
from dragoman.reading.initiative_parties import Parties
from dragoman.reading.initiative_shapes import Mention, singular, words
from dragoman.reading.initiative_verbs import (
    RELATIVE,
    governor,
    has_object,
    is_open_invitation,
    is_passive,
    is_unreal,
    joined,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

Role = Literal["member", "lead", "invited", "acts", "left"]

BEFORE, NAMED = "before it", "named in it"
OBJECT = frozenset({"dobj", "nsubjpass", "attr", "oprd"})
_TOWARDS = frozenset({"to", "in", "into", "up", "on", "onto", "of", "from"})
_UNDER = frozenset({"under", "in", "within", "through", "via", "by", "on"})
#: As many as this who launch an initiative are said to lead it; more are its first members (guess).
FOUNDERS = 2
_LED = frozenset({"led", "backed", "sponsored", "run", "initiated", "headed"})


@dataclass(frozen=True, slots=True)
class Tie:
    """Actors tied to an initiative: `acts` is who acts under it, `left` who has gone; `text[start:end]` says so."""

    role: Role
    ids: tuple[str, ...]
    start: int
    end: int
    why: str

    @property
    def acting(self) -> bool:
        """Whether a verb says it; "an American initiative" does not say that America takes part."""
        return self.why not in (BEFORE, "led")


class Ties(Parties):
    """Reads the ties of each mention of one document."""

    def of(self, mention: Mention) -> list[Tie]:
        """Return the ties that a mention and its followers ("it", a bare "has joined") state."""
        found = list(self._named_within(mention))
        for anchor in self.anchors(mention):
            found += self._attached(anchor, mention)
            found += self._governed(anchor, mention)
        found += self._followed(mention)
        return [t for t in found if t.ids]

    def _tie(self, role: Role, ids: tuple[str, ...], first: int, last: int, why: str) -> Tie:
        while last > first and self.doc[last].is_punct and self.doc[last].text not in ')”"':
            last -= 1
        while first < last and self.doc[first].is_punct and self.doc[first].text not in '(“"':
            first += 1
        return Tie(role, ids, self.doc[first].idx, self.doc[last].idx + len(self.doc[last]), why)

    def _clause(self, role: Role, ids: tuple[str, ...], verb: Token, mention: Mention, why: str) -> Tie:
        """Return a tie stated by a verb's clause; a relative clause is quoted with the name before it."""
        while (
            verb.dep_ in ("xcomp", "acomp", "advcl")
            and governor(verb)
            and not any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)
        ):
            verb = verb.head
        first, last = verb.left_edge.i, verb.right_edge.i
        if (
            verb.dep_ in ("relcl", "acl")
            and mention.first < first
            and self.place.get(first) == self.place.get(mention.first)
        ):
            first = mention.first
        return self._tie(role, ids, first, last, why)

    # -- in and at the name ----------------------------------------------------------------------------------------

    def anchors(self, mention: Mention) -> list[Token]:
        """Return the tokens that stand for the initiative in its sentence: its own head, its kind, its appositions."""
        span = self.doc[mention.first : mention.last + 1]
        head = span.root
        out = [head]
        if mention.kind_at is not None:
            out.append(self.doc[mention.kind_at])
        if head.dep_ == "appos" and self._is_kind(head.head):
            out.append(head.head)
        before = mention.first - (2 if self.doc[mention.first - 1].lower_ in ("the", "a", "an") else 1)
        if before > 0 and self.doc[before].text == "," and singular(self.doc[before - 1].text) in words("kinds"):
            out.append(self.doc[before - 1])
        if head.dep_ in ("compound", "nmod") and self._is_kind(head.head) and head.head.i == mention.last + 1:
            out.append(head.head)
        for token in list(out):
            out += [c for c in token.children if c.dep_ == "appos" and self._is_kind(c)]
            if token.dep_ in ("nsubj", "nsubjpass") and token.head.lemma_ == "be":
                out += [c for c in token.head.children if c.dep_ == "attr" and self._is_kind(c)]
        return list({t.i: t for t in out}.values())

    def _is_kind(self, token: Token) -> bool:
        return singular(token.text) in words("kinds") or token.i in self.inside

    def _named_within(self, mention: Mention) -> Iterator[Tie]:
        """Two actors in the name itself: "the India-UAE Comprehensive Economic Partnership Agreement"."""
        names = [self.cast.names[k] for k in range(mention.first, mention.last + 1) if k in self.cast.names]
        ids = tuple(dict.fromkeys(n.actor for n in names if n.form not in ("capital", "seat")))
        if len(ids) >= 2 and mention.how != "short":
            yield self._tie("member", ids, mention.first, mention.last, NAMED)

    def _attached(self, anchor: Token, mention: Mention) -> Iterator[Tie]:
        """Read modifiers, prepositions and relative clauses of the name or its kind."""
        yield from self._before(anchor, mention)
        grouping = anchor.i not in self.inside or mention.how in ("introduced", "weak")
        for child in anchor.children:
            if (
                child.dep_ == "prep"
                and child.lower_ in ("between", "with", "among", "of")
                and (grouping or child.lower_ != "of")
            ):
                ids = self.ids(*(c for c in child.children if c.dep_ == "pobj"))
                if len(ids) >= 2 or child.lower_ == "with":
                    yield self._tie("member", ids, min(mention.first, anchor.i), child.right_edge.i, child.lower_)
        for clause in self._clauses(anchor, mention):
            for verb in [clause, *joined(clause)]:
                for part in [verb, *(c for c in verb.children if c.dep_ == "xcomp")]:
                    yield from self._relative(part, verb, mention)

    def _clauses(self, anchor: Token, mention: Mention) -> list[Token]:
        """Return the relative clauses of a name; of its kind also nested ones: "a programme of cuts that A began"."""
        out = [c for c in anchor.children if c.dep_ in ("relcl", "acl")]
        if anchor.i not in self.inside or anchor.i == mention.kind_at:
            tying = words("verbs", "joins") | words("verbs", "leads")
            out += [c for c in anchor.subtree if c.dep_ == "relcl" and c.head != anchor and c.lemma_.lower() in tying]
        if anchor.dep_ in ("nsubj", "nsubjpass"):
            out += [c for c in anchor.head.children if c.dep_ == "advcl" and c.tag_ == "VBN" and c.i < anchor.i]
        return out

    def _before(self, anchor: Token, mention: Mention) -> Iterator[Tie]:
        """Read what stands before: "China's X", "a flagship American initiative", "the US-led X"."""
        first = mention.first if mention.first <= anchor.i <= mention.last else anchor.i
        for child in anchor.lefts:
            if child.i >= first or child.dep_ not in ("poss", "amod", "compound", "nmod", "npadvmod"):
                continue
            ids = tuple(
                dict.fromkeys(
                    self.cast.names[t.i].actor for t in child.subtree if t.i in self.cast.names and t.i < first
                )
            )
            if child.dep_ == "poss" and not ids:
                ids = self.ids(child)
            ids = tuple(i for i in ids if ontology.is_known(i))
            start = min(child.left_edge.i, mention.first)
            yield self._tie("lead" if len(ids) == 1 else "member", ids, start, max(anchor.i, mention.last), BEFORE)
        led = next((k for k in range(first - 1, max(first - 4, 0), -1) if self.doc[k].lower_ in _LED), None)
        if led is not None and self.doc[led - 1].text in ("-", "–") and led - 2 in self.cast.names:
            yield self._tie("lead", (self.cast.names[led - 2].actor,), led - 2, max(anchor.i, mention.last), "led")

    def _relative(self, verb: Token, clause: Token, mention: Mention) -> Iterator[Tie]:
        """Read "which Denmark joined in 2021", "in which A and B ...", "signed by A and B", "that links A with B"."""
        own = [t for t in clause.lefts for t in t.subtree]
        pronoun = next(
            (t for t in own if t.lower_ in RELATIVE and t.i <= verb.i and t.tag_ in ("WDT", "WP", "WP$", "WRB", "IN")),
            None,
        )
        lemma = verb.lemma_.lower()
        if clause.dep_ in ("acl", "advcl") or (
            pronoun is not None and pronoun.dep_ in ("nsubj", "nsubjpass") and pronoun.head == clause
        ):
            if is_passive(verb) or verb.tag_ == "VBN":
                yield from self._done(verb, mention)
            if lemma in words("verbs", "binds"):
                yield self._clause("member", self._bound(verb), verb, mention, lemma)
            return
        under = (
            pronoun is not None
            and (pronoun.dep_ == "pobj" or pronoun.lower_ == "where")
            and pronoun.head.lower_ not in ("to", "of")
        )
        yield from self._done(verb, mention, otherwise="member" if under else None)

    def _bound(self, verb: Token) -> tuple[str, ...]:
        """Return the parties that a verb binds: its objects and what it binds them to."""
        parts = [c for c in verb.children if c.dep_ in ("dobj", "dative", "pobj")]
        below = [*verb.children, *(grandchild for part in parts for grandchild in part.children)]
        towards = [c for c in below if c.dep_ == "prep" and c.lower_ in ("to", "with", "and", "between", "among")]
        parts += [p for c in towards for p in c.children if p.dep_ == "pobj"]
        return self.ids(*parts)

    # -- the verb over the name ------------------------------------------------------------------------------------

    def _governed(self, anchor: Token, mention: Mention) -> Iterator[Tie]:
        """Read the verb that has the name as its object, its subject or its frame."""
        token = anchor
        while token.dep_ in ("appos", "conj") and token.head.pos_ in ("NOUN", "PROPN") and token.head.i in self.inside:
            token = token.head
        while (
            token.dep_ == "pobj"
            and token.head.head.pos_ in ("NOUN", "PROPN")
            and singular(token.head.head.text) in words("carriers")
        ):
            token = token.head.head
            by = [p for c in token.children if c.lower_ == "by" for p in c.children if p.dep_ == "pobj"]
            if by:  # "the implementation by A and B of X"
                yield self._tie("member", self.ids(*by), token.left_edge.i, mention.last, token.lower_)
        if token.dep_ == "poss" and singular(token.head.text) in words("carriers"):
            token = token.head
        if token.dep_ == "pobj" and token.head.head.lemma_.lower() in words("membership"):
            yield from self._membership(token.head.head, mention)
        elif token.dep_ == "oprd" and token.head.lemma_ == "call" and not is_passive(token.head):
            ids = self.doers(token.head)
            yield self._clause("member", ids if len(ids) > 1 else (), token.head, mention, "call it")
        elif token.dep_ in OBJECT:
            yield from self._done(token.head, mention)
        elif token.dep_ == "nsubj" and token.head.lemma_.lower() in words("verbs", "binds"):
            yield self._clause("member", self._bound(token.head), token.head, mention, token.head.lemma_)
        elif token.dep_ == "pobj":
            yield from self._framed(token, mention)

    def _framed(self, token: Token, mention: Mention) -> Iterator[Tie]:
        """Read "sign up to X", "belong to X", "police the river under X"."""
        preposition, verb = token.head, token.head.head
        while verb.dep_ in ("prep", "prt") and verb.pos_ in ("ADP", "PART"):
            verb = verb.head
        if verb.pos_ not in ("VERB", "AUX") and not (
            verb.dep_ == "ROOT" and any(c.dep_ == "nsubj" for c in verb.children)
        ):
            return
        if preposition.lower_ in _TOWARDS and verb.lemma_.lower() in words("verbs", "joins") | words("verbs", "leaves"):
            yield from self._done(verb, mention)
        elif preposition.lower_ in _UNDER and not is_unreal(verb):
            ids = tuple(dict.fromkeys(i for v in [verb, *joined(verb)] for i in self.doers(v)))
            yield self._clause("acts", ids, verb, mention, f"{preposition.lower_} it")

    def _membership(self, noun: Token, mention: Mention) -> Iterator[Tie]:
        """Read "A and B are members of X" and "A, a member of X"."""
        verb = noun.head
        if noun.dep_ == "attr" and not is_unreal(verb):
            yield self._clause("member", self.doers(verb), verb, mention, "member")
        elif noun.dep_ == "appos":
            yield self._tie("member", self.ids(noun.head), noun.head.left_edge.i, mention.last, "member")

    def _done(self, verb: Token, mention: Mention, otherwise: Role | None = None) -> Iterator[Tie]:
        """Read what a verb does with an initiative: who joins, leads, leaves or is invited to it."""
        lemma = verb.lemma_.lower()
        ids = self.doers(verb)
        inviting = governor(verb)
        if inviting is not None and inviting.lemma_.lower() in words("verbs", "invites"):
            yield self._clause("invited", self.guests(inviting, verb), inviting, mention, "invited")
            return
        if lemma in words("verbs", "leaves"):
            if not is_unreal(verb):
                yield self._clause("left", ids, verb, mention, lemma)
            return
        if is_unreal(verb):
            return
        if any(c.dep_ == "advcl" and any(m.lower_ == "until" for m in c.children) for c in verb.children):
            yield self._clause("left", ids, verb, mention, "until")
            return
        particle = next((c.lower_ for c in verb.children if c.dep_ == "prt"), "")
        if lemma in words("verbs", "runs"):
            ids += self.company(verb)
            yield self._clause("lead", ids, verb, mention, lemma)
        elif lemma in words("verbs", "founds") | words("verbs", "leads") or f"{lemma} {particle}" in words(
            "verbs", "founds"
        ):
            ids += self.company(verb)
            many = any(
                c.tag_ in ("NNS", "NNPS", "PRP")
                for c in verb.children
                if c.dep_ == "nsubj" and c.i not in self.cast.names
            )
            yield self._clause("lead" if len(ids) <= FOUNDERS and not many else "member", ids, verb, mention, lemma)
        elif lemma in words("verbs", "joins"):
            ids += self.company(verb)
            if not ids and lemma in words("verbs", "signs"):
                ids = self.signers(verb)
            yield self._clause("member", ids, verb, mention, lemma)
        elif otherwise:
            yield self._clause(otherwise, ids, verb, mention, "under it")

    # -- what follows ----------------------------------------------------------------------------------------------

    def _followed(self, mention: Mention) -> Iterator[Tie]:
        """Read what the paragraph goes on to say without the name: "Denmark runs it", "Peru has been invited"."""
        place = self.place.get(mention.last, -1)
        paragraph = self.sentences[place].paragraph if place >= 0 else None
        for sentence in self.sentences[place : place + 4] if place >= 0 else []:
            if sentence.paragraph not in (paragraph, (paragraph or 0) + 1) or sentence.is_headline:
                return
            for token in sentence.tokens:
                if token.i <= mention.last:
                    continue
                other = self.inside.get(token.i)
                if other is not None and (other.key != mention.key or other.first > mention.last):
                    return  # that mention speaks for itself
                yield from self._follower(token, mention, near=sentence.paragraph == paragraph)

    def _follower(self, token: Token, mention: Mention, *, near: bool) -> Iterator[Tie]:
        lemma = token.lemma_.lower()
        if token.lower_ == "it" and near and (token.dep_ in OBJECT or token.dep_ == "pobj"):
            verb = token.head if token.dep_ in OBJECT else token.head.head
            if verb.lemma_.lower() in words("verbs", "runs") | words("verbs", "joins") and not has_object(verb, token):
                yield from self._done(verb, mention)
        elif lemma in words("posts") and any(c.lower_ == "its" for c in token.children):
            yield from self._post(token, mention)
        elif token.pos_ == "VERB" and lemma in ("join", "accede") and not has_object(token):
            yield from self._done(token, mention)
        elif token.pos_ == "VERB" and lemma in words("verbs", "invites") and is_open_invitation(token):
            yield self._clause("invited", self.guests(token, None), token, mention, "invited")
        elif token.pos_ == "VERB" and lemma in words("verbs", "offers"):
            yield from self._offered(token, mention)

    def _post(self, noun: Token, mention: Mention) -> Iterator[Tie]:
        """Read "Oslo will run its secretariat" and "named Cyprus its coordinator"."""
        verb = noun.head
        if noun.dep_ == "dobj" and verb.lemma_ in ("run", "host", "hold", "provide", "take", "chair", "have"):
            yield self._clause("lead", self.doers(verb), verb, mention, noun.lower_)
        elif verb.lemma_ in ("name", "make", "elect", "appoint", "choose"):
            yield self._clause(
                "lead",
                self.ids(*(c for c in verb.children if c.i < noun.i and c.i > verb.i)),
                verb,
                mention,
                noun.lower_,
            )
        elif noun.dep_ in ("attr", "oprd"):
            yield self._clause("lead", self.doers(verb), verb, mention, noun.lower_)

    def _offered(self, verb: Token, mention: Mention) -> Iterator[Tie]:
        """Read "has been offered a seat" and "a chair has been held out to A"."""
        parts = list(verb.children)
        seats = [c for c in parts if c.lemma_.lower() in words("seats") and c.dep_ in ("dobj", "nsubjpass", "oprd")]
        if not seats:
            return
        guests = [c for c in parts if c.dep_ in ("nsubjpass", "dative") and c not in seats and c.pos_ != "ADP"]
        guests += [p for c in parts if c.lower_ == "to" for p in c.children if p.dep_ == "pobj"]
        yield self._clause("invited", self.ids(*guests), verb, mention, "offered a seat")
