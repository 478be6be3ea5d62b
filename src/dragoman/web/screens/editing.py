"""Editing: accept, correct, merge, split, withdraw and take back, as plain forms on the page of an entry.

In:     what a person typed, from a form of this application, where `Settings.edit` allows it.
Out:    corrections in the ledger and the way back to the entry; a page with what was typed where it cannot be done.
Never:  changes a document or what was read of it: a correction lies over it and can be taken back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import quote, unquote

from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from dragoman.errors import UsageError
from dragoman.ledger import Correction, Ledger
from dragoman.ledger.correcting import ACCEPTED
from dragoman.ledger.entries import AnyEntry, Item
from dragoman.show.changes import correction_words
from dragoman.show.words import shorten
from dragoman.web.answering import Ask, Asking
from dragoman.web.forms import Field, Typed, changed, fields_of
from dragoman.web.pages import page
from dragoman.web.safety import is_ours, token

router = APIRouter()

#: Characters of a name and of a reason (guesses).
AUTHOR, REASON = 100, 1_000
#: Records that a form offers (guess); others are reached from their documents.
OFFERED = 100
#: Days for which a browser keeps the name of who edits.
KEPT_DAYS = 90
_COOKIE = "author"


@dataclass(frozen=True, slots=True)
class Action:
    """What a person may do with an entry: its name in addresses, its label and letter, what comes of it."""

    name: str
    label: str
    key: str
    told: str
    does: Callable[[Ledger, str, Typed, str, str], None]
    needs_reason: bool = True


@dataclass(frozen=True, slots=True)
class Choice:
    """A record that a form offers, in words."""

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class Forms:
    """What the forms of an entry are made from; `typed` holds what was sent last, `failed` the action it was for."""

    id: str
    actions: tuple[Action, ...]
    token: str
    author: str
    fields: tuple[Field, ...] = ()
    before: tuple[Field, ...] = ()
    records: tuple[Choice, ...] = ()
    more: int = 0
    last: str = ""
    last_words: tuple[str, ...] = ()
    typed: Typed | None = None
    failed: str = ""

    def said(self, action: str, name: str) -> str:
        """Return what was typed into an input of the form that failed, "" in all others."""
        values = (self.typed or {}).get(name, ()) if action == self.failed else ()
        return values[0] if values else ""


async def _typed(request: Request) -> dict[str, list[str]]:
    """Return what a form sent; files and what is no text are left out."""
    async with request.form(max_files=0) as form:
        found: dict[str, list[str]] = {}
        for name, value in form.multi_items():
            if isinstance(value, str):
                found.setdefault(name, []).append(value.encode(errors="replace").decode())
        return found


@router.post("/entry/{id}/{action}", status_code=303, response_class=Response)
def edit(ask: Asking, id: str, action: str, typed: Annotated[dict[str, list[str]], Depends(_typed)]) -> Response:
    """Do what a form asks for; with what cannot be done the form comes back as it was typed."""
    wanted = next((one for one in ACTIONS if one.name == action), None)
    if wanted is None:
        raise HTTPException(404)
    _allowed(ask, typed)
    author, reason = (" ".join((_first(typed, name)).split()) for name in ("author", "reason"))
    with ask.shelf.writing() as ledger:
        standing = _standing(ledger, id)
        try:
            _check(author, reason, wanted)
            wanted.does(ledger, id, typed, author, reason)
        except UsageError as error:
            return HTMLResponse(_again(ask, ledger, id, standing, wanted, typed, str(error)), 422)
    answer = RedirectResponse(f"/entry/{quote(id, safe='')}#said", 303)
    secure = ask.request.url.scheme == "https"
    answer.set_cookie(
        _COOKIE, quote(author), max_age=KEPT_DAYS * 86_400, httponly=True, samesite="strict", secure=secure
    )
    return answer


def _allowed(ask: Ask, typed: Typed) -> None:
    """Refuse what is not to be written, or comes from elsewhere."""
    if not ask.settings.edit:
        try:
            with ask.shelf.writing():
                pass
        except UsageError as error:
            raise HTTPException(403, str(error)) from None
    if not is_ours(ask.request, _first(typed, "token")):
        raise HTTPException(403, "this form is not of this application, or too old. Load the entry again and repeat.")


def _check(author: str, reason: str, action: Action) -> None:
    if not author:
        raise UsageError("say who you are: corrections carry a name.")
    if action.needs_reason and not reason:
        raise UsageError("say why: whoever reads this later needs the reason.")
    if len(author) > AUTHOR or len(reason) > REASON:
        raise UsageError(f"a name has at most {AUTHOR} characters and a reason {REASON:,}. Say it shorter.")


def _standing(ledger: Ledger, id: str) -> AnyEntry | None:
    """Return the entry, or None where a person called it wrong; UsageError where there is none."""
    try:
        return ledger.entry(id)
    except UsageError:
        if last_of(ledger.corrections_of(id)):
            return None
        raise


def last_of(corrections: Sequence[Correction]) -> list[Correction]:
    """Return the corrections that would be taken back next: those made together last."""
    standing = [one for one in corrections if one.withdrawn_at is None]
    return [one for one in standing if one.made_at == standing[-1].made_at] if standing else []


def _again(ask: Ask, ledger: Ledger, id: str, entry: AnyEntry | None, action: Action, typed: Typed, says: str) -> str:
    """Return the page of a form that could not be done: what was wrong, and what was typed."""
    told = forms(ask, ledger, id, entry, typed=typed, failed=action.name)
    title = f"{action.label}: not done yet"
    return page("edit.html", ask=None, title=title, says=f"{says[:1].upper()}{says[1:]}", edit=told, action=action)


def forms(
    ask: Ask,
    ledger: Ledger,
    id: str,
    entry: AnyEntry | None,
    corrections: Sequence[Correction] | None = None,
    *,
    typed: Typed | None = None,
    failed: str = "",
) -> Forms:
    """Return what the forms of an entry show; of one that was called wrong only how to take that back."""
    last = last_of(ledger.corrections_of(id) if corrections is None else corrections)
    items = entry.items if entry is not None else ()
    possible = [one for one in ACTIONS if (last or one.name != "undo") and (entry or one.name == "undo")]
    return Forms(
        id=entry.id if entry else id,
        actions=tuple(one for one in possible if one.name != "split" or len(items) > 1),
        token=token(ask.request.app.state.secret, "form"),
        author=(_first(typed, "author") if typed else "") or author_of(ask),
        fields=tuple(fields_of(entry, typed if failed == "correct" else None)) if entry else (),
        before=tuple(fields_of(entry)) if entry else (),
        records=tuple(Choice(item.id, _record_words(item)) for item in items[:OFFERED]),
        more=max(0, len(items) - OFFERED),
        last=last[0].made_at if last else "",
        last_words=tuple(correction_words(one) for one in last[:5]),
        typed=typed,
        failed=failed,
    )


def author_of(ask: Ask) -> str:
    """Return the name under which this browser edited last."""
    return unquote(ask.request.cookies.get(_COOKIE, ""))[:AUTHOR]


def depends(ask: Ask) -> str:
    """Return what a page with forms depends on besides its address."""
    return f"{token(ask.request.app.state.secret, 'form')} {author_of(ask)}" if ask.settings.edit else ""


def _record_words(item: Item) -> str:
    """Return a record in a line: its id, who published it and the words it rests on."""
    source = item.source.publisher or item.source.title or item.source.document
    said = item.quotes[0].text if item.quotes else ""
    return shorten(f"{item.id} – {shorten(source, 40)}, {item.source.known_on}: {shorten(said, 80)}", 160)


def _first(typed: Mapping[str, Sequence[str]], name: str) -> str:
    values = typed.get(name, ())
    return values[0] if values else ""


# -- what the actions do -------------------------------------------------------------------------------------------


def _accept(ledger: Ledger, id: str, typed: Typed, author: str, reason: str) -> None:
    ledger.correct(ledger.entry(id).id, {ACCEPTED: True}, author=author, reason=reason)


def _correct(ledger: Ledger, id: str, typed: Typed, author: str, reason: str) -> None:
    entry = ledger.entry(id)
    fields: dict[str, Any] = changed(ledger, entry.kind, typed)
    if not fields:
        raise UsageError("nothing was changed. Type over what is wrong, or accept the entry as it is.")
    ledger.correct(entry.id, fields, author=author, reason=reason)


def _merge(ledger: Ledger, id: str, typed: Typed, author: str, reason: str) -> None:
    entry, given = ledger.entry(id), _first(typed, "other").strip()
    if not given:
        raise UsageError("give the id of the other entry. It stands on its page, and in its address.")
    other = ledger.entry(given)
    if other.id == entry.id:
        raise UsageError(f"{given[:40]} belongs to this entry already.")
    ledger.correct(entry.id, {"same": other.id}, author=author, reason=reason)


def _split(ledger: Ledger, id: str, typed: Typed, author: str, reason: str) -> None:
    entry, item = ledger.entry(id), _record_in(ledger.entry(id), typed)
    others = [one.id for one in entry.items if one.id != item]
    if not others:
        raise UsageError("this entry has one record only; there is nothing to take it out of.")
    ledger.correct(item, {"different": others}, author=author, reason=reason)


def _withdraw(ledger: Ledger, id: str, typed: Typed, author: str, reason: str) -> None:
    entry = ledger.entry(id)
    whole = _first(typed, "item") == "all"
    item = entry.id if whole else _record_in(entry, typed)
    ledger.correct(item, {"wrong": True}, author=author, reason=reason, alone=not whole)


def _undo(ledger: Ledger, id: str, typed: Typed, author: str, reason: str) -> None:
    last = last_of(ledger.corrections_of(id))
    if last and last[0].made_at != _first(typed, "last"):
        raise UsageError("another correction was made meanwhile; the last one is now that below. Look again.")
    ledger.undo(id, author=author, reason=reason)


def _record_in(entry: AnyEntry, typed: Typed) -> str:
    given = _first(typed, "item")
    if given not in {item.id for item in entry.items}:
        raise UsageError("choose one of the records of this entry.")
    return given


ACTIONS = (
    Action(
        "accept", "Accept", "a",
        "It is noted that you looked at this entry and found its records right. Nothing else changes.",
        _accept, needs_reason=False,
    ),
    Action(
        "correct", "Correct", "c",
        "What you change holds for all records of this entry, lies over what was read and can be taken back. "
        "The documents stay as they are.",
        _correct,
    ),
    Action(
        "merge", "Merge", "m",
        "This entry and the other become one, with the records of both. Either id then leads to it.",
        _merge,
    ),
    Action(
        "split", "Split", "s",
        "The record is taken out and becomes an entry of its own; the others stay together.",
        _split,
    ),
    Action(
        "withdraw", "Withdraw", "w",
        "What you call wrong is kept but no longer shown or counted, and can be taken back.",
        _withdraw,
    ),
    Action(
        "undo", "Take back", "u",
        "The last correction of this entry no longer holds; it stays in the list, as withdrawn.",
        _undo,
    ),
)  # fmt: skip
