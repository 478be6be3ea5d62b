"""What the README promises runs as it stands there."""

import contextlib
import doctest
import io
import re
from pathlib import Path

import dragoman

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def test_python_blocks_print_what_their_comments_say():
    """The last lines of a Python block, as comments, are what it prints."""
    blocks = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert blocks
    for block in blocks:
        expected = [line[2:] for line in block.splitlines() if line.startswith("# ")]
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(block, "README.md", "exec"), {})
        assert out.getvalue().splitlines() == expected


def test_the_example_of_the_package_runs():
    """The doctest in the package's docstring holds."""
    result = doctest.testmod(dragoman)

    assert (result.failed, result.attempted) == (0, result.attempted)
    assert result.attempted > 0


def test_the_picture_names_no_address_from_which_it_would_load_anything():
    """The README's picture is self-contained."""
    picture = (Path(__file__).parents[1] / "docs" / "readout.svg").read_text(encoding="utf-8")

    assert "@font-face" not in picture
    assert not re.search(r"(?:href|src|url)\s*[=(]\s*[\"']?https?:", picture)
