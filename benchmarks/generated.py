"""Readings without reading: a world of made-up news, in which things are told, told again, planned, met and disputed.

In:     how many, a seed, documents a day and the first day. The phrases are in generated.yaml.
Out:    `readings`: for each document a composed text of some 60 to 250 words with about ten records, whose evidence
        quotes that text. The same arguments give the same readings on every machine.
World:  60 states in 600 pairs; a pair's rank in a shuffled list gives how often it is told of (Zipf: 1 / (rank + 2)),
        the first has about a tenth of all. What is new of a pair is told by the documents of the next days;
        plans are met, moved or forgotten; measures go through their course; one document in ten is a cut reprint.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from heapq import heappop, heappush
from itertools import accumulate, combinations
from pathlib import Path
from typing import Any

import yaml

from dragoman import ontology
from dragoman.domain import (
    MUTUAL,
    RECORD_KINDS,
    Because,
    Dispute,
    Document,
    Event,
    Firmness,
    Initiative,
    Measure,
    NextStep,
    Person,
    Rate,
    Reader,
    Reading,
    Record,
    Span,
    Statement,
    Window,
)

SEED, A_DAY, FIRST = 1987, 10, date(2020, 1, 1)
PAIRS = 600
#: Share of documents that reprint one of the last days.
REPRINTS = 0.1
READER = Reader("generated", ("phrases==1",))
BECAUSE = Because("generated", 0.9, "composed")

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Story:
    """Something to tell of a pair; from `day` on it is told for `fresh` days. `more` is what its kind needs."""

    kind: str
    pair: Pair
    topic: str
    track: str
    day: date
    fresh: int
    number: int
    place: str
    more: dict[str, Any] = field(hash=False, default_factory=dict)


def readings(count: int, *, seed: int = SEED, a_day: int = A_DAY, first: date = FIRST) -> Iterator[Reading]:
    """Yield so many readings, oldest first, `a_day` of them on each day."""
    world = World(seed)
    for number in range(count):
        yield world.next(first + timedelta(number // a_day))


class World:
    """What has happened so far, and what lies ahead."""

    def __init__(self, seed: int = SEED) -> None:
        self.dice = random.Random(seed)
        pairs = list(combinations(phrases()["states"], 2))
        self.dice.shuffle(pairs)
        self.pairs: list[Pair] = pairs[:PAIRS]
        self.weights = list(accumulate(1 / (rank + 2) for rank in range(PAIRS)))
        self.places = [self._name() for _ in range(500)]
        self.pacts = [f"{self._name()} {self._of('bodies')}" for _ in range(150)]
        self.persons = {
            state: [Person(f"{self._name()} {self._name()}", self._of("roles"), state) for _ in range(4)]
            for state in phrases()["states"]
        }
        self.live: dict[Pair, list[Story]] = defaultdict(list)
        self.ahead: list[tuple[date, int, Story]] = []
        self.recent: list[Reading] = []
        self.made = 0

    def next(self, day: date) -> Reading:
        """Return the next reading, of a document published on this day."""
        while self.ahead and self.ahead[0][0] <= day:
            story = heappop(self.ahead)[2]
            self.live[story.pair].append(story)
        if self.recent and self.dice.random() < REPRINTS:
            return reprint(self.dice.choice(self.recent), day, self._of("publishers"))
        made = self._report(day)
        self.recent = [*self.recent[-40:], made]
        return made

    # --- what there is to tell

    def _report(self, day: date) -> Reading:
        pair = self.dice.choices(self.pairs, cum_weights=self.weights)[0]
        page = Page(self, day)
        for kind in self._plot():
            page.tell(self._story(kind, pair, day, page.told))
            if self.dice.random() < 0.08:  # background on another pair
                other = self.dice.choices(self.pairs, cum_weights=self.weights)[0]
                page.tell(self._story("events", other, day, page.told))
        a, b = (ontology.actor(side).name for side in pair)
        title = f"{a}, {b}: {page.told[0].topic}"
        return page.reading(title, self._of("publishers"))

    def _plot(self) -> list[str]:
        """Return the kinds of what one document tells, in its order."""
        dice = self.dice
        kinds = ["events"] * dice.choice((3, 3, 4)) + ["next_steps"] * dice.choice((1, 1, 2))
        kinds += [kind for kind, chance in (("measures", 0.6), ("disputes", 0.35), ("initiatives", 0.3)) if
                  dice.random() < chance]  # fmt: skip
        return kinds

    def _story(self, kind: str, pair: Pair, day: date, told: Sequence[Story]) -> Story:
        """Return something that is being told of a pair, or something new."""
        live = [s for s in self.live[pair] if (day - s.day).days <= s.fresh]
        self.live[pair] = live
        open_ = [s for s in live if s.kind == kind and s not in told]
        if open_ and self.dice.random() < (0.75 if kind in ("measures", "disputes") else 0.6):
            return self.dice.choice(open_)
        story = self._new(kind, pair, day)
        self.live[pair].append(story)
        return story

    def _new(self, kind: str, pair: Pair, day: date) -> Story:
        dice = self.dice
        sides = pair if dice.random() < 0.5 else (pair[1], pair[0])
        topic = f"{self._of('adjectives')} {self._of('nouns')} of {dice.choice(self.places)}"
        fresh = {"events": 5, "next_steps": 12, "measures": 25, "disputes": 20, "initiatives": 30}[kind]
        self.made += 1
        place = dice.choice(self.places)
        base = Story(kind, pair, topic, self._of("tracks"), day, fresh, dice.randint(11, 989), place)
        more: dict[str, Any] = {"sides": sides}
        if kind == "events":
            more |= {"type": self._type(), "when": Window(day, day) if dice.random() < 0.7 else None}
        elif kind == "next_steps":
            more |= self._plan(base, sides)
        elif kind == "measures":
            self._course(base, more)
        elif kind == "initiatives":
            more |= {"pact": self.pacts[min(int(dice.paretovariate(0.7)) - 1, len(self.pacts) - 1)]}
        else:
            more |= {"claimant": dice.choice(self.persons[sides[0]]), "denier": dice.choice(self.persons[sides[1]])}
        return replace(base, more=more)

    def _type(self) -> str:
        types: list[str] = list(phrases()["verbs"])
        chances = [6 if t == "CONSULT" else 2 if t in ("AGREE", "REQUEST", "ACCUSE", "SUPPORT") else 1 for t in types]
        return self.dice.choices(types, chances)[0]

    def _plan(self, base: Story, sides: Pair) -> dict[str, Any]:
        """Return what is planned, and put into the calendar what becomes of it."""
        dice = self.dice
        first = base.day + timedelta(dice.randint(6, 60))
        width, words = dice.choice(((0, "on {day}"), (6, "in the week of {day}"), (29, "within a month of {day}")))
        due = Window(first, first + timedelta(width)) if dice.random() < 0.75 else Window(None, None)
        type_ = "CONSULT" if dice.random() < 0.7 else dice.choice(("SUPPORT", "SANCTION", "AID"))
        plan = {"sides": sides, "type": type_, "due": due, "words": words.format(day=first) if due.start else "later"}
        plan["firmness"] = dice.choice(("scheduled", "agreed", "intended", "possible"))
        fate = dice.random()
        if fate < 0.5:
            done = first + timedelta(dice.randint(0, width))
            self._later(replace(base, kind="events", day=done, fresh=5,
                                more={"sides": sides, "type": type_, "when": Window(done, done)}))  # fmt: skip
        elif fate < 0.6 and due.start:
            moved = Window(first + timedelta(45), first + timedelta(45 + width))
            more = {**plan, "due": moved, "words": words.format(day=moved.start)}
            self._later(replace(base, day=first - timedelta(3), more=more))
        return plan

    def _course(self, base: Story, more: dict[str, Any]) -> None:
        """Give a measure its first status, and put the rest of its course into the calendar."""
        more |= {"status": "announced", "rate": self.dice.choice((5, 7.5, 10, 12, 15, 20, 25, 30, 50)), "when": None}
        day, rate = base.day, more["rate"]
        for status, chance in (("in-force", 0.8), ("in-force", 0.3), ("suspended", 0.2), ("lifted", 0.4)):
            day += timedelta(self.dice.randint(15, 90))
            if self.dice.random() < chance:
                rate = rate + 5 if (status, chance) == ("in-force", 0.3) else rate
                self._later(
                    replace(base, day=day, more={**more, "status": status, "rate": rate, "when": Window(day, day)})
                )

    def _later(self, story: Story) -> None:
        self.made += 1
        heappush(self.ahead, (story.day, self.made, story))

    # --- words

    def _of(self, table: str) -> Any:
        return self.dice.choice(phrases()[table])

    def _name(self) -> str:
        stem = "".join(self._of("syllables") for _ in range(self.dice.choice((1, 2, 2))))
        return f"{stem}{self._of('endings')}".capitalize()

    def fill(self, pattern: str, story: Story, **more: str) -> str:
        """Return a pattern with its slots filled; what the story does not fix is drawn anew each time."""
        a, b = (ontology.actor(side).name for side in story.more["sides"])
        free = {"n": str(self.dice.randint(3, 997)), "place": self.dice.choice(self.places)}
        free |= {"other": self.dice.choice(self.places), "noun": self._of("nouns"), "adj": self._of("adjectives")}
        return pattern.format(**{"a": a, "b": b, "topic": story.topic, **free, **more})

    def tail(self, story: Story) -> str:
        """Return how a sentence goes on, in words that no other telling is likely to have."""
        return self.fill(self._of("tails"), story)


class Page:
    """A document being written, with the records that its sentences carry."""

    def __init__(self, world: World, day: date) -> None:
        self.world, self.day = world, day
        self.text = ""
        self.paragraphs: list[tuple[int, int]] = []
        self.records: dict[str, list[Record]] = {kind: [] for kind in RECORD_KINDS}
        self.told: list[Story] = []

    def tell(self, story: Story) -> None:
        """Write a paragraph about a story and note its records; half of them with words of a speaker."""
        start = len(self.text) + 2 if self.text else 0
        self.text += "\n\n" if self.text else ""
        self.told.append(story)
        getattr(self, f"_{story.kind}")(story)
        if story.kind in ("events", "next_steps") and self.world.dice.random() < 0.45:
            self._statement(story, self.world.dice.choice(self.world.persons[self.world.dice.choice(story.pair)]))
        self.paragraphs.append((start, len(self.text)))

    def reading(self, title: str, publisher: str) -> Reading:
        """Return the finished document with its records."""
        document = Document(
            self.text, title, publisher, self.day, "given", None, paragraphs=tuple(self.paragraphs)
        )  # fmt: skip
        records: dict[str, Any] = {kind: tuple(found) for kind, found in self.records.items()}
        return Reading(document=document, reader=READER, **records)

    def _say(self, words: str, close: str = ".") -> Span:
        """Write a sentence and return where its words stand."""
        if self.text and not self.text.endswith("\n"):
            self.text += " "
        start = len(self.text)
        words = words[0].upper() + words[1:]
        self.text += words + close
        return Span(start, start + len(words), words)

    def _sentence(self, table: Sequence[str], story: Story, **slots: str) -> dict[str, Any]:
        world = self.world
        tail = world.tail(story) if world.dice.random() < 0.75 else ""
        said = self._say(world.fill(world.dice.choice(table), story, **slots) + tail)
        return {"evidence": (said,), "because": BECAUSE}

    def _events(self, story: Story) -> None:
        more, world = story.more, self.world
        told = self._sentence(phrases()["verbs"][more["type"]], story, n=str(story.number))
        a, b = more["sides"]
        both = more["type"] in MUTUAL
        people = (world.dice.choice(world.persons[a]),) if world.dice.random() < 0.25 else ()
        self.records["events"].append(
            Event(
                type=more["type"], actors=(a, b) if both else (a,), recipients=() if both else (b,),
                participants=people, status="happened" if world.dice.random() < 0.95 else "denied",
                when=more["when"], tracks=(story.track,), **told,  # type: ignore[arg-type]
            )
        )  # fmt: skip

    def _next_steps(self, story: Story) -> None:
        more = story.more
        told = self._sentence(
            phrases()["plans" if more["type"] == "CONSULT" else "deeds"], story, due=more["words"], place=story.place
        )
        firmness: Firmness = more["firmness"]
        self.records["next_steps"].append(
            NextStep(
                what=told["evidence"][0].quote[:80], type=more["type"], actors=more["sides"], due=more["due"],
                firmness=firmness, tracks=(story.track,), **told,  # type: ignore[arg-type]
            )
        )  # fmt: skip

    def _measures(self, story: Story) -> None:
        more = story.more
        told = self._sentence(phrases()["measures"][more["status"]], story, n=f"{more['rate']:g}")
        a, b = more["sides"]
        self.records["measures"].append(
            Measure(
                kind="tariff", by=(a,), on=(b,), object=story.topic, rate=Rate(float(more["rate"]), "percent"),
                status=more["status"], when=more["when"], **told,
            )
        )  # fmt: skip

    def _initiatives(self, story: Story) -> None:
        told = self._sentence(phrases()["pacts"], story, pact=story.more["pact"])
        a, b = story.more["sides"]
        lead = (a,) if self.world.dice.random() < 0.3 else ()
        self.records["initiatives"].append(
            Initiative(name=story.more["pact"], lead=lead, members=(a, b), purpose=story.topic, **told)
        )

    def _disputes(self, story: Story) -> None:
        more = story.more
        claim = self._statement(story, more["claimant"], "claims")
        denial = self._statement(story, more["denier"], "denials")
        self.records["disputes"].append(
            Dispute(
                claimant=more["claimant"], denier=more["denier"], claim=(claim,), denial=(denial,),
                evidence=(claim, denial), because=BECAUSE,
            )
        )  # fmt: skip

    def _statement(self, story: Story, speaker: Person, table: str = "sayings") -> Span:
        """Write what somebody says; the record rests on the content alone."""
        world = self.world
        content = world.fill(world.dice.choice(phrases()[table]), story)
        verb = world.fill(world.dice.choice(phrases()["speaks"]), story)
        self._say(f"{speaker.name}, the {speaker.role}, {verb} {content}", ".")
        end = len(self.text) - 1
        span = Span(end - len(content), end, content)
        self.records["statements"].append(
            Statement(
                speaker=speaker, kind="indirect", stance="deny" if table == "denials" else "assert",
                evidence=(span,), because=BECAUSE,
            )
        )  # fmt: skip
        return span


def reprint(one: Reading, day: date, publisher: str) -> Reading:
    """Return a reading of the same text without its last paragraphs, printed by another paper on this day."""
    kept = one.document.paragraphs[: max(1, len(one.document.paragraphs) * 3 // 4)]
    end = kept[-1][1]
    document = replace(
        one.document, text=one.document.text[:end], paragraphs=kept, published=day, publisher=publisher,
        title=f"{one.document.title} (agencies)",
    )  # fmt: skip
    records: dict[str, Any] = {
        kind: tuple(r for r in getattr(one, kind) if all(s.end <= end for s in r.evidence)) for kind in RECORD_KINDS
    }
    return replace(one, document=document, **records)


@cache
def phrases() -> dict[str, Any]:
    """Return the tables of generated.yaml."""
    text = Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return found
