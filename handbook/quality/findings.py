"""What is wrong with the words of a chapter: one finding a fault, with the file and the line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from handbook.quality.grades import Sentence, sentences_of, words_in
from handbook.quality.word_lists import word_lists
from handbook.quality.words_of import ChapterWords, Passage

LONGEST_SENTENCE = 25
LONGEST_PARAGRAPH = 90

_PERCENT = re.compile(r"%|\bper ?cent(?:ages?)?\b", re.IGNORECASE)
_IN_100 = re.compile(r"\bin 100\b")
_TEMPERATURE = re.compile(
    r"\d\s*(?:°|º|degrees?\b)|°\s*[FC]\b|\d\s?[FC]\b(?!-)|\b(?:Fahrenheit|Celsius)\b"
)
#: A body temperature without its unit, which only stands in a sentence about fever.
_BODY_TEMPERATURE = re.compile(r"(?<![\d.])(?:3[5-9]|4[0-2]|9[5-9]|10[0-7])\.\d\b")
_FROM_A_ROLE = re.compile(r"\[[^\]\s]+\]")
_FEVER = re.compile(r"\bfever|\btemperature|\bthermometer", re.IGNORECASE)
_SPACES = re.compile(r"(?<=\S) {2,}(?=\S)")
_SPACE_BEFORE_MARK = re.compile(r"(?<=\w) +[,.;:?!](?=\s|$)")


@dataclass(frozen=True)
class Finding:
    """A fault: where it is, what is wrong (without a full stop), what to do."""

    file: str
    line: int
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.problem}. {self.remedy}"


def findings_in(file: str, chapter: ChapterWords) -> list[Finding]:
    """Return the faults of a chapter in the order of its lines.

    :param file: the name under which they are reported.
    """
    found = [
        Finding(file, line, problem, remedy)
        for passage in chapter.passages
        for line, problem, remedy in _faults(passage)
    ]
    return sorted(found, key=lambda finding: finding.line)


def _faults(passage: Passage) -> Iterator[tuple[int, str, str]]:
    if passage.is_running:
        yield from _lengths(passage)
    for sentence in sentences_of(passage):
        yield from _numbers(sentence)
    yield from _banned(passage)
    yield from _characters(passage)


def _lengths(passage: Passage) -> Iterator[tuple[int, str, str]]:
    for sentence in sentences_of(passage):
        count = len(words_in(sentence.text))
        if count > LONGEST_SENTENCE:
            yield (
                sentence.line,
                f"a sentence of {count} words (“{_beginning(sentence.text)}”)",
                f"Make two of it: {LONGEST_SENTENCE} words at most.",
            )
    count = len(words_in(passage.text))
    if count > LONGEST_PARAGRAPH:
        yield (
            passage.line,
            f"a paragraph of {count} words (“{_beginning(passage.text)}”)",
            f"Divide it: {LONGEST_PARAGRAPH} words at most.",
        )


def _numbers(sentence: Sentence) -> Iterator[tuple[int, str, str]]:
    text = sentence.text
    if (percent := _PERCENT.search(text)) and not _IN_100.search(text):
        yield (
            sentence.line,
            f"a bare percentage (“{_around(text, percent)}”)",
            "Write it as {amount}`10 in 100` people.",
        )
    own = _FROM_A_ROLE.sub("", text)
    bare = _TEMPERATURE.search(own) or (_FEVER.search(own) and _BODY_TEMPERATURE.search(own))
    if bare:
        yield (
            sentence.line,
            f"a temperature outside the role (“{_around(own, bare)}”)",
            "Write {temp}`100.4`: both units come from it.",
        )


def _banned(passage: Passage) -> Iterator[tuple[int, str, str]]:
    text = passage.text.replace("\n", " ")
    for banned in word_lists().banned:
        for match in banned.pattern.finditer(text):
            yield (
                _line(passage, match.start()),
                f"“{match[0]}”: {banned.reason}",
                banned.instead,
            )


def _characters(passage: Passage) -> Iterator[tuple[int, str, str]]:
    text = passage.text
    for match in _SPACES.finditer(text):
        yield (
            _line(passage, match.start()),
            f"two spaces together (“{_around(text, match)}”)",
            "Write one, and none before {cite}.",
        )
    for match in _SPACE_BEFORE_MARK.finditer(text):
        yield (
            _line(passage, match.start()),
            f"a space before a mark (“{_around(text, match)}”)",
            "Take it out.",
        )
    for place, character in enumerate(text):
        if _is_unseen(character):
            yield (
                _line(passage, place),
                f"the character U+{ord(character):04X}, which nobody sees",
                "Take it out, or write a plain space; roles keep numbers together.",
            )
    if not unicodedata.is_normalized("NFC", text):
        yield (
            passage.line,
            f"a letter and its accent are two characters (“{_beginning(text)}”)",
            "Type the letter again (Unicode's form NFC).",
        )


def _is_unseen(character: str) -> bool:
    """Tell controls, formats, spaces other than the plain one, and what is no character."""
    if character in " \n":
        return False
    return unicodedata.category(character) in ("Cc", "Cf", "Cn", "Co", "Cs", "Zs", "Zl", "Zp") or (
        character == "\ufffd"
    )


def _line(passage: Passage, place: int) -> int:
    return passage.line + passage.text.count("\n", 0, place)


def _beginning(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:60].rsplit(' ', 1)[0]} …"


def _around(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - 20) : match.end() + 20].replace("\n", " ")
