"""Pictures: drawings (SVG) and photographs (PNG, JPEG), with a caption that stays with them."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from docutils import nodes
from PIL import Image as PillowImage
from PIL import UnidentifiedImageError
from reportlab.graphics.shapes import Drawing, Group, String
from reportlab.platypus import Flowable
from reportlab.platypus import Image as RasterImage
from svglib.svglib import svg2rlg

from handbook.printing import fonts
from handbook.printing.flowables import Stack
from handbook.printing.handlers.base import Handler, handles
from handbook.printing.markup import unprintable
from handbook.printing.tags import Element, language

#: A picture takes at most this share of the height of the text area.
_HIGHEST = 0.62


class Picture(Flowable):
    """A picture scaled to a share of its place, never higher than ``highest`` points.

    :param widest: its place is as wide as running text, and this (points) at most.
    """

    def __init__(
        self,
        source: Drawing | Path,
        ratio: float,
        share: float,
        highest: float,
        widest: float = math.inf,
    ) -> None:
        super().__init__()
        self.source, self.ratio, self.share, self.highest = source, ratio, share, highest
        self.widest = widest
        self.element: Element | None = None

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        place = min(available_width, self.widest)
        self.drawn = min(place * self.share, self.highest * self.ratio)
        self._start = (place - self.drawn) / 2
        self.width, self.height = available_width, self.drawn / self.ratio
        return self.width, self.height

    def draw(self) -> None:
        left = self._start
        if self.canv.rtl:
            left = self.width - self._start - self.drawn
        if self.element is not None:
            area = (left, 0, left + self.drawn, self.height)
            self.element.attributes["BBox"] = self.canv.page_area(area)
        with self.canv.tagged(self.element):
            self._draw(left)

    def _draw(self, left: float) -> None:
        if isinstance(self.source, Path):
            RasterImage(str(self.source), self.drawn, self.height).drawOn(self.canv, left, 0)
            return
        scale = self.drawn / self.source.width
        self.canv.saveState()
        self.canv.translate(left, 0)
        self.canv.scale(scale, scale)
        self.source.drawOn(self.canv, 0, 0)
        self.canv.restoreState()


@handles(nodes.image)
class Image(Handler):
    def get_text(self, client: Any, node: nodes.image, replaceEnt: bool) -> str:
        raise unprintable(
            node,
            f"the picture {node.get('uri')} stands within a line of text",
            "Use {drawing} or {figure}, in a paragraph of its own.",
        )

    def gather_elements(self, client: Any, node: nodes.image, style: Any) -> list[Flowable]:
        path = client.picture_path(node)
        width = str(node.get("width", "100%"))
        share = float(width.rstrip("%")) / 100 if width.endswith("%") else 1.0
        source: Drawing | Path
        if path.suffix.lower() == ".svg":
            source = _drawing(path, node)
            ratio = source.width / source.height
        else:
            source = path
            ratio = _ratio(path, node)
        picture = Picture(
            source, ratio, min(share, 1.0), client.room * _HIGHEST, client.theme.measure
        )
        if node.get("alt"):
            picture.element = client.tags.leaf("Figure", Alt=node["alt"], Lang=language(node))
        return [picture]


def logo_picture(path: Path, room: float) -> Flowable:
    """The clinic's logo, at most a quarter of the width and an eighth of the page high."""
    node = nodes.image(uri=path.name)
    drawing = _drawing(path, node) if path.suffix.lower() == ".svg" else None
    ratio = drawing.width / drawing.height if drawing else _ratio(path, node)
    return Picture(drawing or path, ratio, 0.25, room / 8)


def _ratio(path: Path, node: nodes.image) -> float:
    try:
        with PillowImage.open(path) as picture:
            picture.load()  # a file that is cut short fails here and not in the middle of a page
            return float(picture.width / picture.height)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise unprintable(
            node, f"the picture {node.get('uri')} cannot be read ({error})", "Replace the file."
        ) from error


def _drawing(path: Path, node: nodes.image) -> Drawing:
    try:
        drawing = svg2rlg(str(path))
    except Exception as error:  # svglib raises whatever the XML parser and ReportLab raise
        raise unprintable(
            node, f"the drawing {node.get('uri')} cannot be read ({error})", "Mend the SVG file."
        ) from error
    if drawing is None or not drawing.width or not drawing.height:
        raise unprintable(
            node,
            f"the drawing {node.get('uri')} is empty or not SVG",
            "Give it a viewBox and save it as plain SVG.",
        )
    _check_words(drawing, node)
    return drawing


def _check_words(group: Group | Drawing, node: nodes.image) -> None:
    for shape in group.contents:
        if isinstance(shape, Group):
            _check_words(shape, node)
        elif isinstance(shape, String):
            try:
                fonts.check(shape.text)
            except fonts.MissingGlyph as error:
                raise unprintable(
                    node,
                    f"the drawing {node.get('uri')} has {error.character!r}, which no font has",
                    "Write it another way, or draw it as a path.",
                ) from error
            if not shape.fontName.startswith(fonts.TEXT):
                style = "Bold" if "Bold" in shape.fontName else "Regular"
                shape.fontName = f"{fonts.TEXT}-{style}"


@handles(nodes.figure)
class Figure(Handler):
    def gather_elements(self, client: Any, node: nodes.figure, style: Any) -> list[Flowable]:
        content: list[Flowable] = []
        for child in node.children:
            if isinstance(child, nodes.caption):
                number = node.get("number")
                before = f"<b>{number}.</b> " if number else ""
                client.anchor(child.get("ids", ()))
                content.append(
                    client.paragraph(child, client.styles["caption"], before=before, role="Caption")
                )
            else:
                content += client.gen_elements(child, client.styles["small"])
        lead = client.theme.leading
        return [Stack(content, room=client.room, space_before=lead * 0.5, space_after=lead * 0.8)]
