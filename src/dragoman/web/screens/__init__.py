"""The screens, each a module with a `router`: what it asks the ledger, and what its page shows of the answer."""

from __future__ import annotations

from dragoman.web.screens import about, changes, due, editing, evidence, finding, measures, pair, pairs

ROUTERS = (
    about.router,
    changes.router,
    pairs.router,
    pair.router,
    due.router,
    measures.router,
    finding.router,
    evidence.router,
    editing.router,
)
