"""The glossary's words in the order of the language's own alphabet, once they are translated."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

from handbook.translation.collation import sort_key


class GlossaryOrder(SphinxTransform):
    """Sort each glossary by the first word of its entries."""

    default_priority = 25  # after Sphinx's Locale (20)

    def apply(self, **kwargs: Any) -> None:
        """Sort the glossaries of this document."""
        language = self.config.language
        for glossary in self.document.findall(addnodes.glossary):
            for words in glossary.findall(nodes.definition_list):
                words.children.sort(key=lambda item: sort_key(item.children[0].astext(), language))
