"""The state of the ledger, how accurate the reader is, and whether the application is well."""

from __future__ import annotations

from fastapi import APIRouter

from dragoman.ledger import Ledger
from dragoman.show.words import Names
from dragoman.web.answering import Asking, Page, screen

router = APIRouter()


@router.get("/healthz")
def healthz(ask: Asking) -> dict[str, str]:
    """Tell that the application runs and its ledger can be read."""
    with ask.shelf.reading() as ledger:
        ledger.reader()
    return {"status": "ok"}


@screen(router, "/about", "json")
def about(ask: Asking) -> object:
    """Show the state of the ledger."""
    return ask.answer(_state, _page)


def _state(ledger: Ledger) -> dict[str, object]:
    return {"documents": len(ledger.documents())}


def _page(ledger: Ledger, found: dict[str, object], names: Names) -> Page:
    return Page("about.html", "About this ledger", {"found": found})
