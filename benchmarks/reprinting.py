"""Distinct texts that are hard to keep apart, and reprints of them by every kind of change a paper makes.

In:     the project's own texts. Whole: training/data/reports, benchmarks/stories, dragoman/samples. Composed of the
        single sentences of training/data, each used for one text or series, and of benchmarks/reprints/phrases.yaml:
          series     reports of one hand on one affair: the same background, and the lead of the report before
          statements the same opening and closing, with news of their own between
          quotations two reports by different hands with the same long quotation
          notices    the same words but for one figure or name (written ones, and sentences with one of theirs changed)
          briefs     two or three sentences, of which the last may be a standing one that others have too
        The rest is generated (benchmarks/generated.py).
Out:    `distinct`: texts of which none is a reprint of another; `reprints`: of some, one for each kind of change.
Never:  a text from elsewhere. The same seed makes the same texts.

Notices are reprinted under other titles, datelines and credits alone: cut before the figure in which it differs, a
notice is no longer one of them more than another. A cut text has two sentences or more.
"""

from __future__ import annotations

import json
import random
import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from benchmarks.generated import readings
from benchmarks.shared import ROOT

SEED, TEXTS = 1987, 2_000
DATA, STORIES = ROOT / "training" / "data", ROOT / "benchmarks" / "stories"
PHRASES = Path(__file__).parent / "reprints" / "phrases.yaml"
#: Of so many distinct texts, how many are of each kind; stories, reports and samples are all there are.
SHARES = {"series": 0.2, "statements": 0.12, "quotations": 0.12, "notices": 0.12, "briefs": 0.1}
#: Reports of one series, notices that differ in one place alone.
SERIES, NOTICES = 4, 6
#: Kinds of change that a notice keeps its news under.
HARMLESS = ("title", "credits", "dateline", "wrapped")

_SENTENCE = re.compile(r"(?<=[.!?\"”])\s+(?=[\"“A-Z])")
_DATELINE = re.compile(r"\A[^\n]{0,60}?(?: -+ |: | – | — )")
_CHANGED = re.compile(r"\b\d[\d,.]*\b(?! *(?:January|February|March|April|May|June|July|August))|\b[A-Z][a-z]+\b")
_PLAIN = re.compile(r"(?<![\w'’-])[a-z]{3,}(?![\w'’-])")


@dataclass(frozen=True, slots=True)
class Text:
    """A text and the kind it is of: a folder's name, or what it was composed as."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Reprint:
    """A text made of the distinct text with this number by a kind of change."""

    of: int
    change: str
    text: str


def distinct(count: int = TEXTS, seed: int = SEED) -> list[Text]:
    """Return so many texts of which none is a reprint of another, in random order."""
    dice = random.Random(seed)
    whole = sorted(_whole(), key=lambda text: text.text)
    dice.shuffle(whole)
    out = whole[: len(whole) * count // TEXTS]
    pool = _sentences()
    dice.shuffle(pool)
    for kind, share in SHARES.items():
        made = COMPOSED[kind](partial(_take, pool), dice)
        out += [Text(kind, next(made)) for _ in range(round(share * count))]
    rest = (reading.document for reading in readings(2 * count, seed=seed))
    fresh = (document.text for document in rest if not (document.title or "").endswith("(agencies)"))
    out += [Text("generated", next(fresh)) for _ in range(count - len(out))]
    dice.shuffle(out)
    return out


def _whole() -> Iterator[Text]:
    for path in DATA.glob("reports/*.txt"):
        yield Text("reports", path.read_text(encoding="utf-8"))
    for path in STORIES.glob("*/*.yaml"):
        for report in yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)["documents"]:
            yield Text("stories", report["text"])
    for sample in files("dragoman.samples").iterdir():
        if sample.name.endswith(".txt"):
            yield Text("samples", sample.read_text(encoding="utf-8"))


def _sentences() -> list[str]:
    found = set()
    for path in DATA.glob("sentences/*.jsonl"):
        found |= {json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()}
    return sorted(text for text in found if len(text.split()) >= 8)


def _take(pool: list[str], count: int) -> list[str]:
    """Return sentences, without the datelines that some begin with, and use them up."""
    taken = [pool.pop() for _ in range(count)]
    return [_DATELINE.sub("", text) if text.split()[0].isupper() else text for text in taken]


Take = Callable[[int], list[str]]


def _series(take: Take, dice: random.Random) -> Iterator[str]:
    while True:
        city, background, before = dice.choice(phrases()["cities"]).upper(), take(dice.choice((1, 2, 3))), ""
        for number in range(SERIES):
            lead, *news = take(dice.choice((4, 5, 6)))
            body = [f"{city}, May {3 * number + 2} - {lead}", *_paragraphs(news, dice)]
            if before and dice.random() < 0.6:
                body.insert(2, before)
            before = lead
            yield "\n\n".join([*body, " ".join(background)])


def _statements(take: Take, dice: random.Random) -> Iterator[str]:
    while True:
        frame = dice.choice(phrases()["statements"])
        news = _paragraphs(take(dice.choice((4, 5, 6))), dice)
        yield "\n\n".join([frame["opening"], *news, frame["closing"]])


def _quotations(take: Take, dice: random.Random) -> Iterator[str]:
    while True:
        said = " ".join(take(dice.choice((1, 2))))
        for verb in ("the minister said", "he added"):
            news = _paragraphs(take(dice.choice((3, 4, 5))), dice)
            news.insert(dice.randrange(1, len(news) + 1), f"“{said.rstrip('.')},” {verb}.")
            yield "\n\n".join(news)


def _notices(take: Take, dice: random.Random) -> Iterator[str]:
    written = [*phrases()["notices"]]
    while True:
        if written:
            form = written.pop()
            slots = [{**_slots(dice), "n": f"{200 + 17 * number}"} for number in range(NOTICES)]
            for name in re.findall(r"{(\w+)}", form):  # one slot differs, the others are alike
                if name != _last_slot(form):
                    slots = [{**slot, name: slots[0][name]} for slot in slots]
            yield from dict.fromkeys(form.format(**slot) for slot in slots)
        else:
            text = " ".join(take(dice.choice((3, 4, 5))))
            places = [m for m in _CHANGED.finditer(text) if m[0][0].isdigit() or m[0] in phrases()["states"]]
            if places:
                yield from _variants(text, dice.choice(places), dice)


def _last_slot(form: str) -> str:
    return str(re.findall(r"{(\w+)}", form)[-1])


def _variants(text: str, place: re.Match[str], dice: random.Random) -> Iterator[str]:
    """Yield a text with another figure or name in one place."""
    for number in range(NOTICES):
        new = str(number + 2) * len(place[0]) if place[0][0].isdigit() else phrases()["states"][number * 4 + 1]
        yield text[: place.start()] + new + text[place.end() :]


def _briefs(take: Take, dice: random.Random) -> Iterator[str]:
    while True:
        news = take(dice.choice((2, 2, 3)))
        yield " ".join(news if dice.random() < 0.5 else [*news[:2], dice.choice(phrases()["standing"])])


def _paragraphs(sentences: list[str], dice: random.Random) -> list[str]:
    """Return sentences as paragraphs of one or two."""
    out = []
    while sentences:
        size = dice.choice((1, 1, 2))
        out.append(" ".join(sentences[:size]))
        sentences = sentences[size:]
    return out


COMPOSED: dict[str, Callable[[Take, random.Random], Iterator[str]]] = {
    "series": _series,
    "statements": _statements,
    "quotations": _quotations,
    "notices": _notices,
    "briefs": _briefs,
}


# --- reprints


def reprints(texts: list[Text], originals: int, seed: int = SEED) -> list[Reprint]:
    """Return a reprint of each kind of so many of the texts."""
    out = []
    for at in random.Random(seed).sample(range(len(texts)), originals):
        for change, make in CHANGES.items():
            if texts[at].kind == "notices" and change not in HARMLESS:
                continue
            dice = random.Random(f"{seed} {at} {change}")
            text = make(texts[at].text, dice)
            if text != texts[at].text:
                out.append(Reprint(at, change, text))
    return out


def _slots(dice: random.Random) -> dict[str, str]:
    data = phrases()
    cities, states, writers = (
        dice.sample(data["cities"], 2),
        dice.sample(data["states"], 2),
        dice.sample(data["writers"], 4),
    )
    paper = dice.choice(data["papers"])
    return {
        "city": cities[0], "city2": cities[1], "state": states[0], "other": states[1], "writer": writers[0],
        "other_writer": writers[1], "writer2": writers[2], "other_writer2": writers[3], "paper": paper,
        "paper_": paper[0].upper() + paper[1:], "agency": dice.choice(data["agencies"]),
        "name": dice.choice(data["names"]), "n": str(dice.randrange(2, 90)), "m": str(dice.randrange(2, 90)),
        "day": dice.choice(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")),
    }  # fmt: skip


def _phrase(group: str, dice: random.Random) -> str:
    return str(dice.choice(phrases()[group])).format(**_slots(dice))


def _title(text: str, dice: random.Random) -> str:
    paragraphs = text.split("\n\n")
    rest = paragraphs[1:] if _is_title(paragraphs[0]) else paragraphs
    return "\n\n".join([_phrase("titles", dice), *rest])


def _is_title(paragraph: str) -> bool:
    return len(paragraph.split()) < 14 and paragraph.strip()[-1:] not in '.”"'


def _credits(text: str, dice: random.Random) -> str:
    where = dice.choice(("before", "after", "both"))
    before = [_phrase("credits_before", dice)] if where != "after" else []
    after = [_phrase("credits_after", dice)] if where != "before" else []
    return "\n\n".join([*before, text, *after])


def _dateline(text: str, dice: random.Random) -> str:
    title, lead, *rest = ["", *text.split("\n\n")] if not _is_title(text.split("\n\n")[0]) else text.split("\n\n")
    bare = _DATELINE.sub("", lead) if lead.split()[0].strip(",").isupper() else lead
    slots = _slots(dice)
    line = dice.choice(
        ("{city}, {day} ({agency}) — ", "{city}, June 1{n} ({agency}) - ", "{city}: ", "{city} — ")
    ).format(**{**slots, "city": slots["city"].upper(), "n": slots["n"][0]})
    return "\n\n".join([*([title] if title else []), line + bare, *rest])


def _cut(text: str, dice: random.Random) -> str:
    """Cut from below to 30 to 80 % of the words, at the end of a paragraph or else of a sentence."""
    wanted = dice.uniform(0.3, 0.8) * len(text.split())
    ends = [m.start() for m in re.finditer(r"\n\n", text)]
    ends = ends if len(ends) > 3 else [m.start() for m in _SENTENCE.finditer(text)]
    fit = [
        end
        for end in ends
        if len(_SENTENCE.split(text[:end])) >= 2 and len(text[:end].split()) >= 0.3 * len(text.split())
    ]
    return text[: min(fit, key=lambda end: abs(len(text[:end].split()) - wanted))] if fit else text


def _top(text: str, dice: random.Random) -> str:
    paragraphs = text.split("\n\n")
    kept = dice.choice((2, 3)) + _is_title(paragraphs[0])
    return "\n\n".join(paragraphs[:kept])


def _middle(text: str, dice: random.Random) -> str:
    """Drop one paragraph or more between the first and the last, at most half of them."""
    paragraphs = text.split("\n\n")
    if len(paragraphs) < 4:
        return text
    inner = range(2, len(paragraphs) - 1)
    gone = set(dice.sample(inner, max(1, dice.randrange(len(inner) // 2 + 1))))
    return "\n\n".join(p for number, p in enumerate(paragraphs) if number not in gone)


def _order(text: str, dice: random.Random) -> str:
    paragraphs = text.split("\n\n")
    paragraphs = paragraphs if len(paragraphs) > 2 else _SENTENCE.split(text)
    dice.shuffle(paragraphs)
    return "\n\n".join(paragraphs)


def _own(text: str, dice: random.Random) -> str:
    paragraphs = text.split("\n\n")
    paragraphs.insert(dice.randrange(len(paragraphs) + 1), _phrase("own", dice))
    return "\n\n".join(paragraphs)


def _spelling(text: str, dice: random.Random) -> str:
    """Change to the other side's spelling, quotation marks and dashes."""
    pairs = phrases()["spelling"]
    american = dice.random() < 0.5
    table = pairs if american else {value: key for key, value in pairs.items()}
    text = re.sub(rf"\b({'|'.join(map(re.escape, table))})\b", lambda m: table[m[0]], text)
    text = re.sub(r"\b(\w{4,})is(e[ds]?|ing|ation)\b", r"\1iz\2", text) if american else text
    text = re.sub(r"[“”\"]", "'" if not american else '"', text)
    return text.replace(" - ", dice.choice((" – ", " — ", " -- "))).replace("’", "'")


def _edited(text: str, dice: random.Random) -> str:
    """Replace a few words in each paragraph, one in twelve: by like ones, else by any; no figures and names."""
    return "\n\n".join(_reworded(paragraph, dice) for paragraph in text.split("\n\n"))


def _reworded(paragraph: str, dice: random.Random) -> str:
    table = phrases()["synonyms"]
    places = list(_PLAIN.finditer(paragraph))
    likely = [m for m in places if m[0] in table] + dice.sample(places, len(places))
    count = max(1, len(paragraph.split()) // 12)
    chosen = {m.start(): m for m in dice.sample(likely[: 3 * count], min(count, len(likely[: 3 * count])))}
    for start, m in sorted(chosen.items(), reverse=True):
        new = table.get(m[0]) or dice.choice(("earlier", "quite", "further", "recent", "widely", "local"))
        paragraph = paragraph[:start] + new + paragraph[m.end() :]
    return paragraph


def _wrapped(text: str, dice: random.Random) -> str:
    width, break_ = dice.randrange(48, 76), dice.choice(("\n\n", "\n"))
    return break_.join(textwrap.fill(paragraph, width) for paragraph in text.split("\n\n"))


def _several(text: str, dice: random.Random) -> str:
    """Make two to four changes, one of which shortens."""
    shorter = dice.choice((_cut, _top, _middle))
    others = [_title, _credits, _dateline, _order, _own, _spelling, _edited]
    for change in sorted([shorter, *dice.sample(others, dice.choice((1, 2, 3)))], key=_TURN.index):
        text = change(text, dice)
    return _wrapped(text, dice) if dice.random() < 0.3 else text


Change = Callable[[str, random.Random], str]
#: Which of several changes comes first: a paper cuts what it was sent, then edits it and puts its own around it.
_TURN: list[Change] = [_cut, _top, _middle, _dateline, _edited, _spelling, _order, _own, _title, _credits]
CHANGES: dict[str, Change] = {
    "title": _title,
    "credits": _credits,
    "dateline": _dateline,
    "cut to 30-80 %": _cut,
    "first paragraphs": _top,
    "middle dropped": _middle,
    "reordered": _order,
    "own paragraph": _own,
    "spelling": _spelling,
    "copy-edited": _edited,
    "wrapped": _wrapped,
    "several": _several,
}


@cache
def phrases() -> Any:
    """Return the word lists."""
    return yaml.load(PHRASES.read_bytes(), Loader=yaml.CSafeLoader)
