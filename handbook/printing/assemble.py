"""From Sphinx's environment to the documents of one output: in order, numbered, with own ids.

Each document's resolved doctree comes out with every id prefixed by its document's name, so that
ids are unique in a book; each internal reference says where it goes (``refid``) or, where the
target is not in this output, in which chapter of the handbook it is (``outside``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment

from handbook.printing.transforms import prepare

#: Marks a target address inside the book, as made by :func:`target_uri`.
TARGET = "handbook:"


@dataclass(frozen=True)
class Document:
    """A chapter as print knows it.

    :param number: "3" for a numbered chapter, else "".
    :param part: the part's title, "" before the first.
    :param part_number: the part's place in the book, from 1; 0 before the first.
    """

    docname: str
    title: str
    number: str
    part: str
    tree: nodes.document
    part_number: int = 0


def target_uri(docname: str) -> str:
    """The address of a document, as the builder gives it to Sphinx."""
    return TARGET + docname


def anchor(docname: str, target: str = "") -> str:
    """The anchor of an id in a document, unique in a book."""
    return f"{docname.replace('/', '.')}~{target}"


def parts(env: BuildEnvironment) -> Iterator[tuple[str, list[str]]]:
    """The book's parts: (title, documents in reading order), from the root document's toctrees.

    A list without a caption is a part under the book's own title, so that no chapter is lost.
    """
    root = env.get_doctree(env.config.root_doc)
    for toctree in root.findall(addnodes.toctree):
        documents = [docname for _, docname in toctree["entries"] if docname in env.found_docs]
        yield toctree.get("caption") or chapter_title(env, env.config.root_doc), documents


def chapter_title(env: BuildEnvironment, docname: str) -> str:
    """A document's title as plain text, in the language of the build."""
    return env.titles[docname].astext() if docname in env.titles else docname


def chapter_number(env: BuildEnvironment, docname: str) -> str:
    """A chapter's number ("3"), or "" where it has none."""
    numbers = env.toc_secnumbers.get(docname, {}).get("", ())
    return ".".join(str(number) for number in numbers)


def assemble(builder: Builder, docnames: list[str], part_of: dict[str, str]) -> list[Document]:
    """Read and resolve the documents and make their ids unique.

    :param docnames: in reading order.
    :param part_of: a document's part title.
    """
    env = builder.env
    found = []
    for docname in docnames:
        tree = env.get_and_resolve_doctree(docname, builder, tags=builder.tags)
        prepare(tree, env, docname)
        _number(tree, env, docname)
        found.append((docname, tree))
    known = {docname: _ids(tree) for docname, tree in found}
    part_numbers = {
        docname: number
        for number, (_title, members) in enumerate(parts(env), start=1)
        for docname in members
    }
    for docname, tree in found:
        _retarget(tree, docname, known, env)
    return [
        Document(
            docname,
            chapter_title(env, docname),
            chapter_number(env, docname),
            part_of.get(docname, ""),
            tree,
            part_numbers.get(docname, 0),
        )
        for docname, tree in found
    ]


def _ids(tree: nodes.document) -> set[str]:
    found: set[str] = set()
    for node in tree.findall(nodes.Element):
        found.update(node.get("ids", ()))
    return found


def _number(tree: nodes.document, env: BuildEnvironment, docname: str) -> None:
    """Give titles, figures and tables the numbers that the web shows."""
    sections = env.toc_secnumbers.get(docname, {})
    for section in tree.findall(nodes.section):
        first = section.parent is tree or (
            isinstance(section.parent, nodes.document) and section is section.parent[0]
        )
        candidates = ["" if first else None, *(f"#{target}" for target in section["ids"])]
        for candidate in candidates:
            if candidate is not None and candidate in sections:
                section["number"] = ".".join(map(str, sections[candidate]))
                break
    for kind, numbers in env.toc_fignumbers.get(docname, {}).items():
        label = env.config.numfig_format.get(kind, "%s")
        numbered = (nodes.figure if kind == "figure" else nodes.table,)
        for node in (found for found in tree.findall(nodes.Element) if isinstance(found, numbered)):
            for target in node["ids"]:
                if target in numbers:
                    node["number"] = label % ".".join(map(str, numbers[target]))


def _retarget(
    tree: nodes.document, docname: str, known: dict[str, set[str]], env: BuildEnvironment
) -> None:
    for node in list(tree.findall(nodes.Element)):
        if node.get("ids"):
            node["ids"] = [anchor(docname, target) for target in node["ids"]]
        if not isinstance(node, nodes.reference):
            continue
        uri = node.get("refuri", "")
        if uri.startswith(TARGET):
            goal, _, target = uri.removeprefix(TARGET).partition("#")
        elif node.get("refid"):
            goal, target = docname, node["refid"]
        else:
            continue
        target = unquote(target)
        node.attributes.pop("refuri", None)
        if goal not in known:
            node["outside"] = chapter_title(env, goal)
            node.attributes.pop("refid", None)
        elif not target or target in known[goal]:
            node["refid"] = anchor(goal, target)
        else:
            node["refid"] = anchor(goal)
    _mark_uses(tree, docname)


def is_term(node: nodes.reference) -> bool:
    """Whether a reference is a glossary's term in the text."""
    return any("std-term" in inner.get("classes", ()) for inner in node.findall(nodes.Element))


def _mark_uses(tree: nodes.document, docname: str) -> None:
    """Give each use of a glossary's term an id, for the index."""
    for number, node in enumerate(tree.findall(nodes.reference), start=1):
        if "refid" in node and is_term(node):
            node["ids"].append(anchor(docname, f"use-{number}"))
