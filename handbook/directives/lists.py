"""Lists to tick and lines to write on."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from handbook.directives.base import HandbookDirective, text_options, writing_lines


class Checklist(HandbookDirective):
    """A bullet list whose items have a box to tick."""

    option_spec = text_options("lines")

    def run(self) -> list[nodes.Node]:
        """Return the list."""
        example = "“- A list of my medicines”"
        self.require_body(example)
        items = self.only_bullet_list(self.parse_content_to_nodes(), example)
        items["classes"].append("checklist")
        if lines := self.count_option("lines", 0):
            for item in items.children:
                assert isinstance(item, nodes.list_item)
                item += writing_lines(lines)
        return [items]


class WritingLines(HandbookDirective):
    """Lines to write on, after a prompt where there is one."""

    option_spec = text_options("lines")

    def run(self) -> list[nodes.Node]:
        """Return the prompt and the lines."""
        lines = writing_lines(self.count_option("lines", 3))
        self.set_source_info(lines)
        return [*self.parse_content_to_nodes(), lines]


def setup(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("checklist", Checklist)
    app.add_directive("writing-lines", WritingLines)
