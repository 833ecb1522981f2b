"""Measure how plain the chapters are: a table by chapter, what is wrong, and the gate."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from handbook.errors import HandbookError
from handbook.quality.findings import Finding, findings_in
from handbook.quality.grades import Grades, Sentence, grades, sentences_of, words_in
from handbook.quality.hard_words import glossary_words, hard_words
from handbook.quality.word_lists import word_lists
from handbook.quality.words_of import ChapterWords, words_of

#: The highest raw Flesch-Kincaid grade of a chapter, and of the median of all.
CHAPTER_GATE = 7.0
MEDIAN_GATE = 6.0

_GLOSSARY = "words-explained"
_HEADS = ("chapter", "grade", "SMOG", "adjusted", "words", "longest sentence")


@dataclass(frozen=True)
class Chapter:
    """A chapter's measures.

    :param name: its path below source/, without ".md".
    :param longest: the words of its longest sentence, and the line where that begins.
    """

    name: str
    grades: Grades
    longest: tuple[int, int]


@dataclass(frozen=True)
class PlainWords:
    """What is measured, and what is wrong."""

    chapters: list[Chapter]
    findings: list[Finding]

    @property
    def median(self) -> float:
        """The median of the chapters' raw grades; 0 without chapters."""
        raw = [chapter.grades.grade for chapter in self.chapters]
        return statistics.median(raw) if raw else 0.0


def plain_words(root: Path) -> PlainWords:
    """Measure every chapter in source/.

    :param root: the folder of source/.
    :raises HandbookError: for a chapter that is not UTF-8.
    """
    report = PlainWords([], [])
    chapters = {
        path: words_of(_text(path, path.relative_to(root).as_posix()))
        for path in sorted((root / "source").rglob("*.md"))
    }
    explained = [read for path, read in chapters.items() if path.stem == _GLOSSARY]
    known = glossary_words(explained[0]) if explained else frozenset()
    for path, read in chapters.items():
        file = path.relative_to(root).as_posix()
        chapter = _measured(path.relative_to(root / "source").with_suffix("").as_posix(), read)
        report.chapters.append(chapter)
        report.findings.extend(_above_gate(file, chapter))
        report.findings.extend(findings_in(file, read))
        if path.stem != _GLOSSARY:
            report.findings.extend(hard_words(file, read, known))
    if report.median > MEDIAN_GATE:
        report.findings.append(
            Finding(
                "source",
                1,
                f"the median of the chapters is grade {report.median:.2f}, above {MEDIAN_GATE}",
                "Begin with the chapter that has the highest grade.",
            )
        )
    return report


def words_table(report: PlainWords) -> str:
    """Return the measures as lines for a terminal."""
    rows: list[Sequence[str]] = [_HEADS]
    for chapter in report.chapters:
        measured = chapter.grades
        words, line = chapter.longest
        rows.append(
            (
                chapter.name,
                f"{measured.grade:.1f}",
                f"{measured.smog:.1f}",
                f"{measured.adjusted:.1f}",
                str(measured.words),
                f"{words} (line {line})",
            )
        )
    rows.append((f"median (at most {MEDIAN_GATE}; each {CHAPTER_GATE})", f"{report.median:.1f}"))
    name_width = max(len(row[0]) for row in rows)
    return "\n".join(
        "  ".join((row[0].ljust(name_width), *(cell.rjust(8) for cell in row[1:]))).rstrip()
        for row in rows
    )


def _text(path: Path, file: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise HandbookError(file, "the file is not UTF-8", "Save it as UTF-8.") from error


def _measured(name: str, read: ChapterWords) -> Chapter:
    sentences = _said_once(read)
    return Chapter(
        name,
        grades((sentence.text for sentence in sentences), lambda word: _is_eased(word, read)),
        max(((len(words_in(s.text)), s.line) for s in sentences), default=(0, 1)),
    )


def _said_once(chapter: ChapterWords) -> list[Sentence]:
    """Return the running sentences. "Call us today", 40 times, would make a chapter look plain."""
    found: dict[str, Sentence] = {}
    for passage in chapter.passages:
        if passage.is_running:
            for sentence in sentences_of(passage):
                found.setdefault(sentence.text, sentence)
    return list(found.values())


def _is_eased(word: str, chapter: ChapterWords) -> bool:
    lists = word_lists()
    term = lists.term(word)
    return lists.is_medicine(word) or any(term and term in name for name in chapter.explained)


def _above_gate(file: str, chapter: Chapter) -> list[Finding]:
    if chapter.grades.grade <= CHAPTER_GATE:
        return []
    words, line = chapter.longest
    return [
        Finding(
            file,
            line,
            f"the chapter reads at grade {chapter.grades.grade:.2f}, above {CHAPTER_GATE}",
            f"Begin with this sentence of {words} words. Keep every reason and condition.",
        )
    ]
