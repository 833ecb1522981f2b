"""The margins of a page that is printed from the browser: what must stand on each sheet.

Sheets get apart. So each one says whom to call, what copy it is from and that nobody has reviewed
it. A style sheet of the site's own holds these words, as only that can reach the margins (CSS Paged
Media, margin boxes); a browser that does not know them prints the strip of numbers once, on top.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from sphinx.application import Sphinx

FILE = "handbook/sheet.css"
# Isolated, from left to right, in any direction of writing: U+2066, U+2069.
ISOLATED = "\u2066%s\u2069"
_RULES = """\
@page {
  @top-center { content: "%(numbers)s"; direction: %(direction)s; font: 10pt sans-serif; }
  @bottom-left { content: "%(copy)s"; direction: %(direction)s; font: 9pt sans-serif; }
  @bottom-right { content: counter(page) "\\a0/\\a0" counter(pages); font: 9pt sans-serif; }
}
"""


def sheet_style(numbers: Iterable[str], copy: Iterable[str], direction: str) -> str:
    """Return the style sheet of a site's printed pages.

    :param numbers: whom to call, for the top; ``copy``: what this copy is, for the foot.
    :param direction: "ltr" or "rtl".
    """
    words = {"numbers": _string(numbers), "copy": _string(copy), "direction": direction}
    return _RULES % words


def _string(pieces: Iterable[str]) -> str:
    """Return words as they stand in a string of CSS: no line end; backslash and quote escaped."""
    words = re.sub(r"[\x00-\x1f]+", " ", " · ".join(pieces))
    return re.sub(r'(["\\])', r"\\\1", words)


def write_sheet_style(app: Sphinx, style: str) -> None:
    """Write the style sheet beside the others."""
    path = Path(app.outdir, "_static", FILE)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(style, encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Have each page load it, for print alone."""
    app.add_css_file(FILE, priority=711, media="print")
