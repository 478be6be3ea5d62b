"""`dragoman serve`: the web application on this machine.

In:     a ledger; where to listen; whether it may be changed; a password where others can reach it.
Out:    pages, until Ctrl-C, which is how it should end: with code 0.
"""

from __future__ import annotations

import socket
import stat
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.asking import DEFAULT_LEDGER, LedgerFile, opened
from dragoman.cli.edges import edge
from dragoman.errors import UsageError

#: Characters that a password needs where others can reach the application (NIST SP 800-63B has 15 without a second
#: factor; 12 is a guess between that and what people bear).
PASSWORD = 12


def serve(
    ledger: LedgerFile = DEFAULT_LEDGER,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="The port; 0 takes a free one.")] = 8420,
    host: Annotated[
        str, typer.Option("--host", metavar="NAME", help="The address to listen on; elsewhere than on this machine it "
                          "needs --password-file.")
    ] = "127.0.0.1",
    edit: Annotated[bool, typer.Option("--edit", help="Let entries be judged and corrected.")] = False,
    password_file: Annotated[
        Path | None, typer.Option("--password-file", metavar="FILE", help="A file with the password to ask for.")
    ] = None,
) -> None:  # fmt: skip
    """Show the ledger in a browser.

    Example: dragoman serve --ledger asia.ledger

    Example: dragoman serve --host 0.0.0.0 --password-file secret.txt --edit
    """
    with edge():
        password = _password(password_file) if password_file else None
        if not _is_here(host) and password is None:
            raise UsageError(
                f"on {host} everybody who reaches this machine could read the ledger. Give --password-file FILE with "
                f"a password of {PASSWORD} characters or more, or leave --host out."
            )
        with opened(ledger):
            pass
        import uvicorn

        from dragoman.web import Settings, application
        from dragoman.web.settings import LOOPBACK

        hosts = LOOPBACK if _is_here(host) else ()
        app = application(Settings(ledger, edit=edit, password=password, hosts=hosts))
        listening = _listening(host, port)
        where = f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}/"
        typer.echo(
            f"{ledger} is shown at {where}{' and can be changed there' if edit else ''}. Ctrl-C ends it.", err=True
        )
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False, proxy_headers=False))
        with suppress(KeyboardInterrupt):
            server.run([listening])


def _listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens there; UsageError where that cannot be."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        made = socket.socket(family, kind, protocol)  # with the protocol named, asyncio sends small answers at once
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        made.listen()
        return made
    except (OSError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or error
        raise UsageError(
            f"cannot listen on {host}, port {port}: {why}. Choose another port with --port (0 takes a free one), or "
            "another address with --host."
        ) from None


def _is_here(host: str) -> bool:
    return host in ("127.0.0.1", "localhost", "::1")


def _password(path: Path) -> str:
    """Return the password that a file holds on its first line."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        mode = path.stat().st_mode
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not text in UTF-8"
        raise UsageError(f"cannot read the password file {path}: {why}. Give another with --password-file.") from None
    if not lines or len(lines[0]) < PASSWORD:
        raise UsageError(f"the first line of {path} must be a password of {PASSWORD} characters or more.")
    if mode & (stat.S_IRGRP | stat.S_IROTH):
        raise UsageError(f"others on this machine can read {path}. Close it to them: chmod 600 {path}")
    return lines[0]
