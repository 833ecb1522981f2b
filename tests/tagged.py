"""What a screen reader gets of a PDF: its structure tree, in the order of reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf


@dataclass
class Tag:
    """A structure element.

    :param attributes: its own and its owners' (Scope, BBox …), by name.
    :param kids: elements and the words between them.
    :param links: the contents of its link annotations.
    :param pages: the pages (from 1) that its own words are on.
    """

    role: str
    attributes: dict[str, Any] = field(default_factory=dict)
    kids: list[Tag | str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All words, in the order of reading."""
        return "".join(kid if isinstance(kid, str) else kid.text for kid in self.kids)

    @property
    def tags(self) -> list[Tag]:
        """The elements among the kids."""
        return [kid for kid in self.kids if isinstance(kid, Tag)]

    def find(self, *roles: str) -> Iterator[Tag]:
        """All elements of these roles below, in the order of reading."""
        for kid in self.tags:
            if kid.role in roles:
                yield kid
            yield from kid.find(*roles)

    def outline(self, indent: str = "") -> str:
        """The roles as indented lines; those without elements below with their words."""
        words = "" if self.tags else f" {self.text.strip()}".rstrip()
        return "\n".join(
            [f"{indent}{self.role}{words}", *(kid.outline(indent + " ") for kid in self.tags)]
        )


def words_by_mark(path: Path) -> dict[tuple[int, int | None], str]:
    """The words of each mark, by page (from 0) and number; those of artifacts under None.

    :raises AssertionError: something is painted that is neither.
    """
    words: dict[tuple[int, int | None], str] = {}
    with pdfplumber.open(path) as document:
        for number, page in enumerate(document.pages):
            for kind in ("char", "line", "rect", "curve", "image"):
                for painted in page.objects.get(kind, ()):
                    assert painted["mcid"] is not None or painted["tag"] == "Artifact", painted
            for char in page.chars:
                key = (number, char["mcid"])
                words[key] = words.get(key, "") + char["text"]
    return words


def read(path: Path) -> Tag:
    """The root of a PDF's structure tree."""
    words = words_by_mark(path)
    with pikepdf.open(path) as document:
        pages = {page.obj.objgen: number for number, page in enumerate(document.pages)}
        (root,) = document.Root.StructTreeRoot.K
        return _read(root, pages, words)


def _read(entry: Any, pages: dict[Any, int], words: dict[tuple[int, int | None], str]) -> Tag:
    tag = Tag(str(entry.S)[1:])
    for owner in [entry, *entry.get("/A", ())]:
        names = ("/Alt", "/ActualText", "/Lang", "/E", "/Scope", "/ColSpan", "/RowSpan", "/BBox")
        tag.attributes.update({name[1:]: owner[name] for name in names if name in owner})
    for kid in entry.get("/K", ()):
        if isinstance(kid, int) or kid.get("/Type") == "/MCR":
            own = isinstance(kid, int)
            page = pages[(entry if own else kid).Pg.objgen]
            number = kid if isinstance(kid, int) else int(kid.MCID)
            tag.kids.append(words.get((page, number), ""))
            tag.pages.append(page + 1)
        elif kid.get("/Type") == "/OBJR":
            assert kid.Obj.objgen in {area.objgen for area in kid.Pg.Annots}
            tag.links.append(str(kid.Obj.Contents))
        else:
            tag.kids.append(_read(kid, pages, words))
    return tag
