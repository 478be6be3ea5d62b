"""Contents of attributions: which words of a sentence are somebody's word, given its cue.

In:     a `Cue` and the sentence it stands in.
Out:    `Content`: token ranges `(start, end)`, half open, and the rule that found them.
Data:   ontology/speech.yaml (frames of each cue).

A cue's frames are tried from the surest to the loosest. The end of a clause is read from what follows rather than
from the parser's subtree alone, since it often cuts a long clause short.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.reading.cues import Cue, find_cue, goes_on_from, is_finite, is_passive, speech, subject

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

Range = tuple[int, int]
_NEXT_SPEAKER_REACH = 12  # how many words after "; " the next speaker is named at the latest; guess
_MARKS = frozenset({"that"})
_THIN = frozenset({"it", "this", "that", "them", "him", "her", "these", "those", "which", "what", "so", "himself", "itself"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_LONGEST_NAME = 25  # words of a noun phrase that names a source; guess
_STOPS = frozenset({",", ".", ";", ":", '"', "“", "”", "-", "–", "—", "!", "?"})
_EDGE = frozenset(",;:.-–—")
_CIRCUMSTANCE = frozenset({"advcl", "prep", "npadvmod", "advmod", "cc", "mark", "nsubj", "intj", "aux", "neg"})
_JOINERS = frozenset({"and", "but", "yet", "or", "so", "while", "however", "then", "meanwhile", "though"})


@dataclass(frozen=True, slots=True)
class Content:
    """The token ranges of one content and the rule that found them."""

    pieces: tuple[Range, ...]
    rule: str
    who: Token | None = None  # the source where its place tells more than the parser


def content_of(cue: Cue, sentence: Tokens) -> Content | None:
    """Return what the cue attributes within its sentence, or None."""
    if cue.token.pos_ in ("NOUN", "PROPN"):
        return _noun_clause(cue, sentence)
    frames = cue.entry.frames
    tries = []
    if cue.entry.aside:
        tries += [_aside, _what_they_say]
    tries.append(_as_clause)
    if "clause" in frames:
        tries.append(_clause)
    if cue.entry.aside:
        tries.append(_fronted)
    if frames & {"as", "as-only"}:
        tries.append(_judgement)
    if frames & {"to", "whom", "whom-all"}:
        tries.append(_infinitive)
    tries.append(_preposition)
    if frames & {"object", "object-if-claim", "object-if-feeling", "object-if-quoted", "ing"}:
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
    heads = [c for c in heads if is_finite(c) or _has_that(c)]
    that = _that_after(cue, sentence)
    if that is not None:
        start = that.i + 1
    elif heads and heads[0].dep_ == "ccomp":
        start = _clause_start(cue, heads[0])
    else:
        return None
    return _content(cue, sentence, start, "clause")


def _has_that(verb: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ in _MARKS for c in verb.children)


def _that_after(cue: Cue, sentence: Tokens) -> Token | None:
    """Return the "that" which opens the cue's clause, if only its own modifiers stand between."""
    last = max(cue.words, key=lambda t: t.i)
    for token in sentence.doc[last.i + 1 : sentence.end]:
        if token.lower_ == "that" and token.tag_ in ("IN", "WDT", "DT") and token.dep_ in ("mark", "nsubj", "det", "advmod"):
            if token.dep_ == "mark" and _is_of_noun(token.head, cue):
                return None
            return token if token.dep_ == "mark" or token.i == last.i + 1 and _finite_between(token, sentence) else None
        if token.pos_ in ("VERB", "AUX") and is_finite(token):
            return None
        if token.text in ";:":
            return None
    return None


def _is_of_noun(verb: Token, cue: Cue) -> bool:
    """Whether a that-clause belongs to a noun that is a cue of its own ("denied claims that")."""
    noun = verb.head
    return verb.dep_ in ("acl", "relcl", "ccomp") and noun not in cue.words and noun.pos_ == "NOUN" and find_cue(noun) is not None


def _finite_between(that: Token, sentence: Tokens) -> bool:
    """Whether a finite verb follows "that", so that it may open a clause."""
    return that.dep_ == "mark" or any(is_finite(t) for t in sentence.doc[that.i + 2 : sentence.end] if t.pos_ in ("VERB", "AUX"))


def _clause_start(cue: Cue, head: Token) -> int:
    """Return where a clause without "that" opens: after the cue, its addressee and its own modifiers."""
    last = max(cue.words, key=lambda t: t.i)
    start = last.i + 1
    addressed = cue.entry.lemma in speech()["addressed"]
    for child in cue.token.rights:
        if child.i >= head.left_edge.i or child.i <= last.i:
            continue
        if child.dep_ in ("npadvmod", "advmod", "prep", "agent", "punct", "dative", "prt", "advcl") or (
            child.dep_ in ("nsubj", "appos")
        ) or (addressed and child.dep_ in ("dobj", "dative")):
            if child.right_edge.i < head.i and child.left_edge.i <= start:
                start = max(start, child.right_edge.i + 1)
    return min(start, head.i)


def _aside(cue: Cue, sentence: Tokens) -> Content | None:
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
    pieces = [before]
    if after is not None and after.text in {",", '"', "“", "-", "–", "—"}:
        rest = _resumed(cue, before, right + 1, sentence)
        if rest is not None:
            pieces.append(rest)
    if not _is_clause(cue, pieces):
        return None
    return _trimmed(pieces, sentence, "aside", who)


def _set_off(cue: Cue, sentence: Tokens) -> tuple[int, Token] | None:
    """Return where the words of an aside begin, after a comma or a quotation, and the source that stands there."""
    doc, token = sentence.doc, cue.token
    own = subject(token)
    first = min(w.i for w in cue.words)
    if own is not None and own.tag_ not in ("WDT", "WP"):
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
    return (start, who) if who is not None and _after_mark(start, sentence) else None


def _after_mark(left: int, sentence: Tokens) -> bool:
    return left > sentence.start + 1 and sentence.doc[left - 1].text in {",", '"', "”", "–", "—", "-", "’"}


def _noun_phrase_before(end: int, sentence: Tokens) -> tuple[int, Token | None]:
    """Return the start and head of the noun phrase between the last comma or quotation mark and `end`."""
    doc = sentence.doc
    start = end
    while start > sentence.start and doc[start - 1].text not in {",", '"', "”", "“", ";", ":", "–", "—", "("}:
        start -= 1
    tokens = doc[start:end]
    if not 0 < len(tokens) <= _LONGEST_NAME or tokens[0].pos_ not in _NOMINAL | {"DET", "ADJ", "NUM"}:
        return start, None
    if any(is_finite(t) for t in tokens if t.pos_ in ("VERB", "AUX")):
        return start, None
    heads = [t for t in tokens if t.pos_ in _NOMINAL and not (start <= t.head.i < end and t.head != t)]
    return start, heads[-1] if heads else None


def _governs_object(cue: Cue) -> bool:
    """Whether the cue has its content after it, so that it is no aside."""
    last = max(w.i for w in cue.words)
    for child in cue.token.rights:
        if child.dep_ == "dobj" and child.i > last and cue.entry.lemma not in speech()["addressed"]:
            return True
        if child.dep_ == "ccomp" and child.i > last and _that_opens(child, last):
            return True
        if child.dep_ == "xcomp" and child.left_edge.i == last + 1 and child.left_edge.lower_ == "to":
            return True
    return False


def _that_opens(clause: Token, last: int) -> bool:
    """Whether a clause follows the cue at once, or by "that"."""
    return clause.left_edge.i == last + 1 or _has_that(clause)


def _is_clause(cue: Cue, pieces: list[Range]) -> bool:
    """Whether pieces hold a clause of their own rather than a time or a circumstance of the cue."""
    doc = cue.token.doc
    tokens = [doc[i] for start, end in pieces for i in range(start, end)]
    if any(t.is_quote for t in tokens):
        return True
    inside = {t.i for t in tokens}
    roots = [t for t in tokens if t.head.i not in inside or t.head == t]
    if all(t.head == cue.token and t.dep_ in _CIRCUMSTANCE for t in roots if not t.is_punct):
        return False
    return any(is_finite(t) for t in tokens if t.pos_ in ("VERB", "AUX"))


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
            end = max(end, _before_comma(child, sentence))
    return end


def _before_comma(child: Token, sentence: Tokens) -> int:
    """Return the end of a phrase, an apposition to a subject included, other clauses after a comma not."""
    return child.right_edge.i + 1


def _narrowed(sentence: Tokens, end: int) -> Range:
    """Return the tokens before an aside, back to the last colon or semicolon outside quotations."""
    doc = sentence.doc
    for i in range(end - 1, sentence.start, -1):
        if doc[i].text in (":", ";") and not _inside_quote(sentence, i):
            return i + 1, end
    return sentence.start, end


def _inside_quote(sentence: Tokens, at: int) -> bool:
    """Whether an odd number of quotation marks stands between the sentence's start and a token."""
    return sum(t.text in ('"', "“", "”") for t in sentence.doc[sentence.start : at]) % 2 == 1


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
    if first.lower_ in speech()["resumes"]:
        return None if cues and first.lower_ in ("and", "but") else (start, end)
    belongs = first.pos_ == "ADP" and before[0] <= first.head.i < before[1]
    return (start, end) if belongs else None


def _what_they_say(cue: Cue, sentence: Tokens) -> Content | None:
    """What follows "what Oslo says": "what Oslo says [was a mistake]"."""
    token = cue.token
    names = [t for t in token.lefts if t.dep_ in ("nsubj", "dobj", "nsubjpass")]
    what = next((t for t in names if t.lower_ == "what"), None)
    who = next((t for t in names if t.i > (what.i if what else token.i)), None)
    if what is None or who is None or token.i + 1 >= sentence.end or not is_finite(sentence.doc[token.i + 1]):
        return None
    stop = next((i for i in range(token.i + 1, sentence.end) if sentence.doc[i].is_punct), sentence.end)
    return _trimmed([(token.i + 1, stop)], sentence, "clause", who)


def _as_clause(cue: Cue, sentence: Tokens) -> Content | None:
    """The whole clause that "as X said" qualifies."""
    token = cue.token
    doc = sentence.doc
    if token.dep_ not in ("advcl", "ROOT", "parataxis", "ccomp", "relcl") or cue.entry.cls in ("ask", "demand"):
        return None
    mark = next((t for t in token.lefts if t.lower_ == "as" and t.dep_ in ("mark", "advmod", "prep")), None)
    if mark is None or token.dep_ != "advcl":
        return None
    left, right = token.left_edge.i, token.right_edge.i + 1
    if left > sentence.start and doc[left - 1].text not in ",–—-" or "clause" not in cue.entry.frames:
        return None
    head = token.head
    if left == sentence.start:
        return _trimmed([(right, sentence.end)], sentence, "as-clause")
    return _trimmed([(head.left_edge.i, left), (right, head.right_edge.i + 1)], sentence, "as-clause")


def _fronted(cue: Cue, sentence: Tokens) -> Content | None:
    """A clause before the cue that the parser gives to it, without a comma in between."""
    for child in cue.token.lefts:
        if child.dep_ == "ccomp" and is_finite(child):
            start = max(child.left_edge.i, _narrowed(sentence, child.right_edge.i + 1)[0])
            return _trimmed([(start, child.right_edge.i + 1)], sentence, "aside")
    if cue.token.dep_ in ("parataxis",) and cue.token.head.i < cue.token.i:
        return _trimmed([(cue.token.head.left_edge.i, cue.token.left_edge.i)], sentence, "aside")
    return None


def _judgement(cue: Cue, sentence: Tokens) -> Content | None:
    """Something seen in some way: "called the plan a mistake", "views it as unfair", "described as unfair"."""
    token = cue.token
    strict = "as-only" in cue.entry.frames
    as_ = next((t for t in token.rights if t.lower_ == "as" and t.dep_ in ("prep", "mark", "advmod")), None)
    clause = next((t for t in token.rights if t.dep_ == "advcl" and t.left_edge.lower_ == "as"), None)
    if as_ is None and clause is not None:
        as_ = clause.left_edge
    obj = next((t for t in token.rights if t.dep_ == "dobj"), None)
    if as_ is not None and list(as_.rights) + ([clause] if clause else []):
        start = as_.i + 1
    elif strict or as_ is not None:
        return None
    else:
        oprd = [t for t in token.rights if t.dep_ in ("oprd", "ccomp", "xcomp", "attr", "acomp")]
        if not oprd:
            return None
        start = (subject(oprd[0]) or oprd[0]).right_edge.i + 1 if oprd[0].dep_ == "ccomp" and subject(oprd[0]) else oprd[0].left_edge.i
        obj = obj or subject(oprd[0])
    if obj is not None and obj.lower_ in ("itself", "themselves", "himself", "herself"):
        return None
    what = obj is None or obj.lower_ in _THIN or is_passive(token) or obj.i > start
    first = start if what or obj is None else obj.left_edge.i
    if _opens_quote(sentence, start):
        first = start
    return _content(cue, sentence, first, "judgement")


def _opens_quote(sentence: Tokens, at: int) -> bool:
    return any(sentence.doc[i].text in ('"', "“", "‘") for i in range(max(sentence.start, at - 1), min(at + 2, sentence.end)))


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
            direct = to.i == max(w.i for w in cue.words) + 1 or head.head == cue.token and subject(head) is None
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
            if used and child.right_edge.i > child.i and (holder != cue.token or cue.entry.lemma not in speech()["of_whom"]):
                return _content(cue, sentence, child.i + 1, "object")
            if used and child.right_edge.i > child.i:
                return _content(cue, sentence, child.i + 1, "object")
    for word in cue.words:
        if word.lower_ in wanted and word.right_edge.i > word.i:
            return _content(cue, sentence, word.i + 1, "object")
    return None


def _object(cue: Cue, sentence: Tokens) -> Content | None:
    """A noun phrase that is the content: "expressed regret over", "denied any role in"."""
    frames = cue.entry.frames
    for child in cue.token.rights:
        if "ing" in frames and child.dep_ in ("xcomp", "pcomp", "ccomp") and _is_gerund(child):
            return _content(cue, sentence, child.left_edge.i, "object")
        if child.dep_ != "dobj" or child.lower_ in _THIN:
            continue
        lemma = child.lemma_.lower()
        claimed = next((c for c in child.subtree if c.dep_ == "mark" and c.lower_ == "that" and c.i > child.i), None)
        if claimed is not None and cue.entry.stance == "deny":
            return None  # the noun cue inside has the claim
        if "object-if-claim" in frames or ("object-if-feeling" in frames and lemma not in speech()["feelings"]):
            continue
        if cue.entry.cls == "announce" and lemma not in speech()["intents"]:
            continue
        if "object-if-quoted" in frames and not _quoted_inside(child):
            continue
        return _content(cue, sentence, child.left_edge.i, "object")
    return None


def _is_gerund(verb: Token) -> bool:
    return verb.tag_ == "VBG" or any(t.tag_ == "VBG" for t in verb.lefts if t.dep_ in ("aux", "auxpass"))


def _quoted_inside(token: Token) -> bool:
    return any(t.text in ('"', "“") for t in token.subtree)


def _noun_clause(cue: Cue, sentence: Tokens) -> Content | None:
    """The that-clause of a noun: "claims that ...", "a charge by Chad that ..."."""
    noun = cue.token
    for child in noun.subtree:
        if child.i <= noun.i or child.lower_ != "that" or child.dep_ != "mark":
            continue
        verb = child.head
        if verb.head == noun or verb.dep_ in ("acl", "ccomp", "relcl"):
            return _trimmed([(child.i + 1, verb.right_edge.i + 1)], sentence, "noun")
    after = sentence.doc[noun.right_edge.i + 1] if noun.right_edge.i + 1 < sentence.end else None
    if after is not None and after.lower_ == "that" and after.dep_ == "mark":
        return _trimmed([(after.i + 1, after.head.right_edge.i + 1)], sentence, "noun")
    return None


def _content(cue: Cue, sentence: Tokens, start: int, rule: str) -> Content | None:
    """Return the content that opens at `start` and ends where the cue's clause ends."""
    return _trimmed([(start, _end(cue, start, sentence, rule))], sentence, rule)


def _end(cue: Cue, start: int, sentence: Tokens, rule: str) -> int:
    token = cue.token
    end = sentence.end if rule != "judgement" and _leads(token, sentence) else token.right_edge.i + 1
    for child in token.rights:
        if child.left_edge.i > start and (_breaks_off(child) or (rule != "clause" and child.dep_ == "conj" and child.pos_ in ("VERB", "AUX"))):
            end = min(end, child.left_edge.i)
    for at in range(start + 1, end):
        other = sentence.doc[at]
        if goes_on_from(other) == token:
            return max(_cue_start(other), start)
        if _turns_away(other, end):
            return at
    return max(end, start)


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


def _leads(token: Token, sentence: Tokens) -> bool:
    """Whether the cue is the sentence's main verb, or coordinated with it, so that its clause runs to the end."""
    while token.dep_ == "conj" and token.head.pos_ in ("VERB", "AUX"):
        token = token.head
    return token.dep_ == "ROOT"


def _breaks_off(child: Token) -> bool:
    """Whether a dependant of the cue after its content belongs to the narration again."""
    if child.dep_ == "conj":
        return subject(child) is None or find_cue(child) is not None
    if child.dep_ == "advcl":
        return any(t.dep_ in ("mark", "advmod") and t.lower_ in speech()["turns"] for t in child.lefts) or child.tag_ == "VBG"
    return child.dep_ == "parataxis"


def _cue_start(other: Token) -> int:
    """Return where the stretch of the next cue opens: at its conjunction or comma."""
    at = other.i
    doc = other.doc
    while at > 0 and (doc[at - 1].dep_ in ("cc", "punct", "advmod", "aux") and doc[at - 1].i > other.sent.start):
        at -= 1
    return at


def _trimmed(pieces: list[Range], sentence: Tokens, rule: str, who: Token | None = None) -> Content | None:
    """Drop joining words and punctuation at the edges; a content without words is none."""
    doc = sentence.doc
    out = []
    for start, end in pieces:
        while start < end and (doc[start].text in _EDGE or doc[start].is_space or doc[start].lower_ in _JOINERS):
            start += 1
        while start < end and (doc[end - 1].text in _EDGE or doc[end - 1].is_space or doc[end - 1].dep_ == "cc"):
            end -= 1
        if any(t.is_alpha or t.like_num for t in doc[start:end]):
            out.append((start, end))
    return Content(tuple(out), rule, who) if out else None
