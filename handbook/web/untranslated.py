"""Titles that no translation has: wherever a page names such a chapter, it says the language.

The text itself is marked where it stands (handbook.translation.notices). Lists of chapters, links
and breadcrumbs repeat titles without that mark.
"""

from __future__ import annotations

import functools
import html
import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from handbook.translation.interface import SOURCE_LANGUAGE

_MARK = f"language-{SOURCE_LANGUAGE}"
_TAG = re.compile(r"<[^>]*>")


class UntranslatedTitles:
    """Knows the titles of chapters and sections that are left in the source's language."""

    def __init__(self, env: BuildEnvironment) -> None:
        """Read the titles of all chapters."""
        self.known: frozenset[str] = frozenset()
        if env.config.language != SOURCE_LANGUAGE:
            self.known = frozenset(
                title.astext()
                for name in env.found_docs
                for title in env.get_doctree(name).findall(nodes.title)
                if _MARK in title["classes"]
            )

    def mark(self, link: nodes.reference) -> None:
        """Mark a link whose words are such a title."""
        if link.get("internal") and _MARK not in link["classes"] and link.astext() in self.known:
            link["classes"].append(_MARK)

    def attributes(self, title: str) -> str:
        """Return what an element that holds a title, as HTML, says of its language."""
        text = html.unescape(_TAG.sub("", title)).strip()
        return f' lang="{SOURCE_LANGUAGE}" dir="ltr"' if text in self.known else ""


@functools.cache
def titles_of(env: BuildEnvironment) -> UntranslatedTitles:
    """Return the untranslated titles of a build; to be asked once all chapters are read."""
    return UntranslatedTitles(env)


def _add(app: Sphinx, name: str, template: str, context: dict[str, Any], doctree: object) -> None:
    context["language_of"] = titles_of(app.env).attributes


def setup(app: Sphinx) -> None:
    """Give each page's template what an element says of its title's language."""
    app.connect("html-page-context", _add)
