"""What the directives and roles of this room share: places in files, errors, checks of a body."""

from __future__ import annotations

import linecache
from collections.abc import Callable, Sequence
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.util.typing import OptionSpec

from handbook.errors import HandbookError
from handbook.translation.places import located_error as located_error  # for every room

# Nodes that mark a place and show nothing.
MARKS = (addnodes.index, nodes.target, nodes.comment, nodes.system_message)


def excerpt(node: nodes.Node) -> str:
    """Return a node's first words, on one line, for a message."""
    words = " ".join(node.astext().split())
    return words if len(words) <= 40 else words[:39] + "…"


class HandbookDirective(SphinxDirective):
    """A directive whose mistakes stop the build, with the file, the line and what to do.

    Options are taken as they are written and checked here, since MyST only warns about a bad
    one and builds on without it.
    """

    option_spec: ClassVar[OptionSpec] = {}
    has_content = True

    def mistake(self, problem: str, remedy: str, line: int | None = None) -> HandbookError:
        """Return the error that this directive raises about itself (or about ``line``)."""
        source, own_line = self.get_source_info()
        return located_error(
            self.env, source, line or own_line, f"{{{self.name}}}: {problem}", remedy
        )

    def option(self, name: str) -> str:
        """Return an option's value, or "" where it is not given or empty."""
        return str(self.options.get(name) or "").strip()

    def count_option(self, name: str, default: int, largest: int = 40) -> int:
        """Return an option that is a number of lines or rows."""
        text = self.option(name)
        if name not in self.options:
            return default
        if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= largest:
            raise self.mistake(
                f"“:{name}: {text}” is not a whole number from 1 to {largest}",
                f"Write for example “:{name}: 3”.",
            )
        return int(text)

    def require_body(self, example: str) -> None:
        """Raise unless the directive has a body."""
        if not any(line.strip() for line in self.content):
            raise self.mistake(
                "it is empty", f"Write its text between the fences, as in {example}."
            )

    def parse_content_to_nodes(self, allow_section_headings: bool = False) -> list[nodes.Node]:
        """Return the body as nodes, each with its own line of the chapter.

        A heading in it means that a fence before it was not closed: all that follows, up to the
        end of the chapter, would be part of this directive.
        """
        if self._line_was_added():
            self.content_offset -= 1
        children = super().parse_content_to_nodes(allow_section_headings)
        for child in children:
            for heading in child.findall(nodes.rubric):
                raise self.mistake(
                    f"the heading “{excerpt(heading)}” stands in it",
                    "Close the fence before the heading: with as many colons as it opened with,"
                    " and more than the fences in it have.",
                )
        return children

    def _line_was_added(self) -> bool:
        """Return whether MyST put an empty line before the body and counts it.

        MyST 5.2 does so where a fence follows the opening line at once.
        """
        if self.content_offset != 1 or self.options or not self.content:
            return False
        path, line = self.get_source_info()
        linecache.checkcache(path)
        return linecache.getline(path, line + 1).lstrip().startswith(":::")

    def argument(self) -> str:
        """Return the words after the directive's name, or ""."""
        return str(self.arguments[0]).strip() if self.arguments else ""

    def translatable(self, node: nodes.TextElement, text: str) -> nodes.TextElement:
        """Fill ``node`` with Markdown, as a message of the chapter's catalog."""
        node.rawsource = text
        node += self.inline(text)
        self.set_source_info(node)
        return node

    def inline(self, text: str) -> list[nodes.Node]:
        """Return a line of Markdown as inline nodes, with this directive's line."""
        # MyST counts the lines of inline text from 0 and adds one.
        children, messages = self.parse_inline(text, lineno=self.lineno - 1)
        return [*children, *messages]

    def only_bullet_list(self, children: Sequence[nodes.Node], example: str) -> nodes.bullet_list:
        """Return the one bullet list that the body has to be."""
        shown = [child for child in children if not isinstance(child, MARKS)]
        if len(shown) != 1 or not isinstance(shown[0], nodes.bullet_list):
            raise self.mistake(
                "its body is not one bullet list",
                f"Begin each line of the body with “- ”, as in {example}.",
            )
        return shown[0]


class HandbookRole(SphinxRole):
    """A role whose mistakes stop the build."""

    def error(self, problem: str, remedy: str) -> HandbookError:
        """Return the error that this role raises about its text."""
        source, line = self.get_source_info()
        return located_error(
            self.env, source, line, f"{{{self.name}}}`{self.text}`: {problem}", remedy
        )


def interface_text(
    node_class: Callable[..., nodes.TextElement], text: str, classes: Sequence[str] = ()
) -> nodes.TextElement:
    """Return a text node whose words come from the interface catalog.

    Sphinx is told that they are not a message of the chapter.
    """
    node = node_class("", text, classes=list(classes))
    node["translatable"] = False
    return node


def writing_lines(count: int) -> nodes.line_block:
    """Return ``count`` empty lines to write on."""
    block = nodes.line_block(classes=["writing-lines"])
    block += [nodes.line(translatable=False) for _ in range(count)]
    return block


def text_options(*names: str) -> OptionSpec:
    """Return an ``option_spec`` of options that are read as they are written."""
    return dict.fromkeys(names, directives.unchanged)
