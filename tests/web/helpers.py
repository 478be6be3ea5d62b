"""What the tests of the web application share: the demo ledger, a client, a server, and a walk over all pages.

The demo ledger holds the sample dispatches; nothing comes from the network.
"""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient
from lxml import html  # type: ignore[import-untyped]

from dragoman import samples
from dragoman.ledger import Ledger
from dragoman.web import Settings, application

#: The pair that two thirds of the sample dispatches follow.
PAIR = ("CHN", "USA")


@cache
def _demo() -> Path:
    path = Path(mkdtemp(prefix="dragoman-demo-")) / "demo.ledger"
    with Ledger.open(path) as ledger:
        for sample in samples.index():
            ledger.add(samples.text(sample.slug), published=sample.published, publisher="Sample dispatches")
    return path


@pytest.fixture(scope="session")
def demo() -> Iterator[Path]:
    """Return the ledger of the sample dispatches, read once; a test that writes takes a copy (`copied`)."""
    path = _demo()
    yield path
    _demo.cache_clear()
    shutil.rmtree(path.parent, ignore_errors=True)


def copied(ledger: Path, folder: Path) -> Path:
    """Return a copy of a ledger's file in a folder, to be written to."""
    for end in ("", "-wal"):
        if (part := ledger.with_name(f"{ledger.name}{end}")).exists():
            shutil.copy(part, folder / part.name)
    return folder / ledger.name


def client(ledger: Path, **settings: Any) -> TestClient:
    """Return a client of the application on a ledger; any host is allowed unless `hosts` says which."""
    made = application(Settings(ledger, **{"hosts": (), **settings}))
    return TestClient(made, base_url="http://localhost", raise_server_exceptions=False)


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Run an application behind a real server on a free port; yield its address."""
    with closing(socket.socket(proto=socket.IPPROTO_TCP)) as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", server_header=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


def links(text: str) -> list[str]:
    """Return the addresses within this application to which a page links, without what follows `#`, each once."""
    found = html.fromstring(text).xpath("//a/@href | //link/@href | //script/@src")
    return list(dict.fromkeys(bare for a in found if str(a).startswith("/") and (bare := str(a).partition("#")[0])))


def crawled(asked: Any, *starts: str, most: int = 150) -> dict[str, Any]:
    """Return the answers of all that links lead to from some pages (none: home and search), in all forms.

    `most` addresses of each kind are asked for.
    """
    found: dict[str, Any] = {}
    waiting, taken = list(starts or ("/", "/search?q=tariff")), Counter[str]()
    while waiting:
        address = waiting.pop(0)
        kind = address.partition("?")[0].strip("/").partition("/")[0]
        if address in found or taken[kind] >= most:
            continue
        taken[kind] += 1
        found[address] = answer = asked.get(address)
        if answer.headers.get("content-type", "").startswith("text/html"):
            waiting += [one for one in links(answer.text) if one not in found]
    return found
