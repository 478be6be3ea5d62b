"""`dragoman serve`: refuses in words what is not safe or not possible, serves, and ends quietly."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest

PASSWORD = "correct horse battery"


def command(*words: str) -> list[str]:
    """Return the command line."""
    return [sys.executable, "-m", "dragoman", "serve", *words]


def refused(*words: str) -> str:
    """Return the one line that a refusal is told in; it ends with code 2."""
    done = subprocess.run(command(*words), capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1, done.stderr
    return done.stderr


def secret(folder: Path, content: bytes, mode: int = 0o600) -> str:
    """Return the path of a password file."""
    path = folder / "password"
    path.write_bytes(content)
    path.chmod(mode)
    return str(path)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org"])
def test_elsewhere_needs_a_password(demo, host):
    """Nothing is shown to others by mistake; the message says what to give."""
    assert "--password-file" in refused("--ledger", str(demo), "--host", host)


@pytest.mark.parametrize(
    ("content", "mode", "words"),
    [
        (b"", 0o600, "12 characters"),
        (b"\nsecond line is long enough\n", 0o600, "12 characters"),
        (b"short\n", 0o600, "12 characters"),
        (PASSWORD.encode(), 0o644, "chmod 600"),
        (b"\xff\xfe" * 20, 0o600, "UTF-8"),
        (None, 0, "No such file"),
    ],
)
def test_a_bad_password_file_is_refused(demo, tmp_path, content, mode, words):
    """Empty, short, open to others, not text, not there."""
    path = secret(tmp_path, content, mode) if content is not None else str(tmp_path / "nothing")

    assert words in refused("--ledger", str(demo), "--password-file", path)


def test_a_ledger_that_is_not_there_is_refused(tmp_path):
    """No empty ledger is made to be shown."""
    assert "nothing.ledger" in refused("--ledger", str(tmp_path / "nothing.ledger"))
    assert list(tmp_path.iterdir()) == []


def test_a_port_that_is_taken_is_refused(demo):
    """The message names the port and the option."""
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = str(taken.getsockname()[1])
        told = refused("--ledger", str(demo), "--port", port)

    assert port in told and "--port" in told


def test_an_address_that_is_not_ours_is_refused(demo, tmp_path):
    """An address of another machine cannot be listened on."""
    path = secret(tmp_path, PASSWORD.encode())

    assert "--host" in refused("--ledger", str(demo), "--host", "192.0.2.1", "--password-file", path)


@contextmanager
def running(*words: str):
    """Run the command; yield the process and the address that it tells."""
    process = subprocess.Popen(
        command(*words), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ
    )
    try:
        assert process.stderr is not None
        told = process.stderr.readline()
        address = re.search(r"http://\S+:[1-9]\d*/", told)
        assert address, told
        yield process, address[0]
    finally:
        process.kill()
        process.wait(10)
        for pipe in (process.stdout, process.stderr):
            if pipe is not None:
                pipe.close()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 0), (signal.SIGTERM, -signal.SIGTERM)])
def test_it_serves_and_ends_quietly(demo, number, code):
    """The address that it tells answers; Ctrl-C is its proper end, and nothing more is said."""
    with running("--ledger", str(demo), "--port", "0") as (process, address):
        assert httpx.get(f"{address}healthz").json() == {"status": "ok"}
        assert httpx.get(f"{address}about", headers={"Host": "evil.example"}).status_code == 421
        assert "server" not in httpx.get(address).headers
        process.send_signal(number)
        assert process.wait(15) == code
        assert process.stderr.read() == "" and process.stdout.read() == ""


def test_with_a_password_it_serves_others(demo, tmp_path):
    """Every address of the machine, any name, but the password."""
    path = secret(tmp_path, f"{PASSWORD}\nwhat follows does not count\n".encode())
    with running("--ledger", str(demo), "--port", "0", "--host", "0.0.0.0", "--password-file", path) as (_, address):
        here = address.replace("0.0.0.0", "127.0.0.1")
        assert httpx.get(f"{here}about").status_code == 401
        assert httpx.get(f"{here}about", auth=("me", PASSWORD)).status_code == 200
