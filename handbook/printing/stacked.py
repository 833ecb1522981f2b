"""Tables of a doctree in, lists out where large print would make their columns too narrow.

Each row becomes an item of a list: its first cell is the item's head, and each other cell follows
under the head of its column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from docutils import nodes
from sphinx import addnodes

from handbook.printing.handlers.text import TOGETHER
from handbook.printing.scripts.punctuation import labelled

#: In a table of three columns or more, longer cells than this (characters) make it a list.
_LONG_CELL = 40
#: A line of large print holds about so many characters, less these for each column's edges.
_LINE, _EDGES = 52, 2


def stack_tables(tree: nodes.document, language: str) -> None:
    """Turn tables that large print cannot hold well into lists, in place.

    Forms to fill in and tables with joined cells stay as they are.

    :param language: BCP 47, for the punctuation between a head and its cell.
    """
    for table in list(tree.findall(nodes.table)):
        group = next(iter(table.findall(nodes.tgroup)), None)
        if group is None or "fill-in" in table.get("classes", ()):
            continue
        head, body = _rows(group)
        if len(head) == 1 and body and _is_too_narrow([*head, *body]):
            _replace(table, head[0], body, language)


def _rows(group: nodes.tgroup) -> tuple[list[nodes.row], list[nodes.row]]:
    head = [row for part in group.findall(nodes.thead) for row in part.findall(nodes.row)]
    body = [row for part in group.findall(nodes.tbody) for row in part.findall(nodes.row)]
    return head, body


def _is_too_narrow(rows: list[nodes.row]) -> bool:
    cells = [entry for row in rows for entry in row.children if isinstance(entry, nodes.entry)]
    if any("morecols" in cell or "morerows" in cell for cell in cells):
        return False
    columns = len(rows[0].children)
    longest = [max(_longest_word(row[column]) for row in rows) for column in range(columns)]
    long_cell = max(len(cell.astext()) for cell in cells) > _LONG_CELL
    return (columns > 2 and long_cell) or sum(longest) + columns * _EDGES > _LINE


def _longest_word(cell: nodes.Node) -> int:
    """How many characters of a cell cannot be parted: a word, an amount, a telephone number."""
    words = re.split(r"[ \n]+", cell.astext())
    for inline in cell.findall(nodes.inline):
        if TOGETHER.intersection(inline.get("classes", ())):
            words.append(inline.astext())
    return max(map(len, words))


def _replace(table: nodes.table, head: nodes.row, body: list[nodes.row], language: str) -> None:
    items = nodes.definition_list(classes=["stacked-table"], ids=table["ids"])
    items.source, items.line = table.source, table.line
    titles = [title for title in table.children if isinstance(title, nodes.title)]
    heads = [entry.astext() for entry in head.children]
    for row in body:
        first, *others = [cell for cell in row.children if isinstance(cell, nodes.entry)]
        items += nodes.definition_list_item(
            "", _term(first), _definition(first, zip(heads[1:], others, strict=True), language)
        )
    shown: list[nodes.Node] = []
    for title in titles:
        number = [nodes.strong("", f"{table['number']}. ")] if "number" in table else []
        line = nodes.paragraph("", "", *number, *title.children, classes=["table-title"])
        line["ids"], line.source, line.line = title["ids"], title.source, title.line
        shown.append(line)
    table.replace_self([*shown, items])


def _term(cell: nodes.entry) -> nodes.term:
    """The first paragraph of a row's first cell."""
    term = nodes.term(ids=cell["ids"])
    term.source, term.line = cell.source, cell.line
    for child in cell.children:
        if isinstance(child, nodes.paragraph):
            term["ids"] += child["ids"]
            term += child.children
            break
        term += child  # index entries and targets
    return term


def _definition(
    first: nodes.entry, others: Iterable[tuple[str, nodes.entry]], language: str
) -> nodes.definition:
    """What follows the first cell's first paragraph, and the other cells under their heads."""
    definition = nodes.definition()
    texts = [place for place, child in enumerate(first) if isinstance(child, nodes.paragraph)]
    definition += first.children[texts[0] + 1 if texts else len(first) :]
    for head, cell in others:
        if not cell.astext().strip():
            continue
        label = nodes.strong("", labelled(head, language)) if head.strip() else nodes.Text("")
        content = list(cell.children)
        at = next((n for n, one in enumerate(content) if not isinstance(one, addnodes.index)), 0)
        opening = content[at] if content else None
        if not isinstance(opening, nodes.paragraph):
            opening = nodes.paragraph()
            content.insert(at, opening)
        opening.insert(0, label)
        opening["ids"] += cell["ids"]
        definition += content
    return definition
