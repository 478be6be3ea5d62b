"""The command line: formats, exit codes, messages, and good manners in pipes."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from dragoman.cli import app
from dragoman.domain import Because, Document, Person, Reading, Span, Statement
from dragoman.errors import FetchFailed, NotText, UsageError

TEXT = "The envoy of Chile said the straits stay open – “for all”.\n"
SOURCES = Path(__file__).parents[1] / "src"


def read_by_hand(document):
    """Return a reading with one statement."""
    quote = "the straits stay open"
    start = document.text.index(quote)
    return Reading(
        document=document,
        statements=(
            Statement(
                speaker=Person("envoy", None, "CHL"),
                kind="indirect",
                evidence=(Span(start, start + len(quote), quote),),
                because=Because("said", 0.9),
            ),
        ),
        warnings=("One date could not be told.",),
    )


@pytest.fixture
def asked(monkeypatch):
    """Put stand-ins for sources and reader in place; return what the sources were asked for."""
    asked: dict[str, object] = {}

    def open_document(source, *, published, title, publisher):
        asked.update(source=source, published=published, title=title, publisher=publisher)
        day = date.fromisoformat(published) if published else None
        return Document(text=TEXT, title=title, publisher=publisher, published=day)

    monkeypatch.setitem(sys.modules, "dragoman.sources", SimpleNamespace(open_document=open_document))
    monkeypatch.setitem(sys.modules, "dragoman.reading", SimpleNamespace(read=read_by_hand))
    return asked


def run(*arguments, given=None):
    """Run the command line in this process."""
    return CliRunner().invoke(app, list(arguments), input=given)


def shell(line, **options):
    """Run a line in bash with `dragoman` standing for the command, as a user would."""
    program = f'dragoman() {{ "{sys.executable}" -m dragoman "$@"; }}; {line}'
    environment = {**os.environ, "PYTHONPATH": str(SOURCES), "PYTHONWARNINGS": "ignore"}
    return subprocess.run(["bash", "-c", program], capture_output=True, text=True, env=environment, **options)


def test_what_is_said_of_the_document_is_passed_on(asked):
    """Source, date, title and publisher reach the one function that opens documents."""
    run("read", "a.txt", "--published", "2026-01-14", "--title", "Straits", "--publisher", "The Buoy")
    assert asked == {"source": "a.txt", "published": "2026-01-14", "title": "Straits", "publisher": "The Buoy"}


@pytest.mark.parametrize("arguments", [("read",), ("read", "-")])
def test_piped_input_is_read_without_being_named(asked, arguments):
    """Standard input is the default when something is piped in."""
    assert run(*arguments, given=TEXT).exit_code == 0
    assert asked["source"] == "-"


def test_without_input_the_user_is_told_what_to_give():
    """At a terminal, `dragoman read` does not wait in silence."""
    controller, terminal = pty.openpty()
    try:
        done = shell("dragoman read", stdin=terminal)
    finally:
        os.close(controller)
        os.close(terminal)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("dragoman: nothing to read. Give a file, an address or -")


def test_text_is_the_default_and_carries_its_warnings(asked):
    """The readout goes to standard output, warnings at its end, without escape codes; standard error stays empty."""
    result = run("read", "a.txt")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("1 statement.\n")
    assert result.stdout.endswith("! One date could not be told.\n")
    assert "\x1b" not in result.stdout


def test_json_is_the_reading_and_always_the_same_bytes(asked):
    """Keys in the ledger's order, characters as they are, a line break at the end."""
    first, second = (run("read", "a.txt", "--format", "json").stdout_bytes for _ in range(2))
    document = Document(text=TEXT)
    assert json.loads(first) == read_by_hand(document).to_dict()
    assert "– “for all”".encode() in first
    assert first == second
    assert first.endswith(b"\n}\n")


@pytest.mark.parametrize(
    ("format", "holds"), [("text", "why: said (0.90)"), ("json", '"rule": "said"'), ("html", "why: said (0.90)")]
)
def test_explain_works_in_every_format(asked, format, holds):
    """Reasons are there when asked for."""
    assert holds in run("read", "a.txt", "-f", format, "--explain").stdout
    assert holds not in run("read", "a.txt", "-f", format).stdout


@pytest.mark.parametrize(("format", "begins"), [("text", "1 statement."), ("json", "{\n"), ("html", "<!doctype html>")])
def test_output_goes_to_the_file_instead(asked, tmp_path, format, begins):
    """With --output nothing is printed and the file holds UTF-8."""
    place = tmp_path / "reading"
    result = run("read", "a.txt", "-f", format, "-o", str(place))
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert place.read_text(encoding="utf-8").startswith(begins)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageError("The date 2026-13-01 does not exist.\nUse YYYY-MM-DD."), 2),
        (NotText("a\x1b[31m.bin is not text."), 1),
        (FetchFailed("no answer"), 1),
    ],
)
def test_errors_are_one_line_and_an_exit_code(asked, monkeypatch, error, code):
    """Wrong usage ends with 2, unreadable input with 1; never a traceback, nor control characters of a file name."""

    def fail(*_, **__):
        raise error

    monkeypatch.setattr(sys.modules["dragoman.sources"], "open_document", fail)
    result = run("read", "x")
    assert (result.exit_code, result.stdout) == (code, "")
    assert result.stderr.startswith("dragoman: ")
    assert result.stderr.count("\n") == 1
    assert "\x1b" not in result.stderr


def test_an_output_that_cannot_be_written_is_named(asked, tmp_path):
    """The message says which file and what to do."""
    result = run("read", "a.txt", "-o", str(tmp_path / "no" / "such" / "folder"))
    assert result.exit_code == 2
    assert "cannot write" in result.stderr


@pytest.mark.parametrize("arguments", [("read", "a.txt", "--format", "pdf"), ("raed",), ("read", "--publish")])
def test_misuse_ends_with_two_and_a_hint(arguments):
    """Unknown commands, options and formats are usage errors."""
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Try '" in result.stderr


def test_interruption_is_quiet(asked, monkeypatch):
    """Ctrl-C ends with 130 and no words."""

    def interrupt(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(sys.modules["dragoman.reading"], "read", interrupt)
    result = run("read", "a.txt")
    assert (result.exit_code, result.stdout, result.stderr) == (130, "", "")


def test_a_closed_pipe_ends_quietly():
    """`| head` gets its lines and nobody complains."""
    done = shell("for i in 1 2 3; do dragoman schema; done | head -n 1; dragoman schema | true")
    assert (done.stdout, done.stderr) == ("{\n", "")


def test_samples_are_listed_and_printed():
    """Each line names a sample that can be printed; an unknown one is a usage error that helps."""
    listing = run("samples").stdout.splitlines()
    assert listing
    for line in listing:
        day, slug, title = line.split(maxsplit=2)
        assert date.fromisoformat(day)
        assert run("samples", slug).stdout.startswith(title)
    unknown = run("samples", "no-such-sample")
    assert unknown.exit_code == 2
    assert unknown.stderr.startswith("dragoman: ")


def test_schema_is_json():
    """The printed schema is the one the package gives."""
    from dragoman.show.schema import schema

    assert json.loads(run("schema").stdout) == schema()


def test_version_is_said():
    """`--version` names the program and stops."""
    result = run("--version")
    assert (result.exit_code, result.stdout.split()[0]) == (0, "dragoman")


def commands():
    """Return the names of all commands."""
    root: Any = typer.main.get_command(app)
    return list(root.commands)


@pytest.mark.parametrize("command", commands())
def test_every_command_has_an_example(command):
    """Help shows a line to copy."""
    assert f"Example: dragoman {command}" in run(command, "--help").stdout


def test_help_loads_nothing_heavy():
    """`--help` answers at once because the language pipeline, the renderers and the web are not imported."""
    heavy = [
        "spacy",
        "numpy",
        "trafilatura",
        "httpx",
        "jinja2",
        "rich",
        "yaml",
        "sqlite3",
        "dragoman.reading",
        "dragoman.show",
    ]
    heavy += ["dragoman.ledger", "dragoman.views", "dragoman.ontology", "altair"]
    code = (
        "import sys; from dragoman.cli import app\n"
        "try: app(['--help'])\n"
        "except SystemExit: pass\n"
        f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    )
    environment = {**os.environ, "PYTHONPATH": str(SOURCES)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment)
    assert done.stdout.startswith("Usage: ")
    assert done.stderr.strip() == "[]"
