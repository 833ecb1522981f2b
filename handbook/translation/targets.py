"""Where links and pictures lead: judged in the doctree, whichever syntax wrote them.

A link leads to a place in the handbook, or to an address of an allowed scheme. A picture is a file
below source/, or one that the build itself has written. Everything else stops the build before
Sphinx copies a file or writes a page.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

from handbook.translation.places import error_at

# No blank, control character, quotation mark or backslash: browsers drop or read them in ways of
# their own ("java\tscript:" runs).
_ADDRESS = re.compile(
    r"https?://[A-Za-z0-9\[][^\s\x00-\x1f\x7f\"'<>\\]*"
    r"|mailto:[^\s\x00-\x1f\x7f\"'<>\\]+@[^\s\x00-\x1f\x7f\"'<>\\]+"
    r"|tel:\+?[0-9;=*#.,()-]+",
    re.IGNORECASE,
)
_ANCHOR = re.compile(r"#[^\s\"'<>\\]*")
_SCHEME = re.compile(r"\s*[A-Za-z][A-Za-z0-9+.-]*\s*:")
_LINK_REMEDY = (
    "Link to an address that begins with https:, http:, mailto: or tel:,"
    " or to a place in the handbook with {ref} or {doc}."
)
# The markup of a line break, the one that MyST writes by itself.
_OWN_MARKUP = ("<br />\n", "\\\\\n")


def judge_read(app: Sphinx, doctree: nodes.document) -> None:
    """Judge a document as it was read and translated, before Sphinx collects its files."""
    for node in doctree.findall(nodes.Element):
        for kind, judge in _READ:
            if isinstance(node, kind):
                judge(node, app)


def judge_resolved(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Judge a document again with its references resolved and its copies placed."""
    for node in doctree.findall(nodes.Element):
        if isinstance(node, nodes.reference) and not node.get("internal"):
            _judge_reference(node, app)
        elif isinstance(node, nodes.image):
            _judge_file(node, app, Path(app.srcdir, node["uri"]))


def _judge_reference(node: nodes.Element, app: Sphinx) -> None:
    target = node.get("refuri")
    if target is None or _ADDRESS.fullmatch(target) or _ANCHOR.fullmatch(target):
        return
    raise error_at(node, app.env, f"the link to “{target}” is not allowed", _LINK_REMEDY)


def _judge_cross_reference(node: nodes.Element, app: Sphinx) -> None:
    """Judge what MyST made of a link whose target it did not know."""
    target = str(node.get("reftarget", ""))
    if node.get("reftype") == "myst" and (_SCHEME.match(target) or _leaves(target, app)):
        raise error_at(node, app.env, f"the link to “{target}” is not allowed", _LINK_REMEDY)


def _leaves(target: str, app: Sphinx) -> bool:
    _relative, path = app.env.relfn2path(target.partition("#")[0])
    return not Path(path).resolve().is_relative_to(Path(app.srcdir).resolve())


def _judge_download(node: nodes.Element, app: Sphinx) -> None:
    target = node.get("reftarget")
    raise error_at(node, app.env, f"the link to the file “{target}” is not allowed", _LINK_REMEDY)


def _judge_toctree(node: nodes.Element, app: Sphinx) -> None:
    for _title, target in node["entries"]:
        if _SCHEME.match(target) and not _ADDRESS.fullmatch(target):
            raise error_at(node, app.env, f"the link to “{target}” is not allowed", _LINK_REMEDY)


def _judge_markup(node: nodes.Element, app: Sphinx) -> None:
    if node.astext() not in _OWN_MARKUP:
        raise error_at(
            node, app.env, "raw markup is not allowed", "Write it in Markdown, or leave it out."
        )


def _judge_metadata(node: nodes.Element, app: Sphinx) -> None:
    raise error_at(node, app.env, "metadata of the page are not allowed", "Take them out.")


def _judge_picture(node: nodes.Element, app: Sphinx) -> None:
    name = str(node["uri"])
    if _SCHEME.match(name) or name.startswith("//"):
        raise error_at(
            node,
            app.env,
            f"the picture “{name}” is not a file of the handbook",
            "Put the picture beside the chapter and give its file name.",
        )
    _relative, path = app.env.relfn2path(name)
    _judge_file(node, app, Path(path))


def _judge_file(node: nodes.Element, app: Sphinx, path: Path) -> None:
    """Judge the file of a picture: below source/, or written by the build."""
    allowed = (app.srcdir, app.doctreedir, app.outdir)
    if not any(path.resolve().is_relative_to(Path(folder).resolve()) for folder in allowed):
        raise error_at(
            node,
            app.env,
            f"the picture “{node['uri']}” lies outside the folder of the chapters",
            "Put it beside the chapter.",
        )


_READ: tuple[tuple[type[nodes.Element], Callable[[nodes.Element, Sphinx], None]], ...] = (
    (nodes.reference, _judge_reference),
    (nodes.image, _judge_picture),
    (nodes.raw, _judge_markup),
    (nodes.meta, _judge_metadata),
    (addnodes.download_reference, _judge_download),
    (addnodes.pending_xref, _judge_cross_reference),
    (addnodes.toctree, _judge_toctree),
)
