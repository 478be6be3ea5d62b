"""Contents of attributions: which words of a sentence are somebody's word, given its cue.

In:     a `Cue` and the sentence it stands in.
Out:    `Content`: token ranges and the rule that found them.
Data:   ontology/speech.yaml (frames of each cue).

A cue's frames are tried from the surest to the loosest. The end of a clause is read from what follows rather than
from the parser's subtree alone, since it often cuts a long clause short.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.reading.saying.asides import as_clause, aside, fronted, has_that, what_they_say
from dragoman.reading.saying.cues import Cue, find_cue, goes_on_from, is_finite, is_passive, is_that, subject
from dragoman.reading.saying.pieces import NOMINAL, QUOTE_MARKS, Content, trimmed
from dragoman.reading.saying.words import speech

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

_MODIFIERS = frozenset(
    {"npadvmod", "advmod", "prep", "agent", "punct", "dative", "prt", "advcl", "nsubj", "appos"}
)  # what may stand between a cue and its clause
_BARE = 2  # words of a noun phrase that only names its thing ("the discussion"); guess
_NEXT_SPEAKER_REACH = 12  # how many words after ";" the next speaker is named at the latest; guess
_THIN = frozenset(
    {"it", "this", "that", "them", "him", "her", "these", "those", "which", "what", "so", "himself", "itself"}
)


def content_of(cue: Cue, sentence: Tokens) -> Content | None:
    """Return what the cue attributes within its sentence, or None."""
    if cue.token.pos_ in ("NOUN", "PROPN"):
        return _noun_clause(cue, sentence)
    frames = cue.entry.frames
    tries = []
    if cue.entry.aside:
        tries += [aside, what_they_say]
    tries.append(as_clause)
    if "clause" in frames or ("that" in frames and _own_that(cue)):
        tries.append(_clause)
    if cue.entry.aside:
        tries.append(fronted)
    if frames & {"as", "as-only"}:
        tries.append(_judgement)
    if frames & {"to", "whom", "whom-all"}:
        tries.append(_infinitive)
    tries.append(_preposition)
    if frames & {"object", "object-if-feeling", "object-if-quoted", "ing"}:
        tries.append(_object)
    for attempt in tries:
        found = attempt(cue, sentence)
        if found is not None:
            return found
    return None


def _clause(cue: Cue, sentence: Tokens) -> Content | None:
    """A finite clause after the cue, with or without "that"."""
    token = cue.token
    last = max(cue.words, key=lambda t: t.i)
    heads = [c for w in (token, *cue.words) for c in w.children if c.dep_ in ("ccomp", "acl", "relcl") and c.i > last.i]
    heads = [c for c in heads if is_finite(c) or has_that(c)]
    that = _that_after(cue, sentence)
    if that is not None:
        start = that.i if _points(that) else that.i + 1
    elif heads and heads[0].dep_ == "ccomp":
        start = _clause_start(cue, heads[0])
    elif _clause_unseen(cue, sentence):
        start = last.i + 1
    else:
        return None
    return _content(cue, sentence, start, "clause")


def _points(that: Token) -> bool:
    """Whether "that" is what the clause is about: "said that was no concern of his"."""
    if that.tag_ != "DT" or that.dep_ not in ("nsubj", "nsubjpass") or that.i + 1 >= that.sent.end:
        return False
    return that.nbor().pos_ in ("VERB", "AUX")


def _own_that(cue: Cue) -> bool:
    """Whether the cue itself governs a clause with "that", rather than a noun beside it ("on condition that")."""
    return any(c.dep_ == "ccomp" and has_that(c) for c in cue.token.rights)


def _clause_unseen(cue: Cue, sentence: Tokens) -> bool:
    """Whether a clause must follow which the parser took for an object: "said Canada, since 1993, has given"."""
    last = max(w.i for w in cue.words)
    if cue.entry.lemma not in speech()["without_object"]:
        return False
    if last + 2 >= sentence.end or sentence.doc[last + 1].pos_ not in NOMINAL | {"DET"} or not is_finite(cue.token):
        return False
    noun = next((t for t in cue.token.rights if t.dep_ == "dobj"), None)
    return noun is not None and any(
        is_finite(t) for t in sentence.doc[noun.i : sentence.end] if t.dep_ in ("advcl", "conj", "dep")
    )


def _that_after(cue: Cue, sentence: Tokens) -> Token | None:
    """Return the "that" which opens the cue's clause, if only its own modifiers stand between."""
    last = max(cue.words, key=lambda t: t.i)
    if last.i + 1 < sentence.end and cue.entry.lemma in speech()["without_object"]:
        first = last.nbor()
        if first.pos_ in NOMINAL | {"DET", "ADJ", "NUM"} and first.lower_ != "that" and not first.ent_type_:
            return None  # "said the rise in deaths demands that ..."
    for token in sentence.doc[last.i + 1 : sentence.end]:
        if token.lower_ == "that" and token.dep_ in ("mark", "nsubj", "det", "advmod", "dobj"):
            if is_that(token):
                return None if _is_of_noun(token.head, cue) else token
            return token if token.i == last.i + 1 and _finite_after(token, sentence) else None
        if token.pos_ in ("VERB", "AUX") and is_finite(token):
            return None
        if token.text in ";:":
            return None
    return None


def _is_of_noun(verb: Token, cue: Cue) -> bool:
    """Whether a that-clause belongs to a noun that is a cue of its own ("denied claims that")."""
    noun = verb.head
    return (
        verb.dep_ in ("acl", "relcl", "ccomp")
        and noun not in cue.words
        and noun.pos_ == "NOUN"
        and find_cue(noun) is not None
    )


def _finite_after(that: Token, sentence: Tokens) -> bool:
    """Whether a finite verb follows "that" and a word, so that it may open a clause."""
    return any(is_finite(t) for t in sentence.doc[that.i + 2 : sentence.end] if t.pos_ in ("VERB", "AUX"))


def _clause_start(cue: Cue, head: Token) -> int:
    """Return where a clause without "that" opens: after the cue, its addressee and its own modifiers."""
    start = max(cue.words, key=lambda t: t.i).i + 1
    own = _MODIFIERS | {"dobj"} if cue.entry.lemma in speech()["addressed"] else _MODIFIERS
    for child in cue.token.rights:
        between = child.left_edge.i <= start <= child.right_edge.i < head.left_edge.i
        if child.dep_ in own and between:
            start = child.right_edge.i + 1
    opens, who = cue.token.doc[start], subject(head)
    when = opens if opens.dep_ == "npadvmod" else opens.head
    if when.dep_ == "npadvmod" and who is not None and when.left_edge.i == start and when.i < who.left_edge.i:
        start = when.i + 1  # "said today he would go", "said this week he would go"
    return min(start, head.i)


def _judgement(cue: Cue, sentence: Tokens) -> Content | None:
    """Something seen in some way: "called the plan a mistake", "views it as unfair", "described as unfair"."""
    token = cue.token
    strict = "as-only" in cue.entry.frames
    as_ = next((t for t in token.rights if t.lower_ == "as" and t.dep_ in ("prep", "mark", "advmod")), None)
    clause = next((t for t in token.rights if t.dep_ == "advcl" and t.left_edge.lower_ == "as"), None)
    if as_ is None and clause is not None:
        as_ = clause.left_edge
    obj = next((t for t in token.rights if t.dep_ == "dobj"), None)
    if as_ is None and obj is not None:
        as_ = next((t for t in obj.rights if t.lower_ == "as" and t.dep_ == "prep"), None)
    if as_ is not None and list(as_.rights) + ([clause] if clause else []):
        start = as_.i + 1
    elif strict or as_ is not None:
        return None
    else:
        oprd = [t for t in token.rights if t.dep_ in ("oprd", "ccomp", "xcomp", "attr", "acomp")]
        oprd += [
            t for t in token.rights if t.dep_ == "npadvmod" and not t.ent_type_ and obj is not None and t.i > obj.i
        ]
        if not oprd:
            return None
        start = (
            (subject(oprd[0]) or oprd[0]).right_edge.i + 1
            if oprd[0].dep_ == "ccomp" and subject(oprd[0])
            else oprd[0].left_edge.i
        )
        obj = obj or subject(oprd[0])
    if obj is not None and obj.lower_ in ("itself", "themselves", "himself", "herself"):
        return None
    what = obj is None or cue.entry.cls == "reject" or obj.lower_ in _THIN or is_passive(token) or obj.i > start
    first = start if what or obj is None else obj.left_edge.i
    found = _content(cue, sentence, start if _opens_quote(sentence, start) else first, "judgement")
    return replace(found, judged=first) if found is not None and first < found.pieces[0][0] else found


def _opens_quote(sentence: Tokens, at: int) -> bool:
    around = sentence.doc[max(sentence.start, at - 1) : min(at + 2, sentence.end)]
    return any(t.text in QUOTE_MARKS or t.text == "‘" for t in around)


def _infinitive(cue: Cue, sentence: Tokens) -> Content | None:
    """What the speaker means to do, or asks another to do, from "to"."""
    frames = cue.entry.frames
    for child in cue.token.rights:
        heads = [child, *(g for g in child.children if child.dep_ in ("dobj", "prep", "dative"))]
        heads += [g for p in child.children if child.dep_ == "prep" for g in p.children]
        for head in heads:
            if head.dep_ not in ("xcomp", "ccomp", "acl", "advcl", "relcl") or head.tag_ != "VB":
                continue
            to = next((t for t in head.lefts if t.lower_ == "to" and t.tag_ == "TO"), None)
            if to is None:
                continue
            direct = to.i == max(w.i for w in cue.words) + 1 or (head.head == cue.token and subject(head) is None)
            if direct and "to" in frames:
                return _content(cue, sentence, to.i, "infinitive")
            if "whom-all" in frames and not direct:
                return _content(cue, sentence, child.left_edge.i, "infinitive")
            if "whom" in frames:
                return _content(cue, sentence, to.i, "infinitive")
    return None


def _preposition(cue: Cue, sentence: Tokens) -> Content | None:
    """What stands after the cue's preposition: "accused Chad of shelling", "warned of a flood"."""
    wanted = cue.entry.frames & frozenset(speech()["prepositions"])
    if not wanted:
        return None
    for holder in (cue.token, *cue.words, *(t for t in cue.token.children if t.dep_ in ("dobj", "prep"))):
        for child in holder.children:
            used = child.lower_ in wanted and child.dep_ in ("prep", "prt") and child.i > cue.token.i
            if used and child.right_edge.i > child.i:
                return _telling(_content(cue, sentence, child.i + 1, "object"), sentence)
    for word in cue.words:
        if word.lower_ in wanted and word.right_edge.i > word.i:
            return _telling(_content(cue, sentence, word.i + 1, "object"), sentence)
    return None


def _telling(content: Content | None, sentence: Tokens) -> Content | None:
    """Return a content that tells something: not a bare noun ("the discussion") without quotation marks."""
    if content is None:
        return None
    doc = sentence.doc
    start, end = content.pieces[0][0], content.pieces[-1][1]
    words = [t for t in doc[start:end] if t.is_alpha]
    quoted = any(t.is_quote for t in doc[max(sentence.start, start - 1) : min(sentence.end, end + 1)])
    bare = len(words) <= _BARE and all(t.pos_ not in ("VERB", "AUX") and t.tag_ != "VBG" for t in words)
    return None if bare and not quoted and any(t.pos_ in NOMINAL for t in words) else content


def _object(cue: Cue, sentence: Tokens) -> Content | None:
    """A noun phrase that is the content: "expressed regret over", "denied any role in"."""
    frames = cue.entry.frames
    for child in cue.token.rights:
        if "ing" in frames and child.dep_ in ("xcomp", "pcomp", "ccomp") and _is_gerund(child):
            return _content(cue, sentence, child.left_edge.i, "object")
        if child.dep_ != "dobj" or child.lower_ in _THIN:
            continue
        lemma = child.lemma_.lower()
        claimed = next((c for c in child.subtree if is_that(c) and c.i > child.i), None)
        if (
            claimed is not None and cue.entry.stance == "deny"
        ):  # what is denied is the claim; what is rejected is its maker's
            return _content(cue, sentence, claimed.i + 1, "clause") if cue.entry.cls == "deny" else None
        if "object-if-feeling" in frames and lemma not in speech()["feelings"]:
            continue
        if cue.entry.cls == "announce" and lemma not in speech()["intents"]:
            continue
        if "object-if-quoted" in frames and not _quoted_inside(child):
            continue
        return _telling(_content(cue, sentence, child.left_edge.i, "object"), sentence)
    return None


def _is_gerund(verb: Token) -> bool:
    return verb.tag_ == "VBG" or any(t.tag_ == "VBG" for t in verb.lefts if t.dep_ in ("aux", "auxpass"))


def _quoted_inside(token: Token) -> bool:
    return any(t.text in QUOTE_MARKS for t in token.subtree)


def _noun_clause(cue: Cue, sentence: Tokens) -> Content | None:
    """The that-clause of a noun: "claims that ...", "a charge by Chad that ..."."""
    noun = cue.token
    for child in noun.subtree:
        if child.i <= noun.i or not is_that(child):
            continue
        verb = child.head
        if verb.head == noun or verb.dep_ in ("acl", "ccomp", "relcl"):
            return trimmed([(child.i + 1, verb.right_edge.i + 1)], sentence, "noun")
    after = sentence.doc[noun.right_edge.i + 1] if noun.right_edge.i + 1 < sentence.end else None
    if after is not None and is_that(after):
        return trimmed([(after.i + 1, after.head.right_edge.i + 1)], sentence, "noun")
    return None


def _content(cue: Cue, sentence: Tokens, start: int, rule: str) -> Content | None:
    """Return the content that opens at `start` and ends where the cue's clause ends."""
    return trimmed([(start, _end(cue, start, sentence, rule))], sentence, rule)


def _end(cue: Cue, start: int, sentence: Tokens, rule: str) -> int:
    token = cue.token
    end = sentence.end if rule != "judgement" and _leads(token, sentence) else token.right_edge.i + 1
    for child in token.rights:
        if rule == "infinitive" and child.dep_ == "conj" and child.tag_ == "VB" and subject(child) is None:
            continue  # "wants to cut the tax, build a port and ..."
        if child.left_edge.i > start and (
            _breaks_off(child) or (rule != "clause" and child.dep_ == "conj" and child.pos_ in ("VERB", "AUX"))
        ):
            end = min(end, child.left_edge.i)
    for at in range(start + 1, end):
        other = sentence.doc[at]
        if goes_on_from(other) == token:
            return max(_cue_start(other), start)
        if _turns_away(other, end) or _another_speaks(other, cue, end):
            return at
        if _narrates_on(other, cue):
            return max(_cue_start(other), start)
    return max(end, start)


def _narrates_on(verb: Token, cue: Cue) -> bool:
    """Whether a verb in a clause after "that" is in truth the speaker's next act: "said A was true, and left"."""
    if verb.dep_ != "conj" or verb.pos_ != "VERB" or verb.tag_ != "VBD" or cue.token.tag_ != "VBD" or subject(verb):
        return False
    joined = verb.nbor(-1).dep_ == "cc" and verb.i > 1 and verb.nbor(-2).text == ","
    compound = any(t.dep_ in ("aux", "auxpass") for t in verb.head.lefts)
    return joined and verb.head != cue.token and (compound or verb.head.tag_ != "VBD")


def _turns_away(token: Token, end: int) -> bool:
    """Whether another speaker's word begins here: "...; Oslo replied", "..., whereas Oslo maintains"."""
    if token.text != ";" and not (token.lower_ in speech()["contrasts"] and token.nbor(-1).text == ","):
        return False
    for other in token.doc[token.i + 1 : end]:
        if other.pos_ == "VERB" and (found := find_cue(other)) and (who := subject(other)) is not None:
            near = who.i - token.i < _NEXT_SPEAKER_REACH
            return near and (token.text == ";" or found.entry.aside)
        if other.text == ";":
            return False
    return False


def _another_speaks(token: Token, cue: Cue, end: int) -> bool:
    """Whether a coordinated clause is another's word, told as the cue is: "said A, and officials warned that"."""
    if token.lower_ != "and" or token.dep_ != "cc":
        return False
    verb = next((t for t in token.doc[token.i + 1 : end] if t.pos_ == "VERB" and t.dep_ == "conj"), None)
    if verb is None or verb.tag_ != cue.token.tag_ or verb.head.i > token.i:
        return False
    who, found = subject(verb), find_cue(verb)
    if who is None or found is None or who.i < token.i:
        return False
    return who.pos_ in ("NOUN", "PROPN") and found.entry.aside


def _leads(token: Token, sentence: Tokens) -> bool:
    """Whether the cue is the sentence's main verb, joined to it or its infinitive: its clause runs to the end."""
    while token.dep_ in ("conj", "xcomp", "acl") and (token.dep_ == "conj" or any(t.tag_ == "TO" for t in token.lefts)):
        token = next((t for t in token.ancestors if t.pos_ in ("VERB", "AUX")), token.head)
    return token.dep_ == "ROOT"


def _breaks_off(child: Token) -> bool:
    """Whether a dependant of the cue after its content belongs to the narration again."""
    if child.dep_ == "conj":
        return child.pos_ in ("VERB", "AUX") and (subject(child) is None or find_cue(child) is not None)
    if child.dep_ == "advcl":
        return (
            any(t.dep_ in ("mark", "advmod") and t.lower_ in speech()["turns"] for t in child.lefts)
            or child.tag_ == "VBG"
        )
    return child.dep_ == "parataxis"


def _cue_start(other: Token) -> int:
    """Return where the stretch of the next cue opens: at its conjunction or comma."""
    at = other.i
    doc = other.doc
    while at > 0 and (doc[at - 1].dep_ in ("cc", "punct", "advmod", "aux") and doc[at - 1].i > other.sent.start):
        if doc[at - 1].dep_ == "advmod" and doc[at - 1].head != other:
            break  # "that the herd would be driven back, and rode off"
        at -= 1
    return at
