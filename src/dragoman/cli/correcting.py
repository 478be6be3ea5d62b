"""Correcting: `dragoman correct`.

In:     the id of an entry and what a person knows better of it.
Out:    rows in the ledger that lie over what was read, survive rereading and can be withdrawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from dragoman.cli.asking import DEFAULT_LEDGER, Json, LedgerFile, actor_id, one_of, opened, plainly, window
from dragoman.cli.edges import as_json, edge, print_text
from dragoman.domain import EVENT_TYPES, MeasureStatus, Status, plain
from dragoman.errors import UsageError

if TYPE_CHECKING:
    from dragoman.ledger import Correction, Ledger

_Text = str | None


def correct(
    id: Annotated[str, typer.Argument(metavar="ID", help="The id of an entry, such as E-4k2m9xq7a, or its beginning.")],
    type: Annotated[_Text, typer.Option("--type", metavar="TYPE", help="Its PLOVER type, such as CONSULT.")] = None,
    status: Annotated[
        _Text, typer.Option(metavar="WORD", help="happened, ...; of a measure in-force, ...; of a step met, ...")
    ] = None,
    actors: Annotated[_Text, typer.Option(metavar="A,B", help="Who acts; of a measure, whose it is.")] = None,
    recipients: Annotated[_Text, typer.Option(metavar="A,B", help='Who is acted on; "none" for nobody.')] = None,
    when: Annotated[_Text, typer.Option(metavar="START..END", help="When it took or takes place.")] = None,
    due: Annotated[_Text, typer.Option(metavar="START..END", help="When a step is due.")] = None,
    same_as: Annotated[_Text, typer.Option(metavar="ID", help="It is the same as this entry.")] = None,
    not_same_as: Annotated[_Text, typer.Option(metavar="ID", help="It is not the same as this record.")] = None,
    wrong: Annotated[
        bool, typer.Option("--wrong", help="It is no such thing at all; it is kept, but not shown.")
    ] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Withdraw the last correction of this entry.")] = False,
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why.")] = "",
    by: Annotated[_Text, typer.Option(metavar="NAME", help="Who corrects (the name of this user).")] = None,
    ledger: LedgerFile = DEFAULT_LEDGER,
    in_json: Json = False,
) -> None:
    """Correct an entry: what was read stays, and the correction lies over it, survives rereading and can be withdrawn.

    Example: dragoman correct E-4k2m9xq7a --status planned --reason "it was only announced"

    Example: dragoman correct E-4k2m9xq7a --undo
    """
    with edge(), opened(ledger) as book:
        from dragoman.ledger.entries import Outcome

        fields = {
            "type": one_of("PLOVER type", type, EVENT_TYPES),
            "status": one_of("status", status, (*get_args(Status), *get_args(MeasureStatus), *get_args(Outcome))),
            "actors": ids(book, actors),
            "recipients": ids(book, recipients),
            "when": plain(window(when)) if when else None,
            "due": plain(window(due)) if due else None,
            "same": same_as,
            "different": not_same_as,
            "wrong": wrong or None,
        }
        given = {name: value for name, value in fields.items() if value is not None}
        _check(given, undo)
        if undo:
            before = [one.id for one in book.corrections_of(id) if one.withdrawn_at is None]
            book.undo(id)
            made = [one for one in book.corrections_of(id) if one.id in before and one.withdrawn_at]
        else:
            made = book.correct(id, _named(id, given), author=by or _user(), reason=reason)
        _say(made, in_json)


def ids(ledger: Ledger, typed: str | None) -> list[str] | None:
    """Return the actors in a list with commas, by id or name; "none" is the empty list."""
    if typed is None or typed.strip().casefold() == "none":
        return None if typed is None else []
    return [actor_id(ledger, part) for part in typed.split(",") if part.strip()]


def _check(given: dict[str, Any], undo: bool) -> None:
    if undo and given:
        raise UsageError("--undo goes alone. Withdraw first, then correct anew.")
    if not undo and not given:
        raise UsageError("nothing to correct. Say what: --type, --status, --actors, --when, --wrong, ... or --undo.")


def _named(id: str, given: dict[str, Any]) -> dict[str, Any]:
    """Return the fields under the names they have in this kind of entry."""
    names = {"M": {"actors": "by", "recipients": "on"}, "N": {"status": "outcome"}}.get(id[:1].upper(), {})
    return {names.get(name, name): value for name, value in given.items()}


def _user() -> str:
    from getpass import getuser

    try:
        return getuser()
    except (KeyError, OSError):
        return "somebody"


def _say(made: Sequence[Correction], in_json: bool) -> None:
    """Print what was corrected or withdrawn."""
    if in_json:
        print_text(as_json([plainly(one) for one in made]))
        return
    from dragoman.show.changes import summary

    print_text("".join(f"{line}\n" for line in summary(made)))
