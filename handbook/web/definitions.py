"""What the words of the glossary mean, on each page that uses them.

A word is a link to the glossary, and stays one. Its meaning lies hidden in the page, so that
terms.js can show it in place, from a folder too, where a page may not read another.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.html import StandaloneHTMLBuilder

from handbook.web.plain import html_of, plain_copy


@dataclass(frozen=True)
class Meaning:
    """A glossary entry as HTML; ``id`` is that of its place in the glossary."""

    id: str
    term: str
    text: str


def used_terms(doctree: nodes.document) -> Iterator[str]:
    """Yield the id of each glossary entry that a page leads to, once."""
    found = set()
    for reference in doctree.findall(nodes.reference):
        if any("std-term" in child.get("classes", ()) for child in reference.findall(nodes.inline)):
            target = reference.get("refid") or reference.get("refuri", "").rpartition("#")[2]
            if target and target not in found:
                found.add(target)
                yield target


class Definitions:
    """Knows what each word means, found once a build."""

    known: dict[str, Meaning]

    def prepare(self, app: Sphinx, builder: Builder) -> None:
        """Read the glossary's pages."""
        if isinstance(builder, StandaloneHTMLBuilder):
            self.known = {meaning.id: meaning for meaning in _meanings(app, builder)}

    def add(
        self, app: Sphinx, name: str, template: str, context: dict[str, Any], doctree: object
    ) -> None:
        """Give the page the meanings of its words."""
        used = used_terms(doctree) if isinstance(doctree, nodes.document) else ()
        context["definitions"] = [self.known[term] for term in used if term in self.known]


def _meanings(app: Sphinx, builder: StandaloneHTMLBuilder) -> Iterator[Meaning]:
    terms = app.env.domains.standard_domain.get_objects()
    for docname in sorted({docname for _n, _d, kind, docname, *_rest in terms if kind == "term"}):
        doctree = app.env.get_and_resolve_doctree(docname, builder, tags=app.tags)
        for item in doctree.findall(nodes.definition_list_item):
            meaning = item.next_node(nodes.definition)
            if meaning is None or "glossary" not in item.parent["classes"]:
                continue
            # What follows, other names and where to read on, is for the glossary.
            text = html_of(builder, plain_copy(meaning).children[:1])
            for term in item.findall(nodes.term):
                words = html_of(builder, _words(plain_copy(term)))
                yield from (Meaning(name, words, text) for name in term["ids"])


def _words(term: nodes.term) -> list[nodes.Node]:
    return [child for child in term.children if not isinstance(child, addnodes.index)]


def setup(app: Sphinx) -> None:
    """Prepare each build, then each page."""
    definitions = Definitions()
    app.connect("write-started", definitions.prepare)
    app.connect("html-page-context", definitions.add)
