"""The text as built: what each chapter says, block by block, as JSON for reports and audits.

``build/text/<lang>/<chapter>.json`` holds a chapter's blocks in reading order, each with its
labels, its sources, what these say (the claim notes), and its marks of safety.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Set
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.util.display import progress_message

from handbook import edition

_LEVELS = ("red", "amber", "green")
_BOX = "box-"
_MARKS = ("action", "action-brief", "sources", "checklist", "fill-in")
#: What holds several blocks that one claim note backs.
_GROUPS = (nodes.bullet_list, nodes.enumerated_list, nodes.definition_list, nodes.table)


class TextBuilder(Builder):
    """Writes the text of each chapter as JSON."""

    name = "handbook-text"
    format = "json"
    epilog = "The texts are in %(outdir)s."
    allow_parallel = True
    default_translator_class = nodes.NodeVisitor
    supported_image_types = ["image/svg+xml", "image/png", "image/jpeg"]  # noqa: RUF012

    def get_outdated_docs(self) -> str:
        """All: a text shows what other chapters say, too."""
        return "all documents"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """The address of a chapter; texts have no links."""
        return f"{docname}.json"

    def prepare_writing(self, docnames: Set[str]) -> None:
        """Nothing to prepare."""

    def write_documents(self, docnames: Set[str]) -> None:
        """Write each chapter; chapters have unique names."""
        with progress_message("writing texts"):
            for docname in sorted(docnames):
                tree = self.env.get_and_resolve_doctree(docname, self, tags=self.tags)
                content = {
                    "document": docname,
                    "language": self.config.language,
                    "title": self.env.titles[docname].astext(),
                    "review_by": edition.review_by(self.env, docname).isoformat(),
                    "blocks": list(blocks_of(tree)),
                }
                text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
                path = Path(self.outdir, f"{docname.rpartition('/')[2]}.json")
                path.write_text(text, encoding="utf-8")


def blocks_of(tree: nodes.document) -> Iterator[dict[str, Any]]:
    """Each block of a resolved doctree, in reading order.

    ``kind`` is title, paragraph, caption, term, picture; ``in`` what it stands in, from the inside
    out (item, cell, definition, action, box-one-minute …); ``group`` a number that the blocks of
    one list or table share; ``says`` and ``claim`` the claim notes of the block or of its group.
    """
    groups: dict[int, int] = {}
    kinds = (nodes.title, nodes.paragraph, nodes.caption, nodes.term, nodes.image, nodes.rubric)
    for node in tree.findall(lambda found: isinstance(found, kinds)):
        assert isinstance(node, nodes.Element)
        above = list(_above(node))
        if any("toctree-wrapper" in found.get("classes", ()) for found in above):
            continue
        block: dict[str, Any] = {"kind": _kind(node), "text": _words(node), "line": _line(node)}
        block["section"] = next((found["ids"][0] for found in above if _is_section(found)), "")
        block["in"] = [name for found in above for name in _places(found)]
        block["labels"] = _labels(node, above)
        cites = [cite for cite in node.findall(nodes.superscript) if "cite_keys" in cite]
        block["sources"] = [key for cite in cites for key in cite["cite_keys"]]
        holders = [node, *above]
        says: list[list[str]] = []
        for found in holders:
            says += found.get("says", ())
        block["says"] = says
        block["claim"] = next((found["claim"] for found in holders if "claim" in found), None)
        group = next((found for found in reversed(above) if isinstance(found, _GROUPS)), None)
        block["group"] = (
            groups.setdefault(id(group), len(groups) + 1) if group is not None else None
        )
        row = next((found for found in above if "action" in found.get("classes", ())), None)
        if row is not None:
            block["level"] = next(name for name in _LEVELS if f"action-{name}" in row["classes"])
        yield block


def _kind(node: nodes.Element) -> str:
    if isinstance(node, nodes.image):
        return "picture"
    return "title" if isinstance(node, nodes.rubric) else str(node.tagname)


def _words(node: nodes.Element) -> str:
    if isinstance(node, nodes.image):
        return str(node.get("alt", ""))
    pieces = [
        str(text)
        for text in node.findall(nodes.Text)
        if not any(isinstance(found, nodes.superscript) for found in _above(text))
    ]
    return " ".join("".join(pieces).split())


def _line(node: nodes.Element) -> int | None:
    found: nodes.Element | None = node
    while found is not None and found.line is None:
        found = found.parent
    return found.line if found is not None else None


def _above(node: nodes.Node) -> Iterator[nodes.Element]:
    found = node.parent
    while isinstance(found, nodes.Element):
        yield found
        found = found.parent


def _is_section(node: nodes.Element) -> bool:
    return isinstance(node, nodes.section) and bool(node["ids"])


def _labels(node: nodes.Element, above: list[nodes.Element]) -> list[str]:
    """Where links may lead: the block's own labels; of a title, its section's."""
    ids = list(node.get("ids", ()))
    if isinstance(node, nodes.title) and above and isinstance(above[0], nodes.section):
        ids += above[0]["ids"]
    return ids


def _places(node: nodes.Element) -> Iterator[str]:
    """Words for what a block stands in."""
    names: dict[type[nodes.Element], str] = {
        nodes.list_item: "item",
        nodes.entry: "cell",
        nodes.thead: "head",
        nodes.definition: "definition",
        addnodes.glossary: "glossary",
        nodes.figure: "figure",
    }
    if type(node) in names:
        yield names[type(node)]
    classes: list[str] = node.get("classes", [])
    for name in classes:
        if name.startswith(_BOX) or name in _MARKS:
            yield name


def setup(app: Sphinx) -> None:
    """Register the builder."""
    app.add_builder(TextBuilder)
