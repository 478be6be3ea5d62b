"""Progress: what long work shows on a terminal.

In:     how much there is to do, in bytes (0: not known); how much is done, and with what.
Out:    a bar on standard error with the items done, their rate, and the time that remains; nothing where that is no
        terminal.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

Progress = Callable[[int, str], None]


@contextmanager
def shown(what: str, total: int, *, quiet: bool = False) -> Iterator[Progress]:
    """Show a bar while something is done; what it yields is called after each item with what is done so far."""
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        yield lambda _done, _place: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    from dragoman.show.words import one_line, shorten

    columns = (
        TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(), TextColumn("{task.fields[place]}", markup=False),
    )  # fmt: skip
    start, items = monotonic(), 0
    with Bar(*columns, console=Console(stderr=True), transient=True, speed_estimate_period=120) as bar:
        task = bar.add_task(what, total=total or None, place="", rate="")

        def step(done: int, place: str) -> None:
            nonlocal items
            items += 1
            rate = f"{items:,} items, {items / max(monotonic() - start, 0.001):,.1f} a second"
            name = place if "://" in place else Path(place).name
            bar.update(task, completed=done, rate=rate, place=shorten(one_line(name), 40))

        yield step
