"""What can go wrong, as one small tree; every message says what happened and what to do next.

DragomanError
├── UsageError        the caller asked for something impossible (exit code 2)
├── TooCostly         the answer would take longer than it may
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


class TooCostly(DragomanError):
    """The answer would take longer than it may."""


class UnreadableInput(DragomanError):
    """This input cannot be read."""


class InputTooLarge(UnreadableInput):
    """The input exceeds a stated limit; the message names it."""


class NotText(UnreadableInput):
    """The input is binary, or its encoding cannot be told."""


class NoArticle(UnreadableInput):
    """An HTML page in which no article could be found."""


class WrongLanguage(UnreadableInput):
    """The text is not in English; `language` is the English name of the one it is in, as far as that can be told."""

    def __init__(self, message: str, language: str = "a language other than English") -> None:
        super().__init__(message)
        self.language = language


class FetchFailed(UnreadableInput):
    """A URL could not be fetched.

    `status` is what the server answered (None: it was not asked, or did not answer), `retry_after` the seconds after
    which it wants to be asked again, at most a day; `lasting` whether it was not asked for a reason that stays.
    """

    def __init__(
        self, message: str, *, status: int | None = None, retry_after: float | None = None, lasting: bool = False
    ) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after
        self.lasting = lasting
