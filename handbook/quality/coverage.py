"""Coverage: each topic of docs/topics.md ends at a sentence of the handbook, or says why not."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from handbook.errors import HandbookError
from handbook.quality.findings import Finding

TOPICS, COVERAGE = "docs/topics.md", "docs/coverage.csv"
_COLUMNS = ["id", "document", "label", "words", "outcome", "reason"]
_OUTCOMES = ("kept", "corrected", "retired")
_TOPIC = re.compile(r"^\| ([A-E]\d+) \|", re.MULTILINE)


def coverage_findings(root: Path, texts: Sequence[Mapping[str, Any]]) -> list[Finding]:
    """What is wrong with the coverage of topics; nothing where no topics are listed.

    :param texts: the chapters as built.
    :raises HandbookError: the table has other columns.
    """
    if not (root / TOPICS).exists():
        return []
    return list(_findings(root, {str(text["document"]): text for text in texts}))


def _findings(root: Path, texts: Mapping[str, Mapping[str, Any]]) -> Iterator[Finding]:
    topics = _TOPIC.findall((root / TOPICS).read_text("utf-8"))
    covered: set[str] = set()
    for line, row in _rows(root / COVERAGE):
        covered.add(row["id"])
        for problem, remedy in _faults(row, topics, texts):
            yield Finding(COVERAGE, line, f"{row['id']}: {problem}", remedy)
    for topic in topics:
        if topic not in covered:
            yield Finding(COVERAGE, 1, f"{topic} has no row", f"Add it; {TOPICS} says what it is.")


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream)
        if rows.fieldnames != _COLUMNS:
            raise HandbookError(
                COVERAGE,
                "its columns are not those expected",
                f"Name them {','.join(_COLUMNS)}.",
                1,
            )
        for row in rows:
            yield rows.line_num, row


def _faults(
    row: Mapping[str, str], topics: Sequence[str], texts: Mapping[str, Mapping[str, Any]]
) -> Iterator[tuple[str, str]]:
    if row["id"] not in topics:
        yield "no such topic", f"Take the row out, or add the topic to {TOPICS}."
    if row["outcome"] not in _OUTCOMES:
        yield f"“{row['outcome']}” is no outcome", f"Write one of {', '.join(_OUTCOMES)}."
    if row["outcome"] != "kept" and not row["reason"].strip():
        yield "it does not say why", "Give the reason in a few words."
    if row["outcome"] == "retired":
        return
    text = texts.get(row["document"])
    if text is None:
        yield f"there is no chapter {row['document']}", "Name it by its path below source/."
        return
    labels = {label for block in text["blocks"] for label in block["labels"]}
    if row["label"] not in labels:
        yield f"{row['document']} has no label {row['label']}", "Name a heading's label."
    words = row["words"].strip()
    found = any(words in block["text"] for block in text["blocks"])
    if len(words.split()) < 3 or not found:
        yield (
            f"“{words}” is not in {row['document']}",
            "Write a sentence's first words (3 or more).",
        )
