"""The templates of the words that no chapter holds: the handbook's own, and Sphinx's."""

from __future__ import annotations

from pathlib import Path

import polib
import sphinx
from babel.messages.extract import extract_from_dir
from sphinx.config import Config

import handbook
from handbook.translation.titles import SHOWN_SETTINGS

_KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}

# What Sphinx itself writes into a chapter, the index or a caption. A language's sphinx.po holds
# those that Sphinx's own catalog of that language lacks.
_SPHINX_WORDS = (
    "Fig. %s",
    "Table %s",
    "Section %s",
    "Index",
    "Symbols",
    "see %s",
    "see also %s",
    "Note",
    "Tip",
    "Hint",
    "Important",
    "Attention",
    "Caution",
    "Warning",
    "Danger",
    "Error",
    "See also",
)


def handbook_template(config: Config) -> list[polib.POEntry]:
    """Return the interface words of the code and the settings that readers see.

    A comment that begins with "Translators:" right above the words goes with them.
    """
    entries: dict[str, polib.POEntry] = {}
    for name in SHOWN_SETTINGS:
        words = getattr(config, name)
        entries.setdefault(words, polib.POEntry(msgid=words, occurrences=[("conf.py", "")]))
    package = Path(handbook.__file__).parent
    found = extract_from_dir(
        package,
        method_map=[("**.py", "python")],
        keywords=_KEYWORDS,
        comment_tags=["Translators:"],
        strip_comment_tags=True,
    )
    for name, _line, message, comments, _context in found:
        singular, plural = message[:2] if isinstance(message, tuple) else (message, "")
        entry = entries.setdefault(singular, polib.POEntry(msgid=singular))
        entry.msgid_plural = entry.msgid_plural or plural
        entry.comment = entry.comment or " ".join(comments)
        place = (f"{package.name}/{name}", "")
        if place not in entry.occurrences:
            entry.occurrences.append(place)
    return list(entries.values())


def sphinx_template(language: str) -> list[polib.POEntry]:
    """Return the words that Sphinx lacks in ``language``."""
    path = Path(sphinx.package_dir, "locale", language, "LC_MESSAGES", "sphinx.po")
    own = polib.pofile(str(path)).translated_entries() if path.exists() else []
    known = {entry.msgid for entry in own}
    return [polib.POEntry(msgid=words) for words in _SPHINX_WORDS if words not in known]
