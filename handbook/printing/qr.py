"""Where a copy says how to find out whether it is still the right one: a QR code and its address.

The code is drawn as rectangles. ISO/IEC 18004 asks for four light modules on each side.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

import segno
from reportlab.lib.colors import black
from reportlab.platypus import Flowable

from handbook.printing.flowables import Row, Stack
from handbook.printing.look import label
from handbook.printing.tags import Element
from handbook.translation.interface import _

#: Points. A module is then half a millimeter: phones read it at arm's length, office printers
#: and copiers keep it.
SIDE = 60.0
_QUIET = 4


class QrCode(Flowable):
    """A QR code of an address, :data:`SIDE` points wide with its light border.

    :ivar element: what it is to a screen reader.
    """

    def __init__(self, address: str, side: float = SIDE) -> None:
        super().__init__()
        code = segno.make(address, micro=False, error="m")
        self.matrix = [list(row) for row in code.matrix]
        self.side = side
        self.element: Element | None = None

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width = self.height = self.side
        return self.side, self.side

    def draw(self) -> None:
        if self.element is not None:
            self.element.attributes["BBox"] = self.canv.page_area((0, 0, self.side, self.side))
        with self.canv.tagged(self.element):
            self.canv.saveState()
            self.canv.setFillColor(black)
            path = self.canv.beginPath()
            module = self.side / (len(self.matrix) + 2 * _QUIET)
            for number, row in enumerate(self.matrix):
                y = self.side - (number + _QUIET + 1) * module
                for start, length in _dark_runs(row):
                    path.rect((start + _QUIET) * module, y, length * module, module)
            self.canv.drawPath(path, stroke=0, fill=1)
            self.canv.restoreState()


def _dark_runs(row: list[int]) -> list[tuple[int, int]]:
    """Return where dark modules begin in a row, and how many follow one another."""
    runs, start = [], 0
    for dark, modules in groupby(row):
        length = len(list(modules))
        if dark:
            runs.append((start, length))
        start += length
    return runs


def shown(address: str) -> str:
    """Return an address as one types it: without https://."""
    return address.removeprefix(f"{urlsplit(address).scheme}://")


def alternative() -> str:
    """Return what a screen reader says of the code."""
    return _("A square code for a phone's camera. It opens the address beside it.")


def check_beside(client: Any, words: list[Flowable], address: str | None) -> Flowable:
    """The words of a copy's face, where it can be looked up, and the code at their end.

    :param words: what the copy says of itself.
    :param address: where it can be looked up; None where the clinic has no such page.
    """
    if not address:
        return Stack(words)
    picture = QrCode(address)
    picture.element = client.tags.leaf("Figure", Alt=alternative())
    style = client.styles["face"]
    said = shown(address)
    link = client.link(address, said, client.link_color)
    question = label(_("Is this copy still the right one?"))
    how = label(_("Look it up with a phone, or type this address:"))
    words = [*words, client.words(f"{question} {how} {link}{label(said)}</a>", style)]
    share = SIDE / client.theme.text_width
    return Row([Stack(words), Stack([picture])], [1 - share, share], room=client.room)
