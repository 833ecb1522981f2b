"""The fonts' names for ReportLab, rst2pdf and svglib, which know fonts by name and width."""

from __future__ import annotations

import functools
from typing import Any

from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics
from svglib import fonts as svg_fonts

from handbook.printing.fonts import FALLBACK, FOLDER, STYLES, TEXT, face, style_of
from handbook.printing.scripts.lines import set_line

#: What drawings (SVG) call the text family.
_SVG_FAMILY = "Atkinson Hyperlegible Next"


class _Face:
    builtIn = False  # noqa: N815, ReportLab's name

    def __init__(self, name: str) -> None:
        self.name = name
        self.ascent, self.descent = face(TEXT, style_of(name)).extents


class _NamedFont:
    """A font for ReportLab to ask for widths; paragraphs and the canvas draw words themselves."""

    _dynamicFont = True  # noqa: N815
    _multiByte = False  # noqa: N815
    shapable = False

    def __init__(self, name: str) -> None:
        self.fontName = name
        self.face = _Face(name)

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:
        return set_line(text, self.fontName, size).width


@functools.cache
def register() -> None:
    """Make them known, once a process."""
    for family in (TEXT, FALLBACK):
        names = [f"{family}-{style}" for style in STYLES]
        for name in names:
            font: Any = _NamedFont(name)
            pdfmetrics.registerFont(font)
        for alias in (family, names[0]):
            for place, name in enumerate(names):
                addMapping(alias, place % 2, place // 2, name)
    regular, bold, italic, _bold_italic = (f"{TEXT}-{style}" for style in STYLES)
    for weight, style, name in (
        ("normal", "normal", regular),
        ("bold", "normal", bold),
        ("normal", "italic", italic),
    ):
        path = str(FOLDER / f"{name}.ttf")
        svg_fonts.register_font(_SVG_FAMILY, path, weight=weight, style=style, rlgFontName=name)
