"""Language: tells a text that is not, or not all, in English, by its script and its most frequent words.

In:     a text.
Out:    `check_english`: nothing when it may be English; WrongLanguage, naming the language, when it is not or when a
        part of it is in another; `language_of`: the name of the language, for reports.
Units:  shares of words; a letter of a script without blanks between words counts as half a word.
Data:   function words of some 60 languages and the letters of some in ontology/languages.yaml.

The whole text is looked at in pieces, so that no text is half read. Short texts in Latin script get the benefit of the
doubt, and so does a foreign title or sentence in an English text. Names do not count: only function words do, and a
word that stands in the lists of many languages counts for little.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache

from dragoman import ontology
from dragoman.errors import WrongLanguage

ENGLISH = "English"
#: A piece that is judged by itself has so many words or more, up to the end of a sentence. Guess.
PIECE = 10
#: Share of a text in another language from which on it is refused, and at least so many words. The brief of the project
#: says "about a fifth"; the second lets a quoted paragraph pass.
PART, FEW_FOREIGN = 0.2, 24
#: Share of function words in running English is 0.35 to 0.5; a list of names or figures has under 0.05. Guess.
HARDLY_ENGLISH = 0.04
#: Fewer words than this in Latin script are never called "not running English".
FEW_WORDS = 20
#: So many words must speak for another language, and so many times those that speak for English. Tuned on
#: benchmarks/languages.yaml.
STRANGE, HEAVIER = 2, 1.5
#: Fewer words than this in Latin script tell nothing. Guess.
SHORTEST = 6
#: In running text, German among it, more than half of the words are in small letters; in lists of names, fewer. Guess.
RUNNING = 0.5
#: From this share of letters in another script on, a piece is in that script. Guess.
FOREIGN_LETTERS = 0.4
#: A text with this many letters in another script is judged by script however short it is. Guess.
FEW_LETTERS = 4

#: Letters with the signs that Unicode does not count as letters: vowels of Indic scripts, Thai and Arabic.
_WORD = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f\u064b-\u065f\u0900-\u0963\u0970-\u0dff\u0e30-\u0eff])+")
_ADVICE = "Only English is read: give an English version of the text."
_BREAK = re.compile(r"(?<=[.!?。؟।])[\"”’»)]*\s+|\n\s*\n|(?<=[。؟।])")
#: Scripts that set no blanks between words.
_UNSPACED = frozenset({"CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN"})


def check_english(text: str) -> None:
    """Raise WrongLanguage if the text is not in English, or more than a small part of it is not."""
    sizes = _sizes(text)
    total = sum(sizes.values())
    foreign = Counter({language: size for language, size in sizes.items() if language not in (ENGLISH, "")})
    parts, rest = foreign.total(), total - foreign.total()
    if parts:
        language, _ = foreign.most_common(1)[0]
        if parts > 4 * rest or (not sizes[ENGLISH] and parts >= rest):
            raise WrongLanguage(f"The text is in {language}. {_ADVICE}", language)
        if parts >= FEW_FOREIGN and parts > PART * total:
            raise WrongLanguage(f"The text is partly in {language} ({parts / total:.0%} of it). {_ADVICE}", language)
        return
    words = _WORD.findall(text)
    share = sum(word.casefold() in _function_words()[ENGLISH] for word in words) / max(1, len(words))
    if len(words) >= FEW_WORDS and share < HARDLY_ENGLISH and _is_running(words):
        raise WrongLanguage(
            f"The text is not running English: {share:.0%} of its words are common English words, "
            f"where over a third is usual. {_ADVICE}",
            _scripts_named()["LATIN"],
        )


def language_of(text: str) -> str:
    """Return the English name of the language that most of a text is in; "English" where nothing tells another."""
    sizes = _sizes(text)
    del sizes[""]
    return sizes.most_common(1)[0][0] if sizes else ENGLISH


def _sizes(text: str) -> Counter[str]:
    """Return how many words of a text are in which language; "" stands for those that do not tell."""
    sizes: Counter[str] = Counter()
    for piece in _pieces(unicodedata.normalize("NFC", text)):
        language, size = _judged(piece)
        sizes[language] += size
    return _one_name(sizes, text)


def _one_name(sizes: Counter[str], text: str) -> Counter[str]:
    """Return the sizes with all foreign pieces of a text under one name where the whole text tells which.

    A page in Slovak has sentences that might be Czech; the page as a whole is in one of them.
    """
    foreign = [language for language in sizes if language not in (ENGLISH, "")]
    if len(foreign) < 2 or sizes[ENGLISH]:
        return sizes
    language, _ = _judged(text)
    if language in (ENGLISH, ""):
        return sizes
    return Counter({language: sum(sizes[one] for one in foreign), "": sizes[""]})


def _pieces(text: str) -> Iterator[str]:
    """Yield a text in pieces of whole sentences, about `PIECE` words each; no piece crosses a blank line."""
    for paragraph in re.split(r"\n\s*\n", text):
        piece, words = "", 0
        start = 0
        for end in (*(gap.end() for gap in _BREAK.finditer(paragraph)), len(paragraph)):
            sentence = paragraph[start:end]
            piece, words, start = piece + sentence, words + len(sentence.split()), end
            if words >= PIECE or len(piece) > 10 * PIECE:
                yield piece
                piece, words = "", 0
        if piece.strip():
            yield piece


def _judged(piece: str) -> tuple[str, int]:
    """Return the language of a piece, "" where it does not tell, and how many words it counts for."""
    scripts = _scripts(piece)
    letters = sum(scripts.values())
    foreign = letters - scripts["LATIN"]
    words = _WORD.findall(piece)
    if letters and foreign >= FEW_LETTERS and foreign > FOREIGN_LETTERS * letters:
        script = (scripts - Counter({"LATIN": letters})).most_common(1)[0][0]
        if scripts["HIRAGANA"] + scripts["KATAKANA"] > 0.05 * foreign:  # Japanese mixes in Chinese characters; guess
            script = "HIRAGANA"
        size = foreign // 2 if script in _UNSPACED else len(words)
        return _by_words(words, script) or _scripts_named()[script], max(1, size)
    language, strange, own = _evidence(words)
    if (
        len(words) >= SHORTEST
        and strange >= STRANGE
        and strange > HEAVIER * own
        and (piece.isupper() or _is_running(words))
    ):
        return language, len(words)
    return (ENGLISH if own >= HARDLY_ENGLISH * len(words) else ""), len(words)


def _evidence(words: list[str]) -> tuple[str, int, int]:
    """Return the language other than English that most words speak for, how many these are, and how many are English.

    What English has, too, says nothing for the other; what the other has, too, says nothing for English.
    """
    weights = _weights(words, "LATIN")
    weights.pop(ENGLISH, None)
    if not weights:
        return "", 0, sum(word.casefold() in _function_words()[ENGLISH] for word in words)
    language = max(weights, key=lambda one: weights[one])
    there, here = _function_words()[language], _function_words()[ENGLISH]
    counts = Counter(word.casefold() for word in words)
    strange = sum(min(number, 3) for word, number in counts.items() if word in there and word not in here)
    strange += min(2, sum(word.islower() and any(language in _letters().get(c, ()) for c in word) for word in counts))
    return language, strange, sum(number for word, number in counts.items() if word in here and word not in there)


def _is_running(words: list[str]) -> bool:
    """Return whether words stand in running text rather than in a list of names."""
    return sum(word.islower() for word in words) >= RUNNING * len(words)


def _scripts(sample: str) -> Counter[str]:
    """Count the letters of each script."""
    counts: Counter[str] = Counter()
    for char, number in Counter(sample).items():
        if char.isalpha():
            counts[_script(char)] += number
    return counts


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    """Return the script of a letter, as the first word of its Unicode name."""
    name = unicodedata.name(char, "LATIN").split(" ")[0].split("-")[0]
    return name if name in _scripts_named() else "LATIN"


@cache
def _scripts_named() -> dict[str, str]:
    """Return what a text in each script is called."""
    named: dict[str, str] = ontology.load("languages")["scripts"]
    return named


@cache
def _function_words() -> dict[str, frozenset[str]]:
    """Return the function words of each language."""
    return {
        language: frozenset(words.casefold().split()) for language, words in ontology.load("languages")["words"].items()
    }


@cache
def _script_of() -> dict[str, str]:
    """Return the script of each language that has a list of words: that of most of their letters."""
    return {language: _scripts("".join(words)).most_common(1)[0][0] for language, words in _function_words().items()}


@cache
def _votes() -> dict[str, tuple[tuple[str, float], ...]]:
    """Return for each listed word the languages it speaks for, and how much: the less, the more of them list it."""
    listing: dict[str, list[str]] = {}
    for language, words in _function_words().items():
        for word in words:
            listing.setdefault(word, []).append(language)
    return {
        word: tuple(
            (language, 1 / (1 + len(languages) if ENGLISH in languages else len(languages))) for language in languages
        )
        for word, languages in listing.items()
    }


@cache
def _letters() -> dict[str, tuple[str, ...]]:
    """Return the languages whose words have a certain letter, which few others have."""
    found: dict[str, list[str]] = {}
    for language, letters in ontology.load("languages")["letters"].items():
        for letter in letters.split():
            found.setdefault(letter, []).append(language)
    return {letter: tuple(languages) for letter, languages in found.items()}


def _weights(words: list[str], script: str) -> dict[str, float]:
    """Return how much a piece speaks for each language in a script.

    Words in small letters speak by their letters, too: in names these say nothing of the text.
    """
    weights: defaultdict[str, float] = defaultdict(float)
    for word, number in Counter(words).items():
        for language, weight in _votes().get(word.casefold(), ()):
            if _script_of()[language] == script:
                weights[language] += weight * min(number, 3)
        if word.islower() and not word.isascii():
            for letter in set(word):
                for language in _letters().get(letter, ()):
                    weights[language] += 0.3 / len(_letters()[letter])
    return dict(weights)


def _by_words(words: list[str], script: str) -> str | None:
    """Return the language in that script for which the words speak most, if any do."""
    weights = _weights(words, script)
    return max(weights, key=lambda language: weights[language]) if weights else None
