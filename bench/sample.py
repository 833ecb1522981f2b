"""The text that all sides set: the handbook's own words as plain Markdown chapters."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

#: Words of the text, and about how many of them make a chapter.
WORDS, CHAPTER = 6000, 1500
_HEAD = "---\nreview-by: 2099-01-31\n---\n# {title}\n\n"


def write_sample(texts: Path, target: Path, times: int) -> None:
    """Write chapters that hold the first 6,000 words of the handbook, so many times over.

    :param texts: ``build/text/en``.
    :param target: a new folder for index.md and the chapters.
    """
    target.mkdir(parents=True)
    chapters = list(_chapters(list(_first_blocks(texts))))
    names = []
    for round_ in range(times):
        for number, blocks in enumerate(chapters, start=1):
            names.append(f"chapter-{round_ + 1}-{number}")
            body = "\n\n".join(_markdown(*block) for block in blocks)
            head = _HEAD.format(title=f"Chapter {len(names)}")
            (target / f"{names[-1]}.md").write_text(f"{head}{body}\n", encoding="utf-8")
    listed = "\n".join(names)
    welcome = f"The handbook's own words.\n\n```{{toctree}}\n:maxdepth: 1\n\n{listed}\n```\n"
    (target / "index.md").write_text(_HEAD.format(title="Sample") + welcome, encoding="utf-8")


def _first_blocks(texts: Path) -> Iterator[tuple[str, str]]:
    """Kind (title, item, paragraph) and words of the handbook's first blocks."""
    words = 0
    for path in sorted(texts.glob("*.json")):
        for block in json.loads(path.read_text("utf-8"))["blocks"]:
            if block["kind"] not in ("title", "paragraph") or not block["text"]:
                continue
            if words >= WORDS:
                return
            words += len(block["text"].split())
            yield "item" if "item" in block["in"] else block["kind"], block["text"]


def _chapters(blocks: list[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    chapter: list[tuple[str, str]] = []
    words = 0
    for kind, text in blocks:
        if words >= CHAPTER and kind == "title":
            yield chapter
            chapter, words = [], 0
        chapter.append((kind, text))
        words += len(text.split())
    yield chapter


def _markdown(kind: str, text: str) -> str:
    plain = re.sub(r"([\\`*_{}\[\]<>#|$])", r"\\\1", text)
    if kind == "title":
        word = re.sub(r"[^\w ]", "", text)[:40].strip() or "word"
        return f"```{{index}} single: {word}\n```\n\n## {plain}"
    return f"- {plain}" if kind == "item" else plain
