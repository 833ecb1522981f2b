"""Doctree in, doctree out: what print leaves out, and sphinx-design's components as plain boxes.

Tabs and dropdowns are shown open, each as a box with its title; badges become inline words; a grid
becomes rows of boxes.
"""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment

from handbook.errors import HandbookError

#: Components that only group: their children stand on their own.
_GROUPS = {"grid-container", "grid-item", "tab-set", "card-body", "card-content", "div"}


def prepare(tree: nodes.document, env: BuildEnvironment, docname: str) -> None:
    """Make a resolved doctree ready for the handlers, in place."""
    for node in list(tree.findall(nodes.Element)):
        classes = node.get("classes", ())
        if "web-only" in classes or isinstance(node, (nodes.comment, nodes.system_message)):
            if node.parent is not None:
                node.parent.remove(node)
    for wrapper in list(tree.findall(nodes.compound)):
        if "toctree-wrapper" in wrapper["classes"] and wrapper.parent is not None:
            wrapper.parent.remove(wrapper)
    for toctree in list(tree.findall(addnodes.toctree)):
        toctree.parent.remove(toctree)
    for problem in tree.findall(nodes.problematic):
        raise HandbookError(
            env.doc2path(docname),
            f"“{problem.astext()[:60]}” could not be read",
            "See the warning above this message.",
            problem.line,
        )


def component(node: nodes.Element) -> str:
    """sphinx-design's name for a container ("card", "tab-set" …), or ""."""
    return str(node.get("design_component", ""))
