"""What can go wrong, as one small tree; every message says what happened and what to do next.

DragomanError
├── UsageError        the caller asked for something impossible (exit code 2)
└── UnreadableInput   this input cannot be read (exit code 1)
    ├── InputTooLarge     it exceeds a stated limit, which the message names
    ├── NotText           it is binary, or its encoding cannot be told
    ├── NoArticle         an HTML page without an article
    ├── WrongLanguage     it is not in English
    └── FetchFailed       a URL could not be fetched
"""

from __future__ import annotations


class DragomanError(Exception):
    """Base of all errors that Dragoman raises on purpose."""


class UsageError(DragomanError):
    """The caller asked for something impossible, such as an impossible date."""


class UnreadableInput(DragomanError):
    """This input cannot be read."""


class InputTooLarge(UnreadableInput):
    """The input exceeds a stated limit; the message names it."""


class NotText(UnreadableInput):
    """The input is binary, or its encoding cannot be told."""


class NoArticle(UnreadableInput):
    """An HTML page in which no article could be found."""


class WrongLanguage(UnreadableInput):
    """The text is not in English."""


class FetchFailed(UnreadableInput):
    """A URL could not be fetched."""
