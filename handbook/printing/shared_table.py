"""Tables that share the width of their place and are divided well. All lengths are points."""

from __future__ import annotations

from typing import Any

from reportlab.platypus import Flowable, Table

from handbook.printing.flowables import narrowest


class SharedTable(Flowable):
    """A table whose columns share the width that it finds when it is laid.

    No column is narrower than its longest word, where the table's width allows it.

    Rows stay whole where a page can hold them, and no row is left alone by a division where two can
    stay together.

    :param shares: the columns' widths, in any unit.
    :param heads: how many rows are repeated on each page.
    :param room: height of the text area (points).
    :param whole_in: a table that fits this height (points) is never divided.
    :param rtl: the first column is at the right.
    :param pad: space within a cell, at either side of its content (points).
    """

    canv: Any = None

    #: A single row may end or begin a page if it takes this share of the text area.
    _HIGH_ROW = 0.2

    def __init__(
        self,
        rows: list[list[Any]],
        shares: list[float],
        heads: int,
        style: list[Any],
        *,
        room: float,
        whole_in: float = 0,
        rtl: bool = False,
        pad: float = 0,
    ) -> None:
        super().__init__()
        self.rows, self.shares, self.heads, self.style = rows, shares, heads, style
        self.room, self.whole_in, self.rtl, self.pad = room, whole_in, rtl, pad
        self.table: Table | None = None
        self._laid_in = 0.0
        self._needs: list[float] | None = None
        self.spaceAfter = 0.0

    def _laid(self, width: float) -> Table:
        if self.table is None or self._laid_in != width:
            self._laid_in = width
            widths = column_widths(width, self.shares, self._least())
            rows, style = self.rows, self.style
            if self.rtl:
                rows, widths, style = _mirrored(rows, widths, style)
            self.table = Table(rows, widths, repeatRows=self.heads, style=style)
        return self.table

    def _least(self) -> list[float]:
        """Of each column, the width that its longest word needs; a part of a table keeps them."""
        if self._needs is None:
            self._needs = [0.0] * len(self.shares)
            spans = [(cmd[1], cmd[2]) for cmd in self.style if cmd[0] == "SPAN"]
            wide = {(top, left) for (left, top), (right, _bottom) in spans if right > left}
            for place, row in enumerate(self.rows):
                for column, cell in enumerate(row):
                    if (place, column) in wide:
                        continue
                    words = max((narrowest(one) for one in cell), default=0.0) if cell else 0.0
                    self._needs[column] = max(self._needs[column], words + 2 * self.pad)
        return self._needs

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width, self.height = self._laid(available_width).wrapOn(
            self.canv, available_width, available_height
        )
        return self.width, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        table = self._laid(available_width)
        if table.wrapOn(self.canv, available_width, 1e6)[1] <= self.whole_in:
            return []
        heights: list[float] = table._rowHeights
        head, body = sum(heights[: self.heads]), heights[self.heads :]
        fits, used = 0, head
        while fits < len(body) and used + body[fits] <= available_height:
            used += body[fits]
            fits += 1
        if fits == 0 and head + body[0] > self.room:
            return self._within_row(table, available_height - head)
        high = self.room * self._HIGH_ROW
        if len(body) - fits == 1 and fits > 2 and body[-1] < high:
            fits -= 1  # the last row gets company
        while fits and any(top < self.heads + fits <= end for top, end in self._spanned()):
            fits -= 1
        if fits in (0, len(body)) or (fits == 1 and len(body) > 2 and body[0] < high):
            return []
        rows = self.rows[self.heads :]
        return [self._part(rows[:fits], 0), self._part(rows[fits:], fits)]

    def _spanned(self) -> list[tuple[int, int]]:
        """First and last row of the cells that take several."""
        return [(cmd[1][1], cmd[2][1]) for cmd in self.style if cmd[0] == "SPAN"]

    def _part(self, rows: list[list[Any]], dropped: int) -> SharedTable:
        """A table of some of the rows under the same head.

        :param dropped: how many rows of the body are before them.
        """
        first, last = self.heads + dropped, self.heads + dropped + len(rows) - 1
        style = []
        for command in self.style:
            if command[0] == "SPAN" and command[1][1] >= self.heads:
                (left, top), (right, bottom) = command[1:]
                if not first <= top <= bottom <= last:
                    continue
                command = ("SPAN", (left, top - dropped), (right, bottom - dropped))
            style.append(command)
        part = SharedTable(
            [*self.rows[: self.heads], *rows],
            self.shares,
            self.heads,
            style,
            room=self.room,
            whole_in=self.whole_in,
            rtl=self.rtl,
            pad=self.pad,
        )
        part._needs = self._least()
        part.spaceAfter = self.spaceAfter
        return part

    def _within_row(self, table: Table, height: float) -> list[Flowable]:
        """Divide the first row, which no page can hold.

        :param height: what is left of the page for it.
        """
        row = self.heads
        if any(top <= row <= end for top, end in self._spanned()):
            return []
        here: list[Any] = []
        rest: list[Any] = []
        widths = table._colWidths[::-1] if self.rtl else table._colWidths
        for cell, style, width in zip(self.rows[row], table._cellStyles[row], widths, strict=True):
            inner = width - style.leftPadding - style.rightPadding
            left = height - style.topPadding - style.bottomPadding
            content = cell[0] if isinstance(cell, list) and cell else None
            if content is None or content.wrapOn(self.canv, inner, 1e6)[1] <= left:
                here.append(cell)
                rest.append("")
                continue
            parts = content.splitOn(self.canv, inner, left)
            if len(parts) < 2:
                return []
            here.append([parts[0]])
            rest.append(parts[1:])
        return [self._part([here], 0), self._part([rest, *self.rows[row + 1 :]], 0)]

    def draw(self) -> None:
        assert self.table is not None
        self.table.drawOn(self.canv, 0, 0)


def column_widths(width: float, shares: list[float], least: list[float]) -> list[float]:
    """The widths of columns by their shares; what some need beyond that, the others give.

    :param least: the width that each needs. Where the sum is too much, the shares alone count.
    """
    if sum(least) > width:
        return [width * share / sum(shares) for share in shares]
    widths = [0.0] * len(shares)
    free = set(range(len(shares)))
    while free:
        left = width - sum(widths)
        whole = sum(shares[column] for column in free)
        tight = {column for column in free if left * shares[column] < least[column] * whole}
        for column in tight or free:
            widths[column] = least[column] if tight else left * shares[column] / whole
        free -= tight or free
    return widths


def _mirrored(
    rows: list[list[Any]], widths: list[float], style: list[Any]
) -> tuple[list[list[Any]], list[float], list[Any]]:
    """A table's rows, widths and style with the first column at the right."""
    count = len(widths)
    turned: list[Any] = []
    rows = [row[::-1] for row in rows]
    for name, (first, top), (last, bottom), *rest in style:
        first, last = first % count, last % count
        turned.append((name, (count - 1 - last, top), (count - 1 - first, bottom), *rest))
        if name == "SPAN":  # what it holds stands in its upper left cell
            row = rows[top]
            at, goal = count - 1 - first, count - 1 - last
            row[goal], row[at] = row[at], row[goal]
    return rows, widths[::-1], turned
