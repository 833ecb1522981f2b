"""What boxes and marks look like: drawn, so that no font is needed; told apart without colour."""

from __future__ import annotations

import math
from typing import Any

from docutils import nodes
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from handbook.printing import theme
from handbook.printing.flowables import Backdrop, Mark, Stack
from handbook.printing.markup import markup
from handbook.printing.theme import BoxLook


def label(text: str) -> str:
    """An interface word as paragraph markup."""
    return markup(text, nodes.paragraph())


def box(client: Any, content: list[Flowable], look: BoxLook) -> Stack:
    """A box round its content, kept whole where a page can hold it."""
    pad = client.theme.base * 0.75
    if content:
        content[-1].spaceAfter = 0
    return Stack(
        content,
        (pad * 0.9, pad, pad * 0.9, pad + look.bar),
        room=client.room,
        backdrop=bar_and_edge(look),
        space_before=client.theme.leading * 0.35,
        space_after=client.theme.leading * 0.6,
    )


def bar_and_edge(look: BoxLook) -> Backdrop:
    """A filled rectangle with an edge, and a bar at the side where lines start."""

    def draw(canvas: Canvas, width: float, height: float) -> None:
        canvas.setFillColor(look.fill)
        canvas.setStrokeColor(look.ink)
        canvas.setLineWidth(look.edge)
        if look.dashed:
            canvas.setDash(4, 3)
        canvas.roundRect(0, 0, width, height, 4, stroke=1, fill=1)
        if look.bar:
            canvas.setFillColor(look.ink)
            start = width if canvas.rtl else 0
            canvas.rect(canvas.left_of(start, look.bar), 0, look.bar, height, stroke=0, fill=1)

    return draw


def bullet(style: ParagraphStyle) -> Mark:
    """A round bullet at the height of a small letter."""

    def draw(canvas: Canvas, x: float, baseline: float) -> None:
        canvas.setFillColor(theme.TEAL)
        size = style.fontSize
        x = canvas.left_of(x, size * 1.1)
        canvas.circle(x + size * 0.55, baseline + size * 0.26, size * 0.16, stroke=0, fill=1)

    return draw


def number(text: str, style: ParagraphStyle) -> Mark:
    """A list's number, set at the start of its first line."""

    def draw(canvas: Canvas, x: float, baseline: float) -> None:
        canvas.setFillColor(style.textColor)
        canvas.setFont(style.fontName, style.fontSize)
        draw = canvas.drawRightString if canvas.rtl else canvas.drawString
        draw(x, baseline, text)

    return draw


def tick_box(style: ParagraphStyle) -> Mark:
    """An empty square to tick."""

    def draw(canvas: Canvas, x: float, baseline: float) -> None:
        size = style.fontSize
        x = canvas.left_of(x, size * 1.15)
        canvas.setStrokeColor(theme.INK)
        canvas.setLineWidth(1.1)
        canvas.rect(x + size * 0.1, baseline - size * 0.12, size * 0.95, size * 0.95, fill=0)

    return draw


def draw_sign(color: str, style: ParagraphStyle) -> Mark:
    """The shape of a level: red octagon, amber triangle, green circle."""
    look = theme.LEVELS.get(color, theme.LEVELS["green"])

    def draw(canvas: Canvas, x: float, baseline: float) -> None:
        size = style.fontSize
        radius = size * 0.56
        x = canvas.left_of(x, 2 * radius)
        center_x, center_y = x + radius, baseline + size * 0.36
        canvas.setFillColor(look.ink)
        canvas.setStrokeColor(look.ink)
        if color == "green":
            canvas.circle(center_x, center_y, radius * 0.92, stroke=0, fill=1)
            return
        corners, turn = (8, math.pi / 8) if color == "red" else (3, math.pi / 2)
        if color == "amber":
            radius, center_y = radius * 1.12, center_y - size * 0.1
        path = canvas.beginPath()
        for corner in range(corners):
            angle = turn + corner * 2 * math.pi / corners
            point = (center_x + radius * math.cos(angle), center_y + radius * math.sin(angle))
            if corner:
                path.lineTo(*point)
            else:
                path.moveTo(*point)
        path.close()
        canvas.drawPath(path, stroke=0, fill=1)
        # A mark within, so that the shapes tell apart when printed small and grey.
        canvas.setFillColor(theme.WHITE)
        canvas.setFont("AtkinsonHyperlegibleNext-Bold", size * 0.72)
        canvas.drawCentredString(center_x, baseline + size * (0.1 if color == "red" else 0.02), "!")

    return draw
