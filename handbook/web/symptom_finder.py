"""The symptom finder: all action rows on one page, by part of the body and by color.

The rows are those of the chapters, each with a link to its place there; nothing is written twice.
Its address is stable: paper and other sites may lead to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from handbook.directives.actions import COLORS, level_word, registry
from handbook.translation.interface import _
from handbook.web.plain import html_of, plain_copy, without_links

PAGE = "symptom-finder"


@dataclass(frozen=True)
class Row:
    """An action row: what is noticed, and what to do, as HTML; its place in its chapter."""

    color: str
    level: str
    address: str
    symptom: str
    steps: str


@dataclass(frozen=True)
class Group:
    """The rows under one heading of a chapter, mostly a part of the body."""

    title: str
    anchor: str
    rows: list[Row] = field(default_factory=list)


def finder_title(app: Sphinx) -> str | None:
    """Return the name of the page, None where the handbook has no rows."""
    return _("Find your symptom") if registry(app.env) else None


def _groups(app: Sphinx) -> Iterator[Group]:
    """Yield the rows of all chapters, in the order of the handbook."""
    builder = app.builder
    assert isinstance(builder, StandaloneHTMLBuilder)
    chapters = {row.docname: row.order for row in registry(app.env).values()}
    number = 0
    for docname in chapters:
        doctree = app.env.get_and_resolve_doctree(docname, builder, tags=app.tags)
        group: Group | None = None
        for item in doctree.findall(nodes.list_item):
            if "action" not in item["classes"] or not item["ids"]:
                continue
            title = _heading(item)
            if group is None or group.title != title:
                if group:
                    yield group
                number += 1
                group = Group(title, f"part-{number}")
            group.rows.append(_row(builder, docname, item))
        if group:
            yield group


def _heading(item: nodes.Node) -> str:
    """Return the title of the section that an item is in."""
    node: nodes.Element | None = item.parent
    while node is not None and not isinstance(node, nodes.section):
        node = node.parent
    title = node.next_node(nodes.title) if node is not None else None
    return title.astext() if title is not None else ""


def _row(builder: StandaloneHTMLBuilder, docname: str, item: nodes.list_item) -> Row:
    """Return a row; its two sides were put together by handbook.web.content."""
    noticed, steps = plain_copy(item).children
    assert isinstance(noticed, nodes.Element) and isinstance(steps, nodes.Element)
    color = next(color for color in COLORS if f"action-{color}" in item["classes"])
    symptom = next(
        part for part in noticed.findall(nodes.paragraph) if "action-symptom" in part["classes"]
    )
    return Row(
        color,
        level_word(color),
        f"{builder.get_relative_uri(PAGE, docname)}#{item['ids'][0]}",
        html_of(builder, without_links(symptom).children),
        html_of(builder, steps.children),
    )


def _pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    title = finder_title(app)
    if not title:
        return
    groups = list(_groups(app))
    rows = [row for group in groups for row in group.rows]
    by_color = [
        (color, level_word(color), [row for row in rows if row.color == color]) for color in COLORS
    ]
    context = {"title": title, "groups": groups, "by_color": by_color, "furo_hide_toc": True}
    yield PAGE, context, "symptom-finder.html"


def _add(app: Sphinx, name: str, template: str, context: dict[str, Any], doctree: object) -> None:
    title = finder_title(app)
    context["finder"] = (PAGE, title) if title else None


def setup(app: Sphinx) -> None:
    """Write the page, and tell each other page of it."""
    app.connect("html-collect-pages", _pages)
    app.connect("html-page-context", _add)
