"""translation: see docs/architecture.md."""

from __future__ import annotations

from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Register this room's parts with Sphinx."""
