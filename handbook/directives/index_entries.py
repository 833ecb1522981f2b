"""``{index}``: Sphinx's directive, with entries in the body too, each checked where it stands."""

from __future__ import annotations

from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.domains.index import IndexDirective
from sphinx.util.index_entries import split_index_msg
from sphinx.util.nodes import process_index_entry
from sphinx.util.typing import OptionSpec

from handbook.directives.base import HandbookDirective

_KINDS = ("single", "pair", "triple", "see", "seealso")


class IndexEntries(HandbookDirective, IndexDirective):
    """Entries of the index, one a line, in the argument or the body.

    MyST gives Sphinx's own directive the opening line alone.
    """

    has_content = True
    required_arguments = 0
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[OptionSpec] = {"name": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        """Return the index node and its target."""
        first = self.lineno + self.content_offset + 1
        lines = [(self.argument(), self.lineno)]
        lines += [(line.strip(), first + number) for number, line in enumerate(self.content)]
        entries = [self.checked(entry, line) for entry, line in lines if entry]
        if not entries:
            raise self.mistake("it has no entry", "Write for example “single: fever; at night”.")
        self.arguments = ["\n".join(entries)]
        return IndexDirective.run(self)

    def checked(self, entry: str, line: int) -> str:
        """Return an entry as Sphinx writes it: a main entry's mark stands before its kind."""
        kind, colon, value = (part.strip() for part in entry.partition(":"))
        if colon and kind in _KINDS and value.startswith("!"):
            entry = f"! {kind}: {value[1:].strip()}"
        try:
            for kind, value, *_rest in process_index_entry(entry, ""):
                split_index_msg(kind, value)
        except ValueError as error:
            raise self.mistake(
                f"“{entry}” is not an entry of the index",
                f"Write one of: {', '.join(_KINDS)}; then a colon, and the words. “pair”, “see” and"
                " “seealso” need two parts with a semicolon between them, as in"
                " “see: temperature; fever”.",
                line,
            ) from error
        return entry


def setup(app: Sphinx) -> None:
    """Put the directive in the place of Sphinx's."""
    app.add_directive("index", IndexEntries, override=True)
