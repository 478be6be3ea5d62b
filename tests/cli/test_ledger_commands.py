"""The commands of the ledger on a small ledger of three texts: what they answer, refuse and leave as it was."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dragoman.cli import app

TEXTS = {
    "2024-03-04-announced.txt": """Chile to raise duty on Peruvian grapes

SANTIAGO, March 4, 2024 - Chile announced on Monday a tariff of 12 percent on grapes from Peru. Foreign Minister \
Rosa Ibarra said the duty would take effect on March 20. Peru and Chile will hold talks in Lima on March 12.

Peru condemned the decision. "This duty breaks what was agreed," said Peruvian trade minister Luis Quispe.
""",
    "2024-03-13-talks.txt": """Chile and Peru meet over grapes

LIMA, March 13, 2024 - Chile and Peru held talks in Lima on Tuesday over a tariff of 12 percent on Peruvian grapes. \
Peru said that Chile had broken its word. Chile denied that it had broken its word.
""",
    "2024-03-21-in-force.txt": """Chile's duty on grapes in force

SANTIAGO, March 21, 2024 - A Chilean tariff of 12 percent on grapes from Peru took effect on Wednesday. Peru asked \
Chile to lift the tariff.
""",
}
PAIR, AS_OF = ("CHL", "PER"), ("--as-of", "2024-03-25")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a folder with the texts, in two levels, and a file that is no text."""
    place = tmp_path_factory.mktemp("reports")
    (place / "later").mkdir()
    for name, text in TEXTS.items():
        (place / ("later" if "force" in name else "") / name).write_text(text, encoding="utf-8")
    (place / "notes.xls").write_text("a,b\n", encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def ledger(folder):
    """Return a ledger with the three texts in it; nobody changes it."""
    file = folder.parent / "module.ledger"
    assert run("add", str(folder), "--publisher", "The Buoy", "--ledger", str(file)).exit_code == 0
    return file


@pytest.fixture(autouse=True)
def alone(monkeypatch, tmp_path):
    """Run each test in a folder of its own, without a ledger named by the environment."""
    monkeypatch.delenv("DRAGOMAN_LEDGER", raising=False)
    monkeypatch.chdir(tmp_path)


def run(*arguments, given=None):
    """Run the command line in this process."""
    return CliRunner().invoke(app, list(map(str, arguments)), input=given)


def ask(ledger, *arguments):
    """Return what a command prints about the ledger."""
    result = run(*arguments, "--ledger", ledger)
    assert (result.exit_code, result.stderr) == (0, ""), result.stderr
    return result.stdout


def an_id(ledger, kind):
    """Return the id of some entry of a kind."""
    found = json.loads(ask(ledger, "diff", "--since", "2024-01-01", *PAIR, *AS_OF, "--json"))["entered"]
    return next(entry["id"] for entry in found if entry["kind"] == kind)


# -- adding --------------------------------------------------------------------------------------------------------


def test_adding_says_what_became_of_each_document(folder, tmp_path):
    """New at first, known the second time; what cannot be read is named, does not stop the rest, and ends with 1."""
    first = run("add", folder, "--ledger", "own.ledger")
    (tmp_path / "bad.txt").write_bytes(bytes(range(256)))
    second = run("add", tmp_path / "bad.txt", tmp_path / "none.txt", folder, "--ledger", "own.ledger")

    assert (first.exit_code, second.exit_code) == (0, 1)
    assert first.stdout.startswith("own.ledger: 3 items: 3 added, 0 known already, 0 refused.\n")
    assert second.stdout.startswith("own.ledger: 5 items: 0 added, 3 known already, 2 refused.\n")
    assert "Refused: " in second.stdout
    assert "There is no file" in second.stdout


def test_the_summary_is_json_when_asked(folder, tmp_path):
    """Counts, refusals with their reasons, and each document with its id."""
    (tmp_path / "bad.txt").write_bytes(b"")
    result = run("add", folder / "2024-03-13-talks.txt", tmp_path / "bad.txt", "--json")
    told = json.loads(result.stdout)

    assert result.exit_code == 1
    assert (told["items"], told["added"], told["duplicate"], told["undated"]) == (2, 1, 0, 0)
    assert [(row["outcome"], Path(row["place"]).name) for row in told["outcomes"]] == [
        ("added", "2024-03-13-talks.txt"), ("refused", "bad.txt"),
    ]  # fmt: skip
    assert (tmp_path / "dragoman.ledger").is_file()


def test_standard_input_is_a_document():
    """A dash takes what is piped in, with what is said of it."""
    result = run("add", "-", "--published", "2024-03-13", "--title", "Talks", given=TEXTS["2024-03-13-talks.txt"])

    assert result.exit_code == 0
    assert "1 added" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("add", "."), ".: no document in it"),
        (("add", "a.txt", "b.txt", "--title", "T"), "--title is for one document"),
        (("add", "a.txt", "--published", "tomorrow"), 'Cannot read "tomorrow" as a date'),
    ],
)
def test_adding_what_makes_no_sense_adds_nothing(arguments, says, tmp_path):
    """Wrong usage is one line, and makes no ledger."""
    result = run(*arguments)

    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr
    assert not (tmp_path / "dragoman.ledger").exists()


def test_rereading_by_the_same_reader_changes_nothing(ledger):
    """Nothing is read again where nothing has changed."""
    assert "0 read again" in ask(ledger, "reread")


# -- views ---------------------------------------------------------------------------------------------------------

VIEWS = [
    ("relation", *PAIR),
    ("timeline", *PAIR),
    ("timeline", *PAIR, "--track", "trade", "--since", "2024-03-01", "--until", "2024-03-31", "--limit", "5"),
    ("due",),
    ("due", *PAIR, "--within", "30d", "--track", "trade", "--firmness", "scheduled"),
    ("disputes",),
    ("disputes", *PAIR, "--since", "2024-03-01"),
    ("measures",),
    ("measures", *PAIR, "--in-force-on", "2024-03-22"),
    ("measures", "--stock"),
    ("measures", "--flow", "--since", "2024-03-01"),
    ("initiatives",),
    ("statements", "--speaker", "Quispe"),
    ("search", "grapes"),
    ("tension", *PAIR),
    ("tension", *PAIR, "--by", "week", "--since", "2024-03-01"),
    ("brief", *PAIR),
    ("brief", *PAIR, "--since", "2024-03-10"),
    ("diff", "--since", "2024-03-10"),
    ("diff", "--since", "2024-03-10", "--until", "2024-03-20", *PAIR),
    ("pairs",),
]


@pytest.mark.parametrize("arguments", VIEWS, ids=" ".join)
def test_every_view_answers_in_words_and_in_json(ledger, arguments):
    """Both forms come from one view; the same question has the same answer."""
    words = ask(ledger, *arguments, *AS_OF)
    told = ask(ledger, *arguments, *AS_OF, "--json")

    assert words.strip()
    assert "\x1b" not in words
    assert json.loads(told) is not None
    assert told == ask(ledger, *arguments, *AS_OF, "--json")


def test_views_answer_as_of_a_day(ledger):
    """On 10 March the duty is announced and the talks lie ahead; on the 25th it is in force and they took place."""
    early, late = (json.loads(ask(ledger, "relation", *PAIR, "--as-of", f"2024-03-{d}", "--json")) for d in (10, 25))

    assert (early["documents"], late["documents"]) == (1, 3)
    assert [entry["status"] for entry in early["announced"]] == ["announced"]
    assert "12%" in ask(ledger, "measures", *PAIR, "--in-force-on", "2024-03-22", *AS_OF)


@pytest.mark.parametrize("names", [("Chile", "Peru"), ("chile", "PERU"), ("CHL", "the Peru"), ("chl", "per")])
def test_actors_go_by_id_or_name(ledger, names):
    """Whichever way an actor is written, it is the same one."""
    assert ask(ledger, "relation", *names, *AS_OF) == ask(ledger, "relation", *PAIR, *AS_OF)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("relation", "Chile", "Prru"), 'no actor "Prru". Did you mean "Peru"?'),
        (("relation", "Chile", "CHL"), '"Chile" and "CHL" are one actor'),
        (("relation", "CHL", "PER", "--as-of", "2024-02-30"), "2024-02-30"),
        (("due", "CHL"), "give two actors or none"),
        (("due", "--within", "soon"), "Write it as 30d"),
        (("due", "--firmness", "schedule"), 'Did you mean "scheduled"?'),
        (("timeline", *PAIR, "--track", "trad"), 'Did you mean "trade"?'),
        (("measures", "--flow", "--stock"), "Choose one of them"),
        (("diff", "--since", "2024-05-01", *AS_OF), "there is nothing between"),
        (("brief", *PAIR, "--since", "2024-05-01", *AS_OF), "there is nothing between"),
        (("brief", *PAIR, "-o", "no/such/folder"), "cannot write"),
        (("tension", *PAIR, "--svg", "no/such/folder.svg"), "cannot write"),
        (("show", "E-000"), "E-000"),
        (("correct", "E-000", "--wrong"), "E-000"),
    ],
)
def test_what_is_not_understood_is_one_line(ledger, arguments, says):
    """Unknown actors, days and words end with 2 and a hint, whatever the command."""
    result = run(*arguments, "--ledger", ledger)

    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "arguments", [*VIEWS, ("show", "E-1"), ("correct", "E-1", "--wrong"), ("reread",)], ids=" ".join
)
def test_without_a_ledger_the_user_is_told_to_add(arguments, tmp_path):
    """No command but `add` makes a ledger."""
    result = run(*arguments)

    assert (result.exit_code, result.stdout) == (2, "")
    assert "there is no ledger dragoman.ledger. Add documents first: dragoman add" in result.stderr
    assert os.listdir(tmp_path) == []


def test_the_environment_names_the_ledger(ledger, monkeypatch):
    """DRAGOMAN_LEDGER stands for --ledger."""
    monkeypatch.setenv("DRAGOMAN_LEDGER", str(ledger))

    assert run("pairs").stdout == ask(ledger, "pairs")


@pytest.mark.parametrize(
    ("form", "begins"),
    [("md", "# Chile and Peru: brief"), ("html", "<!doctype html>"), ("text", "Chile and Peru: brief")],
)
def test_a_brief_is_printed_or_written(ledger, form, begins):
    """Each form goes to standard output, or with -o to a file."""
    assert ask(ledger, "brief", *PAIR, *AS_OF, "--format", form).startswith(begins)
    assert ask(ledger, "brief", *PAIR, *AS_OF, "--format", form, "-o", "brief.out") == ""
    assert Path("brief.out").read_text(encoding="utf-8").startswith(begins)


def test_tension_is_drawn(ledger):
    """--svg writes a picture beside the answer."""
    assert "Tension between Chile and Peru" in ask(ledger, "tension", *PAIR, *AS_OF, "--svg", "t.svg")
    assert "<svg" in Path("t.svg").read_text(encoding="utf-8")


def test_show_leads_from_an_entry_to_its_document(ledger):
    """An entry has its quotes with their documents; a document its text."""
    told = ask(ledger, "show", an_id(ledger, "measures"), *AS_OF)
    document = told.partition("[D-")[2].partition("]")[0]

    assert "Sources (" in told
    assert "why: " in told
    assert "grapes" in ask(ledger, "show", f"D-{document}")


# -- correcting ----------------------------------------------------------------------------------------------------


@pytest.fixture
def own(ledger, tmp_path):
    """Return a copy of the ledger that a test may change."""
    import sqlite3

    file = tmp_path / "own.ledger"
    with sqlite3.connect(ledger) as source, sqlite3.connect(file) as target:
        source.backup(target)
    return file


def test_a_correction_is_laid_over_and_withdrawn(own):
    """It says who corrected what and why; --undo brings back what was read."""
    id = an_id(own, "events")
    before = json.loads(ask(own, "show", id, *AS_OF, "--json"))["entry"]

    said = ask(own, "correct", id, "--actors", "Chile,Argentina", "--by", "Ann", "--reason", "misread")
    during = json.loads(ask(own, "show", id, *AS_OF, "--json"))
    withdrawn = ask(own, "correct", id, "--undo")
    after = json.loads(ask(own, "show", id, *AS_OF, "--json"))["entry"]

    assert "actors = CHL, ARG, by Ann: misread" in said
    assert during["entry"]["actors"] == ["CHL", "ARG"]
    assert "withdrawn" in withdrawn
    assert after["actors"] == before["actors"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "nothing to correct"),
        (("--undo", "--wrong"), "--undo goes alone"),
        (("--type", "CONSULTS"), 'Did you mean "CONSULT"?'),
        (("--when", "2024-03-20..2024-03-01"), "ends before it starts"),
        (("--when", ".."), "names no day"),
        (("--actors", "Chlie"), 'Did you mean "Chile"?'),
    ],
)
def test_a_correction_that_makes_no_sense_is_refused(own, arguments, says):
    """One line, and the ledger stays as it was."""
    result = run("correct", an_id(own, "events"), *arguments, "--ledger", own)

    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr
