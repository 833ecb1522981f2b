"""Where each chapter and each index entry is, in words, for the search page's script.

Sphinx's search index knows the address of an index entry, but not the section that it is in.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment

from handbook.web.breadcrumbs import parts
from handbook.web.index_page import section_titles
from handbook.web.printed_page import ISOLATED

FILE = "handbook/places.js"
_KEPT_TOGETHER = {"temperature", "phone"}


def places(app: Sphinx) -> dict[str, dict[str, Any]]:
    """Return each chapter's part, and what its index entries stand in: action rows and sections."""
    part_titles = {chapter.docname: part.title for part in parts(app) for chapter in part.chapters}
    return {
        name: {
            "part": part_titles.get(name, ""),
            "rows": _at_entries(app.env, name, _row_titles(app.env.get_doctree(name))),
            "sections": _at_entries(app.env, name, section_titles(app.env, name)),
        }
        for name in sorted(app.env.found_docs)
    }


def _at_entries(env: BuildEnvironment, docname: str, titles: dict[str, str]) -> dict[str, str]:
    entries = env.domains.index_domain.entries.get(docname, ())
    return {target: titles[target] for _type, _words, target, *_rest in entries if target in titles}


def _row_titles(doctree: nodes.document) -> dict[str, str]:
    """Return "Call today: A new rash, or new itching" for each id in an action row."""
    titles = {}
    for row in doctree.findall(nodes.list_item):
        if "action" in row["classes"]:
            level, symptom = (_line(row, name) for name in ("action-level", "action-symptom"))
            for node in row.findall(nodes.Element):
                for name in (*node.get("ids", ()), node.get("refid", "")):
                    titles[name] = f"{level}: {symptom}"
    return titles


def _line(row: nodes.Element, name: str) -> str:
    line = next(line for line in row.findall(nodes.paragraph) if name in line["classes"])
    return "".join(map(_in_order, line.children))


def _in_order(node: nodes.Node) -> str:
    """Return a node's text; digits and units keep their order among words of any direction."""
    if isinstance(node, nodes.Element) and _KEPT_TOGETHER & set(node["classes"]):
        return ISOLATED % node.astext()
    return node.astext()


def _write(app: Sphinx, builder: Builder) -> None:
    if builder.format == "html":
        path = Path(app.outdir, "_static", FILE)
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(places(app), ensure_ascii=False, separators=(",", ":"))
        path.write_text(f"const HANDBOOK_PLACES = {text};\n", encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Write the script before the pages."""
    app.connect("write-started", _write)
