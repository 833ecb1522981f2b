"""What a page's text needs on the web and nowhere else, done on the resolved doctree.

Each class mends or adds one thing. The order is the priority; sphinx-design's own come at 199 and
200, Furo's at 500.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.html5 import HTML5Translator

from handbook.sources.shorter import shorten_book_lists, shorten_chapter_lists
from handbook.translation.interface import _

_VIEW_BOX = re.compile(r'\bviewBox="[\d.-]+[ ,]+[\d.-]+[ ,]+([\d.]+)[ ,]+([\d.]+)"')


class scroll_region(nodes.General, nodes.Element):  # noqa: N801 - nodes are named as docutils does
    """A part that is scrolled sideways inside itself, never the page. ``label`` names it."""


def visit_scroll_region(self: HTML5Translator, node: scroll_region) -> None:
    """Write a region that the keyboard can reach and scroll (axe: scrollable-region-focusable)."""
    named = {"role": "group", "tabindex": "0", "aria-label": node["label"]}
    self.body.append(self.starttag(node, "div", **named))


def depart_scroll_region(self: HTML5Translator, node: scroll_region) -> None:
    """Close the region."""
    self.body.append("</div>\n")


class HtmlPostTransform(SphinxPostTransform):
    """A post-transform of the web alone."""

    formats = ("html",)


class LeaveOutPrintOnly(HtmlPostTransform):
    """Nodes of the class ``print-only`` are not part of the page."""

    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        """Remove them."""
        for node in list(self.document.findall(nodes.Element)):
            if "print-only" in node.get("classes", ()) and node.parent is not None:
                node.parent.remove(node)


class PutActionsTogether(HtmlPostTransform):
    """What to do, in one or more nodes, becomes one part beside the level and the symptom."""

    default_priority = 150

    def run(self, **kwargs: Any) -> None:
        """Wrap the two sides of each row."""
        for item in list(self.document.findall(nodes.list_item)):
            if "action" not in item["classes"]:
                continue
            noticed = [child for child in item.children if _is_noticed(child)]
            steps = [child for child in item.children if not _is_noticed(child)]
            item.children = []
            item += nodes.container("", *noticed, classes=["action-noticed"], is_div=True)
            item += nodes.container("", *steps, classes=["action-steps"], is_div=True)


def _is_noticed(node: nodes.Node) -> bool:
    return isinstance(node, nodes.paragraph) and bool(
        {"action-level", "action-symptom"} & set(node["classes"])
    )


class ShortenSources(HtmlPostTransform):
    """Lists of sources are as short as in print."""

    default_priority = 154

    def run(self, **kwargs: Any) -> None:
        """Write them anew."""
        shorten_chapter_lists(self.document, self.env)
        shorten_book_lists(self.document, self.env)


class LinkSources(HtmlPostTransform):
    """The name of a source is the link to it, on a page; paper spells out the address.

    A screen reader would read an address letter by letter, and a list of sources twice as heavy.
    """

    default_priority = 155

    def run(self, **kwargs: Any) -> None:
        """Put the name into the link, in the address's place, and the link where the name was."""
        for link in list(self.document.findall(nodes.reference)):
            entry = link.parent
            if "source-address" not in link["classes"] or len(entry) != 3:
                continue
            name, about = entry[0], entry[1]
            assert isinstance(name, nodes.inline)
            named = nodes.reference(
                "", "", *name.children, internal=False, refuri=link["refuri"], lang=name.get("lang")
            )
            entry.children = []
            entry += [named, nodes.Text(about.astext().rstrip())]


class MarkLanguages(HtmlPostTransform):
    """A node's ``lang`` becomes docutils' class for it, which the writer makes an attribute."""

    default_priority = 160

    def run(self, **kwargs: Any) -> None:
        """Add the class."""
        for node in self.document.findall(nodes.Element):
            if language := node.get("lang"):
                node["classes"].append(f"language-{language.replace('_', '-')}")


class PlainTabLabels(HtmlPostTransform):
    """sphinx-design puts ``aria-controls`` on a ``label``, which may not have it.

    axe-core calls it aria-allowed-attr.
    """

    default_priority = 201

    def run(self, **kwargs: Any) -> None:
        """Take the attribute away."""
        for node in self.document.findall(nodes.Element):
            if node.tagname == "sd_tab_label" and "aria_controls" in node:
                del node["aria_controls"]


class ScrollTables(HtmlPostTransform):
    """Furo's wrapper of a table repeats the table's ids and cannot be reached with the keyboard."""

    default_priority = 501

    def run(self, **kwargs: Any) -> None:
        """Put a region in the wrapper's place."""
        for wrapper in list(self.document.findall(nodes.container)):
            if "table-wrapper" not in wrapper["classes"]:
                continue
            table = cast(nodes.table, wrapper[0])
            caption = table.next_node(nodes.title)
            region = scroll_region(
                "",
                table,
                label=caption.astext() if caption else _("Table"),
                classes=["table-wrapper", "container"],
            )
            # Not replace_self(), which would hand the wrapper's ids on.
            wrapper.parent.replace(wrapper, region)


class FitDrawings(HtmlPostTransform):
    """A drawing keeps its words readable on a phone, and makes room before it is there."""

    default_priority = 170

    def run(self, **kwargs: Any) -> None:
        """Put each drawing into a part that scrolls where it is narrow; note its own size."""
        for figure in self.document.findall(nodes.figure):
            if "drawing" not in figure["classes"]:
                continue
            image = figure[0]
            assert isinstance(image, nodes.image)
            image["natural-size"] = svg_size(Path(self.env.srcdir, image["uri"]))
            figure[0] = scroll_region("", image, label=_("Drawing"), classes=["drawing-view"])


def svg_size(path: Path) -> tuple[int, int] | None:
    """Return the width and height of an SVG picture's view box, None where it has none."""
    with path.open(encoding="utf-8") as stream:
        box = _VIEW_BOX.search(stream.read(2000))
    return (round(float(box[1])), round(float(box[2]))) if box else None


def setup(app: Sphinx) -> None:
    """Register the node and the transforms."""
    app.add_node(scroll_region, html=(visit_scroll_region, depart_scroll_region))
    for transform in (
        LeaveOutPrintOnly,
        PutActionsTogether,
        ShortenSources,
        LinkSources,
        MarkLanguages,
        FitDrawings,
        PlainTabLabels,
        ScrollTables,
    ):
        app.add_post_transform(transform)
