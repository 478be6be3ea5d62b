"""The readout for a terminal: what it holds, that it fits, and that nothing but text reaches the terminal."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from rich.cells import cell_len

from dragoman.domain import Because, Span
from dragoman.show.terminal import FULL, fit, render


def readout(reading, **options):
    """Return what is printed, to something that is no terminal."""
    file = io.StringIO()
    render(reading, file=file, **options)
    return file.getvalue()


def flat(text):
    """Return the text on one line, so that wrapping does not matter."""
    return " ".join(text.split())


class Terminal(io.StringIO):
    """A file that says it is a terminal."""

    def isatty(self):
        """Say yes."""
        return True


def test_sections_stand_in_order_with_their_counts(rich):
    """Every kind of record has its heading, in the order of the ledger, warnings last."""
    headings = re.findall(r"^(\w[\w ]+ \(\d+\)) ─", readout(rich), re.MULTILINE)
    assert headings == [
        "Engagements and acts (6)",
        "Who said what (3)",
        "Disputes (2)",
        "Due (3)",
        "Measures (2)",
        "Initiatives (1)",
        "Warnings (1)",
    ]


@pytest.mark.parametrize(
    "fact",
    [
        "● Portugal and Canada: phone call done · 14 May 2024 · CONSULT with Ana",
        "with Ana Prado (foreign minister, Portugal), Luc Tremblay (foreign minister, Canada)",
        "spoke by phone on Tuesday” +1 more",
        "○ Portugal and Canada: talks possible · June 2024 · CONSULT",
        "◐ Portugal and Canada: talks planned · 2–6 June 2024",
        "● Canada → Portugal: tariff done · March 2024 · SANCTION",
        "✕ Portugal → Canada: rejection denied · April 2024",
        "◌ Canada → Portugal: ban ended · 1 February 2024",
        "● done ◐ planned ○ possible ✕ denied ◌ ended Who said",
        "✕ Ana Prado, foreign minister, Portugal denied · on social media · quoted",
        "› officials, Canada said · reported “Lisbon had broken off the talks in April”",
        "◔ by 31 May 2024: Portugal, Canada and WTO – lodge a complaint … intended by one side · ACCUSE “Portugal",
        "◐ 2–6 June 2024: Portugal and Canada – a new round of talks agreed by both sides ◔",
        "◔ date open: Canada and Portugal – visit Lisbon soon",
        "said by Luc Tremblay (foreign minister, Canada)",
        "● Canada → Portugal: tariff of 32.5% in force · March 2024 covers salt cod "
        "- 20%: unfair port fees - 12.5%: catches on the Flemish Cap",
        "led by Iceland members Iceland, Canada and Norway invited Portugal purpose keep the cod coming back",
        "! The dateline and the given date differ by two days.",
        "The Harbour Wire · published 16 May 2024",
    ],
)
def test_readout_says_it_in_words(rich, fact):
    """Marks come with words; who, what, when and how firm stand together."""
    assert fact in flat(readout(rich, width=60))


def test_due_is_soonest_first(rich):
    """Steps are ordered by date whatever their order in the text."""
    text = readout(rich)
    places = [text.index(due) for due in ("◔ by 31 May 2024", "◐ 2–6 June 2024", "◔ date open")]
    assert places == sorted(places)


@pytest.mark.parametrize(("width", "beside"), [(60, False), (80, True), (140, True)])
def test_disputes_stand_side_by_side_where_there_is_room(rich, width, beside):
    """Claim and denial share a line, or follow each other on a narrow terminal."""
    lines = [line for line in readout(rich, width=width).splitlines() if "claimed by officials, Canada" in line]
    assert [("denied by ministry, Portugal" in line) for line in lines] == [beside]


@pytest.mark.parametrize("width", [20, 40, 60, 80, 120, 200])
@pytest.mark.parametrize("explain", [False, True])
def test_no_line_is_wider_than_the_terminal(rich, width, explain):
    """Lines end within the width, and within a readable one on very wide terminals; none trails blanks."""
    lines = readout(rich, width=width, explain=explain).splitlines()
    assert max(map(cell_len, lines)) <= min(width, FULL)
    assert all(line == line.rstrip() for line in lines)


@pytest.mark.parametrize("width", [60, 130])
def test_explain_says_why_under_each_record(rich, width):
    """One reason per record, only when asked for."""
    assert readout(rich, width=width, explain=True).count("why: ") == len(rich.records())
    assert "why: meeting verb (0.97) a verb and its sides" in readout(rich, width=width, explain=True)
    assert "why: " not in readout(rich, width=width)


@pytest.mark.parametrize("width", [40, 80, 130])
def test_a_reason_is_one_line_with_the_first_alternative_of_its_pattern(rich, width):
    """The rest of the pattern is left out, and words that do not fit are."""
    detail = "'impose|slap|levy $sanction' read in 'imposed tariff'; status happened by 'VBD' " + "and so on " * 20
    event = replace(rich.events[0], because=Because("act.verb", 0.7, detail))
    lines = readout(replace(rich, events=(event,)), explain=True, width=width).splitlines()
    (at,) = [n for n, line in enumerate(lines) if "why: act.verb" in line]
    assert lines[at].startswith("  why: act.verb (0.70) 'impose …'")
    assert lines[at].endswith("…")
    assert lines[at + 1].startswith("  ●")  # the legend


def test_inferred_sides_are_said_to_be(rich):
    """Acts and measures of the lowest score carry the caveat; the others do not."""
    low = Because("act.verb", 0.5)
    text = readout(replace(rich, events=(replace(rich.events[2], because=low),), measures=()))
    assert "● Canada → Portugal: sanction (side inferred)" in text
    assert "(side inferred)" in readout(replace(rich, measures=(replace(rich.measures[0], because=low),)))
    assert "inferred" not in readout(rich)


def test_people_stand_by_their_side(rich):
    """Persons of the acting side act; others are those with whom; in a joint act all are."""
    people = rich.events[0].participants
    alone = replace(rich.events[2], participants=people)
    text = flat(readout(replace(rich, events=(alone,))))
    assert "by Luc Tremblay (foreign minister) with Ana Prado (foreign minister, Portugal)" in text


def test_tracks_stand_where_they_are_not_those_of_the_document(rich):
    """The first two tracks of the document go without saying."""
    call = replace(rich.events[0], tracks=("trade", "energy"))
    assert "CONSULT · trade, energy" in readout(replace(rich, events=(call,)))
    assert "CONSULT · trade" not in readout(rich)


def test_no_date_is_not_said(rich):
    """An act without a date has none beside it."""
    assert "done · CONSULT" in readout(replace(rich, events=(replace(rich.events[0], when=None),)))


def test_escape_codes_go_to_terminals_alone(rich, monkeypatch):
    """None in a pipe, none under NO_COLOR, none when told not to; some on a terminal."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)

    def printed(file, **options):
        render(rich, file=file, width=80, **options)
        return file.getvalue()

    assert "\x1b[" in printed(Terminal())
    assert "\x1b[" in printed(io.StringIO(), colour=True)
    assert "\x1b" not in printed(io.StringIO())
    assert "\x1b" not in printed(Terminal(), colour=False)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in printed(Terminal())


def test_a_document_cannot_steer_the_terminal(hostile):
    """Nothing but printable characters and line breaks comes out; the markup of the library stays text."""
    text = readout(hostile, explain=True)
    assert all(character.isprintable() or character == "\n" for character in text)
    assert "\\x1b[31mRed\\x07" in text
    assert "\\u202e" in text
    assert "[bold]no[/bold]" in text


@pytest.mark.parametrize("width", [30, 80, 130])
@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_marks_have_plain_forms_for_other_encodings(rich, encoding, width):
    """A terminal without the characters gets ASCII marks, the same words, and lines no wider."""
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding=encoding, newline="\n")
    render(rich, file=file, width=width)
    file.flush()
    text = raw.getvalue().decode(encoding)
    assert "* Portugal and Canada: phone call" in flat(text)
    assert "x Portugal -> Canada" in flat(text)
    assert max(map(len, text.splitlines())) <= width


@pytest.mark.parametrize(
    ("text", "encoding", "fitted"),
    [
        ("Erdoğan", "utf-8", "Erdoğan"),
        ("Erdoğan", "ascii", "Erdogan"),
        ("José", "latin-1", "José"),
        ("北", "ascii", "\\u5317"),
    ],
)
def test_letters_fit_the_encoding(text, encoding, fitted):
    """What the encoding has stays; accents go next; the rest is spelt out."""
    assert fit(text, encoding) == fitted


def test_long_quotes_are_cut_in_the_middle(rich):
    """Both ends of a long quote stay visible."""
    words = "begin " + "and on " * 100 + "finish"
    event = replace(rich.events[0], evidence=(Span(0, len(words), words),))
    text = flat(readout(replace(rich, events=(event,))))
    assert re.search(r"“begin and on [^”]* … [^”]* finish”", text)
    assert words not in text


def test_nothing_found_is_said_plainly(empty):
    """An empty reading is no empty screen."""
    assert flat(readout(empty)).startswith("Nothing found: no acts")
