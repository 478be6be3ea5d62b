"""The last resort: faults become one line and an exit code."""

from __future__ import annotations

import errno
import sqlite3

import pytest

from dragoman.cli.edges import last_resort


@pytest.mark.parametrize(
    ("error", "code", "says"),
    [
        (
            sqlite3.OperationalError("attempt to write a readonly database"),
            2,
            "cannot use the ledger: attempt to write",
        ),
        (sqlite3.DatabaseError("database disk image is malformed"), 2, "cannot use the ledger: database disk image"),
        (OSError(errno.ENOSPC, "No space left on device"), 2, "cannot write the output"),
        (MemoryError(), 1, "not enough memory"),
        (KeyError("x"), 1, "a fault of Dragoman's own, KeyError"),
    ],
)
def test_faults_are_one_line(error, code, says, capsys, monkeypatch):
    """Whatever happens, there is no traceback, and what the user can mend ends with 2."""
    monkeypatch.delenv("DRAGOMAN_TRACEBACK", raising=False)
    monkeypatch.setattr("dragoman.cli.edges._drop_output", lambda: None)

    with pytest.raises(SystemExit) as ended, last_resort():
        raise error

    told = capsys.readouterr().err
    assert ended.value.code == code
    assert told.startswith(f"dragoman: {says}")
    assert told.count("\n") == 1
