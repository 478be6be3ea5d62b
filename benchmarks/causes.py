"""Causes: why records of gold documents were missed, and why others were made, for `make eval DETAILS=1`.

In:     the annotations of a document and what the reader made of it, as plain JSON.
Out:    misses and extras of events, statements, next steps and measures by cause, each with a few words.

A record is compared with those of the same kind whose words overlap its own. The scorer decides what counts as found;
this page only sorts what it does not find.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]
Chars = tuple[int, int]

KINDS = ("events", "statements", "next_steps", "measures")


def causes(name: str, text: str, gold: Json, found: Json) -> Iterator[tuple[str, str]]:
    """Yield the cause and a line for each record missed and each record too many."""
    for kind in KINDS:
        wanted = [r for r in gold.get(kind) or []]
        made = found.get(kind) or []
        for record in wanted:
            if not record.get("optional"):
                why = _why(kind, record, made, text)
                if why:
                    yield f"{kind} missed: {why}", _line(name, record, text)
        for record in made:
            why = _why(kind, record, wanted, text)
            if why:
                yield f"{kind} extra: {why}", _line(name, record, text)


def by_cause(pairs: list[tuple[str, str]]) -> str:
    """Return the lines under their causes, the most frequent first."""
    groups: dict[str, list[str]] = defaultdict(list)
    for cause, line in pairs:
        groups[cause].append(line)
    ranked = sorted(groups.items(), key=lambda g: (-len(g[1]), g[0]))
    return "\n".join(f"\n{cause}: {len(lines)}\n" + "\n".join(f"  {x}" for x in lines) for cause, lines in ranked)


def _why(kind: str, record: Json, others: list[Json], text: str) -> str:
    """Return why none of the others is this record; an empty text where one is."""
    near = [o for o in others if _touch(_spans(record, text), _spans(o, text))]
    if not near:
        return "no record in these words"
    if kind == "statements":
        return "" if any(_speaker(record) & _speaker(o) for o in near) else "speaker"
    if kind == "measures":
        alike = [o for o in near if o.get("kind") == record.get("kind")]
        return "kind" if not alike else "" if any(_sides(record) & _sides(o) for o in alike) else "sides"
    same_sides = [o for o in near if _alike(_sides(record), _sides(o))]
    if kind == "next_steps":
        return "" if same_sides else "sides"
    same_type = [o for o in near if o.get("type") == record.get("type")]
    if not same_sides:
        return "sides" if same_type else "type and sides"
    both = [o for o in same_sides if o in same_type]
    if not both:
        return f"type ({record.get('type')} beside {same_sides[0].get('type')})"
    forward = [o for o in both if not o.get("recipients") or set(o["actors"]) & set(record.get("actors") or [])]
    return "" if forward else "direction"


def _spans(record: Json, text: str) -> list[Chars]:
    out = []
    for quote in record.get("evidence") or []:
        if isinstance(quote, str):
            start = text.find(quote)
            out.append((start, start + len(quote)))
        else:
            out.append((quote["start"], quote["end"]))
    return out


def _touch(ours: list[Chars], theirs: list[Chars]) -> bool:
    """Whether two spans share half of the shorter."""
    return any(min(b, d) - max(a, c) >= min(b - a, d - c) / 2 > 0 for a, b in ours for c, d in theirs)


def _sides(record: Json) -> set[str]:
    return {i for key in ("actors", "recipients", "by", "on") for i in record.get(key) or []}


def _alike(ours: set[str], theirs: set[str]) -> bool:
    return 2 * len(ours & theirs) >= len(ours | theirs) > 0


def _speaker(record: Json) -> set[str]:
    speaker = record.get("speaker") or {}
    name = str(speaker.get("name") or "").split()
    return {str(speaker.get("affiliation"))} | ({name[-1]} if name else set())


def _line(name: str, record: Json, text: str) -> str:
    spans = _spans(record, text)
    quote = " ".join(text[spans[0][0] : spans[0][1]].split())[:90] if spans else ""
    who = " ".join(sorted(_sides(record))) or str((record.get("speaker") or {}).get("name"))
    return f"{name}: {record.get('type') or record.get('kind')} {who} | {quote}"
