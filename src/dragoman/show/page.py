"""The page: a reading as one HTML file that needs nothing else, and as a fragment for notebooks.

In:     a Reading.
Out:    HTML text. Left the document with its evidence marked, right the records; quotes and marks link to each other.
Never:  loads anything (the content security policy allows only the page's own style and script, by their hashes);
        lets the document's words be markup (templates escape everything); needs the script, which only helps hovering.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from dragoman.domain import Reading, Span
from dragoman.show.entries import Section, about, quoted, reason, sections
from dragoman.show.gist import gist
from dragoman.show.segments import Segment, segments
from dragoman.show.words import clean, one_line


@dataclass(frozen=True, slots=True)
class Page:
    """What the templates show.

    `address` is the document's address when it is safe to link to. `body` is its text in segments; `place` gives the
    id of the segment in which a span begins.
    """

    title: str
    gist: str
    about: tuple[str, ...]
    address: str | None
    sections: tuple[Section, ...]
    body: tuple[Segment, ...]
    place: Callable[[Span], str]
    warnings: tuple[str, ...]
    reader: str
    explain: bool


def page(reading: Reading, *, explain: bool = False) -> Page:
    """Return what a page on this reading shows."""
    shown = sections(reading)
    document = reading.document
    evidence = {entry.id: entry.quotes for section in shown for entry in section.entries}
    body = segments(document.text, evidence, paragraphs=[start for start, _ in document.paragraphs])
    starts = {segment.start for segment in body}
    title, *rest = about(reading) if document.title else ["Untitled document", *about(reading)]
    return Page(
        title=title,
        gist=gist(reading),
        about=tuple(rest),
        address=safe_address(document.url),
        sections=tuple(shown),
        body=tuple(body),
        place=lambda span: f"t{span.start}" if span.start in starts else "text",
        warnings=tuple(one_line(warning) for warning in reading.warnings),
        reader=", ".join(filter(None, [reading.reader.version, *reading.reader.models])),
        explain=explain,
    )


def render(reading: Reading, *, explain: bool = False) -> str:
    """Return the page as one HTML document; with `explain`, each record says which rule made it."""
    style, script = part_of_page("page.css"), part_of_page("page.js")
    policy = f"style-src {policy_hash(style)}; script-src {policy_hash(script)}"
    return (
        templates()
        .get_template("page.html")
        .render(page=page(reading, explain=explain), style=Markup(style), script=Markup(script), policy=policy)
    )


def fragment(reading: Reading) -> str:
    """Return the records as an HTML fragment with a style of its own that touches nothing around it."""
    style = Markup(part_of_page("fragment.css"))
    return templates().get_template("fragment.html").render(page=page(reading), style=style)


@cache
def templates() -> Environment:
    """Return our templates, which escape everything."""
    environment = Environment(
        loader=PackageLoader("dragoman.show", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(clean=clean, one_line=one_line, quoted=quoted, reason=reason)
    return environment


@cache
def part_of_page(name: str) -> str:
    """Return a stylesheet or script of ours, as it stands in its file: these alone are not escaped."""
    return files("dragoman.show").joinpath("templates", name).read_text(encoding="utf-8")


def policy_hash(content: str) -> str:
    """Return the source expression by which a content security policy allows exactly this inline content."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def safe_address(url: str | None) -> str | None:
    """Return the address when it is an http or https one, which a page can safely link to."""
    try:
        return url if url and urlsplit(url).scheme in {"http", "https"} else None
    except ValueError:
        return None
