"""Words as ReportLab's paragraph markup, and errors that name where a node was written."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docutils import nodes

from handbook.errors import HandbookError
from handbook.printing import fonts
from handbook.translation.places import original_place


def unprintable(node: nodes.Node, problem: str, remedy: str = "") -> HandbookError:
    """An error that names where a node was written."""
    place: Any = node
    while place is not None and not (
        getattr(place, "source", None) and getattr(place, "line", None)
    ):
        place = place.parent
    source = getattr(place, "source", None) or getattr(node.document, "source", None)
    file, translated = original_place(str(source or "a chapter"))
    line = translated or getattr(place, "line", None)
    if translated:
        problem += " (in the translation of this line)"
    return HandbookError(
        file, problem, remedy or "See docs/writing.md for what chapters may use.", line
    )


def markup(text: str, node: nodes.Node) -> str:
    """Escape a text for ReportLab's paragraph parser.

    :raises HandbookError: a character that no font has.
    """
    try:
        fonts.check(text)
    except fonts.MissingGlyph as error:
        raise unprintable(
            node,
            str(error),
            "Write it another way, or add a font that has it to handbook/printing/fonts.",
        ) from error
    return escape(text)


def attribute(value: str) -> str:
    """A quoted attribute value for ReportLab's paragraph parser."""
    return quoteattr(value)
