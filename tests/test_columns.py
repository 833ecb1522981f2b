"""Columns: equally high, never ended by what leads on, divided to fit their page."""

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


def test_the_columns_of_the_last_page_are_equally_high() -> None:
    columns = Columns([Line(Spacer(1, 10)) for _n in range(20)], 2, 10, "ltr")
    assert columns.wrapOn(None, 300, 500)[1] == 100


def test_a_column_never_ends_with_what_leads_on() -> None:
    lines = [Line(Spacer(1, 10), leads=n % 4 == 0) for n in range(21)]
    columns = Columns(lines, 2, 10, "ltr")
    first, rest = columns.splitOn(None, 300, 90)
    assert [len(part.lines) for part in (first, rest)] == [16, 5]
    assert rest.lines[0].leads
