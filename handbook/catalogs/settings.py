"""conf.py, read without building anything."""

from __future__ import annotations

from pathlib import Path

from sphinx.config import Config
from sphinx.util.tags import Tags


def read_settings(root: Path) -> Config:
    """Return the settings in ``root``'s conf.py that the tools of this room look at."""
    config = Config.read(root, overrides={}, tags=Tags())
    config.add("handbook_languages", {}, "env", [dict])
    config.add("html_title", "", "env", [str])
    return config
