"""A resolved doctree in, the same without what print leaves out."""

from __future__ import annotations

from collections import Counter

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment

from handbook.edition import medium_date
from handbook.errors import HandbookError
from handbook.sources.entries import short_entry
from handbook.sources.store import bibliography_from
from handbook.translation.interface import _
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


def _shorten_sources(tree: nodes.document, env: BuildEnvironment) -> None:
    """Set the sources at a chapter's end in a line or two each; say once when they were read."""
    language, known = env.config.language, bibliography_from(env.config).sources
    for sources in list(tree.findall(nodes.enumerated_list)):
        items = [item for item in sources.findall(nodes.list_item) if "source_key" in item]
        if not items:
            continue
        days = Counter(known[item["source_key"]].read_on for item in items)
        read_on = max(days, key=lambda day: (days[day], day))
        for item in items:
            source = known[item["source_key"]]
            item.clear()
            item += short_entry(source, language, read_on, item["source_parts"])
        words = _("Read {date}, where no other day is given.")
        words = words.replace("{date}", medium_date(read_on, language))
        sources.parent.insert(
            sources.parent.index(sources), nodes.paragraph("", words, classes=["small-print"])
        )


def prepare(tree: nodes.document, env: BuildEnvironment, docname: str) -> None:
    """Make a resolved doctree ready for the handlers, in place."""
    for node in list(tree.findall(_is_left_out)):
        if node.parent is not None:
            node.parent.remove(node)
    if docname in env.config.handbook_cards:
        _shorten_notices(tree)
    _shorten_sources(tree, env)
    for problem in tree.findall(nodes.problematic):
        raise HandbookError(
            env.doc2path(docname),
            f"“{problem.astext()[:60]}” could not be read",
            "See the warning above this message.",
            problem.line,
        )
