"""The split: which of the project's texts are kept apart for validation.

By the digest of a report's name or a sentence's text, so that adding a text moves no other.
"""

from __future__ import annotations

import hashlib

VALIDATION = 15  # of 100


def is_validation(name: str) -> bool:
    """Return whether what is so named is kept apart and never trained on."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 100 < VALIDATION
