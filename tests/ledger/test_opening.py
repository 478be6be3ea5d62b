"""Opening a ledger: what is one, what is none, and what is said then."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from dragoman.errors import UsageError
from dragoman.ledger import Ledger
from dragoman.ledger import store as stores
from dragoman.ledger.store import APPLICATION, MIGRATIONS, Store
from tests.ledger.factory import a_ledger, a_reading, an_event


def _pragma(path: Path, name: str) -> int:
    connection = sqlite3.connect(path)
    value: int = connection.execute(f"PRAGMA {name}").fetchone()[0]
    connection.close()
    return value


def test_a_new_ledger_is_marked_as_one(tmp_path):
    """A file made by opening it holds the newest schema, the mark of a ledger and the log that readers need."""
    path = tmp_path / "a.ledger"

    Ledger.open(path).close()

    assert _pragma(path, "application_id") == APPLICATION
    assert _pragma(path, "user_version") == len(MIGRATIONS)
    assert sqlite3.connect(path).execute("PRAGMA journal_mode").fetchone()[0] == "wal"


def test_what_was_added_is_there_when_opened_again(tmp_path):
    """A ledger keeps what it was given; opening it again changes nothing."""
    path = tmp_path / "a.ledger"
    with Ledger.open(path) as ledger:
        key = ledger.add_reading(a_reading(an_event())).document
        before = [entry.to_dict() for entry in ledger.entries("events")]

    with Ledger.open(str(path), must_exist=True) as ledger:
        assert [entry.to_dict() for entry in ledger.entries("events")] == before
        assert ledger.document(key).id == key


def test_an_empty_file_becomes_a_ledger(tmp_path):
    """A file of no bytes, as `touch` or `mktemp` make it, is as good as none."""
    path = tmp_path / "a.ledger"
    path.touch()

    with Ledger.open(path, must_exist=True) as ledger:
        assert ledger.documents() == []


def _foreign(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE song (title TEXT)")
    connection.execute("PRAGMA user_version = 1")
    connection.commit()
    connection.close()


def _newer(path: Path) -> None:
    Ledger.open(path).close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()


def _text(path: Path) -> None:
    path.write_text("Not a database, but a letter of some length.\n" * 200)


def _cut_short(path: Path) -> None:
    with Ledger.open(path) as ledger:
        ledger.add_reading(a_reading(an_event()))
    path.write_bytes(path.read_bytes()[:1000])


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (_foreign, "another program's database.*--ledger"),
        (_newer, "newer Dragoman.*Update"),
        (_text, "cannot open .* as a ledger.*--ledger"),
        (_cut_short, "cannot open .* as a ledger.*--ledger"),
        (Path.mkdir, "cannot open .* as a ledger.*--ledger"),
    ],
)
def test_what_is_no_ledger_is_refused_and_left_alone(tmp_path, make, message):
    """A file of another kind is refused with what to do next, and not a byte of it changes."""
    path = tmp_path / "thing"
    make(path)
    before = path.read_bytes() if path.is_file() else None

    with pytest.raises(UsageError, match=message):
        Ledger.open(path)

    assert (path.read_bytes() if path.is_file() else None) == before


@pytest.mark.parametrize("place", ["none.ledger", "none/none.ledger", "."])
def test_a_ledger_that_must_exist_is_not_made(tmp_path, place):
    """Where a ledger is to be read, a mistyped name is said and makes no file."""
    with pytest.raises(UsageError, match=r"there is no ledger .*dragoman add"):
        Ledger.open(tmp_path / place, must_exist=True)

    assert list(tmp_path.iterdir()) == []


def test_a_ledger_in_a_folder_that_is_not_there(tmp_path):
    """No folder is made; the message names the file."""
    with pytest.raises(UsageError, match=r"none/a.ledger"):
        Ledger.open(tmp_path / "none" / "a.ledger")


@contextmanager
def _another_user() -> Iterator[None]:
    """Act as a user who owns nothing here; root may write anywhere."""
    if os.getuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def locked(tmp_path):
    """A ledger with one event, in a folder that may be read and not written."""
    for folder in (tmp_path, *list(tmp_path.parents)[:2]):
        folder.chmod(0o755)
    path = tmp_path / "a.ledger"
    with Ledger.open(path) as ledger:
        ledger.add_reading(a_reading(an_event()))
        ledger.entries("events")  # whatever is loaded late is loaded now
    path.chmod(0o444)
    tmp_path.chmod(0o555)
    yield path
    tmp_path.chmod(0o755)


def test_a_ledger_in_a_place_that_cannot_be_written_is_read(locked):
    """A ledger handed over on a medium or in a folder that cannot be written answers questions."""
    with _another_user(), Ledger.open(locked, must_exist=True) as ledger:
        assert len(ledger.entries("events")) == 1
        assert len(ledger.search("talks")) == 2


def test_writing_to_a_place_that_cannot_be_written_is_refused(locked):
    """Adding and correcting there, or making a ledger there, ends in words and not in a fault of SQLite."""
    with _another_user():
        with Ledger.open(locked) as ledger, pytest.raises(UsageError, match="cannot be written"):
            ledger.add_reading(a_reading(an_event(), day="2026-04-01"))
        with pytest.raises(UsageError, match="cannot open"):
            Ledger.open(locked.parent / "new.ledger")


def test_migrations_run_from_the_version_of_the_file(tmp_path, monkeypatch):
    """A file of version 1 gets what came after version 1, in order, and keeps what it holds."""
    path = tmp_path / "a.ledger"
    with Ledger.open(path) as ledger:
        ledger.add_reading(a_reading(an_event()))
    later = ("ALTER TABLE document ADD COLUMN extra TEXT;", "UPDATE document\nSET extra = 'a;b'; -- last;\n")
    monkeypatch.setattr(stores, "MIGRATIONS", (*MIGRATIONS, *later))

    with Ledger.open(path) as ledger:
        assert len(ledger.entries("events")) == 1
    assert _pragma(path, "user_version") == len(MIGRATIONS) + 2
    assert sqlite3.connect(path).execute("SELECT extra FROM document").fetchall() == [("a;b",)]


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path, monkeypatch):
    """All of a migration happens or nothing."""
    path = tmp_path / "a.ledger"
    Ledger.open(path).close()
    monkeypatch.setattr(stores, "MIGRATIONS", (*MIGRATIONS, "CREATE TABLE more (a);\nCREATE NONSENSE;\n"))

    with pytest.raises(UsageError, match="cannot open"):
        Ledger.open(path)

    assert _pragma(path, "user_version") == len(MIGRATIONS)
    assert sqlite3.connect(path).execute("SELECT name FROM sqlite_master WHERE name = 'more'").fetchall() == []


def test_the_schema_explains_itself():
    """Every table of schema.sql has a line of words before it or beside its columns."""
    script = MIGRATIONS[0]

    assert script.startswith("-- The ledger")
    for piece in script.split("CREATE TABLE ")[1:]:
        assert "STRICT" in piece


def test_what_fails_inside_is_not_stored(tmp_path):
    """A transaction that fails leaves nothing, and the next one works."""
    store = Store.open(tmp_path / "a.ledger")
    with pytest.raises(RuntimeError), store.write():
        store.do("INSERT INTO revision (made_at, what, about, detail) VALUES ('', 'x', '', '')")
        raise RuntimeError

    assert store.rows("SELECT * FROM revision") == []
    with store.write():
        store.do("INSERT INTO revision (made_at, what, about, detail) VALUES ('', 'x', '', '')")
    assert len(store.rows("SELECT * FROM revision")) == 1


def test_an_open_file_is_read_by_others_while_it_is_written(tmp_path):
    """A reader sees the ledger as it was before the transaction that is under way."""
    one, other = Store.open(tmp_path / "a.ledger"), Store.open(tmp_path / "a.ledger")
    with one.write():
        one.do("INSERT INTO revision (made_at, what, about, detail) VALUES ('', 'x', '', '')")
        assert other.rows("SELECT * FROM revision") == []

    assert len(other.rows("SELECT * FROM revision")) == 1


def test_a_ledger_in_memory():
    """`:memory:` is a ledger of its own, gone when closed."""
    ledger = a_ledger(a_reading(an_event()))

    assert len(ledger.entries("events", as_of=date(2026, 3, 2))) == 1
    assert Ledger.open(":memory:", must_exist=True).documents() == []
