"""Flowables that ReportLab lacks: a stack with padding, rows, lines to write on, leader lines.

A :class:`Stack` measures its children once for a width, adds them up, and splits between or inside
them, so that its cost grows with the number of children and not with its square. All lengths are
points. "Start" and "end" are left and right in scripts from left to right, and right and left in
others: the canvas knows (``canvas.rtl``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from handbook.printing.paragraph import TaggedParagraph
from handbook.printing.tags import Element, Inline

#: Draws what stands behind or beside a stack: (canvas, width, height), origin at the lower left.
Backdrop = Callable[[Canvas, float, float], None]
#: Draws an item's mark: (canvas, x of the mark's edge at the start, y of the first baseline).
Mark = Callable[[Canvas, float, float], None]


class Stack(Flowable):
    """Children one under the other, with padding round them.

    :param padding: top, end, bottom, start.
    :param room: height of the text area. A stack that fits it is never split; a higher one is.
        0 lets it split anywhere.
    :ivar label: what the mark is to a screen reader; None for mere decoration.
    :ivar movable: it may change places with others of which this is true, to fill a page.
    :ivar page: height of a page, which a lead-in and its table share if they can.
    :ivar once: drawn again (the head of a table that goes on), it is an artifact.
    """

    canv: Any = None  # until it is drawn
    #: ReportLab's handle_keepWithNext clears that wish of what a KeepTogether holds under this
    #: name; a stack's children keep it.
    _content = ()

    def __init__(
        self,
        children: Sequence[Flowable],
        padding: tuple[float, float, float, float] = (0, 0, 0, 0),
        *,
        room: float = 0,
        space_before: float = 0,
        space_after: float = 0,
        backdrop: Backdrop | None = None,
        mark: Mark | None = None,
        keep_with_next: bool = False,
    ) -> None:
        super().__init__()
        self.children = list(children)
        self.padding = padding
        self.room = room
        self.spaceBefore = space_before
        self.spaceAfter = space_after
        self.backdrop = backdrop
        self.mark = mark
        self.keepWithNext = keep_with_next
        self.off_grid = mark is not None  # an item of a list keeps to the item before it
        self.label: Element | None = None
        self.once = False
        self.page = 0.0
        self.movable = False
        self._drawn = False
        self._measured: tuple[float, list[float], list[float]] | None = None

    def _measure(self, width: float) -> tuple[list[float], list[float]]:
        """Heights of the children and the gaps before them, for a width."""
        if self._measured and self._measured[0] == width:
            return self._measured[1], self._measured[2]
        inner = width - self.padding[1] - self.padding[3]
        heights, gaps = [], []
        after = None
        for child in self.children:
            heights.append(child.wrapOn(self.canv, inner, 1e6)[1])
            gaps.append(0.0 if after is None else max(after, child.getSpaceBefore()))
            after = child.getSpaceAfter()
        self._measured = (width, heights, gaps)
        return heights, gaps

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        heights, gaps = self._measure(available_width)
        self.width = available_width
        self.height = sum(heights) + sum(gaps) + self.padding[0] + self.padding[2]
        return self.width, self.height

    def height_before_last(self, width: float) -> float:
        """How far the last child begins below the top, for a width."""
        heights, gaps = self._measure(width)
        return sum(heights[:-1]) + sum(gaps) + self.padding[0]

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        heights, gaps = self._measure(available_width)
        total = sum(heights) + sum(gaps) + self.padding[0] + self.padding[2]
        if total <= self.room:
            return []
        left = available_height - self.padding[0] - self.padding[2]
        fits = 0
        for height, gap in zip(heights, gaps, strict=True):
            if height + gap > left:
                break
            left -= height + gap
            fits += 1
        if fits == len(self.children):
            return []
        here: list[Flowable] = self.children[:fits]
        rest: list[Flowable] = self.children[fits:]
        inner = available_width - self.padding[1] - self.padding[3]
        parts = rest[0].splitOn(self.canv, inner, left - gaps[fits]) if left > gaps[fits] else []
        if len(parts) > 1:
            here, rest = [*here, parts[0]], [*parts[1:], *rest[1:]]
        else:
            # A paragraph that refuses to be split forgets its lines.
            rest[0].wrapOn(self.canv, inner, 1e6)
            while here and here[-1].getKeepWithNext():
                rest.insert(0, here.pop())
        if not here:
            table: Any = self.children[fits]
            if total <= self.page or not getattr(table, "whole_in", 0):
                return []
            # What must stand before the table takes the room in which it would stay whole.
            table.whole_in = 0
            return self.split(available_width, available_height)
        return [self._part(here, first=True), self._part(rest, first=False)]

    def _part(self, children: list[Flowable], *, first: bool) -> Stack:
        part = Stack(
            children,
            self.padding,
            room=self.room,
            space_before=self.spaceBefore if first else 0,
            space_after=0 if first else self.spaceAfter,
            backdrop=self.backdrop,
            mark=self.mark if first else None,
        )
        part.label, part.off_grid, part.page = self.label, self.off_grid, self.page
        return part

    def draw(self) -> None:
        if self.once and self._drawn:
            with self.canv.artifact():
                self._draw()
        else:
            self._drawn = True
            self._draw()

    def _draw(self) -> None:
        heights, gaps = self._measure(self.width)
        shown = not self.canv.rehearsal
        if self.backdrop and shown:
            self.canv.saveState()
            self.backdrop(self.canv, self.width, self.height)
            self.canv.restoreState()
        rtl = self.canv.rtl
        x, y = self.padding[1 if rtl else 3], self.height - self.padding[0]
        if self.mark and shown:
            with self.canv.tagged(self.label):
                start = self.width if rtl else 0
                self.mark(self.canv, start, y - first_baseline(self.children))
        for child, height, gap in zip(self.children, heights, gaps, strict=True):
            y -= gap + height
            child.drawOn(self.canv, x, y)


class Row(Flowable):
    """Stacks side by side, as wide as their shares say; as high as the highest."""

    off_grid = True

    def __init__(
        self,
        cells: Sequence[Stack],
        shares: Sequence[float],
        *,
        gap: float = 12,
        room: float = 0,
        padding: tuple[float, float, float, float] = (0, 0, 0, 0),
        backdrop: Backdrop | None = None,
        space_before: float = 0,
        space_after: float = 0,
    ) -> None:
        super().__init__()
        self.cells = list(cells)
        self.shares = list(shares)
        self.gap = gap
        self.room = room
        self.padding = padding
        self.backdrop = backdrop
        self.spaceBefore = space_before
        self.spaceAfter = space_after

    def _widths(self, width: float) -> list[float]:
        inner = width - self.padding[1] - self.padding[3] - self.gap * (len(self.cells) - 1)
        return [inner * share / sum(self.shares) for share in self.shares]

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        sizes = [
            cell.wrapOn(self.canv, width, 1e6)
            for cell, width in zip(self.cells, self._widths(available_width), strict=True)
        ]
        self.width = available_width
        self._inner = max(size[1] for size in sizes)
        self.height = self._inner + self.padding[0] + self.padding[2]
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        self.wrap(available_width, available_height)
        if self.height <= self.room:
            return []
        # Higher than a page: the cells go one under the other, so that nothing is lost.
        stack = Stack(
            [child for cell in self.cells for child in cell.children],
            self.padding,
            room=self.room,
            backdrop=self.backdrop,
            space_before=self.spaceBefore,
            space_after=self.spaceAfter,
        )
        return list(stack.splitOn(self.canv, available_width, available_height))

    def draw(self) -> None:
        if self.backdrop:
            self.canv.saveState()
            self.backdrop(self.canv, self.width, self.height)
            self.canv.restoreState()
        before = self.padding[3]
        for cell, width in zip(self.cells, self._widths(self.width), strict=True):
            if cell.backdrop:  # boxes in one row are equally high
                cell.height = self._inner
            x = self.width - before - width if self.canv.rtl else before
            cell.drawOn(self.canv, x, self.padding[2] + self._inner - cell.height)
            before += width + self.gap


class WritingLines(Flowable):
    """Rules to write on, 24 pt or more apart."""

    def __init__(self, count: int, pitch: float, color: Any) -> None:
        super().__init__()
        self.count = count
        self.pitch = max(24.0, pitch)
        self.color = color

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width, self.height = available_width, self.pitch * self.count
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        here = int(available_height // self.pitch)
        if not 0 < here < self.count:
            return []
        return [
            WritingLines(here, self.pitch, self.color),
            WritingLines(self.count - here, self.pitch, self.color),
        ]

    def draw(self) -> None:
        self.canv.setStrokeColor(self.color)
        self.canv.setLineWidth(0.7)
        for line in range(self.count):
            y = self.height - (line + 1) * self.pitch + 2
            self.canv.line(0, y, self.width, y)


class LeaderLine(Flowable):
    """A line of a list of contents: text, dots, a page number; the whole line is a link.

    :param link: where it goes; the text is part of it.
    """

    def __init__(
        self, text: TaggedParagraph, page: str, link: Inline, indent: float, color: Any
    ) -> None:
        super().__init__()
        self.text = text
        self.page = page
        self.link = link
        self.indent = indent
        self.color = color
        style = text.style
        self.spaceBefore = style.spaceBefore
        self.spaceAfter = style.spaceAfter
        self._column = 2.6 * style.fontSize

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width = available_width
        inner = available_width - self.indent - self._column
        self.height = self.text.wrapOn(self.canv, inner, available_height)[1]
        return self.width, self.height

    def draw(self) -> None:
        style = self.text.style
        rtl = self.canv.rtl
        self.text.drawOn(self.canv, self._column if rtl else self.indent, 0)
        baseline = self.height - first_baseline([self.text])
        baseline -= style.leading * (len(self.text.lines) - 1)
        self.canv.setFont(style.fontName, style.fontSize)
        self.canv.setFillColor(style.textColor)
        with self.canv.tagged(self.link):
            if rtl:
                self.canv.drawString(0, baseline, self.page)
            else:
                self.canv.drawRightString(self.width, baseline, self.page)
        start = self.indent + last_line_width(self.text) + 6
        stop = self.width - self.canv.stringWidth(self.page, style.fontName, style.fontSize) - 6
        between = stop > start
        if rtl:
            start, stop = self.width - start, self.width - stop
        if between:
            # Round dots; counted from the page numbers, so that those of all lines are in columns.
            self.canv.setStrokeColor(self.color)
            self.canv.setLineWidth(1.2)
            self.canv.setLineCap(1)
            self.canv.setDash([0, style.fontSize * 0.42])
            self.canv.line(stop, baseline + 1, start, baseline + 1)
        self.canv.link(self.link, (0, 0, self.width, self.height))


def narrowest(flowable: Flowable) -> float:
    """The width (points) below which a flowable would have to tear a word."""
    if isinstance(flowable, Stack):
        inner = max(map(narrowest, flowable.children), default=0.0)
        return inner + flowable.padding[1] + flowable.padding[3]
    if isinstance(flowable, TaggedParagraph):
        style = flowable.style
        return float(flowable.minWidth() + style.leftIndent + style.rightIndent)
    return 0.0


def first_baseline(children: Sequence[Flowable]) -> float:
    """How far the first line's baseline lies under the top of the first child."""
    child: Any = children[0] if children else None
    while isinstance(child, Stack):
        child = child.children[0] if child.children else None
    if isinstance(child, LeaderLine):
        child = child.text
    style = getattr(child, "style", None)
    return float(style.fontSize) if style is not None else 12.0


def last_line_width(paragraph: TaggedParagraph) -> float:
    """The width of a wrapped paragraph's last line."""
    return paragraph.lines[-1].width
