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
# Replaced by ours: see scripts.py.
_NEVER = {"_static/translations.js"}


def is_needed(filename: str, body: str) -> bool:
    """Return whether a page with this body loads the file (a path from the site's root)."""
    if filename in _NEVER:
        return False
    sign = _NEEDED_FOR.get(filename)
    return sign is None or bool(sign.search(body))


def needed(files: list[Any], body: str) -> list[Any]:
    """Return those of Sphinx's assets that a page with this body needs, in their order."""
    return [asset for asset in files if is_needed(str(getattr(asset, "filename", asset)), body)]
