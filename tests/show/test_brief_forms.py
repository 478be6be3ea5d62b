"""The brief in sentences: what they say, and that a document can put neither markup nor escapes into any form."""

from __future__ import annotations

import re
from datetime import date

import pytest

from dragoman.show.brief import escaped, footnote, html, markdown, paragraphs
from dragoman.views.brief import brief
from tests.ledger_factory import (
    ALedger,
    a_dispute_entry,
    a_measure_entry,
    a_person,
    a_rung,
    a_source,
    a_statement_entry,
    a_step_entry,
    an_event_entry,
    an_initiative_entry,
    an_item,
)

TODAY = date(2026, 3, 20)
MINISTER = a_person("Asha Rao", "foreign minister", "IND")
HOSTILE = "<script>alert(1)</script> [a](http://x.example) \x1b[31m{{ 7 * 7 }} **b** \u202e"


def made(*entries):
    """Return the brief over entries by hand."""
    return brief(ALedger(*entries), "IND", "USA", as_of=TODAY)


def said(*entries):
    """Return all sentences of a brief."""
    return [said.text for part in paragraphs(made(*entries)) for said in part.said]


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        (
            an_event_entry(participants=[MINISTER]),
            "Last contact (ministers): India and the United States held talks on 1 March 2026 (Asha Rao).",
        ),
        (an_event_entry(when=None), "India and the United States held talks (reported 2 March 2026)."),
        (
            an_event_entry("ACCUSE", actors=["USA"], recipients=["IND"], contested=True),
            "Contested: the United States made accusations against India on 1 March 2026.",
        ),
        (
            a_step_entry(),
            "India and the United States – talks on steel (agreed by both sides, on 1 April 2026).",
        ),
        (
            a_step_entry(due="2026-03-10", outcome="unknown"),
            "Past due (on 10 March 2026), outcome not reported: India and the United States – talks on steel.",
        ),
        (
            a_measure_entry(a_rung(rate=25.0), a_rung("lifted", "2026-10-01", possible=True), status="in-force"),
            "A tariff on steel, by the United States against India, is in force since 1 October 2026; "
            "may be lifted on 1 October 2026.",
        ),
        (
            a_dispute_entry(),
            "India claims “the border was crossed”; the United States contradicts: “nobody crossed it”.",
        ),
        (a_statement_entry("We will talk.", MINISTER), "Asha Rao, foreign minister, India, said: “We will talk.”"),
        (an_initiative_entry(), "Pact of Ports: members India and the United States."),
    ],
)
def test_sentences_say_what_the_fields_say(entry, sentence):
    """One template for each kind and role."""
    assert sentence in said(entry)


def test_footnotes_name_source_document_and_origins():
    """The quote, who published it when, the document's id, and how many origins tell of it."""
    items = [
        an_item(words="met", source=a_source(f"2026-03-0{n}", publisher="Wire", published=date(2026, 3, n)))
        for n in (1, 2, 3)
    ]
    (note,) = made(an_event_entry(items=items)).footnotes

    assert re.fullmatch(r"“met” Wire, 3 Mar 2026, D-\d{9}, 3 origins", footnote(note))


def test_markdown_has_a_footnote_for_each_number():
    """Every reference is defined once, every definition referred to."""
    text = markdown(made(an_event_entry(), a_step_entry(), a_dispute_entry(), a_measure_entry(a_rung())))

    referred = re.findall(r"\[\^(\d+)\](?!:)", text)
    defined = re.findall(r"^\[\^(\d+)\]: ", text, re.MULTILINE)
    assert text.startswith("# India and the United States: brief as of 20 March 2026\n")
    assert set(referred) == set(defined)
    assert len(defined) == len(set(defined)) > 0


def test_the_page_links_notes_and_needs_nothing_else():
    """No script, no address to load from, a policy that allows its own style alone, and each link has its target."""
    page = html(made(an_event_entry(), a_step_entry(), a_dispute_entry()))

    assert "<script" not in page
    assert "default-src 'none'; style-src 'sha256-" in page.replace("&#39;", "'")
    assert not re.search(r'(?:src|href)="(?!#)', page)
    assert set(re.findall(r'href="#(n\d+)"', page)) == set(re.findall(r'id="(n\d+)"', page))


@pytest.mark.parametrize("form", [html, markdown])
def test_a_document_brings_no_markup(form):
    """Tags, links, templates and escape codes of a text stay text."""
    source = a_source(title=HOSTILE, publisher=HOSTILE)
    entry = an_event_entry(items=[an_item(words=HOSTILE, source=source)], participants=[a_person(HOSTILE)])

    text = form(made(entry, a_statement_entry(HOSTILE, MINISTER), a_step_entry(HOSTILE)))

    assert "<script" not in text.replace("\\<script", "")
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert form is html or not re.search(r"(?<!\\)(?:\]\(|<|\*\*)", text)


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("plain words, 25% – and more", "plain words, 25% – and more"),
        ("*b* _i_ `c`", r"\*b\* \_i\_ \`c\`"),
        ("[a](http://x)", r"\[a\](http\://x)"),
        ("1. first", r"1\. first"),
        ("- item", r"\- item"),
        ("<i>&amp;", r"\<i\>\&amp;"),
    ],
)
def test_markdown_is_escaped(text, safe):
    """What Markdown would read as marks has a backslash before it."""
    assert escaped(text) == safe


def test_left_out_lines_are_counted():
    """A reader knows that there is more."""
    assert "2 more left out." in markdown(made(*(a_dispute_entry() for _ in range(5))))
