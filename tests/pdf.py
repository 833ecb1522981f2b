"""What a PDF says: the text of its pages in the order it was set, its fonts, links and places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
from pypdf import PdfReader

#: How deep thumb marks reach into a page, in points.
_EDGE = 36.0


def squeezed(text: str) -> str:
    """A text without white space, marks of direction and hyphens at line ends, for comparing."""
    return re.sub(r"[\s\u00a0\u00ad\u200b-\u200f\u2066-\u2069]+", "", text)


@dataclass(frozen=True)
class Link:
    """A link on a page (from 1): where it goes, and the text that lies under it."""

    page: int
    goal: int | str
    text: str


class Pdf:
    """A printed file.

    :param foot: how many points at the foot of each page are not running text; likewise ``head``.
    """

    def __init__(self, path: Path, head: float = 46, foot: float = 84) -> None:
        self.path = path
        self.reader = PdfReader(path)
        self.head, self.foot = head, foot

    def __len__(self) -> int:
        return len(self.reader.pages)

    @cached_property
    def pages(self) -> list[str]:
        """All words of each page, heads and feet too."""
        return [page.extract_text() for page in self.reader.pages]

    @cached_property
    def bodies(self) -> list[str]:
        """The running text of each page, squeezed."""
        return [self._body(page) for page in self.reader.pages]

    @cached_property
    def text(self) -> str:
        """The running text of the whole file, squeezed."""
        return "".join(self.bodies)

    def _body(self, page: Any) -> str:
        parts: list[str] = []
        top, width = float(page.mediabox.height) - self.head, float(page.mediabox.width)

        def visit(text: str, cm: list[float], tm: list[float], _font: Any, _size: float) -> None:
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            at_edge = not _EDGE < x < width - _EDGE  # the number in a thumb mark
            if self.foot < y < top and not at_edge:
                parts.append(text)

        page.extract_text(visitor_text=visit)
        return squeezed("".join(parts))

    def fonts(self) -> dict[str, bool]:
        """Each font's name, and whether its file is in the PDF."""
        found: dict[str, bool] = {}
        with pikepdf.open(self.path) as document:
            for thing in document.objects:
                if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font":
                    if thing.get("/Subtype") == "/Type0":
                        continue
                    descriptor = thing.get("/FontDescriptor", pikepdf.Dictionary())
                    files = [f"/FontFile{kind}" for kind in ("", "2", "3")]
                    found[str(thing.BaseFont)] = any(name in descriptor for name in files)
        return found

    def links(self) -> list[Link]:
        """All links, with the text under each."""
        found = []
        with pdfplumber.open(self.path) as document:
            for number, (page, source) in enumerate(
                zip(document.pages, self.reader.pages, strict=True), start=1
            ):
                height = float(page.height)
                for annotation in source.get("/Annots", ()):
                    data = annotation.get_object()
                    left, bottom, right, top = map(float, data["/Rect"])
                    text = "".join(
                        char["text"]
                        for char in page.chars
                        if left <= (char["x0"] + char["x1"]) / 2 <= right
                        and bottom <= height - (char["top"] + char["bottom"]) / 2 <= top
                    )
                    found.append(Link(number, self._goal(data), text))
        return found

    def _goal(self, data: Any) -> int | str:
        action = data.get("/A", {})
        if "/URI" in action:
            return str(action["/URI"])
        place = data.get("/Dest", action.get("/D"))
        if isinstance(place, str):
            place = self._places[place]
        return self._pages[place[0].idnum]

    @cached_property
    def _places(self) -> dict[str, Any]:
        return {name: goal.dest_array for name, goal in self.reader.named_destinations.items()}

    @cached_property
    def _pages(self) -> dict[int, int]:
        numbers = enumerate(self.reader.pages, start=1)
        return {page.indirect_reference.idnum: n for n, page in numbers if page.indirect_reference}
