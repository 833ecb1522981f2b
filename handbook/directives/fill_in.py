"""``{fill-in}``: a table to fill in by hand."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from handbook.directives.base import HandbookDirective, excerpt, text_options

_EXAMPLE = "“- Date” and “- Temperature”"


class FillIn(HandbookDirective):
    """A table with headings, and empty cells or labelled rows."""

    optional_arguments = 1
    final_argument_whitespace = True
    option_spec = text_options("rows")

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        self.require_body(_EXAMPLE)
        headings = self.only_bullet_list(self.parse_content_to_nodes(), _EXAMPLE)
        labels = self.row_labels(headings[0])
        cells = [self.cell(item) for item in headings.children]
        if labels and "rows" in self.options:
            raise self.mistake("it has both “:rows:” and labels of rows", "Take “:rows:” out.")
        table = nodes.table(classes=["fill-in"])
        self.set_source_info(table)
        if caption := self.argument():
            table += self.translatable(nodes.title(), caption)
        table += self.group(cells, labels)
        return [table]

    def row_labels(self, first_heading: nodes.Node) -> list[nodes.entry]:
        """Take the list under the first heading away; return its items as cells."""
        assert isinstance(first_heading, nodes.list_item)
        lists = [child for child in first_heading.children if isinstance(child, nodes.bullet_list)]
        if not lists:
            return []
        first_heading.remove(lists[0])
        return [self.cell(item) for item in lists[0].children]

    def cell(self, item: nodes.Node) -> nodes.entry:
        """Return a list item's paragraph as a table cell."""
        if len(item.children) != 1 or not isinstance(item.children[0], nodes.paragraph):
            raise self.mistake(
                f"“{excerpt(item)}” is not one line of words",
                "Write one “- ” line for each heading; labels of rows are “- ” lines indented"
                " under the first heading.",
                getattr(item, "line", None),
            )
        return nodes.entry("", item.children[0])

    def group(self, headings: list[nodes.entry], labels: list[nodes.entry]) -> nodes.tgroup:
        """Return the table's columns, heading row and body."""
        group = nodes.tgroup(cols=len(headings))
        width = 100 // len(headings)
        columns = [nodes.colspec(colwidth=width) for _ in headings]
        if labels:
            columns[0]["stub"] = 1  # its cells are headings of their rows
        group += columns
        group += nodes.thead("", nodes.row("", *headings))
        firsts = labels or [nodes.entry() for _ in range(self.count_option("rows", 5))]
        empty = len(headings) - 1
        group += nodes.tbody(
            "", *(nodes.row("", first, *(nodes.entry() for _ in range(empty))) for first in firsts)
        )
        return group


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("fill-in", FillIn)
