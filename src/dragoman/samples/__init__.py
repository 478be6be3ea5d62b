"""The sample dispatches: fifteen short news reports written for this project, on well-documented history.

In:     nothing but the text files beside this module, named `YYYY-MM-DD-slug.txt`; the first line is the headline.
Out:    `index()` lists them by date, `text(slug)` gives one of them whole, headline included.
Dates:  the date in the file name is the day the dispatch is written as if filed; it knows nothing later than that.
Data:   common knowledge in our own words, no quotation longer than eight words; `docs/samples.md` lists them.

Never reads anything outside the package, and never guesses: an unknown slug is a `UsageError`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from dragoman.errors import UsageError

__all__ = ["Sample", "index", "text"]

_SUFFIX = ".txt"
_DATE_LENGTH = len("YYYY-MM-DD")


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample dispatch; `path` can be opened with `path.read_text()` wherever the package is installed."""

    slug: str
    path: Traversable
    published: date
    title: str


def index() -> list[Sample]:
    """Return every sample, oldest first."""
    return list(_samples())


def text(slug: str) -> str:
    """Return the whole text of the sample named `slug`, its headline first.

    Raises `UsageError` naming the nearest slugs when there is no such sample.
    """
    for sample in _samples():
        if sample.slug == slug:
            return sample.path.read_text(encoding="utf-8")
    raise UsageError(_no_such_sample(slug))


@cache
def _samples() -> tuple[Sample, ...]:
    found = [_sample(path) for path in files(__name__).iterdir() if path.name.endswith(_SUFFIX)]
    return tuple(sorted(found, key=lambda sample: (sample.published, sample.slug)))


def _sample(path: Traversable) -> Sample:
    stem = path.name.removesuffix(_SUFFIX)
    return Sample(
        slug=stem[_DATE_LENGTH + 1 :],
        path=path,
        published=date.fromisoformat(stem[:_DATE_LENGTH]),
        title=path.read_text(encoding="utf-8").partition("\n")[0].strip(),
    )


def _no_such_sample(slug: str) -> str:
    slugs = [sample.slug for sample in _samples()]
    near = get_close_matches(slug, slugs, n=3, cutoff=0.4)  # 0.4 is a guess: "osaka" must still find "osaka-truce"
    if near:
        named = " or ".join(f'"{name}"' for name in near)
        return f'No sample "{slug}". Did you mean {named}?'
    return f'No sample "{slug}". There are: {", ".join(slugs)}.'
