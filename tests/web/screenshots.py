"""Pictures of the five screens, light and dark, for the documents: `make screenshots`.

In:     the demo ledger; the system's Chromium.
Out:    docs/web/{screen}-{light,dark}.png, 1280 pixels wide, each under `LARGEST` bytes.
Never:  asks the network; touches the ledger.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from dragoman.ledger import Ledger
from dragoman.web import Settings, application
from tests.web.helpers import PAIR, served

OUT = Path(__file__).resolve().parents[2] / "docs" / "web"
#: The day on which the demo's story stands best (as `make demo` has it), and the size of a picture in pixels.
DAY, WIDTH, HEIGHT = "2020-01-31", 1280, 900
#: A picture in the documents is to load at once (bytes); colours enough for text and charts.
LARGEST, COLOURS = 200_000, 200
THEMES: tuple[Any, ...] = ("light", "dark")


def screens(ledger: Path) -> Iterator[tuple[str, str]]:
    """Return the five screens: a name and an address each; the document is one that tells much of the pair."""
    pair = "/".join(PAIR)
    yield "changes", "/?since=2019-09-01"
    yield "pair", f"/relation/{pair}?as_of={DAY}"
    yield "evidence", f"/document/{_told_most(ledger)}"
    yield "due", f"/due?as_of={DAY}"
    yield "measures", f"/measures?as_of={DAY}"


def _told_most(ledger: Path) -> str:
    """Return the document of the pair on which most entries rest."""
    with Ledger.open(ledger, read_only=True) as opened:
        documents = {
            one.document: len(opened.evidence.told_in(one.document, date.today()))
            for one in opened.documents()
            if all(name in opened.document(one.document).document.text for name in ("China", "United States"))
        }
    return max(sorted(documents), key=lambda document: documents[document])


def taken(page: Page, address: str) -> bytes:
    """Return a picture of a page as PNG with few colours."""
    answer = page.goto(address)
    if answer is None or not answer.ok:
        raise SystemExit(f"{address} cannot be shown; open it to see why.")
    with Image.open(BytesIO(page.screenshot())) as shot:
        small = shot.convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    written = BytesIO()
    small.save(written, "PNG", optimize=True)
    return written.getvalue()


def take(browser: Browser, base: str, ledger: Path) -> Iterator[tuple[Path, int]]:
    """Write all pictures; yield each file and its size."""
    for theme in THEMES:
        context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme=theme)
        page = context.new_page()
        for name, address in screens(ledger):
            file = OUT / f"{name}-{theme}.png"
            picture = taken(page, base + address)
            file.write_bytes(picture)
            yield file, len(picture)
        context.close()


def main(ledger: Path) -> int:
    """Take the pictures; tell their sizes; fail where one is too large."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        print("No Chromium was found. Install it with the system's packages (Debian: apt install chromium).")
        return 1
    OUT.mkdir(parents=True, exist_ok=True)
    with served(application(Settings(ledger))) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        sizes = list(take(browser, base, ledger))
        browser.close()
    for file, size in sizes:
        print(f"{size:8,} bytes  {file.name}")
    return int(any(size > LARGEST for _, size in sizes))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
