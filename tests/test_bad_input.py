"""Bad input through the real command: one line that says what to do, the right exit code, bounded time and memory."""

from __future__ import annotations

import os
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from dragoman.domain import Reading
from dragoman.samples import index, text
from dragoman.sources import LIMITS, from_text

SOURCES = Path(__file__).parents[1] / "src"
COMMAND = [sys.executable, "-m", "dragoman"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(SOURCES), "PYTHONWARNINGS": "ignore"}
#: Seconds and bytes of address space that any of these may take; the machine may be busy.
PATIENCE, MEMORY = 60, 3_000_000_000
TALK = "Norway and Oman agreed in Muscat on Monday to hold talks about fish, and they said that these would last. "
SHORT = f"Oslo and Muscat talk fish\n\n{TALK}\n"
PARAGRAPH = f"<p>{TALK}</p>"


def dragoman(*arguments: str, given: bytes | None = None, **options) -> subprocess.CompletedProcess[bytes]:
    """Run the command as a user would, with bounds on time and memory."""

    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    given = b"" if given is None and "stdin" not in options else given
    return subprocess.run(
        [*COMMAND, *arguments],
        input=given,
        capture_output=True,
        env=ENVIRONMENT,
        timeout=PATIENCE,
        preexec_fn=bound,
        **options,
    )


def assert_refused(done: subprocess.CompletedProcess[bytes], code: int, says: str) -> None:
    """The command ended with this code and one line on standard error in which the pattern is found."""
    error = done.stderr.decode()
    assert "Traceback" not in error
    assert (done.returncode, done.stdout, error.count("\n")) == (code, b"", 1), error
    assert error.startswith("dragoman: ")
    assert error.endswith("\n")
    assert len(error) < 700
    assert re.search(says, error), error


FILES: list[tuple[str, Callable[[], bytes], str]] = [
    ("empty", lambda: b"", "is empty. Give a text"),
    ("blank", lambda: b" \n\t\n", "is empty. Give a text"),
    ("random bytes", lambda: bytes(range(256)) * 20, "as a binary file does. Give plain text"),
    ("NUL inside a text", lambda: SHORT.encode().replace(b"fish", b"f\0sh"), "NUL bytes .* Give plain text"),
    ("50 MB", lambda: TALK.encode() * 476_191, r"50,\d+,\d+ bytes; at most 20,000,000 .*max_bytes\). Cut it"),
    ("a line of 5 MB", lambda: TALK.encode() * 47_620, r"over 200,000 characters; .*max_characters\). Cut it"),
    ("a little too long", lambda: TALK.encode() * 2_000, r"\d+ characters; at most 200,000 .*max_characters\). Cut it"),
    ("broken UTF-16", lambda: SHORT.encode("utf-16")[:-1], "UTF-16-LE text but is not. Save it as UTF-8"),
    ("EBCDIC", lambda: (TALK * 5).encode("cp037"), "encoding .* cannot be told. Save it as UTF-8"),
    ("PDF", lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "is damaged .* Fetch it anew"),
    ("zip", lambda: b"PK\x03\x04\x14\0\0\0", r"zip archive\. Give it to a ledger"),
    ("JPEG", lambda: b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG image, not text. Give the text it shows"),
    ("German", lambda: b"Der Minister sagte, dass die Reise nach Wien und die Rede im Rat auf Montag und nicht auf "
     b"Dienstag fallen und dass er mit der Regierung im Gespr\xc3\xa4ch ist.", "German. Only English is read: give an"),
    ("Chinese in GB 18030", lambda: ("双方星期一在会谈中讨论了渔业问题。" * 9).encode("gb18030"), "Only English"),
    ("only quotation marks and letters", lambda: b'"xq" ' * 9_000, "not running English.* give an English"),
    ("a page without an article", lambda: b"<html><body><nav><a href='/'>Home</a>", "no article .* Copy the text"),
    ("a feed", lambda: b"<?xml version='1.0'?><rss><channel/></rss>", "is a feed, not an article. Give it to a ledger"),
    ("a page of 3 MB", lambda: b"<html><body>" + PARAGRAPH.encode() * 30_000, r"max_page_bytes\). Copy the text"),
    ("a page of 100,000 levels", lambda: b"<html>" + b"<div>" * 100_000 + PARAGRAPH.encode() * 13_000,
     r"elements; at most 30,000 are read \(max_page_elements\). Copy the text"),
    ("a page of 20,000 levels", lambda: b"<html>" + b"<div>" * 20_000 + b"text" + b"</div>" * 20_000,
     "no article .* Copy the text"),
    ("a page of 20,000 cells", lambda: b"<html><table>" + b"<tr><td>" * 10_000, "no article .* Copy the text"),
    ("a page of angle brackets", lambda: b"<html><body>" + b"<" * 1_900_000, r"max_characters\). Cut it"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "says"), [pytest.param(make, says, id=name) for name, make, says in FILES])
def test_files_that_cannot_be_read(tmp_path, data, says):
    """Each ends with code 1 and a line that says why and what to do."""
    path = tmp_path / "report.txt"
    path.write_bytes(data())

    assert_refused(dragoman("read", str(path)), 1, says)


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("no-such-file.txt", "There is no file no-such-file.txt. Check the path"),
        (".", "is a folder. Name a file in it"),
        ("x" * 5_000, "cannot be read: File name too long. Check the path"),
        ("\x1b[31mred\x1b[0m\u202e", r"no file \\x1b\[31mred\\x1b\[0m\\u202e"),
        ("pipe", r"is a pipe or a device, not a file. Name a file, or .* dragoman read -"),
        ("/dev/zero", r"is a pipe or a device, not a file. Name a file"),
        ("http://127.0.0.1:9/", r"port 9, which is not of the web\. Give an ordinary address"),
        ("http://127.0.0.1/", "on this machine or a private network, and is not fetched. Open the page"),
        ("http://[::1", "could not be fetched.* Check the address"),
        ("ftp://nobody.example/x", "not an http or https address. Give one"),
        ("file:///etc/hostname", "not an http or https address. Give one"),
        ("http://nobody.invalid/", "is not known. Check the address"),
    ],
)
def test_sources_that_lead_nowhere(tmp_path, source, says):
    """A missing file, a folder, a pipe that nobody writes to, an endless device, addresses that cannot be fetched."""
    os.mkfifo(tmp_path / "pipe")

    assert_refused(dragoman("read", source, cwd=tmp_path), 1, says)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path):
    """The message says that permissions are the matter."""
    path = tmp_path / "secret.txt"
    path.write_text(SHORT)
    path.chmod(0)

    assert_refused(dragoman("read", str(path)), 1, "may not be read. Check its permissions")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("report.txt", "--published", "2026-02-30"), "February 2026 has 28 days. Write dates as YYYY-MM-DD"),
        (("report.txt", "--published", "2026-13-01"), "months run from 01 to 12. Write dates as"),
        (("report.txt", "--published", "0000-01-01"), "years run from 0001 to 9999. Write dates as"),
        (("report.txt", "--published", "yesterday"), 'Cannot read "yesterday" as a date. Write it as YYYY-MM-DD'),
        (("report.txt", "--published", ""), 'Cannot read "" as a date. Write it as YYYY-MM-DD'),
        (("report.txt", "--published", "\x1b[2J" * 999), r'Cannot read "\\x1b\[2J.*Write it as YYYY-MM-DD'),
        (("report.txt", "--published"), "requires an argument. See: dragoman"),
        (("report.txt", "--format", "xml"), "'xml' is not one of 'text', 'json', 'html'. See: dragoman read --help"),
        (("report.txt", "--frobnicate"), "No such option: --frobnicate.* See: dragoman read --help"),
        (("report.txt", "report.txt"), "unexpected extra argument.* See: dragoman read --help"),
        (("",), "name of the file is empty. Give a file"),
        (("report.txt", "--output", "no/such/folder"), "no folder no/such. Make it, or choose another"),
        (("report.txt", "--output", "."), "it is a folder. Name a file in it"),
        (("report.txt", "--output", "x" * 5_000), "cannot write .*File name too long. Choose another place"),
    ],
)
def test_misuse(tmp_path, arguments, says):
    """Impossible dates, options and outputs end with code 2, before anything is read, and a line that helps."""
    (tmp_path / "report.txt").write_text(SHORT)
    began = time.monotonic()

    assert_refused(dragoman("read", *arguments, cwd=tmp_path), 2, says)
    assert time.monotonic() - began < 10


def test_an_unknown_command_is_misuse():
    """A slip in the command's name is answered with the right one."""
    assert_refused(dragoman("raed", "report.txt"), 2, "Did you mean 'read'.* See: dragoman --help")


@pytest.mark.parametrize(
    ("redirections", "code", "says"),
    [
        ("read - <&-", 1, "Standard input is closed. Name a file"),
        ("read <&-", 2, "nothing to read. Give a file"),
        ("read - 0>scratch", 1, "Standard input cannot be read.* Name a file"),
        ("read - </dev/zero", 1, r"over 20,000,000 bytes; .*max_bytes\). Cut it"),
        ("read report.txt >&-", 2, "standard output is closed. Name a file .* --output"),
        ("samples >&-", 2, "standard output is closed"),
        ("samples >/dev/full", 2, "cannot write the output: No space left on device. Choose another place"),
    ],
)
def test_streams_that_are_closed_full_or_endless(tmp_path, redirections, code, says):
    """Standard input and output may be closed, the wrong way round, without end or without room."""
    if "/dev/full" in redirections and not Path("/dev/full").exists():
        pytest.skip("no /dev/full on this system")
    (tmp_path / "report.txt").write_text(SHORT)
    line = f'"{sys.executable}" -m dragoman {redirections}'
    done = subprocess.run(["bash", "-c", line], capture_output=True, env=ENVIRONMENT, timeout=PATIENCE, cwd=tmp_path)

    assert_refused(done, code, says)


def test_standard_input_of_50_megabytes():
    """No more than the limit is taken, and the message names it."""
    done = dragoman("read", "-", given=TALK.encode() * 476_191)

    assert_refused(done, 1, r"Standard input has over 20,000,000 bytes; .*max_bytes\). Cut it")


@pytest.mark.parametrize("moment", [0.5, 1.5])
def test_interruption_by_the_keyboard(tmp_path, moment):
    """Ctrl-C while loading or waiting ends with 130 at once and without a word."""
    started = subprocess.Popen(
        [*COMMAND, "read", "-"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT,
    )  # fmt: skip
    time.sleep(moment)
    started.send_signal(signal.SIGINT)

    assert (started.wait(timeout=10), started.communicate()) == (130, (b"", b""))


def test_a_reader_that_goes_away(tmp_path):
    """`| head -1` gets its line, and nobody complains."""
    (tmp_path / "report.txt").write_text(SHORT * 20)
    line = f'"{sys.executable}" -m dragoman read report.txt --format json | head -n 1'
    done = subprocess.run(["bash", "-c", line], capture_output=True, env=ENVIRONMENT, timeout=PATIENCE, cwd=tmp_path)

    assert (done.stdout, done.stderr) == (b"{\n", b"")


def test_a_pipe_that_the_shell_made_is_read():
    """`<(command)` names a pipe that is open already: that one is no danger."""
    line = f'"{sys.executable}" -m dragoman read <(echo "{TALK}") --format json'
    done = subprocess.run(["bash", "-c", line], capture_output=True, env=ENVIRONMENT, timeout=PATIENCE)

    assert (done.returncode, done.stderr) == (0, b"")
    assert b"talks about fish" in done.stdout


@pytest.mark.parametrize("format", ["text", "html"])
def test_control_characters_never_reach_the_terminal(tmp_path, format):
    """Escapes and direction marks in the text, the title and the publisher are spelt out."""
    hostile = "\x1b[2J\x1b]0;owned\x07\u202e\u2066\x9b31m"
    path = tmp_path / "report.txt"
    path.write_text(f'{hostile} Oslo\n\n{TALK}"We {hostile} will meet in Muscat," the minister of Oman said.\n' + TALK)
    done = dragoman("read", str(path), "--format", format, "--title", hostile, "--publisher", hostile)
    shown = done.stdout.decode()

    assert (done.returncode, done.stderr) == (0, b"")
    assert "fish" in shown
    assert not [mark for mark in "\x1b\x07\u202e\u2066\x9b" if mark in shown]


# What follows reads within this process, where the parser is loaded once.


@pytest.fixture(scope="module")
def read(nlp) -> Callable[..., Reading]:
    """A function that reads a text in a bounded time."""
    from dragoman.reading import read as read_document

    def bounded(given: str, published: str | None = None) -> Reading:
        def stop(*_) -> None:
            pytest.fail(f"not read within {PATIENCE} seconds")

        before = signal.signal(signal.SIGALRM, stop)
        signal.alarm(PATIENCE)
        try:
            return read_document(from_text(given, published=published))
        finally:
            signal.alarm(0)
            signal.signal(signal.SIGALRM, before)

    return bounded


@pytest.mark.parametrize("published", ["0001-01-01", "0001-01-03", "9999-12-30", "9999-12-31"])
def test_relative_dates_at_the_ends_of_the_calendar(read, published):
    """Windows that would lie outside the calendar raise nothing."""
    phrases = (
        "on Sunday", "on Monday", "yesterday", "tomorrow", "last week", "next week", "last month", "next month",
        "last year", "next year", "in recent weeks", "in the coming weeks", "in recent months", "in the coming months",
        "three years ago", "in the next ten years", "two decades ago", "last night", "earlier this month",
        "by the end of next year", "over the past century", "in 90 days", "the week after", "last summer",
        "on 30 December",
    )  # fmt: skip
    met = "".join(f"Norway met Oman {phrase}. Oman will visit Norway {phrase}. " for phrase in phrases)
    found = read(f"{met}They said that they would talk to each other and to the others in the region.", published)

    assert found.events
    assert found.document.published == date.fromisoformat(published)


@pytest.mark.parametrize(
    ("filling", "warned"),
    [
        ("()[]{}" * 16_000, "max_word"),
        ('"' * 100_000, "max_word"),
        ("“”‘’«»" * 16_000, "max_word"),
        ("😀👩\u200d👧" * 25_000, "max_word"),
        ("\u202e\u2066\u2069\u200f" * 25_000, "max_word"),
        ("\u200b\u200d\u2060\ufeff" * 25_000, ""),
        ("e" + "\u0301" * 100_000, "max_word"),
        (" " * 100_000 + ".", ""),
        ("“ ” " * 3_000, "max_paragraph"),
        ("and the envoy of Chile told the minister of Peru that " * 300, "max_paragraph"),
    ],
    ids=[
        "brackets",
        "quotes",
        "curly",
        "emoji",
        "direction",
        "no width",
        "accents",
        "blanks",
        "spaced",
        "no full stop",
    ],
)
def test_fillings_are_left_out_or_cut_with_a_warning(read, filling, warned):
    """Whatever stands between two sentences, both are read, in bounded time."""
    found = read(f"{TALK * 4}\n\n{filling}\n\nIran met Iraq in Basra on Monday, and they said that it was good.\n")

    assert {"NOR", "OMN", "IRN", "IRQ"} <= {actor.id for actor in found.actors}
    assert (warned in " ".join(found.warnings)) if warned else not any("max_" in each for each in found.warnings)


def test_a_title_line_of_10000_characters(read):
    """A first line of any length neither raises nor becomes the title."""
    found = read(f"{'Norway and Oman talk about the fish that they have ' * 200}\n\n{TALK}")

    assert found.document.title is None
    assert found.events


def test_a_text_all_in_quotation_marks(read):
    """Nobody is named as speaker, and nothing is raised."""
    found = read("\n\n".join(f"“{TALK.strip()}”" for _ in range(5)))

    assert found.document.paragraphs


def test_long_texts_take_time_in_proportion(read):
    """Four times the text takes about four times as long: under 150,000 characters take well under a minute."""
    every = "\n\n".join(text(sample.slug) for sample in index())
    seconds = []
    for length in (6_000, 24_000):
        began = time.process_time()
        found = read(every[:length], "2019-01-05")
        seconds.append(time.process_time() - began)
        assert found.events

    assert seconds[1] < 4 * 2.5 * seconds[0]
    assert len(every) > 24_000


def test_limits_are_those_the_messages_name():
    """What these tests expect of messages are the defaults."""
    assert (LIMITS.max_bytes, LIMITS.max_characters, LIMITS.max_page_elements) == (20_000_000, 200_000, 30_000)
