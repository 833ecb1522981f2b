"""What print looks like: papers, sizes, palette, and the stylesheet that rst2pdf loads.

All lengths are points (1/72 inch).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4, A5, LETTER
from rst2pdf.styles import CallableStyleSheet

from handbook.printing import fonts
from handbook.printing.scripts import named
from handbook.printing.scripts.direction import is_rtl

PAPERS: dict[str, tuple[float, float]] = {"letter": LETTER, "a4": A4}
#: The pages of a booklet, which is printed on those papers and folded.
BOOKLET_PAPERS = {"letter": "half-letter", "a4": "a5"}
_PAGES: dict[str, tuple[float, float]] = {
    **PAPERS,
    "half-letter": (LETTER[1] / 2, LETTER[0]),
    "a5": A5,
}
#: Body type by size: STANDARDS asks 12 or more (14 preferred) and 18 or more for large print.
BODY = {"standard": 14.0, "large": 18.0, "card": 14.0, "booklet": 12.0, "review": 12.0}
#: A card takes the largest of these with which it fits on its page.
CARD_SIZES = (14.0, 13.5, 13.0, 12.5, 12.0)

#: Line spacing of running text where letters are higher (Arabic) or fuller (Chinese) than Latin
#: ones, which take 1.4 times the type.
SPACING = {"ar": 1.6, "zh": 1.55}

INK = HexColor("#1f2933")
GREY = HexColor("#4a5560")
GREY_LIGHT = HexColor("#e8ecef")
RULE = HexColor("#9aa5b1")
WHITE = HexColor("#ffffff")
TEAL = HexColor("#0f5c66")
TEAL_LIGHT = HexColor("#e6f2f4")
PLUM = HexColor("#6b2d5c")
PLUM_LIGHT = HexColor("#f6ebf3")
AMBER = HexColor("#7a4600")
AMBER_LIGHT = HexColor("#fdf1da")
RED = HexColor("#9b1616")
RED_LIGHT = HexColor("#fcebeb")
GREEN = HexColor("#1d5435")
GREEN_LIGHT = HexColor("#e8f4ec")


@dataclass(frozen=True)
class BoxLook:
    """How a box is told apart: by its colour, the weight and style of its edge, and its fill."""

    ink: Color
    fill: Color
    edge: float = 0.8
    bar: float = 5.0  # width of the bar at the side where lines start
    dashed: bool = False


BOXES: dict[str, BoxLook] = {
    "box-one-minute": BoxLook(TEAL, TEAL_LIGHT, bar=9),
    "box-what-you-can-do": BoxLook(GREEN, WHITE),
    "box-when-to-call": BoxLook(RED, WHITE, edge=1.8, bar=9),
    "box-questions": BoxLook(PLUM, PLUM_LIGHT, bar=0),
    "box-words": BoxLook(GREY, WHITE, bar=0, dashed=True),
    "box-untranslated": BoxLook(AMBER, AMBER_LIGHT, dashed=True),
    "warning": BoxLook(RED, RED_LIGHT, edge=1.8),
    "plain": BoxLook(GREY, WHITE),
}
LEVELS: dict[str, BoxLook] = {
    "red": BoxLook(RED, RED_LIGHT, edge=1.6, bar=9),
    "amber": BoxLook(AMBER, AMBER_LIGHT, bar=6),
    "green": BoxLook(GREEN, GREEN_LIGHT, bar=3),
}


@dataclass(frozen=True)
class Theme:
    """The measures of one output.

    :param paper: "letter" or "a4"; of a booklet "half-letter" or "a5".
    :param size: "standard", "large", "card", "booklet" or "review" (a wide margin for notes).
    :param mirrored: margins swap on left and right pages, for binding.
    :param body: size of the body type; 0 for the size's own.
    :param language: BCP 47; the direction of the pages and the line spacing go by it.
    """

    paper: str = "letter"
    size: str = "standard"
    mirrored: bool = True
    body: float = 0.0
    language: str = "en"

    @property
    def rtl(self) -> bool:
        """Whether pages are laid out from right to left."""
        return is_rtl(self.language)

    @property
    def base(self) -> float:
        """Size of the body type."""
        return self.body or BODY[self.size]

    @property
    def small(self) -> float:
        """Captions, sources, heads and feet; large print keeps 18 pt everywhere."""
        return self.base if self.size == "large" else max(10.5, round(self.base * 0.79, 1))

    @property
    def leading(self) -> float:
        """Line spacing of running text: 1.4 times the type or more."""
        return round(self.base * SPACING.get(self.language.partition("-")[0], 1.4), 2)

    @property
    def width(self) -> float:
        return _PAGES[self.paper][0]

    @property
    def height(self) -> float:
        return _PAGES[self.paper][1]

    @property
    def text_width(self) -> float:
        """About 65 characters; a card, which is no running text, takes all but 40 pt a side."""
        if self.size == "review":
            return self.width * 0.54
        sides = {"card": 80, "booklet": 76}.get(self.size, 92)
        widest = self.width if self.size == "card" else self.base * 32.5
        return min(widest, self.width - sides)

    @property
    def inner(self) -> float:
        """The margin at the binding."""
        if self.size == "review":
            return 54.0
        spare = self.width - self.text_width
        return spare * 0.56 if self.mirrored else spare / 2

    @property
    def outer(self) -> float:
        return self.width - self.text_width - self.inner

    @property
    def top(self) -> float:
        return 38.0 if self.size == "card" else 50.0 + self.small * 1.4


class _Generated(CallableStyleSheet):
    """A stylesheet that rst2pdf reads from a dictionary; its name is all that rst2pdf logs."""

    def __call__(self) -> dict[str, Any]:
        return self.data  # type: ignore[attr-defined,no-any-return]


def stylesheet(theme: Theme) -> CallableStyleSheet:
    """The rst2pdf stylesheet of a theme.

    Sizes step by about 1.2; space stands before headings, so that a heading keeps to its text.
    """
    named.register()
    base, lead = theme.base, theme.leading
    regular, bold = f"{fonts.TEXT}-Regular", f"{fonts.TEXT}-Bold"
    small = {"fontSize": theme.small, "leading": round(theme.small * 1.35, 2)}

    def heading(scale: float, before: float, after: float, **more: Any) -> dict[str, Any]:
        size = round(base * scale, 1)
        return {
            "fontName": bold,
            "fontSize": size,
            "leading": round(size * 1.18, 2),
            "spaceBefore": before * lead,
            "spaceAfter": after * lead,
            "keepWithNext": True,
            "textColor": "#0f5c66",
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
            "rtl": theme.rtl,
            "bulletFontName": regular,
        },
        "normal": {"parent": "base"},
        "bodytext": {
            "parent": "normal",
            "alignment": "TA_LEFT",
            "spaceBefore": 0,
            "spaceAfter": lead * 0.5,
            "hyphenate": theme.size != "large",
            "firstLineIndent": 0,
        },
        "tight": {"parent": "bodytext", "spaceAfter": lead * 0.18},
        "lead-in": {"parent": "bodytext", "spaceAfter": lead * 0.18, "keepWithNext": True},
        "handbook-title": heading(2.5, 0, 0.5),
        "chapter-number": heading(1.0, 0, 0.1, textColor="#4a5560"),
        "chapter-title": heading(1.85 if theme.size != "card" else 1.5, 0, 0.6),
        "section": heading(1.35, 1.1, 0.35),
        "subsection": heading(1.12, 0.9, 0.25, textColor="#1f2933"),
        "minor": heading(1.0, 0.7, 0.2, textColor="#1f2933"),
        "part-title": heading(1.15, 0.9, 0.2, textColor="#6b2d5c"),
        "box-title": heading(1.1, 0, 0.25, textColor="#1f2933"),
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
            "fontSize": theme.small if theme.size == "large" else 10,
            "leading": round(theme.small * 1.35, 2) if theme.size == "large" else 13,
            "spaceAfter": lead * 0.1,
        },
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
            "fontSize": round(base * 0.9, 1) if theme.size != "large" else base,
            "leading": round(lead * 0.88, 2) if theme.size != "large" else lead,
            "spaceAfter": lead * 0.15,
        },
        "cell-head": {"parent": "cell", "fontName": bold},
        "contents-chapter": {
            "parent": "bodytext",
            "fontName": bold,
            "spaceBefore": lead * 0.25,
            "spaceAfter": 0,
        },
        "contents-section": {
            "parent": "bodytext",
            "hyphenate": False,
            "fontSize": max(12.0, round(base * 0.85, 1)) if theme.size != "large" else base,
            "leading": round(lead * 0.82, 2) if theme.size != "large" else lead,
            "spaceAfter": 0,
        },
        "index-entry": {
            "parent": "small",
            "hyphenate": False,
            "fontSize": max(theme.small, 12.0),
            "leading": round(max(theme.small, 12.0) * 1.3, 2),
            "spaceAfter": 0,
        },
        "index-letter": heading(1.1, 0.5, 0.1),
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
