"""``{words}``: a box of the chapter's words, with the glossary's own definitions."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from handbook.directives.boxes import Box
from handbook.translation.interface import _


class PlacedWords(nodes.General, nodes.Element):
    """The place of copied definitions, until they are copied: ``terms``."""


class Words(Box):
    """A box of glossary terms, one a line."""

    box = "words"

    def usual_title(self) -> str:
        """Return the title."""
        return _("Words on this page")

    def parse_body(self) -> list[nodes.Node]:
        """Return the place of the definitions."""
        self.require_body("“:::{words}”, one word of the glossary a line, “:::”")
        terms = [" ".join(line.split()) for line in self.content if line.strip()]
        lowered = [term.lower() for term in terms]
        twice = [term for term in terms if lowered.count(term.lower()) > 1]
        if twice:
            raise self.mistake(f"it names “{twice[0]}” twice", "Take one of the two lines out.")
        place = PlacedWords(terms=terms)
        self.set_source_info(place)
        return [place]


def setup(app: Sphinx) -> None:
    """Register the box."""
    app.add_node(PlacedWords)
    app.add_directive("words", Words)
