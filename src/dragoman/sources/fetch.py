"""Fetching: one page from an http(s) address.

In:     an address given by the caller.
Out:    `Page`: the bytes, the address they came from after redirects, and what the server declared of them.
Units:  bytes, seconds, hops; see `Limits`.

Addresses that lead to this machine or a private network are refused at every hop, before connecting and again by the
address actually connected to. No cookies, credentials or proxies are used, and nothing in the page is followed.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dragoman.errors import FetchFailed, InputTooLarge
from dragoman.sources.limits import LIMITS, Limits

if TYPE_CHECKING:
    import httpx

#: Seconds to connect and between two pieces of an answer. Guess.
PATIENCE = 10.0

_TYPES = ("text/html", "text/plain", "application/xhtml+xml")
_REDIRECTS = (301, 302, 303, 307, 308)
_SAVE = "Open the page in a browser, save it, and give that file."


@dataclass(frozen=True, slots=True)
class Page:
    """What an address answered: the bytes, their address, encoding and whether the server calls them HTML."""

    data: bytes
    url: str
    charset: str | None
    html: bool
    name: str


def fetch(url: str, *, limits: Limits = LIMITS, allow_private: bool = False) -> Page:
    """Fetch one page, following at most `max_redirects` redirects.

    Raises FetchFailed, or InputTooLarge past `max_bytes`. `allow_private` lets addresses of this machine and of
    private networks through; it is for tests and for callers that trust their input.
    """
    import httpx

    deadline = time.monotonic() + limits.fetch_seconds
    headers = {"User-Agent": "dragoman", "Accept": "text/html, text/plain;q=0.9", "Accept-Encoding": "identity"}
    try:
        with httpx.Client(timeout=PATIENCE, trust_env=False, headers=headers) as client:
            for _ in range(limits.max_redirects + 1):
                _check(url, allow_private)
                with client.stream("GET", url) as response:
                    _check_peer(response, url, allow_private)
                    if response.status_code not in _REDIRECTS:
                        return _page(response, url, limits, deadline)
                    url = str(response.url.join(response.headers.get("location", "")))
                client.cookies.clear()
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, UnicodeError, ValueError) as error:
        raise FetchFailed(
            f"{_shown(url)} could not be fetched: {_reason(error)}. Check the address, or: {_SAVE}"
        ) from None
    raise FetchFailed(f"{_shown(url)}: more than {limits.max_redirects} redirects (max_redirects). {_SAVE}")


def _page(response: httpx.Response, url: str, limits: Limits, deadline: float) -> Page:
    """Read an answer that is no redirect."""
    shown = _shown(url)
    if response.status_code != 200:
        raise FetchFailed(
            f"{shown} answered {response.status_code} {response.reason_phrase}. Check the address, or: {_SAVE}"
        )
    kind = response.headers.get("content-type", "text/html").partition(";")[0].strip().lower()
    if kind not in _TYPES:
        raise FetchFailed(f"{shown} is {kind}, not a page of text. Give the address of an HTML or text page.")
    too_large = InputTooLarge(f"{shown} is larger than {limits.max_bytes:,} bytes (max_bytes). Give one article.")
    length = response.headers.get("content-length", "")
    if length.isdecimal() and int(length) > limits.max_bytes:
        raise too_large
    data = bytearray()
    for piece in response.iter_bytes():
        data += piece
        if len(data) > limits.max_bytes:
            raise too_large
        if time.monotonic() > deadline:
            raise FetchFailed(f"{shown} took longer than {limits.fetch_seconds:g} seconds (fetch_seconds). {_SAVE}")
    return Page(bytes(data), url, response.charset_encoding, kind != "text/plain", shown)


def _check(url: str, allow_private: bool) -> None:
    """Raise FetchFailed unless the address is of the web and leads to the public internet."""
    parts = urlsplit(url)
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise FetchFailed(f"{_shown(url)} is not an http or https address. Give one that begins with https://.")
    if allow_private:
        return
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise FetchFailed(f"The host {parts.hostname} is not known. Check the address and the connection.") from None
    for entry in found:
        _check_ip(str(entry[4][0]), parts.hostname)


def _check_peer(response: httpx.Response, url: str, allow_private: bool) -> None:
    """Check the address actually connected to: a name may lead elsewhere the second time it is looked up."""
    stream = response.extensions.get("network_stream")
    peer = stream.get_extra_info("server_addr") if stream is not None else None
    if not allow_private and peer:
        _check_ip(str(peer[0]), urlsplit(url).hostname or "")


def _check_ip(address: str, host: str) -> None:
    """Raise FetchFailed for an address that is not public."""
    if not is_public(address):
        raise FetchFailed(
            f"{host} leads to {address}, which is on this machine or a private network, and is not fetched. {_SAVE}"
        )


def is_public(address: str) -> bool:
    """Whether an IP address is on the public internet; addresses that wrap an IPv4 address are unwrapped."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        wrapped = ip.ipv4_mapped or ip.sixtofour
        if wrapped is None and ip in ipaddress.ip_network("64:ff9b::/96"):
            wrapped = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if wrapped is not None:
            return is_public(str(wrapped))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _shown(url: str) -> str:
    """Return an address for messages: no user name or password, no longer than a line."""
    try:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
    except ValueError:
        return "The address"
    return f"{parts.scheme}://{host}{parts.path}"[:200]


def _reason(error: Exception) -> str:
    """Say in a few words why a fetch failed."""
    return (str(error) or type(error).__name__).rstrip(".")[:200]
