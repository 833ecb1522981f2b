"""Parts of a chapter shown at another place: copies of nodes without ids and links, as HTML."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from docutils import nodes
from sphinx.builders.html import StandaloneHTMLBuilder

Node = TypeVar("Node", bound=nodes.Element)


def plain_copy(node: Node) -> Node:
    """Return a copy without sources, marks and ids; links within the handbook become words."""
    copy = node.deepcopy()
    for inner in list(copy.findall(nodes.Element)):
        inner["ids"] = []
        if isinstance(inner, nodes.target) or "cite" in inner["classes"]:
            inner.parent.remove(inner)
        elif isinstance(inner, nodes.reference) and inner.get("internal"):
            inner.parent.replace(inner, inner.children)
    return copy


def without_links(node: Node) -> Node:
    """Return a copy whose links are words, for a place that is a link itself."""
    copy = node.deepcopy()
    for link in list(copy.findall(nodes.reference)):
        link.parent.replace(link, link.children)
    return copy


def html_of(builder: StandaloneHTMLBuilder, parts: Iterable[nodes.Node]) -> str:
    """Return nodes, one after the other, as HTML."""
    return "".join(str(builder.render_partial(part)["fragment"]) for part in parts)
