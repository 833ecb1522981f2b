"""Sides of a page: where start, end, binding and outer edge are, by direction and page number.

Whatever stands on one side of a page asks here, so that a book in a right-to-left script mirrors:
it is bound at its right, and its first page is a left-hand page. All lengths are points.
"""

from __future__ import annotations

from dataclasses import dataclass

from handbook.printing.theme import Theme


@dataclass(frozen=True)
class Sides:
    """The sides of one page.

    :param look: the page's measures.
    :param page: its number; page 1 is the front of the first leaf.
    """

    look: Theme
    page: int

    @property
    def front(self) -> bool:
        """Whether the page is the front of a leaf; single sheets have no other pages."""
        return bool(self.page % 2) or not self.look.mirrored

    @property
    def start_is_left(self) -> bool:
        return self.look.direction == "ltr"

    @property
    def outer_is_right(self) -> bool:
        """Whether the edge that the thumb opens is at the right; lines of a front end there."""
        return self.front == self.start_is_left

    @property
    def outer_is_start(self) -> bool:
        return not self.front

    @property
    def left(self) -> float:
        """The left edge of the text."""
        return self.look.inner if self.outer_is_right else self.look.outer

    @property
    def right(self) -> float:
        return self.left + self.look.text_width

    @property
    def outer(self) -> float:
        """The edge of the text at the outer side."""
        return self.right if self.outer_is_right else self.left

    @property
    def inner(self) -> float:
        """The edge of the text at the binding."""
        return self.left if self.outer_is_right else self.right

    @property
    def start(self) -> float:
        """The edge of the text where lines begin."""
        return self.left if self.start_is_left else self.right

    def at_edge(self, depth: float) -> tuple[float, float]:
        """Left and right of a strip along the outer edge of the page."""
        width = self.look.width
        return (width - depth, width) if self.outer_is_right else (0.0, depth)


def column_places(
    width: float, count: int, gap: float, direction: str
) -> list[tuple[float, float]]:
    """Left edge and width of the columns of an area, in the order of reading."""
    each = (width - gap * (count - 1)) / count
    places = [(column * (each + gap), each) for column in range(count)]
    return places if direction == "ltr" else places[::-1]
