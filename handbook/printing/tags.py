"""Tags: what each piece of a page is, for screen readers (PDF/UA-1).

While flowables are made, :class:`Structure` hands out elements of a tree ("H1", "P", "LI"), each
knowing its parent. While they draw, :class:`TaggingCanvas` puts marks round what belongs to an
element; the rest of the page becomes an artifact, which no screen reader speaks. An element joins
its parent when it is drawn first, so that the order of reading is the order of drawing; the parts
of a divided paragraph carry the same element. :func:`write` puts the tree into the finished file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from docutils import nodes
from pikepdf import Array, Dictionary, Name, String
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from handbook.printing.scripts.direction import has_rtl, is_rtl, runs_rtl
from handbook.printing.scripts.lines import set_line
from handbook.printing.scripts.writer import Marker, Writer, placed

#: Begins the address by which paragraph markup names an inline element.
_ADDRESS = "mark:"
#: Whose attributes these are (ISO 32000-1, 14.8.5); all others are entries of the element.
_OWNERS = {
    "BBox": "Layout",
    "ColSpan": "Table",
    "RowSpan": "Table",
    "Scope": "Table",
    "ListNumbering": "List",
}
#: Operators that set something and paint nothing.
_PAINTS_NOTHING = re.compile(r"\s*|[qQn]|.* (cm|[wJjMdi]|gs|rg|RG|[gGkK]|scn?|SCN?)|BT .* T[fL] ET")


@dataclass(frozen=True)
class Mark:
    """Marked content: page (from 0) and its number there."""

    page: int
    number: int


@dataclass(frozen=True)
class Annotation:
    """A link's area: page (from 0) and its place among the page's annotations."""

    page: int
    place: int


@dataclass(eq=False)
class Element:
    """A node of the structure tree.

    :param role: a standard structure type of PDF 1.7.
    :param attributes: by their PDF names: Alt, Lang, E, ActualText, Scope, BBox …
    """

    role: str
    parent: Element | None = None
    attributes: dict[str, Any] = field(default_factory=dict)
    kids: list[Element | Mark | Annotation] = field(default_factory=list)
    joined: bool = False

    def settle(self) -> Element:
        """Take the next place in the parent at once, drawn or not (a cell may be empty)."""
        if not self.joined and self.parent is not None:
            self.parent.kids.append(self)
            self.joined = True
        return self

    def join(self) -> None:
        """Take a place in the tree, with all that is above."""
        self.settle()
        if self.parent is not None:
            self.parent.join()


@dataclass(eq=False)
class Inline(Element):
    """A part of a paragraph: a link, a phrase in another language.

    :param goal: where a link goes: "#anchor" or an address; "" for what is no link.
    :param contents: what a screen reader says of the link.
    """

    goal: str = ""
    contents: str = ""


class Structure:
    """The tree of one output, and the place in it where new elements go."""

    def __init__(self) -> None:
        self.root = Element("Document", joined=True)
        self._current = self.root
        self._inlines: list[Inline] = []

    @contextmanager
    def within(self, role: str, **attributes: Any) -> Iterator[Element]:
        """A new group; elements that are made meanwhile are its children."""
        with self.at(self.leaf(role, **attributes)) as group:
            yield group

    @contextmanager
    def at(self, element: Element) -> Iterator[Element]:
        """Elements that are made meanwhile are children of this one."""
        before, self._current = self._current, element
        try:
            yield element
        finally:
            self._current = before

    def leaf(self, role: str, **attributes: Any) -> Element:
        """A new element at the current place."""
        return Element(role, self._current, {k: v for k, v in attributes.items() if v})

    def link(self, goal: str, contents: str) -> Inline:
        """A new link at the current place, for what is no paragraph's part."""
        return Inline("Link", self._current, goal=goal, contents=contents)

    def inline(self, role: str, goal: str = "", contents: str = "", **attributes: Any) -> str:
        """A new part of the paragraph that is being made.

        :return: the address for the ``href`` of an ``<a>`` in its markup.
        """
        given = {k: v for k, v in attributes.items() if v}
        self._inlines.append(Inline(role, None, given, goal=goal, contents=contents))
        return f"{_ADDRESS}{len(self._inlines) - 1}"

    def find(self, address: str) -> Inline | None:
        """The inline element of an address; None for any other address."""
        number = address.removeprefix(_ADDRESS)
        return self._inlines[int(number)] if number != address else None


def language(node: nodes.Element) -> str:
    """The language (BCP 47) that a node's ``lang`` or ``language-xx`` class names, or ""."""
    if own := node.get("lang"):
        return str(own).replace("_", "-")
    prefix = "language-"
    names: list[str] = node.get("classes", [])
    if not names:  # nearly every node
        return ""
    return next((name.removeprefix(prefix) for name in names if name.startswith(prefix)), "")


def tongue_of(node: nodes.Node | None) -> str:
    """The language of a node's words, where it or what it stands in names one, or ""."""
    while node is not None:
        if isinstance(node, nodes.Element) and (found := language(node)):
            return found
        node = node.parent
    return ""


# ---- drawing ------------------------------------------------------------------------------------


class TaggingCanvas(Canvas):  # type: ignore[misc]
    """A canvas that marks each page's content: as part of an element, or else as an artifact."""

    tags: Structure
    #: Of the words that are drawn on it (BCP 47).
    language = ""
    #: Whether what is drawn runs from left to right in a book from right to left.
    turned = False

    @property
    def rtl(self) -> bool:
        """Whether lines run from right to left."""
        return is_rtl(self.language) and not self.turned

    def left_of(self, start: float, width: float) -> float:
        """The left edge of what is ``width`` wide and begins at ``start``."""
        return start - width if self.rtl else start

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._marks = 0  # on this page
        self._marked: list[tuple[int, int]] = []  # from, to: what is marked in the page's code
        self.quiet = False  # whatever is drawn is an artifact

    def mark(self, element: Element) -> str:
        """The operator that begins a part of an element on this page."""
        element.join()
        element.kids.append(Mark(self.getPageNumber() - 1, self._marks))
        self._marks += 1
        return f"/{element.role} <</MCID {self._marks - 1}>> BDC"

    @contextmanager
    def tagged(self, element: Element | None) -> Iterator[None]:
        """What is drawn meanwhile belongs to the element; to none: it is an artifact."""
        if element is None or self.quiet:
            yield
        else:
            with self._within(self.mark(element)):
                yield

    def pagination(self) -> AbstractContextManager[None]:
        """What is drawn meanwhile is a head or foot of the page."""
        return self._within("/Artifact <</Type /Pagination>> BDC")

    @contextmanager
    def _within(self, operator: str) -> Iterator[None]:
        start = len(self._code)
        self._code.append(operator)
        yield
        self._code.append("EMC")
        self._marked.append((start, len(self._code)))

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """What is drawn meanwhile is an artifact, whatever it says of itself."""
        before, self.quiet = self.quiet, True
        try:
            yield
        finally:
            self.quiet = before

    def marker(self, element: Element) -> Marker:
        """What marks the pieces of a paragraph, by the links round each."""
        inside: Element | None = None

        def mark(links: tuple[tuple[int, str], ...]) -> str | None:
            nonlocal inside
            found = element
            for _number, address in sorted(links):
                inner = self.tags.find(address)
                if inner is not None:
                    inner.parent = inner.parent or found
                    found = inner
            if found is inside:
                return None
            inside = found
            return self.mark(found)

        return mark

    def drawText(self, text: PDFTextObject) -> None:
        super().drawText(text)
        if isinstance(text, Writer) and text.marked:
            self._marked.append((len(self._code) - 1, len(self._code)))

    def drawString(self, x: float, y: float, text: str, *_args: Any, **_more: Any) -> None:
        """Draw a line of words in the current font, whatever their script."""
        # The numbers of a list are the list's; heads and feet remain the book's.
        language = "en" if self.turned and not has_rtl(text) else self.language
        line = set_line(text, self._fontname, self._fontsize, language)
        writer = Writer(self)
        writer.show(placed(line, x, rtl=runs_rtl(text, language)), y)
        self.drawText(writer)

    def drawRightString(self, x: float, y: float, text: str, *_args: Any, **_more: Any) -> None:
        """The same, ending at x."""
        width = set_line(text, self._fontname, self._fontsize, self.language).width
        self.drawString(x - width, y, text)

    def drawCentredString(self, x: float, y: float, text: str, *_args: Any, **_more: Any) -> None:
        """The same, with its middle at x."""
        width = set_line(text, self._fontname, self._fontsize, self.language).width
        self.drawString(x - width / 2, y, text)

    def linkURL(self, url: str, rect: Any, *args: Any, **kwargs: Any) -> None:
        inline = self.tags.find(url)
        if inline is None:
            super().linkURL(url, rect, *args, **kwargs)
        elif inline.goal:
            self.link(inline, rect)

    def link(self, element: Inline, rect: tuple[float, float, float, float]) -> None:
        """Make an area of the page (in the current coordinates) part of a link."""
        if self.quiet:
            return
        if element.goal.startswith("#"):
            self.linkRect("", element.goal[1:], rect, relative=1, thickness=0)
        else:
            super().linkURL(element.goal, rect, relative=1)
        place = len(self._annotationrefs) - 1
        element.kids.append(Annotation(self.getPageNumber() - 1, place))

    def page_area(self, rect: tuple[float, float, float, float]) -> list[float]:
        """A rectangle of the current coordinates in those of the page."""
        return [round(number, 2) for number in self._absRect(rect, relative=1)]

    def showPage(self) -> None:
        """Close the page: what no element owns becomes an artifact."""
        code, done, kept = self._code, 0, []
        for start, end in [*self._marked, (len(code), len(code))]:
            rest = code[done:start]
            if all(_PAINTS_NOTHING.fullmatch(operators) for operators in rest):
                kept += rest
            else:
                kept += ["/Artifact BMC", *rest, "EMC"]
            kept += code[start:end]
            done = end
        self._code[:] = kept
        super().showPage()
        self._marks, self._marked = 0, []


# ---- the finished file --------------------------------------------------------------------------


def write(document: pikepdf.Pdf, root: Element) -> None:
    """Put a structure tree into the PDF whose pages carry its marks."""
    pages = [page.obj for page in document.pages]
    owners: list[list[Any]] = [[] for _page in pages]  # of each mark, by page
    annotations: list[tuple[Any, Any]] = []  # with their owners
    tree = document.make_indirect(Dictionary(Type=Name.StructTreeRoot))

    def made(element: Element, parent: Any) -> Any:
        entry = document.make_indirect(_entry(element, parent))
        own = next((kid.page for kid in element.kids if isinstance(kid, Mark)), None)
        if own is not None:
            entry.Pg = pages[own]
        kids: list[Any] = []
        for kid in element.kids:
            if isinstance(kid, Element):
                kids.append(made(kid, entry))
            elif isinstance(kid, Annotation):
                area = pages[kid.page].Annots[kid.place]
                if isinstance(element, Inline):
                    area.Contents = String(element.contents)
                annotations.append((area, entry))
                kids.append(Dictionary(Type=Name.OBJR, Obj=area, Pg=pages[kid.page]))
            else:
                # Marks are numbered in the order of drawing, and so may come out of turn here.
                of_page = owners[kid.page]
                of_page += [None] * (kid.number + 1 - len(of_page))
                of_page[kid.number] = entry
                kids.append(
                    kid.number
                    if kid.page == own
                    else Dictionary(Type=Name.MCR, Pg=pages[kid.page], MCID=kid.number)
                )
        if kids:
            entry.K = Array(kids)
        return entry

    tree.K = Array([made(root, tree)])
    numbers: list[Any] = []
    for number, (page, of_page) in enumerate(zip(pages, owners, strict=True)):
        page.Tabs = Name.S
        page.StructParents = number
        numbers += [number, document.make_indirect(Array(of_page))]
    for number, (area, entry) in enumerate(annotations, start=len(pages)):
        area.StructParent = number
        area.F = 4  # printed with the page
        numbers += [number, entry]
    tree.ParentTree = document.make_indirect(Dictionary(Nums=Array(numbers)))
    tree.ParentTreeNextKey = len(pages) + len(annotations)
    document.Root.StructTreeRoot = tree
    document.Root.MarkInfo = Dictionary(Marked=True)


def _entry(element: Element, parent: Any) -> Dictionary:
    entry = Dictionary(Type=Name.StructElem, S=Name(f"/{element.role}"), P=parent)
    owned: dict[str, Dictionary] = {}
    for name, value in element.attributes.items():
        owner = _OWNERS.get(name)
        if owner is None:
            entry[f"/{name}"] = String(value)
            continue
        attributes = owned.setdefault(owner, Dictionary(O=Name(f"/{owner}")))
        attributes[f"/{name}"] = Name(f"/{value}") if isinstance(value, str) else value
    if owned:
        entry.A = Array(list(owned.values()))
    return entry
