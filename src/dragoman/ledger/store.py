"""The file: opening, migrating, writing in whole transactions, and loading items.

In:     a path.
Out:    `Store`: `write()` for a transaction, `items()` and `rows()` for what is there.
Never:  half a document: all that belongs to one goes in by one transaction, and a process that is killed leaves the
        file as it was. Other processes read meanwhile (WAL) and writers wait for each other.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from dragoman.errors import TooCostly, UsageError
from dragoman.ledger.codec import decode
from dragoman.ledger.entries import Item, Kind, Source

#: Marks the file as a ledger ("DRGM"), so that another program's database is not taken for one.
APPLICATION = 0x4452474D
#: Statements that lead from one version of the schema to the next; the first is schema.sql itself.
MIGRATIONS: tuple[str, ...] = tuple(
    files("dragoman.ledger").joinpath(name).read_text(encoding="utf-8") for name in ("schema.sql", "intake.sql")
)
#: What SQLite says of a file or folder that cannot be written, and of one that is so for now.
_UNWRITABLE = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)
_REFUSED = (*_UNWRITABLE, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
#: Milliseconds a writer waits for another (guess: a document goes in within a second).
PATIENCE = 120_000
#: Steps of SQLite between two looks at the clock (guess: far less than a millisecond, far more than a look costs).
STEPS = 1_000

COLUMNS = """
    record.key, record.kind, coalesce(record.corrected, record.body) AS body, record.fields, record.terms,
    record.entry, document.key AS document, document.origin, document.known_on, document.title, document.publisher,
    document.published, document.url, record.id AS number
"""


def now() -> str:
    """Return this moment as stored: UTC, to the microsecond."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Store:
    """One ledger file. Use one in each thread or process."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    def open(cls, path: str | Path, *, must_exist: bool = False, read_only: bool = False) -> Store:
        """Open a ledger, making it where there is none; UsageError where the file is no ledger or cannot be opened."""
        place = Path(path)
        if must_exist and str(path) != ":memory:" and not place.is_file():
            raise UsageError(f"there is no ledger {path}. Add documents first: dragoman add --ledger {path} report.txt")
        try:
            try:
                store = cls(_connected(str(path)))
                store.do(f"PRAGMA query_only = {int(read_only)}")
                return store
            except sqlite3.OperationalError as error:
                if _code(error) not in _UNWRITABLE or not place.is_file():
                    raise
                return cls(_connected_for_reading(place))
        except sqlite3.DatabaseError as error:
            raise UsageError(f"cannot open {path} as a ledger: {error}. Choose another file with --ledger.") from None

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @contextmanager
    def write(self) -> Iterator[None]:
        """Hold the file for writing; what happens inside is stored whole at the end, or not at all."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
        except sqlite3.OperationalError as error:
            if _code(error) in _REFUSED:
                raise UsageError(
                    f"the ledger cannot be written: {error}. Nothing was changed; see to the file, the disk or whoever "
                    "holds it, and try again."
                ) from None
            raise

    @contextmanager
    def read(self) -> Iterator[None]:
        """See the file as it is now until the end of the block, whatever others write meanwhile."""
        if self._connection.in_transaction:
            yield
            return
        self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._connection.execute("COMMIT")

    @contextmanager
    def limited(self, seconds: float) -> Iterator[None]:
        """See the file as in `read`; TooCostly where queries still run after so many seconds of computing.

        What counts is this thread's own time: waiting for other threads is not the question's fault.
        """
        end = time.thread_time() + seconds
        self._connection.set_progress_handler(lambda: time.thread_time() > end, STEPS)
        try:
            with self.read():
                yield
        except sqlite3.OperationalError as error:
            if _code(error) != sqlite3.SQLITE_INTERRUPT:
                raise
            raise TooCostly("this would take too long. Ask for less: a shorter time, one pair, one track.") from None
        finally:
            self._connection.set_progress_handler(None, 0)

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[sqlite3.Row]:
        """Return all rows of a query."""
        return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, values: Sequence[Any] = ()) -> sqlite3.Row | None:
        """Return the first row of a query, or None."""
        found: sqlite3.Row | None = self._connection.execute(sql, values).fetchone()
        return found

    def do(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Run one statement; return the number of the row it added."""
        return self._connection.execute(sql, values).lastrowid or 0

    def do_all(self, sql: str, values: Iterable[Sequence[Any]]) -> None:
        """Run one statement for each row of values."""
        self._connection.executemany(sql, values)

    def items(self, where: str, values: Sequence[Any] = (), order: str = "record.known_on, record.key") -> list[Item]:
        """Return the items for which a condition on `record` and `document` holds."""
        return [item(row) for row in self.rows(_select(where, order), values)]

    def grouped(self, where: str, values: Sequence[Any] = ()) -> dict[str, list[Item]]:
        """Return the same by entry, each in the order in which its items became known."""
        groups: dict[str, list[Item]] = {}
        for row in self.rows(_select(where, "record.known_on, record.key"), values):
            groups.setdefault(row["entry"], []).append(item(row))
        return groups

    def numbered(self, numbers: Sequence[int]) -> dict[int, Item]:
        """Return the items of records by their numbers; those that are wrong or not current are left out."""
        out: dict[int, Item] = {}
        for at in range(0, len(numbers), 900):
            some = numbers[at : at + 900]
            where = f"record.id IN ({','.join('?' * len(some))}) AND record.current AND NOT record.wrong"
            out.update({row["number"]: item(row) for row in self.rows(_select(where, "record.id"), some)})
        return out

    def many(self, where: str, values: Sequence[Any]) -> dict[str, list[Item]]:
        """Return `grouped` for a condition that ends in "IN", over as many values as there are."""
        groups: dict[str, list[Item]] = {}
        for at in range(0, len(values), 900):
            some = values[at : at + 900]
            groups.update(self.grouped(f"{where} ({','.join('?' * len(some))})", some))
        return groups


def item(row: sqlite3.Row) -> Item:
    """Return the item that a row of COLUMNS holds."""
    kind: Kind = row["kind"]
    return Item(
        id=row["key"],
        kind=kind,
        record=decode(kind, row["body"]),
        source=source(row),
        terms=frozenset(row["terms"].split()),
        corrected=tuple(row["fields"].split()),
    )


def source(row: sqlite3.Row) -> Source:
    """Return the source that a row names."""
    return Source(
        document=row["document"],
        origin=row["origin"],
        known_on=date.fromisoformat(row["known_on"]),
        title=row["title"],
        publisher=row["publisher"],
        published=date.fromisoformat(row["published"]) if row["published"] else None,
        url=row["url"],
    )


def _select(where: str, order: str) -> str:
    return f"SELECT {COLUMNS} FROM record JOIN document ON document.id = record.document WHERE {where} ORDER BY {order}"


def _connected(path: str, *, uri: bool = False) -> sqlite3.Connection:
    """Return a connection to a ledger of the newest schema."""
    connection = sqlite3.connect(path, timeout=PATIENCE / 1000, isolation_level=None, uri=uri)
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        _migrate(connection, path)
        if not uri:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
    except BaseException:
        connection.close()
        raise
    return connection


def _connected_for_reading(place: Path) -> sqlite3.Connection:
    """Return a connection to a ledger on a medium, or in a folder, that cannot be written.

    Without a log beside it the file is taken to stay as it is, as SQLite could not note who reads it.
    """
    log = place.with_name(f"{place.name}-wal")
    still = "" if log.is_file() and log.stat().st_size else "&immutable=1"
    return _connected(f"{place.resolve().as_uri()}?mode=ro{still}", uri=True)


def _code(error: sqlite3.Error) -> int:
    """Return the primary code of an error, without what SQLite adds to it."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _migrate(connection: sqlite3.Connection, path: str) -> None:
    """Bring the file to the newest version of the schema, in one transaction."""
    version = _version(connection, path)
    if version == len(MIGRATIONS):
        return
    connection.execute(f"PRAGMA busy_timeout = {PATIENCE}")
    connection.execute("BEGIN IMMEDIATE")
    try:
        for number, script in enumerate(MIGRATIONS[_version(connection, path) :], _version(connection, path) + 1):
            for statement in _statements(script):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _version(connection: sqlite3.Connection, path: str) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    application: int = connection.execute("PRAGMA application_id").fetchone()[0]
    if version > len(MIGRATIONS) and application == APPLICATION:
        raise UsageError(f"{path} was written by a newer Dragoman (schema {version}). Update Dragoman to open it.")
    tables: int = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if tables and application != APPLICATION:
        raise UsageError(f"{path} is another program's database, not a ledger. Choose another file with --ledger.")
    return version


def _statements(script: str) -> Iterator[str]:
    """Yield the statements of a script one by one, so that all of them run inside one transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
