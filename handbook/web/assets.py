"""Which style sheets and scripts a page loads: only those that it uses, to keep it light."""

from __future__ import annotations

import re
from typing import Any

# A file that is loaded only where the page's body has what it is for.
_NEEDED_FOR = {
    # 60 KB of styles for cards, tabs and badges; furo-extensions.css suits them to Furo.
    "_static/sphinx-design.min.css": re.compile(r'class="(?:[^"]*\s)?sd-'),
    "_static/styles/furo-extensions.css": re.compile(r'class="(?:[^"]*\s)?sd-'),
    "_static/design-tabs.js": re.compile(r"data-sync-id="),
    "_static/pygments.css": re.compile(r'class="highlight'),
}
# For the search page; page.js gets them for another page when words are to be marked in it.
_FOR_SEARCH = {
    "_static/documentation_options.js",
    "_static/doctools.js",
    "_static/sphinx_highlight.js",
    "_static/handbook/words.js",
}
# Replaced by ours: see scripts.py and page.js.
_NEVER = {"_static/translations.js", "_static/scripts/furo.js"}


def is_needed(filename: str, page: str, body: str) -> bool:
    """Return whether a page loads a file.

    :param filename: the file's path from the site's root.
    :param page: the page's docname.
    :param body: its text, as HTML.
    """
    if filename in _NEVER:
        return False
    if filename in _FOR_SEARCH:
        return page == "search"
    sign = _NEEDED_FOR.get(filename)
    return sign is None or bool(sign.search(body))


def needed(files: list[Any], page: str, body: str) -> list[Any]:
    """Return those of Sphinx's assets that a page needs, in their order."""
    names = [(asset, str(getattr(asset, "filename", asset))) for asset in files]
    return [asset for asset, name in names if is_needed(name, page, body)]
