"""Adding: `dragoman add`, `dragoman reread`.

In:     files, folders, wildcards, addresses, standard input: texts, pages, PDF and Word files, mails, feeds, tables,
        web archives, zip and tar archives of these, and what `dragoman read --format json` printed.
Out:    the ledger, and a summary of what became of the items; with --report one line of JSON for each.
Codes:  1 where something was refused; what was added stays added. 130 when interrupted: the same command goes on.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.asking import DEFAULT_LEDGER, Json, LedgerFile, day, opened
from dragoman.cli.edges import as_json, edge, print_text, unwritable
from dragoman.cli.progress import Progress, shown
from dragoman.errors import UsageError

if TYPE_CHECKING:
    from dragoman.intake import Outcome
    from dragoman.intake.outcomes import Tally
    from dragoman.ledger import Added, Ledger
    from dragoman.sources import Item, Walk
    from dragoman.sources.files import Input

#: Outcomes of a kind that are told one by one; the rest is counted (guess: a screenful).
LISTED = 20


def add(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Files, folders, http(s) addresses of pages or feeds, or -."),
    ],
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="Publication date of all of them, as YYYY-MM-DD.")
    ] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="Title, where one document is added.")] = None,
    publisher: Annotated[str | None, typer.Option(metavar="TEXT", help="Who published them.")] = None,
    columns: Annotated[
        str | None,
        typer.Option(
            "--map", metavar="FIELD=COLUMN,...", help="Where a table has text, title, published, url, publisher."
        ),
    ] = None,
    keep_all: Annotated[
        bool, typer.Option("--keep-all", help="Store documents too that tell of no relation between two actors.")
    ] = False,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from this machine and private networks too.")
    ] = False,
    report: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write what became of each item, as JSON Lines.")
    ] = None,
    ledger: LedgerFile = DEFAULT_LEDGER,
    in_json: Json = False,
) -> None:
    """Read documents into the ledger; it is made where there is none. Adding a document again changes nothing.

    Takes .txt, .md, .html, .pdf, .docx, .eml, RSS and Atom, CSV, JSON Lines, Parquet, WARC, and zip and tar archives
    of these. A run that was interrupted goes on where it was when it is started again.

    Example: dragoman add reports/ --publisher Reuters

    Example: dragoman add https://example.org/feed.xml report.pdf --report outcomes.jsonl

    Example: dragoman add archive.csv --map text=body,published=date,url=link,title=headline
    """
    with edge():
        from dragoman.ledger import Ledger
        from dragoman.sources.files import inputs

        walk = _walk(published, title, publisher, columns, allow_private)
        found = inputs(paths, walk.passed_over)
        if title is not None and len(found) > 1:
            raise UsageError(f"--title is for one document, and there are {len(found)}. Add them one by one.")
        if report is not None and any(
            report.exists() and Path(one.path).exists() and report.samefile(one.path) for one in found
        ):
            raise UsageError(f"--report {report} is one of the files to add. Name another for the report.")
        with (
            _writing(report) as lines,
            Ledger.open(ledger) as book,
            shown("Reading", sum(one.size for one in found), quiet=len(found) == 1 and _is_small(found[0])) as progress,
        ):
            told = _Told(lines, in_json)
            interrupted = _add_all(book, found, walk, keep_all, told, progress)
        _finish(told, walk.passed_over, ledger, interrupted)


def reread(ledger: LedgerFile = DEFAULT_LEDGER, in_json: Json = False) -> None:
    """Read every document of the ledger again where this version reads otherwise than the one that read it before.

    Former readings are kept, and corrections stay.

    Example: dragoman reread --ledger asia.ledger
    """
    with edge(), opened(ledger) as book:
        done: list[Added] = []
        with shown("Rereading", 0) as progress:
            done = book.reread(progress=lambda at, _: progress(at, ""))
        if in_json:
            print_text(as_json([added.to_dict() for added in done]))
            return
        records = sum(added.records for added in done)
        print_text(f"{_line(str(ledger))}: {len(done)} read again, {_number(records, 'record')}.\n")


def _walk(
    published: str | None, title: str | None, publisher: str | None, columns: str | None, allow_private: bool
) -> Walk:
    """Return what holds for all documents of this run."""
    from dragoman.sources import LIMITS, Known, Walk
    from dragoman.sources.fetch import fetch
    from dragoman.sources.robots import Robots, visitor
    from dragoman.sources.rows import parse_map

    get = partial(fetch, limits=LIMITS, allow_private=allow_private)
    tomorrow = date.today() + timedelta(days=1)  # where it is tomorrow already
    return Walk(
        given=Known(day(published), "given", title, publisher, latest=tomorrow),
        columns=parse_map(columns) if columns else {},
        fetch=get,
        visit=visitor(get, Robots(get)),
    )


def _is_small(one: Input) -> bool:
    """Whether one file is read before a bar could be seen."""
    return 0 < one.size < 100_000


class _Told:
    """What is told of the outcomes: counts, and one by one in the report and as JSON."""

    def __init__(self, lines: IO[str] | None, in_json: bool) -> None:
        from dragoman.intake.outcomes import Tally

        self.tally: Tally = Tally()
        self.in_json = in_json
        self._lines = lines
        self.rows: list[dict[str, Any]] = []

    def __call__(self, outcome: Outcome) -> None:
        self.tally.count(outcome, LISTED)
        if self._lines is not None:
            self._lines.write(json.dumps(outcome.to_dict(), ensure_ascii=False) + "\n")
        if self.in_json:
            self.rows.append(outcome.to_dict())


def _add_all(book: Ledger, found: list[Input], walk: Walk, keep_all: bool, told: _Told, progress: Progress) -> bool:
    """Add everything; return whether the user interrupted it."""
    from dragoman.intake import take_in
    from dragoman.sources import items

    at = 0

    def watched() -> Iterator[Item]:
        nonlocal at
        for item in items(found, walk):
            at = item.done
            yield item

    try:
        for outcome in take_in(book, watched(), keep_all=keep_all):
            told(outcome)
            progress(at, outcome.place)
    except KeyboardInterrupt:
        return True
    return False


@contextmanager
def _writing(report: Path | None) -> Iterator[IO[str] | None]:
    """Open the report, line by line, so that it is whole as far as it goes whatever happens."""
    if report is None:
        yield None
        return
    try:
        file = report.open("w", encoding="utf-8", errors="backslashreplace", buffering=1)
    except OSError as error:
        raise unwritable(report, error, "--report") from None
    with file:
        yield file


def _finish(told: _Told, passed_over: Counter[str], ledger: Path, interrupted: bool) -> None:
    """Print the summary; end with 1 where something was refused, with 130 where it was interrupted."""
    tally = told.tally
    if told.in_json:
        out = {**tally.to_dict(), "passed_over": dict(sorted(passed_over.items())), "outcomes": told.rows}
        print_text(as_json(out))
    else:
        print_text("".join(f"{line}\n" for line in summary(tally, passed_over, ledger)))
    sys.stdout.flush()
    if interrupted:
        typer.echo("dragoman: interrupted. What was added stays added; the same command goes on from here.", err=True)
        raise SystemExit(130)
    if tally.outcomes["refused"]:
        raise SystemExit(1)


def summary(tally: Tally, passed_over: Counter[str], ledger: Path) -> Iterator[str]:
    """Yield the summary line by line."""
    from dragoman.intake.outcomes import OUTCOMES

    words = {"added": "added", "duplicate": "known already", "reprint": "reprints", "newer version": "newer versions"}
    counts = [
        f"{tally.outcomes[word]:,} {words.get(word, word)}"
        for word in OUTCOMES
        if tally.outcomes[word] or word in ("added", "duplicate", "refused")
    ]
    yield f"{_line(str(ledger))}: {_number(tally.items, 'item')}: {', '.join(counts)}."
    if tally.records:
        joined = f"{tally.joined:,} joined to what other documents tell"
        yield f"{_number(tally.records, 'record')}: {tally.records - tally.joined:,} new, {joined}."
    if tally.outcomes["reprint"]:
        yield f"{_number(tally.outcomes['reprint'], 'reprint')} of other documents: with each it counts as one source."
    if tally.outcomes["nothing found"]:
        yield (
            f"{tally.outcomes['nothing found']:,} tell of no relation between two actors, and their text was not kept "
            "(--keep-all keeps it)."
        )
    if tally.undated:
        yield f'{tally.undated:,} undated, so that "on Tuesday" stays unknown in them: give the date with --published.'
    if passed_over:
        named = ", ".join(f"{what} ({count:,})" for what, count in sorted(passed_over.items()))
        yield f"Passed over: {named}."
    if tally.languages:
        yield "Not in English: " + ", ".join(f"{count:,} {name}" for name, count in tally.languages.most_common()) + "."
    for one in tally.newer:
        yield f"Newer version of {one.of}: {_line(one.place)}: {_changes(one)}."
    for one in tally.refused:
        yield f"Refused: {_line(one.place)}: {_line(one.reason or '')}"
    if (rest := tally.outcomes["refused"] - len(tally.refused)) > 0:
        yield f"and {rest:,} more refused; --report FILE lists them all."


def _changes(outcome: Outcome) -> str:
    """Return what a newer version tells otherwise, in a few words."""
    if not outcome.changes:
        return "its records are the same"
    words = {"new": "new", "gone": "no longer there", "changed": "told otherwise"}
    counts = Counter((change.kind.replace("_", " "), words[change.what]) for change in outcome.changes)
    return "; ".join(f"{kind}: {count} {what}" for (kind, what), count in counts.items())


def _number(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'s' if count != 1 else ''}"


def _line(text: str) -> str:
    from dragoman.show.words import one_line

    return one_line(text)
