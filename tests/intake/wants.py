"""Wants: what is expected of the items in a corpus, and how it is compared with what was reported.

In:     files that a builder puts into a folder, with what is wanted of each; the lines of a report.
Out:    `Corpus`; `Want`; `differences`, one line for each thing that is not as wanted.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.intake.texts import Report, report

#: A field of an outcome of which nothing is wanted.
ANY: Any = object()


@dataclass(frozen=True, slots=True)
class Want:
    """What is wanted of `count` items of one file.

    `outcome` is one of several words parted by "|" where the form of the damage leaves it open; `where` a pattern in
    the rest of the place, `reason` one in the reason; the other fields are as the report has them.
    """

    outcome: str
    count: int = 1
    reason: str = ""
    where: str = ""
    published: Any = ANY
    dated_by: Any = ANY
    title: Any = ANY
    publisher: Any = ANY
    language: Any = ANY

    def fits(self, line: Mapping[str, Any], rest: str) -> bool:
        """Return whether an outcome is what is wanted; `rest` is its place without that of its file."""
        same = all(
            getattr(self, name) is ANY or getattr(self, name) == line.get(name)
            for name in ("published", "dated_by", "title", "publisher", "language")
        )
        said = re.search(self.reason, line.get("reason") or "", re.I) if self.reason else True
        return bool(
            same
            and said
            and line["outcome"] in self.outcome.split("|")
            and (not self.where or re.search(self.where, rest))
        )


ADDED, DUPLICATE, NOTHING = Want("added"), Want("duplicate"), Want("nothing found")


def refused(reason: str, count: int = 1, **known: Any) -> Want:
    """Return what is wanted of items that are refused for a reason with these words."""
    return Want("refused", count, reason, **known)


def added(count: int = 1, **known: Any) -> Want:
    """Return what is wanted of items that are added."""
    return Want("added", count, **known)


@dataclass(slots=True)
class Corpus:
    """A folder of files, what is wanted of each, and how many files there are in it that are passed over."""

    folder: Path
    wants: dict[str, list[Want]] = field(default_factory=dict)
    others: int = 0
    _reports: int = 0
    _idle: int = 0

    def report(self) -> Report:
        """Return a report that was not used before."""
        self._reports += 1
        return report(self._reports)

    def idle(self) -> str:
        """Return a text about nothing that was not used before."""
        from tests.intake.texts import idle

        self._idle += 1
        return idle(self._idle)

    def path(self, name: str) -> Path:
        """Return where a file lies, its folder made."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def put(self, name: str, data: bytes | str, *wants: Want) -> Path:
        """Write a file; return its path."""
        path = self.path(name)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return self.want(name, *wants)

    def want(self, name: str, *wants: Want) -> Path:
        """Want these outcomes of a file that is made otherwise."""
        assert name not in self.wants, name
        self.wants[name] = list(wants)
        return self.folder / name

    def other(self, name: str, data: bytes = b"") -> None:
        """Write a file that is passed over."""
        self.path(name).write_bytes(data)
        self.others += 1

    @property
    def items(self) -> int:
        """How many items there are."""
        return sum(want.count for wants in self.wants.values() for want in wants)


def plain_place(place: str) -> str:
    """Return a place as it is compared: control characters and blanks count as nothing."""
    return re.sub(r"[\s\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffd?]+", "", place)


def differences(corpus: Corpus, lines: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return in words what is not as wanted."""
    names = sorted(((plain_place(os.fspath(corpus.folder / name)), name) for name in corpus.wants), reverse=True)
    found: dict[str, list[tuple[Mapping[str, Any], str]]] = defaultdict(list)
    wrong = []
    for line in lines:
        place = plain_place(line["place"])
        starts = (name for plain, name in names if place == plain or place.startswith(plain + ":"))
        name = next(starts, None)
        if name is None:
            wrong.append(f"nobody wanted {line['place']!r}: {line['outcome']} {line.get('reason')}")
        else:
            found[name].append((line, line["place"].rpartition(name)[2]))
    for name, wants in corpus.wants.items():
        wrong += _differences(name, wants, found[name])
    return wrong


def _differences(name: str, wants: list[Want], left: list[tuple[Mapping[str, Any], str]]) -> list[str]:
    """Return what is not as wanted in one file; wants are met in their order."""
    wrong = []
    for want in wants:
        fitting = [one for one in left if want.fits(*one)][: want.count]
        left = [one for one in left if not any(one is other for other in fitting)]
        if len(fitting) < want.count:
            wrong.append(f"{name!r}: {want.count - len(fitting)} missing of {_shown(want)}")
    keys = ("outcome", "reason", "published", "dated_by", "title", "publisher", "warnings")
    for line, rest in left[:5]:
        wrong.append(f"{name!r}: not wanted: {rest[:80]!r} " + str({key: line[key] for key in keys if line.get(key)}))
    if len(left) > 5:
        wrong.append(f"{name!r}: and {len(left) - 5} more")
    return wrong


def _shown(want: Want) -> str:
    shown = {name: getattr(want, name) for name in want.__slots__ if getattr(want, name) not in (ANY, "")}
    return f"{want.count} x {shown}"
