"""How well languages are told: `python -m benchmarks.languages [FILE] [--details]`.

In:     benchmarks/languages.yaml, our own texts: in each language a headline and a paragraph, whose first sentence is
        measured alone; in most a short sentence; English of all sorts; texts of two languages.
Out:    by length the share of foreign texts that are refused and refused under the right name, the share of English
        texts that pass, of mixed texts that are refused by name, and what the check costs.
Units:  shares; milliseconds of processor time for 1,000 words.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from pathlib import Path

import yaml

from benchmarks.measured import Measured, brief, digest, print_measured
from dragoman.errors import UsageError, WrongLanguage
from dragoman.sources.english import check_english

TEXTS = Path(__file__).parent / "languages.yaml"
#: How often a paragraph is repeated to make a page of it.
PAGE = 8
_FIRST = re.compile(r"(?<=[.。।۔])\s*")


def measure(path: Path = TEXTS) -> Measured:
    """Return the figures for the texts of a file; UsageError where it is missing or malformed."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        foreign, short, english, mixed = (data[name] for name in ("foreign", "short", "english", "mixed"))
    except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
        raise UsageError(f"{path} holds no texts by language. Give a file such as {TEXTS.name}.") from error
    counts: Counter[tuple[str, str]] = Counter()
    errors: dict[str, list[str]] = {}
    for language, (headline, paragraph) in foreign.items():
        texts = {"headline": headline, "sentence": _FIRST.split(paragraph)[0], "paragraph": paragraph}
        for length, text in (texts | {"page": "\n\n".join([paragraph] * PAGE)}).items():
            said = named(text)
            counts[length, "refused"] += said is not None
            counts[length, "named"] += said == language
            if said != language:
                errors.setdefault(f"{length} taken for another", []).append(f"{language}: {said or 'not refused'}")
    others = {language: named(text) for language, text in short.items()}
    errors["short sentence taken for another"] = [f"{k}: {n or 'not refused'}" for k, n in others.items() if n != k]
    passed = [named(text) for text in english]
    errors["English refused"] = [f"{n}: {brief(t)}" for t, n in zip(english, passed, strict=True) if n]
    parts = [named(text) == language for language, text in mixed]
    figures: dict[str, float] = {"languages": len(foreign)}
    for length in ("headline", "sentence", "paragraph", "page"):
        figures |= {f"{length}: {what}": counts[length, what] / len(foreign) for what in ("refused", "named")}
    figures["short sentence: refused"] = sum(name is not None for name in others.values()) / len(short)
    figures["short sentence: named"] = sum(language == name for language, name in others.items()) / len(short)
    figures["English texts that pass"] = passed.count(None) / len(passed)
    figures["mixed texts refused by name"] = sum(parts) / len(parts)
    figures["ms for 1,000 words"] = cost([*english, *(p for _, p in foreign.values())])
    items = 4 * len(foreign) + len(short) + len(english) + len(mixed)
    return Measured("languages", path.name, digest(path), items, figures, errors)


def named(text: str) -> str | None:
    """Return the language under whose name a text is refused, None where it passes."""
    try:
        check_english(text)
    except WrongLanguage as error:
        return error.language
    return None


def cost(texts: list[str]) -> float:
    """Return the milliseconds that the check of 1,000 words takes."""
    words = sum(len(text.split()) for text in texts)
    began = time.process_time()
    for text in texts:
        named(text)
    return 1000 * (time.process_time() - began) / words * 1000


def main(arguments: list[str] | None = None) -> int:
    """Print the figures; with --details what was taken for something else."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.languages", description="How well languages are told.")
    parser.add_argument("file", type=Path, nargs="?", default=TEXTS)
    parser.add_argument("--details", action="store_true", help="list what was taken for something else")
    given = parser.parse_args(arguments)
    try:
        print_measured(measure(given.file), details=given.details)
    except UsageError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
