"""Fixtures of the web application's tests: the demo ledger, a browser, and the demo behind a real server."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

from dragoman.web import Settings, application
from tests.web.helpers import demo, served

__all__ = ["demo"]

#: The names under which a system has Chromium.
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
#: With one of these set, a test that needs a browser fails where there is none.
NEEDED = ("CI", "DRAGOMAN_NEED_BROWSER")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a headless Chromium: the system's, or the one that `python -m playwright install chromium` brought."""
    system = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        root = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium's sandbox refuses to run as root
        try:
            started = playwright.chromium.launch(executable_path=system, args=root)
        except Error as error:
            without = f"no Chromium starts here ({error.message.splitlines()[0]}); `make browser` installs one"
            if any(map(os.environ.get, NEEDED)):
                pytest.fail(without)
            pytest.skip(without)
        yield started
        with suppress(Error):
            started.close()


@pytest.fixture(scope="session")
def site(demo) -> Iterator[str]:
    """Return the address of a server that shows the demo ledger, guarded as it is for users."""
    with served(application(Settings(demo))) as address:
        yield address
