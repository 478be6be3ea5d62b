"""Reading the data files, and the plain spelling in which their words are compared.

In:     the name of a YAML file in this folder.
Out:    its content, read once and kept.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

#: Typographic apostrophes and hyphens, to be read as the plain ones.
SAME = str.maketrans("\u2019\u2018\u02bc\u2010\u2011\u2013", "'''---")


@cache
def load(name: str) -> Any:
    """Return the content of `NAME.yaml` beside this module; callers must not change it."""
    return yaml.load(files(__package__).joinpath(f"{name}.yaml").read_bytes(), Loader=yaml.CSafeLoader)


def without_accents(text: str) -> str:
    """Return the text with plain letters for accented ones ("Erdoğan" as "Erdogan")."""
    letters = unicodedata.normalize("NFKD", text)
    return "".join(c for c in letters if not unicodedata.combining(c)).translate(_LETTERS)


#: Letters that do not come apart into a plain one and an accent.
_LETTERS = str.maketrans("ıłŁøØđĐ", "ilLoOdD")
