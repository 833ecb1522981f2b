"""The Immunotherapy Handbook's Sphinx extension: chapters in, web site and print out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from handbook import (
    clinic,
    directives,
    edition,
    numbering,
    printing,
    sources,
    text,
    translation,
    web,
)
from handbook.translation.interface import use_language


def _use_interface_language(app: Sphinx, config: Config) -> None:
    for folder in config.locale_dirs:
        use_language(Path(app.srcdir, folder), config.language)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the handbook's settings and hand on to each room."""
    app.add_config_value("handbook_languages", {}, "env", types=[dict])
    app.add_config_value("handbook_clinic", "", "", types=[str])
    app.add_config_value("handbook_cards", [], "env", types=[list])
    app.connect("config-inited", _use_interface_language, priority=100)
    rooms = (clinic, edition, numbering, translation, directives, sources, web, printing, text)
    for room in rooms:
        room.setup(app)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
