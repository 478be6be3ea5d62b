"""The web application: a ledger opened for people who look rather than type.

In:     a ledger's file and how it may be used (`Settings`).
Out:    `application`, which `dragoman serve` hands to a server: pages that need no script, and the same as JSON,
        CSV, calendar or feed at the same address with a suffix.
Never:  loads anything from elsewhere; lets a document's words be markup; writes without `Settings.edit`.

A request goes through `safety` to one of `screens`, which asks a view through `answering` and shows it by a template.
"""

from __future__ import annotations

from dragoman.web.application import application
from dragoman.web.settings import Settings

__all__ = ["Settings", "application"]
