"""The command line: `dragoman read`, `add`, `relation`, `brief`, ... each an edge around one function.

In:     arguments, files, standard input; a ledger named by --ledger or DRAGOMAN_LEDGER.
Out:    standard output (or `--output FILE`); one line on standard error when something goes wrong.
Codes:  0 done, 1 some input cannot be read, 2 wrong usage (also: the output cannot be written), 130 interrupted,
        141 the reader of our output went away.
Never:  a traceback, unless DRAGOMAN_TRACEBACK is set: a fault of our own is one line too, and exit code 1.

What is heavy is imported when used, so that `--help` answers at once.
"""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli import adding, correcting, lists, reading, relations, serving, watching
from dragoman.cli.edges import as_json, edge, last_resort

__all__ = ["app", "as_json", "main"]

app = typer.Typer(
    name="dragoman",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """Run the command line; the console script `dragoman` points here."""
    with last_resort(), edge():
        raise SystemExit(app(prog_name="dragoman", standalone_mode=False))


def _say_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import PackageNotFoundError, version

        try:
            typer.echo(f"dragoman {version('dragoman')}")
        except PackageNotFoundError:
            typer.echo("dragoman (run from its sources, not installed)")
        raise typer.Exit


@app.callback()
def _dragoman(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.", callback=_say_version, is_eager=True)
    ] = False,
) -> None:
    """Read what is written about relations between states: who did what, who said so, what is disputed, what is due.

    Every line of the answer quotes the words it rests on. Documents are read on this machine and sent nowhere.
    `read` looks at one document; `add` keeps many in a ledger, from which the other commands answer.
    """


#: The commands in the order of the help page, each with what it says there.
for _command, _says in (
    (reading.read, "Read one document and print what it records."),
    (reading.samples, "List the sample dispatches, or print one."),
    (reading.schema, "Print the JSON Schema of a reading."),
    (adding.add, "Read documents into the ledger."),
    (adding.reread, "Read the ledger's documents anew after an update."),
    (watching.watch, "Watch feeds and folders for what is new."),
    (watching.sources, "Show the watched sources and how each is."),
    (serving.serve, "Show the ledger in a browser."),
    (lists.pairs, "List the pairs of actors the ledger knows."),
    (relations.relation, "Show the state of a relation on one screen."),
    (relations.brief, "Write a brief of two pages, with footnotes."),
    (relations.timeline, "Show a relation day by day."),
    (relations.tension, "Show tension over time, by direction."),
    (relations.diff, "Show what is new since a day."),
    (lists.due, "Show what lies ahead, and what is past due."),
    (lists.disputes, "Show who says what and who denies it."),
    (lists.measures, "Show tariffs, sanctions and the like."),
    (lists.initiatives, "Show frameworks and agreements by name."),
    (lists.statements, "Show what a speaker said."),
    (lists.search, "Search documents and entries for words."),
    (relations.show, "Show one entry with all behind it."),
    (correcting.correct, "Correct an entry, or withdraw a correction."),
):
    app.command(short_help=_says)(_command)
