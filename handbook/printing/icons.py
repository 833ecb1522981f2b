"""Icons of boxes: drawn as lines and shapes, so that they need no font and print well in grey.

Each is as high as a capital and stands on the baseline, in a square of the type's size.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from handbook.printing import fonts

#: Draws an icon: (canvas, left, bottom and side of its square in points, ink, color behind it).
Icon = Callable[[Canvas, float, float, float, Color, Color], None]


def _clock(canvas: Canvas, x: float, y: float, side: float, ink: Color, ground: Color) -> None:
    middle_x, middle_y, radius = x + side / 2, y + side / 2, side * 0.46
    canvas.setFillColor(ground)
    canvas.setLineWidth(side * 0.1)
    canvas.circle(middle_x, middle_y, radius, stroke=1, fill=1)
    canvas.line(middle_x, middle_y, middle_x, middle_y + radius * 0.68)
    canvas.line(middle_x, middle_y, middle_x + radius * 0.5, middle_y)


def _tick(canvas: Canvas, x: float, y: float, side: float, ink: Color, ground: Color) -> None:
    canvas.setFillColor(ink)
    canvas.roundRect(x, y, side, side, side * 0.16, stroke=0, fill=1)
    canvas.setStrokeColor(ground)
    canvas.setLineWidth(side * 0.14)
    path = canvas.beginPath()
    path.moveTo(x + side * 0.2, y + side * 0.52)
    path.lineTo(x + side * 0.42, y + side * 0.26)
    path.lineTo(x + side * 0.8, y + side * 0.76)
    canvas.drawPath(path, stroke=1, fill=0)


def _telephone(canvas: Canvas, x: float, y: float, side: float, ink: Color, ground: Color) -> None:
    """A receiver: a bow between an ear piece and a mouth piece."""
    canvas.saveState()
    canvas.translate(x + side / 2, y + side / 2)
    canvas.rotate(45)
    canvas.setLineWidth(side * 0.2)
    canvas.arc(-side * 0.4, -side * 0.48, side * 0.4, side * 0.32, 25, 130)
    canvas.setFillColor(ink)
    for left in (-side * 0.54, side * 0.2):
        canvas.roundRect(left, -side * 0.26, side * 0.34, side * 0.3, side * 0.07, stroke=0, fill=1)
    canvas.restoreState()


def _question(canvas: Canvas, x: float, y: float, side: float, ink: Color, ground: Color) -> None:
    """A speech bubble with a question mark."""
    canvas.setFillColor(ink)
    canvas.roundRect(x, y + side * 0.16, side * 1.05, side * 0.9, side * 0.24, stroke=0, fill=1)
    path = canvas.beginPath()
    path.moveTo(x + side * 0.2, y + side * 0.3)
    path.lineTo(x + side * 0.2, y - side * 0.08)
    path.lineTo(x + side * 0.56, y + side * 0.2)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)
    _sign(canvas, x + side * 0.525, y + side * 0.34, side * 0.78, "?", ground)


def _book(canvas: Canvas, x: float, y: float, side: float, ink: Color, ground: Color) -> None:
    """An open book."""
    canvas.setFillColor(ground)
    canvas.setLineWidth(side * 0.09)
    middle = x + side * 0.58
    for way in (-1, 1):
        path = canvas.beginPath()
        path.moveTo(middle, y + side * 0.04)
        path.lineTo(middle + way * side * 0.54, y + side * 0.18)
        path.lineTo(middle + way * side * 0.54, y + side * 0.92)
        path.lineTo(middle, y + side * 0.78)
        path.close()
        canvas.drawPath(path, stroke=1, fill=1)
        for height in (0.4, 0.6):
            canvas.line(
                middle + way * side * 0.14,
                y + side * height,
                middle + way * side * 0.4,
                y + side * (height + 0.07),
            )


def _warning(canvas: Canvas, x: float, y: float, side: float, ink: Color, ground: Color) -> None:
    polygon(canvas, x + side * 0.56, y + side * 0.36, side * 0.68, 3, ink)
    _sign(canvas, x + side * 0.56, y + side * 0.1, side * 0.72, "!", ground)


def polygon(canvas: Canvas, x: float, y: float, radius: float, corners: int, ink: Color) -> None:
    """A filled regular polygon round a middle; a triangle stands on its side, an octagon too."""
    turn = math.pi / 2 if corners == 3 else math.pi / corners
    path = canvas.beginPath()
    for corner in range(corners):
        angle = turn + corner * 2 * math.pi / corners
        point = (x + radius * math.cos(angle), y + radius * math.sin(angle))
        if corner:
            path.lineTo(*point)
        else:
            path.moveTo(*point)
    path.close()
    canvas.setFillColor(ink)
    canvas.drawPath(path, stroke=0, fill=1)


def _sign(canvas: Canvas, x: float, y: float, size: float, sign: str, ink: Color) -> None:
    canvas.setFillColor(ink)
    canvas.setFont(f"{fonts.TEXT}-Bold", size)
    canvas.drawCentredString(x, y, sign)


ICONS: dict[str, Icon] = {
    "clock": _clock,
    "tick": _tick,
    "telephone": _telephone,
    "question": _question,
    "book": _book,
    "warning": _warning,
}
