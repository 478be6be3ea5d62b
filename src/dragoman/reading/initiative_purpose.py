"""What an initiative is for: "aimed at guarding cables", "a scheme to share boreholes".

In:     a mention of an initiative and the tokens that stand for it in its sentence.
Out:    the characters of the purpose, without the cue before them, or None.
Data:   verbs of purpose in ontology/initiatives.yaml.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.reading.initiative_shapes import Mention, words
from dragoman.reading.initiative_ties import OBJECT

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def purpose(mention: Mention, anchors: list[Token]) -> tuple[int, int] | None:
    """Return the characters that say what an initiative is for, without the cue before them, or None."""
    for anchor in anchors:
        for clause in [
            c for c in anchor.children if c.dep_ in ("acl", "relcl", "xcomp", "advcl") and c.i > mention.first
        ]:
            found = _aim(clause)
            if found:
                return found
        verb = anchor.head
        if anchor.dep_ in (*OBJECT, "nsubj") and verb.pos_ == "VERB":
            aims = [c for c in verb.children if c.dep_ in ("advcl", "xcomp", "acl") and c.i > anchor.i]
            for aim in [verb, *aims] if anchor.dep_ in ("nsubj", "nsubjpass") else aims:
                found = _aim(aim)
                if found:
                    return found
    return None


def _aim(clause: Token) -> tuple[int, int] | None:
    """Return what follows the cue of a clause: "aimed at", "meant to", "to"."""
    if clause.tag_ == "VB" and any(c.tag_ == "TO" and c.i == clause.i - 1 for c in clause.children):
        return _text(clause.doc, clause.i, clause.right_edge.i)
    if clause.lemma_.lower() in words("aims"):
        for child in clause.children:
            if child.dep_ in ("xcomp", "advcl") and any(c.tag_ == "TO" for c in child.children):
                return _text(clause.doc, child.i, child.right_edge.i)
            if (
                child.dep_ == "prep"
                and child.lower_ in ("at", "for", "on", "to")
                and child.i > clause.i
                and child.right_edge.i > child.i
            ):
                return _text(clause.doc, child.i + 1, child.right_edge.i)
    return None


def _text(doc: Doc, first: int, last: int) -> tuple[int, int]:
    """Return the characters of some tokens, up to a relative clause or a closing stop."""
    cut = next(
        (k for k in range(first + 1, last) if doc[k].text == "," and doc[k + 1].tag_ in ("WDT", "WP", "WP$")), None
    )
    last = last if cut is None else cut
    while last > first and doc[last].is_punct:
        last -= 1
    return doc[first].idx, doc[last].idx + len(doc[last])
