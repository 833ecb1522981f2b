"""Lists to tick and lines to write on."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

from handbook.directives.base import HandbookDirective, text_options, writing_lines

logger = logging.getLogger(__name__)

_TICK_BOX = re.compile(r"\[[ xX]\](\s|$)")


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


class RefuseTaskLists(SphinxTransform):
    """Warn of ``- [ ]``, whose boxes would be printed as brackets."""

    default_priority = 15  # before Sphinx's Locale replaces the words

    def apply(self, **kwargs: Any) -> None:
        """Look at each list item's first words."""
        for item in self.document.findall(nodes.list_item):
            if _TICK_BOX.match(item.astext()):
                logger.warning(
                    "a list item begins with “[ ]”, which is no box to tick here. Put the list"
                    " into {checklist} and take the brackets out.",
                    location=item,
                    type="handbook",
                    subtype="tasklist",
                )


def setup(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("checklist", Checklist)
    app.add_directive("writing-lines", WritingLines)
    app.add_transform(RefuseTaskLists)
