"""One question, answered as a page, as JSON, CSV, a calendar or a feed, whichever the address asks for.

In:     a request; a function that asks a view; what its page shows.
Out:    a response; answers that were made once are kept until the ledger changes, and a little longer while the server
        is busy (dragoman.web.kept).
Never:  makes an answer twice at once: who asks meanwhile waits for the first.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import Annotated, Any, Literal, Protocol

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BeforeValidator

from dragoman.ledger import Ledger
from dragoman.show.words import Names
from dragoman.views.table import as_plain
from dragoman.web.books import Shelf
from dragoman.web.kept import Kept
from dragoman.web.pages import page
from dragoman.web.settings import Settings

Form = Literal["html", "json", "csv", "ics", "rss"]
MEDIA: dict[str, str] = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
}
#: A day as forms send it.
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
#: A cell that begins so would be taken for a formula by a spreadsheet.
_FORMULA = re.compile(r"^[=+\-@\t\r]")


def _day(given: object) -> object:
    """Return a day as it was given, where it is written YYYY-MM-DD; ValueError for numbers, which count as days too."""
    if isinstance(given, str) and not _DAY.fullmatch(given):
        raise ValueError("write a day as YYYY-MM-DD")
    return given


Day = Annotated[date | None, BeforeValidator(_day)]
AsOf = Annotated[Day, Query(description="Answer as the ledger stood on this day (default: today).")]


class Answer(Protocol):
    """What views return: plain data and rows."""

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""

    def rows(self) -> list[dict[str, Any]]:
        """Return flat rows."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its template, its title, and what the template is given."""

    template: str
    title: str
    given: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ask:
    """A request with all that answers it."""

    request: Request
    settings: Settings
    shelf: Shelf
    kept: Kept
    form: Form

    @property
    def forms(self) -> Sequence[Form]:
        """The forms in which this question is answered."""
        found: Sequence[Form] = self.request.scope["route"].forms
        return found

    def address(self, form: Form = "html", **changed: object) -> str:
        """Return the address of this question in another form, or with other parameters (None: without)."""
        bare = self.request.url.path.removesuffix(f".{self.form}") if self.form != "html" else self.request.url.path
        url = self.request.url.replace(scheme="", netloc="", path=bare if form == "html" else suffixed(bare, form))
        return str(url.include_query_params(**{k: v for k, v in changed.items() if v is not None}).remove_query_params(
            [name for name, value in changed.items() if value is None]
        ))  # fmt: skip

    def answer(
        self,
        view: Callable[[Ledger], Any],
        show: Callable[[Ledger, Any, Names], Page],
        *,
        also: str = "",
        **others: Callable[[Ledger, Any], str | bytes],
    ) -> Response:
        """Answer in the form that is asked for.

        `view` asks the ledger; `show` makes the page of what it answered; `others` make further forms (`ics`, `rss`).
        `also` is what the answer depends on besides address, day and ledger (a cookie).
        """

        def make() -> bytes:
            with self.shelf.reading() as ledger:
                found = view(ledger)
                if self.form == "html":
                    return self._page(show(ledger, found, Names())).encode()
                made = others[self.form](ledger, found) if self.form in others else WRITERS[self.form](found)
                return made.encode() if isinstance(made, str) else made

        return self.respond(make, also=also)

    def respond(self, make: Callable[[], bytes], *, also: str = "") -> Response:
        """Return what is kept for this question, or make it; the browser is told when it has it already."""
        url, asked = self.request.url, self.request.headers.get("if-none-match", "")
        question = _mark(url.path, url.query, date.today().isoformat(), self.shelf.edition, also)
        state = self.shelf.stamp()
        if (tag := f'"{_mark(question, state)}"') in asked:
            return Response(status_code=304, headers=_headers(tag))
        answer = self.kept.get(question, state, make)
        if (tag := f'"{_mark(question, answer.state)}"') in asked:
            return Response(status_code=304, headers=_headers(tag))
        return Response(answer.body, media_type=MEDIA[self.form], headers=_headers(tag))

    def _page(self, shown: Page) -> str:
        return page(shown.template, ask=self, title=shown.title, **shown.given)


def _mark(*parts: str) -> str:
    """Return one short word for several."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def _headers(tag: str) -> dict[str, str]:
    return {"ETag": tag, "Cache-Control": "private, no-cache"}


def asking(request: Request) -> Ask:
    """Return the request with the application's ledger."""
    state = request.app.state
    return Ask(request, state.settings, state.shelf, state.kept, getattr(request.scope["route"], "form", "json"))


Asking = Annotated[Ask, Depends(asking)]


def screen(router: APIRouter, path: str, *forms: Form, answers: Any = None) -> Callable[[Any], Any]:
    """Serve an endpoint at a path as a page, and at the path with `.json`, `.csv`, ... in its other forms.

    `answers` is the class that the view returns; its fields describe the JSON in OpenAPI.
    """

    def wrap(endpoint: Any) -> Any:
        for form, method in product((*forms, "html"), ("GET", "HEAD")):
            router.add_api_route(
                path if form == "html" else suffixed(path, form),
                endpoint,
                methods=[method],
                name=f"{endpoint.__name__}.{form}",
                response_class=Response,
                responses=_described(form, answers),
                operation_id=f"{endpoint.__name__}_{form}",
                include_in_schema=method == "GET",
            )
            route: Any = router.routes[-1]
            route.form, route.forms = form, ("html", *forms)
        return endpoint

    return wrap


def suffixed(path: str, form: str) -> str:
    """Return the address of a page in another form: /due.json; that of the home page is /changes.json."""
    return f"{'/changes' if path == '/' else path}.{form}"


def _described(form: Form, answers: Any) -> dict[int | str, dict[str, Any]]:
    """Return what OpenAPI is told of an answer."""
    content: dict[str, Any] = {}
    if form == "json" and answers is not None:
        content["x-answers"] = answers
    return {200: {"description": "The answer.", "content": {MEDIA[form].partition(";")[0]: content}}}


def written_json(found: Any) -> str:
    """Return an answer as JSON."""
    plain = found.to_dict() if hasattr(found, "to_dict") else as_plain(found)
    return json.dumps(plain, ensure_ascii=False, allow_nan=False)


def written_csv(found: Answer) -> str:
    """Return the rows of an answer as CSV; an apostrophe stands before what a spreadsheet would run as a formula."""
    rows = found.rows()
    out = io.StringIO()
    if rows:
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\r\n")
        writer.writeheader()
        writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return out.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, list | tuple):
        value = "; ".join(map(str, value))
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


WRITERS: dict[str, Callable[[Any], str]] = {"json": written_json, "csv": written_csv}
