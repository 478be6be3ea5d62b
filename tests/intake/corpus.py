"""A corpus for the intake: thousands of items of every format, sound and broken in every way that came to mind.

In:     a folder, which must not exist or be empty.
Out:    files in it, and what is wanted of each (see `wants`).

    python -m tests.intake.corpus FOLDER
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from tests.intake.corpus_documents import documents
from tests.intake.corpus_holders import holders
from tests.intake.wants import Corpus


def build(folder: Path) -> Corpus:
    """Fill a folder, and return what is wanted of what lies in it."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty. Name a folder that is not there yet.")
    corpus = Corpus(folder)
    documents(corpus)
    holders(corpus)
    return corpus


def main(arguments: list[str]) -> int:
    """Build the corpus in the folder that is named and print what is wanted of it."""
    if len(arguments) != 1:
        print("Name a folder: python -m tests.intake.corpus FOLDER", file=sys.stderr)
        return 2
    corpus = build(Path(arguments[0]))
    wanted = Counter[str]()
    for wants in corpus.wants.values():
        for want in wants:
            wanted[want.outcome] += want.count
    print(f"{len(corpus.wants):,} files, {corpus.items:,} items: {dict(wanted.most_common())}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
