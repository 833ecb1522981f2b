"""The stylesheet of a theme, which rst2pdf loads. All lengths are points (1/72 inch)."""

from __future__ import annotations

from copy import copy
from typing import Any

from reportlab.lib.colors import Color
from reportlab.lib.styles import StyleSheet1
from rst2pdf.styles import CallableStyleSheet

from handbook.printing import fonts
from handbook.printing.scripts import named
from handbook.printing.theme import GREY, INK, Theme

#: Styles of headings, which take the color of their part.
_COLORED = ("part-number", "part-title", "chapter-title", "section", "index-letter")


def in_color(sheet: Any, color: Color) -> Any:
    """A copy of rst2pdf's stylesheet with the headings in another color."""
    colored = copy(sheet)
    colored.StyleSheet = StyleSheet1()
    colored.StyleSheet.byName = dict(sheet.StyleSheet.byName)
    colored.StyleSheet.byAlias = dict(sheet.StyleSheet.byAlias)
    for name in _COLORED:
        style = sheet.StyleSheet.byName[name].clone(name)
        style.textColor = color
        colored.StyleSheet.byName[name] = style
    return colored


def _hex(color: Color) -> str:
    return "#" + str(color.hexval())[2:]


class _Generated(CallableStyleSheet):
    """A stylesheet that rst2pdf reads from a dictionary; its name is all that rst2pdf logs."""

    def __call__(self) -> dict[str, Any]:
        return self.data  # type: ignore[attr-defined,no-any-return]


def stylesheet(theme: Theme) -> CallableStyleSheet:
    """The rst2pdf stylesheet of a theme.

    Sizes step by about 1.2. Headings and the space round them take whole half lines, so that
    running text stands on the page's grid; more space is before a heading than after it.
    """
    named.register()
    base, lead = theme.base, theme.leading
    regular, bold = f"{fonts.TEXT}-Regular", f"{fonts.TEXT}-Bold"
    small = {"fontSize": theme.small, "leading": round(theme.small * 1.35, 1)}

    def heading(scale: float, lines: float, before: float, after: float, **more: Any) -> Any:
        """A heading's style; ``lines``, ``before`` and ``after`` in half lines of running text."""
        if theme.size == "card":  # one page, and no grid
            before, after = before * 0.7, after * 0.5
        return {
            "fontName": bold,
            "fontSize": round(base * scale, 1),
            "leading": lines * theme.step,
            "spaceBefore": before * theme.step,
            "spaceAfter": after * theme.step,
            "keepWithNext": True,
            "textColor": _hex(theme.accent),
            "alignment": "TA_LEFT",
            **more,
        }

    styles: dict[str, dict[str, Any]] = {
        "base": {
            "fontName": regular,
            "fontSize": base,
            "leading": lead,
            "alignment": "TA_LEFT",
            "textColor": "#1f2933",
            "allowWidows": 0,
            "allowOrphans": 0,
            "hyphenation": False,
            "hyphenate": False,
            # rst2pdf would take "language" for a list of docutils' own languages.
            "tongue": theme.language,
            "measure": theme.measure,
            "rtl": theme.direction == "rtl",
            "bulletFontName": regular,
        },
        "normal": {"parent": "base"},
        "bodytext": {
            "parent": "normal",
            "alignment": "TA_LEFT",
            "spaceBefore": 0,
            "spaceAfter": lead * 0.5,
            "hyphenate": theme.size not in ("large", "card"),
            "firstLineIndent": 0,
        },
        "tight": {"parent": "bodytext", "spaceAfter": lead * 0.18},
        "lead-in": {"parent": "bodytext", "spaceAfter": lead * 0.18, "keepWithNext": True},
        "lead": {"parent": "bodytext", "fontSize": round(base * 1.15, 1)},
        "handbook-title": heading(2.4, 4, 0, 1) if theme.size != "large" else heading(1.9, 3, 0, 0),
        "part-number": heading(1.3, 2, 0, 0),
        "part-title": heading(2.2, 4, 0, 4),
        "chapter-number": heading(1.0, 2, 0, 0, textColor=_hex(GREY)),
        "chapter-title": heading(1.8, 3, 0, 1) if theme.size != "card" else heading(1.5, 3, 0, 0),
        "section": heading(1.2, 2, 2, 1),
        "subsection": heading(1.08, 2, 1, 0, textColor=_hex(INK)),
        "minor": heading(1.0, 2, 1, 0, textColor=_hex(INK)),
        "box-title": heading(1.08, 2, 0, 0.5, textColor=_hex(INK)),
        "term": {
            "parent": "bodytext",
            "fontName": bold,
            "spaceAfter": 0,
            "spaceBefore": lead * 0.25,
            "keepWithNext": True,
        },
        "level": {
            "parent": "bodytext",
            "fontName": bold,
            "fontSize": base * 0.93 if theme.size != "large" else base,
            "leading": lead * 0.92,
            "spaceAfter": lead * 0.08,
        },
        "symptom": {"parent": "bodytext", "fontName": bold, "spaceAfter": lead * 0.15},
        "small": {"parent": "bodytext", **small, "spaceAfter": lead * 0.2},
        "source": {
            "parent": "small",
            "fontSize": theme.fine,
            "leading": round(theme.fine * (1.35 if theme.fine == theme.small else 1.25), 1),
            "spaceAfter": lead * 0.1,
        },
        "face": {"parent": "small", "measure": theme.text_width},
        "caption": {"parent": "small", "spaceBefore": lead * 0.25, "spaceAfter": 0},
        "table-title": {
            "parent": "small",
            "alignment": "TA_LEFT",
            "spaceBefore": lead * 0.4,
            "fontName": bold,
            "spaceAfter": lead * 0.2,
            "keepWithNext": True,
        },
        "cell": {
            "parent": "bodytext",
            "fontSize": theme.cell,
            "leading": round(theme.cell * 1.38, 2),
            "measure": theme.text_width,
            "spaceAfter": lead * 0.15,
        },
        "cell-head": {"parent": "cell", "fontName": bold},
        "contents-part": {
            "parent": "bodytext",
            "fontName": bold,
            "fontSize": round(base * 1.08, 1),
            "spaceAfter": 0,
        },
        "contents-chapter": {
            "parent": "bodytext",
            "hyphenate": False,
            "spaceAfter": lead * 0.15,
        },
        "opening-chapter": {
            "parent": "bodytext",
            "fontName": bold,
            "spaceAfter": lead * 0.15,
            "keepWithNext": True,
        },
        "opening-sections": {
            "parent": "small",
            "hyphenate": False,
            "leftIndent": base * 1.4,
            "spaceAfter": 0,
        },
        "index-entry": {
            "parent": "small",
            "hyphenate": False,
            "leading": round(theme.small * 1.3, 2),
            "spaceAfter": 0,
        },
        "index-letter": heading(1.08, 2, 1, 0),
        "mark": {"parent": "bodytext", "fontName": bold, "spaceAfter": lead * 0.15},
    }
    sheet = _Generated(f"handbook-{theme.paper}-{theme.size}-{theme.base}-{theme.language}")
    sheet.data = {  # type: ignore[attr-defined]
        "pageSetup": {"width": f"{theme.width}pt", "height": f"{theme.height}pt"},
        # Named here, or rst2pdf would ask the machine for fonts of these names.
        "embeddedFonts": [
            [f"{fonts.TEXT}-{style}.ttf" for style in ("Regular", "Bold", "Italic", "BoldItalic")]
        ],
        "linkColor": "#0f5c66",
        "styles": styles,
    }
    return sheet
