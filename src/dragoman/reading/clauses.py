"""Clauses: the stretch of text that states an act.

In:     the token that carries an act.
Out:    the first and last token of its clause or noun phrase.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token


def clause(head: Token) -> tuple[int, int]:
    """Return the first and last token of the clause or noun phrase of this head, without what is joined to it."""
    verb = head.pos_ in ("VERB", "AUX")
    cut = ("conj", "cc", "parataxis", "punct") if verb else ("conj", "cc", "relcl", "punct")
    first, last = head.i, head.i
    joined = [c for c in head.children if c.dep_ == "conj" and c.pos_ in ("VERB", "AUX")] if verb else []
    end = min((c.left_edge.i for c in joined), default=head.right_edge.i + 1)
    for child in head.children:
        if child.dep_ in cut or child.left_edge.i >= end or (verb and child.dep_ == "mark"):
            continue
        first = min(first, child.left_edge.i)
        last = max(last, min(child.right_edge.i, end - 1))
    doc = head.doc
    while last > first and doc[last].dep_ in ("cc", "punct") and doc[last].text not in ("”", '"', "’", ")"):
        last -= 1
    while first < last and (
        (doc[first].is_punct and doc[first].text not in ("“", '"', "(")) or doc[first].dep_ == "cc"
    ):
        first += 1
    return first, last
