"""The views: what the ledger answers, each as of a day.

In:     a ledger, and what is asked for.
Out:    one public function a view, each returning a dataclass that gives rows, plain data, Arrow or pandas. The shapes
        are in the modules of the same names: `from dragoman.views.relation import Relation`.
Never:  writes to the ledger; makes sentences (show/ does); says anything that no entry carries.
"""

from __future__ import annotations

from dragoman.views.brief import brief
from dragoman.views.diff import diff
from dragoman.views.disputes import disputes
from dragoman.views.due import due
from dragoman.views.initiatives import initiatives
from dragoman.views.measures import measures
from dragoman.views.relation import relation
from dragoman.views.search import search
from dragoman.views.show import show
from dragoman.views.statements import statements
from dragoman.views.tension import compare, tension
from dragoman.views.timeline import timeline

__all__ = [
    "brief",
    "compare",
    "diff",
    "disputes",
    "due",
    "initiatives",
    "measures",
    "relation",
    "search",
    "show",
    "statements",
    "tension",
    "timeline",
]
