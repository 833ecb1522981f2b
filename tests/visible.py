"""The words that a reader must see, straight from a chapter's Markdown.

An independent reading: markdown-it's tokens, not the handbook's doctree. What a directive does
with its words is not known here; only which of its lines are words at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin

#: Directives whose bodies are names or settings, not words to read.
_NAMES_ONLY = {"index", "toctree", "sources", "all-sources"}
#: Directives whose argument is words.
_TITLED = {
    "one-minute", "what-you-can-do", "when-to-call", "questions", "words", "list-table",
    "fill-in", "dropdown", "tab-item", "grid-item-card", "card", "admonition",
}  # fmt: skip
#: Roles whose content is shown as it stands (unless it is "words <target>").
_SHOWN = {"term", "ref", "doc", "numref"}
_ROLE = re.compile(r"\{([\w-]+)\}$")
_TARGET = re.compile(r"^(.*?)\s*<[^<>]+>$", re.DOTALL)


@dataclass
class Chapter:
    """A chapter's visible pieces of text, and its index entries.

    :param entries: (entry as written, first words of the text that follows it).
    """

    pieces: list[str] = field(default_factory=list)
    entries: list[tuple[str, str]] = field(default_factory=list)


def read(markdown: str) -> Chapter:
    """Read a chapter."""
    chapter = Chapter()
    _read(markdown, chapter, [])
    return chapter


def _parser() -> MarkdownIt:
    return (
        MarkdownIt("commonmark")
        .use(front_matter_plugin)
        .use(colon_fence_plugin)
        .use(deflist_plugin)
        .use(myst_block_plugin)  # comments are no words
    )


def _read(markdown: str, chapter: Chapter, waiting: list[str]) -> None:
    for token in _parser().parse(markdown):
        if token.type == "inline":
            for piece in _pieces(token):
                chapter.pieces.append(piece)
                if waiting and len(piece.strip()) > 3:
                    chapter.entries += [(entry, piece) for entry in waiting]
                    waiting.clear()
        elif token.type in ("colon_fence", "fence"):
            _directive(token, chapter, waiting)


def _directive(token: Token, chapter: Chapter, waiting: list[str]) -> None:
    match = re.match(r"\{([\w-]+)\}\s*(.*)", token.info.strip())
    if not match:
        chapter.pieces += [line for line in token.content.splitlines() if line.strip()]
        return
    name, argument = match.groups()
    body = _without_options(token.content)
    if name == "index":
        lines = [argument, *body.splitlines()]
        waiting += [line.strip() for line in lines if line.strip()]
        return
    if name in _NAMES_ONLY:
        return
    if name in _TITLED and argument:
        _read(argument, chapter, waiting)
    lines = [line.strip() for line in body.splitlines() if line.strip()]
    ids_only = all(re.fullmatch(r"[A-Za-z0-9-]+", line) for line in lines)
    if name == "actions" and ids_only:
        return
    if name == "words":
        chapter.pieces += lines
        return
    if name == "glossary":
        _glossary(body, chapter, waiting)
        return
    _read(body, chapter, waiting)


def _without_options(content: str) -> str:
    lines = content.split("\n")
    while lines and re.match(r"\s*:[\w-]+:", lines[0]):
        lines.pop(0)
    return "\n".join(lines)


def _glossary(body: str, chapter: Chapter, waiting: list[str]) -> None:
    for block in re.split(r"\n(?=\S)", body):
        term, _, definition = block.partition("\n")
        if term.strip():
            chapter.pieces.append(term.strip())
        _read("\n".join(line.strip() for line in definition.splitlines()), chapter, waiting)


def _pieces(token: Token) -> Iterator[str]:
    """The texts between roles, and the words that roles show."""
    role = ""
    for child in token.children or ():
        if child.type == "text":
            match = _ROLE.search(child.content)
            role = match.group(1) if match else ""
            text = child.content[: match.start()] if match else child.content
            text = re.sub(r"^\([\w-]+\)=$", "", text)
            if text.strip():
                yield text
        elif child.type == "code_inline":
            if role in _SHOWN or not role:
                explicit = _TARGET.match(child.content)
                if explicit:
                    yield explicit.group(1)
                elif role in ("term", ""):
                    yield child.content
            role = ""
