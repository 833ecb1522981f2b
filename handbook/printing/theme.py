"""What print looks like: papers, sizes, palette, measures.

All lengths are points (1/72 inch).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4, A5, LETTER

from handbook.printing.scripts.direction import is_rtl

#: What an office printer holds, and its half, on which a folded booklet is laid out.
PAPERS: dict[str, tuple[float, float]] = {"letter": LETTER, "a4": A4}
#: The pages of a booklet, which is printed on those papers and folded.
BOOKLET_PAPERS = {"letter": "half-letter", "a4": "a5"}
_PAGES: dict[str, tuple[float, float]] = {
    **PAPERS,
    "half-letter": (LETTER[1] / 2, LETTER[0]),
    "a5": A5,
}
#: Body type by size: 12 or more is asked (14 preferred), and 18 or more for large print.
BODY = {
    "standard": 14.0,
    "large": 18.0,
    "card": 14.0,
    "handout": 12.5,
    "booklet": 12.0,
    "review": 12.0,
}
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
#: The colours of the parts, in turn; each 7:1 on white, for words in it and for white words on it.
PART_COLORS = (
    RED,
    TEAL,
    PLUM,
    HexColor("#1b4a87"),
    GREEN,
    AMBER,
    HexColor("#453494"),
    HexColor("#4d4a1a"),
    GREY,
    HexColor("#84204f"),
)
#: What printers cannot print at the edge of a sheet: no words within it (6.4 mm).
UNPRINTABLE = 18.0


@dataclass(frozen=True)
class BoxLook:
    """How a box is told apart: by its edge, its corners, its icon, and last its colour.

    :param bar: width of the bar at the side where lines start.
    :param band: the title stands in white on a band of the ink.
    :param icon: a name of :data:`handbook.printing.icons.ICONS`, drawn before the title.
    """

    ink: Color
    fill: Color
    edge: float = 0.8
    bar: float = 0.0
    dashed: bool = False
    band: bool = False
    corner: float = 0.0
    icon: str = ""


BOXES: dict[str, BoxLook] = {
    "box-one-minute": BoxLook(TEAL, TEAL_LIGHT, edge=0, bar=9, icon="clock"),
    "box-what-you-can-do": BoxLook(GREEN, WHITE, edge=2.2, icon="tick"),
    "box-when-to-call": BoxLook(RED, WHITE, edge=1.8, band=True, icon="telephone"),
    "box-questions": BoxLook(PLUM, PLUM_LIGHT, edge=1.2, corner=16, icon="question"),
    "box-words": BoxLook(GREY, WHITE, edge=1.2, icon="book"),
    "box-untranslated": BoxLook(AMBER, AMBER_LIGHT, dashed=True, icon="warning"),
    "warning": BoxLook(RED, RED_LIGHT, edge=1.8, bar=9, icon="warning"),
    "plain": BoxLook(GREY, WHITE, bar=4, corner=4),
}
LEVELS: dict[str, BoxLook] = {
    "red": BoxLook(RED, RED_LIGHT, edge=1.6, bar=9, corner=4),
    "amber": BoxLook(AMBER, AMBER_LIGHT, bar=6, corner=4),
    "green": BoxLook(GREEN, GREEN_LIGHT, bar=3, corner=4),
}


@dataclass(frozen=True)
class Theme:
    """The measures of one output.

    :param paper: "letter" or "a4"; of a booklet "half-letter" or "a5".
    :param size: "standard", "large", "card", "handout", "booklet" or "review" (a wide margin for
        notes).
    :param mirrored: margins swap on left and right pages, for binding.
    :param body: size of the body type; 0 for the size's own.
    :param language: BCP 47; the direction of the pages and the line spacing go by it.
    :param part: the number of the book's part that is being set, for its colour; 0 for none.
    :param turned: a chapter that is left in English, in a book from right to left.
    """

    paper: str = "letter"
    size: str = "standard"
    mirrored: bool = True
    body: float = 0.0
    part: int = 0
    language: str = "en"
    turned: bool = False

    @property
    def direction(self) -> str:
        """Of lines and pages: "ltr" or "rtl"; a book in "rtl" is bound at its right."""
        return "rtl" if is_rtl(self.language) and not self.turned else "ltr"

    @property
    def base(self) -> float:
        """Size of the body type."""
        return self.body or BODY[self.size]

    @property
    def small(self) -> float:
        """Captions, tables, sources, index: 12 or more; large print keeps 18 pt everywhere."""
        return self.base if self.size == "large" else max(12.0, round(self.base * 0.86, 1))

    @property
    def fine(self) -> float:
        """Lists of sources, of which a handout has up to 80: smaller there, in columns."""
        return 9.5 if self.size == "handout" else self.small

    @property
    def cell(self) -> float:
        """Tables, and what stands close to them."""
        if self.size in ("large", "booklet"):
            return self.base
        if self.size == "handout":
            return self.small
        return round(self.base * 0.9, 1)

    @property
    def foot(self) -> float:
        """Heads and feet of pages, which are read at need; large print keeps 18 pt."""
        return self.base if self.size == "large" else max(10.0, round(self.base * 0.77, 1))

    @property
    def leading(self) -> float:
        """Line spacing of running text: 1.4 times the type or a little more."""
        lines = self.base * SPACING.get(self.language.partition("-")[0], 1.4)
        return lines if self.size == "card" else math.ceil(lines * 2) / 2

    @property
    def step(self) -> float:
        """The grid of the page: each block of a page begins on a half line of running text."""
        return self.leading / 2

    @property
    def accent(self) -> Color:
        """The colour of headings: the part's own."""
        return part_color(self.part)

    @property
    def width(self) -> float:
        return _PAGES[self.paper][0]

    @property
    def height(self) -> float:
        return _PAGES[self.paper][1]

    @property
    def text_width(self) -> float:
        """68 characters, or what fits; a card, no running text, takes all but 40 pt a side.

        The margins of a booklet are narrow, so that its lines hold 60 characters or more. Boxes,
        tables and columns of a handout are wider than its running text (:attr:`measure`).
        """
        if self.size == "review":
            return self.width * 0.54
        if self.size == "card":
            return self.width - 80
        if self.size == "handout":
            return self.width - 116
        return min(self.base * 29.4, self.width - (76 if self.size == "booklet" else 100))

    @property
    def measure(self) -> float:
        """The longest line of running text: 70 characters in a handout, whose boxes are wider."""
        return min(self.base * 31, self.text_width) if self.columns > 1 else self.text_width

    @property
    def columns(self) -> int:
        """How many columns short entries (sources, words explained) stand in."""
        return 2 if self.size == "handout" else 1

    @property
    def inner(self) -> float:
        """The margin at the binding."""
        if self.size == "review":
            return 54.0
        spare = self.width - self.text_width
        return spare * 0.53 if self.mirrored else spare / 2

    @property
    def outer(self) -> float:
        return self.width - self.text_width - self.inner

    @property
    def spread(self) -> float:
        """How far a picture may go beyond the text at each side: it keeps clear of thumb marks."""
        if self.size in ("review", "handout"):  # whose margins are for notes
            return 0.0
        return max(min(self.inner, self.outer) - 44.0, 0.0)

    @property
    def top(self) -> float:
        if self.size == "card":
            return 38.0
        return (40.0 if self.size == "handout" else 48.0) + self.foot * 1.4


def part_color(part: int) -> Color:
    """The colour of a part by its number; of none (0), the handbook's own."""
    return PART_COLORS[(part - 1) % len(PART_COLORS)] if part else TEAL
