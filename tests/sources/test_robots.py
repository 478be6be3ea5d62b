"""Robots: what hosts allow, how long that is remembered, and the pauses between two pages."""

from __future__ import annotations

from functools import partial

import pytest

from dragoman.errors import FetchFailed, InputTooLarge
from dragoman.sources.fetch import Page, fetch
from dragoman.sources.known import Known
from dragoman.sources.limits import Limits
from dragoman.sources.robots import HOSTS, KEPT, KEPT_FAILED, LONGEST, Robots, visitor
from tests.sources.loopback import Loopback, answer, in_turn, redirect, resetting

GET = partial(fetch, limits=Limits(fetch_seconds=5), allow_private=True)
RULES = b"""
User-agent: *
Disallow: /private
Allow: /private/open

User-agent: other
Disallow: /
"""


class Clock:
    """A clock that moves when something waits, and remembers for how long."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.waits: list[float] = []

    def __call__(self) -> float:
        """Return the time."""
        return self.now

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.waits.append(round(seconds, 3))
        self.now += seconds


def plain(body: bytes = b"", status: int = 200, **headers: str):
    """Answer with a text."""
    return answer(body, status, "text/plain", **headers)


@pytest.mark.parametrize(
    ("robots", "path", "allowed"),
    [
        (plain(RULES), "/a", True),
        (plain(RULES), "/private/a", False),
        (plain(RULES), "/private/open/a", True),
        (plain(b"User-agent: Dragoman\nDisallow: /\n\nUser-agent: *\nDisallow:"), "/a", False),
        (plain(b"User-agent: *\nDisallow: /\n\nUser-agent: dragoman\nDisallow: /x"), "/a", True),
        (plain(b"\xef\xbb\xbfUser-agent: *\nDisallow: /a"), "/a", False),
        (plain(b"User-agent: *\nDisallow: /*.pdf$"), "/a.pdf", False),
        (plain(b""), "/a", True),
        (plain(b"\xff\xfe\x00 no rules"), "/a", True),
        (answer(b"<html>Welcome</html>"), "/a", True),
        (answer(b"\x89PNG", kind="image/png"), "/a", False),
        (plain(status=404), "/a", True),
        (plain(status=403), "/a", True),
        (plain(status=429), "/a", False),
        (plain(status=500), "/a", False),
        (plain(status=503), "/a", False),
        (resetting(), "/a", False),
        (redirect("/robots.txt"), "/a", False),
        (plain(b"User-agent: *\nDisallow: /b\n" + b"# x\n" * LONGEST + b"Disallow: /a\n"), "/a", True),
        (plain(b"User-agent: *\nDisallow: /b\n" + b"# x\n" * LONGEST), "/b", False),
    ],
)
def test_what_is_allowed(robots, path, allowed):
    """Rules hold as written; no robots.txt allows all, and one that cannot be had for now nothing."""
    with Loopback({"/robots.txt": robots}) as server:
        assert Robots(GET).allowed(server.url + path) is allowed


@pytest.mark.parametrize(
    ("said", "delay"),
    [("7", 7.0), ("0.5", 0.5), ("nan", None), ("inf", None), ("-3", None), ("soon", None), ("", None)],
)
def test_the_pause_that_a_host_names(said, delay):
    """Only a number of seconds is one."""
    with Loopback({"/robots.txt": plain(f"User-agent: *\nCrawl-delay: {said}\n".encode())}) as server:
        assert Robots(GET).delay(server.url + "/a") == delay


@pytest.mark.parametrize(
    ("robots", "kept"),
    [
        (plain(RULES), KEPT),
        (plain(status=404), KEPT),
        (plain(status=500), KEPT_FAILED),
        (plain(status=503, retry_after="3000"), 3_000),
    ],
)
def test_how_long_it_is_kept(robots, kept):
    """Each host is asked once, and again after some hours, or sooner where it could not say."""
    clock = Clock()
    with Loopback({"/robots.txt": robots}) as server:
        asked = Robots(GET, clock=clock)
        asked.allowed(server.url + "/a")
        clock.now += kept - 1
        asked.allowed(server.url.upper().replace("HTTP", "http") + "/b")
        assert len(server.log) == 1
        clock.now += 2
        asked.allowed(server.url + "/a")
        assert len(server.log) == 2


def test_no_more_hosts_are_remembered_than_are_needed():
    """The oldest host is forgotten first; a robots.txt too large to fetch forbids."""

    def too_large(url: str) -> Page:
        raise InputTooLarge(url)

    robots = Robots(too_large)
    assert not any(robots.allowed(f"http://h{number}.example/") for number in range(HOSTS + 5))
    assert len(robots._hosts) == HOSTS


def test_robots_txt_is_fetched_with_the_same_guard():
    """Without leave, this machine is not asked for its robots.txt either."""
    with Loopback({"/robots.txt": plain(RULES)}) as server:
        with pytest.raises(FetchFailed, match="private network"):
            Robots(fetch).allowed(server.url + "/a")
        assert server.log == []


def visiting(server: Loopback, clock: Clock, limits: Limits = Limits()):  # noqa: B008
    """Return a function that visits a path."""
    visit = visitor(GET, Robots(GET, clock=clock), limits, wait=clock.wait, clock=clock)
    return lambda path: visit(server.url + path)


def test_forbidden_pages_are_not_fetched():
    """Nor taken where a redirect leads to one."""
    table = {"/robots.txt": plain(RULES), "/a": answer(b"a"), "/b": redirect("/private/b"), "/private/b": answer(b"b")}
    with Loopback(table) as server:
        visit = visiting(server, Clock())
        assert visit("/a").data == b"a"
        for path in ("/private/a", "/b"):
            with pytest.raises(FetchFailed, match=r"robots\.txt of 127\.0\.0\.1 forbids it"):
                visit(path)
        assert "/private/a" not in server.paths


@pytest.mark.parametrize(
    ("delay", "limits", "pause"),
    [("", Limits(), 1.0), ("Crawl-delay: 5", Limits(), 5.0), ("Crawl-delay: 500", Limits(), 30.0),
     ("Crawl-delay: 20", Limits(fetch_seconds=12), 12.0), ("Crawl-delay: 0", Limits(), None)],
)  # fmt: skip
def test_pauses_between_the_pages_of_one_host(delay, limits, pause):
    """The first page needs none; time that has passed anyway counts."""
    clock = Clock()
    table = {"/robots.txt": plain(f"User-agent: *\n{delay}\n".encode()), "/a": answer(b"a"), "/b": plain(status=404)}
    with Loopback(table) as server:
        visit = visiting(server, clock, limits)
        visit("/a")
        with pytest.raises(FetchFailed):
            visit("/b")
        clock.now += 0.25
        visit("/a")

    assert clock.waits == ([] if pause is None else [pause, pause - 0.25])


def test_a_busy_host_is_left_alone_for_as_long_as_it_asks():
    """It is not asked again before, and the error says for how long."""
    clock = Clock()
    with Loopback({"/a": in_turn(plain(status=429, retry_after="40"), answer(b"a"))}) as server:
        visit = visiting(server, clock)
        for _ in range(3):
            with pytest.raises(FetchFailed) as raised:
                visit("/a")
            assert raised.value.status == 429
            assert raised.value.retry_after is not None
            assert raised.value.retry_after <= 40
        assert server.paths.count("/a") == 1
        clock.now += 41
        assert visit("/a").data == b"a"


def test_a_host_that_stopped_answering_is_left_alone_for_a_while():
    """Three silences in a row are enough; an answer in between starts the count anew."""
    clock = Clock()
    with Loopback({"/a": in_turn(resetting(), resetting(), answer(b"a"), resetting())}) as server:
        visit = visiting(server, clock)
        for _ in range(8):
            try:
                visit("/a")
            except FetchFailed as error:
                last = error
        assert server.paths.count("/a") == 6
        assert "left alone" in str(last)


@pytest.mark.parametrize(
    "url",
    ["ftp://example.org/a", "http://", "http://[bad/", "nothing", "http://h:99999999/", "http://example.org/\udc9a"],
)
def test_addresses_that_are_none(url):
    """They are refused without asking anybody."""

    def nobody(url: str, /, *, permit: object = None) -> Page:
        raise AssertionError(url)

    with pytest.raises(FetchFailed, match="none of the web"):
        visitor(nobody, Robots(nobody))(url)


def test_what_is_fetched_is_handed_on_as_it_is():
    """The visitor adds nothing to the page."""
    page = Page(b"x", "a", Known(url="https://news.example/a"))
    visit = visitor(lambda url, /, *, permit=None: page, Robots(lambda _: page))
    assert visit("https://news.example/a") is page
