"""Warnings of Markdown that reads well and does not do what its author meant."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

logger = logging.getLogger(__name__)

# Boxes without a directive that the node contract knows: ":::web-only".
_KNOWN_BOXES = {"web-only", "print-only"}
_TICK_BOX = re.compile(r"\[[ xX]\](\s|$)")


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


class RefuseStrayFences(SphinxTransform):
    """Warn of ``:::`` that opens a box where its author wanted to close one."""

    default_priority = 15

    def apply(self, **kwargs: Any) -> None:
        """Look at each box that MyST made of colons alone."""
        for box in self.document.findall(nodes.container):
            ours = _KNOWN_BOXES & set(box["classes"]) or "design_component" in box
            if ours or not box.get("is_div"):
                continue
            name = " ".join(box["classes"])
            logger.warning(
                "“:::%s” opens a box that is no directive. A directive's name stands in braces,"
                " and a fence around others has more colons than they have.",
                name,
                location=box,
                type="handbook",
                subtype="fence",
            )


def setup(app: Sphinx) -> None:
    """Register the checks."""
    app.add_transform(RefuseTaskLists)
    app.add_transform(RefuseStrayFences)
