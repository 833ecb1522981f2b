"""What stands on each page beside the text: running head, marks, folio, foot, thumb mark.

Takes what a copy says of itself and which page is drawn; draws on the canvas. All lengths are
points.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from handbook.printing import fonts, qr, theme
from handbook.printing.scripts.direction import runs_rtl
from handbook.printing.scripts.lines import set_line
from handbook.printing.sides import Sides
from handbook.printing.tags import Structure, TaggingCanvas
from handbook.printing.theme import Theme

#: How deep a thumb mark reaches into the page, and how high it is at most.
_THUMB_DEPTH, _THUMB_HIGHEST = 34.0, 64.0
#: What touches the edge goes on beyond it, where a press file is trimmed (3 mm and a little).
_BLEED = 9.0
_BOLD, _REGULAR = f"{fonts.TEXT}-Bold", f"{fonts.TEXT}-Regular"


@dataclass(frozen=True)
class Feet:
    """What stands at the head and foot of every page of an output.

    :param book: the book's title, at the head of pages that are in no part.
    :param call: the clinic's numbers, first and bold at the foot.
    :param marks: edition code, date, review and sample marks; packed into the next lines.
    :param sample: printed at the head, by the binding, when the clinic is a sample, else None.
    :param check: the address of the QR code in a card's corner, None for no code.
    """

    book: str
    call: str
    marks: Sequence[str]
    sample: str | None = None
    check: str | None = None


@dataclass(frozen=True)
class Place:
    """Where in a book a page is.

    :param thumb: what the thumb mark says ("3"); "" for none.
    :param position: of the mark along the edge, from 0.
    :param positions: how many marks share the edge.
    :param color: of the mark.
    :param head: the part, for the running head.
    """

    thumb: str = ""
    position: int = 0
    positions: int = 1
    color: Color = theme.TEAL
    head: str = ""


class Furniture:
    """Draws the furniture of the pages of one output."""

    def __init__(self, look: Theme, feet: Feet) -> None:
        self.look = look
        self.feet = feet
        self._lines = self._foot_lines()

    @property
    def bottom(self) -> float:
        """The least distance of the text from the foot of the page."""
        between = 12 if self.look.size == "handout" else 16
        return 22 + self.look.foot * 1.3 * len(self._lines) + between

    def _foot_lines(self) -> list[tuple[str, str]]:
        """(font, text) of each foot line: the numbers in bold, then the marks packed together."""
        size = self.look.foot
        # The corner stays free: for the folio, or for the code.
        width = self.look.text_width - (qr.SIDE + 6 if self.feet.check else 4.5 * size)
        lines: list[tuple[str, str]] = []
        for font, items in ((_BOLD, self.feet.call.split(" · ")), (_REGULAR, self.feet.marks)):
            line = ""
            for item in items:
                longer = f"{line} · {item}" if line else item
                if line and text_width(longer, font, size, self.look.language) > width:
                    lines.append((font, line))
                    line = item
                else:
                    line = longer
            lines.append((font, line))
        return lines

    def draw(
        self, canvas: TaggingCanvas, tags: Structure, bottom: float, place: Place, chapter: str
    ) -> None:
        """Draw all that stands on a page beside the text.

        :param bottom: the lower edge of the text area.
        :param chapter: the running head of a front page; "" for none, as where a chapter opens.
        """
        sides = Sides(self.look, canvas.getPageNumber())
        canvas.saveState()
        with canvas.pagination():
            self._thumb_mark(canvas, sides, place)
            if self.look.size != "card" and chapter:
                self._running_head(canvas, sides, place, chapter)
        if self.feet.sample:
            canvas.setFillColor(theme.RED)
            canvas.setFont(_BOLD, self.look.foot)
            with self._told(canvas, tags):
                draw_text(
                    canvas, sides.inner, self._head, self.feet.sample, not sides.outer_is_right
                )
        self._foot(canvas, tags, sides, bottom)
        canvas.restoreState()

    @property
    def _head(self) -> float:
        return self.look.height - 34

    def _told(self, canvas: TaggingCanvas, tags: Structure) -> AbstractContextManager[None]:
        """A card has its marks and numbers in its head and foot alone: there they are text."""
        if self.look.size == "card":
            return canvas.tagged(tags.leaf("P"))
        return canvas.pagination()

    def _running_head(
        self, canvas: TaggingCanvas, sides: Sides, place: Place, chapter: str
    ) -> None:
        """The chapter on fronts, the part on backs, at the outer side; cut where it is too long."""
        size = self.look.foot
        text = chapter if sides.front else place.head or self.feet.book
        room = self.look.text_width
        if self.feet.sample:
            room -= text_width(self.feet.sample, _BOLD, size, self.look.language) + size
        canvas.setFillColor(theme.GREY)
        canvas.setFont(_REGULAR, size)
        text = shortened(text, _REGULAR, size, room, self.look.language)
        draw_text(canvas, sides.outer, self._head, text, sides.outer_is_right)

    def _foot(self, canvas: TaggingCanvas, tags: Structure, sides: Sides, bottom: float) -> None:
        size = self.look.foot
        top = bottom - 14
        canvas.setStrokeColor(theme.RULE)
        canvas.setLineWidth(0.6)
        canvas.line(sides.left, top, sides.right, top)
        canvas.setFillColor(theme.INK)
        corner = 4.5 * size if sides.outer_is_start else 0.0
        x = sides.start + (corner if sides.start_is_left else -corner)
        for number, (font, text) in enumerate(self._lines):
            canvas.setFont(font, size)
            with self._told(canvas, tags):
                draw_text(canvas, x, top - size * (1 + 1.3 * number), text, not sides.start_is_left)
        if self.feet.check:
            self._draw_check(canvas, tags, sides, top)
            return
        canvas.setFont(_BOLD, size * 1.3)
        folio = str(sides.page)
        with canvas.pagination():
            draw_text(canvas, sides.outer, top - size * 1.3, folio, sides.outer_is_right)

    def _draw_check(self, canvas: TaggingCanvas, tags: Structure, sides: Sides, top: float) -> None:
        """A card's QR code, in the corner where other pages have their number."""
        code = qr.QrCode(self.feet.check or "", min(qr.SIDE, top - theme.UNPRINTABLE))
        code.element = tags.leaf("Figure", Alt=qr.alternative())
        left = sides.right - code.side if sides.start_is_left else sides.left
        code.drawOn(canvas, left, top - code.side)

    def _thumb_mark(self, canvas: Canvas, sides: Sides, place: Place) -> None:
        """A block at the outer edge, lower from part to part, with its number in white.

        It reaches the edge of the sheet, so that it shows on a closed book; its words keep clear
        of what an office printer cannot print.
        """
        if not place.thumb or self.look.size == "review":  # whose margin is for notes
            return
        look = self.look
        highest = look.height - look.top
        pitch = min(_THUMB_HIGHEST + 8, (highest - self.bottom) / place.positions)
        height = pitch - 8
        top = highest - place.position * pitch
        left, right = sides.at_edge(min(_THUMB_DEPTH, look.outer - 6))
        canvas.setFillColor(place.color)
        over = left if sides.outer_is_right else left - _BLEED
        canvas.rect(over, top - height, right - left + _BLEED, height, stroke=0, fill=1)
        size = max(look.foot, 14.0)
        canvas.setFillColor(theme.WHITE)
        canvas.setFont(_BOLD, size)
        if sides.outer_is_right:
            middle = (left + right - theme.UNPRINTABLE) / 2
        else:
            middle = (left + theme.UNPRINTABLE + right) / 2
        width = text_width(place.thumb, _BOLD, size, look.language)
        baseline = top - height / 2 - size * 0.35
        if width <= right - left - theme.UNPRINTABLE:
            draw_text(canvas, middle - width / 2, baseline, place.thumb, at_right=False)
            return
        below = 0.35
        if runs_rtl(place.thumb, look.language):  # Arabic letters reach lower and higher
            size, width, below = size * 0.8, width * 0.8, 0.27
            canvas.setFont(_BOLD, size)
        canvas.saveState()
        canvas.translate(middle, top - height / 2)
        canvas.rotate(-90 if sides.outer_is_right else 90)
        draw_text(canvas, -width / 2, -size * below, place.thumb, at_right=False)
        canvas.restoreState()


def shortened(text: str, font: str, size: float, room: float, language: str) -> str:
    """The text, or as many of its words as the room holds, and an ellipsis."""
    words = text.split(" ")
    while len(words) > 1 and text_width(text, font, size, language) > room:
        words.pop()
        text = " ".join(words) + " …"
    return text


def text_width(text: str, font: str, size: float, language: str) -> float:
    """Width of a line of words in points; some signs are wider in Chinese (BCP 47)."""
    return set_line(text, font, size, language).width


def draw_text(canvas: Canvas, x: float, y: float, text: str, at_right: bool) -> None:
    """Draw a line of words, starting or ending at x."""
    draw = canvas.drawRightString if at_right else canvas.drawString
    draw(x, y, text)
