"""Language: tells a text that is not in English, by its script and its most frequent words.

In:     a text.
Out:    nothing when it may be English; WrongLanguage, naming the language, when it is not.
Units:  shares of letters and of words.
Data:   function words of some 35 languages in ontology/languages.yaml.

Short texts in Latin script get the benefit of the doubt. Names do not count: only function words do.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache
from itertools import islice

from dragoman import ontology
from dragoman.errors import WrongLanguage

#: Only this much of a text is looked at, in characters and words. Guesses.
LOOKED_AT, WORDS_LOOKED_AT = 20_000, 3_000
#: Fewer words than this in Latin script tell nothing.
FEW_WORDS = 20
#: Share of function words in running English is 0.35 to 0.5; a list of names or figures has under 0.05. Guesses.
SURELY_ENGLISH, HARDLY_ENGLISH = 0.2, 0.04
#: From this share of letters in another script on, a text is not English. Guess.
FOREIGN_LETTERS = 0.4
#: A text with this many letters in another script is judged by script however short it is. Guess.
FEW_LETTERS = 4

#: Letters with the signs that Unicode does not count as letters: vowels of Indic scripts, Thai and Arabic.
_WORD = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f\u064b-\u065f\u0900-\u0963\u0970-\u0dff\u0e30-\u0eff])+")
_ADVICE = "Only English is read: give an English version of the text."


def check_english(text: str) -> None:
    """Raise WrongLanguage if the text is not in English."""
    sample = unicodedata.normalize("NFC", text[:LOOKED_AT])
    scripts = _scripts(sample)
    letters = sum(scripts.values())
    foreign = letters - scripts["LATIN"]
    words = [word.casefold() for word in _words(sample)]
    shares = _shares(words)
    if letters and foreign >= FEW_LETTERS and foreign > FOREIGN_LETTERS * letters:
        script = (scripts - Counter({"LATIN": letters})).most_common(1)[0][0]
        if scripts["HIRAGANA"] + scripts["KATAKANA"] > 0.05 * foreign:  # Japanese mixes in Chinese characters; guess
            script = "HIRAGANA"
        raise WrongLanguage(f"The text is in {_by_words(shares, script) or _scripts_named()[script]}. {_ADVICE}")
    if len(words) < FEW_WORDS or shares["English"] >= SURELY_ENGLISH:
        return
    language, share = max(shares.items(), key=lambda item: item[1])
    if language != "English" and share > 1.5 * shares["English"] and share > 0.1:  # guesses; close kin share words
        raise WrongLanguage(f"The text seems to be in {language}. {_ADVICE}")
    if shares["English"] < HARDLY_ENGLISH:
        raise WrongLanguage(
            f"The text is not running English: {shares['English']:.0%} of its words are common English words, "
            f"where over a third is usual. {_ADVICE}"
        )


def _words(sample: str) -> list[str]:
    """Return the first words of a sample."""
    return [match[0] for match in islice(_WORD.finditer(sample), WORDS_LOOKED_AT)]


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


def _shares(words: list[str]) -> dict[str, float]:
    """Return for each language the share of words that are among its function words."""
    total = max(1, len(words))
    counts = Counter(words)
    return {language: sum(counts[word] for word in listed) / total for language, listed in _function_words().items()}


def _by_words(shares: dict[str, float], script: str) -> str | None:
    """Return the language in that script whose words are most frequent, if any are."""
    here = {
        language: share
        for language, share in shares.items()
        if share > 0.03 and _script(next(iter(sorted(_function_words()[language])))[0]) == script  # 0.03 is a guess
    }
    return max(here, key=lambda language: here[language]) if here else None
