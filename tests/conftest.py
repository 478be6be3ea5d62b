"""Fixtures for every test: the shared folder, the parser loaded once, and a document from a string."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks import shared as shared_folder
from dragoman.domain import Document

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder shared between checkouts; a test that needs it is skipped where it is absent."""
    folder = shared_folder.folder()
    if folder is None:
        pytest.skip("no folder `shared` beside the project (DRAGOMAN_SHARED may name it)")
    return folder


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The spaCy pipeline, loaded once for all tests."""
    from dragoman.language.parse import pipeline

    return pipeline()


@pytest.fixture(scope="session")
def document() -> Callable[..., Document]:
    """A function that makes a document: `document(text, "2019-05-13")`; the date may be a `date` or left out."""
    from dragoman import sources

    def make(text: str, published: str | date | None = None) -> Document:
        return sources.from_text(text, published=published)

    return make
