"""Interface words ("When to call", "page", "Sources") in the language of the build.

The catalog is ``locale/<lang>/LC_MESSAGES/handbook.po``; it is read as it is, so that no compiled
file has to be kept. Like Sphinx's own, the chosen language holds for the whole process.
"""

from __future__ import annotations

import gettext
from io import BytesIO
from pathlib import Path

from handbook.translation.catalog_files import read_catalog

DOMAIN = "handbook"
SOURCE_LANGUAGE = "en"
_translations: gettext.NullTranslations = gettext.NullTranslations()


def use_language(locale_dir: Path, language: str) -> None:
    """Take the interface words from ``<locale_dir>/<language>/LC_MESSAGES/handbook.po``.

    Without that file the English words of the code are used.

    :raises HandbookError: the catalog is there and cannot be read.
    """
    global _translations
    path = locale_dir / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    if not path.exists():
        _translations = gettext.NullTranslations()
        return
    compiled = BytesIO(read_catalog(path).to_binary())
    _translations = gettext.GNUTranslations(compiled)


def N_(message: str) -> str:  # noqa: N802, gettext's name for it
    """Mark a message for the catalog where it is written; ``_`` translates it where it is used."""
    return message


def _(message: str) -> str:
    """Return an interface message in the language of the build."""
    return _translations.gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return the form of an interface message that goes with ``count``."""
    return _translations.ngettext(singular, plural, count)
