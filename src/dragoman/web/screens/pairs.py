"""The pairs of the ledger, with their acts month by month.

In:     part of a name, or none; from which number on.
Out:    `/pairs` as a page, JSON and CSV.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query

from dragoman.ledger import Ledger
from dragoman.show.words import Names
from dragoman.views.pairs import MOST, PairLine, Pairs, pairs
from dragoman.web.answering import Asking, AsOf, Page, screen

router = APIRouter()

#: The size of a line of acts in pixels.
WIDTH, HEIGHT = 96, 18

Name = Annotated[str, Query(max_length=200, description="Part of an actor's name, or its id.")]
Start = Annotated[int, Query(ge=0, le=1_000_000, description="The number of the first pair, from 0.")]


@screen(router, "/pairs", "json", "csv", answers=Pairs)
def pairs_page(ask: Asking, q: Name = "", start: Start = 0, as_of: AsOf = None) -> object:
    """List pairs, the most told first."""
    return ask.answer(lambda ledger: pairs(ledger, q, start=start, as_of=as_of), _page)


def _page(ledger: Ledger, found: Pairs, names: Names) -> Page:
    lines = [
        {
            "line": p,
            "name": " – ".join(map(names.name, p.pair)),
            "points": points(p.acts),
            "told": told(p, found.months),
        }
        for p in found.pairs
    ]
    end = found.start + len(found.pairs)
    given = {
        "found": found,
        "lines": lines,
        "end": end,
        "earlier": max(0, found.start - MOST) if found.start else None,
        "later": end if end < found.total else None,
        "size": (WIDTH, HEIGHT),
    }
    return Page("pairs.html", "Pairs", given)


def points(acts: tuple[int, ...]) -> str:
    """Return the points of a line over these counts, the highest at the top, each pair to its own scale."""
    top, step = max((*acts, 1)), WIDTH / max(1, len(acts) - 1)
    return " ".join(f"{i * step:.1f},{HEIGHT - 1 - (HEIGHT - 2) * count / top:.1f}" for i, count in enumerate(acts))


def told(line: PairLine, months: tuple[date, ...]) -> str:
    """Return the same in words: how many acts, and when most."""
    total = sum(line.acts)
    if not total:
        return f"no acts since {months[0]:%B %Y}"
    most = max(range(len(months)), key=lambda i: (line.acts[i], i))
    acts = f"{total} act{'s' if total != 1 else ''}"
    return f"{acts} since {months[0]:%B %Y}, most in {months[most]:%B %Y}: {line.acts[most]}"
