"""A web server on this machine that behaves as a table says: slow, broken off, any status, any headers.

    with Loopback({"/feed": answer(b"<rss/>", etag='"1"'), "/slow": dripping(b"x" * 100, 0.1)}) as server:
        fetch(server.url + "/feed", allow_private=True)
        assert server.paths == ["/feed"]

A behaviour is a function of one `Asked`, which it answers by its methods; `answer`, `dripping` and the others below
make the usual ones. The table may be changed while the server runs; a path that is not in it is answered 404.
"""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Asked:
    """One request, and the means to answer it; `number` counts those for this path from 1."""

    path: str
    query: str
    headers: dict[str, str]  # names in small letters
    number: int
    at: float
    connection: socket.socket = field(repr=False)

    def send(self, status: int, headers: Mapping[str, str], body: bytes = b"", *, length: bool = True) -> None:
        """Send a whole answer, with its length unless told otherwise."""
        given = dict(headers)
        if length and status != 304 and not {"Content-Length", "Transfer-Encoding"} & set(given):
            given["Content-Length"] = str(len(body))
        lines = [f"HTTP/1.1 {status} Whatever", *(f"{name}: {value}" for name, value in given.items())]
        self.raw("\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1") + body)

    def raw(self, data: bytes) -> None:
        """Send bytes as they are."""
        self.connection.sendall(data)

    def reset(self) -> None:
        """Break the connection off, so that the other side sees a reset."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()


Behaviour = Callable[[Asked], None]


def answer(
    body: bytes = b"", status: int = 200, kind: str = "text/html", etag: str | None = None, **headers: str
) -> Behaviour:
    """Answer always the same; with an `etag`, 304 to a request that names it. `retry_after="3"` sends `Retry-After`."""

    def behave(asked: Asked) -> None:
        given = {"Content-Type": kind} | {name.replace("_", "-").title(): value for name, value in headers.items()}
        if etag is not None:
            given["ETag"] = etag
        if etag is not None and asked.headers.get("if-none-match") == etag:
            asked.send(304, given)
        else:
            asked.send(status, given, body)

    return behave


def redirect(to: str, status: int = 302) -> Behaviour:
    """Lead to another address."""
    return answer(status=status, location=to)


def dripping(body: bytes, seconds: float, piece: int = 1, kind: str = "text/html") -> Behaviour:
    """Send the body in small pieces with a pause after each."""

    def behave(asked: Asked) -> None:
        asked.raw(f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode())
        for start in range(0, len(body), piece):
            asked.raw(body[start : start + piece])
            time.sleep(seconds)

    return behave


def resetting(body: bytes = b"", length: int = 1_000) -> Behaviour:
    """Promise `length` bytes, send `body`, and break off."""

    def behave(asked: Asked) -> None:
        if body:
            asked.raw(f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {length}\r\n\r\n".encode() + body)
            time.sleep(0.05)
        asked.reset()

    return behave


def in_turn(*behaviours: Behaviour) -> Behaviour:
    """Behave in one way after the other; the last one for good."""

    def behave(asked: Asked) -> None:
        behaviours[min(asked.number, len(behaviours)) - 1](asked)

    return behave


class Loopback:
    """The server: `url` is its address without a path, `log` what it was asked."""

    def __init__(self, table: dict[str, Behaviour]) -> None:
        self.table = table
        self.log: list[Asked] = []
        self._lock = threading.Lock()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            timeout = 10

            def do_GET(self) -> None:
                path, _, query = self.path.partition("?")
                headers = {name.lower(): value for name, value in self.headers.items()}
                with outer._lock:
                    number = 1 + sum(one.path == path for one in outer.log)
                    asked = Asked(path, query, headers, number, time.monotonic(), self.connection)
                    outer.log.append(asked)
                self.close_connection = True
                with suppress(OSError):  # the other side had enough, or was to be cut off
                    outer.table.get(path, answer(b"nothing here", 404))(asked)

            def finish(self) -> None:
                with suppress(OSError, ValueError):
                    super().finish()

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        class Server(ThreadingHTTPServer):
            daemon_threads, block_on_close = True, False

            def shutdown_request(self, request: object) -> None:
                with suppress(OSError):
                    super().shutdown_request(request)  # type: ignore[arg-type]

        self._server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    @property
    def paths(self) -> list[str]:
        """The paths that were asked for, in order."""
        with self._lock:
            return [one.path for one in self.log]

    def __enter__(self) -> Loopback:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
