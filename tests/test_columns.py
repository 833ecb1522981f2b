"""Columns that go on over pages: no part is higher than the room that it was divided for."""

from __future__ import annotations

import random

import pytest
from reportlab.platypus import Spacer

from handbook.printing.columns import GAP, Columns, Line
from handbook.printing.flowables import Stack


@pytest.mark.parametrize("seed", range(4))
def test_a_divided_list_in_columns_fits_its_page(seed: int) -> None:
    chance = random.Random(seed)
    heights = [chance.uniform(8, 20) for _ in range(150)]
    for room in range(200, 700, 2):
        stack = Stack([Columns([Line(Spacer(1, high)) for high in heights], 2, GAP, "ltr")])
        here, rest = stack.split(400, room)
        assert here.wrap(400, room)[1] <= room
        (first,), (later,) = here.children, rest.children
        assert len(first.lines) + len(later.lines) == len(heights)
