"""Robots: what a host allows to be fetched, and how often.

In:     addresses of pages, and a function that fetches one (see `fetch`, whose guard holds for robots.txt too).
Out:    `Robots`, which says whether an address may be fetched; `visitor`, a function that fetches pages as asked.
Units:  seconds, bytes.

As RFC 9309 has it: a host that has no robots.txt (4xx) allows all, one that cannot say (5xx, 429, no answer) allows
nothing for now. What was read is kept for some hours, in memory only.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from dragoman.errors import FetchFailed, InputTooLarge, UnreadableInput
from dragoman.sources.limits import LIMITS, Limits

if TYPE_CHECKING:
    from dragoman.sources.fetch import Page

#: The name by which robots.txt may address us.
AGENT = "dragoman"
#: A robots.txt is kept this long; RFC 9309 allows a day. One that could not be had is asked for again sooner. Guesses.
KEPT, KEPT_FAILED = 6 * 3600.0, 600.0
#: Bytes of a robots.txt that are read: RFC 9309 asks for 500 KiB at least.
LONGEST = 512_000
#: Hosts that are remembered; the oldest is forgotten then. Guess.
HOSTS = 10_000
#: Seconds between two pages of one host where it names none, and the most it may ask for. Guesses.
PAUSE, LONGEST_PAUSE = 1.0, 30.0
#: A host that is busy (429, 503) and names no time, or gives no answer so often in a row, is left alone. Guesses.
REST, SILENT = 60.0, 3

Fetch = Callable[[str], "Page"]


class PermittedFetch(Protocol):
    """Fetches a page; `permit` raises for an address that a redirect may not lead to."""

    def __call__(self, url: str, /, *, permit: Callable[[str], None] | None = None) -> Page:
        """Return the page; FetchFailed where there is none."""


@dataclass(frozen=True, slots=True)
class _Rules:
    """What a host says: the rules (None: all or nothing is allowed), and until when that is taken to hold."""

    rules: Any
    allowed: bool
    until: float


class Robots:
    """What hosts allow; robots.txt of each is fetched when it is first asked for."""

    def __init__(self, fetch: Fetch, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._fetch, self._clock = fetch, clock
        self._hosts: dict[str, _Rules] = {}

    def allowed(self, url: str) -> bool:
        """Whether an address may be fetched."""
        said = self._said(url)
        return bool(said.rules.can_fetch(url, AGENT)) if said.rules is not None else said.allowed

    def known(self, url: str) -> bool:
        """Whether the host of an address has said what it allows."""
        return self._said(url).rules is not None

    def delay(self, url: str) -> float | None:
        """Return the seconds that the host of an address wants between two requests; None where it names none."""
        rules = self._said(url).rules
        delay = rules.crawl_delay(AGENT) if rules is not None else None
        return float(delay) if delay is not None and math.isfinite(delay) and delay >= 0 else None

    def _said(self, url: str) -> _Rules:
        """Return what the host of an address says."""
        site, now = _site(url), self._clock()
        said = self._hosts.get(site)
        if said is None or said.until <= now:
            self._hosts.pop(site, None)
            if len(self._hosts) >= HOSTS:
                del self._hosts[next(iter(self._hosts))]
            said = self._hosts[site] = self._asked(site)
        return said

    def _asked(self, site: str) -> _Rules:
        """Ask a host for its robots.txt."""
        from protego import Protego

        try:
            data = self._fetch(f"{site}/robots.txt").data or b""
        except FetchFailed as error:
            if error.lasting:  # its address is refused, and so is the page's
                raise
            none = error.status is not None and 300 <= error.status < 500 and error.status != 429
            wait = KEPT if none else max(KEPT_FAILED, error.retry_after or 0.0)
            return _Rules(None, none, self._clock() + wait)
        except UnreadableInput:  # larger than anything that is fetched
            return _Rules(None, False, self._clock() + KEPT_FAILED)
        if len(data) > LONGEST:
            data = data[: data.rfind(b"\n", 0, LONGEST) + 1]  # half a rule may say the opposite of the whole
        return _Rules(Protego.parse(data.decode("utf-8-sig", "replace")), True, self._clock() + KEPT)


@dataclass(slots=True)
class _Host:
    """How a host was found: when it may be asked again, until when it rests and why, and how often it was silent."""

    free_at: float = 0.0
    rests_until: float = 0.0
    status: int | None = None
    silent: int = 0


def visitor(
    fetch: PermittedFetch,
    robots: Robots,
    limits: Limits = LIMITS,
    *,
    wait: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> Fetch:
    """Return a function that fetches pages which feeds name: where robots.txt allows it, and with pauses.

    It raises FetchFailed as `fetch` does, and at once for a host that is busy or has stopped answering, with the
    seconds it is to be left alone as `retry_after`. A host is waited for no longer than `fetch_seconds`.
    """
    hosts: dict[str, _Host] = {}

    def visit(url: str) -> Page:
        site = _site(url)
        if site not in hosts and len(hosts) >= HOSTS:
            del hosts[next(iter(hosts))]
        host = hosts.setdefault(site, _Host())
        _awake(host, site, clock())
        _permitted(robots, url)
        delay = robots.delay(url)
        pause = min(PAUSE if delay is None else delay, LONGEST_PAUSE, limits.fetch_seconds)
        if (left := host.free_at - clock()) > 0:
            wait(left)
        try:
            page = fetch(url, permit=lambda hop: _permitted(robots, hop))
        except FetchFailed as error:
            _note(host, error, clock())
            raise
        except InputTooLarge:
            host.silent = 0
            raise
        finally:
            host.free_at = clock() + pause
        host.silent = 0
        return page

    return visit


def _permitted(robots: Robots, url: str) -> None:
    """Raise FetchFailed where robots.txt forbids an address."""
    if not robots.allowed(url):
        raise FetchFailed(
            f"robots.txt of {urlsplit(url).hostname} forbids it, or cannot be read for now. "
            "Open the page in a browser, save it, and give that file.",
            lasting=robots.known(url),
        )


def _awake(host: _Host, site: str, now: float) -> None:
    """Raise FetchFailed for a host that is left alone for now."""
    if host.rests_until > now:
        left = host.rests_until - now
        raise FetchFailed(
            f"{site} is busy or does not answer and is left alone for {math.ceil(left)} seconds. Try again then.",
            status=host.status, retry_after=left,
        )  # fmt: skip


def _note(host: _Host, error: FetchFailed, now: float) -> None:
    """Note a failure: whether the host is to be left alone."""
    host.silent = host.silent + 1 if error.status is None else 0
    if error.status in (429, 503) or host.silent >= SILENT:
        host.rests_until = now + (REST if error.retry_after is None else error.retry_after)
        host.status, host.silent = error.status, 0


def _site(url: str) -> str:
    """Return the scheme, host and port of an address; FetchFailed where it has none."""
    try:
        url.encode()  # half a character cannot be asked for
        parts = urlsplit(url)
        if parts.scheme.lower() in ("http", "https") and parts.hostname:
            host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
            return f"{parts.scheme.lower()}://{host}" + (f":{parts.port}" if parts.port else "")
    except ValueError:
        pass
    raise FetchFailed(
        "The feed names an address that is none of the web. Look for the page by its title.", lasting=True
    )
