"""Pages: our templates, which escape everything, and the words that they share.

In:     a template's name and what it shows.
Out:    HTML. Nothing but `charts` gives markup (`Markup`), and that is of our own making.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined

from dragoman.domain import TRACKS
from dragoman.show.page import safe_address
from dragoman.show.rows import origins_words, row, source_words, tracks_words
from dragoman.show.sentences import quoted
from dragoman.show.words import clean, day_words, mark, one_line, short_day, short_window, shorten, words


@cache
def environment() -> Environment:
    """Return the templates with their filters."""
    made = Environment(
        loader=PackageLoader("dragoman.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        clean=clean,
        day=day_words,
        one_line=one_line,
        quoted=quoted,
        short_day=short_day,
        shorten=shorten,
        source=source_words,
        window=short_window,
        tracks=tracks_words,
        safe_address=safe_address,
    )
    made.globals.update(
        entry_row=row,
        mark=mark,
        words=words,
        today=date.today,
        tracks=TRACKS,
        relation_address=relation_address,
        reported=reported,
    )
    return made


def page(template: str, **given: Any) -> str:
    """Return a page."""
    return environment().get_template(template).render(**given)


def relation_address(pair: Sequence[str]) -> str:
    """Return the address of a pair's page."""
    return "/relation/" + "/".join(quote(actor, safe="") for actor in pair)


def reported(entry: Any) -> str:
    """Return "4 origins in 19 documents": how often an entry is told, reprints being of one origin."""
    documents = len(entry.documents)
    origins = origins_words(entry.origins) or "1 origin"
    return f"{origins} in {documents} document{'s' if documents != 1 else ''}"
