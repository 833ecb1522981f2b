"""Action rows: what the reader notices, its colour, what to do. Each is written once.

``{actions}`` around ``{action}`` writes rows; ``{actions}`` around ids, or with ``:all:``,
leaves a placeholder that :mod:`handbook.directives.placement` fills.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform

from handbook.directives.base import (
    MARKS,
    HandbookDirective,
    excerpt,
    interface_text,
    located_error,
    text_options,
)
from handbook.translation.interface import _

COLORS = ("red", "amber", "green")

_ID = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_IN_ACTIONS = "handbook:in-actions"


@dataclass(frozen=True)
class ActionRow:
    """Where a row is written. ``order`` counts the rows of its chapter."""

    id: str
    color: str
    docname: str
    line: int
    order: int


class PlacedActions(nodes.General, nodes.Element):
    """The place of copied rows, until they are copied: ``rows`` (ids), or ``color``; ``brief``."""


class RowSource(nodes.Inline, nodes.Element):
    """A row's cite mark, outside the message until the message has been translated."""


def level_word(color: str) -> str:
    """Return the words of a row's colour, in the language of the build."""
    return {
        "red": _("Emergency: go now"),
        "amber": _("Call today"),
        "green": _("Watch"),
    }[color]


def registry(env: BuildEnvironment) -> dict[str, ActionRow]:
    """Return the rows of all chapters by id."""
    if not hasattr(env, "handbook_actions"):
        env.handbook_actions = {}  # type: ignore[attr-defined]
    rows: dict[str, ActionRow] = env.handbook_actions  # type: ignore[attr-defined]
    return rows


class Actions(HandbookDirective):
    """Rows written here, or the place of rows that are written elsewhere."""

    option_spec = text_options("all", "brief")

    def run(self) -> list[nodes.Node]:
        """Return the list of rows, or a placeholder."""
        lines = [line.strip() for line in self.content if line.strip()]
        if "all" in self.options:
            return [self.place_all(lines)]
        if lines and all(_ID.fullmatch(line) for line in lines):
            return [self.place(lines)]
        if "brief" in self.options:
            raise self.mistake(
                "“:brief:” shortens rows that are placed, and this list writes them",
                "Take “:brief:” out here and put it where the rows are placed.",
            )
        return [self.write_rows()]

    def place_all(self, lines: list[str]) -> PlacedActions:
        """Return the place of all rows of one colour."""
        color = self.option("all")
        if color not in COLORS:
            raise self.mistake(
                f"“:all: {color}” names no colour", f"Write one of: {', '.join(COLORS)}."
            )
        if lines:
            raise self.mistake(
                "it has “:all:” and a body", "Take one of the two out: the list or “:all:”."
            )
        return self._placeholder(color=color)

    def place(self, ids: list[str]) -> PlacedActions:
        """Return the place of the rows with these ids."""
        twice = sorted({row_id for row_id in ids if ids.count(row_id) > 1})
        if twice:
            raise self.mistake(f"it names “{twice[0]}” twice", "Take one of the two lines out.")
        return self._placeholder(rows=ids)

    def _placeholder(self, **what: Any) -> PlacedActions:
        node = PlacedActions(brief="brief" in self.options, **what)
        self.set_source_info(node)
        return node

    def write_rows(self) -> nodes.bullet_list:
        """Return the list of the rows that are written here."""
        self.require_body("“{actions}” around “{action} red fever”, or around one id a line")
        here = self.env.current_document
        here[_IN_ACTIONS] = True
        try:
            children = self.parse_content_to_nodes()
        finally:
            here[_IN_ACTIONS] = False
        for child in children:
            if isinstance(child, nodes.comment):
                continue  # a claim note on the row after it, read by handbook.sources.claim_notes
            if not isinstance(child, nodes.list_item) or "action" not in child["classes"]:
                raise self.mistake(
                    f"it holds something that is neither an {{action}} nor an id:"
                    f" “{excerpt(child)}”",
                    "Write only {action} rows in it, or only ids, one a line"
                    " (letters, digits, hyphens).",
                    getattr(child, "line", None),
                )
        rows = nodes.bullet_list("", *children, classes=["actions"])
        self.set_source_info(rows)
        return rows


class Action(HandbookDirective):
    """One row: ``{action} red fever``, with ``:source:``."""

    optional_arguments = 1
    final_argument_whitespace = True
    option_spec = text_options("source")

    def run(self) -> list[nodes.Node]:
        """Return the row as a list item, and note it for chapters that place it."""
        color, row_id = self.color_and_id()
        if not self.env.current_document.get(_IN_ACTIONS):
            raise self.mistake("it stands alone", "Put it between “:::::{actions}” and “:::::”.")
        cite = self.cite_mark()
        marks, symptom, what_to_do = self.symptom_and_rest()
        level = interface_text(nodes.paragraph, level_word(color), ["action-level"])
        level.insert(0, nodes.inline(classes=["sign", f"sign-{color}"]))
        symptom["classes"].append("action-symptom")
        row = nodes.list_item(
            "",
            level,
            *marks,
            symptom,
            *what_to_do,
            cite,
            classes=["action", f"action-{color}"],
            ids=[f"action-{row_id}"],
        )
        self.set_source_info(row)
        self.note(row_id, color, row)
        return [row]

    def color_and_id(self) -> tuple[str, str]:
        """Return the two words of the argument."""
        words = self.argument().split()
        if len(words) != 2 or words[0] not in COLORS or not _ID.fullmatch(words[1]):
            raise self.mistake(
                f"“{self.argument()}” is not a colour and an id",
                f"Write a colour ({', '.join(COLORS)}) and an id of letters, digits and hyphens,"
                " as in {action} red trouble-breathing.",
            )
        return words[0], words[1]

    def cite_mark(self) -> RowSource:
        """Return the row's cite mark, made by the cite role."""
        keys = self.option("source")
        if not keys or "`" in keys:
            raise self.mistake(
                "the row names no source",
                "Add a line “:source: key” with a key of references.bib right under it.",
            )
        return RowSource("", *self.inline(f"{{cite}}`{keys}`"))

    def symptom_and_rest(self) -> tuple[list[nodes.Node], nodes.paragraph, list[nodes.Node]]:
        """Return the row's invisible marks, its first paragraph, and what to do."""
        children = self.parse_content_to_nodes()
        marks: list[nodes.Node] = [child for child in children if isinstance(child, MARKS)]
        shown = [child for child in children if not isinstance(child, MARKS)]
        if not shown or not isinstance(shown[0], nodes.paragraph):
            raise self.mistake(
                "it does not begin with what the reader notices",
                "Write a paragraph such as “You have a fever.” first.",
            )
        if len(shown) == 1 or not any(_last_paragraph(child) for child in shown[1:]):
            raise self.mistake(
                "it does not say what to do", "Leave an empty line and write what to do."
            )
        return marks, shown[0], shown[1:]

    def note(self, row_id: str, color: str, row: nodes.list_item) -> None:
        """Note the row in the build's registry."""
        rows = registry(self.env)
        if first := rows.get(row_id):
            raise self.mistake(*_taken(first))
        docname = self.env.docname
        order = sum(row.docname == docname for row in rows.values())
        rows[row_id] = ActionRow(row_id, color, docname, self.get_source_info()[1], order)


class RowSources(SphinxTransform):
    """Put each row's cite mark at the end of its words, once they are translated.

    Comments between rows go: claim notes are read by now, and a list holds nothing but rows.
    """

    default_priority = 21  # right after Sphinx's Locale

    def apply(self, **kwargs: Any) -> None:
        """Move the marks, and take comments out of lists of rows."""
        for comment in list(self.document.findall(nodes.comment)):
            if "actions" in comment.parent.get("classes", ()):
                comment.parent.remove(comment)
        for mark in list(self.document.findall(RowSource)):
            row = mark.parent
            row.remove(mark)
            paragraph = _last_paragraph(row)
            assert paragraph is not None  # checked by the directive
            paragraph += mark.children


def _last_paragraph(node: nodes.Node) -> nodes.paragraph | None:
    found = list(node.findall(nodes.paragraph))
    return found[-1] if found else None


def _taken(first: ActionRow) -> tuple[str, str]:
    """Return what is wrong, and what to do, where an id is that of another row."""
    return (
        f"the id “{first.id}” is taken by {first.docname}.md, line {first.line}",
        "Give one of the two rows another id.",
    )


def _purge(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    rows = registry(env)
    for row_id in [row.id for row in rows.values() if row.docname == docname]:
        del rows[row_id]


class RowsTwice:
    """Ids that two processes gave to rows at the same time.

    They are told once all chapters are read: Sphinx loses an error that is raised while it merges.
    """

    def __init__(self) -> None:
        self.found: list[tuple[ActionRow, ActionRow]] = []

    def merge(
        self,
        app: Sphinx,
        env: BuildEnvironment,
        docnames: AbstractSet[str],
        other: BuildEnvironment,
    ) -> None:
        """Take over the rows that another process has read."""
        rows = registry(env)
        for row in registry(other).values():
            if row.docname not in docnames:
                continue
            if row.id in rows:
                self.found.append((rows[row.id], row))
            rows[row.id] = row

    def check(self, app: Sphinx, env: BuildEnvironment) -> None:
        """Raise if an id was given twice."""
        for first, row in self.found:
            problem, remedy = _taken(first)
            path = str(env.doc2path(row.docname))
            raise located_error(env, path, row.line, f"{{action}}: {problem}", remedy)


def setup(app: Sphinx) -> None:
    """Register the directives and the registry's upkeep."""
    app.add_node(PlacedActions)
    app.add_node(RowSource)
    app.add_directive("actions", Actions)
    app.add_directive("action", Action)
    app.add_transform(RowSources)
    app.connect("env-purge-doc", _purge)
    twice = RowsTwice()
    app.connect("env-merge-info", twice.merge)
    app.connect("env-updated", twice.check)
