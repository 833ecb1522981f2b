"""Tables that share the width of their place and are divided well. All lengths are points."""

from __future__ import annotations

from typing import Any

from reportlab.platypus import Flowable, Table


class SharedTable(Flowable):
    """A table whose columns share the width that it finds when it is laid.

    Rows stay whole where a page can hold them, and no row is left alone by a division where two can
    stay together.

    :param shares: the columns' widths, in any unit.
    :param heads: how many rows are repeated on each page.
    :param room: height of the text area (points).
    :param whole_in: a table that fits this height (points) is never divided.
    """

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
    ) -> None:
        super().__init__()
        self.rows, self.shares, self.heads, self.style = rows, shares, heads, style
        self.room, self.whole_in = room, whole_in
        self.table: Table | None = None
        self.spaceAfter = 0.0

    def _laid(self, width: float) -> Table:
        if self.table is None:
            widths = [width * share / sum(self.shares) for share in self.shares]
            self.table = Table(
                self.rows, widths, repeatRows=self.heads, style=self.style, splitInRow=0
            )
        return self.table

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
            return self._within_row(table, available_width, available_height)
        high = self.room * self._HIGH_ROW
        if len(body) - fits == 1 and fits > 2 and body[-1] < high:
            fits -= 1  # the last row gets company
        if fits == 0 or (fits == 1 and len(body) > 2 and body[0] < high):
            return []
        height = head + sum(body[:fits])
        return self._parts(table.splitOn(self.canv, available_width, height + 0.01))

    def _within_row(self, table: Table, width: float, height: float) -> list[Flowable]:
        """Divide a row that no page can hold."""
        table.splitInRow = 1
        parts = table.splitOn(self.canv, width, height)
        for part in (table, *parts):
            part.splitInRow = 0
        return self._parts(parts)

    def _parts(self, tables: list[Table]) -> list[Flowable]:
        # A head without a row is no table: better the next page.
        if len(tables) < 2 or len(tables[0]._cellvalues) <= self.heads:
            return []
        parts: list[Flowable] = []
        for table in tables:
            part = SharedTable(
                [], self.shares, self.heads, [], room=self.room, whole_in=self.whole_in
            )
            part.table = table
            parts.append(part)
        parts[-1].spaceAfter = self.spaceAfter
        return parts

    def draw(self) -> None:
        assert self.table is not None
        self.table.drawOn(self.canv, 0, 0)
