"""The cast: which actors and persons a noun phrase, a pronoun or a description stands for.

In:     a `Parsed` document.
Out:    `Cast`: `parties(token)` gives the actors behind the phrase that a token heads, `speaker(token)` the person.
Data:   the ontology of actors and offices.

"Indian officials", "New Delhi's envoy" and "Japanese goods" belong to a state by a modifier; "he", "the minister" and
"both sides" by what was said before. Where the text does not make it plain, the answer is empty, never a guess.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from dragoman import ontology
from dragoman.domain import Person
from dragoman.language.names import Name, find_names
from dragoman.language.parse import HEADLINE, Parsed
from dragoman.reading import issuer, reference
from dragoman.reading.attribution import Attribution
from dragoman.reading.offices import is_agent, is_office, is_public
from dragoman.reading.party import NOBODY, SUBJECTS, Party
from dragoman.reading.people import find_people
from dragoman.reading.roster import People
from dragoman.reading.titles import takes_turn

if TYPE_CHECKING:
    from spacy.tokens import Token

#: Modifiers through which a phrase belongs to an actor: "Indian goods", "India's goods", "the India desk".
OWNERS = frozenset({"amod", "poss", "compound", "nmod", "nummod", "npadvmod"})
#: Prepositions through which a noun belongs to an actor: "the government of India", "goods from India".
OWNING_PREPOSITIONS = frozenset({"of", "from", "in", "by", "at", "with"})
#: Offices that a state has once: "the ministers" are those of several states, never all of the dateline's.
SINGLE = frozenset({"minister", "president", "leader", "premier"})

_PAIR = re.compile(
    r"^(?:(?:the|these|those) )?(?:both|two|pair|parties|sides|duo)\b|^(?:they|each other|one another|either|neither)$",
    re.I,
)


@cache
def not_actors() -> frozenset[str]:
    """Return names that are no actors: seas, regions, papers."""
    return frozenset(ontology.load("not_actors")["phrases"])


@dataclass(slots=True)
class Cast:
    """All actors and persons of one document, and what each phrase refers to."""

    parsed: Parsed
    names: dict[int, Name]
    people: People
    home: str | None
    pair: tuple[str, ...]
    sentence_of: dict[int, int]
    voice: Party = NOBODY
    speakers: dict[int, Person] = field(default_factory=dict)
    prepositions: dict[int, dict[str, list[Token]]] = field(default_factory=dict)  # kept by roles, by the head's index
    _memory: dict[int, Party] = field(default_factory=dict)

    def settle(self) -> None:
        """Give a state to every person with a public office of whom the text has not said whom it serves."""
        for mention in self.people.mentions:
            person = self.people.persons[mention.key]
            if person.affiliation is None and self.home and takes_turn(self.parsed, mention.first, mention.last):
                self.people.persons[mention.key] = replace(person, affiliation=self.home)
            elif person.affiliation is None and person.role and is_public(person.role):
                token = self.head_of(mention.first, mention.last)
                own = issuer.letterhead(self.parsed)
                ids = (
                    (self._of_colleague(person) or (own,))
                    if own
                    else self._context(token, mention.start) or self._of_colleague(person)
                )
                if ids:
                    self.people.persons[mention.key] = replace(person, affiliation=ids[0])
        self._memory.clear()

    def _of_colleague(self, person: Person) -> tuple[str, ...]:
        """Return the other side of the text's pair where the one known holder of the same office serves the first."""
        role = (person.role or "").casefold()
        others = [p for p in self.people.persons if p.name != person.name and (p.role or "").casefold() == role]
        return self.counterpart(p.affiliation for p in others if p.affiliation)

    def _context(self, token: Token, start: int) -> tuple[str, ...]:
        """Return whose a bare office is: of the capital it speaks in, the actor just named, or the dateline's state."""
        doc = self.parsed.doc
        for k in range(token.sent.start + 1, token.sent.end):
            place = k in self.names and self.names[k].form == "capital" and doc[k - 1].lower_ in ("in", "from")
            if place and doc[k - 1].head.i in (token.i, token.head.i):
                return (self.names[k].actor,)
        return reference.recent_actor(self, doc[start]) or ((self.home,) if self.home else ())

    def hear(self, attributions: Iterable[Attribution]) -> None:
        """Learn who says what, so that "I" and "we" inside quotations stand for the speaker."""
        for attribution in attributions:
            if attribution.source is None or attribution.kind == "indirect":
                continue
            person = self.speaker(attribution.source)
            if person is None:
                continue
            for start, end in attribution.contents:
                for token in self.parsed.doc.char_span(start, end, alignment_mode="expand") or ():
                    self.speakers[token.i] = person
        self._memory.clear()

    # -- who is meant -------------------------------------------------------------------------------------------

    def parties(self, token: Token) -> Party:
        """Return everyone that the phrase headed by `token` stands for, coordinated phrases included."""
        found = [self.party(token)]
        found += [self.party(other) for other in _conjuncts(token)]
        direct = [p for p in found if p.direct and p.ids]
        return _union(direct or found, direct=bool(direct))

    def party(self, token: Token) -> Party:
        """Return who the phrase headed by `token` alone stands for."""
        if token.i not in self._memory:
            self._memory[token.i] = NOBODY  # a phrase that refers to itself refers to nobody
            self._memory[token.i] = self._party(token)
        return self._memory[token.i]

    def _party(self, token: Token) -> Party:
        person = self.people.person(token.i)
        if person is None:  # "the Prime Minister, X,"
            beside = (self.people.person(c.i) for c in token.children if c.dep_ == "appos")
            person = next((p for p in beside if p is not None and p.affiliation), None)
        if person is not None:
            return Party((person.affiliation,) if person.affiliation else (), (person,))
        if token.i in self.names:
            name = self.names[token.i]
            if name.form == "adjective" and token.dep_ in OWNERS and token.head.i != token.i:
                return Party((name.actor,), direct=False)
            return Party((name.actor,))
        shared = token.lower_ in ("some", "most", "many", "several", "all") and any(
            c.lower_ == "of" for c in token.rights
        )
        if (token.pos_ == "PRON" and not shared) or token.lower_ in (
            "both",
            "neither",
            "either",
            "his",
            "her",
            "their",
            "its",
            "our",
            "my",
        ):
            return reference.pronoun(self, token)
        if token.lower_ in ("who", "which", "that") and token.head.dep_ == "relcl":
            return self.parties(token.head.head)
        if token.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM") and not shared:
            return NOBODY
        return self._noun(token)

    def _noun(self, token: Token) -> Party:
        """Resolve a common noun or an unknown name by its modifiers, its description or its own name."""
        lemma = token.lemma_.lower()
        agent = is_agent(lemma) or is_office(token.lower_)
        owners = self._owners(token)
        if owners:
            return Party(owners, direct=agent)
        if token.tag_ in ("NNS", "NNPS") and is_office(token.lower_) and any(c.lower_ == "the" for c in token.lefts):
            several = reference.persons_before(self, token)  # "the leaders", "the two ministers"
            if len(several.ids) > 1:
                return several
            if lemma in SINGLE:
                return Party(reference.plural(self, token))
        if _PAIR.match(self._phrase(token)) or (lemma in ("side", "party") and token.tag_ in ("NNS", "NNPS")):
            after = token.doc[token.i + 1].lower_ if token.i + 1 < len(token.doc) else ""
            others = lemma in ("side", "party") and after in ("to", "in", "of")  # "the parties to the conflict in X"
            return NOBODY if others else Party(reference.plural(self, token))
        if agent and token.tag_ in ("NN", "NNP") and any(c.lower_ in ("the", "this") for c in token.lefts):
            known = reference.by_office(self, token)
            if known:
                return known
        if agent and any(c.lower_ in ("the", "these") for c in token.lefts) and not any(True for _ in token.rights):
            envoys = reference.sent(self, token)
            if envoys.ids:
                return Party(envoys.ids)
        if lemma in ("country", "nation", "state") and any(c.lower_ in ("the", "this") for c in token.lefts):
            return Party(reference.recent_actor(self, token))
        if agent and is_public(token.lower_):
            return Party(self._context(token, token.left_edge.i))
        group = self._organisation(token)
        return Party((group,)) if group else NOBODY

    def _acts(self, token: Token) -> bool:
        return is_agent(token.lemma_.lower()) or is_office(token.lower_)

    def _owners(self, token: Token) -> tuple[str, ...]:
        """Return the actors a noun belongs to: by what stands before it, else by "of X" after it."""
        ids: list[str] = []
        left = [c for c in token.lefts if c.dep_ in OWNERS or c.pos_ in ("PROPN", "ADJ")]
        for child in left:
            if child.pos_ != "PRON":  # "her Polish colleague" is Polish
                ids += self.named_by(child, possessive=child.dep_ == "poss")
        for child in left if not ids else ():
            ids += self.named_by(child, possessive=child.dep_ == "poss")
        if ids:
            return tuple(dict.fromkeys(ids))
        for child in token.rights:
            placing = child.lower_ in ("in", "at", "with")  # "strikes in Gaza" are not Gaza's
            if child.dep_ == "prep" and child.lower_ in OWNING_PREPOSITIONS and (not placing or self._acts(token)):
                for inner in child.children:
                    if inner.dep_ == "pobj":
                        ids += self.parties(inner).ids
                if ids:
                    break
        return tuple(dict.fromkeys(ids))

    def named_by(self, token: Token, *, possessive: bool) -> list[str]:
        """Return the actors named by a modifier and what is coordinated with it."""
        out: list[str] = []
        for part in (token, *_conjuncts(token)):
            if part.i in self.names:
                out.append(self.names[part.i].actor)
            elif possessive or part.i in self.people.by_token:
                out += self.party(part).ids
            else:
                out += [self.names[t.i].actor for t in part.subtree if t.i in self.names and t.i <= part.i]
        return out

    def _organisation(self, token: Token) -> str | None:
        """Return an id made from the name of an organisation that the ontology does not know, or None.

        The name must have two words or be an acronym, and no office or body of a state in it ("Foreign Ministry").
        """
        if token.ent_type_ != "ORG" or token.pos_ != "PROPN":
            return None
        entity = next((e for e in token.sent.ents if e.start <= token.i < e.end), None)
        if entity is None:
            return None
        words = [t for t in entity if t.dep_ != "det" and t.text not in ("'s", "’s")]
        if entity.text.removeprefix("the ") in not_actors() or any(
            is_agent(t.lower_) or is_office(t.lower_) or t.i in self.names for t in words
        ):
            return None
        if words[-1].lower_ in ontology.load("agents")["not_organisations"]:
            return None
        acronym = len(words) == 1 and words[0].text.isupper() and len(words[0]) > 2
        if not acronym and (len(words) < 2 or not all(t.text[:1].isupper() or t.is_punct or t.is_stop for t in words)):
            return None
        return slug("".join(t.text_with_ws for t in words)) or None

    def _phrase(self, token: Token) -> str:
        left = [t.text for t in token.lefts if t.dep_ in ("det", "nummod", "predet", "amod")]
        return " ".join([*left, token.text])

    def head_of(self, first: int, last: int) -> Token:
        """Return the token that heads the phrase from token `first` to `last`."""
        doc = self.parsed.doc
        return next((doc[k] for k in range(first, last + 1) if not first <= doc[k].head.i <= last), doc[last])

    # -- speakers -----------------------------------------------------------------------------------------------

    def speaker(self, token: Token) -> Person | None:
        """Return the source that the phrase headed by `token` names, or None where it cannot be one."""
        party = self.parties(token)
        if token.pos_ == "PRON" or token.lower_ in ("both",):
            if party.persons:
                return party.persons[0]
            if token.lower_ in ("they", "both") and party.ids:
                before = self._plural_source(token)
                return before or Person("both sides", None, party.ids[0] if len(party.ids) == 1 else None)
            if token.lower_ in ("it", "we") and len(party.ids) == 1:
                return Person(ontology.actor(party.ids[0]).name, None, party.ids[0])
            return None
        if party.persons:
            return party.persons[0]
        if token.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM"):
            return None
        affiliation = party.ids[0] if len(party.ids) == 1 else None
        return Person(self._short(token), None, affiliation)

    def _plural_source(self, token: Token) -> Person | None:
        """Return the unnamed group a "they" goes back to, by its own words ("U.S. officials")."""
        here = self.sentence_of.get(token.i, 0)
        for k in range(token.i - 1, -1, -1):
            if here - self.sentence_of.get(k, -99) > 3:
                return None
            other = self.parsed.doc[k]
            if other.dep_ in SUBJECTS and other.tag_ in ("NNS", "NNPS") and other.pos_ == "NOUN":
                return self.speaker(other)
        return None

    def _short(self, token: Token) -> str:
        """Return the noun phrase without its article, relative clauses and appositions."""
        skip: set[int] = set()
        for child in token.children:
            if child.dep_ in ("relcl", "acl", "appos", "punct", "cc", "conj", "advcl", "det") or (
                child.dep_ == "prep" and child.lower_ not in ("of", "in", "at", "on")
            ):
                skip |= {t.i for t in child.subtree}
        kept = [t for t in token.subtree if t.i not in skip]
        if not kept:
            return token.text
        return self.parsed.document.text[kept[0].idx : kept[-1].idx + len(kept[-1])]

    def counterpart(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return the other side of the pair the document is about, or nothing when it is not about a pair."""
        ours = set(ids)
        if len(self.pair) == 2 and len(ours & set(self.pair)) == 1:
            return tuple(i for i in self.pair if i not in ours)
        return ()

    def counterpart_at(self, token: Token, ids: Iterable[str]) -> tuple[str, ...]:
        """Return the other side of the pair as an act's unnamed side; nothing where its sentence names a third."""
        near = {self.names[i].actor for i in range(token.sent.start, token.sent.end) if i in self.names}
        return () if near - set(self.pair) else self.counterpart(ids)


def assemble(parsed: Parsed) -> Cast:
    """Return the cast of a document."""
    names = _names_by_token(parsed)
    sentence_of = {t.i: n for n, s in enumerate(parsed.sentences) for t in s.tokens if s.paragraph != HEADLINE}
    people = find_people(parsed, names)
    for index in [i for i, n in names.items() if i in people.by_token and n.form != "office"]:
        mention = people.by_token[index]
        if mention.first <= index <= mention.last:
            del names[index]
    home = issuer.home(parsed, names, people)
    cast = Cast(parsed, names, people, home, _pair(names, people), sentence_of)
    cast.settle()
    cast.pair = _pair(names, people)
    cast.voice = issuer.voice(parsed, names, people, home)
    return cast


def slug(name: str) -> str:
    """Return the id of an organisation by its name: lower case, hyphens, no company suffix."""
    words = re.sub(r"[^\w\s-]", "", name.replace("'s", "").replace("’s", "")).lower().split()
    words = [w for w in words if w not in ("the", "inc", "corp", "co", "ltd", "plc", "llc")]
    return "-".join(words)


def _names_by_token(parsed: Parsed) -> dict[int, Name]:
    text = parsed.document.text
    headline = parsed.document.headline
    found: list[Name] = []
    if headline and text[slice(*headline)].isupper():
        found += [n for n in find_names(text[slice(*headline)], all_caps=True)]
        found = [_moved(n, headline[0]) for n in found]
    for start, end in ([headline] if headline and not found else []) + list(parsed.document.paragraphs):
        found += [_moved(n, start) for n in find_names(text[start:end])]
    out: dict[int, Name] = {}
    for name in found:
        tokens = parsed.doc.char_span(name.start, name.end, alignment_mode="expand")
        for token in tokens or ():
            out[token.i] = name
    return out


def _moved(name: Name, by: int) -> Name:
    return replace(name, start=name.start + by, end=name.end + by)


def _pair(names: dict[int, Name], people: People) -> tuple[str, ...]:
    """Return the two actors the document is about, when two clearly lead; else nothing.

    Two lead when the second is named at least one and a half times as often as the third (guess).
    """
    seen: Counter[str] = Counter()
    starts = set()
    for name in names.values():
        if name.start not in starts:
            starts.add(name.start)
            seen[name.actor] += 1
    for mention in people.mentions:
        affiliation = people.persons[mention.key].affiliation
        if affiliation:
            seen[affiliation] += 1
    top = [(a, n) for a, n in seen.most_common(4) if a.isupper()]
    if len(top) < 2 or top[1][1] < 2 or (len(top) > 2 and top[1][1] < 1.5 * top[2][1]):
        return ()
    return tuple(sorted(a for a, _ in top[:2]))


def _conjuncts(token: Token) -> list[Token]:
    """Return the phrases coordinated after this one."""
    out: list[Token] = []
    for child in token.children:
        if child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN", "PRON", "ADJ"):
            out += [child, *_conjuncts(child)]
    return out


def _union(parties: list[Party], *, direct: bool) -> Party:
    ids = dict.fromkeys(i for p in parties for i in p.ids)
    persons = dict.fromkeys(x for p in parties for x in p.persons)
    return Party(tuple(ids), tuple(persons), direct)
