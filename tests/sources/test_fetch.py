"""Fetching: from a server on this machine, with every answer a server may give."""

import gzip
import socket
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from dragoman import sources
from dragoman.errors import DragomanError, FetchFailed, InputTooLarge
from dragoman.sources import fetch as module
from dragoman.sources.fetch import fetch, is_public
from dragoman.sources.limits import Limits
from tests.sources.loopback import Loopback, answer, dripping, in_turn, redirect, resetting

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


def _routed(status, headers, body):
    given = {name.replace("-", "_").lower(): value for name, value in headers.items()}
    return answer(body, status, kind=given.pop("content_type", ""), **given)


@pytest.fixture(scope="module")
def server():
    """Yield the address of a server on this machine."""
    with Loopback({path: _routed(*route) for path, route in ROUTES.items()}) as running:
        yield running.url


@pytest.mark.parametrize(("path", "final"), [("/text", "/text"), ("/moved", "/text")])
def test_text_is_fetched_over_redirects(server, path, final):
    """The page is what the last address answers, with the encoding it declares."""
    page = fetch(server + path, limits=SMALL, allow_private=True)

    assert (page.known.url, page.known.charset) == (server + final, "windows-1252")
    assert page.data is not None
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


@pytest.fixture
def public_loopback(monkeypatch):
    """Let 127.0.0.1 pass for a public address, so that the guard itself can be met by redirects."""
    real = module.is_public
    monkeypatch.setattr(module, "is_public", lambda address: address == "127.0.0.1" or real(address))


@pytest.mark.parametrize(
    ("to", "says"),
    [
        ("http://10.0.0.1/", r"10\.0\.0\.1.*private network"),
        ("http://127.0.0.2/", "private network"),
        ("http://169.254.169.254/latest/meta-data/", "private network"),
        ("http://100.64.1.1/", "private network"),
        ("http://[::1]/", "private network"),
        ("http://[::ffff:10.0.0.1]/", "private network"),
        ("http://[64:ff9b::a00:1]/", "private network"),
        ("http://0/", "private network"),
        ("http://0xa9fea9fe/", "private network"),
        ("//10.1.1.1/x", "private network"),
        ("file:///etc/hostname", "http or https"),
        ("gopher://example.org/", "http or https"),
        ("data:text/html,x", "could not be fetched"),
        ("http://user:secret@93.184.216.34/", "user name"),
        ("http://93.184.216.34:25/", "port 25"),
        ("http://[bad/", "not known"),
        ("", "leads nowhere"),
    ],
)
def test_where_a_redirect_may_not_lead(public_loopback, to, says):
    """Every hop is checked, not only the first, and nothing is sent to what is refused."""
    with Loopback({"/": redirect(to)}) as server, pytest.raises(FetchFailed, match=says) as raised:
        fetch(server.url + "/")

    assert "secret" not in str(raised.value)


def test_a_name_is_looked_up_once(server, monkeypatch):
    """The connection is made to the address that was checked, so a name that leads elsewhere later is no way in."""
    asked: list[str] = []
    port = int(server.rpartition(":")[2])

    def look_up(host, *_, **__):
        asked.append(host)
        address = "93.184.216.34" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    connected: list[str] = []

    def connect(address, *_, **__):
        connected.append(address[0])
        raise TimeoutError("far away")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", connect)

    with pytest.raises(FetchFailed, match="could not be fetched"):
        fetch(f"http://rebinding.example:{port}/text")

    assert (asked, connected) == (["rebinding.example"], ["93.184.216.34"])


def test_a_name_that_also_leads_to_a_private_network_is_refused(monkeypatch):
    """One bad address among the good ones is enough."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in ("93.184.216.34", "10.0.0.7")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)

    with pytest.raises(FetchFailed, match=r"10\.0\.0\.7"):
        fetch("http://both.example/")


def test_the_address_connected_to_is_checked_too(server, monkeypatch):
    """Should the look-up ever be passed by, the connection itself tells."""
    monkeypatch.setattr(module, "_looked_up", lambda *_: ["127.0.0.1"])

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
        ("http://user:secret@127.0.0.1/", "user name"),
        ("http://93.184.216.34:22/", "port 22"),
        ("http://93.184.216.34/" + "a" * 5_000, "http or https"),
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
    monkeypatch.setattr(module, "is_public", lambda _: True)

    document = sources.open_document(server + "/text", published="2031-03-14")
    assert document.url == server + "/text"
    assert document.text.endswith("“Señor”")
    assert sources.open_document(server + "/page").text == TEXT


def test_a_dead_server_is_an_error_with_advice():
    """A refused connection is a FetchFailed."""
    with Loopback({}) as closed:
        url = closed.url
    with pytest.raises(DragomanError, match=r"could not be fetched.*give that file"):
        fetch(url + "/", allow_private=True)


def got(behaviour, path="/", limits=SMALL, **marks):
    """Fetch what one behaviour answers."""
    with Loopback({path: behaviour}) as server:
        return fetch(server.url + path, limits=limits, allow_private=True, **marks)


def test_what_has_not_changed_is_not_sent_again():
    """The marks of a state are given out, and sent back; 304 is an answer to them alone."""
    fresh = in_turn(answer(b"<p>x</p>", etag='"a1"', last_modified="Tue, 03 Mar 2026 10:00:00 GMT"))
    with Loopback({"/": fresh, "/moved": redirect("/"), "/odd": answer(status=304)}) as server:
        page = fetch(server.url + "/", allow_private=True)
        again = fetch(server.url + "/moved", allow_private=True, etag=page.etag, modified=page.modified)
        with pytest.raises(FetchFailed, match="304"):
            fetch(server.url + "/odd", allow_private=True)

    assert (page.data, page.etag, page.modified) == (b"<p>x</p>", '"a1"', "Tue, 03 Mar 2026 10:00:00 GMT")
    assert (again.data, again.etag, again.known.url) == (None, '"a1"', server.url + "/")
    assert server.log[-2].headers["if-modified-since"] == page.modified
    assert "if-none-match" not in server.log[0].headers


@pytest.mark.parametrize("etag", ["x" * 600, '"ä"', ""])
def test_a_mark_that_cannot_be_sent_back_is_none(etag):
    """Nothing a server once said makes a later request fail."""
    assert got(answer(b"x", etag=etag)).etag is None


@pytest.mark.parametrize(
    ("status", "said", "least", "most"),
    [
        (429, "120", 120, 120),
        (503, "0", 0, 0),
        (503, "9" * 40, 86_400, 86_400),
        (429, format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True), 3_000, 3_600),
        (429, format_datetime(datetime.now(UTC) - timedelta(hours=1), usegmt=True), 0, 0),
        (429, "Fri, 31 Dec 9999 23:59:59 GMT", 86_400, 86_400),
        (500, None, None, None),
        (503, "soon", None, None),
        (429, "-5", None, None),
    ],
)
def test_what_a_failure_says(status, said, least, most):
    """The status and the wait that the server asks for, in either form, go with the error."""
    with pytest.raises(FetchFailed, match=str(status)) as raised:
        got(answer(status=status, **({} if said is None else {"retry_after": said})))

    wait = raised.value.retry_after
    assert raised.value.status == status
    assert wait is None if least is None else least <= wait <= most


@pytest.mark.parametrize(
    ("path", "kind", "name", "html"),
    [
        ("/a", "text/html; charset=utf-8", "/a", True),
        ("/a", "application/xhtml+xml", "/a", True),
        ("/a", "text/plain", "/a", False),
        ("/a.csv", "text/plain", "/a.csv", False),
        ("/a", "application/rss+xml", "/a", None),
        ("/a", "text/xml", "/a", None),
        ("/a", "application/pdf", "/a", None),
        ("/a", "application/octet-stream", "/a", None),
        ("/a", "application/zip", "/a", None),
        ("/a", "", "/a", None),
        ("/export", "text/csv", "/export as .csv", None),
        ("/api/all", "application/json", "/api/all as .json", None),
        ("/a.csv", "text/csv", "/a.csv", None),
        ("/a.json", "text/html", "/a.json as .html", True),
    ],
)
def test_every_kind_that_is_read_is_fetched(path, kind, name, html):
    """A type that the bytes do not show goes into the name; a page at the address of a table is a page."""
    page = got(answer(b"x", kind=kind), path)

    assert page.name.endswith(name)
    assert page.known.html is html


PACKED = gzip.compress(TEXT.encode())


@pytest.mark.parametrize(
    ("behaviour", "error", "says"),
    [
        (answer(PACKED[:40], content_encoding="gzip"), FetchFailed, "broke off"),
        (answer(b"not gzip", content_encoding="gzip"), FetchFailed, "is not"),
        (answer(b"x", content_encoding="br"), FetchFailed, r"not asked for \(br\)"),
        (answer(gzip.compress(b"\0" * 50_000_000), content_encoding="gzip"), InputTooLarge, "max_bytes"),
        (answer(b"x", x_long="y" * 200_000), FetchFailed, "could not be fetched"),
        (resetting(), FetchFailed, "could not be fetched"),
        (resetting(b"half of it"), FetchFailed, "could not be fetched"),
        (lambda asked: asked.raw(b"nonsense\r\n\r\n"), FetchFailed, "could not be fetched"),
        (lambda asked: asked.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nx"), FetchFailed, "could not be"),
        (lambda asked: None, FetchFailed, "could not be fetched"),
    ],
)
def test_broken_answers(behaviour, error, says):
    """What is damaged, too large or packed in an unknown way is said, and nothing of it is taken."""
    with pytest.raises(error, match=says):
        got(behaviour)


@pytest.mark.parametrize("body", [PACKED, PACKED + gzip.compress(b" Again.")])
def test_what_is_packed_unasked_is_unpacked(body):
    """Within the limit, gzip is understood though it was not asked for."""
    page = got(answer(body, content_encoding="gzip"))

    assert page.data is not None
    assert page.data.startswith(TEXT.encode())


def _slow_head(asked):
    asked.raw(b"HTTP/1.1 200 OK\r\n")
    for number in range(100):
        asked.raw(f"X-{number}: y\r\n".encode())
        time.sleep(0.1)


@pytest.mark.parametrize(
    "behaviour", [dripping(b"x" * 200, 0.1), _slow_head, lambda asked: time.sleep(4), in_turn(redirect("/"))]
)
def test_nothing_takes_longer_than_it_may(behaviour):
    """Slow drops of body and of head, and silence, end at the deadline; a redirect to itself at its limit."""
    begun = time.monotonic()
    with pytest.raises(FetchFailed, match=r"fetch_seconds|max_redirects"):
        got(behaviour, limits=Limits(fetch_seconds=0.6))

    assert time.monotonic() - begun < 3


def test_no_cookie_and_no_password_is_ever_sent():
    """Cookies set on the way are not sent along."""
    with Loopback({"/": answer(status=302, location="/b", set_cookie="a=1"), "/b": answer(b"x")}) as server:
        fetch(server.url + "/", allow_private=True)

    assert not {"cookie", "authorization", "referer"} & set(server.log[1].headers)
    assert server.log[1].headers["user-agent"] == "dragoman"
