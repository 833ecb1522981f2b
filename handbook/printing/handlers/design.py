"""sphinx-design's components: cards, tabs and dropdowns as open boxes, grids as rows of boxes."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from reportlab.platypus import Flowable

from handbook.printing import theme
from handbook.printing.flowables import Row, Stack
from handbook.printing.look import box

_BOXES = {"card", "tab-item", "dropdown", "aside"}
_TITLES = {"card-title", "card-header"}
#: A row of a grid holds at most so many cells side by side, by size of print.
_COLUMNS = {"standard": 2, "card": 2}  # elsewhere one


def design_component(client: Any, node: nodes.container, style: Any) -> list[Flowable]:
    """The flowables of a container, by its component; a plain one stands for its children."""
    component = node.get("design_component", "")
    if component in _TITLES:
        return list(client.gather_elements(node, client.styles["box-title"]))
    if component == "grid-row":
        return _grid_row(client, node)
    if component in _BOXES:
        content: list[Flowable] = []
        for child in node.children:
            title = isinstance(child, nodes.rubric)
            if title:
                content.append(client.paragraph(child, client.styles["box-title"]))
            else:
                content += client.gen_elements(child, client.styles["bodytext"])
        return [box(client, content, theme.BOXES["plain"])]
    return list(client.gather_elements(node, style))


def _grid_row(client: Any, node: nodes.container) -> list[Flowable]:
    cells = [
        Stack(cell)
        for cell in (client.gen_elements(child, None) for child in node.children)
        if cell
    ]
    columns = _COLUMNS.get(client.theme.size, 1)
    space = client.theme.leading * 0.5
    rows: list[Flowable] = []
    for start in range(0, len(cells), columns):
        chunk = cells[start : start + columns]
        if columns == 1:
            rows += [child for cell in chunk for child in cell.children]
            continue
        chunk += [Stack([])] * (columns - len(chunk))
        rows.append(Row(chunk, [1] * columns, room=client.room, space_after=space))
    return rows
