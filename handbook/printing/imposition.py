"""Imposition: the pages of a booklet in order; the sheets to print, fold and staple, out.

Saddle stitch: sheets lie in each other, are folded once and stapled in the fold. Each side of a
sheet carries two pages. All lengths are points.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from pikepdf import Dictionary, Name

#: A sheet of office paper (80 g/m²) is about 0.1 mm thick; each one that lies inside pushes the
#: outer edge of its pages out by as much.
CREEP = 0.1 * 72 / 25.4
#: Staples hold so many pages (16 sheets).
MOST_PAGES = 64


@dataclass(frozen=True)
class Side:
    """One side of a sheet.

    :param pages: the page at the left and at the right, from 0.
    :param sheet: 0 for the outermost sheet.
    """

    pages: tuple[int, int]
    sheet: int


def sides(count: int, *, right_to_left: bool = False) -> Iterator[Side]:
    """The sides of the sheets, front and back in turn, outermost sheet first.

    :param count: number of pages, a multiple of four.
    :param right_to_left: the booklet is bound at the right.
    """
    if count % 4:
        raise ValueError(f"{count} pages do not fill sheets of four")
    for sheet in range(count // 4):
        front = (count - 1 - 2 * sheet, 2 * sheet)
        back = (2 * sheet + 1, count - 2 - 2 * sheet)
        for left, right in (front, back):
            yield Side((right, left) if right_to_left else (left, right), sheet)


def impose(pages: bytes, sheet: tuple[float, float], *, right_to_left: bool = False) -> bytes:
    """Put the pages of a PDF on sheets for printing on both sides, turned over the short edge.

    Nothing is scaled. The pages of inner sheets are moved towards the fold (creep).

    :param pages: a PDF with a multiple of four pages.
    :param sheet: width and height of the sheet in portrait.
    """
    packed = BytesIO()
    with pikepdf.open(BytesIO(pages)) as source, pikepdf.new() as target:
        width, height = sheet[1], sheet[0]
        parts = [target.copy_foreign(page.as_form_xobject()) for page in source.pages]
        sizes = [tuple(map(float, page.mediabox))[2:] for page in source.pages]
        for side in sides(len(parts), right_to_left=right_to_left):
            page = target.add_blank_page(page_size=(width, height))
            operators = []
            resources = Dictionary()
            for place, number in enumerate(side.pages):
                inwards = side.sheet * CREEP * (-1 if place else 1)
                x = width / 2 - (0 if place else sizes[number][0]) + inwards
                y = (height - sizes[number][1]) / 2
                resources[f"/Page{place}"] = parts[number]
                operators.append(f"q 1 0 0 1 {x:.3f} {y:.3f} cm /Page{place} Do Q")
            page.obj.Resources = Dictionary(XObject=resources)
            page.obj.Contents = target.make_stream("\n".join(operators).encode())
        for key in ("/Title", "/Author", "/Subject", "/Creator", "/Producer"):
            if key in source.docinfo:
                target.docinfo[key] = str(source.docinfo[key])
        target.Root.Lang = str(source.Root.Lang)
        # The dialog of the viewer offers what the sheets are made for.
        target.Root.ViewerPreferences = Dictionary(
            Duplex=Name.DuplexFlipShortEdge, PrintScaling=Name("/None"), DisplayDocTitle=True
        )
        target.save(packed, deterministic_id=True)
    return packed.getvalue()
