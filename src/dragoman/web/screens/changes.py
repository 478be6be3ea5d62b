"""What changed since the last visit or a day, by pair of states: the home page.

In:     a day, a pair, or the cookie that holds the days of the present and of the previous visit.
Out:    `/` as a page, `/changes` as JSON, CSV and a feed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from dragoman.errors import UsageError
from dragoman.ledger import Ledger
from dragoman.show.changes import changed_row
from dragoman.show.words import Mark, Names, day_words, mark
from dragoman.views.actors import actor_id
from dragoman.views.diff import Changed
from dragoman.views.news import ENTRIES, PAIRS, News, Told, news
from dragoman.web.answering import Ask, Asking, AsOf, Day, Page, screen
from dragoman.web.feed import feed, quote_of
from dragoman.web.screens.evidence import says

router = APIRouter()

#: The name of the cookie, and for how many seconds it is kept (a year).
COOKIE, KEPT = "visits", 31_536_000
#: Entries of a pair that is asked for, and those of each pair where pairs are listed, at most (guesses: a long page).
OF_PAIR, MOST = 150, 150
#: The times that are offered, in days.
SPANS = {"day": 1, "week": 7, "month": 30, "year": 365}
_VISITS = re.compile(r"(\d{4}-\d\d-\d\d)(?:\.(\d{4}-\d\d-\d\d))?")
_BEFORE = timedelta(days=1)

Since = Annotated[Day, Query(description="What became known after this day (default: the last week).")]
Named = Annotated[str | None, Query(max_length=200, description="Two actors, a comma between: IND,USA.")]
Actor = Annotated[str | None, Query(max_length=200, description="An actor by id or name; give both, a and b.")]
Few = Annotated[int | None, Query(ge=1, le=MOST, description="Entries of each pair, at most.")]


@dataclass(frozen=True, slots=True)
class Visits:
    """The days of the present visit and of the one before it, which stays the same all day."""

    now: date
    before: date | None

    def cookie(self) -> str:
        """Return both as the cookie holds them."""
        return f"{self.now}.{self.before}" if self.before else f"{self.now}"


def visits(cookie: str, today: date) -> Visits:
    """Return the visits as of today, by what a browser kept of the last ones; anything else counts as nothing."""
    found = _VISITS.fullmatch(cookie)
    try:
        last, before = (date.fromisoformat(day) if day else None for day in found.groups()) if found else (None, None)
    except ValueError:
        last = before = None
    if last is None or last > today:
        return Visits(today, None)
    return Visits(today, before) if last == today else Visits(today, last)


@router.get("/changes", include_in_schema=False)
def changes_page(request: Request) -> RedirectResponse:
    """Lead to the home page, which is this question as a page."""
    return RedirectResponse(str(request.url.replace(scheme="", netloc="", path="/")), 307)


@screen(router, "/", "json", "csv", "rss", answers=News)
def changes(
    ask: Asking,
    since: Since = None,
    pair: Named = None,
    a: Actor = None,
    b: Actor = None,
    as_of: AsOf = None,
    limit: Few = None,
) -> Response:
    """Show what is new, decided, disputed or changed, by pair, the weightiest first."""
    visit = visits(ask.request.cookies.get(COOKIE, ""), date.today())
    seen = visit.before if ask.form == "html" and since is None and as_of is None else None
    base = str(ask.request.base_url) if ask.form == "rss" else ""

    def view(ledger: Ledger) -> News:
        who = _pair(ledger, pair, a, b)
        # What was published on the day of the visit may have come in after it.
        first = seen - _BEFORE if seen else since
        entries = limit or (OF_PAIR if who else ENTRIES)
        return news(ledger, first, pair=who, as_of=as_of, pairs=PAIRS, entries=entries)

    def show(ledger: Ledger, found: News, names: Names) -> Page:
        late = ledger.glance.added_after(f"{seen}", found.since) if seen and not found.pair else (0, None)
        return _page(ask, found, names, seen, late)

    answer: Response = ask.answer(
        view, show, also=f"{seen}{base}", rss=lambda ledger, found: feed(found, base, Names())
    )
    if ask.form == "html":
        answer.set_cookie(COOKIE, visit.cookie(), max_age=KEPT, httponly=True, samesite="strict")
    return answer


def _pair(ledger: Ledger, pair: str | None, a: str | None, b: str | None) -> tuple[str, str] | None:
    """Return the pair that is asked for by ids or names."""
    given = pair.split(",") if pair else [one for one in (a, b) if one]
    if not [one for one in given if one.strip()]:
        return None
    if len(given) != 2 or not all(one.strip() for one in given):
        raise UsageError("a pair is two actors with a comma between, as in ?pair=IND,USA, or ?a=India&b=Japan.")
    left, right = (actor_id(ledger, one) for one in given)
    if left == right:
        raise UsageError(f"a pair is of two actors, and {left} is one. Name another beside it.")
    return left, right


def _page(ask: Ask, found: News, names: Names, seen: date | None, late: tuple[int, date | None]) -> Page:
    title = " – ".join(map(names.name, found.pair)) + ": what changed" if found.pair else "What changed"
    groups = [
        {"pair": one.pair, "name": " – ".join(map(names.name, one.pair)), "total": one.total, "told": one.told}
        for one in found.pairs
    ]
    given: dict[str, Any] = {
        "found": found,
        "groups": groups,
        "basis": _basis(ask, found, seen),
        "late": late,
        "spans": _spans(found),
        "says": lambda told: says(told.entry, names),
        "sign": sign,
        "facts": lambda told: facts(told, names),
        "quote": quote_of,
    }
    return Page("changes.html", title, given)


def _basis(ask: Ask, found: News, seen: date | None) -> str:
    """Return in words from when on what is shown is new."""
    if found.newest is None:
        return "The ledger holds no document yet. Add one: dragoman add report.txt"
    until = f"up to {day_words(found.until)}, the day of the newest document"
    if seen:
        return f"Since your last visit on {day_words(seen)}, {until}."
    if ask.request.query_params.get("since"):
        return f"After {day_words(found.since)}, {until}."
    return f"The last {(found.until - found.since).days} days that the ledger has news of, {until}."


def _spans(found: News) -> list[tuple[str, date]]:
    """Return the days from which a day, a week, a month and a year of news begin."""
    return [
        (name, _earlier(found.until, days)) for name, days in (("day", 1), ("week", 7), ("month", 30), ("year", 365))
    ]


def _earlier(day: date, days: int) -> date:
    return date.fromordinal(max(1, day.toordinal() - days))


def sign(told: Told) -> Mark | None:
    """Return the mark of a piece of news: how the entry stands now."""
    if told.what == "disputed":
        return Mark("half", "disputed")
    if told.outcome:
        return mark("outcome", told.outcome)
    entry = told.entry
    if entry.kind == "measures":
        return mark("measure_status", entry.status)  # type: ignore[union-attr]
    if entry.kind == "next_steps":
        return mark("firmness", entry.firmness)  # type: ignore[union-attr]
    return mark("status", entry.status) if entry.kind == "events" else None  # type: ignore[union-attr]


def facts(told: Told, names: Names) -> str:
    """Return what changed in an entry, in words: "status: announced → in force"."""
    notes = changed_row(Changed(told.entry, told.changes), names).notes if told.changes else ()
    return "; ".join(f"{label}: {text}" for label, text in notes)
