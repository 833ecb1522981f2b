"""A resolved doctree in, the same without what print leaves out."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment

from handbook.errors import HandbookError
from handbook.sources.shorter import shorten_chapter_lists
from handbook.translation.notices import WHOLLY


def _is_left_out(node: nodes.Node) -> bool:
    """Parts for the web alone, lists of contents of the web, and what no reader sees."""
    if isinstance(node, (nodes.comment, nodes.system_message, addnodes.toctree)):
        return True
    classes = node.get("classes", ()) if isinstance(node, nodes.Element) else ()
    return "web-only" in classes or "toctree-wrapper" in classes


def _shorten_notices(tree: nodes.document) -> None:
    """On a one-page sheet, what the translation lacks is said in one small line, not in a box."""
    for notice in list(tree.findall(nodes.admonition)):
        if "untranslated-notice" in notice["classes"]:
            words = next(iter(notice.findall(nodes.paragraph))).astext()
            classes = ["small-print", *([WHOLLY] if WHOLLY in notice["classes"] else [])]
            notice.replace_self(nodes.paragraph("", words, classes=classes))


def prepare(tree: nodes.document, env: BuildEnvironment, docname: str) -> None:
    """Make a resolved doctree ready for the handlers, in place."""
    for node in list(tree.findall(_is_left_out)):
        if node.parent is not None:
            node.parent.remove(node)
    if docname in env.config.handbook_cards:
        _shorten_notices(tree)
    shorten_chapter_lists(tree, env)
    for problem in tree.findall(nodes.problematic):
        raise HandbookError(
            env.doc2path(docname),
            f"“{problem.astext()[:60]}” could not be read",
            "See the warning above this message.",
            problem.line,
        )
