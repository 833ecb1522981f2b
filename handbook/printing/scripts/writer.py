"""Lines in; the operators that show them, each piece marked as part of its element, out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from reportlab.pdfgen.textobject import PDFTextObject

from handbook.printing.scripts.bidi import visual_order
from handbook.printing.scripts.embedding import EmbeddedFont
from handbook.printing.scripts.faces import Face
from handbook.printing.scripts.lines import Line, Piece, Type

#: Gives the operator that begins what a piece belongs to, for the links round it; None: it is
#: what is open already.
Marker = Callable[[tuple[tuple[int, str], ...]], str | None]


class Placed(NamedTuple):
    """A piece and the x of its left edge."""

    piece: Piece
    x: float


def placed(line: Line, left: float, *, rtl: bool) -> list[Placed]:
    """The places of a line's pieces, in logical order.

    :param left: x of the left edge of what is seen of the line; blanks at its end hang outside.
    """
    pieces = list(line.pieces)
    levels = [piece.level for piece in pieces]
    trailing = len(line.segments[-1].blanks) if line.segments else 0
    for place in range(len(pieces) - trailing, len(pieces)):
        levels[place] = int(rtl)  # UAX #9, L1
    if not any(levels):
        xs = list(accumulate((piece.width for piece in pieces), initial=left))
        return list(map(Placed, pieces, xs))
    xs = [0.0] * len(pieces)
    x = left - (line.segments[-1].blank_width if rtl and line.segments else 0.0)
    for place in visual_order(levels):
        xs[place] = x
        x += pieces[place].width
    return list(map(Placed, pieces, xs))


class Writer(PDFTextObject):  # type: ignore[misc]
    """A text object that shows lines. What it shows is marked if a marker is given."""

    def __init__(self, canvas: Any, marker: Marker | None = None) -> None:
        super().__init__(canvas)
        self._code = ["BT"]
        self._marker = marker
        self._inside: str | None = None
        self._links: tuple[tuple[int, str], ...] | None = None
        self._type: Type | None = None
        self._font: EmbeddedFont | None = None
        self._fonts: dict[Face, EmbeddedFont] = {}
        self._shown: list[str] = []
        self._x = 0.0
        self._y: float | None = None  # where the pen is

    def show(self, line: Sequence[Placed], y: float) -> None:
        """Show a line at a height; its pieces come in the order of reading.

        Within a piece from right to left the glyphs come from its left to its right: that is what
        programs that read a PDF expect and turn round. (The marking as reversed that ISO 32000-1,
        14.8.2.3.3, has for it makes poppler lose the rest of the paragraph.)
        """
        fonts, document = self._fonts, self._doc
        for piece, x in line:
            if self._marker is not None:
                self._mark(piece)
            font = fonts.get(piece.face)
            if font is None:
                font = fonts[piece.face] = EmbeddedFont.of(piece.face, document)
            if piece.type is not self._type or font is not self._font:
                self._set(piece.type, font)
            if self._y != y or abs(self._x - x) > 0.005:
                self._flush()
                self._code.append(f"1 0 0 1 {_number(x)} {_number(y)} Tm")
                self._y = y
            self._shown.append(font.show(piece.shaped))
            self._x = x + piece.width

    @property
    def marked(self) -> bool:
        """Whether all it shows is marked by itself."""
        return self._marker is not None

    def _mark(self, piece: Piece) -> None:
        links = piece.type.links
        if self._inside is not None and (links == self._links or piece.blank):
            return
        self._links = links
        operator = self._marker(links) if self._marker is not None else None
        if operator is not None:
            self._flush()
            if self._inside is not None:
                self._code.append("EMC")
            self._code.append(operator)
            self._inside = operator

    def _set(self, type_: Type, font: EmbeddedFont) -> None:
        self._flush()
        before = self._type
        if font is not self._font or before is None or before.size != type_.size:
            self._code.append(f"{font.resource} {_number(type_.size)} Tf")
        if type_.color is not None and (before is None or before.color != type_.color):
            self.setFillColor(type_.color)
        if type_.rise != (before.rise if before else 0):
            self._code.append(f"{_number(type_.rise)} Ts")
        self._type, self._font = type_, font

    def _flush(self) -> None:
        if self._shown:
            self._code.append(f"[{''.join(self._shown)}] TJ")
            self._shown = []

    def getCode(self) -> str:
        self._flush()
        if self._type is not None and self._type.rise:
            self._code.append("0 Ts")
        if self._inside is not None:
            self._code.append("EMC")
        return str(super().getCode())


def areas(line: Iterable[Placed]) -> dict[tuple[int, str], list[tuple[float, float]]]:
    """The stretches (from x, to x) that each link takes in a line, from left to right."""
    found: dict[tuple[int, str], list[tuple[float, float]]] = {}
    linked = [item for item in line if item.piece.type.links]
    for piece, x in sorted(linked, key=lambda item: item.x):
        for link in piece.type.links:
            stretches = found.setdefault(link, [])
            if stretches and abs(stretches[-1][1] - x) < 0.01:
                stretches[-1] = (stretches[-1][0], x + piece.width)
            else:
                stretches.append((x, x + piece.width))
    return found


def _number(value: float) -> str:
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in {"", "-0"} else text
