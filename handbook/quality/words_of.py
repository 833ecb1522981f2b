"""Take a chapter's Markdown, give the passages that its readers see, each with its lines.

Markdown-it's tokens are read, with MyST's own extensions; no Sphinx build is needed. What a role
shows that is not the chapter's own words (a telephone number, a temperature) stands in a passage
as one word in square brackets: ``[phone-day]``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

#: Directives whose body is names or settings, which no reader reads as text.
_NO_WORDS = {"index", "toctree", "sources", "all-sources"}
#: Directives whose argument is words; that of the others is a file, an id or a colour.
_TITLED = {
    "one-minute", "what-you-can-do", "when-to-call", "questions", "words", "list-table",
    "fill-in", "dropdown", "tab-item", "grid-item-card", "card", "admonition",
}  # fmt: skip
_ALTERNATIVE_TEXT = "alt"
_DIRECTIVE = re.compile(r"\{([\w-]+)\}\s*(.*)")
_OPTION = re.compile(r"\s*:([\w-]+):\s*(.*)")
_IDS = re.compile(r"[A-Za-z0-9-]+")
_WITH_TARGET = re.compile(r"^(.*?)\s*<([^<>]+)>$", re.DOTALL)
_ENDS_A_SENTENCE = re.compile(r"[.?!][\"”’')\]*]*$")
#: In the glossary: how a word is said, "(AN-tih-jun)", and what begins a line of names.
_SAID = re.compile(r"^\([^()]*\)\s*|\s*\([^()]*(?:[a-z]-[A-Z]{2}|[A-Z]{2}-[a-z])[^()]*\)")
_NAMES = re.compile(r"(Also called|Short for|Say|See|See also)\b")


@dataclass(frozen=True)
class Passage:
    """A paragraph, a list item, a heading or a cell as its readers see it.

    :param line: its first line in the file, from 1. A line break in the file is one in the text.
    :param is_running: whether it is running text, by which a chapter's grade is measured.
    """

    line: int
    text: str
    is_running: bool


@dataclass
class ChapterWords:
    """What a chapter says, and the words of the glossary that it leads to, in small letters."""

    passages: list[Passage] = field(default_factory=list)
    explained: set[str] = field(default_factory=set)


def words_of(markdown: str) -> ChapterWords:
    """Return the words of a chapter, given its Markdown."""
    chapter = ChapterWords()
    _read(markdown, 1, chapter)
    return chapter


@cache
def _parser() -> MarkdownIt:
    return (
        MarkdownIt("commonmark")
        .use(front_matter_plugin)
        .use(colon_fence_plugin)
        .use(deflist_plugin)
        .use(myst_block_plugin)
        .use(myst_role_plugin)
    )


def _read(markdown: str, first_line: int, chapter: ChapterWords, in_table: bool = False) -> None:
    """Read Markdown that begins at this line of the file."""
    kind = ""
    for token in _parser().parse(markdown):
        start = first_line + (token.map[0] if token.map else 0)
        if token.type == "inline":
            text = _shown(token, chapter)
            if not text.strip():
                continue
            is_running = kind == "paragraph_open"
            if in_table:
                is_running = bool(_ENDS_A_SENTENCE.search(text.strip()))
            chapter.passages.append(Passage(start, text, is_running))
        elif token.type in ("colon_fence", "fence"):
            _directive(token, start, chapter)
        elif token.nesting == 1:
            kind = token.type


def _directive(token: Token, line: int, chapter: ChapterWords) -> None:
    match = _DIRECTIVE.match(token.info.strip())
    if not match:
        # ":::web-only" and the like: a box without a name, around words.
        if token.type == "colon_fence":
            _read(token.content, line + 1, chapter)
        return
    name, argument = match.groups()
    if name in _NO_WORDS:
        return
    options, body = _options_and_body(token.content)
    body_line = line + 1 + len(options)
    for number, (option, value) in enumerate(options):
        if option == _ALTERNATIVE_TEXT:
            chapter.passages.append(Passage(line + 1 + number, value, False))
    if argument and name in _TITLED:
        _read_unmeasured(argument, line, chapter)
    lines = [row.strip() for row in body.splitlines() if row.strip()]
    if name == "words":
        chapter.explained |= {row.lower() for row in lines}
    elif name == "glossary":
        _glossary(body, body_line, chapter)
    elif name == "fill-in":
        _read_unmeasured(body, body_line, chapter)
    elif name == "action":
        _action(body, body_line, chapter)
    elif name != "actions" or not all(_IDS.fullmatch(row) for row in lines):
        _read(body, body_line, chapter, in_table=name == "list-table")


def _options_and_body(content: str) -> tuple[list[tuple[str, str]], str]:
    lines = content.split("\n")
    options: list[tuple[str, str]] = []
    for line in lines:
        match = _OPTION.fullmatch(line)
        if not match:
            break
        options.append((match[1], match[2]))
    return options, "\n".join(lines[len(options) :])


def _read_unmeasured(markdown: str, first_line: int, chapter: ChapterWords) -> None:
    read = ChapterWords()
    _read(markdown, first_line, read)
    chapter.explained |= read.explained
    chapter.passages += [Passage(p.line, p.text, False) for p in read.passages]


def _action(body: str, first_line: int, chapter: ChapterWords) -> None:
    """Read an action row: what the reader notices is a heading, what to do is running text."""
    read = ChapterWords()
    _read(body, first_line, read)
    chapter.explained |= read.explained
    for number, passage in enumerate(read.passages):
        is_running = passage.is_running and number > 0
        chapter.passages.append(Passage(passage.line, passage.text, is_running))


def _glossary(body: str, first_line: int, chapter: ChapterWords) -> None:
    """Read terms, each on a line that is not indented, and their indented definitions."""
    lines = body.split("\n")
    starts = [number for number, line in enumerate(lines) if line[:1].strip()]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        term = lines[start].strip()
        chapter.explained.add(term.lower())
        chapter.passages.append(Passage(first_line + start, term, False))
        definition = ChapterWords()
        text = "\n".join(line.strip() for line in lines[start + 1 : end])
        _read(text, first_line + start + 1, definition)
        for passage in definition.passages:
            text = _SAID.sub("", passage.text)
            is_running = passage.is_running and not _NAMES.match(text)
            chapter.passages.append(Passage(passage.line, text, is_running))


def _shown(token: Token, chapter: ChapterWords) -> str:
    return "".join(_pieces(token, chapter))


def _pieces(token: Token, chapter: ChapterWords) -> Iterator[str]:
    for child in token.children or ():
        if child.type == "text":
            yield child.content
        elif child.type in ("softbreak", "hardbreak"):
            yield "\n"
        elif child.type == "code_inline":
            yield child.content
        elif child.type == "myst_role":
            yield _role(child.meta["name"], child.content, chapter)


def _role(name: str, content: str, chapter: ChapterWords) -> str:
    match = _WITH_TARGET.match(content)
    text, target = match.groups() if match else (content, content)
    if name == "term":
        chapter.explained.add(" ".join(target.lower().split()))
    if name == "cite":
        return ""
    if name in ("clinic", "phone", "temp"):
        return f"[{content.replace(' ', '-')}]"
    if name in ("ref", "doc", "numref") and not match:
        # The heading is not known here; labels are made of its words.
        return text.rpartition("/")[2].replace("-", " ")
    return text
