"""What guards the application: who may ask, how much may be sent, and what a browser may do with the answer.

In:     each request before it reaches a screen.
Out:    the request, or a refusal; every answer with headers that forbid scripts, frames and loads from elsewhere.
Sources: the names of hosts are checked against DNS rebinding; headers follow OWASP's Secure Headers project.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dragoman.web.settings import Settings

#: Bytes of a request's body, characters of its address (guesses: a correction is some hundred bytes).
BODY, ADDRESS = 100_000, 4_000
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; "
        "connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Guard:
    """Middleware around the whole application."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app, self._settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse or pass on a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, guarded)
            return
        body = await _body(receive) if scope["method"] not in ("GET", "HEAD") else None
        if body is not None and len(body) > BODY:
            await PlainTextResponse(f"More than {BODY:,} bytes were sent.", 413)(scope, receive, guarded)
            return
        asked = {**scope, "query_string": _filled(scope["query_string"])}
        await self._app(asked, receive if body is None else _again(body, receive), guarded)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if self._settings.hosts and _name(headers.get("host", "")) not in self._settings.hosts:
            return PlainTextResponse("This name is not one under which the ledger is shown (see --host).", 421)
        if len(scope["path"]) + len(scope["query_string"]) > ADDRESS:
            return PlainTextResponse("The address is too long.", 414)
        if scope["path"] != "/healthz" and not self._known(headers.get("authorization", "")):
            challenge = {"WWW-Authenticate": 'Basic realm="Dragoman", charset="UTF-8"'}
            return PlainTextResponse("Give the password; any user name will do.", 401, challenge)
        return None

    def _known(self, given: str) -> bool:
        """Whether a request brings the password, where one is needed."""
        if self._settings.password is None:
            return True
        try:
            kind, _, coded = given.partition(" ")
            _, _, password = base64.b64decode(coded, validate=True).partition(b":")
        except (binascii.Error, ValueError):
            return False
        return kind.lower() == "basic" and hmac.compare_digest(password, self._settings.password.encode())


def token(secret: bytes, purpose: str) -> str:
    """Return the token that a form of this application carries; a page of another site cannot read it."""
    return hmac.new(secret, purpose.encode(), hashlib.sha256).hexdigest()


def is_ours(request: Request, given: str) -> bool:
    """Whether a form came from a page of this application: its token, and what the browser says of its origin."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    return hmac.compare_digest(given.encode(), token(request.app.state.secret, "form").encode())


def _name(host: str) -> str:
    """Return the host of a Host header without its port."""
    bare, colon, port = host.rpartition(":")
    return (bare if colon and port.isdigit() and (bare.endswith("]") or ":" not in bare) else host).lower()


def _filled(query: bytes) -> bytes:
    """Return a query without the fields that were left empty in a form: nothing is asked by them."""
    return b"&".join(part for part in query.split(b"&") if part.partition(b"=")[2])


async def _body(receive: Receive) -> bytes:
    """Return what was sent, up to a little more than may be."""
    found = b""
    while len(found) <= BODY:
        message = await receive()
        if message["type"] != "http.request":
            break
        found += message.get("body", b"")
        if not message.get("more_body"):
            break
    return found


def _again(body: bytes, receive: Receive) -> Receive:
    """Return a receiver that gives the body that was read, then what comes."""
    given: list[dict[str, Any]] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return given.pop() if given else await receive()

    return replay
