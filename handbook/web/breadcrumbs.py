"""The handbook's parts and their chapters: the list beside each page, and its place in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sphinx import addnodes
from sphinx.application import Sphinx


@dataclass(frozen=True)
class Chapter:
    """A line of the list of chapters: number is "12.", or "" where it has none."""

    docname: str
    number: str
    title: str


@dataclass(frozen=True)
class Part:
    """A part of the handbook, "" where its chapters have no heading."""

    title: str
    chapters: list[Chapter]

    def holds(self, docname: str) -> bool:
        """Return whether a page is one of its chapters."""
        return any(chapter.docname == docname for chapter in self.chapters)


def parts(app: Sphinx) -> list[Part]:
    """Return the parts in the order of the first page."""
    env = app.env
    return [
        Part(
            str(toctree.get("caption") or ""),
            [
                Chapter(name, _number(app, name), title or env.titles[name].astext())
                for title, name in toctree["entries"]
                if name in env.titles
            ],
        )
        for toctree in env.get_doctree(app.config.root_doc).findall(addnodes.toctree)
    ]


def _number(app: Sphinx, docname: str) -> str:
    found = app.env.toc_secnumbers.get(docname, {}).get("")
    return ".".join(map(str, found)) + app.config.html_secnumber_suffix.strip() if found else ""


def part_of(app: Sphinx, docname: str) -> str:
    """Return the name of the part that a chapter is in, "" where it is in none."""
    return next((part.title for part in parts(app) if part.holds(docname)), "")


class Parts:
    """Knows the parts; found once a build."""

    def __init__(self) -> None:
        self.known: list[Part] = []

    def prepare(self, app: Sphinx, builder: object) -> None:
        """Find them."""
        self.known = parts(app)

    def add(
        self, app: Sphinx, name: str, template: str, context: dict[str, Any], doctree: object
    ) -> None:
        """Give the page all parts, and its own."""
        context["parts"] = self.known
        context["part"] = next((part.title for part in self.known if part.holds(name)), "")


def setup(app: Sphinx) -> None:
    """Prepare each build, then each page."""
    found = Parts()
    app.connect("write-started", found.prepare)
    app.connect("html-page-context", found.add)
