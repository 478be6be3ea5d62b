"""Watching: feeds and folders, looked at again and again by one process.

In:     the sources that a file lists (see `wanted`), a ledger, and how to fetch.
Out:    what they bring, in the ledger; how each source is, in the ledger too, so that a later run goes on where this
        one stopped; one `Look` for each time a source was looked at.
Units:  moments are UTC.

A feed is asked for only where it changed (ETag, Last-Modified). One that fails is asked more and more seldom, and not
before the moment its server named (Retry-After). robots.txt is honoured for feeds and for the pages that they name.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

from dragoman.errors import FetchFailed, UnreadableInput, UsageError
from dragoman.intake import Outcome, take_in
from dragoman.intake.wanted import Wanted
from dragoman.ledger import Ledger
from dragoman.ledger.arrivals import OutcomeWord
from dragoman.ledger.watched import Watched
from dragoman.sources import Item, Known, Walk, items
from dragoman.sources.fetch import Page
from dragoman.sources.files import inputs
from dragoman.sources.items import items_of
from dragoman.sources.kinds import kind_of
from dragoman.sources.robots import Robots

#: A source that fails is asked again after its interval times two for each failure in a row, at most after this long.
#: Guess: a server that is down for a week is asked some ten times.
LONGEST = timedelta(days=1)
#: Seconds for which a file must have lain still before it is read: somebody may be writing it. Guess.
STILL = 2.0


class Fetch(Protocol):
    """Fetches a page, with what marked its last state; its `data` is None where it has not changed since."""

    def __call__(self, url: str, /, *, etag: str | None = None, modified: str | None = None) -> Page:
        """Return the page; FetchFailed where there is none."""


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen when a source was looked at: how it is now, and how many items had each outcome."""

    source: Watched
    outcomes: Counter[OutcomeWord]


@dataclass(slots=True)
class _Seen:
    """What was seen among the items of one source: `again` where a page could not be fetched for now."""

    items: int = 0
    refused: int = 0
    newest: str | None = None
    again: bool = False
    broken: str = ""
    note: str = ""

    def add(self, outcome: Outcome) -> None:
        """Count one outcome."""
        self.items += 1
        if outcome.published:
            self.newest = max(self.newest or "", outcome.published)
        if outcome.outcome == "refused":
            self.refused += 1
            self.again |= bool(outcome.passing)
            self.broken, self.note = outcome.place, outcome.reason or ""

    def told(self, known: Watched) -> Watched:
        """Return the source as it is after these."""
        if not self.items:
            return replace(known, state="valid but empty", note="")
        if self.refused == self.items:
            return replace(known, state="unreachable", note=f"Nothing in it could be read; of the last: {self.note}")
        newest = max(filter(None, (self.newest, known.newest)), default=None)
        note = f"{self.refused} of {self.items} refused; the last: {self.note}" if self.refused else ""
        return replace(known, state="fresh" if self.newest else "undated", newest=newest, note=note)


class Watcher:
    """Looks at sources whenever they are due.

    `fetch` gets feeds, `visit` the pages that they name; `now` and `sleep` are for tests.
    """

    def __init__(
        self,
        ledger: Ledger,
        sources: Sequence[Wanted],
        *,
        fetch: Fetch,
        visit: Callable[[str], Page],
        robots: Robots,
        keep_all: bool = False,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._ledger, self._sources, self._fetch, self._visit = ledger, sources, fetch, visit
        self._robots, self._keep_all, self._now, self._sleep = robots, keep_all, now, sleep
        self._lying: dict[str, frozenset[str]] = {}  # the files of each folder when it was last looked at

    def looks(self, *, once: bool = False) -> Iterator[Look]:
        """Yield a look at each source when it is due, without end; with `once`, one at each that is due now."""
        for one in self._sources:
            self._enter(one)
        if once:
            for one in self._sources:
                if self._due(one) <= self._now():
                    yield self._look(one)
            return
        while True:
            following = min(self._sources, key=self._due)
            wait = (self._due(following) - self._now()).total_seconds()
            if wait > 0:
                self._sleep(wait)
                continue
            yield self._look(following)

    def _enter(self, one: Wanted) -> None:
        """Note a source that is new, or that lies elsewhere than it did."""
        before = self._ledger.sources.get(one.name)
        if before is None or (before.kind, before.place) != (one.kind, one.place):
            moment = _text(self._now())
            self._ledger.sources.put(Watched(one.name, one.kind, one.place, "not looked at yet", moment, moment))

    def _due(self, one: Wanted) -> datetime:
        """Return when a source is due; a shorter interval than the last run's takes effect at once."""
        known = self._known(one)
        due = datetime.fromisoformat(known.next_at)
        if known.looked_at and not known.failures:
            due = min(due, datetime.fromisoformat(known.looked_at) + one.every)
        return due

    def _known(self, one: Wanted) -> Watched:
        known = self._ledger.sources.get(one.name)
        assert known is not None
        return known

    def _look(self, one: Wanted) -> Look:
        """Look at one source and note how it is."""
        known = self._known(one)
        outcomes: Counter[OutcomeWord] = Counter()
        try:
            after = (self._feed if one.kind == "feed" else self._folder)(one, known, outcomes)
            after = replace(after, failures=0, next_at=_text(self._now() + one.every))
        except UnreadableInput as error:
            after = self._failed(one, known, error)
        moment = _text(self._now())
        after = replace(after, looked_at=moment, since=known.since if after.state == known.state else moment)
        self._ledger.sources.put(after)
        return Look(after, outcomes)

    def _failed(self, one: Wanted, known: Watched, error: UnreadableInput) -> Watched:
        """Return a source that could not be reached; the more often in a row, the later it is asked again."""
        failures = known.failures + 1
        wait = max(one.every, min(LONGEST, one.every * 2 ** min(failures, 16)))
        if isinstance(error, FetchFailed) and error.retry_after is not None:
            wait = max(wait, timedelta(seconds=error.retry_after))
        due = _text(self._now() + wait)  # then all of it is asked for, which tells its state anew
        return replace(
            known, state="unreachable", failures=failures, note=str(error), next_at=due, etag=None, modified=None
        )

    def _feed(self, one: Wanted, known: Watched, outcomes: Counter[OutcomeWord]) -> Watched:
        """Take in what a feed brings, where it changed."""
        if not self._robots.allowed(one.place):
            raise FetchFailed(f"robots.txt of its host forbids {one.place}, or cannot be read for now.")
        page = self._fetch(one.place, etag=known.etag, modified=known.modified)
        if page.data is None:
            return known
        if kind_of(page.data, page.name) != "feed":
            raise UnreadableInput(f"{one.place} answers with something that is no feed. Look at it in a browser.")
        seen = self._take(items_of(page, self._walk(one)), one, outcomes)
        if seen.items == 1 and seen.broken == page.name:
            raise UnreadableInput(seen.note)
        marks = (None, None) if seen.again else (page.etag, page.modified)  # ask for all of it where a page is missing
        return replace(seen.told(known), etag=marks[0], modified=marks[1])

    def _folder(self, one: Wanted, known: Watched, outcomes: Counter[OutcomeWord]) -> Watched:
        """Take in the files of a folder that came or changed since, once they lie still."""
        if not os.path.isdir(one.place):
            raise UnreadableInput(f"There is no folder {one.place}. Make it, or change the list of sources.")
        walk = self._walk(one)
        edge = int((self._now().timestamp() - STILL) * 1e9)  # before the list: a file of then is in it
        try:
            files = inputs([one.place], walk.passed_over)
        except UsageError:  # it holds no document yet
            return replace(known, state="valid but empty", note="")
        last = int(known.modified or 0)
        still = {file: changed for file in files if (changed := _changed(file.path)) <= edge}
        lay = self._lying.get(one.name, frozenset())  # a folder that is moved in brings files that changed long ago
        came = {file: changed for file, changed in still.items() if changed > last or file.path not in lay}
        seen = self._take(items(came, walk), one, outcomes)
        self._lying[one.name] = frozenset(file.path for file in still)
        if not came and known.state != "not looked at yet":
            return known
        after = seen.told(known)
        if after.state == "unreachable" and known.state in ("fresh", "undated"):  # it holds others that were read
            after = replace(known, note=f"{seen.refused} new refused; the last: {seen.note}")
        return replace(after, modified=str(max([last, *came.values()])))

    def _walk(self, one: Wanted) -> Walk:
        """Return what holds for the documents of a source."""
        tomorrow = self._now().date() + timedelta(days=1)
        return Walk(given=Known(publisher=one.publisher, latest=tomorrow), visit=self._visit)

    def _take(self, found: Iterator[Item], one: Wanted, outcomes: Counter[OutcomeWord]) -> _Seen:
        """Take items in and return what was seen in them."""
        seen = _Seen()
        for outcome in take_in(self._ledger, found, keep_all=self._keep_all, source=one.name):
            outcomes[outcome.outcome] += 1
            seen.add(outcome)
        return seen


def _changed(path: str) -> int:
    """Return when a file last changed or came to its place, in nanoseconds; 0 where it is gone."""
    try:
        return os.stat(path).st_ctime_ns
    except OSError:
        return 0


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
