"""Tables: repeated heads, columns by their shares, empty cells high enough to write in."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from reportlab.platypus import Flowable, Spacer

from handbook.printing import theme
from handbook.printing.flowables import Stack
from handbook.printing.handlers.base import Handler, handles
from handbook.printing.shared_table import SharedTable
from handbook.printing.tags import Element, language

#: A table of at most this share of the text area is never divided.
_WHOLE = 0.4


@handles(nodes.table)
class TableHandler(Handler):
    def gather_elements(self, client: Any, node: nodes.table, style: Any) -> list[Flowable]:
        flowables: list[Flowable] = []
        for child in node.children:
            if isinstance(child, nodes.title):
                flowables += client.gen_elements(child)
            elif isinstance(child, nodes.tgroup):
                flowables += self._group(client, child, fill_in="fill-in" in node["classes"])
        return flowables

    def _group(self, client: Any, group: nodes.tgroup, *, fill_in: bool) -> list[Flowable]:
        columns = list(group.findall(nodes.colspec))
        shares = [float(column.get("colwidth", 1)) for column in columns]
        rows: list[list[Any]] = []
        lines: list[Element] = []
        spans: list[Any] = []
        heads = 0
        for part in group.children:
            if not isinstance(part, (nodes.thead, nodes.tbody)):
                continue
            for row in part.children:
                rows.append(list(row.children))
                lines.append(client.tags.leaf("TR").settle())
            if isinstance(part, nodes.thead):
                heads = len(rows)
        spans = client.filltable(rows)
        data: list[list[Any]] = []
        for place, line in enumerate(lines):
            head = place < heads
            data.append([])
            for column, cell in zip(columns, rows[place], strict=True):
                scope = "Column" if head else "Row" if column.get("stub") else ""
                with client.tags.at(line):
                    data[-1].append(self._cell(client, cell, scope, head=head, fill_in=fill_in))
        pad = client.theme.base * 0.38
        style = [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), pad),
            ("RIGHTPADDING", (0, 0), (-1, -1), pad),
            ("TOPPADDING", (0, 0), (-1, -1), pad * 0.8),
            ("BOTTOMPADDING", (0, 0), (-1, -1), pad * 0.8),
            ("LINEBELOW", (0, 0), (-1, -1), 0.5, theme.RULE),
            ("BOX", (0, 0), (-1, -1), 0.8, theme.GREY),
            *spans,
        ]
        if heads:
            style += [
                ("BACKGROUND", (0, 0), (-1, heads - 1), theme.GREY_LIGHT),
                ("LINEBELOW", (0, heads - 1), (-1, heads - 1), 1.2, theme.INK),
            ]
        if fill_in:
            style.append(("INNERGRID", (0, 0), (-1, -1), 0.6, theme.GREY))
        table = SharedTable(
            data,
            shares,
            heads,
            style,
            room=client.room,
            whole_in=client.room * (1.0 if fill_in else _WHOLE),
            rtl=client.theme.direction == "rtl",
            pad=pad,
        )
        table.spaceAfter = client.theme.leading * 0.7
        return [table]

    @staticmethod
    def _cell(client: Any, cell: Any, scope: str, *, head: bool, fill_in: bool) -> Any:
        """What stands in a cell.

        :param scope: of which cells it is the head: "Column", "Row" or, for none, "".
        """
        if isinstance(cell, str):
            return ""
        element = client.tags.leaf(
            "TH" if scope else "TD",
            Scope=scope,
            ColSpan=cell["morecols"] + 1 if "morecols" in cell else 0,
            RowSpan=cell["morerows"] + 1 if "morerows" in cell else 0,
            Lang=language(cell),
        ).settle()
        stub = cell.parent is not None and "stub" in cell.get("classes", ())
        style = client.styles["cell-head" if head or stub else "cell"]
        client.anchor(cell.get("ids", ()))
        with client.tags.at(element):
            content = list(client.gather_elements(cell, style))
        if content:
            content[-1].spaceAfter = 0
            stack = Stack(content)
            stack.once = head
            return [stack]
        return [Spacer(1, client.theme.leading * 1.1)] if fill_in else ""
