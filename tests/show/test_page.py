"""The page and the fragment: complete, linked both ways, closed against hostile text, and in need of nothing else."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html  # type: ignore[import-untyped]

from dragoman.domain import Span
from dragoman.show.page import fragment, render
from dragoman.show.segments import segments


def parsed(reading, **options):
    """Return the page as a tree."""
    return html.document_fromstring(render(reading, **options))


def flat(element):
    """Return an element's text on one line."""
    return " ".join(element.text_content().split())


def test_every_quote_is_shown_and_links_to_its_place_in_the_text(rich):
    """A quote leads to a marked stretch of the text that begins with its first words."""
    page = parsed(rich)
    quotes = page.xpath("//article//a[@class='quote']")
    shown = {flat(quote).strip("“”") for quote in quotes}
    assert shown == {span.quote for _, record in rich.records() for span in record.evidence}
    for quote in quotes:
        (place,) = page.xpath(f"//mark[@id='{quote.get('href')[1:]}']")
        words, begins = flat(quote).strip("“”"), flat(place)
        assert words.startswith(begins) or begins.startswith(words)


def test_a_step_that_repeats_an_act_links_to_it(rich):
    """Its quotes stand there; a step of its own shows them."""
    steps = parsed(rich).xpath("//article[starts-with(@id, 'N')]")
    assert [step.xpath(".//p[@class='note']/a/@href") for step in steps] == [[], ["#A5"], []]
    assert [len(step.xpath(".//a[@class='quote']")) for step in steps] == [1, 0, 1]


def test_every_mark_links_back_to_its_records(rich):
    """Each record is linked from the text as often as it quotes it, and each link has its target."""
    page = parsed(rich)
    links = [link.get("href")[1:] for link in page.xpath("//*[@class='body']//a")]
    ids = [article.get("id") for article in page.xpath("//article")]
    assert len(ids) == len(set(ids)) == len(rich.records())
    assert set(links) == set(ids)
    assert len(links) == sum(len(record.evidence) for _, record in rich.records())
    for marked in page.xpath("//mark"):
        assert set(marked.get("data-r").split()) <= set(ids)


def test_ids_are_unique_and_every_link_inside_the_page_has_its_place(rich):
    """No dead or ambiguous jumps."""
    page = parsed(rich)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in page.xpath("//@href") if link.startswith("#")} <= set(ids)


def test_the_whole_text_stands_on_the_page(rich):
    """Marking cuts the text but loses and repeats nothing; the references are all that is added."""
    body = parsed(rich).xpath("//*[@class='body']")[0]
    for link in body.xpath(".//a"):
        link.text = ""
    assert body.text_content() == rich.document.text


def test_standing_is_a_word_and_a_shape(rich):
    """Colour is never the only carrier: each mark of an act is followed by its word."""
    page = parsed(rich)
    shapes = [
        mark.get("class").removeprefix("mark ") for mark in page.xpath("//article//span[starts-with(@class,'mark')]")
    ]
    standing = [flat(word) for word in page.xpath("//article//span[starts-with(@class,'standing')]")]
    assert standing[:6] == ["done", "possible", "done", "denied", "planned", "ended"]
    assert shapes[:6] == ["full", "open", "full", "cross", "half", "dashed"]
    assert len(shapes) == len(standing)


def test_headings_form_an_outline(rich):
    """One title, a heading for each section and the text, one for each record; the page says its language."""
    page = parsed(rich)
    assert page.get("lang") == "en"
    assert [flat(heading) for heading in page.xpath("//h1")] == ["Lisbon and Ottawa talk of cod"]
    assert [flat(heading) for heading in page.xpath("//h2")] == [
        "Engagements and acts 6",
        "Who said what 3",
        "Disputes 2",
        "Due 3",
        "Measures 2",
        "Initiatives 1",
        "Warnings 1",
        "Text",
    ]
    assert len(page.xpath("//h3")) == len(rich.records())


@pytest.mark.parametrize("name", ["rich", "empty", "hostile"])
def test_the_policy_allows_the_pages_own_style_and_script_and_nothing_else(name, request):
    """The hashes are those of what stands there; no inline handler or style, nothing fetched."""
    page = parsed(request.getfixturevalue(name))
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    (style,), (script,) = page.xpath("//style/text()"), page.xpath("//script/text()")
    for directive, content in (("style-src", style), ("script-src", script)):
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';")
    assert page.xpath("//@src | //link | //@style | //@*[starts-with(name(), 'on')]") == []


@pytest.mark.parametrize("show", [render, fragment])
def test_hostile_text_stays_text(hostile, show):
    """Markup, template code, control and direction characters and script addresses of a document have no effect."""
    text = show(hostile)
    tree = html.fromstring(text)
    assert tree.xpath("//img | //i | //b | //u") == []
    assert all("alert(1)" not in script for script in tree.xpath("//script/text()"))
    assert not [link for link in tree.xpath("//@href") if link.startswith("javascript")]
    assert "{{ 7 * 7 }}" in text
    assert all(character.isprintable() or character == "\n" for character in text)
    assert "\\u202e" in text


def test_words_of_the_document_are_isolated_in_direction(rich):
    """Right-to-left words cannot rearrange what stands beside them: headings, quotes and text stand in <bdi>."""
    page = parsed(rich)
    for where in ("//h1", "//h3", "//a[@class='quote']", "//mark"):
        assert all(element.xpath(".//bdi") for element in page.xpath(where))


def test_only_web_addresses_become_links(rich):
    """The source is a link when it is http or https."""
    assert parsed(rich).xpath("//a[text()='source']/@href") == ["https://wire.example/cod"]
    for url in ("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://[bad", None):
        assert parsed(replace(rich, document=replace(rich.document, url=url))).xpath("//a[text()='source']") == []


def test_explain_says_why_for_each_record(rich):
    """Reasons are there when asked for, and only then."""
    assert len(parsed(rich, explain=True).xpath("//article/p[@class='why']")) == len(rich.records())
    assert parsed(rich).xpath("//p[@class='why']") == []


def test_an_empty_reading_says_so_and_shows_the_text(empty):
    """Nothing found is said where the gist stands."""
    page = parsed(empty)
    assert flat(page.xpath("//p[@class='gist']")[0]).startswith("Nothing found")
    assert page.xpath("//article") == []
    assert "bakery" in flat(page.xpath("//*[@class='body']")[0])


def test_the_fragment_has_all_quotes_and_touches_nothing_around_it(rich):
    """Every rule of its style is scoped; no ids or scripts that could clash with another fragment."""
    text = fragment(rich)
    tree = html.fromstring(text)
    quotes = {flat(quote).strip("“”") for quote in tree.xpath("//*[@class='quote']")}
    assert quotes == {span.quote for _, record in rich.records() for span in record.evidence}
    style = tree.xpath("//style/text()")[0]
    selectors = [part for rule in re.findall(r"([^{}]+)\{", style) for part in rule.split(",")]
    assert all(selector.strip().startswith(".dragoman-reading") for selector in selectors)
    assert tree.xpath("//@id | //script | //@href") == []
    assert rich._repr_html_() == text


@given(
    text=st.text(min_size=1, max_size=30),
    cuts=st.lists(st.tuples(st.sampled_from("ABC"), st.integers(0, 35), st.integers(0, 35)), max_size=8),
)
def test_segments_cover_the_text_once_and_name_exactly_the_covering_records(text, cuts):
    """Whatever overlaps, nothing is lost, repeated or marked for the wrong record."""
    evidence: dict[str, list[Span]] = {}
    for record, start, end in cuts:
        evidence.setdefault(record, []).append(Span(start, end, text[start:end]))
    found = segments(text, evidence)
    assert "".join(segment.text for segment in found) == text
    for segment in found:
        last = segment.start + len(segment.text)
        covering = {
            record for record, start, end in cuts if start <= segment.start and last <= end <= len(text) and start < end
        }
        assert set(segment.records) == covering
        assert set(segment.ending) <= covering


def test_paragraphs_are_set_apart_where_the_text_does_not():
    """A gap comes after a single line break alone: not after a blank line, at the start, or behind a dateline."""
    text = "ROME - one\ntwo\n\nthree"
    found = segments(text, {}, paragraphs=[7, 11, 16])
    assert [(segment.text, segment.gap) for segment in found] == [("ROME - one\n", False), ("two\n\nthree", True)]
