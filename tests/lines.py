"""The lines of a PDF's pages as they stand on paper: their words, type and places."""

from __future__ import annotations

from collections import defaultdict
from ctypes import byref, c_double
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium


@dataclass(frozen=True)
class Line:
    """What stands on one baseline of a page (from 1), from left to right.

    :param size: the largest type in it, in points; raised numbers are left out.
    :param y: of the baseline, from the foot of the page.
    """

    page: int
    text: str
    size: float
    left: float
    right: float
    y: float


@dataclass(frozen=True)
class _Character:
    text: str
    x: float
    y: float
    size: float


def lines_of(path: Path) -> list[list[Line]]:
    """The lines of each page, from its head to its foot; turned words are left out."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [_lines(page, number) for number, page in enumerate(document, start=1)]
    finally:
        document.close()


def _lines(page: pypdfium2.PdfPage, number: int) -> list[Line]:
    text = page.get_textpage()
    x, y = c_double(), c_double()
    rows: dict[int, list[_Character]] = defaultdict(list)
    for place in range(pdfium.FPDFText_CountChars(text)):
        character = chr(pdfium.FPDFText_GetUnicode(text, place))
        if character.isspace() or pdfium.FPDFText_GetCharAngle(text, place) > 0.1:
            continue
        pdfium.FPDFText_GetCharOrigin(text, place, byref(x), byref(y))
        size = pdfium.FPDFText_GetFontSize(text, place)
        rows[round(y.value * 2)].append(_Character(character, x.value, y.value, size))
    found = []
    for row in rows.values():
        row.sort(key=lambda one: one.x)
        found.append(
            Line(
                number,
                "".join(one.text for one in row),
                max(one.size for one in row),
                row[0].x,
                row[-1].x + row[-1].size * 0.5,
                row[0].y,
            )
        )
    return sorted(found, key=lambda line: -line.y)
