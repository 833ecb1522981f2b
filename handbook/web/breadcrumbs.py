"""Where a page is in the handbook: the handbook, the part, the chapter."""

from __future__ import annotations

from typing import Any

from sphinx import addnodes
from sphinx.application import Sphinx


def part_of(app: Sphinx, docname: str) -> str:
    """Return the name of the part that a chapter is in, "" where it is in none."""
    root = app.env.get_doctree(app.config.root_doc)
    for toctree in root.findall(addnodes.toctree):
        if any(entry == docname for _title, entry in toctree["entries"]):
            return str(toctree.get("caption") or "")
    return ""


class Parts:
    """Knows each chapter's part; found once a build."""

    def __init__(self) -> None:
        self.known: dict[str, str] = {}

    def prepare(self, app: Sphinx, builder: object) -> None:
        """Find the part of each chapter."""
        self.known = {name: part_of(app, name) for name in app.env.found_docs}

    def add(
        self, app: Sphinx, name: str, template: str, context: dict[str, Any], doctree: object
    ) -> None:
        """Give the page its part."""
        context["part"] = self.known.get(name, "")


def setup(app: Sphinx) -> None:
    """Prepare each build, then each page."""
    parts = Parts()
    app.connect("write-started", parts.prepare)
    app.connect("html-page-context", parts.add)
