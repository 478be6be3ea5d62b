"""The ledger: many documents, one account of each relation, followed over time.

In:     documents or readings.
Out:    `Ledger`: entries that put together what documents say of one event, next step, measure, dispute or initiative.

`Ledger.add` tells the story of what goes in, `queries` what comes out. The file is described in schema.sql.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self

from dragoman import ontology
from dragoman.domain import Document, Reading, plain
from dragoman.errors import UsageError
from dragoman.ledger import correcting, origins, queries
from dragoman.ledger.acts import Act, acts_of
from dragoman.ledger.arrivals import Arrivals
from dragoman.ledger.correcting import Correction, Judgement
from dragoman.ledger.deciding import decide
from dragoman.ledger.entries import AnyEntry, EventEntry, Kind, Source
from dragoman.ledger.evidence import Evidence
from dragoman.ledger.glance import Glance
from dragoman.ledger.keys import document_key
from dragoman.ledger.merging import BY_NAME, merge, recluster, withdraw
from dragoman.ledger.queries import Hit, Pair, PairCount, Stored
from dragoman.ledger.recording import apply_corrections, put_document, put_reading, retire, stored_document
from dragoman.ledger.store import Store, now
from dragoman.ledger.watched import Sources

if TYPE_CHECKING:
    from dragoman.views.relation import Relation

__all__ = ["Act", "Added", "Correction", "Hit", "Judgement", "Ledger", "PairCount", "Stored"]


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a document: `added`, `reread` (by another reader) or `known` (nothing was done).

    `new` counts records that made entries of their own, `joined` those that joined entries of other documents;
    `reprint_of` is the document whose origin it shares.
    """

    outcome: Literal["added", "reread", "known"]
    document: str
    records: int
    new: int
    joined: int
    reprint_of: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return plain strings and numbers."""
        out: dict[str, Any] = plain(self)
        return out


class Ledger:
    """A ledger file, open. Use it as a context manager, one in each thread."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @classmethod
    def open(cls, path: str | Path, *, must_exist: bool = False, read_only: bool = False) -> Ledger:
        """Open a ledger; make an empty one where there is none, unless it must exist (then UsageError)."""
        return cls(Store.open(path, must_exist=must_exist, read_only=read_only))

    @contextmanager
    def snapshot(self, seconds: float) -> Iterator[Ledger]:
        """Yield the ledger as it stands now; TooCostly where its queries still run after so many seconds."""
        with self._store.limited(seconds):
            yield self

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; nothing is lost without it."""
        self._store.close()

    # --- what goes in

    def add(
        self,
        source: Document | str | Path,
        *,
        published: str | date | None = None,
        title: str | None = None,
        publisher: str | None = None,
    ) -> Added:
        """Read a document (a Document, a path, an address, "-" or a text with blanks in it) and put it into the ledger.

        A document that is there and was read by the present reader is left alone. Raises UnreadableInput for what
        cannot be read; the ledger then stays as it was.
        """
        document = _document(source, published, title, publisher)
        if known := self.has(document):
            return Added("known", known, 0, 0, 0)
        from dragoman.reading import read  # slow to load, and not needed to look things up

        return self.add_reading(read(document))

    def add_reading(self, reading: Reading, *, newer_than: str | None = None) -> Added:
        """Put a document that was read elsewhere into the ledger, whole or not at all.

        `newer_than` is the document of which it is a later version; the two are one origin.
        """
        store, key = self._store, document_key(reading.document)
        with store.write():
            row = store.row("SELECT id FROM document WHERE key = ?", (key,))
            if row is not None and self._known(key) == (reading.reader.version, list(reading.reader.models)):
                return Added("known", key, 0, 0, 0)
            number = row["id"] if row else put_document(store, reading.document)  # 1. the text, and its origin
            if newer_than is not None:
                origins.link(store, newer_than, key)
            old = retire(store, number) if row else []  # 2. an older reading steps back
            linked = withdraw(store, old) | {one for one in old if one[0] in BY_NAME}
            fresh = put_reading(store, number, reading)  # 3. the records
            if row:
                apply_corrections(store, number)  # 4. what persons said of them
                linked |= correcting.carry_over(store, number)
            changed = merge(store, fresh)  # 5. which entries they belong to
            changed |= recluster(store, linked)
            decide(store, changed, fresh)  # 6. which steps they decide
            outcome: Literal["added", "reread"] = "reread" if row else "added"
            self._log(outcome, key, f"{len(fresh)} records by {reading.reader.version}")
            joined = self._joined(number)
            origin = store.row("SELECT origin FROM document WHERE id = ?", (number,))
            others = (
                store.row("SELECT count(*) FROM document WHERE origin = ?", (origin["origin"],)) if origin else None
            )
            reprint = self._reprint(key, origin["origin"]) if origin and others and others[0] > 1 else None
        return Added(outcome, key, len(fresh), len(fresh) - joined, joined, reprint)

    def reread(self, progress: Callable[[int, int], None] | None = None) -> list[Added]:
        """Read every document anew that another reader read; corrections stay. `progress` gets done and all."""
        version, models = _reader()
        rows = self._store.rows(
            "SELECT text, title, publisher, published, dated_by, url, layout FROM document JOIN reading ON "
            "reading.document = document.id AND reading.current WHERE reader != ? OR models != ? ORDER BY document.key",
            (version, json.dumps(models)),
        )
        out = []
        for done, row in enumerate(rows, 1):
            out.append(self.add(stored_document(tuple(row))))
            if progress:
                progress(done, len(rows))
        return out

    def correct(
        self,
        given: str,
        fields: Mapping[str, Any],
        *,
        author: str = "unnamed",
        reason: str = "",
        alone: bool = False,
    ) -> list[Correction]:
        """Lay a person's correction over an entry or item; see `correcting.correct` for the fields and `alone`."""
        store = self._store
        with store.write():
            documents, made = correcting.correct(store, given, fields, author, reason, alone=alone)
            self._renew(documents, set())
            key = queries.item_key(store, given)
            self._log("corrected", key, ", ".join(fields))
            return correcting.made_at(store, made)

    def undo(self, given: str, *, author: str = "unnamed", reason: str = "") -> None:
        """Withdraw the last correction of an entry or item; UsageError when there is none."""
        with self._store.write():
            documents, linked = correcting.undo(self._store, given)
            self._renew(documents, linked)
            self._log("undone", queries.item_key(self._store, given), f"by {author}: {reason}")

    def _renew(self, documents: list[int], linked: set[str]) -> None:
        """Apply what is corrected in these documents and judge anew all that it touches."""
        store = self._store
        numbers: list[int] = []
        for number in documents:
            before = {
                r["id"]: r["key"]
                for r in store.rows("SELECT id, key FROM record WHERE document = ? AND current", (number,))
            }
            changed = apply_corrections(store, number)
            linked |= withdraw(store, [before[at] for at in changed])
            numbers += [
                r["id"] for at in changed for r in store.rows("SELECT id FROM record WHERE id = ? AND NOT wrong", (at,))
            ]
            judged = store.rows(
                "SELECT left, right FROM judgement JOIN correction ON correction.id = judgement.correction "
                "JOIN document ON document.key = correction.document WHERE document.id = ?",
                (number,),
            )
            linked |= {key for row in judged for key in (row["left"], row["right"])}
        old = {
            row["entry"]
            for key in linked
            for row in store.rows("SELECT entry FROM record WHERE key = ?", (key,))
            if row["entry"]
        }
        entries = merge(store, numbers)
        entries |= recluster(store, linked) | old
        decide(store, entries, numbers)

    # --- what comes out

    def entries(
        self,
        kind: Kind,
        *,
        pair: Pair | None = None,
        as_of: date | None = None,
        since: date | None = None,
        until: date | None = None,
        limit: int | None = None,
        reported_since: date | None = None,
    ) -> list[AnyEntry]:
        """Return the entries of a kind as the ledger stood on a day (None: today), oldest day first.

        The day of an event is when it happened or was first told, that of a step the last on which it is due; all
        others are listed under the day they were last told. Steps without a date are left out when `since` or `until`
        is given. `limit` keeps the latest; `reported_since` those of which a later document than that day tells.
        """
        with self._store.read():
            return queries.entries(
                self._store,
                kind,
                pair=pair,
                as_of=as_of or date.today(),
                since=since,
                until=until,
                limit=limit,
                reported_since=reported_since,
            )

    def contested(self, pair: Pair | None = None, *, as_of: date | None = None) -> list[EventEntry]:
        """Return the events that one document tells of and another denies, the one told last first."""
        with self._store.read():
            return queries.contested(self._store, pair, as_of or date.today())

    def entry(self, given: str, as_of: date | None = None) -> AnyEntry:
        """Return an entry by its id, that of one of its items, or a beginning of one; UsageError when there is none."""
        with self._store.read():
            return queries.entry(self._store, given, as_of or date.today())

    def acts(
        self, pair: Pair, *, as_of: date | None = None, since: date | None = None, until: date | None = None
    ) -> list[Act]:
        """Return the events of a pair in the few fields that counting needs, oldest first."""
        with self._store.read():
            return acts_of(self._store, pair, as_of=as_of or date.today(), since=since, until=until)

    def pairs(self, as_of: date | None = None) -> list[PairCount]:
        """Return the pairs of actors told of, the most told first."""
        return queries.pairs(self._store, as_of or date.today())

    def document(self, given: str) -> Stored:
        """Return a document with its text by its id; UsageError when there is none."""
        return queries.document(self._store, given)

    def documents(
        self, *, pair: Pair | None = None, as_of: date | None = None, since: date | None = None
    ) -> list[Source]:
        """Return the documents known by a day (those with a record of the pair, or all), oldest first."""
        return queries.documents(self._store, pair, as_of or date.today(), since)

    def statements_by(
        self,
        name: str,
        *,
        as_of: date | None = None,
        since: date | None = None,
        until: date | None = None,
        limit: int | None = None,
    ) -> list[AnyEntry]:
        """Return the statements of a speaker (words of the name, or an actor id), oldest first."""
        with self._store.read():
            return queries.statements_by(self._store, name, as_of or date.today(), since, until, limit)

    def search(self, words: str, *, as_of: date | None = None, limit: int = 50) -> list[Hit]:
        """Return where all the words occur, in documents and in the words that records rest on."""
        return queries.search(self._store, words, as_of or date.today(), limit)

    def judgements_of(self, given: str) -> list[Judgement]:
        """Return the judgements on the items of an entry, by rules and persons, withdrawn ones too."""
        return correcting.judgements_of(self._store, correcting.members(self._store, given))

    def corrections_of(self, given: str) -> list[Correction]:
        """Return the corrections of an entry's items, withdrawn ones too, oldest first."""
        return correcting.corrections_of(self._store, correcting.members(self._store, given))

    def relation(self, a: str, b: str, *, as_of: date | str | None = None) -> Relation:
        """Return the state of the relation of two actors, given by id; see `dragoman.views.relation`.

        Raises UsageError for an id that neither the ontology nor the ledger knows.
        """
        from dragoman.views import relation  # the one look upwards: the view a notebook asks for first

        known = {id for pair in self.pairs(date.max) for id in pair.pair}
        for id in (a, b):
            if not ontology.is_known(id) and id not in known:
                raise UsageError(f'"{id}" is no actor id. States have ISO codes (KEN), organisations short forms (EU).')
        return relation(self, a, b, as_of=date.fromisoformat(as_of) if isinstance(as_of, str) else as_of)

    @property
    def evidence(self) -> Evidence:
        """What stands in which document, and what an entry has to do with others."""
        return Evidence(self._store)

    @property
    def glance(self) -> Glance:
        """What is asked of all pairs at once: what is news, acts by month, the state in figures."""
        return Glance(self._store)

    @property
    def arrivals(self) -> Arrivals:
        """What was given to the ledger, and what became of it."""
        return Arrivals(self._store)

    @property
    def sources(self) -> Sources:
        """The sources that are watched, as they were when they were last looked at."""
        return Sources(self._store)

    def has(self, document: Document) -> str | None:
        """Return the key of a document that is there and was read by the present reader, else None."""
        key = document_key(document)
        return key if self._known(key) == _reader() else None

    def reader(self) -> str:
        """Return the present reader and its models as text."""
        return json.dumps(_reader())

    def _known(self, key: str) -> tuple[str, list[str]] | None:
        """Return the reader whose reading of a document is in use, or None where the document is not there."""
        row = self._store.row(
            "SELECT reader, models FROM reading JOIN document ON document.id = reading.document "
            "WHERE document.key = ? AND current",
            (key,),
        )
        return (row["reader"], json.loads(row["models"])) if row else None

    def _joined(self, number: int) -> int:
        """Return how many records of a document belong to entries that other documents tell of too."""
        row = self._store.row(
            "SELECT count(*) FROM record WHERE document = ? AND current AND EXISTS (SELECT 1 FROM record AS other "
            "WHERE other.entry = record.entry AND other.document != record.document)",
            (number,),
        )
        return int(row[0]) if row else 0

    def _reprint(self, key: str, origin: str) -> str | None:
        if origin != key:
            return origin
        row = self._store.row(
            "SELECT key FROM document WHERE origin = ? AND key != ? ORDER BY known_on, key", (origin, key)
        )
        return row["key"] if row else None

    def _log(self, what: str, about: str, detail: str) -> None:
        self._store.do(
            "INSERT INTO revision (made_at, what, about, detail) VALUES (?, ?, ?, ?)", (now(), what, about, detail)
        )


def _document(
    source: Document | str | Path, published: str | date | None, title: str | None, publisher: str | None
) -> Document:
    if isinstance(source, Document):
        return source
    from dragoman.sources import from_text, open_document

    text = str(source)
    if isinstance(source, str) and ("\n" in text or (" " in text and not Path(text).exists())):
        return from_text(text, published=published, title=title, publisher=publisher)
    return open_document(text, published=published, title=title, publisher=publisher)


def _reader() -> tuple[str, list[str]]:
    """Return the present reader's version and models, without loading them."""
    from importlib.metadata import version

    from dragoman.language.parse import model_name

    return version("dragoman"), [model_name()]
