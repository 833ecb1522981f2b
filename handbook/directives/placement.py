"""Copies of action rows and definitions, put where chapters place them.

A copy comes from the (translated) doctree of the chapter that holds the original, so it is made
when all chapters have been read: in a post-transform, before cross-references are resolved and
sources numbered, so that both are done in the chapter that shows the copy.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import docname_join, logging

from handbook.directives.actions import ActionRow, PlacedActions, registry
from handbook.directives.base import MARKS, excerpt, located_error
from handbook.directives.words import PlacedWords
from handbook.errors import HandbookError
from handbook.translation.collation import sort_key

logger = logging.getLogger(__name__)

E = TypeVar("E", bound=nodes.Element)


class PlaceCopies(SphinxPostTransform):
    """Fill the places that ``{actions}`` and ``{words}`` left."""

    default_priority = 1  # before cross-references (10) and the numbers of sources

    def is_supported(self) -> bool:
        """Return False for catalogs: a copy's words belong to the chapter that wrote them."""
        return bool(self.env._builder_cls.name != "gettext")

    def run(self, **kwargs: Any) -> None:
        """Fill every place of this document."""
        self.doctrees: dict[str, nodes.document] = {}
        for place in list(self.document.findall(PlacedActions)):
            place.replace_self(self.rows(place))
        for box in list(self.document.findall(PlacedWords)):
            box.replace_self(self.definitions(box))

    def rows(self, place: PlacedActions) -> nodes.bullet_list:
        """Return the copied rows that ``place`` names."""
        if color := place.get("color"):
            rows = rows_of(self.env, color)
            if not rows:
                raise self.error(
                    place,
                    f"{{actions}}: no {color} row is written anywhere",
                    "Write one with {action}, or take this list out.",
                )
        else:
            rows = [self.row(place, row_id) for row_id in place["rows"]]
        copies = [self.copy(self.original(row)) for row in rows]
        if place["brief"]:
            return nodes.bullet_list("", *map(_brief, copies), classes=["actions-brief"])
        return nodes.bullet_list("", *copies, classes=["actions"])

    def row(self, place: PlacedActions, row_id: str) -> ActionRow:
        """Return the row of this id."""
        known = registry(self.env)
        if row_id not in known:
            raise self.error(
                place,
                f"{{actions}}: no row has the id “{row_id}”",
                f"Use an id that an {{action}} has: {', '.join(sorted(known)) or 'there is none'}.",
            )
        return known[row_id]

    def original(self, row: ActionRow) -> nodes.list_item:
        """Return the list item that writes ``row``."""
        wanted = f"action-{row.id}"
        for item in self.doctree(row.docname).findall(nodes.list_item):
            if wanted in item["ids"]:
                return item
        raise LookupError(f"{row.docname} has lost the row {row.id}")

    def definitions(self, place: PlacedWords) -> list[nodes.Node]:
        """Return the copied definitions of the terms that ``place`` names, by the alphabet.

        A term that the glossary lacks is warned of and left out, as Sphinx does with ``{term}``.
        """
        items = []
        for name in place["terms"]:
            if term := self.glossary_term(name):
                items.append(self.definition(name, term))
            else:
                logger.warning(
                    "{words}: the glossary does not explain “%s”. Add it to the glossary, or write"
                    " it as the glossary does.",
                    name,
                    location=place,
                    type="handbook",
                    subtype="words",
                )
        language = self.config.language
        items.sort(key=lambda item: sort_key(item[0].astext(), language))
        return [nodes.definition_list("", *items, classes=["words"])] if items else []

    def definition(self, name: str, original: nodes.term) -> nodes.definition_list_item:
        """Return a term, linked to the glossary, and the first paragraph of its definition."""
        explained = original.parent[-1]
        paragraph = next(iter(explained.findall(nodes.paragraph)), None)
        if not isinstance(explained, nodes.definition) or paragraph is None:
            raise located_error(
                self.env,
                original.source,
                original.line,
                f"{{glossary}}: “{name}” has no definition",
                "Write its definition under it, indented.",
            )
        link = addnodes.pending_xref(
            "",
            nodes.inline("", "", *self.copy(original).children, classes=["std", "std-term"]),
            refdomain="std",
            reftype="term",
            reftarget=name,
            refdoc=self.env.docname,
            refexplicit=True,
            refwarn=True,
        )
        definition = nodes.definition("", self.copy(paragraph))
        return nodes.definition_list_item("", nodes.term("", "", link), definition)

    def glossary_term(self, name: str) -> nodes.term | None:
        """Return the glossary's term of this name, in upper or lower case."""
        objects = self.env.domains.standard_domain.objects
        lowered = {term.lower(): place for (kind, term), place in objects.items() if kind == "term"}
        docname, anchor = objects.get(("term", name)) or lowered.get(name.lower(), ("", ""))
        if not docname:
            return None
        terms = self.doctree(docname).findall(nodes.term)
        return next((term for term in terms if anchor in term["ids"]), None)

    def copy(self, original: E) -> E:
        """Return a copy that stands in this document: no marks, no ids, links that work here."""
        copy: E = original.deepcopy()
        for mark in [node for node in copy.findall() if isinstance(node, MARKS)]:
            if mark.parent is not None:
                mark.parent.remove(mark)
        for element in copy.findall(nodes.Element):
            for attribute in ("ids", "names", "dupnames", "backrefs"):
                element[attribute] = []
        for xref in copy.findall(addnodes.pending_xref):
            if xref.get("refdomain") == "std" and xref.get("reftype") == "doc":
                xref["reftarget"] = "/" + docname_join(xref["refdoc"], xref["reftarget"])
            xref["refdoc"] = self.env.docname
        for link in copy.findall(nodes.reference):
            if "refid" in link:
                raise located_error(
                    self.env,
                    original.source,
                    original.line,
                    f"“{excerpt(link)}” links to its own page, and is shown on others too",
                    "Use a {ref} role instead.",
                )
        return copy

    def doctree(self, docname: str) -> nodes.document:
        """Return the doctree of a chapter, as it was read (do not change it)."""
        if docname not in self.doctrees:
            self.doctrees[docname] = self.env.get_doctree(docname)
        return self.doctrees[docname]

    def error(self, place: nodes.Element, problem: str, remedy: str) -> HandbookError:
        """Return the error for a place that cannot be filled."""
        return located_error(self.env, place.source, place.line, problem, remedy)


def rows_of(env: BuildEnvironment, color: str) -> list[ActionRow]:
    """Return the rows of one colour, in the order in which they are written."""
    rows = [row for row in registry(env).values() if row.color == color]
    return sorted(rows, key=lambda row: (row.docname, row.order))


def _brief(row: nodes.list_item) -> nodes.list_item:
    """Return what the reader notices, alone."""
    color = next(name for name in row["classes"] if name.startswith("action-"))
    symptom = next(
        child
        for child in row.children
        if isinstance(child, nodes.paragraph) and "action-symptom" in child["classes"]
    )
    return nodes.list_item("", symptom, classes=["action-brief", color])


class Placements:
    """Which chapters must be written again because an original elsewhere has changed.

    A chapter that places copies is written again whenever a chapter that holds originals of that
    kind is read again or goes away. That may write a chapter too many, never one too few.
    """

    def __init__(self) -> None:
        self.changed: set[str] = set()
        self.holders: dict[type[nodes.Element], set[str]] = {}

    def note_outdated(
        self,
        app: Sphinx,
        env: BuildEnvironment,
        added: set[str],
        changed: set[str],
        removed: set[str],
    ) -> Sequence[str]:
        """Note what is going away, and what each chapter holds at present."""
        self.changed = set(removed)
        self.holders = _holders(env)
        return ()

    def note_read(self, app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        """Note what is going to be read."""
        self.changed |= set(docnames)

    def to_write(self, app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
        """Return the chapters to write again."""
        now = _holders(env)
        return [
            docname
            for docname, kinds in placements(env).items()
            if any(self.changed & (self.holders.get(kind, set()) | now[kind]) for kind in kinds)
        ]


def _holders(env: BuildEnvironment) -> dict[type[nodes.Element], set[str]]:
    terms = env.domains.standard_domain.objects.items()
    return {
        PlacedActions: {row.docname for row in registry(env).values()},
        PlacedWords: {docname for (kind, _name), (docname, _id) in terms if kind == "term"},
    }


def placements(env: BuildEnvironment) -> dict[str, set[type[nodes.Element]]]:
    """Return which kinds of copies each chapter places."""
    if not hasattr(env, "handbook_placements"):
        env.handbook_placements = {}  # type: ignore[attr-defined]
    placed: dict[str, set[type[nodes.Element]]] = env.handbook_placements  # type: ignore[attr-defined]
    return placed


def _note_placements(app: Sphinx, doctree: nodes.document) -> None:
    kinds: set[type[nodes.Element]] = {
        kind for kind in (PlacedActions, PlacedWords) if next(doctree.findall(kind), None)
    }
    if kinds:
        placements(app.env)[app.env.docname] = kinds


def _purge(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    placements(env).pop(docname, None)


def _merge(
    app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment
) -> None:
    for docname in docnames:
        if docname in placements(other):
            placements(env)[docname] = placements(other)[docname]


def setup(app: Sphinx) -> None:
    """Register the transform and its upkeep."""
    app.add_post_transform(PlaceCopies)
    app.connect("doctree-read", _note_placements)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    upkeep = Placements()
    app.connect("env-get-outdated", upkeep.note_outdated)
    app.connect("env-before-read-docs", upkeep.note_read)
    app.connect("env-updated", upkeep.to_write)
