"""Lines in; the operators that show them, each piece marked as part of its element, out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from reportlab.pdfgen.textobject import PDFTextObject

from handbook.printing.scripts.bidi import visual_order
from handbook.printing.scripts.embedding import EmbeddedFont
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
        x = left
        found = []
        for piece in pieces:
            found.append(Placed(piece, x))
            x += piece.width
        return found
    xs = [0.0] * len(pieces)
    x = left - (line.segments[-1].blank_width if rtl and line.segments else 0.0)
    for place in visual_order(levels):
        xs[place] = x
        x += pieces[place].width
    return [Placed(piece, x) for piece, x in zip(pieces, xs, strict=True)]


class Writer(PDFTextObject):  # type: ignore[misc]
    """A text object that shows lines. What it shows is marked if a marker is given."""

    def __init__(self, canvas: Any, marker: Marker | None = None) -> None:
        super().__init__(canvas)
        self._code = ["BT"]
        self._marker = marker
        self._inside: str | None = None
        self._font: tuple[str, float] | None = None
        self._colored: Any = None
        self._raised = 0.0
        self._shown: list[str] = []
        self._pen: tuple[float, float] | None = None

    def show(self, line: Sequence[Placed], y: float) -> None:
        """Show a line at a height; its pieces come in the order of reading."""
        for piece, x in line:
            self._mark(piece)
            self._set(piece.type, EmbeddedFont.of(piece.face, self._doc))
            if self._pen is None or abs(self._pen[0] - x) > 0.005 or self._pen[1] != y:
                self._flush()
                self._code.append(f"1 0 0 1 {_number(x)} {_number(y)} Tm")
            text = EmbeddedFont.of(piece.face, self._doc).show(piece.shaped)
            if piece.shaped.rtl and len(piece.shaped.glyphs) > 1:
                # ISO 32000-1, 14.8.2.3.3: the glyphs of a piece come from its end to its start.
                self._flush()
                self._code.append(f"/ReversedChars BMC [{text}] TJ EMC")
            else:
                self._shown.append(text)
            self._pen = (x + piece.width, y)

    @property
    def marked(self) -> bool:
        """Whether all it shows is marked by itself."""
        return self._marker is not None

    def _mark(self, piece: Piece) -> None:
        if self._marker is None or (piece.blank and self._inside is not None):
            return
        operator = self._marker(piece.type.links)
        if operator is not None:
            self._flush()
            if self._inside is not None:
                self._code.append("EMC")
            self._code.append(operator)
            self._inside = operator

    def _set(self, type_: Type, font: EmbeddedFont) -> None:
        if self._font != (font.resource, type_.size):
            self._flush()
            self._font = (font.resource, type_.size)
            self._code.append(f"{font.resource} {_number(type_.size)} Tf")
        if type_.color is not None and type_.color != self._colored:
            self._flush()
            self._colored = type_.color
            self.setFillColor(type_.color)
        if type_.rise != self._raised:
            self._flush()
            self._raised = type_.rise
            self._code.append(f"{_number(type_.rise)} Ts")

    def _flush(self) -> None:
        if self._shown:
            self._code.append(f"[{''.join(self._shown)}] TJ")
            self._shown = []

    def getCode(self) -> str:
        self._flush()
        if self._raised:
            self._code.append("0 Ts")
        if self._inside is not None:
            self._code.append("EMC")
        return str(super().getCode())


def areas(line: Iterable[Placed]) -> dict[tuple[int, str], list[tuple[float, float]]]:
    """The stretches (from x, to x) that each link takes in a line, from left to right."""
    found: dict[tuple[int, str], list[tuple[float, float]]] = {}
    for piece, x in sorted(line, key=lambda item: item.x):
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
