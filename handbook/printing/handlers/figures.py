"""Pictures: drawings (SVG) and photographs (PNG, JPEG), with a caption that stays with them."""

from __future__ import annotations

import math
from collections.abc import Sequence
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
from handbook.printing.flowables import Row, Stack
from handbook.printing.handlers.base import Handler, handles
from handbook.printing.keyed import keyed, keyed_words, type_size
from handbook.printing.look import label, number
from handbook.printing.markup import unprintable
from handbook.printing.tags import Element, language

#: A picture takes at most this share of the height of the text area.
_HIGHEST = 0.62
#: With its key on the same page, it may be lower, but not lower than this share.
_LOWEST = 0.42
#: Words in a picture that would be smaller (points) are put into a key; large print has a measure
#: of its own.
_LEAST_WORDS = 9.0


class Picture(Flowable):
    """A picture scaled to a share of its place, never higher than ``highest`` points.

    :param widest: its place is as wide as running text, and this (points) at most.
    :param spread: how far it may go beyond its place at each side, in points.
    :ivar key: letters in the picture, and the words that they stand for.
    """

    def __init__(
        self,
        source: Drawing | Path,
        ratio: float,
        share: float,
        highest: float,
        widest: float = math.inf,
        spread: float = 0.0,
    ) -> None:
        super().__init__()
        self.source, self.ratio, self.share, self.highest = source, ratio, share, highest
        self.widest, self.spread = widest, spread
        self.element: Element | None = None
        self.key: list[tuple[str, str]] = []

    def drawn_in(self, width: float) -> float:
        """How wide it is drawn where the text is so wide."""
        place = min(width, self.widest) + 2 * self.spread
        return min(place * self.share, self.highest * self.ratio)

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.drawn = self.drawn_in(available_width)
        self._start = (min(available_width, self.widest) - self.drawn) / 2
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
        look = client.theme
        source: Drawing | Path
        if path.suffix.lower() == ".svg":
            source = _drawing(path, node)
            ratio = source.width / source.height
        else:
            source = path
            ratio = _ratio(path, node)
        large = look.size == "large"
        in_text = isinstance(node.parent, nodes.figure) and isinstance(
            node.parent.parent, nodes.section
        )
        picture = Picture(
            source,
            ratio,
            1.0 if large else min(share, 1.0),
            client.room * _HIGHEST,
            look.measure,
            look.spread if in_text else 0.0,
        )
        if isinstance(source, Drawing):
            _set_key(client, picture, source)
        if node.get("alt"):
            picture.element = client.tags.leaf("Figure", Alt=node["alt"], Lang=language(node))
        return [picture]


def _set_key(client: Any, picture: Picture, drawing: Drawing) -> None:
    """Put words that would be too small into a key, and make room for it on the picture's page."""
    look = client.theme
    least = look.base if look.size == "large" else _LEAST_WORDS
    scale = picture.drawn_in(look.text_width) / drawing.width
    if not 0 < type_size(drawing) * scale < least:
        return
    labels = keyed_words(drawing, look.language)
    rows = math.ceil(len(labels) / _key_columns(client, labels))
    # Below it stand its caption and key, above it perhaps a heading that must stay with it.
    left = client.room - (rows + 7) * client.theme.leading
    if left > client.room * _LOWEST:
        picture.highest = min(picture.highest, left)
    scale = picture.drawn_in(look.text_width) / drawing.width
    picture.key = keyed(drawing, look.base / scale, look.language)


def _key_columns(client: Any, labels: Sequence[str]) -> int:
    """A key of short words takes two columns."""
    longest = max((len(words) for words in labels), default=0)
    # About half of its size is a letter's width.
    return 2 if longest * client.theme.small * 0.52 < client.theme.text_width / 2 - 40 else 1


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
        for picture in [one for one in content if isinstance(one, Picture) and one.key]:
            for above in content:
                above.keepWithNext = True
            content += _key(client, picture.key)
        lead = client.theme.leading
        return [Stack(content, room=client.room, space_before=lead * 0.5, space_after=lead * 0.8)]


def _key(client: Any, key: list[tuple[str, str]]) -> list[Flowable]:
    """The words that letters in a picture stand for."""
    style = client.styles["small"]
    bold = client.styles["cell-head"]
    items: list[Flowable] = []
    with client.tags.within("L"):
        for letter, words in key:
            with client.tags.within("LI"):
                mark = client.tags.leaf("Lbl")
                with client.tags.within("LBody"):
                    text = client.words(label(words), style)
            item = Stack([text], (0, 0, 0, style.fontSize * 1.75), mark=number(letter, bold))
            item.label, item.spaceAfter = mark, style.spaceAfter
            items.append(item)
    if _key_columns(client, [words for _letter, words in key]) == 2:
        half = math.ceil(len(items) / 2)
        items = [Row([Stack(items[:half]), Stack(items[half:])], [1, 1], room=client.room)]
    if items:
        items[0].spaceBefore = style.leading * 0.3
    return items
