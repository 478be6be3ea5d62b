"""Fetching: from a server on this machine, with every answer a server may give."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from dragoman import sources
from dragoman.errors import DragomanError, FetchFailed, InputTooLarge
from dragoman.sources.fetch import fetch, is_public
from dragoman.sources.limits import Limits

TEXT = "The minister said on Monday that the talks on fish would go on until the two sides had agreed on something."
SMALL = Limits(max_bytes=5_000, max_redirects=5, fetch_seconds=20)
ROUTES: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/text": (200, {"Content-Type": "text/plain; charset=windows-1252"}, (TEXT + " “Señor”").encode("cp1252")),
    "/page": (200, {"Content-Type": "text/html"}, f"<p>{TEXT}</p>".encode()),
    "/image": (200, {"Content-Type": "image/png"}, b"\x89PNG"),
    "/missing": (404, {}, b"no"),
    "/paywall": (403, {"Content-Type": "text/html"}, b"no"),
    "/moved": (302, {"Location": "/text"}, b""),
    "/loop": (302, {"Location": "/loop"}, b""),
    "/nowhere": (302, {}, b""),
    "/file": (301, {"Location": "file:///etc/hostname"}, b""),
    "/private": (301, {"Location": "http://10.0.0.1/"}, b""),
    "/declared": (200, {"Content-Type": "text/plain", "Content-Length": "9999999"}, b"x"),
    "/large": (200, {"Content-Type": "text/plain"}, b"x" * 6_000),
}


class Handler(BaseHTTPRequestHandler):
    """Answers from the table of routes."""

    def do_GET(self) -> None:
        """Send the route's status, headers and body."""
        status, headers, body = ROUTES[self.path.split("?")[0]]
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server():
    """Yield the address of a server on this machine."""
    with HTTPServer(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


@pytest.mark.parametrize(("path", "final"), [("/text", "/text"), ("/moved", "/text")])
def test_text_is_fetched_over_redirects(server, path, final):
    """The page is what the last address answers, with the encoding it declares."""
    page = fetch(server + path, limits=SMALL, allow_private=True)

    assert (page.url, page.charset) == (server + final, "windows-1252")
    assert page.data.decode("cp1252").startswith(TEXT)


@pytest.mark.parametrize(
    ("path", "error", "says"),
    [
        ("/image", FetchFailed, "image/png"),
        ("/missing", FetchFailed, "404"),
        ("/paywall", FetchFailed, "403"),
        ("/loop", FetchFailed, "max_redirects"),
        ("/nowhere", FetchFailed, "redirect"),
        ("/file", FetchFailed, "http or https"),
        ("/declared", InputTooLarge, "max_bytes"),
        ("/large", InputTooLarge, "max_bytes"),
    ],
)
def test_answers_that_are_no_page(server, path, error, says):
    """Each refusal says why and what to do."""
    with pytest.raises(error, match=says):
        fetch(server + path, limits=SMALL, allow_private=True)


def test_this_machine_is_not_fetched_from(server):
    """Without leave, an address of this machine is refused before connecting."""
    with pytest.raises(FetchFailed, match="private network"):
        fetch(server + "/text")
    with pytest.raises(FetchFailed, match="private network"):
        sources.open_document(server + "/text")


def test_a_redirect_into_a_private_network_is_refused(server, monkeypatch):
    """Every hop is checked, not only the first."""
    from dragoman.sources import fetch as module

    asked: list[str] = []
    real = module._check
    monkeypatch.setattr(module, "_check_peer", lambda *_: None)

    def check(url: str, _: bool) -> None:
        asked.append(url)
        real(url, allow_private=len(asked) == 1)

    monkeypatch.setattr(module, "_check", check)

    with pytest.raises(FetchFailed, match=r"10\.0\.0\.1.*private network"):
        fetch(server + "/private")


def test_the_address_connected_to_is_checked_too(server, monkeypatch):
    """A name that leads elsewhere when looked up again is caught after connecting."""
    from dragoman.sources import fetch as module

    monkeypatch.setattr(module, "_check", lambda *_: None)

    with pytest.raises(FetchFailed, match="private network"):
        fetch(server + "/text")


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("ftp://example.org/x", "http or https"),
        ("http://", "http or https"),
        ("http://0x7f.1/", "private network"),
        ("http://2130706433/", "private network"),
        ("http://[::1]/", "private network"),
        ("http://[::ffff:127.0.0.1]/", "private network"),
        ("http://user:secret@127.0.0.1/", "private network"),
        ("http://no-such-host.invalid/", "not known"),
        ("http://[bad/", "could not be fetched"),
        ("http://x:99999999/", "could not be fetched"),
        ("http://" + "a" * 300 + "/", "not known"),
    ],
)
def test_addresses_that_are_refused(url, says):
    """What is no public address of the web is refused, and no message repeats a password."""
    with pytest.raises(FetchFailed, match=says) as raised:
        fetch(url)

    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:7f00:1::", False),
        ("64:ff9b::7f00:1", False),
        ("not an address", False),
    ],
)
def test_which_addresses_are_public(address, public):
    """Loopback, private, link-local, reserved and multicast are not, however they are wrapped."""
    assert is_public(address) is public


def test_an_address_becomes_a_document(server, monkeypatch):
    """A fetched page is read as a file is, and keeps its address."""
    from dragoman.sources import fetch as module

    monkeypatch.setattr(module, "_check", lambda *_: None)
    monkeypatch.setattr(module, "_check_peer", lambda *_: None)

    document = sources.open_document(server + "/text", published="2031-03-14")
    assert document.url == server + "/text"
    assert document.text.endswith("“Señor”")
    assert sources.open_document(server + "/page").text == TEXT


def test_a_dead_server_is_an_error_with_advice():
    """A refused connection is a FetchFailed."""
    with HTTPServer(("127.0.0.1", 0), Handler) as closed:
        port = closed.server_port
    with pytest.raises(DragomanError, match=r"could not be fetched.*give that file"):
        fetch(f"http://127.0.0.1:{port}/", allow_private=True)
