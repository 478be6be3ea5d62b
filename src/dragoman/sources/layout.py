"""Layout: where a text's headline, dateline and paragraphs lie, and what is page furniture.

In:     any text, and its title if that is known.
Out:    `Layout`: half-open ranges of the text that do not overlap, in order; and the full date that a dateline or a
        dated line gives.
Data:   patterns for furniture in ontology/furniture.yaml.

The text is never altered, and nothing is raised: a text of furniture only has no paragraphs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from dragoman.sources.blocks import Block, blocks
from dragoman.sources.dateline import DatedLine, dated_line, dateline_alone, find_dateline
from dragoman.sources.furniture import is_ending, kind, small_words

#: Longest title line, in characters. Guess; the longest titles of official statements run to about 200.
LONGEST_TITLE = 200
#: Blocks of at most this many words in a row before the text are a menu, from `MENU_RUN` of them on. Guesses.
MENU_WORDS, MENU_RUN = 3, 3
#: A block of this many words that ends like a sentence is prose: the head of the page ends there. Guess.
PROSE_WORDS = 12

#: Kinds of furniture under which links may stand, a line each.
_OPEN_LISTS = ("tags", "read-more")
_SENTENCE_END = re.compile(r"[.!…,;:][\"'”’»)\]]*$|[\"”]$")
_ABBREVIATION_END = re.compile(r"\b(?:[A-Z]\.){2,}$")
_TITLE_STOP = re.compile(r"[.][”’\"']?$")
_SPEAKER_START = re.compile(r"(?:[QA]|(?:[A-Z][A-Z'’.-]+ ?){1,5}):\s+\S")
_SPACE = re.compile(r"\W+")

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parts of a text lie, as in `domain.Document`; `published` is the full date the text gives itself."""

    headline: Range | None = None
    dateline: Range | None = None
    paragraphs: tuple[Range, ...] = ()
    published: date | None = None


def layout(text: str, title: str | None = None, *, guess_headline: bool = True) -> Layout:
    """Return where headline, dateline and paragraphs lie.

    A line equal to `title` is the headline; otherwise, unless `guess_headline` is off, the first line is if it has
    the form of one. A title that stands outside the text leaves no headline.
    """
    found = blocks(text)
    dated = _dated(text, found)
    kept = _without_furniture(text, found, dated)
    at = _titled(text, kept, title)
    if at is None and guess_headline:
        kept = _without_menu(text, found, kept)
        at = 0 if _is_headline(text, kept) else None
    headline = None if at is None else _range(kept[at])
    body = kept if at is None else kept[at + 1 :]
    if at:
        body = [block for block in kept[:at] if _is_prose(_words(text, block))] + body
    dateline, day, paragraphs = _dateline(text, body)
    if dateline is None:
        dateline = _place_and_date(text, found, dated, paragraphs)
    if headline and not paragraphs:
        return Layout(None, None, (headline,), _published(dated))
    return Layout(headline, dateline, tuple(sorted(paragraphs)), day or _published(dated))


def _range(block: Block) -> Range:
    return block.start, block.end


def _words(text: str, block: Block) -> str:
    return text[block.start : block.end]


def _is_prose(words: str) -> bool:
    """Whether a block is running text: a dozen words that end like a sentence."""
    return bool(_SENTENCE_END.search(words)) and len(words.split()) >= PROSE_WORDS


def _dated(text: str, found: list[Block]) -> dict[int, DatedLine]:
    """Return the dated lines before the first prose and after the last, by the number of their block."""
    prose = [number for number, block in enumerate(found) if _is_prose(_words(text, block))]
    first, last = (prose[0], prose[-1]) if prose else (len(found), len(found))
    out = {}
    for number, block in enumerate(found):
        if (number < first or number > last) and (line := dated_line(_words(text, block))):
            out[number] = line
    return out


def _place_and_date(text: str, found: list[Block], dated: dict[int, DatedLine], read: list[Range]) -> Range | None:
    """Return the dated line before the first paragraph that names a place too ("Oslo, 3 May 2031"): a dateline."""
    for number in dated:
        block = found[number]
        if read and block.end <= read[0][0] and dateline_alone(_words(text, block)):
            return _range(block)
    return None


def _published(dated: dict[int, DatedLine]) -> date | None:
    """Return the date that the dated lines agree on: of publication, else a bare one, else of an update."""
    for label in ("published", "bare", "updated"):
        days = {line.date for line in dated.values() if line.label == label}
        if len(days) == 1:
            return days.pop()
    return None


def _without_furniture(text: str, found: list[Block], dated: dict[int, DatedLine]) -> list[Block]:
    """Return the blocks that are to be read: no furniture, no links under a heading, nothing after an ending."""
    kept: list[Block] = []
    in_list = False
    for number, block in enumerate(found):
        words = _words(text, block)
        ending = bool(kept) and is_ending(words)
        if ending and block.start * 2 > len(text):
            break
        sort = kind(words)
        in_list = ending or sort in _OPEN_LISTS or (in_list and bool(kept) and (bool(sort) or _is_menu_item(words)))
        if number not in dated and sort is None and not in_list:
            kept.append(block)
    return kept


def _without_menu(text: str, found: list[Block], kept: list[Block]) -> list[Block]:
    """Drop a run of very short lines before the text; its last line stays if it may be the title.

    Lines that are furniture by their own words count as part of the run. A single line that is not is the title,
    unless a menu or a kicker parts it from a longer one: then it is the name of the site.
    """
    items = list(takewhile(lambda block: _is_menu_item(_words(text, block)), kept))
    if not items or len(items) == len(kept):
        return kept
    after = kept[len(items)]
    run = [block for block in found if block.start < after.start]
    if len(run) < MENU_RUN:
        return kept
    another = _could_be_title(_words(text, after))
    if len(items) == 1:
        between = {kind(_words(text, block)) for block in run if block.start > items[0].start}
        return kept[1:] if another and between & {"menu", "kicker"} else kept
    last_is_title = not another and len(_words(text, items[-1]).split()) == MENU_WORDS
    return kept[len(items) - last_is_title :]


def _could_be_title(words: str) -> bool:
    """Whether a block is short and ends unlike a sentence."""
    return len(words) <= LONGEST_TITLE and not _SENTENCE_END.search(words)


def _is_menu_item(words: str) -> bool:
    return len(words.split()) <= MENU_WORDS and not re.search(r"[.!?:,;\"”]$", words)


def _titled(text: str, kept: list[Block], title: str | None) -> int | None:
    """Return the number of the block that repeats the title, looked for before the text begins."""
    wanted = _SPACE.sub(" ", title or "").casefold().split()
    for number, block in enumerate(kept[:8]) if wanted else ():
        words = _words(text, block)
        here = _SPACE.sub(" ", words).casefold().split()
        if here == wanted or (not _SENTENCE_END.search(words) and _is_like(here, wanted)):
            return number
        if _is_prose(words):
            break
    return None


def _is_like(line: list[str], title: list[str]) -> bool:
    """Whether a line is the title with other words at an end or a few changed: four in five of its words. Guess."""
    return min(len(line), len(title)) > 3 and len({*line} & {*title}) >= 0.8 * min(len({*line}), len({*title}))


def _is_headline(text: str, kept: list[Block]) -> bool:
    """Whether the first block has the form of a title and something to read follows."""
    if len(kept) < 2:
        return False
    first, after = kept[0], kept[1]
    words = _words(text, first)
    if len(words) > LONGEST_TITLE or first.bullet or _SPEAKER_START.match(words) or dateline_alone(words):
        return False
    if (dateline := find_dateline(words)) and dateline.end < len(words) and not words.isupper():
        return False
    soon = [_words(text, block) for block in kept[1:4]]
    longer = any(len(each) > 1.5 * len(words) and (each is soon[0] or _is_prose(each)) for each in soon)  # 1.5: guess
    if not (after.apart or after.bullet or longer):
        return False
    if words.isupper() or not _SENTENCE_END.search(words):
        return True
    return bool(_TITLE_STOP.search(words)) and (bool(_ABBREVIATION_END.search(words)) or _is_title_case(words))


def _is_title_case(words: str) -> bool:
    """Whether nearly all words but the smallest are capitalised, as in a title that ends with a full stop."""
    found: list[str] = re.findall(r"[^\W\d_]+(?:['’][a-z]+)?", words)
    small = [word for word in found if word.islower() and word not in small_words()]
    return len(found) > 3 and len(small) <= 1


def _dateline(text: str, body: list[Block]) -> tuple[Range | None, date | None, list[Range]]:
    """Return the dateline of the first paragraph, its date, and the paragraphs with the first beginning after it."""
    ranges = [_range(block) for block in body]
    for number, (start, end) in enumerate(ranges[:3]):
        words = text[start:end]
        if alone := dateline_alone(words):
            return (start, end), alone.date, ranges[:number] + ranges[number + 1 :]
        if (found := find_dateline(words)) and (found.sure or not _repeats(text, ranges[number + 1 :])):
            cut = start + found.end
            return (start, start + len(words[: found.end].rstrip())), found.date, [
                *ranges[:number], (cut, end), *ranges[number + 1 :]
            ]  # fmt: skip
        if _is_prose(words):
            break
    return None, None, ranges


def _repeats(text: str, ranges: list[Range]) -> bool:
    """Whether later paragraphs too begin with a place and a dash: a digest by country, not a dateline."""
    return any((found := find_dateline(text[start:end])) and not found.sure for start, end in ranges)
