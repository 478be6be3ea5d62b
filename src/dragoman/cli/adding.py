"""Adding: `dragoman add`, `dragoman reread`.

In:     files, folders (in them .txt, .md, .html and .htm, at any depth), addresses, standard input.
Out:    the ledger, and a summary of what was new, known already, joined and refused.
Codes:  1 where something was refused; what was added stays added.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.asking import DEFAULT_LEDGER, Json, LedgerFile, opened
from dragoman.cli.edges import as_json, edge, print_text
from dragoman.errors import UnreadableInput, UsageError

if TYPE_CHECKING:
    from dragoman.ledger import Added, Ledger

#: What is taken from a folder; a file that is named itself is tried whatever its name ends in.
TEXTS = frozenset({".txt", ".md", ".html", ".htm"})
#: Refusals that are listed; the rest is counted (guess: a screenful).
LISTED = 20

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Known:
    """What the caller knows about all documents."""

    published: str | None = None
    title: str | None = None
    publisher: str | None = None


@dataclass(slots=True)
class Tally:
    """What became of the documents: how many of each outcome, their records, and why some were refused."""

    new: int = 0
    known: int = 0
    records: int = 0
    joined: int = 0
    entered: int = 0
    undated: int = 0
    reprints: int = 0
    refused: list[dict[str, str]] = field(default_factory=list)
    documents: list[dict[str, Any]] = field(default_factory=list)

    def count(self, path: str, added: Added, undated: bool = False) -> None:
        """Count one document that was given to the ledger."""
        fresh = added.outcome != "known"
        self.new += fresh
        self.known += not fresh
        self.records += added.records if fresh else 0
        self.joined += added.joined if fresh else 0
        self.entered += added.new if fresh else 0
        self.undated += undated and fresh
        self.reprints += fresh and added.reprint_of is not None
        self.documents.append({"path": path, **added.to_dict()})

    def refuse(self, path: str, reason: str) -> None:
        """Note that one could not be read, and why."""
        self.refused.append({"path": path, "reason": reason})

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as plain data."""
        names = ("new", "known", "records", "joined", "entered", "undated", "reprints", "refused", "documents")
        return {name: getattr(self, name) for name in names}


def add(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Files, folders, http(s) addresses, or - for standard input.")
    ],
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="Publication date of all of them, as YYYY-MM-DD.")
    ] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="Title, where one document is added.")] = None,
    publisher: Annotated[str | None, typer.Option(metavar="TEXT", help="Who published them.")] = None,
    ledger: LedgerFile = DEFAULT_LEDGER,
    in_json: Json = False,
) -> None:
    """Read documents into the ledger; it is made where there is none. Adding a document again changes nothing.

    Example: dragoman add reports/ --publisher Reuters

    Example: dragoman add https://example.org/news.html report.txt --published 2026-01-14
    """
    with edge():
        from dragoman.cli.asking import day

        day(published)
        found = list(expand(paths))
        if title is not None and len(found) > 1:
            raise UsageError(f"--title is for one document, and there are {len(found)}. Add them one by one.")
        from dragoman.ledger import Ledger

        known = Known(published, title, publisher)
        with Ledger.open(ledger) as book, _shown("Reading", len(found)) as progress:
            tally = add_all(book, found, known, progress)
        _finish(tally, ledger, in_json)


def reread(ledger: LedgerFile = DEFAULT_LEDGER, in_json: Json = False) -> None:
    """Read every document of the ledger again where this version reads otherwise than the one that read it before.

    Former readings are kept, and corrections stay.

    Example: dragoman reread --ledger asia.ledger
    """
    with edge(), opened(ledger) as book:
        tally = Tally()
        with _shown("Rereading", None) as progress:
            for added in book.reread(progress=lambda *_: progress("")):
                tally.count(added.document or "", added)
        _finish(tally, ledger, in_json, verb="read again")


def add_all(ledger: Ledger, paths: Iterable[str], known: Known, progress: Progress) -> Tally:
    """Add documents one by one; one that cannot be read is noted and does not stop the rest."""
    from dragoman.sources import open_document

    tally = Tally()
    for path in paths:
        progress(path)
        try:
            document = open_document(path, **asdict(known))
            tally.count(path, ledger.add(document), undated=document.published is None)
        except UnreadableInput as error:
            tally.refuse(path, str(error))
    return tally


def expand(paths: Sequence[str]) -> Iterator[str]:
    """Yield the documents that are meant, a folder's by name; UsageError for a folder that holds none."""
    for path in paths:
        if not Path(path).is_dir():
            yield path
            continue
        inside = sorted(p for p in Path(path).rglob("*") if p.suffix.lower() in TEXTS and p.is_file())
        if not inside:
            raise UsageError(f"{path} holds no document: none of its files ends in {', '.join(sorted(TEXTS))}.")
        yield from map(str, inside)


@contextmanager
def _shown(what: str, total: int | None) -> Iterator[Progress]:
    """Show a bar on standard error while something is done, if that is a terminal and there is more than one step."""
    if sys.stderr is None or not sys.stderr.isatty() or total == 1:
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    from dragoman.show.words import one_line, shorten

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(
        *columns, TextColumn("{task.fields[path]}", markup=False), console=Console(stderr=True), transient=True
    ) as bar:
        task = bar.add_task(what, total=total, path="")
        steps = 0

        def step(path: str) -> None:
            nonlocal steps
            bar.update(task, completed=steps, path=shorten(one_line(Path(path).name), 40))
            steps += 1

        yield step


def _finish(tally: Tally, ledger: Path, in_json: bool, verb: str = "new") -> None:
    """Print the summary; end with 1 where something was refused."""
    print_text(as_json(tally.to_dict()) if in_json else "".join(f"{line}\n" for line in summary(tally, ledger, verb)))
    if tally.refused:
        sys.stdout.flush()
        raise SystemExit(1)


def summary(tally: Tally, ledger: Path, verb: str = "new") -> Iterator[str]:
    """Yield the summary line by line."""
    from dragoman.show.words import one_line

    counts = [f"{tally.new} {verb}", f"{tally.known} known already", f"{len(tally.refused)} refused"]
    yield f"{one_line(str(ledger))}: {', '.join(counts)}."
    if tally.new:
        joined = f"{tally.joined} joined to what other documents tell"
        yield f"{tally.records} record{'s' if tally.records != 1 else ''}: {tally.entered} new, {joined}."
    if tally.reprints:
        yield f"{tally.reprints} of one origin with another document: they count as one source."
    if tally.undated:
        yield f'{tally.undated} undated, so that "on Tuesday" stays unknown in them: give the date with --published.'
    for refusal in tally.refused[:LISTED]:
        yield f"Refused: {one_line(refusal['path'])}: {one_line(refusal['reason'])}"
    if len(tally.refused) > LISTED:
        yield f"and {len(tally.refused) - LISTED} more; --json lists them all."
