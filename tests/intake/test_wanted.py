"""The file that lists the sources to watch: what it may say, and what is said of mistakes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dragoman.errors import UsageError
from dragoman.intake.wanted import wanted

GOOD = """
[[source]]
name = "ministry"
feed = "https://example.org/rss.xml"
every = "2h"
publisher = "Ministry of Fisheries"

[[source]]
name = "inbox"
folder = "mail/in"
"""


def test_feeds_and_folders_are_listed(tmp_path):
    """Intervals have defaults; a folder lies from the file's own folder on."""
    path = tmp_path / "sources.toml"
    path.write_text("\ufeff" + GOOD)
    feed, folder = wanted(path)

    assert (feed.name, feed.kind, feed.every, feed.publisher) == (
        "ministry",
        "feed",
        timedelta(hours=2),
        "Ministry of Fisheries",
    )
    assert (folder.kind, folder.place, folder.every) == ("folder", str(tmp_path / "mail/in"), timedelta(minutes=1))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "lists no source"),
        ("source = 3", "lists no source"),
        ("[[source]", "is no TOML"),
        ("[[sources]]\nname = 'a'", 'knows no "sources"'),
        ("[[source]]\nfeed = 'https://example.org'", "without a name"),
        ("[[source]]\nname = 'a'", "give a feed or a folder"),
        ("[[source]]\nname = 'a'\nfeed = 'https://a.org'\nfolder = 'b'", "one of the two"),
        ("[[source]]\nname = 'a'\nfeed = 'a.org/rss'", "no address"),
        ("[[source]]\nname = 'a'\nfeed = 'file:///etc/passwd'", "no address"),
        ("[[source]]\nname = 'a'\nfolder = 'b'\nevry = '1m'", 'Did you mean "every"'),
        ("[[source]]\nname = 'a'\nfolder = 'b'\nevery = 'daily'", "Write it as 30m"),
        ("[[source]]\nname = 'a'\nfolder = 'b'\nevery = 30", "text in quotation marks"),
        ("[[source]]\nname = 'a'\nfolder = 'b'\n" * 2, "two sources"),
    ],
)
def test_mistakes_are_named(tmp_path, text, says):
    """One sentence says which source is wrong and how to write it."""
    path = tmp_path / "sources.toml"
    path.write_text(text)

    with pytest.raises(UsageError, match=says):
        wanted(path)


def test_a_file_that_is_not_there_is_named(tmp_path):
    """The name of the file and an example of one."""
    with pytest.raises(UsageError, match=r"none\.toml.*\[\[source\]\]"):
        wanted(tmp_path / "none.toml")
