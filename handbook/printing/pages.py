"""Pages: frames on a grid, and the way a story flows into them; where each anchor came to stand."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from reportlab.platypus import (
    ActionFlowable,
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    PageBreak,
    PageTemplate,
    Paragraph,
)
from reportlab.platypus.doctemplate import LayoutError

from handbook.printing import fonts
from handbook.printing.columns import Columns
from handbook.printing.flowables import Stack
from handbook.printing.furniture import Feet, Furniture, Place
from handbook.printing.review import draw_beside
from handbook.printing.shared_table import SharedTable
from handbook.printing.sides import Sides
from handbook.printing.tags import Element, Structure, TaggingCanvas
from handbook.printing.theme import Theme


@dataclass(frozen=True)
class Properties:
    """The PDF's own title, author, subject, keywords and language (BCP 47)."""

    title: str
    author: str
    subject: str
    language: str


class RecordingCanvas(TaggingCanvas):
    """A canvas that remembers the page number of each anchor, the first time it is drawn."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.anchors: dict[str, int] = {}
        self.chapter = ""
        self.opener = 0  # the page on which the chapter of the running head begins
        self.placed: list[tuple[float, Any]] = []  # what a review copy has beside this page's text
        self.rehearsal = False  # only the anchors' pages are wanted: words are not drawn

    def bookmarkPage(self, key: str, *args: Any, **kwargs: Any) -> Any:
        # A table's head is drawn again on each page that the table goes on over.
        if key in self.anchors:
            return None
        self.anchors[key] = self.getPageNumber()
        return None if self.rehearsal else super().bookmarkPage(key, *args, **kwargs)

    def showPage(self) -> None:
        if not self.rehearsal:
            super().showPage()
            return
        self._marks, self._marked = 0, []
        self._startPage()

    def save(self) -> None:
        if not self.rehearsal:
            super().save()


class PageKind(ActionFlowable):
    """From the next page on, pages are of this kind ("cover", "plain", "body" or "card")."""

    def __init__(self, kind: str) -> None:
        super().__init__(("page_kind", kind))


class Here(ActionFlowable):
    """This page and those after it are at this place of the book."""

    def __init__(self, place: Place) -> None:
        super().__init__(("place", place))


class Turn(ActionFlowable):
    """What follows runs from left to right in a book from right to left, or no longer does."""

    def __init__(self, turned: bool) -> None:
        super().__init__(("turned", turned))


class OpenFront(Flowable):
    """Go on at the front of a leaf; a back that stays free for it gets these flowables."""

    def __init__(self, filling: list[Flowable]) -> None:
        super().__init__()
        self.filling = filling


class GridFrame(Frame):
    """A frame in which each flowable begins on the page's grid of half lines.

    :param step: half of a line's height, in points.
    """

    def __init__(self, *place: float, step: float, name: str) -> None:
        super().__init__(
            *place, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0, id=name
        )
        self._step = step

    _y: float

    def add(self, flowable: Flowable, canv: Any, trySplit: int = 0) -> int:
        self._y = self._start(flowable) + self._gap(flowable)
        return int(super()._add(flowable, canv, trySplit))

    def _gap(self, flowable: Flowable) -> float:
        """The space that a flowable asks for above itself, here."""
        if self._atTop:
            return 0.0
        asked = float(flowable.getSpaceBefore())
        return max(asked - self._prevASpace, 0.0) if self._oASpace else asked

    def _start(self, flowable: Flowable) -> float:
        """Where a flowable's upper edge comes to stand."""
        start = self._y - self._gap(flowable)
        if self._atTop or getattr(flowable, "off_grid", False):
            return start
        steps = math.ceil((self._y2 - start) / self._step - 0.01)
        return float(self._y2 - steps * self._step)

    def takes(self, flowable: Flowable, canv: Any) -> bool:
        """Whether a flowable fits, undivided, what is left of the frame."""
        height = flowable.wrapOn(canv, self._getAvailableWidth(), 1e6)[1]
        return bool(self._start(flowable) - height > self._y1p - 1e-6)


@dataclass
class Laid:
    """A laid-out output: the PDF's bytes, its pages, its structure, and where each anchor is."""

    pdf: bytes
    pages: int
    structure: Element
    anchors: dict[str, int] = field(default_factory=dict)


class Pages(BaseDocTemplate):
    """Flows a story into pages of a theme.

    Fronts and backs of leaves differ where the theme's margins are mirrored: page 1 is a front.
    """

    def __init__(self, look: Theme, feet: Feet, properties: Properties) -> None:
        self.look = look
        self.language = properties.language
        self.buffer = BytesIO()
        self.kind = "body"
        self.rehearsal = False  # only to learn what stands on which page
        self.place = Place()
        self.current: Flowable | None = None
        super().__init__(
            self.buffer,
            pagesize=(look.width, look.height),
            title=properties.title,
            author=properties.author,
            subject=properties.subject,
            creator="Immunotherapy Handbook",
            lang=properties.language,
            keepTogetherClass=self._keep_together,
            invariant=1,
            initialFontName=f"{fonts.TEXT}-Regular",
            pageCompression=1,  # packed once more at the end, so without ReportLab's ASCII coding
        )
        card = Theme(look.paper, "card", mirrored=look.mirrored, language=look.language)
        self._furniture = {"body": Furniture(look, feet), "card": Furniture(card, feet)}
        for kind in ("cover", "plain", "body", "card"):
            for side in (1, 2):
                self.addPageTemplates(self._template(kind, side))

    # ---- templates ------------------------------------------------------------------------------

    @property
    def _bottom(self) -> float:
        """The foot of the text area, which is as many lines high as fit."""
        return self.look.height - self.look.top - self.room

    @property
    def room(self) -> float:
        """Height of the text area."""
        lead = self.look.leading
        left = self.look.height - self.look.top - self._furniture["body"].bottom
        return math.floor(left / lead) * lead

    def _template(self, kind: str, page: int) -> PageTemplate:
        furniture = self._furniture["card" if kind == "card" else "body"]
        look = furniture.look
        bottom = furniture.bottom if kind == "card" else self._bottom
        height = look.height - look.top - bottom
        left = Sides(look, page).left
        if kind == "cover":  # it has no head and no foot
            bottom, height = 40.0, look.height - 80
        frame = GridFrame(left, bottom, look.text_width, height, step=look.step, name=kind)

        def decorate(canvas: RecordingCanvas, _doc: Any) -> None:
            if kind == "cover" or self.rehearsal:
                return
            opens = canvas.opener == canvas.getPageNumber() or kind == "plain"
            chapter = "" if opens else canvas.chapter
            furniture.draw(canvas, self.tags, bottom, self.place, chapter)
            if canvas.placed:
                draw_beside(canvas, canvas.placed, look, self.tags, bottom)
                canvas.placed = []

        return PageTemplate(id=f"{kind}-{page}", frames=[frame], onPageEnd=decorate)

    # ---- flow -----------------------------------------------------------------------------------

    def handle_page_kind(self, kind: str) -> None:
        """The next page's kind; called by :class:`PageKind`."""
        self.kind = kind

    def handle_place(self, place: Place) -> None:
        """Where in the book the page is; called by :class:`Here`."""
        self.place = place

    def handle_turned(self, turned: bool) -> None:
        """Which way what is drawn next runs; called by :class:`Turn`."""
        self.canv.turned = turned

    def handle_pageBegin(self) -> None:
        name = f"{self.kind}-{1 if (self.page + 1) % 2 else 2}"
        self.pageTemplate = next(found for found in self.pageTemplates if found.id == name)
        super().handle_pageBegin()

    def handle_flowable(self, flowables: list[Flowable]) -> None:
        self.current = flowables[0] if flowables else None
        if isinstance(self.current, OpenFront):
            free_back = self.look.mirrored and self.page % 2
            filling = [*self.current.filling, PageBreak()] if free_back else []
            flowables[0:1] = [PageBreak(), *filling]
        elif getattr(self.current, "movable", False):
            self._fill_foot(flowables)
        super().handle_flowable(flowables)

    def _fill_foot(self, flowables: list[Flowable]) -> None:
        """Where a box would leave a hole, let a box after it that fits the hole go before it."""
        width, room = self.look.text_width, self.room
        if (
            hasattr(flowables[0], "_postponed")
            or flowables[0].wrapOn(self.canv, width, 1e6)[1] > room
        ):
            return  # it has waited once, or it is divided anyway
        for place, flowable in enumerate(flowables):
            if not getattr(flowable, "movable", False):
                return
            if self.frame.takes(flowable, self.canv):
                flowables.insert(0, flowables.pop(place))
                return

    def _keep_together(self, flowables: list[Flowable]) -> Flowable:
        """What a heading or lead-in becomes with all that it must stay with.

        ReportLab would move even a long last paragraph to the next page; that one may be divided,
        since a stack never leaves a heading behind.
        """
        last = flowables[-1]
        if not isinstance(last, (Columns, Paragraph, Stack, SharedTable)):
            return KeepTogether(flowables)
        stack = Stack(
            flowables,
            space_before=flowables[0].getSpaceBefore(),
            space_after=last.getSpaceAfter(),
            keep_with_next=False,
        )
        stack.off_grid = getattr(flowables[0], "off_grid", False)
        stack.page = self.room
        # What fits a page only without its heading is divided, or no page would hold the two.
        left = self.room - stack.height_before_last(self.frame._getAvailableWidth())
        if isinstance(last, Stack):
            last.room = min(last.room, left)
        elif isinstance(last, SharedTable):
            last.whole_in = min(last.whole_in, left)
        return stack

    def lay(self, story: list[Flowable], tags: Structure) -> Laid:
        """Flow the story and return the PDF.

        :param tags: the structure that the story's flowables belong to.
        :raises LayoutError: a flowable that no page can hold.
        """
        self.tags = tags
        self.build(story, canvasmaker=RecordingCanvas)
        canvas: RecordingCanvas = self.canv
        return Laid(self.buffer.getvalue(), self.page, tags.root, canvas.anchors)

    def beforeDocument(self) -> None:
        self.canv.tags = self.tags
        self.canv.rehearsal = self.rehearsal
        self.canv.language = self.language
        self.canv.setViewerPreference("DisplayDocTitle", "true")
        if self.look.direction == "rtl":
            self.canv.setViewerPreference("Direction", "R2L")
        self.canv.showOutline()


__all__ = [
    "Feet",
    "Here",
    "Laid",
    "LayoutError",
    "OpenFront",
    "PageKind",
    "Pages",
    "Place",
    "Properties",
    "RecordingCanvas",
    "Turn",
]
