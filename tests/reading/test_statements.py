"""Statements: how attributions become records: who speaks, what is joined, how, where and when it was said.

Every text is invented. The cast is a table, so that no other reader is tested here.
"""

from __future__ import annotations

import re
from datetime import date

import pytest

from dragoman.domain import Document, Person, Statement, Window
from dragoman.language.parse import parse
from dragoman.reading.attribution import find_attributions
from dragoman.reading.statements import find_statements

BRITO = Person("Ana Brito", "minister", "PRT")
LUND = Person("Per Lund", "envoy", "NOR")
OSLO = Person("Oslo", None, "NOR")
SIDES = Person("both sides", None, None)
NAMED = {"Brito": BRITO, "Lund": LUND, "Oslo": OSLO, "sides": SIDES, "Kvam": Person("Ola Kvam", "captain", "NOR")}
FRIDAY = date(2020, 5, 8)


class Table:
    """A cast that knows the names of this file and takes every pronoun for Lund."""

    def speaker(self, token):
        """Return the person of a name, Lund for a pronoun, nobody else."""
        return LUND if token.pos_ == "PRON" else NAMED.get(token.text)


def read(text: str, title: str | None = None) -> list[Statement]:
    """Return the statements of a text whose first line is the title, where one is given."""
    whole = f"{title}\n{text}" if title else text
    lines = [m.span() for m in re.finditer(r"[^\n]+", whole)]
    document = Document(
        whole,
        title=title,
        published=FRIDAY,
        headline=lines[0] if title else None,
        paragraphs=tuple(lines[1:] if title else lines),
    )
    parsed = parse(document)

    def times(start: int, end: int, future: bool | None) -> Window | None:
        return Window(FRIDAY, FRIDAY) if "Friday" in whole[start:end] else None

    return find_statements(parsed, Table(), find_attributions(parsed), times)


def quotes(one: Statement) -> list[str]:
    """Return the words of a statement's evidence."""
    return [span.quote for span in one.evidence]


# text, evidence of each statement, kinds
JOINED = [
    (
        'Brito said the road was open. "We built it," she added.',
        [["the road was open", "We built it"]],
        ["mixed"],
    ),
    (
        'Brito said the road was open.\n"We built it," Brito said.',
        [["the road was open"], ["We built it"]],
        ["indirect", "direct"],
    ),
    (
        '"We built it," Brito said.\n"Nobody helped us then."',
        [["We built it", "Nobody helped us then."]],
        ["direct"],
    ),
    (
        "Brito said the road was open. It is 300 kilometres long. She said the bridge would follow.",
        [["the road was open"], ["the bridge would follow"]],
        ["indirect", "indirect"],
    ),
    (
        "Brito said the road was open. Lund said the bridge was shut.",
        [["the road was open"], ["the bridge was shut"]],
        None,
    ),
    (
        "Brito admitted that the road was shut but denied that it was unsafe.",
        [["the road was shut"], ["it was unsafe"]],
        None,
    ),
]


@pytest.mark.parametrize(("text", "evidence", "kinds"), JOINED, ids=lambda v: str(v)[:40])
def test_one_record_for_a_run_of_one_source(text, evidence, kinds):
    """Adjoining content of a source is one record, within a paragraph or where a quotation goes on."""
    found = read(text)

    assert [quotes(one) for one in found] == evidence
    assert kinds is None or [one.kind for one in found] == kinds


# text, speakers
SPEAKERS = [
    ("Brito said the road was open.\nShe said the bridge would follow.", [BRITO, BRITO]),
    ("Brito said the road was open.\nLund arrived. He said the bridge would follow.", [BRITO, LUND]),
    ("Brito said the road was open.\nThe weather is mild.\nShe said the bridge would follow.", [BRITO, LUND]),
    ("A passer-by said the road was open.", []),
    ("It was said that the road was open.", []),
]


@pytest.mark.parametrize(("text", "speakers"), SPEAKERS, ids=lambda v: str(v)[:50])
def test_a_pronoun_is_who_spoke_last_unless_another_was_named(text, speakers):
    """A pronoun goes back to the last speaker nearby; beyond, and after another subject, the cast decides."""
    assert [one.speaker for one in read(text)] == speakers


# text, stances
STANCES = [
    ("Brito said the road was shut. Lund said no road had been shut.", ["assert", "deny"]),
    ("Brito said no road had been shut.", ["assert"]),
    ("Brito called the story a lie.", ["deny"]),
    ("Lund denied that the road was shut.", ["deny"]),
    ('Oslo denied it. "The road is open," Lund said.', ["deny"]),
    ("Oslo denied any part in the raid. Brito warned that the raid would not go unanswered.", ["deny", "assert"]),
    ("Brito said Oslo had sunk the boat. Lund called it a slander.", ["assert", "deny"]),
    ("Brito branded the report a smear.", ["deny"]),
    ("Brito called the plan absurd.", ["assert"]),
    ("Brito said Oslo had sunk the boat. Lund insisted that it had not been touched.", ["assert", "deny"]),
    ("Brito said Oslo had to pay. Lund insisted that it would not pay.", ["assert", "assert"]),
]


@pytest.mark.parametrize(("text", "stances"), STANCES, ids=lambda v: str(v)[:50])
def test_stance_is_deny_where_another_is_contradicted(text, stances):
    """A no after another side's word, a cue of denial, or a word for falsehood denies."""
    assert [one.stance for one in read(text)] == stances


# text, channel, whether dated
DELIVERED = [
    ("Brito said on Friday that the road was open.", None, True),
    ("Brito said the road would open on Friday.", None, False),
    ('"It is open," Brito tweeted.', "social-media", False),
    ('"It is open," Brito told reporters.', "press-conference", False),
    ("Brito said in an interview that the road was open.", "interview", False),
    ("In a speech on Friday, Brito said the road was open.", "speech", True),
    ("Brito said in a statement that the road was open.", "written", False),
]


@pytest.mark.parametrize(("text", "channel", "dated"), DELIVERED, ids=lambda v: str(v)[:50])
def test_channel_and_date_come_from_the_cue_and_not_from_what_is_said(text, channel, dated):
    """Where and when it was said is read outside the content."""
    (one,) = read(text)

    assert one.channel == channel
    assert one.when == (Window(FRIDAY, FRIDAY) if dated else None)


def test_a_joint_statement_is_written_on_its_day():
    """What both sides agree in a joint text is dated and channelled by the text itself."""
    (one,) = read("Both sides agreed that the road was open.", "Joint Statement on the Road")

    assert (one.speaker, one.channel, one.when) == (SIDES, "written", Window(FRIDAY, FRIDAY))


def test_a_statement_by_a_person_is_one_record():
    """A text under "Statement by", in the first person, is its author's word as a whole."""
    (one,) = read("We regret the delay.\nI said so to Lund.", "Statement by Minister Ana Brito on the Road")

    assert one.speaker == BRITO
    assert quotes(one) == ["We regret the delay.", "I said so to Lund."]


# texts in which an act is told rather than a statement
ACTS = [
    "Brito offered to open the road.",
    "Brito urged Lund to open the road.",
    "The talks suggest that the road is open.",
    "Brito granted Oslo a loan on condition that it open the road.",
    "Brito confirmed the discussion.",
    "Brito telephoned Lund to express support.",
    "Brito warned of consequences.",
    "Brito has yet to say whether the road is open.",
    "Brito did not say whether the road was open.",
    "Neither Brito nor Lund said that the road was open.",
    "Brito declined to say that the road was open.",
    "Brito declined to comment.",
    "Brito denied the captain a visa.",
    "Brito denied entry to six captains from the north.",
]


@pytest.mark.parametrize("text", ACTS)
def test_acts_of_speech_silence_bare_nouns_and_mute_things_make_no_statement(text):
    """Offers and pleas are events, silence and a mere noun tell nothing; things do not speak."""
    assert read(text) == []


def test_the_headline_makes_no_statement():
    """What the title says is said again below."""
    assert read("The road is open.", "Brito says road is open") == []


def test_because_names_the_rule_and_the_cue():
    """A record tells which rule made it and from what words."""
    (one,) = read("Brito said the road was open.")

    assert (one.because.rule, one.because.detail) == ("statement.clause", "said")
    assert 0 < one.because.score <= 1
