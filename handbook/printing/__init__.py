"""The print engine: a Sphinx builder of our own on rst2pdf's parts.

builder (what is printed) → assemble (doctrees of one output) → typesetter and handlers (flowables)
→ front matter, index → pages → finish (the file, whole or not at all).
"""

from __future__ import annotations

from sphinx.application import Sphinx

from handbook.printing.builder import PrintBuilder


def setup(app: Sphinx) -> None:
    """Register the print builder and what it can be asked for."""
    app.add_config_value("handbook_outputs", ["book"], "", types=[list, str])
    app.add_config_value("handbook_papers", [], "", types=[list, str])
    app.add_config_value("handbook_size", "standard", "", types=[str])
    app.add_config_value("handbook_chapter", "", "", types=[str])
    app.add_config_value("handbook_published", "", "", types=[str])
    # Only say what would be printed (handbook/outputs.py), without laying anything out.
    app.add_config_value("handbook_plan", False, "", types=[bool])
    app.add_builder(PrintBuilder)
