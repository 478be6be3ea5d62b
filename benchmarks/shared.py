"""Where the material lies that is shared between checkouts and is no part of this one.

In:     the environment variable `DRAGOMAN_SHARED`, else the folder `shared` beside the project's own.
Out:    the folder's path, or None where there is none.
Never:  written to.
"""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def folder() -> Path | None:
    """Return the shared folder, or None."""
    path = Path(os.environ.get("DRAGOMAN_SHARED") or ROOT.parent / "shared")
    return path if path.is_dir() else None
