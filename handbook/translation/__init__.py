"""While building: interface words, safety of chapters and translations, notices.

See docs/architecture.md. A chapter or a translation enters as text; before MyST reads it it is
judged as text (:mod:`messages`, :mod:`refused`), then as a doctree (:mod:`targets`).
"""

from __future__ import annotations

from sphinx.application import Sphinx

from handbook.translation.catalog_files import judge_catalogs
from handbook.translation.glossary import GlossaryOrder
from handbook.translation.notices import TranslationNotice, translation_notice
from handbook.translation.refused import close_settings, judge_chapter, take_away
from handbook.translation.targets import judge_read, judge_resolved
from handbook.translation.titles import translate_settings

__all__ = ["setup", "translation_notice"]


def setup(app: Sphinx) -> None:
    """Register this room's parts with Sphinx."""
    app.connect("config-inited", judge_catalogs, priority=50)  # before the interface words (100)
    app.connect("config-inited", translate_settings, priority=150)  # after them
    app.connect("config-inited", take_away, priority=900)  # after every extension's own
    app.connect("builder-inited", close_settings)
    app.connect("source-read", judge_chapter)
    app.add_transform(TranslationNotice)
    app.add_transform(GlossaryOrder)
    app.connect("doctree-read", judge_read, priority=400)  # before Sphinx collects files (500)
    app.connect("doctree-resolved", judge_resolved, priority=900)
