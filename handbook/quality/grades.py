"""From running text to its reading level: sentences and words counted, and three formulas.

- Flesch-Kincaid grade (Kincaid and others, 1975):
  0.39 words a sentence + 11.8 syllables a word - 15.59
- SMOG (McLaughlin, 1969): 3.1291 + 1.0430 times the root of the words of three or more
  syllables in 30 sentences
- adjusted: Flesch-Kincaid, where medicines and explained terms have two syllables at most
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from handbook.quality.syllables import syllables
from handbook.quality.words_of import Passage

_WORD = re.compile(r"\[[^\]\s]+\]|[^\W_]+(?:[.,](?=\d)\d+|[-–/'’][^\W_]+)*")
#: The end mark, closing quotes and brackets, and what a new sentence begins with.
_END = re.compile(r"[.?!…]+[\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9])")
_TITLES = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|St)\.$")


@dataclass(frozen=True)
class Sentence:
    """A sentence with its first line in the file, from 1."""

    line: int
    text: str


@dataclass(frozen=True)
class Grades:
    """The reading level of a text, in US school years, and what it was worked out from."""

    grade: float
    smog: float
    adjusted: float
    words: int
    sentences: int


def words_in(text: str) -> list[str]:
    """Return the words and figures of a text; a name in square brackets is one word."""
    return _WORD.findall(text)


def sentences_of(passage: Passage) -> Iterator[Sentence]:
    """Yield the sentences of a passage. The end of a passage ends a sentence."""
    start = 0
    for match in _END.finditer(passage.text):
        if _TITLES.search(passage.text[start : match.end()].rstrip()):
            continue
        yield _sentence(passage, start, match.end())
        start = match.end()
    if words_in(passage.text[start:]):
        yield _sentence(passage, start, len(passage.text))


def _sentence(passage: Passage, start: int, end: int) -> Sentence:
    text = passage.text[start:end]
    start += len(text) - len(text.lstrip())
    line = passage.line + passage.text.count("\n", 0, start)
    return Sentence(line, " ".join(text.split()))


def grades(sentences: Iterable[str], is_eased: Callable[[str], bool] = lambda _: False) -> Grades:
    """Return the grades of these sentences; all are 0 if they hold no word.

    :param is_eased: whether a word counts as two syllables at most in the adjusted grade.
    """
    texts = [words for sentence in sentences if (words := words_in(sentence))]
    if not texts:
        return Grades(0.0, 0.0, 0.0, 0, 0)
    words = [word for text in texts for word in text]
    counts = [syllables(word) for word in words]
    eased = [
        min(count, 2) if is_eased(w) else count for w, count in zip(words, counts, strict=True)
    ]
    hard = sum(count >= 3 for count in counts)
    return Grades(
        grade=_flesch_kincaid(len(words), len(texts), sum(counts)),
        smog=1.0430 * math.sqrt(hard * 30 / len(texts)) + 3.1291,
        adjusted=_flesch_kincaid(len(words), len(texts), sum(eased)),
        words=len(words),
        sentences=len(texts),
    )


def _flesch_kincaid(words: int, sentences: int, syllable_count: int) -> float:
    return 0.39 * words / sentences + 11.8 * syllable_count / words - 15.59
