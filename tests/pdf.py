"""What a PDF says: the text of its pages in the order it was set, its fonts, links and places."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pypdf import PdfReader

NO_POPPLER = "poppler-utils is not installed: the tests of the order of reading are left out"
#: How deep thumb marks reach into a page, in points.
_EDGE = 36.0
#: How far inside a link's frame its text lies: neighbors touch the frame, in points.
_INSIDE = 1.0


def squeezed(text: str) -> str:
    """A text without white space, marks of direction and hyphens, for comparing.

    PDFium reads a hyphen at a line's end as U+0002, whether the word has it or the line brought it.
    """
    return re.sub(r"[\s\x02\u00a0\u00ad\u200b-\u2010\u2066-\u2069-]+", "", text)


def poppler(tool: str, *arguments: str | Path) -> str:
    """Return what a tool of poppler says. Where it is missing: skip, or fail if CI is set."""
    if shutil.which(tool) is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(NO_POPPLER)
    command = [tool, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


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
        return [page.get_textpage().get_text_range() for page in self._shown]

    @cached_property
    def bodies(self) -> list[str]:
        """The running text of each page, squeezed; without the number in its thumb mark."""
        return [
            squeezed(
                page.get_textpage().get_text_bounded(
                    left=_EDGE,
                    bottom=self.foot,
                    right=page.get_width() - _EDGE,
                    top=page.get_height() - self.head,
                )
            )
            for page in self._shown
        ]

    @cached_property
    def text(self) -> str:
        """The running text of the whole file, squeezed."""
        return "".join(self.bodies)

    @cached_property
    def _shown(self) -> pypdfium2.PdfDocument:
        return pypdfium2.PdfDocument(self.path)

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
        for number, (page, source) in enumerate(
            zip(self._shown, self.reader.pages, strict=True), start=1
        ):
            words = page.get_textpage()
            for annotation in source.get("/Annots", ()):
                data = annotation.get_object()
                left, bottom, right, top = map(float, data["/Rect"])
                text = words.get_text_bounded(
                    left + _INSIDE, bottom + _INSIDE, right - _INSIDE, top - _INSIDE
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
