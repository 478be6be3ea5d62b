"""The picture in the README: what a terminal shows, as SVG.

In:     a bundled sample dispatch (slug as the first argument, else `SAMPLE`).
Out:    docs/readout.svg: `dragoman read` on it up to the section `UNTIL`, 100 columns wide, with colours.
Never:  anything that the command itself does not print.
"""

from __future__ import annotations

import io
import re
import sys
from itertools import takewhile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import DIMMED_MONOKAI
from rich.text import Text

from dragoman import read
from dragoman.samples import index, text
from dragoman.show.terminal import render

SAMPLE, WIDTH, UNTIL = "talks-break-down", 100, "Measures ("
PICTURE = Path(__file__).parents[1] / "docs" / "readout.svg"


def main(argv: list[str]) -> int:
    """Draw the readout of a sample; return the exit code."""
    slug = argv[0] if argv else SAMPLE
    published = next(sample.published for sample in index() if sample.slug == slug)
    out = io.StringIO()
    render(read(text(slug), published=published), width=WIDTH, colour=True, file=out)
    lines = list(takewhile(lambda line: UNTIL not in line, out.getvalue().splitlines()))
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi("\n".join(lines)))
    svg = console.export_svg(
        title=f"dragoman samples {slug} | dragoman read", theme=DIMMED_MONOKAI, unique_id="readout"
    )
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(
        re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.S), encoding="utf-8"
    )  # no font from elsewhere
    print(f"{PICTURE.name}: {len(lines)} lines of {slug}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
