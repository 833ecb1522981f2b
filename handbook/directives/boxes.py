"""The boxes that every chapter has: in one minute, what you can do, when to call, questions."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from docutils import nodes
from sphinx.application import Sphinx

from handbook.directives.base import HandbookDirective, interface_text
from handbook.translation.interface import _


class Box(HandbookDirective, ABC):
    """A titled box. The argument, where there is one, takes the place of the usual title."""

    optional_arguments = 1
    final_argument_whitespace = True
    box: ClassVar[str]

    @abstractmethod
    def usual_title(self) -> str:
        """Return the box's title in the language of the build."""

    def run(self) -> list[nodes.Node]:
        """Return the box."""
        return [self.make_box(self.parse_body())]

    def parse_body(self) -> list[nodes.Node]:
        """Return the box's content."""
        self.require_body(f"“:::{{{self.name}}}”, the text, “:::”")
        return self.parse_content_to_nodes()

    def make_box(self, body: list[nodes.Node]) -> nodes.admonition:
        """Return the box around ``body``."""
        box = nodes.admonition(classes=["box", f"box-{self.box}"])
        self.set_source_info(box)
        if own_title := self.argument():
            box += self.translatable(nodes.title(), own_title)
        else:
            box += interface_text(nodes.title, self.usual_title())
        box += body
        return box


class OneMinute(Box):
    """The chapter's three to five lines for a reader with one minute."""

    box = "one-minute"

    def usual_title(self) -> str:
        """Return the title."""
        return _("In one minute")


class WhatYouCanDo(Box):
    """What the reader can do."""

    box = "what-you-can-do"

    def usual_title(self) -> str:
        """Return the title."""
        return _("What you can do")


class WhenToCall(Box):
    """When to call, mostly with placed action rows."""

    box = "when-to-call"

    def usual_title(self) -> str:
        """Return the title."""
        return _("When to call")


class Questions(Box):
    """Questions to ask the care team."""

    box = "questions"

    def usual_title(self) -> str:
        """Return the title."""
        return _("Questions to ask")


def setup(app: Sphinx) -> None:
    """Register the boxes."""
    for box in (OneMinute, WhatYouCanDo, WhenToCall, Questions):
        app.add_directive(box.box, box)
