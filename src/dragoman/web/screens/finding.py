"""Search over documents and the words that entries rest on.

In:     words, an id, or two actors.
Out:    `/search` as a page, JSON and CSV; an id or two actors are led to at once.
Never:  gives the words of a document as markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query

from dragoman.domain import RECORD_KINDS
from dragoman.errors import UsageError
from dragoman.ledger import Ledger
from dragoman.ontology import without_accents
from dragoman.show.words import Names, one_line, words
from dragoman.views import search
from dragoman.views.actors import named
from dragoman.views.asked import today
from dragoman.views.search import Found
from dragoman.web.answering import Asking, AsOf, Page, screen
from dragoman.web.pages import relation_address
from dragoman.web.screens.evidence import says

router = APIRouter()

#: Words of a query in which two actors are looked for (guess: names of two actors and what joins them).
MOST_WORDS = 12
_ID = re.compile(r"[A-Za-z]-[0-9A-Za-z]{3,}")
_WORD = re.compile(r"[^\W_]+")
#: What the ledger's full-text search puts around the words it found.
_FOUND = re.compile(r"\[([^\[\]]+)\]")
_JOINING = frozenset({"and", "und", "et", "y", "vs", "versus", "with", "&", "-", "–", "/", "|"})

Words = Annotated[str, Query(max_length=200, description="Words that all must occur, an id, or two actors.")]
Most = Annotated[int, Query(ge=1, le=200, description="Documents, and entries, at most.")]


@screen(router, "/search", "json", "csv", answers=Found)
def finding(ask: Asking, q: Words = "", limit: Most = 30, as_of: AsOf = None) -> object:
    """Find words in documents and entries."""

    def show(ledger: Ledger, found: Found, names: Names) -> Page:
        typed = one_line(q)
        kinds = words()["kinds"]
        headings = {"documents": "Documents", **{kind: kinds[kind]["heading"] for kind in RECORD_KINDS}}
        given = {
            "found": found,
            "typed": typed,
            "headings": headings,
            "more": limit * 2 if limit <= 100 and any(_full(found, limit)) else None,
            "direct": list(direct(ledger, q, names, as_of)),
            "marked": lambda snippet: marked(snippet, q),
        }
        return Page("search.html", f"Search: {typed}" if typed else "Search", given)

    return ask.answer(lambda ledger: _found(ledger, q, limit, as_of), show)


def _found(ledger: Ledger, q: str, limit: int, as_of: date | None) -> Found:
    """Return what is found; nothing for what has no word in it."""
    if not _WORD.search(q):
        return Found(q, today(as_of), (), 0)
    return search(ledger, q, limit=limit, as_of=as_of)


def _full(found: Found, limit: int) -> Iterator[bool]:
    """Yield whether the documents, and the entries, are as many as were asked for."""
    documents = sum(len(group.hits) for group in found.groups if group.kind == "documents")
    yield documents >= limit
    yield found.total - documents >= limit


def marked(snippet: str, query: str) -> list[tuple[str, bool]]:
    """Return the pieces of a snippet, each with whether it is a word that was searched for.

    Brackets of the text itself are told apart by what stands in them.
    """
    wanted = set(map(_bare, _WORD.findall(query)))
    out: list[tuple[str, bool]] = []
    end = 0
    for found in _FOUND.finditer(snippet):
        inside = list(map(_bare, _WORD.findall(found[1])))
        if inside and wanted.issuperset(inside):
            out += [(snippet[end : found.start()], False), (found[1], True)]
            end = found.end()
    return [piece for piece in (*out, (snippet[end:], False)) if piece[0]]


def _bare(word: str) -> str:
    return without_accents(word).casefold()


def direct(ledger: Ledger, query: str, names: Names, as_of: date | None = None) -> Iterator[tuple[str, str]]:
    """Yield addresses, each with its words, to what a query names: an entry, a document, a pair, an actor's pairs."""
    typed = query.split()
    if len(typed) == 1 and _ID.fullmatch(typed[0]):
        yield from _by_id(ledger, typed[0], as_of)
    if not 1 <= len(typed) <= MOST_WORDS:
        return
    if (only := named(query)) is not None:
        yield f"/pairs?q={only}", f"Pairs of {names.within(only)}"
        return
    if pair := two_actors(query):
        yield relation_address(pair), " – ".join(map(names.name, pair))


def _by_id(ledger: Ledger, given: str, as_of: date | None) -> Iterator[tuple[str, str]]:
    try:
        if given[0].upper() == "D":
            document = ledger.document(given)
            yield f"/document/{document.id}", document.document.title or f"Document {document.id}"
        else:
            entry = ledger.entry(given, as_of)
            yield f"/entry/{entry.id}", says(entry, Names())
    except UsageError:
        return


def two_actors(query: str) -> tuple[str, str] | None:
    """Return the two actors that a query names and nothing beside: "India Japan", "USA, IND", "Japan and Fiji"."""
    typed = re.sub(r"\s*([,;/|–])\s*", r" \1 ", query.replace(",", " ")).split()
    for at in range(1, len(typed)):
        left, right = typed[:at], typed[at:]
        while right and right[0].casefold() in _JOINING:
            right = right[1:]
        pair = named(" ".join(left)), named(" ".join(right)) if right else None
        if pair[0] and pair[1] and pair[0] != pair[1]:
            return pair[0], pair[1]
    return None
