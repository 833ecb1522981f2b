"""A page at the old address of each renamed chapter: it leads on by itself, without a script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from handbook.redirects import resolved


def _pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    env = app.env
    for old, new in resolved(Path(app.srcdir).parent, env.found_docs).items():
        goal = app.builder.get_relative_uri(old, new)
        title = env.titles[new].astext()
        yield old, {"title": title, "goal": goal, "furo_hide_toc": True}, "redirect.html"


def setup(app: Sphinx) -> None:
    """Write the pages beside the chapters'."""
    app.connect("html-collect-pages", _pages)
