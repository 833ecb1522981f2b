"""Pages: margins, running heads, feet and marks; and a canvas that knows each anchor's page."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    ActionFlowable,
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    PageTemplate,
    Paragraph,
)
from reportlab.platypus.doctemplate import LayoutError

from handbook.printing import fonts, qr, theme
from handbook.printing.flowables import SharedTable, Stack
from handbook.printing.review import draw_beside
from handbook.printing.tags import Element, Structure, TaggingCanvas
from handbook.printing.theme import Theme

#: Points at the foot of a page that office printers leave white.
_EDGE = 16.0


@dataclass(frozen=True)
class Feet:
    """What stands at the head and foot of every page of an output.

    :param book: the book's title, at the head of left pages.
    :param call: the clinic's numbers, first and bold at the foot.
    :param marks: edition code, date, review and sample marks; packed into the next lines.
    :param sample: printed large across the head when the clinic is a sample, else None.
    :param check: the address of the QR code in a card's corner, None for no code.
    """

    book: str
    call: str
    marks: Sequence[str]
    sample: str | None = None
    check: str | None = None


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

    def bookmarkPage(self, key: str, *args: Any, **kwargs: Any) -> Any:
        # A table's head is drawn again on each page that the table goes on over.
        if key in self.anchors:
            return None
        self.anchors[key] = self.getPageNumber()
        return super().bookmarkPage(key, *args, **kwargs)


class PageKind(ActionFlowable):
    """From the next page on, pages are of this kind ("cover", "body" or "columns")."""

    def __init__(self, kind: str) -> None:
        super().__init__(("page_kind", kind))


@dataclass
class Laid:
    """A laid-out output: the PDF's bytes, its pages, its structure, and where each anchor is."""

    pdf: bytes
    pages: int
    structure: Element
    anchors: dict[str, int] = field(default_factory=dict)


class Pages(BaseDocTemplate):
    """Flows a story into pages of a theme.

    Left and right pages differ where the theme's margins are mirrored: page 1 is a right page.
    """

    def __init__(self, look: Theme, feet: Feet, properties: Properties) -> None:
        self.look = look
        self.feet = feet
        self.buffer = BytesIO()
        self.kind = "body"
        self.current: Flowable | None = None
        super().__init__(
            self.buffer,
            pagesize=(look.width, look.height),
            title=properties.title,
            author=properties.author,
            subject=properties.subject,
            creator="Immunotherapy Handbook",
            lang=properties.language,
            keepTogetherClass=_keep_together,
            invariant=1,
            initialFontName=f"{fonts.TEXT}-Regular",
            pageCompression=1,  # packed once more at the end, so without ReportLab's ASCII coding
        )
        self.lines = self._foot_lines()
        card = Theme(look.paper, "card", mirrored=False)
        for kind, kind_look, columns in (
            ("cover", look, 1),
            ("body", look, 1),
            ("card", card, 1),
            ("columns", look, 2),
        ):
            for side in ("right", "left"):
                self.addPageTemplates(self._template(kind, kind_look, side, columns))

    # ---- templates ------------------------------------------------------------------------------

    @property
    def _bottom(self) -> float:
        step = self.look.small * 1.3
        return 24 + step * len(self.lines) + 16

    def _left_margin(self, page: int) -> float:
        right_page = page % 2 or not self.look.mirrored
        return self.look.inner if right_page else self.look.outer

    def _template(self, kind: str, look: Theme, side: str, columns: int) -> PageTemplate:
        left = look.inner if side == "right" or not look.mirrored else look.outer
        gap = 20.0
        width = (look.text_width - gap * (columns - 1)) / columns
        frames = [
            Frame(
                left + column * (width + gap),
                self._bottom,
                width,
                look.height - look.top - self._bottom,
                leftPadding=0,
                rightPadding=0,
                topPadding=0,
                bottomPadding=0,
                id=f"{kind}-{column}",
            )
            for column in range(columns)
        ]
        decorate = self._cover_marks if kind == "cover" else self._heads_and_feet
        return PageTemplate(id=f"{kind}-{side}", frames=frames, onPageEnd=decorate)

    @property
    def room(self) -> float:
        """Height of the text area."""
        return self.look.height - self.look.top - self._bottom

    def handle_page_kind(self, kind: str) -> None:
        """The next page's kind; called by :class:`PageKind`."""
        self.kind = kind

    def handle_pageBegin(self) -> None:
        side = "right" if (self.page + 1) % 2 else "left"
        self.pageTemplate = next(
            template for template in self.pageTemplates if template.id == f"{self.kind}-{side}"
        )
        super().handle_pageBegin()

    def handle_flowable(self, flowables: list[Flowable]) -> None:
        self.current = flowables[0] if flowables else None
        super().handle_flowable(flowables)

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
        self.canv.setViewerPreference("DisplayDocTitle", "true")
        self.canv.showOutline()

    # ---- heads and feet -------------------------------------------------------------------------

    def _foot_lines(self) -> list[tuple[str, str]]:
        """(font, text) of each foot line: the numbers in bold, then the marks packed together."""
        size = self.look.small
        # The corner stays free: for the folio, or for the code.
        width = self.look.text_width - (qr.SIDE + 6 if self.feet.check else 4.5 * size)
        lines: list[tuple[str, str]] = []
        for font, items in (
            (f"{fonts.TEXT}-Bold", self.feet.call.split(" · ")),
            (f"{fonts.TEXT}-Regular", self.feet.marks),
        ):
            line = ""
            for item in items:
                longer = f"{line} · {item}" if line else item
                if line and text_width(longer, font, size) > width:
                    lines.append((font, line))
                    line = item
                else:
                    line = longer
            lines.append((font, line))
        return lines

    def _heads_and_feet(self, canvas: RecordingCanvas, doc: Any) -> None:
        self._head_and_foot(canvas, doc)
        if canvas.placed:
            draw_beside(canvas, canvas.placed, self.look, self.tags, self._bottom)
            canvas.placed = []

    def _head_and_foot(self, canvas: RecordingCanvas, _doc: Any) -> None:
        look, page, size = self.look, canvas.getPageNumber(), self.look.small
        left = self._left_margin(page)
        right = left + look.text_width
        right_page = bool(page % 2) or not look.mirrored
        canvas.saveState()
        head = look.height - 34
        if self.feet.sample:
            canvas.setFillColor(theme.RED)
            canvas.setFont(f"{fonts.TEXT}-Bold", size)
            with self._told(canvas):
                draw_text(
                    canvas, left if right_page else right, head, self.feet.sample, not right_page
                )
        if look.size != "card" and canvas.opener != page:
            canvas.setFillColor(theme.GREY)
            canvas.setFont(f"{fonts.TEXT}-Regular", size)
            text = canvas.chapter if right_page else self.feet.book
            with canvas.pagination():
                draw_text(canvas, right if right_page else left, head, text, right_page)
        step = size * 1.3
        y = self._bottom - 14
        canvas.setStrokeColor(theme.RULE)
        canvas.setLineWidth(0.6)
        canvas.line(left, y, right, y)
        canvas.setFillColor(theme.INK)
        corner = 0.0 if right_page else 4.5 * size
        for number, (font, text) in enumerate(self.lines):
            canvas.setFont(font, size)
            with self._told(canvas):
                draw_text(canvas, left + corner, y - size - number * step, text, False)
        if self.feet.check:
            self._draw_check(canvas, right, y)
            canvas.restoreState()
            return
        canvas.setFont(f"{fonts.TEXT}-Bold", size * 1.3)
        folio = str(page)
        with canvas.pagination():
            draw_text(canvas, right if right_page else left, y - size * 1.3, folio, right_page)
        canvas.restoreState()

    def _draw_check(self, canvas: RecordingCanvas, right: float, top: float) -> None:
        """A card's QR code, in the corner where other pages have their number."""
        code = qr.QrCode(self.feet.check or "", min(qr.SIDE, top - _EDGE))
        code.element = self.tags.leaf("Figure", Alt=qr.alternative())
        code.drawOn(canvas, right - code.side, top - code.side)

    def _told(self, canvas: RecordingCanvas) -> AbstractContextManager[None]:
        """A card has its marks and numbers in its head and foot alone: there they are text."""
        if self.look.size == "card":
            return canvas.tagged(self.tags.leaf("P"))
        return canvas.pagination()

    def _cover_marks(self, canvas: RecordingCanvas, _doc: Any) -> None:
        """The cover carries its marks in its text."""


def _keep_together(flowables: list[Flowable]) -> Flowable:
    """What a heading or lead-in becomes with all that it must stay with.

    ReportLab would move even a long last paragraph to the next page; that one may be divided, since
    a stack never leaves a heading behind.
    """
    last = flowables[-1]
    if not isinstance(last, (Paragraph, Stack, SharedTable)):
        return KeepTogether(flowables)
    return Stack(
        flowables,
        space_before=flowables[0].getSpaceBefore(),
        space_after=last.getSpaceAfter(),
        keep_with_next=False,
    )


def text_width(text: str, font: str, size: float) -> float:
    """Width in points of a text that may need fallback fonts."""
    weight = font.rpartition("-")[2]
    return float(
        sum(
            stringWidth(run, font if family == fonts.TEXT else f"{family}-{weight}", size)
            for family, run in fonts.runs(text)
        )
    )


def draw_text(canvas: Canvas, x: float, y: float, text: str, at_right: bool) -> None:
    """Draw a line of text, with fallback fonts, starting or ending at x."""
    font, size = canvas._fontname, canvas._fontsize
    weight = font.rpartition("-")[2]
    if at_right:
        x -= text_width(text, font, size)
    for family, run in fonts.runs(text):
        canvas.setFont(font if family == fonts.TEXT else f"{family}-{weight}", size)
        canvas.drawString(x, y, run)
        x += canvas.stringWidth(run, canvas._fontname, size)
    canvas.setFont(font, size)


__all__ = ["Feet", "Laid", "LayoutError", "PageKind", "Pages", "Properties", "RecordingCanvas"]
