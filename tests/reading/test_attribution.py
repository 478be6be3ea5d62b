"""Attribution: every cue's example is read as marked, and each form of quotation finds its speaker and its extent.

Every text is invented. Square brackets mark what is said; they are taken out before reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from dragoman.domain import Document
from dragoman.language.parse import parse
from dragoman.reading.attribution import Attribution, find_attributions, outermost
from dragoman.reading.saying.attitudes import data as attitudes
from dragoman.reading.saying.quotes import find_quotes
from dragoman.reading.saying.words import speech


def read(marked: str, *, wide: bool = False, title: bool = False) -> tuple[str, list[str], list[Attribution]]:
    """Return the text without brackets, the marked contents, and the attributions found."""
    text, wanted = "", []
    for part in re.split(r"([\[\]])", marked):
        if part == "[" or part == "]":
            wanted.append(len(text))
        else:
            text += part
    lines = [m.span() for m in re.finditer(r"[^\n]+", text)]
    headline = lines.pop(0) if title else None
    document = Document(text, headline=headline, paragraphs=tuple(lines))
    found = find_attributions(parse(document), wide=wide)
    return text, [text[s:e] for s, e in zip(wanted[::2], wanted[1::2], strict=True)], found


def contents(text: str, one: Attribution) -> list[str]:
    """Return what is said, without a comma before the closing mark."""
    return [text[s:e].rstrip(",") for s, e in one.contents]


def examples() -> Iterator[tuple[str, str]]:
    """Yield the name and the example of every cue in the lexicon."""
    data = speech()
    for section in ("verbs", "adjectives", "nouns"):
        yield from ((f"{section}.{lemma}", row["example"]) for lemma, row in data[section].items())
    yield from ((f"idioms.{row['verb']} {row['with'][0]}", row["example"]) for row in data["idioms"])


@pytest.mark.parametrize(("cue", "example"), list(examples()), ids=lambda value: value.split(" ")[0])
def test_every_cue_reads_its_own_example(cue, example):
    """The example of a cue yields the bracketed content, or nothing where nothing is bracketed."""
    text, wanted, found = read(example)

    got = [contents(text, one) for one in found]

    assert (wanted in got) if wanted else not got, cue


# text with the content in brackets, words of the source, kind
SAID = [
    ('"[We shall wait]," said Ana Brito, the minister.', "Ana Brito", "direct"),
    ("“[We shall wait],” Brito said. “[Then we shall see.]”", "Brito", "direct"),
    ('"[We shall wait]," Brito said, "[and then we shall see.]"', "Brito", "direct"),
    ("Brito told reporters: “[We shall wait.]”", "Brito", "direct"),
    ("“[The road is long],” Brito said.\n“[We shall wait and see.]”", "Brito", "direct"),
    ("Brito said: “[The road is long.]\n“[We shall wait and see.]”", "Brito", "direct"),
    ("[The talks failed], officials said on Tuesday.", "officials", "indirect"),
    ("[The talks], officials said, [were a failure].", "officials", "indirect"),
    ("In return, officials said, [the road would be opened to lorries].", "officials", "indirect"),
    ("Brito said that [the rangers would drive the herd back], and waved to Lund.", "Brito", "indirect"),
    ("Brito denounced [the claim as inaccurate and misleading].", "Brito", "indirect"),
    ('Brito warned of "[further steps]".', "Brito", "direct"),
    ("According to the ministry, [the talks were a failure].", "ministry", "indirect"),
    ("As the minister put it, [the talks were a failure].", "minister", "indirect"),
    ('The minister said [the talks were "a waste of paper"].', "minister", "mixed"),
    ("[The talks failed], said Ana Brito, who had led them.", "Ana Brito", "indirect"),
    ("Chad rejected American claims that [its troops had fled].", "American", "indirect"),
    ("The embassy, which said [the talks had failed], is shut.", "which", "indirect"),
    ("The envoy, who left on Friday, said [the talks had failed].", "The envoy, who left on Friday", "indirect"),
    ("Brito said [that was a matter for the court].", "Brito", "indirect"),
    ("Brito wants [to mend the road, build a bridge and plant trees].", "Brito", "indirect"),
    ("According to Brito’s account, [the bridge was closed].", "Brito’s account", "indirect"),
    ("''[We shall wait],'' Ana Brito, a judge and writer, said.", "Ana Brito", "direct"),
    ("“[We shall wait.]” ― Ana Brito", "Ana Brito", "direct"),
    ("“[We shall wait.]” -- Ana M. Brito, the mayor.", "Ana M. Brito", "direct"),
    ("Brito continued:\n“[We shall wait and see.]”", "Brito", "direct"),
    ("Brito said [the road was open], and officials warned that the bridge was not.", "Brito", "indirect"),
    ('"[We shall wait]," she was quoted by the agency as saying.', "she", "direct"),
]


@pytest.mark.parametrize(("marked", "source", "kind"), SAID, ids=lambda v: v[:40])
def test_a_content_has_its_extent_source_and_kind(marked, source, kind):
    """What is said is one attribution, without cue, speaker, "that" or outer marks."""
    text, wanted, found = read(marked)

    match = next((one for one in found if contents(text, one) == wanted), None)

    assert match is not None, [contents(text, one) for one in found]
    assert match.source_span is not None
    assert source in text[slice(*match.source_span)]
    assert match.kind == kind


# text with the contents of two attributions of one source
TWICE = [
    "Brito said [the road was open], adding that [the bridge would follow].",
    "Brito admitted that [the firm had sold arms] but denied that [it was breaking the law].",
]


@pytest.mark.parametrize("marked", TWICE, ids=lambda v: v[:40])
def test_two_cues_of_one_sentence_share_their_source(marked):
    """A second cue without a subject cuts the first content short and has the same source."""
    text, wanted, found = read(marked)

    assert [contents(text, one) for one in found] == [[w] for w in wanted]
    assert {one.source and one.source.text for one in found} == {"Brito"}


def groups() -> Iterator[tuple[str, str]]:
    """Yield the name and the example of every group of words of attitude."""
    data = attitudes()
    for section in ("verbs", "adjectives", "nouns"):
        yield from ((f"{section}.{row['name']}", row["example"]) for row in data[section])


@pytest.mark.parametrize(("group", "example"), list(groups()), ids=lambda value: value[:30])
def test_every_group_of_attitudes_reads_its_own_example(group, example):
    """The example yields the bracketed content where attitudes are asked for, and no statement where they are not."""
    _, wanted, found = read(example, wide=True)
    _, _, plain = read(example)

    assert wanted in [contents(example.replace("[", "").replace("]", ""), one) for one in found], group
    assert not any(one.wide for one in plain)


# text with the content in brackets, words of the source
WIDE = [
    ("[The plan] was mocked by the growers of Riga.", "the growers of Riga"),
    ('The mayor called [the plan "a leaking boat"].', "The mayor"),
    ("Brito claimed [the ferry “sails nowhere” in May].", "Brito"),
    ("It was unclear [whether the bridge would open].", None),
    ("Brito praised [the crew on Friday for its courage], which was rare.", "Brito"),
    ("Growers, who attacked [the toll], want a bridge.", "who"),
]


@pytest.mark.parametrize(("marked", "source"), WIDE, ids=lambda v: str(v)[:40])
def test_an_attitude_has_its_extent_and_source(marked, source):
    """What somebody holds is whole: the judged thing with the judgement, the clause of which words are quoted."""
    text, wanted, found = read(marked, wide=True)

    match = next((one for one in found if contents(text, one) == wanted), None)

    assert match is not None, [contents(text, one) for one in found]
    span = match.source_span
    assert (text[slice(*span)] if span else None) == source


def test_a_title_line_gives_what_follows_a_name_and_a_colon():
    """A name before the colon that speaks in the text is a speaker; a topic is not."""
    body = "Brito said on Friday that all was well."

    text, wanted, found = read(f"Ana Brito: [The bridge will open in May]\n{body}", wide=True, title=True)
    _, _, topic = read(f"Harbour works: The bridge will open in May\n{body}", wide=True, title=True)

    assert wanted in [contents(text, one) for one in found]
    assert "headline" not in [one.rule for one in topic]


def test_the_outermost_attributions_have_nobody_s_word_around_them():
    """A cue inside what another says is left to that other."""
    _, _, found = read("Brito said officials believed that the bridge was safe.")

    assert [one.cue_lemma for one in outermost(found)] == ["say"]
    assert len(found) == 2


# text without attributions
NOT_SAID = [
    'The "iron bridge" was rebuilt in May.',
    "The ministry moved to a new building on Friday.",
    "Yesterday, Lima announced new tariffs on tin.",
    "The firm did not reply on Monday.",
]


@pytest.mark.parametrize("text", NOT_SAID, ids=lambda v: v[:40])
def test_narration_is_nobodys_word(text):
    """Scare quotes, acts and silence are no attributions."""
    assert read(text)[2] == []


def test_a_passive_without_agent_has_no_source():
    """What "is reported" is kept as an attribution whose source is unknown."""
    _, _, found = read("It was reported that the bridge had fallen.")

    assert [one.source for one in found] == [None]


def test_denial_is_a_stance_of_the_cue():
    """A denied content carries the stance, the admitted one beside it does not."""
    _, _, found = read(TWICE[1])

    assert [one.stance for one in found] == ["assert", "deny"]


def test_a_transcript_gives_its_lines_to_its_speakers():
    """Lines under a name belong to it until the next name or question."""
    text = "MS. BRITO: Good morning to all.\nWe have news.\nQ What news?\nMS. BRITO: Good news."

    _, _, found = read(text)

    assert [text[slice(*one.contents[0])].strip() for one in found] == [
        "Good morning to all.",
        "We have news.",
        "Good news.",
    ]
    assert {one.source and one.source.text for one in found} == {"BRITO"}


# text, inner texts of the quotations, which of them carry an earlier one on
MARKS = [
    ('He said "yes" and "no".', ["yes", "no"], [False, False]),
    ("He said “yes.", ["yes."], [False]),
    ("“One.\n“Two.”", ["One.", "Two."], [False, True]),
    ("“One.”\n“Two.”", ["One.", "Two."], [False, False]),
    ('He bought a 6" pipe.', [], []),
    ("It was ‘not Brito’s fault’, he said.", ["not Brito’s fault"], [False]),
    ("''Yes,'' he said.", ["Yes,"], [False]),
    ("”Yes.” ― Ana", ["Yes."], [False]),  # opened with the wrong mark
]


@pytest.mark.parametrize(("text", "inner", "carried"), MARKS, ids=lambda v: str(v)[:30])
def test_quotation_marks_pair_within_a_paragraph(text, inner, carried):
    """A mark left open runs to the paragraph's end and may be taken up by the next paragraph."""
    found = find_quotes(text, [m.span() for m in re.finditer(r"[^\n]+", text)])

    assert [text[q.inner : q.inner_end] for q in found] == inner
    assert [q.carries_on for q in found] == carried
