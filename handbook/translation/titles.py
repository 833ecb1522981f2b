"""The handbook's own name and copyright line, which Sphinx takes from conf.py untranslated."""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.config import Config

from handbook.translation.interface import _

# Settings whose words are shown; the tools that update catalogs read them from here.
SHOWN_SETTINGS = ("project", "copyright", "html_title")


def translate_settings(app: Sphinx, config: Config) -> None:
    """Put the settings that readers see into the language of the build."""
    for name in SHOWN_SETTINGS:
        if words := getattr(config, name):
            setattr(config, name, _(words))
