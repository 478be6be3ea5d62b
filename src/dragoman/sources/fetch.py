"""Fetching: one page, feed or file from an http(s) address.

In:     an address given by the caller, and what marked the state of it that the caller has.
Out:    `Page`: the bytes, the address they came from after redirects, and what the server declared of them.
Units:  bytes, seconds, hops; see `Limits`.

Addresses that lead to this machine or a private network are refused at every hop: a name is looked up once, what it
leads to is checked, and the connection is made to the very address that was checked. No cookies, credentials or
proxies are used, and nothing in the page is followed.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dragoman.errors import FetchFailed, InputTooLarge
from dragoman.sources.kinds import SUFFIXES, suffix_of
from dragoman.sources.known import Known
from dragoman.sources.limits import LIMITS, Limits

if TYPE_CHECKING:
    import ssl

    import httpx

#: Seconds to connect and between two pieces of an answer. Guess.
PATIENCE = 10.0
#: Longest wait that a server may ask for, in seconds.
DAY = 86_400.0
#: Longest address that is fetched, and longest mark of a state (ETag) that is sent back, in characters. Guesses.
LONGEST_ADDRESS, LONGEST_MARK = 4_000, 500

#: What is fetched, and the ending of the files whose kind their name alone tells.
_TYPES: dict[str, str] = {
    "": "", "text/html": ".html", "application/xhtml+xml": ".html", "text/plain": "", "text/markdown": "",
    "application/rss+xml": "", "application/atom+xml": "", "application/rdf+xml": "", "application/xml": "",
    "text/xml": "", "application/pdf": "", "application/x-pdf": "",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "",
    "application/json": ".json", "text/json": ".json", "application/x-ndjson": ".jsonl", "application/ndjson": ".jsonl",
    "application/jsonl": ".jsonl", "application/json-lines": ".jsonl", "application/x-jsonlines": ".jsonl",
    "text/csv": ".csv", "application/csv": ".csv", "text/tab-separated-values": ".tsv", "message/rfc822": ".eml",
    "application/vnd.apache.parquet": ".parquet", "application/warc": ".warc", "application/x-warc": ".warc",
    "application/zip": "", "application/x-zip-compressed": "", "application/gzip": "", "application/x-gzip": "",
    "application/x-tar": "", "application/x-gtar": "", "application/octet-stream": "", "binary/octet-stream": "",
    "application/x-download": "", "application/force-download": "",
}  # fmt: skip
_HTML = {"text/html": True, "application/xhtml+xml": True, "text/plain": False, "text/markdown": False}
_ACCEPT = "text/html, application/rss+xml, application/atom+xml, application/xml;q=0.9, text/plain;q=0.9, */*;q=0.5"
_REDIRECTS = (301, 302, 303, 307, 308)
_SAVE = "Open the page in a browser, save it, and give that file."
_MARK = re.compile(r"[\x20-\x7e]+")


@dataclass(frozen=True, slots=True)
class Page:
    """What an address answered: the bytes, a name for messages and for telling their kind, and what the server says.

    `etag` and `modified` mark this state of it: given to `fetch` the next time, `data` is None where nothing changed.
    """

    data: bytes | None
    name: str
    known: Known
    etag: str | None = None
    modified: str | None = None


def fetch(
    url: str,
    *,
    limits: Limits = LIMITS,
    allow_private: bool = False,
    etag: str | None = None,
    modified: str | None = None,
    permit: Callable[[str], None] | None = None,
) -> Page:
    """Fetch one page, following at most `max_redirects` redirects; its data is None where it is as it was.

    Raises FetchFailed, or InputTooLarge past `max_bytes`. `allow_private` lets addresses of this machine and of
    private networks and any port through; it is for tests and for callers that trust their input. `permit` is asked
    about each address that a redirect leads to, and raises where it may not be fetched.
    """
    import httpx

    deadline = time.monotonic() + limits.fetch_seconds
    headers = {"User-Agent": "dragoman", "Accept": _ACCEPT, "Accept-Encoding": "identity"}
    headers |= {name: mark for name, mark in (("If-None-Match", etag), ("If-Modified-Since", modified)) if mark}
    asked, hop = etag is not None or modified is not None, url
    try:
        with httpx.Client(
            timeout=PATIENCE, trust_env=False, headers=headers, transport=_transport(allow_private, deadline)
        ) as client:
            for _ in range(limits.max_redirects + 1):
                _check(hop, allow_private)
                with client.stream("GET", hop) as response:
                    _check_peer(response, hop, allow_private)
                    if response.status_code not in _REDIRECTS:
                        return _page(response, hop, limits, deadline, asked=asked)
                    hop = _next(response, hop)
                if permit:
                    permit(hop)
                client.cookies.clear()
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, UnicodeError, ValueError) as error:
        if time.monotonic() > deadline:
            raise _late(hop, limits) from None
        raise FetchFailed(
            f"{_shown(hop)} could not be fetched: {_reason(error)}. Check the address, or: {_SAVE}"
        ) from None
    raise FetchFailed(f"{_shown(hop)}: more than {limits.max_redirects} redirects (max_redirects). {_SAVE}")


def _next(response: httpx.Response, url: str) -> str:
    """Return where a redirect leads."""
    place = response.headers.get("location")
    if not place:
        status = response.status_code
        raise FetchFailed(
            f"{_shown(url)} answered with a redirect ({status}) that leads nowhere. {_SAVE}", status=status
        )
    return str(response.url.join(place))


def _page(response: httpx.Response, url: str, limits: Limits, deadline: float, *, asked: bool) -> Page:
    """Read an answer that is no redirect; `asked` says whether "not changed" is one."""
    shown, status = _shown(url), response.status_code
    marks = (_mark(response.headers.get("etag")), _mark(response.headers.get("last-modified")))
    if status == 304 and asked:
        return Page(None, shown, Known(url=url), *marks)
    if status != 200:
        wait = _retry_after(response.headers.get("retry-after"))
        later = f" It asks to wait {wait:.0f} seconds." if wait else ""
        raise FetchFailed(
            f"{shown} answered {status} {_reason(response.reason_phrase)}.{later} Check the address, or: {_SAVE}",
            status=status, retry_after=wait,
        )  # fmt: skip
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in _TYPES:
        raise FetchFailed(
            f"{shown} is {kind[:80]}, which holds no text that can be read. Give the address of a page or a feed.",
            status=status,
        )
    too_large = InputTooLarge(f"{shown} is larger than {limits.max_bytes:,} bytes (max_bytes). Give one article.")
    length = response.headers.get("content-length", "")
    if length.isdecimal() and int(length[:20]) > limits.max_bytes:
        raise too_large
    data = bytearray()
    for piece in _decoded(response, shown, limits.max_bytes):
        data += piece
        if len(data) > limits.max_bytes:
            raise too_large
        if time.monotonic() > deadline:
            raise _late(url, limits)
    known = Known(url=url, charset=response.charset_encoding, html=_HTML.get(kind))
    return Page(bytes(data), _named(shown, kind), known, *marks)


def _decoded(response: httpx.Response, shown: str, most: int) -> Iterator[bytes]:
    """Yield the pieces of an answer; one that is packed though it was not to be is unpacked, never far past `most`."""
    packing = response.headers.get("content-encoding", "identity").strip().lower() or "identity"
    if packing == "identity":
        yield from response.iter_raw(65_536)
        return
    if packing not in ("gzip", "x-gzip"):
        raise FetchFailed(f"{shown} is packed in a way that was not asked for ({packing[:40]}). {_SAVE}", status=200)
    unpacker, ended = zlib.decompressobj(31), True
    try:
        for piece in response.iter_raw(65_536):
            rest: bytes = piece
            while rest:
                if unpacker.eof:
                    unpacker = zlib.decompressobj(31)  # one gzip stream may follow another
                yield unpacker.decompress(rest, most + 1)
                rest = unpacker.unconsumed_tail or unpacker.unused_data
            ended = unpacker.eof
    except zlib.error:
        raise FetchFailed(f"{shown} says that it is gzip, and is not. {_SAVE}", status=200) from None
    if not ended:
        raise FetchFailed(f"{shown} broke off before its end. Fetch it again, or: {_SAVE}", status=200)


def _named(shown: str, kind: str) -> str:
    """Return the name of an answer, with the ending that its declared type calls for where the name tells the kind."""
    meant, called = _TYPES[kind], suffix_of(shown)
    by_name = ("csv", "json", "warc", "parquet", "mail")
    if not meant or SUFFIXES.get(called) == SUFFIXES[meant]:
        return shown
    return f"{shown} as {meant}" if SUFFIXES[meant] in by_name or SUFFIXES.get(called) in by_name else shown


def _mark(value: str | None) -> str | None:
    """Return a mark of a state if it can be sent back."""
    return value if value and len(value) <= LONGEST_MARK and _MARK.fullmatch(value) else None


def _retry_after(value: str | None) -> float | None:
    """Return the seconds that a server asks to wait, given as a number or a date; at most a day."""
    value = (value or "").strip()[:100]
    if re.fullmatch(r"[0-9]+", value):
        return min(DAY, float(value))
    try:
        moment = parsedate_to_datetime(value)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    return max(0.0, min(DAY, (moment - datetime.now(UTC)).total_seconds()))


def _check(url: str, allow_private: bool) -> None:
    """Raise FetchFailed unless the address is of the web; what its host leads to is checked when connecting."""
    parts = urlsplit(url)
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname or len(url) > LONGEST_ADDRESS:
        raise FetchFailed(
            f"{_shown(url)} is not an http or https address. Give one that begins with https://.", lasting=True
        )
    if parts.username is not None or parts.password is not None:
        raise FetchFailed(
            f"{_shown(url)} is given with a user name or password, which is never sent. Leave it out.", lasting=True
        )
    port = parts.port
    if not allow_private and port is not None and port < 1024 and port not in (80, 443):
        raise FetchFailed(
            f"{_shown(url)} asks for port {port}, which is not of the web. Give an ordinary address.", lasting=True
        )


def _check_peer(response: httpx.Response, url: str, allow_private: bool) -> None:
    """Check the address actually connected to as well."""
    stream = response.extensions.get("network_stream")
    peer = stream.get_extra_info("server_addr") if stream is not None else None
    if not allow_private and peer:
        _check_ip(str(peer[0]), urlsplit(url).hostname or "")


def _looked_up(host: str, port: int, allow_private: bool) -> list[str]:
    """Return the addresses of a host, all of them checked."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise FetchFailed(f"The host {host[:200]} is not known. Check the address and the connection.") from None
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not allow_private:
        for address in addresses:
            _check_ip(address, host)
    return addresses


def _transport(allow_private: bool, deadline: float) -> httpx.HTTPTransport:
    """Return a transport that connects to checked addresses alone and gives up at the deadline."""
    import httpcore
    import httpx

    class Stream(httpcore.NetworkStream):
        """A connection whose every step ends by the deadline, however slowly bytes drip."""

        def __init__(self, inner: httpcore.NetworkStream) -> None:
            self._inner = inner

        def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
            return self._inner.read(max_bytes, _left(timeout))

        def write(self, buffer: bytes, timeout: float | None = None) -> None:
            self._inner.write(buffer, _left(timeout))

        def close(self) -> None:
            self._inner.close()

        def start_tls(
            self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
        ) -> httpcore.NetworkStream:
            return Stream(self._inner.start_tls(ssl_context, server_hostname, _left(timeout)))

        def get_extra_info(self, info: str) -> object:
            return self._inner.get_extra_info(info)

    class Checked(httpcore.SyncBackend):
        """Looks a name up once and connects to what was checked."""

        def connect_tcp(
            self,
            host: str,
            port: int,
            timeout: float | None = None,
            local_address: str | None = None,
            socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
        ) -> httpcore.NetworkStream:
            last: Exception | None = None
            for address in _looked_up(host, port, allow_private)[
                :4
            ]:  # guess: as many as one host may have out of order
                try:
                    return Stream(super().connect_tcp(address, port, _left(timeout), local_address, socket_options))
                except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                    last = error
            raise last or httpcore.ConnectError("no address")

    def _left(timeout: float | None) -> float:
        left = deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("too slow")
        return min(left, PATIENCE if timeout is None else timeout)

    transport = httpx.HTTPTransport(verify=_trust(), trust_env=False)
    transport._pool = httpcore.ConnectionPool(ssl_context=_trust(), network_backend=Checked())  # httpx has no argument
    return transport


@cache
def _trust() -> ssl.SSLContext:
    """Return the certificates that are trusted, which take some time to load."""
    import httpx

    return httpx.create_ssl_context(trust_env=False)


def _late(url: str, limits: Limits) -> FetchFailed:
    """Return the error for an answer that takes too long."""
    return FetchFailed(f"{_shown(url)} took longer than {limits.fetch_seconds:g} seconds (fetch_seconds). {_SAVE}")


def _check_ip(address: str, host: str) -> None:
    """Raise FetchFailed for an address that is not public."""
    if not is_public(address):
        raise FetchFailed(
            f"{host} leads to {address}, which is on this machine or a private network, and is not fetched. {_SAVE}",
            lasting=True,
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
        if ip.is_site_local:  # deprecated, and still routed inside networks; ipaddress calls it global
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _shown(url: str) -> str:
    """Return an address for messages: no user name or password, no longer than a line."""
    try:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
    except ValueError:
        return "The address"
    return "".join(char if char.isprintable() else "?" for char in f"{parts.scheme}://{host}{parts.path}"[:200])


def _reason(error: Exception | str) -> str:
    """Say in a few words why a fetch failed."""
    return " ".join((str(error) or type(error).__name__).split()).rstrip(".")[:200]
