"""Columns: lines in, pages of equally high columns out, such as an index.

A line that leads into the next (a letter, an entry with sub-entries) never ends a column. Where a
column begins among the sub-entries of an entry, the entry is said again. All lengths are points.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from reportlab.platypus import Flowable

from handbook.printing.sides import column_places
from handbook.printing.theme import Theme

#: Between two columns.
GAP = 18.0
#: By how much the height of columns grows while they are balanced.
_GRAIN = 2.0


@dataclass(frozen=True)
class Line:
    """A line of a column; it is never divided.

    :param leads: it must not be the last of a column.
    :param space_before: left out at the head of a column.
    :param again: gives the line that says the entry again (always the same), for a line within one.
    """

    flowable: Flowable
    leads: bool = False
    space_before: float = 0.0
    again: Callable[[], Flowable] | None = None


@dataclass(frozen=True)
class _Placed:
    line: Line
    top: float  # below the column's head
    height: float
    repeated: bool = False


class Columns(Flowable):
    """Lines in columns, filled one after the other; the last page's are equally high."""

    def __init__(self, lines: Sequence[Line], count: int, gap: float, direction: str) -> None:
        super().__init__()
        self.lines = list(lines)
        self.count, self.gap, self.direction = count, gap, direction
        self.spaceAfter = 0.0
        #: The room that a part was divided for. A stack asks its children for their height in
        #: boundless room; balanced there, this part could become a little higher.
        self.highest = math.inf
        self._heights: dict[int, float] = {}
        self._columns: list[list[_Placed]] = []

    @classmethod
    def of(cls, flowables: Sequence[Flowable], look: Theme) -> Columns:
        """Short entries one after the other; what would keep with the next one leads into it."""
        lines = []
        after = 0.0
        for flowable in flowables:
            before = max(after, flowable.getSpaceBefore())
            lines.append(Line(flowable, bool(flowable.getKeepWithNext()), before))
            after = flowable.getSpaceAfter()
        columns = cls(lines, look.columns, GAP, look.direction)
        columns.spaceAfter = after
        return columns

    def _width(self, width: float) -> float:
        return (width - self.gap * (self.count - 1)) / self.count

    def _height(self, flowable: Flowable, width: float) -> float:
        if id(flowable) not in self._heights:
            self._heights[id(flowable)] = flowable.wrapOn(self.canv, width, 1e6)[1]
        return self._heights[id(flowable)]

    def _fill(self, width: float, height: float) -> tuple[list[list[_Placed]], int]:
        """Columns of at most this height, and how many lines they hold."""
        columns: list[list[_Placed]] = []
        done = 0
        while len(columns) < self.count and done < len(self.lines):
            column, done = self._column(done, width, height)
            if not column:
                break
            columns.append(column)
        return columns, done

    def _column(self, start: int, width: float, height: float) -> tuple[list[_Placed], int]:
        placed: list[_Placed] = []
        used, place = 0.0, start
        again = self.lines[start].again
        if again is not None:
            said = Line(again())
            tall = self._height(said.flowable, width)
            placed.append(_Placed(said, 0.0, tall, repeated=True))
            used = tall
        least = len(placed)
        while place < len(self.lines):
            line = self.lines[place]
            space = line.space_before if placed else 0.0
            tall = self._height(line.flowable, width)
            if used + space + tall > height:
                break
            placed.append(_Placed(line, used + space, tall))
            used += space + tall
            place += 1
        if place < len(self.lines):
            while len(placed) > least and placed[-1].line.leads:
                placed.pop()
                place -= 1
        return (placed, place) if len(placed) > least else ([], start)

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        width = self._width(available_width)
        available_height = min(available_height, self.highest)
        self.width = available_width
        self._columns, done = self._fill(width, available_height)
        if done < len(self.lines):
            self.height = available_height + 1  # asks to be divided
            return self.width, self.height
        self._balance(width, available_height)
        self.height = max(
            (placed.top + placed.height for column in self._columns for placed in column),
            default=0.0,
        )
        return self.width, self.height

    def _balance(self, width: float, highest: float) -> None:
        """Find the least height at which the columns hold all lines."""
        height = sum(self._height(line.flowable, width) for line in self.lines) / self.count
        while height < highest:
            columns, done = self._fill(width, height)
            if done == len(self.lines):
                self._columns = columns
                return
            height += _GRAIN

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        columns, done = self._fill(self._width(available_width), available_height)
        if len(columns) < self.count and done < len(self.lines):
            return []
        here, rest = self._part(self.lines[:done]), self._part(self.lines[done:])
        here.highest = available_height
        return [here, rest]

    def _part(self, lines: Sequence[Line]) -> Columns:
        if lines:
            lines = [replace(lines[0], space_before=0.0), *lines[1:]]
        part = Columns(lines, self.count, self.gap, self.direction)
        part.spaceAfter = self.spaceAfter
        return part

    def draw(self) -> None:
        places = column_places(self.width, self.count, self.gap, self.direction)
        for column, (left, _width) in zip(self._columns, places, strict=False):
            for placed in column:
                bottom = self.height - placed.top - placed.height
                if placed.repeated:
                    with self.canv.artifact():
                        placed.line.flowable.drawOn(self.canv, left, bottom)
                else:
                    placed.line.flowable.drawOn(self.canv, left, bottom)
