"""The words that Sphinx's scripts show (search results), as a script of our own.

Sphinx 9.0.4's own ``translations.js`` is left out. It hands the rule for plurals over as text,
which doctools.js turns into code with ``new Function``: the Content-Security-Policy forbids that,
and a catalog could put a script there. Its catalogs also lack the newer messages, so that the
status line of a Spanish search stays empty. Our sentences need no plural.
"""

from __future__ import annotations

import json
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders import Builder

from handbook.translation.interface import _

FILE = "handbook/words.js"


def script_words() -> dict[str, str | list[str]]:
    """Return what the scripts say, by the English words that they ask for."""
    found = _("Pages found: %s") % "${resultCount}"
    return {
        "Hide Search Matches": _("Stop marking the words that I searched for"),
        "Preparing search...": _("Searching"),
        "Search Results": _("What the search found"),
        "Searching": _("Searching"),
        "Search finished, found one page matching the search query.": [found, found],
        "Your search did not match any documents. Please make sure that all words are spelled"
        " correctly and that you've selected enough categories.": _(
            "Nothing found. Try another word, or look in the index."
        ),
    }


def words_script() -> str:
    """Return the script: it gives the words to Sphinx's ``Documentation`` object."""
    words = json.dumps(script_words(), ensure_ascii=False, indent=1)
    return f"Object.assign(Documentation.TRANSLATIONS, {words});\n"


def _write_words(app: Sphinx, builder: Builder) -> None:
    if builder.format == "html":
        path = Path(app.outdir, "_static", FILE)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words_script(), encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Write the script before the pages that load it."""
    app.add_js_file(FILE, priority=600)  # after doctools.js
    app.connect("write-started", _write_words)
