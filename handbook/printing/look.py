"""What boxes and marks look like: drawn, so that no font is needed; told apart without colour."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from docutils import nodes
from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from handbook.printing import theme
from handbook.printing.flowables import Backdrop, Mark, Stack
from handbook.printing.icons import ICONS, polygon
from handbook.printing.markup import markup
from handbook.printing.theme import BoxLook


def label(text: str) -> str:
    """An interface word as paragraph markup."""
    return markup(text, nodes.paragraph())


def isolated(text: str) -> str:
    """A clinic's own words within an interface sentence, in their own direction (UAX #9)."""
    return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"


def box(client: Any, content: list[Flowable], look: BoxLook) -> Stack:
    """A box round its content, kept whole where a page can hold it.

    Its first flowable is its title, where the look has a band or an icon.
    """
    pad = client.theme.base * 0.75
    before, after = client.theme.step, client.theme.step
    if content:
        content[-1].spaceAfter = 0
    if content and (look.band or look.icon):
        content = [_titled(client, content[0], look), *content[1:]]
    if not look.band:
        return Stack(
            content,
            (pad * 0.9, pad, pad * 0.9, pad + look.bar),
            room=client.room,
            backdrop=bar_and_edge(look),
            space_before=before,
            space_after=after,
        )
    band = Stack(
        content[:1],
        (pad * 0.45, pad, pad * 0.55, pad),
        backdrop=bar_and_edge(replace(look, fill=look.ink)),
        keep_with_next=True,
    )
    body = [Stack(content[1:], (pad * 0.6, pad, pad * 0.8, pad))] if len(content) > 1 else []
    return Stack(
        [band, *body],
        room=client.room,
        backdrop=bar_and_edge(look),
        space_before=before,
        space_after=after,
    )


def unboxed(client: Any, content: list[Flowable], look: BoxLook) -> Stack:
    """A list to look things up in: a box's content under its title and a rule.

    It may go on over the page, where a box would leave a hole.
    """
    step = client.theme.step
    head = Stack(
        [_titled(client, content[0], look)],
        (step, 0, 0, 0),
        backdrop=opening_rule(look.ink, look.edge),
        space_after=step * 0.5,
        keep_with_next=True,
    )
    return Stack([head, *content[1:]], space_before=2 * step, space_after=step)


def _titled(client: Any, title: Flowable, look: BoxLook) -> Flowable:
    """A box's title with the box's icon before it, in the box's color or in white on its band."""
    style = title.style.clone("box-title-here")
    style.textColor = theme.WHITE if look.band else look.ink
    title.style = style
    for fragment in title.frags:
        fragment.textColor = style.textColor
    if not look.icon:
        return title
    size = style.fontSize
    return Stack(
        [title],
        (0, 0, 0, size * 1.6),
        mark=_icon(look, size),
        space_after=style.spaceAfter,
        keep_with_next=True,
    )


def _icon(look: BoxLook, size: float) -> Mark:
    ink, ground = (theme.WHITE, look.ink) if look.band else (look.ink, look.fill)

    def draw(canvas: Canvas, x: float, baseline: float) -> None:
        canvas.saveState()
        canvas.setStrokeColor(ink)
        x = canvas.left_of(x, size * 0.95)
        ICONS[look.icon](canvas, x, baseline - size * 0.1, size * 0.95, ink, ground)
        canvas.restoreState()

    return draw


def opening_rule(color: Color, weight: float) -> Backdrop:
    """A heavy rule over what opens a part or a chapter."""

    def draw(canvas: Canvas, width: float, height: float) -> None:
        canvas.setFillColor(color)
        canvas.rect(0, height - weight, width, weight, stroke=0, fill=1)

    return draw


def bar_and_edge(look: BoxLook) -> Backdrop:
    """A filled rectangle with an edge, and a bar at the side where lines start."""

    def draw(canvas: Canvas, width: float, height: float) -> None:
        canvas.setFillColor(look.fill)
        canvas.setStrokeColor(look.ink)
        canvas.setLineWidth(look.edge)
        if look.dashed:
            canvas.setDash(4, 3)
        edge = 1 if look.edge else 0
        canvas.roundRect(0, 0, width, height, min(look.corner, height / 2), stroke=edge, fill=1)
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
        if color == "green":
            canvas.setFillColor(look.ink)
            canvas.circle(center_x, center_y, radius * 0.92, stroke=0, fill=1)
            return
        if color == "red":
            polygon(canvas, center_x, center_y, radius, 8, look.ink)
        else:
            polygon(canvas, center_x, center_y - size * 0.1, radius * 1.12, 3, look.ink)
        # A mark within, so that the shapes tell apart when printed small and grey.
        canvas.setFillColor(theme.WHITE)
        canvas.setFont("AtkinsonHyperlegibleNext-Bold", size * 0.72)
        canvas.drawCentredString(center_x, baseline + size * (0.1 if color == "red" else 0.02), "!")

    return draw
