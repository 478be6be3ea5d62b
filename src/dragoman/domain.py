"""The records of the ledger, as immutable data.

In:     nothing; this module imports nothing of ours and everything else imports it.
Out:    `Document` (a text with what is known about it), the six record kinds (`Event`, `Statement`, `Dispute`,
        `NextStep`, `Measure`, `Initiative`), and `Reading`, which holds all that one document says.
Dates:  `datetime.date`; a `Window` is inclusive at both ends, an open end is None, no date at all is no Window.
Text:   offsets count characters of `Document.text`; `text[span.start:span.end] == span.quote` always holds.

Actor ids are ISO 3166-1 alpha-3 codes for states, capitals for intergovernmental organisations (`EU`, `NATO`) and
lower case with hyphens for everyone else (`hamas`, `apple`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from typing import Any, Literal, get_args

EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE",
    "COOPERATE", "AID", "RETREAT",
    "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Status = Literal["happened", "planned", "possible", "denied", "ended"]
Track = Literal[
    "trade", "investment", "critical-minerals", "energy", "nuclear-energy", "technology", "defence", "security",
    "nuclear-weapons", "territory", "migration", "human-rights", "climate", "health", "aid", "sanctions", "cyber",
    "space", "culture", "consular", "institutions",
]  # fmt: skip
Stance = Literal["assert", "deny"]
Quotation = Literal["direct", "indirect", "mixed"]
Channel = Literal["social-media", "speech", "interview", "press-conference", "written"]
Firmness = Literal["scheduled", "agreed", "intended", "possible"]
MeasureKind = Literal[
    "tariff", "sanction", "export-control", "import-ban", "quota", "subsidy", "visa-restriction", "travel-ban",
    "asset-freeze", "arms-embargo", "blockade", "other",
]  # fmt: skip
MeasureStatus = Literal["proposed", "threatened", "announced", "in-force", "suspended", "lifted"]
ActorKind = Literal["state", "former-state", "intergovernmental", "other"]
DatedBy = Literal["given", "metadata", "feed", "url", "dateline", "file-name"]

EVENT_TYPES: tuple[EventType, ...] = get_args(EventType)
TRACKS: tuple[Track, ...] = get_args(Track)

#: Types whose sides act together: all stand in `Event.actors` and `Event.recipients` is empty where the act is joint.
MUTUAL: frozenset[EventType] = frozenset({"CONSULT", "COOPERATE"})

QUAD: dict[EventType, str] = {
    "AGREE": "verbal cooperation", "CONSULT": "verbal cooperation",
    "SUPPORT": "verbal cooperation", "CONCEDE": "verbal cooperation",
    "COOPERATE": "material cooperation", "AID": "material cooperation", "RETREAT": "material cooperation",
    "REQUEST": "verbal conflict", "ACCUSE": "verbal conflict",
    "REJECT": "verbal conflict", "THREATEN": "verbal conflict",
    "PROTEST": "material conflict", "SANCTION": "material conflict", "MOBILIZE": "material conflict",
    "COERCE": "material conflict", "ASSAULT": "material conflict",
}  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the document's text: `text[start:end] == quote`."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Window:
    """Some day from `start` to `end`, both included; None is an end the text leaves open."""

    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Because:
    """Why a record was made: the rule's name, its score in 0..1 and what it saw; shown by `--explain`."""

    rule: str
    score: float
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Who takes part or speaks: the fullest name in the text, the office, the actor it belongs to.

    An unnamed source is `Person("officials", None, "IND")`; the affiliation is None when the text leaves it open.
    """

    name: str
    role: str | None = None
    affiliation: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor id as used in the records, with its name and kind."""

    id: str
    name: str
    kind: ActorKind


@dataclass(frozen=True, slots=True)
class Document:
    """A text and what is known about it.

    `dated_by` says where `published` came from: given by the caller, the metadata of the page, mail or table, the feed
    that named it, its address, a dateline in the text, or the name of the file. The layout is given as half-open
    `(start, end)` ranges of `text`: `headline` is the title line (None where the title stands outside the text),
    `dateline` the place and date before the first paragraph ("TOKYO, March 23 -"), `paragraphs` what is to be read.
    Whatever lies in none of them is page furniture or blank, and is not read.
    """

    text: str
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    dated_by: DatedBy | None = None
    url: str | None = None
    headline: tuple[int, int] | None = None
    dateline: tuple[int, int] | None = None
    paragraphs: tuple[tuple[int, int], ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that one actor did, does, will do or may do to or with another."""

    type: EventType
    mode: str | None = None
    actors: tuple[str, ...]
    recipients: tuple[str, ...] = ()
    participants: tuple[Person, ...] = ()
    status: Status
    when: Window | None = None
    tracks: tuple[Track, ...] = ()
    evidence: tuple[Span, ...]
    because: Because


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Content that the text attributes to a source; evidence is the content, without speaker and verb."""

    speaker: Person
    kind: Quotation
    channel: Channel | None = None
    stance: Stance = "assert"
    when: Window | None = None
    evidence: tuple[Span, ...]
    because: Because


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A claim by one side that another denies, contradicts or rejects in the same document."""

    claimant: Person
    denier: Person
    claim: tuple[Span, ...]
    denial: tuple[Span, ...]
    evidence: tuple[Span, ...]
    because: Because


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """Something stated to lie ahead as of publication; an open horizon is a Window with both ends open."""

    what: str
    type: EventType
    actors: tuple[str, ...]
    participants: tuple[Person, ...] = ()
    due: Window
    firmness: Firmness
    said_by: Person | None = None
    tracks: tuple[Track, ...] = ()
    evidence: tuple[Span, ...]
    because: Because


@dataclass(frozen=True, slots=True)
class Rate:
    """A number with its unit: `percent`, a currency code such as `USD`, or a physical unit."""

    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class Part:
    """A component of a measure's rate and the reason given for it."""

    rate: Rate | None
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A policy instrument of one actor that binds or burdens another."""

    kind: MeasureKind
    by: tuple[str, ...]
    on: tuple[str, ...]
    object: str | None = None
    rate: Rate | None = None
    parts: tuple[Part, ...] = ()
    reason: str | None = None
    status: MeasureStatus
    when: Window | None = None
    evidence: tuple[Span, ...]
    because: Because


@dataclass(frozen=True, slots=True, kw_only=True)
class Initiative:
    """A named framework, agreement, grouping or programme between actors."""

    name: str
    lead: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    invited: tuple[str, ...] = ()
    purpose: str | None = None
    evidence: tuple[Span, ...]
    because: Because


Record = Event | Statement | Dispute | NextStep | Measure | Initiative


@dataclass(frozen=True, slots=True)
class Reader:
    """Which reader made a reading: its version and the models it used, as `name==version`."""

    version: str
    models: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that one document says about relations between actors."""

    document: Document
    actors: tuple[Actor, ...] = ()
    events: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    next_steps: tuple[NextStep, ...] = ()
    measures: tuple[Measure, ...] = ()
    initiatives: tuple[Initiative, ...] = ()
    tracks: tuple[Track, ...] = ()
    reader: Reader = field(default=Reader("", ()))
    warnings: tuple[str, ...] = ()

    def records(self) -> list[tuple[str, Record]]:
        """Return every record with the name of its kind, in the order of the ledger's specification."""
        return [(kind, record) for kind in RECORD_KINDS for record in getattr(self, kind)]

    def to_dict(self, *, explain: bool = False) -> dict[str, Any]:
        """Return plain lists, dicts, strings and numbers, with the keys of the ledger's specification.

        With `explain`, a further key `explain` lists for each kind the rule, score and detail behind each record,
        in the order of the records.
        """
        out: dict[str, Any] = {
            "document": {
                **plain(self.document, skip=("headline", "dateline", "paragraphs", "warnings")),
                "tracks": list(self.tracks),
            },
            **{kind: [plain(record, skip=("because",)) for record in getattr(self, kind)] for kind in RECORD_KINDS},
            "actors": plain(self.actors),
            "reader": plain(self.reader),
            "warnings": list(self.warnings),
        }
        if explain:
            out["explain"] = {kind: [plain(record.because) for record in getattr(self, kind)] for kind in RECORD_KINDS}
        return out

    def _repr_html_(self) -> str:
        """Return the reading as an HTML fragment for notebooks."""
        from dragoman.show.page import fragment  # the one look upwards: notebooks find this method by its name

        return fragment(self)


RECORD_KINDS = ("events", "statements", "disputes", "next_steps", "measures", "initiatives")


def plain(value: Any, skip: tuple[str, ...] = ()) -> Any:
    """Turn records into what `json.dumps` takes: dates as ISO text, whole floats as integers; `skip` names fields."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value) if f.name not in skip}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
