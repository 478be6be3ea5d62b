"""All that a ledger says, as plain data: what two ledgers of the same documents must agree on.

Left out is what depends on the moment or the order of adding by its nature: row numbers and moments.
"""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

from dragoman.ledger import Ledger
from dragoman.ledger.entries import Kind

#: After everything in the tests, so that no outcome hangs on the day on which they run.
LATER = date(2030, 1, 1)


def picture(ledger: Ledger, as_of: date = LATER) -> dict[str, Any]:
    """Return entries of all kinds, documents with their origins, pairs, judgements and what decided steps."""
    rows = ledger._store.rows
    said: dict[str, Any] = {
        kind: {entry.id: entry.to_dict() for entry in ledger.entries(kind, as_of=as_of)} for kind in get_args(Kind)
    }
    said["documents"] = [(one.document, one.origin) for one in ledger.documents(as_of=as_of)]
    said["pairs"] = [(one.pair, one.documents, one.last) for one in ledger.pairs(as_of=as_of)]
    said["judgements"] = sorted(
        (*sorted((row["left"], row["right"])), row["verdict"], row["reason"], row["score"], row["author"])
        for row in rows("SELECT * FROM judgement WHERE withdrawn_at IS NULL")
    )
    said["decisions"] = sorted(
        (row["bears_on"], row["key"], row["what"])
        for row in rows(
            "SELECT bearing.entry AS bears_on, key, what FROM bearing JOIN record ON record.id = bearing.record"
        )
    )
    return said
